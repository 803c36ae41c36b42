"""Reading the page's requests and answering them."""

from __future__ import annotations

import re
from typing import Any

import orjson
from aiohttp import web

from bot.sandbox import guard

Json = dict[str, Any]


class WrongError(Exception):
    """The request cannot be served: an HTTP status and words."""

    def __init__(self, words: str, status: int = 400) -> None:
        super().__init__(words)
        self.status = status


def number(request: web.BaseRequest, name: str, otherwise: int) -> int:
    given = request.query.get(name, "")
    return int(given) if re.fullmatch(r"\d{1,15}", given) else otherwise


async def body(request: web.BaseRequest) -> Json:
    if request.content_type != "application/json":
        raise WrongError("JSON is expected", 415)
    try:
        found = orjson.loads(await request.read() or b"{}")
    except orjson.JSONDecodeError as error:
        raise WrongError("not JSON") from error
    if not isinstance(found, dict):
        raise WrongError("an object is expected")
    return found


def answered(found: Any, status: int = 200) -> web.Response:
    return web.Response(
        body=orjson.dumps(found, default=str),
        status=status,
        headers={**guard.HEADERS, "Content-Type": "application/json; charset=utf-8"},
    )


def download(name: str, content: bytes, mime: str = "application/octet-stream", *, shown: bool = False) -> web.Response:
    """A file: a picture may be shown, all else is saved."""
    from urllib.parse import quote

    headers = {
        **guard.HEADERS,
        "Cache-Control": "private, max-age=3600",
        "Content-Type": mime if shown else "application/octet-stream",
        "Content-Disposition": f"{'inline' if shown else 'attachment'}; filename*=UTF-8''{quote(name, safe='')}",
    }
    return web.Response(body=content, headers=headers)
