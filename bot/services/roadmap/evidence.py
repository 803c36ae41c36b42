"""What the bot sees for itself: tasks of the roadmap and the regulation that close on evidence in the database."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from bot.clock import midnight
from bot.services.roadmap.programme import JOURNAL_STEP, week_of
from bot.services.roadmap.withdrawing import withdraw
from bot.services.workdays import monday_of
from bot.voice import Say
from storage import audit
from storage.db import Database, Tx
from storage.roadmap import evidence, roadmap
from storage.roadmap.evidence import Whose
from storage.roadmap.roadmap import Standing

Seen: TypeAlias = dict[str, Any]
Look: TypeAlias = Callable[[Tx, Standing, datetime, ZoneInfo], Awaitable[Seen | None]]

# By what the bot has seen (`seen` of the kept facts): the sentence that says it. Facts of _DAYS are kept as ISO days.
SAID = {
    "applications": "task-seen-applications",
    "requests": "task-seen-requests",
    "enrolled": "task-seen-enrolled",
    "timetable": "task-seen-timetable",
    "journal": "task-seen-journal",
    "no-lessons": "task-seen-no-lessons",
    "order": "task-seen-order",
    "agreement": "task-seen-agreement",
    "certificates": "task-seen-certificates",
    "agreed": "task-seen-agreed",
    "report": "task-seen-report",
    "year-over": "task-seen-year-over",
}
_DAYS = ("last", "day")


@dataclass(frozen=True)
class Closes:
    """Which step something closes: its code, or with «-» at the end the partner's copy of it; a word that the step must say,
    where a workbook may give the number to another task.
    """

    code: str
    stem: str = ""


# What other subjects tell as it happens (`close_on`): one line here and a sentence in SAID are all a new one needs.
CLOSES: dict[str, tuple[Closes, ...]] = {
    "order": (Closes("regulation-5"),),  # facts: number (text), day
    "agreement": (Closes("regulation-6"),),  # facts: count, last (the day of the newest)
    "certificates": (Closes("regulation-8-partner-"),),  # facts: count, last
    "agreed": (Closes("regulation-5-partner-"), Closes("roadmap-4", "расписани")),  # facts: count (of courses), last
    "report": (Closes("roadmap-6", "отч"),),  # facts: half (1 | 2), last
}


@dataclass(frozen=True)
class Proven:
    """What has just happened that proves a step (a kind of CLOSES), at which school in which academic year, and its facts as the
    sentence of SAID needs them. `organization_id`: whose half it is; None: the school's.
    """

    kind: str
    school_id: int
    year: int
    organization_id: int | None = None
    facts: Mapping[str, str | int | date] = field(default_factory=dict)


async def close_on(tx: Tx, proven: Proven, *, now: datetime, since: date = date.min, until: date = date.max) -> list[int]:
    """Close the open tasks that this proves, in the transaction of what happened. Again changes nothing.

    What a person has put back to work is left to people. `since`, `until`: only those planned for these days, of a
    step that comes again. Returns the tasks closed; none is no error: the step may be done, or be another one by now.
    """
    kept = {name: str(fact) if isinstance(fact, date) else fact for name, fact in proven.facts.items()}
    seen: Seen = {"seen": proven.kind} | kept
    found: dict[int, Seen] = {}
    for closes in CLOSES[proven.kind]:
        partners = closes.code.endswith("-")
        if partners != (proven.organization_id is not None):
            continue
        for task in await roadmap.open_of(tx, f"{closes.code}{proven.organization_id}" if partners else closes.code):
            if (task.school_id, task.year) == (proven.school_id, proven.year) and _speaks(task, closes.stem):
                found |= {task.id: seen} if since <= task.due_on <= until else {}
    await _close(tx, found, now)
    return list(found)


def _speaks(task: Standing, stem: str) -> bool:
    return stem in f"{task.task} {task.result}".lower()


async def close_by_evidence(db: Database, *, now: datetime, zone: ZoneInfo) -> None:
    """Close what is visibly done, saying on what evidence. A task put back to work by hand is left to people."""
    async with db.read() as tx:
        found = await _found(tx, now, zone)
    if not found:
        return
    async with db.write() as tx:
        await _close(tx, found, now)


async def _close(tx: Tx, found: Mapping[int, Seen], now: datetime) -> None:
    for task_id, seen in found.items():
        row = await roadmap.locked(tx, task_id)
        if row.done_at is None:
            row.done_at, row.evidence = now, json.dumps(seen)
            audit.log(tx, None, "roadmap.seen", ("task", task_id), audit.Change(after=seen), now=now)
    await withdraw(tx, list(found))


async def _found(tx: Tx, now: datetime, zone: ZoneInfo) -> dict[int, Seen]:
    found: dict[int, Seen] = {}
    for code, (look, stem) in _LOOKS.items():
        for task in await roadmap.open_of(tx, code):
            # A workbook may give the number to another task: then its words do not say what we look at.
            if _speaks(task, stem) and task.due_on >= task.starts_on:
                seen = await look(tx, task, now, zone)
                if seen is not None:
                    found[task.id] = seen
    return found


def in_words(say: Say, kept: str) -> str | None:
    """The bot's own evidence as plain text; None when it is not the bot's."""
    try:
        seen = json.loads(kept)
        facts = {name: date.fromisoformat(fact) if name in _DAYS else fact for name, fact in seen.items() if name != "seen"}
        return say.plain(SAID[seen["seen"]], **facts)
    except (ValueError, KeyError, TypeError):
        return None


async def _applications(tx: Tx, task: Standing, now: datetime, zone: ZoneInfo) -> Seen | None:
    """Regulation 3: the time for it is over, no course takes applications any more, and there are some."""
    today = now.astimezone(zone).date()
    if today <= task.due or await evidence.windows_open(tx, today, task.year):
        return None
    count, last = await evidence.applications(tx, _whose(task), _since(task, zone))
    return {"seen": "applications", "count": count, "last": _day(last, zone)} if last else None


async def _requests(tx: Tx, task: Standing, now: datetime, zone: ZoneInfo) -> Seen | None:
    """Regulation 4, the school: a request went out, and no application waits for the coordinator or for a request."""
    if await evidence.windows_open(tx, now.astimezone(zone).date(), task.year):
        return None
    if await evidence.choices_in(tx, _whose(task), ("submitted", "approved")):
        return None
    count, last = await evidence.requests(tx, _whose(task))
    return {"seen": "requests", "count": count, "last": _day(last, zone)} if last else None


async def _enrolled(tx: Tx, task: Standing, now: datetime, zone: ZoneInfo) -> Seen | None:
    """Regulation 4, a partner: everybody asked for was answered, and somebody is enrolled."""
    waiting = ("submitted", "approved", "requested")
    if await evidence.windows_open(tx, now.astimezone(zone).date(), task.year, task.organization_id):
        return None
    if await evidence.choices_in(tx, _whose(task), waiting, task.organization_id):
        return None
    count = await evidence.choices_in(tx, _whose(task), ("enrolled",), task.organization_id)
    return {"seen": "enrolled", "count": count} if count else None


async def _timetable(tx: Tx, task: Standing, _now: datetime, zone: ZoneInfo) -> Seen | None:
    """Roadmap 4: every group has lessons in the year."""
    groups, without, lessons = await evidence.timetable(tx, task.year, _since(task, zone))
    return {"seen": "timetable", "groups": groups, "lessons": lessons} if groups and not without else None


async def _journal(tx: Tx, task: Standing, now: datetime, zone: ZoneInfo) -> Seen | None:
    """Roadmap 7, a week: every lesson held in a group with pupils has something in the journal."""
    since, until = week_of(monday_of(task.due_on), zone)
    held = await evidence.held(tx, task.school_id, since, until)
    if not held:
        return {"seen": "no-lessons"} if now >= until else None
    if any(lesson.ends_at > now for lesson in held):
        return None
    kept = await evidence.kept(tx, {lesson.group_id for lesson in held}, since.date(), until.date())
    missing = [lesson for lesson in held if (lesson.group_id, lesson.starts_at.astimezone(zone).date()) not in kept]
    if missing:
        return None
    return {"seen": "journal", "lessons": len(held), "groups": len({lesson.group_id for lesson in held})}


def _whose(task: Standing) -> Whose:
    return Whose(task.school_id, task.year)


def _since(task: Standing, zone: ZoneInfo) -> datetime:
    return midnight(task.starts_on, zone)


def _day(at: datetime, zone: ZoneInfo) -> str:
    return str(at.astimezone(zone).date())


_LOOKS: dict[str, tuple[Look, str]] = {
    "regulation-3": (_applications, ""),
    "regulation-4": (_requests, ""),
    "regulation-4-partner-": (_enrolled, ""),
    "roadmap-4": (_timetable, "расписани"),
    JOURNAL_STEP: (_journal, "журнал"),
}
