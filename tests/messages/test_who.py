"""Who may write to whom: every role with every other, every person at every thread, and what becomes of a thread when things change."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from itertools import combinations
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from bot.policy import Person as Known
from bot.refusals import Refusal
from bot.services.messages.overseeing import log_of, logged, open_thread, stop
from bot.services.messages.parties import Pair, Subject, as_thread, in_order, side_of, whom, why_not
from bot.services.messages.reading import file_of, shown, unread
from bot.services.messages.writing import Draft, Shut, answer, close, report, shut, write_to
from bot.services.people.people import part
from storage.db import Database, Tx
from storage.messages import threads
from storage.messages.threads import Side, Thread
from storage.tables import (
    Choice,
    Consent,
    Document,
    Group,
    Guardianship,
    Letter,
    Organization,
    Person,
    Pupil,
    Staff,
    ThreadMessage,
)
from tests.messages.cast import IRINAS, NURBIYS, OFFICE, PAVEL_TEACHES, TO_PAVEL, ZAREMA_TEACHES, moment, wrote
from tests.surveys.cast import person_of, the_cast
from tests.timetable_world import CHESS_WEDNESDAY, ROBOTICS_THURSDAY, enroll
from tests.world import (
    ANNA,
    CHESS,
    DANA,
    IRINA,
    IT,
    MISHA,
    MISHA_HIMSELF,
    NOW,
    NURBIY,
    OLGA,
    PAVEL,
    ROBOTICS,
    RUSLAN,
    SERGEY,
    VERA,
    ZAREMA,
)

AT = moment(NOW)
PEOPLE = (OLGA, SERGEY, PAVEL, IRINA, ZAREMA, NURBIY, ANNA, RUSLAN, MISHA_HIMSELF)
FAMILIES = [Side(role, pupil) for pupil in (MISHA, VERA, DANA) for role in ("guardian", "student")]
SIDES = [*FAMILIES, OFFICE, PAVEL_TEACHES, ZAREMA_TEACHES, IRINAS, NURBIYS]
HOLDERS = {  # who reads and writes on a side
    Side("guardian", MISHA): {ANNA},
    Side("student", MISHA): {ANNA, MISHA_HIMSELF},
    Side("guardian", VERA): {ANNA},
    Side("student", VERA): {ANNA},
    Side("guardian", DANA): {RUSLAN},
    Side("student", DANA): {RUSLAN},
    OFFICE: {OLGA},
    PAVEL_TEACHES: {PAVEL},
    ZAREMA_TEACHES: {ZAREMA},
    IRINAS: {IRINA},
    NURBIYS: {NURBIY},
}
PAIRS = sorted({in_order(Pair(one, other)) for one, other in combinations(SIDES, 2)}, key=str)
# Misha learns robotics with Pavel, Vera chess with Zarema, Dana nowhere.
ALLOWED = {
    *((family, OFFICE) for family in FAMILIES),
    *((Side(role, MISHA), PAVEL_TEACHES) for role in ("guardian", "student")),
    *((Side(role, VERA), ZAREMA_TEACHES) for role in ("guardian", "student")),
    (OFFICE, PAVEL_TEACHES),
    (OFFICE, ZAREMA_TEACHES),
    (OFFICE, IRINAS),
    (OFFICE, NURBIYS),
    (PAVEL_TEACHES, IRINAS),
    (ZAREMA_TEACHES, NURBIYS),
}


async def begun(tx: Tx, one: Side, other: Side) -> int:
    """A thread with a letter and a file of its first side in it."""
    pupil = one.id if one in FAMILIES else None
    thread = await threads.begun(
        tx, as_thread(Subject(), Pair(one, other, pupil), NOW, None if OFFICE not in (one, other) else OFFICE.id)
    )
    file = {"name": "план.pdf", "kind": "message", "content": b"%PDF-", "made_at": NOW}
    document = (await tx.execute(insert(Document).values(file).returning(Document.id))).scalar_one()
    letter = {"thread_id": thread, "side": 1, "person_id": min(HOLDERS[one]), "words": "тайна", "document_id": document}
    await tx.execute(insert(ThreadMessage).values(**letter, sent_at=NOW))
    return thread


async def refused(does: Awaitable[Any]) -> str | None:
    """The key of the refusal; None: it was done."""
    try:
        await does
    except Refusal as refusal:
        return refusal.key
    return None


async def test_every_pair_of_sides_and_every_person_at_every_thread(db: Database) -> None:
    """0 foreign threads. The long version (tests/test_faults_messages.py) asks every service for each of them."""
    await enroll(db, MISHA, ROBOTICS)
    await enroll(db, VERA, CHESS)
    async with db.read() as tx:
        allowed = {pair for pair in PAIRS if await why_not(tx, *pair, AT.today) is None}
    assert allowed == ALLOWED
    known = {each: await the_cast(db, each) for each in PEOPLE}
    for pair in PAIRS:
        thread = as_thread(Subject(), Pair(*pair), NOW)
        for number, person in known.items():
            assert (side_of(person, thread) is not None) == (number in HOLDERS[pair[0]] | HOLDERS[pair[1]]), (pair, number)
    assert side_of(await person_of(db, 9999), as_thread(Subject(), TO_PAVEL, NOW)) is None
    # each service asks exactly that first
    async with db.write() as tx:
        thread_id = await begun(tx, Side("guardian", MISHA), PAVEL_TEACHES)
    for number, person in known.items():
        assert await tried(db, thread_id, person) == ({None} if number in (ANNA, PAVEL) else {"thread-not-yours"})


async def tried(db: Database, thread: int, person: Known) -> set[str | None]:
    """How every service that opens a thread answers this person."""
    return {
        await refused(shown(db, thread, 0, by=person, at=AT)),
        await refused(answer(db, thread, Draft("ответ"), by=person, at=AT)),
        await refused(close(db, thread, closed=False, by=person, at=AT)),
        await refused(_file(db, thread, person)),
    }


async def _file(db: Database, thread: int, person: Known) -> None:
    async with db.read() as tx:
        letter = await tx.scalar(select(ThreadMessage.id).where(ThreadMessage.thread_id == thread).order_by(ThreadMessage.id))
        assert letter is not None
        assert await file_of(tx, letter, person) == ("план.pdf", b"%PDF-")


@pytest.mark.parametrize("db", ["sqlite"], indirect=True)
async def test_whom_one_is_offered_is_whom_one_may_write_to_and_a_forged_press_is_refused(db: Database) -> None:
    await enroll(db, MISHA, ROBOTICS)
    await enroll(db, VERA, CHESS)
    subjects = [Subject(), *(Subject("group", group) for group in (ROBOTICS, CHESS))]
    subjects += [Subject("lesson", lesson) for lesson in (ROBOTICS_THURSDAY, CHESS_WEDNESDAY, 999)]
    offered: dict[int, set[tuple[str, str]]] = {}
    async with db.read() as tx:
        for number in PEOPLE:
            person = await the_cast(db, number)
            for about in subjects:
                for pair in await whom(tx, person, about, AT.today):
                    assert in_order(pair) in ALLOWED
                    assert number in HOLDERS[pair.mine]
                    offered.setdefault(number, set()).add((pair.mine.role, f"{pair.theirs.role} {pair.theirs.id}"))
    assert offered == {
        ANNA: {("guardian", "teacher 11"), ("guardian", "teacher 21"), ("guardian", "coordinator 1")},
        RUSLAN: {("guardian", "coordinator 1")},
        MISHA_HIMSELF: {("student", "teacher 11"), ("student", "coordinator 1")},
        PAVEL: {("teacher", "partner 3"), ("teacher", "coordinator 1"), ("teacher", "guardian 1")},
        ZAREMA: {("teacher", "partner 2"), ("teacher", "coordinator 1"), ("teacher", "guardian 2")},
        IRINA: {("partner", "teacher 11"), ("partner", "coordinator 1")},
        NURBIY: {("partner", "teacher 21"), ("partner", "coordinator 1")},
        OLGA: {("coordinator", each) for each in ("teacher 11", "teacher 21", "partner 2", "partner 3")},
    }
    forged = [
        (RUSLAN, Subject(), TO_PAVEL),  # as another child's family
        (RUSLAN, Subject("lesson", ROBOTICS_THURSDAY), Pair(Side("guardian", DANA), PAVEL_TEACHES, DANA)),
        (ANNA, Subject(), Pair(Side("guardian", MISHA), ZAREMA_TEACHES, MISHA)),
        (ANNA, Subject(), Pair(Side("student", MISHA), PAVEL_TEACHES, MISHA)),  # in the child's name
        (ANNA, Subject(), Pair(Side("guardian", MISHA), PAVEL_TEACHES, DANA)),  # about another child
        (PAVEL, Subject("lesson", ROBOTICS_THURSDAY), Pair(PAVEL_TEACHES, Side("guardian", DANA), DANA)),
        (PAVEL, Subject("paper", 1), Pair(OFFICE, Side("guardian", MISHA), MISHA)),
        (SERGEY, Subject(), Pair(OFFICE, PAVEL_TEACHES)),
    ]
    for number, about, pair in forged:
        person = await the_cast(db, number)
        assert await refused(write_to(db, about, pair, Draft("подделка"), by=person, at=AT)) == "message-not-to-them"
    # a partner that may not know the name is not offered the family
    async with db.write() as tx:
        await tx.execute(update(Consent).where(Consent.organization_id == IT, Consent.pupil_id == MISHA).values(withdrawn_at=NOW))
    async with db.read() as tx:
        pairs = await whom(tx, await the_cast(db, PAVEL), Subject("group", ROBOTICS), AT.today)
    assert {pair.theirs.role for pair in pairs} == {"partner", "coordinator"}


@pytest.mark.parametrize("db", ["sqlite"], indirect=True)
async def test_a_mother_who_teaches_her_child_answers_the_father_as_the_teacher(db: Database) -> None:
    """Who holds both sides is of the staff; nobody writes to themself; and each side's complaint is heard, each time."""
    await enroll(db, MISHA, ROBOTICS)
    async with db.write() as tx:
        await tx.execute(update(Staff).where(Staff.id == 11).values(person_id=ANNA))
        await tx.execute(insert(Guardianship).values(person_id=RUSLAN, pupil_id=MISHA, since=NOW))
        consent = {"person_id": RUSLAN, "pupil_id": MISHA, "text_version": "2026-08", "basis": "отец", "given_at": NOW}
        await tx.execute(insert(Consent), [consent | {"purpose": each} for each in ("processing", "messages")])
    anna, ruslan = await the_cast(db, ANNA), await the_cast(db, RUSLAN)
    sent = await wrote(db, RUSLAN, TO_PAVEL, "Как успехи?", NOW)
    thread = await _thread(db, sent.thread_id)
    assert (side_of(anna, thread), side_of(ruslan, thread)) == (2, 1)
    async with db.read() as tx:
        pairs = await whom(tx, anna, Subject("group", ROBOTICS), AT.today)
        assert await unread(tx, anna) == 1
    assert {(pair.mine.role, pair.theirs) for pair in pairs} == {("guardian", OFFICE), ("teacher", OFFICE), ("teacher", IRINAS)}
    assert (await answer(db, sent.thread_id, Draft("Хорошо"), by=anna, at=AT)).told == 1
    for who, at in ((ruslan, AT), (ruslan, AT), (anna, AT)):
        assert await report(db, sent.thread_id, by=who, at=at) == 1
    later = moment(NOW + timedelta(days=1))
    await answer(db, sent.thread_id, Draft("Опять"), by=anna, at=later)
    await report(db, sent.thread_id, by=ruslan, at=later)
    assert (await shown(db, sent.thread_id, -7, by=anna, at=later)).page == 0  # forged
    async with db.read() as tx:
        told = await tx.execute(select(Letter.person_id, Letter.kind).order_by(Letter.id))
    assert [tuple(row) for row in told] == [
        (ANNA, "letter-to-staff"),
        (RUSLAN, "letter-to-family"),
        (OLGA, "letter-reported"),
        (OLGA, "letter-reported"),
        (RUSLAN, "letter-to-family"),
        (OLGA, "letter-reported"),
    ]


