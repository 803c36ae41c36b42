"""Withdrawing: personal rows are erased, counts remain, and a restored copy forgets again."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.notices.people import FamilyWithdrew
from bot.policy import Person as Known
from bot.policy import Thing, require
from bot.refusals import Refusal
from bot.services.people import part
from bot.services.post import Addressed, post_all
from storage import keys, mydata, outbox, people, talks
from storage.db import Database, Tx
from storage.tables import (
    Acknowledgement,
    Application,
    Audit,
    Call,
    Choice,
    ChoiceChange,
    Entry,
    Erasure,
    Guardianship,
    Person,
    Pupil,
    Shortlisted,
    Staff,
    Update,
    WrongCode,
)

WHY = "consent was withdrawn"
# A place in a group stays taken: whether the child goes on learning there on paper, school and partner decide. What had
# not come to a place yet ends.
ENDS = ("submitted", "returned", "approved", "requested", "reserve", "offered")


@dataclass(frozen=True)
class Withdrawn:
    """What a withdrawal did."""

    gone: bool  # the person is a stranger now


async def withdraw(db: Database, pupil_id: int | None, *, by: Known, now: datetime) -> Withdrawn:
    """Withdraw for one child, or (None) for all and from the bot itself. A repeat finds it done.

    What stays: the pupil in the school's workbook, the staff's own posts, counts without a name, and the record that
    consent was given and withdrawn.
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
        gone = set(chosen) == set(wards) and not await _stays(tx, by.id, besides_own=pupil_id is None)
        letters: list[Addressed] = []
        for each in chosen:
            letters += await _leave(tx, by.id, by.telegram_id, each, secret, now)
        if gone:
            await _forget(tx, by.id, by.telegram_id, secret, now)
        await post_all(tx, letters, now=now)
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


# ── a child ─────────────────────────────────────────────────────────────────────────────────────────────────────────


async def _leave(tx: Tx, person_id: int, telegram_id: int | None, pupil_id: int, secret: bytes, now: datetime) -> list[Addressed]:
    """One guardian leaves one child. Returns the letters that tell the coordinators."""
    pupil = (
        await tx.execute(select(Pupil.code, Pupil.full_name, Pupil.class_name, Pupil.school_id).where(Pupil.id == pupil_id))
    ).one()
    last = not await mydata.agreeing_besides(tx, person_id, [pupil_id])
    courses = await mydata.enrolled_in(tx, pupil_id) if last else []
    await part(tx, person_id, pupil_id, now=now, why=WHY)
    await outbox.erase(tx, WHY, person_id=person_id, pupil_id=pupil_id)
    await _cut(tx, person_id, pupil_id)
    if last:
        await _anonymise(tx, pupil_id, secret, now)
    if telegram_id is not None:
        await _remember(tx, keys.mac(secret, "child", f"{telegram_id}:{pupil.code}"), now)
    tx.add(Audit(at=now, person_id=person_id, action="consent.withdrawn", thing="pupil", thing_id=pupil_id, after={"last": last}))
    notice = FamilyWithdrew(
        name=pupil.full_name, class_name=pupil.class_name, courses=courses, last=last, id_pupil=pupil_id, at=now
    )
    office = await people.office(tx, "coordinator", organization_id=pupil.school_id)
    return [Addressed(each, notice, role="coordinator") for each in office if each != person_id]


async def _cut(tx: Tx, person_id: int, pupil_id: int) -> None:
    """What ties this guardian to what stays about the child."""
    theirs = select(Application.id).where(Application.pupil_id == pupil_id)
    await _drop_drafts(tx, Application.pupil_id == pupil_id, Application.person_id == person_id)
    await tx.execute(
        update(ChoiceChange)
        .where(
            ChoiceChange.by == person_id, ChoiceChange.choice_id.in_(select(Choice.id).where(Choice.application_id.in_(theirs)))
        )
        .values(by=None)
    )
    await tx.execute(
        update(Application).where(Application.pupil_id == pupil_id, Application.person_id == person_id).values(person_id=None)
    )
    await tx.execute(delete(Acknowledgement).where(Acknowledgement.person_id == person_id, Acknowledgement.pupil_id == pupil_id))
    await tx.execute(delete(Shortlisted).where(Shortlisted.person_id == person_id, Shortlisted.pupil_id == pupil_id))


