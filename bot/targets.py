"""Where a button can lead from elsewhere: the pages that letters and other subjects open. Plain facts, packed as aiogram packs.

A page that only its own file leads to is a `CallbackData` of that file; one that others lead to stands here, and its
handler is registered with `opens(target)` (handlers/door.py), which makes the CallbackData from it. Prefixes and the order
of fields never change: buttons made years ago must go on working. A new field comes last and has a default.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Annotated, ClassVar

from pydantic import Field

ROOM = 64  # bytes of callback data (Bot API, InlineKeyboardButton)

# Epoch seconds: callback data packs no dates. Other numbers of a button stay below 2³¹ (bot/telegram/frame.py), which as
# seconds is a day of 2038: hence a range of its own.
Epoch = Annotated[int, Field(ge=0, le=4_102_444_800)]  # the year 2100


@dataclass(frozen=True)
class Target:
    """A page, or a press, that a button may mean; a frozen dataclass of numbers and short words."""

    prefix: ClassVar[str]
    known: ClassVar[dict[str, type[Target]]] = {}

    def __init_subclass__(cls, prefix: str) -> None:
        super().__init_subclass__()
        if prefix in Target.known:
            raise ValueError(f"two targets are called {prefix!r}")
        cls.prefix = prefix
        Target.known[prefix] = cls

    def pack(self) -> str:
        """The callback data; ValueError when it is longer than Telegram takes."""
        values = [getattr(self, field.name) for field in fields(self)]
        packed = ":".join([self.prefix, *(str(int(value)) if isinstance(value, bool) else str(value) for value in values)])
        if len(packed.encode()) > ROOM:
            raise ValueError(f"{self.prefix}: longer than {ROOM} bytes")
        return packed


# ── everybody's ─────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Menu(Target, prefix="menu"):
    """The way back that every page has."""


@dataclass(frozen=True)
class Nowhere(Target, prefix="page"):
    """The middle of a pager, which says where one is."""


@dataclass(frozen=True)
class Help(Target, prefix="help"):
    """What this bot can do, by role."""


@dataclass(frozen=True)
class Courses(Target, prefix="courses"):
    """The catalogue of courses, open to strangers too."""


# ── a family's ──────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Applications(Target, prefix="applications"):
    """A family's applications; for a coordinator, those of the school."""


@dataclass(frozen=True)
class PaperPage(Target, prefix="apply.paper"):
    """One application, with what came of its wishes."""

    application: int


@dataclass(frozen=True)
class Draft(Target, prefix="apply.draft"):
    """An application being written, or changed before it is decided."""

    application: int


@dataclass(frozen=True)
class AddToDraft(Target, prefix="apply.add"):
    """Put a course into the child's application."""

    course: int
    pupil: int


@dataclass(frozen=True)
class ApplicationFile(Target, prefix="papers.application"):
    """The application as a paper to sign."""

    application: int


@dataclass(frozen=True)
class CoursesFor(Target, prefix="course.list"):
    """The catalogue for one child."""

    pupil: int
    org: int = 0
    like: int = 0
    page: int = 0


@dataclass(frozen=True)
class WantedHome(Target, prefix="allocation.wanted"):
    """How many courses are wished for in all; `wanted` 0 asks."""

    application: int
    wanted: int


@dataclass(frozen=True)
class Lottery(Target, prefix="allocation.lottery"):
    """A published distribution, as anybody may check it."""

    id: int


@dataclass(frozen=True)
class OfferPage(Target, prefix="offer.page"):
    """An open offer of a place."""

    choice: int


@dataclass(frozen=True)
class AcceptOffer(Target, prefix="offer.accept"):
    """`until`: which offer of this place is meant, by its end; 0: a button made before that was said."""

    choice: int
    until: Epoch = 0


@dataclass(frozen=True)
class DeclineOffer(Target, prefix="offer.decline"):
    choice: int
    until: Epoch = 0


@dataclass(frozen=True)
class Timetable(Target, prefix="timetable"):
    """The family's week."""


@dataclass(frozen=True)
class LessonSeen(Target, prefix="lesson.seen"):
    """«Ознакомлен(а)»."""

    change: int
    pupil: int


@dataclass(frozen=True)
class JournalHome(Target, prefix="journal"):
    """The journal of one's children, or of one's groups."""


@dataclass(frozen=True)
class JournalOf(Target, prefix="journal.read"):
    """One child's journal."""

    pupil: int


@dataclass(frozen=True)
class WhyAbsent(Target, prefix="journal.why"):
    """The reason of an absence."""

    pupil: int
    group: int
    day: int  # proleptic ordinal of the date


