"""Agreements with partners: made with a number of the register, or entered; filed, published, prolonged, ended."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bot.clock import Moment
from bot.documents.agreements import Contract, agreement_docx
from bot.policy import Person, Role, Thing, require
from bot.refusals import Refusal
from bot.services.network.years import running_now
from bot.services.papers.orders import TRIES
from bot.services.papers.papers import file_name, papers_year, school_of, templates
from bot.services.papers.registers import LONGEST, day_in
from bot.services.public.files import kind_of
from bot.services.requests.papers import File
from bot.services.roadmap.evidence import Proven, close_on
from bot.settings import Settings
from bot.voice import Say
from storage import audit, redaction
from storage.db import Database, Tx
from storage.network.years import year_of
from storage.papers import agreements, papers, registers
from storage.papers.agreements import Agreed
from storage.tables import Agreement, Document, KeptPaper

HEADS: tuple[Role, ...] = ("coordinator", "director")
SIDES = ("teaching", "resource")
FILE = 20 * 2**20  # bytes of a signed agreement that is filed
URL = 500  # characters
_ENTERED = re.compile(r"(?:№\s*)?(.+?)\s+от\s+(.+?)\s+(?:до|по)\s+(.+)", re.IGNORECASE)


@dataclass(frozen=True)
class Wanted:
    """With whom an agreement is wanted, and of which kind."""

    school_id: int
    partner_id: int
    side: str


async def draft_file(db: Database, wanted: Wanted, *, by: Person, say: Say, settings: Settings, at: Moment) -> File:
    """The agreement to look through and to agree on with the partner: no number, and it says that it is a draft."""
    require(by, "papers.see", Thing(school_id=wanted.school_id))
    async with db.read() as tx:
        contract = await _contract(tx, wanted, at)
    content = await asyncio.to_thread(agreement_docx, contract, templates(settings))
    return File(file_name(say.plain("paper-file-agreement-draft", who=contract.partner.name[:40])), content)


async def make(db: Database, wanted: Wanted, *, by: Person, say: Say, settings: Settings, at: Moment) -> Agreed:
    """Make the agreement: its number is the register's next, its file is kept as it is now. Refusals: gone, those of a template."""
    require(by, "papers.issue", Thing(school_id=wanted.school_id))
    for _ in range(TRIES):
        async with db.read() as tx:
            contract = await _contract(tx, wanted, at)
            number = (await registers.book(tx, wanted.school_id, "agreement", at.today)).printed
        contract = replace(contract, number=number)
        content = await asyncio.to_thread(agreement_docx, contract, templates(settings))
        name = file_name(say.plain("paper-file-agreement", number=number, who=contract.partner.name[:40]))
        async with db.write() as tx:
            book = await registers.locked(tx, wanted.school_id, "agreement", at.today)
            if book.printed != number:
                continue
            paper = KeptPaper(
                year=contract.year,
                kind="agreement",
                day=at.today,
                organization_id=wanted.partner_id,
                name=name,
                content=content,
                made_at=at.now,
                made_by=by.known,
            )
            await registers.enter(tx, book, paper)
            return await _begin(tx, wanted, (number, at.today, contract.term[1]), by=by, at=at, paper_id=paper.id)
    raise Refusal("try-again")


async def enter(db: Database, wanted: Wanted, typed: str, *, by: Person, at: Moment) -> Agreed:
    """An agreement signed already: «№ 12 от 01.09.2026 до 31.05.2027». Refusals: agreement-unclear, paper-day-unclear."""
    require(by, "papers.issue", Thing(school_id=wanted.school_id))
    found = _ENTERED.fullmatch(" ".join(typed.split()))
    if found is None or len(found[1]) > LONGEST:
        raise Refusal("agreement-unclear")
    signed_on, ends_on = (day_in(found[part], year_of(at.today)) for part in (2, 3))
    if ends_on < signed_on:
        raise Refusal("agreement-ends-before")
    async with db.write() as tx:
        await _partner(tx, wanted)
        mine = await agreements.agreements(tx, [wanted.school_id], partner_id=wanted.partner_id)
        if same := [one for one in mine if (one.number, one.signed_on, one.ends_on) == (found[1], signed_on, ends_on)]:
            return same[0]  # the same sentence, handled again
        return await _begin(tx, wanted, (found[1], signed_on, ends_on), by=by, at=at)


async def _begin(
    tx: Tx, wanted: Wanted, said: tuple[str, date, date], *, by: Person, at: Moment, paper_id: int | None = None
) -> Agreed:
    number, signed_on, ends_on = said
    row = Agreement(
        school_id=wanted.school_id,
        organization_id=wanted.partner_id,
        side=wanted.side,
        number=number,
        signed_on=signed_on,
        ends_on=ends_on,
        paper_id=paper_id,
        made_at=at.now,
        made_by=by.known,
    )
    tx.add(row)
    await tx.flush()
    _noted(tx, row.id, "made", {"number": number, "signed_on": str(signed_on), "ends_on": str(ends_on)}, by=by, at=at)
    return await _read(tx, row.id, by)


