"""What the bot sees for itself: tasks of the roadmap and the regulation that close on evidence in the database."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from bot.clock import midnight
from bot.services.roadmap.programme import JOURNAL_STEP, week_of
from bot.voice import Say
from storage import audit
from storage.db import Database, Tx
from storage.roadmap import evidence, roadmap
from storage.roadmap.evidence import Whose
from storage.roadmap.roadmap import Standing

Seen: TypeAlias = dict[str, Any]
Look: TypeAlias = Callable[[Tx, Standing, datetime, ZoneInfo], Awaitable[Seen | None]]

SAID = {
    "applications": "task-seen-applications",
    "requests": "task-seen-requests",
    "enrolled": "task-seen-enrolled",
    "timetable": "task-seen-timetable",
    "journal": "task-seen-journal",
    "no-lessons": "task-seen-no-lessons",
}


async def close_by_evidence(db: Database, *, now: datetime, zone: ZoneInfo) -> None:
    """Close what is visibly done, saying on what evidence. A task put back to work by hand is left to people."""
    async with db.read() as tx:
        found = await _found(tx, now, zone)
    if not found:
        return
    async with db.write() as tx:
        for task_id, seen in found.items():
            row = await roadmap.locked(tx, task_id)
            if row.done_at is None:
                row.done_at, row.evidence = now, json.dumps(seen)
                audit.log(tx, None, "roadmap.seen", ("task", task_id), audit.Change(after=seen), now=now)
        await roadmap.cancel_letters(tx, list(found))


async def _found(tx: Tx, now: datetime, zone: ZoneInfo) -> dict[int, Seen]:
    found: dict[int, Seen] = {}
    for code, (look, stem) in _LOOKS.items():
        for task in await roadmap.open_of(tx, code):
            # A workbook may give the number to another task: then its words do not say what we look at.
            if stem in f"{task.task} {task.result}".lower() and task.due_on >= task.starts_on:
                seen = await look(tx, task, now, zone)
                if seen is not None:
                    found[task.id] = seen
    return found


def in_words(say: Say, kept: str) -> str | None:
    """The bot's own evidence as plain text; None when it is not the bot's."""
    try:
        seen = json.loads(kept)
        facts = {name: date.fromisoformat(fact) if name == "last" else fact for name, fact in seen.items() if name != "seen"}
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
    since, until = week_of(task.due_on - timedelta(days=task.due_on.weekday()), zone)
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
