"""The default templates of what a partner and a school agree on: programmes of courses, the teachers' load; and of the report."""

from __future__ import annotations

from typing import Any

from bot.documents.sheet import TIGHT, Sheet


def programme() -> bytes:
    """A sheet for each course: what it is, who gives it, its topics with their hours."""
    sheet = Sheet("Программы курсов", TIGHT)
    sheet.mark("for course in courses")
    _approved(sheet).paragraph_format.page_break_before = True
    sheet.title("ПРОГРАММА КУРСА ПО ВЫБОРУ", size=14, above=8)
    sheet.title("«{{ course.name }}»")
    sheet.line("{{ year }} учебный год", at="center")
    sheet.line("Организация: {{ partner }}{% if partner_licence %}, лицензия {{ partner_licence }}{% endif %}", above=6)
    sheet.line("Направленность: {{ course.direction }}. Классы: {{ course.classes }}. Часов: {{ course.hours }}.")
    sheet.line("Форма: сетевая. Основание: {{ law_short.network }}; {{ law_short.programmes }}.")
    sheet.line("{% if course.description %}О курсе: {{ course.description }}{% else %}О курсе: \t{% endif %}", at="both")
    sheet.heading("Группы", above=6, stays=True)
    sheet.table(
        "group in course.groups",
        [
            ("Группа", "{{ group.code }}", 2.2),
            ("Педагог", "{{ group.teacher }}", 6.8),
            ("Мест", "{{ group.seats }}", 1.3),
            ("Дни и часы", "{{ group.times }}", 3.6),
            ("Место", "{{ group.place }}", 3.1),
        ],
    )
    sheet.heading("Тематический план", above=6, stays=True)
    sheet.table(
        "topic in course.topics",
        [
            ("№", "{{ topic.number }}", 1.2),
            ("Тема", "{{ topic.topic }}", 13.6),
            ("Часов", "{{ topic.hours }}", 2.2),
        ],
    )
    sheet.mark("if not course.topics")
    sheet.line("Тем в книге сети пока нет: лист «Программа».")
    sheet.mark("else")
    sheet.line("Тем: {{ course.topics|length }}, часов на темы: {{ course.topics_hours }}.", above=4)
    sheet.mark("endif")
    sheet.mark("endfor")
    return sheet.saved()


def load() -> bytes:
    """The teachers' load of a partner, to be approved."""
    sheet = Sheet("Нагрузка педагогов", TIGHT, across=True)
    _approved(sheet)
    sheet.title("УЧЕБНАЯ НАГРУЗКА СЕТЕВЫХ ПЕДАГОГОВ", size=14, above=8)
    sheet.line("{{ partner }}, {{ year }} учебный год, по состоянию на {{ day }} г.", at="center")
    sheet.table(
        "one in loads",
        [
            ("№", "{{ one.number }}", 1.0),
            ("Педагог", "{{ one.teacher }}", 8.4),
            ("Курс, группа", "{{ one.course }}, {{ one.group }}", 10.2),
            ("Занятий", "{{ one.lessons }}", 2.0),
            ("Часов", "{{ one.hours }}", 1.9),
            ("В неделю", "{{ one.a_week }}", 2.2),
        ],
    )
    sheet.heading("Всего по педагогам", above=8, stays=True)
    sheet.table(
        "one in teachers",
        [
            ("Педагог", "{{ one.teacher }}", 18.2),
            ("Групп", "{{ one.groups }}", 2.2),
            ("Часов за год", "{{ one.hours }}", 2.8),
            ("В неделю", "{{ one.a_week }}", 2.5),
        ],
    )
    sheet.line("Занятий: {{ lessons }}, академических часов: {{ hours }}.", above=6)
    return sheet.saved()


