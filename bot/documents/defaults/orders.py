"""The default templates of the director's orders."""

from __future__ import annotations

from collections.abc import Sequence

from bot.documents.sheet import SMALL, Sheet

_DAY = "{% if number %}{{ day }} г.{% else %}«____» ______________ 20____ г.{% endif %}"
_NUMBER = "№ {% if number %}{{ number }}{% else %}____________{% endif %}"
_AGREEMENTS = (
    "{% for one in agreements %}{% if one.number %}№ {{ one.number }} от {{ one.day }}{% else %}№ ______ от «____» __________ 20____ г."
    "{% endif %} ({{ one.partner }}){% if not loop.last %}; {% endif %}{% endfor %}"
)


def order() -> bytes:
    """The director's order, with the list of pupils as its annex."""
    sheet = _letterhead("Приказ")
    sheet.heading("Об организации обучения учащихся с помощью сетевого взаимодействия", above=8)
    sheet.line(
        "Основание: {{ law.education }}; {{ law.network }}; {{ law.programmes }}; договоры о сетевой форме реализации "
        "образовательных программ "
        + _AGREEMENTS
        + "; заявки школы {{ requests }}; заявления родителей (законных представителей).",
        at="both",
    )
    sheet.heading("ПРИКАЗЫВАЮ:", above=4)
    sheet.line(
        "1. Организовать в {{ year }} учебном году обучение учащихся с помощью сетевого взаимодействия"
        "{% if teaching %} в организациях: {{ teaching }}{% endif %}"
        "{% if resources %}{% if teaching %};{% endif %} с использованием ресурсов организаций: {{ resources }}{% endif %}.",
        at="both",
    )
    sheet.line("2. Утвердить список учащихся (приложение к приказу). Всего учащихся: {{ total }}.", at="both")
    sheet.line(
        "3. Начать занятия с {% if starts %}{{ starts }} г.{% else %}«____» ______________ 20____ г.{% endif %}", at="both"
    )
    _responsible(sheet, "4")
    sheet.line(
        "5. Проводить занятия по сетевому расписанию, календарному учебному графику и программам курсов, согласованным "
        "с организациями-партнёрами.",
        at="both",
    )
    sheet.line(
        "6. Ответственному за сетевое взаимодействие: ознакомить с приказом и расписанием учащихся и их родителей (законных "
        "представителей); следить за посещаемостью и успеваемостью по сетевому журналу; разместить приказ (без списка учащихся) "
        "и договоры на сайте школы.",
        at="both",
    )
    sheet.line("7. Контроль за исполнением приказа оставляю за собой.", at="both")
    _signed(sheet)
    _annex(sheet, "Приложение к приказу")
    sheet.title("Список учащихся, которые обучаются с помощью сетевого взаимодействия", above=8)
    sheet.line("{{ year }} учебный год", at="center")
    _pupils(sheet, "partners")
    sheet.line("Всего учащихся: {{ total }}.", above=10)
    return sheet.saved()


def amendment() -> bytes:
    """The order of changes: who was added, who goes on in another group, who left since the last one."""
    sheet = _letterhead("Приказ о внесении изменений")
    sheet.heading(
        "О внесении изменений в приказ от {{ of_day }} г. № {{ of_number }} «Об организации обучения учащихся с помощью сетевого "
        "взаимодействия»",
        above=8,
    )
    sheet.line(
        "Основание: {{ law.education }}; {{ law.network }}; договоры о сетевой форме реализации образовательных программ "
        + _AGREEMENTS
        + "; заявки школы {{ requests }}; заявления родителей (законных представителей).",
        at="both",
    )
    sheet.heading("ПРИКАЗЫВАЮ:", above=4)
    sheet.line(
        "1. Внести в список учащихся, утверждённый приказом от {{ of_day }} г. № {{ of_number }}, изменения согласно приложению"
        "{% if starts %} с {{ starts }} г.{% else %}.{% endif %}",
        at="both",
    )
    sheet.line(
        "2. {% if added_total %}Включить в список учащихся: {{ added_total }}. {% endif %}{% if moved %}Перевести в другую группу: "
        "{{ moved|length }}. {% endif %}{% if left %}Исключить из списка: {{ left|length }}. {% endif %}"
        "Теперь в списке учащихся: {{ total }}.",
        at="both",
    )
    _responsible(sheet, "3", again=True)
    sheet.line("4. Контроль за исполнением приказа оставляю за собой.", at="both")
    _signed(sheet)
    _annex(sheet, "Приложение к приказу")
    sheet.title("Изменения в списке учащихся, которые обучаются с помощью сетевого взаимодействия", above=8)
    sheet.line("{{ year }} учебный год", at="center")
    sheet.mark("if added")
    sheet.title("Включить в список", above=10, stays=True)
    _pupils(sheet, "added")
    sheet.mark("endif")
    sheet.mark("if moved")
    sheet.title("Перевести в другую группу", above=10, stays=True)
    _of_courses(
        sheet,
        "moved_by_course",
        [
            ("№", "{{ pupil.number }}", 1.0),
            ("Фамилия, имя, отчество", "{{ pupil.name }}", 9.4),
            ("Класс", "{{ pupil.class_name }}", 1.6),
            ("Из группы", "{{ pupil.was }}", 2.5),
            ("В группу", "{{ pupil.now }}", 2.5),
        ],
    )
    sheet.mark("endif")
    sheet.mark("if left")
    sheet.title("Исключить из списка", above=10, stays=True)
    _of_courses(
        sheet,
        "left_by_course",
        [
            ("№", "{{ pupil.number }}", 1.0),
            ("Фамилия, имя, отчество", "{{ pupil.name }}", 11.6),
            ("Группа", "{{ pupil.group }}", 4.4),
        ],
    )
    sheet.mark("endif")
    return sheet.saved()


