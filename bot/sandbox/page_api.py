"""The chat page and the JSON it is built on; any other page can be built on the same.

Everything is JSON in UTF-8; times are ISO 8601; entities are the Bot API's, offsets in UTF-16 units, as JavaScript counts.
Errors: {"error": "words"} with 400, 403, 404 or 409. Requests that change something are POST, from this page or from a program
on this machine.

    GET  /api/bot                          {id, name, username, description, about}
    GET  /api/people                       [{id, name, about, started, blocked, last: {id, text, from_bot, date} | null, …}]
    POST /api/people                       {id, first_name, last_name?, username?, language?, about?}: a new person → the chat
    GET  /api/people/ID                    the person and keyboard, commands, menu_button, pinned message
    GET  /api/people/ID/messages           ?before=MESSAGE&limit=100 → messages, oldest first (what was deleted is left out)
    POST /api/people/ID/send               {text, reply_to?} → the message
    POST /api/people/ID/tap                {message, row, column}: an inline button, or {row, column}: the reply keyboard
                                           → {query} (its answer comes as the event `answer`), {url}, {copy} or {message}
    POST /api/people/ID/attach             multipart: file, caption?, kind? (document | photo) → the message
    POST /api/people/ID/inline             {text, offset?} → {query, text, results} (waits for the bot, 10 s)
    POST /api/people/ID/choose             {query, number} → the message
    POST /api/people/ID/block              {blocked: true | false} → the chat
    POST /api/people/ID/read               {message: id}: seen up to this one → {read, unread}
    POST /api/people/ID/wipe               {} → the chat, empty
    GET  /api/files/FILE                   contents; a photo is shown, all else is a download
    GET  /api/calls                        ?after=NUMBER&limit=200 → the wire log: {number, method, at, params, answer, fault, took}
    GET  /api/violations                   ["words", …]
    GET  /api/trouble                      {too_many, server_error, latency, outage: true | false}
    POST /api/trouble                      {name, on}
    GET  /api/stage                        what whoever runs the sandbox adds (bot/sandbox/stage.py), null if nothing
    POST /api/stage/ACT                    {…} → {}; 409 with words when it cannot be done now
    GET  /api/stage/files/NAME             a file the story hands out
    GET  /api/events                       Server-Sent Events, ?calls=1 for the wire log too. Comes back with Last-Event-ID.
        message, edit {chat, message, unread} · delete {chat, message: id}
        taken {chat, message: id}: the bot has it · keyboard {chat, keyboard | null} · trouble, stage {what changed}
        answer {chat, query, message, text, alert, url} · inline {chat, query, text, results} · action {chat, action}
        chat, person, wipe, read {chat, person} · commands, profile {bot} · violation, webhook {words} · call {…}
        hello: begins here · reset: too much was missed, load everything again
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import unquote

from aiohttp import web

from bot.sandbox import guard, page_trouble, views
from bot.sandbox.errors import Refused
from bot.sandbox.events import Events
from bot.sandbox.messages import Chat, User
from bot.sandbox.page_http import WrongError, answered, body, download, number
from bot.sandbox.phone import Phone
from bot.sandbox.stage import NotNow, Stage
from bot.sandbox.telegram import Telegram
from bot.sandbox.trouble import Trouble
from bot.sandbox.wire import Call

FOLDER = Path(__file__).parent / "page"
KINDS = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
}
SHOWN = frozenset(("image/png", "image/jpeg", "image/webp", "image/gif"))
MOST_MESSAGES = 500

Json = dict[str, Any]


class Shown(Protocol):
    """What the page shows, and lets one do (bot/sandbox/server.py: Sandbox)."""

    telegram: Telegram
    phones: dict[int, Phone]
    log: deque[Call]
    trouble: Trouble
    stage: Stage | None

    @property
    def violations(self) -> list[str]: ...

    def meet(self, who: User) -> Phone: ...


class Page:
    """Serves the page's files and its JSON."""

    def __init__(self, sandbox: Shown) -> None:
        self.sandbox = sandbox
        self.telegram = sandbox.telegram
        self.events = Events()
        self.files = {file.name: (KINDS[file.suffix], file.read_bytes()) for file in FOLDER.iterdir() if file.suffix in KINDS}
        self.telegram.listeners.append(self._happened)
        if sandbox.stage:
            sandbox.stage.changed.append(self._staged)
        self._reads: dict[str, Callable[[web.BaseRequest], Any]] = {
            "bot": lambda _: views.bot(self.telegram),
            "people": lambda _: [views.person(phone) for phone in sandbox.phones.values()],
            "calls": self._calls,
            "violations": lambda _: sandbox.violations,
            "trouble": lambda _: page_trouble.view(sandbox.trouble),
            "stage": lambda _: sandbox.stage.view if sandbox.stage else None,
        }
        self._writes: dict[str, Callable[[Phone, Json], Awaitable[Any]]] = {
            "send": self._send,
            "tap": self._tap,
            "inline": self._inline,
            "choose": self._choose,
            "block": self._block,
            "read": self._see,
            "wipe": self._wipe,
        }

    def close(self) -> None:
        self.telegram.listeners.remove(self._happened)
        if self.sandbox.stage:
            self.sandbox.stage.changed.remove(self._staged)
        self.events.close()

    def _happened(self, kind: str, chat: Chat | None, about: Any) -> None:
        body = views.event(self.telegram, self.sandbox.phones, kind, chat, about)
        if body is not None:
            self.events.happened(kind, body)

    def _staged(self, parts: Json) -> None:
        self.events.happened("stage", parts)

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """Any request that is not a bot's."""
        try:
            if words := guard.refusal(request):
                raise WrongError(words, 403)
            if request.path == "/api/events":
                return await self.events.stream(request, guard.HEADERS)
            if request.path.startswith("/api/files/"):
                return self._file(request.path.removeprefix("/api/files/"))
            if request.path.startswith("/api/stage/files/"):
                return self._handed_out(unquote(request.path.removeprefix("/api/stage/files/")))
            if request.path.startswith("/api/"):
                return answered(await self._answered(request))
            return self._static(request)
        except WrongError as error:
            return answered({"error": str(error)}, error.status)
        except Refused as refused:
            return answered({"error": refused.description}, 400)
        except NotNow as reason:
            return answered({"error": str(reason)}, 409)
        except AssertionError as error:  # what a phone says when something cannot be done
            return answered({"error": str(error).splitlines()[0]}, 409)

    def _static(self, request: web.BaseRequest) -> web.Response:
        name = request.path.removeprefix("/") or "index.html"
        if request.method != "GET" or name not in self.files:
            raise WrongError("not found", 404)
        kind, body = self.files[name]
        return web.Response(body=body, headers={**guard.HEADERS, "Content-Type": kind})

    def _file(self, file_id: str) -> web.Response:
        file = self.telegram.files.of(file_id)
        if file is None:
            raise WrongError("no such file", 404)
        return download(file.name, file.content, file.mime, shown=file.kind == "photo" and file.mime in SHOWN)

    def _handed_out(self, name: str) -> web.Response:
        content = self.sandbox.stage.files(name) if self.sandbox.stage else None
        if content is None:
            raise WrongError("no such file", 404)
        return download(name, content)

    async def _answered(self, request: web.BaseRequest) -> Any:
        parts = request.path.split("/")[2:]
        if request.method == "GET":
            return self._read(request, parts)
        if request.method != "POST":
            raise WrongError("not allowed", 405)
        if parts == ["people"]:
            return self._add(await body(request))
        if parts == ["trouble"]:
            return self._trouble(await body(request))
        if len(parts) == 2 and parts[0] == "stage":
            return await self._act(parts[1], await body(request))
        if len(parts) != 3 or parts[0] != "people":
            raise WrongError("not found", 404)
        phone = self._phone(parts[1])
        if parts[2] == "attach":
            return await self._attach(phone, request)
        if parts[2] not in self._writes:
            raise WrongError("not found", 404)
        return await self._writes[parts[2]](phone, await body(request))

    def _read(self, request: web.BaseRequest, parts: list[str]) -> Any:
        if len(parts) == 1 and parts[0] in self._reads:
            return self._reads[parts[0]](request)
        if len(parts) in (2, 3) and parts[0] == "people":
            phone = self._phone(parts[1])
            if len(parts) == 2:
                return views.whole_chat(self.telegram, phone)
            if parts[2] == "messages":
                before, limit = number(request, "before", 1 << 60), number(request, "limit", 100)
                found = [it for it in phone.chat.visible() if it.id < before]
                return [views.message(it) for it in found[-max(1, min(limit, MOST_MESSAGES)) :]]
        raise WrongError("not found", 404)

    def _phone(self, person_id: str) -> Phone:
        phone = self.sandbox.phones.get(int(person_id)) if re.fullmatch(r"\d{1,15}", person_id) else None
        if phone is None:
            raise WrongError("no such person", 404)
        return phone

    def _calls(self, request: web.BaseRequest) -> list[Json]:
        after, limit = number(request, "after", 0), number(request, "limit", 200)
        return [call.wire() for call in self.sandbox.log if call.number > after][-max(1, limit) :]

    # What a person does

    def _add(self, body: Json) -> Json:
        person_id, first_name = body.get("id"), body.get("first_name")
        if type(person_id) is not int or not 0 < person_id < 1 << 40 or not isinstance(first_name, str) or not first_name:
            raise WrongError("id and first_name are needed")
        texts = {name: body[name] for name in ("last_name", "username", "language", "about") if isinstance(body.get(name), str)}
        return views.whole_chat(self.telegram, self.sandbox.meet(User(person_id, first_name, **{"language": "ru"} | texts)))

    async def _send(self, phone: Phone, body: Json) -> Json:
        text, reply_to = body.get("text"), body.get("reply_to")
        if not isinstance(text, str) or not text.strip() or len(text) > 4096:
            raise WrongError("text of 1 to 4096 characters is needed")
        return views.message(await phone.send(text.strip(), reply_to=reply_to if isinstance(reply_to, int) else None))

    async def _attach(self, phone: Phone, request: web.BaseRequest) -> Json:
        form = await request.post()
        file, caption, kind = form.get("file"), form.get("caption", ""), form.get("kind", "document")
        if not isinstance(file, web.FileField) or not isinstance(caption, str) or kind not in ("document", "photo"):
            raise WrongError("a file is needed")
        content = file.file.read()
        file.file.close()
        return views.message(await phone.attach(file.filename, content, caption, kind=str(kind)))

    async def _tap(self, phone: Phone, body: Json) -> Json:
        row, column = body.get("row"), body.get("column")
        if type(row) is not int or type(column) is not int or row < 0 or column < 0:
            raise WrongError("row and column are needed")
        try:
            if "message" not in body:
                label = phone.keyboard[row][column]
                await phone.tap(label)
                return {"message": phone.messages[-1].id}
            message = phone.chat.find(body["message"])
            if message is None:
                raise WrongError("no such message", 404)
            button = message.rows[row][column]
        except IndexError as error:
            raise WrongError("no such button", 404) from error
        if button.data is not None:
            if phone.chat.blocked:
                raise WrongError("the bot is blocked", 409)
            return {"query": self.telegram.press(phone.chat, phone.user, message.id, button.data).id}
        if "copy_text" in button.raw:
            return {"copy": button.raw["copy_text"]["text"]}
        await phone.follow(button)
        return {"url": button.url}

    async def _inline(self, phone: Phone, body: Json) -> Json:
        return views.results(await phone.inline(str(body.get("text", "")), offset=str(body.get("offset", ""))))

    async def _choose(self, phone: Phone, body: Json) -> Json:
        query, number = self.telegram.inline.get(str(body.get("query"))), body.get("number")
        if query is None or query.person.id != phone.id or type(number) is not int or not 0 <= number < len(query.results or []):
            raise WrongError("no such result", 404)
        return views.message(await phone.choose(query, number))

    async def _block(self, phone: Phone, body: Json) -> Json:
        if body.get("blocked"):
            phone.block()
        else:
            phone.unblock()
        return views.whole_chat(self.telegram, phone)

    async def _see(self, phone: Phone, body: Json) -> Json:
        upto = body.get("message")
        if type(upto) is not int:
            raise WrongError("message is needed")
        phone.see(upto)
        return {"read": phone.chat.read, "unread": phone.chat.unread()}

    async def _wipe(self, phone: Phone, _body: Json) -> Json:
        phone.wipe()
        return views.whole_chat(self.telegram, phone)

    # What the one who runs all this does

    def _trouble(self, body: Json) -> Json:
        page_trouble.switch(self.sandbox.trouble, body.get("name"), on=bool(body.get("on")))
        found = page_trouble.view(self.sandbox.trouble)
        self.events.happened("trouble", found)
        return found

    async def _act(self, name: str, body: Json) -> Json:
        act = self.sandbox.stage.acts.get(name) if self.sandbox.stage else None
        if act is None:
            raise WrongError("not found", 404)
        await act(body)
        return {}
