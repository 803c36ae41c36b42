"""A school's own template of a paper, sent in the chat: tried on invented people first; the one before it can be put back."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.documents.paper import LARGEST, TEMPLATES
from bot.documents.samples import NAMES, check
from bot.policy import Person, Thing, require
from bot.refusals import Refusal
from bot.services.papers.papers import templates
from bot.settings import Settings
from storage import audit
from storage.db import Database

_BEFORE = "templates-before"  # beside the folder of the templates: what stood there before the last one was sent


@dataclass(frozen=True)
class Blank:
    """A paper's template as it stands."""

    name: str
    own: bool  # the school's; else the bot's usual one


def blanks(settings: Settings) -> list[Blank]:
    """Every paper that has a template."""
    own = templates(settings)
    return [Blank(name, (own / name).is_file()) for name in NAMES]


def blank(settings: Settings, name: str) -> tuple[Blank, bytes]:
    """The template that papers are drawn from now, and its file."""
    file = templates(settings) / name
    own = file.is_file()
    return Blank(name, own), (file if own else TEMPLATES / name).read_bytes()


async def put(db: Database, name: str, sent: tuple[str, bytes], *, by: Person, settings: Settings, now: datetime) -> None:
    """Draw this paper from what was sent, from now on. Refusals: those of a template; nothing has changed then."""
    require(by, "papers.template", Thing())
    file, content = sent
    if file.lower().endswith(".docm"):
        raise Refusal("template-macros", file=file)
    if len(content) > LARGEST:
        raise Refusal("template-too-big", file=file)
    await asyncio.to_thread(_try_and_put, settings, name, content)
    await _noted(db, name, "put", by=by, now=now)


def _try_and_put(settings: Settings, name: str, content: bytes) -> None:
    own, before = templates(settings), settings.data_dir / _BEFORE
    own.mkdir(parents=True, exist_ok=True)
    before.mkdir(exist_ok=True)
    with TemporaryDirectory(dir=settings.data_dir) as folder:
        tried = Path(folder) / name
        tried.write_bytes(content)
        check(tried)
        if (own / name).is_file():
            if (own / name).read_bytes() == content:
                return  # it came twice: the one before stays the one before
            (own / name).replace(before / name)
        else:
            (before / name).unlink(missing_ok=True)
        tried.replace(own / name)


async def put_back(db: Database, name: str, *, by: Person, settings: Settings, now: datetime) -> None:
    """The template before the last one that was sent; where there was none, the usual one. Again: the usual one."""
    require(by, "papers.template", Thing())
    file, before = templates(settings) / name, settings.data_dir / _BEFORE / name
    if before.is_file():
        before.replace(file)
    elif file.is_file():
        file.unlink()
    await _noted(db, name, "back", by=by, now=now)


async def _noted(db: Database, name: str, what: str, *, by: Person, now: datetime) -> None:
    school = min(by.organizations_as("coordinator", "director"))
    async with db.write() as tx:
        change = audit.Change(after={"template": name})
        audit.log(tx, by.known, f"papers.template-{what}", ("organization", school), change, now=now)
