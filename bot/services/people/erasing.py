"""Erasing: what goes of a child and of a person, what stays without a name, and what is written down of it.

Each erasure is written down twice: in the database, which says what was done to it, and before that is committed in the ledger
outside of it (storage/ledger.py), which an older copy put back is held against.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, inspect, or_, select, update

from bot.notices.people import FamilyWithdrew, GuardianJoined
from bot.post.posting import Addressed
from bot.services.forgetting import drop_files
from bot.services.messages.erasing import drop_threads, unsay
from bot.services.people.people import part
from bot.services.people.withdrawn import end_choices, partners_told
from bot.services.surveys.erasing import dissolve
from storage import audit, keys, notes, talks, unsaid
from storage.db import Database, Tx
from storage.people import mydata, people
from storage.redaction import Names, drop_talks, keep_plain_marks, redact
from storage.surveys import answers
from storage.tables import (
    Absence,
    Achievement,
    Acknowledgement,
    AnnouncementReader,
    Application,
    Audit,
    Call,
    Certificate,
    CertificateFile,
    CertificateInFile,
    Choice,
    ChoiceChange,
    Document,
    Entry,
    Erasure,
    Feed,
    FeedShown,
    Guardianship,
    KnownAs,
    LessonReminder,
    Letter,
    Person,
    Pupil,
    Revision,
    Shortlisted,
    Staff,
    Table,
    Update,
    Writing,
    WritingStop,
    WrongCode,
)
from storage.upsert import insert_or_change

WHY = "consent was withdrawn"
BLANK_BUT = frozenset(("id", "created_at"))  # what hangs on a person, and when they came, stay


@dataclass
class Erasing:
    """One transaction that erases, and what it will have to write down."""

    tx: Tx
    secret: bytes
    now: datetime
    lines: list[tuple[bytes, datetime]] = field(default_factory=list)

    async def remember(self, purpose: str, text: str) -> None:
        await self.keep(keys.mac(self.secret, purpose, text), self.now)
        self.lines.append((keys.mac(self.secret, purpose, text), self.now))

    async def keep(self, mac: bytes, at: datetime) -> None:
        """In the database itself: that this was done to it."""
        await self.tx.execute(insert_or_change(self.tx, Erasure, {"mac": mac, "at": at}, by="mac", change={"at": at}))

    async def write_down(self, db: Database) -> None:
        """In the ledger, the last thing before the commit: a kill in between finds the erasure there at the next start."""
        await notes.keep(self.tx, notes.TO_SCRUB, self.now.isoformat())
        await self.tx.flush()
        if db.ledger is not None:
            await asyncio.to_thread(db.ledger.append, self.lines, keys.name_of(self.secret))


async def leave(work: Erasing, person_id: int, telegram_id: int | None, pupil_id: int) -> list[Addressed]:
    """One guardian leaves one child. Returns the letters that tell the coordinators."""
    tx, now = work.tx, work.now
    pupil = (await tx.execute(select(Pupil.code, Pupil.school_id).where(Pupil.id == pupil_id))).one()
    last = not await mydata.agreeing_besides(tx, person_id, [pupil_id])
    courses = await mydata.enrolled_in(tx, pupil_id) if last else []
    partners = await partners_told(tx, pupil_id) if last else []
    await part(tx, person_id, pupil_id, now=now, why=WHY)
    await unsaid.erase(tx, WHY, person_id=person_id, pupil_id=pupil_id)
    await _untold(tx, person_id, pupil_id)
    await _cut(tx, person_id, pupil_id)
    if last:
        await anonymise(work, pupil_id)
        await work.remember("pupil", pupil.code)
    if telegram_id is not None:
        await work.remember("child", f"{telegram_id}:{pupil.code}")
    noted = audit.log(tx, person_id, "consent.withdrawn", ("pupil", pupil_id), audit.Change(after={"last": last}), now=now)
    await tx.flush()
    notice = FamilyWithdrew(number=noted.id, id_pupil=pupil_id, id_last=last, id_courses=courses)
    office = await people.office(tx, "coordinator", organization_id=pupil.school_id)
    letters = [Addressed(each, notice, role="coordinator") for each in office]
    return [letter for letter in [*letters, *partners] if letter.person_id != person_id]


async def _untold(tx: Tx, person_id: int, pupil_id: int) -> None:
    """The letter to the child's other guardians that this one came in carries their name."""
    told = GuardianJoined(child="", guardian="", id_pupil=pupil_id, id_person=person_id).topic
    await unsaid.erase(tx, WHY, topic=told)
    await tx.execute(delete(Call).where(Call.topic == told))


