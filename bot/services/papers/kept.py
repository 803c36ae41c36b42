"""Papers that went out: given again exactly as they went, annulled where they were a mistake; a request's, kept once."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Any

from bot.clock import Moment
from bot.documents.request import request_docx
from bot.policy import Person, Role, Thing, require
from bot.refusals import Refusal
from bot.services.requests.papers import File
from bot.settings import Settings
from bot.voice import Say
from storage import audit, redaction
from storage.db import Database
from storage.papers import agreements, kept
from storage.papers.kept import Kept
from storage.requests import requests
from storage.requests.paper import for_paper
from storage.requests.requests import Whole
from storage.tables import KeptPaper
from storage.upsert import insert_new

HEADS: tuple[Role, ...] = ("coordinator", "director")


async def kept_paper(db: Database, paper_id: int, *, by: Person) -> Kept:
    """What is known of a paper that went out. Refusal: gone, of another school's too."""
    async with db.read() as tx:
        found = await kept.one(tx, paper_id, by.organizations_as(*HEADS))
    if found is None:
        raise Refusal("gone")
    require(by, "papers.see", Thing(school_id=found.school_id))
    return found


async def kept_file(db: Database, paper_id: int, *, by: Person) -> File:
    """The file as it went out, byte for byte. Refusals: gone; paper-spoilt, where it is not what was kept."""
    found = await kept_paper(db, paper_id, by=by)
    async with db.read() as tx:
        content = await kept.content(tx, paper_id)
    if kept.digest(content) != found.sha256:
        raise Refusal("paper-spoilt")
    return File(found.name, content)


async def filed_agreement(db: Database, agreement_id: int, *, by: Person) -> File:
    """The signed agreement as it was filed. Refusal: gone."""
    async with db.read() as tx:
        found = await agreements.one(tx, agreement_id, by.organizations_as(*HEADS))
        if found is None or found.document_id is None:
            raise Refusal("gone")
        require(by, "papers.see", Thing(school_id=found.school_id))
        content = await redaction.content(tx, found.document_id)
    return File(found.document or "", content or b"")


async def agreement_of_partner(db: Database, agreement_id: int, *, by: Person) -> File:
    """A partner's own agreement: as it was signed, else the paper that was made to be signed. Refusal: gone."""
    async with db.read() as tx:
        mine = await agreements.of_partners(tx, by.organizations_as("partner"))
        found = next((one for one in mine if one.id == agreement_id), None)
        if found is None or (found.document_id is None and found.paper_id is None):
            raise Refusal("gone")
        require(by, "papers.courses", Thing(organization_id=found.organization_id))
        if found.document_id is not None:
            return File(found.document or "", await redaction.content(tx, found.document_id) or b"")
        name, content = await kept.file(tx, found.paper_id or 0)
    return File(name, content)


async def annul(db: Database, paper_id: int, *, by: Person, at: Moment) -> Kept:
    """An order made by mistake no longer holds; its number stays given. Again changes nothing. Refusal: paper-has-changes."""
    found = await kept_paper(db, paper_id, by=by)
    require(by, "papers.issue", Thing(school_id=found.school_id))
    async with db.write() as tx:
        row = await kept.row(tx, paper_id)
        if row.kind not in ("order", "amendment"):
            raise Refusal("gone")
        if row.annulled_at is None:
            if changed_by := await kept.changed_by(tx, paper_id):
                raise Refusal("paper-has-changes", numbers=", ".join(f"№ {number}" for number in changed_by))
            row.annulled_at, row.annulled_by = at.now, by.known
            audit.log(tx, by.known, "papers.annul", ("paper", paper_id), audit.Change(after={"number": row.number}), now=at.now)
    return await kept_paper(db, paper_id, by=by)


LATELY = timedelta(days=30)  # requests made before papers were kept are not drawn anew and called as they went


async def keep_requests(db: Database, *, by: Person, say: Say, settings: Settings, now: datetime) -> None:
    """Draw and keep what went to partners in requests of this person's schools, where no file is kept of it yet.

    Called when a request is made and when the papers are looked at: a death between the two loses nothing. A template that
    cannot be filled in leaves its paper for later.
    """
    async with db.read() as tx:
        waiting = await kept.unkept_requests(tx, by.organizations_as(*HEADS), now - LATELY)
    for request_id, version in waiting:
        async with db.read() as tx:
            request = await requests.whole(tx, request_id, version)
            request = request and await for_paper(tx, request, settings.zone)
        if request is None or not request.lines:
            continue
        try:
            content = await asyncio.to_thread(request_docx, request, settings.zone, settings.data_dir / "templates")
        except Refusal:
            continue
        async with db.write() as tx:
            await tx.execute(insert_new(tx, KeptPaper, _row(request, version, content, (by.known, now), say, settings)))


def _row(
    request: Whole, version: int, content: bytes, made: tuple[int, datetime], say: Say, settings: Settings
) -> dict[str, Any]:
    day = next(one.made_at for one in request.versions if one.number == version).astimezone(settings.zone).date()
    if version == 1:
        name = f"{say.plain('request-file', number=request.number)}-{day.isoformat()}.docx"
    else:
        name = f"{say.plain('request-file-delta', number=request.number, version=version)}.docx"
    return {
        "school_id": request.school_id,
        "year": request.year,
        "kind": "request",
        "number": str(request.number) if version == 1 else f"{request.number}, {version}",
        "day": day,
        "organization_id": request.organization_id,
        "of": kept.of_request(request.id, version),
        "name": name,
        "content": content,
        "sha256": kept.digest(content),
        "made_at": made[1],
        "made_by": made[0],
    }
