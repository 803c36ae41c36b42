"""What a workbook would do, before anybody has agreed to it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.reading.fault import Doubt
from bot.reading.workbook.rows import Note
from bot.services.network.compare import Difference
from bot.services.network.fates import Child
from bot.services.network.lessons import LessonPlan


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
    new_changes: str | None = None  # Изменения to keep, where the sheet is present
    rules: Mapping[str, list[Any]] = field(default_factory=dict)  # groups whose weekly timetable becomes another → its rules
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
        children = [child.seen for child in self.children]
        asked = [doubt.about for doubt in self.doubts]
        return hashlib.sha256(repr((said, lessons, children, *asked)).encode()).hexdigest()[:16]
