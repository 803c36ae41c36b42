"""Documents of learning as files: what staff print and sign, what a family keeps."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.documents.certificate import Stated, certificate_docx, certificate_pdf
from bot.policy import Person
from bot.refusals import Refusal
from bot.services.certificates.issuing import of_group, printable, seen_by
from bot.services.certificates.verifying import LINK
from bot.services.papers.papers import templates
from bot.services.requests.papers import File
from bot.settings import Settings
from bot.voice import Say
from storage.certificates.certificates import Issued
from storage.db import Database


@dataclass(frozen=True)
class Whole:
    """All documents of one kind of a group."""

    group_id: int
    kind: str  # certificate | note


async def one_file(db: Database, certificate_id: int, username: str, *, by: Person, say: Say, settings: Settings) -> File:
    """One document: for staff the paper to sign, for the family its copy. Refusals: gone, certificate-revoked-already."""
    async with db.read() as tx:
        found = printable([await seen_by(tx, certificate_id, by)], by)
    if not found:
        raise Refusal("gone")
    if found[0].revoked_at is not None:
        raise Refusal("certificate-revoked-already")
    name = say.plain("certificate-file", document=found[0].kind, number=str(found[0].number))
    if found[0].pupil_id in by.pupils:
        return File(_file_name(name, "pdf"), await asyncio.to_thread(certificate_pdf, _stated(found), username))
    return await _printed(found, name, username, settings)


async def group_file(db: Database, which: Whole, username: str, *, by: Person, say: Say, settings: Settings) -> File:
    """Every document of this kind that stands in a group, to print and sign. Refusal: certificate-nobody."""
    kind = which.kind
    async with db.read() as tx:
        group = await of_group(tx, which.group_id, by)
    found = [one for one in printable(group.issued, by) if one.kind == kind]
    if not found:
        raise Refusal("certificate-nobody")
    name = say.plain("certificate-file-group", document=kind, group=group.issuer.group)
    return await _printed(found, name, username, settings)


async def _printed(found: Sequence[Issued], name: str, username: str, settings: Settings) -> File:
    content = await asyncio.to_thread(certificate_docx, _stated(found), username, templates(settings))
    return File(_file_name(name, "docx"), content)


def _stated(found: Sequence[Issued]) -> list[Stated]:
    return [Stated(one.number, one.kind, one.facts, LINK + one.code) for one in found]


def _file_name(words: str, ending: str) -> str:
    name = re.sub(r"[^\w.]+", "-", words).strip("-.")
    return f"{name}.{ending}"
