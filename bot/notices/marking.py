"""What a teacher hears when a lesson is about to end: that it can be marked now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.notices import Notice, Unsaid
from bot.targets import MarkLesson, Target


@dataclass(frozen=True, kw_only=True)
class LessonToMark(Notice):
    """To the teacher (or who stands in), ten minutes before a lesson's end."""

    lesson: Unsaid[int]
    course: str
    group: str
    ends_at: datetime

    @property
    def topic(self) -> str:
        return f"lesson-to-mark:{self.lesson}"

    @property
    def version(self) -> str:
        return self.ends_at.isoformat()

    def buttons(self) -> list[tuple[str, Target]]:
        return [("button-mark", MarkLesson(self.lesson))]
