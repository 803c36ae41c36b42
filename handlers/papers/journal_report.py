"""The journal's report for the school's heads: pages by period, group and pupil, a picture, XLSX, PDF; what is not kept."""

from __future__ import annotations

from itertools import groupby

from aiogram import Router
from aiogram.filters.callback_data import CallbackData

from bot.paging import page_of
from bot.refusals import Refusal
from bot.services.courses.clashes import brief
from bot.services.journal.half_year import close_half_year, half_year_task
from bot.services.journal.report import RUNNING_HALF, Asked, GroupReport, Report, journal_report, months_of
from bot.targets import JournalReport, PastYear, Reports, UnkeptReport
from bot.telegram.pressed import AlsoOld
from bot.visit import TEXT, Button, Rows, Visit
from bot.voice import lines
from bot.words.journal import limited
from bot.words.report_files import report_pdf, report_pictures, report_xlsx
from bot.words.reports import attendance_lines, change_lines, course_line, group_lines, percent, period_words, pupil_line, summary
from handlers.door import may, opens

COURSES, GROUPS, PUPILS, UNKEPT = 12, 10, 20, 25  # of each, a page
CHART, TABLE, PAPER = "png", "xlsx", "pdf"


class ReportGroups(CallbackData, prefix="report.groups"):
    year: int
    period: int
    page: int = 0


class ReportGroup(CallbackData, prefix="report.group"):
    group: int
    year: int
    period: int
    page: int = 0


class ReportPupil(AlsoOld, CallbackData, prefix="report.pupil"):
    pupil: int
    year: int
    period: int
    group: int = 0  # whence one came


class ReportFile(CallbackData, prefix="report.file"):
    year: int
    period: int
    kind: str  # png | xlsx | pdf


class CloseHalf(CallbackData, prefix="report.close"):
    """The half-year's report becomes the evidence of its task."""

    year: int
    half: int
    task: int


async def _report(visit: Visit, year: int, period: int) -> Report:
    return await journal_report(visit.db, Asked(year, period), by=visit.person, at=visit.moment)


# ── all ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def opened(visit: Visit, at: JournalReport) -> None:
    period = at.period
    if period == RUNNING_HALF:
        whole = await _report(visit, at.year, 0)
        period = 0 if at.year or visit.today > whole.last else 1 if visit.today <= whole.year.half else 2
    report = await _report(visit, at.year, period)
    head = visit.say("report-title", period=period_words(report.period, report.year, visit.say))
    back = visit.ways_back(PastYear(at.year) if at.year else Reports())
    if report.empty:
        await visit.show(lines([head, visit.say("report-empty")]), [*_periods(visit, report, at.year), back])
        return
    courses = [(partner, course, some) for partner, all_ in report.by_partner() for course, some in _courses(all_)]
    here = page_of(courses, at.page, COURSES)
    parts = [
        "\n".join(
            [
                visit.say("report-partner", partner=brief(partner, 150)),
                *(course_line(brief(course, 120), some, visit.say) for _, course, some in found),
            ]
        )
        for partner, found in groupby(here.some, key=lambda one: one[0])
    ]
    rows = [
        *_periods(visit, report, at.year),
        [
            visit.button("button-report-picture", ReportFile(year=at.year, period=period, kind=CHART)),
            visit.button("button-report-xlsx", ReportFile(year=at.year, period=period, kind=TABLE)),
            visit.button("button-report-pdf", ReportFile(year=at.year, period=period, kind=PAPER)),
        ],
        [visit.button("button-report-groups", ReportGroups(year=at.year, period=period))],
        [visit.button("button-report-missing", UnkeptReport(at.year, period), count=len(report.missing))]
        if report.missing
        else [],
        visit.pager(here.number, here.of, lambda to: JournalReport(at.year, period, to)),
        back,
    ]
    await visit.show(lines([head, summary(report, visit.say), *parts]), rows, anew=visit.at_letter)


def _courses(groups: list[GroupReport]) -> list[tuple[str, list[GroupReport]]]:
    return [
        (some[0].group.course, some)
        for some in (list(found) for _, found in groupby(groups, key=lambda one: one.group.course_id))
    ]


