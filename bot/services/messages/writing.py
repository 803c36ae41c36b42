"""Writing a letter: to somebody one may write to, within the measure, once however often its update is handled."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import insert, update

from bot.clock import Moment
from bot.notices.messages import LetterReported, LetterToFamily, LetterToStaff, ThreadFacts
from bot.policy import Person
from bot.post.posting import Addressed, post_all
from bot.refusals import Refusal
from bot.services.messages import files
from bot.services.messages.files import File
from bot.services.messages.parties import (
    Pair,
    Subject,
    as_thread,
    foreign,
    required_side,
    thread_of,
    whom,
    why_not,
)
from storage import audit
from storage.db import Database, Tx
from storage.messages import overseeing, parties, subjects, threads
from storage.messages.threads import FAMILY, Side, Thread
from storage.people import people
from storage.tables import Document, ThreadMessage
from storage.tables import Thread as Row

LONGEST = 1500  # characters of a letter
MEASURES = (  # how many letters one person writes within how long
    (timedelta(minutes=1), 5, "minute"),
    (timedelta(hours=1), 30, "hour"),
    (timedelta(days=1), 100, "day"),
)
SAME_UPDATE = timedelta(days=3)  # how long an update may be handled again


@dataclass(frozen=True)
class Draft:
    """What somebody wants to send."""

    words: str = ""
    file: File | None = None
    update_id: int | None = None


@dataclass(frozen=True)
class Sent:
    """A letter that was written: in which thread, and how many people hear of it."""

    thread_id: int
    told: int = field(compare=False, default=0)


async def write_to(db: Database, about: Subject, pair: Pair, draft: Draft, *, by: Person, at: Moment) -> Sent:
    """A letter to whom one may write about this: into the thread of these two sides, which begins with it.

    Refusals: those of `ready` and of `_put`.
    """
    async with db.write() as tx:
        if (before := await _again(tx, draft, by, at.now)) is not None:
            return before
        thread = await ready(tx, about, pair, by=by, at=at)
        begun = thread if thread.id else await thread_of(tx, await threads.begun(tx, thread))
        return await _put(tx, begun, draft, by=by, at=at)


async def answer(db: Database, thread_id: int, draft: Draft, *, by: Person, at: Moment) -> Sent:
    """A letter into a thread that stands."""
    async with db.write() as tx:
        if (before := await _again(tx, draft, by, at.now)) is not None:
            return before
        return await _put(tx, await thread_of(tx, thread_id), draft, by=by, at=at)


async def brought(db: Database, update_id: int | None, *, by: Person, now: datetime) -> Sent | None:
    """The letter this very update brought before a death."""
    async with db.read() as tx:
        return await _again(tx, Draft(update_id=update_id), by, now)


async def _again(tx: Tx, draft: Draft, by: Person, now: datetime) -> Sent | None:
    """The letter this very update has brought already."""
    if draft.update_id is None:
        return None
    found = await threads.brought_by(tx, by.known, draft.update_id, now - SAME_UPDATE)
    if found is None:
        return None
    thread = await thread_of(tx, found[0])
    theirs = thread.side(foreign(required_side(by, thread)))
    return Sent(thread.id, len(await _told(tx, theirs, by)))


async def ready(tx: Tx, about: Subject, pair: Pair, *, by: Person, at: Moment) -> Thread:
    """The thread a letter would come into, as it stands or as it would begin. Refusals: message-not-to-them, thread-shut."""
    if pair not in await whom(tx, by, about, at.today, pair.theirs):
        raise Refusal("message-not-to-them")
    new = as_thread(about, pair, at.now, await _school(tx, pair))
    thread = await threads.same(tx, new) or new
    if (closed := await shut(tx, thread, by, at)) is not None:
        raise closed.refusal()
    return thread


async def _school(tx: Tx, pair: Pair) -> int | None:
    """In whose log it stands: of the school one side is the office of, or the child is a pupil of."""
    office = next((side for side in (pair.mine, pair.theirs) if side.role == "coordinator"), None)
    if office is not None:
        return office.id
    return None if pair.pupil_id is None else await parties.school_of(tx, pair.pupil_id)


@dataclass(frozen=True)
class Shut:
    """Why somebody cannot write into a thread."""

    why: str  # group | teacher | partner | school | never: see `why_not`; stopped | mine | theirs | unreached
    role: str  # of the other side
    reason: str = ""  # of a stop

    def refusal(self) -> Refusal:
        return Refusal("thread-shut", why=self.why, role=self.role, reason=self.reason)


async def shut(tx: Tx, thread: Thread, by: Person, at: Moment) -> Shut | None:
    """Why this person cannot write into this thread now; None: they can."""
    mine = required_side(by, thread)
    theirs = thread.side(foreign(mine))
    if (why := await why_not(tx, thread.one, thread.other, at.today)) is not None:
        return Shut(why, theirs.role)
    if theirs.role != "coordinator" and (stops := await overseeing.stops(tx, by.known, thread.school_id)):
        return Shut("stopped", theirs.role, stops[-1].reason)
    if thread.closed_at is not None:
        return Shut("mine" if thread.closed_side == mine else "theirs", theirs.role)
    if not await _told(tx, theirs, by):
        return Shut("unreached", theirs.role)
    return None


async def _told(tx: Tx, theirs: Side, by: Person) -> list[int]:
    return [each for each in await parties.reached(tx, theirs) if each != by.id]


async def _put(tx: Tx, thread: Thread, draft: Draft, *, by: Person, at: Moment) -> Sent:
    """Refusals: thread-not-yours, thread-shut, message-empty, message-too-long, message-file-…, message-measure."""
    mine = required_side(by, thread)
    if (closed := await shut(tx, thread, by, at)) is not None:
        raise closed.refusal()
    words = draft.words.strip()
    if not words and draft.file is None:
        raise Refusal("message-empty")
    if len(words) > LONGEST:
        raise Refusal("message-too-long", limit=LONGEST, length=len(words))
    file = None if draft.file is None else files.checked(draft.file)
    for within, most, name in MEASURES:
        if await threads.written_since(tx, by.known, at.now - within) >= most:
            raise Refusal("message-measure", most=most, within=name)
    document_id = None
    if file is not None:
        row = {"name": file.name, "kind": files.KIND, "content": file.content, "made_at": at.now, "made_by": by.known}
        document_id = (await tx.execute(insert(Document).values(row).returning(Document.id))).scalar_one()
    letter = {"thread_id": thread.id, "side": mine, "person_id": by.known, "words": words, "document_id": document_id}
    made = insert(ThreadMessage).values(**letter, sent_at=at.now, update_id=draft.update_id).returning(ThreadMessage.id)
    number = (await tx.execute(made)).scalar_one()
    told = await _tell(tx, thread, mine, number, by=by, now=at.now)
    return Sent(thread.id, told)


async def _tell(tx: Tx, thread: Thread, mine: int, number: int, *, by: Person, now: datetime) -> int:
    """There is a letter: to a family with the child's first name, to staff without. Nothing of it is quoted."""
    theirs, author = thread.side(foreign(mine)), thread.side(mine).role
    told, facts = await _told(tx, theirs, by), await facts_of(tx, thread)
    if theirs.role in FAMILY:
        child = (await people.first_names(tx, [theirs.id])).get(theirs.id, "")
        notice = LetterToFamily(id_thread=thread.id, id_letter=number, author=author, count=1, child=child, **facts)
        letters = [Addressed(each, notice, pupil_id=theirs.id) for each in told]
    else:
        to_staff = LetterToStaff(id_thread=thread.id, id_letter=number, author=author, count=1, **facts)
        letters = [Addressed(each, to_staff, role=theirs.role) for each in told]
    await post_all(tx, letters, now=now)
    return len(told)


