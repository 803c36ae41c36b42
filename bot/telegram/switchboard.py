"""The switchboard: every subject's handlers in one table, by what was pressed, the command and the talk.

aiogram's Router stays the way a subject writes its table of contents. Asking fifty routers in turn whether a press is theirs
was a quarter of an update's cost; here an update is shown only to the handlers it can be meant for (decision 57).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from aiogram import Dispatcher, Router
from aiogram.dispatcher.event.bases import UNHANDLED
from aiogram.dispatcher.event.handler import HandlerObject
from aiogram.dispatcher.event.telegram import TelegramEventObserver
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackQueryFilter
from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, Message, TelegramObject

HEARD = ("message", "callback_query", "inline_query", "my_chat_member")  # the kinds of update that handlers are written for
COMMAND, PRESSED, TALK = "/", ":", "@"  # what a key begins with
ANYTHING = ""  # the key of a handler whose filters alone say what it takes


class Switchboard(TelegramEventObserver):
    """One kind of update: the handlers it can be meant for are asked, in the order they were registered in."""

    def __init__(self, dispatcher: Dispatcher, kind: str, handlers: list[HandlerObject]) -> None:
        super().__init__(dispatcher, kind)
        self.handlers = handlers
        self._keys = [key_of(handler) for handler in handlers]
        self._known = frozenset(self._keys)
        self._asked: dict[frozenset[str], list[HandlerObject]] = {}  # as many as there are talks and prefixes, no more

    async def trigger(self, event: TelegramObject, **kwargs: Any) -> Any:
        """As aiogram's own, of fewer handlers."""
        for handler in self._meant(event, kwargs.get("raw_state")):
            found = kwargs | {"handler": handler}
            if await _takes(handler, event, found):
                call = self.outer_middleware.wrap_middlewares(self._resolve_middlewares(), handler.call)
                return await call(event, found)
        return UNHANDLED

    def _meant(self, event: TelegramObject, state: str | None) -> list[HandlerObject]:
        keys = self._known & keys_of(event, state)
        if keys not in self._asked:
            self._asked[keys] = [each for each, key in zip(self.handlers, self._keys, strict=True) if key in keys]
        return self._asked[keys]


async def _takes(handler: HandlerObject, event: TelegramObject, found: dict[str, Any]) -> bool:
    """Whether its filters take the update; what they have read in it goes into `found`.

    As aiogram's own check, which gives a thread to every filter that is no coroutine: to look at a text, and for each message.
    """
    for each in handler.filters or ():
        given = found if each.varkw else {name: found[name] for name in each.params if name in found}
        answer = each.callback(event, **given)
        if each.awaitable:
            answer = await answer
        if not answer:
            return False
        if isinstance(answer, dict):
            found |= answer
    return True


def connect(dispatcher: Dispatcher, handlers: dict[str, list[HandlerObject]]) -> None:
    """Put a switchboard in the place of each of the dispatcher's observers; their middlewares stay."""
    for kind in HEARD:
        old = dispatcher.observers[kind]
        board = Switchboard(dispatcher, kind, handlers[kind])
        board.middleware, board.outer_middleware = old.middleware, old.outer_middleware
        dispatcher.observers[kind] = board
        setattr(dispatcher, kind, board)


def handlers_of(routers: Iterable[Router]) -> dict[str, list[HandlerObject]]:
    """Every handler by its kind of update, in the order of the routers. ValueError: a router that wants more than handlers.

    A subject's router has no filter or middleware of its own: what stands around handlers is the frame's, for all alike.
    """
    found: dict[str, list[HandlerObject]] = {kind: [] for kind in HEARD}
    for router in (each for one in routers for each in one.chain_tail):
        for kind, observer in router.observers.items():
            around = [*observer.middleware, *observer.outer_middleware, *(observer._handler.filters or [])]
            if around or (observer.handlers and kind not in HEARD):
                raise ValueError(f"router {router.name!r}: a {kind} filter, middleware or handler the switchboard does not know")
            found.get(kind, []).extend(observer.handlers)
    return found


def key_of(handler: HandlerObject) -> str:
    """What an update must be for this handler to take it: a prefix pressed, a talk's state, a command; or ANYTHING."""
    for each in handler.filters or ():
        match each.callback:
            case CallbackQueryFilter(callback_data=data):
                return PRESSED + data.__prefix__
            case State(state=str(state)):
                return TALK + state
            case Command():
                return COMMAND
    return ANYTHING


def keys_of(event: TelegramObject, state: str | None) -> set[str]:
    """The keys of the handlers that this update, of somebody in this state of a talk, can be meant for."""
    keys = {ANYTHING}
    if isinstance(event, CallbackQuery) and event.data:
        keys.add(PRESSED + event.data.partition(":")[0])
    elif isinstance(event, Message):
        if state is not None:
            keys.add(TALK + state)
        if (event.text or event.caption or "").startswith("/"):
            keys.add(COMMAND)
    return keys