async def _contract(tx: Tx, wanted: Wanted, at: Moment) -> Contract:
    school = await school_of(tx, wanted.school_id)
    base, partner = await agreements.party(tx, wanted.school_id), await _partner(tx, wanted)
    if base is None:
        raise Refusal("gone")
    year = await papers_year(tx, school.id, at.today)
    running = await running_now(tx, at.today)
    ends = running.ends_on if running.year == year and running.ends_on >= at.today else date(year + 1, 5, 31)
    learning = [one.children for one in await papers.partners(tx, [school.id], year, wanted.partner_id)]
    courses = await agreements.courses(tx, wanted.partner_id, year)
    return Contract(school, base, partner, wanted.side, at.today, (at.today, ends), courses, sum(learning), year)


async def _partner(tx: Tx, wanted: Wanted) -> agreements.Party:
    """The partner's facts. Refusal: gone, where it is none of the network's partners."""
    found = await agreements.party(tx, wanted.partner_id)
    if found is None or wanted.side not in SIDES or wanted.partner_id not in {one[0] for one in await agreements.partners(tx)}:
        raise Refusal("gone")
    return found


# ── what becomes of it ──────────────────────────────────────────────────────────────────────────────────────────────


async def read(db: Database, agreement_id: int, *, by: Person) -> Agreed:
    async with db.read() as tx:
        return await _read(tx, agreement_id, by)


async def _read(tx: Tx, agreement_id: int, by: Person) -> Agreed:
    found = await agreements.one(tx, agreement_id, by.organizations_as(*HEADS))
    if found is None:
        raise Refusal("gone")
    require(by, "papers.see", Thing(school_id=found.school_id))
    return found


async def publish(db: Database, agreement_id: int, typed: str, *, by: Person, at: Moment) -> Agreed:
    """Where it is published. Refusal: agreement-no-link."""
    url = typed.strip()
    if not re.fullmatch(r"https?://[^\s/]+\.[^\s]+", url) or len(url) > URL:
        raise Refusal("agreement-no-link")
    return await _change(db, agreement_id, {"url": url}, by=by, at=at)


async def file_it(db: Database, agreement_id: int, file: tuple[str, bytes], *, by: Person, at: Moment) -> Agreed:
    """The signed paper: a scan, a photo. Refusal: agreement-file-too-big."""
    if len(file[1]) > FILE:
        raise Refusal("agreement-file-too-big", limit=FILE // 2**20)
    return await _change(db, agreement_id, {}, by=by, at=at, file=file)


async def show_file(db: Database, agreement_id: int, *, on: bool, by: Person, at: Moment) -> Agreed:
    """The signed paper stands on the public page, or no longer. Refusals: agreement-no-file, agreement-file-kind."""
    found = await read(db, agreement_id, by=by)
    if on and found.document_id is None:
        raise Refusal("agreement-no-file")
    if on:
        async with db.read() as tx:
            content = await redaction.content(tx, found.document_id or 0)
        if kind_of(content or b"") is None:
            raise Refusal("agreement-file-kind")
    return await _change(db, agreement_id, {"published_id": found.document_id if on else None}, by=by, at=at)


async def prolong(db: Database, agreement_id: int, typed: str, *, by: Person, at: Moment) -> Agreed:
    """Another last day. Refusals: paper-day-unclear, agreement-ends-before."""
    found = await read(db, agreement_id, by=by)
    day = day_in(typed, year_of(at.today))
    if day < found.signed_on:
        raise Refusal("agreement-ends-before")
    return await _change(db, agreement_id, {"ends_on": day}, by=by, at=at)


async def end(db: Database, agreement_id: int, *, by: Person, at: Moment) -> Agreed:
    """It no longer holds, from today on. Again changes nothing."""
    found = await read(db, agreement_id, by=by)
    return found if found.ended_on else await _change(db, agreement_id, {"ended_on": at.today}, by=by, at=at)


async def _change(
    db: Database, agreement_id: int, values: dict[str, Any], *, by: Person, at: Moment, file: tuple[str, bytes] | None = None
) -> Agreed:
    async with db.write() as tx:
        found = await _read(tx, agreement_id, by)
        require(by, "papers.issue", Thing(school_id=found.school_id))
        row = await agreements.row(tx, agreement_id)
        if file is not None:
            document = Document(name=file[0], kind="agreement", content=file[1], made_at=at.now, made_by=by.known)
            tx.add(document)
            await tx.flush()
            values = {"document_id": document.id}
        if all(getattr(row, name) == value for name, value in values.items()):
            return found
        for name, value in values.items():
            setattr(row, name, value)
        await tx.flush()
        _noted(tx, agreement_id, "changed", {name: str(value) for name, value in values.items()}, by=by, at=at)
        await _prove(tx, found.school_id, at)
        return await _read(tx, agreement_id, by)


async def _prove(tx: Tx, school_id: int, at: Moment) -> None:
    """With everybody the school's pupils learn with, a filed agreement is in force: its step of the regulation is done."""
    year = await papers_year(tx, school_id, at.today)
    held = {partner: one for partner, one in (await agreements.standing(tx, school_id, at.today)).items() if one.filed}
    learning = {one.id for one in await papers.partners(tx, [school_id], year)}
    if held and learning <= held.keys():
        facts: dict[str, str | int | date] = {"count": len(held), "last": max(one.signed_on for one in held.values())}
        await close_on(tx, Proven("agreement", school_id, year, facts=facts), now=at.now)


def _noted(tx: Tx, agreement_id: int, what: str, after: dict[str, str], *, by: Person, at: Moment) -> None:
    audit.log(tx, by.known, f"papers.agreement-{what}", ("agreement", agreement_id), audit.Change(after=after), now=at.now)
