"""Questions about the journal: what stands there, whose groups, which codes, which files came."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import Select, delete, func, insert, or_, select, true

from bot.paging import Page
from storage.among import among
from storage.db import Tx
from storage.paged import paged
from storage.parts import parts
from storage.people.classes import last_class
from storage.people.consent import Reader, shown_name
from storage.tables import (
    AttendanceCode,
    Course,
    Document,
    Entry,
    Group,
    JournalImport,
    Organization,
    Person,
    Pupil,
    Staff,
    Topic,
)

T = TypeVar("T")

# The kinds of documents that are files waiting for their sender's word.
UPLOAD, WORKBOOK_UPLOAD, DECISIONS_UPLOAD = "journal-upload", "workbook-upload", "decisions-upload"
UPLOADS = (UPLOAD, WORKBOOK_UPLOAD, DECISIONS_UPLOAD)  # files sent, kept until their sender has decided


@dataclass(frozen=True)
class GroupOf:
    """A group with what rights and letters depend on."""

    id: int
    code: str
    course: str
    organization_id: int
    organization: str
    teacher_id: int
    year: int  # the academic year it is of
    scale: str | None = None  # of its marks, as the workbook says; None: it does not


async def groups(
    tx: Tx,
    *,
    year: int | None = None,
    teachers: Collection[int] | None = None,
    organizations: Collection[int] | None = None,
    group_id: int | None = None,
) -> list[GroupOf]:
    """Groups by course and code: all, or those of these teachers and of these organizations together; of one year, or of every."""
    question = _groups(year, teachers, organizations)
    if group_id is not None:
        question = question.where(Group.id == group_id)
    return [GroupOf(**row._mapping) for row in await tx.execute(question)]


async def page_of_groups(tx: Tx, page: int, size: int, *, year: int, **whose: Collection[int]) -> Page[GroupOf]:
    """A page of the same groups of one year."""
    return await paged(tx, _groups(year, **whose), page, size, lambda row: GroupOf(**row._mapping))


def _groups(
    year: int | None, teachers: Collection[int] | None = None, organizations: Collection[int] | None = None
) -> Select[*tuple[Any, ...]]:
    question = (
        select(
            Group.id,
            Group.code,
            Course.name.label("course"),
            Course.organization_id,
            Organization.name.label("organization"),
            Group.teacher_id,
            Group.year,
            Course.scale,
        )
        .join(Course, Course.id == Group.course_id)
        .join(Organization, Organization.id == Course.organization_id)
        .where(Group.archived_at.is_(None))
        .order_by(Course.name, Group.code, Group.id)
    )
    if teachers is not None or organizations is not None:
        question = question.where(among((Group.teacher_id, teachers or ()), (Course.organization_id, organizations or ())))
    return question if year is None else question.where(Group.year == year)


async def lock_groups(tx: Tx, group_ids: Collection[int]) -> None:
    """On PostgreSQL two imports of a group stand in line; SQLite has one writer anyway."""
    await tx.execute(select(Group.id).where(Group.id.in_(group_ids)).order_by(Group.id).with_for_update())


@dataclass(frozen=True)
class PupilOf:
    id: int
    code: str
    full_name: str
    class_name: str
    archived: bool
    person_id: int | None
    school_id: int

    @property
    def by_code(self) -> PupilOf:
        """The same for whoever may not know the name: the workbook's code stands in its place."""
        return replace(self, full_name=self.code)


async def pupils(tx: Tx, year: int, ids: Collection[int] | None = None) -> list[PupilOf]:
    """Every pupil, or these, with the class of that year; those who left too: a journal may still tell of their days."""
    rows = await tx.execute(
        select(
            Pupil.id,
            Pupil.code,
            Pupil.full_name,
            last_class(year).label("class_name"),
            Pupil.archived_at.is_not(None).label("archived"),
            Pupil.person_id,
            Pupil.school_id,
        ).where(Pupil.id.in_(ids) if ids is not None else true())
    )
    return [PupilOf(**row._mapping) for row in rows]


