"""Invitations: the only way in. Who is invited, by whom, for how long; only HMACs are kept."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select, update

from bot.policy import Person as Known
from bot.policy import Thing, require
from bot.reading.workbook.rows import code_key, fold
from bot.refusals import Refusal
from bot.services.network.years import this_year
from bot.services.people import codes
from storage import audit, keys, unsaid
from storage.db import Database, Tx
from storage.people import invitations, people
from storage.people.invitations import Target
from storage.tables import Invitation, Pupil

STAFF_ROLES = ("coordinator", "director", "teacher", "partner")
FAMILY_ROLES = ("guardian", "student")

TTL_HOURS = 72
LONGEST_TTL_HOURS = 24 * 92


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
        chosen = await invitations.targets(tx, None, kind="pupil", number=pupil_id)
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


async def reachable(db: Database, *, by: Known, today: date, kind: str | None = None) -> list[Target]:
    """Everybody (of this kind) this coordinator may invite: the pupils of their school by class and name, and staff."""
    require(by, "network.invite", Thing())
    schools = by.organizations_as("coordinator")
    async with db.read() as tx:
        everybody = await invitations.targets(tx, await this_year(tx, today), kind=kind, schools=schools)
    return [each for each in everybody if each.school_id is None or each.school_id in schools]


async def classes_of(db: Database, *, by: Known, today: date) -> dict[tuple[int, str], int]:
    """By school and class of their school one of its pupils."""
    require(by, "network.invite", Thing())
    async with db.read() as tx:
        return await invitations.classes(tx, await this_year(tx, today), by.organizations_as("coordinator"))


async def class_of(db: Database, like: int, *, by: Known, today: date) -> list[Target]:
    """The class of a pupil of their school, themself too. Refusal: gone."""
    require(by, "network.invite", Thing())
    async with db.read() as tx:
        return await classmates(tx, like, today, by.organizations_as("coordinator"))


async def classmates(tx: Tx, like: int, today: date, schools: Collection[int] | None = None) -> list[Target]:
    """The class of the pupil with this id, themself too, as the workbook of the school (one of these) has it. Refusal: gone."""
    year = await this_year(tx, today)
    found = await invitations.targets(tx, year, kind="pupil", number=like, schools=schools)
    if not found:
        raise Refusal("gone")
    return await invitations.classmates(tx, year, found[0])


async def find(db: Database, typed: str, *, by: Known, today: date) -> list[Target]:
    """Whom a coordinator means by the beginning of a surname, by ФИО, or by a workbook code. Refusal: invite-unknown-name."""
    theirs = await reachable(db, by=by, today=today)
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


def check_term(ttl_hours: int) -> None:
    if not 1 <= ttl_hours <= LONGEST_TTL_HOURS:
        raise Refusal("invite-ttl", longest=LONGEST_TTL_HOURS)


async def _target(tx: Tx, role: str, code: str) -> Target:
    kind = "staff" if role in STAFF_ROLES else "pupil"
    found = await invitations.targets(tx, None, kind=kind, code=code)  # as its button says it, it is one of a region's thousands
    found = found or _by_code(await invitations.targets(tx, None, kind=kind), code)
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
