"""Withdrawing: personal rows are erased, counts remain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from bot.policy import Person as Known
from bot.policy import Thing, require
from bot.post.posting import Addressed, post_all
from bot.refusals import Refusal, unchanged
from bot.services.people.erasing import Erasing, forget, leave
from storage import keys
from storage.db import Database, Tx
from storage.tables import (
    Erasure,
    Guardianship,
    Pupil,
    Staff,
)


@dataclass(frozen=True)
class Withdrawn:
    """What a withdrawal did."""

    gone: bool  # the person is a stranger now


async def withdraw(db: Database, pupil_id: int | None, *, by: Known, now: datetime, seen: str | None = None) -> Withdrawn:
    """Withdraw for one child, or (None) for all and from the bot itself. A repeat finds it done.

    What stays: the pupil in the school's workbook, the staff's own posts, counts without a name, and the record that
    consent was given and withdrawn. `seen`: the stamp of the children the page named (`stamp(their ids)`).
    """
    require(by, "mydata.withdraw", Thing(pupil_id=pupil_id))
    async with db.write() as tx:
        secret = await keys.key(tx)
        if by.id is None:
            return await _done_already(tx, secret, by.telegram_id)
        wards = await _wards(tx, by.id)
        if pupil_id is not None and pupil_id not in wards:
            return await _withdrawn_already(tx, by.id, pupil_id)
        chosen = wards if pupil_id is None else [pupil_id]
        if pupil_id is None and wards:
            unchanged(seen, sorted(wards))
        gone = set(chosen) == set(wards) and not await _stays(tx, by.id, besides_own=pupil_id is None)
        work = Erasing(tx, secret, now)
        letters: list[Addressed] = []
        for each in chosen:
            letters += await leave(work, by.id, by.telegram_id, each)
        if gone:
            await forget(work, by.id, by.telegram_id)
        await post_all(tx, letters, now=now)
        await work.write_down(db)
        return Withdrawn(gone)


async def _done_already(tx: Tx, secret: bytes, telegram_id: int) -> Withdrawn:
    if await tx.scalar(select(Erasure.at).where(Erasure.mac == keys.mac(secret, "person", str(telegram_id)))) is None:
        raise Refusal("stranger")
    return Withdrawn(gone=True)


async def _withdrawn_already(tx: Tx, person_id: int, pupil_id: int) -> Withdrawn:
    once = select(Guardianship.id).where(Guardianship.person_id == person_id, Guardianship.pupil_id == pupil_id).limit(1)
    if await tx.scalar(once) is None:
        raise Refusal("gone")
    return Withdrawn(gone=False)


async def _wards(tx: Tx, person_id: int) -> list[int]:
    """The pupils this person acts for, locked; archived ones too."""
    rows = await tx.scalars(
        select(Guardianship.pupil_id)
        .where(Guardianship.person_id == person_id, Guardianship.until.is_(None))
        .order_by(Guardianship.pupil_id)
        .with_for_update()
    )
    return list(rows)


async def _stays(tx: Tx, person_id: int, *, besides_own: bool) -> bool:
    """Whether they are here as somebody else too: on the staff, or (unless they leave as that too) as a pupil."""
    post = select(Staff.id).where(Staff.person_id == person_id).limit(1)
    own = select(Pupil.id).where(Pupil.person_id == person_id).limit(1)
    return await tx.scalar(post) is not None or (not besides_own and await tx.scalar(own) is not None)
