"""A plan of the network in short sentences, for a chat and for the terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

from bot.reading.workbook.rows import code_key
from bot.services.network.compare import KEYED, Difference, Line
from bot.services.network.plan import Altered, LessonPlan, Plan
from bot.words.journal import told

# `say` for a page (HTML), `say.plain` for the terminal.
Speak: TypeAlias = Callable[..., str]

SHOWN = 3  # lines of a kind that are shown by name


def plan_lines(plan: Plan, say: Speak) -> list[str]:
    """What the workbook would do: a line a sheet with its first names, then the lessons, the families, the notes."""
    lines = [say("network-plan", year=f"{plan.academic_year}/{(plan.academic_year + 1) % 100:02d}")]
    if plan.schools:
        lines.append(say("network-plan-schools", names=list(plan.schools)))
    lines += told(plan.doubts, say)
    for difference in plan.differences:
        if difference:
            lines += _sheet(difference, say)
    lines += _lessons(plan, say)
    if plan.rules:
        lines.append(say("network-rules", count=len(plan.rules)))
    if plan.families:
        lines.append(say("network-families", count=plan.families))
    if plan.unreached:
        lines.append(say("families-unreached", count=plan.unreached))
    lines += _children(plan, say)
    if plan.new_changes is not None and len(lines) == 1 + bool(plan.schools) + len(plan.doubts):
        lines.append(say("network-only-changes"))
    if not plan:
        lines.append(say("network-plan-empty"))
    return lines + told(plan.notes, say)


def _children(plan: Plan, say: Speak) -> list[str]:
    """Every child by name, and what will happen: nobody learns it from a letter first."""
    if not plan.children:
        return []
    said = [say("network-children", count=len({child.about.pupil_id for child in plan.children}))]
    for child in plan.children:
        about = child.about
        said.append(
            say(
                "network-child",
                child=about.child,
                class_name=about.class_name,
                course=about.course,
                state=about.state,
                fate=child.fate,
                why=child.why,
                group=about.group or "—",
                to=child.to or "",
                number=child.number,
            )
        )
    if any(child.fate in ("leaves", "falls", "moves", "lines-up") and child.why == "group" for child in plan.children):
        said.append(say("network-children-move"))
    if any(child.fate in ("leaves", "falls") and child.why in ("course", "group") for child in plan.children):
        said.append(say("network-children-lost"))
    return said


def _sheet(one: Difference, say: Speak) -> list[str]:
    parts = []
    if one.new:
        parts.append(say("network-new", count=len(one.new)))
    if one.changed:
        parts.append(say("network-changed", count=len(one.changed)))
    if one.gone:
        archived = one.form.field in KEYED
        parts.append(say("network-archived", count=len(one.gone)) if archived else say("network-gone", count=len(one.gone)))
    lines = [say("network-sheet", sheet=one.form.name, parts=parts)]
    lines += _named(one.new, say, lambda line: say("network-line-new", name=line.name))
    lines += _named(one.changed, say, lambda line: say("network-line-changed", name=line.name, changes=_changes(line)))
    return lines + _named(one.gone, say, lambda line: say("network-line-gone", name=line.name))


def _changes(line: Line) -> list[str]:
    return [f"{change.column} {_short(change.was)} → {_short(change.now)}" for change in line.changes]


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"


def _named(lines: list[Line], say: Speak, each: Callable[[Line], str]) -> list[str]:
    return [each(line) for line in lines[:SHOWN]] + _more(len(lines) - SHOWN, say)


def _more(count: int, say: Speak) -> list[str]:
    return [say("network-line-more", count=count)] if count > 0 else []


def _lessons(plan: Plan, say: Speak) -> list[str]:
    lessons = plan.lessons
    lines = [say("network-lessons-new", count=len(lessons.new))] if lessons.new else []
    changed = sum("row" in draft.by.values() for draft in lessons.new)
    if changed:
        lines.append(say("network-lessons-new-changed", count=changed))
    for kind, title in _titles(lessons, say):
        some = lessons.of(kind)
        lines.append(title)
        lines += [_lesson(one, plan, say) for one in some[:SHOWN]]
        lines += _more(len(some) - SHOWN, say)
    return lines


def _titles(lessons: LessonPlan, say: Speak) -> Iterable[tuple[str, str]]:
    if found := lessons.of("moved"):
        yield "moved", say("network-lessons-moved", count=len(found))
    if found := lessons.of("cancelled"):
        yield "cancelled", say("network-lessons-cancelled", count=len(found))
    if found := lessons.of("restored"):
        yield "restored", say("network-lessons-restored", count=len(found))
    if found := lessons.of("room"):
        yield "room", say("network-lessons-room", count=len(found))
    if found := lessons.of("teacher"):
        yield "teacher", say("network-lessons-teacher", count=len(found))


def _lesson(one: Altered, plan: Plan, say: Speak) -> str:
    subject = plan.subjects.get(code_key(one.old.group), one.old.group)
    was = one.old.starts_at
    if one.kind == "moved":
        now = one.values.get("starts_at", was)
        if now == was:
            ends = one.values["ends_at"]
            return say("network-lesson-longer", subject=subject, group=one.old.group, was=was, ends=ends)
        return say("network-lesson-moved", subject=subject, group=one.old.group, was=was, now=now, year=was.year)
    if one.kind == "room":
        old, new = one.old.place or "—", one.values["place"] or "—"
        return say("network-lesson-room", subject=subject, group=one.old.group, was=was, was_place=old, now_place=new)
    return say("network-lesson", subject=subject, group=one.old.group, was=was)
