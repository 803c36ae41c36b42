"""Consent: per child and purpose, given and taken back one by one, by somebody who has named themselves.

A tap is logged as intent; the paper is signed besides.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import select, update

from bot.policy import Person, Thing, require
from bot.refusals import Refusal, stamp, unchanged
from storage import audit
from storage.db import Database, Tx
from storage.people import consent, people
from storage.people.consent import Given
from storage.tables import Consent, Guardianship
from storage.tables import Person as Account

TEXT_VERSION = "2026-11"  # changes with the sentences consent-* of the locales
BASIS = "законный представитель"
PURPOSES = ("processing", "messages", "partner", "photographs")
LONGEST_NAME = 100  # characters of a ФИО
_WORD = re.compile(r"[^\W\d_]+(?:[-’'.][^\W\d_]+)*\.?")


def name_in(typed: str) -> str:
    """The ФИО in what was typed: a surname and a first name at least, letters only. «петрова анна» → «Петрова Анна».

    Refusal: name-not-understood.
    """
    parts = typed.replace("`", "’").split()
    name = " ".join(part.title() if part.islower() or (part.isupper() and len(part) > 1) else part for part in parts)
    if len(parts) < 2 or len(name) > LONGEST_NAME or not all(_WORD.fullmatch(part) for part in parts):
        raise Refusal("name-not-understood")
    return name


async def name_oneself(db: Database, typed: str, *, by: Person) -> str:
    """A guardian says what they are called: so they stand in papers and on pages. Staff and pupils: as the workbook has it."""
    require(by, "consent.see", Thing())
    name = name_in(typed)
    if by.posts:
        raise Refusal("name-of-the-workbook")
    async with db.write() as tx:
        await tx.execute(update(Account).where(Account.id == by.known).values(name=name))
    return name


async def require_name(tx: Tx, person_id: int) -> None:
    """Refusal: name-first, of a guardian who has not named themselves yet."""
    if not await people.name_of(tx, person_id):
        raise Refusal("name-first")


async def agree(db: Database, pupil_id: int, *, by: Person, now: datetime, seen: str | None = None) -> None:
    """«Согласен(на)»: processing, messages and every partner by name; photographs are asked for on their own.

    `seen`: the stamp of what was asked (`asked`); to another text, or a partner that was not named, nobody has agreed.
    """
    require(by, "consent.give", Thing(pupil_id=pupil_id))
    async with db.write() as tx:
        partners = await consent.partners(tx)
        unchanged(seen, *_asked(partners))
        wanted: list[Given] = [("processing", None), ("messages", None), *(("partner", number) for number, _ in partners)]
        await _give(tx, by.known, pupil_id, wanted, now)


def _asked(partners: Sequence[tuple[int, str]]) -> tuple[str, list[int]]:
    return TEXT_VERSION, sorted(number for number, _ in partners)


def asked(partners: Sequence[tuple[int, str]]) -> str:
    """The stamp of what the page of consent asks: its text, and the partners it names."""
    return stamp(*_asked(partners))


async def choose(db: Database, pupil_id: int, what: Given, *, agreed: bool, by: Person, now: datetime) -> None:
    """Give or take back one purpose: its name, and of «partner» which. Processing is not taken back here: that is the withdrawal, which erases."""
    require(by, "consent.give", Thing(pupil_id=pupil_id))
    purpose, organization_id = what
    if purpose not in PURPOSES or (purpose == "partner") != (organization_id is not None):
        raise Refusal("gone")
    if purpose == "processing" and not agreed:
        raise Refusal("consent-withdraw-there")
    async with db.write() as tx:
        if agreed:
            if organization_id is not None and organization_id not in {number for number, _ in await consent.partners(tx)}:
                raise Refusal("gone")
            await _give(tx, by.known, pupil_id, [what], now)
        else:
            await _take_back(tx, by.known, pupil_id, what, now)


async def agree_to_partners(db: Database, pupil_id: int, partners: Collection[int], *, by: Person, now: datetime) -> None:
    """At «Подтвердить»: these partners may be told of the child. Other purposes stay as they are."""
    require(by, "consent.give", Thing(pupil_id=pupil_id))
    async with db.write() as tx:
        known = {number for number, _ in await consent.partners(tx)}
        await _give(tx, by.known, pupil_id, [("partner", number) for number in sorted(known & set(partners))], now)


async def _give(tx: Tx, person_id: int, pupil_id: int, wanted: Iterable[Given], now: datetime) -> None:
    """What is not in force yet gets a record of its own; a repeat makes none. Nobody agrees without a name."""
    await require_name(tx, person_id)
    await _still_guardian(tx, person_id, pupil_id)
    had = await consent.given(tx, person_id, pupil_id)
    new = [each for each in wanted if each not in had]
    for purpose, organization_id in new:
        tx.add(
            Consent(
                person_id=person_id,
                pupil_id=pupil_id,
                purpose=purpose,
                organization_id=organization_id,
                text_version=TEXT_VERSION,
                basis=BASIS,
                given_at=now,
            )
        )
    if new:
        _noted(tx, person_id, "consent.given", pupil_id, new, now=now)


async def _take_back(tx: Tx, person_id: int, pupil_id: int, what: Given, now: datetime) -> None:
    await _still_guardian(tx, person_id, pupil_id)
    if what not in await consent.given(tx, person_id, pupil_id):
        return
    purpose, organization_id = what
    partner = Consent.organization_id.is_(None) if organization_id is None else Consent.organization_id == organization_id
    await tx.execute(
        update(Consent)
        .where(Consent.person_id == person_id, Consent.pupil_id == pupil_id, Consent.withdrawn_at.is_(None))
        .where(Consent.purpose == purpose, partner)
        .values(withdrawn_at=now)
    )
    _noted(tx, person_id, "consent.taken-back", pupil_id, [what], now=now)


async def _still_guardian(tx: Tx, person_id: int, pupil_id: int) -> None:
    """Locked, so that of two presses at once the second finds what the first did."""
    open_one = select(Guardianship.id).where(
        Guardianship.person_id == person_id, Guardianship.pupil_id == pupil_id, Guardianship.until.is_(None)
    )
    if await tx.scalar(open_one.with_for_update()) is None:
        raise Refusal("gone")


def _noted(tx: Tx, person_id: int, action: str, pupil_id: int, what: list[Given], *, now: datetime) -> None:
    after = {"purposes": [purpose if number is None else f"{purpose}:{number}" for purpose, number in what]}
    audit.log(tx, person_id, action, ("pupil", pupil_id), audit.Change(after=after), now=now)
