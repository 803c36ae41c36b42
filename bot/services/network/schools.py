"""Whose rows are a workbook's: several base schools share partners, and a book speaks for its own school only.

Before anything is compared the book is completed with what it may not take away: then there is nothing to be careful of later.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.policy import Person
from bot.reading.workbook.rows import ChangeRow, Note, Workbook, code_key, fold
from bot.reading.workbook.sheets import FORMS, Form
from bot.refusals import Faults, Refusal
from bot.services.network.checks import place
from bot.services.network.compare import left
from bot.services.network.rooms import rooms_by_name
from bot.services.workdays import WorkingCalendar, shared
from storage.network.network import Stored
from storage.network.schools import Others

SCHOOLED = ("pupils", "busy", "calendar", "steps", "surveys")  # sheets every row of which is of one school
_OF_ORGANIZATIONS = ("staff", "rooms", "resources")  # sheets every row of which is one organization's
SHARED = (
    "organizations",
    "staff",
    "courses",
    "groups",
    "slots",
    "rooms",
    "resources",
    "roads",
    "programme",
)  # added to and changed by every school


@dataclass(frozen=True)
class Side:
    """A workbook that says no more than it may, what it is compared with, and what there is to tell."""

    book: Workbook
    before: Stored  # of the sheets of one school, this book's rows only
    notes: tuple[Note, ...] = ()
    schools: tuple[str, ...] = ()  # the names of its schools, where the network has several
    calendar: tuple[Any, ...] = ()  # the days of all schools once the book has been carried out
    busy: tuple[Any, ...] = ()  # the own hours of all schools' classes then


def sided(book: Workbook, before: Stored, others: Mapping[str, Others], changes: Sequence[ChangeRow], by: Person | None) -> Side:
    """The book as it may be carried out. Faults: rows of a school that is not this book's.

    `others`: by folded code of every base school, where its pupils are. `changes`: Изменения as last applied. `by` None:
    the command line.
    """
    bases = {code_key(row.code) for row in before.organizations if row.role == "base" and row.archived_at is None}
    mine = speaks_for(book, before, bases, by)
    filled = rooms_by_name(_filled(book, mine), before)
    foreign = _Foreign.of(before, {code: one for code, one in others.items() if code not in mine}, bases - mine, by)
    if faults := [*_elsewhere(filled, mine, bases, by), *_taken(filled, before, mine), *_strangers(filled, foreign)]:
        raise Faults("workbook-faults", faults)
    kept, notes = _completed(filled, before, foreign)
    if kept.changes is not None:
        kept = replace(kept, changes=_kept_changes(kept.changes, changes, foreign))
    names = [row.name for row in before.organizations if code_key(row.code) in mine & bases]
    days, hours = (_of_all(filled, before, mine, sheet) for sheet in ("calendar", "busy"))
    return Side(kept, _of_these(before, mine), tuple(notes), tuple(names) if len(bases) > 1 else (), days, hours)


def _of_all(book: Workbook, before: Stored, mine: Collection[str], sheet: str) -> tuple[Any, ...]:
    """The rows of all schools once the book has been carried out."""
    said, stored = getattr(book, sheet), getattr(before, sheet)
    if said is None:
        return tuple(stored)
    return (*said, *(row for row in stored if code_key(row.school) not in mine))


def speaks_for(book: Workbook, before: Stored, bases: Collection[str], by: Person | None) -> set[str]:
    """The schools (folded codes) a book is of: its coordinator's; on the command line those it names, else its only one."""
    if by is not None:
        own = by.organizations_as("coordinator")
        held = {code_key(row.code) for row in before.organizations if row.id in own and row.role == "base"}
        if held:
            return held
    listed = {code_key(row.code) for row in book.organizations or () if row.role == "base"}
    rows = [row for sheet in SCHOOLED for row in getattr(book, sheet) or ()]
    named = {code_key(row.school) for row in rows if row.school}
    if any(row.school is None for row in rows) or not named:
        only = listed or set(bases)
        named |= only if len(only) == 1 or (not named and listed) else set()
    return named


