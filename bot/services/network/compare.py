"""A workbook's sheets against what is stored: what is new, what changes, what is gone. Pure: nothing is asked, nothing written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any, TypeAlias

from bot.reading.cell import as_text
from bot.reading.workbook.rows import Workbook, code_key, fold
from bot.reading.workbook.sheets import FORMS, Column, Form
from storage.network.network import Stored

Values: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """One value of one line: the column's name, how it was and how it will be, as the workbook writes them."""

    column: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Line:
    """One thing of a sheet that is new, changes or goes."""

    name: str
    changes: tuple[Change, ...] = ()


@dataclass(slots=True)
class Difference:
    """What one sheet does. `added` holds values by the row's fields; `altered` the stored row and the values that change;
    `removed` stored rows.
    """

    form: Form
    new: list[Line] = field(default_factory=list)
    changed: list[Line] = field(default_factory=list)
    gone: list[Line] = field(default_factory=list)
    added: list[Values] = field(default_factory=list)
    altered: list[tuple[Any, Values]] = field(default_factory=list)
    removed: list[Any] = field(default_factory=list)
    respelt: list[tuple[str, str]] = field(default_factory=list)  # codes of the file → the stored ones they were read as

    def __bool__(self) -> bool:
        return bool(self.added or self.altered or self.removed)


_DEFAULTS = {"selection": "ranked", "weeks": "all", "repeats": "none"}
# Kept under a code of its own (a resource: under its name), archived when gone; the others are rules and are replaced.
KEYED = ("organizations", "staff", "pupils", "courses", "groups", "rooms", "resources", "steps")


def left(form: Form, rows: Sequence[Any], stored: Sequence[Any]) -> list[Any]:
    """The stored rows a sheet no longer has."""
    news = [{column.field: _given(row, column, None) for column in form.columns} for row in rows]
    return _match(form, news, stored)[2]


def compare(book: Workbook, before: Stored) -> list[Difference]:
    """A difference for every sheet that is present, in the order of the sheets; Изменения are part of the lessons."""
    found = []
    for form in FORMS:
        rows = getattr(book, form.field)
        if rows is None or form.field == "changes":
            continue
        stored = getattr(before, form.field)
        if form.field == "calendar":  # a day of another year is that year's book's
            rows = [row for row in rows if in_year(row.day, book.academic_year)]
            stored = [row for row in stored if in_year(row.day, book.academic_year)]
        if form.field == "surveys":  # what was built in chat is not the book's to take away
            said = {fold(row.survey) for row in rows}
            stored = [row for row in stored if not row.built or fold(row.survey) in said]
        found.append(_compare(form, rows, stored, _columns(form, book), _only_school(book, before)))
    return found


def in_year(day: date, academic_year: int) -> bool:
    """Whether a day of the calendar is of that year: September to August."""
    return date(academic_year, 9, 1) <= day < date(academic_year + 1, 9, 1)


def _only_school(book: Workbook, before: Stored) -> str | None:
    rows: Iterable[Any] = book.organizations if book.organizations is not None else [
        row for row in before.organizations if row.archived_at is None
    ]  # fmt: skip
    schools = [row.code for row in rows if row.role == "base"]
    return schools[0] if len(schools) == 1 else None


def _columns(form: Form, book: Workbook) -> list[Column]:
    present = book.columns.get(form.field)
    return [column for column in form.columns if present is None or column.field in present]


def _compare(form: Form, rows: Sequence[Any], stored: Sequence[Any], columns: list[Column], school: str | None) -> Difference:
    difference = Difference(form)
    news = [{column.field: _given(row, column, school) for column in form.columns} for row in rows]
    pairs, unmatched, left = _match(form, news, stored)
    for new, old in pairs:
        if form.field in KEYED and "code" in new and new["code"].strip().casefold() != old.code.strip().casefold():
            difference.respelt.append((new["code"], old.code))
        values = {
            column.field: new[column.field]
            for column in columns
            if _folded(column, new[column.field]) != _folded(column, _of(old, column))
        }
        returned = getattr(old, "archived_at", None) is not None
        if values or returned:
            changes = tuple(
                Change(column.name, _words(column, _of(old, column)), _words(column, new[column.field]))
                for column in columns
                if column.field in values
            )
            (difference.new if returned else difference.changed).append(Line(_name(form, new), () if returned else changes))
            difference.altered.append((old, values | ({"archived_at": None} if returned else {})))
    for new in unmatched:
        difference.new.append(Line(_name(form, new)))
        difference.added.append(new)
    for old in left:
        if getattr(old, "archived_at", None) is None:
            difference.gone.append(Line(_name(form, {column.field: _of(old, column) for column in form.columns})))
            difference.removed.append(old)
    return difference


def _given(row: Any, column: Column, school: str | None) -> Any:
    value = getattr(row, column.field)
    if value is None:
        return school if column.field == "school" else _DEFAULTS.get(column.field)
    return list(value) if isinstance(value, tuple) else value


def _of(old: Any, column: Column) -> Any:
    return getattr(old, column.field)


def _folded(column: Column, value: Any) -> Any:
    return code_key(value) if column.kind == "code" and isinstance(value, str) else value


Matched: TypeAlias = tuple[list[tuple[Values, Any]], list[Values], list[Any]]


