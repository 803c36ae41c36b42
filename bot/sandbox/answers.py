"""What goes back over HTTP: Telegram's answers, its words for a wrong token, and what others say in its place."""

from __future__ import annotations

import re
from typing import Any

import orjson
from aiohttp import web

from bot.sandbox.errors import Refused
from bot.sandbox.trouble import Fault

# What is not Telegram says such things in its place.
GATEWAY_PAGE = "<html><body>502 Bad Gateway</body></html>"
BLOCK_PAGE = "<html><meta charset=windows-1251><body>Доступ к ресурсу ограничен</body></html>".encode("cp1251")


def check_token(token: str, ours: str) -> None:
    """Refused, in Telegram's words, unless the token is ours."""
    if token == ours:
        return
    if token.startswith("0") or len(token) > 80 or ":" not in token:
        raise Refused("Unauthorized: invalid token specified", 401, whole=True)
    if not re.fullmatch(r"\d+", token.split(":", maxsplit=1)[0]):
        raise Refused("Misdirected Request: unallowed token specified", 421, whole=True)
    raise Refused("Unauthorized", 401, whole=True)


def said_instead(fault: Fault) -> web.Response | None:
    """What somebody on the way says in Telegram's place; None: nothing at all."""
    if fault == "bad_gateway":
        return web.Response(status=502, text=GATEWAY_PAGE, content_type="text/html")
    if fault == "block_page":
        return web.Response(status=403, body=BLOCK_PAGE, headers={"Content-Type": "text/html"})
    if fault == "not_an_answer":
        return web.json_response({"status": "ok"})
    return None


def json_answer(answer: dict[str, Any]) -> web.Response:
    if answer["ok"]:
        return web.Response(body=orjson.dumps(answer), content_type="application/json")
    response = web.Response(body=orjson.dumps(answer), content_type="application/json", status=answer["error_code"])
    if retry := answer.get("parameters", {}).get("retry_after"):
        response.headers["Retry-After"] = str(retry)
    return response
