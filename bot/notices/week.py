"""What a family is sent on Friday evening: the child's week in the journal, as a picture with the same facts below it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from bot.notices import BULK, Notice, Unsaid
from bot.notices.drawn import DrawnCourse, DrawnSummary
from bot.notices.journal import mark_words
from bot.targets import JournalOf, SummaryOf, Target
from bot.voice import Fact, Say

CAPTION = 900  # characters: Telegram lets a picture have 1024 below it


@dataclass(frozen=True, kw_only=True)
class CourseWeek:
    """A child's week in one course: each lesson the journal was kept of, in order (there | late | missed), and the marks."""

    course: str
    colour: int
    lessons: list[str]
    days: list[date]  # of those lessons
    marks: list[str]

    def line(self, say: Say) -> str:
        """«Робототехника»: занятий 2, пропусков 1. Отметки: 5, 4."""
        marks = ", ".join(mark_words(say, mark) for mark in self.marks)
        missed, late = self.lessons.count("missed"), self.lessons.count("late")
        there = "marked" if self.marks else "bare"
        return say(
            "week-told-course", course=self.course, lessons=len(self.lessons), missed=missed, late=late, marks=marks, are=there
        )


@dataclass(frozen=True, kw_only=True)
class WeekTold(Notice):
    """To the family and the pupil, on Friday evening: attendance and marks of the week, course by course."""

    urgency: ClassVar[int] = BULK
    private: ClassVar[bool] = True
    news: ClassVar[str] = "week"
    alone: ClassVar[bool] = True

    child: str
    monday: date
    pupil: Unsaid[int]
    courses: Unsaid[list[CourseWeek]]

    @property
    def topic(self) -> str:
        return f"week:{self.pupil}:{self.monday}"

    @property
    def version(self) -> str:
        return "1"

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)

    def buttons(self) -> list[tuple[str, Target]]:
        return [
            ("button-picture-dark", SummaryOf(self.pupil, self.monday.toordinal(), 1)),
            ("button-journal-open", JournalOf(self.pupil)),
        ]

    def words(self, _say: Say) -> dict[str, Fact]:
        return {"child": self.child, "monday": self.monday, "sunday": self.sunday}

    def text(self, say: Say, detail: str) -> str:
        if detail == "discreet":
            return say("week-told-discreet")
        return self._lines(say("week-told", child=self.child, monday=self.monday, sunday=self.sunday), say)

    def own_text(self, say: Say, detail: str) -> str:
        if detail == "discreet":
            return say("week-told-discreet")
        return self._lines(say("week-told-own", monday=self.monday, sunday=self.sunday), say)

    def _lines(self, heading: str, say: Say) -> str:
        said, room = [heading], CAPTION - len(heading)
        for place, course in enumerate(self.courses):
            line = course.line(say)
            room -= len(line) + 1
            if room < 0:
                return "\n".join([*said, say("week-told-more", count=len(self.courses) - place)])
            said.append(line)
        return "\n".join(said)

    def picture(self, say: Say, detail: str, _reader: int) -> DrawnSummary | None:
        return None if detail == "discreet" else self.drawn(say)

    def drawn(self, say: Say, *, dark: bool = False) -> DrawnSummary:
        """The week as it is drawn."""
        return DrawnSummary(
            title=say.plain("week-told-title", monday=self.monday, sunday=self.sunday),
            whose=self.child,
            courses=tuple(
                DrawnCourse(
                    name=one.course,
                    colour=one.colour,
                    lessons=tuple(one.lessons),
                    days=tuple(say.plain("week-told-day", day=day) for day in one.days),
                    marks=tuple(mark_words(say, mark) for mark in one.marks),
                )
                for one in self.courses
            ),
            words=(say.plain("week-told-there"), say.plain("week-told-late"), say.plain("week-told-missed")),
            language=say.language,
            dark=dark,
        )