def _match(form: Form, news: list[Values], stored: Sequence[Any]) -> Matched:
    """Pairs that are the same thing, then what is only in the file, then what is only stored."""
    match form.field:
        case "slots":
            return _match_slots(form, news, stored)
        case "busy":
            return _by_key(
                news,
                stored,
                lambda get: (code_key(get("school") or ""), get("class_name"), get("weekday"), get("starts"), get("ends")),
            )
        case "roads":
            return _by_key(news, stored, lambda get: frozenset((code_key(get("origin")), code_key(get("goal")))), either_way=True)
        case "programme":
            return _by_key(news, stored, lambda get: (code_key(get("course")), get("number")))
        case "surveys":
            return _by_key(news, stored, lambda get: (code_key(get("school") or ""), fold(get("survey")), get("number")))
        case "resources":
            return _by_key(news, stored, lambda get: (code_key(get("organization")), fold(get("name"))))
        case "calendar":
            return _by_key(news, stored, lambda get: (code_key(get("school") or ""), get("day")))
        case "years":
            return _by_key(news, stored, lambda get: get("year"))
        case "steps":
            return _by_key(news, stored, lambda get: (code_key(get("school") or ""), code_key(get("number"))))
        case _:
            return _by_key(news, stored, lambda get: code_key(get("code")))


Get: TypeAlias = Callable[[str], Any]


def _by_key(news: list[Values], stored: Sequence[Any], key: Callable[[Get], Hashable], *, either_way: bool = False) -> Matched:
    # Who stands goes before who left: codes that are one now may have been two.
    standing = sorted(stored, key=lambda old: getattr(old, "archived_at", None) is None)
    old_of = {key(lambda name, old=old: getattr(old, name)): old for old in standing}  # type: ignore[misc]
    pairs, unmatched = [], []
    seen: set[Hashable] = set()
    for new in news:
        found = key(new.__getitem__)
        if found in seen:
            continue  # the same rule twice (a class's hours, a road there and back)
        seen.add(found)
        old = old_of.get(found)
        if old is None:
            unmatched.append(new)
        else:
            pairs.append((new | {"origin": old.origin, "goal": old.goal} if either_way else new, old))
    return pairs, unmatched, [old for found, old in old_of.items() if found not in seen]


def _match_slots(form: Form, news: list[Values], stored: Sequence[Any]) -> Matched:
    """A group's weekly rules have no code: equal ones are the same, the rest are paired by weekday and hour, the nearest first."""
    old_of: dict[str, list[Any]] = defaultdict(list)
    new_of: dict[str, list[Values]] = defaultdict(list)
    for old in stored:
        old_of[code_key(old.group)].append(old)
    for new in news:
        new_of[code_key(new["group"])].append(new)
    pairs: list[tuple[Values, Any]] = []
    unmatched: list[Values] = []
    left: list[Any] = []
    for group in old_of | new_of:
        olds, others = sorted(old_of[group], key=lambda old: (old.weekday, old.starts)), []
        for new in sorted(new_of[group], key=lambda new: (new["weekday"], new["starts"])):
            same = next((old for old in olds if all(new[column.field] == _of(old, column) for column in form.columns[1:])), None)
            if same is None:
                others.append(new)
            else:
                olds.remove(same)
                pairs.append((new, same))
        found = _nearest(others, olds)
        pairs += found
        unmatched += [new for new in others if all(new is not paired for paired, _ in found)]
        left += [old for old in olds if all(old is not paired for _, paired in found)]
    return pairs, unmatched, left


def _nearest(news: list[Values], olds: list[Any]) -> list[tuple[Values, Any]]:
    far = sorted(
        (abs(new["weekday"] - old.weekday), abs(_minutes(new["starts"]) - _minutes(old.starts)), n, m)
        for n, new in enumerate(news)
        for m, old in enumerate(olds)
    )
    left, right = dict(enumerate(news)), dict(enumerate(olds))
    return [(left.pop(n), right.pop(m)) for *_, n, m in far if n in left and m in right]


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute


_NAMES = {
    "organizations": "{name}",
    "courses": "{name}",
    "staff": "{full_name}",
    "pupils": "{full_name}, {class_name}",
    "groups": "{code}",
    "rooms": "{name} ({organization})",
    "resources": "{name} ({organization})",
    "slots": "{group}, {weekday} {starts}",
    "busy": "{class_name}, {weekday} {starts}-{ends}",
    "roads": "{origin} — {goal}",
    "programme": "{course}, № {number} {topic}",
    "surveys": "«{survey}», № {number} {question}",
    "calendar": "{day}, {kind}",
    "years": "{year}/{after}",
    "steps": "№ {number} {task}",
}


def _name(form: Form, values: Mapping[str, Any]) -> str:
    """What a line is called in the plan."""
    words = {column.field: _words(column, values[column.field]) for column in form.columns}
    return _NAMES[form.field].format_map(words | {"after": values["year"] + 1 if "year" in values else ""})


def _words(column: Column, value: Any) -> str:
    """A value as the workbook writes it."""
    if value is None:
        return "—"
    if column.choices:
        return next((word for word, stored in column.choices.items() if stored == str(value)), str(value))
    return ", ".join(value) if isinstance(value, list) else as_text(value)
