"""The journal's report as a paper to sign: a half-year's, a month's, a year's."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from bot.cells import clean
from bot.documents.paper import paper
from bot.documents.school_papers import BLANK, head_facts, long_day
from bot.services.journal.report import GroupReport, PupilRow, Report
from bot.services.journal.tally import Tally
from bot.voice import Say, short_name
from bot.words.reports import percent, period_words, plain_change
from storage.papers.kept import digest
from storage.papers.papers import School

TEMPLATE = "report.docx"


async def report_docx(facts: Mapping[str, Any], own: Path, number: str = "") -> bytes:
    """From a template the school may edit; with a number when it is handed in. Refusals: those of a template."""
    return await asyncio.to_thread(paper, TEMPLATE, {**facts, "number": clean(number)}, own)


def report_facts(report: Report, school: School, say: Say, today: date, own: Path) -> dict[str, Any]:
    """What the template may use."""
    composition = report.composition
    return {
        **head_facts(school, today, report.year.year, own),
        "responsible": clean(school.coordinator) or BLANK,
        "responsible_post": clean(school.coordinator_post),
        "period": period_words(report.period, report.year, say),
        "first": long_day(report.first),
        "last": long_day(max(min(report.until, report.last), report.first)),
        "day": long_day(today),
        "total": _counts(report.tally),
        "start": composition.start,
        "end": composition.end,
        "came": composition.came,
        "left": composition.left,
        "lessons": sum(one.held for one in report.groups),
        "hours": sum(one.hours for one in report.groups),
        "groups": [_group(one, say) for one in report.groups],
    }


def says_the_same(facts: Mapping[str, Any]) -> str:
    """A digest of what a report says, whatever day it is drawn on."""
    said = {name: value for name, value in facts.items() if name not in ("day", "last")}
    return digest(json.dumps(said, sort_keys=True, default=str).encode())


def _group(one: GroupReport, say: Say) -> dict[str, Any]:
    return {
        "course": clean(one.group.course),
        "code": clean(one.group.code),
        "organization": clean(short_name(one.group.organization)),
        "teacher": clean(one.group.teacher),
        "lessons": one.held,
        "hours": one.hours,
        "covered": one.covered,
        "planned": one.planned,
        "start": one.composition.start,
        "end": one.composition.end,
        "pupils": [_pupil(number, row, say) for number, row in enumerate(one.pupils, 1)],
        "changes": [clean(plain_change(change, say)) for change in one.composition.changes],
    }


def _pupil(number: int, row: PupilRow, say: Say) -> dict[str, Any]:
    name = clean(row.child) or say.plain("report-pupil-erased")
    return {"number": number, "name": name, "class_name": clean(row.class_name) or "—", **_counts(row.tally)}


def _counts(tally: Tally) -> dict[str, Any]:
    share = percent(tally)
    return {
        "share": "—" if share is None else f"{share} %",
        "absent": tally.absent,
        "sick": tally.sick,
        "excused": tally.excused,
        "late": tally.late,
        "marks": tally.marks,
        "average": "—" if tally.average is None else str(tally.average).replace(".", ","),
    }
