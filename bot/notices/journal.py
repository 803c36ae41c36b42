"""What families hear of the journal: marks, corrections, absences."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, ClassVar

from bot.notices import Notice
from bot.targets import JournalOf, Target, WhyAbsent
from bot.voice import Fact, Say

MEANINGS = {
    "absent": "meaning-absent",
    "late": "meaning-late",
    "sick": "meaning-sick",
    "excused": "meaning-excused",
    "present": "meaning-present",
    "mark": "meaning-mark",
}


@dataclass(frozen=True, kw_only=True)
class OfDay:
    """What is told of a child's day in one course. Several facts of a child in one message are a list."""

    private: ClassVar[bool] = True

    pupil: int
    group: int
    day: date
    child: str  # first name
    course: str

    def buttons(self) -> list[tuple[str, Target]]:
        return [("button-journal-open", JournalOf(self.pupil))]

    def about(self, key: str, say: Say) -> str:
        """«Указать причину: 9 ноября, Шахматы»."""
        return say.plain("journal-about", day=self.day, course=self.course) if key == "button-absence-why" else ""

    def listed(self, say: Say, detail: str, *, own: bool) -> tuple[str, str] | None:
        if detail == "discreet":
            return None
        heading = say("journal-told-own") if own else say("journal-told", child=self.child)
        return heading, self.line(say)

    def line(self, say: Say) -> str:
        """«• Шахматы, пн, 9 нояб. — пропуск»."""
        raise NotImplementedError


# ── marks ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, kw_only=True)
class MarkChange:
    """One mark: how the family knew it and how it stands. `place` is its identity within the day."""

    place: str  # lesson.ordinal
    was: str | None
    now: str | None
    work: str | None = None
    comment: str | None = None

    @property
    def news(self) -> str:
        return "mark" if self.was is None else "removal" if self.now is None else "correction"

    def words(self, say: Say, *, alone: bool = False) -> str:
        """«5 (контрольная)», «4 → 5»; plain text."""
        was, now = mark_words(say, self.was), mark_words(say, self.now)
        said = f"{was} → {now}" if self.was and self.now else (now or was)
        return said if alone or not self.work else f"{said} ({_cut(self.work, 60)})"


def _cut(text: str | None, longest: int) -> str:
    text = text or ""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def mark_words(say: Say, mark: str | None) -> str:
    if mark is None:
        return ""
    return say.plain("mark-debt") if mark.casefold() == "точка" else mark


@dataclass(frozen=True, kw_only=True)
class _Marks(OfDay):
    """What changed in a child's marks of one course on one day. Which letter it becomes follows from the changes, so that
    several unsent letters are told as one: 4, then 5 says 5."""

    changes: list[MarkChange]
    versions: str

    @property
    def topic(self) -> str:
        return f"marks:{self.pupil}:{self.group}:{self.day}"

    @property
    def version(self) -> str:
        return self.versions

    def after(self, older: Notice) -> Notice | None:
        """What the family still has to hear when they never heard the older letter."""
        if not isinstance(older, _Marks):
            return None
        told = {change.place: change for change in older.changes}
        for change in self.changes:
            was = told[change.place].was if change.place in told else change.was
            told[change.place] = MarkChange(place=change.place, was=was, now=change.now, work=change.work, comment=change.comment)
        left = [change for _, change in sorted(told.items()) if change.was != change.now]
        mine = {field.name: getattr(self, field.name) for field in fields(self)}
        return mark_news(**mine | {"changes": left}) if left else None

    def line(self, say: Say) -> str:
        kinds = {change.news for change in self.changes}
        how = kinds.pop() if len(kinds) == 1 else "several"
        facts = self.words(say)
        marks, work, comment = facts["marks"], facts["work"], facts["comment"]
        return say("marks-listed", how=how, course=self.course, day=self.day, marks=marks, work=work, comment=comment)

    def words(self, say: Say) -> dict[str, Fact]:
        works = {change.work for change in self.changes}
        work = _cut(next(iter(works)), 60) if len(works) == 1 else None  # one kind of work for all is said once
        comments = list(dict.fromkeys(change.comment for change in self.changes if change.comment and change.now))
        return {
            "child": self.child,
            "course": self.course,
            "day": self.day,
            "marks": _cut(", ".join(change.words(say, alone=bool(work)) for change in self.changes), 1500),
            "work": f" ({work})" if work else "",
            "comment": f"\n💬 {_cut('; '.join(comments), 500)}" if comments else "",
        }


@dataclass(frozen=True, kw_only=True)
class MarkNew(_Marks, Notice):
    """To the family: one or several marks of a day."""

    news: ClassVar[str] = "mark"


