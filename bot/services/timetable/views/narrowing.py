"""What those who teach and organize may look at, and what they narrow it to: a group, a partner, a teacher, a place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.policy import Person
from bot.refusals import Refusal, stamp
from bot.services.network.years import running_now
from bot.services.timetable.lessons import scope_of
from bot.voice import short_name
from storage.db import Tx
from storage.timetable import timetable, views
from storage.timetable.timetable import Scope
from storage.timetable.views import Narrowed


@dataclass(frozen=True)
class Asked:
    """What a button asks for. With nothing of it, one's own lessons."""

    group: int = 0
    partner: int = 0
    teacher: int = 0
    place: str = ""  # the stamp of a place of the list
    everyone: bool = False  # everybody's whom one may see, not one's own alone


def asked(by: str, which: str, group: int) -> Asked:
    """What a button's words mean; what they cannot mean is nothing: one's own lessons."""
    number = int(which) if which.isascii() and which.isdecimal() and len(which) < 10 else 0
    match by:
        case "partner":
            return Asked(partner=number)
        case "teacher":
            return Asked(teacher=number)
        case "place":
            return Asked(place=which)
    return Asked(group, everyone=by == "all")


@dataclass(frozen=True)
class Looked:
    """Whose lessons, narrowed to what, and how that is called."""

    scope: Scope
    narrowed: Narrowed
    what: str = ""  # partner | teacher | place; empty: the page needs no such line
    name: str = ""


def heads(person: Person) -> bool:
    """Whether somebody looks at the whole network: its coordinators and directors."""
    return bool(person.organizations_as("coordinator", "director"))


def organizes(person: Person) -> bool:
    """Whether there are other people's lessons to choose from."""
    return heads(person) or bool(person.organizations_as("partner"))


async def looked(tx: Tx, person: Person, wanted: Asked, today: date) -> Looked:
    """What a button means; Refusal where what it names is gone, or is nothing of theirs.

    One's own week holds one's own lessons, not the whole network's; what was chosen may be anybody's one may see.
    """
    whole = scope_of(person)
    if wanted.partner:
        name = await views.partner(tx, wanted.partner)
        return Looked(whole, Narrowed(partner=wanted.partner), "partner", short_name(_there(name)))
    if wanted.teacher:
        name = await views.teacher(tx, whole, await two_years(tx, today), wanted.teacher)
        return Looked(whole, Narrowed(teacher=wanted.teacher), "teacher", _there(name))
    if wanted.place:
        for partner, name, place in await views.every_place(tx, whole, await two_years(tx, today)):
            if stamp(partner, place) == wanted.place:
                called = f"{short_name(name)}, {timetable.short(place)}"
                return Looked(whole, Narrowed(place=(partner, place)), "place", called)
        raise Refusal("gone")
    own = Scope(whole.teachers, whole.organizations)
    return Looked(whole if wanted.group or wanted.everyone else own, Narrowed(group=wanted.group))


def _there(name: str | None) -> str:
    if name is None:
        raise Refusal("gone")
    return name


async def two_years(tx: Tx, today: date) -> tuple[int, int]:
    """The academic year that runs, and the next."""
    this = (await running_now(tx, today)).year
    return this, this + 1