def _approved(sheet: Sheet) -> Any:
    first = sheet.beside("СОГЛАСОВАНО", "УТВЕРЖДАЮ")
    sheet.pair(
        ("{{ director_post }} {{ of_school }}", "________ / {{ director }} /", "«____» __________ 20____ г."),
        (
            "{% if partner_post %}{{ partner_post[:1]|upper }}{{ partner_post[1:] }}{% else %}Руководитель{% endif %}",
            "________ / {% if partner_head %}{{ partner_head }}{% else %}________________{% endif %} /",
            "«____» __________ 20____ г.",
        ),
    )
    return first


def report() -> bytes:
    """The report of a half-year, a month or a year: attendance by reason, the groups' composition, results of each pupil."""
    sheet = Sheet("Отчёт", TIGHT)
    sheet.title("{{ school }}")
    sheet.title("ОТЧЁТ{% if number %} № {{ number }} от {{ day }} г.{% endif %}", size=14, above=8)
    sheet.line("о посещаемости, составе групп и успеваемости учащихся, которые обучаются в сетевой форме", at="center")
    sheet.line("{{ period }}: с {{ first }} г. по {{ last }} г.", at="center")
    sheet.heading("Итоги", above=8, stays=True)
    sheet.line(
        "Посещаемость: {{ total.share }}. Пропущено без причины: {{ total.absent }}, по болезни: {{ total.sick }}, по уважительной "
        "причине: {{ total.excused }}, опозданий: {{ total.late }}. Отметок: {{ total.marks }}, средняя: {{ total.average }}.",
        at="both",
    )
    sheet.line(
        "Состав групп: на начало {{ start }}, зачислено {{ came }}, выбыло {{ left }}, на конец {{ end }}. Проведено занятий: "
        "{{ lessons }}, академических часов: {{ hours }}.",
        at="both",
    )
    sheet.mark("for group in groups")
    sheet.heading("{{ group.course }}, группа {{ group.code }}", above=10, stays=True)
    sheet.line(
        "{{ group.organization }}, педагог {{ group.teacher }}. Занятий: {{ group.lessons }}, часов: {{ group.hours }}"
        "{% if group.planned %}; пройдено тем: {{ group.covered }} из {{ group.planned }}{% endif %}. Учащихся на начало: "
        "{{ group.start }}, на конец: {{ group.end }}.",
        at="both",
    )
    sheet.table(
        "pupil in group.pupils",
        [
            ("№", "{{ pupil.number }}", 0.8),
            ("Фамилия, имя, отчество", "{{ pupil.name }}", 8.05),
            ("Класс", "{{ pupil.class_name }}", 1.45),
            ("%", "{{ pupil.share }}", 1.4),
            ("Н", "{{ pupil.absent }}", 0.7),
            ("Б", "{{ pupil.sick }}", 0.7),
            ("У", "{{ pupil.excused }}", 0.7),
            ("Оп.", "{{ pupil.late }}", 1.0),
            ("Отм.", "{{ pupil.marks }}", 1.2),
            ("Ср.", "{{ pupil.average }}", 1.0),
        ],
    )
    sheet.mark("if group.changes")
    sheet.line("Изменения в составе: {{ group.changes|join('; ') }}.", at="both", above=2)
    sheet.mark("endif")
    sheet.mark("endfor")
    sheet.line(
        "% — посещаемость; пропуски: Н — без причины, Б — по болезни, У — по уважительной причине; Оп. — опоздания; Отм. — отметок; "
        "Ср. — средняя отметка.",
        size=9,
        above=6,
    )
    sheet.line(
        "Ответственный за сетевое взаимодействие{% if responsible_post %} ({{ responsible_post }}){% endif %}:",
        above=12,
    ).paragraph_format.keep_with_next = True
    sheet.line("______________ / {{ responsible }} /").paragraph_format.keep_with_next = True
    sheet.line("{{ director_post }}  ______________ / {{ director }} /", above=8).paragraph_format.keep_with_next = True
    sheet.line("{{ day }} г.")
    return sheet.saved()