async def _cut(tx: Tx, person_id: int, pupil_id: int) -> None:
    """What ties this guardian to what stays about the child."""
    theirs = select(Application.id).where(Application.pupil_id == pupil_id)
    await _drop_drafts(tx, Application.pupil_id == pupil_id, Application.person_id == person_id)
    await tx.execute(
        update(ChoiceChange)
        .where(
            ChoiceChange.by == person_id, ChoiceChange.choice_id.in_(select(Choice.id).where(Choice.application_id.in_(theirs)))
        )
        .values(by=None)
    )
    of_child = select(Revision.writing_id).join(Entry, Entry.id == Revision.entry_id).where(Entry.pupil_id == pupil_id)
    await tx.execute(update(Writing).where(Writing.by == person_id, Writing.id.in_(of_child)).values(by=None))
    await tx.execute(
        update(Application).where(Application.pupil_id == pupil_id, Application.person_id == person_id).values(person_id=None)
    )
    await tx.execute(delete(Acknowledgement).where(Acknowledgement.person_id == person_id, Acknowledgement.pupil_id == pupil_id))
    await _unread(tx, person_id, pupil_id)
    await tx.execute(delete(Shortlisted).where(Shortlisted.person_id == person_id, Shortlisted.pupil_id == pupil_id))
    await tx.execute(delete(LessonReminder).where(LessonReminder.person_id == person_id, LessonReminder.pupil_id == pupil_id))
    await dissolve(tx, person_id=person_id, pupil_id=pupil_id)
    await unsay(tx, person_id, pupil_id)
    await tx.execute(update(Absence).where(Absence.pupil_id == pupil_id, Absence.said_by == person_id).values(said_by=None))


async def _unread(tx: Tx, person_id: int, pupil_id: int) -> None:
    """Of announcements this guardian was sent because of the child."""
    theirs = (AnnouncementReader.person_id == person_id, AnnouncementReader.pupil_id == pupil_id)
    await tx.execute(delete(AnnouncementReader).where(*theirs))


