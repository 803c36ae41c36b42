"""The journal's report as files: what its picture, its PDF and its workbook say."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from bot.cells import Safe, clean
from bot.documents.journal_report import report_paper, report_picture
from bot.documents.tables import Column, Sheet, book_of
from bot.services.journal.composition import Came
from bot.services.journal.report import GroupReport, PupilRow, Report
from bot.services.journal.tally import Tally
from bot.voice import Fact, Say, short_name
from bot.words.reports import percent, period_words

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
        "columns": [say.plain(key) for key in _PAPER],
        "groups": [_group(one, say, zone) for one in report.groups],
    }
    return await asyncio.to_thread(report_paper, data)


# ── charts ──────────────────────────────────────────────────────────────────────────────────────────────────────────

_PAPER = (
    "report-head-number",
    "report-head-pupil",
    "report-head-class",
    "report-head-attendance",
    "report-head-absent",
    "report-head-sick",
    "report-head-excused",
    "report-head-late",
    "report-head-marks",
    "report-head-average",
)


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
        "attendance_names": [say.plain(key) for key in ("report-present", "report-excused", "report-sick", "report-absent")],
        "mark_names": [
            say.plain(key)
            for key in (
                "report-head-fives",
                "report-head-fours",
                "report-head-threes",
                "report-head-twos",
                "report-head-others",
            )
        ],
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
        {"name": say.plain("report-card-pupils"), "value": str(_pupils(report.groups))},
        {"name": say.plain("report-card-hours"), "value": str(sum(one.hours for one in report.groups))},
        {"name": say.plain("report-card-missing"), "value": str(len(report.missing))},
    ]


def _pupils(groups: Sequence[GroupReport]) -> int:
    """Children, each once, however many courses they attend."""
    rows = [row for one in groups for row in one.pupils]
    return len({row.pupil_id for row in rows if row.pupil_id}) + sum(row.pupil_id is None for row in rows)


def _course(some: Sequence[GroupReport], say: Say) -> dict[str, Any]:
    tally = sum((one.tally for one in some), Tally())
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
            start=one.composition.start,
            end=one.composition.end,
        ),
        "rows": [_paper_row(number, row, say) for number, row in enumerate(one.pupils, 1)],
        "changes": [_change(change, say) for change in one.composition.changes],
        "missing": missing,
    }


def _paper_row(number: int, row: PupilRow, say: Say) -> list[str]:
    tally = row.tally
    counts = [tally.absent, tally.sick, tally.excused, tally.late, tally.marks]
    name = clean(row.child) or say.plain("report-pupil-erased")
    return [str(number), name, row.class_name or "—", _share(tally), *(str(count) for count in counts), _average(tally, say)]


def _change(change: Came, say: Say) -> str:
    facts: dict[str, Fact] = {"day": change.day, "child": change.child or say.plain("report-pupil-erased"), "class_name": change.class_name or "—"}
    return clean(say.plain("report-came", **facts) if change.came else say.plain("report-left", **facts))


# ── the workbook ────────────────────────────────────────────────────────────────────────────────────────────────────


async def report_xlsx(report: Report, say: Say, zone: ZoneInfo, today: date) -> bytes:
    """Seven sheets: what it is, then partners, courses, groups, pupils, composition, what is not kept."""
    sheets = [
        _about(report, say, today),
        _sums("report-sheet-partners", ("report-head-partner",), _partners(report), say),
        _sums("report-sheet-courses", ("report-head-course", "report-head-partner"), _courses(report), say),
        _sums("report-sheet-groups", _GROUP, _groups(report), say),
        _pupil_sheet(report, say),
        _composition(report, say),
        _missing(report, say, zone),
    ]
    return await asyncio.to_thread(book_of, sheets)


_GROUP = ("report-head-group", "report-head-course", "report-head-partner", "report-head-teacher")
_TALLY: tuple[tuple[str, Any], ...] = (
    ("report-head-lessons", "number"),
    ("report-head-attendance", "percent"),
    ("report-head-absent", "number"),
    ("report-head-sick", "number"),
    ("report-head-excused", "number"),
    ("report-head-late", "number"),
    ("report-head-average", "average"),
    ("report-head-fives", "number"),
    ("report-head-fours", "number"),
    ("report-head-threes", "number"),
    ("report-head-twos", "number"),
    ("report-head-others", "number"),
)
_WORK = (
    "report-head-held",
    "report-head-hours",
    "report-head-hours-start",
    "report-head-hours-plan",
    "report-head-topics",
    "report-head-missing",
    "report-head-start",
    "report-head-came",
    "report-head-left",
    "report-head-end",
)

Named = tuple[tuple[str, ...], list[GroupReport]]


def _partners(report: Report) -> list[Named]:
    return [((name,), some) for name, some in report.by_partner()]


def _courses(report: Report) -> list[Named]:
    return [((name, some[0].group.organization), some) for name, some in report.by_course()]


def _groups(report: Report) -> list[Named]:
    return [((one.group.code, one.group.course, one.group.organization, one.group.teacher), [one]) for one in report.groups]


def _about(report: Report, say: Say, today: date) -> Sheet:
    rows: list[list[Safe]] = [
        [say.plain("report-about-period"), period_words(report.period, report.year, say)],
        [say.plain("report-about-days"), say.plain("report-days", first=report.first, last=report.until)],
        [say.plain("report-about-made"), say.plain("report-made", day=today)],
        [say.plain("report-about-attendance"), say.plain("report-about-attendance-how")],
        [say.plain("report-about-hours"), say.plain("report-about-hours-how")],
    ]
    columns = [Column(say.plain("report-plain"), 34, "text"), Column("", 90, "text")]
    return Sheet(say.plain("report-sheet-about"), columns, rows)


def _sums(title: str, names: Sequence[str], found: Sequence[Named], say: Say) -> Sheet:
    columns = [
        *(Column(say.plain(key), 30 if key != "report-head-group" else 14, "text") for key in names),
        Column(say.plain("report-head-pupils")),
        *(Column(say.plain(key), 13, kind) for key, kind in _TALLY),
        *(Column(say.plain(key)) for key in _WORK),
    ]
    rows = [[*labels, _pupils(some), *_tally(_together(some)), *_work(some)] for labels, some in found]
    every = [one for _, some in found for one in some]
    filler = [None] * (len(names) - 1)
    total = [say.plain("report-total"), *filler, _pupils(every), *_tally(_together(every)), *_work(every)]
    return Sheet(say.plain(title), columns, rows, total=total)


def _together(some: Sequence[GroupReport]) -> Tally:
    return sum((one.tally for one in some), Tally())


def _tally(one: Tally) -> list[Safe]:
    share = None if one.attendance is None else round(one.attendance, 4)
    counts = [one.fives, one.fours, one.threes, one.twos, one.others]
    return [one.lessons, share, one.absent, one.sick, one.excused, one.late, one.average, *counts]


def _work(some: Sequence[GroupReport]) -> list[Safe]:
    together = [one.composition for one in some]
    return [
        sum(one.held for one in some),
        sum(one.hours for one in some),
        sum(one.hours_since_start for one in some),
        sum(one.group.hours or 0 for one in some),
        sum(len(one.topics) for one in some),
        sum(len(one.missing) for one in some),
        sum(one.start for one in together),
        sum(one.came for one in together),
        sum(one.left for one in together),
        sum(one.end for one in together),
    ]


def _pupil_sheet(report: Report, say: Say) -> Sheet:
    columns = [
        Column(say.plain("report-head-pupil"), 34, "text"),
        Column(say.plain("report-head-class"), 8, "text"),
        *(Column(say.plain(key), 30 if key != "report-head-group" else 14, "text") for key in _GROUP[:3]),
        *(Column(say.plain(key), 13, kind) for key, kind in _TALLY),
    ]
    erased = say.plain("report-pupil-erased")
    rows = [
        [row.child or erased, row.class_name, one.group.code, one.group.course, one.group.organization, *_tally(row.tally)]
        for one in report.groups
        for row in one.pupils
    ]
    rows.sort(key=lambda row: (str(row[0]), str(row[3])))
    return Sheet(say.plain("report-sheet-pupils"), columns, rows)


def _composition(report: Report, say: Say) -> Sheet:
    columns = [
        Column(say.plain("report-head-day"), 12, "date"),
        Column(say.plain("report-head-what"), 14, "text"),
        Column(say.plain("report-head-pupil"), 34, "text"),
        Column(say.plain("report-head-class"), 8, "text"),
        *(Column(say.plain(key), 30 if key != "report-head-group" else 14, "text") for key in _GROUP[:3]),
        Column(say.plain("report-head-why"), 40, "text"),
    ]
    rows: list[list[Safe]] = []
    for one in report.groups:
        for change in one.composition.changes:
            what = say.plain("report-what-came") if change.came else say.plain("report-what-left")
            child = change.child or say.plain("report-pupil-erased")
            of = one.group
            rows.append([change.day, what, child, change.class_name, of.code, of.course, of.organization, change.why])
    rows.sort(key=lambda row: str(row[0]))
    return Sheet(say.plain("report-sheet-composition"), columns, rows)


def _missing(report: Report, say: Say, zone: ZoneInfo) -> Sheet:
    columns = [
        Column(say.plain("report-head-day"), 12, "date"),
        Column(say.plain("report-head-time"), 9, "time"),
        *(Column(say.plain(key), 30 if key != "report-head-group" else 14, "text") for key in _GROUP),
    ]
    rows: list[list[Safe]] = []
    for one, lesson in report.missing:
        here, of = lesson.starts_at.astimezone(zone), one.group
        rows.append([here.date(), here.time(), of.code, of.course, of.organization, of.teacher])
    return Sheet(say.plain("report-sheet-missing"), columns, rows)
