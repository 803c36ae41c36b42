"""Where in the catalogue somebody stands, small enough for a button: every page of it is drawn from this alone."""

from __future__ import annotations

from dataclasses import dataclass

from bot.refusals import Refusal
from bot.services.courses.catalogue import Wanted
from bot.services.courses.search import ROOM

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
# A Cyrillic letter takes two bytes of a button's 64, so each has a sign of one byte here.
_LETTERS = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
_SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ!$%&()"
_PACKED, _UNPACKED = str.maketrans(_LETTERS + " ", _SIGNS + "+"), str.maketrans(_SIGNS + "+", _LETTERS + " ")


@dataclass(frozen=True, kw_only=True)
class Place(Wanted):
    """What of the catalogue is shown, and which page of it."""

    page: int = 0
    folds: bool = True

    @property
    def narrowed(self) -> bool:
        return self != Place(pupil=self.pupil, page=self.page, rest=self.rest)

    @property
    def token(self) -> str:
        """For a button: numbers of base 36 by dots, then the words."""
        flags = self.day | self.fits << 3 | self.starred << 4 | self.year << 5 | self.rest << 9 | self.accessible << 10
        numbers = ".".join(to_number(one) for one in (self.pupil, self.organization, self.like, flags, self.page))
        words = f"~{packed(self.words)}" if self.words else ""
        while numbers.endswith(".0"):
            numbers = numbers[:-2]
        return numbers + words


def packed(words: tuple[str, ...]) -> str:
    """Beginnings of words for a button, a byte a letter."""
    return " ".join(words).translate(_PACKED)


def unpacked(words: str) -> tuple[str, ...]:
    """`packed`, taken apart again."""
    return tuple(words.translate(_UNPACKED).split())


def to_number(value: int) -> str:
    """Base 36; ValueError below 0, where there would be no end."""
    if value < 0:
        raise ValueError("a place has no negative numbers")
    digits = ""
    while value:
        value, rest = divmod(value, 36)
        digits = _DIGITS[rest] + digits
    return digits or "0"


def place(token: str) -> Place:
    """The place a button names; a button nobody of ours made is refused."""
    numbers, _, words = token.partition("~")
    try:
        pupil, organization, like, flags, page = ([int(one or "0", 36) for one in numbers.split(".")] + [0] * 5)[:5]
    except ValueError:
        raise Refusal("gone") from None
    if (
        max(pupil, organization, like, flags, page) >= 2**31
        or min(pupil, organization, like, flags, page) < 0
        or len(words) > ROOM
    ):
        raise Refusal("gone")
    return Place(
        pupil=pupil,
        organization=organization,
        like=like,
        day=flags & 7,
        fits=bool(flags & 8),
        starred=bool(flags & 16),
        year=flags >> 5 & 15,
        rest=bool(flags & 512),
        accessible=bool(flags & 1024),
        words=unpacked(words),
        page=page,
    )
