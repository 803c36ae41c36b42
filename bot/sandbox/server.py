"""The HTTP side of the local Telegram: a call comes in, is checked, handled, logged and answered."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Self

from aiohttp import web

from bot.sandbox import guard, spoken
from bot.sandbox.answers import check_token, json_answer, said_instead
from bot.sandbox.bell import PATIENCE
from bot.sandbox.errors import Refused, too_many
from bot.sandbox.files import MOST_UPLOADED
from bot.sandbox.messages import Chat, User
from bot.sandbox.methods import METHODS, PACED
from bot.sandbox.pace import Gate, Pace
from bot.sandbox.phone import Phone
from bot.sandbox.strict import Signature, WrongError, signatures
from bot.sandbox.tasks import Tasks
from bot.sandbox.telegram import Telegram
from bot.sandbox.trouble import Fault, Trouble
from bot.sandbox.webhook import Webhook
from bot.sandbox.wire import Call, params_of, yes

if TYPE_CHECKING:
    from bot.sandbox.page_api import Page
    from bot.sandbox.stage import Stage

Answer = web.StreamResponse
BODY_LIMIT = MOST_UPLOADED + 1024 * 1024  # the file and what stands around it
ADDRESS = "127.0.0.1"


def _now() -> datetime:
    return datetime.fromtimestamp(time.time(), UTC)


class Sandbox:
    """A local Telegram with one bot. Its state lives as long as the object: the bot may die and come back.

    `clock` tells the moment (aware); the demo may move it. `pace`: see Pace; None refuses nobody. `page`: serve the chat
    page at `url`; a Stage is what it shows beside the chats. `ticks` are seconds for the pace (default: the loop's clock).
    """

    def __init__(
        self,
        token: str = "42:TEST",  # noqa: S107 - invented, opens nothing
        username: str = "school_bot",
        *,
        name: str = "Бот",
        clock: Callable[[], datetime] | None = None,
        pace: Pace | None = None,
        trouble: Trouble | None = None,
        page: bool | Stage = False,
        log: int = 20_000,
        ticks: Callable[[], float] | None = None,
    ) -> None:
        self.token = token
        self.now = clock or _now
        self.telegram = Telegram(User(int(token.split(":", maxsplit=1)[0]), name, username=username, is_bot=True), self.now)
        self.gate = Gate(pace, ticks or time.monotonic, self.telegram.violate)
        self.trouble = trouble or Trouble()
        self.log: deque[Call] = deque(maxlen=log)
        self.tasks = Tasks(self.telegram.violate)
        self.webhook = Webhook(self.telegram, self.tasks, self.answer_call, self.gate.ticks)
        self.phones: dict[int, Phone] = {}
        self.url = ""
        self._number = 0
        self._page: Page | None = None
        self._with_page = bool(page)
        self.stage = None if isinstance(page, bool) else page
        self._runner: web.ServerRunner | None = None
        self._site: web.TCPSite | None = None
        self._over = asyncio.Event()
        self._waiting_methods: dict[str, Callable[[Call], Awaitable[Any]]] = {
            "getupdates": self._get_updates,
            "setwebhook": self.webhook.set,
            "deletewebhook": self.webhook.delete,
            "getwebhookinfo": self.webhook.info,
            "close": self._close,
            "logout": self._close,
        }

    async def start(self, port: int = 0) -> str:
        """Listen on the loopback address. Returns the url."""
        signatures()
        if self._with_page:
            from bot.sandbox.page_api import Page

            self._page = Page(self)
        server = web.Server(self._handle, request_factory=self._request)
        self._runner = web.ServerRunner(server, access_log=None, shutdown_timeout=0.2, keepalive_timeout=75.0)
        await self._runner.setup()
        await self._listen(port)
        self.url = f"http://{ADDRESS}:{self._runner.addresses[0][1]}"
        return self.url

    async def _listen(self, port: int) -> None:
        if self._runner is not None:
            self._site = web.TCPSite(self._runner, ADDRESS, port)
            await self._site.start()

    async def unplug(self) -> None:
        """Connections are refused and the open ones end, until `plug`."""
        if self._site is not None and self._runner is not None and self._runner.server is not None:
            await self._site.stop()
            self._site = None
            for connection in list(self._runner.server.connections):
                connection.force_close()

    async def plug(self) -> None:
        """Listen again, at the same address."""
        if self._site is None:
            await self._listen(int(self.url.rpartition(":")[2]))

    async def stop(self) -> None:
        self._over.set()
        self.telegram.updates.terminate("the end of the sandbox")
        if self._page:
            self._page.close()
        await self.webhook.close()
        await self.tasks.close()
        if self._runner:
            await self._runner.cleanup()
            self._runner = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    # For tests

    def person(
        self,
        person_id: int,
        first_name: str,
        *,
        last_name: str | None = None,
        username: str | None = None,
        about: str = "",
    ) -> Phone:
        """The phone of a person, which speaks Russian; the same one when asked again."""
        return self.meet(User(person_id, first_name, last_name, username, "ru", about=about))

    def meet(self, who: User) -> Phone:
        """The phone of whoever this is; the same one when asked again."""
        if who.id not in self.phones:
            self.phones[who.id] = Phone(self.telegram, self.log, who)
            self.telegram.tell("person", self.phones[who.id].chat)
        return self.phones[who.id]

    def group(self, chat_id: int, title: str, *, members: Iterable[Phone] = ()) -> Chat:
        """A group with the bot in it; the same one when asked again. People speak there with `anna.send(text, to=group)`."""
        chat = self.telegram.chats.get(chat_id)
        if chat is None:
            chat = self.telegram.chats[chat_id] = Chat(chat_id, title=title, kind="supergroup", started=True)
            for phone in members:
                chat.members[phone.id] = phone.user
                self.telegram.join(chat, phone.user, inside=True)
        return chat

    @property
    def violations(self) -> list[str]:
        """What the bot did wrong so far, in words."""
        self.telegram.unanswered()
        return self.telegram.violations

    @property
    def pending(self) -> int:
        """Updates the bot has not confirmed yet."""
        return self.telegram.updates.count()

    def calls(self, method: str | None = None) -> list[Call]:
        """The wire log, oldest first."""
        return [call for call in self.log if method is None or call.method.lower() == method.lower()]

    def fail_next(self, method: str, fault: Fault | None, times: int = 1) -> None:
        self.trouble.fail_next(method, fault, times)

    async def quiet(self, timeout: float = PATIENCE) -> None:
        """Until no update is pending and no pressed button is unanswered. AssertionError when none of them moves for `timeout`
        seconds: how long all of them take does not matter."""
        while any(before := (self.pending, len(self.telegram.unanswered()))):
            bell = self.telegram.updates.bell if self.pending else self.telegram.bell
            await bell.until(lambda before=before: (self.pending, len(self.telegram.unanswered())) != before, timeout)  # type: ignore[misc]  # bound at once
            pending, unanswered = self.pending, self.telegram.unanswered()
            if (pending, len(unanswered)) == before:
                waiting = [query.data for query in unanswered]
                raise AssertionError(
                    f"not quiet: nothing moved for {timeout} s: {pending} updates pending, unanswered presses: {waiting}"
                )

    # HTTP

    def _request(self, *arguments: Any) -> web.BaseRequest:
        message, payload, protocol, writer, task = arguments
        loop = asyncio.get_running_loop()
        return web.BaseRequest(message, payload, protocol, writer, task, loop, client_max_size=BODY_LIMIT)

    async def _handle(self, request: web.BaseRequest) -> Answer:
        path = request.path
        if path.startswith(("/bot", "/file/bot")) and (words := guard.refusal(request, always_writes=True)):
            return json_answer(Refused(f"Forbidden: {words}", 403, whole=True).envelope())
        if path.startswith("/bot"):
            return await self._bot_api(request, path[4:])
        if path.startswith("/file/bot"):
            return self._download(path[9:])
        if self._page:
            return await self._page.handle(request)
        return json_answer(Refused("Not Found", 404, whole=True).envelope())

    async def _bot_api(self, request: web.BaseRequest, path: str) -> Answer:
        token, _, method = path.partition("/")
        started = time.perf_counter()
        self._number += 1
        call = Call(self._number, method, self.now())
        lowered = method.lower()
        known = signatures().get(lowered)
        if known:
            call.method = known.name
        call.fault = fault = self.trouble.strike(lowered)
        if fault == "cut_before":
            return self._cut(request, call)
        if fault in ("silence", "block_page", "not_an_answer"):
            self._keep(call)
            return await self._not_telegram(fault)
        delay = self.trouble.delay(lowered)
        if delay:
            await asyncio.sleep(delay / 2)
        try:
            check_token(token, self.token)
            call.params, call.files = await params_of(request)
            result = await self._handled(call, lowered, known)
            call.answer = yes(result)
        except Refused as refusal:
            call.answer = refusal.envelope()
        if delay:
            await asyncio.sleep(delay / 2)
        call.took = time.perf_counter() - started
        if fault == "cut_after" or self.trouble.outage is True:
            call.fault = "cut_after"
            return self._cut(request, call)
        if request.transport is None or request.transport.is_closing():
            call.fault = "gone"  # whoever asked is no longer there, as after a kill
        self._keep(call)
        if fault in ("bad_gateway", "silence_after"):
            return await self._not_telegram(fault)
        return json_answer(call.answer)

    async def _not_telegram(self, fault: Fault) -> Answer:
        """What somebody on the way says in Telegram's place, or nothing at all."""
        if (said := said_instead(fault)) is not None:
            return said
        await self._over.wait()
        return web.Response(status=504)

    async def _handled(self, call: Call, method: str, known: Signature | None) -> Any:
        if known is None:
            raise Refused("Not Found: method not found", 404, whole=True)
        if call.fault == "too_many":
            chat = call.params.get("chat_id")
            self.gate.hold(None if self.trouble.whole else _number(chat), self.trouble.retry_after)
            raise too_many(self.trouble.retry_after)
        if call.fault == "server_error":
            raise Refused("Internal Server Error", 500, whole=True)
        if call.fault == "bad_gateway":
            return None
        if method not in self._waiting_methods and method not in METHODS:
            self.telegram.violate(f"{call.method}: the sandbox does not simulate this method")
            raise Refused(f"Not Implemented: sandbox: {call.method} is not simulated", 501, whole=True)
        spoken.read(method, call.params)
        try:
            call.params = known.read(call.params)
        except WrongError as error:
            self.telegram.violate(f"{call.method}: {error}")
            raise Refused(f"Bad Request: sandbox: {error}", whole=True) from error
        if waiting := self._waiting_methods.get(method):
            return await waiting(call)
        return self.answer_call(method, call)

    def answer_call(self, method: str, call: Call) -> Any:
        """Handle a call whose parameters are read. Raises Refused."""
        if method in PACED and (wait := self.gate.enter(_number(call.get("chat_id")), call.method)):
            raise too_many(wait)
        if words := self.trouble.refusal(method):
            raise Refused(words)
        return METHODS[method](self.telegram, call)

    def _download(self, path: str) -> Answer:
        token, _, path = path.partition("/")
        try:
            check_token(token, self.token)
        except Refused as refusal:
            return json_answer(refusal.envelope())
        file = self.telegram.files.at(path)
        if file is None:
            return json_answer(Refused("Not Found", 404, whole=True).envelope())
        return web.Response(body=file.content, content_type="application/octet-stream")

    def _keep(self, call: Call) -> None:
        self.log.append(call)
        self.telegram.tell("call", None, call)

    def _cut(self, request: web.BaseRequest, call: Call) -> Answer:
        self._keep(call)
        if request.transport:
            request.transport.abort()
        return web.Response(status=500)

    async def _get_updates(self, call: Call) -> Any:
        if self.webhook.url:
            raise Refused(
                "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first", 409
            )
        self.telegram.updates.allow(call.get("allowed_updates"))
        return await self.telegram.updates.poll(call.get("offset", 0), call.get("limit", 100), call.get("timeout", 0))

    async def _close(self, _call: Call) -> bool:
        self.telegram.updates.terminate("close request")
        return True


def _number(chat_id: Any) -> int:
    try:
        return int(chat_id)
    except (TypeError, ValueError):
        return 0