def _periods(visit: Visit, report: Report, year: int) -> list[list[Button]]:
    """Month, half-years, year; the chosen one is marked, and beside a chosen month stand its neighbours."""
    months = [one for one in months_of(report.year) if one.days(report.year)[0] <= visit.today] or months_of(report.year)[:1]
    chosen = report.period
    month = chosen if chosen in months else months[-1]
    at = months.index(month)
    shown = months[max(0, min(at - 1, len(months) - 3)) :][:3] if chosen.month else [month]
    labels = {one: visit.say.plain("report-month-name", month=one.month or 0).capitalize() for one in shown}
    first = [_chosen(visit, label, JournalReport(year, one.code), one == chosen) for one, label in labels.items()]
    others = [
        _chosen(visit, visit.say.plain("button-report-half", half=n), JournalReport(year, n), chosen.code == n) for n in (1, 2)
    ]
    others.append(_chosen(visit, visit.say.plain("button-report-year"), JournalReport(year, 0), chosen.code == 0))
    return [first, others]


def _chosen(visit: Visit, label: str, to: JournalReport, chosen: bool) -> Button:
    return Button(visit.say.plain("button-report-chosen", label=label) if chosen else label, to)


# ── groups and pupils ───────────────────────────────────────────────────────────────────────────────────────────────


async def groups(visit: Visit, at: ReportGroups) -> None:
    report = await _report(visit, at.year, at.period)
    here = page_of(report.groups, at.page, GROUPS)
    rows: list[list[Button]] = []
    for one in here.some:
        share, facts = percent(one.tally), {"group": one.group.code, "course": brief(one.group.course, 60)}
        label = (
            visit.say.plain("button-report-group-none", **facts)
            if share is None
            else visit.say.plain("button-report-group", **facts, percent=share)
        )
        rows.append([Button(label, ReportGroup(group=one.group.id, year=at.year, period=at.period))])
    rows += [
        visit.pager(here.number, here.of, lambda to: ReportGroups(year=at.year, period=at.period, page=to)),
        visit.ways_back(JournalReport(at.year, at.period)),
    ]
    await visit.show(visit.say("report-groups", period=period_words(report.period, report.year, visit.say)), rows)


async def group(visit: Visit, at: ReportGroup) -> None:
    report = await _report(visit, at.year, at.period)
    one = next((one for one in report.groups if one.group.id == at.group), None)
    if one is None:
        raise Refusal("gone")
    here = page_of(one.pupils, at.page, PUPILS)
    head = visit.say(
        "report-group",
        course=brief(one.group.course, 120),
        group=one.group.code,
        period=period_words(report.period, report.year, visit.say),
        teacher=one.group.teacher,
    )
    pupils = [pupil_line(here.first + number, row, visit.say) for number, row in enumerate(here.some, 1)]
    parts = [head, "\n".join(group_lines(one, visit.say)), "\n".join(pupils), visit.say("report-pupil-hint")]
    if here.number == 0:
        parts.append("\n".join(change_lines(one.composition, visit.say)))
    numbers = [
        Button(str(here.first + number), ReportPupil(pupil=row.pupil_id, year=at.year, period=at.period, group=at.group))
        for number, row in enumerate(here.some, 1)
        if row.pupil_id is not None
    ]
    rows: Rows = [
        *(numbers[start : start + 5] for start in range(0, len(numbers), 5)),
        visit.pager(here.number, here.of, lambda to: ReportGroup(group=at.group, year=at.year, period=at.period, page=to)),
        visit.ways_back(ReportGroups(year=at.year, period=at.period)),
    ]
    await visit.show(limited(lines(parts).split("\n"), TEXT - 100), rows)


async def pupil(visit: Visit, at: ReportPupil) -> None:
    report = await _report(visit, at.year, at.period)
    found = [(one, row) for one in report.groups for row in one.pupils if row.pupil_id == at.pupil]
    if not found:
        raise Refusal("gone")
    first = found[0][1]
    period = period_words(report.period, report.year, visit.say)
    parts = [visit.say("report-pupil", child=first.child, class_name=first.class_name, period=period)]
    for one, row in found:
        named = visit.say("report-pupil-course", course=brief(one.group.course, 120), partner=one.group.organization)
        parts.append("\n".join([named, *attendance_lines(row.tally, visit.say)]))
    home = ReportGroup(group=at.group, year=at.year, period=at.period) if at.group else JournalReport(at.year, at.period)
    await visit.show(limited(lines(parts).split("\n"), TEXT - 100), [visit.ways_back(home)])


