"""A bot of a few lines that speaks to the sandbox in raw HTTP, for the sandbox's own tests."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import orjson

from bot.sandbox import Phone, Sandbox

NOON = datetime(2026, 11, 9, 12, 0, tzinfo=UTC)
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (40).to_bytes(4, "big") + (30).to_bytes(4, "big") + b"\x08\x02\0\0\0"


class Moment:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.at = NOON

    def __call__(self) -> datetime:
        return self.at

    def move(self, **by: float) -> None:
        self.at += timedelta(**by)


class RawBot:
    """Calls methods and gives back what came: (HTTP status, answer)."""

    def __init__(self, sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
        self.sandbox = sandbox
        self.session = session
        self.headers: Any = {}

    async def ask(self, method: str, /, **params: Any) -> dict[str, Any]:
        """The whole answer to a call with a JSON body."""
        url = f"{self.sandbox.url}/bot{self.sandbox.token}/{method}"
        async with self.session.post(url, json=params) as response:
            answer: dict[str, Any] = orjson.loads(await response.read())
            assert response.status == (200 if answer["ok"] else answer["error_code"])
            self.headers = response.headers
            return answer

    async def __call__(self, method: str, /, **params: Any) -> Any:
        """The result of a call that must be granted."""
        answer = await self.ask(method, **params)
        assert answer["ok"], answer
        return answer["result"]

    async def no(self, method: str, /, **params: Any) -> str:
        """The words of a call that must be refused."""
        answer = await self.ask(method, **params)
        assert not answer["ok"], answer
        words: str = answer["description"]
        return words

    async def upload(self, method: str, files: dict[str, tuple[str, bytes]], **params: Any) -> dict[str, Any]:
        """The whole answer to a multipart call."""
        form = aiohttp.FormData(quote_fields=False)
        for name, value in params.items():
            form.add_field(name, value if isinstance(value, str) else orjson.dumps(value).decode())
        for name, (filename, content) in files.items():
            form.add_field(name, io.BytesIO(content), filename=filename)
        url = f"{self.sandbox.url}/bot{self.sandbox.token}/{method}"
        async with self.session.post(url, data=form) as response:
            answer: dict[str, Any] = orjson.loads(await response.read())
            return answer

    async def updates(self, **params: Any) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = await self("getUpdates", **params)
        return found


@asynccontextmanager
async def playing(**options: Any) -> AsyncIterator[tuple[RawBot, Phone]]:
    """A running sandbox with its bot, and Anna, who has pressed Start (that update is already taken)."""
    async with Sandbox(**options) as sandbox, aiohttp.ClientSession() as session:
        anna = sandbox.person(1001, "Анна", last_name="Петрова", username="anna", about="мама Миши")
        await anna.send("/start")
        sandbox.telegram.updates.clear()
        yield RawBot(sandbox, session), anna


def inline(*rows: dict[str, str]) -> dict[str, Any]:
    """An inline keyboard: each row is {label: callback data}."""
    return {"inline_keyboard": [[{"text": label, "callback_data": data} for label, data in row.items()] for row in rows]}
