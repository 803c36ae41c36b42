"""What a letter wants drawn; who speaks for it has the pencil."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias


@dataclass(frozen=True)
class DrawnCourse:
    name: str
    colour: int  # of the palette, counted from 0 and around
    lessons: tuple[str, ...]  # there | late | missed, in order
    days: tuple[str, ...]  # of those lessons, as they are read
    marks: tuple[str, ...]


@dataclass(frozen=True)
class DrawnSummary:
    """A child's week in the journal; every text as it is read."""

    title: str
    whose: str
    courses: tuple[DrawnCourse, ...]
    words: tuple[str, str, str]  # what the three signs of attendance mean
    language: str
    dark: bool


@dataclass(frozen=True)
class WantedWeek:
    """A child's week of the timetable, drawn as it stands when the letter goes out."""

    pupil: int
    monday: date
    reader: int  # the person who gets it: their children's courses have the colours
    language: str


@dataclass(frozen=True)
class KeptPicture:
    """A picture somebody sent, by its document: the same for all who get it."""

    document: int


Picture: TypeAlias = DrawnSummary | WantedWeek | KeptPicture
