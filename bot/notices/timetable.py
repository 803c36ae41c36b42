"""What families and staff hear about lessons: changes, tomorrow's lessons, whom to call."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime
from hashlib import sha256
from typing import Any, ClassVar

from bot.notices import BULK, Notice, Unsaid
from bot.targets import AbsenceOn, LessonSeen, Target
from bot.voice import Fact, Say

KNEW = ("was_at", "was_ends", "was_place", "was_teacher", "was_cancelled", "added")
LESSONS = 15  # lines of one day


@dataclass(frozen=True, kw_only=True)
class Told:
    """One lesson of a child: how the family knew it (was_*) and how it stands (now_*). Which letter it becomes
    follows from the difference, so that several unsent changes are told as one: A → B → C says A → C."""

    for_all: ClassVar[frozenset[str]] = frozenset(("button-lesson-seen",))

    lesson: int
    change: int
    pupil: int
    child: str  # first name
    subject: str
    was_at: datetime
    was_ends: datetime
    was_place: str | None
    was_teacher: str | None  # without the surname
    was_cancelled: bool
    now_at: datetime
    now_ends: datetime
    now_place: str | None
    now_teacher: str | None
    now_cancelled: bool
    reason: str | None = None
    added: bool = False  # the family never knew of it: there was no such lesson
    year: int = 0  # in which it is said, by the network's clock: a moment of another one is told with its year
    ruled: bool = False  # a new weekly timetable puts it elsewhere, and it is told by itself

    @property
    def topic(self) -> str:
        return f"lesson:{self.lesson}"

    @property
    def version(self) -> str:
        return str(self.change)

    @property
    def change_told(self) -> int | None:
        return self.change

    def after(self, older: Notice) -> Notice | None:
        """What the family still has to hear when they never heard the older letter."""
        mine = {field.name: getattr(self, field.name) for field in fields(self)}
        knew = {name: getattr(older, name) for name in KNEW} if isinstance(older, Told) else {}
        return telling(**mine | knew)

    def buttons(self) -> list[tuple[str, Target]]:
        return [("button-lesson-seen", LessonSeen(self.change, self.pupil))]

    def words(self, _say: Say) -> dict[str, Fact]:
        facts: dict[str, Fact] = {"child": self.child, "subject": self.subject, "was": self.was_at, "now": self.now_at}
        facts |= {"year": self.year}
        facts |= {"was_place": self.was_place or "—", "now_place": self.now_place or "—"}
        facts |= {"was_ends": self.was_ends, "now_ends": self.now_ends}
        return facts | {"was_teacher": self.was_teacher or "—", "now_teacher": self.now_teacher or "—"}

    def text(self, say: Say, _detail: str) -> str:
        return self._told(say, own="no")

    def own_text(self, say: Say, _detail: str) -> str:
        """To the pupil: no name of his own before it."""
        return self._told(say, own="yes")

    def _told(self, say: Say, own: str) -> str:
        return "\n".join([self.sentence(say, own), *self.details(say), *self._why(say)])

    def _why(self, say: Say) -> list[str]:
        return [say("lesson-because", reason=self.reason)] if self.reason else []

    def listed(self, say: Say, _detail: str, *, own: bool) -> tuple[str, str] | None:
        """«изменения в расписании»: what is told of a child in one evening is a list under why it is so."""
        heading = say("changes-told-own") if own else say("changes-told", child=self.child)
        how = type(self).__name__.removeprefix("Lesson").lower()
        if self.was_at == self.now_at and how == "moved":
            how = "end"
        elif self.was_at != self.now_at and self.ruled:
            how = "elsewhere"
        line = say(
            "change-listed",
            how=how,
            subject=self.subject,
            year=self.year,
            was=self.was_at,
            now=self.now_at,
            was_ends=self.was_ends,
            now_ends=self.now_ends,
            was_place=self.was_place or "—",
            now_place=self.now_place or "—",
            was_teacher=self.was_teacher or "—",
            now_teacher=self.now_teacher or "—",
        )
        return "\n".join([heading, *self._why(say)]), " ".join([line, *self.details(say)])

    def sentence(self, say: Say, own: str) -> str:
        """The sentence itself."""
        raise NotImplementedError

    def details(self, _say: Say) -> list[str]:
        """What is said after it, a line each."""
        return []

    def more(self, say: Say) -> list[str]:
        """Another place and another teacher."""
        said = []
        if self.now_place != self.was_place and self.now_place:
            said.append(say("lesson-now-place", place=self.now_place))
        if self.now_teacher != self.was_teacher and self.now_teacher:
            said.append(say("lesson-now-teacher", teacher=self.now_teacher))
        return said


@dataclass(frozen=True, kw_only=True)
class LessonMoved(Told, Notice):
    """The lesson has another time: a new beginning, or only a new end."""

    def sentence(self, say: Say, own: str) -> str:
        return (
            say("lesson-moved", **self.words(say), own=own)
            if self.now_at != self.was_at
            else say("lesson-moved-end", **self.words(say), own=own)
        )

    def details(self, say: Say) -> list[str]:
        return self.more(say)


@dataclass(frozen=True, kw_only=True)
class LessonCancelled(Told, Notice):
    """There will be no lesson: neither when the family expects it nor, if a new timetable puts it elsewhere, then."""

    def sentence(self, say: Say, own: str) -> str:
        if self.now_at == self.was_at or not self.ruled:
            return say("lesson-cancelled", own=own, child=self.child, subject=self.subject, was=self.was_at, year=self.year)
        return say(
            "lesson-cancelled-elsewhere",
            own=own,
            child=self.child,
            subject=self.subject,
            was=self.was_at,
            now=self.now_at,
            year=self.year,
        )


@dataclass(frozen=True, kw_only=True)
class LessonAdded(Told, Notice):
    """There is a lesson that the timetable did not have."""

    def sentence(self, say: Say, own: str) -> str:
        return say("lesson-added", own=own, child=self.child, subject=self.subject, now=self.now_at, year=self.year)

    def details(self, say: Say) -> list[str]:
        return [say("lesson-now-place", place=self.now_place)] if self.now_place else []


@dataclass(frozen=True, kw_only=True)
class LessonRestored(Told, Notice):
    """A cancelled lesson takes place after all, at its old time or another."""

    def sentence(self, say: Say, own: str) -> str:
        return say("lesson-restored", **self.words(say), own=own)

    def details(self, say: Say) -> list[str]:
        return self.more(say)


@dataclass(frozen=True, kw_only=True)
class LessonRoom(Told, Notice):
    """The lesson is somewhere else."""

    def sentence(self, say: Say, own: str) -> str:
        return say("lesson-room", **self.words(say), own=own)

    def details(self, say: Say) -> list[str]:
        return [say("lesson-now-teacher", teacher=self.now_teacher)] if self.now_teacher != self.was_teacher else []


@dataclass(frozen=True, kw_only=True)
class LessonTeacher(Told, Notice):
    """Somebody else gives the lesson."""

    def sentence(self, say: Say, own: str) -> str:
        return say("lesson-teacher", **self.words(say), own=own)


def telling(**facts: Any) -> Notice | None:
    """The letter that says this difference; None when there is none."""
    if facts["now_cancelled"]:
        return None if facts["was_cancelled"] else LessonCancelled(**facts)
    if facts["was_cancelled"]:
        return LessonAdded(**facts) if facts.get("added") else LessonRestored(**facts)
    if (facts["was_at"], facts["was_ends"]) != (facts["now_at"], facts["now_ends"]):
        return LessonMoved(**facts)
    if facts["was_place"] != facts["now_place"]:
        return LessonRoom(**facts)
    return LessonTeacher(**facts) if facts["was_teacher"] != facts["now_teacher"] else None


@dataclass(frozen=True, kw_only=True)
class LessonsTomorrow(Notice):
    """To a family the evening before: the child's lessons of one day. The lists run side by side."""

    urgency: ClassVar[int] = BULK
    of_guardian: ClassVar[frozenset[str]] = frozenset(("button-absence",))

    child: str
    day: date
    starts: list[datetime]
    subjects: list[str]
    places: list[str]

    @property
    def topic(self) -> str:
        return f"lessons:{self.day}"

    @property
    def version(self) -> str:
        """By what it says: one withdrawn because a lesson changed is posted anew with what stands."""
        said = "|".join(f"{at.isoformat()} {subject}" for at, subject in zip(self.starts, self.subjects, strict=True))
        return sha256(said.encode()).hexdigest()[:12]

    def buttons(self) -> list[tuple[str, Target]]:
        return [("button-absence", AbsenceOn(self.day.toordinal()))]

    def words(self, _say: Say) -> dict[str, Fact]:
        return {"child": self.child, "day": self.day}

    def text(self, say: Say, _detail: str) -> str:
        return self._told(say, own="no")

    def own_text(self, say: Say, _detail: str) -> str:
        return self._told(say, own="yes")

    def _told(self, say: Say, own: str) -> str:
        rows = list(zip(self.starts, self.subjects, self.places, strict=True))[:LESSONS]
        lines = [say("lessons-tomorrow-line", at=at, subject=subject, place=place) for at, subject, place in rows]
        return "\n".join([say("lessons-tomorrow", **self.words(say), own=own), *lines])


@dataclass(frozen=True, kw_only=True)
class LessonSoon(Notice):
    """To who chose so, one hour or two before a child's lesson."""

    of_guardian: ClassVar[frozenset[str]] = frozenset(("button-absence",))

    lesson: Unsaid[int]
    child: str
    subject: str
    at: datetime
    place: str
    day: Unsaid[date | None] = None  # by the network's clock; letters of before have none

    @staticmethod
    def of(lesson: int, at: datetime) -> str:
        """The topic: moved, it is reminded of at its new hour."""
        return f"soon:{lesson}:{int(at.timestamp())}"

    @property
    def topic(self) -> str:
        return LessonSoon.of(self.lesson, self.at)

    @property
    def version(self) -> str:
        return "soon"

    def buttons(self) -> list[tuple[str, Target]]:
        return [("button-absence", AbsenceOn(self.day.toordinal()))] if self.day else []

    def text(self, say: Say, _detail: str) -> str:
        return self._told(say, own="no")

    def own_text(self, say: Say, _detail: str) -> str:
        return self._told(say, own="yes")

    def _told(self, say: Say, own: str) -> str:
        return say("lesson-soon", child=self.child, subject=self.subject, at=self.at, place=self.place, own=own)