async def pupils_with_entries(tx: Tx, group_ids: Collection[int]) -> dict[int, set[int]]:
    """For each group the pupils its journal tells of: some may have left since."""
    rows = await tx.execute(select(Entry.group_id, Entry.pupil_id).where(Entry.group_id.in_(group_ids)).distinct())
    found: dict[int, set[int]] = {}
    for row in rows:
        if row.pupil_id is not None:
            found.setdefault(row.group_id, set()).add(row.pupil_id)
    return found


async def codes(tx: Tx, organization_ids: Collection[int]) -> dict[tuple[int, str], str]:
    """What was answered about attendance codes: (organization, code) → meaning."""
    rows = await tx.execute(
        select(AttendanceCode.organization_id, AttendanceCode.code, AttendanceCode.meaning).where(
            AttendanceCode.organization_id.in_(organization_ids)
        )
    )
    return {(row.organization_id, row.code): row.meaning for row in rows}


async def keep_code(tx: Tx, organization_id: int, code: str, meaning: str) -> None:
    await tx.merge(AttendanceCode(organization_id=organization_id, code=code, meaning=meaning))


# ── entries ─────────────────────────────────────────────────────────────────────────────────────────────────────────


async def topics(tx: Tx, days: Collection[tuple[int, date]]) -> dict[tuple[int, date, int], Topic]:
    """Topics and homework of these (group, day), by lesson."""
    found: dict[tuple[int, date, int], Topic] = {}
    wanted = set(days)
    for some in parts(sorted({day for _, day in wanted})):
        rows = await tx.scalars(
            select(Topic).where(Topic.group_id.in_({group_id for group_id, _ in wanted}), Topic.day.in_(some))
        )
        found |= {(row.group_id, row.day, row.lesson): row for row in rows if (row.group_id, row.day) in wanted}
    return found


async def last_imports(tx: Tx, group_ids: Collection[int]) -> dict[int, str]:
    """The SHA-256 of the file last applied to each group; a group without any is left out."""
    newest = select(func.max(JournalImport.id)).where(JournalImport.group_id.in_(group_ids)).group_by(JournalImport.group_id)
    rows = await tx.execute(select(JournalImport.group_id, JournalImport.sha256).where(JournalImport.id.in_(newest)))
    return {row.group_id: row.sha256 for row in rows}


async def put_imports(tx: Tx, rows: list[dict[str, Any]]) -> None:
    if rows:
        await tx.execute(insert(JournalImport), rows)


# ── files that wait for a word ──────────────────────────────────────────────────────────────────────────────────────


async def upload(tx: Tx, document_id: int, kind: str) -> Document | None:
    return await tx.scalar(select(Document).where(Document.id == document_id, Document.kind == kind))


async def same_upload(tx: Tx, *, kind: str, name: str, content: bytes, by: int | None) -> int | None:
    """The document of the same sender that holds the same bytes under the same name."""
    mine = Document.made_by.is_(None) if by is None else Document.made_by == by
    question = select(Document.id).where(Document.kind == kind, Document.name == name, mine, Document.content == content)
    return await tx.scalar(question.limit(1))


async def drop_upload(tx: Tx, document_id: int) -> None:
    await tx.execute(delete(Document).where(Document.id == document_id))


async def drop_uploads(tx: Tx, kinds: Collection[str], *, before: datetime | None) -> int:
    """Forget kept files of these kinds, those made before a moment; None: all. Returns how many."""
    old = [] if before is None else [Document.made_at < before]
    gone = await tx.execute(delete(Document).where(Document.kind.in_(kinds), *old).returning(Document.id))
    return len(gone.all())


# ── pages ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Line:
    """An entry as a page shows it, with the topic of its lesson."""

    pupil_id: int
    pupil: str
    group_id: int
    course: str
    day: date
    lesson: int
    kind: str  # mark | attendance; topic: a lesson of which nothing but that stands
    value: str
    work: str | None
    comment: str | None
    topic: str | None
    homework: str | None


def _lines(name: Any = Pupil.full_name) -> Any:
    return (
        select(
            Entry.pupil_id,
            name.label("pupil"),
            Entry.group_id,
            Course.name.label("course"),
            Entry.day,
            Entry.lesson,
            Entry.kind,
            Entry.value,
            Entry.work,
            Entry.comment,
            Topic.topic,
            Topic.homework,
        )
        .join(Pupil, Pupil.id == Entry.pupil_id)
        .join(Group, Group.id == Entry.group_id)
        .join(Course, Course.id == Group.course_id)
        .outerjoin(Topic, (Topic.group_id == Entry.group_id) & (Topic.day == Entry.day) & (Topic.lesson == Entry.lesson))
        .where(Entry.removed_at.is_(None))
    )


