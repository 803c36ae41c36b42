"""Everything at once: a place is taken once, and never more of them than the group has."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

from sqlalchemy import func, insert, select, update

from bot.policy import Person
from bot.refusals import Refusal
from bot.services.offers.offers import accept, decline
from bot.services.offers.passing import lapse, run_offers
from bot.settings import Settings
from storage.db import Database
from storage.tables import Application, Choice, ChoiceChange, Group, PlaceOffer, Slot
from tests.enrollment_world import ANNA_HERSELF, MOMENT, TODAY, classmates
from tests.world import CHESS, MISHA, ROBOTICS, settings_for

LATER = MOMENT + timedelta(days=30)


def rules(tmp_path: Path) -> Settings:
    return settings_for("http://127.0.0.1:1", "sqlite+aiosqlite:///none", tmp_path)


async def waits(db: Database, pupil: int, course: int, place: int) -> int:
    """The pupil waits in the line of the course's group."""
    async with db.write() as tx:
        paper = {"pupil_id": pupil, "state": "approved", "created_at": MOMENT}
        application = (await tx.execute(insert(Application).values(paper).returning(Application.id))).scalar_one()
        row = {"application_id": application, "course_id": course, "rank": 1, "state": "reserve", "group_id": course}
        row |= {"reserve_at": MOMENT + timedelta(seconds=place), "changed_at": MOMENT}
        return (await tx.execute(insert(Choice).values(row).returning(Choice.id))).scalar_one()


async def seats(db: Database, count: int) -> None:
    async with db.write() as tx:
        await tx.execute(update(Group).values(seats=count))


async def state(db: Database, choice: int) -> str:
    async with db.read() as tx:
        return (await tx.get_one(Choice, choice)).state


async def offered(db: Database, tmp_path: Path) -> int:
    choice = await waits(db, MISHA, ROBOTICS, 1)
    await run_offers(db, now=MOMENT, settings=rules(tmp_path))
    assert await state(db, choice) == "offered"
    return choice


async def test_pressed_twice_at_once_it_is_accepted_once(db: Database, tmp_path: Path) -> None:
    choice = await offered(db, tmp_path)
    await asyncio.gather(*(accept(db, choice, by=ANNA_HERSELF, now=MOMENT, today=TODAY) for _ in range(8)))
    async with db.read() as tx:
        steps = list(await tx.scalars(select(ChoiceChange.now).where(ChoiceChange.choice_id == choice)))
        ended = (await tx.execute(select(PlaceOffer.how))).scalars().all()
    assert steps == ["offered", "enrolled"]
    assert list(ended) == ["accepted"]


async def test_an_answer_and_the_deadline_at_the_same_moment(db: Database, tmp_path: Path) -> None:
    found = set()
    for _ in range(6):
        choice = await offered(db, tmp_path)
        done = await asyncio.gather(
            accept(db, choice, by=ANNA_HERSELF, now=LATER, today=TODAY),
            lapse(db, choice, now=LATER, today=LATER.date()),
            return_exceptions=True,
        )
        ended = await state(db, choice)
        found.add(ended)
        if ended == "enrolled":
            assert done[1] is False
        else:
            assert isinstance(done[0], Refusal)
            assert done[0].key == "offer-over"
        async with db.write() as tx:  # the next round
            await tx.execute(update(Choice).where(Choice.id == choice).values(state="left"))
            assert await tx.scalar(select(func.count()).where(PlaceOffer.ended_at.is_(None))) == 0
    assert found <= {"enrolled", "lapsed"}


async def test_two_places_at_one_hour_in_one_family(db: Database, tmp_path: Path) -> None:
    """Both guardians press at once, for two courses that meet at the same time: one of them is refused in words."""
    async with db.write() as tx:
        await tx.execute(update(Slot).where(Slot.group_id == CHESS).values(weekday=3))
    robotics, chess = await waits(db, MISHA, ROBOTICS, 1), await waits(db, MISHA, CHESS, 2)
    await run_offers(db, now=MOMENT, settings=rules(tmp_path))
    done = await asyncio.gather(
        *(accept(db, choice, by=ANNA_HERSELF, now=MOMENT, today=TODAY) for choice in (robotics, chess)), return_exceptions=True
    )
    assert sorted([await state(db, robotics), await state(db, chess)]) == ["enrolled", "offered"]
    (refused,) = [no for no in done if isinstance(no, BaseException)]
    assert isinstance(refused, Refusal)
    assert refused.key.startswith("against-")


async def test_never_more_than_the_seats_whatever_arrives_at_once(db: Database, tmp_path: Path) -> None:
    families: dict[int, Person] = await classmates(db, 24)
    await seats(db, 5)
    line = {pupil: await waits(db, pupil, ROBOTICS, place) for place, pupil in enumerate(families)}
    for _round in range(3):
        await asyncio.gather(*(run_offers(db, now=MOMENT, settings=rules(tmp_path)) for _ in range(6)))
        async with db.read() as tx:
            holding = await tx.scalar(select(func.count()).where(Choice.state.in_(("offered", "enrolled"))))
            asked = list(await tx.scalars(select(Choice.id).where(Choice.state == "offered").order_by(Choice.id)))
        assert holding == 5
        owners = {choice: families[pupil] for pupil, choice in line.items()}
        answers = [
            decline(db, choice, by=owners[choice], now=MOMENT)
            if place % 2
            else accept(db, choice, by=owners[choice], now=MOMENT, today=TODAY)
            for place, choice in enumerate(asked)
        ]
        await asyncio.gather(*answers, *(run_offers(db, now=MOMENT, settings=rules(tmp_path)) for _ in range(3)))
        async with db.read() as tx:
            assert (await tx.scalar(select(func.count()).where(Choice.state.in_(("offered", "enrolled")))) or 0) <= 5
    async with db.read() as tx:
        taken = set(await tx.scalars(select(Choice.id).where(Choice.state != "reserve")))
    assert taken == set(sorted(line.values())[: len(taken)])  # in the order of the line
