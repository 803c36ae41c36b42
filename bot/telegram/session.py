"""The session: everything said to Telegram leaves here, and here it is decided what each answer, and each silence, means."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from functools import cache
from typing import Any, cast

import aiohttp
import orjson
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.methods import (
    AnswerCallbackQuery,
    EditMessageReplyMarkup,
    EditMessageText,
    Response,
    SendMessage,
    TelegramMethod,
)
from aiogram.methods.base import TelegramType
from aiogram.types import Message

from bot.post.mouth import Meaning
from bot.turn import elsewhere

ANSWER = 40.0  # seconds until a question without an answer is given up: well within a letter's lease
_JSON = {"Content-Type": "application/json"}
CONNECT = 15.0  # seconds until there must be a connection: later than that nothing was said


class NoLine(TelegramNetworkError):  # noqa: N818 - a fact about the line
    """Telegram was not reached: no connection (name, TLS, refused, not in time), or somebody else's page for an answer."""


def meaning_of(trouble: TelegramAPIError | ClientDecodeError) -> Meaning:
    """What an exception of a call to Telegram means for what was to be said."""
    if isinstance(trouble, ClientDecodeError):
        said = isinstance(trouble.data, dict) and trouble.data.get("ok") is True
        return Meaning.SAID if said else Meaning.TROUBLE
    return next((meaning for kind, meaning in _MEANINGS if isinstance(trouble, kind)), Meaning.TROUBLE)


_MEANINGS: tuple[tuple[type[TelegramAPIError], Meaning], ...] = (  # the first that fits
    (NoLine, Meaning.NO_LINE),
    (TelegramEntityTooLarge, Meaning.REFUSED),  # for aiogram a kind of network error
    (TelegramNetworkError, Meaning.LOST),
    (TelegramRetryAfter, Meaning.SLOW_DOWN),
    (TelegramMigrateToChat, Meaning.MOVED),
    (TelegramBadRequest, Meaning.REFUSED),
    (TelegramForbiddenError, Meaning.FORBIDDEN),
    (TelegramUnauthorizedError, Meaning.UNAUTHORIZED),
)


class Session(AiohttpSession):
    """aiogram's session, which tells a line that is down from an answer that was lost and from Telegram's own no."""

    async def make_request(self, bot: Bot, method: TelegramMethod[TelegramType], timeout: float | None = None) -> TelegramType:
        """Ask once. Raises NoLine, TelegramNetworkError (asked, not answered) or what Telegram's answer amounts to."""
        session = await self.create_session()
        url = self.api.api_url(token=bot.token, method=method.__api_method__)
        total = self.timeout if timeout is None else timeout
        limits = aiohttp.ClientTimeout(total=total, connect=min(CONNECT, total), sock_connect=min(CONNECT, total))
        try:
            # A redirect would carry a family's letter to whoever sent it.
            async with session.post(url, **self._body(bot, method), timeout=limits, allow_redirects=False) as response:
                body = await response.read()
        except (aiohttp.ClientError, TimeoutError, OSError) as trouble:
            kind = NoLine if isinstance(trouble, _NEVER_ASKED) else TelegramNetworkError
            raise kind(method=method, message=type(trouble).__name__) from trouble  # its own words may hold the token
        answer = self.check_response(bot, method, response.status, body.decode("utf-8", "replace"))
        return cast(TelegramType, answer.result)

    def _body(self, bot: Bot, method: TelegramMethod[TelegramType]) -> dict[str, Any]:
        """What is said, as aiohttp takes it: JSON, a third as long as aiogram's form in Russian; a form where a file goes along."""
        files: dict[str, Any] = {}
        given = {name: self.prepare_value(each, bot=bot, files=files) for name, each in method.model_dump(warnings=False).items()}
        if files:
            return {"data": self.build_form_data(bot, method)}
        return {"data": orjson.dumps({name: each for name, each in given.items() if each}), "headers": _JSON}

    async def close(self) -> None:
        """aiohttp waits for its connections to end; aiogram waits a quarter of a second more, which every stop and command paid."""
        if self._session is not None and not self._session.closed:
            await self._session.close()

    async def stream_content(
        self,
        url: str,
        headers: dict[str, Any] | None = None,
        timeout: int = 30,
        chunk_size: int = 65536,
        raise_for_status: bool = True,
    ) -> AsyncGenerator[bytes, None]:
        """A file somebody sent: waiting for it is no work of the handler's own."""
        with elsewhere(speaking=True):
            async for chunk in super().stream_content(url, headers, timeout, chunk_size, raise_for_status):
                yield chunk

    def check_response(
        self, bot: Bot, method: TelegramMethod[TelegramType], status_code: int, content: str
    ) -> Response[TelegramType]:
        """Whether this is the Bot API speaking; if so, what aiogram makes of it."""
        answer = _spoken_by_telegram(content)
        if answer is None or (answer["ok"] and not 200 <= status_code <= 226):
            raise NoLine(method=method, message=f"HTTP {status_code}, and no answer of the Bot API")
        if answer["ok"] and (unread := _unread(method, answer["result"])) is not None:
            return _UNREAD.model_copy(update={"result": unread})
        _model_of(method.__returning__)
        code = status_code if answer["ok"] else answer["error_code"]
        return super().check_response(bot, method, code, content)


def _unread(method: TelegramMethod[Any], result: Any) -> Any:
    """True, or a message of which only its number is read: what Telegram says of it besides is what we have just told it.

    None: an answer that is read, and so one that aiogram looks through.
    """
    if not isinstance(method, _TOLD):
        return None
    if result is True:
        return True
    number = result.get("message_id") if isinstance(result, dict) else None
    return _TOLD_MESSAGE.model_copy(update={"message_id": number}) if type(number) is int else None


_UNREAD: Response[Any] = Response[Any].model_construct(ok=True)  # copied: to make one anew is to look for a hundred defaults
_TOLD_MESSAGE = Message.model_construct(**dict[str, Any]())
_TOLD = (
    SendMessage,
    EditMessageText,
    EditMessageReplyMarkup,
    AnswerCallbackQuery,
)  # a photo's answer says by what it is sent again


@cache
def _model_of(returning: Any) -> type[Response[Any]]:
    """What aiogram reads an answer with, held: pydantic forgets a model nobody holds, and makes it anew for 10 ms or more."""
    return Response[returning]


_NEVER_ASKED = (
    aiohttp.ClientConnectorError,  # the name, the port, TLS
    aiohttp.ConnectionTimeoutError,
    aiohttp.ServerFingerprintMismatch,
    aiohttp.ClientResponseError,  # what answered speaks no HTTP, or is a proxy that refuses
    aiohttp.InvalidURL,
)


def _spoken_by_telegram(content: str) -> dict[str, Any] | None:
    """The answer, if it has the form every answer of the Bot API has; a page of a proxy or a provider has not."""
    try:
        answer = orjson.loads(content)
    except ValueError:
        return None
    if not isinstance(answer, dict):
        return None
    if answer.get("ok") is True:
        return answer if "result" in answer else None
    refused = answer.get("ok") is False and isinstance(answer.get("description"), str) and type(answer.get("error_code")) is int
    return answer if refused else None
