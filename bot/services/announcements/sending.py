"""«Отправить»: an announcement's letters wait their minute, or for the morning, in the outbox; taken back until then; read afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from sqlalchemy import ColumnElement

from bot.clock import Moment, midnight
from bot.notices.announcements import Announced, AnnouncedAgain
from bot.policy import Person, Thing, require
from bot.post.posting import Addressed, post_all
from bot.post.quiet import quiet_until
from bot.refusals import Refusal
from bot.services.announcements.whom import Audience, audience_of
from bot.services.announcements.writing import is_picture, own_draft
from storage import audit, redaction, unsaid
from storage.announcements import announcements, speaking
from storage.announcements.announcements import Line, Said
from storage.db import Database, Tx
from storage.tables import Announcement

SECOND_THOUGHTS = timedelta(minutes=1)  # in which it can be taken back whole
MORNING = time(8)  # of the network's clocks
A_DAY = {"teacher": 5, "partner": 10, "coordinator": 20}  # announcements that leave on one day
Quiet = tuple[time, time]


def leaves(at: Moment, quiet: Quiet, *, morning: bool) -> datetime:
    """When one sent now leaves: in a minute, or at eight of the next morning; out of quiet hours when they end."""
    then = at.now + SECOND_THOUGHTS
    if morning:
        here = then.astimezone(at.zone)
        day = here.date() if here.time() < MORNING else here.date() + timedelta(days=1)
        then = datetime.combine(day, MORNING, at.zone).astimezone(UTC)
    return (quiet_until(then, quiet, at.zone) or then).astimezone(UTC)


@dataclass(frozen=True)
class Sending:
    """What «Отправить» meant: which telling of it, and when."""

    announcement_id: int
    round: int  # how many times it had been sent when its page was drawn: an old button sends nothing
    morning: bool
    quiet: Quiet


async def send(db: Database, what: Sending, *, by: Person, at: Moment) -> Said:
    """Its letters are written, to leave at their moment. Pressed again, it is sent once.

    Refusals: gone; announcement-not-draft; announcement-empty; announcement-nobody; announcement-many (of a day).
    """
    async with db.write() as tx:
        row = await announcements.locked(tx, what.announcement_id)
        if row is not None and (row.by, row.state, row.round) == (by.id, "sent", what.round + 1):
            return await _as_it_stands(tx, row.id)
        said = await own_draft(tx, what.announcement_id, by)
        if row is None or said.round != what.round:
            raise Refusal("announcement-not-draft")
        if not said.words:
            raise Refusal("announcement-empty")
        found = await audience_of(tx, said, by, at.today)
        if not found.families:
            raise Refusal("announcement-nobody")
        then = leaves(at, what.quiet, morning=what.morning)
        await _within_the_day(tx, said, then, at)
        row.state, row.round, row.sent_at, row.leaves_at, row.left_at = "sent", said.round + 1, at.now, then, None
        await tx.flush()
        await announcements.put_readers(tx, row.id, found.families)
        said = await _as_it_stands(tx, row.id)
        await post_all(tx, _letters(said, found), now=at.now, due_at=then)
        after = {"people": len(found.letters), "pupils": len(found.families), "leaves_at": then.isoformat(), "kind": said.kind}
        audit.log(tx, by.known, "announcement.sent", ("announcement", said.id), audit.Change(after=after), now=at.now)
        return said


def _letters(said: Said, found: Audience) -> list[Addressed]:
    notice = announced(said)
    return [Addressed(person, notice, pupil_id=pupil) for person, pupil in sorted(found.letters.items())]


def announced(said: Said, letter: type[Announced] = Announced) -> Announced:
    """The letter, as it is read."""
    picture = said.file is not None and is_picture(said.file)
    return letter(
        id_announcement=said.id,
        round=said.round,
        kind_of=said.kind,
        whom=said.whom,
        role=said.role,
        sender=said.sender,
        said=said.words,
        asks="yes" if said.asks else "no",
        file="" if picture or said.file is None else said.file,
        picture_id=said.document_id if picture else None,
    )


async def _within_the_day(tx: Tx, said: Said, then: datetime, at: Moment) -> None:
    day = then.astimezone(at.zone).date()
    begins = midnight(day, at.zone)
    ends = midnight(day + timedelta(days=1), at.zone) - timedelta(microseconds=1)
    if await announcements.leaving_on(tx, said.by, begins, ends) >= A_DAY[said.role]:
        raise Refusal("announcement-many", limit=A_DAY[said.role], when="today" if day == at.today else "later")


async def _as_it_stands(tx: Tx, announcement_id: int) -> Said:
    said = await announcements.one(tx, announcement_id)
    if said is None:
        raise Refusal("gone")
    return said


# ── whose it is ─────────────────────────────────────────────────────────────────────────────────────────────────────


def seen_by(by: Person) -> ColumnElement[bool]:
    """Which announcements somebody's list shows: their own and their office's; of a school's heads all its families were sent."""
    schools = by.organizations_as("coordinator", "director")
    own = announcements.mine(by.known, by.organizations_as("partner", "coordinator"))
    return own | announcements.concerns(schools) if schools else own


