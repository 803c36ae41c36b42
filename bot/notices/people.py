"""What the bot says unasked about people: who joined a child, who withdrew, who guesses codes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from bot.notices import URGENT, Notice, Unsaid
from bot.targets import GroupList, InvitationTried, InviteCard, PostAsked, Target, Withdrawal
from bot.voice import Fact, Say


@dataclass(frozen=True, kw_only=True)
class GuardianJoined(Notice):
    """To the other guardians of a child, when one more has entered by an invitation."""

    child: str
    id_pupil: Unsaid[int]
    id_person: Unsaid[int]
    guardian: str = ""  # of letters written before: nobody is named any more

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
    """To the coordinators of the school, when a family has withdrawn its consent: a number and a button, no name. What it
    means for whom stands on the page, which is drawn from these facts as long as they are kept.
    """

    number: int  # of the record of the withdrawal
    id_pupil: Unsaid[int]
    id_last: Unsaid[bool]  # no other guardian agrees: the pupil's data are erased
    id_courses: Unsaid[list[str]]  # where the pupil is enrolled: the place is the school's and the partner's to decide on

    @property
    def topic(self) -> str:
        return f"withdrew:{self.number}"

    @property
    def version(self) -> str:
        return "withdrew"

    def words(self, _say: Say) -> dict[str, Fact]:
        return {"number": str(self.number)}

    def buttons(self) -> list[tuple[str, Target]]:
        return [("button-staff-open", Withdrawal(self.number))]


@dataclass(frozen=True, kw_only=True)
class DataWithdrawn(Notice):
    """To the partner and the teacher, without a name: a family has withdrawn its data. A seat is held until it is freed."""

    course: str
    group: str  # its code; «none» where there is no seat yet
    held: bool
    id_choice: Unsaid[int]
    id_opens: Unsaid[bool]  # whether the reader answers for groups

    @property
    def topic(self) -> str:
        return f"choice:{self.id_choice}:erased"

    @property
    def version(self) -> str:
        return "erased"

    def words(self, _say: Say) -> dict[str, Fact]:
        return {"course": self.course, "group": self.group, "held": "yes" if self.held else "no"}

    def buttons(self) -> list[tuple[str, Target]]:
        return [("button-groups", GroupList())] if self.held and self.id_opens else []


# ── invitations ─────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, kw_only=True)
class VoidedTried(Notice):
    """To the coordinators of the school: somebody tried an invitation that was voided when a guardianship ended."""

    number: int  # of the invitation
    id_hour: Unsaid[str]  # told once an hour

    @property
    def topic(self) -> str:
        return f"voided:{self.number}"

    @property
    def version(self) -> str:
        return self.id_hour

    def words(self, _say: Say) -> dict[str, Fact]:
        return {"number": str(self.number)}

    def buttons(self) -> list[tuple[str, Target]]:
        return [("button-staff-open", InvitationTried(self.number))]


@dataclass(frozen=True, kw_only=True)
class GuardianReturned(Notice):
    """To the coordinators of the school: whose access was ended has come in again by a new invitation."""

    number: int  # of the invitation
    id_pupil: Unsaid[int]

    @property
    def topic(self) -> str:
        return f"returned:{self.number}"

    @property
    def version(self) -> str:
        return "returned"

    def words(self, _say: Say) -> dict[str, Fact]:
        return {"number": str(self.number)}

    def buttons(self) -> list[tuple[str, Target]]:
        return [("button-staff-open", InviteCard("pupil", self.id_pupil))]


@dataclass(frozen=True, kw_only=True)
class CardOpened(Notice):
    """To the guardians: somebody came in by the pupil's own card."""

    child: str
    moved: bool  # another telephone was in by it before
    id_pupil: Unsaid[int]
    id_person: Unsaid[int]
    id_at: Unsaid[str]

    @property
    def topic(self) -> str:
        return f"card:{self.id_pupil}"

    @property
    def version(self) -> str:
        return f"{self.id_person}:{self.id_at}"

    def words(self, _say: Say) -> dict[str, Fact]:
        return {"child": self.child, "moved": "yes" if self.moved else "no"}


@dataclass(frozen=True, kw_only=True)
class CardMoved(Notice):
    """To the telephone that was the pupil's own until the card was opened on another: nothing about anybody."""

    id_pupil: Unsaid[int]
    id_at: Unsaid[str]

    @property
    def topic(self) -> str:
        return f"card-moved:{self.id_pupil}"

    @property
    def version(self) -> str:
        return self.id_at


# ── posts of the staff ──────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, kw_only=True)
class _OfPost:
    """What letters about a post that is asked for share: the number of the asking."""

    number: int

    @property
    def version(self) -> str:
        return "asked"

    def words(self, _say: Say) -> dict[str, Fact]:
        return {"number": str(self.number)}


@dataclass(frozen=True, kw_only=True)
class PostClaimed(_OfPost, Notice):
    """To who holds a post: somebody has opened an invitation to it, and it passes only with their word."""

    urgency: ClassVar[int] = URGENT

    @property
    def topic(self) -> str:
        return f"post-claimed:{self.number}"

    def buttons(self) -> list[tuple[str, Target]]:
        return [("button-staff-open", PostAsked(self.number))]


@dataclass(frozen=True, kw_only=True)
class PostUnanswered(_OfPost, Notice):
    """To the directors, a day later: the holder has not answered."""

    @property
    def topic(self) -> str:
        return f"post-unanswered:{self.number}"

    def buttons(self) -> list[tuple[str, Target]]:
        return [("button-staff-open", PostAsked(self.number))]


@dataclass(frozen=True, kw_only=True)
class PostKept(_OfPost, Notice):
    """To who opened the invitation: the post stays with its holder."""

    @property
    def topic(self) -> str:
        return f"post-kept:{self.number}"


@dataclass(frozen=True, kw_only=True)
class _OfStaff:
    """What letters about a post that has passed share."""

    id_staff: Unsaid[int]
    id_at: Unsaid[str]

    @property
    def topic(self) -> str:
        return f"post:{self.id_staff}"

    @property
    def version(self) -> str:
        return self.id_at


@dataclass(frozen=True, kw_only=True)
class PostPassed(_OfStaff, Notice):
    """To who held the post until now."""

    urgency: ClassVar[int] = URGENT


@dataclass(frozen=True, kw_only=True)
class PostGiven(_OfStaff, Notice):
    """To who waited for the post: it is theirs."""
