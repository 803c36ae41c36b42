"""What families hear of the distribution of places: their lot, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.notices import BULK, Notice, Unsaid
from bot.notices.enrollment import _AboutChoice
from bot.targets import Lottery, PaperPage, Target
from bot.voice import Say, lines


def padded(lot: int, of: int) -> str:
    """«0417»: a lot as it is written, four digits at least."""
    return str(lot).zfill(max(4, len(str(of))))


@dataclass(frozen=True, kw_only=True)
class _OfDraw:
    """To the family, about one application's part in a distribution."""

    id_allocation: Unsaid[int]
    id_application: Unsaid[int]
    child: str  # the first name
    lot: str
    drawn: int  # lots in all

    @property
    def version(self) -> str:
        return str(self.id_allocation)

    def buttons(self) -> list[tuple[str, Target]]:
        return [
            ("button-application-open", PaperPage(self.id_application)),
            ("button-lottery", Lottery(self.id_allocation)),
        ]


@dataclass(frozen=True, kw_only=True)
class LotDrawn(_OfDraw, Notice):
    """The list is closed and lots are drawn: told before anybody publishes the result."""

    urgency = BULK
    seed: str

    @property
    def topic(self) -> str:
        return f"allocation:{self.id_allocation}:{self.id_application}"  # the result takes the place of a lot nobody has read


@dataclass(frozen=True, kw_only=True)
class PlacesAllocated(_OfDraw, Notice):
    """The receipt: what the application got, where the child waits, what is no longer needed."""

    id_placed: Unsaid[list[str]]  # the courses with a place
    id_groups: Unsaid[list[str]]
    id_numbers: Unsaid[list[str]]  # in the list of the group
    id_seats: Unsaid[list[str]]  # that were given out in it
    id_waiting: Unsaid[list[str]]  # the courses in whose line the child stands
    id_lines: Unsaid[list[str]]  # the numbers there
    id_lapsed: Unsaid[list[str]]
    id_unmet: Unsaid[list[str]]

    @property
    def topic(self) -> str:
        return f"allocation:{self.id_allocation}:{self.id_application}"

    def text(self, say: Say, _detail: str) -> str:
        return self._told(say, "no")

    def own_text(self, say: Say, _detail: str) -> str:
        return self._told(say, "yes")

    def _told(self, say: Say, own: str) -> str:
        said = [
            say("allocated-place", own=own, course=course, group=group, number=int(number), seats=int(seats), lot=self.lot)
            for course, group, number, seats in zip(self.id_placed, self.id_groups, self.id_numbers, self.id_seats, strict=True)
        ]
        said += [
            say("allocated-reserve", own=own, course=course, number=int(number), lot=self.lot)
            for course, number in zip(self.id_waiting, self.id_lines, strict=True)
        ]
        said += [say("allocated-lapsed", course=course) for course in self.id_lapsed]
        said += [say("allocated-unmet", course=course) for course in self.id_unmet]
        head = say("allocated-title", own=own, child=self.child)
        return lines([head, "\n".join(said), say("allocated-next") if self.id_placed else say("allocated-wait")])


@dataclass(frozen=True, kw_only=True)
class PlaceFound(Notice):
    """Of those who waited one has got a place: seats were added, or fell free."""

    id_allocation: Unsaid[int]
    id_application: Unsaid[int]
    id_choice: Unsaid[int]
    child: str
    course: str
    group: str

    @property
    def topic(self) -> str:
        return f"choice:{self.id_choice}:found"

    @property
    def version(self) -> str:
        return str(self.id_allocation)

    def buttons(self) -> list[tuple[str, Target]]:
        return [("button-application-open", PaperPage(self.id_application))]


@dataclass(frozen=True, kw_only=True)
class PlaceGiven(_AboutChoice, Notice):
    """The coordinator has given a place by hand, besides the draw or past the line."""

    group: str
