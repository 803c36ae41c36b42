"""Who is told what of lessons, and when: on both kinds of database, without Telegram."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.clock import Moment
from bot.notices import notice_of
from bot.policy import Person, Post
from bot.refusals import Refusal
from bot.services.timetable.answers import acknowledge, answers
from bot.services.timetable.lessons import (
    cancel_lesson,
    move_lesson,
    reader_of,
    record,
    restore_lesson,
    undo_change,
)
from bot.services.timetable.reminders import call_list
from bot.services.timetable.reminding import remind_of_lessons
from bot.services.timetable.telling import announce, evening
from bot.voice import voice
from storage.db import Database
from storage.tables import Audit, Guardianship, Lesson, Letter
from storage.timetable import changes as lesson_changes
from storage.timetable import timetable
from tests.timetable_world import ROBOTICS_THURSDAY as THURSDAY
from tests.timetable_world import at, enroll
from tests.world import ANNA, CHESS, DANA, IRINA, IT, MISHA, NOW, OLGA, PAVEL, ROBOTICS, RUSLAN, SCHOOL, ZAREMA, ZONE

SAY = voice("ru", ZONE)
TEACHER = Person(PAVEL, 1003, posts=frozenset({Post("teacher", 11, IT)}))
STRANGE_TEACHER = Person(ZAREMA, 1005, posts=frozenset({Post("teacher", 21, 2)}))
MOTHER = Person(ANNA, 1007, children=frozenset({MISHA}))
FATHER = Person(RUSLAN, 1008, children=frozenset({DANA}))

FRIDAY, SATURDAY, NEXT_THURSDAY = at(13, 15), at(14, 15), 5


@pytest.fixture
async def network(db: Database) -> Database:
    """Misha and Dana learn robotics."""
    await enroll(db, MISHA, ROBOTICS)
    await enroll(db, DANA, ROBOTICS)
    return db


async def move(db: Database, to: datetime, *, now: datetime = NOW, lesson: int = THURSDAY, by: Person = TEACHER) -> int:
    return await move_lesson(db, lesson, to, by=by, at=Moment(now, ZONE))


async def waiting(db: Database, person: int) -> list[Letter]:
    async with db.read() as tx:
        rows = await tx.scalars(select(Letter).where(Letter.person_id == person, Letter.state == "new").order_by(Letter.id))
        return list(rows)


async def read(db: Database, person: int) -> list[str]:
    """What waits to be said to somebody."""
    said = [notice_of(letter.kind, letter.facts or {}).text(SAY, "full") for letter in await waiting(db, person)]
    return [text.replace("\N{NO-BREAK SPACE}", " ") for text in said]


async def sent(db: Database) -> None:
    async with db.write() as tx:
        await tx.execute(update(Letter).where(Letter.state == "new").values(state="sent", sent_at=NOW))


async def counted(db: Database) -> tuple[int, int]:
    """(seen, of how many) for Thursday's robotics."""
    async with db.read() as tx:
        stood = await timetable.lesson(tx, THURSDAY)
        assert stood is not None
        found = (await answers(tx, [stood]))[THURSDAY]
    return found.seen, len(found.pupils)


async def test_two_moves_before_anybody_heard_are_told_as_one(network: Database) -> None:
    assert await move(network, FRIDAY) == 2
    assert await move(network, SATURDAY) == 2
    assert await read(network, ANNA) == [
        (
            "📅 Миша: занятие «Робототехника» переносится.\n"
            "Было: в четверг, 12 ноября, в 15:00.\nСтало: в субботу, 14 ноября, в 15:00."
        )
    ]


async def test_there_and_back_is_not_told_to_who_had_not_heard(network: Database) -> None:
    await move(network, FRIDAY)
    assert await move(network, at(12, 15)) == 0
    assert await read(network, ANNA) == []
    assert await counted(network) == (0, 0)


async def test_moved_then_cancelled_says_when_there_will_be_none(network: Database) -> None:
    await move(network, FRIDAY)
    await cancel_lesson(network, THURSDAY, by=TEACHER, at=Moment(NOW, ZONE))
    assert await read(network, RUSLAN) == [
        "❌ Дана: занятие «Робототехника» отменяется.\nЕго не будет в четверг, 12 ноября, в 15:00."
    ]
    await restore_lesson(network, THURSDAY, by=TEACHER, at=Moment(NOW, ZONE))
    assert await read(network, RUSLAN) == [
        (
            "📅 Дана: занятие «Робототехника» переносится.\n"
            "Было: в четверг, 12 ноября, в 15:00.\nСтало: в пятницу, 13 ноября, в 15:00."
        )
    ]


