"""A journal's plan and faults in words, for a page of the chat and for the terminal alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from bot.notices.journal import MEANINGS
from bot.reading.fault import Doubt
from bot.reading.journal.entry import Note
from bot.reading.workbook.rows import Note as BookNote
from bot.refusals import Faults
from bot.services.journal.entering import what
from bot.services.journal.journal import JournalPlan
from bot.services.journal.letters import Change
from bot.services.journal.questions import Option, Question
from bot.visit import TEXT

PAGE = TEXT - 100  # characters: the rest of the message is left to what stands around
LISTED = 10
_CHANGES = {
    "new": "journal-line-new",
    "touched": "journal-line-touched",
}

OPEN = {
    "code": "journal-open-code",
    "group": "journal-open-group",
    "day": "journal-open-day",
    "scale": "journal-open-scale",
}
ASKED = {
    "code": "journal-ask-code",
    "who": "journal-ask-who",
    "group": "journal-ask-group",
    "day": "journal-ask-day",
    "scale": "journal-ask-scale",
}

Speak = Callable[..., str]  # a Say (HTML) or its `plain`


def plan_lines(plan: JournalPlan, say: Speak, *, listed: int = LISTED) -> list[str]:
    """The plan line by line: whose journal, how much of what, who hears, the first changes, what to know besides.

    `say` is a Voice for HTML, its `.plain` for a terminal.
    """
    lines = []
    if plan.days:  # none, while nobody has said which group it is
        lines.append(
            say(
                "journal-plan-of",
                courses=[f"«{group.course}» ({group.code})" for group in plan.groups],
                days=len({day for _, day in plan.days}),
                first=min(day for _, day in plan.days),
                last=max(day for _, day in plan.days),
            )
        )
    if plan.open:
        return [*lines, *open_lines(plan.open, say), *_notes(plan, say)]
    lines += told(plan.doubts, say)
    lines.append(counts_line(plan, say))
    changed = [change for change in plan.changes if what(change) != "touched"]
    lines += [change_line(change, say) for change in changed[:listed]]
    if len(changed) > listed:
        lines.append(say("journal-plan-more", count=len(changed) - listed))
    removed = sum(change.now is None for change in plan.changes)
    if removed:
        lines.append(say("journal-plan-removed", count=removed))
    if plan.first and plan.changes:
        lines.append(say("journal-plan-first", groups=[group.code for group in plan.first]))
    old = sum(not change.told for change in changed) - sum(change.group in plan.first for change in changed)
    if old > 0:
        lines.append(say("journal-plan-old", count=old))
    return lines + _notes(plan, say)


def open_lines(some: Sequence[Question], say: Speak) -> list[str]:
    """What must be answered first; names are counted, for there may be a class of them."""
    names = sum(one.kind == "who" for one in some)
    lines = [say(OPEN[one.kind], **one.facts) for one in some if one.kind in OPEN]
    return [*lines[:LISTED], *([say("journal-plan-unknown", count=names)] if names else [])]


def asked_words(question: Question, left: int, say: Speak) -> str:
    """The question on its page, with the answer that stands; `left`: how many there are."""
    said = [say(ASKED[question.kind], **question.facts)]
    if question.chosen is not None:
        said.append(say("journal-code-now", meaning=option_words(question.chosen, say)))
    elif left > 1:
        said.append(say("journal-ask-left", left=left))
    return "\n".join(said)


def option_words(option: Option, say: Speak) -> str:
    """An answer as its button says it."""
    return option.text or say(option.key)


def counts_line(plan: JournalPlan, say: Speak) -> str:
    """«Новых отметок — 2, исправлений — 1, отсутствий — 1; узнают 3 семьи»."""
    if plan.empty:
        return say("journal-plan-empty")
    count: Counter[str] = Counter()
    for change in plan.changes:
        count[_sort(change)] += 1
    parts = []
    if count["marks"]:
        parts.append(say("journal-count-marks", count=count["marks"]))
    if count["corrected"]:
        parts.append(say("journal-count-corrected", count=count["corrected"]))
    if count["removed"]:
        parts.append(say("journal-count-removed", count=count["removed"]))
    if count["absences"]:
        parts.append(say("journal-count-absences", count=count["absences"]))
    if count["late"]:
        parts.append(say("journal-count-late", count=count["late"]))
    if count["present"]:
        parts.append(say("journal-count-present", count=count["present"]))
    if count["touched"] or plan.topics:
        parts.append(say("journal-count-touched", count=count["touched"] + plan.topics))
    said = ", ".join(parts)
    told = say("journal-count-families", count=plan.families)
    if plan.unreached:
        told += ", " + say("journal-count-unreached", count=plan.unreached)
    return f"{said[:1].upper()}{said[1:]}; {told}."


def _sort(change: Change) -> str:
    kind = what(change)
    if kind != "new":
        return kind
    if change.is_mark:
        return "marks"
    return change.now if change.now in ("late", "present") else "absences"


def change_line(change: Change, say: Speak) -> str:
    """«Петров Миша, 5 ноября: 5 (контрольная)»."""
    kind = what(change)
    facts = {"pupil": change.pupil.full_name, "day": change.day}
    if kind == "corrected":
        return say("journal-line-corrected", **facts, was=_value(change, change.was, say), now=_with_work(change, say))
    if kind == "removed":
        return say("journal-line-removed", **facts, value=_value(change, change.was, say))
    return say(_CHANGES[kind], **facts, value=_with_work(change, say))


def _value(change: Change, stands: str | None, say: Speak) -> str:
    """A mark as written, or what an attendance means."""
    if stands is None or change.is_mark:
        return stands or ""
    return say(MEANINGS[stands])


def _with_work(change: Change, say: Speak) -> str:
    shown = _value(change, change.now, say)
    return f"{shown} ({change.work})" if change.work else shown


def _notes(plan: JournalPlan, say: Speak) -> list[str]:
    return told(plan.notes[:10], say)


def told(some: Iterable[Note | BookNote | Doubt], say: Speak) -> list[str]:
    """Notes and questions of a file, a sentence each."""
    return [say(one.key, **one.facts) for one in some]


def fault_lines(faults: Faults, say: Speak, *, longest: int | None = None) -> list[str]:
    """What is wrong, then every fault with its place; cut to this many characters, the rest counted."""
    lines = [say(faults.key, **faults.facts)]
    room = longest
    for number, fault in enumerate(faults.faults):
        line = say(fault.key, **fault.facts)
        if room is not None:
            room -= len(line) + 3
            if room < 0:
                return [*lines, say("faults-more", count=len(faults.faults) - number)]
        lines.append(f"• {line}")
    return lines


def limited(lines: Sequence[str], longest: int = PAGE) -> str:
    """As many whole lines as a page (or `longest` characters) has room for."""
    kept: list[str] = []
    for line in lines:
        longest -= len(line) + 1
        if longest < 0:
            kept.append("…")
            break
        kept.append(line)
    return "\n".join(kept)


def empty_journal(say: Speak, *, past: bool, own: bool) -> str:
    """A child's journal without entries: what will come (`own`: the pupil reads), or that a past year brought nothing."""
    if past:
        return say("journal-past-empty")
    return say("journal-of-empty-own") if own else say("journal-of-empty")
