"""What no worker has said yet, and what is never said or no longer kept: letters withdrawn, emptied, erased."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, func, literal_column, select, update

from storage.db import Tx
from storage.parts import parts
from storage.tables import Letter

WAITING = ("new", "retry")
_HANGING: list[ColumnElement[str]] = [literal_column(f"'{each}'") for each in (*WAITING, "sending")]

UNREACHABLE = "unreachable"  # of Letter.why: its addressee is not reached, so its words go to the list of calls
OVERTAKEN = "overtaken"  # of Letter.why: a lesson of the day it reminds of has changed, so the reminder is written anew
EXPIRED = "expired"  # of Letter.why: its time was over before it could be said


def hanging(letter: type[Letter] = Letter) -> ColumnElement[bool]:
    """Whether what becomes of a letter is not known yet.

    In the words of its index, `ix_letters_waiting`: of values that come later no database knows that they are in it, and looks at
    every letter ever written.
    """
    return letter.state.in_(_HANGING)


def waiting(letter: type[Letter] = Letter) -> ColumnElement[bool]:
    """Whether no worker has a letter in hand, and it will be tried (again)."""
    return and_(hanging(letter), letter.state.in_(WAITING))


def in_hand(letter: type[Letter] = Letter) -> ColumnElement[bool]:
    """Whether a worker has a letter in hand."""
    return and_(hanging(letter), letter.state == "sending")


def cancelled(why: str) -> dict[str, Any]:
    """How a letter ends that is never said: nothing of what it would have said is kept.

    Only the letters of somebody who cannot be reached keep it for a while: the coordinator's call list tells it.
    """
    return {"state": "cancelled", "error": why, "facts": None}


async def cancel(tx: Tx, ids: Collection[int], why: str = "replaced by a newer one") -> None:
    """Never send these: only letters no worker has taken."""
    if ids:
        await tx.execute(update(Letter).where(Letter.id.in_(ids), waiting()).values(cancelled(why)))


async def overtake(tx: Tx, ids: Collection[int]) -> None:
    """Never send these reminders: what they remind of has changed, and is told anew."""
    ended = cancelled("a lesson of that day has changed") | {"why": OVERTAKEN}
    if ids:
        await tx.execute(update(Letter).where(Letter.id.in_(ids), waiting()).values(ended))


async def cancel_topic(tx: Tx, topic: str, why: str, *, person_id: int | None = None) -> None:
    """What waits to be said of this (to this person) is never said."""
    to = [] if person_id is None else [Letter.person_id == person_id]
    await tx.execute(update(Letter).where(Letter.topic == topic, waiting(), *to).values(cancelled(why)))


async def correct(tx: Tx, topic: str, facts: Mapping[str, Any]) -> None:
    """What waits to be said of this says these facts instead, where it says any of the same name. `facts`: as JSON."""
    found = await tx.execute(select(Letter.id, Letter.facts).where(Letter.topic == topic, waiting()))
    changed = [
        (row.id, row.facts | {name: facts[name] for name in row.facts.keys() & facts.keys()}) for row in found if row.facts
    ]
    if changed:
        kept = [{"letter": number, "kept": said} for number, said in changed]
        statement = (
            update(Letter).where(Letter.id == bindparam("letter")).values(facts=bindparam("kept", type_=Letter.facts.type))
        )
        await (await tx.connection()).execute(statement, kept)


async def hasten(tx: Tx, topic: str, now: datetime, *, urgency: int | None = None) -> None:
    """What was to wait a while with this is due now; `urgency`: as urgent as what it must go before."""
    sooner: dict[str, Any] = {"due_at": now} | ({} if urgency is None else {"urgency": urgency})
    await tx.execute(
        update(Letter)
        .where(Letter.topic == topic, Letter.state == "new", Letter.attempt == 0, Letter.due_at > now)
        .values(sooner)
    )


async def gathered(tx: Tx, pupil_id: int, kinds: Collection[str]) -> datetime | None:
    """When the first of the letters of these kinds about a pupil is due that wait to be said together."""
    return await tx.scalar(select(func.min(Letter.due_at)).where(*_gathered(pupil_id, kinds)))


async def hasten_gathered(tx: Tx, pupil_id: int, kinds: Collection[str], now: datetime) -> None:
    """Those wait for no other any more."""
    await tx.execute(update(Letter).where(*_gathered(pupil_id, kinds), Letter.due_at > now).values(due_at=now))


def _gathered(pupil_id: int, kinds: Collection[str]) -> tuple[ColumnElement[bool], ...]:
    return Letter.pupil_id == pupil_id, Letter.kind.in_(kinds), Letter.state == "new", Letter.attempt == 0


async def cancel_all_to(tx: Tx, person_id: int) -> list[int]:
    """Never send what waits for this person, who is not reached. Returns what that was."""
    mine = (Letter.person_id == person_id, waiting())
    ended = {"state": "cancelled", "error": UNREACHABLE, "why": UNREACHABLE}
    return list(await tx.scalars(update(Letter).where(*mine).values(ended).returning(Letter.id)))


async def empty(tx: Tx, ids: Collection[int]) -> None:
    """What these cancelled letters said is gone: it was never sent, and is kept where it is needed."""
    for some in parts(sorted(ids)):
        await tx.execute(update(Letter).where(Letter.id.in_(some), Letter.state == "cancelled").values(facts=None))


async def purge(tx: Tx, *, before: datetime) -> int:
    """Empty the facts of letters that ended before this moment: delivered texts are not kept for ever."""
    ended = await tx.execute(
        update(Letter)
        .where(~hanging(), Letter.created_at < before, Letter.facts.is_not(None))
        .values(facts=None)
        .returning(Letter.id)
    )
    return len(ended.all())


async def cancel_about(tx: Tx, pupil_id: int, why: str, *, person_id: int | None = None) -> None:
    """What waits to be said about a pupil (to this person) is never said."""
    to = [] if person_id is None else [Letter.person_id == person_id]
    await tx.execute(update(Letter).where(Letter.pupil_id == pupil_id, waiting(), *to).values(cancelled(why)))


async def erase(tx: Tx, why: str, *, person_id: int | None = None, pupil_id: int | None = None, topic: str | None = None) -> None:
    """Empty the letters to this person, about this pupil, of this topic, or all at once; what has not gone out never will. The rows stay: that
    there was a letter is counted, what it said is gone. One in flight loses its worker's claim: it ends here.
    """
    which = []
    if person_id is not None:
        which.append(Letter.person_id == person_id)
    if pupil_id is not None:
        which.append(Letter.pupil_id == pupil_id)
    if topic is not None:
        which.append(Letter.topic == topic)
    if not which:
        raise ValueError("whose letters, or about whom?")
    await tx.execute(update(Letter).where(*which, hanging()).values(cancelled(why) | {"owner": None, "lease_until": None}))
    await tx.execute(update(Letter).where(*which).values(facts=None))


@dataclass(frozen=True)
class Unsent:
    id: int
    kind: str
    facts: dict[str, Any]
    dedup: str


Addressee = tuple[str, int, int | None]  # topic, recipient, the child it is about


async def unsent(tx: Tx, topics: Collection[str], people: Collection[int]) -> dict[Addressee, list[Unsent]]:
    """Letters of these topics to these people that no worker has taken yet, oldest first."""
    found: dict[Addressee, list[Unsent]] = defaultdict(list)
    for some in parts(sorted(topics)):
        rows = await tx.execute(
            select(Letter.id, Letter.kind, Letter.facts, Letter.dedup, Letter.topic, Letter.person_id, Letter.pupil_id)
            .where(Letter.topic.in_(some), Letter.state == "new", Letter.attempt == 0)
            .order_by(Letter.id)
        )
        for row in rows:
            if row.person_id in people and row.facts is not None:
                found[row.topic, row.person_id, row.pupil_id].append(Unsent(row.id, row.kind, row.facts, row.dedup))
    return found
