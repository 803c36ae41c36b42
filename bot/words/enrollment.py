"""How an application reads, for the family and for the school: its wishes, what became of them, its history."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from bot.services.allocation.mine import Drawn
from bot.services.courses.clashes import brief
from bot.services.enrollment.choices import Who, who
from bot.voice import Fact, Say
from bot.words.years import class_words
from storage.enrollment.enrollment import Paper, Wish
from storage.enrollment.history import Past
from storage.people.people import first_name

WHO: dict[Who, str] = {
    "family": "who-family",
    "school": "who-school",
    "partner": "who-partner",
    "bot": "who-bot",
    "stead": "who-stead",
    "for-partner": "who-for-partner",
}


def child_of(paper: Paper) -> str:
    """The first name."""
    return brief(first_name(paper.child))


def class_of(paper: Paper, say: Say) -> str:
    """«4А, в сентябре 5А» of an application for the coming year; see bot/services/enrollment/classes.py."""
    return class_words(paper.class_name, paper.class_then, say)


def title(paper: Paper, say: Say) -> str:
    day = paper.submitted_at or paper.created_at
    return say("application-title", child=child_of(paper), class_name=class_of(paper, say), day=day)


def state(wish: Wish, say: Say, drawn: Drawn | None = None) -> str:
    """«1. Робототехника — одобрено школой», with its number in the line, what the draw gave, and the school's leave.

    How the year has ended is said as soon as it is answered: the state follows when the year is closed.
    """
    facts: dict[str, Fact] = {"rank": wish.rank, "course": brief(wish.course), "state": wish.ended or wish.outcome or wish.state}
    if wish.number is not None and wish.first_number is not None and wish.first_number > wish.number:
        said = say("application-wish-state-moved", **facts, was=wish.first_number, number=wish.number)
    elif wish.number is not None:
        said = say("application-wish-state-in-line", **facts, number=wish.number)
    elif wish.besides:
        said = say("application-wish-state-besides", **facts)
    else:
        said = say("application-wish-state", **facts)
    if drawn is not None:
        place = "yes" if drawn.number and wish.state in ("approved", "requested", "enrolled") else "no"
        said += "\n" + say("application-wish-drawn", place=place, number=drawn.number, seats=drawn.seats, lot=drawn.lot)
    return f"{said}\n{say('application-override', reason=wish.override)}" if wish.override else said


def role_of(whose: Who, say: Say) -> str:
    """Whose step it was, as a word."""
    return say.plain(WHO[whose])


def history(past: Sequence[Past], say: Say, *, named: bool) -> list[str]:
    """A line for everything that was done: when, whose step it was, what became of which courses, why.

    `named`: with the names of the staff, for the school's own pages; a family reads roles.
    """
    shown = [one for one in past if one.now != "draft"]
    steps = groupby(shown, key=lambda one: (one.at, who(one), one.was == one.now, one.became, one.reason, one.staff))
    said = []
    for (at, whose, note, now, reason, staff), ones in steps:
        role = role_of(whose, say)
        by = f"{role} ({brief(staff, 60)})" if named and staff and whose != "family" else role
        courses = [f"«{brief(one.course, 100)}»" for one in ones]
        why = f" — {brief(reason)}" if reason else ""
        if note and reason is None:
            said.append(say("application-past-order", at=at, who=by))
        else:
            said.append(say("application-past", at=at, who=by, courses=courses, state=now, why=why))
    return said
