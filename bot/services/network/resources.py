"""What a workbook's plan says of resources: what courses lack, whose bookings end with a room or a resource that goes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from bot.reading.workbook.rows import Note, Workbook, code_key
from bot.services.courses.clashes import brief
from bot.services.network.compare import Difference
from bot.services.resources.needs import missing
from bot.services.timetable.overlaps import same_place
from storage.db import Tx
from storage.network.network import Stored
from storage.resources import bookings
from storage.resources.equipment import named

SHOWN = 5
_SPEAK_OF_IT = frozenset({"courses", "groups", "slots", "rooms", "resources"})  # sheets that can leave a course without something


def lacks(book: Workbook, before: Stored, differences: Sequence[Difference]) -> Iterable[Note]:
    """Courses that need what neither the rooms of their groups nor their organization have; said when any of it changes."""
    if not _SPEAK_OF_IT & {one.form.field for one in differences if one}:
        return
    courses, groups, slots, rooms, resources = (
        getattr(book, sheet)
        if getattr(book, sheet) is not None
        else [row for row in getattr(before, sheet) if getattr(row, "archived_at", None) is None]
        for sheet in ("courses", "groups", "slots", "rooms", "resources")
    )
    places: dict[str, list[str | None]] = defaultdict(list)
    of_group = {code_key(row.code): code_key(row.course) for row in groups}
    for row in groups:
        places[code_key(row.course)].append(row.place)
    for row in slots:
        places[of_group.get(code_key(row.group), "")].append(row.place)
    for course in courses:
        if not course.equipment:
            continue
        own = code_key(course.organization)
        here = [
            room.equipment
            for room in rooms
            if code_key(room.organization) == own and any(same_place(room.name, place) for place in places[code_key(course.code)])
        ]
        here += [named(row.name, row.seats) for row in resources if row.kind == "material" and code_key(row.organization) == own]
        found = missing(course.equipment, here)
        if found:
            yield Note.of("network-course-lacks", course=brief(course.name, 200), what=[_written(one) for one in found[:SHOWN]])


def _written(one: Any) -> str:
    return f"{one.what} ({one.found})" if one.found else str(one.what)


def no_equipment(one: Difference) -> list[int]:
    """Of the resources' sheet: what stays and is of a kind that nobody books."""
    if one.form.field != "resources":
        return []
    return [old.id for old, values in one.altered if "kind" in values and values["kind"] != "material"]


async def ending_bookings(tx: Tx, differences: Sequence[Difference], now: datetime) -> list[Note]:
    """Rooms and resources that go although somebody has booked them, and those of which more is booked than there will be."""
    gone = {one.form.field: [row.id for row in one.removed] for one in differences if one.form.field in ("rooms", "resources")}
    other = [id_ for one in differences for id_ in no_equipment(one)]
    fewer = {
        old.id: values["seats"] or 1
        for one in differences
        if one.form.field == "resources"
        for old, values in one.altered
        if "seats" in values and old.id not in other
    }
    if not any((*gone.values(), other, fewer)):
        return []
    notes = []
    for goes, rooms, resources in (("yes", gone.get("rooms", []), gone.get("resources", [])), ("no", [], other)):
        for some in await _by_thing(tx, rooms, resources, now):
            notes.append(Note.of("network-bookings-end", name=some[0].name, count=len(some), goes=goes, **_whose(some)))
    for some in await _by_thing(tx, [], fewer, now):
        sets = fewer[some[0].ref.resource]
        over = [one for one in some if _at_once(some, one) > sets]
        if over:
            most = max(_at_once(some, one) for one in over)
            notes.append(Note.of("network-bookings-over", name=some[0].name, sets=sets, most=most, **_whose(over)))
    return notes


async def _by_thing(tx: Tx, rooms: Collection[int], resources: Collection[int], now: datetime) -> list[list[bookings.Booked]]:
    things: dict[bookings.Ref, list[bookings.Booked]] = defaultdict(list)
    for one in await bookings.booked(tx, *bookings.of_things(rooms, resources, now)):
        things[one.ref].append(one)
    return list(things.values())


def _at_once(some: Sequence[bookings.Booked], moment: bookings.Booked) -> int:
    """How many sets are kept when a booking begins: most are kept where one of them does."""
    return sum(one.sets for one in some if one.starts_at <= moment.starts_at < one.ends_at)


def _whose(some: Sequence[bookings.Booked]) -> dict[str, Any]:
    """Whose they are, and when the first is."""
    return {"who": list(dict.fromkeys(one.who for one in some))[:SHOWN], "first": some[0].starts_at}
