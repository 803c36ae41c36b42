"""What a workbook means for each child it touches: who leaves, who moves, who waits where. Read from the plan, nothing written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeAlias

from bot.reading.workbook.rows import Workbook, code_key
from bot.services.courses.clashes import takes_class
from bot.services.network.compare import Difference
from storage.courses import courses
from storage.courses.courses import GroupOffer, Offer
from storage.db import Tx
from storage.enrollment.touched import Touched, touched
from storage.network.network import Stored
from storage.offers import promised
from storage.people.classes import class_in

Fate: TypeAlias = Literal[
    "leaves",  # learns, and learns there no more
    "falls",  # waits, is asked for or offered a place: nothing will come of it
    "moves",  # to another group of the course, with a seat
    "lines-up",  # at the end of another group's line
    "taken-back",  # an open offer that can no longer be kept: to the head of the line
    "no-seat",  # a seat held and not yet given: to the head of the line
    "draw",  # places are now drawn: the seat or number held is none
    "arrival",  # places now go in order of arrival
    "besides",  # the same, and the child holds as many seats as were wanted: neither a seat nor a number
    "kept",  # stays, though the course is for other classes
    "school",  # stays; another school answers for it
    "erased",  # a draft's wish for what is gone
]
Why: TypeAlias = Literal["pupil", "course", "group", "seats", "class", "school", "way"]


@dataclass(frozen=True)
class Child:
    """What becomes of one wish of a child, and of which change it comes."""

    about: Touched
    fate: Fate
    why: Why
    to: str | None = None  # the code of the group it goes to
    number: int = 0  # in order of arrival, from 1

    @property
    def seen(self) -> tuple[Any, ...]:
        """What somebody agrees to with it."""
        return (self.about.choice_id, self.about.state, self.fate, self.to, self.number)


async def fates(tx: Tx, book: Workbook, before: Stored, differences: Sequence[Difference]) -> tuple[Child, ...]:
    """Every child a workbook touches besides lessons: by what changes, then in order of arrival."""
    of = {one.form.field: one for one in differences}
    change = _Change(of, before.this)
    if not change:
        return ()
    found = await touched(tx, year=book.academic_year, courses=change.courses, groups=change.groups, pupils=change.pupils)
    codes = {code_key(row.code): row.id for row in before.courses}
    rooms = _Rooms(await courses.offers(tx, {one.course_id for one in found}, current=False), change, of.get("groups"), codes)
    told: list[Child] = []
    for one in sorted(found, key=lambda each: each.state != "enrolled"):  # who learns has the first seat elsewhere
        told += _of_one(one, change, rooms)
    told += _shrunk(found, {child.about.choice_id for child in told if child.fate not in ("kept", "school")}, change)
    arriving = {child.about.application_id for child in told if child.fate == "arrival"}
    needed = await promised.still_needed(tx, arriving)
    return tuple(_numbered(sorted(told, key=lambda child: _ORDER.index(child.why)), needed, rooms))


_ORDER = ("pupil", "course", "group", "seats", "way", "class", "school")


class _Change:
    """What of a plan touches children, by id."""

    def __init__(self, of: Mapping[str, Difference], this: int) -> None:
        self.this = this  # the year whose classes «Ученики» holds

        def removed(field: str) -> set[int]:
            return {row.id for row in of[field].removed} if field in of else set()

        def altered(field: str, name: str) -> dict[int, Any]:
            changed = of[field].altered if field in of else []
            return {old.id: values[name] for old, values in changed if name in values and old.archived_at is None}

        self.left, self.no_course, self.no_group = removed("pupils"), removed("courses"), removed("groups")
        self.no_group |= set(altered("groups", "course"))  # to another course: its children did not choose that
        self.seats = {group: seats for group, seats in altered("groups", "seats").items() if group not in self.no_group}
        self.way, self.classes = altered("courses", "selection"), altered("courses", "classes")
        self.class_of, self.school_of = altered("pupils", "class_name"), altered("pupils", "school")

    @property
    def courses(self) -> set[int]:
        return self.no_course | set(self.way) | set(self.classes)

    @property
    def groups(self) -> set[int]:
        return self.no_group | set(self.seats)

    @property
    def pupils(self) -> set[int]:
        return self.left | set(self.class_of) | set(self.school_of)

    def __bool__(self) -> bool:
        return bool(self.courses or self.groups or self.pupils)


@dataclass
class _Room:
    """A group that stays, or is new in the book."""

    code: str
    free: int
    waiting: int = 0


class _Rooms:
    """The groups of each course that are there after the book, and what is free in them."""

    def __init__(self, offers: Sequence[Offer], change: _Change, groups: Difference | None, codes: Mapping[str, int]) -> None:
        self.classes = {offer.id: change.classes.get(offer.id, offer.classes) for offer in offers}
        self.of: dict[int, list[_Room]] = {
            offer.id: [self._stays(group, change) for group in offer.groups if group.id not in change.no_group]
            for offer in offers
        }
        for values in [] if groups is None else groups.added:
            course = codes.get(code_key(values["course"]))
            if course in self.of:
                self.of[course].append(_Room(values["code"], values["seats"]))

    @staticmethod
    def _stays(group: GroupOffer, change: _Change) -> _Room:
        return _Room(group.code, change.seats.get(group.id, group.seats) - group.taken, group.waiting)

    def take(self, course_id: int) -> str | None:
        """A seat of the course, in the group that has most."""
        free = [room for room in self.of.get(course_id, ()) if room.free > 0 and not room.waiting]
        if not free:
            return None
        best = max(free, key=lambda room: room.free)
        best.free -= 1
        return best.code

    def line(self, course_id: int) -> str | None:
        """The shortest line of the course."""
        rooms = self.of.get(course_id, ())
        if not rooms:
            return None
        best = min(rooms, key=lambda room: room.waiting)
        best.waiting += 1
        return best.code


def _of_one(one: Touched, change: _Change, rooms: _Rooms) -> list[Child]:
    if one.pupil_id in change.left:
        return [_ended(one, "pupil")]
    if one.course_id in change.no_course:
        return [_ended(one, "course")]
    if one.state == "draft":
        return []
    if one.group_id in change.no_group:
        return [_elsewhere(one, rooms)]
    told: list[Child] = []
    if (way := change.way.get(one.course_id)) is not None:
        told += _other_way(one, str(way))
    class_name = one.class_name
    if one.pupil_id in change.class_of:
        class_name = class_in(change.class_of[one.pupil_id], one.year, change.this) or ""
    classes = rooms.classes.get(one.course_id, ())
    if (one.pupil_id in change.class_of or one.course_id in change.classes) and not takes_class(classes, class_name):
        told.append(Child(one, "kept", "class"))
    if one.pupil_id in change.school_of:
        told.append(Child(one, "school", "school"))
    return told


def _ended(one: Touched, why: Why) -> Child:
    fate: Fate = "erased" if one.state == "draft" else "leaves" if one.state == "enrolled" else "falls"
    return Child(one, fate, why)


def _elsewhere(one: Touched, rooms: _Rooms) -> Child:
    """A group goes: another of the course, its line, or nothing."""
    if one.holds and (to := rooms.take(one.course_id)) is not None:
        return Child(one, "moves", "group", to)
    if one.state != "enrolled" and (line := rooms.line(one.course_id)) is not None:
        return Child(one, "lines-up", "group", line)
    return _ended(one, "group")


def _other_way(one: Touched, way: str) -> list[Child]:
    undecided = one.state in ("submitted", "returned", "approved")
    if way == "ranked" and undecided and one.group_id is not None:
        return [Child(one, "draw", "way")]
    if way == "queue" and undecided and one.group_id is None:
        return [Child(one, "arrival", "way")]
    return []


def _shrunk(found: Sequence[Touched], settled: set[int], change: _Change) -> list[Child]:
    """Fewer seats than are held: the last offered first, then who came last; who learns there stays (else it is a fault)."""
    told = []
    for group, seats in change.seats.items():
        held = [one for one in found if one.group_id == group and one.holds and one.choice_id not in settled]
        offered = sorted((one for one in held if one.state == "offered"), key=lambda one: -(one.offer_id or 0))
        others = [one for one in reversed(held) if one.state not in ("offered", "enrolled")]
        for one in [*offered, *others][: max(len(held) - seats, 0)]:
            told.append(Child(one, "taken-back" if one.state == "offered" else "no-seat", "seats"))
    return told


def _numbered(told: Sequence[Child], needed: dict[int, int], rooms: _Rooms) -> list[Child]:
    """In order of arrival, course by course; who holds as many seats as were wanted (`needed`: how many are missing yet, by
    application) has no number.
    """
    counted: dict[int, int] = {}
    found = []
    for child in told:
        about = child.about
        if child.fate in _GIVES_UP and about.holds and about.application_id in needed:
            needed[about.application_id] += 1
        if child.fate == "arrival" and needed[about.application_id] <= 0:
            found.append(replace(child, fate="besides"))
        elif child.fate == "arrival":
            counted[about.course_id] = counted.get(about.course_id, 0) + 1
            needed[about.application_id] -= rooms.take(about.course_id) is not None
            found.append(replace(child, number=counted[about.course_id]))
        else:
            found.append(child)
    return found


_GIVES_UP = ("leaves", "falls", "lines-up", "no-seat", "draw")  # a seat held is held no longer
