"""The outbox: letters waiting, claimed with a lease, and what became of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, TypeVar

from sqlalchemy import (
    ColumnElement,
    and_,
    case,
    exists,
    func,
    literal,
    not_,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.orm import aliased

from storage.announcements.speaking import withheld
from storage.db import Tx
from storage.due import due
from storage.parts import parts
from storage.people.consent import in_force, own_account
from storage.tables import Guardianship, Letter, Person, Pupil, Staff
from storage.unsaid import UNREACHABLE, cancelled, hanging, in_hand, waiting
from storage.upsert import insert_each_new

T = TypeVar("T")


TRIES = 10  # of one letter, pauses Telegram asked for not counted


async def put(tx: Tx, rows: list[dict[str, Any]]) -> None:
    """Keep letters; one whose dedup key is already kept is passed over."""
    if rows:
        await (await tx.connection()).execute(insert_each_new(tx, Letter.__table__, by="dedup"), rows)


@dataclass(frozen=True)
class Ended:
    """A letter that ended otherwise than by being sent."""

    id: int
    state: str
    person_id: int
    pupil_id: int | None
    role: str | None
    kind: str
    facts: dict[str, Any]
    topic: str
    urgency: int
    created_at: datetime
    unreachable_at: datetime | None  # since when its addressee cannot be reached


async def ended(tx: Tx, ids: Collection[int]) -> list[Ended]:
    """Those of these letters that ended unsent and that their addressees may still hear, in order of writing."""
    rightful = {one.id for some in parts(sorted(ids)) for one in await _claimed(tx, some) if one.rightful}
    found: list[Ended] = []
    for some in parts(sorted(rightful)):
        rows = await tx.execute(
            select(
                Letter.id,
                Letter.state,
                Letter.person_id,
                Letter.pupil_id,
                Letter.role,
                Letter.kind,
                Letter.facts,
                Letter.topic,
                Letter.urgency,
                Letter.created_at,
                Person.unreachable_at,
            )
            .join(Person, Person.id == Letter.person_id)
            .where(Letter.id.in_(some), Letter.state.in_(("dead", "unknown", "cancelled")), Letter.facts.is_not(None))
            .order_by(Letter.id)
        )
        found += [Ended(**row._mapping) for row in rows]
    return found


@dataclass(frozen=True)
class Claimed:
    """A letter in a worker's hands, with what is needed to say it and to know that it may still be said."""

    id: int
    person_id: int
    pupil_id: int | None
    role: str | None
    telegram_id: int | None
    language: str | None
    detail: str
    muted: str  # the news this person has switched off
    kind: str
    facts: dict[str, Any]
    urgency: int
    attempt: int
    repeated: bool
    failing_since: datetime | None
    due_at: datetime
    expires_at: datetime | None
    quiet_from: time | None
    quiet_to: time | None
    created_at: datetime
    reached: bool  # has an account, and has not shut us out
    own: bool  # to the child it is about
    rightful: bool  # still a guardian of that child and in agreement, still in that role; whoever announces it still may


@dataclass(frozen=True)
class Hands:
    """Who takes letters, and how many at once."""

    owner: str
    lease: timedelta  # how long they are this worker's
    people: int  # chats
    per_person: int  # letters of each


async def claim(tx: Tx, hands: Hands, *, now: datetime, seen: datetime | None) -> list[Claimed]:
    """Take the due letters at the head of each chat's line, oldest first; a chat with a letter in flight, or with one
    that waits to be tried again, is left alone. At most as many as its hands hold.

    `seen`: when the line was last seen to work. A letter whose answer was lost later is not repeated yet, and its chat waits.
    """
    other = aliased(Letter)
    lost = and_(other.repeated, waiting(other), *([] if seen is None else [other.due_at > seen]))
    busy = exists().where(
        other.person_id == Letter.person_id,
        hanging(other),
        or_(other.state == "sending", and_(other.state == "retry", ~due(other, now)), lost),
    )
    heads = (
        select(Letter.person_id)
        .where(waiting(), due(Letter, now), ~busy)
        .group_by(Letter.person_id)
        .order_by(func.max(Letter.urgency).desc(), func.min(Letter.id))
        .limit(hands.people)
    )
    chosen = list((await tx.scalars(heads)).all())
    if not chosen:
        return []
    # Two workers on PostgreSQL must not take two letters of one chat: whoever locks the person has the chat.
    locked = list((await tx.scalars(select(Person.id).where(Person.id.in_(chosen)).with_for_update(skip_locked=True))).all())
    if not locked:
        return []
    rank = func.row_number().over(partition_by=Letter.person_id, order_by=Letter.id).label("rank")
    lined = select(Letter.id, rank).where(Letter.person_id.in_(locked), waiting(), due(Letter, now), ~busy).subquery()
    taken = select(lined.c.id).where(lined.c.rank <= hands.per_person)
    rows = (
        await tx.execute(
            update(Letter)
            .where(Letter.id.in_(taken))
            .values(state="sending", owner=hands.owner, lease_until=now + hands.lease, attempt=Letter.attempt + 1)
            .returning(Letter.id)
        )
    ).scalars()
    ids = list(rows)
    return await _claimed(tx, ids)


