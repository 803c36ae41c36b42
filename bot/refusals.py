"""Every "no" a person can get: a key of the locales and the facts its sentence needs."""

from __future__ import annotations

from collections.abc import Sequence

from bot.voice import Fact


class Refusal(Exception):  # noqa: N818 - the glossary's word; a refusal is an answer, not an error
    """The rule said no. Shown to the person as `say(key, **facts)`; nothing has been changed.

    >>> raise Refusal("lesson-in-the-past", subject="Робототехника")
    """

    def __init__(self, key: str, /, **facts: Fact) -> None:
        super().__init__(key)
        self.key = key
        self.facts = facts


class Faults(Refusal):
    """A file whose every fault is listed at once: each fault is a Refusal of its own with its place in the facts."""

    def __init__(self, key: str, faults: Sequence[Refusal], /, **facts: Fact) -> None:
        super().__init__(key, count=len(faults), **facts)
        self.faults = tuple(faults)
