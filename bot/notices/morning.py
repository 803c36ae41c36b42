"""The letters of the day to staff: the one of the morning, in sections, and tomorrow's lessons to who gives them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from bot.notices import Notice, Unsaid
from bot.targets import Agreements, Lessons, NetworkDay, Target, UnkeptReport
from bot.voice import Say, lines

PARTNERS, GROUPS, LESSONS = 12, 8, 20  # lines of a section


@dataclass(frozen=True, kw_only=True)
class Morning(Notice):
    """To a coordinator at nine of a working day: everything there is to say that morning, a section for each subject.

    A section is a method that returns its paragraph, or nothing; its facts are fields with defaults, so that letters written
    before it was there can be read. Counts only: whom it is about stands on the pages its buttons open.
    """

    day: date
    partners: Unsaid[list[str]] = field(default_factory=list)  # beside `lessons`: how many each gives today
    lessons: Unsaid[list[int]] = field(default_factory=list)
    changed: Unsaid[int] = 0  # of them, otherwise than planned
    unread: Unsaid[int] = 0  # families that have not said that they know of it
    absent: Unsaid[int] = 0  # pupils announced not to come
    journals: Unsaid[int] = 0  # lessons of which the journal says nothing, a week later
    courses: Unsaid[list[str]] = field(default_factory=list)  # beside them `groups` and `teachers`
    groups: Unsaid[list[str]] = field(default_factory=list)
    teachers: Unsaid[list[str]] = field(default_factory=list)
    agreed_with: Unsaid[list[str]] = field(default_factory=list)  # partners whose agreement ends soon, beside them:
    agreed_as: Unsaid[list[str]] = field(default_factory=list)  # its number
    agreed_for: Unsaid[list[int]] = field(default_factory=list)  # days left

    @property
    def topic(self) -> str:
        return "morning"

    @property
    def version(self) -> str:
        return str(self.day)

    def text(self, say: Say, _detail: str) -> str:
        return lines([say("morning", day=self.day), self._of_lessons(say), self._of_journals(say), self._of_agreements(say)])

    def buttons(self) -> list[tuple[str, Target]]:
        found: list[tuple[str, Target]] = []
        if self.lessons:
            found.append(("button-network-day", NetworkDay(self.day.toordinal())))
        if self.journals:
            found.append(("button-unkept-report", UnkeptReport()))
        if self.agreed_with:
            found.append(("button-papers-agreements", Agreements()))
        return found

    def _of_lessons(self, say: Say) -> str:
        if not self.lessons:
            return ""
        said = [say("morning-lessons", count=sum(self.lessons))]
        said += [
            say("morning-partner", partner=partner, count=count)
            for partner, count in list(zip(self.partners, self.lessons, strict=True))[:PARTNERS]
        ]
        said += [say("morning-changed", count=self.changed, unread=self.unread)] if self.changed else []
        said += [say("morning-absent", count=self.absent)] if self.absent else []
        return "\n".join(said)

    def _of_journals(self, say: Say) -> str:
        if not self.journals:
            return ""
        shown = [
            say("morning-journal", course=course, group=group, teacher=teacher)
            for course, group, teacher in list(zip(self.courses, self.groups, self.teachers, strict=True))[:GROUPS]
        ]
        return "\n".join([say("morning-journals", count=self.journals), *shown])

    def _of_agreements(self, say: Say) -> str:
        of = zip(self.agreed_with, self.agreed_as, self.agreed_for, strict=True)
        return "\n".join(say("morning-agreement", partner=partner, number=number, left=left) for partner, number, left in of)


@dataclass(frozen=True, kw_only=True)
class LessonsToGive(Notice):
    """To a teacher the evening before: their lessons, and how many will be missing. The lists run side by side."""

    day: date
    starts: Unsaid[list[datetime]]
    courses: Unsaid[list[str]]
    groups: Unsaid[list[str]]
    places: Unsaid[list[str]]
    missing: Unsaid[list[int]]

    @property
    def topic(self) -> str:
        return f"teaching:{self.day}"

    @property
    def version(self) -> str:
        return "-".join(str(int(at.timestamp())) for at in self.starts)

    def buttons(self) -> list[tuple[str, Target]]:
        return [("button-lessons", Lessons())]

    def text(self, say: Say, _detail: str) -> str:
        rows = zip(self.starts, self.courses, self.groups, self.places, self.missing, strict=True)
        said = [
            say("lessons-to-give-line", at=at, course=course, group=group, place=place, missing=missing)
            for at, course, group, place, missing in list(rows)[:LESSONS]
        ]
        return "\n".join([say("lessons-to-give", day=self.day), *said])
