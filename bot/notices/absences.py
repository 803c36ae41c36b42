"""What is said of absences announced beforehand: how many to the teacher, of a class that stays at home to its families."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import ClassVar

from bot.notices import Notice, Unsaid
from bot.targets import AbsenceOn, LessonPage, Lessons, Target
from bot.voice import Fact, Say

LESSONS = 20  # lines of one letter


@dataclass(frozen=True, kw_only=True)
class LessonAbsences(Notice):
    """To who gives lessons of a day: of which it has changed who will come. How many, not who: names stand on the page.

    The lists run side by side. `was` and `now` are stamps of who was and is known to stay away: what is taken back before it
    was told leaves nothing to say.
    """

    day: date
    lessons: Unsaid[list[int]]
    starts: Unsaid[list[datetime]]
    courses: Unsaid[list[str]]
    groups: Unsaid[list[str]]
    counts: Unsaid[list[int]]
    was: Unsaid[list[str]]
    now: Unsaid[list[str]]
    said: Unsaid[str]  # when, so that what stands again as it did once is told again

    @property
    def topic(self) -> str:
        return f"absences:{self.day}"

    @property
    def version(self) -> str:
        return f"{self.said}:{'.'.join(self.now)}"

    def after(self, older: Notice) -> Notice | None:
        """Both as one: what was never told is told as it stands."""
        if not isinstance(older, LessonAbsences):
            return self
        mine = {one[0]: one for one in self._rows()}
        for one in older._rows():
            newer = mine.get(one[0])
            mine[one[0]] = one if newer is None else (*newer[:5], one[5], newer[6])
        rows = sorted((one for one in mine.values() if one[5] != one[6]), key=lambda one: (one[1], one[0]))
        if not rows:
            return None
        lessons, starts, courses, groups, counts, was, now = (list(each) for each in zip(*rows, strict=True))
        return replace(self, lessons=lessons, starts=starts, courses=courses, groups=groups, counts=counts, was=was, now=now)

    def _rows(self) -> list[tuple[int, datetime, str, str, int, str, str]]:
        lists = self.lessons, self.starts, self.courses, self.groups, self.counts, self.was, self.now
        return list(zip(*lists, strict=True))

    def buttons(self) -> list[tuple[str, Target]]:
        if len(self.lessons) == 1:
            return [("button-lesson-open", LessonPage(self.lessons[0]))]
        return [("button-lessons", Lessons())]

    def text(self, say: Say, _detail: str) -> str:
        said = [
            say("lesson-absences-line", at=starts, course=course, group=group, count=count)
            for _, starts, course, group, count, _, _ in self._rows()[:LESSONS]
        ]
        return "\n".join([say("lesson-absences", day=self.day), *said, say("lesson-absences-who", count=sum(self.counts))])


@dataclass(frozen=True, kw_only=True)
class ClassStaysHome(Notice):
    """To the families of a class that comes to no lessons for some days."""

    number: Unsaid[int]
    child: str
    class_name: str
    first: date
    last: date

    @property
    def topic(self) -> str:
        return f"class-absence:{self.number}"

    @property
    def version(self) -> str:
        return "said"

    def words(self, _say: Say) -> dict[str, Fact]:
        one_day = "yes" if self.first == self.last else "no"
        return {
            "child": self.child,
            "class_name": self.class_name,
            "first": self.first,
            "last": self.last,
            "one_day": one_day,
        }


@dataclass(frozen=True, kw_only=True)
class ClassComesAgain(Notice):
    """To the same families: it was taken back. Who never heard the first need not hear this."""

    number: Unsaid[int]
    child: str
    class_name: str

    @property
    def topic(self) -> str:
        return f"class-absence:{self.number}"

    @property
    def version(self) -> str:
        return "taken back"

    def after(self, older: Notice) -> Notice | None:
        return None if isinstance(older, ClassStaysHome) else self

    def words(self, _say: Say) -> dict[str, Fact]:
        return {"child": self.child, "class_name": self.class_name}


@dataclass(frozen=True, kw_only=True)
class AbsenceEntered(Notice):
    """To a child's family: staff have written down that it will not come, to one lesson or on some days."""

    private: ClassVar[bool] = True
    of_guardian: ClassVar[frozenset[str]] = frozenset(("button-absence-see",))

    pupil: Unsaid[int]
    lesson: Unsaid[int]
    child: str
    first: Unsaid[date]
    last: Unsaid[date]
    subject: Unsaid[str | None]
    at: Unsaid[datetime | None]
    said: Unsaid[str]

    @property
    def topic(self) -> str:
        return f"absence-entered:{self.pupil}:{self.lesson}:{self.first}:{self.last}"

    @property
    def version(self) -> str:
        return self.said

    def after(self, older: Notice) -> Notice | None:
        """What was taken back, and is said again, before anybody heard of it."""
        return None if type(older) is not type(self) else self

    def words(self, say: Say) -> dict[str, Fact]:
        if self.at is not None:
            when = say.plain("absence-when-lesson", at=self.at, course=self.subject or "")
        elif self.first == self.last:
            when = say.plain("absence-when-day", day=self.first)
        else:
            when = say.plain("absence-when-span", first=self.first, last=self.last)
        return {"child": self.child, "when": when}

    def buttons(self) -> list[tuple[str, Target]]:
        return [("button-absence-see", AbsenceOn(self.first.toordinal()))]


@dataclass(frozen=True, kw_only=True)
class AbsenceNotEntered(AbsenceEntered):
    """To the same: it was taken back."""

    def buttons(self) -> list[tuple[str, Target]]:
        return []
