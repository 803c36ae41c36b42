"""What stands between a child and a course: the class, the school's own lessons, another course, the road. Pure rules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time

from bot.refusals import Refusal
from bot.voice import Fact
from storage.courses.courses import Child, GroupOffer, Hours, Offer
from storage.courses.weeks import Roads


@dataclass(frozen=True)
class Against:
    """One thing that speaks against a course, in words: a key of the locales and its facts."""

    key: str
    facts: dict[str, Fact]

    def refusal(self) -> Refusal:
        return Refusal(self.key, **self.facts)


@dataclass(frozen=True)
class Day:
    """What a child's week is already filled with."""

    child: Child
    lessons: Sequence[Hours]  # the school's own
    courses: Sequence[tuple[Offer, int | None]]  # applied for or enrolled in; with the group, where it is known
    roads: Roads
    today: date
    coming: bool = False  # it is of the year that begins in September, and so is the child's class


def against(offer: Offer, day: Day) -> list[Against]:
    """Everything that speaks against this course for this child; empty when it fits.

    A course of several groups fits when one of them does; otherwise the words are those of its best group.
    """
    found = [] if day.child.class_name and takes_class(offer.classes, day.child.class_name) else [_wrong_class(offer, day)]
    per_group = [against_group(group, day, besides=offer.id) for group in offer.groups]
    return found + min(per_group, key=len, default=[])


def only_hours(found: Iterable[Against]) -> bool:
    """Whether nothing but the hours and the road speak against it: the school may let that pass, and a family may ask."""
    return all(one.key not in ("against-class", "against-class-coming", "against-leaves-school") for one in found)


def against_group(group: GroupOffer, day: Day, *, besides: int) -> list[Against]:
    """What of the child's week stands against this group's hours. `besides`: the course itself never stands against it."""
    mine = _current(group.hours, day.today)
    found = [_lessons(hours, busy, day) for hours in mine for busy in day.lessons if _same_day(hours, busy)]
    for other, chosen in day.courses:
        if other.id == besides:
            continue
        clashes = [_with(mine, theirs, other, day) for theirs in other.groups if chosen in (None, theirs.id)]
        if clashes and all(clashes):  # where its group is not decided yet, one that fits is enough
            found.append(clashes[0])
    return _once(found)


def meets(one: Offer, other: Offer, day: Day) -> Against | None:
    """Whether two courses can never both be attended: no pair of their groups fits. In words, or None."""
    if not one.groups or not other.groups:
        return None
    clashes = [_with(_current(mine.hours, day.today), theirs, other, day) for mine in one.groups for theirs in other.groups]
    return clashes[0] if all(clashes) else None


def takes_class(classes: Iterable[str], class_name: str) -> bool:
    """Whether «7А» is among «5», «6», «7» or «7А», «7Б»; a course that names no classes takes everybody."""
    wanted = {_folded(one) for one in classes}
    mine = _folded(class_name)
    year = re.match(r"\d+", mine)
    return not wanted or mine in wanted or (year is not None and year[0] in wanted)


def takes_year(classes: Iterable[str], year: int) -> bool:
    """Whether some class of this year of school is among those the course is for."""
    years = [re.match(r"\d+", _folded(one)) for one in classes]
    return not years or any(found is not None and found[0] == str(year) for found in years)


def year_of(class_name: str) -> int:
    """«7А» → 7; 0 where the class has no number."""
    found = re.match(r"\d+", _folded(class_name))
    return int(found[0]) if found else 0


def collide(hours: Hours, busy: Hours, roads: Roads) -> bool:
    """Whether there is a day on which one cannot follow the other: they overlap, or the road between them is too long."""
    if not _same_day(hours, busy):
        return False
    gap = _gap(hours, busy)
    return gap is None or gap < _road(hours, busy, roads)


def classes_in_words(classes: Sequence[str]) -> str:
    """«5», «6», «7», «9», «10А» → «5–7, 9, 10А»."""
    years = sorted({int(one) for one in classes if one.isdigit()})
    runs: list[list[int]] = []
    for year in years:
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    parts = [f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs]
    return ", ".join(parts + [one for one in classes if not one.isdigit()])


def clock(at: time) -> str:
    return at.strftime("%H:%M")


def brief(text: str, most: int = 300) -> str:
    """A name as a page or a letter says it: whole, unless somebody has typed half a page for a name."""
    return text if len(text) <= most else text[: most - 1] + "…"


def _folded(class_name: str) -> str:
    return re.sub(r"[\s«»\"-]", "", class_name).upper()


def _wrong_class(offer: Offer, day: Day) -> Against:
    if not day.child.class_name:
        return Against("against-leaves-school", {})
    facts: dict[str, Fact] = {"classes": classes_in_words(offer.classes), "class": day.child.class_name}
    return Against("against-class-coming" if day.coming else "against-class", facts)


def _current(hours: Iterable[Hours], today: date) -> list[Hours]:
    return [one for one in hours if one.to_day is None or one.to_day >= today]


def _same_day(one: Hours, other: Hours) -> bool:
    """Whether there is a day on which both take place."""
    weeks = "all" in (one.weeks, other.weeks) or one.weeks == other.weeks
    early, late = date.min, date.max
    dates = (one.from_day or early) <= (other.to_day or late) and (other.from_day or early) <= (one.to_day or late)
    return one.weekday == other.weekday and weeks and dates


def _gap(one: Hours, other: Hours) -> int | None:
    """Minutes between two hours of a day; None when they overlap."""
    first, second = sorted((one, other), key=lambda hours: hours.starts)
    between = minutes(second.starts) - minutes(first.ends)
    return None if between < 0 else between


def minutes(at: time) -> int:
    return at.hour * 60 + at.minute


def _road(one: Hours, other: Hours, roads: Roads) -> int:
    return 0 if one.where == other.where else roads.get((min(one.where, other.where), max(one.where, other.where)), 0)


def _lessons(hours: Hours, busy: Hours, day: Day) -> Against | None:
    return _clash(
        hours,
        busy,
        day.roads,
        ("against-lessons", "against-road-from-lessons", "against-road-to-lessons"),
        {"class": day.child.class_name},
    )


def _with(mine: Sequence[Hours], theirs: GroupOffer, other: Offer, day: Day) -> Against | None:
    keys = ("against-course", "against-road-from-course", "against-road-to-course")
    for hours in mine:
        for busy in _current(theirs.hours, day.today):
            clash = _clash(hours, busy, day.roads, keys, {"course": brief(other.name)}) if _same_day(hours, busy) else None
            if clash is not None:
                return clash
    return None


def _clash(hours: Hours, busy: Hours, roads: Roads, keys: tuple[str, str, str], facts: dict[str, Fact]) -> Against | None:
    """Why these hours cannot follow or precede the busy ones. Keys: they overlap, too far after them, too far before."""
    overlap, after, before = keys
    gap, road = _gap(hours, busy), _road(hours, busy, roads)
    if gap is not None and gap >= road:
        return None
    facts = facts | {"weekday": hours.weekday, "starts": clock(busy.starts), "ends": clock(busy.ends)}
    if gap is None:
        return Against(overlap, facts)
    own = clock(hours.starts) if hours.starts >= busy.ends else clock(hours.ends)
    return Against(after if hours.starts >= busy.ends else before, facts | {"own": own, "minutes": road})


def _once(found: Iterable[Against | None]) -> list[Against]:
    kept: list[Against] = []
    for one in found:
        if one is not None and one not in kept:
            kept.append(one)
    return kept
