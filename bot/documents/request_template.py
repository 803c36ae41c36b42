"""Makes the default templates of the request and of its later versions: `python -m bot.documents.request_template`.

Words a template may use: number, day, version, version_day, year, school, school_address, partner, total, coordinator,
director; courses, each with name, hours and children; a child with number, name, birth, class_name, guardian. The paper of a
later version (request_delta.docx) has added and withdrawn besides, lists like courses.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

HEADINGS = ("№", "Фамилия, имя, отчество", "Дата рождения", "Класс", "Родитель (законный представитель)")
CELLS = ("{{ child.number }}", "{{ child.name }}", "{{ child.birth }}", "{{ child.class_name }}", "{{ child.guardian }}")
WIDTHS = (1.0, 6.5, 2.8, 1.7, 4.5)  # cm


class _Paper:
    """An A4 page, written line by line."""

    def __init__(self) -> None:
        from docx import Document
        from docx.shared import Cm, Pt

        self.paper: Any = Document()
        page = self.paper.sections[0]
        page.page_width, page.page_height = Cm(21), Cm(29.7)
        page.left_margin, page.right_margin, page.top_margin, page.bottom_margin = Cm(2.5), Cm(1.5), Cm(2), Cm(2)
        self.paper.styles["Normal"].font.name = "Times New Roman"
        self.paper.styles["Normal"].font.size = Pt(12)

    def line(self, text: str, *, at: str = "left", bold: bool = False) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Pt

        paragraph = self.paper.add_paragraph()
        paragraph.add_run(text).bold = bold
        paragraph.paragraph_format.space_after = Pt(4)
        if at != "left":
            paragraph.alignment = {"right": WD_ALIGN_PARAGRAPH.RIGHT, "center": WD_ALIGN_PARAGRAPH.CENTER}[at]

    def children(self, courses: str) -> None:
        """A table of children for each course of this list."""
        from docx.shared import Cm

        self.line(f"{{%p for course in {courses} %}}")
        self.line("Программа «{{ course.name }}», часов: {{ course.hours }}", bold=True)
        table = self.paper.add_table(rows=4, cols=len(HEADINGS))
        table.style = "Table Grid"
        table.autofit = False
        for index, (heading, width) in enumerate(zip(HEADINGS, WIDTHS, strict=True)):
            table.columns[index].width = Cm(width)
            table.cell(0, index).paragraphs[0].add_run(heading).bold = True
            table.cell(2, index).text = CELLS[index]
            for row in table.rows:
                row.cells[index].width = Cm(width)
        table.cell(1, 0).text = "{%tr for child in course.children %}"
        table.cell(3, 0).text = "{%tr endfor %}"
        self.line("")
        self.line("{%p endfor %}")

    def signed(self) -> bytes:
        self.line("Ответственный за сетевое взаимодействие: {{ coordinator }}")
        self.line("")
        self.line("Директор ____________________ / {{ director }} /")
        kept = BytesIO()
        self.paper.save(kept)
        return kept.getvalue()


def default_template() -> bytes:
    """The request on one A4 page or more, as DOCX with docxtpl's marks in it."""
    paper = _Paper()
    paper.line("{{ school }}", bold=True)
    paper.line("{{ school_address }}")
    paper.line("Руководителю организации\n{{ partner }}", at="right")
    version = "{% if version > 1 %}, версия {{ version }} от {{ version_day }} г.{% endif %}"
    paper.line("ЗАЯВКА № {{ number }} от {{ day }} г." + version, at="center", bold=True)
    paper.line("на обучение учащихся в сетевой форме в {{ year }} учебном году", at="center")
    paper.line(
        "На основании договора о сетевой форме реализации образовательных программ № ______ от «___» ____________ 20___ г. "
        "и заявлений родителей (законных представителей) просим зачислить учащихся на следующие программы:"
    )
    paper.children("courses")
    paper.line("Всего учащихся: {{ total }}.")
    return paper.signed()


def delta_template() -> bytes:
    """What a later version of a request changes: who was added, who no longer comes."""
    paper = _Paper()
    paper.line("{{ school }}", bold=True)
    paper.line("{{ school_address }}")
    paper.line("Руководителю организации\n{{ partner }}", at="right")
    paper.line("ИЗМЕНЕНИЯ К ЗАЯВКЕ № {{ number }} от {{ day }} г.", at="center", bold=True)
    paper.line("версия {{ version }} от {{ version_day }} г., {{ year }} учебный год", at="center")
    paper.line("{%p if added %}")
    paper.line("Просим дополнительно зачислить:", bold=True)
    paper.children("added")
    paper.line("{%p endif %}")
    paper.line("{%p if withdrawn %}")
    paper.line("Просим исключить из заявки:", bold=True)
    paper.children("withdrawn")
    paper.line("{%p endif %}")
    paper.line("В остальном заявка остаётся прежней.")
    return paper.signed()


if __name__ == "__main__":
    from bot.documents.request import DELTA, TEMPLATE

    TEMPLATE.write_bytes(default_template())
    DELTA.write_bytes(delta_template())