async def anonymise(work: Erasing, pupil_id: int) -> None:
    """Nobody agrees any more that this child's data are processed: what is counted loses the name, the rest goes."""
    tx, now = work.tx, work.now
    await _drop_drafts(tx, Application.pupil_id == pupil_id)
    theirs = select(Application.id).where(Application.pupil_id == pupil_id)
    choices = list((await tx.scalars(select(Choice.id).where(Choice.application_id.in_(theirs)))).all())
    await end_choices(tx, choices, now)
    await _empty_audit(tx, pupil_id, theirs, choices)
    await tx.execute(update(ChoiceChange).where(ChoiceChange.choice_id.in_(choices)).values(reason=None))
    await tx.execute(update(Choice).where(Choice.id.in_(choices)).values(override=None))
    about = select(Letter.id).where(Letter.pupil_id == pupil_id)
    await tx.execute(delete(Call).where(or_(Call.pupil_id == pupil_id, Call.letter_id.in_(about))))
    await tx.execute(
        update(Application)
        .where(Application.pupil_id == pupil_id, Application.state.in_(("submitted", "returned")))
        .values(state="withdrawn")
    )
    pupil = (await tx.scalars(select(Pupil).where(Pupil.id == pupil_id))).one()
    if pupil.archived_at is not None:  # who has left the school held no seat any more
        await tx.execute(update(Choice).where(Choice.id.in_(choices), Choice.state == "enrolled").values(state="left"))
    await tx.execute(
        update(Application)
        .where(Application.pupil_id == pupil_id)
        .values(pupil_id=None, person_id=None, reason=None, school_id=pupil.school_id)
    )
    entries = select(Entry.id).where(Entry.pupil_id == pupil_id)
    await tx.execute(delete(Revision).where(Revision.entry_id.in_(entries)))
    await tx.execute(delete(KnownAs).where(KnownAs.pupil_id == pupil_id))
    await keep_plain_marks(tx, pupil_id)
    await tx.execute(update(Entry).where(Entry.pupil_id == pupil_id).values(pupil_id=None, comment=None))
    await tx.execute(delete(Acknowledgement).where(Acknowledgement.pupil_id == pupil_id))
    await tx.execute(delete(AnnouncementReader).where(AnnouncementReader.pupil_id == pupil_id))
    await tx.execute(delete(Shortlisted).where(Shortlisted.pupil_id == pupil_id))
    await dissolve(tx, pupil_id=pupil_id)
    await drop_threads(tx, pupil_id)
    await answers.unreceive(tx, pupil_id)
    await tx.execute(delete(Feed).where(Feed.pupil_id == pupil_id))
    await tx.execute(delete(FeedShown).where(FeedShown.pupil_id == pupil_id))
    await tx.execute(delete(Absence).where(Absence.pupil_id == pupil_id))
    await tx.execute(delete(LessonReminder).where(LessonReminder.pupil_id == pupil_id))
    await _unname_certificates(tx, pupil_id)
    await _drop_achievements(tx, pupil_id)
    await unsaid.erase(tx, WHY, pupil_id=pupil_id)
    await _end_own_account(work, pupil_id)
    await _unname(tx, pupil_id)


async def _drop_achievements(tx: Tx, pupil_id: int) -> None:
    """The lines and the files go whole."""
    files = list(await tx.scalars(select(Achievement.document_id).where(Achievement.pupil_id == pupil_id)))
    await tx.execute(delete(Achievement).where(Achievement.pupil_id == pupil_id))
    await tx.execute(delete(Document).where(Document.id.in_([file for file in files if file is not None])))


async def _unname_certificates(tx: Tx, pupil_id: int) -> None:
    """A register keeps its lines and their numbers, without whose they are, and of files their digest; the paper in the family's hands stays genuine."""
    of = select(CertificateInFile.file_id).join(Certificate, Certificate.id == CertificateInFile.certificate_id)
    files = of.where(Certificate.pupil_id == pupil_id)
    await tx.execute(update(CertificateFile).where(CertificateFile.id.in_(files)).values(content=None))
    for one in await tx.scalars(select(Certificate).where(Certificate.pupil_id == pupil_id)):
        await tx.execute(
            update(Certificate)
            .where(Certificate.id == one.id)
            .values(pupil_id=None, facts=one.facts | {"child": ""}, reason=None)
        )


async def _unname(tx: Tx, pupil_id: int) -> None:
    """Out of what anybody typed: reasons, letters to staff, talks, files kept for a while, proofs of the roadmap."""
    pupil = (await tx.execute(select(Pupil.full_name, Pupil.code).where(Pupil.id == pupil_id))).one()
    names = Names(pupil.full_name, pupil.code)
    await redact(tx, names)
    await drop_talks(tx, names)
    await drop_files(tx, names)


