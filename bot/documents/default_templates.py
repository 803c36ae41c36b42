"""Makes the default templates of the papers: `python -m bot.documents.default_templates`.

A template is a DOCX with words in double braces. The words all of them may use: school, school_address, director,
director_dative, director_post, director_post_dative, of_school (the school's name after «директор»), year, law.education, law.network, law.programmes (and the same in law_short). Besides,

- application.docx: number, day, submitted, version (of what was handed in, from 1), guardian, guardian_in_bot, child,
  child_accusative, birth, class_name, wanted (how many of the courses at once; 0: all of them), sport, cosigned, age_unknown;
  wishes, each with number, course, direction, organization, hours, group;
- order.docx: number and day of the register (empty in a draft), draft, place, starts, responsible, responsible_accusative,
  responsible_post, appointed (whom, with the post; empty: it cannot be declined), charged (the same to whom), requests, total; agreements, each with partner, number and day; partners, each with name, total and groups;
- amendment.docx: the same, and of_number, of_day (the order it changes), added (like partners), added_total; moved, each with
  number, name, class_name, organization, course, was, now; left, each with number, name, organization, course, group; moved_by_course
  and left_by_course, each with name, organization and pupils of these;
- agreement.docx (a partner that teaches), agreement_resource.docx (one that lends): number, day, place, starts, ends, pupils,
  responsible, responsible_post, director_post; school_licence, school_acts_on, school_phone, school_site, school_details; partner,
  partner_address, partner_licence, partner_phone, partner_site, partner_details, partner_head, partner_post, partner_acts_on;
  represented, acting (after «в лице»: whom, «действующей»), partner_represented, partner_acting;
  courses, each with number, name, direction, classes, hours;
- consent.docx: children, each with name, name_genitive, class_name, birth, guardian, cosigned; processing, messages, photographs (the day it was
  agreed to in the bot, or empty); partners, each with number, name, address, said;
- programme.docx, load.docx: partner, partner_licence, partner_head, partner_post; courses, each with name, direction, classes, hours,
  description, topics_hours, groups (code, teacher, seats, times, place) and topics (number, topic, hours); day, lessons, hours, loads
  (number, teacher, course, group, lessons, hours, a_week) and teachers (teacher, groups, hours, a_week);
- report.docx: number (empty: a look, not handed in), period, first, last, day, start, end, came, left, lessons, hours, responsible, responsible_post, total; groups, each
  with course, code, organization, teacher, lessons, hours, covered, planned, start, end, changes and pupils (number, name, class_name);
  total and a pupil have share, absent, sick, excused, late, marks, average;
- groups.docx: day; groups. A group has code, course, hours, organization, teacher, place, times, total and pupils, each with
  number, name, birth, class_name;
- study_plan.docx: school, director, director_post, year, day, lessons, hours; groups, each with number, code, course, organization,
  teacher, times, months, lessons and hours; loads, each with teacher, group, course, hours and a_week.

The request has a script of its own, request_template.py.
"""

from __future__ import annotations

from collections.abc import Callable

from bot.documents.defaults.agreements import agreement, resource_agreement
from bot.documents.defaults.consents import consents
from bot.documents.defaults.courses import load, programme, report
from bot.documents.defaults.orders import amendment, order
from bot.documents.sheet import SMALL, TIGHT, Sheet


def application() -> bytes:
    """A parent's application for learning in network form."""
    sheet, indent = Sheet("Заявление", TIGHT), 7.5
    sheet.line("{{ director_post_dative }} {{ of_school }}", indent=indent)
    sheet.line("{{ director_dative }}", indent=indent)
    sheet.line("от {{ guardian }}{% if not guardian %}\t{% endif %}", indent=indent)
    sheet.line("фамилия, имя, отчество родителя (законного представителя)", indent=indent, size=SMALL)
    sheet.line("Статус: родитель / опекун / попечитель (подчеркните)", indent=indent)
    sheet.line("Документ опекуна, попечителя: \t", indent=indent)
    sheet.line("Документ, удостоверяющий личность: \t", indent=indent)
    sheet.line("\t", indent=indent)
    sheet.line("Адрес: \t", indent=indent)
    sheet.line("Телефон: \t", indent=indent)
    sheet.title("ЗАЯВЛЕНИЕ", above=8)
    sheet.line("об обучении в сетевой форме", at="center")
    sheet.line(
        "Прошу зачислить моего ребёнка {{ child_accusative }}, дата рождения {{ birth }}, класс {{ class_name }}, на обучение "
        "в сетевой форме в {{ year }} учебном году. Курсы по выбору в порядке предпочтения, первый — самый желанный:",
        at="both",
    )
    sheet.table(
        "wish in wishes",
        [
            ("№", "{{ wish.number }}", 0.8),
            ("Курс (программа)", "{{ wish.course }}", 3.7),
            ("Направленность", "{{ wish.direction }}", 3.9),
            ("Организация", "{{ wish.organization }}", 4.9),
            ("Часов", "{{ wish.hours }}", 1.7),
            ("Группа", "{{ wish.group }}", 2.0),
        ],
    )
    sheet.mark("if wanted")
    sheet.line(
        "Одновременно ребёнок будет посещать курсов: {{ wanted }}; остальные названы на случай, если не хватит мест.",
        at="both",
        above=4,
    )
    sheet.mark("endif")
    sheet.line(
        "Согласен(на) на обучение моего ребёнка в сетевой форме{% if not resources %} в названных организациях{% else %}"
        "{% if teaching %} в организациях: {{ teaching }};{% endif %} с использованием ресурсов организаций: {{ resources }}"
        "{% endif %}. Основание: {{ law_short.network }}; "
        "{{ law_short.programmes }}.",
        at="both",
        above=6,
    )
    sheet.line(
        "С уставом, лицензией на осуществление образовательной деятельности, программами курсов, правилами приёма и внутреннего "
        "распорядка школы и названных организаций ознакомлен(а).",
        at="both",
    )
    sheet.mark("if sport")
    sheet.line("Медицинскую справку о допуске к занятиям спортом обязуюсь предъявить до начала занятий.", at="both")
    sheet.mark("endif")
    sheet.line("Согласие на обработку персональных данных даю отдельным документом.", at="both")
    sheet.line("«____» ______________ 20____ г.          ________________ / __________________________ /", above=10)
    sheet.line("(подпись и расшифровка подписи родителя, законного представителя)", size=SMALL, indent=6.5)
    sheet.mark("if cosigned")
    sheet.line("С выбором курсов согласен(на): ученик(ца) 14 лет и старше {{ child }}", above=6)
    sheet.line("«____» ______________ 20____ г.          ________________ / __________________________ /")
    sheet.mark("elif age_unknown")
    sheet.line("С выбором курсов согласен(на), если ученику исполнилось 14 лет: {{ child }}", above=6)
    sheet.line("«____» ______________ 20____ г.          ________________ / __________________________ /")
    sheet.mark("endif")
    sheet.mark("if submitted")
    sheet.line(
        "Заявление № {{ number }}{% if version > 1 %}, версия {{ version }}{% endif %}, подано через бот сети {{ day }} г."
        "{% if guardian_in_bot %}: {{ guardian_in_bot }}{% endif %}",
        size=SMALL,
        above=10,
    )
    sheet.mark("else")
    sheet.line("Черновик № {{ number }} от {{ day }} г.: в школу ещё не отправлен.", size=SMALL, above=10)
    sheet.mark("endif")
    return sheet.saved()


