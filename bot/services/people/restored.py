"""After a copy was put back: whoever had withdrawn since it was taken is erased again."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select

from bot.post.posting import Addressed, post_all
from bot.services.people.erasing import Erasing, anonymise, forget, leave
from storage import keys
from storage.db import Database, Tx
from storage.ledger import Known as Ledgers
from storage.people.consent import in_force
from storage.tables import (
    Consent,
    Erasure,
    Guardianship,
    Person,
    Pupil,
)


async def erasures(db: Database) -> list[tuple[bytes, datetime]]:
    """Who was erased from this database, and when."""
    async with db.read() as tx:
        return [(row.mac, row.at) for row in await tx.execute(select(Erasure.mac, Erasure.at))]


async def apply_ledgers(db: Database, ledgers: Ledgers, *, now: datetime) -> int:
    """Erase whoever these ledgers know to have withdrawn and this database does not. Returns how many people lost something.

    Safe to repeat, cheap when nothing is new; killed anywhere it has changed nothing, or all.
    """
    async with db.write() as tx:
        name = keys.name_of(await keys.key(tx))
    return await erase_again(db, ledgers.erased(name).items(), now=now)


async def keep_ledger(db: Database, *, now: datetime) -> int:
    """At every start: the database learns what the ledgers know, and this machine's ledger what the database knows.

    Returns how many people were erased again.
    """
    if db.ledger is None:
        return 0
    ledgers = await asyncio.to_thread(db.ledger.read)
    touched = await apply_ledgers(db, ledgers, now=now)
    async with db.write() as tx:
        name = keys.name_of(await keys.key(tx))
    known = ledgers.erased(name)
    missing = [(mac, at) for mac, at in await erasures(db) if mac not in known or known[mac] < at]
    await asyncio.to_thread(db.ledger.append, missing, name)
    await asyncio.to_thread(db.ledger.complete, now)
    return touched


async def erase_again(db: Database, carried: Iterable[tuple[bytes, datetime]], *, now: datetime) -> int:
    """Erase whoever withdrew after the copy was taken. Returns how many people lost something.

    Who came in anew after withdrawing keeps what came after.
    """
    async with db.write() as tx:
        done = {row.mac: row.at for row in await tx.execute(select(Erasure.mac, Erasure.at))}
        known = {mac: at for mac, at in carried if mac not in done or done[mac] < at}
        if not known:
            return 0
        work = Erasing(tx, await keys.key(tx), now, lines=list(known.items()))
        for mac, at in known.items():
            await work.keep(mac, at)
        letters: list[Addressed] = []
        touched = 0
        rows = await tx.execute(select(Person.id, Person.telegram_id, Person.created_at).where(Person.telegram_id.is_not(None)))
        for person_id, telegram_id, created_at in rows.all():
            touched += await _erase_person_again(work, person_id, telegram_id, created_at, known, letters)
        touched += await _erase_pupils_again(work, known, letters)
        await post_all(tx, letters, now=now)
        await work.write_down(db)
    return touched


async def _erase_person_again(
    work: Erasing,
    person_id: int,
    telegram_id: int | None,
    created_at: datetime,
    known: dict[bytes, datetime],
    letters: list[Addressed],
) -> bool:
    erased_at = known.get(keys.mac(work.secret, "person", str(telegram_id)))
    whole = erased_at is not None and created_at <= erased_at
    rows = await work.tx.execute(
        select(Guardianship.pupil_id, Guardianship.since, Pupil.code)
        .join(Pupil, Pupil.id == Guardianship.pupil_id)
        .where(Guardianship.person_id == person_id, Guardianship.until.is_(None))
    )
    left = 0
    for pupil_id, since, code in rows.all():
        at = known.get(keys.mac(work.secret, "child", f"{telegram_id}:{code}"))
        if whole or (at is not None and since <= at):
            letters += await leave(work, person_id, None, pupil_id)
            left += 1
    if whole:
        await forget(work, person_id, telegram_id)
    return whole or left > 0


async def _erase_pupils_again(work: Erasing, known: dict[bytes, datetime], letters: list[Addressed]) -> int:
    """Pupils nobody agreed for any more: in the copy a guardian may agree whose access was ended after it was taken.

    Returns how many guardians left a pupil by this.
    """
    tx, left = work.tx, 0
    for pupil_id, code in (await tx.execute(select(Pupil.id, Pupil.code))).all():
        at = known.get(keys.mac(work.secret, "pupil", code))
        if at is None or await _agreed_since(tx, pupil_id, at):
            continue
        agreeing = in_force(Guardianship.person_id, Guardianship.pupil_id, "processing")
        guardians = select(Guardianship.person_id).where(
            Guardianship.pupil_id == pupil_id, Guardianship.until.is_(None), agreeing
        )
        for person_id in (await tx.scalars(guardians)).all():
            letters += await leave(work, person_id, None, pupil_id)
            left += 1
        await anonymise(work, pupil_id)
    return left


async def _agreed_since(tx: Tx, pupil_id: int, at: datetime) -> bool:
    """Whether somebody agrees for this pupil who said so after that moment."""
    newer = select(Consent.id).where(
        Consent.pupil_id == pupil_id, Consent.purpose == "processing", Consent.withdrawn_at.is_(None), Consent.given_at > at
    )
    return await tx.scalar(newer.limit(1)) is not None
