"""The files of a request: drawn from the database whenever somebody asks for them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from bot.documents.request import request_docx, request_xlsx
from bot.policy import Person
from bot.refusals import Refusal
from bot.services.requests.requests import seen
from bot.settings import Settings
from bot.voice import Say
from storage.db import Database
from storage.requests import requests
from storage.requests.paper import for_paper

Kind: TypeAlias = Literal["xlsx", "docx"]


@dataclass(frozen=True)
class File:
    name: str
    content: bytes


async def request_file(
    db: Database,
    request_id: int,
    kind: Kind,
    *,
    by: Person,
    say: Say,
    settings: Settings,
    version: int | None = None,
) -> File:
    """The request as one file: everybody it names now, or what one version has changed. It is handed to the partner, so
    whoever asks for it gets the names the partner may read.

    `DATA_DIR/templates/request.docx` (request_delta.docx) is used where the school has put its own there.
    """
    async with db.read() as tx:
        theirs = {line.choice_id for line in (await seen(tx, request_id, by, version)).lines}
        request = await requests.whole(tx, request_id, version)
        if request is None:
            raise Refusal("gone")
        request = await for_paper(tx, request, settings.zone)
    request = replace(request, lines=tuple(line for line in request.lines if line.choice_id in theirs))
    day = request.newest.made_at.astimezone(settings.zone).date().isoformat()
    if version is None:
        name = f"{say.plain('request-file', number=request.number)}-{day}.{kind}"
    else:
        name = f"{say.plain('request-file-delta', number=request.number, version=version)}.{kind}"
    if kind == "xlsx":
        return File(name, await asyncio.to_thread(request_xlsx, request, say, settings.zone))
    own = settings.data_dir / "templates"
    return File(name, await asyncio.to_thread(request_docx, request, settings.zone, own))
