"""Rooms of a workbook: «Место» may name one by its code, and a group may be larger than the room it learns in. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.reading.workbook.rows import Note, Workbook, code_key, fold
from bot.services.network.checks import place
from storage.network.network import Stored


def rooms_by_name(book: Workbook, before: Stored) -> Workbook:
    """The book with every place that is a code of a room written as that room is called: lessons hold words, and families read
    them. A place that is no room's code stays as it is written.
    """
    called = {(code_key(row.organization), code_key(row.code)): row.name for row in _rooms(book, before)}
    if not called:
        return book
    of_group = _organizations(book, before)

    def name(group: str, written: str | None) -> str | None:
        return called.get((of_group.get(code_key(group), ""), code_key(written)), written) if written else written

    changed: dict[str, Any] = {}
    if book.groups is not None:
        changed["groups"] = tuple(replace(row, place=name(row.code, row.place)) for row in book.groups)
    if book.slots is not None:
        changed["slots"] = tuple(replace(row, place=name(row.group, row.place)) for row in book.slots)
    if book.changes is not None:
        changed["changes"] = tuple(replace(row, new_place=name(row.group, row.new_place)) for row in book.changes)
    return replace(book, **changed)


def too_small(book: Workbook, before: Stored) -> Iterable[Note]:
    """Groups with more seats than the room they learn in holds."""
    seats = {(code_key(row.organization), fold(row.name)): row.seats for row in _rooms(book, before)}
    of_group = _organizations(book, before)
    for group in book.groups or ():
        room = seats.get((of_group.get(code_key(group.code), ""), fold(group.place or "")))
        if room is not None and group.seats > room:
            at = place(book, "Группы", group.row, "place")
            yield Note.of("network-room-too-small", found=group.place, room=room, seats=group.seats, **at)


def _rooms(book: Workbook, before: Stored) -> Sequence[Any]:
    return book.rooms if book.rooms is not None else [row for row in before.rooms if row.archived_at is None]


def _organizations(book: Workbook, before: Stored) -> Mapping[str, str]:
    """Group → whose course it is, both folded."""
    of_course = {code_key(row.code): code_key(row.organization) for row in (*before.courses, *(book.courses or ()))}
    rows = (*before.groups, *(book.groups or ()))
    return {code_key(row.code): of_course.get(code_key(row.course), "") for row in rows}
