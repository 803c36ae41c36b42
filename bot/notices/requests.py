"""What is said of a request after its first version, and of a consent it lacks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.notices import Notice, Unsaid
from bot.notices.enrollment import _Fitting
from bot.targets import ConsentOf, RequestPage, Target


@dataclass(frozen=True, kw_only=True)
class RequestChanged(_Fitting, Notice):
    """To a partner's administrators: the request has a new version; who was added, who no longer comes."""

    id_request: Unsaid[int]
    number: int
    version_number: int
    day: date
    school: str
    added: int
    withdrawn: int
    courses: list[str]

    @property
    def topic(self) -> str:
        return f"request:{self.id_request}:{self.version_number}"

    @property
    def version(self) -> str:
        return "made"

    def buttons(self) -> list[tuple[str, Target]]:
        return [("button-request-open", RequestPage(self.id_request))]


@dataclass(frozen=True, kw_only=True)
class ConsentWanted(_Fitting, Notice):
    """To the family: without its consent the school may not name the child to this partner."""

    id_pupil: Unsaid[int]
    id_organization: Unsaid[int]
    child: str
    partner: str
    courses: list[str]
    on: date  # asked again on another day at the earliest

    @property
    def topic(self) -> str:
        return f"consent:{self.id_pupil}:{self.id_organization}"

    @property
    def version(self) -> str:
        return self.on.isoformat()

    def buttons(self) -> list[tuple[str, Target]]:
        return [("button-consent-read", ConsentOf(self.id_pupil))]