def _of_courses(sheet: Sheet, courses: str, columns: Sequence[tuple[str, str, float]]) -> None:
    """A table of pupils for each course of this list: its name and its organization's stand once, above."""
    sheet.mark(f"for course in {courses}")
    sheet.heading("Курс «{{ course.name }}», {{ course.organization }}", above=6, stays=True)
    sheet.table("pupil in course.pupils", columns)
    sheet.mark("endfor")


def _letterhead(title: str) -> Sheet:
    sheet = Sheet(title)
    sheet.title("{{ school }}")
    sheet.line("{{ school_address }}", at="center", size=11)
    sheet.mark("if draft")
    sheet.line("ПРОЕКТ: номера нет, не подписывать", at="right", size=SMALL)
    sheet.mark("endif")
    sheet.title("ПРИКАЗ", size=14, above=10)
    sheet.ends(_DAY, _NUMBER)
    sheet.line("{{ place }}", at="center")
    return sheet


def _responsible(sheet: Sheet, number: str, *, again: bool = False) -> None:
    if again:
        words = (
            "Ответственному за сетевое взаимодействие ({% if charged %}{{ charged }}{% else %}"
            "{% if responsible_post %}{{ responsible_post }} {% endif %}{{ responsible }}{% endif %})"
        )
        sheet.line(f"{number}. {words} ознакомить с приказом учащихся и их родителей (законных представителей).", at="both")
        return
    sheet.line(
        f"{number}. Назначить ответственным за сетевое взаимодействие"
        "{% if appointed %} {{ appointed }}.{% else %}: {{ responsible_post }} {{ responsible }}.{% endif %}",
        at="both",
    )


def _signed(sheet: Sheet) -> None:
    sheet.line("{{ director_post }}          ____________________ / {{ director }} /", above=16)
    sheet.line("С приказом ознакомлен(а):  ______________ / {{ responsible }} /", above=10)
    sheet.line("«____» ______________ 20____ г.")


def _annex(sheet: Sheet, title: str) -> None:
    sheet.line(title, at="right").paragraph_format.page_break_before = True
    sheet.line(f"от {_DAY} {_NUMBER}", at="right")


def _pupils(sheet: Sheet, partners: str) -> None:
    """A list for each group of each of these partners."""
    sheet.mark(f"for partner in {partners}")
    sheet.heading("{{ partner.name }}, учащихся: {{ partner.total }}", above=10, stays=True)
    sheet.mark("for group in partner.groups")
    sheet.line(
        "Курс «{{ group.course }}», группа {{ group.code }}, педагог {{ group.teacher }}", above=4
    ).paragraph_format.keep_with_next = True
    sheet.table(
        "pupil in group.pupils",
        [
            ("№", "{{ pupil.number }}", 1.2),
            ("Фамилия, имя, отчество", "{{ pupil.name }}", 12.8),
            ("Класс", "{{ pupil.class_name }}", 3.0),
        ],
    )
    sheet.mark("endfor")
    sheet.mark("endfor")
