"""The one kind of fault a cell can have, in a workbook or a journal."""

from __future__ import annotations

from bot.voice import Fact


class Amiss(Exception):  # noqa: N818 - an answer, not an error
    """What is wrong with one cell: the key of its sentence and the facts, but for its place, which only the reader of sheets knows."""

    def __init__(self, key: str, /, **facts: Fact) -> None:
        super().__init__(key)
        self.key = key
        self.facts = facts