def _filled(book: Workbook, mine: Collection[str]) -> Workbook:
    """With the school in every row that left it out: there is one, or the reading has asked."""
    if len(mine) != 1:
        return book
    (only,) = mine
    code = next((row.code for row in book.organizations or () if code_key(row.code) == only), only)
    filled: dict[str, Any] = {
        sheet: tuple(row if row.school else replace(row, school=code) for row in rows)
        for sheet in SCHOOLED
        if (rows := getattr(book, sheet)) is not None
    }
    return replace(book, **filled)


def _of_these(before: Stored, mine: Collection[str]) -> Stored:
    theirs: dict[str, Any] = {
        sheet: [row for row in getattr(before, sheet) if code_key(row.school) in mine] for sheet in SCHOOLED
    }
    return replace(before, **theirs)


# ── what is not this book's to say ──────────────────────────────────────────────────────────────────────────────────


def _elsewhere(book: Workbook, mine: Collection[str], bases: Collection[str], by: Person | None) -> Iterable[Refusal]:
    """Rows of a school the sender does not answer for."""
    if by is None or not set(mine) & set(bases):
        return
    for sheet in SCHOOLED:
        form = _form(sheet)
        for row in getattr(book, sheet) or ():
            if row.school and code_key(row.school) not in mine:
                yield _other(row.school, place(book, form.name, row.row, "school"))


def _other(found: str, at: dict[str, str]) -> Refusal:
    return Refusal("network-other-school", found=found, **at)


def _taken(book: Workbook, before: Stored, mine: Collection[str]) -> Iterable[Refusal]:
    """A pupil's code another school uses: it is another child, and must not become this one."""
    held = {code_key(row.code) for row in before.pupils if code_key(row.school) not in mine}
    for row in book.pupils or ():
        if code_key(row.code) in held:
            yield Refusal("network-code-elsewhere", found=row.code, **place(book, "Ученики", row.row, "code"))


def _strangers(book: Workbook, foreign: _Foreign) -> Iterable[Refusal]:
    """Somebody new on another school's staff."""
    known = {code_key(row.code) for row in foreign.before.staff}
    for row in book.staff or ():
        if code_key(row.organization) in foreign.bases and code_key(row.code) not in known:
            yield _other(row.organization, place(book, "Сотрудники", row.row, "organization"))


# ── what others stand in ────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class _Foreign:
    """The other schools, and what their pupils are in: rows of the shared sheets that this book cannot take away."""

    before: Stored
    bases: frozenset[str]
    partners: frozenset[str]
    courses: frozenset[str]
    groups: frozenset[str]

    @classmethod
    def of(cls, before: Stored, others: Mapping[str, Others], bases: Collection[str], by: Person | None) -> _Foreign:
        # A school without a pupil may be taken out of the network, by the command line alone.
        standing = {code for code in bases if by is not None or others[code].pupils}
        found: dict[str, frozenset[str]] = {
            name: frozenset(code_key(code) for one in others.values() for code in getattr(one, name))
            for name in ("partners", "courses", "groups")
        }
        return cls(before, frozenset(standing), **found)

    def theirs(self, form: Form, row: Any) -> bool:
        """Whether a row is another school's own: its organization, its staff."""
        if form.field == "organizations":
            return code_key(row.code) in self.bases
        return form.field in _OF_ORGANIZATIONS and code_key(row.organization) in self.bases

    def needs(self, form: Form, row: Any) -> bool:
        """Whether another school's pupils are in what a row is about."""
        match form.field:
            case "organizations":
                return code_key(row.code) in self.partners
            case "staff" | "rooms" | "resources":
                return code_key(row.organization) in self.partners
            case "courses":
                return code_key(row.code) in self.courses
            case "groups":
                return code_key(row.code) in self.groups
            case "slots":
                return code_key(row.group) in self.groups
            case "programme":
                return code_key(row.course) in self.courses
            case _:  # a road
                return bool({code_key(row.origin), code_key(row.goal)} & (self.bases | self.partners))


