"""Threads: whose they are, their letters and how far each side has read."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, TypeAlias

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, false, func, not_, or_, select, update

from storage.db import Tx
from storage.parts import parts
from storage.prepared import Prepared, several
from storage.tables import (
    Document,
    Person,
    Pupil,
    ThreadMessage,
    ThreadRead,
)
from storage.tables import Thread as Row
from storage.twins import twin
from storage.upsert import insert_new

FAMILY = ("guardian", "student")
OFFICES = ("coordinator", "partner")  # each is several people who answer as one
ROLES = (*FAMILY, "teacher", *OFFICES)  # whose sides there are
ONE, OTHER = 1, 2  # the sides of a thread


class Side(NamedTuple):
    """A role, and whose: of a family the pupil, of a teacher the staff id, of an office (coordinator, partner) the organization."""

    role: str
    id: int


Holds: TypeAlias = Mapping[str, Collection[int]]  # by role whose sides somebody holds


@dataclass(frozen=True)
class Thread:
    """A thread as it stands."""

    id: int
    school_id: int | None
    pupil_id: int | None
    one: Side
    other: Side
    about: str
    about_id: int
    begun_at: datetime
    closed_at: datetime | None
    closed_side: int | None
    reported_at: datetime | None

    def side(self, number: int) -> Side:
        return self.one if number == ONE else self.other


def _thread(row: Row) -> Thread:
    return Thread(
        id=row.id,
        school_id=row.school_id,
        pupil_id=row.pupil_id,
        one=Side(row.one_role, row.one_id),
        other=Side(row.other_role, row.other_id),
        about=row.about,
        about_id=row.about_id,
        begun_at=row.begun_at,
        closed_at=row.closed_at,
        closed_side=row.closed_side,
        reported_at=row.reported_at,
    )


async def thread(tx: Tx, number: int) -> Thread | None:
    row = await tx.scalar(select(Row).where(Row.id == number).execution_options(populate_existing=True))
    return None if row is None else _thread(row)


def _same(thread: Thread) -> list[ColumnElement[bool]]:
    one, other = thread.one, thread.other
    return [
        Row.one_role == one.role,
        Row.one_id == one.id,
        Row.other_role == other.role,
        Row.other_id == other.id,
        Row.about == thread.about,
        Row.about_id == thread.about_id,
    ]


async def same(tx: Tx, thread: Thread) -> Thread | None:
    """The thread of these sides about this thing that stands."""
    row = await tx.scalar(select(Row).where(*_same(thread)))
    return None if row is None else _thread(row)


async def begun(tx: Tx, thread: Thread) -> int:
    """The thread of these sides about this thing, begun if there is none yet."""
    row = {
        "school_id": thread.school_id,
        "pupil_id": thread.pupil_id,
        "one_role": thread.one.role,
        "one_id": thread.one.id,
        "other_role": thread.other.role,
        "other_id": thread.other.id,
        "about": thread.about,
        "about_id": thread.about_id,
        "begun_at": thread.begun_at,
    }
    await tx.execute(insert_new(tx, Row, row))
    return (await tx.execute(select(Row.id).where(*_same(thread)))).scalar_one()


async def follow(tx: Tx, pupils: Collection[int]) -> None:
    """These pupils have changed schools: their threads with teachers stand in the log of the school they are of now. What was
    written to a school's office stays that school's.
    """
    school = select(Pupil.school_id).where(Pupil.id == Row.pupil_id).scalar_subquery()
    for some in parts(sorted(pupils)):
        moved = update(Row).where(Row.pupil_id.in_(some), Row.one_role.in_(FAMILY), Row.other_role == "teacher")
        await tx.execute(moved.values(school_id=school), execution_options={"synchronize_session": False})


# ── mine ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _held(holds: Mapping[str, Any], role: Any, whose: Any) -> ColumnElement[bool]:
    return or_(false(), *(and_(role == each, whose.in_(ids)) for each, ids in holds.items()))


@dataclass(frozen=True)
class Listed:
    """A thread in a list: its last letter, and how many of the other side's this person has not read.

    What an office has answered is new to none of it, nor to a coordinator who came later.
    """

    thread: Thread
    last_at: datetime
    letters: int
    unread: int


def _counted(person_id: Any, holds: Mapping[str, Any], *more: ColumnElement[bool]) -> Select[Row, datetime, int, int]:
    first = _held(holds, Row.one_role, Row.one_id)
    second = _held(holds, Row.other_role, Row.other_id)
    as_one = and_(first, or_(not_(second), Row.one_role == "teacher"))  # who holds both sides, see `side_of`
    foreign = ThreadMessage.side != case((as_one, ONE), else_=OTHER)
    answer, office = twin(ThreadMessage, "answer"), case((as_one, Row.one_role), else_=Row.other_role).in_(OFFICES)
    answers = select(answer.id).where(answer.thread_id == Row.id, answer.side != ThreadMessage.side, answer.id > ThreadMessage.id)
    new = and_(foreign, ThreadMessage.id > func.coalesce(ThreadRead.upto, 0), not_(and_(office, answers.exists())))
    unread = func.sum(case((new, 1), else_=0)).label("unread")
    return (
        select(Row, func.max(ThreadMessage.sent_at).label("last_at"), func.count(ThreadMessage.id).label("letters"), unread)
        .join(ThreadMessage, ThreadMessage.thread_id == Row.id)
        .outerjoin(ThreadRead, and_(ThreadRead.thread_id == Row.id, ThreadRead.person_id == person_id))
        .where(or_(first, second), *more)
        .group_by(Row.id)
        .order_by(case((unread > 0, 0), else_=1), func.max(ThreadMessage.id).desc())
    )


async def mine(tx: Tx, person_id: int, holds: Holds, *, size: int, page: int) -> list[Listed]:
    """A page of somebody's threads: the unread first, then the newest."""
    rows = await tx.execute(_counted(person_id, holds).limit(size).offset(page * size))
    return [Listed(_thread(row.Thread), row.last_at, row.letters, row.unread) for row in rows]


