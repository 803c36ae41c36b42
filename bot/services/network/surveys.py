"""«Анкеты» of a workbook: what of it may be carried out, and carrying it out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

from bot.reading.workbook.rows import Note, code_key, fold
from bot.reading.workbook.surveys import OF_ALL, options_of, read_back
from bot.services.network.compare import Difference, Values
from bot.services.surveys.building import day_moved
from storage.db import Tx
from storage.surveys import surveys
from storage.surveys.book import BookQuestion, of_book
from storage.tables import Survey

Key: TypeAlias = tuple[str, str]  # a school's code and a questionnaire's name, folded
_QUESTION = ("number", "question", "kind", "options")


def answered_stay(differences: Sequence[Difference], stored: Sequence[BookQuestion]) -> list[Note]:
    """What families were asked is not asked otherwise afterwards, as in chat: of such a questionnaire only its last day changes.
    Somebody may be answering it now, and has read whether it is anonymous. Says which.
    """
    held = {_of(old): old for old in stored if old.answers or old.asked}
    touched: set[Key] = set()
    for one in differences:
        if one.form.field == "surveys" and held:
            touched |= _leave(one, held)
    return [Note.of("network-survey-answered", name=held[key].survey, count=held[key].answers) for key in sorted(touched)]


def _leave(one: Difference, held: Mapping[Key, BookQuestion]) -> set[Key]:
    """Out of the difference with what is not to be. Returns of which questionnaires that was."""
    added = [(values, line) for values, line in zip(one.added, one.new, strict=True) if _named(values) not in held]
    removed = [(old, line) for old, line in zip(one.removed, one.gone, strict=True) if _of(old) not in held]
    touched = {_named(values) for values in one.added} | {_of(old) for old in one.removed}
    altered = []
    for (old, values), line in zip(one.altered, one.changed, strict=True):
        kept = values if _of(old) not in held else {name: value for name, value in values.items() if name == "closes_on"}
        touched |= {_of(old)} if kept != values else set()
        if kept:
            changes = tuple(each for each in line.changes if kept == values or each.column == "По")
            altered.append(((old, kept), replace(line, changes=changes)))
    one.added[:], one.new[:] = [each for each, _ in added], [line for _, line in added]
    one.removed[:], one.gone[:] = [each for each, _ in removed], [line for _, line in removed]
    one.altered[:], one.changed[:] = [each for each, _ in altered], [line for _, line in altered]
    return touched & held.keys()


def _of(old: BookQuestion) -> Key:
    return code_key(old.school), fold(old.survey)


def _named(values: Values) -> Key:
    return code_key(values["school"] or ""), fold(values["survey"])


async def carry_surveys(tx: Tx, one: Difference, organizations: Mapping[str, int], year: int) -> None:
    """Write what the sheet changes, questionnaire by questionnaire."""
    stored = await of_book(tx, year)
    keys = [*map(_named, one.added), *(_of(old) for old, _ in one.altered), *map(_of, one.removed)]
    for key in dict.fromkeys(keys):
        rows: dict[int, Values] = {old.number: _values(old) for old in stored if _of(old) == key}
        was = {number: dict(values) for number, values in rows.items()}
        for old in one.removed:
            if _of(old) == key:
                rows.pop(old.number, None)
        for old, values in one.altered:
            if _of(old) == key:
                rows[old.number] |= values
        for values in one.added:
            if _named(values) == key:
                rows[values["number"]] = values
        there = next((old.survey_id for old in stored if _of(old) == key), None)
        if rows:
            await _put(tx, there, (was, rows), school_id=organizations[key[0]], year=year)
        elif there is not None:
            await surveys.drop(tx, there)


def _values(old: BookQuestion) -> Values:
    return {name: getattr(old, name) for name in ("survey", *_QUESTION, *OF_ALL)}


async def _put(
    tx: Tx, there: int | None, rows: tuple[Mapping[int, Values], Mapping[int, Values]], *, school_id: int, year: int
) -> None:
    """One questionnaire as the sheet has it: its rows by number, as they were and as they are."""
    was, now = rows
    first, before = now[min(now)], was[min(was)] if was else {}
    row = None if there is None else await surveys.locked(tx, there)
    if row is None:
        row = Survey(school_id=school_id, year=year, name=first["survey"], anonymous=False, state="ready", totals={})
        before = {}
        tx.add(row)
    if row.said is None:  # new, or built in chat: from now on the book speaks of it
        before = {}
        row.state = "ready" if row.state == "draft" else row.state
    changed = {name for name in OF_ALL if not before or first[name] != before[name]}
    row.name = first["survey"]
    if "whom" in changed or not before:
        row.whom, row.classes = read_back(first["whom"])
    if "anonymous" in changed:
        row.anonymous = first["anonymous"] == "yes"
    for name in {"opens_on", "closes_on"} & changed:
        setattr(row, name, first[name])
    if "closes_on" in changed and row.id is not None:
        await day_moved(tx, row)
    days = {name: None if first[name] is None else str(first[name]) for name in ("opens_on", "closes_on")}
    row.said = {"whom": first["whom"], "anonymous": first["anonymous"], **days}
    await tx.flush()
    if _asked(was) != _asked(now):
        await surveys.put_questions(tx, row.id, _asked(now))


def _asked(rows: Mapping[int, Values]) -> list[dict[str, Any]]:
    """The questions as they are kept."""
    return [
        {
            "number": number,
            "question": rows[number]["question"],
            "kind": rows[number]["kind"],
            "options": options_of(rows[number]["kind"], rows[number]["options"]),
        }
        for number in sorted(rows)
    ]
