"""Makes the default templates of the request and of its later versions: `python -m bot.documents.request_template`.

Words a template may use: number, day, version, version_day, year, school, school_address, partner, total, coordinator,
coordinator_post, director, agreement and agreement_day (empty: none is known), starts, ends (the period); courses, each with name,
hours and children; a child with number, name, birth, class_name, group, guardian. The paper of a later version
(request_delta.docx) has added and withdrawn besides, lists like courses.
"""

from __future__ import annotations

from bot.documents.sheet import Sheet

COLUMNS = (
    ("№", "{{ child.number }}", 0.9),
    ("Фамилия, имя, отчество", "{{ child.name }}", 5.2),
    ("Дата рождения", "{{ child.birth }}", 2.7),
    ("Класс", "{{ child.class_name }}", 1.8),
    ("Группа", "{{ child.group }}", 2.2),
    ("Родитель (законный представитель)", "{{ child.guardian }}", 4.2),
)
BASIS = (
    "На основании договора о сетевой форме реализации образовательных программ {% if agreement %}№ {{ agreement }} от "
    "{{ agreement_day }} г.{% else %}№ ______ от «___» ____________ 20___ г.{% endif %} и заявлений родителей (законных "
    "представителей) просим зачислить учащихся на следующие программы{% if starts %} на срок с {{ starts }} по {{ ends }}{% endif %}:"
)


def _begin(title: str) -> Sheet:
    sheet = Sheet(title)
    sheet.heading("{{ school }}")
    sheet.line("{{ school_address }}")
    sheet.line("Руководителю организации", at="right")
    sheet.line("{{ partner }}", at="right", indent=6)
    return sheet


def _children(sheet: Sheet, courses: str) -> None:
    """A table of children for each course of this list."""
    sheet.mark(f"for course in {courses}")
    sheet.heading("Программа «{{ course.name }}», часов: {{ course.hours }}", above=8, stays=True)
    sheet.table("child in course.children", COLUMNS)
    sheet.mark("endfor")


def _signed(sheet: Sheet) -> bytes:
    sheet.line(
        "Ответственный за сетевое взаимодействие: {{ coordinator }}{% if coordinator_post %}, {{ coordinator_post }}{% endif %}",
        above=8,
    )
    sheet.line("Директор          ____________________ / {{ director }} /", above=14)
    return sheet.saved()


def default_template() -> bytes:
    """The request on one A4 page or more, as DOCX with docxtpl's marks in it."""
    sheet = _begin("Заявка")
    version = "{% if version > 1 %}, версия {{ version }} от {{ version_day }} г.{% endif %}"
    sheet.title("ЗАЯВКА № {{ number }} от {{ day }} г." + version, above=8)
    sheet.line("на обучение учащихся в сетевой форме в {{ year }} учебном году", at="center")
    sheet.line(BASIS, at="both", above=6)
    _children(sheet, "courses")
    sheet.line("Всего учащихся: {{ total }}.", above=6)
    return _signed(sheet)


def delta_template() -> bytes:
    """What a later version of a request changes: who was added, who no longer comes."""
    sheet = _begin("Изменения к заявке")
    sheet.title("ИЗМЕНЕНИЯ К ЗАЯВКЕ № {{ number }} от {{ day }} г.", above=8)
    sheet.line("версия {{ version }} от {{ version_day }} г., {{ year }} учебный год", at="center")
    sheet.line(
        "Договор о сетевой форме реализации образовательных программ {% if agreement %}№ {{ agreement }} от {{ agreement_day }} г."
        "{% else %}№ ______ от «___» ____________ 20___ г.{% endif %}",
        at="both",
        above=6,
    )
    for courses, words in (("added", "Просим дополнительно зачислить:"), ("withdrawn", "Просим исключить из заявки:")):
        sheet.mark(f"if {courses}")
        sheet.heading(words, above=6, stays=True)
        _children(sheet, courses)
        sheet.mark("endif")
    sheet.line("В остальном заявка остаётся прежней.", above=6)
    return _signed(sheet)


if __name__ == "__main__":
    from bot.documents.request import DELTA, TEMPLATE

    TEMPLATE.write_bytes(default_template())
    DELTA.write_bytes(delta_template())
