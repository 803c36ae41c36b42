"""What a change of several lessons means: whose lessons, of which days, and what becomes of them; as a button carries it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.clock import Moment
from bot.policy import Person, can
from bot.refusals import Refusal, stamp
from bot.services.timetable.lessons import scope_of, things_of
from bot.services.timetable.typed_days import Period
from bot.services.timetable.views.narrowing import Asked, looked
from storage.db import Tx
from storage.timetable import timetable, views
from storage.timetable.timetable import Standing, Stood
from storage.timetable.views import Narrowed

LONGEST = 62  # days of one change
MOST = 60  # lessons of one change: a teacher has some ten a week


def period(ordinal: int, days: int, today: date) -> Period:
    """The days a button means; Refusal where they are none of our age."""
    if not 0 < days <= LONGEST or abs(ordinal - today.toordinal()) > 2 * LONGEST + 366:
        raise Refusal("gone")
    first = date.fromordinal(ordinal)
    return Period(first, first + timedelta(days=days - 1))


@dataclass(frozen=True)
class Deed:
    """What becomes of the lessons. `verb`: cancel | give (to the teacher `number`) | room (of «Помещения», `number`) | place (in
    `words`) | days (so many later, earlier if negative) | hour (`number`: minutes since midnight).
    """

    verb: str
    number: int = 0
    words: str = ""

    @property
    def code(self) -> str:
        """As a button carries it; words stay behind, with their stamp."""
        return f"{CODES[self.verb]}{stamp(self.words) if self.verb == 'place' else self.number}"

    def stands(self, lesson: Stood, zone: ZoneInfo) -> Standing:
        """How a lesson stands then."""
        was = lesson.standing
        match self.verb:
            case "cancel":
                return replace(was, cancelled=True)
            case "give":
                return replace(was, teacher_id=None if self.number == lesson.own_teacher_id else self.number)
            case "room" | "place":
                return replace(was, place=self.words)
        here = was.starts_at.astimezone(zone)
        day = here.date() + timedelta(days=self.number if self.verb == "days" else 0)
        clock = time(*divmod(self.number, 60)) if self.verb == "hour" else here.time()
        starts = datetime.combine(day, clock, zone).astimezone(was.starts_at.tzinfo)
        return replace(was, starts_at=starts, ends_at=starts + (was.ends_at - was.starts_at))


CODES = {"cancel": "c", "give": "g", "room": "r", "place": "w", "days": "d", "hour": "h"}
_DEED = re.compile(r"([cgrdh])(-?\d{1,9})|w([0-9a-f]{8})")


def deed(code: str, words: str = "") -> Deed:
    """The deed a button means; `words`: the place that was typed. Refusal where the button means none, or other words."""
    found = _DEED.fullmatch(code)
    if found is None:
        raise Refusal("gone")
    if found[3]:
        if stamp(words) != found[3]:
            raise Refusal("period-changed-since")
        return Deed("place", words=words)
    verb = next(verb for verb, letter in CODES.items() if letter == found[1])
    number = int(found[2])
    if (verb == "hour" and not 0 <= number < 1440) or (verb == "days" and abs(number) > LONGEST):
        raise Refusal("gone")
    return Deed(verb, number)


# ── whose lessons ───────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Whose:
    """Whose lessons: one's own (`o`), of a group (`g5`), a teacher (`t21`), a partner (`p3`), a place (`x` and its stamp), everybody's (`a`), or one (`l7`)."""

    code: str = "o"

    @property
    def lesson(self) -> int:
        return self._number if self.code[:1] == "l" else 0

    @property
    def asked(self) -> Asked:
        match self.code[:1]:
            case "g":
                return Asked(group=self._number)
            case "t":
                return Asked(teacher=self._number)
            case "p":
                return Asked(partner=self._number)
            case "a":
                return Asked(everyone=True)
            case "x":
                return Asked(place=self.code[1:])
        return Asked()

    @property
    def _number(self) -> int:
        number = self.code[1:]
        if not (number.isascii() and number.isdecimal() and len(number) < 10):
            raise Refusal("gone")
        return int(number)


@dataclass(frozen=True)
class Wanted:
    """Whose lessons of which days, and what shall become of them."""

    whose: Whose
    period: Period
    deed: Deed
    reason: str | None = None


async def lessons_meant(tx: Tx, whose: Whose, days: Period, *, by: Person, at: Moment) -> list[Stood]:
    """The lessons ahead that are meant, not cancelled, and theirs to change; in order."""
    if whose.lesson:
        one = await timetable.lesson(tx, whose.lesson)
        found = [] if one is None or one.cancelled_at is not None else [one]
    else:
        scope, narrowed = scope_of(by), Narrowed(teachers=by.staff_as("teacher"))
        if whose.code != "o" or not narrowed.teachers:
            what = await looked(tx, by, whose.asked, at.today)
            scope, narrowed = what.scope, what.narrowed
        since, until = days.moments(at.zone)
        found = await views.to_change(tx, scope, narrowed, max(since, at.now), until)
    return [one for one in found if one.starts_at > at.now and _theirs(by, one)]


def _theirs(by: Person, lesson: Stood) -> bool:
    return any(can(by, "lesson.move", thing) for thing in things_of(lesson))


def seen(lessons: list[Stood]) -> str:
    """What a page showed: another lesson, or another hour, is another stamp."""
    return stamp(*[(one.id, one.starts_at) for one in lessons])
