"""Makes the default template of the programme of a network: `python -m bot.documents.programme_template`.

Words it may use: school, of_school, school_address, director, director_post, year, next_year, goal, day, basis (a list); partners, each with name, kind,
licence and agreement; courses, each with name, organization, direction, hours, children; regulation and roadmap, each a list with number, task, who, term, result, done; criteria, results and efficiency, each a list with text and value;
documents (a list).
"""

from __future__ import annotations

from bot.documents.sheet import TIGHT, Sheet

STEPS = (
    ("№", "{{ step.number }}", 1.1),
    ("Задача", "{{ step.task }}", 6.2),
    ("Кто", "{{ step.who }}", 3.6),
    ("Срок", "{{ step.term }}", 3.0),
    ("Итог", "{{ step.done }}", 3.1),
)
JUDGED = (("Критерий", "{{ one.text }}", 9.5), ("Показатель года", "{{ one.value }}", 7.5))


def programme() -> bytes:
    """The passport, the steps, the courses and the criteria of a year."""
    sheet = Sheet("Программа сетевого взаимодействия", TIGHT)
    sheet.line("УТВЕРЖДАЮ", at="right")
    sheet.line("{{ director_post }} {{ of_school }}", at="right")
    sheet.line("____________________ / {{ director }} /", at="right")
    sheet.line("«____» ______________ 20____ г.", at="right")
    sheet.title("ПРОГРАММА СЕТЕВОГО ВЗАИМОДЕЙСТВИЯ", size=16, above=30)
    sheet.line("{{ school }} с организациями-партнёрами", at="center")
    sheet.line("составлена по итогам {{ year }} учебного года на {{ next_year }} учебный год", at="center")
    sheet.heading("1. Паспорт программы", above=16)
    sheet.line("Базовая организация: {{ school }}{% if school_address %}, {{ school_address }}{% endif %}")
    sheet.line("Основание: {{ basis }}.", at="both")
    sheet.line("Цель: {{ goal }}.", at="both")
    sheet.line("Партнёры:").paragraph_format.keep_with_next = True
    sheet.table(
        "partner in partners",
        (
            ("Организация", "{{ partner.name }}", 7.0),
            ("Вид", "{{ partner.kind }}", 3.4),
            ("Лицензия", "{{ partner.licence }}", 3.3),
            ("Договор", "{{ partner.agreement }}", 3.3),
        ),
    )
    sheet.heading("2. Курсы {{ year }} учебного года", above=10, stays=True)
    sheet.table(
        "course in courses",
        (
            ("Курс", "{{ course.name }}", 4.6),
            ("Организация", "{{ course.organization }}", 5.0),
            ("Направленность", "{{ course.direction }}", 3.4),
            ("Часов", "{{ course.hours }}", 1.5),
            ("Детей", "{{ course.children }}", 2.5),
        ),
    )
    sheet.heading("3. Регламент", above=10, stays=True)
    sheet.table("step in regulation", STEPS)
    sheet.heading("4. Дорожная карта", above=10, stays=True)
    sheet.table("step in roadmap", STEPS)
    sheet.heading("5. Критерии оценки", above=10, stays=True)
    sheet.table("one in criteria", JUDGED)
    sheet.heading("6. Ожидаемые результаты", above=10, stays=True)
    sheet.table("one in results", JUDGED)
    sheet.heading("7. Показатели эффективности", above=10, stays=True)
    sheet.table("one in efficiency", JUDGED)
    sheet.heading("8. Документы программы", above=10, stays=True)
    sheet.mark("for one in documents")
    sheet.line("— {{ one }}")
    sheet.mark("endfor")
    return sheet.saved()


if __name__ == "__main__":
    from bot.documents.criteria import PROGRAMME
    from bot.documents.paper import TEMPLATES

    (TEMPLATES / PROGRAMME).write_bytes(programme())