async def _empty_audit(tx: Tx, pupil_id: int | None, applications: Any, choices: Any) -> None:
    """That it was decided stays; why, in somebody's words about the child, does not."""
    about = [
        and_(Audit.thing == "pupil", Audit.thing_id == pupil_id),
        and_(Audit.thing == "application", Audit.thing_id.in_(applications)),
        and_(Audit.thing == "choice", Audit.thing_id.in_(choices)),
    ]
    await tx.execute(update(Audit).where(or_(*about), Audit.reason.is_not(None)).values(reason=None))


async def _drop_drafts(tx: Tx, *which: object) -> None:
    """A draft was never handed in: nothing counts it."""
    drafts = list((await tx.scalars(select(Application.id).where(Application.state == "draft", *which))).all())  # type: ignore[arg-type]
    choices = select(Choice.id).where(Choice.application_id.in_(drafts))
    await _empty_audit(tx, None, drafts, choices)
    await tx.execute(delete(ChoiceChange).where(ChoiceChange.choice_id.in_(choices)))
    await tx.execute(delete(Choice).where(Choice.application_id.in_(drafts)))
    await tx.execute(delete(Application).where(Application.id.in_(drafts)))


async def _end_own_account(work: Erasing, pupil_id: int) -> None:
    """The pupil's own way in goes with their data."""
    tx = work.tx
    own = (
        await tx.execute(
            select(Person.id, Person.telegram_id).join(Pupil, Pupil.person_id == Person.id).where(Pupil.id == pupil_id)
        )
    ).first()
    if own is None:
        return
    await tx.execute(update(Pupil).where(Pupil.id == pupil_id).values(person_id=None))
    still = or_(
        select(Guardianship.id).where(Guardianship.person_id == own.id, Guardianship.until.is_(None)).exists(),
        select(Staff.id).where(Staff.person_id == own.id).exists(),
        select(Pupil.id).where(Pupil.person_id == own.id).exists(),
    )
    if not await tx.scalar(select(still)):
        await forget(work, own.id, own.telegram_id)


def _blank(table: type[Table]) -> dict[str, Any]:
    """A row without anything of anybody's, as if new; when it was made stays. A column that is yet to come is emptied too."""
    columns = [each for each in inspect(table).local_table.columns if each.name not in BLANK_BUT]
    return {each.name: None if each.nullable else each.default.arg if each.default is not None else "" for each in columns}


async def forget(work: Erasing, person_id: int, telegram_id: int | None) -> None:
    """The row stays without anything of theirs: consents and counts hang on it."""
    tx, now = work.tx, work.now
    await tx.execute(update(Pupil).where(Pupil.person_id == person_id).values(person_id=None))
    await tx.execute(delete(Acknowledgement).where(Acknowledgement.person_id == person_id))
    await tx.execute(delete(AnnouncementReader).where(AnnouncementReader.person_id == person_id))
    await tx.execute(delete(Shortlisted).where(Shortlisted.person_id == person_id))
    await dissolve(tx, person_id=person_id)
    await unsay(tx, person_id)
    await tx.execute(delete(WritingStop).where(WritingStop.person_id == person_id))
    await tx.execute(delete(Feed).where(Feed.person_id == person_id))
    await tx.execute(delete(FeedShown).where(FeedShown.person_id == person_id))
    await tx.execute(delete(LessonReminder).where(LessonReminder.person_id == person_id))
    await tx.execute(delete(Call).where(Call.person_id == person_id))
    await unsaid.erase(tx, WHY, person_id=person_id)
    await tx.execute(update(Person).where(Person.id == person_id).values(_blank(Person)))
    audit.log(tx, person_id, "person.erased", ("person", person_id), now=now)
    if telegram_id is None:
        return
    await talks.forget(tx, f"{telegram_id}:{telegram_id}")
    await tx.execute(delete(WrongCode).where(WrongCode.telegram_id == telegram_id))
    await tx.execute(
        update(Update)
        .where(Update.chat_id == telegram_id, Update.state.in_(("done", "aside")))
        .values(chat_id=None, body=None, undrawn=None)
    )
    await work.remember("person", str(telegram_id))
