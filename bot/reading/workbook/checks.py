"""What cells cannot know by themselves: duplicates, references between sheets, ends before starts, overlaps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date, time
from typing import TypeAlias

from bot.reading.fault import Amiss
from bot.reading.workbook import surveys
from bot.reading.workbook.rows import ResourceRow, RoomRow, SlotRow, Workbook, code_key, fold
from bot.reading.workbook.sheets import FORM_OF, FORMS, Form

# tell(fault, form, row, field): the fault of one field of one row, to be told with its place.
Tell: TypeAlias = Callable[[Amiss, Form, int, str], None]


# Of the sheets that others name: code → role (None: a role that could not be read, or a thing that has none).
Codes: TypeAlias = Mapping[str, Mapping[str, str | None] | None]


def check(book: Workbook, codes: Codes, tell: Tell, *, own: bool = False) -> None:
    """Tell every fault between rows and between sheets. `own`: what names no school is the sender's."""
    _duplicates(book, tell)
    _references(book, codes, tell)
    if not own:
        _schools(book, codes["organizations"], tell)
    _year(book, tell)
    _days_of_year(book, tell)
    _windows(book, tell)
    _groups(book, tell)
    _slots(book.slots or (), tell)
    _changes(book, tell)
    _roads(book, tell)
    _births(book, tell)
    surveys.check(book.surveys or (), lambda fault, row, field: tell(fault, FORM_OF["Анкеты"], row, field))


def _duplicates(book: Workbook, tell: Tell) -> None:
    def each(name: str, field: str, keys: Iterable[tuple[int, object, object]]) -> None:
        first: dict[object, int] = {}
        for row, key, found in keys:
            if key in first:
                tell(Amiss("workbook-duplicate", found=_words(found), first=str(first[key])), FORM_OF[name], row, field)
            first.setdefault(key, row)

    each("Организации", "code", ((row.row, code_key(row.code), row.code) for row in book.organizations or ()))
    each("Сотрудники", "code", ((row.row, code_key(row.code), row.code) for row in book.staff or ()))
    each("Ученики", "code", ((row.row, code_key(row.code), row.code) for row in book.pupils or ()))
    each("Курсы", "code", ((row.row, code_key(row.code), row.code) for row in book.courses or ()))
    each("Группы", "code", ((row.row, code_key(row.code), row.code) for row in book.groups or ()))
    each("Помещения", "code", ((row.row, code_key(row.code), row.code) for row in book.rooms or ()))
    each("Помещения", "name", (_named_of(row) for row in book.rooms or ()))
    each(
        "Изменения",
        "day",
        ((row.row, (code_key(row.group), row.day, row.starts), (row.group, row.day, row.starts)) for row in book.changes or ()),
    )
    each(
        "Программа",
        "number",
        ((row.row, (code_key(row.course), row.number), (row.course, row.number)) for row in book.programme or ()),
    )
    each(
        "Анкеты",
        "number",
        (
            (row.row, _of_school(row.school, (fold(row.survey), row.number)), (row.survey, row.number))
            for row in book.surveys or ()
        ),
    )
    each("Ресурсы", "name", (_named_of(row) for row in book.resources or ()))
    each("Календарь", "day", ((row.row, _of_school(row.school, row.day), row.day) for row in book.calendar or ()))
    each(
        "Дорожная карта",
        "number",
        ((row.row, _of_school(row.school, code_key(row.number)), row.number) for row in book.steps or ()),
    )


def _named_of(row: RoomRow | ResourceRow) -> tuple[int, object, object]:
    """Two rooms of one organization called alike could not be told apart in a lesson's place, nor two resources."""
    return row.row, (code_key(row.organization), fold(row.name)), row.name


def _of_school(school: str | None, key: object) -> object:
    return key if school is None else (code_key(school), key)


def _words(key: object) -> str:
    match key:
        case tuple():
            return ", ".join(_words(part) for part in key)
        case date():
            return f"{key:%d.%m.%Y}"
        case time():
            return f"{key:%H:%M}"
        case _:
            return str(key)


def _references(book: Workbook, codes: Codes, tell: Tell) -> None:
    """Every column that names a code of another sheet; who is to teach must be a teacher."""
    for form in FORMS:
        for column in form.columns:
            known = codes[FORM_OF[column.sheet].field] if column.sheet else None
            if known is None:
                continue
            for row in getattr(book, form.field) or ():
                code: str | None = getattr(row, column.field)
                if code is not None and code_key(code) not in known:
                    tell(Amiss("workbook-unknown-code", found=code, target=column.sheet), form, row.row, column.field)
                elif code is not None and column.field == "teacher" and known[code_key(code)] not in ("teacher", None):
                    tell(Amiss("workbook-not-a-teacher", found=code), form, row.row, column.field)


def _schools(book: Workbook, organizations: Mapping[str, str | None] | None, tell: Tell) -> None:
    if organizations is None:
        return
    bases = sum(role == "base" for role in organizations.values())
    whose = [
        (form, row.row, row.school)
        for form in (FORM_OF[name] for name in ("Ученики", "Занятость классов", "Календарь", "Дорожная карта", "Анкеты"))
        for row in getattr(book, form.field) or ()
    ]
    for form, row, school in whose:
        if school is None:
            if bases != 1 and None not in organizations.values():
                tell(Amiss("workbook-school-needed", count=bases), form, row, "school")
        elif organizations.get(code_key(school)) == "partner":
            tell(Amiss("workbook-not-a-school", found=school), form, row, "school")


