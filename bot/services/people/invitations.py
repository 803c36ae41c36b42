"""Invitations: the only way in. One use, a term, five wrong tries; only HMACs are kept."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, insert, select, update

from bot.notices.people import CardMoved, CardOpened, CodesGuessed, GuardianJoined, GuardianReturned, VoidedTried
from bot.policy import Person as Known
from bot.policy import Thing, require
from bot.post.posting import Addressed, post_all
from bot.reading.workbook.rows import code_key, fold, fold_class
from bot.refusals import Refusal
from bot.services.people import codes, posts
from storage import keys, notes, unsaid
from storage.db import Database, Tx
from storage.people import invitations, people
from storage.people.invitations import Target
from storage.tables import Audit, Guardianship, Invitation, Person, Pupil, WrongCode
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
LONGEST_NAME = 64

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
    _check_term(ttl_hours)
    async with db.write() as tx:
        target = await _target(tx, role, code)
        if by is not None:
            require(by, "network.invite", Thing(school_id=target.school_id))
        return (await _make(tx, role, [target], ttl_hours=ttl_hours, now=now, by=by))[0]


async def invite_class(db: Database, class_name: str | None, *, ttl_hours: int = TTL_HOURS, now: datetime) -> list[Invited]:
    """An invitation for a guardian of every pupil of a class («7А»), or of all: for the sheets that are printed and cut."""
    _check_term(ttl_hours)
    async with db.write() as tx:
        everybody = await invitations.targets(tx, kind="pupil")
        chosen = [each for each in everybody if class_name is None or fold_class(each.where) == fold_class(class_name)]
        if not chosen:
            raise Refusal("invite-empty-class", name=class_name or "")
        return await _make(tx, "guardian", chosen, ttl_hours=ttl_hours, now=now, by=None)


async def invite_staff(db: Database, *, ttl_hours: int = TTL_HOURS, now: datetime) -> list[Invited]:
    """An invitation for every member of staff who is not in yet, by organization and name; each to their own post."""
    _check_term(ttl_hours)
    async with db.write() as tx:
        entered = await invitations.entered_staff(tx)
        waiting = [each for each in await invitations.targets(tx, kind="staff") if each.id not in entered]
        if not waiting:
            raise Refusal("invite-all-in")
        made: list[Invited] = []
        for target in sorted(waiting, key=lambda each: (each.where, each.full_name, each.id)):
            made += await _make(tx, target.role or "", [target], ttl_hours=ttl_hours, now=now, by=None)
        return made


async def make_anew(db: Database, pupil_id: int, *, now: datetime, by: Known) -> list[Invited]:
    """New sheets for the other guardians in place of those an ended guardianship has voided; a repeat makes no more."""
    require(by, "network.invite", Thing())
    async with db.write() as tx:
        chosen = await invitations.targets(tx, kind="pupil", number=pupil_id)
        if not chosen:
            raise Refusal("gone")
        require(by, "network.invite", Thing(school_id=chosen[0].school_id))
        count = await invitations.to_make_anew(tx, pupil_id)
        return await _make(tx, "guardian", chosen * count, ttl_hours=TTL_HOURS, now=now, by=by)


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
        tx.add(
            Audit(
                at=now,
                person_id=by.known,
                action="account.end",
                thing="pupil",
                thing_id=pupil_id,
                before={"person": row.person_id},
            )
        )


def link(username: str, payload: str) -> str:
    return f"https://t.me/{username}?start={payload}"


async def find(db: Database, code: str, *, by: Known) -> Target:
    """Whom a coordinator means by this workbook code: a pupil of their school, or staff."""
    require(by, "network.invite", Thing())
    async with db.read() as tx:
        found = _by_code(await invitations.targets(tx), code)
    schools = by.organizations_as("coordinator")
    for target in found:
        if target.school_id is None or target.school_id in schools:
            return target
    raise Refusal("invite-unknown-code", code=code)


def _check_term(ttl_hours: int) -> None:
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


async def _make(tx: Tx, role: str, chosen: list[Target], *, ttl_hours: int, now: datetime, by: Known | None) -> list[Invited]:
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
        tx.add(_audit(now, by.id if by else None, "invitation.made", kept.id, after))
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


async def enter(db: Database, typed: str, *, telegram_id: int, name: str, now: datetime) -> Entered:
    """Come in by a deep link's payload or a code in letters. The same sentence for wrong, used and expired.

    A post that somebody holds passes at once by an invitation of the command line; by one made in chat its holder is asked.
    Refusals: code-wrong; code-locked after five wrong tries within 15 minutes, for a right code too; card-of-a-child on an
    adult's phone and card-of-an-adult on a child's, which leave the invitation as good as it was.
    """
    async with db.write() as tx:
        await _refuse_locked(tx, telegram_id, now)
        entered = await _enter(tx, typed, telegram_id=telegram_id, name=name, now=now)
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


async def _enter(tx: Tx, typed: str, *, telegram_id: int, name: str, now: datetime) -> Entered | None:
    secret = await keys.key(tx)
    payload = codes.payload_in(typed) or typed.strip()
    letters = codes.read(typed) or ""
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
    theirs = clean(name) if found.role == "guardian" or asks else found.full_name
    person_id = await _person(tx, telegram_id, theirs, now)
    await tx.execute(update(Invitation).where(Invitation.id == found.id).values(used_by=person_id))
    if asks:
        await posts.ask(tx, found, person_id, now=now)
        return Entered(person_id, found.role, None, again=False, waits=True)
    await _give(tx, found, person_id, now, theirs)
    tx.add(_audit(now, person_id, "invitation.used", found.id, {"role": found.role, **thing}))
    return Entered(person_id, found.role, found.pupil_id, again=False)


async def _refuse_wrong_phone(tx: Tx, role: str, person_id: int) -> None:
    """Whoever is in as somebody stays who they are: a child's card is not for a mother's phone, nor hers for the child's."""
    if role == "student" and await invitations.is_adult(tx, person_id):
        raise Refusal("card-of-a-child")
    if role != "student" and await invitations.is_pupil(tx, person_id):
        raise Refusal("card-of-an-adult")


async def _tell_tried(tx: Tx, found: Row[*tuple[Any, ...]], person_id: int | None, now: datetime) -> None:
    """Somebody tries what was voided when a guardianship ended: told to the school's coordinators, once an hour."""
    tx.add(_audit(now, person_id, "invitation.voided-tried", found.id, {"role": found.role, "pupil": found.pupil_id}))
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
    name = await tx.scalar(select(Person.name).where(Person.id == person_id)) or ""
    notice = GuardianJoined(
        child=people.first_name(invitation.full_name),
        guardian=(name.split() or [""])[0],
        id_pupil=invitation.pupil_id,
        id_person=person_id,
    )
    letters = [Addressed(other, notice, invitation.pupil_id, "guardian") for other in others if other != person_id]
    await post_all(tx, letters, now=now)


def clean(name: str) -> str:
    """A name as Telegram gives it, without what only disturbs a page: invisible and direction characters, endless length."""
    seen = "".join(" " if unicodedata.category(each)[0] in "CZ" else each for each in name)
    return " ".join(seen.split())[:LONGEST_NAME].strip()


def _audit(now: datetime, person_id: int | None, action: str, thing_id: int, after: dict[str, Any]) -> Audit:
    return Audit(at=now, person_id=person_id, action=action, thing="invitation", thing_id=thing_id, after=after)