def is_mine(said: Said, by: Person) -> bool:
    """Whether this person may take it back, remind of it, write it anew: its author, and who holds the same office."""
    office = {"partner": by.organizations_as("partner"), "coordinator": by.organizations_as("coordinator")}
    return said.by == by.id or (said.state != "draft" and said.organization_id in office.get(said.role, frozenset()))


async def shown_to(tx: Tx, announcement_id: int, by: Person) -> Said:
    """One that stands on this person's list. Refusal: gone."""
    found = await announcements.found(tx, Announcement.id == announcement_id, seen_by(by))
    if not found:
        raise Refusal("gone")
    return found[0]


# ── taken back ──────────────────────────────────────────────────────────────────────────────────────────────────────


async def take_back(db: Database, announcement_id: int, *, by: Person, now: datetime) -> Said:
    """It reaches nobody. Again changes nothing. Refusals: gone; not-yours; announcement-left, when it has gone."""
    async with db.write() as tx:
        row, said = await _held(tx, announcement_id, by)
        if said.state != "recalled":
            await _recall(tx, row, said, by, now)
        return await _as_it_stands(tx, said.id)


async def write_anew(db: Database, announcement_id: int, *, by: Person, now: datetime) -> Said:
    """Taken back, if it waits, it is a draft again, to be changed. Again changes nothing. Refusals: as `take_back`."""
    async with db.write() as tx:
        row, said = await _held(tx, announcement_id, by)
        if said.by != by.id:
            raise Refusal("not-yours")
        if said.state == "sent":
            await _recall(tx, row, said, by, now)
        row.state, row.sent_at, row.leaves_at, row.made_at = "draft", None, None, now
        await tx.flush()
        return await _as_it_stands(tx, said.id)


async def _held(tx: Tx, announcement_id: int, by: Person) -> tuple[Announcement, Said]:
    """One of this person's own, or of its office, held until the commit."""
    row = await announcements.locked(tx, announcement_id)
    said = await shown_to(tx, announcement_id, by)
    if row is None or not is_mine(said, by):
        raise Refusal("not-yours")
    return row, said


async def _recall(tx: Tx, row: Announcement, said: Said, by: Person, now: datetime) -> None:
    if said.state != "sent" or said.left(now):
        raise Refusal("announcement-left")
    await unsaid.cancel_topic(tx, said.topic, "it was taken back")
    if await announcements.under_way(tx, said.topic):  # another process's clock is ahead: all of it, or nothing
        raise Refusal("announcement-left")
    await announcements.drop_readers(tx, said.id)
    row.state = "recalled"
    audit.log(tx, by.known, "announcement.recalled", ("announcement", said.id), now=now)
    await tx.flush()


