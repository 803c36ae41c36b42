"""The year of tasks in words: as a picture, as a table and as a paper: promised, done when, on what evidence, by whom."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from bot.cells import Safe
from bot.clock import Moment
from bot.documents.roadmap_year import DrawnYear, Mark, PaperYear, Row, Section
from bot.documents.tables import Column, Sheet, book_of
from bot.notices.roadmap import where
from bot.services.roadmap.evidence import in_words
from bot.voice import Say, short_name
from bot.words.roadmap import state_of
from storage.roadmap.roadmap import Standing

PLANS = {"regulation": "year-regulation", "roadmap": "year-roadmap", "own": "year-own"}
STATES = {
    "done": "year-state-done",
    "overdue": "year-state-overdue",
    "month": "year-state-month",
    "later": "year-state-later",
    "always": "year-state-always",
    "passed": "year-state-passed",
}
WORST = ("overdue", "month", "later", "passed", "always", "done")  # of several, the state that is shown
MONTHS = 14  # from May before the year to its June


@dataclass(frozen=True)
class YearOf:
    """The tasks of one academic year, and what is known beside: who marked them (by person), the day it is."""

    year: int
    tasks: Sequence[Standing]
    names: dict[int, str]
    at: Moment
    whose: str

    @property
    def today(self) -> date:
        return self.at.today

    def done(self, task: Standing) -> date | None:
        """The network's day on which it was done."""
        return None if task.done_at is None else task.done_at.astimezone(self.at.zone).date()

    @property
    def steps(self) -> list[list[Standing]]:
        """By step, in the order of the programme; a partner's copies are one step."""
        found: dict[tuple[int, str, bool], list[Standing]] = defaultdict(list)
        for task in self.tasks:
            found[task.school_id, f"{task.plan}-{task.number}", task.organization_id is not None].append(task)
        plans = list(PLANS)
        return sorted(found.values(), key=lambda some: (some[0].school_id, plans.index(some[0].plan), _number(some[0])))


def _number(task: Standing) -> tuple[int, str, bool]:
    return int(task.number) if task.number.isdigit() else 999, task.number, task.organization_id is not None


# ── the picture ─────────────────────────────────────────────────────────────────────────────────────────────────────


def drawn_year(of: YearOf, say: Say, *, dark: bool) -> DrawnYear:
    sections = [
        Section(say.plain(PLANS[plan]), [_row(of, some, say) for some in steps])
        for plan, steps in groupby(of.steps, key=lambda some: some[0].plan)
    ]
    states = {mark.state for section in sections for row in section.rows for mark in row.marks}
    states |= {row.state for section in sections for row in section.rows}
    return DrawnYear(
        title=say.plain("year-title", year=f"{of.year}/{of.year + 1}"),
        whose=of.whose,
        months=say.plain("year-months").split(),
        today=_at(of, of.today),
        sections=sections,
        legend=[(state, say.plain(key)) for state, key in STATES.items() if state in states],
        language=say.language,
        dark=dark,
    )


def _at(of: YearOf, day: date) -> float:
    """Where in the picture a day stands: each month is as wide as the others."""
    months = (day.year - of.year) * 12 + day.month - 5
    following = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return (months + (day.day - 1) / (following - day.replace(day=1)).days) / MONTHS


def _row(of: YearOf, some: Sequence[Standing], say: Say) -> Row:
    states = [state_of(task, of.today) for task in some]
    state = min(states, key=WORST.index)
    first = some[0]
    marks = (
        []
        if first.repeats == "always"
        else [Mark(_inside(_at(of, task.due)), each) for task, each in zip(some, states, strict=True)]
    )
    return Row(
        number=first.number,
        title=first.task + (f" — {say.plain('year-partners')}" if first.organization_id is not None else ""),
        note=_note(some, states, state, say),
        state=state,
        begins=_inside(_at(of, min(task.starts_on for task in some))),
        ends=_inside(_at(of, max(task.ends_on for task in some) + timedelta(days=1))),
        marks=sorted(marks, key=lambda mark: mark.at),
    )


def _inside(at: float) -> float:
    return min(max(at, 0.0), 1.0)


def _note(some: Sequence[Standing], states: Sequence[str], state: str, say: Say) -> str:
    done = Counter(states)["done"]
    if len(some) > 1 and state != "always":
        return say.plain("year-note-some", done=done, count=len(some))
    task = some[0]
    if state == "done":
        return say.plain("year-note-done", done=task.done_at)
    return "" if state in ("always", "passed") else say.plain("year-note-due", due=task.due)


# ── the table ───────────────────────────────────────────────────────────────────────────────────────────────────────


