"""Documents of learning as files: what staff print and sign, what a family keeps; each given again as it went out."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.documents.certificate import Stated, certificate_docx, certificate_pdf
from bot.policy import Person
from bot.refusals import Refusal
from bot.services.certificates.issuing import of_group, printable, seen_by
from bot.services.certificates.verifying import LINK
from bot.services.papers.papers import templates
from bot.services.requests.papers import File
from bot.settings import Settings
from bot.voice import Say
from storage.certificates import certificates, sent
from storage.certificates.certificates import Issued
from storage.certificates.sent import Sent
from storage.db import Database, Tx
from storage.papers.kept import digest


@dataclass(frozen=True)
class Whole:
    """All documents of one kind of a group."""

    group_id: int
    kind: str  # certificate | note


@dataclass(frozen=True)
class Printing:
    """Who gets a file and when, and what it is drawn with."""

    by: Person
    now: datetime
    username: str  # the bot's, for the link in the square
    say: Say
    settings: Settings


async def one_file(db: Database, certificate_id: int, to: Printing) -> File:
    """One document: for staff the paper to sign, for the family its copy. Refusals: gone, certificate-revoked-already, paper-spoilt."""
    async with db.read() as tx:
        found = printable([await seen_by(tx, certificate_id, to.by)], to.by)
    if not found:
        raise Refusal("gone")
    if found[0].revoked_at is not None:
        raise Refusal("certificate-revoked-already")
    name = to.say.plain("certificate-file", document=found[0].kind, number=str(found[0].number))
    return await _as_sent(db, found, _file_name(name, "pdf" if found[0].pupil_id in to.by.pupils else "docx"), to)


async def revoked_file(db: Database, certificate_id: int, to: Printing) -> File:
    """A document that is no longer good, for staff, as it once went out. Refusals: gone, paper-spoilt."""
    async with db.read() as tx:
        one = await seen_by(tx, certificate_id, to.by)
        there = next(iter(await went_out(tx, one, to.by)), None)
        found = await sent.kept(tx, there.id) if there is not None and one.revoked_at is not None else None
    if found is None:
        raise Refusal("gone")
    if digest(found[1]) != found[2]:
        raise Refusal("paper-spoilt")
    return File(found[0], found[1])


async def went_out(tx: Tx, one: Issued, by: Person) -> list[Sent]:
    """The files a document stands in, for staff: each whose every name this person may read, those to sign first."""
    if one.pupil_id is None or one.pupil_id in by.pupils:
        return []
    found = []
    for each in await sent.of_certificate(tx, one.id):
        inside = [await certificates.one(tx, other) for other in await sent.others_in(tx, each.id)]
        if len(printable([other for other in inside if other is not None], by)) == len(inside):
            found.append(each)
    return sorted(found, key=lambda each: each.name.endswith(".pdf"))


async def group_file(db: Database, which: Whole, to: Printing) -> File:
    """Every document of this kind that stands in a group, to print and sign. Refusals: certificate-nobody, paper-spoilt."""
    async with db.read() as tx:
        group = await of_group(tx, which.group_id, to.by)
    found = [one for one in printable(group.issued, to.by) if one.kind == which.kind]
    if not found:
        raise Refusal("certificate-nobody")
    name = to.say.plain("certificate-file-group", document=which.kind, group=group.issuer.group)
    return await _as_sent(db, found, _file_name(name, "docx"), to)


async def _as_sent(db: Database, found: Sequence[Issued], name: str, to: Printing) -> File:
    """The file of these documents as it went out before; what goes out for the first time is drawn, and kept."""
    form, numbers = name.rpartition(".")[2], [one.id for one in found]
    of = sent.of_what(form, numbers)
    async with db.read() as tx:
        there = await sent.file(tx, of)
    if there is None:
        drawn = (name, await _drawn(found, form, to))
        async with db.write() as tx:
            if not await sent.named(tx, numbers):  # erased while it was drawn
                raise Refusal("gone")
            await sent.keep(tx, form, numbers, drawn, (to.by.known, to.now))
            there = await sent.file(tx, of)
    if there is None or digest(there[1]) != there[2]:
        raise Refusal("paper-spoilt")
    return File(there[0], there[1])


async def _drawn(found: Sequence[Issued], form: str, to: Printing) -> bytes:
    if form == "pdf":
        return await asyncio.to_thread(certificate_pdf, _stated(found), to.username)
    return await asyncio.to_thread(certificate_docx, _stated(found), to.username, templates(to.settings))


def _stated(found: Sequence[Issued]) -> list[Stated]:
    return [Stated(one.number, one.kind, one.facts, LINK + one.code) for one in found]


def _file_name(words: str, ending: str) -> str:
    name = re.sub(r"[^\w.]+", "-", words).strip("-.")
    return f"{name}.{ending}"
