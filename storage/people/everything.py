"""All that is held on a person and their children, for the file they take with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import Row, func, select

from storage.certificates.held import Achieved, Held, achievements_of, certificates_of
from storage.db import Tx
from storage.people.announced import Announced, absences_of, reminders_of
from storage.people.answered import Answered, answered_of
from storage.people.corresponded import Corresponded, Stopped, ThreadHeld, letters_of, stops_of, threads_of
from storage.people.files_held import FileHeld, files_of
from storage.people.mydata import said_to
from storage.people.wishes import Wishes, wishes_of
from storage.tables import (
    Acknowledgement,
    AnnouncementReader,
    Consent,
    Course,
    Entry,
    Group,
    Guardianship,
    LessonChange,
    Letter,
    Organization,
    Person,
    Pupil,
    Revision,
    Shortlisted,
    Staff,
    Writing,
)
from storage.timetable.feeds import Subscribed, calendars_of

T = TypeVar("T")


@dataclass(frozen=True)
class Purpose:
    pupil_id: int
    purpose: str
    partner: str | None
    given_at: datetime
    withdrawn_at: datetime | None
    text_version: str
    basis: str


@dataclass(frozen=True)
class Stood:
    """How an entry of the journal stood from a moment on."""

    since: datetime
    value: str
    work: str | None
    comment: str | None
    removed: bool


@dataclass(frozen=True)
class Mark:
    """An entry of the journal."""

    day: date
    lesson: int
    course: str
    group: str
    kind: str  # mark | attendance
    value: str
    work: str | None
    comment: str | None
    entered_at: datetime
    history: list[Stood]  # oldest first


@dataclass(frozen=True)
class Seen:
    """«Ознакомлен(а)»."""

    at: datetime
    change: str


@dataclass(frozen=True)
class Ward:
    """A child, or the pupil themself."""

    code: str
    full_name: str
    class_name: str
    class_year: int  # the academic year in which this is the class
    birth_date: date | None
    school: str
    guardian_since: datetime | None  # None: the pupil themself
    consents: list[Purpose]
    applications: list[Wishes]
    journal: list[Mark]
    acknowledgements: list[Seen]
    shortlist: list[str]  # the courses the person asking keeps in mind for this child
    absences: list[Announced]
    surveys: list[Answered]
    certificates: list[Held]
    achievements: list[Achieved]
    reminder: str | None  # when the person asking is reminded of this child's lessons: off | h1 | h2 | evening


@dataclass(frozen=True)
class Said:
    """A letter: its facts are emptied 30 days after."""

    kind: str
    state: str
    created_at: datetime
    sent_at: datetime | None
    facts: dict[str, Any] | None


@dataclass(frozen=True)
class Everything:
    name: str
    telegram_id: int | None
    language: str | None
    detail: str
    muted: list[str]  # news of the journal switched off
    quiet_hours: list[str] | None
    since: datetime
    posts: list[list[str]]  # role, ФИО, organization, what they are called at work
    pupils: list[Ward]
    letters: list[Said]
    calendars: list[Subscribed]
    messages: list[Corresponded]
    threads: list[ThreadHeld]
    stops: list[Stopped]
    files: list[FileHeld]


async def everything(tx: Tx, person_id: int, pupils: Collection[int]) -> Everything | None:
    """All that is held on a person and these pupils; None: there is no such person."""
    person = await tx.scalar(select(Person).where(Person.id == person_id))
    if person is None:
        return None
    quiet = [f"{person.quiet_from:%H:%M}", f"{person.quiet_to:%H:%M}"] if person.quiet_from and person.quiet_to else None
    posts = await tx.execute(
        select(Staff.role, Staff.full_name, Organization.name, func.coalesce(Staff.post, ""))
        .join(Organization, Organization.id == Staff.organization_id)
        .where(Staff.person_id == person_id, Staff.archived_at.is_(None))
    )
    letters = await tx.execute(
        select(Letter.kind, Letter.state, Letter.created_at, Letter.sent_at, Letter.facts)
        .where(*said_to(person_id, pupils))
        .order_by(Letter.id)
    )
    return Everything(
        name=person.name,
        telegram_id=person.telegram_id,
        language=person.language,
        detail=person.detail,
        muted=person.muted.split(),
        quiet_hours=quiet,
        since=person.created_at,
        posts=[list(row) for row in posts],
        pupils=await _wards(tx, person_id, pupils),
        letters=[Said(**row._mapping) for row in letters],
        calendars=await calendars_of(tx, person_id),
        messages=await letters_of(tx, person_id, pupils),
        threads=await threads_of(tx, person_id, pupils),
        stops=await stops_of(tx, person_id),
        files=await files_of(tx, person_id, pupils),
    )


async def _wards(tx: Tx, person_id: int, pupils: Collection[int]) -> list[Ward]:
    consents = await _consents(tx, person_id)
    applications = await wishes_of(tx, pupils)
    journal = await _journal(tx, pupils)
    seen = await _seen(tx, person_id)
    shortlist = await _shortlist(tx, person_id)
    certificates, achievements = await certificates_of(tx, pupils), await achievements_of(tx, pupils)
    absences, reminders = await absences_of(tx, person_id, pupils), await reminders_of(tx, person_id)
    answered = await answered_of(tx, person_id, pupils)
    rows = await tx.execute(
        select(
            Pupil.id,
            Pupil.code,
            Pupil.full_name,
            Pupil.class_name,
            Pupil.class_year,
            Pupil.birth_date,
            Organization.name.label("school"),
            Guardianship.since.label("guardian_since"),
        )
        .join(Organization, Organization.id == Pupil.school_id)
        .outerjoin(
            Guardianship,
            (Guardianship.pupil_id == Pupil.id) & (Guardianship.person_id == person_id) & Guardianship.until.is_(None),
        )
        .where(Pupil.id.in_(pupils))
        .order_by(Pupil.full_name, Pupil.id)
    )
    return [
        Ward(
            code=row.code,
            full_name=row.full_name,
            class_name=row.class_name,
            class_year=row.class_year,
            birth_date=row.birth_date,
            school=row.school,
            guardian_since=row.guardian_since,
            consents=consents[row.id],
            applications=applications[row.id],
            journal=journal[row.id],
            acknowledgements=seen[row.id],
            shortlist=shortlist[row.id],
            absences=absences.get(row.id, []),
            surveys=answered.get(row.id, []),
            certificates=certificates.get(row.id, []),
            achievements=achievements.get(row.id, []),
            reminder=reminders.get(row.id),
        )
        for row in rows
    ]


async def _consents(tx: Tx, person_id: int) -> dict[int, list[Purpose]]:
    rows = await tx.execute(
        select(
            Consent.pupil_id,
            Consent.purpose,
            Organization.name.label("partner"),
            Consent.given_at,
            Consent.withdrawn_at,
            Consent.text_version,
            Consent.basis,
        )
        .outerjoin(Organization, Organization.id == Consent.organization_id)
        .where(Consent.person_id == person_id)
        .order_by(Consent.id)
    )
    return _by_pupil([(row.pupil_id, Purpose(**row._mapping)) for row in rows])


async def _journal(tx: Tx, pupils: Collection[int]) -> dict[int, list[Mark]]:
    rows = await tx.execute(
        select(
            Entry.id,
            Entry.pupil_id,
            Entry.day,
            Entry.lesson,
            Course.name.label("course"),
            Group.code.label("group"),
            Entry.kind,
            Entry.value,
            Entry.work,
            Entry.comment,
            Entry.entered_at,
        )
        .join(Group, Group.id == Entry.group_id)
        .join(Course, Course.id == Group.course_id)
        .where(Entry.pupil_id.in_(pupils), Entry.removed_at.is_(None))
        .order_by(Entry.day, Entry.id)
    )
    stood = await _revisions(tx, pupils)
    return _by_pupil([(row.pupil_id, _mark(row, stood.get(row.id, []))) for row in rows])


def _mark(row: Row[*tuple[Any, ...]], history: list[Stood]) -> Mark:
    said = {name: value for name, value in row._mapping.items() if name not in ("id", "pupil_id")}
    return Mark(**said, history=history)


async def _revisions(tx: Tx, pupils: Collection[int]) -> dict[int, list[Stood]]:
    """How each entry of these pupils stood, from its first day on."""
    rows = await tx.execute(
        select(
            Revision.entry_id,
            Writing.at.label("since"),
            Revision.value,
            Revision.work,
            Revision.comment,
            Revision.removed,
        )
        .join(Writing, Writing.id == Revision.writing_id)
        .join(Entry, Entry.id == Revision.entry_id)
        .where(Entry.pupil_id.in_(pupils))
        .order_by(Revision.id)
    )
    found: dict[int, list[Stood]] = defaultdict(list)
    for row in rows:
        found[row.entry_id].append(Stood(row.since, row.value, row.work, row.comment, row.removed))
    return found


async def _seen(tx: Tx, person_id: int) -> dict[int, list[Seen]]:
    rows = await tx.execute(
        select(Acknowledgement.pupil_id, Acknowledgement.at, LessonChange.kind.label("change"))
        .join(LessonChange, LessonChange.id == Acknowledgement.change_id)
        .where(Acknowledgement.person_id == person_id)
        .order_by(Acknowledgement.at)
    )
    read = await tx.execute(
        select(AnnouncementReader.pupil_id, AnnouncementReader.seen_at.label("at"))
        .where(AnnouncementReader.person_id == person_id, AnnouncementReader.seen_at.is_not(None))
        .order_by(AnnouncementReader.seen_at)
    )
    announcements = [(row.pupil_id, Seen(at=row.at, change="announcement")) for row in read]
    return _by_pupil([*((row.pupil_id, _rest(Seen, row)) for row in rows), *announcements])


async def _shortlist(tx: Tx, person_id: int) -> dict[int, list[str]]:
    rows = await tx.execute(
        select(Shortlisted.pupil_id, Course.name)
        .join(Course, Course.id == Shortlisted.course_id)
        .where(Shortlisted.person_id == person_id)
        .order_by(Course.name)
    )
    return _by_pupil([(row.pupil_id, row.name) for row in rows])


def _rest(thing: type[T], row: Row[*tuple[Any, ...]]) -> T:
    """What a row says, but for whose it is."""
    return thing(**{name: value for name, value in row._mapping.items() if name != "pupil_id"})


def _by_pupil(rows: Sequence[tuple[Any, Any]]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for pupil_id, thing in rows:
        found[pupil_id].append(thing)
    return found