# ── what is not kept ────────────────────────────────────────────────────────────────────────────────────────────────


async def unkept(visit: Visit, at: UnkeptReport) -> None:
    report = await _report(visit, at.year, at.period)
    missing = sorted(report.missing, key=lambda each: (each[0].group.course, each[0].group.id, each[1].starts_at))
    here = page_of(missing, at.page, UNKEPT)
    head = visit.say("report-missing-title", period=period_words(report.period, report.year, visit.say))
    parts = [] if missing else [visit.say("report-missing-none")]
    for _, some in groupby(here.some, key=lambda each: each[0].group.id):
        found = list(some)
        of = found[0][0].group
        named = visit.say("report-missing-group", course=brief(of.course, 120), group=of.code, teacher=of.teacher)
        parts.append("\n".join([named, *(visit.say("report-missing-lesson", at=lesson.starts_at) for _, lesson in found)]))
    if missing:
        parts.append(visit.say("report-missing-what"))
    rows: Rows = [
        visit.pager(here.number, here.of, lambda to: UnkeptReport(at.year, at.period, to)),
        visit.ways_back(JournalReport(at.year, at.period)),
    ]
    await visit.show(limited(lines([head, *parts]).split("\n"), TEXT - 100), rows, anew=visit.at_letter)


# ── files ───────────────────────────────────────────────────────────────────────────────────────────────────────────


async def given(visit: Visit, at: ReportFile) -> None:
    report = await _report(visit, at.year, at.period)
    if report.empty:
        await visit.show(visit.say("report-empty"), [visit.ways_back(JournalReport(at.year, at.period))])
        return
    name = f"{visit.say.plain('report-file')}-{_stem(report)}"
    if at.kind == CHART:
        for content in await report_pictures(report, visit.say, visit.today):
            await visit.give(f"{name}.png", content)
    elif at.kind == TABLE:
        await visit.give(f"{name}.xlsx", await report_xlsx(report, visit.say, visit.zone, visit.today))
    elif at.kind == PAPER:
        task = await half_year_task(visit.db, report, by=visit.person)
        content = await report_pdf(report, visit.say, visit.zone, visit.today)
        if task is None or report.period.half is None:
            await visit.give(f"{name}.pdf", content)
            return
        close = CloseHalf(year=at.year, half=report.period.half, task=task.id)
        said = visit.say("report-half-task", task=brief(task.task, 300), due=task.due)
        await visit.give(f"{name}.pdf", content, said, [[visit.button("button-report-close", close)]])
    else:
        raise Refusal("gone")


def _stem(report: Report) -> str:
    """«2026-11», «2026-1», «2026»: a file's name sorts by it."""
    if report.period.month:
        return f"{report.first:%Y-%m}"
    return f"{report.year.year}-{report.period.half}" if report.period.half else str(report.year.year)


async def closed(visit: Visit, at: CloseHalf) -> None:
    """The report as it is now becomes the proof that its task is done."""
    whole = await _report(visit, at.year, at.half)
    task = await half_year_task(visit.db, whole, by=visit.person)
    if task is None or task.id != at.task:
        await visit.toast(visit.say.plain("report-half-none"), alert=True)
        return
    asked = Asked(at.year, at.half, task.school_id)  # others of that school will read it: nobody else's pupils stand in it
    report = await journal_report(visit.db, asked, by=visit.person, at=visit.moment)
    name = f"{visit.say.plain('report-file')}-{_stem(report)}.pdf"
    content = await report_pdf(report, visit.say, visit.zone, visit.today)
    await close_half_year(visit.db, task.id, (name, content), by=visit.person, now=visit.now)
    await visit.show(visit.say("report-half-closed", task=brief(task.task, 300)), [visit.ways_back(Reports())], anew=True)


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="journal reports")
    router.callback_query.register(opened, opens(JournalReport), flags=may("reports.see"))
    router.callback_query.register(groups, ReportGroups.filter(), flags=may("reports.see"))
    router.callback_query.register(group, ReportGroup.filter(), flags=may("reports.see"))
    router.callback_query.register(pupil, ReportPupil.filter(), flags=may("reports.see"))
    router.callback_query.register(unkept, opens(UnkeptReport), flags=may("reports.see"))
    router.callback_query.register(given, ReportFile.filter(), flags=may("reports.see"))
    router.callback_query.register(closed, CloseHalf.filter(), flags=may("reports.see"))
    return router
