"""What is kept of absences announced: the same again changes nothing, what was known stays, erasure takes it; on both databases."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, select

from bot.clock import Moment
from bot.policy import Person, Post
from bot.refusals import Refusal
from bot.services.people.erasing import Erasing, anonymise
from bot.services.timetable.absences.announcing import Wanted, announce, said_of, take_back
from bot.services.timetable.absences.classes import OfClass, keep_at_home, let_come_again
from bot.services.timetable.typed_days import Period
from storage.db import Database
from storage.tables import Absence, ClassAbsence, Letter, Pupil
from storage.timetable import absences, timetable
from tests.timetable_world import CHESS_WEDNESDAY, ROBOTICS_THURSDAY, at, enroll
from tests.world import ANNA, CHESS, DANA, MISHA, MISHA_HIMSELF, NOW, OLGA, ROBOTICS, RUSLAN, SCHOOL, ZONE

MOTHER = Person(ANNA, 1007, children=frozenset({MISHA}))
FATHER = Person(RUSLAN, 1008, children=frozenset({DANA}))
HIMSELF = Person(MISHA_HIMSELF, 1009, own=frozenset({MISHA}))
COORDINATOR = Person(OLGA, 1001, posts=frozenset({Post("coordinator", 1, SCHOOL)}))
MONDAY = Moment(NOW, ZONE)
WEDNESDAY, THURSDAY, NEXT_FRIDAY = date(2026, 11, 11), date(2026, 11, 12), date(2026, 11, 20)
WEEK = Wanted((MISHA,), Period(WEDNESDAY, THURSDAY))


@pytest.fixture
async def network(db: Database) -> Database:
    await enroll(db, MISHA, ROBOTICS, CHESS)
    await enroll(db, DANA, ROBOTICS)
    return db


async def count(db: Database, table: type[Absence | ClassAbsence | Letter]) -> int:
    async with db.read() as tx:
        return await tx.scalar(select(func.count()).select_from(table)) or 0


async def missing(db: Database) -> dict[int, frozenset[int]]:
    async with db.read() as tx:
        lessons = [await timetable.lesson(tx, id_) for id_ in (CHESS_WEDNESDAY, ROBOTICS_THURSDAY)]
        return await absences.absent(tx, [one for one in lessons if one is not None], ZONE)


async def test_said_twice_it_is_kept_once_and_a_wider_word_takes_its_place(network: Database) -> None:
    for _ in range(2):
        await announce(network, WEEK, by=MOTHER, at=MONDAY)
    assert await count(network, Absence) == 1
    assert await missing(network) == {CHESS_WEDNESDAY: {MISHA}, ROBOTICS_THURSDAY: {MISHA}}
    await announce(network, Wanted((MISHA,), Period(date(2026, 11, 9), NEXT_FRIDAY)), by=MOTHER, at=MONDAY)
    async with network.read() as tx:
        (said,) = await said_of(tx, [MISHA], MONDAY.today, ZONE)
    assert (said.first, said.last) == (date(2026, 11, 9), NEXT_FRIDAY)
    for _ in range(2):
        await take_back(network, said.id, by=MOTHER, at=MONDAY)
    assert await missing(network) == {}


async def test_only_a_childs_own_guardian_says_it(network: Database) -> None:
    for stranger in (FATHER, HIMSELF, COORDINATOR):
        with pytest.raises(Refusal, match="not-yours"):
            await announce(network, WEEK, by=stranger, at=MONDAY)
    await announce(network, WEEK, by=MOTHER, at=MONDAY)
    with pytest.raises(Refusal, match="not-yours"):
        await take_back(network, 1, by=FATHER, at=MONDAY)
    with pytest.raises(Refusal, match="not-yours"):
        await keep_at_home(network, OfClass(SCHOOL, "7А", WEEK.days), by=MOTHER, at=MONDAY)


async def test_the_journal_can_ask_whether_it_was_announced(network: Database) -> None:
    await announce(network, Wanted((MISHA,), Period(THURSDAY, THURSDAY), ROBOTICS_THURSDAY), by=MOTHER, at=MONDAY)
    robotics, chess = (MISHA, ROBOTICS, THURSDAY), (MISHA, CHESS, THURSDAY)
    async with network.read() as tx:
        assert await absences.was_announced(tx, [robotics, chess, (DANA, ROBOTICS, THURSDAY)]) == {robotics}


async def test_a_class_is_said_once_and_what_is_over_stays_known(network: Database) -> None:
    what = OfClass(SCHOOL, "7А", Period(WEDNESDAY, NEXT_FRIDAY))
    numbers = {(await keep_at_home(network, what, by=COORDINATOR, at=MONDAY))[0] for _ in range(2)}
    assert (len(numbers), await count(network, ClassAbsence)) == (1, 1)
    assert await missing(network) == {CHESS_WEDNESDAY: {MISHA}, ROBOTICS_THURSDAY: {MISHA, DANA}}
    letters = await count(network, Letter)
    number = numbers.pop()
    for _ in range(2):
        await let_come_again(network, number, by=COORDINATOR, at=Moment(at(12, 9), ZONE))
    assert await missing(network) == {CHESS_WEDNESDAY: {MISHA}}, "Wednesday is over"
    assert await count(network, Letter) == letters + 1, "the families never heard; the teacher of today hears that all come"
    with pytest.raises(Refusal, match="class-absence-nobody"):
        await keep_at_home(network, OfClass(SCHOOL, "4Б", WEEK.days), by=COORDINATOR, at=MONDAY)


async def test_withdrawn_consent_takes_what_was_announced(network: Database) -> None:
    await announce(network, WEEK, by=MOTHER, at=MONDAY)
    async with network.write() as tx:
        await anonymise(Erasing(tx, b"key", NOW), MISHA)
    assert await count(network, Absence) == 0
    async with network.read() as tx:
        assert await tx.scalar(select(Pupil.id).where(Pupil.id == MISHA)) == MISHA
