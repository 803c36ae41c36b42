"""Calls as they come over HTTP: their parameters and files, and the log that keeps them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl

import orjson
from aiohttp import web
from aiohttp.web_exceptions import HTTPRequestEntityTooLarge

from bot.sandbox.errors import Refused
from bot.sandbox.files import Upload

MOST_FIELDS = 1000


@dataclass(slots=True, eq=False)
class Call:
    """One call of the bot: what it asked and what it was told. `took` is in seconds."""

    number: int
    method: str
    at: datetime
    params: dict[str, Any] = field(default_factory=dict)
    files: dict[str, Upload] = field(default_factory=dict)
    answer: dict[str, Any] | None = None
    fault: str | None = None
    took: float = 0.0

    @property
    def ok(self) -> bool:
        return bool(self.answer and self.answer["ok"])

    @property
    def error(self) -> str | None:
        """The description of a refusal."""
        return None if not self.answer or self.answer["ok"] else self.answer["description"]

    @property
    def result(self) -> Any:
        return self.answer.get("result") if self.answer else None

    def get(self, name: str, default: Any = None) -> Any:
        return self.params.get(name, default)

    def wire(self) -> dict[str, Any]:
        """For the page: what fits into JSON."""
        return {
            "number": self.number,
            "method": self.method,
            "at": self.at.isoformat(),
            "params": self.params,
            "files": {name: {"name": file.name, "size": len(file.content)} for name, file in self.files.items()},
            "answer": self.answer,
            "fault": self.fault,
            "took": round(self.took, 6),
        }


@dataclass(slots=True, frozen=True)
class Said:
    """A result with words beside it, as setWebhook answers."""

    result: Any
    description: str


def yes(result: Any) -> dict[str, Any]:
    """The envelope of an answer."""
    if isinstance(result, Said):
        return {"ok": True, "result": result.result, "description": result.description}
    return {"ok": True, "result": result}


async def params_of(request: web.BaseRequest) -> tuple[dict[str, Any], dict[str, Upload]]:
    """Parameters of the query string and the body, and uploaded files. Raises Refused."""
    raw: dict[str, Any] = dict(request.query) if request.query_string else {}
    kind = request.content_type
    if not request.body_exists:
        return raw, {}
    try:
        if kind == "multipart/form-data":
            return await _multipart(request, raw)
        body = await request.read()
    except HTTPRequestEntityTooLarge as error:
        raise Refused("Request Entity Too Large", 413, whole=True) from error
    if kind == "application/json":
        try:
            given = orjson.loads(body or b"{}")
        except orjson.JSONDecodeError as error:
            raise Refused("can't parse JSON object") from error
        if not isinstance(given, dict):
            raise Refused("can't parse JSON object: expected an Object")
        return raw | given, {}
    if kind in ("application/x-www-form-urlencoded", "application/octet-stream"):
        try:
            raw.update(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict"))
        except UnicodeDecodeError as error:
            raise Refused("strings must be encoded in UTF-8") from error
    return raw, {}


async def _multipart(request: web.BaseRequest, raw: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Upload]]:
    files: dict[str, Upload] = {}
    try:
        form = await request.post()
    except ValueError as error:
        raise Refused("can't parse multipart form data") from error
    for name, value in form.items():
        if isinstance(value, web.FileField):
            files[name] = Upload(value.filename, value.file.read(), value.content_type)
            value.file.close()
        else:
            raw[name] = value if isinstance(value, str) else bytes(value).decode()
    return raw, files
