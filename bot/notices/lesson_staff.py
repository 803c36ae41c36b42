"""What staff hear about lessons: who stands in for whom, and whose families have to be called."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from bot.notices import URGENT, Notice
from bot.targets import LessonPage, Target
from bot.voice import Fact, Say


@dataclass(frozen=True, kw_only=True)
class LessonStandIn(Notice):
    """To the teacher who is to give a lesson instead of another (`yours`), and to the one who need not come."""

    lesson: int
    change: int
    subject: str
    group: str
    at: datetime
    place: str | None
    was_teacher: str  # without the surname
    now_teacher: str
    yours: bool
    reason: str | None = None

    @property
    def topic(self) -> str:
        return f"lesson-teacher:{self.lesson}"

    @property
    def version(self) -> str:
        return str(self.change)

    def after(self, older: Notice) -> Notice | None:
        """Who never heard that it was theirs need not hear that it is not."""
        return self if isinstance(older, LessonStandIn) and older.yours == self.yours else None

    def buttons(self) -> list[tuple[str, Target]]:
        return [("button-lesson-open", LessonPage(self.lesson))]

    def text(self, say: Say, _detail: str) -> str:
        if not self.yours:
            said = say("lesson-stood-in-for", subject=self.subject, group=self.group, at=self.at, teacher=self.now_teacher)
        else:
            said = say("lesson-stand-in", subject=self.subject, group=self.group, at=self.at, teacher=self.was_teacher)
        place = [say("lesson-now-place", place=self.place)] if self.place and self.yours else []
        return "\n".join([said, *place, *([say("lesson-because", reason=self.reason)] if self.reason else [])])


@dataclass(frozen=True, kw_only=True)
class LessonCallList(Notice):
    """To the teacher and the coordinators, two hours before a changed lesson: that families have not answered. Who they
    are stands on the page the button opens: no name of a child is pushed, to staff either.
    """

    urgency: ClassVar[int] = URGENT

    lesson: int
    change: int
    subject: str
    at: datetime
    cancelled: bool
    families: int

    @property
    def topic(self) -> str:
        return f"call:{self.lesson}"

    @property
    def version(self) -> str:
        return str(self.change)

    @property
    def change_told(self) -> int | None:
        return self.change

    def buttons(self) -> list[tuple[str, Target]]:
        return [("button-lesson-open", LessonPage(self.lesson))]

    def words(self, _say: Say) -> dict[str, Fact]:
        said: dict[str, Fact] = {"subject": self.subject, "at": self.at, "cancelled": "yes" if self.cancelled else "no"}
        return said | {"families": self.families}
