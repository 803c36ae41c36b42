"""Sheets as a person filled them in → a typed Workbook, or every fault at once, each with its sheet, row and column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, TypeAlias, cast

from bot.reading.cell import sound
from bot.reading.fault import Amiss
from bot.reading.letters import title_key
from bot.reading.merges import filled_down
from bot.reading.names import WHOLE, joined
from bot.reading.uploads import Cell, Sheet, letter
from bot.reading.workbook import reading, surveys
from bot.reading.workbook.checks import Codes, Tell, check
from bot.reading.workbook.rows import Known, Note, Row, Workbook, code_key, fold
from bot.reading.workbook.sheets import EXAMPLE, FORM_OF, FORMS, Column, Form
from bot.refusals import Faults, Refusal

MOST_FAULTS = 1000  # nobody reads on; a wrong file of 50,000 rows must not become 500,000 sentences
_TITLE_ROWS = 10  # a heading may stand below a title and blank rows

Heading: TypeAlias = list[tuple[int, Column]]


@dataclass
class Read:
    """What is being read: the faults and notes found so far, and where each row's columns stand."""

    academic_year: int
    faults: list[Refusal] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    broken: dict[str, dict[str, Any]] = field(default_factory=dict)  # sheet → codes (and roles) of its faulty rows
    named: list[tuple[Form, int, Column, str]] = field(default_factory=list)  # codes of other sheets in faulty rows
    not_filled: list[str] = field(default_factory=list)  # sheets with nothing but the template's example
    no_rows: list[str] = field(default_factory=list)  # sheets with nothing but headings
    illegible: set[str] = field(default_factory=set)  # sheets whose codes cannot be known

    def fault(self, fault: Amiss, form: Form, row: int, column: Column, at: int) -> None:
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(fault.at(form.name, row, letter(at), column.name))

    def guessed(self, form: Form, row: int, column: Column, at: int, cell: Cell, meant: str) -> None:
        self.notes.append(
            Note.of(
                "workbook-note-read-as",
                sheet=form.name, row=str(row), column=column.name, letter=letter(at), found=reading.shown(cell), meant=meant,
            )
        )  # fmt: skip


def parse_workbook(sheets: Sequence[Sheet], *, academic_year: int, known: Known | None = None) -> Workbook:
    """The network workbook. Faults lists every fault found; `known` answers for the codes of sheets left out."""
    read = Read(academic_year)
    found: dict[str, tuple[Row, ...]] = {}
    columns: dict[str, Heading] = {}
    forms = {fold(name): form for name, form in FORM_OF.items()}
    for sheet in sheets:
        form = forms.get(fold(sheet.name))
        if form is None:
            if any(reading.as_text(cell) for row in sheet.rows for cell in row):
                read.notes.append(Note.of("workbook-note-unknown-sheet", sheet=sheet.name))
        elif form.field in columns:
            read.faults.append(Refusal("workbook-sheet-twice", sheet=form.name))
        else:
            heading, rows = _sheet(sheet, form, read)
            columns[form.field] = heading
            if rows is not None:
                found[form.field] = rows
                if sheet.hidden:
                    read.notes.append(Note.of("note-hidden-sheet", sheet=form.name))
    if not columns:
        raise Faults("workbook-faults", [Refusal("workbook-no-sheet", names=[form.name for form in FORMS])])
    if read.no_rows:
        read.notes.append(Note.of("workbook-note-no-rows", names=read.no_rows))
    if read.not_filled:
        read.notes.append(Note.of("workbook-note-not-filled", names=read.not_filled))
    present = {name: {column.field: at for at, column in columns[name]} for name in found}
    workbook = Workbook(academic_year, notes=tuple(read.notes), columns=present, **cast(dict[str, Any], found))

    def tell(fault: Amiss, form: Form, row: int, name: str) -> None:
        at, column = next(((at, column) for at, column in columns[form.field] if column.field == name), (1, form.columns[0]))
        read.fault(fault, form, row, column, at)

    codes = _codes(workbook, known or Known(), read)
    check(workbook, codes, tell, own=(known or Known()).own)
    _named(codes, read, tell)
    if read.faults:
        raise WorkbookFaults(read.faults, workbook)
    return workbook