async def test_the_same_move_again_changes_nothing_and_counts_the_same(network: Database) -> None:
    assert [await move(network, FRIDAY) for _ in range(3)] == [2, 2, 2]
    async with network.read() as tx:
        assert len(list(await tx.scalars(select(Audit)))) == 1
        assert len((await lesson_changes.changes_of(tx, [THURSDAY]))[THURSDAY]) == 1
    with pytest.raises(Refusal, match="lesson-same-time"):
        await move(network, at(19, 15), lesson=NEXT_THURSDAY)


async def test_the_length_of_a_lesson_stays(network: Database) -> None:
    await move(network, at(13, 9, 15))
    async with network.read() as tx:
        stood = await timetable.lesson(tx, THURSDAY)
    assert stood is not None
    assert (stood.starts_at, stood.ends_at) == (at(13, 9, 15), at(13, 10, 45))


async def test_another_teacher_moves_nothing(network: Database) -> None:
    with pytest.raises(Refusal, match="not-yours"):
        await move(network, FRIDAY, by=STRANGE_TEACHER)
    assert await read(network, ANNA) == []


async def test_two_who_move_at_once_do_not_undo_each_other(network: Database) -> None:
    moves = [move_lesson(network, THURSDAY, to, by=TEACHER, at=Moment(NOW, ZONE), was=at(12, 15)) for to in (FRIDAY, SATURDAY)]
    first, second = await asyncio.gather(*moves, return_exceptions=True)
    assert {type(first), type(second)} == {int, Refusal}
    assert len(await read(network, ANNA)) == 1


@pytest.mark.parametrize(
    ("now", "due", "urgency"),
    [
        (at(9, 12), at(9, 18), 1),  # Thursday is not tomorrow: in the evening
        (at(9, 19), at(9, 19), 1),
        (at(9, 22), at(10, 18), 1),
        (at(11, 22), at(11, 22), 2),  # tomorrow's lesson: at once, even at night
        (at(12, 9), at(12, 9), 2),
    ],
)
async def test_a_lesson_of_today_or_tomorrow_is_told_at_once(
    network: Database, now: datetime, due: datetime, urgency: int
) -> None:
    await move(network, at(20, 15), now=now)
    letter = (await waiting(network, ANNA))[0]
    assert (letter.due_at, letter.urgency, letter.expires_at) == (due, urgency, at(20, 15))


async def test_what_they_never_heard_of_tomorrow_stays_urgent(network: Database) -> None:
    wednesday = at(11, 20)
    await move(network, at(19, 17), now=wednesday)
    await move(network, at(20, 17), now=wednesday)
    letter = (await waiting(network, ANNA))[0]
    assert (letter.due_at, letter.urgency) == (wednesday, 2)


def test_the_evening_is_at_six() -> None:
    assert evening(Moment(at(9, 3), ZONE)) == at(9, 18)
    assert evening(Moment(at(9, 18), ZONE)) == at(9, 18)
    assert evening(Moment(at(9, 20, 59), ZONE)) == at(9, 20, 59)
    assert evening(Moment(at(9, 21), ZONE)) == at(10, 18)


async def test_acknowledging_twice_at_once_counts_once(network: Database) -> None:
    await move(network, FRIDAY)
    assert await counted(network) == (0, 2)
    presses = [acknowledge(network, 1, MISHA, by=MOTHER, now=NOW) for _ in range(8)]
    assert sorted(await asyncio.gather(*presses)) == [False] * 7 + [True]
    assert await counted(network) == (1, 2)
    with pytest.raises(Refusal, match="not-yours"):
        await acknowledge(network, 1, MISHA, by=FATHER, now=NOW)


async def test_what_was_undone_unheard_leaves_the_answer_standing(network: Database) -> None:
    await move(network, FRIDAY)
    await sent(network)
    await acknowledge(network, 1, MISHA, by=MOTHER, now=NOW)
    await move(network, SATURDAY)
    await undo_change(network, 2, by=TEACHER, at=Moment(NOW, ZONE))
    assert await read(network, ANNA) == []
    assert await counted(network) == (1, 2)
    assert await acknowledge(network, 1, DANA, by=FATHER, now=NOW)
    with pytest.raises(Refusal, match="lesson-changed-since"):
        await undo_change(network, 1, by=TEACHER, at=Moment(NOW, ZONE))


async def test_a_guardian_who_left_is_not_told(network: Database) -> None:
    async with network.write() as tx:
        await tx.execute(update(Guardianship).where(Guardianship.pupil_id == DANA).values(until=NOW))
    assert await move(network, FRIDAY) == 1
    assert await counted(network) == (0, 2)  # Dana's family has to be called


