"""The postman: claims letters from the outbox, speaks, sends, records what became of each."""

from __future__ import annotations

import asyncio
import random
import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import groupby

import structlog
from sqlalchemy.exc import DBAPIError

from bot.clock import Clock
from bot.metrics import LETTERS
from bot.notices import URGENT, notice_of
from bot.post import pace
from bot.post.bundle import Bundle, Fact, folded
from bot.post.line import Line
from bot.post.mouth import Answer, Meaning, Mouth, TokenRefused
from bot.post.presence import Presence
from bot.post.quiet import quiet_until
from bot.services.people.calls import undelivered
from bot.services.people.people import became_unreachable, moved_chat
from bot.settings import Settings
from bot.voice import Say, voice
from storage import due, outbox
from storage.away import DatabaseAway
from storage.db import Database, Tx
from storage.outbox import TRIES, Claimed, Hands, Outcome
from storage.unsaid import EXPIRED, UNREACHABLE

log = structlog.get_logger()

LEASE = timedelta(seconds=120)
LONGEST_WAIT = due.LONGEST_WAIT.total_seconds()  # between tries
GIVEN_UP = timedelta(days=1)  # a letter Telegram fails at for so long, again and again, while nothing else goes out
FOLD = 60  # letters of one chat taken up at once: they may become one message
MESSAGES = 10  # of one chat in one go,
GO = timedelta(seconds=45)  # … begun within so long: when the lease is over they are another's to send
BLANK = " "
WHY = {Meaning.NO_TURN: "no turn", Meaning.NO_LINE: "no line", Meaning.SLOW_DOWN: "429"}
LOOK = 5.0  # seconds between looks when nothing is known to be due


