"""The demo's clock goes round the year: in May next year's enrolment stands beside this year's lessons, September turns it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select

from bot.demo.house import filled, settings_for
from bot.demo.network import demo_moment
from bot.demo.turning import next_turns, turn
from bot.services.courses.catalogue import Wanted, catalogue
from bot.services.enrollment.closing import close_years
from bot.services.network.years import running_now
from storage.db import Database
from storage.network import years
from storage.people.classes import classes_in
from storage.tables import Choice, Group, Lesson, Pupil

NOVEMBER = datetime(2026, 11, 25, 9, tzinfo=UTC)


async def seen(db: Database, now: datetime) -> dict[str, object]:
    """What the network is on that day."""
    today = now.date()
    async with db.read() as tx:
        vera = await tx.scalar(select(Pupil.id).where(Pupil.code == "У-401"))
        found = await catalogue(tx, Wanted(pupil=vera or 0), today)
        lessons = await tx.scalar(
            select(func.count()).select_from(Lesson).where(Lesson.starts_at >= now, Lesson.starts_at < now + timedelta(days=7))
        )
        return {
            "runs": (await running_now(tx, today)).year,
            "applied for": found.year.year,
            "Вера": found.child.class_name if found.child else "",
            "now": (await classes_in(tx, [vera or 0], (await running_now(tx, today)).year))[vera or 0],
            "lessons this week": (lessons or 0) > 0,
            "learn": await tx.scalar(select(func.count()).select_from(Choice).where(Choice.state == "enrolled")),
            "years": sorted(await years.known(tx)),
        }


async def test_may_shows_two_years_and_september_the_turn(tmp_path: Path) -> None:
    settings = settings_for(tmp_path, "http://127.0.0.1:1")
    now = demo_moment(NOVEMBER, settings.zone)
    async with filled(settings, now) as db:
        await turn(db, settings, now)
        november = await seen(db, now)
        assert november == {
            "runs": 2026, "applied for": 2026, "Вера": "4А", "now": "4А", "lessons this week": True, "learn": 6, "years": [2026],
        }  # fmt: skip
        for _ in range(2):  # rung twice, it is the same
            may = next_turns(now.astimezone(settings.zone))["may"]
            await turn(db, settings, may)
            assert await seen(db, may.astimezone(UTC)) == {
                "runs": 2026, "applied for": 2027, "Вера": "5А", "now": "4А", "lessons this week": True, "learn": 6,
                "years": [2026, 2027],
            }  # fmt: skip
        september = next_turns(may)["september"]
        await turn(db, settings, september)
        await close_years(db, now=september.astimezone(UTC), zone=settings.zone)
        assert await seen(db, september.astimezone(UTC)) == {
            "runs": 2027, "applied for": 2027, "Вера": "5А", "now": "5А", "lessons this week": True, "learn": 0,
            "years": [2026, 2027],
        }  # fmt: skip
        async with db.read() as tx:
            of = dict((await tx.execute(select(Group.year, func.count()).group_by(Group.year))).all())
        assert of == {2026: 8, 2027: 8}


async def test_two_years_in_one_jump(tmp_path: Path) -> None:
    settings = settings_for(tmp_path, "http://127.0.0.1:1")
    now = demo_moment(NOVEMBER, settings.zone)
    async with filled(settings, now) as db:
        later = datetime(2028, 9, 2, 6, tzinfo=UTC)
        await turn(db, settings, later)
        found = await seen(db, later)
        assert (found["runs"], found["now"], found["years"]) == (2028, "6А", [2026, 2027, 2028])


def test_the_clocks_turns_are_always_ahead() -> None:
    here = datetime(2027, 5, 20, 9, tzinfo=UTC)
    assert {name: at.date().isoformat() for name, at in next_turns(here).items()} == {
        "may": "2028-05-20",
        "september": "2027-09-02",
    }
