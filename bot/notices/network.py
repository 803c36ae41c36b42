"""What families hear of a new network workbook, besides its single lessons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot.notices import Notice
from bot.voice import Fact, Say, weekday_names


@dataclass(frozen=True, kw_only=True)
class TimetableChanged(Notice):
    """The weekly timetable of a child's group is another. `weekdays` (0 is Monday), `hours` and `places` run side by side."""

    id_group: int
    at: datetime
    child: str
    subject: str
    since: date
    weekdays: list[int]
    hours: list[str]
    places: list[str]

    @property
    def topic(self) -> str:
        return f"timetable:{self.id_group}"

    @property
    def version(self) -> str:
        return self.at.isoformat()

    def words(self, say: Say) -> dict[str, Fact]:
        days = weekday_names(say.language)
        rules = [
            f"{days[day]} {hours}" + (f" ({place})" if place else "")
            for day, hours, place in zip(self.weekdays, self.hours, self.places, strict=True)
        ]
        return {"child": self.child, "subject": self.subject, "since": self.since, "rules": rules}

    def text(self, say: Say, _detail: str) -> str:
        facts = self.words(say)
        if self.weekdays:
            return say("timetable-changed", **facts)
        return say("timetable-ended", child=self.child, subject=self.subject, since=self.since)
