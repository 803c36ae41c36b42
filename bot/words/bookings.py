"""Bookings in words: a day of a room or a resource, what was booked, one's own bookings."""

from __future__ import annotations

from collections.abc import Sequence

from bot.services.courses.clashes import brief
from bot.services.resources.booking import Day
from bot.voice import Say, lines, short_name
from bot.words.resources import ASIDE, LABEL
from storage.resources.bookings import Bookable, Booked

SHOWN = 15  # lines of who has it that day


def room_label(one: Bookable) -> str:
    """A room's name and, where it fits, whose it is."""
    whole = f"{brief(one.name, LABEL)} · {short_name(one.organization)}"
    return whole if len(whole) <= ASIDE else brief(one.name, LABEL)


def room_card(one: Bookable, say: Say) -> str:
    facts = [say("room-seats", seats=one.seats)] if one.seats else []
    facts += [say("room-equipment", equipment=brief(one.equipment, 1000))] if one.equipment else []
    return lines([say("room-title", name=brief(one.name), organization=brief(one.organization)), "\n".join(facts)])


def day_page(day: Day, say: Say) -> str:
    """Who has it that day; the hours that are free are buttons."""
    head = say("book-day", name=brief(day.thing.name), day=day.day)
    said = []
    for one in day.taken[:SHOWN]:
        if one.lesson:
            said.append(say("book-taken-lesson", course=brief(one.what), starts=one.starts_at, ends=one.ends_at))
        else:
            said.append(
                say("book-taken", who=one.what, starts=one.starts_at, ends=one.ends_at, sets=one.sets, all=day.thing.sets)
            )
    if len(day.taken) > SHOWN:
        said.append(say("lesson-call-rest", count=len(day.taken) - SHOWN))
    return lines([head, "\n".join(said) or say("book-nobody"), say("book-choose") if day.free else say("book-no-hours")])


def done(one: Booked, say: Say) -> str:
    return say("booking-made", name=brief(one.name), starts=one.starts_at, ends=one.ends_at, sets=one.sets)


def stands_again(one: Booked, say: Say) -> str:
    """Somebody else's booking was put back."""
    return say("booking-stands", who=one.who, name=brief(one.name), starts=one.starts_at, ends=one.ends_at)


def given_back(one: Booked, say: Say) -> str:
    return say("booking-given-back", name=brief(one.name), starts=one.starts_at, ends=one.ends_at)


def own_page(some: Sequence[tuple[int, tuple[Booked, bool]]], count: int, say: Say) -> str:
    """One's own bookings, numbered as their buttons; of each whether a lesson is held there then."""
    said = []
    for number, (one, met) in some:
        line = say("booking-line", number=number, name=brief(one.name), starts=one.starts_at, ends=one.ends_at, sets=one.sets)
        said.append(f"{line}\n{say('booking-met-line')}" if met else line)
    return lines([say("bookings-title", count=count), "\n".join(said)])