def _completed(book: Workbook, before: Stored, foreign: _Foreign) -> tuple[Workbook, list[Note]]:
    """The book with the rows others need, and with other schools' own rows as they stand."""
    changed: dict[str, Any] = {}
    notes = []
    for sheet in SHARED:
        rows, form = getattr(book, sheet), _form(sheet)
        if rows is None:
            continue
        stored = [row for row in getattr(before, sheet) if getattr(row, "archived_at", None) is None]
        own = {_key(row) for row in stored if foreign.theirs(form, row)}
        said = [row for row in rows if not own or _key(row) not in own]
        gone = left(form, said, stored)
        needed = [row for row in gone if not foreign.theirs(form, row) and foreign.needs(form, row)]
        if needed and sheet != "roads":
            notes.append(Note.of("network-kept-for-others", sheet=form.name, count=len(needed)))
        back = [row for row in gone if foreign.theirs(form, row) or foreign.needs(form, row)]
        changed[sheet] = (*said, *(_as_row(form, row) for row in back))
    return replace(book, **changed), notes


def _key(row: Any) -> str:
    """What a row is known by: its code; a resource, which has none, by whose it is and its name."""
    return code_key(row.code) if hasattr(row, "code") else f"{code_key(row.organization)}\n{fold(row.name)}"


def _as_row(form: Form, stored: Any) -> Any:
    """A stored row as the workbook would write it; of no line of the file."""
    values: dict[str, Any] = {column.field: getattr(stored, column.field) for column in form.columns}
    kept: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
    return form.row(row=0, **kept)


def _kept_changes(said: Sequence[ChangeRow], stored: Sequence[ChangeRow], foreign: _Foreign) -> tuple[ChangeRow, ...]:
    """Изменения of this book, and those it leaves out of groups in which other schools' pupils are."""
    here = {(code_key(row.group), row.day, row.starts) for row in said}
    more = [row for row in stored if code_key(row.group) in foreign.groups]
    return (*said, *(row for row in more if (code_key(row.group), row.day, row.starts) not in here))


def _form(sheet: str) -> Form:
    return next(form for form in FORMS if form.field == sheet)


# ── whose calendar a group keeps ────────────────────────────────────────────────────────────────────────────────────


class Calendars:
    """The days of all schools as each group keeps them: those of the schools whose pupils learn in it, of all where nobody does.

    A school that names no day has nothing to say. `learn`: folded code of a group → folded codes of schools.
    """

    def __init__(self, rows: Sequence[Any], learn: Mapping[str, frozenset[str]]) -> None:
        self._rows, self._learn = rows, learn
        self._speaking = frozenset(_whose(row) for row in rows)
        self._made: dict[frozenset[str], WorkingCalendar] = {}

    def of(self, group: str) -> WorkingCalendar:
        """The calendar of a group, by its folded code."""
        return self._of(self._keep(group))

    def of_school(self, school: str) -> WorkingCalendar:
        """A school's own calendar, by its folded code."""
        return self._of(frozenset({school}) & self._speaking or self._speaking)

    def parts(self, slots: Iterable[Any]) -> list[tuple[list[Any], list[Any]]]:
        """Weekly rules with the days they keep."""
        parts: dict[frozenset[str], list[Any]] = {}
        for slot in slots:
            parts.setdefault(self._keep(code_key(slot.group)), []).append(slot)
        return [(some, self._days(keep)) for keep, some in parts.items()]

    def _keep(self, group: str) -> frozenset[str]:
        return self._learn.get(group, frozenset()) & self._speaking or self._speaking

    def _of(self, keep: frozenset[str]) -> WorkingCalendar:
        if keep not in self._made:
            self._made[keep] = WorkingCalendar(self._days(keep))
        return self._made[keep]

    def _days(self, keep: frozenset[str]) -> list[Any]:
        return list(shared([row for row in self._rows if _whose(row) in keep], keep, whose=_whose))


def _whose(row: Any) -> str:
    return code_key(row.school)
