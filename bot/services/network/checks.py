"""Where a workbook contradicts what is stored: things still needed that it drops, places already taken, changes of no lesson."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.reading.uploads import letter
from bot.reading.workbook.rows import Note, Workbook, code_key
from bot.reading.workbook.sheets import FORM_OF, FORMS
from bot.refusals import Faults, Refusal
from bot.services.courses.clashes import brief
from bot.services.network.compare import Difference, in_year
from bot.services.network.plan import LessonPlan
from storage.network.network import Stored
from storage.people.classes import class_in

SHOWN_CODES = 5
Learning = Mapping[int, Sequence[int]]  # group → pupils enrolled


def check(
    book: Workbook, before: Stored, differences: Sequence[Difference], lessons: LessonPlan, learning: Learning
) -> tuple[Note, ...]:
    """Raises Faults with everything that contradicts; returns what is only worth telling."""
    faults = [*_still_needed(book, before, differences), *_seats(book, before, learning), *missed_changes(book, lessons)]
    if faults:
        raise Faults("workbook-faults", faults)
    return (
        *_leaving(differences, learning),
        *_respelt(differences),
        *_other_days(book),
        *_unlikely(book, before),
        *_unlicensed(book, before, differences),
    )


def _respelt(differences: Sequence[Difference]) -> Iterable[Note]:
    """Codes that only look otherwise («Y1» for «У1»): the stored ones stay."""
    for one in differences:
        if one.respelt:
            shown = [f"{new} — {old}" for new, old in one.respelt[:SHOWN_CODES]]
            yield Note.of("network-codes-as-before", sheet=one.form.name, count=len(one.respelt), codes=shown)


def _still_needed(book: Workbook, before: Stored, differences: Sequence[Difference]) -> Iterable[Refusal]:
    """A sheet left out still refers to what a sheet that is present no longer has."""
    dropped = {one.form.field: {code_key(row.code) for row in one.removed if hasattr(row, "code")} for one in differences}
    for form in FORMS:
        if getattr(book, form.field) is not None or form.field == "changes":
            continue
        for column in form.columns:
            gone = dropped.get(FORM_OF[column.sheet].field) if column.sheet else None
            if not gone:
                continue
            used = {
                getattr(row, column.field)
                for row in getattr(before, form.field)
                if getattr(row, "archived_at", None) is None and code_key(getattr(row, column.field) or "") in gone
            }
            for code in sorted(used):
                yield Refusal("network-still-needed", sheet=str(column.sheet), found=code, target=form.name)


def _seats(book: Workbook, before: Stored, learning: Learning) -> Iterable[Refusal]:
    """Never more children than places: a group cannot become smaller than it already is."""
    ids = {code_key(row.code): row.id for row in before.groups}
    for group in book.groups or ():
        taken = len(learning.get(ids.get(code_key(group.code), 0), ()))
        if taken > group.seats:
            at = place(book, "Группы", group.row, "seats")
            names = {row.id: f"{row.full_name}, {row.class_name}" for row in before.pupils}
            learn = [names.get(pupil, "—") for pupil in learning[ids[code_key(group.code)]]]
            yield Refusal("network-seats-taken", taken=taken, seats=group.seats, children=brief("; ".join(learn), 1500), **at)


def missed_changes(book: Workbook, lessons: LessonPlan) -> Iterable[Refusal]:
    """Rows of Изменения that cannot be carried out."""
    for slip in lessons.slips:
        yield Refusal(slip.key, **slip.facts, **place(book, "Изменения", slip.row, slip.field))


def place(book: Workbook, sheet: str, row: int, field: str) -> dict[str, str]:
    form = FORM_OF[sheet]
    column = next(column for column in form.columns if column.field == field)
    at = book.columns.get(form.field, {}).get(field, 1)
    return {"sheet": sheet, "row": str(row), "column": column.name, "letter": letter(at)}


def _leaving(differences: Sequence[Difference], learning: Learning) -> Iterable[Note]:
    """Groups that go although children learn in them."""
    for one in differences:
        if one.form.field == "groups":
            for row in one.removed:
                if learning.get(row.id):
                    yield Note.of("network-group-has-pupils", group=row.code, count=len(learning[row.id]))


def _unlicensed(book: Workbook, before: Stored, differences: Sequence[Difference]) -> Iterable[Note]:
    """Organizations that teach by this book and have no licence, or only lend what they have: said when either changes."""
    rows = book.organizations if book.organizations is not None else before.organizations
    named = {code_key(row.code): row for row in rows}
    touched = {one.form.field for one in differences if one}
    if not touched & {"organizations", "courses"}:
        return
    taught: dict[str, list[str]] = {}
    for course in book.courses if book.courses is not None else before.courses:
        if getattr(course, "archived_at", None) is None:
            taught.setdefault(code_key(course.organization), []).append(course.name)
    for code, courses in taught.items():
        row = named.get(code)
        if row is None or (row.kind != "resource" and (row.licence or "").strip()):
            continue
        shown = [brief(name, 60) for name in courses[:SHOWN_CODES]]
        if row.kind == "resource":
            yield Note.of("network-course-of-resource", partner=brief(row.name, 200), courses=shown)
        else:
            yield Note.of("network-course-no-licence", partner=brief(row.name, 200), courses=shown)


def _other_days(book: Workbook) -> Iterable[Note]:
    """Days of the calendar that are not of the book's year: they change nothing."""
    for row in book.calendar or ():
        if not in_year(row.day, book.academic_year):
            year = f"{book.academic_year}/{book.academic_year + 1}"
            at = place(book, "Календарь", row.row, "day")
            yield Note.of("network-day-of-another-year", found=f"{row.day:%d.%m.%Y}", year=year, **at)