async def how_many(tx: Tx, person_id: int, holds: Holds) -> tuple[int, int]:
    """How many threads somebody has, and how many letters in them they have not read."""
    row = await _HOW_MANY.first(tx, person=person_id, **holds)
    return row.threads, int(row.unread or 0)


def _how_many() -> Prepared:
    counted = _counted(bindparam("person"), {role: several(role) for role in ROLES}).order_by(None).subquery()
    return Prepared(select(func.count().label("threads"), func.sum(counted.c.unread).label("unread")))


_HOW_MANY = _how_many()


# ── letters ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Said:
    """A letter of a thread."""

    id: int
    side: int
    person_id: int | None
    author: str  # ФИО as the person is called; empty: erased, or not said yet
    words: str
    document_id: int | None
    document: str | None
    sent_at: datetime


async def said(tx: Tx, numbers: Collection[int]) -> list[Said]:
    """These letters, in order."""
    rows = await tx.execute(
        select(
            ThreadMessage.id,
            ThreadMessage.side,
            ThreadMessage.person_id,
            func.coalesce(Person.name, "").label("author"),
            ThreadMessage.words,
            ThreadMessage.document_id,
            Document.name.label("document"),
            ThreadMessage.sent_at,
        )
        .outerjoin(Person, Person.id == ThreadMessage.person_id)
        .outerjoin(Document, Document.id == ThreadMessage.document_id)
        .where(ThreadMessage.id.in_(numbers))
        .order_by(ThreadMessage.id)
    )
    return [Said(**row._mapping) for row in rows]


async def lengths(tx: Tx, thread_id: int, *, upto: int | None = None) -> list[tuple[int, int]]:
    """Each letter of a thread and how long it is, in order."""
    question = select(ThreadMessage.id, func.length(ThreadMessage.words).label("length"))
    if upto is not None:
        question = question.where(ThreadMessage.id <= upto)
    rows = await tx.execute(question.where(ThreadMessage.thread_id == thread_id).order_by(ThreadMessage.id))
    return [(row.id, row.length) for row in rows]


@dataclass(frozen=True)
class Put:
    """One letter, to know whose it is before its file is given out."""

    thread_id: int
    person_id: int | None
    document_id: int | None


async def put(tx: Tx, number: int) -> Put | None:
    row = (
        await tx.execute(
            select(ThreadMessage.thread_id, ThreadMessage.person_id, ThreadMessage.document_id).where(ThreadMessage.id == number)
        )
    ).one_or_none()
    return None if row is None else Put(**row._mapping)


async def brought_by(tx: Tx, person_id: int, update_id: int, since: datetime) -> tuple[int, int] | None:
    """The thread and the letter this update of this person has already brought. Update ids begin anew now and then: hence `since`."""
    row = (
        await tx.execute(
            select(ThreadMessage.thread_id, ThreadMessage.id).where(
                ThreadMessage.person_id == person_id, ThreadMessage.update_id == update_id, ThreadMessage.sent_at > since
            )
        )
    ).first()
    return None if row is None else (row.thread_id, row.id)


async def written_since(tx: Tx, person_id: int, since: datetime) -> int:
    """How many letters somebody has written since then."""
    question = select(func.count(ThreadMessage.id)).where(ThreadMessage.person_id == person_id, ThreadMessage.sent_at > since)
    return await tx.scalar(question) or 0


async def read_upto(tx: Tx, thread_id: int) -> dict[int, int]:
    """By side how far somebody of it has read."""
    rows = await tx.execute(
        select(ThreadRead.side, func.max(ThreadRead.upto).label("upto"))
        .where(ThreadRead.thread_id == thread_id)
        .group_by(ThreadRead.side)
    )
    return {row.side: row.upto for row in rows}


async def read_by(tx: Tx, thread_id: int, person_id: int) -> int:
    """How far this person has read."""
    question = select(ThreadRead.upto).where(ThreadRead.thread_id == thread_id, ThreadRead.person_id == person_id)
    return await tx.scalar(question) or 0


async def mark_read(tx: Tx, thread_id: int, reader: tuple[int, int], upto: int, at: datetime) -> None:
    """This person, of this side, has read as far as this letter."""
    person_id, side = reader
    new = {"side": side, "upto": upto, "read_at": at}
    here = (ThreadRead.thread_id == thread_id, ThreadRead.person_id == person_id)
    changed = await tx.scalar(update(ThreadRead).where(*here).values(**new).returning(ThreadRead.upto))
    if changed is None:
        await tx.execute(insert_new(tx, ThreadRead, {"thread_id": thread_id, "person_id": person_id} | new))
