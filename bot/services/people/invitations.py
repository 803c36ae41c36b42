"""Invitations: the only way in. One use, a term, five wrong tries; only HMACs are kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, insert, select, update

from bot.notices.people import CardMoved, CardOpened, CodesGuessed, GuardianJoined, GuardianReturned, VoidedTried
from bot.policy import Person as Known
from bot.policy import Thing, require
from bot.post.posting import Addressed, post_all
from bot.reading.workbook.rows import code_key, fold
from bot.refusals import Refusal
from bot.services.people import codes, posts
from storage import audit, keys, notes, unsaid
from storage.db import Database, Tx
from storage.people import invitations, people
from storage.people.invitations import Target
from storage.tables import Guardianship, Invitation, Person, Pupil, WrongCode
from storage.upsert import insert_or_change

STAFF_ROLES = ("coordinator", "director", "teacher", "partner")
FAMILY_ROLES = ("guardian", "student")

TTL_HOURS = 72
LONGEST_TTL_HOURS = 24 * 92
TRIES = 5  # wrong ones per Telegram account
WINDOW = timedelta(minutes=15)
ALARM = 50  # wrong ones an hour from everybody
HOUR = timedelta(hours=1)
TOLD = "codes-guessed-told-at"  # the note of when the coordinators were last told

# ── making ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Invited:
    """An invitation just made: shown once, kept nowhere."""

    payload: str  # of the deep link
    letters: str  # «7K3QX-M2PAR»
    role: str
    for_whom: str  # the full name, for staff to see
    first_name: str
    where: str  # the pupil's class, the organization of staff
    expires_at: datetime


async def make_invitation(
    db: Database, role: str, code: str, *, ttl_hours: int = TTL_HOURS, now: datetime, by: Known | None = None
) -> Invited:
    """A one-time way in for the member of staff or the pupil with this workbook code. `by` None: the command line.

    Refusals: invite-no-role, invite-no-pupil, invite-no-staff, invite-other-role, invite-ttl, not-yours.
    """
    if by is not None:
        require(by, "network.invite", Thing())
    if role not in STAFF_ROLES + FAMILY_ROLES:
        raise Refusal("invite-no-role", role=role)
    check_term(ttl_hours)
    async with db.write() as tx:
        target = await _target(tx, role, code)
        if by is not None:
            require(by, "network.invite", Thing(school_id=target.school_id))
        return (await make(tx, role, [target], ttl_hours=ttl_hours, now=now, by=by))[0]


async def make_anew(db: Database, pupil_id: int, *, now: datetime, by: Known) -> list[Invited]:
    """New sheets for the other guardians in place of those an ended guardianship has voided; a repeat makes no more."""
    require(by, "network.invite", Thing())
    async with db.write() as tx:
        chosen = await invitations.targets(tx, kind="pupil", number=pupil_id)
        if not chosen:
            raise Refusal("gone")
        require(by, "network.invite", Thing(school_id=chosen[0].school_id))
        count = await invitations.to_make_anew(tx, pupil_id)
        return await make(tx, "guardian", chosen * count, ttl_hours=TTL_HOURS, now=now, by=by)


async def end_own_account(db: Database, pupil_id: int, *, now: datetime, by: Known) -> None:
    """The pupil's own account, opened on the wrong phone, is no longer theirs. A repeat changes nothing."""
    async with db.write() as tx:
        row = (await tx.execute(select(Pupil.school_id, Pupil.person_id).where(Pupil.id == pupil_id))).one_or_none()
        require(by, "guardianship.end", Thing(school_id=row.school_id if row else None))
        if row is None:
            raise Refusal("gone")
        if row.person_id is None:
            return
        await tx.execute(update(Pupil).where(Pupil.id == pupil_id).values(person_id=None))
        await unsaid.cancel_about(tx, pupil_id, "the pupil's account was ended", person_id=row.person_id)
        audit.log(tx, by.known, "account.end", ("pupil", pupil_id), audit.Change(before={"person": row.person_id}), now=now)


def link(username: str, payload: str) -> str:
    return f"https://t.me/{username}?start={payload}"


async def reachable(db: Database, *, by: Known) -> list[Target]:
    """Everybody this coordinator may invite: the pupils of their school by class and name, and staff."""
    require(by, "network.invite", Thing())
    async with db.read() as tx:
        everybody = await invitations.targets(tx)
    schools = by.organizations_as("coordinator")
    return [each for each in everybody if each.school_id is None or each.school_id in schools]


async def find(db: Database, typed: str, *, by: Known) -> list[Target]:
    """Whom a coordinator means by the beginning of a surname, by ФИО, or by a workbook code. Refusal: invite-unknown-name."""
    theirs = await reachable(db, by=by)
    same = _by_code(theirs, typed)
    if same:
        return same[:1]
    words = [fold(word) for word in typed.split()]
    found = [each for each in theirs if words and _named(each, words)]
    if not found:
        raise Refusal("invite-unknown-name", typed=typed)
    return found


