"""Coming in by an invitation: one use, a term, five wrong tries; who is told of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, update

from bot.notices.people import CardMoved, CardOpened, GuardianJoined, GuardianReturned, VoidedTried
from bot.post.posting import Addressed, post_all
from bot.refusals import Refusal
from bot.services.people import codes, posts
from bot.services.people.guessing import count_wrong, refuse_locked
from bot.services.people.invitations import STAFF_ROLES
from storage import audit, keys
from storage.db import Database, Tx
from storage.people import invitations, people
from storage.tables import Guardianship, Invitation, Person, Pupil
from storage.upsert import insert_or_change


@dataclass(frozen=True)
class Entered:
    """Who came in as what."""

    person_id: int
    role: str
    pupil_id: int | None
    again: bool  # they were in already: nothing was changed
    waits: bool = False  # the post is held: its holder was asked first


async def enter(db: Database, typed: str, *, telegram_id: int, now: datetime) -> Entered:
    """Come in by a deep link's payload or a code in letters. The same sentence for wrong, used and expired.

    A post that somebody holds passes at once by an invitation of the command line; by one made in chat its holder is asked.
    Refusals: code-wrong; code-locked after five wrong tries within 15 minutes, for a right code too; card-of-a-child on an
    adult's phone and card-of-an-adult on a child's, which leave the invitation as good as it was.
    """
    async with db.write() as tx:
        await refuse_locked(tx, telegram_id, now)
        entered = await _enter(tx, typed, telegram_id=telegram_id, now=now)
        if entered is None:
            await count_wrong(tx, telegram_id, now)
    if entered is None:
        raise Refusal("code-wrong")
    return entered


async def _enter(tx: Tx, typed: str, *, telegram_id: int, now: datetime) -> Entered | None:
    secret = await keys.key(tx)
    payload = codes.payload_in(typed) or typed.strip()
    letters = codes.letters_in(typed) or ""
    found = await invitations.by_macs(tx, keys.mac(secret, "link", payload), keys.mac(secret, "letters", letters))
    if found is None or found.gone:
        return None
    thing = {"staff_id": found.staff_id, "pupil_id": found.pupil_id}
    person_id = await tx.scalar(select(Person.id).where(Person.telegram_id == telegram_id))
    if found.voided_at is not None:
        await _tell_tried(tx, found, person_id, now)
        return None
    if person_id is not None and await invitations.holds(tx, person_id, found.role, **thing):
        await tx.execute(update(Person).where(Person.id == person_id).values(unreachable_at=None))
        return Entered(person_id, found.role, found.pupil_id, again=True)
    if person_id is not None and await posts.waits(tx, found.id, person_id, now):
        return Entered(person_id, found.role, None, again=True, waits=True)
    if person_id is not None and found.used_at is None and found.expires_at > now:
        await _refuse_wrong_phone(tx, found.role, person_id)
    if not await invitations.take(tx, found.id, now=now):
        return None
    asks = found.role in STAFF_ROLES and found.holder is not None and found.made_by is not None
    theirs = "" if found.role == "guardian" or asks else found.full_name
    person_id = await _person(tx, telegram_id, theirs, now)
    await tx.execute(update(Invitation).where(Invitation.id == found.id).values(used_by=person_id))
    if asks:
        await posts.ask(tx, found, person_id, now=now)
        return Entered(person_id, found.role, None, again=False, waits=True)
    await _give(tx, found, person_id, now, theirs)
    audit.log(
        tx, person_id, "invitation.used", ("invitation", found.id), audit.Change(after={"role": found.role, **thing}), now=now
    )
    return Entered(person_id, found.role, found.pupil_id, again=False)


async def _refuse_wrong_phone(tx: Tx, role: str, person_id: int) -> None:
    """Whoever is in as somebody stays who they are: a child's card is not for a mother's phone, nor hers for the child's."""
    if role == "student" and await invitations.is_adult(tx, person_id):
        raise Refusal("card-of-a-child")
    if role != "student" and await invitations.is_pupil(tx, person_id):
        raise Refusal("card-of-an-adult")


