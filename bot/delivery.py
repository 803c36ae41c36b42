"""The postman: claims letters from the outbox, speaks, sends, records what became of each."""

from __future__ import annotations

import asyncio
import random
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby

import aiohttp
import structlog
from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from sqlalchemy.exc import DBAPIError

from bot import pace
from bot.clock import Clock
from bot.metrics import LETTERS
from bot.notices import URGENT, Notice, notice_of
from bot.pace import NoTurn
from bot.services.people import became_unreachable, moved_chat
from bot.services.quiet import quiet_until
from bot.settings import Settings
from bot.speech import TokenRefused, urgency
from bot.voice import voice
from storage import outbox
from storage.db import Database, Tx
from storage.outbox import TRIES, Claimed, Outcome

log = structlog.get_logger()

LEASE = timedelta(seconds=120)
LONGEST_WAIT = 15 * 60  # seconds between tries
FOLD = 10  # letters of one chat that may become one message
LOOK = 5.0  # seconds between looks when nothing is known to be due


class Postman:
    """Sends letters: one in flight per chat, in order; nothing lost, at most one repeat, a poison letter never in the way."""

    def __init__(self, bot: Bot, db: Database, settings: Settings, clock: Clock, *, seed: int | None = None) -> None:
        self.bot = bot
        self.db = db
        self.settings = settings
        self.clock = clock
        self.owner = uuid.uuid4().hex
        self.chats_at_once = settings.send_rate * 2
        self._jitter = random.Random(seed)  # noqa: S311 - spreads tries in time, guards nothing
        self._outcomes: list[Outcome] = []
        self._in_hand = 0
        self._stir = asyncio.Event()
        self._stopping = False

    def stir(self) -> None:
        """There may be something to send."""
        self._stir.set()

    async def run(self) -> None:
        """Send until cancelled, or until `stop` and nothing is in hand."""
        async with self.db.write() as tx:
            await outbox.reap(tx, now=self.clock.now(), every_owner=self.db.is_sqlite)
        async with asyncio.TaskGroup() as tasks:
            while not (self._stopping and not self._in_hand and not self._outcomes):
                try:
                    busy = await self._round(tasks)
                except DBAPIError as trouble:
                    log.warning("the outbox cannot be reached; trying again", why=type(trouble).__name__)
                    busy = False
                if not busy:
                    await self._wait()

    async def deliver(self) -> None:
        """Send everything that is due at this moment, and return: for tests, the tour and the command line."""
        async with asyncio.TaskGroup() as tasks:
            while await self._round(tasks) or self._in_hand or self._outcomes:
                if self._in_hand:
                    await self._wait()

    async def stop(self) -> None:
        """Take no more letters; `run` returns when those in hand are recorded."""
        self._stopping = True
        self._stir.set()

    async def _wait(self) -> None:
        try:
            async with asyncio.timeout(LOOK):
                await self._stir.wait()
        except TimeoutError:
            pass
        self._stir.clear()

    async def _round(self, tasks: asyncio.TaskGroup) -> bool:
        """Record what ended, claim what is due: one commit for both. Whether anything was claimed."""
        now = self.clock.now()
        outcomes, self._outcomes = self._outcomes, []
        room = 0 if self._stopping else self.chats_at_once - self._in_hand
        if not outcomes and (room <= self.chats_at_once // 4 or not await self._anything_due(now)):
            return False
        try:
            async with self.db.write() as tx:
                await outbox.record(tx, outcomes, owner=self.owner, now=now)
                if not self.db.is_sqlite:
                    await outbox.reap(tx, now=now)
                claimed = (
                    await outbox.claim(tx, owner=self.owner, now=now, lease=LEASE, people=room, per_person=FOLD)
                    if room > 0
                    else []
                )
                claimed = await self._hold_quiet(tx, claimed, now)
        except BaseException:
            self._outcomes[:0] = outcomes
            raise
        for outcome in outcomes:
            LETTERS.labels(outcome.state).inc()
        for _, letters in groupby(sorted(claimed, key=lambda letter: letter.person_id), key=lambda letter: letter.person_id):
            self._in_hand += 1
            tasks.create_task(self._carry(list(letters)))
        return bool(claimed)

    async def _anything_due(self, now: datetime) -> bool:
        """A look that costs no writing transaction: after every update, mostly in vain."""
        async with self.db.read() as tx:
            due = await outbox.next_due(tx)
        return due is not None and due <= now

    async def _hold_quiet(self, tx: Tx, claimed: list[Claimed], now: datetime) -> list[Claimed]:
        """Give back what is not urgent and would ring in somebody's quiet hours."""
        going: list[Claimed] = []
        for letter in claimed:
            quiet = (letter.quiet_from, letter.quiet_to) if letter.quiet_from and letter.quiet_to else self.settings.quiet
            until = None if letter.urgency >= URGENT else quiet_until(now, quiet, self.settings.zone)
            if until is None or not letter.rightful:
                going.append(letter)
            else:
                await outbox.hold(tx, [letter.id], until)
        return going

    # ── one chat ────────────────────────────────────────────────────────────────────────────────────────────────────

    async def _carry(self, letters: list[Claimed]) -> None:
        """Send one chat's letters in order; what comes after a failure goes back untried."""
        try:
            bundles = self._bundles(letters)
            for place, bundle in enumerate(bundles):
                outcomes = await self._send(bundle)
                self._outcomes += outcomes
                if outcomes[0].state == "retry":
                    rest = [letter for later in bundles[place + 1 :] for letter in later.letters]
                    self._outcomes += [Outcome(each.id, "new", attempted=False) for each in rest]
                    break
        except TokenRefused:
            raise  # everything stops, loudly; the letters in hand are found at the next start
        except Exception:
            log.exception("a letter could not be said", letters=[letter.id for letter in letters])
            recorded = {outcome.id for outcome in self._outcomes}
            self._outcomes += [Outcome(each.id, "dead", error="could not be said") for each in letters if each.id not in recorded]
        finally:
            self._in_hand -= 1
            self._stir.set()

    def _bundles(self, letters: Sequence[Claimed]) -> list[Bundle]:
        """Letters that may go, said; neighbours without buttons, or with the same to say, folded into one message."""
        bundles: list[Bundle] = []
        for letter in letters:
            why = self._stale(letter)
            if why is not None:
                self._outcomes.append(Outcome(letter.id, "cancelled", error=why, attempted=False))
                continue
            try:
                notice = notice_of(letter.kind, letter.facts)
                said = Bundle([letter], notice, self._text(letter, notice), self._keyboard(letter, notice))
            except Exception as trouble:  # a letter nobody can say must not stop the chat
                log.exception("a letter could not be said", letter=letter.id, kind=letter.kind)
                self._outcomes.append(Outcome(letter.id, "dead", error=f"could not be said: {type(trouble).__name__}"))
                continue
            if not (bundles and bundles[-1].fold(said)):
                bundles.append(said)
        return bundles

    def _stale(self, letter: Claimed) -> str | None:
        if not letter.rightful:
            return "no longer theirs to hear"
        if letter.expires_at is not None and letter.expires_at <= self.clock.now():
            return "expired"
        return None

    def _text(self, letter: Claimed, notice: Notice) -> str:
        say = voice(letter.language or self.settings.locale, self.settings.zone)
        return notice.own_text(say, letter.detail) if letter.own else notice.text(say, letter.detail)

    def _keyboard(self, letter: Claimed, notice: Notice) -> InlineKeyboardMarkup | None:
        say = voice(letter.language or self.settings.locale, self.settings.zone)
        rows = [[InlineKeyboardButton(text=say.plain(key), callback_data=data)] for key, data in notice.buttons()]
        return InlineKeyboardMarkup(inline_keyboard=rows) if rows else None

    async def _send(self, bundle: Bundle) -> list[Outcome]:
        letter = bundle.letters[0]
        urgency.set({URGENT: pace.URGENT, 1: pace.ORDINARY}.get(letter.urgency, pace.BULK))
        assert letter.telegram_id is not None  # noqa: S101 - or it would not be rightful
        try:
            sent = await self.bot.send_message(letter.telegram_id, bundle.text, reply_markup=bundle.keyboard)
        except TelegramRetryAfter:
            return bundle.end("retry", due_at=self.clock.now(), attempted=False, error="429")
        except NoTurn:
            return bundle.end("retry", due_at=self.clock.now(), attempted=False, error="no turn")
        except TelegramUnauthorizedError as refused:
            raise TokenRefused("Telegram does not accept the token any more: see BOT_TOKEN") from refused
        except TelegramForbiddenError as refused:
            await became_unreachable(self.db, letter.person_id, now=self.clock.now())
            return bundle.end("cancelled", error=refused.message)
        except TelegramMigrateToChat as moved:
            await moved_chat(self.db, letter.person_id, moved.migrate_to_chat_id)
            return bundle.end("retry", due_at=self.clock.now(), attempted=False, error="moved")
        except TelegramNetworkError as trouble:
            return self._lost(bundle, trouble)
        except ClientDecodeError:  # a proxy's page in place of an answer: who knows what it did with the question
            return self._lost(bundle, None)
        except TelegramServerError as trouble:
            return self._again(bundle, trouble.message, lost=False)
        except TelegramBadRequest as refused:
            log.error("Telegram refused a letter", letter=letter.id, kind=letter.kind, why=refused.message)
            return bundle.end("dead", error=refused.message)
        except TelegramAPIError as trouble:
            return self._again(bundle, trouble.message, lost=False)
        return bundle.end("sent", message_id=sent.message_id)

    def _lost(self, bundle: Bundle, trouble: TelegramNetworkError | None) -> list[Outcome]:
        """The line broke: never connected is safe to repeat; else it may have arrived, and is repeated once."""
        if trouble is not None and isinstance(trouble.__cause__, aiohttp.ClientConnectorError):
            return self._again(bundle, "no connection", lost=False)
        if any(letter.repeated for letter in bundle.letters):
            return bundle.end("unknown", error="the answer was lost twice")
        return self._again(bundle, "the answer was lost", lost=True)

    def _again(self, bundle: Bundle, why: str, *, lost: bool) -> list[Outcome]:
        attempt = bundle.letters[0].attempt
        if attempt >= TRIES:
            log.error("a letter is given up", letter=bundle.letters[0].id, kind=bundle.letters[0].kind, why=why)
            return bundle.end("dead", error=why)
        wait = self._jitter.uniform(0, min(LONGEST_WAIT, 2**attempt))
        return bundle.end("retry", due_at=self.clock.now() + timedelta(seconds=wait), error=why, lost=lost)


class Bundle:
    """One message: a letter, or several of one chat folded together."""

    def __init__(self, letters: list[Claimed], notice: Notice, text: str, keyboard: InlineKeyboardMarkup | None) -> None:
        self.letters = letters
        self.notice = notice
        self.text = text
        self.keyboard = keyboard

    def fold(self, other: Bundle) -> bool:
        """Take another's letters in, if both are plain and it fits, or if they read the same: that is said once."""
        if self.letters[0].repeated or other.letters[0].repeated:
            return False  # what may have arrived already is repeated as it was
        if self.text == other.text:
            return self._fold_same(other)
        if self.keyboard or other.keyboard or len(self.text) + len(other.text) > 3500:
            return False
        self.letters += other.letters
        self.text += "\n\n" + other.text
        return True

    def _fold_same(self, other: Bundle) -> bool:
        """«Новая запись в журнале — открыть» twice is one message; with two buttons of one name nobody could choose."""
        rows = [*(self.keyboard.inline_keyboard if self.keyboard else [])]
        rows += [row for row in (other.keyboard.inline_keyboard if other.keyboard else []) if row not in rows]
        labels = [button.text for row in rows for button in row]
        if len(labels) > len(set(labels)):
            return False
        self.letters += other.letters
        self.keyboard = InlineKeyboardMarkup(inline_keyboard=rows) if rows else None
        return True

    def end(
        self,
        state: str,
        *,
        message_id: int | None = None,
        error: str | None = None,
        due_at: datetime | None = None,
        attempted: bool = True,
        lost: bool = False,
    ) -> list[Outcome]:
        return [Outcome(letter.id, state, message_id, error, due_at, attempted, lost) for letter in self.letters]
