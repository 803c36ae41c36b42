"""The files of a request: drawn from the database whenever somebody asks for them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Literal, TypeAlias

from bot.documents.request import request_docx, request_xlsx
from bot.policy import Person
from bot.services.requests import seen
from bot.settings import Settings
from bot.voice import Say
from storage.db import Database

Kind: TypeAlias = Literal["xlsx", "docx"]


@dataclass(frozen=True)
class File:
    name: str
    content: bytes


async def request_file(db: Database, request_id: int, kind: Kind, *, by: Person, say: Say, settings: Settings) -> File:
    """The request as one file. `DATA_DIR/templates/request.docx` is used where the school has put its own there."""
    async with db.read() as tx:
        request = await seen(tx, request_id, by)
    day = request.made_at.astimezone(settings.zone).date().isoformat()
    name = f"{say.plain('request-file', number=request.number)}-{day}.{kind}"
    if kind == "xlsx":
        return File(name, await asyncio.to_thread(request_xlsx, request, say, settings.zone))
    own = settings.data_dir / "templates"
    return File(name, await asyncio.to_thread(request_docx, request, settings.zone, own))
