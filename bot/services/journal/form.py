"""The blank form of a group's journal: a list with its pupils and the day already in it, to be filled in and sent back."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Sequence
from datetime import date

from bot.cells import safe_cell
from bot.policy import Person
from bot.reading.journal.list import COLUMNS
from bot.reading.uploads import letter
from bot.services.network.years import running_now
from storage.db import Database
from storage.journal import journal
from storage.journal.journal import GroupOf, PupilOf

_WIDTHS = {"pupil": 34, "topic": 30, "homework": 30, "comment": 30, "work": 18}


async def kept_by(db: Database, *, by: Person, today: date) -> list[GroupOf]:
    """The groups of the running year whose journals this person keeps: as their teacher, or for the partner."""
    teachers, organizations = by.staff_as("teacher"), by.organizations_as("partner")
    async with db.read() as tx:
        year = (await running_now(tx, today)).year
        return await journal.groups(tx, year=year, teachers=teachers, organizations=organizations)


def form_of(group: GroupOf, pupils: Sequence[PupilOf], day: date) -> bytes:
    """XLSX: a row for each pupil, by name; namesakes stand by their codes."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Журнал"
    for at, (field, name) in enumerate(COLUMNS.items(), 1):
        sheet.cell(1, at, name).font = Font(bold=True)
        sheet.column_dimensions[letter(at)].width = _WIDTHS.get(field, 14)
    names = Counter(pupil.full_name for pupil in pupils)
    for row, pupil in enumerate(sorted(pupils, key=lambda pupil: (pupil.full_name, pupil.code)), 2):
        sheet.cell(row, 1, day).number_format = "DD.MM.YYYY"
        sheet.cell(row, 2, safe_cell(group.code))
        sheet.cell(row, 3, safe_cell(pupil.full_name if names[pupil.full_name] == 1 else pupil.code))
        for at in (2, 3, 4, 5):
            sheet.cell(row, at).number_format = "@"  # text: else Excel makes a date of «3/2»
    sheet.freeze_panes = "A2"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
