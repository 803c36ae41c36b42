"""What staff hear of lessons that are not in the journal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.notices import Notice, Unsaid
from bot.targets import MarkHome, Target, UnkeptReport
from bot.voice import Fact, Say

GROUPS, DAYS = 8, 4  # of each, in one letter: the rest is counted


def group_lines(say: Say, courses: Sequence[str], codes: Sequence[str], kept: Sequence[str]) -> list[str]:
    """A line a group: «Робототехника», Г-01: 5 ноября, 12 ноября. `kept`: of each group its days, «2026-11-05 2026-11-12»."""
    said = []
    for course, code, each in list(zip(courses, codes, kept, strict=True))[:GROUPS]:
        days = [say.plain("report-day-short", day=date.fromisoformat(day)) for day in each.split()]
        shown, more = ", ".join(days[:DAYS]), len(days) - DAYS
        said.append(
            say.plain("journal-unkept-group-more", course=course, group=code, days=shown, more=more)
            if more > 0
            else say.plain("journal-unkept-group", course=course, group=code, days=shown)
        )
    return said


@dataclass(frozen=True, kw_only=True)
class _Unkept:
    """Which lessons, by group."""

    count: int
    courses: Unsaid[list[str]]
    codes: Unsaid[list[str]]
    days: Unsaid[list[str]]  # of each group its days, «2026-11-05 2026-11-12»
    teachers: Unsaid[list[str]]  # first name and patronymic
    newest: Unsaid[datetime]  # when the last of these lessons ended

    @property
    def version(self) -> str:
        return self.newest.isoformat()

    def lines(self, say: Say) -> list[str]:
        return group_lines(say, self.courses, self.codes, self.days)


@dataclass(frozen=True, kw_only=True)
class JournalUnkept(_Unkept, Notice):
    """To a teacher, three days after a lesson: written by earlier versions, now a section of Morning."""

    @property
    def topic(self) -> str:
        return "journal-unkept"

    def words(self, say: Say) -> dict[str, Fact]:
        return {"count": self.count, "groups": "\n".join(self.lines(say))}

    def buttons(self) -> list[tuple[str, Target]]:
        return [("button-mark", MarkHome())]


@dataclass(frozen=True, kw_only=True)
class JournalUnkeptTold(_Unkept, Notice):
    """To the coordinators of the pupils' schools, a week after a lesson: written by earlier versions, now a section of Morning."""

    @property
    def topic(self) -> str:
        return "journal-unkept-told"

    def words(self, say: Say) -> dict[str, Fact]:
        lines = self.lines(say)
        named = [
            say.plain("journal-unkept-teacher", line=line, teacher=teacher)
            for line, teacher in zip(lines, self.teachers, strict=False)
        ]
        return {"count": self.count, "groups": "\n".join(named)}

    def buttons(self) -> list[tuple[str, Target]]:
        return [("button-unkept-report", UnkeptReport())]
