"""Questions about announcements: one, the lists of them, how far each has come, who has not seen it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, func, insert, or_, select, update

from storage.db import Tx
from storage.parts import parts
from storage.tables import Announcement, AnnouncementReader, Document, Letter, Pupil
from storage.unsaid import waiting


@dataclass(frozen=True)
class Said:
    """An announcement as it stands."""

    id: int
    by: int
    role: str  # teacher | partner | coordinator
    staff_id: int
    organization_id: int
    year: int
    kind: str  # all | class | course | group
    target_id: int | None
    whom: str
    sender: str
    words: str
    document_id: int | None
    file: str | None  # the name of its file or picture
    asks: bool
    state: str  # draft | sent | recalled
    round: int
    sent_at: datetime | None
    leaves_at: datetime | None
    reminded_at: datetime | None

    def left(self, now: datetime) -> bool:
        """Whether it has left, and can no more be taken back."""
        return self.state == "sent" and self.leaves_at is not None and self.leaves_at <= now

    @property
    def topic(self) -> str:
        """Of its letters in the outbox."""
        return f"announcement:{self.id}"


async def one(tx: Tx, announcement_id: int) -> Said | None:
    return next(iter(await found(tx, Announcement.id == announcement_id)), None)


async def found(tx: Tx, *which: ColumnElement[bool]) -> list[Said]:
    """Those of which all this is true, the newest first."""
    rows = await tx.execute(
        select(
            Announcement.id,
            Announcement.by,
            Announcement.role,
            Announcement.staff_id,
            Announcement.organization_id,
            Announcement.year,
            Announcement.kind,
            Announcement.target_id,
            Announcement.whom,
            Announcement.sender,
            Announcement.words,
            Announcement.document_id,
            Document.name.label("file"),
            Announcement.asks,
            Announcement.state,
            Announcement.round,
            Announcement.sent_at,
            Announcement.leaves_at,
            Announcement.reminded_at,
        )
        .outerjoin(Document, Document.id == Announcement.document_id)
        .where(*which)
        .order_by(Announcement.id.desc())
    )
    return [Said(**row._mapping) for row in rows]


def mine(person_id: int, offices: Collection[int]) -> ColumnElement[bool]:
    """Whose it is to take back and to remind of: whoever wrote it, and whoever holds the same office (not a teacher's)."""
    shared = and_(Announcement.role != "teacher", Announcement.organization_id.in_(offices), Announcement.state != "draft")
    return or_(Announcement.by == person_id, shared)


def concerns(schools: Collection[int]) -> ColumnElement[bool]:
    """Whether it was sent to a pupil of these schools."""
    return (
        select(AnnouncementReader.id)
        .join(Pupil, Pupil.id == AnnouncementReader.pupil_id)
        .where(AnnouncementReader.announcement_id == Announcement.id, Pupil.school_id.in_(schools))
        .correlate(Announcement)
        .exists()
    )


async def locked(tx: Tx, announcement_id: int) -> Announcement | None:
    """The row, held until the commit: who sends and who takes back wait for each other."""
    question = select(Announcement).where(Announcement.id == announcement_id).with_for_update()
    return await tx.scalar(question.execution_options(populate_existing=True))


async def leaving_on(tx: Tx, person_id: int, begins: datetime, ends: datetime) -> int:
    """How many of this person's leave, or have left, between these moments."""
    which = (Announcement.by == person_id, Announcement.state == "sent", Announcement.leaves_at.between(begins, ends))
    return await tx.scalar(select(func.count(Announcement.id)).where(*which)) or 0


async def to_leave(tx: Tx, now: datetime) -> list[int]:
    """Those whose moment has come and of whom the list of calls has not heard yet."""
    which = (Announcement.state == "sent", Announcement.leaves_at <= now, Announcement.left_at.is_(None))
    return list(await tx.scalars(select(Announcement.id).where(*which).order_by(Announcement.id)))


_NOBODY: list[int | None] = [None]


async def put_readers(tx: Tx, announcement_id: int, families: Mapping[int, Collection[int]]) -> None:
    """Whom it is for: by child whoever is written to; a child with nobody has a line of its own."""
    rows = [
        {"announcement_id": announcement_id, "pupil_id": pupil, "person_id": person}
        for pupil, people in sorted(families.items())
        for person in ([*sorted(people)] if people else _NOBODY)
    ]
    for some in parts(rows):
        await tx.execute(insert(AnnouncementReader), some)


async def drop_readers(tx: Tx, announcement_id: int) -> None:
    await tx.execute(delete(AnnouncementReader).where(AnnouncementReader.announcement_id == announcement_id))


async def under_way(tx: Tx, topic: str) -> bool:
    """Whether a letter of this is in a worker's hands, or was: it can no more be taken back whole."""
    begun = and_(~waiting(), Letter.state != "cancelled")
    return await tx.scalar(select(Letter.id).where(Letter.topic == topic, begun).limit(1)) is not None


@dataclass(frozen=True)
class Line:
    """One child of whom an announcement is, and one of its family who is written to; None: nobody is."""

    pupil_id: int
    person_id: int | None
    seen: bool


async def readers(tx: Tx, announcement_id: int) -> list[Line]:
    rows = await tx.execute(
        select(AnnouncementReader.pupil_id, AnnouncementReader.person_id, AnnouncementReader.seen_at)
        .where(AnnouncementReader.announcement_id == announcement_id)
        .order_by(AnnouncementReader.pupil_id, AnnouncementReader.person_id)
    )
    return [Line(row.pupil_id, row.person_id, row.seen_at is not None) for row in rows]


async def schools(tx: Tx, announcement_id: int) -> list[int]:
    """Whose pupils it is for."""
    of = select(Pupil.school_id).join(AnnouncementReader, AnnouncementReader.pupil_id == Pupil.id)
    return sorted(await tx.scalars(of.where(AnnouncementReader.announcement_id == announcement_id).distinct()))


async def letters(tx: Tx, topic: str, since: datetime) -> dict[str, int]:
    """How many letters of this, written since then, stand how."""
    rows = await tx.execute(
        select(Letter.state, func.count().label("letters"))
        .where(Letter.topic == topic, Letter.created_at >= since)
        .group_by(Letter.state)
    )
    return {row.state: row.letters for row in rows}


async def read_by(tx: Tx, announcement_id: int, person_id: int) -> list[int]:
    """The children because of whom it was sent to this person."""
    which = (AnnouncementReader.announcement_id == announcement_id, AnnouncementReader.person_id == person_id)
    return list(await tx.scalars(select(AnnouncementReader.pupil_id).where(*which)))


async def see(tx: Tx, announcement_id: int, person_id: int, *, at: datetime) -> bool:
    """Keep that this person has seen it. False: they had said so before."""
    unseen = (
        AnnouncementReader.announcement_id == announcement_id,
        AnnouncementReader.person_id == person_id,
        AnnouncementReader.seen_at.is_(None),
    )
    done = await tx.execute(update(AnnouncementReader).where(*unseen).values(seen_at=at).returning(AnnouncementReader.id))
    return bool(done.all())


async def old_drafts(tx: Tx, before: datetime) -> dict[int, int | None]:
    """Those begun before this moment: by number the document of each."""
    which = (Announcement.state == "draft", Announcement.made_at < before)
    rows = await tx.execute(select(Announcement.id, Announcement.document_id).where(*which))
    return {row.id: row.document_id for row in rows}


async def of_before(tx: Tx, before: datetime, *, at_once: int) -> dict[int, int | None]:
    """The oldest of those that left, were to leave or were begun before this moment: by number the document of each."""
    said = func.coalesce(Announcement.leaves_at, Announcement.made_at) < before
    rows = await tx.execute(
        select(Announcement.id, Announcement.document_id).where(said).order_by(Announcement.id).limit(at_once)
    )
    return {row.id: row.document_id for row in rows}


async def drop(tx: Tx, announcement_id: int, document_id: int | None) -> None:
    """It goes, with whom it was for, who has seen it, and its file."""
    await drop_readers(tx, announcement_id)
    await tx.execute(delete(Announcement).where(Announcement.id == announcement_id))
    await drop_document(tx, document_id)


async def drop_document(tx: Tx, document_id: int | None) -> None:
    if document_id is not None:
        await tx.execute(delete(Document).where(Document.id == document_id))
