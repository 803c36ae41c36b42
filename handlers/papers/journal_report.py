"""The journal's report for the school's heads: pages by period, group and pupil, a picture, XLSX, PDF; what is not kept."""

from __future__ import annotations

from functools import partial

from aiogram import Router
from aiogram.filters.callback_data import CallbackData

from bot.paging import in_rows, page_of
from bot.refusals import Refusal
from bot.services.courses.clashes import brief
from bot.services.journal.half_year import close_half_year, half_year_made, half_year_task
from bot.services.journal.report import Asked, Report, journal_report, months_of
from bot.services.papers.kept import kept_file
from bot.services.papers.papers import report_school, school_of, templates
from bot.services.papers.reports import HandedIn, hand_in
from bot.targets import JournalReport, PastYear, Reports, UnkeptReport
from bot.telegram.pressed import AlsoOld
from bot.visit import Button, Rows, Visit
from bot.words.journal import limited
from bot.words.report_book import report_xlsx
from bot.words.report_files import report_pdf, report_pictures
from bot.words.report_paper import report_docx, report_facts, says_the_same
from bot.words.reports import group_label, group_page, period_words, pupil_page, report_page, unkept_page
from handlers.door import may, opens
from handlers.papers.partners import heads

COURSES, GROUPS, PUPILS, UNKEPT = 12, 10, 20, 25  # of each, a page
CHART, TABLE, PAPER, SIGNED = "png", "xlsx", "pdf", "docx"


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
    kind: str  # png | xlsx | pdf | docx


class HandIn(CallbackData, prefix="report.keep"):
    """The report of a half-year or a year gets its number and is kept as it is now."""

    year: int
    period: int


class CloseHalf(CallbackData, prefix="report.close"):
    """The half-year's report becomes the evidence of its task."""

    year: int
    half: int
    task: int


async def _report(visit: Visit, year: int, period: int, *, group: int = 0, pupil: int = 0) -> Report:
    asked = Asked(year, period, group=group, pupil=pupil)
    return await journal_report(visit.db, asked, by=visit.person, at=visit.moment)


async def opened(visit: Visit, at: JournalReport) -> None:
    report = await _report(visit, at.year, at.period)
    period = report.period.code
    back = visit.ways_back(PastYear(at.year) if at.year else Reports())
    courses = [(some[0].group.organization, some) for _, some in report.by_course()]
    here = page_of(courses, at.page, COURSES)
    rows = [*_periods(visit, report, at.year), *([] if report.empty else _ways_on(visit, report, at.year))]
    rows += [visit.pager(here.number, here.of, lambda to: JournalReport(at.year, period, to)), back]
    await visit.show(limited(report_page(report, here.some, visit.say).split("\n")), rows, anew=visit.at_letter)


def _ways_on(visit: Visit, report: Report, year: int) -> list[list[Button]]:
    period = report.period.code
    files = [
        visit.button("button-report-picture", ReportFile(year=year, period=period, kind=CHART)),
        visit.button("button-report-xlsx", ReportFile(year=year, period=period, kind=TABLE)),
        visit.button("button-report-pdf", ReportFile(year=year, period=period, kind=PAPER)),
    ]
    files.append(visit.button("button-report-docx", ReportFile(year=year, period=period, kind=SIGNED)))
    rows = [*in_rows(files, 2), [visit.button("button-report-groups", ReportGroups(year=year, period=period))]]
    if report.missing:
        rows.append([visit.button("button-report-missing", UnkeptReport(year, period), count=len(report.missing))])
    return rows


def _periods(visit: Visit, report: Report, year: int) -> list[list[Button]]:
    """Month, half-years, year; the chosen one is marked, and beside a chosen month stand its neighbours."""
    months = [one for one in months_of(report.year) if one.days(report.year)[0] <= visit.today] or months_of(report.year)[:1]
    chosen = report.period
    month = chosen if chosen in months else months[-1]
    at = months.index(month)
    shown = months[max(0, min(at - 1, len(months) - 3)) :][:3] if chosen.month else [month]
    labels = {one: visit.say.plain("report-month-name", month=one.month or 0).capitalize() for one in shown}
    first = [visit.chosen(label, JournalReport(year, one.code), now=one == chosen) for one, label in labels.items()]
    others = [
        visit.chosen(visit.say.plain("button-report-half", half=n), JournalReport(year, n), now=chosen.code == n) for n in (1, 2)
    ]
    others.append(visit.chosen(visit.say.plain("button-report-year"), JournalReport(year, 0), now=chosen.code == 0))
    return [first, others]