async def _claimed(tx: Tx, ids: Sequence[int]) -> list[Claimed]:
    guards = exists().where(
        Guardianship.person_id == Letter.person_id,
        Guardianship.pupil_id == Letter.pupil_id,
        Guardianship.until.is_(None),
        in_force(Letter.person_id, Letter.pupil_id, "processing"),
        in_force(Letter.person_id, Letter.pupil_id, "messages"),
    )
    is_pupil = exists().where(Pupil.id == Letter.pupil_id, own_account(Letter.person_id))
    in_office = exists().where(Staff.person_id == Letter.person_id, Staff.role == Letter.role, Staff.archived_at.is_(None))
    reached = and_(Person.telegram_id.is_not(None), Person.unreachable_at.is_(None))
    rightful = and_(
        or_(Letter.pupil_id.is_(None), Letter.role.in_(("teacher", "partner", "coordinator", "director")), guards, is_pupil),
        or_(Letter.role.is_(None), Letter.role.in_(("guardian", "student")), in_office),
        not_(withheld(Letter)),
    )
    rows = await tx.execute(
        select(
            Letter.id,
            Letter.person_id,
            Letter.pupil_id,
            Letter.role,
            Person.telegram_id,
            Person.language,
            Person.detail,
            Person.muted,
            Letter.kind,
            Letter.facts,
            Letter.urgency,
            Letter.attempt,
            Letter.repeated,
            Letter.failing_since,
            Letter.due_at,
            Letter.expires_at,
            Person.quiet_from,
            Person.quiet_to,
            Letter.created_at,
            case((reached, literal(1)), else_=literal(0)).label("reached"),
            case((is_pupil, literal(1)), else_=literal(0)).label("own"),
            case((rightful, literal(1)), else_=literal(0)).label("rightful"),
        )
        .join(Person, Person.id == Letter.person_id)
        .where(Letter.id.in_(ids))
        .order_by(Letter.urgency.desc(), Letter.id)
    )
    truths = ("reached", "own", "rightful")
    return [Claimed(**{**row._mapping, **{name: bool(row._mapping[name]) for name in truths}}) for row in rows]


@dataclass(frozen=True)
class Head:
    """The letter that would go first."""

    telegram_id: int
    lost: bool  # its answer was lost: it may have arrived
    due_at: datetime  # of a lost one: when that was


async def head(tx: Tx, *, now: datetime) -> Head | None:
    """The oldest due letter to somebody who can be reached; one whose answer was lost only when there is no other."""
    row = (
        await tx.execute(
            select(Person.telegram_id, Letter.repeated, Letter.due_at)
            .join(Person, Person.id == Letter.person_id)
            .where(waiting(), due(Letter, now), Person.telegram_id.is_not(None), Person.unreachable_at.is_(None))
            .order_by(Letter.repeated, Letter.urgency.desc(), Letter.id)
            .limit(1)
        )
    ).first()
    return None if row is None else Head(row.telegram_id, row.repeated, row.due_at)


@dataclass(frozen=True)
class Outcome:
    """What became of a claimed letter."""

    id: int
    state: str  # sent | retry | dead | cancelled | unknown | new (given back untried)
    message_id: int | None = None
    error: str | None = None
    due_at: datetime | None = None  # for retry and new
    attempted: bool = True  # False: this try does not count
    lost: bool = False  # its answer was lost: it may have been delivered
    why: str | None = None  # UNREACHABLE: its words go to the list of calls, see `ended` and `empty`
    failing_since: datetime | None = None  # for retry: Telegram fails at it, again and again, since then


async def record(tx: Tx, outcomes: Sequence[Outcome], *, owner: str, now: datetime) -> None:
    """Complete letters: only those this owner still holds."""
    for outcome in outcomes:
        values: dict[str, Any] = {"state": outcome.state, "owner": None, "lease_until": None}
        values |= {"error": outcome.error, "why": outcome.why, "failing_since": outcome.failing_since}
        never_sent = outcome.state == "cancelled" and not outcome.attempted
        if never_sent and outcome.why != UNREACHABLE:  # not theirs to hear any more, or too late
            values |= cancelled(outcome.error or "")
        if outcome.state == "sent":
            values |= {"sent_at": now, "message_id": outcome.message_id}
        if outcome.due_at is not None:
            values["due_at"] = outcome.due_at
        if not outcome.attempted:
            values["attempt"] = Letter.attempt - 1
        if outcome.lost:
            values["repeated"] = True
        await tx.execute(
            update(Letter).where(Letter.id == outcome.id, Letter.owner == owner, Letter.state == "sending").values(values)
        )


async def reap(
    tx: Tx, *, now: datetime, every_owner: bool = False, gone: Collection[str] | None = None, but: str | None = None
) -> int:
    """Letters whose worker died: tried again, for nothing may be lost; each death repeats a letter at most once.
    One that was in hand at every one of TRIES deaths is `unknown`. Returns how many.

    `every_owner`: at the start of the only process, whatever is in flight has no worker any more. `gone`: these workers
    are known to be dead. Otherwise those whose lease has run out; `but`: a worker knows of itself that it lives.
    """
    dead: ColumnElement[bool]
    if every_owner:
        dead = true()
    elif gone is not None:
        dead = Letter.owner.in_(gone)
    else:
        dead = and_(Letter.lease_until < now, Letter.owner.is_distinct_from(but))
    taken = await tx.execute(
        update(Letter)
        .where(in_hand(), dead)
        .values(
            state=case((Letter.attempt >= TRIES, "unknown"), else_="retry"),
            owner=None,
            lease_until=None,
            due_at=now,
            error="the process died while sending",
        )
        .returning(Letter.id)
    )
    return len(taken.all())


async def workers(tx: Tx) -> set[str]:
    """Whoever has letters in flight."""
    owners = await tx.scalars(select(Letter.owner).where(in_hand(), Letter.owner.is_not(None)).distinct())
    return {owner for owner in owners if owner is not None}


async def hold(tx: Tx, ids: Collection[int], until: datetime) -> None:
    """Give untried letters back until the quiet hours end."""
    if ids:
        await tx.execute(
            update(Letter)
            .where(Letter.id.in_(ids), Letter.state == "sending")
            .values(state="new", owner=None, lease_until=None, due_at=until, attempt=0)
        )
