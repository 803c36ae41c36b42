"""What families hear of their applications, and what the partner and the coordinator hear of theirs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot.notices import Notice, Unsaid, said
from bot.targets import DecisionPast, GroupList, PaperPage, RequestLine, RequestPage, Target, Timetable
from bot.voice import Fact, Say

MOST = 400  # characters of a fact: a letter must fit a message, and Fluent takes 2,500 with every «&» made «&amp;»


def decision_topic(application: int) -> str:
    """What the school has decided on an application: a later telling replaces one that has not gone out."""
    return f"application:{application}:decided"


@dataclass(frozen=True, kw_only=True)
class _Fitting:
    """A letter whose facts cannot outgrow a message."""

    def words(self, _say: Say) -> dict[str, Fact]:
        return {name: _fitting(getattr(self, name)) for name in said(type(self))}


def _fitting(fact: Fact) -> Fact:
    if isinstance(fact, list):
        most = max(MOST // max(len(fact), 1), 20)
        if len(", ".join(fact)) <= MOST:
            most = MOST
        quoted = [f"«{_cut(name, most)}»" for name in fact[:15]]
        return [*quoted, "…"] if len(fact) > 15 else quoted
    return _cut(fact, MOST) if isinstance(fact, str) else fact


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


@dataclass(frozen=True, kw_only=True)
class _OfApplication(_Fitting):
    """To the family: something became of the whole application."""

    id_application: Unsaid[int]
    id_change: Unsaid[str]  # which change: the moment
    child: str  # the first name
    courses: list[str]

    @property
    def topic(self) -> str:
        return f"application:{self.id_application}"

    @property
    def version(self) -> str:
        return self.id_change

    def buttons(self) -> list[tuple[str, Target]]:
        return [("button-application-open", PaperPage(self.id_application))]


@dataclass(frozen=True, kw_only=True)
class ApplicationSubmitted(_OfApplication, Notice):
    """To the rest of the family, when one guardian has submitted."""


@dataclass(frozen=True, kw_only=True)
class ApplicationExtended(_OfApplication, Notice):
    """To the rest of the family: one guardian has added a course to what was submitted."""

    @property
    def topic(self) -> str:
        return f"application:{self.id_application}:extended:{self.id_change}"


@dataclass(frozen=True, kw_only=True)
class ApplicationWithdrawn(_OfApplication, Notice):
    """To the rest of the family: one guardian has withdrawn these courses, or left those places."""

    left: str = "no"  # yes: the child had learnt there

    @property
    def topic(self) -> str:
        return f"application:{self.id_application}:withdrawn:{self.left}:{self.id_change}"  # another course another time: both are told


@dataclass(frozen=True, kw_only=True)
class ApplicationApproved(_OfApplication, Notice):
    """The coordinator approved. What comes next is said by course: the draw, the request to the partner, or a free seat."""

    next: Unsaid[str] = "request"  # of request, draw, line, besides those that come, with commas; both: request and draw

    def words(self, say: Say) -> dict[str, Fact]:
        kinds = ("request,draw" if self.next == "both" else self.next).split(",")
        alone = say.plain("approved-next", kind=kinds[0])
        follows = alone if len(kinds) == 1 else " ".join(say.plain("approved-also", kind=kind) for kind in kinds)
        return super().words(say) | {"follows": follows}

    @property
    def topic(self) -> str:
        return decision_topic(self.id_application)


@dataclass(frozen=True, kw_only=True)
class ApplicationReturned(_OfApplication, Notice):
    """The coordinator asks for a correction."""

    reason: str

    @property
    def topic(self) -> str:
        return decision_topic(self.id_application)


@dataclass(frozen=True, kw_only=True)
class ApplicationDeclined(_OfApplication, Notice):
    """The coordinator declined."""

    reason: str

    @property
    def topic(self) -> str:
        return decision_topic(self.id_application)


@dataclass(frozen=True, kw_only=True)
class DecisionUndone(_OfApplication, Notice):
    """The coordinator has taken the decision back: the application waits again."""

    @property
    def topic(self) -> str:
        return decision_topic(self.id_application)

    def after(self, older: Notice) -> Notice | None:
        """Who has not heard of the decision need not hear that it was taken back."""
        return None if isinstance(older, ApplicationApproved | ApplicationReturned | ApplicationDeclined) else self


@dataclass(frozen=True, kw_only=True)
class RequestSent(_OfApplication, Notice):
    """The school has asked the partner for a place."""

    gathers = "asked"

    partner: str

    @property
    def topic(self) -> str:
        return f"application:{self.id_application}:requested:{self.id_change}"


@dataclass(frozen=True, kw_only=True)
class _AboutChoice(_Fitting):
    """To the family: something became of one course of an application."""

    id_application: Unsaid[int]
    id_choice: Unsaid[int]
    id_change: Unsaid[str]
    child: str
    course: str

    @property
    def topic(self) -> str:
        return f"choice:{self.id_choice}"

    @property
    def version(self) -> str:
        return self.id_change

    def buttons(self) -> list[tuple[str, Target]]:
        return [("button-application-open", PaperPage(self.id_application))]


@dataclass(frozen=True, kw_only=True)
class _OfChoice(_AboutChoice):
    """The same, where the partner is named: it answered, or offers."""

    partner: str


@dataclass(frozen=True, kw_only=True)
class ChildEnrolled(_OfChoice, Notice):
    """A place: the group, and where and when the next lesson is, as far as known."""

    gathers = "answered"

    group: str
    starts_at: datetime | None
    place: str | None
    address: str | None

    def words(self, say: Say) -> dict[str, Fact]:
        facts = super().words(say)
        at, place, address = (facts.pop(name) for name in ("starts_at", "place", "address"))
        where = _cut(", ".join(str(part) for part in (place, address) if part), MOST)
        facts |= {"at": at, "dated": "yes" if at else "no", "where": where, "placed": "yes" if where else "no"}
        return facts

    def buttons(self) -> list[tuple[str, Target]]:
        return [("button-timetable", Timetable()), *super().buttons()]


@dataclass(frozen=True, kw_only=True)
class PutInReserve(_OfChoice, Notice):
    """No place yet: the number in the line."""

    gathers = "answered"

    number: int


@dataclass(frozen=True, kw_only=True)
class PlaceRefused(_OfChoice, Notice):
    """The partner declined."""

    gathers = "answered"

    reason: str


@dataclass(frozen=True, kw_only=True)
class RequestReceived(_Fitting, Notice):
    """To a partner's administrators: the school's request has come."""

    id_request: Unsaid[int]
    number: int
    day: date
    school: str
    children: int
    courses: list[str]

    @property
    def topic(self) -> str:
        return f"request:{self.id_request}"

    @property
    def version(self) -> str:
        return "made"

    def buttons(self) -> list[tuple[str, Target]]:
        return [("button-request-open", RequestPage(self.id_request))]


@dataclass(frozen=True, kw_only=True)
class _ToStaff(_Fitting):
    """To the coordinator (`id_office`) and the partner: what became of one wish. No name of a child is pushed, to staff
    either: the number of the application, and a button to where the name stands for those who may read it.
    """

    id_choice: Unsaid[int]
    id_change: Unsaid[str]
    id_office: Unsaid[bool]
    number: int
    course: str

    @property
    def version(self) -> str:
        return self.id_change

    def words(self, say: Say) -> dict[str, Fact]:
        return super().words(say) | {"number": str(self.number)}

    def buttons(self) -> list[tuple[str, Target]]:
        if self.id_office:
            return [("button-staff-open", DecisionPast(application=self.number))]
        return [("button-groups", GroupList())]


@dataclass(frozen=True, kw_only=True)
class ChildWithdrew(_ToStaff, Notice):
    """A family gave up a place that had been approved, asked for or given."""

    left: str = "no"  # yes: the child had learnt there
    id_request: Unsaid[int] = 0  # that names the child; 0: none does

    @property
    def topic(self) -> str:
        return f"choice:{self.id_choice}:withdrawn"

    def buttons(self) -> list[tuple[str, Target]]:
        if self.id_request and not self.id_office:
            return [("button-staff-open", RequestLine(self.id_request, self.id_choice))]
        return super().buttons()