EARLY, LATE = time(7), time(22)  # between which lessons are held
FAR = 180  # minutes; a longer road between two organizations of a network is hardly meant
SHORT, LONG = timedelta(minutes=15), timedelta(hours=5)  # what lasts less or longer is hardly one lesson


def _unlikely(book: Workbook, before: Stored) -> Iterable[Note]:
    """What is possible but hardly meant: hours of the night, a lesson of a minute, a class without a pupil."""
    for sheet, rows in (("Расписание", book.slots or ()), ("Занятость классов", book.busy or ())):
        for row in rows:
            hours = f"{row.starts:%H:%M}–{row.ends:%H:%M}"
            length = datetime.combine(date.min, row.ends) - datetime.combine(date.min, row.starts)
            if row.starts < EARLY or row.ends > LATE:
                yield Note.of("network-hours-at-night", found=hours, **place(book, sheet, row.row, "starts"))
            if length < SHORT or (length > LONG and sheet == "Расписание"):
                minutes = length // timedelta(minutes=1)
                yield Note.of("network-hours-unlikely", found=hours, minutes=minutes, **place(book, sheet, row.row, "ends"))
    for road in book.roads or ():
        if road.minutes > FAR:
            yield Note.of("network-road-unlikely", minutes=road.minutes, **place(book, "Дорога", road.row, "minutes"))
    pupils = book.pupils if book.pupils is not None else [row for row in before.pupils if row.archived_at is None]
    classes = {
        (school, there)
        for school, now in map(_class_of, pupils)
        for there in {now, class_in(now, book.academic_year, before.this)}
    }
    told: set[tuple[str, str]] = set()
    for busy in book.busy or ():
        if _class_of(busy) not in classes | told:
            told.add(_class_of(busy))
            at = place(book, "Занятость классов", busy.row, "class_name")
            yield Note.of("network-class-without-pupils", found=busy.class_name, **at)


def _class_of(row: Any) -> tuple[str, str]:
    """Of two schools each has its own 5А."""
    return code_key(row.school or ""), row.class_name
