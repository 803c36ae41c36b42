"""Telegram's call, where it calls: answered when the update is kept."""

from __future__ import annotations

import asyncio
import hmac
from math import inf

import structlog
from aiohttp import web

from bot.telegram.intake import Intake
from bot.telegram.polling import read
from bot.telegram.raw import UPDATE_MOST, Piece, TooLong, piece
from storage.away import DatabaseAway

log = structlog.get_logger()

SAID = 3600.0  # seconds until a stranger at the door is named again
_last_said = -inf  # by the loop's time


def _say_once() -> None:
    """Who has the right secret and loses it on the way (a proxy that drops the header) would else never learn why nothing comes."""
    global _last_said  # noqa: PLW0603 - one door a process
    now = asyncio.get_running_loop().time()
    if now - _last_said >= SAID:
        _last_said = now
        log.warning("the webhook was called without its secret, and refused: somebody else, or a proxy that drops the header")


async def called(request: web.Request, intake: Intake, secret: str) -> web.Response:
    """200 only when the update is kept, or can never be."""
    given = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
    if not hmac.compare_digest(given.encode("utf-8", "surrogateescape"), secret.encode()):  # a header may hold any bytes
        _say_once()
        return web.Response(status=403)
    if not intake.takes:
        return web.Response(status=503)  # not yet, or not any more: Telegram comes again
    body = await read(request.content, UPDATE_MOST)
    try:
        given_update = piece(body)
    except TooLong:
        given_update = Piece(body, depth=0, whole=False)
    if given_update.update_id is None:
        return web.Response(status=400)
    try:
        await intake.take([given_update])
    except DatabaseAway:
        return web.Response(status=503)
    return web.Response()
