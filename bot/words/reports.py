"""The journal's report in words: of a period, of all, of a course, a group, a pupil."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from bot.cells import clean
from bot.paging import Page
from bot.services.courses.clashes import brief
from bot.services.journal.composition import Came, Composition
from bot.services.journal.report import GroupReport, Period, PupilRow, Report
from bot.services.journal.tally import Tally, together
from bot.voice import Say, lines
from storage.journal.reporting import Held
from storage.network.years import AcademicYear

CHANGES = 8  # lines of a group's changes on a page


def report_page(report: Report, some: Sequence[tuple[str, list[GroupReport]]], say: Say) -> str:
    """The report's sums, then these courses (each with its partner)."""
    head = say("report-title", period=period_words(report.period, report.year, say))
    if report.empty:
        return lines([head, say("report-empty")])
    parts = []
    for partner, found in groupby(some, key=lambda one: one[0]):
        said = [course_line(brief(groups[0].group.course, 120), groups, say) for _, groups in found]
        parts.append("\n".join([say("report-partner", partner=brief(partner, 150)), *said]))
    return lines([head, summary(report, say), *parts])


def group_label(one: GroupReport, say: Say) -> str:
    """A group on its button."""
    share, course = percent(one.tally), brief(one.group.course, 60)
    if share is None:
        return say.plain("button-report-group-none", group=one.group.code, course=course)
    return say.plain("button-report-group", group=one.group.code, course=course, percent=share)


def group_page(report: Report, one: GroupReport, here: Page[PupilRow], say: Say) -> str:
    """A group's sums and one page of its pupils; on the first its changes too."""
    of = one.group
    period = period_words(report.period, report.year, say)
    head = say("report-group", course=brief(of.course, 120), group=of.code, period=period, teacher=of.teacher)
    pupils = [pupil_line(here.first + number, row, say) for number, row in enumerate(here.some, 1)]
    changes = [] if here.number else change_lines(one.composition, say)
    parts = [head, "\n".join(group_lines(one, say)), "\n".join(pupils), say("report-pupil-hint"), "\n".join(changes)]
    return lines(parts)


def pupil_page(report: Report, found: Sequence[tuple[GroupReport, PupilRow]], say: Say) -> str:
    """One pupil in every course they attend."""
    first, period = found[0][1], period_words(report.period, report.year, say)
    parts = [say("report-pupil", child=first.child, class_name=first.class_name, period=period)]
    for one, row in found:
        named = say("report-pupil-course", course=brief(one.group.course, 120), partner=one.group.organization)
        parts.append("\n".join([named, *attendance_lines(row.tally, say)]))
    return lines(parts)


def unkept_page(report: Report, some: Sequence[tuple[GroupReport, Held]], say: Say) -> str:
    """Lessons of which the journal says nothing, by group."""
    head = say("report-missing-title", period=period_words(report.period, report.year, say))
    if not some:
        return lines([head, say("report-missing-none")])
    parts = []
    for _, found in groupby(some, key=lambda each: each[0].group.id):
        lessons = list(found)
        of = lessons[0][0].group
        named = say("report-missing-group", course=brief(of.course, 120), group=of.code, teacher=of.teacher)
        parts.append("\n".join([named, *(say("report-missing-lesson", at=lesson.starts_at) for _, lesson in lessons)]))
    return lines([head, *parts, say("report-missing-what")])


def period_words(period: Period, year: AcademicYear, say: Say) -> str:
    """«ноябрь, 2026/2027 учебный год»: plain text, to be a fact of a sentence."""
    kind = "month" if period.month else "half" if period.half else "year"
    month = say.plain("report-month-name", month=period.month or 0)
    return say.plain("report-period", kind=kind, month=month, half=period.half or 0, year=year.name)


def percent(tally: Tally) -> int | None:
    """Whole per cent; never 100 while somebody missed something, never 0 while somebody came."""
    share = tally.attendance
    if share is None:
        return None
    rounded = round(share * 100)
    return min(rounded, 99) if share < 1 else max(rounded, 1) if share else rounded


def summary(report: Report, say: Say) -> str:
    """The first lines of a report."""
    total = report.tally
    running = "yes" if report.until < report.last else "no"
    said = [say("report-until", first=report.first, last=max(report.until, report.first), running=running)]
    said += attendance_lines(total, say)
    held = sum(one.held for one in report.groups)
    said.append(say("report-hours", lessons=held, hours=sum(one.hours for one in report.groups)))
    said.append(composition_line(report.composition, say))
    if report.missing:
        said.append(say("report-missing", count=len(report.missing)))
    return "\n".join(said)