def _named(codes: Codes, read: Read, tell: Tell) -> None:
    """Codes that rows name which are at fault for something else: both are told at once."""
    for form, row, column, code in read.named:
        there = codes[FORM_OF[column.sheet].field] if column.sheet else None
        if there is not None and code_key(code) not in there:
            tell(Amiss("workbook-unknown-code", found=code, target=column.sheet or ""), form, row, column.field)


def year_told(sheets: Sequence[Sheet]) -> int | None:
    """The academic year a workbook says it is of: by its sheet «Учебный год», else by its dates; None: it does not tell.

    Only dates with a year count, of the sheets whose dates lie within the year; an enrolment window opens before it.
    """
    read = Read(0)
    forms = {fold(form.name): form for form in FORMS}
    found: set[int] = set()
    for sheet in sheets:
        form = forms.get(fold(sheet.name))
        if form is None or form.field not in _DATED:
            continue
        start, heading = _heading(sheet, form, read)
        for row in sheet.rows[start + 1 :]:
            if _is_example(list(row), heading, form):
                continue
            told = {reading.year_told(row[at - 1], column) for at, column in heading if at <= len(row)} - {None}
            if form.field == "years" and told:
                return max(year for year in told if year is not None)
            found |= {year for year in told if year is not None}
    return found.pop() if len(found) == 1 else None


_DATED = frozenset({"years", "courses", "slots", "changes", "calendar"})


class WorkbookFaults(Faults):
    """Every fault of a workbook in itself; `book` holds what is faultless, for what more may be told at once."""

    def __init__(self, faults: Sequence[Refusal], book: Workbook) -> None:
        super().__init__("workbook-faults", _in_order(faults))
        self.book = book

    def spoils(self, *sheets: str) -> bool:
        """Whether something of these sheets is at fault."""
        return any(fault.facts.get("sheet") in sheets for fault in self.faults)


def _codes(book: Workbook, known: Known, read: Read) -> Codes:
    """The codes other sheets may name: of this file where it has the sheet (a faulty row's too, or one fault would
    become twenty), else the stored ones; None where they cannot be known.
    """
    stored: dict[str, Mapping[str, str | None]] = {
        "organizations": known.organizations,
        "staff": known.staff,
        "courses": dict.fromkeys(known.courses),
        "groups": dict.fromkeys(known.groups),
    }
    codes: dict[str, Mapping[str, str | None] | None] = {}
    for name, before in stored.items():
        rows = getattr(book, name)
        here = {code_key(row.code): getattr(row, "role", None) for row in rows or ()} | read.broken.get(name, {})
        codes[name] = None if name in read.illegible else before if rows is None else here
    return codes


def _in_order(faults: Sequence[Refusal]) -> list[Refusal]:
    """As the eye goes: sheet by sheet of the contract, row by row."""
    order = {form.name: n for n, form in enumerate(FORMS)}
    return sorted(faults, key=lambda fault: (order.get(str(fault.facts.get("sheet")), -1), int(str(fault.facts.get("row", 0)))))


def _sheet(sheet: Sheet, form: Form, read: Read) -> tuple[Heading, tuple[Row, ...] | None]:
    """The sheet's heading and rows; rows None: nothing but headings or the template's example, as good as left out."""
    if any(column.name == WHOLE for column in form.columns):
        sheet, letters = joined(sheet)
        read.notes += [Note.of("note-names-joined", sheet=form.name, letters=letters)] if letters else []
    start, heading = _heading(sheet, form, read)
    if not heading:
        if any(reading.as_text(cell) for row in sheet.rows for cell in row):
            read.illegible.add(form.field)
            names = [column.name for column in form.columns]
            read.faults.append(Refusal("workbook-no-heading", sheet=form.name, names=names))
        return heading, None
    sheet, merged = filled_down(sheet, start)
    read.notes += [Note.of("note-merged", sheet=form.name, letter=at, count=count) for at, count in merged.items()]
    rows: list[Row] = []
    examples: list[Note] = []
    filled = False
    for number, cells in enumerate(islice(sheet.rows, start + 1, None), start + 2):
        if not any(reading.as_text(cells[at - 1]) for at, _ in heading if at <= len(cells)):
            continue  # whatever unknown columns hold: a numbered list goes on below its last pupil
        if _is_example(cells, heading, form):
            examples.append(Note.of("workbook-note-example", sheet=form.name, row=str(number)))
            continue
        row = _row(cells, number, heading, form, read)
        filled = True
        if row is not None:
            rows.append(row)
    if examples and not filled:
        read.not_filled.append(form.name)
        return heading, None
    if not filled:  # no statement: nobody means by it that all are gone
        read.no_rows.append(form.name)
        return heading, None
    read.notes += examples
    return heading, tuple(rows)