class Postman:
    """Sends letters: one in flight per chat, in order; nothing lost, at most one repeat, a poison letter never in the way.

    While the line is down one letter at a time tries it, for all the others; see docs/decisions/0018.
    """

    def __init__(self, mouth: Mouth, db: Database, settings: Settings, clock: Clock, *, seed: int | None = None) -> None:
        self.mouth = mouth
        self.db = db
        self.settings = settings
        self.clock = clock
        self.owner = uuid.uuid4().hex
        self.chats_at_once = settings.send_rate * 2
        self.line = Line(seed)
        self._jitter = random.Random(seed)  # noqa: S311 - spreads tries in time, guards nothing
        self._outcomes: list[Outcome] = []
        self._in_hand = 0
        self._stir = asyncio.Event()
        self._stopping = False

    def share(self, rate: int) -> None:
        """So many messages a second are this process's now: no more letters in hand than it will send soon."""
        self.chats_at_once = max(1, rate) * 2
        self._stir.set()

    def stir(self) -> None:
        """There may be something to send."""
        self._stir.set()

    async def run(self) -> None:
        """Send until cancelled, or until `stop` and nothing is in hand."""
        await self.db.insist(self._take_over)
        async with asyncio.TaskGroup() as tasks:
            present = tasks.create_task(Presence(self.db, self.clock, self.owner, self.stir).keep())
            while not (self._stopping and not self._in_hand and not self._outcomes):
                try:
                    busy = await self._round(tasks)
                except DatabaseAway:  # it has said so itself
                    busy = False
                except DBAPIError as fault:
                    log.error("a round of the postman failed; trying again", why=type(fault).__name__)
                    busy = False
                if not busy:
                    await self._wait()
            present.cancel()

    async def _take_over(self) -> None:
        """What the only process of a database left in flight when it died, or anybody whose lease has run out."""
        async with self.db.write() as tx:
            await outbox.reap(tx, now=self.clock.now(), every_owner=self.db.is_sqlite)

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
        now = self.clock.now()
        look = LOOK if self.line.works or self.line.may_try(now) else min(LOOK, self.line.wait(now))
        try:
            async with asyncio.timeout(look):
                await self._stir.wait()
        except TimeoutError:
            pass
        self._stir.clear()

    async def _round(self, tasks: asyncio.TaskGroup) -> bool:
        """Record what ended, claim what is due: one commit for both. Whether there was anything to do."""
        now = self.clock.now()
        outcomes, self._outcomes = self._outcomes, []
        room = 0 if outcomes and not self.line.works else self._room(now)  # what ended is recorded before the line is tried
        few = self.chats_at_once // 4 if self.line.works else 0
        if not outcomes and (room <= few or not await self._anything_due(now)):
            return False
        if room and (chat := await self._to_ask_first(now)) is not None:
            self._in_hand += 1
            tasks.create_task(self._ask(chat))
            return True
        try:
            async with self.db.write() as tx:
                await outbox.record(tx, outcomes, owner=self.owner, now=now)
                await undelivered(tx, [outcome.id for outcome in outcomes if _untold(outcome)], now=now)
                if not self.db.is_sqlite:
                    await outbox.reap(tx, now=now, but=self.owner)
                claimed = (
                    await outbox.claim(tx, Hands(self.owner, LEASE, people=room, per_person=FOLD), now=now, seen=self.line.seen)
                    if room
                    else []
                )
                going = await self._hold_quiet(tx, claimed, now)
        except BaseException:
            self._outcomes[:0] = outcomes
            raise
        for outcome in outcomes:
            LETTERS.labels(outcome.state).inc()
            if _untold(outcome):
                log.error("a letter did not arrive, or perhaps not", letter=outcome.id, state=outcome.state, why=outcome.error)
        for _, letters in groupby(sorted(going, key=lambda letter: letter.person_id), key=lambda letter: letter.person_id):
            self._in_hand += 1
            tasks.create_task(self._carry(list(letters)))
        return bool(claimed or outcomes) or await self._older_than_a_loss(now)

    def _room(self, now: datetime) -> int:
        """How many chats may be taken up: while the line is down one, when it is time to try."""
        if self._stopping:
            return 0
        if not self.line.works:
            return 1 if not self._in_hand and self.line.may_try(now) else 0
        return max(0, self.chats_at_once - self._in_hand)

    async def _anything_due(self, now: datetime) -> bool:
        """A look that costs no writing transaction: after every update, mostly in vain."""
        async with self.db.read() as tx:
            return await due.anything_due(tx, now=now)

    async def _hold_quiet(self, tx: Tx, claimed: list[Claimed], now: datetime) -> list[Claimed]:
        """Give back what is not urgent and would ring in somebody's quiet hours."""
        going: list[Claimed] = []
        for letter in claimed:
            quiet = (letter.quiet_from, letter.quiet_to) if letter.quiet_from and letter.quiet_to else self.settings.quiet
            until = None if letter.urgency >= URGENT else quiet_until(now, quiet, self.settings.zone)
            if until is None or self._stale(letter) is not None:
                going.append(letter)
            else:
                await outbox.hold(tx, [letter.id], until)
        return going

    # ── one chat ────────────────────────────────────────────────────────────────────────────────────────────────────

    async def _carry(self, letters: list[Claimed]) -> None:
        """Send one chat's letters in order; what comes after a failure goes back untried."""
        try:
            bundles, sent, until = self._bundles(letters), 0, self.clock.now() + GO
            while bundles:
                bundle, sent = bundles.pop(0), sent + 1
                outcomes = await self._send(bundle)
                if not outcomes:  # one of them it is that nobody can send
                    bundles[:0] = bundle.apart()
                    continue
                self._outcomes += outcomes
                late = sent >= MESSAGES or self.clock.now() > until
                if late or any(each.state in ("retry", "cancelled") for each in outcomes) or not self.line.works:
                    rest = [letter for later in bundles for letter in later.letters]
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
        """Letters that may go, said and folded."""
        facts: list[Fact] = []
        today = self.clock.now().astimezone(self.settings.zone).date()
        for letter in letters:
            stale = self._stale(letter)
            if stale is not None:
                self._outcomes.append(stale)
                continue
            try:
                notice = notice_of(letter.kind, letter.facts).unmuted(letter.muted.split())
                if notice is None:
                    self._outcomes.append(Outcome(letter.id, "cancelled", attempted=False, error="switched off"))
                    continue
                facts.append(Fact.of(letter, notice.told_on(today), self._say(letter)))
            except Exception as trouble:  # a letter nobody can say must not stop the chat
                log.exception("a letter could not be said", letter=letter.id, kind=letter.kind)
                self._outcomes.append(Outcome(letter.id, "dead", error=f"could not be said: {type(trouble).__name__}"))
        return folded(facts)

    def _stale(self, letter: Claimed) -> Outcome | None:
        """How a letter ends that may not be said any more."""
        unsaid = Outcome(letter.id, "cancelled", attempted=False)
        if not letter.reached:
            return replace(unsaid, error=UNREACHABLE, why=UNREACHABLE)
        if not letter.rightful:
            return replace(unsaid, error="no longer theirs to hear")
        if letter.expires_at is not None and letter.expires_at <= self.clock.now():
            return replace(unsaid, error=EXPIRED, why=EXPIRED)
        return None

    def _say(self, letter: Claimed) -> Say:
        return voice(letter.language or self.settings.locale, self.settings.zone)

    async def _send(self, bundle: Bundle) -> list[Outcome]:
        """Say it; only Telegram's own 400 and 403 end a letter. Nothing is returned of a message of several that Telegram
        refuses: they are to be sent one by one.
        """
        letter, did_work = bundle.letters[0], self.line.works
        assert letter.telegram_id is not None  # noqa: S101 - or it would not be rightful
        most = max(each.urgency for each in bundle.letters)
        urgency = {URGENT: pace.URGENT, 1: pace.ORDINARY}.get(most, pace.BULK)
        answer = await self.mouth.say(letter.telegram_id, bundle.text, bundle.rows, urgency=urgency, picture=bundle.picture)
        now = self.clock.now()
        self._learn(answer, now)
        match answer.meaning:
            case Meaning.SAID:
                return bundle.sent(answer.message_id)
            case Meaning.NO_TURN | Meaning.NO_LINE | Meaning.SLOW_DOWN:
                return bundle.end("retry", due_at=now, attempted=False, error=WHY[answer.meaning])
            case Meaning.LOST if any(each.repeated for each in bundle.letters):
                return bundle.end("unknown", error="the answer was lost twice")
            case Meaning.LOST:
                return bundle.end("retry", due_at=now, error="the answer was lost", lost=True)
            case Meaning.MOVED if (to := answer.moved_to) is not None:
                await self.db.insist(lambda: moved_chat(self.db, letter.person_id, to))
                return bundle.end("retry", due_at=now, attempted=False, error="moved")
            case Meaning.FORBIDDEN:
                await self.db.insist(lambda: became_unreachable(self.db, letter.person_id, now=now))
                return [replace(each, why=UNREACHABLE) for each in bundle.end("cancelled", error=UNREACHABLE)]
            case Meaning.REFUSED if len(bundle.letters) > 1:
                return []
            case Meaning.REFUSED:
                return bundle.end("dead", error=answer.why)
        return self._again(bundle, answer.why, counts=did_work, now=now)

    def _learn(self, answer: Answer, now: datetime) -> None:
        """What an answer says about the line."""
        match answer.meaning:
            case Meaning.UNAUTHORIZED:
                raise TokenRefused("Telegram does not accept the token any more: see BOT_TOKEN")
            case Meaning.NO_LINE | Meaning.LOST | Meaning.TROUBLE:
                self.line.broke(now, answer.why, silent=answer.meaning is Meaning.LOST)
            case Meaning.NO_TURN:
                pass
            case _:
                self.line.worked(now)

    def _again(self, bundle: Bundle, why: str, *, counts: bool, now: datetime) -> list[Outcome]:
        """Telegram itself is in trouble: it counts as a try of these letters only if others got through. Each ends after
        tries of its own; what is left of a message is tried together again.
        """
        first = bundle.letters[0]
        wait = self._jitter.uniform(0, min(LONGEST_WAIT, 2**first.attempt))

        def one(letter: Claimed) -> Outcome:
            since = letter.failing_since or now  # not since it was written: it may have waited for its hour, or for the line
            if (counts and letter.attempt >= TRIES) or now - since > GIVEN_UP:
                return Outcome(letter.id, "dead", error=why)
            due = now + timedelta(seconds=wait)
            return Outcome(letter.id, "retry", due_at=due, attempted=counts, error=why, failing_since=since)

        return [one(letter) for letter in bundle.letters]

    # ── the line ────────────────────────────────────────────────────────────────────────────────────────────────────

    async def _to_ask_first(self, now: datetime) -> int | None:
        """The chat to be asked, when no letter may try the line: it is silent, or only letters wait whose answer was lost."""
        if self.line.works:
            return None
        async with self.db.read() as tx:
            head = await outbox.head(tx, now=now)
        return head.telegram_id if head is not None and (self.line.silent or head.lost) else None

    async def _older_than_a_loss(self, now: datetime) -> bool:
        """Whether all that waits was lost after the line was last seen to work (by another worker's hand, or to be said
        again after quiet hours): then it is not believed any more, and is asked first.
        """
        if self.line.seen is None or self._in_hand or self._stopping:
            return False
        async with self.db.read() as tx:
            head = await outbox.head(tx, now=now)
        if head is None or not head.lost or head.due_at <= self.line.seen:
            return False
        self.line.doubt()
        return True

    async def _ask(self, chat: int) -> None:
        """Say nothing to somebody: Telegram refuses a blank message, and who refuses is there. It can do no harm and costs
        no letter its repeat, and goes the very way of the letters, which a proxy may block while it lets others through.
        """
        try:
            self._learn(await self.mouth.say(chat, BLANK, urgency=pace.URGENT), self.clock.now())
        finally:
            self._in_hand -= 1
            self._stir.set()


def _untold(outcome: Outcome) -> bool:
    """Whether a letter ended without having been said for certain, though it should have been."""
    return outcome.state in ("dead", "unknown") or outcome.why == UNREACHABLE
