"""What stands against lessons that a book makes or changes: a group, a teacher, a room or a child twice at one hour, the school's
own hours. Pure: who will be where is handed in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.reading.letters import fold

KINDS = ("group", "teacher", "room", "pupils")  # the gravest first: one pair of lessons is told once


@dataclass(frozen=True, slots=True)
class Hour:
    """One lesson as far as it can stand against another. `fresh`: the book makes or changes it."""

    group: str  # its code, as stored
    starts: datetime
    ends: datetime
    teacher: str
    room: tuple[str, str] | None  # organization and place
    pupils: frozenset[int]
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Met:
    """Two groups meet: what they share, when for the first time, and how often besides."""

    kind: str  # group | teacher | room | pupils | school
    one: str
    other: str  # of the school's own hours: the class
    at: datetime
    more: int = 0


@dataclass(frozen=True, slots=True)
class OwnHours:
    """The school's own hours of a class on a weekday (0 is Monday)."""

    school: str  # its folded code
    class_name: str
    weekday: int
    starts: time
    ends: time


class Held(Protocol):
    """Whatever takes its time."""

    @property
    def starts_at(self) -> datetime: ...

    @property
    def ends_at(self) -> datetime: ...


def meet(one: Held, other: Held) -> bool:
    """Whether both go on at one time; one may begin as the other ends."""
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at


def same_place(one: str | None, other: str | None) -> bool:
    """Whether two places of one organization are called alike; none is like none."""
    return bool(one and other) and fold(one or "") == fold(other or "")


def overlaps(hours: Iterable[Hour], zone: ZoneInfo) -> list[Met]:
    """Every two lessons that cannot both be held, of which at least one is fresh; told once for two groups and what they share."""
    days: dict[date, list[Hour]] = defaultdict(list)
    for hour in hours:
        days[hour.starts.astimezone(zone).date()].append(hour)
    return _folded((kind, one, other) for day in sorted(days) for kind, one, other in _of_day(days[day]))


def _of_day(hours: list[Hour]) -> Iterator[tuple[str, Hour, Hour]]:
    hours.sort(key=lambda hour: (hour.starts, hour.group))
    for n, one in enumerate(hours):
        for other in hours[n + 1 :]:
            if other.starts >= one.ends:
                break
            kind = _shared(one, other) if one.fresh or other.fresh else None
            if kind is not None:
                yield kind, one, other


def _shared(one: Hour, other: Hour) -> str | None:
    if one.group == other.group:
        return "group"
    if one.teacher == other.teacher:
        return "teacher"
    if one.room is not None and one.room == other.room:
        return "room"
    return "pupils" if one.pupils & other.pupils else None


def _folded(found: Iterable[tuple[str, Hour, Hour]]) -> list[Met]:
    times: dict[tuple[str, str, str], list[datetime]] = defaultdict(list)
    for kind, one, other in found:
        first, second = sorted((one.group, other.group))
        times[kind, first, second].append(max(one.starts, other.starts))
    met = [Met(*key, at=min(some), more=len(some) - 1) for key, some in times.items()]
    return sorted(met, key=lambda one: (KINDS.index(one.kind), one.at))


def in_school_hours(
    hours: Iterable[Hour],
    classes: Mapping[int, tuple[str, str]],
    own: Sequence[OwnHours],
    plays: Callable[[str, date], int | None],
    zone: ZoneInfo,
) -> list[Met]:
    """Fresh lessons that meet the school's own hours of a class whose pupils learn there. `classes`: each pupil's school and
    class; `plays`: the weekday whose lessons a school holds that day.
    """
    of_class: dict[tuple[str, str], list[OwnHours]] = defaultdict(list)
    for each in own:
        of_class[each.school, each.class_name].append(each)
    times: dict[tuple[str, str, str], list[datetime]] = defaultdict(list)
    for hour in hours:
        if not hour.fresh:
            continue
        starts, ends = hour.starts.astimezone(zone), hour.ends.astimezone(zone)
        for school, name in sorted({classes[pupil] for pupil in hour.pupils if pupil in classes} & of_class.keys()):
            played = plays(school, starts.date())
            busy = [each for each in of_class[school, name] if each.weekday == played]
            if _meets(starts.time(), ends.time(), busy):
                times[hour.group, school, name].append(hour.starts)
    return [Met("school", group, name, min(some), len(some) - 1) for (group, _, name), some in times.items()]


def _meets(starts: time, ends: time, own: Collection[OwnHours]) -> bool:
    return any(each.starts < ends and starts < each.ends for each in own)
