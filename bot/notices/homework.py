"""What families hear of homework: set, changed, taken back."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from typing import Any, ClassVar

from bot.notices import Notice
from bot.notices.journal import OfDay
from bot.voice import Fact, Say

LONGEST = 600  # characters of a task in a message; the journal has it whole


@dataclass(frozen=True, kw_only=True)
class _Homework(OfDay):
    """The homework of a group's day: as the family knew it and as it stands; several lessons' one below another."""

    news: ClassVar[str] = "homework"

    was: str | None
    now: str | None
    due: date | None  # the group's next lesson; None: not planned yet
    versions: str
    said_on: date | None = None  # the day on which it is said; None: not known, and «завтра» is not said

    @property
    def topic(self) -> str:
        return f"homework:{self.pupil}:{self.group}:{self.day}"

    @property
    def version(self) -> str:
        return self.versions

    def after(self, older: Notice) -> Notice | None:
        mine = {field.name: getattr(self, field.name) for field in fields(self)}
        return homework_news(**mine | {"was": older.was}) if isinstance(older, _Homework) else None

    def told_on(self, today: date) -> Notice:
        said: Notice = replace(self, said_on=today)  # type: ignore[assignment]  # every homework is a Notice
        return said

    def words(self, _say: Say) -> dict[str, Fact]:
        return {"child": self.child, "course": self.course, "homework": _cut(self.now or self.was or "")} | self._when()

    def _when(self) -> dict[str, Fact]:
        """`when`: today | tomorrow | next (no day is known) | day (`due`)."""
        ahead = self.due - self.said_on if self.due and self.said_on else None
        when = {timedelta(): "today", timedelta(days=1): "tomorrow"}.get(ahead, "day") if ahead is not None else "day"
        return {"when": when if self.due else "next", "due": self.due or self.day}

    def line(self, say: Say) -> str:
        how = "new" if self.was is None else "removed" if self.now is None else "corrected"
        when = self._when()
        homework = _cut(self.now or self.was or "")
        return say("homework-listed", how=how, course=self.course, homework=homework, when=when["when"], due=when["due"])


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


@dataclass(frozen=True, kw_only=True)
class HomeworkSet(_Homework, Notice):
    """To the family: there is homework for the next lesson."""


@dataclass(frozen=True, kw_only=True)
class HomeworkChanged(_Homework, Notice):
    """To the family: the homework they know is another now."""


@dataclass(frozen=True, kw_only=True)
class HomeworkDropped(_Homework, Notice):
    """To the family: the homework they know is not to be done."""


def homework_news(**facts: Any) -> Notice | None:
    """The letter that tells how homework stands now; None: nothing the family does not know."""
    was, now = facts["was"], facts["now"]
    if was == now:
        return None
    if was is None:
        return HomeworkSet(**facts)
    return HomeworkDropped(**facts) if now is None else HomeworkChanged(**facts)
