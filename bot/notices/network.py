"""What families hear of a new network workbook, besides its single lessons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot.notices import Notice, Unsaid
from bot.notices.enrollment import _Fitting, _OfChoice
from bot.targets import GroupList, Target
from bot.voice import Fact, Say, weekday_names


@dataclass(frozen=True, kw_only=True)
class TimetableChanged(Notice):
    """The weekly timetable of a child's group is another. The lists run side by side: `weekdays` (0 is Monday), `hours`,
    `places`, `weeks` (all | even | odd) and `until` (a day in ISO, or nothing).
    """

    id_group: Unsaid[int]
    at: datetime
    child: str
    subject: str
    since: date
    weekdays: list[int]
    hours: list[str]
    places: list[str]
    weeks: list[str]
    until: list[str]

    @property
    def topic(self) -> str:
        return f"timetable:{self.id_group}"

    @property
    def version(self) -> str:
        return self.at.isoformat()

    def words(self, say: Say) -> dict[str, Fact]:
        days = weekday_names(say.language)
        rules = []
        for weekday, hours, place, weeks, until in zip(
            self.weekdays, self.hours, self.places, self.weeks, self.until, strict=True
        ):
            more = [place] if place else []
            if weeks == "even":
                more.append(say("timetable-even-weeks"))
            elif weeks == "odd":
                more.append(say("timetable-odd-weeks"))
            if until:
                more.append(say("timetable-until", day=date.fromisoformat(until)))
            rules.append(f"{days[weekday]} {hours}" + (f" ({', '.join(more)})" if more else ""))
        return {"child": self.child, "subject": self.subject, "since": self.since, "rules": rules}

    def text(self, say: Say, _detail: str) -> str:
        facts = self.words(say)
        if self.weekdays:
            return say("timetable-changed", **facts)
        return say("timetable-ended", child=self.child, subject=self.subject, since=self.since)


@dataclass(frozen=True, kw_only=True)
class PlaceChanged(_OfChoice, Notice):
    """To the family: a new workbook, or the coordinator's hand, changed the place or the number of a wish.

    `fate` and `why` as in bot/services/network/fates.py, and `hand`: moved by hand. `group`: the one it goes to.
    """

    fate: str
    why: str
    group: str
    number: int  # in the line, from 1; 0: a seat, or neither


@dataclass(frozen=True, kw_only=True)
class GroupTouched(_Fitting, Notice):
    """To the partner and the teachers: how many children of a course left, changed their place, or will not come."""

    id_course: Unsaid[int]
    at: Unsaid[datetime]
    course: str
    left: int
    moved: int
    fell: int

    @property
    def topic(self) -> str:
        return f"course:{self.id_course}:touched"

    @property
    def version(self) -> str:
        return self.at.isoformat()

    def buttons(self) -> list[tuple[str, Target]]:
        return [("button-groups", GroupList())]