Change = Callable[[Tx], Awaitable[object]]


def _set(table: Any, where: Any, **values: object) -> Change:
    return lambda tx: tx.execute(update(table).where(where).values(**values))


CHANGES: dict[str, tuple[Change, str | None, str | None]] = {  # what happens → what the mother, what the teacher is told
    "the group got another teacher": (_set(Group, Group.id == ROBOTICS, teacher_id=21), "group", "group"),
    "the pupil left the group": (_set(Choice, Choice.group_id == ROBOTICS, state="left"), "group", "group"),
    "the teacher left the network": (_set(Staff, Staff.id == 11, archived_at=NOW), "teacher", "not theirs"),
    "the pupil left the school": (_set(Pupil, Pupil.id == MISHA, archived_at=NOW), "not theirs", "school"),
    "the mother withdrew her consent": (
        _set(Consent, (Consent.person_id == ANNA) & (Consent.purpose == "processing"), withdrawn_at=NOW),
        "not theirs",
        "unreached",
    ),
    "the mother wants no messages": (
        _set(Consent, (Consent.person_id == ANNA) & (Consent.purpose == "messages"), withdrawn_at=NOW),
        None,
        "unreached",
    ),
    "her guardianship was ended": (
        lambda tx: part(tx, ANNA, MISHA, now=NOW, why="the guardianship was ended"),
        "not theirs",
        "unreached",
    ),
    "the mother has shut the bot out": (_set(Person, Person.id == ANNA, unreachable_at=NOW), None, "unreached"),
    "the teacher has no bot": (_set(Person, Person.id == PAVEL, telegram_id=None), "unreached", None),
}


