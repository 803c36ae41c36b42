"""The letters of the day to staff: the one of the morning, in sections, and tomorrow's lessons to who gives them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from bot.notices import Notice, Unsaid
from bot.notices.roadmap import LISTED, of_one, task_line, where
from bot.notices.unkept import group_lines
from bot.targets import Agreements, Board, Inbox, Lessons, MarkHome, NetworkDay, Target, UnkeptReport
from bot.voice import Say, lines

PARTNERS, GROUPS, LESSONS = 12, 8, 20  # lines of a section
OPENINGS = {"": "morning", "plan": "morning-plan", "digest": "morning-digest"}
WAITS = {
    "applications": "morning-applications",
    "approved": "morning-approved",
    "answers": "morning-answers",
    "calls": "morning-calls",
}
TASKS = ("tasks", "titles", "dues", "late", "unanswered", "whose")  # fields side by side


@dataclass(frozen=True, kw_only=True)
class Morning(Notice):
    """To the staff at nine of a working day: everything there is to say that morning, a section for each subject.

    A section is a method that returns its paragraphs, or none; its facts are fields with defaults, so that letters written
    before it was there can be read. Counts only: whom it is about stands on the pages its buttons open.
    """

    day: date
    week: Unsaid[str] = ""  # plan: of the week, with its first letter; digest: a director's
    partners: Unsaid[list[str]] = field(default_factory=list)  # beside `lessons`: how many each gives today
    lessons: Unsaid[list[int]] = field(default_factory=list)
    changed: Unsaid[int] = 0  # of them, otherwise than planned
    unread: Unsaid[int] = 0  # families that have not said that they know of it
    absent: Unsaid[int] = 0  # pupils announced not to come
    journals: Unsaid[int] = 0  # lessons of which the journal says nothing, a week later
    courses: Unsaid[list[str]] = field(default_factory=list)  # beside them `groups` and `teachers`
    groups: Unsaid[list[str]] = field(default_factory=list)
    teachers: Unsaid[list[str]] = field(default_factory=list)
    to_enter: Unsaid[int] = 0  # lessons the reader is to enter, three days later (or the partner's, whose teacher has no bot)
    own_courses: Unsaid[list[str]] = field(default_factory=list)  # beside them `own_groups` and `own_days`
    own_groups: Unsaid[list[str]] = field(default_factory=list)
    own_days: Unsaid[list[str]] = field(default_factory=list)  # of each group its days, «2026-11-05 2026-11-12»
    agreed_with: Unsaid[list[str]] = field(default_factory=list)  # partners whose agreement ends soon, beside them:
    agreed_as: Unsaid[list[str]] = field(default_factory=list)  # its number
    agreed_for: Unsaid[list[int]] = field(default_factory=list)  # days left
    tasks: Unsaid[list[int]] = field(default_factory=list)  # beside them the five below
    titles: Unsaid[list[str]] = field(default_factory=list)
    dues: Unsaid[list[date]] = field(default_factory=list)
    late: Unsaid[list[int]] = field(default_factory=list)  # days overdue; 0 and below: ahead
    unanswered: Unsaid[list[str]] = field(default_factory=list)  # whose three reminders had no answer; empty: nobody's
    whose: Unsaid[list[str]] = field(default_factory=list)  # whose journals are not kept; empty: it is no journal
    result: Unsaid[str] = ""  # of the only task: what is expected
    place: Unsaid[list[str]] = field(default_factory=list)  # of the only task: plan, number and the partner
    can_hand: Unsaid[bool] = False  # of the only task: whether the recipient may give it to somebody else
    waits: Unsaid[list[str]] = field(default_factory=list)  # WAITS, beside it `waiting`: how many wait in the inbox
    waiting: Unsaid[list[int]] = field(default_factory=list)

    @property
    def topic(self) -> str:
        return "morning"

    @property
    def version(self) -> str:
        return str(self.day)

    def text(self, say: Say, _detail: str) -> str:
        parts = [say(OPENINGS[self.week], day=self.day), self._of_lessons(say), self._to_enter(say), self._of_journals(say)]
        return lines([*parts, *self._of_tasks(say), self._of_inbox(say), self._of_agreements(say)])

    def buttons(self) -> list[tuple[str, Target]]:
        found: list[tuple[str, Target]] = []
        if len(self.tasks) == 1:
            found += of_one(self.tasks[0], can_hand=self.can_hand)
        elif self.tasks:
            found.append(("button-tasks-open", Board("now", 0, anew=True)))
        if self.waits:
            found.append(("button-morning-inbox", Inbox()))
        if self.lessons:
            found.append(("button-network-day", NetworkDay(self.day.toordinal())))
        if self.to_enter:
            found.append(("button-mark", MarkHome()))
        if self.journals:
            found.append(("button-unkept-report", UnkeptReport()))
        if self.agreed_with:
            found.append(("button-papers-agreements", Agreements()))
        return found

    def without(self, task: int) -> Morning | None:
        """The same when a task has changed before it was said; None: there is nothing else to say."""
        kept = [at for at, one in enumerate(self.tasks) if one != task]
        lists = {name: [getattr(self, name)[at] for at in kept] for name in TASKS}
        left = replace(self, **lists)  # type: ignore[arg-type]
        others = (self.lessons, self.to_enter, self.journals, self.waits, self.agreed_with)
        return left if kept or any(others) else None

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

    def _to_enter(self, say: Say) -> str:
        if not self.to_enter:
            return ""
        groups = "\n".join(group_lines(say, self.own_courses, self.own_groups, self.own_days))
        return say("journal-unkept", count=self.to_enter, groups=groups)

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

    def _of_tasks(self, say: Say) -> list[str]:
        """One task as a letter of its own would say it; several as a list; in the plan of the week under three headings."""
        if len(self.tasks) == 1 and self.place:
            first = task_line(say, self.titles[0], self.dues[0], self.late[0])
            below = [say("task-result", result=self.result)] if self.result else []
            plan, number, partner = self.place
            below.append(say("task-place", where=where(say, plan, number, partner or None)))
            return ["\n".join([first, *self._why(say, 0), *below])]
        at = range(len(self.tasks))
        if not self.week:
            return [self._listed(say, say("morning-tasks", count=len(self.tasks), overdue=sum(n > 0 for n in self.late)), at)]
        sunday = self.day + timedelta(days=6 - self.day.weekday())
        overdue = [n for n in at if self.late[n] > 0]
        near = [n for n in at if self.late[n] <= 0 and self.dues[n] <= sunday]
        far = [n for n in at if self.dues[n] > sunday]
        return [
            self._listed(say, say("morning-overdue", count=len(overdue)), overdue),
            self._listed(say, say("morning-this-week", count=len(near)), near),
            self._listed(say, say("morning-ahead"), far),
        ]

    def _listed(self, say: Say, heading: str, some: Sequence[int]) -> str:
        if not some:
            return ""
        shown = [heading]
        for n in some[:LISTED]:
            key = "task-letter-passed" if self.late[n] > 0 else "task-letter-line"
            shown += [say(key, title=self.titles[n], due=self.dues[n]), *self._why(say, n)]
        if len(some) > LISTED:
            shown.append(say("task-letter-more", count=len(some) - LISTED))
        return "\n".join(shown)

    def _why(self, say: Say, at: int) -> list[str]:
        unanswered, whose = self.unanswered[at], self.whose[at]
        said = [say("morning-unanswered", who=unanswered)] if unanswered else []
        return [*said, say("morning-whose", whose=whose)] if whose else said

    def _of_inbox(self, say: Say) -> str:
        if not self.waits:
            return ""
        shown = [say(WAITS[what], count=count) for what, count in zip(self.waits, self.waiting, strict=True)]
        return "\n".join([say("morning-inbox"), *shown])


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
