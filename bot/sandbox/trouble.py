"""What can go wrong between a bot and Telegram, on purpose."""

from __future__ import annotations

import random
from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import Literal

Fault = Literal[
    "too_many",
    "server_error",
    "bad_gateway",
    "cut_before",
    "cut_after",
    "block_page",
    "not_an_answer",
    "silence",
    "silence_after",
]
FAULTS: tuple[Fault, ...] = (
    "too_many", "server_error", "bad_gateway", "cut_before", "cut_after", "block_page", "not_an_answer", "silence", "silence_after"
)  # fmt: skip
# A fault campaign is about what the bot says; its ear is harmed only when asked by name.
SPARED = frozenset(("getupdates", "getme", "setwebhook", "deletewebhook", "getwebhookinfo"))


# What the server may have against editing a message, though the call is well made (by method, in lower case).
_EDIT = ("message can't be edited", "message to edit not found", "MESSAGE_ID_INVALID", "chat not found")
REFUSALS: dict[str, tuple[str, ...]] = {
    "editmessagetext": (*_EDIT, "there is no text in the message to edit"),
    "editmessagereplymarkup": _EDIT,
    "deletemessage": ("message can't be deleted", "message to delete not found", "MESSAGE_ID_INVALID"),
}


@dataclass(slots=True)
class Trouble:
    """Chances per call (0…1) of each fault, drawn from `seed`.

    `too_many`: 429 with `retry_after` seconds, for the chat, or for everybody if `whole`. `server_error`: 500.
    `bad_gateway`: 502 with a page of HTML. `cut_before`: the connection ends before the call is handled.
    `cut_after`: the call is handled and its answer lost. `block_page`: 403 with a provider's page in windows-1251.
    `not_an_answer`: 200 with JSON that is none of the Bot API's. `silence`: never answered and never handled;
    `silence_after`: handled, never answered. `latency`: seconds before the answer, fixed or (from, to).
    `outage`: every connection is cut while it is true; while it is the name of a fault every call meets that, but for
    polling and its like. `methods`: only these (None: all except polling and its like).
    """

    seed: int = 0
    too_many: float = 0.0
    server_error: float = 0.0
    bad_gateway: float = 0.0
    cut_before: float = 0.0
    cut_after: float = 0.0
    block_page: float = 0.0
    not_an_answer: float = 0.0
    silence: float = 0.0
    silence_after: float = 0.0
    latency: float | tuple[float, float] = 0.0
    outage: bool | Fault = False
    retry_after: int = 1
    whole: bool = False
    methods: frozenset[str] | None = None
    counts: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    _next: dict[str, deque[Fault | None]] = field(default_factory=lambda: defaultdict(deque))
    _refusals: dict[str, deque[str]] = field(default_factory=lambda: defaultdict(deque))
    _random: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)
        if self.methods is not None:
            self.methods = frozenset(method.lower() for method in self.methods)

    def fail_next(self, method: str, fault: Fault | None, times: int = 1) -> None:
        """The next calls of the method, after those already said, meet this fault; None: they meet none."""
        if fault is not None and fault not in FAULTS:
            raise ValueError(f"no such fault: {fault}")
        self._next[method.lower()].extend([fault] * times)

    def refuse_next(self, method: str, words: str, times: int = 1) -> None:
        """The next calls of the method get this 400, whatever lies in the chat: only words the real server has for it."""
        if words not in REFUSALS.get(method.lower(), ()):
            raise ValueError(f"no such refusal of {method}: {words}")
        self._refusals[method.lower()].extend([words] * times)

    def refusal(self, method: str) -> str | None:
        """What this call is refused with. `method` in lower case."""
        scripted = self._refusals.get(method)
        return scripted.popleft() if scripted else None

    def strike(self, method: str) -> Fault | None:
        """What this call meets. `method` in lower case."""
        fault = self._drawn(method)
        if fault:
            self.counts[fault] += 1
        return fault

    def _drawn(self, method: str) -> Fault | None:
        if self._next and (scripted := self._next.get(method)):
            return scripted.popleft()
        if self.outage is True:
            return "cut_before"
        if self._spared(method):
            return None
        if self.outage:
            return self.outage
        for fault in FAULTS:
            chance: float = getattr(self, fault)
            if chance and self._random.random() < chance:
                return fault
        return None

    def delay(self, method: str) -> float:
        """Seconds this call takes longer."""
        if not self.latency or self._spared(method):
            return 0.0
        return self.latency if isinstance(self.latency, float | int) else self._random.uniform(*self.latency)

    def _spared(self, method: str) -> bool:
        return method in SPARED if self.methods is None else method not in self.methods
