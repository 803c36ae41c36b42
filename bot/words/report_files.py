"""The journal's report as a picture and as a PDF: what they say."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from bot.cells import clean
from bot.documents.journal_report import report_paper, report_picture
from bot.services.journal.report import GroupReport, PupilRow, Report
from bot.services.journal.tally import Tally, together
from bot.voice import Say, short_name
from bot.words.reports import percent, period_words, plain_change

COURSES = 16  # of a picture
LONGEST = 90  # characters of a name in a picture


async def report_pictures(report: Report, say: Say, today: date) -> list[bytes]:
    """PNG; nobody's name stands there. As many as the courses need."""
    of = list(report.groups)
    ids = list(dict.fromkeys(one.group.course_id for one in of))
    made: list[bytes] = []
    for start in range(0, len(ids), COURSES):
        some = {*ids[start : start + COURSES]}
        part = [one for one in of if one.group.course_id in some]
        data = _drawn(report, part, say, today) | ({"months": []} if start else {})
        made += await asyncio.to_thread(report_picture, data)
    return made


async def report_pdf(report: Report, say: Say, zone: ZoneInfo, today: date) -> bytes:
    """The charts, then every group with its pupils."""
    data = _drawn(report, report.groups, say, today) | {
        "columns": _headings(say),
        "groups": [_group(one, say, zone) for one in report.groups],
    }
    return await asyncio.to_thread(report_paper, data)


# ── charts ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _headings(say: Say) -> list[str]:
    return [
        say.plain("report-head-number"),
        say.plain("report-head-pupil"),
        say.plain("report-head-class"),
        say.plain("report-head-attendance"),
        say.plain("report-head-absent"),
        say.plain("report-head-sick"),
        say.plain("report-head-excused"),
        say.plain("report-head-late"),
        say.plain("report-head-marks"),
        say.plain("report-head-average"),
    ]


def grade_names(say: Say) -> list[str]:
    """The columns of marks, the best first."""
    return [
        say.plain("report-head-fives"),
        say.plain("report-head-fours"),
        say.plain("report-head-threes"),
        say.plain("report-head-twos"),
        say.plain("report-head-others"),
    ]


def _drawn(report: Report, groups: Sequence[GroupReport], say: Say, today: date) -> dict[str, Any]:
    period = period_words(report.period, report.year, say)
    return {
        "language": say.language,
        "title": f"{say.plain('report-plain')}: {period}",
        "subtitle": say.plain("report-day", day=today),
        "none": say.plain("report-nothing"),
        "cards": _cards(report, say),
        "chart_attendance": say.plain("report-chart-attendance"),
        "chart_months": say.plain("report-chart-months"),
        "chart_marks": say.plain("report-chart-marks"),
        "attendance_names": [
            say.plain("report-present"),
            say.plain("report-excused"),
            say.plain("report-sick"),
            say.plain("report-absent"),
        ],
        "mark_names": grade_names(say),
        "partners": [
            {"name": _short(short_name(name)), "courses": [_course(list(some), say) for _, some in _by_course(found)]}
            for name, found in ((name, list(some)) for name, some in groupby(groups, key=lambda one: one.group.organization))
        ],
        "months": [
            {
                "name": say.plain("report-month-name", month=month).capitalize(),
                "share": _share(tally),
                "attendance": _attendance(tally),
            }
            for month, tally in report.months
        ],
    }


def _by_course(groups: Sequence[GroupReport]) -> Any:
    return groupby(groups, key=lambda one: one.group.course_id)


def _cards(report: Report, say: Say) -> list[dict[str, str]]:
    total = report.tally
    return [
        {"name": say.plain("report-card-attendance"), "value": _share(total)},
        {"name": say.plain("report-card-average"), "value": _average(total, say)},
        {"name": say.plain("report-card-pupils"), "value": str(children(report.groups))},
        {"name": say.plain("report-card-hours"), "value": str(sum(one.hours for one in report.groups))},
        {"name": say.plain("report-card-missing"), "value": str(len(report.missing))},
    ]


def children(groups: Sequence[GroupReport]) -> int:
    """Children, each once, however many courses they attend."""
    rows = [row for one in groups for row in one.pupils]
    return len({row.pupil_id for row in rows if row.pupil_id}) + sum(row.pupil_id is None for row in rows)


def _course(some: Sequence[GroupReport], say: Say) -> dict[str, Any]:
    tally = together(one.tally for one in some)
    hours, plan = sum(one.hours_since_start for one in some), sum(one.group.hours or 0 for one in some)
    return {
        "name": _short(some[0].group.course),
        "note": say.plain("report-fact-hours", hours=hours, plan=plan)
        if plan
        else say.plain("report-fact-hours-only", hours=hours),
        "share": _share(tally),
        "attendance": _attendance(tally),
        "average": _average(tally, say),
        "marks": [tally.fives, tally.fours, tally.threes, tally.twos, tally.others],
    }


def _attendance(tally: Tally) -> list[int]:
    return [tally.present, tally.excused, tally.sick, tally.absent]


def _share(tally: Tally) -> str:
    here = percent(tally)
    return "—" if here is None else f"{here} %"


def _average(tally: Tally, say: Say) -> str:
    return "—" if tally.average is None else say.plain("report-number", number=tally.average)


def _short(name: str) -> str:
    name = clean(name)
    return name if len(name) <= LONGEST else name[: LONGEST - 1] + "…"


# ── the paper's tables ──────────────────────────────────────────────────────────────────────────────────────────────


def _group(one: GroupReport, say: Say, zone: ZoneInfo) -> dict[str, Any]:
    of = one.group
    days = [say.plain("report-day-short", day=lesson.starts_at.astimezone(zone).date()) for lesson in one.missing]
    missing = say.plain("report-paper-missing", days=", ".join(days)) if days else ""
    return {
        "title": clean(f"{of.course}, {of.code}"),
        "note": say.plain(
            "report-paper-group",
            partner=clean(short_name(of.organization)),
            teacher=clean(of.teacher),
            lessons=one.held,
            hours=one.hours,
            topics=len(one.topics),
            covered=one.covered,
            planned=one.planned,
            start=one.composition.start,
            end=one.composition.end,
        ),
        "rows": [_paper_row(number, row, say) for number, row in enumerate(one.pupils, 1)],
        "changes": [plain_change(change, say) for change in one.composition.changes],
        "missing": missing,
    }


def _paper_row(number: int, row: PupilRow, say: Say) -> list[str]:
    tally = row.tally
    counts = [tally.absent, tally.sick, tally.excused, tally.late, tally.marks]
    name = clean(row.child) or say.plain("report-pupil-erased")
    return [str(number), name, row.class_name or "—", _share(tally), *(str(count) for count in counts), _average(tally, say)]
