"""What the bot says unasked about people: who joined a child, who withdrew, who guesses codes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.notices import Notice
from bot.voice import Fact, Say


@dataclass(frozen=True, kw_only=True)
class GuardianJoined(Notice):
    """To the other guardians of a child, when one more has entered by an invitation."""

    child: str
    guardian: str  # the first name
    id_pupil: int
    id_person: int

    @property
    def topic(self) -> str:
        return f"guardian:{self.id_pupil}:{self.id_person}"

    @property
    def version(self) -> str:
        return "joined"


@dataclass(frozen=True, kw_only=True)
class CodesGuessed(Notice):
    """To the coordinators, when many wrong codes were typed within an hour."""

    count: int
    at: datetime

    @property
    def topic(self) -> str:
        return "codes"

    @property
    def version(self) -> str:
        return self.at.isoformat()


@dataclass(frozen=True, kw_only=True)
class FamilyWithdrew(Notice):
    """To the coordinators of the school, when a family has withdrawn its consent: staff, so with name and class."""

    name: str
    class_name: str
    courses: list[str]  # where the pupil is enrolled: the place is the school's and the partner's to decide on
    last: bool  # no other guardian agrees: the pupil's data are erased
    id_pupil: int
    at: datetime

    @property
    def topic(self) -> str:
        return f"withdrew:{self.id_pupil}"

    @property
    def version(self) -> str:
        return self.at.isoformat()

    def words(self, say: Say) -> dict[str, Fact]:
        """What follows is said in one of three ways."""
        return {"name": self.name, "class": self.class_name, "follows": self._follows(say)}

    def _follows(self, say: Say) -> str:
        if not self.last:
            return say.plain("family-withdrew-other-stays")
        if self.courses:
            return say.plain("family-withdrew-enrolled", courses=self.courses)
        return say.plain("family-withdrew-nowhere")
