"""The director's orders: what the next one would say, its number out of the register, the paper kept as it was made."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

from bot.clock import Moment
from bot.documents.orders import Moved, Order, order_docx
from bot.policy import Person, Thing, require
from bot.refusals import ChangedSince, Refusal, stamp
from bot.services.papers.papers import Listed, file_name, papers_year, school_of, templates
from bot.services.requests.papers import File
from bot.services.roadmap.evidence import Proven, close_on
from bot.settings import Settings
from bot.voice import Say
from storage import audit
from storage.db import Database, Tx
from storage.papers import agreements, kept, orders, papers, registers
from storage.papers.kept import Kept
from storage.papers.orders import HOLD, Ordered
from storage.papers.papers import Place
from storage.papers.registers import Book
from storage.tables import KeptPaper

TRIES = 50  # papers drawn for a number that somebody else took meanwhile


@dataclass(frozen=True)
class Asked:
    """An order somebody looks at: whom it is on, its day (None: today), from when it holds (None: as the lessons begin)."""

    listed: Listed
    day: date | None = None
    starts_on: date | None = None
    seen: str | None = None  # the digest of what a page said of it


@dataclass(frozen=True)
class Due:
    """Whom the next order of a year would name."""

    year: int
    places: list[Place]  # everybody who learns now
    added: list[Place]
    moved: list[Moved]
    left: list[Ordered]
    before: tuple[Kept, ...]  # the orders in force on the same, the oldest first

    @property
    def empty(self) -> bool:
        """Nothing has changed since the last order."""
        return not (self.added or self.moved or self.left)

    @property
    def digest(self) -> str:
        """Of whom a page says that the order names them, and how."""
        added = sorted((place.choice_id, place.group_id) for place in self.added)
        moved = sorted((one.place.choice_id, one.place.group_id) for one in self.moved)
        return stamp(added, moved, sorted(one.choice_id for one in self.left), self.before[0].id if self.before else None)


@dataclass(frozen=True)
class Draft:
    """The next order as it would be made now."""

    order: Order
    book: Book
    partner_id: int | None
    due: Due

    @property
    def empty(self) -> bool:
        return self.due.empty

    @property
    def digest(self) -> str:
        return self.due.digest

    @property
    def before(self) -> tuple[Kept, ...]:
        return self.due.before


async def draft(db: Database, asked: Asked, *, by: Person, at: Moment) -> Draft:
    """What the next order would say. Refusal: papers-nobody, where there is neither a pupil nor an order."""
    require(by, "papers.see", Thing(school_id=asked.listed.school_id))
    async with db.read() as tx:
        return await _draft(tx, asked, at)


async def _draft(tx: Tx, asked: Asked, at: Moment) -> Draft:
    listed, day = asked.listed, asked.day or at.today
    school = await school_of(tx, listed.school_id)
    due = await _due(tx, listed, listed.year or await papers_year(tx, school.id, at.today))
    order = Order(
        school=school,
        year=due.year,
        day=day,
        starts_on=asked.starts_on or (day if due.before else await _begins(tx, due.places, at.zone)),
        added=due.added,
        total=len({place.pupil_id for place in due.places}),
        requests=[
            replace(one, made_at=one.made_at.astimezone(at.zone))
            for one in await papers.requests_of(tx, school.id, listed.partner_id, due.year)
        ],
        agreements=await agreements.standing(tx, school.id, day),
        changes=due.before[0] if due.before else None,
        moved=due.moved,
        left=due.left,
    )
    return Draft(order, await registers.book(tx, school.id, "order", day), listed.partner_id, due)


async def _due(tx: Tx, listed: Listed, year: int) -> Due:
    places = await papers.places(tx, listed.school_id, year, partner_id=listed.partner_id)
    lines = await orders.ordered(tx, listed.school_id, year, listed.partner_id)
    if not (places or lines):
        raise Refusal("papers-nobody")
    added, moved, left = _changes(places, lines)
    return Due(year, places, added, moved, left, tuple(await _before(tx, listed.school_id, year, lines.values())))


def _changes(places: Collection[Place], lines: dict[int, Ordered]) -> tuple[list[Place], list[Moved], list[Ordered]]:
    """Who is new, who learns in another group than the last order says, who is no longer there."""
    holds = {choice: line for choice, line in lines.items() if line.change in HOLD}
    held = {(line.pupil_id, line.group_id) for line in holds.values()}
    there = {(place.pupil_id, place.group_id) for place in places}  # who has applied twice learns once
    new = [place for place in places if (place.pupil_id, place.group_id) not in held]
    stays = {place.choice_id for place in places}
    moved = [Moved(place, holds[place.choice_id].group) for place in new if place.choice_id in holds]
    left = [line for choice, line in holds.items() if choice not in stays and (line.pupil_id, line.group_id) not in there]
    return (
        [place for place in new if place.choice_id not in holds],
        moved,
        sorted(left, key=lambda line: (line.organization, line.child, line.choice_id)),
    )


async def _before(tx: Tx, school_id: int, year: int, lines: Collection[Ordered]) -> list[Kept]:
    named = {line.paper_id for line in lines}
    every = await kept.listed(tx, [school_id], year, ("order", "amendment"))
    chain = {one.changes_id or one.id for one in every if one.id in named}
    return sorted(
        (one for one in every if one.annulled_at is None and (one.changes_id or one.id) in chain), key=lambda one: one.id
    )


async def _begins(tx: Tx, places: Collection[Place], zone: ZoneInfo) -> date | None:
    first = await orders.first_lesson(tx, {place.group_id for place in places})
    return first.astimezone(zone).date() if first else None


async def order_draft(db: Database, asked: Asked, *, by: Person, say: Say, settings: Settings, at: Moment) -> File:
    """The next order as a file to look through: no number, and it says that it is a draft. Refusal: order-nothing-new."""
    made = await draft(db, asked, by=by, at=at)
    if made.empty:
        raise Refusal("order-nothing-new")
    content = await asyncio.to_thread(order_docx, made.order, templates(settings))
    return File(file_name(say.plain("paper-file-order-draft", who=_who(made, say), day=made.order.day.isoformat())), content)


async def issue(db: Database, asked: Asked, *, by: Person, say: Say, settings: Settings, at: Moment) -> Kept:
    """Make the order: its number is the register's next, and the file is kept as it is now.

    The paper is drawn before the number is taken, and drawn again if somebody else took it meanwhile: so no number is given twice,
    and none to a paper that a faulty template has not made.
    Refusals: changed-since, order-nothing-new, those of a template.
    """
    school_id = asked.listed.school_id
    require(by, "papers.issue", Thing(school_id=school_id))
    for _ in range(TRIES):
        made = await draft(db, asked, by=by, at=at)
        if made.digest != asked.seen:
            raise ChangedSince
        if made.empty:
            raise Refusal("order-nothing-new")
        order = replace(made.order, number=made.book.printed)
        content = await asyncio.to_thread(order_docx, order, templates(settings))
        async with db.write() as tx:
            book = await registers.locked(tx, school_id, "order", order.day)
            if (await _due(tx, asked.listed, order.year)).digest != asked.seen:
                raise ChangedSince
            if book.printed == order.number:
                return await _keep(tx, replace(made, order=order, book=book), content, by=by, say=say, at=at)
    raise Refusal("try-again")


async def _keep(tx: Tx, made: Draft, content: bytes, *, by: Person, say: Say, at: Moment) -> Kept:
    order, book = made.order, made.book
    number = order.number
    name = file_name(say.plain("paper-file-order", number=number, who=_who(made, say), day=order.day.isoformat()))
    row = KeptPaper(
        year=order.year,
        kind="amendment" if order.changes else "order",
        day=order.day,
        organization_id=made.partner_id,
        changes_id=order.changes.id if order.changes else None,
        starts_on=order.starts_on,
        name=name,
        content=content,
        made_at=at.now,
        made_by=by.known,
    )
    await registers.enter(tx, book, row)
    lines = [(place.choice_id, place.group_id, "added") for place in order.added]
    lines += [(one.place.choice_id, one.place.group_id, "moved") for one in order.moved]
    lines += [(one.choice_id, one.group_id, "left") for one in order.left]
    await orders.keep(tx, row.id, lines)
    change = audit.Change(after={"number": number, "kind": row.kind, "lines": len(lines), "sha256": row.sha256})
    audit.log(tx, by.known, "papers.issue", ("paper", row.id), change, now=at.now)
    await tx.flush()
    # Nobody learns without an order: one of everybody leaves nobody out.
    if made.partner_id is None or (await _due(tx, Listed(order.school.id), order.year)).empty:
        facts: dict[str, str | int | date] = {"number": f"№ {number}", "day": order.day}
        await close_on(tx, Proven("order", order.school.id, order.year, facts=facts), now=at.now)
    made_now = await kept.one(tx, row.id, [order.school.id])
    if made_now is None:
        raise Refusal("gone")
    return made_now


def _who(made: Draft, say: Say) -> str:
    order = made.order
    named = [place.organization for place in [*order.added, *(one.place for one in order.moved)]]
    named += [one.organization for one in order.left]
    return named[0][:40] if made.partner_id is not None and named else say.plain("paper-file-all")
