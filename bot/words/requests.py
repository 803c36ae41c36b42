"""A request in words: a row a child, one child with the groups it may go to, who may not be named yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.services.courses.catalogue import times
from bot.services.courses.clashes import brief
from bot.voice import Say, lines
from storage.courses.courses import GroupOffer
from storage.requests.requests import Approved, Line

MOST = 6  # groups a child's page names


def row(line: Line, say: Say) -> str:
    """A child and what became of its wish; a second line if the school let a warning pass."""
    group = f" ({line.group})" if line.group and line.state == "enrolled" else ""
    child, course = brief(line.child, 120), brief(line.course, 120)
    said = say("request-line", child=child, class_name=line.class_name, course=course, state=line.state, group=group)
    return f"{said}\n{say('application-override', reason=line.override)}" if line.override else said


def line_in_words(line: Line, groups: Sequence[GroupOffer], say: Say, today: date) -> str:
    """One child's page: the wish, and the groups with their hours and seats."""
    child, course = brief(line.child), brief(line.course)
    parts = [say("request-child", child=child, class_name=line.class_name, course=course, state=line.state)]
    parts += [say("application-override", reason=line.override)] if line.override else []
    for group in groups[:MOST]:
        when = times(group.hours, say, today) or "—"
        parts.append(say("request-group", group=group.code, when=when, left=group.left, seats=group.seats))
    return lines(parts)


def silent_in_words(silent: Sequence[Approved], say: Say) -> str:
    """Who may not be named yet, by partner."""
    per_partner: dict[str, list[str]] = {}
    for one in silent:
        names = per_partner.setdefault(one.organization, [])
        if (name := f"{brief(one.child, 80)}, {one.class_name}") not in names:
            names.append(name)
    return "\n".join(
        say("request-silent", partner=brief(partner), children=brief("; ".join(names), 480))
        for partner, names in per_partner.items()
    )
