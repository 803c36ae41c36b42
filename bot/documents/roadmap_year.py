"""The year of tasks: a picture as wide as a phone (Gantt), and a paper for the director (typst)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from bot.documents.typeset import pages, pdf
from bot.documents.week import cleaned

_HERE = Path(__file__).parent / "templates"
GANTT, PAPER = _HERE / "gantt.typ", _HERE / "roadmap_year.typ"
SHARP, PLAIN = 216, 144  # pixels an inch: 3 and 2 to each of the column's 360 points
SHORT = 14  # rows that are drawn sharp: Telegram takes no picture whose sides add up to more than 10,000 pixels


@dataclass(frozen=True)
class Mark:
    """A deadline: where in the year (0 to 1), and how it stands."""

    at: float
    state: str


@dataclass(frozen=True)
class Row:
    """A step: its time as parts of the year, its deadlines."""

    number: str
    title: str
    note: str
    state: str
    begins: float
    ends: float
    marks: Sequence[Mark]


@dataclass(frozen=True)
class Section:
    title: str
    rows: Sequence[Row]


@dataclass(frozen=True)
class DrawnYear:
    title: str
    whose: str
    months: Sequence[str]  # a letter each
    today: float  # where in the year; outside of 0 to 1 it is not drawn
    sections: Sequence[Section]
    legend: Sequence[tuple[str, str]]  # state and its word
    language: str
    dark: bool


def gantt_png(year: DrawnYear) -> bytes:
    """The picture: 1080 pixels wide, or 720 where there is much of it, and as high as it needs."""
    count = sum(len(section.rows) for section in year.sections)
    return pages(GANTT, cleaned(asdict(year)), ppi=SHARP if count <= SHORT else PLAIN)[0]


@dataclass(frozen=True)
class PaperYear:
    title: str
    whose: str
    summary: str
    headings: Sequence[str]  # seven
    rows: Sequence[Sequence[str]]  # of seven cells, or of one: a heading between
    language: str


def year_pdf(year: PaperYear) -> bytes:
    """A4 lying, as many pages as the tasks need."""
    return pdf(PAPER, cleaned(asdict(year)))
