"""Two hundred families and twelve places, all at the same moment: nobody without an answer, nobody overtaken."""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass

from sqlalchemy import func, insert, select, update

from bot.policy import Person
from bot.refusals import stamp
from bot.services.enrollment.applications import choose, submit
from storage.db import Database
from storage.enrollment import enrollment
from storage.tables import Application, Choice, ChoiceChange, Consent, Course, Group, Update
from tests.enrollment_world import MOMENT, THEN, TODAY, choices, classmates
from tests.timetable_world import said
from tests.world import ROBOTICS, World


async def in_order(db: Database) -> None:
    """Robotics goes «по порядку»: twelve places are left."""
    async with db.write() as tx:
        await tx.execute(update(Course).where(Course.id == ROBOTICS).values(selection="queue"))
        await tx.execute(update(Group).where(Group.course_id == ROBOTICS).values(seats=12))


async def drafts(db: Database, families: dict[int, Person]) -> dict[int, int]:
    """Everybody has a draft ready; they were begun in no particular order. By pupil."""
    order = list(families)
    random.Random(4).shuffle(order)
    return {pupil: await choose(db, pupil, ROBOTICS, by=families[pupil], at=THEN) for pupil in order}


@dataclass(frozen=True)
class Answer:
    """What a family was told at once: a seat (0), or its number in the line."""

    pupil: int
    number: int


async def answered(db: Database, pupil: int, draft: int, by: Person) -> Answer:
    await submit(db, draft, by=by, now=MOMENT, today=TODAY)
    async with db.read() as tx:
        (paper,) = await enrollment.papers(tx, ids=[draft])
    return Answer(pupil, paper.wishes[0].number or 0)


async def arrivals(db: Database) -> list[tuple[int, int | None]]:
    """(pupil, number in the line or None for a seat), in the order in which the bot took them in hand."""
    async with db.read() as tx:
        rows = (
            await tx.execute(
                select(Application.pupil_id, Application.id)
                .join(Choice, Choice.application_id == Application.id)
                .join(ChoiceChange, ChoiceChange.choice_id == Choice.id)
                .where(ChoiceChange.now == "submitted")
                .order_by(ChoiceChange.id)
            )
        ).all()
        papers = {paper.id: paper for paper in await enrollment.papers(tx, ids=[row.id for row in rows])}
    return [(row.pupil_id, papers[row.id].wishes[0].number) for row in rows]


async def test_two_hundred_families_press_at_once_for_twelve_places(db: Database) -> None:
    await in_order(db)
    families = await classmates(db, 200)
    begun = await drafts(db, families)
    told = await asyncio.gather(*(answered(db, pupil, begun[pupil], person) for pupil, person in families.items()))
    assert len(told) == 200  # everybody has an answer, and nobody an error
    came = await arrivals(db)
    assert [number for _, number in came] == [None] * 12 + list(range(1, 189))
    final = {pupil: number or 0 for pupil, number in came}
    assert {answer.pupil: answer.number for answer in told} == final  # a number once told has not moved
    async with db.read() as tx:
        seated = await tx.scalar(select(func.count()).where(Choice.group_id == 1, Choice.reserve_at.is_(None)))
    assert seated == 12
    if db.is_sqlite:  # one writer, in the order of arrival: exactly the order of the presses
        assert [pupil for pupil, _ in came] == list(families)


async def test_a_press_repeated_by_everybody_changes_nothing(db: Database) -> None:
    await in_order(db)
    families = await classmates(db, 30)
    begun = await drafts(db, families)
    presses = [(pupil, begun[pupil], person) for pupil, person in families.items() for _ in range(3)]
    told = await asyncio.gather(*(answered(db, *press) for press in presses))
    assert sorted({(answer.pupil, answer.number) for answer in told}, key=lambda pair: pair[1])[-1][1] == 18
    assert len({(answer.pupil, answer.number) for answer in told}) == 30
    assert sorted(number or 0 for _, number in await arrivals(db)) == [0] * 12 + list(range(1, 19))


async def phones_press_at_once(world: World, count: int, seed: int) -> tuple[int, int, int]:
    """Everybody presses «Подтвердить» at the same moment. Returns who has a seat, who waits, and how many were overtaken:
    pairs of whom the one that came into the inbox later stands before the other."""
    await in_order(world.db)
    families = await classmates(world.db, count)
    async with world.db.write() as tx:
        given = {"text_version": "1", "basis": "test", "given_at": MOMENT, "purpose": "processing"}
        rows = [{"person_id": one, "pupil_id": one, **given} for one in families]
        await tx.execute(insert(Consent), rows)
    begun = await drafts(world.db, families)
    phones = {pupil: world.member(pupil, f"Семья {pupil}") for pupil in families}
    await asyncio.gather(*(phone.send("/applications") for phone in phones.values()))
    await world.settle()
    presses = []
    for pupil, phone in phones.items():
        assert phone.newest is not None
        (choice,) = (await choices(world.db, begun[pupil])).values()
        presses.append(phone.press(phone.newest.id, f"apply.submit:{begun[pupil]}:{stamp(1, [choice.id])}", timeout=600))
    random.Random(seed).shuffle(presses)
    await asyncio.gather(*presses)
    await world.settle()
    answers = sorted(said(phone).splitlines()[2] for phone in phones.values())
    waiting = count - 12
    assert answers == sorted(
        ["1. Робототехника: место за вами, ждёт решения школы."] * 12
        + [f"1. Робототехника: мест нет, вы {number}-й в очереди резерва." for number in range(1, waiting + 1)]
    )
    async with world.db.read() as tx:
        order = list(await tx.scalars(select(Update.chat_id).where(Update.chat_id.in_(families)).order_by(Update.arrival.desc())))
    came = [chat for chat in reversed(order[:count]) if chat is not None]  # the last that each of them did
    assert sorted(came) == sorted(families)
    got = {pupil: number or 0 for pupil, number in await arrivals(world.db)}
    line = [got[chat] for chat in came]
    overtaken = sum(one > other for place, one in enumerate(line) for other in line[place + 1 :])
    return line.count(0), len(line) - line.count(0), overtaken


async def test_forty_phones_press_at_once_and_whoever_came_first_has_the_seat(world: World) -> None:
    """Two hundred of them, ten seeds on each database, are `make faults PART=race`; two hundred presses without phones stand above."""
    assert await phones_press_at_once(world, 40, 1) == (12, 28, 0)


async def test_forty_phones_press_at_once_on_postgresql(world_on_postgres: World) -> None:
    assert await phones_press_at_once(world_on_postgres, 40, 1) == (12, 28, 0)
