"""How many families asked for each course: beside its seats, before places are given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from bot.services.surveys.catalogue import courses_of
from bot.services.surveys.counting import LEAST
from storage.db import Tx
from storage.surveys import answers, surveys


async def demand(tx: Tx, schools: Collection[int], year: int) -> dict[int, int]:
    """By course how many answers of these schools' questionnaires of that year name it; empty: nobody has been asked.

    Of an anonymous one what is counted only once it is closed, and not where its results are not shown: it has too few answers.
    """
    found: Counter[int] = Counter()
    asked = [each for each in await surveys.standing(tx, "open", "closed", schools=schools) if each.year == year]
    asked = [each for each in asked if each.state == "closed" or not each.anonymous]
    asked = [each for each in asked if not each.anonymous or await surveys.answered(tx, each) >= LEAST]
    sent = await answers.sent(tx, [each.id for each in asked])
    for survey in asked:
        of_courses = {each.id for each in survey.questions if each.kind == "courses"}
        if not of_courses:
            continue
        for question_id, kept in (await answers.counted(tx, survey.id)).items():
            if question_id in of_courses:
                found.update({int(course): count for course, count in kept.counts.get("", {}).items()})
        for one in sent.get(survey.id, []):
            found.update({int(course) for each in of_courses if each in one.replies for course in one.replies[each].picked})
    return dict(found)


@dataclass(frozen=True)
class Asked:
    """A course, how many answers name it, and how many seats its groups have."""

    course: str
    asked: int
    seats: int


async def demand_beside_seats(tx: Tx, schools: Collection[int], year: int) -> list[Asked]:
    """The courses of that year that were named, the most wanted first; empty: nobody has been asked."""
    named = await demand(tx, schools, year)
    found = [Asked(each.name, named[each.id], each.seats) for each in await courses_of(tx, year) if named.get(each.id)]
    return sorted(found, key=lambda one: (-one.asked, one.course))