def groups() -> bytes:
    """The lists of groups, a page each."""
    sheet = Sheet("Списки групп", TIGHT)
    sheet.mark("for group in groups")
    sheet.line("{{ group.organization }}", at="center").paragraph_format.page_break_before = True
    sheet.title("СПИСОК ГРУППЫ {{ group.code }}", size=14)
    sheet.line("курс «{{ group.course }}», {{ year }} учебный год", at="center")
    sheet.line("Педагог: {{ group.teacher }}", above=8)
    sheet.line("Занятия: {{ group.times }}; место: {{ group.place }}; часов по программе: {{ group.hours }}")
    sheet.line("Учащиеся школы: {{ school }}")
    sheet.table(
        "pupil in group.pupils",
        [
            ("№", "{{ pupil.number }}", 0.9),
            ("Фамилия, имя, отчество", "{{ pupil.name }}", 9.0),
            ("Дата рождения", "{{ pupil.birth }}", 3.0),
            ("Класс", "{{ pupil.class_name }}", 1.5),
            ("Примечание", "", 2.6),
        ],
    )
    sheet.line("Всего: {{ group.total }}. Список на {{ day }} г.", above=6).paragraph_format.keep_with_next = True
    sheet.line("{{ director_post }}          ____________________ / {{ director }} /", above=12)
    sheet.mark("endfor")
    return sheet.saved()


def study_plan() -> bytes:
    """The calendar study plan of a year with the teachers' load, to be signed."""
    sheet = Sheet("Календарный учебный график", TIGHT, across=True)
    sheet.line("УТВЕРЖДАЮ", at="right")
    sheet.line("{{ director_post }} {{ of_school }}", at="right")
    sheet.line("____________________ / {{ director }} /", at="right")
    sheet.line("«____» ______________ 20____ г.", at="right")
    sheet.title("КАЛЕНДАРНЫЙ УЧЕБНЫЙ ГРАФИК", size=14, above=10)
    sheet.line("сетевых курсов на {{ year }} учебный год, по состоянию на {{ day }} г.", at="center")
    sheet.table(
        "group in groups",
        [
            ("№", "{{ group.number }}", 0.9),
            ("Курс, группа", "{{ group.course }}, {{ group.code }}", 5.0),
            ("Организация", "{{ group.organization }}", 6.4),
            ("Педагог", "{{ group.teacher }}", 4.2),
            ("Дни и часы", "{{ group.times }}", 3.3),
            ("Занятий по месяцам", "{{ group.months }}", 3.9),
            ("Всего", "{{ group.lessons }} ({{ group.hours }}\u00a0ч)", 2.0),
        ],
    )
    sheet.line("Всего занятий: {{ lessons }}, академических часов: {{ hours }}.", above=6)
    sheet.heading("Нагрузка педагогов", above=10)
    sheet.table(
        "load in loads",
        [
            ("Педагог", "{{ load.teacher }}", 9.2),
            ("Курс, группа", "{{ load.course }}, {{ load.group }}", 11.5),
            ("Часов за год", "{{ load.hours }}", 2.5),
            ("В неделю", "{{ load.a_week }}", 2.5),
        ],
    )
    return sheet.saved()


MADE: dict[str, Callable[[], bytes]] = {
    "application.docx": application,
    "order.docx": order,
    "amendment.docx": amendment,
    "agreement.docx": agreement,
    "agreement_resource.docx": resource_agreement,
    "consent.docx": consents,
    "programme.docx": programme,
    "load.docx": load,
    "report.docx": report,
    "groups.docx": groups,
    "study_plan.docx": study_plan,
}

if __name__ == "__main__":
    from bot.documents.paper import TEMPLATES

    for name, made in MADE.items():
        (TEMPLATES / name).write_bytes(made())
