"""What a pupil's journal adds up to, and sums of such sums: attendance by kind, marks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from operator import attrgetter

from bot.reading.journal.codes import grade
from storage.journal.reporting import Counted

ATTENDANCE = ("absent", "sick", "excused", "late")


@dataclass(frozen=True)
class Tally:
    """Counts that add up."""

    lessons: int = 0  # of the journal, counted once for every pupil who learnt there on that day
    absent: int = 0  # without a reason
    sick: int = 0
    excused: int = 0
    late: int = 0  # came, but late
    fives: int = 0
    fours: int = 0
    threes: int = 0
    twos: int = 0  # and ones
    others: int = 0  # «зачёт», levels: marks that have no average
    graded: int = 0  # sum of the five-point marks

    @property
    def missed(self) -> int:
        return self.absent + self.sick + self.excused

    @property
    def present(self) -> int:
        return max(self.lessons - self.missed, 0)

    @property
    def attendance(self) -> float | None:
        """0 to 1; None: the journal tells of no lesson."""
        return self.present / self.lessons if self.lessons else None

    @property
    def grades(self) -> int:
        return self.fives + self.fours + self.threes + self.twos

    @property
    def marks(self) -> int:
        return self.grades + self.others

    @property
    def average(self) -> float | None:
        """Of the five-point marks; None: there are none."""
        return round(self.graded / self.grades, 2) if self.grades else None


_NAMES = tuple(one.name for one in fields(Tally))
_COUNTS = attrgetter(*_NAMES)
_PLACE = {5: "fives", 4: "fours", 3: "threes", 2: "twos", 1: "twos"}


def together(some: Iterable[Tally]) -> Tally:
    """The sum of them."""
    return Tally(*map(sum, zip(*map(_COUNTS, some), strict=True)))


def tallied(lessons: int, counted: Iterable[Counted]) -> Tally:
    """One pupil's: so many lessons, and these entries. More entries than lessons are as many lessons."""
    made = dict.fromkeys(_NAMES, 0)
    for one in counted:
        if one.kind == "attendance":
            if one.value in ATTENDANCE:
                made[one.value] += one.times
            continue
        given = grade(one.value)
        made[_PLACE.get(given, "others") if given is not None else "others"] += one.times
        made["graded"] += (given or 0) * one.times
    made["lessons"] = max(lessons, made["absent"] + made["sick"] + made["excused"])
    return Tally(**made)
