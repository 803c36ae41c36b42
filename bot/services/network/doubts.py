"""What in a workbook looks like an accident, or should not be written at all: asked before it is carried out, never guessed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.reading.fault import Doubt
from bot.reading.illness import speaks_of_illness
from bot.reading.letters import name_key
from bot.reading.workbook.rows import Workbook
from bot.services.network.checks import place
from bot.services.network.compare import Difference

ILLNESS = "network.illness"  # what a doubt about reasons is of
_NAMED = 5
_MANY = 3  # values of a column that may go before it is asked


def doubts_of(differences: Sequence[Difference], learning: Mapping[int, Sequence[int]]) -> tuple[Doubt, ...]:
    """Codes that look exchanged or given to other children, and pupils who would go although they are enrolled. `learning`: group →
    pupils.
    """
    emptied = list(_emptied(differences))
    pupils = next((one for one in differences if one.form.field == "pupils"), None)
    if pupils is None:
        return tuple(emptied)
    recoded = list(_recoded(pupils))
    same = {old.id for old, _ in recoded}
    enrolled = {pupil for some in learning.values() for pupil in some}
    going = sorted((row for row in pupils.removed if row.id in enrolled and row.id not in same), key=lambda row: row.full_name)
    found = emptied
    if recoded:
        codes = tuple(f"{old.code}={new['code']}" for old, new in recoded)
        shown = [f"{old.code} → {new['code']}" for old, new in recoded[:_NAMED]]
        found.append(
            Doubt.of(
                "network-doubt-codes", ("network.codes", *codes), answers=("same", "others"), count=len(recoded), names=shown
            )
        )
    others = list(_others(pupils))
    if others:
        codes = tuple(f"{old.code}={new['full_name']}" for old, new in others)
        shown = [f"{old.code}: {old.full_name} → {new['full_name']}" for old, new in others[:_NAMED]]
        found.append(Doubt.of("network-doubt-children", ("network.children", *codes), count=len(others), names=shown))
    moved = _births_moved(pupils)
    if len(moved) >= _MANY:
        names = [old.full_name for old in moved[:_NAMED]]
        found.append(
            Doubt.of("network-doubt-births", ("network.births", *(old.code for old in moved)), count=len(moved), names=names)
        )
    if going:
        about = ("network.leaving", *(row.code for row in going))
        names = [f"{row.full_name} ({row.code})" for row in going[:_NAMED]]
        found.append(Doubt.of("network-doubt-enrolled", about, count=len(going), names=names))
    return tuple(found)


def _recoded(pupils: Difference) -> Iterable[tuple[Any, Mapping[str, Any]]]:
    """Pupils who would go while somebody of the same name and birth date (or class) comes under another code."""
    coming: dict[str, list[Mapping[str, Any]]] = {}
    for new in pupils.added:
        coming.setdefault(name_key(new["full_name"]), []).append(new)
    for old in pupils.removed:
        there = coming.get(name_key(old.full_name), [])
        born = [new for new in there if new["birth_date"] is not None and new["birth_date"] == old.birth_date]
        same = born or [
            new for new in there if None in (new["birth_date"], old.birth_date) and new["class_name"] == old.class_name
        ]
        if same:
            there.remove(same[0])
            yield old, same[0]


def _emptied(differences: Sequence[Difference]) -> Iterable[Doubt]:
    """Columns of which many values would go at once: cut out by mistake, or left behind by a formula."""
    for one in differences:
        gone = Counter(
            name
            for old, new in one.altered
            for name, value in new.items()
            if value is None and getattr(old, name, None) is not None
        )
        for column in one.form.columns:
            if gone[column.field] >= _MANY:
                about = ("network.emptied", one.form.field, column.field)
                found, count = one.form.name, gone[column.field]
                yield Doubt.of("network-doubt-emptied", about, sheet=found, column=column.name, count=count)


def _others(pupils: Difference) -> Iterable[tuple[Any, Mapping[str, Any]]]:
    """Codes under which another child would stand: by the name of one whom the school knows, or by no word of the name and the birth date.

    A column sorted without the others does it; the journal, applications and seats would follow the code.
    """
    known: dict[str, set[int]] = defaultdict(set)
    for old in (*(old for old, _ in pupils.altered), *pupils.removed):
        known[name_key(old.full_name)].add(old.id)
    for old, new in pupils.altered:
        if "full_name" not in new:
            continue
        name, was = name_key(new["full_name"]), name_key(old.full_name)
        another = name != was and known[name] - {old.id}
        if another or (old.birth_date and new.get("birth_date") and not set(name.split()) & set(was.split())):
            yield old, new


def _births_moved(pupils: Difference) -> list[Any]:
    """Pupils who would get the birth date of another whose date changes too: the column was sorted without the others."""
    was = {old.birth_date: old.id for old, new in pupils.altered if "birth_date" in new and old.birth_date}
    return [
        old
        for old, new in pupils.altered
        if "full_name" not in new and new.get("birth_date") and was.get(new["birth_date"], old.id) != old.id
    ]


def of_illness(book: Workbook, reasons: Sequence[tuple[int, str]]) -> Iterable[Doubt]:
    """Reasons of «Изменения» that seem to speak of health, all in one question. `reasons`: row and what stands there."""
    ill = [(row, why) for row, why in reasons if speaks_of_illness(why)]
    if ill:
        rows = [str(row) for row, _ in ill]
        where = place(book, "Изменения", ill[0][0], "reason")
        shown = rows[:_NAMED] + (["…"] if len(rows) > _NAMED else [])
        yield Doubt.of(
            "network-doubt-illness",
            (ILLNESS, *(f"{row}={why}" for row, why in ill)),
            sheet=where["sheet"],
            letter=where["letter"],
            column=where["column"],
            count=len(rows),
            rows=shown,
        )