@dataclass(frozen=True)
class SettingsHome(Target, prefix="settings"):
    """Language, how much a message may say, quiet hours."""


@dataclass(frozen=True)
class MyData(Target, prefix="mydata"):
    """What is held about a person, and how to withdraw it."""


@dataclass(frozen=True)
class WithdrawHome(Target, prefix="mydata.out"):
    """What a withdrawal would erase; pupil 0: for all children."""

    pupil: int


@dataclass(frozen=True)
class ConsentOf(Target, prefix="consent"):
    """What is asked for one child, and what was agreed to."""

    pupil: int


# ── the staff's ─────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Inbox(Target, prefix="inbox"):
    """What waits for this member of staff to decide."""


@dataclass(frozen=True)
class CallList(Target, prefix="calls"):
    """«Позвонить»: families to be told by telephone; pupil 0: all."""

    pupil: int


@dataclass(frozen=True)
class EnterHome(Target, prefix="enter"):
    """Handing in an application for a family."""


@dataclass(frozen=True)
class Requests(Target, prefix="requests"):
    """The school's requests to its partners."""


@dataclass(frozen=True)
class RequestPage(Target, prefix="request.page"):
    """One request, with its children."""

    request: int
    page: int = 0


@dataclass(frozen=True)
class GroupList(Target, prefix="group.list"):
    """The groups, with who is in them and who waits."""

    page: int = 0


@dataclass(frozen=True)
class AllocationHome(Target, prefix="allocation"):
    """The distributions of places."""


@dataclass(frozen=True)
class Exceptions(Target, prefix="exception.list"):
    """Courses for which children wait: a place by hand."""

    page: int = 0


@dataclass(frozen=True)
class AllocationOf(Target, prefix="allocation.look"):
    """One distribution."""

    id: int


@dataclass(frozen=True)
class Lessons(Target, prefix="lessons"):
    """A teacher's lessons."""


@dataclass(frozen=True)
class LessonPage(Target, prefix="lesson"):
    """One lesson, for the staff."""

    lesson: int


@dataclass(frozen=True)
class UploadPlan(Target, prefix="journal.plan"):
    """What a kept journal file would change."""

    document: int


@dataclass(frozen=True)
class AskCode(Target, prefix="journal.code"):
    """What does the nth code of this file mean? With a meaning: the answer."""

    document: int
    number: int
    meaning: str = ""


@dataclass(frozen=True)
class Tasks(Target, prefix="tasks"):
    """The roadmap's and the regulation's tasks."""


@dataclass(frozen=True)
class Board(Target, prefix="task.board"):
    """The tasks of one state. `anew`: the button stands under a letter, which stays."""

    view: str
    page: int
    anew: bool = False


@dataclass(frozen=True)
class OneTask(Target, prefix="task"):
    task: int


@dataclass(frozen=True)
class TaskDone(Target, prefix="task.done"):
    task: int
    anew: bool = False


@dataclass(frozen=True)
class TaskLater(Target, prefix="task.later"):
    task: int
    anew: bool = False


@dataclass(frozen=True)
class TaskHand(Target, prefix="task.hand"):
    task: int
    page: int
    anew: bool = False


@dataclass(frozen=True)
class Papers(Target, prefix="papers"):
    """The school's papers: order, lists of groups, requests."""


@dataclass(frozen=True)
class Reports(Target, prefix="reports"):
    """The school's reports: how far the wishes came."""


@dataclass(frozen=True)
class NetworkHome(Target, prefix="network"):
    """The coordinator's workbook and invitations."""


@dataclass(frozen=True)
class Invite(Target, prefix="invite"):
    """Whom to invite: the coordinator's."""


@dataclass(frozen=True)
class InviteCard(Target, prefix="invite.card"):
    """Who is in for a pupil, or at a post (kind «pupil» or «staff»), and new invitations."""

    kind: str
    id: int


@dataclass(frozen=True)
class InvitationTried(Target, prefix="invite.tried"):
    """A void invitation that somebody tried."""

    invitation: int


@dataclass(frozen=True)
class PostAsked(Target, prefix="post.ask"):
    """Somebody opened an invitation to a post that is held."""

    id: int


@dataclass(frozen=True)
class Withdrawal(Target, prefix="withdrawal"):
    """A withdrawal of consent: whose, and what is to be decided now."""

    number: int


@dataclass(frozen=True)
class RequestLine(Target, prefix="request.line"):
    """One child of a request."""

    request: int
    choice: int


@dataclass(frozen=True, kw_only=True)
class DecisionPast(Target, prefix="inbox.past"):
    """What happened to an application, and the part of the queue to go back to."""

    show: str = "n"
    course: int = 0
    org: int = 0
    like: int = 0
    application: int
    page: int = 0
