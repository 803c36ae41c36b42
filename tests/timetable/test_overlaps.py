"""Lessons against the schools' own hours: each school has its own 5А and its own days."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from bot.services.timetable.overlaps import Hour, Met, OwnHours, in_school_hours
from tests.world import ZONE

TUESDAY = datetime(2026, 12, 1, 14, tzinfo=ZONE)
OURS, THEIRS = 1, 2  # pupils, both of a 5А
CLASSES = {OURS: ("Ш1", "5А"), THEIRS: ("Ш2", "5А")}
THEIR_HOURS = [OwnHours("Ш2", "5А", 1, time(13, 30), time(14, 15))]


def lesson(*pupils: int) -> Hour:
    return Hour("Г-01", TUESDAY, TUESDAY + timedelta(hours=1), "П1", None, frozenset(pupils), fresh=True)


def as_usual(_school: str, day: date) -> int:
    return day.weekday()


def test_the_hours_of_another_schools_class_are_not_ours() -> None:
    assert in_school_hours([lesson(OURS)], CLASSES, THEIR_HOURS, as_usual, ZONE) == []
    met = [Met("school", "Г-01", "5А", TUESDAY)]
    assert in_school_hours([lesson(OURS, THEIRS)], CLASSES, THEIR_HOURS, as_usual, ZONE) == met


def test_a_day_off_at_one_school_has_the_lessons_of_the_other() -> None:
    def off(school: str, day: date) -> int | None:
        return None if school == "Ш2" else day.weekday()

    hours = [OwnHours("Ш1", "5А", 1, time(14), time(14, 45)), *THEIR_HOURS]
    assert in_school_hours([lesson(THEIRS)], CLASSES, hours, off, ZONE) == []
    assert len(in_school_hours([lesson(OURS, THEIRS)], CLASSES, hours, off, ZONE)) == 1
