"""Makes the default template of the request, templates/request.docx: `python -m bot.documents.request_template`.

Words a template may use: number, day, year, school, school_address, partner, total, coordinator, director; courses, each
with name, hours and children; a child with number, name, birth, class_name, guardian.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

HEADINGS = ("№", "Фамилия, имя, отчество", "Дата рождения", "Класс", "Родитель (законный представитель)")
CELLS = ("{{ child.number }}", "{{ child.name }}", "{{ child.birth }}", "{{ child.class_name }}", "{{ child.guardian }}")
WIDTHS = (1.0, 6.5, 2.8, 1.7, 4.5)  # cm


def default_template() -> bytes:
    """The request on one A4 page or more, as DOCX with docxtpl's marks in it."""
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Pt

    paper = Document()
    page = paper.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin, page.right_margin, page.top_margin, page.bottom_margin = Cm(2.5), Cm(1.5), Cm(2), Cm(2)
    paper.styles["Normal"].font.name = "Times New Roman"
    paper.styles["Normal"].font.size = Pt(12)

    def line(text: str, *, align: Any = None, bold: bool = False) -> None:
        paragraph = paper.add_paragraph()
        paragraph.add_run(text).bold = bold
        paragraph.paragraph_format.space_after = Pt(4)
        if align is not None:
            paragraph.alignment = align

    line("{{ school }}", bold=True)
    line("{{ school_address }}")
    line("Руководителю организации\n{{ partner }}", align=WD_ALIGN_PARAGRAPH.RIGHT)
    line("ЗАЯВКА № {{ number }} от {{ day }} г.", align=WD_ALIGN_PARAGRAPH.CENTER, bold=True)
    line("на обучение учащихся в сетевой форме в {{ year }} учебном году", align=WD_ALIGN_PARAGRAPH.CENTER)
    line(
        "На основании договора о сетевой форме реализации образовательных программ № ______ от «___» ____________ 20___ г. "
        "и заявлений родителей (законных представителей) просим зачислить учащихся на следующие программы:"
    )
    line("{%p for course in courses %}")
    line("Программа «{{ course.name }}», часов: {{ course.hours }}", bold=True)
    table = paper.add_table(rows=4, cols=len(HEADINGS))
    table.style = "Table Grid"
    for index, (heading, width) in enumerate(zip(HEADINGS, WIDTHS, strict=True)):
        table.cell(0, index).paragraphs[0].add_run(heading).bold = True
        table.cell(2, index).text = CELLS[index]
        table.columns[index].width = Cm(width)  # LibreOffice goes by the column, Word by its cells
        for row in table.rows:
            row.cells[index].width = Cm(width)
    table.cell(1, 0).text = "{%tr for child in course.children %}"
    table.cell(3, 0).text = "{%tr endfor %}"
    line("")
    line("{%p endfor %}")
    line("Всего учащихся: {{ total }}.")
    line("Ответственный за сетевое взаимодействие: {{ coordinator }}")
    line("")
    line("Директор ____________________ / {{ director }} /")
    kept = BytesIO()
    paper.save(kept)
    return kept.getvalue()


if __name__ == "__main__":
    from bot.documents.request import TEMPLATE

    TEMPLATE.write_bytes(default_template())
