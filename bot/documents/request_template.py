"""Makes the default templates of the request and of its later versions: `python -m bot.documents.request_template`.

Words a template may use: number, day, version, version_day, year, school, school_address, partner, total, coordinator,
coordinator_post, director, director_post, resource (the
partner lends and does not teach), agreement and agreement_day (empty: none is known), starts, ends (the period); courses, each with name,
hours and children; a child with number, name, birth, form (the class), permitted (the school's reason where
the class or the hours stood against the course), class_name (both together), group, guardian. The paper of a later version
(request_delta.docx) has added and withdrawn besides, lists like courses.
"""

from __future__ import annotations

from bot.documents.sheet import TABLE, Sheet

COLUMNS = (
    ("№", "{{ child.number }}", 1.0),
    ("Фамилия, имя, отчество", "{{ child.name }}", 8.5),
    ("Дата рождения", "{{ child.birth }}", 3.0),
    ("Класс", "{{ child.form }}", 1.6),
    ("Группа", "{{ child.group }}", 3.1),
    ("Родитель (законный представитель)", "{{ child.guardian }}", 8.5),
)
AGREEMENT = (
    "{% if resource %}о сотрудничестве и предоставлении ресурсов{% else %}о сетевой форме реализации образовательных программ"
    "{% endif %} {% if agreement %}№ {{ agreement }} от {{ agreement_day }} г.{% else %}№ ______ от «___» ____________ 20___ г."
    "{% endif %}"
)
BASIS = (
    "На основании договора " + AGREEMENT + " и заявлений родителей (законных представителей) просим "
    "{% if resource %}предоставить ресурсы (помещения, оборудование, фонды) для занятий учащихся по следующим программам"
    "{% else %}зачислить учащихся на следующие программы{% endif %}"
    "{% if starts %} на срок с {{ starts }} по {{ ends }}{% endif %}:"
)


def _begin(title: str) -> Sheet:
    sheet = Sheet(title, across=True)  # two full names stand beside each other
    sheet.heading("{{ school }}")
    sheet.line("{{ school_address }}")
    sheet.line("Руководителю организации", at="right")
    sheet.line("{{ partner }}", at="right", indent=12)
    return sheet


def _children(sheet: Sheet, courses: str) -> None:
    """A table of children for each course of this list."""
    sheet.mark(f"for course in {courses}")
    sheet.heading("Программа «{{ course.name }}», часов: {{ course.hours }}", above=8, stays=True)
    sheet.table("child in course.children", COLUMNS)
    sheet.mark("for child in course.children if child.permitted")
    sheet.line("№ {{ child.number }}, {{ child.name }}: школа разрешила — {{ child.permitted }}", size=TABLE, above=2)
    sheet.mark("endfor")
    sheet.mark("endfor")


def _signed(sheet: Sheet) -> bytes:
    sheet.line(
        "Ответственный за сетевое взаимодействие: {{ coordinator }}{% if coordinator_post %}, {{ coordinator_post }}{% endif %}",
        above=8,
    ).paragraph_format.keep_with_next = True
    sheet.line("{{ director_post }}          ____________________ / {{ director }} /", above=14)
    return sheet.saved()


def default_template() -> bytes:
    """The request on one A4 page or more, as DOCX with docxtpl's marks in it."""
    sheet = _begin("Заявка")
    version = "{% if version > 1 %}, версия {{ version }} от {{ version_day }} г.{% endif %}"
    sheet.title("ЗАЯВКА № {{ number }} от {{ day }} г." + version, above=8)
    sheet.line(
        "{% if resource %}на предоставление ресурсов для занятий учащихся{% else %}на обучение учащихся в сетевой форме{% endif %} "
        "в {{ year }} учебном году",
        at="center",
    )
    sheet.line(BASIS, at="both", above=6)
    _children(sheet, "courses")
    sheet.line("Всего учащихся: {{ total }}.", above=6).paragraph_format.keep_with_next = True
    return _signed(sheet)


def delta_template() -> bytes:
    """What a later version of a request changes: who was added, who no longer comes."""
    sheet = _begin("Изменения к заявке")
    sheet.title("ИЗМЕНЕНИЯ К ЗАЯВКЕ № {{ number }} от {{ day }} г.", above=8)
    sheet.line("версия {{ version }} от {{ version_day }} г., {{ year }} учебный год", at="center")
    sheet.line(
        "Договор " + AGREEMENT,
        at="both",
        above=6,
    )
    added = "Просим дополнительно {% if resource %}принять на занятия{% else %}зачислить{% endif %}:"
    for courses, words in (("added", added), ("withdrawn", "Просим исключить из заявки:")):
        sheet.mark(f"if {courses}")
        sheet.heading(words, above=6, stays=True)
        _children(sheet, courses)
        sheet.mark("endif")
    sheet.line("В остальном заявка остаётся прежней.", above=6).paragraph_format.keep_with_next = True
    return _signed(sheet)


if __name__ == "__main__":
    from bot.documents.request import DELTA, TEMPLATE

    TEMPLATE.write_bytes(default_template())
    DELTA.write_bytes(delta_template())
