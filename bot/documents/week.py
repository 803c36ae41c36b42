"""The week as a picture (typst): a column as wide as a phone, light or dark, a colour a course."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from bot.cells import clean
from bot.documents.typeset import pages

SOURCE = Path(__file__).parent / "templates" / "week.typ"
COLOURS = 12  # of the palette in the source; whoever has more courses sees one of them twice
ROOMY = 14  # lessons that are drawn with their place and teacher on lines of their own
A_PICTURE = 60  # lessons; the rest is counted
SHARP, PLAIN = 216, 144  # pixels an inch: 3 and 2 to each of the column's 360 points


@dataclass(frozen=True)
class Drawn:
    """A lesson as it is drawn; every text as it is read."""

    begins: str
    ends: str
    course: str
    colour: int  # of the palette, counted from 0 and around
    who: str  # the child, where there are several; on the staff's picture the group
    where: str
    teacher: str
    off: bool  # struck out: cancelled, or moved to another day
    note: str  # «отменено», «перенесено на …»; empty: as planned


@dataclass(frozen=True)
class DrawnDay:
    name: str
    today: bool
    lessons: Sequence[Drawn]


@dataclass(frozen=True)
class DrawnWeek:
    title: str
    whose: str
    days: Sequence[DrawnDay]
    more: str  # «… и ещё 5», where not all could be drawn
    language: str
    dark: bool


def week_png(week: DrawnWeek, *, ppi: float | None = None) -> bytes:
    """The picture: 1080 pixels wide, or 720 where there is much of it (else as `ppi` says), and as high as it needs."""
    count = sum(len(day.lessons) for day in week.days)
    data = cleaned(asdict(week)) | {"roomy": count <= ROOMY}
    return pages(SOURCE, data, ppi=ppi or (SHARP if count <= ROOMY else PLAIN))[0]


def cleaned(data: object) -> dict[str, object]:
    """No name can break a line or turn it around."""

    def inside(value: object) -> object:
        match value:
            case str():
                return clean(value)
            case dict():
                return {name: inside(part) for name, part in value.items()}
            case list() | tuple():
                return [inside(part) for part in value]
        return value

    found = inside(data)
    assert isinstance(found, dict)  # noqa: S101 - for the types
    return found