async def test_two_hours_before_the_lesson_staff_get_the_list_to_call(network: Database) -> None:
    await move(network, FRIDAY)
    await sent(network)
    await acknowledge(network, 1, MISHA, by=MOTHER, now=NOW)
    await call_list(network, now=at(12, 12, 59), zone=ZONE)
    assert await read(network, OLGA) == []
    for _ in range(2):
        await call_list(network, now=at(12, 13), zone=ZONE)  # the old time: they might come in vain
    await call_list(network, now=at(13, 13), zone=ZONE)
    told = [
        (
            "📞 «Робототехника»: занятие изменили, теперь оно в пятницу, 13 ноября, в 15:00.\n"
            "1 семья ещё не ознакомилась. Кому позвонить — на странице занятия."
        )
    ]
    assert await read(network, OLGA) == told
    assert await read(network, PAVEL) == told


async def test_nobody_is_called_when_all_have_answered(network: Database) -> None:
    await move(network, FRIDAY)
    await acknowledge(network, 1, MISHA, by=MOTHER, now=NOW)
    await acknowledge(network, 1, DANA, by=FATHER, now=NOW)
    await call_list(network, now=at(13, 14), zone=ZONE)
    assert await read(network, OLGA) == []


async def test_a_change_of_the_last_hours_leaves_families_ten_minutes_to_answer(network: Database) -> None:
    noon = at(12, 14)
    await move(network, FRIDAY, now=noon)
    await call_list(network, now=noon + timedelta(minutes=9), zone=ZONE)
    assert await read(network, OLGA) == []
    await call_list(network, now=noon + timedelta(minutes=10), zone=ZONE)
    assert len(await read(network, OLGA)) == 1


async def test_the_evening_before_families_are_reminded_once(network: Database) -> None:
    await enroll(network, MISHA, CHESS)
    await remind_of_lessons(network, now=at(11, 17, 59), zone=ZONE)
    assert await read(network, ANNA) == []
    for _ in range(2):
        await remind_of_lessons(network, now=at(11, 18), zone=ZONE)
    assert await read(network, ANNA) == [
        "🔔 Миша: занятия в четверг, 12 ноября.\n15:00 «Робототехника» — Центр развития IT-образования, каб. 2"
    ]
    letter = (await waiting(network, ANNA))[0]
    assert (letter.urgency, letter.expires_at) == (0, at(12, 15))


async def test_a_reminder_that_has_not_gone_yet_is_not_told_of_a_moved_lesson(network: Database) -> None:
    await remind_of_lessons(network, now=at(11, 18), zone=ZONE)
    await move(network, at(12, 17), now=at(11, 18))
    assert [text.splitlines()[0] for text in await read(network, ANNA)] == ["📅 Миша: занятие «Робототехника» переносится."]
    await remind_of_lessons(network, now=at(11, 18, 5), zone=ZONE)
    assert "17:00 «Робототехника»" in (await read(network, ANNA))[-1]


async def test_a_cancelled_lesson_is_not_reminded_of(network: Database) -> None:
    await cancel_lesson(network, THURSDAY, by=TEACHER, at=Moment(NOW, ZONE))
    await sent(network)
    await remind_of_lessons(network, now=at(11, 18), zone=ZONE)
    assert await read(network, ANNA) == []


async def test_a_new_weekly_timetable_puts_nobody_on_the_list(network: Database) -> None:
    """The workbook's own letter told it as a whole: the lessons stand as planned, and nobody was asked about one."""
    async with network.write() as tx:
        stood = await timetable.lesson(tx, THURSDAY)
        assert stood is not None
        now = replace(stood.standing, starts_at=FRIDAY, ends_at=at(13, 16, 30))
        await record(tx, stood, now, by=OLGA, at=NOW)
        plan = {"plan_starts_at": now.starts_at, "plan_ends_at": now.ends_at}
        await tx.execute(update(Lesson).where(Lesson.id == THURSDAY).values(plan))
    await call_list(network, now=at(13, 14), zone=ZONE)
    assert await read(network, OLGA) == []
    assert await counted(network) == (0, 0)


async def test_a_coordinator_is_not_told_the_names_of_another_schools_pupils(network: Database) -> None:
    elsewhere = Person(OLGA, 1001, posts=frozenset({Post("coordinator", 99, 77)}))
    here = Person(OLGA, 1001, posts=frozenset({Post("coordinator", 1, SCHOOL)}))
    async with network.read() as tx:
        stood = await timetable.lesson(tx, THURSDAY)
        assert stood is not None

        async def shown_to(somebody: Person) -> list[tuple[str, bool]]:
            return [
                (one.full_name, one.foreign)
                for one in await timetable.learners(tx, [MISHA], IT, reader_of(somebody, stood), year=2026)
            ]

        assert await shown_to(elsewhere) == [("", True)]
        assert await shown_to(here) == [("Петров Миша Алексеевич", False)]
        assert await shown_to(TEACHER) == [("Петров Миша Алексеевич", False)]