def attendance_lines(tally: Tally, say: Say) -> list[str]:
    here = percent(tally)
    said = [say("report-attendance-none")]
    if here is not None:
        said = [
            say(
                "report-attendance",
                percent=here,
                missed=tally.missed,
                absent=tally.absent,
                sick=tally.sick,
                excused=tally.excused,
                late=tally.late,
            )
        ]
    if tally.average is not None:
        said.append(say("report-marks", marks=tally.marks, average=tally.average))
    elif tally.marks:
        said.append(say("report-marks-only", marks=tally.marks))
    return said


def composition_line(composition: Composition, say: Say) -> str:
    return say(
        "report-composition",
        start=composition.start,
        end=composition.end,
        came=composition.came,
        left=composition.left,
    )


def course_line(course: str, some: Sequence[GroupReport], say: Say) -> str:
    """«• Робототехника: посещаемость 93 %, средняя 4,4, 24 из 68 ч»."""
    tally = together(one.tally for one in some)
    facts = _facts(tally, say)
    hours = sum(one.hours_since_start for one in some)
    plan = sum(one.group.hours or 0 for one in some)
    facts.append(
        say.plain("report-fact-hours", hours=hours, plan=plan) if plan else say.plain("report-fact-hours-only", hours=hours)
    )
    missing = sum(len(one.missing) for one in some)
    if missing:
        facts.append(say.plain("report-fact-missing", count=missing))
    return say("report-course", course=course, facts=", ".join(facts))


def _facts(tally: Tally, say: Say) -> list[str]:
    here = percent(tally)
    found = [say.plain("report-fact-none") if here is None else say.plain("report-fact-attendance", percent=here)]
    if tally.average is not None:
        found.append(say.plain("report-fact-average", average=tally.average))
    return found


def pupil_line(number: int, row: PupilRow, say: Say) -> str:
    facts = _facts(row.tally, say)
    if row.tally.missed:
        facts.insert(1, say.plain("report-fact-missed", missed=row.tally.missed))
    if row.tally.late:
        facts.append(say.plain("report-fact-late", late=row.tally.late))
    if row.tally.marks and row.tally.average is None:
        facts.append(say.plain("report-fact-marks", marks=row.tally.marks))
    child = row.child or say.plain("report-pupil-erased")
    return say("report-pupil-line", number=number, child=child, class_name=row.class_name or "—", facts=", ".join(facts))


def group_lines(one: GroupReport, say: Say) -> list[str]:
    """A group's sums, below its heading."""
    said = attendance_lines(one.tally, say)
    said.append(say("report-hours", lessons=one.held, hours=one.hours))
    if one.group.hours:
        said.append(say("report-group-hours-plan", hours=one.hours_since_start, plan=one.group.hours))
    said.append(say("report-topics", count=len(one.topics)))
    if one.planned:
        said.append(say("report-programme", covered=one.covered, planned=one.planned))
    if one.missing:
        said.append(say("report-missing", count=len(one.missing)))
    said.append(composition_line(one.composition, say))
    if one.foreign:
        said.append(say("report-foreign", count=one.foreign))
    return said


def change_lines(composition: Composition, say: Say) -> list[str]:
    """Who came and who left, a line each."""
    changes = composition.changes
    if not changes:
        return []
    said = [say("report-changes"), *(change_line(change, say) for change in changes[:CHANGES])]
    if len(changes) > CHANGES:
        said.append(say("report-changes-more", count=len(changes) - CHANGES))
    return said


def change_line(change: Came, say: Say) -> str:
    """«+ 12 октября: Петров Миша, 7А»."""
    child, class_name = change.child or say.plain("report-pupil-erased"), change.class_name or "—"
    if change.came:
        return say("report-came", day=change.day, child=child, class_name=class_name)
    return say("report-left", day=change.day, child=child, class_name=class_name)


def plain_change(change: Came, say: Say) -> str:
    """The same for a paper."""
    child, class_name = clean(change.child) or say.plain("report-pupil-erased"), change.class_name or "—"
    if change.came:
        return say.plain("report-came", day=change.day, child=child, class_name=class_name)
    return say.plain("report-left", day=change.day, child=child, class_name=class_name)