async def groups(visit: Visit, at: ReportGroups) -> None:
    report = await _report(visit, at.year, at.period)
    here = page_of(report.groups, at.page, GROUPS)
    rows: list[list[Button]] = []
    for one in here.some:
        label = group_label(one, visit.say)
        rows.append([Button(label, ReportGroup(group=one.group.id, year=at.year, period=at.period))])
    rows += [
        visit.pager(here.number, here.of, lambda to: ReportGroups(year=at.year, period=at.period, page=to)),
        visit.ways_back(JournalReport(at.year, at.period)),
    ]
    await visit.show(visit.say("report-groups", period=period_words(report.period, report.year, visit.say)), rows)


async def group(visit: Visit, at: ReportGroup) -> None:
    report = await _report(visit, at.year, at.period, group=at.group)
    one = next((one for one in report.groups if one.group.id == at.group), None)
    if one is None:
        raise Refusal("gone")
    here = page_of(one.pupils, at.page, PUPILS)
    numbers = [
        Button(str(here.first + number), ReportPupil(pupil=row.pupil_id, year=at.year, period=at.period, group=at.group))
        for number, row in enumerate(here.some, 1)
        if row.pupil_id is not None
    ]
    rows: Rows = [
        *in_rows(numbers, 5),
        visit.pager(here.number, here.of, lambda to: ReportGroup(group=at.group, year=at.year, period=at.period, page=to)),
        visit.ways_back(ReportGroups(year=at.year, period=at.period)),
    ]
    await visit.show(limited(group_page(report, one, here, visit.say).split("\n")), rows)


async def pupil(visit: Visit, at: ReportPupil) -> None:
    report = await _report(visit, at.year, at.period, pupil=at.pupil)
    found = [(one, row) for one in report.groups for row in one.pupils if row.pupil_id == at.pupil]
    if not found:
        raise Refusal("gone")
    home = ReportGroup(group=at.group, year=at.year, period=at.period) if at.group else JournalReport(at.year, at.period)
    await visit.show(limited(pupil_page(report, found, visit.say).split("\n")), [visit.ways_back(home)])


async def unkept(visit: Visit, at: UnkeptReport) -> None:
    report = await _report(visit, at.year, at.period)
    missing = sorted(report.missing, key=lambda each: (each[0].group.course, each[0].group.id, each[1].starts_at))
    here = page_of(missing, at.page, UNKEPT)
    rows: Rows = [
        visit.pager(here.number, here.of, lambda to: UnkeptReport(at.year, at.period, to)),
        visit.ways_back(JournalReport(at.year, at.period)),
    ]
    await visit.show(limited(unkept_page(report, here.some, visit.say).split("\n")), rows, anew=visit.at_letter)


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
    elif at.kind == SIGNED:
        school, own = await report_school(visit.db, by=visit.person), templates(visit.settings)
        content = await report_docx(report_facts(report, school, visit.say, visit.today, own), own)
        if report.period.month:
            await visit.give(f"{name}.docx", content)
            return
        rows = [[visit.button("button-report-hand-in", HandIn(year=at.year, period=at.period))]]
        await visit.give(f"{name}.docx", content, visit.say("report-hand-in"), rows)
    elif at.kind == PAPER:
        task = await half_year_task(visit.db, report, by=visit.person)
        content = await report_pdf(report, visit.say, visit.zone, visit.today)
        if task is not None and await half_year_made(visit.db, report, by=visit.person, at=visit.moment):
            await visit.give(f"{name}.pdf", content, visit.say("report-half-seen", task=brief(task.task, 300)))
            return
        if task is None or report.period.half is None:
            await visit.give(f"{name}.pdf", content)
            return
        close = CloseHalf(year=at.year, half=report.period.half, task=task.id)
        said = visit.say("report-half-task", task=brief(task.task, 300), due=task.due)
        await visit.give(f"{name}.pdf", content, said, [[visit.button("button-report-close", close)]])
    else:
        raise Refusal("gone")


async def handed_in(visit: Visit, at: HandIn) -> None:
    """The report of each school this person heads gets its number and is kept as it went."""
    own = templates(visit.settings)
    for school_id in sorted(heads(visit)):
        report = await journal_report(visit.db, Asked(at.year, at.period, school_id), by=visit.person, at=visit.moment)
        async with visit.db.read() as tx:
            facts = report_facts(report, await school_of(tx, school_id), visit.say, visit.today, own)
        name = f"{visit.say.plain('report-file')}-{_stem(report)}.docx"
        of = HandedIn(school_id, report.year.year, report.period.code, says_the_same(facts), name)
        one = await hand_in(visit.db, of, partial(report_docx, facts, own), by=visit.person, at=visit.moment)
        file = await kept_file(visit.db, one.id, by=visit.person)
        await visit.give(file.name, file.content, visit.say("report-handed-in", number=one.number, day=one.day))


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
    router.callback_query.register(handed_in, HandIn.filter(), flags=may("papers.issue"))
    router.callback_query.register(closed, CloseHalf.filter(), flags=may("reports.see"))
    return router
