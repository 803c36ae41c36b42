"""What staff hear of their bookings: a lesson takes the room, it is free again, somebody has taken the booking back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.notices import Notice, Unsaid
from bot.targets import MyBookings, Target


def booking_topic(booking: int, lesson: int) -> str:
    """What is said of a booking and a lesson; the newer word replaces an unsent one."""
    return f"booking:{booking}:lesson:{lesson}"


@dataclass(frozen=True, kw_only=True)
class BookingMet(Notice):
    """To whoever has booked a room: a lesson will be held there then, and lessons go first."""

    booking: Unsaid[int]
    lesson: Unsaid[int]
    told: Unsaid[int]  # the letter before; 0: none
    name: str
    at: datetime
    ends: datetime
    course: str
    lesson_at: datetime
    lesson_ends: datetime

    @property
    def topic(self) -> str:
        return booking_topic(self.booking, self.lesson)

    @property
    def version(self) -> str:
        return f"met:{self.told}"

    def buttons(self) -> list[tuple[str, Target]]:
        return [("button-bookings", MyBookings())]


@dataclass(frozen=True, kw_only=True)
class BookingFree(Notice):
    """To the same: the lesson is held elsewhere or not at all, the room is theirs again."""

    booking: Unsaid[int]
    lesson: Unsaid[int]
    told: Unsaid[int]
    name: str
    at: datetime
    ends: datetime

    @property
    def topic(self) -> str:
        return booking_topic(self.booking, self.lesson)

    @property
    def version(self) -> str:
        return f"free:{self.told}"

    def after(self, older: Notice) -> Notice | None:
        """Who never heard of the lesson need not hear that it is gone."""
        return None if isinstance(older, BookingMet) else self

    def buttons(self) -> list[tuple[str, Target]]:
        return [("button-bookings", MyBookings())]


@dataclass(frozen=True, kw_only=True)
class BookingCancelled(Notice):
    """To the same: somebody who answers for it has taken the booking back, or put it back; or what was booked is no more."""

    booking: Unsaid[int]
    told: Unsaid[str]  # the moment
    name: str
    at: datetime
    ends: datetime
    why: str  # cancelled | gone | back

    @staticmethod
    def of(booking: int) -> str:
        return f"booking:{booking}:cancelled"

    @property
    def topic(self) -> str:
        return self.of(self.booking)

    @property
    def version(self) -> str:
        return self.told

    def after(self, older: Notice) -> Notice | None:
        """Who never heard that it was taken back need not hear that it stands."""
        return None if self.why == "back" and isinstance(older, BookingCancelled) and older.why != "back" else self

    def buttons(self) -> list[tuple[str, Target]]:
        return [("button-bookings", MyBookings())]