# ── how far it has come ─────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Progress:
    """How many people were written to and what became of it; how many children's families have read it and no letter reaches."""

    people: int
    sent: int
    waiting: int
    failed: int
    children: int
    read: int
    apart: int
    missing: tuple[int, ...]  # the children of whose family nobody has pressed «Ознакомлен(а)»


async def progress(tx: Tx, said: Said) -> Progress:
    lines = await announcements.readers(tx, said.id)
    states = {} if said.sent_at is None else await announcements.letters(tx, said.topic, said.sent_at)
    waiting = sum(states.get(state, 0) for state in ("new", "retry", "sending"))
    read = {line.pupil_id for line in lines if line.seen}
    children = {line.pupil_id for line in lines}
    return Progress(
        people=sum(states.values()),
        sent=states.get("sent", 0),
        waiting=waiting,
        failed=sum(states.values()) - states.get("sent", 0) - waiting,
        children=len(children),
        read=len(read),
        apart=len({line.pupil_id for line in lines if line.person_id is None}),
        missing=tuple(sorted(children - read)),
    )


async def see(db: Database, announcement_id: int, *, by: Person, now: datetime) -> bool:
    """«Ознакомлен(а)». False: they had said so before. Refusals: gone, of one that was not sent to them; not-yours."""
    async with db.write() as tx:
        await _readers_own(tx, announcement_id, by)
        return await announcements.see(tx, announcement_id, by.known, at=now)


async def _readers_own(tx: Tx, announcement_id: int, by: Person) -> None:
    pupils = await announcements.read_by(tx, announcement_id, by.known)
    if not pupils:
        raise Refusal("gone")
    require(by, "announcement.read", Thing(pupil_id=next((each for each in pupils if each in by.pupils), pupils[0])))


async def file_of(tx: Tx, announcement_id: int, by: Person) -> tuple[str, bytes]:
    """Its file, for who was sent it and whose list it stands on. Refusals: gone, not-yours."""
    said = await announcements.one(tx, announcement_id)
    if said is None or said.document_id is None:
        raise Refusal("gone")
    if await announcements.read_by(tx, announcement_id, by.known):
        await _readers_own(tx, announcement_id, by)
    else:
        await shown_to(tx, announcement_id, by)
    return said.file or "", await redaction.content(tx, said.document_id) or b""


async def remind(db: Database, announcement_id: int, *, by: Person, now: datetime) -> int:
    """Once, to whose family nobody has pressed. Returns how many people. Refusals: gone; not-yours, of a group or post they have no more."""
    async with db.write() as tx:
        row, said = await _held(tx, announcement_id, by)
        if not (said.asks and said.left(now)):
            raise Refusal("gone")
        if not await _speaks_for(tx, said, by):
            raise Refusal("not-yours")
        silent = _silent(await announcements.readers(tx, said.id))
        if said.reminded_at is None:
            notice = announced(said, AnnouncedAgain)
            await post_all(tx, [Addressed(person, notice, pupil_id=pupil) for person, pupil in silent.items()], now=now)
            row.reminded_at = now
            after = audit.Change(after={"people": len(silent)})
            audit.log(tx, by.known, "announcement.reminded", ("announcement", said.id), after, now=now)
        return len(silent)


async def _speaks_for(tx: Tx, said: Said, by: Person) -> bool:
    """Whether somebody still speaks to whom it was for: a teacher to the group, else whoever holds the office now."""
    if said.role == "teacher":
        return await speaking.may_speak(tx, said.id)
    return any((post.role, post.organization_id) == (said.role, said.organization_id) for post in by.posts)


def _silent(lines: list[Line]) -> dict[int, int]:
    """By person the first child of whose family nobody has pressed."""
    read = {line.pupil_id for line in lines if line.seen}
    found: dict[int, int] = {}
    for line in lines:
        if line.person_id is not None and line.pupil_id not in read:
            found.setdefault(line.person_id, line.pupil_id)
    return found