async def test_the_lesson_belongs_to_who_stands_in_as_well(network: Database) -> None:
    async with network.write() as tx:
        await tx.execute(update(Lesson).where(Lesson.id == THURSDAY).values(teacher_id=21))
    assert await move(network, FRIDAY, by=STRANGE_TEACHER) == 2
    assert await move(network, SATURDAY, by=TEACHER) == 2


async def test_another_teacher_or_another_end_is_said_as_such(network: Database) -> None:
    async with network.write() as tx:
        stood = await timetable.lesson(tx, THURSDAY)
        assert stood is not None
        changed = await record(tx, stood, replace(stood.standing, teacher_id=21), by=OLGA, at=NOW)
        assert changed is not None
        assert await announce(tx, [changed], at=Moment(NOW, ZONE)) == 2
    assert await read(network, ANNA) == [
        (
            "👤 Миша: занятие «Робототехника» проведёт другой педагог.\n"
            "Было: Павел Андреевич.\nСтало: Зарема Аслановна.\nВремя: в четверг, 12 ноября, в 15:00."
        )
    ]
    await sent(network)
    async with network.write() as tx:
        stood = await timetable.lesson(tx, THURSDAY)
        assert stood is not None
        changed = await record(tx, stood, replace(stood.standing, ends_at=at(12, 17)), by=OLGA, at=NOW)
        assert changed is not None
        await announce(tx, [changed], at=Moment(NOW, ZONE))
    assert await read(network, ANNA) == [
        (
            "📅 Миша: занятие «Робототехника» закончится в другое время.\n"
            "Начало: в четверг, 12 ноября, в 15:00.\nКонец: в 17:00 (было в 16:30)."
        )
    ]


async def test_undoing_twice_undoes_once(network: Database) -> None:
    await move(network, FRIDAY)
    await sent(network)
    told = [await undo_change(network, 1, by=TEACHER, at=Moment(NOW, ZONE)) for _ in range(2)]
    assert told == [2, 2]
    assert len(await read(network, ANNA)) == 1
    async with network.read() as tx:
        assert [change.kind for change in (await lesson_changes.changes_of(tx, [THURSDAY]))[THURSDAY]] == ["moved", "moved"]


async def test_ones_own_move_handled_again_is_known_though_the_lesson_was_changed_since(network: Database) -> None:
    """Killed after the move was kept; before the press is handled again, the partner has moved the lesson on."""
    press: dict[str, Any] = {"by": TEACHER, "at": Moment(NOW, ZONE), "was": at(12, 15)}
    assert await move_lesson(network, THURSDAY, FRIDAY, **press) == 2
    partner = Person(IRINA, 1004, posts=frozenset({Post("partner", 12, IT)}))
    await move(network, SATURDAY, by=partner)
    assert await move_lesson(network, THURSDAY, FRIDAY, **press) == 2
    with pytest.raises(Refusal, match="lesson-changed-since"):
        await move_lesson(network, THURSDAY, FRIDAY, **press | {"by": partner})
    async with network.read() as tx:
        stood = await timetable.lesson(tx, THURSDAY)
    assert stood is not None
    assert stood.starts_at == SATURDAY


async def test_ones_own_undoing_handled_again_is_known_though_the_lesson_was_changed_since(network: Database) -> None:
    await move(network, FRIDAY)
    await sent(network)
    undo: dict[str, Any] = {"by": TEACHER, "at": Moment(NOW, ZONE)}
    assert await undo_change(network, 1, **undo) == 2
    await move(network, SATURDAY)
    assert await undo_change(network, 1, **undo) == 2


async def test_it_cannot_be_put_back_into_the_past(network: Database) -> None:
    await move(network, FRIDAY)
    with pytest.raises(Refusal, match="lesson-undo-too-late"):
        await undo_change(network, 1, by=TEACHER, at=Moment(at(12, 16), ZONE))


async def test_a_lesson_is_not_moved_into_the_past_nor_beyond_a_year(network: Database) -> None:
    with pytest.raises(Refusal, match="lesson-move-to-past"):
        await move(network, at(9, 11))
    with pytest.raises(Refusal, match="lesson-too-far"):
        await move(network, NOW + timedelta(days=367))
    with pytest.raises(Refusal, match="lesson-in-the-past"):
        await move(network, SATURDAY, now=at(12, 15))
    with pytest.raises(Refusal, match="lesson-gone"):
        await move(network, SATURDAY, lesson=999)


async def test_a_press_about_a_change_that_is_gone_is_told_so(network: Database) -> None:
    with pytest.raises(Refusal, match="lesson-gone"):
        await acknowledge(network, 77, MISHA, by=MOTHER, now=NOW)
