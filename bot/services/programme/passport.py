"""The programme of a network from this year's facts, so that next year's is written from them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.policy import Person
from bot.refusals import Refusal
from bot.services.programme.criteria import Year, criteria_of
from storage.db import Tx
from storage.papers import papers
from storage.papers.papers import School
from storage.programme import passport
from storage.programme.passport import Offered, Partner, Planned


@dataclass(frozen=True)
class Passport:
    """What the programme's file says."""

    school: School
    criteria: Year
    partners: list[Partner]
    courses: list[Offered]
    steps: list[Planned]


async def passport_of(tx: Tx, year: int, by: Person, today: date, school: int = 0) -> Passport:
    """Of the school this person heads. Refusals: not-yours, gone."""
    judged = await criteria_of(tx, year, by, today, school)
    of = await papers.school(tx, judged.school_id)
    if of is None:
        raise Refusal("gone")
    return Passport(
        of,
        judged,
        await passport.partners(tx, judged.school_id),
        await passport.courses(tx, judged.school_id, judged.year),
        await passport.steps(tx, judged.school_id, judged.year),
    )
