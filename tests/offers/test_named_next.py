"""Who has taken a place from the reserve is named by the next version of a request: until then `doctor` reminds the school."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from sqlalchemy import update

from bot.clock import Moment
from bot.services.enrollment.withdrawing import withdraw
from bot.services.offers.offers import accept
from bot.services.offers.passing import run_offers
from bot.services.people import consent
from bot.services.people.people import recognise
from storage.db import Database
from storage.doctor import violations, worth_knowing
from storage.requests.naming import ENROLLED_UNNAMED
from storage.tables import Course, Group
from tests.enrollment_world import ANNA_HERSELF, MOMENT, RUSLAN_HIMSELF, TODAY, approved, choices, requested
from tests.world import ANNA, CENTRE, CHESS, DANA, MISHA, TELEGRAM, ZONE, settings_for

SETTINGS = settings_for("http://127.0.0.1:1", "sqlite+aiosqlite:///none", Path("/none"))


async def knows(db: Database) -> dict[str, int]:
    async with db.read() as tx:
        assert await violations(tx, TODAY) == {}
        return await worth_knowing(tx)


async def taken(db: Database) -> int:
    """Chess has one seat, in order of arrival: Dana had it and withdrew, Misha has taken what was offered. His wish."""
    async with db.write() as tx:
        await tx.execute(update(Course).where(Course.id == CHESS).values(selection="queue"))
        await tx.execute(update(Group).where(Group.id == CHESS).values(seats=1))
    dana = await approved(db, DANA, CHESS, by=RUSLAN_HIMSELF)
    misha = await approved(db, MISHA, CHESS, by=ANNA_HERSELF)
    await requested(db, CENTRE)
    await withdraw(db, dana, 0, by=RUSLAN_HIMSELF, at=Moment(MOMENT, ZONE))
    await run_offers(db, now=MOMENT + timedelta(minutes=1), settings=SETTINGS)
    choice = (await choices(db, misha))[CHESS].id
    await accept(db, choice, by=ANNA_HERSELF, now=MOMENT + timedelta(minutes=2), today=TODAY)
    return choice


async def test_doctor_says_who_is_enrolled_and_in_no_request(db: Database) -> None:
    await taken(db)
    assert ENROLLED_UNNAMED == "pupils with a place from an offer whom no request names yet: send its next version (the school)"
    assert (await knows(db))[ENROLLED_UNNAMED] == 1
    await requested(db, CENTRE)  # its next version
    assert ENROLLED_UNNAMED not in await knows(db)


async def test_whom_the_family_lets_nobody_name_is_no_work_of_the_school(db: Database) -> None:
    await taken(db)
    anna = await recognise(db, TELEGRAM[ANNA], SETTINGS)
    partner = ("partner", CENTRE)
    await consent.choose(db, MISHA, partner, agreed=False, by=anna, now=MOMENT + timedelta(minutes=3))
    assert ENROLLED_UNNAMED not in await knows(db)
