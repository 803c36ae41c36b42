"""A pupil of a group in words: learns, is asked for, was offered a place, waits."""

from __future__ import annotations

from bot.services.courses.clashes import brief
from bot.voice import Say
from storage.offers.seats import Member


def member_in_words(one: Member, say: Say) -> str:
    """A line of a group's page."""
    child, class_name = brief(one.about.child, 120), one.about.class_name
    match one.about.state:
        case "offered":
            return say("group-offered", child=child, class_name=class_name, deadline=one.deadline)
        case "reserve":
            return say("group-reserve", child=child, class_name=class_name, number=one.number)
        case "requested" | "approved":
            return say("group-asked", child=child, class_name=class_name, number=one.number or 0, state=one.about.state)
        case _:
            return say("group-enrolled", child=child, class_name=class_name)
