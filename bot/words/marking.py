"""A lesson that is being marked, in words."""

from __future__ import annotations

from bot.paging import Page
from bot.services.courses.clashes import brief
from bot.services.journal.marking import MARK, Line, Sheet
from bot.voice import Say, lines
from storage.journal.programme import Planned
from storage.journal.unkept import Unkept
from storage.timetable.timetable import Stood

SIGNS = {"absent": "❌", "late": "🕐", "sick": "🤒", "excused": "📄", "present": "✅"}
LABEL = 34  # characters of a topic, beside its number
ROOM = 16  # characters of a name on half a row of a narrow telephone


def today_label(one: Stood, say: Say) -> str:
    """A lesson of today on its button."""
    return say.plain("button-mark-today", at=one.starts_at, course=brief(one.course, 40), group=one.group)


def earlier_label(one: Unkept, say: Say) -> str:
    """One of an earlier day of which the journal says nothing."""
    return say.plain("button-mark-earlier", at=one.starts_at, course=brief(one.course, 40), group=one.group)


def topic_label(one: Planned, say: Say) -> str:
    """A topic of the programme on its button."""
    return say.plain("button-mark-topic", number=one.number, topic=brief(one.topic, LABEL))


def sheet_page(sheet: Sheet, here: Page[Line], what: str, say: Say) -> str:
    """The lesson, its topic, a line a pupil, and what the next press will do."""
    of = sheet.lesson
    head = [say("mark-lesson", course=brief(of.course, 120), group=of.group, at=of.starts_at)]
    head.append(say("mark-topic", topic=brief(sheet.topic, 300)) if sheet.topic else say("mark-topic-none"))
    if sheet.homework:
        head.append(say("mark-homework", homework=brief(sheet.homework, 300)))
    pupils = [_line(here.first + number, one, say) for number, one in enumerate(here.some, 1)]
    if sheet.foreign:
        pupils.append(say("pupils-foreign", count=sheet.foreign))
    hint = say("mark-hint", what=brush_words(what, say))
    forewarned = say("mark-announced-hint") if any(one.announced for one in sheet.lines) else ""
    return lines(["\n".join(head), "\n".join(pupils), "\n".join(filter(None, [forewarned, hint]))])


def _line(number: int, one: Line, say: Say) -> str:
    said = [brush_words(one.attendance, say)] if one.attendance else []
    said += [say.plain("mark-announced")] if one.announced else []
    said += one.marks
    facts = ", ".join(said) or say.plain("mark-nothing")
    return say("mark-line", number=number, child=one.name, facts=facts)


def brush_words(what: str, say: Say) -> str:
    """«❌ не был(а)», «5»: plain text."""
    if what.startswith(MARK):
        return what.removeprefix(MARK) or say.plain("mark-brush-none")
    return say.plain("mark-brush", what=what)


def short_child(name: str) -> str:
    """«Петров Миша»; too long for half a row: «Константинопольский» becomes «Константинопо… А.»."""
    surname, *rest = name.split() or [name]
    given = rest[0] if rest else ""
    whole = f"{surname} {given}".strip()
    if len(whole) <= ROOM:
        return whole
    initial = f" {given[:1]}." if given else ""
    return (
        surname[: ROOM - len(initial)] + initial
        if len(surname) + len(initial) <= ROOM
        else f"{surname[: ROOM - len(initial) - 1]}…{initial}"
    )