def _heading(sheet: Sheet, form: Form, read: Read) -> tuple[int, Heading]:
    """The heading is the row among the first that names the most columns."""
    names = {title_key(column.name): column for column in form.columns}
    best, start = 0, 0
    for number, row in enumerate(sheet.rows[:_TITLE_ROWS]):
        named = len({_title(cell) for cell in row} & names.keys())
        if named > best:
            best, start = named, number
    if best == 0:
        return 0, []
    heading: Heading = []
    for at, cell in enumerate(sheet.rows[start], 1):
        column = names.get(_title(cell))
        if column is None:
            if reading.as_text(cell):
                note = Note.of("workbook-note-unknown-column", sheet=form.name, letter=letter(at), column=reading.shown(cell))
                read.notes.append(note)
        elif any(column is other for _, other in heading):
            read.fault(Amiss("workbook-column-twice"), form, start + 1, column, at)
        else:
            heading.append((at, column))
    there = {column.name for _, column in heading}
    for column in form.columns:
        if column.required and column.name not in there:
            if column.field in ("code", "role"):
                read.illegible.add(form.field)
            read.faults.append(Refusal("workbook-no-column", sheet=form.name, row=str(start + 1), column=column.name))
    return start, heading


def _title(cell: Cell) -> str:
    return title_key(cell) if isinstance(cell, str) else ""


def _is_example(cells: list[Cell], heading: Heading, form: Form) -> bool:
    return any(
        column.field == form.mark and at <= len(cells) and str(cells[at - 1]).strip().startswith(EXAMPLE)
        for at, column in heading
    )


def _row(cells: list[Cell], number: int, heading: Heading, form: Form, read: Read) -> Row | None:
    values: dict[str, Any] = dict.fromkeys(column.field for column in form.columns)
    faultless = True
    for at, column in heading:
        cell = cells[at - 1] if at <= len(cells) else None
        try:
            if reading.as_text(sound(cell)):
                values[column.field] = _value(cell, column, number, at, form, read)
            elif column.required:
                raise Amiss("workbook-missing")
        except Amiss as fault:
            read.fault(fault, form, number, column, at)
            faultless = False
    required = (column.field for column in form.columns if column.required)
    if not faultless or any(values[name] is None for name in required):
        read.named += [
            (form, number, column, values[column.field]) for _, column in heading if column.sheet and values[column.field]
        ]
        if values.get("code"):
            read.broken.setdefault(form.field, {})[code_key(values["code"])] = values.get("role")
        return None
    return form.row(row=number, **values)


def _value(cell: Cell, column: Column, row: int, at: int, form: Form, read: Read) -> Any:
    match column.kind:
        case "code" | "text" | "link":
            return _WORDS[column.kind](cell, column)
        case "number":
            return _number(cell, column, row, at, form, read)
        case "time":
            return reading.clock(cell)
        case "class":
            return reading.school_class(cell)
        case "classes":
            value, guess = reading.classes(cell)
            if guess:
                read.guessed(form, row, column, at, cell, f"{value[0]}-{value[-1]}")
            return value
        case "day":
            day, guess = reading.weekday(cell)
            if guess:
                read.guessed(form, row, column, at, cell, list(column.choices)[day])
            return day
        case "choice" | "day kind":
            read_as = reading.choice if column.kind == "choice" else reading.day_kind
            word, guess = read_as(cell, column.choices)
            if guess:
                read.guessed(form, row, column, at, cell, next(name for name, value in column.choices.items() if value == word))
            return word
        case "year":
            return reading.academic_year(cell)
        case _:
            said = surveys.CELLS.get(column.kind)
            return said(cell) if said is not None else reading.day(cell, column, read.academic_year)


_WORDS = {"code": reading.code, "text": reading.text, "link": reading.link}


def _number(cell: Cell, column: Column, row: int, at: int, form: Form, read: Read) -> int:
    value, counted = reading.number(cell, column)
    if counted:
        read.guessed(form, row, column, at, cell, str(value))
    return value
