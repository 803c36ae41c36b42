"""Readers of journal files, one per format; all give the same entries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.reading.journal.entry import PUPIL, Journal, Note
from bot.reading.journal.grid import looks_like_grid, read_grid
from bot.reading.journal.list import looks_like_list, read_list
from bot.reading.journal.report import looks_like_report, read_report
from bot.reading.names import joined
from bot.reading.uploads import Sheet
from bot.refusals import Refusal


def looks_like_journal(sheets: Sequence[Sheet]) -> bool:
    """Whether one of the formats knows this file as its own."""
    sheets = [joined(sheet, PUPIL)[0] for sheet in sheets]
    return looks_like_list(sheets) or looks_like_report(sheets) or looks_like_grid(sheets)


def read_journal(sheets: Sequence[Sheet], *, today: date, academic_year: int, group: str | None = None) -> Journal:
    """The file read by the format it is in. Refusal when it is in none.

    `group`: the group of rows or sheets that name none (`--group`).
    """
    whole = [joined(sheet, PUPIL) for sheet in sheets]
    journal = _read([sheet for sheet, _ in whole], today=today, academic_year=academic_year, group=group)
    named = [Note.of("note-names-joined", sheet=sheet.name, letters=letters) for sheet, letters in whole if letters]
    hidden = [Note.of("note-hidden-sheet", sheet=sheet.name) for sheet in sheets if sheet.hidden and sheet.rows]
    return replace(journal, notes=(*named, *journal.notes, *hidden))


def _read(sheets: Sequence[Sheet], *, today: date, academic_year: int, group: str | None) -> Journal:
    if looks_like_list(sheets):
        return read_list(sheets, today=today, academic_year=academic_year, group=group)
    if looks_like_report(sheets):
        return read_report(sheets, today=today, academic_year=academic_year)
    if looks_like_grid(sheets):
        return read_grid(sheets, today=today, academic_year=academic_year, group=group)
    raise Refusal("journal-no-heading")