def year_xlsx(of: YearOf, say: Say) -> bytes:
    """A sheet of the steps, and one of the weeks of those that come every week."""
    columns = [
        Column(say.plain("year-column-place"), 22, "text"),
        Column(say.plain("year-column-task"), 44, "text"),
        Column(say.plain("year-column-activity"), 32, "text"),
        Column(say.plain("year-column-who"), 30, "text"),
        Column(say.plain("year-column-promised"), 12, "date"),
        Column(say.plain("year-column-put-off"), 12, "date"),
        Column(say.plain("year-column-why"), 24, "text"),
        Column(say.plain("year-column-state"), 14, "text"),
        Column(say.plain("year-column-done"), 12, "date"),
        Column(say.plain("year-column-evidence"), 40, "text"),
        Column(say.plain("year-column-by"), 28, "text"),
    ]
    tasks = [task for some in of.steps for task in some]
    weekly = [_cells(of, task, say) for task in tasks if task.repeats == "week"]
    sheets = [Sheet(say.plain("year-sheet"), columns, [_cells(of, task, say) for task in tasks if task.repeats != "week"], 2)]
    return book_of([*sheets, *([Sheet(say.plain("year-sheet-weeks"), columns, weekly, 2)] if weekly else [])])


def _cells(of: YearOf, task: Standing, say: Say) -> list[Safe]:
    return [
        where(say, task.plan, task.number, task.whose),
        task.task,
        task.activity or "",
        _who(task, say),
        None if task.repeats == "always" else task.due_on,
        task.put_off_to,
        task.put_off_why or "",
        say.plain(STATES[state_of(task, of.today)]),
        of.done(task),
        evidence_of(task, say),
        _by(of, task, say),
    ]


def _who(task: Standing, say: Say) -> str:
    if task.responsible is not None:
        return task.responsible
    if task.organization is not None:
        return say.plain("year-who-partner", partner=short_name(task.organization))
    return say.plain("year-who-coordinator")


def evidence_of(task: Standing, say: Say) -> str:
    """On what a task was closed: the bot's own evidence, words, the name of the file."""
    if task.done_at is None:
        return ""
    words = (in_words(say, task.evidence) if task.done_by is None else None) or task.evidence if task.evidence else None
    return "; ".join(part for part in (words, task.paper) if part)


def _by(of: YearOf, task: Standing, say: Say) -> str:
    if task.done_at is None:
        return ""
    return say.plain("year-by-bot") if task.done_by is None else of.names.get(task.done_by, "")


# ── the paper ───────────────────────────────────────────────────────────────────────────────────────────────────────


def paper_year(of: YearOf, say: Say) -> PaperYear:
    """The same for the director to sign off: a weekly step is one row."""
    headings = ("place", "task", "who", "promised", "done", "evidence", "by")
    keys = {
        "place": "year-column-number", "task": "year-column-task", "who": "year-column-who", "promised": "year-column-promised",
        "done": "year-column-done", "evidence": "year-column-evidence", "by": "year-column-by",
    }  # fmt: skip
    rows: list[list[str]] = []
    for plan, steps in groupby(of.steps, key=lambda some: some[0].plan):
        rows.append([say.plain(PLANS[plan])])
        for some in steps:
            rows += [_weeks(some, say)] if some[0].repeats == "week" else [_paper_row(of, task, say) for task in some]
    counted = Counter(state_of(task, of.today) for task in of.tasks)
    summary = ", ".join(f"{say.plain(key)}: {counted[state]}" for state, key in STATES.items() if counted[state])
    return PaperYear(
        title=say.plain("year-title", year=f"{of.year}/{of.year + 1}"),
        whose=of.whose,
        summary=say.plain("year-summary", day=of.today, summary=summary),
        headings=[say.plain(keys[name]) for name in headings],
        rows=rows,
        language=say.language,
    )


def _paper_row(of: YearOf, task: Standing, say: Say) -> list[str]:
    promised = say.plain("year-always") if task.repeats == "always" else say.plain("year-day", day=task.due_on)
    if task.put_off_to is not None:
        promised = say.plain("year-put-off", day=task.due_on, to=task.put_off_to)
    state = state_of(task, of.today)
    day = of.done(task)
    done = say.plain(STATES[state]) if day is None else say.plain("year-day", day=day)
    title = f"{task.task} ({short_name(task.organization)})" if task.organization else task.task
    return [task.number, title, _who(task, say), promised, done, evidence_of(task, say), _by(of, task, say)]


def _weeks(some: Sequence[Standing], say: Say) -> list[str]:
    done = sum(task.done_at is not None for task in some)
    task = some[0]
    said = say.plain("year-note-some", done=done, count=len(some))
    return [task.number, task.task, _who(task, say), say.plain("year-weekly"), said, "", ""]