async def _tell_tried(tx: Tx, found: Row[*tuple[Any, ...]], person_id: int | None, now: datetime) -> None:
    """Somebody tries what was voided when a guardianship ended: told to the school's coordinators, once an hour."""
    tried = audit.Change(after={"role": found.role, "pupil": found.pupil_id})
    audit.log(tx, person_id, "invitation.voided-tried", ("invitation", found.id), tried, now=now)
    notice = VoidedTried(number=found.id, id_hour=f"{now:%Y-%m-%dT%H}")
    office = await people.office(tx, "coordinator", organization_id=found.school_id)
    await post_all(tx, [Addressed(each, notice, role="coordinator") for each in office], now=now)


async def _person(tx: Tx, telegram_id: int, name: str, now: datetime) -> int:
    """The person of this account, made if new; whoever had blocked the bot is reached again."""
    new = {"telegram_id": telegram_id, "name": name, "detail": "discreet", "created_at": now}
    await tx.execute(insert_or_change(tx, Person, new, by="telegram_id", change={"unreachable_at": None}))
    return (await tx.scalars(select(Person.id).where(Person.telegram_id == telegram_id))).one()


async def _give(tx: Tx, invitation: Row[*tuple[Any, ...]], person_id: int, now: datetime, name: str) -> None:
    """What the invitation is for: a child to act for, a post, or being the pupil."""
    if invitation.role != "student":
        await _no_longer_pupil(tx, person_id, name)
    if invitation.role == "guardian":
        if await invitations.was_parted(tx, person_id, invitation.pupil_id):
            await _tell_returned(tx, invitation, now)
        others = await invitations.guardians(tx, invitation.pupil_id)
        tx.add(Guardianship(person_id=person_id, pupil_id=invitation.pupil_id, since=now))
        await tx.flush()
        await _tell_others(tx, invitation, person_id, others, now)
    elif invitation.role == "student":
        await tx.execute(update(Pupil).where(Pupil.id == invitation.pupil_id).values(person_id=person_id))
        await _tell_card_opened(tx, invitation, person_id, now)
    else:
        await posts.take(tx, invitation.staff_id, person_id, invitation.full_name, former=invitation.holder, now=now)


async def _no_longer_pupil(tx: Tx, person_id: int, name: str) -> None:
    """A child's card that was opened on an adult's phone before anybody had agreed: they are who their own sheet says."""
    closed = update(Pupil).where(Pupil.person_id == person_id).values(person_id=None).returning(Pupil.id)
    if (await tx.execute(closed)).first() is not None:
        await tx.execute(update(Person).where(Person.id == person_id).values(name=name))


async def _tell_card_opened(tx: Tx, invitation: Row[*tuple[Any, ...]], person_id: int, now: datetime) -> None:
    """The guardians hear that the pupil's card was opened, and so does the account it takes the place of."""
    former = invitation.holder
    notice = CardOpened(
        child=people.first_name(invitation.full_name),
        moved=former is not None,
        id_pupil=invitation.pupil_id,
        id_person=person_id,
        id_at=now.isoformat(),
    )
    guardians = await invitations.guardians(tx, invitation.pupil_id)
    letters = [Addressed(each, notice, invitation.pupil_id, "guardian") for each in guardians]
    if former is not None:
        letters.append(Addressed(former, CardMoved(id_pupil=invitation.pupil_id, id_at=now.isoformat())))
    await post_all(tx, letters, now=now)


async def _tell_returned(tx: Tx, invitation: Row[*tuple[Any, ...]], now: datetime) -> None:
    """Whose access was ended has come in again by a new invitation: the coordinators may not have meant them."""
    notice = GuardianReturned(number=invitation.id, id_pupil=invitation.pupil_id)
    office = await people.office(tx, "coordinator", organization_id=invitation.school_id)
    await post_all(tx, [Addressed(each, notice, role="coordinator") for each in office], now=now)


async def _tell_others(tx: Tx, invitation: Row[*tuple[Any, ...]], person_id: int, others: list[int], now: datetime) -> None:
    notice = GuardianJoined(
        child=people.first_name(invitation.full_name),
        id_pupil=invitation.pupil_id,
        id_person=person_id,
    )
    letters = [Addressed(other, notice, invitation.pupil_id, "guardian") for other in others if other != person_id]
    await post_all(tx, letters, now=now)
