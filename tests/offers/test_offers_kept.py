"""An open offer is a seat: what is promised is kept, or taken back in words; who takes it stands in the next version."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from bot.clock import Moment
from bot.notices import notice_of
from bot.refusals import Refusal
from bot.services.enrollment.withdrawing import withdraw
from bot.services.offers.offers import accept
from bot.services.offers.passing import run_offers
from bot.voice import voice
from storage import doctor
from storage.db import Database
from storage.deciding import funnel
from storage.requests import requests
from storage.tables import Choice, Consent, Course, Group, Letter, RequestLine
from tests.enrollment.test_enrollment import heard
from tests.enrollment_world import (
    ANNA_HERSELF,
    MOMENT,
    RUSLAN_HIMSELF,
    TODAY,
    approved,
    choices,
    classmates,
    requested,
)
from tests.offers.test_offers_races import rules, seats, state, waits
from tests.world import CHESS, DANA, IT, MISHA, ROBOTICS, RUSLAN, SCHOOL, ZONE, World


async def by_arrival(db: Database, count: int) -> None:
    async with db.write() as tx:
        await tx.execute(update(Course).values(selection="queue"))
    await seats(db, count)


async def line_of_one(db: Database) -> tuple[int, int]:
    """One seat: Misha has it, Dana is the tail."""
    await by_arrival(db, 1)
    one = await approved(db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    other = await approved(db, DANA, ROBOTICS, by=RUSLAN_HIMSELF)
    return one, other


async def test_the_tail_is_in_no_request_and_is_seen_in_the_funnel(db: Database) -> None:
    one, other = await line_of_one(db)
    request = await requested(db, IT)
    assert ((await choices(db, one))[ROBOTICS].state, (await choices(db, other))[ROBOTICS].state) == ("requested", "approved")
    async with db.read() as tx:
        whole = await requests.whole(tx, request)
        ways = {way.course_id: way for way in await funnel.ways(tx, [SCHOOL], 2026)}
    assert whole is not None
    assert [line.pupil_id for line in whole.lines] == [MISHA]
    assert (ways[ROBOTICS].approved, ways[ROBOTICS].requested, ways[ROBOTICS].reserve) == (2, 1, 1)


async def written(db: Database, person: int) -> list[str]:
    """What this person is written, the last at the end."""
    async with db.read() as tx:
        letters = await tx.scalars(select(Letter).where(Letter.person_id == person, Letter.state == "new").order_by(Letter.id))
        return [notice_of(one.kind, one.facts or {}).text(voice("ru", ZONE), "full") for one in letters]


async def test_who_stands_in_the_line_is_promised_no_request(db: Database) -> None:
    one, _ = await line_of_one(db)
    assert (await written(db, RUSLAN))[-1] == (
        "✅ Дана: школа одобрила заявление на курс «Робототехника». "
        "Мест пока нет, заявление стоит в очереди: освободится место — сразу напишу."
    )
    await approved(db, DANA, CHESS, by=RUSLAN_HIMSELF)
    await withdraw(db, one, 0, by=ANNA_HERSELF, at=Moment(MOMENT, ZONE))
    assert (await written(db, RUSLAN))[-1].endswith("Теперь она запросит место у партнёра.")


async def test_of_two_courses_each_is_told_what_comes(db: Database) -> None:
    await by_arrival(db, 1)
    await approved(db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    await approved(db, DANA, ROBOTICS, CHESS, by=RUSLAN_HIMSELF)
    assert (await written(db, RUSLAN))[-1] == (
        "✅ Дана: школа одобрила заявление на курсы «Робототехника», «Шахматы». Где место есть, она запросит его у партнёра. "
        "Где мест нет, ждём в очереди: освободится место — сразу напишу."
    )


async def test_a_free_seat_goes_on_to_the_tail_and_who_takes_it_is_in_the_next_version(db: Database, tmp_path: Path) -> None:
    one, other = await line_of_one(db)
    request = await requested(db, IT)
    await withdraw(db, one, 0, by=ANNA_HERSELF, at=Moment(MOMENT, ZONE))
    await run_offers(db, now=MOMENT, settings=rules(tmp_path))
    dana = (await choices(db, other))[ROBOTICS].id
    assert await state(db, dana) == "offered"
    await accept(db, dana, by=RUSLAN_HIMSELF, now=MOMENT, today=TODAY)
    assert await requested(db, IT) == request
    assert await state(db, dana) == "enrolled"
    async with db.read() as tx:
        lines = (await tx.execute(select(RequestLine.choice_id, RequestLine.version, RequestLine.change))).all()
        assert {tuple(line) for line in lines if line.version == 2} == {(dana, 2, "added"), (dana - 1, 2, "withdrawn")}
        assert await doctor.violations(tx) == {}


async def test_without_consent_to_the_partner_nobody_takes_its_place(db: Database, tmp_path: Path) -> None:
    choice = await waits(db, DANA, ROBOTICS, 1)
    await run_offers(db, now=MOMENT, settings=rules(tmp_path))
    async with db.write() as tx:
        await tx.execute(
            update(Consent).where(Consent.person_id == RUSLAN, Consent.purpose == "partner").values(withdrawn_at=MOMENT)
        )
    with pytest.raises(Refusal, match="offer-consent"):
        await accept(db, choice, by=RUSLAN_HIMSELF, now=MOMENT, today=TODAY)
    assert await state(db, choice) == "offered"


async def test_three_offers_and_then_one_seat(db: Database, tmp_path: Path) -> None:
    families = await classmates(db, 3)
    await seats(db, 10)
    made = [await waits(db, pupil, ROBOTICS, place) for place, pupil in enumerate(families)]
    await run_offers(db, now=MOMENT, settings=rules(tmp_path))
    await seats(db, 1)
    people = list(families.values())
    await accept(db, made[2], by=people[2], now=MOMENT, today=TODAY)  # before the bot has looked: the seat is still there
    with pytest.raises(Refusal, match="offer-seat-gone"):
        await accept(db, made[0], by=people[0], now=MOMENT, today=TODAY)
    await run_offers(db, now=MOMENT + timedelta(minutes=1), settings=rules(tmp_path))
    assert [await state(db, one) for one in made] == ["reserve", "reserve", "enrolled"]
    async with db.read() as tx:
        line = list(await tx.scalars(select(Choice.id).where(Choice.reserve_at.is_not(None)).order_by(Choice.reserve_at)))
    assert line == made[:2]  # nobody has lost a place in the line


async def test_the_letters_say_what_is_really_possible(world: World, tmp_path: Path) -> None:
    async with world.db.write() as tx:
        await tx.execute(update(Course).values(closes_on=TODAY))
    misha = await waits(world.db, MISHA, ROBOTICS, 1)
    settings = world.app.settings
    await run_offers(world.db, now=world.now, settings=settings)
    async with world.db.write() as tx:
        await tx.execute(update(Group).values(seats=0))
    await run_offers(world.db, now=world.now, settings=settings)
    await world.deliver()
    assert heard(world.anna, "мест в группе стало меньше") == [
        (
            "Миша: место на курсе «Робототехника», которое мы предложили, дать нельзя: мест в группе стало меньше. Просим прощения.\n"
            "Вы 1-й в очереди, Центр развития IT-образования: если место освободится, я сразу напишу."
        )
    ]
    await seats(world.db, 1)
    await run_offers(world.db, now=world.now, settings=settings)
    world.clock.move(timedelta(days=14))
    await run_offers(world.db, now=world.now, settings=settings)
    assert await state(world.db, misha) == "lapsed"
    await world.deliver()
    assert heard(world.anna, "закончилось") == [
        (
            "Миша: вы не ответили, и предложение места на курсе «Робототехника» (Центр развития IT-образования) закончилось.\n"
            "Если курс ещё нужен, напишите в школу: приём закончен, место может дать только ответственный."
        )
    ]