@pytest.mark.parametrize("db", ["sqlite"], indirect=True)
async def test_what_becomes_of_a_thread_when_things_change(db: Database) -> None:
    await enroll(db, MISHA, ROBOTICS)
    sent = await wrote(db, ANNA, TO_PAVEL, "Здравствуйте", NOW)
    was = {number: (await the_cast(db, number)) for number in (ANNA, PAVEL)}
    found = {}
    for name, (change, *_) in CHANGES.items():
        async with db.write() as tx:  # each change on the same thread, and taken back
            await change(tx)
        found[name] = (await _told(db, sent.thread_id, ANNA), await _told(db, sent.thread_id, PAVEL, was[PAVEL]))
        await _back(db)
    assert found == {name: expected for name, (_, *expected_) in CHANGES.items() if (expected := tuple(expected_))}
    # next year nothing of this one is written into, and all of it is read
    thread = await _thread(db, sent.thread_id)
    async with db.read() as tx:
        assert await shut(tx, thread, was[ANNA], moment(NOW.replace(year=2027))) == Shut("group", "teacher")


async def _thread(db: Database, number: int) -> Thread:
    async with db.read() as tx:
        found = await threads.thread(tx, number)
    assert found is not None
    return found


async def _told(db: Database, thread: int, who: int, known: Known | None = None) -> str | None:
    """Why somebody cannot write into it any more; None: they can."""
    async with db.read() as tx:
        there = await tx.scalar(select(Person.telegram_id).where(Person.id == who))
    person = await the_cast(db, who) if there is not None else known
    assert person is not None
    if side_of(person, await _thread(db, thread)) is None:
        assert await refused(shown(db, thread, 0, by=person, at=AT)) == "thread-not-yours"
        return "not theirs"
    seen = await shown(db, thread, 0, by=person, at=AT)
    return None if seen.shut is None else seen.shut.why


