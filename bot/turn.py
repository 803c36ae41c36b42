"""The turn of one update: how long its handler may work by itself, when it is at work, and what waits behind it in its chat."""

from __future__ import annotations

import asyncio
import math
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine, Generator, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

FINE = 0.005  # seconds of the wall between two looks at the processor's clock
FLOOD = 20  # updates waiting behind in one chat: nobody reads a page for each of them

T = TypeVar("T")


class WorkedTooLong(Exception):  # noqa: N818 - the update goes aside, the others go on
    """A handler has used up its own time."""


class Watch:
    """Measures own work by the processor, so that a busy machine costs nobody their time, and waiting by the loop's clock.

    The processor's clock costs a call of the system, the wall's none: it is looked at every few milliseconds only, and between
    two looks what the wall's clock says is counted, which is never less. The tests have a watch that they move by hand.
    """

    def __init__(self) -> None:
        self._looked_at = -math.inf  # on the wall's clock
        self._had = 0.0

    def worked(self) -> float:
        """Seconds of the processor this thread has had, and since the last look at them those of the wall."""
        now = time.perf_counter()
        if now - self._looked_at >= FINE:
            self._looked_at, self._had = now, time.thread_time()
        return self._had + now - self._looked_at

    def now(self) -> float:
        return asyncio.get_running_loop().time()

    def ring_in(self, seconds: float, ring: Callable[[], None]) -> Callable[[], None]:
        """Calls `ring` after so many seconds; what is returned takes it back."""
        return asyncio.get_running_loop().call_later(seconds, ring).cancel


@dataclass(frozen=True)
class Limits:
    """What a handler may take; Telegram, the pace, the reader and the database have limits of their own. Seconds."""

    work: float = 10.0  # of the processor, for its own work
    wait: float = 60.0  # by the clock, for what it waits for itself: a thread it has begun, a lock nobody opens


@dataclass(frozen=True)
class Undrawn:
    """A page left to a later press on its message to draw: the next life of the process draws it too."""

    chat: int
    message: int
    text: str
    buttons: str | None = None  # as Telegram takes them, JSON


@dataclass
class Behind:
    """What waits behind the update in hand, in its chat."""

    count: int = 0
    presses: Counter[int] = field(default_factory=Counter)  # on which message: how many
    undrawn: dict[int, Undrawn] = field(default_factory=dict)  # by message: what it should show


class Turn:
    """One update's handling: limited in its own work, known to whoever it calls by `elsewhere`, `overtaken`, `flooded`."""

    def __init__(
        self, watch: Watch, behind: Behind, limits: Limits = Limits(), speaks: Callable[[], None] = lambda: None
    ) -> None:
        self.behind = behind
        self._watch = watch
        self._work_left = limits.work
        self._wait_left = limits.wait
        self._speaks = speaks  # told when the work leaves for Telegram
        self._away = 0
        self._worked_at: float | None = None  # of the processor, when the step in hand began; None between two steps
        self._home_at = 0.0
        self._timeout = asyncio.timeout(None)
        self._unring: Callable[[], None] = lambda: None
        self._rung = False  # it is given up already

    async def take(self, work: Callable[[], Awaitable[object]]) -> None:
        """Do the work; WorkedTooLong when it takes more time of its own than it has."""
        mark = _current.set(self)
        try:
            async with self._timeout:
                self._go()
                await work()
        except TimeoutError:
            if self._timeout.expired():
                raise WorkedTooLong from None
            raise
        finally:
            self._unring()
            _current.reset(mark)

    def _go(self) -> None:
        self.begin_step()
        self._home_at = self._watch.now()
        self._unring = self._watch.ring_in(max(self._wait_left, 0.0), self._ring)

    def _ring(self) -> None:
        if not self._rung:
            self._rung = True
            self._timeout.reschedule(asyncio.get_running_loop().time())

    def begin_step(self) -> None:
        """The loop comes to it."""
        if self.at_home:
            self._worked_at = self._watch.worked()

    def end_step(self) -> None:
        """The loop goes on to others: what they and the machine do meanwhile is not its work."""
        self._count_work()
        if self._work_left <= 0 and self.at_home:
            self._ring()

    def _count_work(self) -> None:
        if self._worked_at is not None:
            self._work_left -= max(0.0, self._watch.worked() - self._worked_at)
            self._worked_at = None

    def leave(self, *, speaking: bool) -> None:
        if self._away == 0:
            self._count_work()
            self._unring()
            self._wait_left -= self._watch.now() - self._home_at
        self._away += 1
        if speaking:
            self._speaks()

    def come_back(self) -> None:
        self._away -= 1
        if self._away == 0:
            self._go()

    @property
    def at_home(self) -> bool:
        """Whether it waits for nobody but itself: a thread of its own, say."""
        return self._away == 0


_current: ContextVar[Turn | None] = ContextVar("turn", default=None)


@contextmanager
def elsewhere(*, speaking: bool = False) -> Iterator[None]:
    """Around what is not the handler's own work: its time stands still. `speaking`: to Telegram."""
    turn = _current.get()
    if turn is None:
        yield
        return
    turn.leave(speaking=speaking)
    try:
        yield
    finally:
        turn.come_back()


@contextmanager
def heeding() -> Iterator[None]:
    """Around what may break while it is cancelled: the CancelledError goes on, whatever came in its place.

    A rollback on a connection that is gone raises an error of its own. Whoever then waited and tried again would never stop,
    and whoever waits for it to stop would wait for ever.
    """
    try:
        yield
    except Exception as error:
        task = asyncio.current_task()
        if task is not None and task.cancelling() > 0:
            raise asyncio.CancelledError from error
        raise


class Steps:
    """Awaits a piece of work and says when it is at work: while its code runs, and while a thread of its own runs for it.

    A loop does one step of one task at a time, so of all that is in hand one at most is at work: if the process dies then by
    what it does, it is that one. Who waits for Telegram, for the database or for the loop itself does nothing that could kill.
    """

    def __init__(self, work: Coroutine[Any, Any, T], mark: Callable[[bool], None]) -> None:
        self._work = work
        self._mark = mark

    def __await__(self) -> Generator[Any, Any, Any]:
        steps = self._work.__await__()
        step: Callable[[], Any] = partial(steps.send, None)
        while True:
            self._mark(True)
            at_work = False
            if (turn := _current.get()) is not None:
                turn.begin_step()
            try:
                waits = step()
                if (turn := _current.get()) is not None:
                    turn.end_step()
                    at_work = turn.at_home
            except StopIteration as end:
                return end.value
            finally:
                self._mark(at_work)
            try:
                given = yield waits
                step = partial(steps.send, given)
            except GeneratorExit:
                steps.close()
                raise
            except BaseException as error:  # cancelled, mostly: it is the work's to deal with
                step = partial(steps.throw, error)


def overtaken(message_id: int) -> bool:
    """Whether a later press on the same message waits already: drawing this page would only be drawn over."""
    turn = _current.get()
    return turn is not None and turn.behind.presses[message_id] > 0


def flooded() -> bool:
    """Whether so much waits behind that a page for this update would come when nobody wants it."""
    turn = _current.get()
    return turn is not None and turn.behind.count > FLOOD


def drawn(message_id: int) -> None:
    """The message shows a page: what was left undrawn before it is past."""
    turn = _current.get()
    if turn is not None:
        turn.behind.undrawn.pop(message_id, None)


def leave_undrawn(page: Undrawn) -> None:
    """A later press will draw; should it not, this is what the message is to show."""
    turn = _current.get()
    if turn is not None:
        turn.behind.undrawn[page.message] = page
