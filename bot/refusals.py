"""Every "no" a person can get: a key of the locales and the facts its sentence needs."""

from __future__ import annotations

import hashlib
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


class ChangedSince(Refusal):
    """The thing a button was drawn for has been replaced in place: its page is shown as it stands now, to be confirmed again."""

    def __init__(self) -> None:
        super().__init__("changed-since")


def stamp(*shown: object) -> str:
    """What a page showed, in eight characters: its button carries it, for the thing may be changed in place meanwhile."""
    return hashlib.sha256(repr(shown).encode()).hexdigest()[:8]


def unchanged(seen: str | None, *stands: object) -> None:
    """ChangedSince unless the page showed what stands now. None: nobody looked at a page; a button without a stamp is old."""
    if seen is not None and seen != stamp(*stands):
        raise ChangedSince