async def _anonymise(tx: Tx, pupil_id: int, secret: bytes, now: datetime) -> None:
    """Nobody agrees any more that this child's data are processed: what is counted loses the name, the rest goes."""
    await _drop_drafts(tx, Application.pupil_id == pupil_id)
    theirs = select(Application.id).where(Application.pupil_id == pupil_id)
    choices = list((await tx.scalars(select(Choice.id).where(Choice.application_id.in_(theirs)))).all())
    await _end_choices(tx, choices, now)
    await tx.execute(update(ChoiceChange).where(ChoiceChange.choice_id.in_(choices)).values(reason=None))
    await tx.execute(update(Choice).where(Choice.id.in_(choices)).values(override=None))
    await tx.execute(delete(Call).where(Call.pupil_id == pupil_id))
    await tx.execute(
        update(Application)
        .where(Application.pupil_id == pupil_id, Application.state.in_(("submitted", "returned")))
        .values(state="withdrawn")
    )
    await tx.execute(
        update(Application).where(Application.pupil_id == pupil_id).values(pupil_id=None, person_id=None, reason=None)
    )
    await tx.execute(update(Entry).where(Entry.pupil_id == pupil_id).values(pupil_id=None, comment=None))
    await tx.execute(delete(Acknowledgement).where(Acknowledgement.pupil_id == pupil_id))
    await tx.execute(delete(Shortlisted).where(Shortlisted.pupil_id == pupil_id))
    await outbox.erase(tx, WHY, pupil_id=pupil_id)
    await _end_own_account(tx, pupil_id, secret, now)


async def _end_choices(tx: Tx, choices: Collection[int], now: datetime) -> None:
    """What waited for a decision is withdrawn, and its place in a line with it."""
    waiting = (await tx.execute(select(Choice.id, Choice.state).where(Choice.id.in_(choices), Choice.state.in_(ENDS)))).all()
    if not waiting:
        return
    await tx.execute(
        update(Choice)
        .where(Choice.id.in_([row.id for row in waiting]))
        .values(state="withdrawn", group_id=None, reserve_at=None, changed_at=now)
    )
    await tx.execute(
        insert(ChoiceChange), [{"choice_id": row.id, "was": row.state, "now": "withdrawn", "at": now} for row in waiting]
    )


async def _drop_drafts(tx: Tx, *which: object) -> None:
    """A draft was never handed in: nothing counts it."""
    drafts = list((await tx.scalars(select(Application.id).where(Application.state == "draft", *which))).all())  # type: ignore[arg-type]
    choices = select(Choice.id).where(Choice.application_id.in_(drafts))
    await tx.execute(delete(ChoiceChange).where(ChoiceChange.choice_id.in_(choices)))
    await tx.execute(delete(Choice).where(Choice.application_id.in_(drafts)))
    await tx.execute(delete(Application).where(Application.id.in_(drafts)))


async def _end_own_account(tx: Tx, pupil_id: int, secret: bytes, now: datetime) -> None:
    """The pupil's own way in goes with their data."""
    own = (
        await tx.execute(
            select(Person.id, Person.telegram_id).join(Pupil, Pupil.person_id == Person.id).where(Pupil.id == pupil_id)
        )
    ).first()
    if own is None:
        return
    await tx.execute(update(Pupil).where(Pupil.id == pupil_id).values(person_id=None))
    still = or_(
        select(Guardianship.id).where(Guardianship.person_id == own.id, Guardianship.until.is_(None)).exists(),
        select(Staff.id).where(Staff.person_id == own.id).exists(),
        select(Pupil.id).where(Pupil.person_id == own.id).exists(),
    )
    if not await tx.scalar(select(still)):
        await _forget(tx, own.id, own.telegram_id, secret, now)


