"""The coordinator's log: threads without their words; opening one for a conflict, which both sides hear first; stopping a writer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import insert, update

from bot.clock import Moment
from bot.notices.messages import ThreadOpened, WritingStopped
from bot.policy import Person, Thing, require
from bot.post.posting import Addressed, post, post_all
from bot.refusals import Refusal
from bot.services.enrollment.choices import checked_reason
from bot.services.messages.parties import side_of, thread_of
from bot.services.messages.reading import PAGE, Line, Lines, Titled, pages_of, titled
from bot.services.messages.writing import facts_of
from storage import audit
from storage.db import Database, Tx
from storage.messages import overseeing, parties, threads
from storage.messages.overseeing import Opening, Stop, Written
from storage.messages.threads import FAMILY, ONE, OTHER, Said, Side, Thread
from storage.tables import ThreadOpening, WritingStop

WRITTEN = 15  # letters on a page of a thread's log


async def log_of(tx: Tx, by: Person, page: int) -> Lines:
    """A page of the log of one's schools."""
    require(by, "message.log", Thing())
    schools = by.organizations_as("coordinator")
    total = await overseeing.how_many(tx, schools)
    pages = max(1, -(-total // PAGE))
    page = min(max(page, 0), pages - 1)
    found = await overseeing.listed(tx, schools, size=PAGE, page=page)
    names = await titled(tx, [each.thread for each in found], by)
    return Lines([Line(title, each) for title, each in zip(names, found, strict=True)], total, page, pages)


@dataclass(frozen=True)
class Logged:
    """One thread as the log has it."""

    title: Titled
    written: Sequence[Written]
    openings: list[Opening]
    stopped: dict[int, Stop]  # by person, of who wrote in it


async def logged(tx: Tx, thread_id: int, by: Person) -> Logged:
    """Who wrote when. Refusals: gone, not-yours."""
    thread = await _overseen(tx, thread_id, by)
    written = await overseeing.written(tx, thread_id)
    stopped = {}
    for person_id in {each.person_id for each in written if each.person_id is not None}:
        if found := await overseeing.stops(tx, person_id, _school(thread, by)):
            stopped[person_id] = found[-1]
    return Logged((await titled(tx, [thread], by))[0], written, await overseeing.openings(tx, thread_id), stopped)


async def _overseen(tx: Tx, thread_id: int, by: Person) -> Thread:
    thread = await thread_of(tx, thread_id)
    require(by, "message.log", Thing(school_id=thread.school_id))
    return thread


def _school(thread: Thread, by: Person) -> int:
    """By which school something is decided about a thread: its own, or the coordinator's first."""
    return thread.school_id if thread.school_id is not None else min(by.organizations_as("coordinator"))


# ── a conflict ──────────────────────────────────────────────────────────────────────────────────────────────────────


async def may_open(tx: Tx, thread_id: int, by: Person) -> Thread:
    """A thread of the log that is not one's own: what one writes in oneself is read without. Refusal: thread-own."""
    thread = await _overseen(tx, thread_id, by)
    if side_of(by, thread) is not None:
        raise Refusal("thread-own")
    return thread


async def open_thread(db: Database, thread_id: int, reason: str, *, by: Person, at: Moment) -> Opening:
    """Open a thread for a conflict: written down, and said to everybody of both sides. What it holds until now can be read
    when these letters have left. The same reason again is the same opening.
    """
    why = checked_reason(reason)
    async with db.write() as tx:
        thread = await may_open(tx, thread_id, by)
        letters = await threads.lengths(tx, thread_id)
        upto = letters[-1][0] if letters else 0
        same = [
            one
            for one in await overseeing.openings(tx, thread_id)
            if (one.opened_by, one.reason, one.upto) == (by.known, why, upto)
        ]
        if same:
            return same[-1]
        row = {"thread_id": thread_id, "opened_by": by.known, "opened_at": at.now, "reason": why, "upto": upto}
        number = (await tx.execute(insert(ThreadOpening).values(row).returning(ThreadOpening.id))).scalar_one()
        audit.log(tx, by.known, "thread.conflict", ("thread", thread_id), audit.Change(after={"opening": number}), now=at.now)
        notice = ThreadOpened(id_thread=thread_id, id_opening=number, **await facts_of(tx, thread))
        await post_all(tx, await _both(tx, thread, notice, by), now=at.now)
        found = await overseeing.opening(tx, number)
    if found is None:
        raise Refusal("gone")
    return found


async def told_of(tx: Tx, thread: Thread, by: Person) -> list[tuple[int, Side]]:
    """Who hears that a thread is opened: everybody of both sides whom a letter gets to."""
    sides = (thread.side(ONE), thread.side(OTHER))
    return [(each, side) for side in sides for each in await parties.reached(tx, side) if each != by.id]


async def _both(tx: Tx, thread: Thread, notice: ThreadOpened, by: Person) -> list[Addressed]:
    told = await told_of(tx, thread, by)
    family = [Addressed(each, notice, pupil_id=side.id) for each, side in told if side.role in FAMILY]
    return family + [Addressed(each, notice, role=side.role) for each, side in told if side.role not in FAMILY]


@dataclass(frozen=True)
class Read:
    """A page of a thread opened for a conflict."""

    opening: Opening
    title: Titled
    letters: list[Said]
    page: int
    pages: int


async def opened(tx: Tx, number: int, page: int, by: Person) -> Read:
    """What a thread held when it was opened, for who opened it. Refusals: gone, not-yours, thread-opening-untold."""
    opening = await _opened_by(tx, number, by)
    if await overseeing.waits(tx, f"thread-opened:{number}"):
        raise Refusal("thread-opening-untold")
    thread = await _overseen(tx, opening.thread_id, by)
    cut = pages_of(await threads.lengths(tx, thread.id, upto=opening.upto))
    page = min(max(page, 0), len(cut) - 1)
    return Read(opening, (await titled(tx, [thread], by))[0], await threads.said(tx, cut[page]), page, len(cut))


async def _opened_by(tx: Tx, number: int, by: Person) -> Opening:
    opening = await overseeing.opening(tx, number)
    if opening is None or opening.opened_by != by.id:
        raise Refusal("gone")
    return opening


async def letters_of(tx: Tx, number: int, by: Person) -> set[int]:
    """The letters one may read by an opening."""
    opening = await _opened_by(tx, number, by)
    if await overseeing.waits(tx, f"thread-opened:{number}"):
        raise Refusal("thread-opening-untold")
    await _overseen(tx, opening.thread_id, by)
    return {number for number, _ in await threads.lengths(tx, opening.thread_id, upto=opening.upto)}


# ── stopping a writer ───────────────────────────────────────────────────────────────────────────────────────────────


async def writer_of(tx: Tx, thread_id: int, person_id: int, by: Person) -> Written:
    """Somebody who wrote in a thread of the log. A coordinator is not stopped. Refusals: gone, thread-stop-office."""
    thread = await _overseen(tx, thread_id, by)
    found = [each for each in await overseeing.written(tx, thread_id) if each.person_id == person_id]
    if not found:
        raise Refusal("gone")
    if thread.side(found[-1].side).role == "coordinator":
        raise Refusal("thread-stop-office")
    return found[-1]


async def stop(db: Database, thread_id: int, person_id: int, reason: str, *, by: Person, at: Moment) -> None:
    """From now on this person writes to nobody but the coordinators; they are told, with the reason on the page. Again: nothing."""
    why = checked_reason(reason)
    async with db.write() as tx:
        await writer_of(tx, thread_id, person_id, by)
        school = _school(await thread_of(tx, thread_id), by)
        if await overseeing.stops(tx, person_id, school):
            return
        row = {"person_id": person_id, "school_id": school, "reason": why, "made_by": by.known, "made_at": at.now}
        number = (await tx.execute(insert(WritingStop).values(row).returning(WritingStop.id))).scalar_one()
        audit.log(tx, by.known, "writing.stopped", ("person", person_id), audit.Change(after={"stop": number}), now=at.now)
        await post(tx, person_id, WritingStopped(id_stop=number, stopped="yes"), now=at.now)


async def let_write(db: Database, thread_id: int, person_id: int, *, by: Person, at: Moment) -> None:
    """They write to everybody again. Again: nothing."""
    async with db.write() as tx:
        await writer_of(tx, thread_id, person_id, by)
        school = _school(await thread_of(tx, thread_id), by)
        for one in await overseeing.stops(tx, person_id, school):
            lifted = update(WritingStop).where(WritingStop.id == one.id)
            await tx.execute(lifted.values(lifted_at=at.now, lifted_by=by.known))
            audit.log(tx, by.known, "writing.let", ("person", person_id), audit.Change(after={"stop": one.id}), now=at.now)
            await post(tx, person_id, WritingStopped(id_stop=one.id, stopped="no"), now=at.now)
