"""Asking Telegram for updates: whatever comes for an answer, the asking goes on and what can be kept is kept."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

import aiohttp
import orjson
import structlog
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession

from bot.metrics import HEARS
from bot.post.mouth import TokenRefused
from bot.telegram.raw import ANSWER_MOST, IDS, Odd, Piece, TooLong, batch, seconds
from storage.away import DatabaseAway

log = structlog.get_logger()

WANTED = ["message", "callback_query", "inline_query", "chosen_inline_result", "my_chat_member"]
POLL_SECONDS = 30
BATCH = 100  # updates asked for at once
LONGEST_PAUSE = 30.0  # seconds between two tries while nothing sensible comes
AT_HOME = 5.0  # … while it comes and cannot be kept: people wait, and no Telegram is spared by waiting longer

Take = Callable[[Sequence[Piece]], Awaitable[None]]


class Refused(Exception):  # noqa: N818 - an answer
    """Telegram said no to the question; `pause` in seconds when it said for how long."""

    def __init__(self, why: str, pause: float | None = None) -> None:
        super().__init__(why)
        self.pause = pause


@dataclass(frozen=True)
class Question:
    """Which updates are asked for: from this id on, so many."""

    offset: int = 0
    limit: int = BATCH


class Polling:
    """Asks until it is cancelled. `take` keeps a batch; only then does the offset pass it."""

    def __init__(self, bot: Bot, take: Take, rest: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        self.bot = bot
        self.take = take
        self.rest = rest  # how a pause is made; the tests do not wait

    async def run(self) -> None:
        """Ends only by cancellation or TokenRefused: nothing that comes over the line, and no trouble at home, ends it."""
        question, pause = Question(), 0.0
        try:
            while True:
                asked = asyncio.get_running_loop().time()
                try:
                    following = await self._round(question)
                except TokenRefused:
                    raise
                except Exception as trouble:
                    pause = _pause_after(trouble, pause)
                    await self.rest(pause)
                    continue
                # An answer at once that brings nothing on is no long poll: something in between answers for Telegram.
                hollow = following == question and asyncio.get_running_loop().time() - asked < 1.0
                HEARS.set(not hollow)
                pause = _longer(pause) if hollow or following.offset > IDS else 0.0
                question = following
                if pause:
                    await self.rest(pause)
        finally:
            HEARS.set(1)  # who does not ask is not deaf

    async def _round(self, question: Question) -> Question:
        """One question, its answer taken in; returns the next question. Odd or Refused when there was no answer."""
        status, body = await self._asked(question)
        try:
            if len(body) > ANSWER_MOST:
                raise TooLong("too long")
            answer, pieces = batch(body)
        except Odd as odd:
            raise odd if status == 200 else Odd(f"HTTP {status}, {odd}") from None
        except TooLong:
            if question.limit > 1:
                return Question(question.offset, 1)  # one by one, so that only what is too long is lost
            pieces = [Piece(body[: 64 * 1024], depth=0, whole=False)]
            answer = {"ok": True}
        if answer.get("ok") is not True:
            raise _refused(status, answer)
        if not pieces:
            return Question(0 if question.offset > IDS else question.offset)
        await self.take(pieces)
        return Question(_passed(pieces))

    async def _asked(self, question: Question) -> tuple[int, bytes]:
        session = self.bot.session
        assert isinstance(session, AiohttpSession)  # noqa: S101 - bot/telegram/speech.py makes it
        client = await session.create_session()
        form = {
            "offset": question.offset,
            "limit": question.limit,
            "timeout": POLL_SECONDS,
            "allowed_updates": orjson.dumps(WANTED).decode(),
        }
        url = session.api.api_url(self.bot.token, "getUpdates")
        async with client.post(
            url, data=form, timeout=aiohttp.ClientTimeout(POLL_SECONDS + 15), allow_redirects=False
        ) as response:
            return response.status, await read(response.content, ANSWER_MOST)


async def read(content: aiohttp.StreamReader, most: int) -> bytes:
    """What comes, up to a little more than `most` bytes: whoever gets more knows that it was too long."""
    body = bytearray()
    async for chunk in content.iter_chunked(65536):
        body += chunk
        if len(body) > most:
            break
    return bytes(body)


def _refused(status: int, answer: dict[str, Any]) -> Exception:
    """Telegram's no, in its own JSON; a proxy's 401 is none."""
    code, why = answer.get("error_code"), answer.get("description")
    if answer.get("ok") is not False or not isinstance(why, str) or type(code) is not int:
        return Odd(f"HTTP {status}, and no answer of the Bot API")
    if code == 401 or (code == 404 and why == "Not Found"):
        return TokenRefused("Telegram does not accept the token: see BOT_TOKEN")
    parameters = answer.get("parameters")
    told = parameters.get("retry_after") if isinstance(parameters, dict) else None
    pause = seconds(told, otherwise=-1.0)
    return Refused(why[:200], pause if pause >= 0 else None)


def _pause_after(trouble: Exception, pause: float) -> float:
    """How long to rest before the next try; and it is said what the trouble was."""
    if isinstance(trouble, DatabaseAway):  # which has said so itself, once; Telegram did answer
        return min(AT_HOME, _longer(pause))
    HEARS.set(0)
    told = trouble.pause if isinstance(trouble, Refused) else None
    pause = told if told is not None else _longer(pause)
    why = str(trouble) if isinstance(trouble, Refused | Odd) else type(trouble).__name__
    log.warning("no updates came; trying again", why=why, pause=round(pause, 1))
    return pause


def _passed(pieces: Sequence[Piece]) -> int:
    """The offset behind the batch. An id too large to be kept is passed too; then the asking begins again from the head."""
    known = [found for piece in pieces if (found := piece.update_id) is not None]
    if not known:
        raise Odd("updates without a number")
    return known[-1] + 1


def _longer(pause: float) -> float:
    return min(LONGEST_PAUSE, pause * 2 + 0.5)