# ── the person ──────────────────────────────────────────────────────────────────────────────────────────────────────


async def _forget(tx: Tx, person_id: int, telegram_id: int | None, secret: bytes, now: datetime) -> None:
    """The row stays without anything of theirs: consents and counts hang on it."""
    await tx.execute(update(Pupil).where(Pupil.person_id == person_id).values(person_id=None))
    await tx.execute(delete(Acknowledgement).where(Acknowledgement.person_id == person_id))
    await tx.execute(delete(Shortlisted).where(Shortlisted.person_id == person_id))
    await outbox.erase(tx, WHY, person_id=person_id)
    await tx.execute(
        update(Person)
        .where(Person.id == person_id)
        .values(
            telegram_id=None,
            name="",
            language=None,
            detail="discreet",
            quiet_from=None,
            quiet_to=None,
            unreachable_at=None,
        )
    )
    tx.add(Audit(at=now, person_id=person_id, action="person.erased", thing="person", thing_id=person_id))
    if telegram_id is None:
        return
    await talks.forget(tx, f"{telegram_id}:{telegram_id}")
    await tx.execute(delete(WrongCode).where(WrongCode.telegram_id == telegram_id))
    await tx.execute(update(Update).where(Update.chat_id == telegram_id, Update.state == "done").values(chat_id=None))
    await _remember(tx, keys.mac(secret, "person", str(telegram_id)), now)


async def _remember(tx: Tx, mac: bytes, now: datetime) -> None:
    dialect = postgresql if tx.get_bind().dialect.name == "postgresql" else sqlite
    row = dialect.insert(Erasure).values(mac=mac, at=now)
    await tx.execute(row.on_conflict_do_update(index_elements=["mac"], set_={"at": now}))


# ── after a copy was put back ───────────────────────────────────────────────────────────────────────────────────────


async def erasures(db: Database) -> list[tuple[bytes, datetime]]:
    """Who was erased and when: to be carried over from the database a copy takes the place of."""
    async with db.read() as tx:
        return [(row.mac, row.at) for row in await tx.execute(select(Erasure.mac, Erasure.at))]


async def erase_again(db: Database, carried: Collection[tuple[bytes, datetime]] = (), *, now: datetime) -> int:
    """Erase whoever withdrew after the copy was taken. Returns how many people lost something.

    `carried` is what `erasures` gave of the replaced database. Who came in anew after withdrawing keeps what came after.
    """
    async with db.write() as tx:
        secret = await keys.key(tx)
        known = {row.mac: row.at for row in await tx.execute(select(Erasure.mac, Erasure.at))}
        known |= {mac: max(at, known.get(mac, at)) for mac, at in carried}
        touched = 0
        rows = await tx.execute(select(Person.id, Person.telegram_id, Person.created_at).where(Person.telegram_id.is_not(None)))
        for person_id, telegram_id, created_at in rows.all():
            touched += await _erase_person_again(tx, person_id, telegram_id, created_at, known, secret, now)
        for mac, at in known.items():
            await _remember(tx, mac, at)
    return touched


async def _erase_person_again(
    tx: Tx,
    person_id: int,
    telegram_id: int | None,
    created_at: datetime,
    known: dict[bytes, datetime],
    secret: bytes,
    now: datetime,
) -> bool:
    erased_at = known.get(keys.mac(secret, "person", str(telegram_id)))
    whole = erased_at is not None and created_at <= erased_at
    rows = await tx.execute(
        select(Guardianship.pupil_id, Guardianship.since, Pupil.code)
        .join(Pupil, Pupil.id == Guardianship.pupil_id)
        .where(Guardianship.person_id == person_id, Guardianship.until.is_(None))
    )
    left = 0
    for pupil_id, since, code in rows.all():
        at = known.get(keys.mac(secret, "child", f"{telegram_id}:{code}"))
        if whole or (at is not None and since <= at):
            await _leave(tx, person_id, None, pupil_id, secret, now)
            left += 1
    if whole:
        await _forget(tx, person_id, telegram_id, secret, now)
    return whole or left > 0
