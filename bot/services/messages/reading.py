"""Reading threads: one's list, one thread with what each side has read; a file of a letter."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from bot.clock import Moment
from bot.notices.messages import topic_of
from bot.policy import Person
from bot.refusals import Refusal
from bot.services.messages.parties import foreign, holds_of, required_side, side_of, thread_of
from bot.services.messages.writing import Shut, shut
from storage import unsaid
from storage.db import Database, Tx
from storage.messages import overseeing, parties, subjects, threads
from storage.messages.overseeing import Opening
from storage.messages.subjects import About
from storage.messages.threads import Listed, Said, Side, Thread
from storage.people import consent, people
from storage.people.consent import Reader
from storage.tables import Document

ROOM = 2400  # characters of letters on a page
LETTERS = 8  # on a page
PAGE = 8  # threads on a page of the list


@dataclass(frozen=True)
class Titled:
    """A thread as a list or a page calls it to somebody."""

    thread: Thread
    mine: int  # which side is theirs; 0: they read the log
    about: About
    child: str  # as this person may call them; empty: they may not, or it is about no child
    sides: dict[Side, str]  # what those of the staff are called

    @property
    def theirs(self) -> Side:
        return self.thread.side(foreign(self.mine))


async def titled(tx: Tx, found: Sequence[Thread], by: Person) -> list[Titled]:
    """These threads, called as this person may call them: the child by first name in the family, to staff as they may
    read it, to itself not at all."""
    about = await subjects.about(tx, [(each.about, each.about_id) for each in found])
    called = await subjects.called(tx, {side for each in found for side in (each.one, each.other)})
    family = await people.first_names(tx, {each.pupil_id for each in found if each.pupil_id in by.children})
    return [
        Titled(
            thread=each,
            mine=side_of(by, each) or 0,
            about=about[each.about, each.about_id],
            child=family.get(each.pupil_id or 0) or await _named(tx, each, by),
            sides=called,
        )
        for each in found
    ]


async def _named(tx: Tx, thread: Thread, by: Person) -> str:
    if thread.pupil_id is None or thread.pupil_id in by.own:
        return ""
    reader, organization = await _eyes(tx, thread, by)
    if await consent.unnamed(tx, [thread.pupil_id], organization, reader):
        return ""
    return (await people.full_names(tx, [thread.pupil_id])).get(thread.pupil_id, "")


async def _eyes(tx: Tx, thread: Thread, by: Person) -> tuple[Reader, int]:
    """For whose eyes the child's name is: of their school's coordinators, or of the partner whose side they hold."""
    schools = by.organizations_as("coordinator")
    organization = 0
    if (mine := side_of(by, thread)) is not None:
        side = thread.side(mine)
        if side.role == "teacher":
            organization = await parties.works_at(tx, side.id) or 0
        elif side.role == "partner":
            organization = side.id
    return Reader(schools, frozenset((organization,))), organization


# ── the list ────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Line:
    """A thread of a list."""

    title: Titled
    listed: Listed


@dataclass(frozen=True)
class Lines:
    """A page of a list of threads."""

    some: list[Line]
    total: int
    page: int
    pages: int


async def mine(tx: Tx, by: Person, page: int) -> Lines:
    """A page of one's threads."""
    holds = holds_of(by)
    total, _ = await threads.how_many(tx, by.known, holds)
    pages = max(1, -(-total // PAGE))
    page = min(max(page, 0), pages - 1)
    found = await threads.mine(tx, by.known, holds, size=PAGE, page=page)
    names = await titled(tx, [each.thread for each in found], by)
    return Lines([Line(title, each) for title, each in zip(names, found, strict=True)], total, page, pages)


async def unread(tx: Tx, by: Person) -> int:
    """How many letters somebody has not read."""
    return (await threads.how_many(tx, by.known, holds_of(by)))[1]


# ── one thread ──────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Shown:
    """A page of a thread before one of its sides."""

    title: Titled
    letters: list[Said]
    page: int  # 0 holds the newest
    pages: int
    read: int  # how far the other side has read
    pupil: int | None  # the pupil's own person, where it is their thread: what they wrote is told from what a guardian did
    shut: Shut | None  # why nothing can be written into it
    openings: list[Opening]


async def shown(db: Database, thread_id: int, page: int, *, by: Person, at: Moment) -> Shown:
    """A page of a thread; its letters are read by that, and whoever has read the newest is told of none that waits for the
    morning. Refusals: gone, thread-not-yours.
    """
    async with db.read() as tx:
        thread = await thread_of(tx, thread_id)
        mine_ = required_side(by, thread)
        cut = pages_of(await threads.lengths(tx, thread_id))
        page = min(max(page, 0), len(cut) - 1)
        found = Shown(
            title=(await titled(tx, [thread], by))[0],
            letters=await threads.said(tx, cut[page]),
            page=page,
            pages=len(cut),
            read=(await threads.read_upto(tx, thread_id)).get(foreign(mine_), 0),
            pupil=await subjects.own_account(tx, thread.one.id) if thread.one.role == "student" else None,
            shut=await shut(tx, thread, by, at),
            openings=await overseeing.openings(tx, thread_id),
        )
        last = cut[page][-1] if cut[page] else 0
        known = await threads.read_by(tx, thread_id, by.known)
    if last > known:
        async with db.write() as tx:
            await threads.mark_read(tx, thread_id, (by.known, mine_), last, at.now)
            if last == (await threads.lengths(tx, thread_id))[-1][0]:
                await unsaid.cancel_topic(tx, topic_of(thread_id), "read", person_id=by.known)
    return found


def pages_of(lengths: Sequence[tuple[int, int]]) -> list[list[int]]:
    """The numbers of the letters on each page, the newest page first, each in the order they were written."""
    pages: list[list[int]] = [[]]
    room = 0
    for number, length in reversed(lengths):
        if pages[-1] and (len(pages[-1]) >= LETTERS or room + length > ROOM):
            pages.append([])
            room = 0
        pages[-1].insert(0, number)
        room += length
    return pages


async def file_of(tx: Tx, letter: int, by: Person, *, opened: Collection[int] = ()) -> tuple[str, bytes]:
    """The file of a letter, for who holds a side of its thread, or has opened the thread for a conflict (`opened`: letters)."""
    put = await threads.put(tx, letter)
    if put is None or put.document_id is None:
        raise Refusal("gone")
    if letter not in opened:
        required_side(by, await thread_of(tx, put.thread_id))
    row = (await tx.execute(select(Document.name, Document.content).where(Document.id == put.document_id))).one_or_none()
    if row is None or not row.content:
        raise Refusal("gone")
    return row.name, row.content