def _named(target: Target, words: list[str]) -> bool:
    """Whether each word begins another part of the ФИО, in any order."""
    parts = [fold(part) for part in target.full_name.split()]
    for word in words:
        fitting = next((part for part in parts if part.startswith(word)), None)
        if fitting is None:
            return False
        parts.remove(fitting)
    return True


def classmates(everybody: Iterable[Target], like: int) -> list[Target]:
    """The class of the pupil with this id, themself too, as the school's workbook has it. Refusal: gone."""
    everybody = list(everybody)
    for one in everybody:
        if one.kind == "pupil" and one.id == like:
            return [each for each in everybody if (each.kind, each.school_id, each.where) == ("pupil", one.school_id, one.where)]
    raise Refusal("gone")


def check_term(ttl_hours: int) -> None:
    if not 1 <= ttl_hours <= LONGEST_TTL_HOURS:
        raise Refusal("invite-ttl", longest=LONGEST_TTL_HOURS)


async def _target(tx: Tx, role: str, code: str) -> Target:
    kind = "staff" if role in STAFF_ROLES else "pupil"
    found = _by_code(await invitations.targets(tx, kind=kind), code)
    if not found:
        raise Refusal("invite-no-staff" if kind == "staff" else "invite-no-pupil", code=code.strip())
    target = found[0]
    if kind == "staff" and target.role != role:
        raise Refusal("invite-other-role", code=target.code, asked=role, holds=target.role or "")
    return target


def _by_code(everybody: Iterable[Target], code: str) -> list[Target]:
    """By code without case and outer spaces; else as typed with Latin letters for Cyrillic ones («Y-701»)."""
    everybody = list(everybody)
    same = [each for each in everybody if code_key(each.code) == code_key(code)]
    return same or [each for each in everybody if fold(each.code) == fold(code)]


async def make(tx: Tx, role: str, chosen: list[Target], *, ttl_hours: int, now: datetime, by: Known | None) -> list[Invited]:
    """An invitation for each of these, within the caller's transaction."""
    secret = await keys.key(tx)
    expires_at = now + timedelta(hours=ttl_hours)
    made: list[Invited] = []
    for target in chosen:
        staff_id, pupil_id = (target.id, None) if target.kind == "staff" else (None, target.id)
        if role != "guardian":
            await invitations.end_earlier(tx, role, staff_id=staff_id, pupil_id=pupil_id, now=now)
        payload, letters = codes.new_payload(), codes.new_letters()
        kept = Invitation(
            role=role,
            staff_id=staff_id,
            pupil_id=pupil_id,
            token_mac=keys.mac(secret, "link", payload),
            code_mac=keys.mac(secret, "letters", letters),
            created_at=now,
            expires_at=expires_at,
            made_by=by.id if by else None,
        )
        tx.add(kept)
        await tx.flush()
        after = {"role": role, "staff": staff_id, "pupil": pupil_id}
        audit.log(tx, by.id if by else None, "invitation.made", ("invitation", kept.id), audit.Change(after=after), now=now)
        name = people.first_name(target.full_name)
        made.append(Invited(payload, codes.shown(letters), role, target.full_name, name, target.where, expires_at))
    return made


# ── entering ────────────────────────────────────────────────────────────────────────────────────────────────────────


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
        await _refuse_locked(tx, telegram_id, now)
        entered = await _enter(tx, typed, telegram_id=telegram_id, now=now)
        if entered is None:
            await _count_wrong(tx, telegram_id, now)
    if entered is None:
        raise Refusal("code-wrong")
    return entered


async def _refuse_locked(tx: Tx, telegram_id: int, now: datetime) -> None:
    wrong = await invitations.wrong_since(tx, telegram_id, now - WINDOW)
    if len(wrong) >= TRIES:
        raise Refusal("code-locked", until=wrong[-TRIES] + WINDOW)


async def _count_wrong(tx: Tx, telegram_id: int, now: datetime) -> None:
    """Remember a wrong try; many within an hour are told to the coordinators, once an hour."""
    await tx.execute(insert(WrongCode).values(telegram_id=telegram_id, at=now))
    await invitations.forget_wrong(tx, now - 24 * HOUR)
    if await invitations.wrong_in_all(tx, now - HOUR, at_most=ALARM) < ALARM:
        return
    told = await notes.note(tx, TOLD)
    if told is not None and datetime.fromisoformat(told) > now - HOUR:
        return
    await notes.keep(tx, TOLD, now.isoformat())
    notice = CodesGuessed(count=ALARM, at=now)
    office = await people.office(tx, "coordinator")
    await post_all(tx, [Addressed(person_id, notice, role="coordinator") for person_id in office], now=now)


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