def _year(book: Workbook, tell: Tell) -> None:
    """A workbook is of one year, whose days follow each other within it."""
    form = FORM_OF["Учебный год"]
    for more in (book.years or ())[1:]:
        tell(Amiss("workbook-one-year"), form, more.row, "year")
    for row in (book.years or ())[:1]:
        if not date(row.year, 8, 1) <= row.starts_on <= date(row.year, 12, 31):
            tell(Amiss("workbook-not-in-year", found=_words(row.starts_on), year=_years(row.year)), form, row.row, "starts_on")
        if not date(row.year + 1, 1, 1) <= row.ends_on <= date(row.year + 1, 8, 31):
            tell(Amiss("workbook-not-in-year", found=_words(row.ends_on), year=_years(row.year)), form, row.row, "ends_on")
        if row.half_ends_on is not None and not row.starts_on < row.half_ends_on < row.ends_on:
            found = Amiss("workbook-not-in-year", found=_words(row.half_ends_on), year=_years(row.year))
            tell(found, form, row.row, "half_ends_on")


def _days_of_year(book: Workbook, tell: Tell) -> None:
    """A rule's days and a lesson's new day are of the book's year: last year's left standing would cancel all lessons."""
    first, last = date(book.academic_year, 7, 1), date(book.academic_year + 1, 8, 31)
    days = [("Расписание", row.row, name, getattr(row, name)) for row in book.slots or () for name in ("from_day", "to_day")]
    days += [("Изменения", row.row, "new_day", row.new_day) for row in book.changes or ()]
    for sheet, number, field, day in days:
        if day is not None and not first <= day <= last:
            fault = Amiss("workbook-not-in-year", found=_words(day), year=_years(book.academic_year))
            tell(fault, FORM_OF[sheet], number, field)


def _years(year: int) -> str:
    return f"{year}/{year + 1}"


def _windows(book: Workbook, tell: Tell) -> None:
    spans: list[tuple[str, int, str, date | None, date | None]] = []
    spans += [("Курсы", row.row, "closes_on", row.opens_on, row.closes_on) for row in book.courses or ()]
    spans += [("Расписание", row.row, "to_day", row.from_day, row.to_day) for row in book.slots or ()]
    spans += [("Дорожная карта", row.row, "ends_on", row.starts_on, row.ends_on) for row in book.steps or ()]
    for name, number, field, start, end in spans:
        if start and end and end < start:
            tell(Amiss("workbook-window-reversed", start=_words(start), end=_words(end)), FORM_OF[name], number, field)
    hours = [("Расписание", row.row, row.starts, row.ends) for row in book.slots or ()]
    hours += [("Занятость классов", row.row, row.starts, row.ends) for row in book.busy or ()]
    for name, number, starts, ends in hours:
        if ends <= starts:
            tell(Amiss("workbook-end-before-start", start=_words(starts), end=_words(ends)), FORM_OF[name], number, "ends")


def _groups(book: Workbook, tell: Tell) -> None:
    for group in book.groups or ():
        if group.minimum is not None and group.minimum > group.seats:
            fault = Amiss("workbook-minimum-over-seats", minimum=group.minimum, seats=group.seats)
            tell(fault, FORM_OF["Группы"], group.row, "minimum")


def _slots(slots: Iterable[SlotRow], tell: Tell) -> None:
    """A group cannot be at two lessons at once; odd and even weeks, and different parts of the year, do not meet."""
    of_day: dict[tuple[str, int], list[SlotRow]] = defaultdict(list)
    for slot in slots:
        earlier = of_day[code_key(slot.group), slot.weekday]
        clash = next((other for other in earlier if _meet(slot, other)), None)
        if clash is not None:
            found = f"{_words(clash.starts)}-{_words(clash.ends)}"
            tell(Amiss("workbook-overlap", found=found, first=str(clash.row)), FORM_OF["Расписание"], slot.row, "starts")
        earlier.append(slot)


def _meet(one: SlotRow, other: SlotRow) -> bool:
    same_week = one.weeks in (None, "all") or other.weeks in (None, "all") or one.weeks == other.weeks
    same_part = (one.from_day or date.min) <= (other.to_day or date.max) and (other.from_day or date.min) <= (
        one.to_day or date.max
    )
    return same_week and same_part and one.starts < other.ends and other.starts < one.ends


def _changes(book: Workbook, tell: Tell) -> None:
    form = FORM_OF["Изменения"]
    for change in book.changes or ():
        if change.action == "moved" and change.new_day is None and change.new_starts is None:
            tell(Amiss("workbook-move-where"), form, change.row, "new_day")
        if change.action == "cancelled" and (change.new_day or change.new_starts):
            tell(Amiss("workbook-cancel-or-move"), form, change.row, "new_day" if change.new_day else "new_starts")
        if change.action == "replaced" and change.teacher is None and change.new_place is None:
            tell(Amiss("workbook-replace-with-what"), form, change.row, "teacher")


def _roads(book: Workbook, tell: Tell) -> None:
    first: dict[frozenset[str], tuple[int, int]] = {}
    for road in book.roads or ():
        pair = frozenset((code_key(road.origin), code_key(road.goal)))
        if len(pair) == 1:
            tell(Amiss("workbook-road-to-itself"), FORM_OF["Дорога"], road.row, "goal")
        elif pair in first and first[pair][1] != road.minutes:
            row, minutes = first[pair]
            tell(Amiss("workbook-road-differs", minutes=minutes, first=str(row)), FORM_OF["Дорога"], road.row, "minutes")
        first.setdefault(pair, (road.row, road.minutes))


def _births(book: Workbook, tell: Tell) -> None:
    for pupil in book.pupils or ():
        if pupil.birth_date and not book.academic_year - 22 <= pupil.birth_date.year <= book.academic_year - 5:
            tell(Amiss("workbook-birth-unlikely", found=_words(pupil.birth_date)), FORM_OF["Ученики"], pupil.row, "birth_date")
