"""The journal's report as a workbook: what its sheets say."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from bot.cells import Safe
from bot.documents.tables import Column, Sheet, book_of
from bot.services.journal.report import GroupReport, Report
from bot.services.journal.tally import Tally, together
from bot.voice import Say
from bot.words.report_files import children, grade_names
from bot.words.reports import period_words


async def report_xlsx(report: Report, say: Say, zone: ZoneInfo, today: date) -> bytes:
    """Seven sheets: what it is, then partners, courses, groups, pupils, composition, what is not kept."""
    sheets = [
        _about(report, say, today),
        _sums(say.plain("report-sheet-partners"), _group_columns(say)[2:], _partners(report), say),
        _sums(say.plain("report-sheet-courses"), _group_columns(say)[1:], _courses(report), say),
        _sums(say.plain("report-sheet-groups"), [*_group_columns(say), _teacher_column(say)], _groups(report), say),
        _pupil_sheet(report, say),
        _composition(report, say),
        _missing(report, say, zone),
    ]
    return await asyncio.to_thread(book_of, sheets)


def _group_columns(say: Say) -> list[Column]:
    return [
        Column(say.plain("report-head-group"), 14, "text"),
        Column(say.plain("report-head-course"), 30, "text"),
        Column(say.plain("report-head-partner"), 30, "text"),
    ]


def _tally_columns(say: Say) -> list[Column]:
    return [
        Column(say.plain("report-head-lessons"), 13),
        Column(say.plain("report-head-attendance"), 13, "percent"),
        Column(say.plain("report-head-absent")),
        Column(say.plain("report-head-sick")),
        Column(say.plain("report-head-excused"), 16),
        Column(say.plain("report-head-late")),
        Column(say.plain("report-head-average"), 10, "average"),
        *(Column(name, 9) for name in grade_names(say)),
    ]


def _work_columns(say: Say) -> list[Column]:
    return [
        Column(say.plain("report-head-held"), 13),
        Column(say.plain("report-head-hours"), 13),
        Column(say.plain("report-head-hours-start"), 13),
        Column(say.plain("report-head-hours-plan"), 13),
        Column(say.plain("report-head-topics"), 11),
        Column(say.plain("report-head-covered"), 15),
        Column(say.plain("report-head-planned"), 15),
        Column(say.plain("report-head-missing"), 14),
        Column(say.plain("report-head-start"), 9),
        Column(say.plain("report-head-came"), 9),
        Column(say.plain("report-head-left"), 9),
        Column(say.plain("report-head-end"), 9),
    ]


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


def _teacher_column(say: Say) -> Column:
    return Column(say.plain("report-head-teacher"), 30, "text")


def _sums(title: str, names: Sequence[Column], found: Sequence[Named], say: Say) -> Sheet:
    pupils = Column(say.plain("report-head-pupils"))
    columns = [*names, pupils, *_tally_columns(say), *_work_columns(say)]
    rows = [[*labels, children(some), *_tally(_together(some)), *_work(some)] for labels, some in found]
    every = [one for _, some in found for one in some]
    filler = [None] * (len(names) - 1)
    total = [say.plain("report-total"), *filler, children(every), *_tally(_together(every)), *_work(every)]
    return Sheet(title, columns, rows, total=total)


def _together(some: Sequence[GroupReport]) -> Tally:
    return together(one.tally for one in some)


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
        sum(one.covered for one in some),
        sum(one.planned for one in some),
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
        *_group_columns(say),
        *_tally_columns(say),
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
        *_group_columns(say),
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
        *_group_columns(say),
        _teacher_column(say),
    ]
    rows: list[list[Safe]] = []
    for one, lesson in report.missing:
        here, of = lesson.starts_at.astimezone(zone), one.group
        rows.append([here.date(), here.time(), of.code, of.course, of.organization, of.teacher])
    return Sheet(say.plain("report-sheet-missing"), columns, rows)
