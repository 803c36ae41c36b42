"""The week as a picture for the guide and for whoever changes how it is drawn: docs/pictures/week-*.png, by `make pictures`."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from bot.documents.week import Drawn, DrawnDay, DrawnWeek, week_png

FOLDER = Path(__file__).parent.parent / "docs" / "pictures"
LESSONS = (1, 12, 40)
PPI = 88  # a telephone's width: small enough to keep
COURSES = (
    "Робототехника",
    "Шахматы",
    "Английский язык для путешественников",
    "Театральная студия «Маска»",
    "Основы финансовой грамотности и предпринимательства",
    "Волейбол",
    "Лего",
)
CHILDREN = ("Миша", "Вера", "Аслан", "Дана", "Заурбий")
PLACES = ("ЦДО, зал", "Кошехабльская ДЮСШ, спортзал", "Центр развития IT-образования, каб.\N{NO-BREAK SPACE}2")
DAYS = (
    "понедельник, 9 ноября",
    "вторник, 10 ноября",
    "среда, 11 ноября",
    "сегодня, четверг, 12 ноября",
    "пятница, 13 ноября",
    "суббота, 14 ноября",
)
NOTES = {3: (True, "отменено"), 5: (True, "перенесено на пт, 20 нояб., 16:00"), 8: (False, "перенесено с чт, 5 нояб., 15:00")}


def week(lessons: int, *, dark: bool) -> DrawnWeek:
    """An invented week: one child of one lesson, two of 12, five of 40; some of it cancelled and moved."""
    children = CHILDREN[: {1: 1, 12: 2}.get(lessons, 5)]
    numbers = count()
    days = []
    for place, name in enumerate(DAYS):
        some = [_lesson(next(numbers), hour, children) for hour, _ in enumerate(range(place, lessons, len(DAYS)))]
        if some:
            days.append(DrawnDay(name, name.startswith("сегодня"), some))
    return DrawnWeek("Неделя: 9–15 ноября", ", ".join(children), days, "", "ru", dark)


def _lesson(number: int, hour: int, children: tuple[str, ...]) -> Drawn:
    off, note = NOTES.get(number, (False, ""))
    begins, ends = f"{13 + hour}:{'30' if number % 2 else '00'}", f"{14 + hour}:{'15' if number % 2 else '00'}"
    who = children[number % len(children)] if len(children) > 1 else ""
    teacher = ("Павел\N{NO-BREAK SPACE}Андреевич", "Зарема\N{NO-BREAK SPACE}Аслановна")[number % 2]
    colour = number % len(COURSES)
    return Drawn(begins, ends, COURSES[colour], colour, who, PLACES[number % len(PLACES)], teacher, off, note)


def take() -> int:
    """All of them; their size in bytes."""
    size = 0
    for lessons in LESSONS:
        for dark in (False, True):
            taken = week_png(week(lessons, dark=dark), ppi=PPI)
            (FOLDER / f"week-{lessons:02}-{'dark' if dark else 'light'}.png").write_bytes(taken)
            size += len(taken)
    return size
