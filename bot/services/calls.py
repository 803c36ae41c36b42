"""The coordinator's list «Позвонить»: what would be a letter to a family nobody of which has the bot is told by telephone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import update

from bot.notices import Notice, notice_of
from bot.policy import Person, Thing, require
from bot.refusals import Refusal
from storage import calls
from storage.db import Database, Tx
from storage.tables import Audit, Call


async def note_call(tx: Tx, pupil_id: int, notice: Notice, *, now: datetime) -> None:
    """A line of the list, if no message reaches this pupil's family; see note_calls."""
    await note_calls(tx, [(pupil_id, notice)], now=now)


async def note_calls(tx: Tx, letters: Iterable[tuple[int, Notice]], *, now: datetime) -> None:
    """For each pupil (by id) whose family has no bot, what it is to be told; families that have it are left out.

    As with letters, a newer notice of a topic takes the place of an older one nobody has called about, and a change
    taken back before the call leaves nothing to say.
    """
    letters = list(letters)
    silent = await calls.unreached(tx, {pupil_id for pupil_id, _ in letters})
    for pupil_id, notice in letters:
        if pupil_id not in silent or await calls.known(tx, pupil_id, notice.kind(), notice.topic, notice.version):
            continue
        left: Notice | None = notice
        for older in await calls.waiting_of(tx, pupil_id, notice.topic):
            left = left and left.after(notice_of(older.kind, older.facts))
            await tx.delete(older)
        if left is not None:
            tx.add(
                Call(
                    pupil_id=pupil_id,
                    kind=left.kind(),
                    facts=left.facts(),
                    topic=notice.topic,
                    version=notice.version,
                    created_at=now,
                )
            )
        await tx.flush()


async def called(db: Database, pupil_id: int, upto: int, *, by: Person, now: datetime) -> None:
    """The family was told everything up to this call (its id); what has come since stays on the list. Repeated: nothing."""
    async with db.write() as tx:
        await _mine(tx, pupil_id, by)
        mine = (Call.pupil_id == pupil_id, Call.id <= upto, Call.done_at.is_(None))
        done = list(await tx.scalars(update(Call).where(*mine).values(done_at=now, done_by=by.known).returning(Call.id)))
        if done:
            tx.add(_audit(by, "calls.made", pupil_id, now, {"calls": sorted(done)}))


async def uncalled(db: Database, pupil_id: int, upto: int, *, by: Person, now: datetime) -> None:
    """It was not so: what was marked as told together with this call comes back to the list."""
    async with db.write() as tx:
        await _mine(tx, pupil_id, by)
        at = await calls.done_at(tx, pupil_id, upto)
        if at is None:
            return
        mine = (Call.pupil_id == pupil_id, Call.done_at == at)
        back = list(await tx.scalars(update(Call).where(*mine).values(done_at=None, done_by=None).returning(Call.id)))
        tx.add(_audit(by, "calls.not-made", pupil_id, now, {"calls": sorted(back)}))


async def _mine(tx: Tx, pupil_id: int, by: Person) -> None:
    school = await calls.school_of(tx, pupil_id)
    if school is None:
        raise Refusal("gone")
    require(by, "calls.see", Thing(pupil_id=pupil_id, school_id=school))


def _audit(by: Person, action: str, pupil_id: int, now: datetime, after: dict[str, list[int]]) -> Audit:
    return Audit(at=now, person_id=by.known, action=action, thing="pupil", thing_id=pupil_id, after=after)
