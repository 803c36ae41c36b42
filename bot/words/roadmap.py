"""The roadmap in words: a task, who answers for it, what became of it."""

from __future__ import annotations

from datetime import date

from bot.notices.roadmap import where
from bot.services.roadmap.evidence import in_words
from bot.services.timetable.telling import given_names
from bot.voice import Say, short_name
from storage.roadmap.history import Event
from storage.roadmap.roadmap import Standing

MARKS = {"overdue": "🔴", "month": "🟡", "later": "⚪️", "always": "♾", "done": "✅", "passed": "▫️"}
SOON = 30  # days: what is called «в ближайший месяц»


def state_of(task: Standing, today: date) -> str:
    """overdue | month | later | always | done | passed."""
    if task.done_at is not None:
        return "done"
    if task.silent:
        return "passed"
    if task.repeats == "always":
        return "always"
    days = (task.due - today).days
    return "overdue" if days < 0 else "month" if days <= SOON else "later"


def headline(task: Standing, say: Say, today: date) -> str:
    days = (task.due - today).days
    state = state_of(task, today)
    match state:
        case "done":
            standing = say("task-state-done", done=task.done_at)
        case "passed":
            standing = say("task-state-passed", due=task.due)
        case "always":
            standing = say("task-state-always", until=task.ends_on)
        case "overdue":
            standing = say("task-state-overdue", due=task.due, days=-days)
        case _:
            standing = say("task-state-ahead", mark=MARKS[state], due=task.due, days=days)
    place = where(say, task.plan, task.number, task.whose)
    parts = [say("task-title", where=place, title=task.task), standing]
    if task.put_off_to and task.done_at is None:
        parts.append(say("task-put-off-from", planned=task.due_on))
        if task.put_off_why:
            parts.append(say("task-put-off-why", why=task.put_off_why))
    return "\n".join(parts)


def about_task(task: Standing, say: Say) -> str:
    parts = []
    if task.starts_on <= task.due_on:
        ends = task.ends_on if task.due_on <= task.ends_on else task.due_on
        parts.append(say("task-window", starts=task.starts_on, ends=ends, repeats=task.repeats))
    if task.activity:
        parts.append(say("task-activity", activity=task.activity))
    if task.result:
        parts.append(say("task-result", result=task.result))
    parts.append(responsible(task, say))
    if task.printed_as and task.printed_as.isdigit():
        parts.append(say("task-corrected-number", printed=task.printed_as, number=task.number))
    elif task.printed_as:
        parts.append(say("task-corrected-window", printed=task.printed_as))
    return "\n".join(parts)


def about_words(task: Standing, say: Say) -> str:
    """What can be said otherwise, as it is said now."""
    return say("task-words", title=task.task, result=task.result or "", said="yes" if task.result else "no")


def told_halves(halves: list[Standing], say: Say, today: date) -> str:
    """How far the partners are with their halves of a step; a line each."""
    told = []
    for task in halves:
        partner, days = short_name(task.organization or ""), (task.due - today).days
        match state_of(task, today):
            case "done":
                told.append(say("task-half-done", partner=partner, done=task.done_at))
            case "overdue":
                told.append(say("task-half-overdue", partner=partner, days=-days))
            case "always":
                told.append(say("task-half-always", partner=partner))
            case _:
                told.append(say("task-half-ahead", partner=partner, due=task.due))
    return "\n".join([say("task-halves", title=halves[0].task), *told]) if told else ""


def responsible(task: Standing, say: Say) -> str:
    if task.responsible is not None:
        reached = task.responsible_person is not None
        return (
            say("task-responsible", name=task.responsible) if reached else say("task-responsible-not-in", name=task.responsible)
        )
    return say("task-responsible-coordinator") if task.organization_id is None else say("task-responsible-partner")


def proof(task: Standing, say: Say) -> str:
    parts = []
    if task.evidence:
        seen = in_words(say, task.evidence) if task.done_by is None else None
        parts.append(say("task-seen", seen=seen) if seen else say("task-proof", proof=task.evidence))
    if task.paper:
        parts.append(say("task-proof-file", name=task.paper))
    return "\n".join(parts)


def told_history(events: list[Event], names: dict[int, str], say: Say) -> str:
    told = [_event(event, names, say) for event in events]
    return "\n".join([say("task-history"), *told]) if told else ""


def _event(event: Event, names: dict[int, str], say: Say) -> str:
    by = given_names(event.by or "")
    match event.action:
        case "roadmap.put-off":
            to = date.fromisoformat((event.after or {})["due"])
            why = event.reason
            return (
                say("task-event-why", at=event.at, to=to, by=by, why=why)
                if why
                else say("task-event-put-off", at=event.at, to=to, by=by)
            )
        case "roadmap.hand":
            return say("task-event-hand", at=event.at, to=names.get((event.after or {})["responsible"], ""), by=by)
        case "roadmap.reopen":
            return say("task-event-reopen", at=event.at, by=by)
        case "roadmap.seen":
            return say("task-event-seen", at=event.at)
        case "roadmap.add":
            return say("task-event-add", at=event.at, by=by)
        case "roadmap.undo":
            return say("task-event-undo", at=event.at, by=by)
        case "roadmap.reword":
            before = event.before or {}
            was, now = before["was"] or "", (event.after or {}).get(before["what"])
            what = before["what"] if now else "nothing"
            return say("task-event-reword", at=event.at, by=by, what=what, was=was, said="yes" if was else "no")
        case "roadmap.repeat":
            return say("task-event-repeat", at=event.at, by=by, repeats=(event.after or {})["repeats"])
    return say("task-event-done", at=event.at, by=by)
