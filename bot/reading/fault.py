"""What can be wrong with a cell, and what can be doubtful in a file, of a workbook and a journal alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.refusals import Refusal
from bot.voice import Fact


class Amiss(Exception):  # noqa: N818 - an answer, not an error
    """What is wrong with one cell: the key of its sentence and the facts, but for its place, which only the reader of sheets knows."""

    def __init__(self, key: str, /, **facts: Fact) -> None:
        super().__init__(key)
        self.key = key
        self.facts = facts

    def at(self, sheet: str, row: int, letter: str, column: str) -> Refusal:
        """The same with its place: the column's letter and its heading."""
        return Refusal(self.key, **{**self.facts, "sheet": sheet, "row": str(row), "letter": letter, "column": column})


@dataclass(frozen=True, slots=True)
class Doubt:
    """A question in place of a guess, asked of whoever sent the file: shown as `say(key, **facts)`.

    `about` names what is asked apart from the file it was met in, so that an answer can be kept and found again.
    `answers` are the words an answer may have, the first the careful one. One that does not `stop` is told with the plan, and
    is answered by applying it; where nobody can be asked (a file of JOURNAL_DIR, the command line) the others let nothing be applied.
    """

    key: str
    facts: Mapping[str, Fact]
    about: tuple[str, ...]
    answers: tuple[str, ...] = ("no", "yes")
    stops: bool = True

    @classmethod
    def of(
        cls, key: str, about: tuple[str, ...], /, *, answers: tuple[str, ...] = ("no", "yes"), stops: bool = True, **facts: Fact
    ) -> Doubt:
        return cls(key, MappingProxyType(facts), about, answers, stops)

    def refusal(self) -> Refusal:
        """As it is told where nobody can answer."""
        return Refusal(self.key, **self.facts)
