"""What is said of a place that fell free: offered, soon over, passed on; and of a pupil who leaves or completes a course."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.notices import Notice
from bot.notices.enrollment import _OfChoice, _ToStaff
from bot.targets import AcceptOffer, DeclineOffer, Target
from bot.voice import Fact, Say


@dataclass(frozen=True, kw_only=True)
class PlaceOffered(_OfChoice, Notice):
    """To the family at the head of the line: a place is theirs if they say so by the deadline."""

    group: str
    deadline: datetime

    def buttons(self) -> list[tuple[str, Target]]:
        return [
            ("button-offer-accept", AcceptOffer(self.id_choice, int(self.deadline.timestamp()))),
            ("button-offer-decline", DeclineOffer(self.id_choice, int(self.deadline.timestamp()))),
        ]


@dataclass(frozen=True, kw_only=True)
class PlaceWaits(PlaceOffered, Notice):
    """The same half way to the deadline, when nobody has answered."""


@dataclass(frozen=True, kw_only=True)
class CourseProposed(PlaceOffered, Notice):
    """To a family whose course went: the school proposes this one instead, and the family decides."""

    instead: str  # the course that went; empty: this one itself has a seat again

    def words(self, say: Say) -> dict[str, Fact]:
        return super().words(say) | {"replaces": "yes" if self.instead else "no"}


@dataclass(frozen=True, kw_only=True)
class ProposalWaits(CourseProposed, Notice):
    """The same half way to the deadline, when nobody has answered."""


@dataclass(frozen=True, kw_only=True)
class PlacePassedOn(_OfChoice, Notice):
    """To the family that did not answer: whether the place is now offered to the next, and whether it can apply again."""

    behind: str = "yes"  # somebody waits behind: yes | no
    again: str = "yes"  # applications are still taken: yes | no


@dataclass(frozen=True, kw_only=True)
class EnoughCourses(_OfChoice, Notice):
    """To the family: the child has as many courses as was asked for, and leaves the line of this one."""

    count: int  # courses it has


@dataclass(frozen=True, kw_only=True)
class WantedAgain(_OfChoice, Notice):
    """To the family: a seat the child held fell away, and this wish, which waited besides, has its own."""

    number: int  # in the line; 0: a seat


@dataclass(frozen=True, kw_only=True)
class PlaceTakenBack(_OfChoice, Notice):
    """To the family that was offered a place: the group has become smaller, it is the head of the line again."""

    number: int


@dataclass(frozen=True, kw_only=True)
class PlaceGivenUp(_OfChoice, Notice):
    """To the rest of the family: one guardian has declined the place."""


@dataclass(frozen=True, kw_only=True)
class PupilLeft(_OfChoice, Notice):
    """To the family: the child is no longer in the group, and why."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class CourseCompleted(_OfChoice, Notice):
    """To the family: the child has completed the course."""


@dataclass(frozen=True, kw_only=True)
class OfferAnswered(_ToStaff, Notice):
    """What became of a place offered to the reserve."""

    answer: str  # accepted | declined | lapsed
    behind: str = "yes"  # somebody waits behind: yes | no
    proposed: str = "no"  # not of the reserve, but proposed by the school instead of a course that went: yes | no

    @property
    def topic(self) -> str:
        return f"choice:{self.id_choice}:offer"