@dataclass(frozen=True, kw_only=True)
class MarkCorrected(_Marks, Notice):
    """To the family: a mark they know is another now."""

    news: ClassVar[str] = "correction"


@dataclass(frozen=True, kw_only=True)
class MarkRemoved(_Marks, Notice):
    """To the family: a mark they know is gone."""

    news: ClassVar[str] = "removal"

    def words(self, say: Say) -> dict[str, Fact]:
        return super().words(say) | {"comment": ""}


@dataclass(frozen=True, kw_only=True)
class MarksChanged(_Marks, Notice):
    """To the family: some marks of the day are new, others corrected or gone."""

    def unmuted(self, muted: Collection[str]) -> Notice | None:
        kept = [change for change in self.changes if change.news not in muted]
        mine = {field.name: getattr(self, field.name) for field in fields(self)}
        return mark_news(**mine | {"changes": kept}) if kept else None

    def words(self, say: Say) -> dict[str, Fact]:
        def some(*, was: bool, now: bool) -> str:
            there = [change for change in self.changes if bool(change.was) == was and bool(change.now) == now]
            return ", ".join(change.words(say) for change in there)

        said = {
            "new": some(was=False, now=True),
            "corrected": some(was=True, now=True),
            "removed": some(was=True, now=False),
        }
        parts = []
        if said["new"]:
            parts.append(say.plain("marks-changed-new", marks=said["new"]))
        if said["corrected"]:
            parts.append(say.plain("marks-changed-corrected", marks=said["corrected"]))
        if said["removed"]:
            parts.append(say.plain("marks-changed-removed", marks=said["removed"]))
        return super().words(say) | {"marks": "; ".join(parts), "work": ""}


def mark_news(**facts: Any) -> Notice:
    """The letter that tells these changes of marks (there is at least one)."""
    changes: list[MarkChange] = facts["changes"]
    if all(change.was is None for change in changes):
        return MarkNew(**facts)
    if all(change.now is None for change in changes):
        return MarkRemoved(**facts)
    if all(change.was is not None and change.now is not None for change in changes):
        return MarkCorrected(**facts)
    return MarksChanged(**facts)


# ── attendance ──────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, kw_only=True)
class _Attendance(OfDay):
    """How a child's day in one group stood for the family and how it stands: there | late | missed. Never why."""

    news: ClassVar[str] = "absence"

    was: str
    now: str
    was_lessons: int
    lessons: int  # missed or late for
    asks: bool  # whether to offer «Указать причину»
    versions: str

    @property
    def topic(self) -> str:
        return f"attendance:{self.pupil}:{self.group}:{self.day}"

    @property
    def version(self) -> str:
        return self.versions

    def after(self, older: Notice) -> Notice | None:
        if not isinstance(older, _Attendance):
            return None
        mine = {field.name: getattr(self, field.name) for field in fields(self)}
        return attendance_news(**mine | {"was": older.was, "was_lessons": older.was_lessons})

    def line(self, say: Say) -> str:
        mended = "yes" if isinstance(self, AttendanceCorrected) else "no"
        was, now = self.was, self.now
        return say("attendance-listed", mended=mended, course=self.course, day=self.day, was=was, now=now, lessons=self.lessons)

    def words(self, _say: Say) -> dict[str, Fact]:
        return {"child": self.child, "course": self.course, "day": self.day, "lessons": self.lessons}


@dataclass(frozen=True, kw_only=True)
class Absence(_Attendance, Notice):
    """To the family: the child was not at a lesson."""

    def buttons(self) -> list[tuple[str, Target]]:
        why = [("button-absence-why", WhyAbsent(self.pupil, self.group, self.day.toordinal()))]
        return (why if self.asks else []) + super().buttons()


@dataclass(frozen=True, kw_only=True)
class Late(_Attendance, Notice):
    """To the family: the child came late."""


@dataclass(frozen=True, kw_only=True)
class AttendanceCorrected(_Attendance, Notice):
    """To the family: what was said of the day was a mistake; the child was there, or was only late."""

    def words(self, say: Say) -> dict[str, Fact]:
        return super().words(say) | {"was": self.was, "now": self.now}


def attendance_news(**facts: Any) -> Notice | None:
    """The letter that tells how a day's attendance stands now; None: nothing the family does not know."""
    was, now = facts["was"], facts["now"]
    if was == now and facts["lessons"] <= facts["was_lessons"]:
        return None
    if now == "missed":
        return Absence(**facts)
    if now == "late" and was != "missed":
        return Late(**facts)
    return AttendanceCorrected(**facts)