async def lines_of_pupil(tx: Tx, pupil_id: int, *, year: int) -> list[Line]:
    """A pupil's journal of an academic year, newest day first."""
    rows = await tx.execute(
        _lines()
        .where(Entry.pupil_id == pupil_id, Group.year == year)
        .order_by(Entry.day.desc(), Course.name, Entry.group_id, Entry.lesson, Entry.kind.desc(), Entry.ordinal)
    )
    return [Line(**row._mapping) for row in rows]


async def days_of_group(tx: Tx, group_id: int) -> list[date]:
    """The days something stands in a group's journal, newest first; a group is of one year, and so are they."""
    rows = await tx.scalars(
        select(Entry.day)
        .where(Entry.group_id == group_id, Entry.removed_at.is_(None), Entry.pupil_id.is_not(None))
        .distinct()
        .order_by(Entry.day.desc())
    )
    return list(rows)


async def lines_of_day(tx: Tx, group_id: int, day: date, reader: Reader) -> list[Line]:
    """One day of a group's journal, by pupil, as far as they are this reader's: by the workbook's code whom a partner may not name."""
    rows = await tx.execute(
        _lines(shown_name(reader, otherwise=Pupil.code))
        .where(Entry.group_id == group_id, Entry.day == day, reader.concerns())
        .order_by(Pupil.full_name, Entry.pupil_id, Entry.lesson, Entry.kind.desc(), Entry.ordinal)
    )
    return [Line(**row._mapping) for row in rows]


async def foreign_of_day(tx: Tx, group_id: int, day: date, reader: Reader) -> int:
    """How many more pupils that day of the journal tells of: of schools that are not this reader's."""
    question = (
        select(func.count(Pupil.id.distinct()))
        .select_from(Entry)
        .join(Pupil, Pupil.id == Entry.pupil_id)
        .join(Group, Group.id == Entry.group_id)
        .join(Course, Course.id == Group.course_id)
        .where(Entry.group_id == group_id, Entry.day == day, Entry.removed_at.is_(None), ~reader.concerns())
    )
    return await tx.scalar(question) or 0


async def absences(tx: Tx, pupil_id: int, group_id: int, day: date, *, lock: bool = False) -> list[Entry]:
    """Absences without a reason from the partner, of one pupil, group and day."""
    question = (
        select(Entry)
        .where(
            Entry.pupil_id == pupil_id,
            Entry.group_id == group_id,
            Entry.day == day,
            Entry.kind == "attendance",
            Entry.value == "absent",
            Entry.removed_at.is_(None),
        )
        .order_by(Entry.id)
    )
    return list(await tx.scalars(question.with_for_update() if lock else question))


async def details(tx: Tx, people: Collection[int]) -> dict[int, str]:
    """How much a message to each of these people may say: full | discreet."""
    rows = await tx.execute(select(Person.id, Person.detail).where(Person.id.in_(people)))
    return {row.id: row.detail for row in rows}


async def muted(tx: Tx, people: Collection[int]) -> dict[int, frozenset[str]]:
    """The news each of these people has switched off."""
    rows = await tx.execute(select(Person.id, Person.muted).where(Person.id.in_(people), Person.muted != ""))
    return {row.id: frozenset(row.muted.split()) for row in rows}


async def answerers(tx: Tx, organization_id: int) -> list[tuple[int, str]]:
    """Who can say what a partner's code means, where they have the bot: (person, as partner or coordinator)."""
    rows = await tx.execute(
        select(Staff.person_id, Staff.role)
        .where(
            Staff.person_id.is_not(None),
            Staff.archived_at.is_(None),
            or_(Staff.role == "coordinator", (Staff.role == "partner") & (Staff.organization_id == organization_id)),
        )
        .order_by(Staff.role.desc(), Staff.id)
    )
    people: dict[int, str] = {}
    for person_id, role in rows:
        if person_id is not None:
            people.setdefault(person_id, role)
    return list(people.items())
