"""The webhook: set, told about, and delivered to, each person's updates in order, again and again until taken."""

from __future__ import annotations

import asyncio
import re
from collections import deque
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import orjson

from bot.sandbox.errors import Refused, too_many
from bot.sandbox.strict import WrongError, signatures
from bot.sandbox.tasks import Tasks
from bot.sandbox.telegram import Telegram
from bot.sandbox.updates import Update
from bot.sandbox.wire import Call, Said

PORTS = frozenset((80, 88, 443, 8443))
LOOPBACK = frozenset(("127.0.0.1", "localhost", "::1"))
MOST_SECRET = 256
NOT_IN_REPLY = frozenset(("deletewebhook", "setwebhook", "close", "logout"))


class Webhook:
    """Local mode: http on the loopback is allowed. `first_wait` and `longest_wait` are seconds between attempts."""

    def __init__(self, telegram: Telegram, tasks: Tasks, answer: Callable[[str, Call], Any], ticks: Callable[[], float]) -> None:
        self.ticks = ticks
        self.telegram = telegram
        self.tasks = tasks
        self.answer = answer
        self.url = ""
        self.secret = ""
        self.first_wait, self.longest_wait, self.patience = 1.0, 60.0, 60.0
        self._most = 40
        self._error: tuple[int, str] | None = None
        self._lanes: dict[int, deque[Update]] = {}
        self._session: aiohttp.ClientSession | None = None
        self._places = asyncio.Semaphore(self._most)
        self._set_at = float("-inf")
        self._era = 0  # grows when the webhook changes: older deliveries end

    async def set(self, call: Call) -> Any:
        url, secret = call.get("url") or "", call.get("secret_token") or ""
        if self.ticks() < self._set_at + 1:
            raise too_many(1)
        self._set_at = self.ticks()
        if url:
            _check_url(url)
        if len(secret) > MOST_SECRET:
            raise Refused("secret token is too long")
        if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
            raise Refused("secret token contains unallowed characters")
        if not url:
            return await self.delete(call)
        same = (url, secret) == (self.url, self.secret)
        updates = self.telegram.updates
        updates.allow(call.get("allowed_updates"))
        if call.get("drop_pending_updates"):
            updates.clear()
        if same:
            return Said(True, "Webhook is already set")
        updates.terminate("setWebhook request")
        self._stop()
        self.url, self.secret, self._most = url, secret, max(1, min(call.get("max_connections") or 40, 100))
        self._places = asyncio.Semaphore(self._most)
        updates.webhook = self._enqueue
        for update in list(updates.queue):
            self._enqueue(update)
        return Said(True, "Webhook was set")

    async def delete(self, call: Call) -> Any:
        if call.get("drop_pending_updates"):
            self.telegram.updates.clear()
        was, self.url, self.secret = self.url, "", ""
        self._stop()
        return Said(True, "Webhook was deleted" if was else "Webhook is already deleted")

    async def info(self, _call: Call) -> dict[str, Any]:
        updates = self.telegram.updates
        found: dict[str, Any] = {"url": self.url, "has_custom_certificate": False, "pending_update_count": updates.count()}
        if self.url:
            found |= {"max_connections": self._most, "ip_address": "127.0.0.1"}
        if self._error:
            found |= {"last_error_date": self._error[0], "last_error_message": self._error[1]}
        if updates.allowed:
            found["allowed_updates"] = sorted(updates.allowed)
        return found

    async def close(self) -> None:
        self._stop()
        if self._session:
            await self._session.close()
            self._session = None

    def _stop(self) -> None:
        self._era += 1
        self._lanes.clear()
        self._error = None
        self.telegram.updates.webhook = None

    def _enqueue(self, update: Update) -> None:
        lane = self._lanes.get(update.lane)
        if lane is None:
            lane = self._lanes[update.lane] = deque((update,))
            self.tasks.start(self._deliver(update.lane, lane, self._era))
        else:
            lane.append(update)

    async def _deliver(self, lane_id: int, lane: deque[Update], era: int) -> None:
        """One person's updates, one after another."""
        wait = self.first_wait
        while lane and era == self._era:
            update = lane[0]
            if update.expires < self.telegram.now():
                lane.popleft()
                continue
            async with self._places:
                taken = era == self._era and await self._offer(update)
            if era != self._era:
                return
            if taken:
                lane.popleft()
                self.telegram.updates.take(update)
                wait = self.first_wait
            else:
                await asyncio.sleep(wait)
                wait = min(wait * 2, self.longest_wait)
        if era == self._era:
            del self._lanes[lane_id]

    async def _offer(self, update: Update) -> bool:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=0), timeout=aiohttp.ClientTimeout(total=self.patience)
            )
        headers = {"Content-Type": "application/json"}
        if self.secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = self.secret
        try:
            async with self._session.post(self.url, data=orjson.dumps(update.body), headers=headers) as response:
                body = await response.read()
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            self._failed(f"Connection failed: {type(error).__name__}")
            return False
        if not 200 <= response.status < 300:
            self._failed(f"Wrong response from the webhook: {response.status} {response.reason}")
            return False
        self._reply(response.content_type, body)
        return True

    def _failed(self, words: str) -> None:
        self._error = (int(self.telegram.now().timestamp()), words)
        self.telegram.tell("webhook", None, words)

    def _reply(self, kind: str, body: bytes) -> None:
        """The bot may answer the delivery with a call."""
        if not body or kind != "application/json":
            return
        try:
            raw = orjson.loads(body)
        except orjson.JSONDecodeError:
            return
        if not isinstance(raw, dict) or not isinstance(raw.get("method"), str):
            return
        method = raw.pop("method").lower()
        known = signatures().get(method)
        if known is None or method in NOT_IN_REPLY or method.startswith("get"):
            return
        try:
            self.answer(method, Call(0, known.name, self.telegram.now(), known.read(raw)))
        except (Refused, WrongError) as error:
            self.telegram.violate(f"{known.name} in the reply to a webhook delivery: {error}")


def _check_url(url: str) -> None:
    """Raises Refused for what even a server of one's own would not call."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise Refused("invalid webhook URL specified") from error
    if parts.scheme not in ("http", "https") or not host:
        raise Refused("invalid webhook URL specified")
    if host in LOOPBACK:
        return
    if parts.scheme != "https":
        raise Refused("bad webhook: An HTTPS URL must be provided for webhook")
    if (port or 443) not in PORTS:
        raise Refused("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    raise Refused("sandbox: the webhook must be on this machine")