async def facts_of(tx: Tx, thread: Thread) -> ThreadFacts:
    """What letters about a thread say it is about."""
    about = (await subjects.about(tx, [(thread.about, thread.about_id)]))[thread.about, thread.about_id]
    return {"what": about.kind, "courses": list(about.courses), "at": about.at}


# ── no more of it ───────────────────────────────────────────────────────────────────────────────────────────────────


async def close(db: Database, thread_id: int, *, closed: bool, by: Person, at: Moment) -> None:
    """Nobody writes into it until the side that closed it opens it again. The same again changes nothing."""
    async with db.write() as tx:
        thread = await thread_of(tx, thread_id)
        mine = required_side(by, thread)
        if closed == (thread.closed_at is not None):
            if closed and thread.closed_side != mine:
                raise Refusal("thread-shut", why="theirs", role=thread.side(foreign(mine)).role, reason="")
            return
        if not closed and thread.closed_side != mine:
            raise Refusal("thread-shut", why="theirs", role=thread.side(foreign(mine)).role, reason="")
        values = {"closed_at": at.now if closed else None, "closed_side": mine if closed else None}
        await tx.execute(update(Row).where(Row.id == thread.id).values(**values))
        action = "thread.closed" if closed else "thread.opened-again"
        audit.log(tx, by.known, action, ("thread", thread.id), now=at.now)


async def report(db: Database, thread_id: int, *, by: Person, at: Moment) -> int:
    """«Пожаловаться»: the coordinators of the school hear that there is a complaint, and stop whom they must. Returns how many
    hear of it. Refusal: message-report-none.
    """
    async with db.write() as tx:
        thread = await thread_of(tx, thread_id)
        mine = required_side(by, thread)
        schools = [thread.school_id] if thread.school_id is not None else await parties.organizations(tx, "base")
        office = [each for school in schools for each in await parties.reached(tx, Side("coordinator", school))]
        office = [each for each in dict.fromkeys(office) if each != by.id]
        if not office:
            raise Refusal("message-report-none")
        said = await overseeing.written(tx, thread.id)
        if thread.reported_at is None or (said and said[-1].sent_at > thread.reported_at):
            await tx.execute(update(Row).where(Row.id == thread.id).values(reported_at=at.now))
            audit.log(tx, by.known, "thread.reported", ("thread", thread.id), now=at.now)
        upto = said[-1].id if said else 0  # of one side about the same letters it is one complaint, however often it is pressed
        notice = LetterReported(id_thread=thread.id, number=thread.id, side=mine, upto=upto)
        await post_all(tx, [Addressed(each, notice, role="coordinator") for each in office], now=at.now)
        return len(office)
