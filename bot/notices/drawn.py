"""What a letter wants drawn; who speaks for it has the pencil."""

from __future__ import annotations

from dataclasses import dataclass


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
