"""The study plan in words: the page, the workbook, the paper."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.cells import Safe, clean
from bot.documents.paper import paper
from bot.documents.tables import Column, Sheet, book_of
from bot.documents.titles import of_organization, titled
from bot.services.timetable.study_plan import MONTHS, Facts, GroupPlan, Load, StudyPlan
from bot.voice import Say, lines, short_name, weekday_names
from storage.papers.papers import School
from storage.timetable.study_plan import Fact, Planned

TEMPLATE = "study_plan.docx"
TOGETHER, UNBROKEN, JOINED = "\N{NO-BREAK SPACE}", "\N{NON-BREAKING HYPHEN}", "\N{WORD JOINER}"


def plan_page(found: Facts, say: Say) -> str:
    """Fact against plan, a line a partner."""
    head = say("study-plan-page", year=f"{found.year}/{found.year + 1}", groups=found.groups)
    said = []
    for one in found.here.some:
        of = found.of.get(one.id, Fact())
        said.append(
            say(
                "study-plan-partner",
                partner=short_name(one.name),
                planned=of.planned,
                held=of.held,
                cancelled=of.cancelled,
                made_up=of.made_up,
            )
        )
    return lines([head, "\n".join(said)])


def times_in_words(one: GroupPlan, say: Say) -> str:
    """«вт 15:00–16:30, чт 15:00–16:30»."""
    names = weekday_names(say.language)
    return ", ".join(f"{names[weekday]} {hours}" for weekday, hours in one.times)


# ── XLSX ────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def plan_xlsx(plan: StudyPlan, say: Say, zone: ZoneInfo) -> bytes:
    """Four tables: the calendar, the load, fact against plan, every lesson."""
    sheets = [_calendar(plan, say), _load(plan.loads, say), _fact(plan, say), _lessons(plan, say, zone)]
    return await asyncio.to_thread(book_of, sheets)


def _named(say: Say) -> list[Column]:
    return [
        Column(say.plain("study-plan-group"), 10, "text"),
        Column(say.plain("study-plan-course"), 26, "text"),
        Column(say.plain("study-plan-organization"), 22, "text"),
    ]


def _who(one: GroupPlan) -> list[str]:
    return [one.of.group, one.of.course, short_name(one.of.organization)]


def _calendar(plan: StudyPlan, say: Say) -> Sheet:
    shown = [month for month in MONTHS if any(one.months[month] for one in plan.groups)]
    columns = [
        *_named(say),
        Column(say.plain("study-plan-teacher"), 22, "text"),
        Column(say.plain("study-plan-times"), 15, "text"),
        Column(say.plain("study-plan-first"), 11, "date"),
        Column(say.plain("study-plan-last"), 11, "date"),
        *(Column(say.plain("study-plan-month", month=month), 6) for month in shown),
        Column(say.plain("study-plan-lessons"), 9),
        Column(say.plain("study-plan-hours"), 17),
        Column(say.plain("study-plan-programme"), 12),
    ]
    rows = [
        [
            *_who(one),
            one.of.own_teacher,
            times_in_words(one, say),
            one.first,
            one.last,
            *(one.months[month] for month in shown),
            one.planned,
            one.hours,
            one.of.hours,
        ]
        for one in plan.groups
    ]
    return Sheet(say.plain("study-plan-sheet-calendar"), columns, rows)


def _load(loads: Sequence[Load], say: Say) -> Sheet:
    columns = [
        Column(say.plain("study-plan-teacher"), 34, "text"),
        *_named(say),
        Column(say.plain("study-plan-lessons"), 10),
        Column(say.plain("study-plan-hours"), 10),
        Column(say.plain("study-plan-a-week"), 12, "average"),
    ]
    rows: list[list[Safe]] = [
        [one.teacher, one.group, one.course, short_name(one.organization), one.lessons, one.hours, one.a_week] for one in loads
    ]
    total: list[Safe] = [
        say.plain("study-plan-total"),
        "",
        "",
        "",
        sum(one.lessons for one in loads),
        sum(one.hours for one in loads),
    ]
    return Sheet(say.plain("study-plan-sheet-load"), columns, rows, total=total)


def _fact(plan: StudyPlan, say: Say) -> Sheet:
    columns = [
        *_named(say),
        Column(say.plain("study-plan-planned"), 10),
        Column(say.plain("study-plan-held"), 12),
        Column(say.plain("study-plan-cancelled"), 12),
        Column(say.plain("study-plan-made-up"), 14),
        Column(say.plain("study-plan-ahead"), 10),
    ]
    counts = [[one.planned, one.held, one.cancelled, one.made_up, one.ahead] for one in plan.groups]
    rows: list[list[Safe]] = [[*_who(one), *numbers] for one, numbers in zip(plan.groups, counts, strict=True)]
    total: list[Safe] = [say.plain("study-plan-total"), "", "", *(sum(each) for each in zip(*counts, strict=True))]
    return Sheet(say.plain("study-plan-sheet-fact"), columns, rows, total=total)


def _lessons(plan: StudyPlan, say: Say, zone: ZoneInfo) -> Sheet:
    columns = [
        Column(say.plain("study-plan-group"), 12, "text"),
        Column(say.plain("study-plan-course"), 30, "text"),
        Column(say.plain("study-plan-day"), 12, "date"),
        Column(say.plain("study-plan-begins"), 10, "text"),
        Column(say.plain("study-plan-ends"), 10, "text"),
        Column(say.plain("study-plan-teacher"), 30, "text"),
        Column(say.plain("study-plan-place"), 18, "text"),
        Column(say.plain("study-plan-state"), 24, "text"),
    ]
    said = _States(say)
    rows = [_lesson(one, plan, said, zone) for of in plan.groups for one in of.lessons]
    return Sheet(say.plain("study-plan-sheet-lessons"), columns, rows)


def _lesson(one: Planned, plan: StudyPlan, said: _States, zone: ZoneInfo) -> list[Any]:
    starts, ends = one.starts_at.astimezone(zone), one.ends_at.astimezone(zone)
    day = one.starts_at.astimezone(zone).date()
    if one.cancelled:
        state = "cancelled"
    elif one.makes_up:
        state = "made-up"
    elif one.starts_at != one.plan_starts_at:
        state = "moved"
    else:
        state = "held" if day < plan.made_on else "planned"
    return [
        one.group,
        one.course,
        day,
        f"{starts:%H:%M}",
        f"{ends:%H:%M}",
        one.teacher,
        one.place or "",
        said[state, one.plan_starts_at],
    ]


class _States(dict[tuple[str, datetime], str]):
    """What became of a lesson that was planned then, in words: a region has a hundred lessons at one hour."""

    def __init__(self, say: Say) -> None:
        self._say = say

    def __missing__(self, of: tuple[str, datetime]) -> str:
        state, was = of
        self[of] = said = self._say.plain("study-plan-state-of", state=state, was=was)
        return said


# ── DOCX ────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def plan_docx(plan: StudyPlan, school: School, say: Say, own: Path) -> bytes:
    """The calendar and the load on paper, to be signed by the school's director; from a template the school may edit."""
    facts = {
        "school": clean(school.name),
        "director": clean(school.director) or "_" * 26,
        "director_post": titled(clean(school.director_post)),
        "of_school": of_organization(clean(school.name)),
        "year": f"{plan.year}/{plan.year + 1}",
        "day": say.plain("file-day", day=plan.made_on),
        "groups": [_on_paper(number, one, say) for number, one in enumerate(plan.groups, 1)],
        "loads": [
            {"teacher": one.teacher, "group": one.group, "course": one.course, "hours": one.hours, "a_week": _comma(one.a_week)}
            for one in plan.loads
        ],
        "lessons": sum(one.planned for one in plan.groups),
        "hours": sum(one.hours for one in plan.groups),
    }
    return await asyncio.to_thread(paper, TEMPLATE, facts, own)


def _on_paper(number: int, one: GroupPlan, say: Say) -> dict[str, Any]:
    months = [
        f"{say.plain('study-plan-month', month=month)}{TOGETHER}{one.months[month]}" for month in MONTHS if one.months[month]
    ]
    return {
        "number": number,
        "code": one.of.group.replace("-", UNBROKEN),
        "course": one.of.course,
        "organization": short_name(one.of.organization),
        "teacher": one.of.own_teacher,
        "times": ", ".join(
            each.replace(" ", TOGETHER).replace("–", f"{JOINED}–{JOINED}") for each in times_in_words(one, say).split(", ")
        ),
        "months": ", ".join(months),
        "lessons": one.planned,
        "hours": one.hours,
    }


def _comma(number: float) -> str:
    return str(number).replace(".", ",")
