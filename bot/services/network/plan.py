"""What a workbook would do, before anybody has agreed to it: its sheets, its lessons, who hears and what it asks."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from bot.reading.fault import Doubt
from bot.reading.workbook.rows import Note
from bot.services.network.compare import Difference
from bot.services.network.fates import Child

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Planned:
    """One lesson as the weekly rules have it. `week` is the Monday of the week in which it falls."""

    group: str  # folded
    week: date
    starts_at: datetime
    ends_at: datetime
    place: str | None
    since: date | None = None  # from which day its rule holds, where it says so


@dataclass(slots=True)
class Draft:
    """A lesson on its way from how it stands to how it will: the rules write in it, then the rows of Изменения.

    `by` says who decided what stands otherwise than the rules: time, place, teacher, cancelled → chat | row.
    """

    group: str  # folded
    week: date
    ordinal: int
    plan_starts_at: datetime
    plan_ends_at: datetime
    plan_place: str | None
    starts_at: datetime
    ends_at: datetime
    place: str | None
    teacher: str | None = None  # a stand-in's code, folded
    cancelled: bool = False
    archived: bool = False
    by: dict[str, str] = field(default_factory=dict)
    old: Any = None  # a row of storage.network.lessons; None: a new lesson
    single: bool = False  # a row of Изменения spoke of it, or the calendar did
    reason: str | None = None

    @property
    def extra(self) -> bool:
        """Added in chat for a cancelled one: no rule gives it, and none takes it away."""
        return self.old is not None and self.old.makes_up_id is not None

    @property
    def gone(self) -> bool:
        """Cancelled because the rules no longer give it."""
        return self.cancelled and "cancelled" not in self.by


@dataclass(frozen=True, slots=True)
class Altered:
    """A stored lesson that the plan changes: how it stood and what will be otherwise."""

    old: Any  # a row of storage.network.lessons
    kind: str  # moved | cancelled | restored | room | teacher
    values: Mapping[str, Any]  # of the table; `teacher` and not its id
    reason: str | None
    told: bool  # families hear of this very lesson


@dataclass(frozen=True, slots=True)
class Slip:
    """What is wrong with one row of Изменения: its column's field and the sentence, but for its place."""

    row: int
    field: str
    key: str
    facts: Mapping[str, Any]


@dataclass(slots=True)
class LessonPlan:
    new: list[Draft] = field(default_factory=list)
    changed: list[Altered] = field(default_factory=list)  # what can be seen of it
    quiet: list[tuple[int, Mapping[str, Any]]] = field(default_factory=list)  # id and values: nobody sees a difference
    slips: list[Slip] = field(default_factory=list)  # rows of Изменения that cannot be carried out
    asks: list[Note] = field(default_factory=list)  # what the book and what people decided do not agree on
    drafts: list[Draft] = field(default_factory=list)  # every lesson as it will stand
    planned: list[Planned] = field(default_factory=list)  # every lesson the rules give
    now: datetime = LONG_AGO
    kept: str | None = None  # Изменения to keep, with the lesson that each row met
    reasons: list[tuple[int, str]] = field(default_factory=list)  # of the rows of Изменения that do something: row, «Причина»

    def of(self, kind: str) -> list[Altered]:
        return [one for one in self.changed if one.kind == kind]

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.quiet)


@dataclass(frozen=True, slots=True)
class NewRules:
    """A group's weekly timetable that becomes another: the rules that hold from a day on, and what stands otherwise."""

    since: date
    rules: list[Any]
    knew: list[Any]  # the rules as they were
    off: list[datetime]  # lessons of these rules that are cancelled singly
    extra: list[datetime]  # when lessons are held that the rules do not give


@dataclass(frozen=True, slots=True)
class Replaced:
    """A group that gets another teacher or room for good; codes as stored."""

    code: str
    was_teacher: str
    now_teacher: str
    was_place: str | None
    now_place: str | None


@dataclass(frozen=True)
class Plan:
    """What a workbook would do. False when it does nothing; `digest` changes with what it does."""

    academic_year: int
    differences: list[Difference]
    lessons: LessonPlan
    subjects: Mapping[str, str]  # group (folded code) → the course's name
    families: int  # children whose families hear of it
    unreached: int  # children whose families the bot cannot tell
    notes: tuple[Note, ...]
    new_changes: str | None = None  # Изменения to keep, where they are other than the kept
    rules: Mapping[str, NewRules] = field(default_factory=dict)  # groups whose weekly timetable becomes another
    replaced: Mapping[str, Replaced] = field(default_factory=dict)  # groups with another teacher or room
    added: list[Draft] = field(default_factory=list)  # new lessons of which families hear singly
    schools: tuple[str, ...] = ()  # whose book it is, where the network has several base schools
    children: tuple[Child, ...] = ()  # whose wishes or places change with it
    doubts: tuple[Doubt, ...] = ()  # what looks like an accident: whoever confirms has answered it

    def __bool__(self) -> bool:
        return any(self.differences) or bool(self.lessons) or self.new_changes is not None

    @property
    def digest(self) -> str:
        said = [(one.form.field, one.new, one.changed, one.gone) for one in self.differences]
        lessons = [
            (one.old.id, one.kind, one.old.starts_at, one.values.get("starts_at"), one.values.get("place"))
            for one in self.lessons.changed
        ]
        new = [(one.group, one.starts_at, one.cancelled) for one in self.lessons.new]
        children = [child.seen for child in self.children]
        asked = [doubt.about for doubt in self.doubts]
        return hashlib.sha256(repr((said, lessons, new, children, *asked)).encode()).hexdigest()[:16]