async def _back(db: Database) -> None:
    """As it was before the change."""
    async with db.write() as tx:
        await tx.execute(update(Group).where(Group.id == ROBOTICS).values(teacher_id=11))
        await tx.execute(update(Choice).values(state="enrolled"))
        await tx.execute(update(Staff).values(archived_at=None))
        await tx.execute(update(Pupil).values(archived_at=None))
        await tx.execute(update(Consent).values(withdrawn_at=None))
        await tx.execute(update(Person).where(Person.id == PAVEL).values(telegram_id=1000 + PAVEL))
        await tx.execute(update(Person).values(unreachable_at=None))
        await tx.execute(update(Guardianship).values(until=None))


@pytest.mark.parametrize("db", ["sqlite"], indirect=True)
async def test_the_measure_the_stop_and_the_log_of_another_school(db: Database) -> None:
    await enroll(db, MISHA, ROBOTICS)
    anna, olga = await the_cast(db, ANNA), await the_cast(db, OLGA)
    sent = await wrote(db, ANNA, TO_PAVEL, "1", NOW)
    for number in range(2, 6):
        await answer(db, sent.thread_id, Draft(str(number)), by=anna, at=AT)
    with pytest.raises(Refusal, match="message-measure") as refusal:
        await answer(db, sent.thread_id, Draft("6"), by=anna, at=AT)
    assert refusal.value.facts == {"most": 5, "within": "minute"}
    later = moment(NOW + timedelta(minutes=2))
    await answer(db, sent.thread_id, Draft("6"), by=anna, at=later)
    # a complaint reaches the coordinator, who stops the writer: the coordinator can still be written to
    assert await report(db, sent.thread_id, by=await the_cast(db, PAVEL), at=later) == 1
    await stop(db, sent.thread_id, ANNA, "грубит", by=olga, at=later)
    with pytest.raises(Refusal, match="thread-shut") as refusal:
        await answer(db, sent.thread_id, Draft("7"), by=anna, at=later)
    assert refusal.value.facts == {"why": "stopped", "role": "teacher", "reason": "грубит"}
    await wrote(db, ANNA, Pair(Side("guardian", MISHA), OFFICE, MISHA), "Почему?", later.now)
    # the coordinator of another school sees nothing of it in the log
    async with db.write() as tx:
        await tx.execute(insert(Organization).values(id=9, code="О-09", name="МБОУ СОШ №9", role="base"))
        await tx.execute(
            insert(Person).values(id=90, telegram_id=1090, name="Вера", language="ru", detail="full", created_at=NOW)
        )
        other = {
            "id": 90,
            "code": "С-90",
            "full_name": "Ачмиз Вера",
            "organization_id": 9,
            "role": "coordinator",
            "person_id": 90,
        }
        await tx.execute(insert(Staff).values(other))
    vera = await person_of(db, 1090)
    async with db.read() as tx:
        assert ((await log_of(tx, olga, 0)).total, (await log_of(tx, vera, 0)).total) == (2, 0)
        assert await refused(logged(tx, sent.thread_id, vera)) == "not-yours"
        assert not any(pair.theirs.role == "guardian" for pair in await whom(tx, vera, Subject("group", ROBOTICS), AT.today))
    assert await refused(open_thread(db, sent.thread_id, "спор", by=vera, at=later)) == "not-yours"
