"""Whose classes a workbook's «Ученики» holds: today's, or already those of September."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from bot.reading.workbook.rows import PupilRow, Workbook, code_key

Classes: TypeAlias = Literal["now", "next"]


@dataclass(frozen=True)
class Said:
    """What somebody has said of a workbook: its academic year, whose classes it holds. None: nothing."""

    year: int | None = None
    classes: Classes | None = None


UNSAID = Said()


def one_higher(pupils: Sequence[PupilRow], stored: Mapping[str, str]) -> int:
    """How many of the pupils known already stand one class higher than they do now, if they are most of them; else 0.

    `stored`: folded code → today's class.
    """
    known = [(_number(row.class_name), _number(stored[code_key(row.code)])) for row in pupils if code_key(row.code) in stored]
    higher = sum(new is not None and old is not None and new == old + 1 for new, old in known)
    return higher if higher * 2 > len(known) else 0


def as_today(book: Workbook, stored: Mapping[str, str]) -> Workbook:
    """The book with today's classes, where it holds those of September: 5А is 4А now, and 1А is not at school yet (0А).

    Who stands as today stays: an 11th-grader still listed, or a repeated year. Nobody goes a class down.
    """
    return replace(book, pupils=tuple(_a_class_lower(book.pupils or (), stored)))


def _a_class_lower(pupils: Iterable[PupilRow], stored: Mapping[str, str]) -> Iterable[PupilRow]:
    for row in pupils:
        number = _number(row.class_name)
        stays = number is None or number == _number(stored.get(code_key(row.code), ""))
        yield (
            row if stays or number is None else replace(row, class_name=re.sub(r"\d+", str(number - 1), row.class_name, count=1))
        )


def _number(class_name: str) -> int | None:
    found = re.match(r"\s*(\d+)", class_name)
    return int(found[1]) if found else None
