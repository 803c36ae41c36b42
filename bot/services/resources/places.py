"""Where in the catalogue of resources somebody stands, small enough for a button: every page of it is drawn from this alone."""

from __future__ import annotations

from dataclasses import dataclass

from bot.refusals import Refusal
from bot.services.courses.places import packed, to_number, unpacked
from bot.services.courses.search import ROOM

KINDS = ("staff", "information", "material", "methodical", "social")  # as the programme names them
LARGEST = 2**31  # numbers of a button stay below


@dataclass(frozen=True, kw_only=True)
class Where:
    """What of the catalogue is shown, and which page of it."""

    kind: int = 0  # its place in KINDS, from 1; 0: all
    organization: int = 0  # 0: of all
    page: int = 0
    words: tuple[str, ...] = ()  # beginnings

    @property
    def narrowed(self) -> bool:
        return bool(self.kind or self.organization or self.words)

    @property
    def token(self) -> str:
        """For a button: numbers of base 36 by dots, then the words."""
        numbers = ".".join(to_number(one) for one in (self.kind, self.organization, self.page))
        return numbers + (f"~{packed(self.words)}" if self.words else "")


def where(token: str) -> Where:
    """The place a button names; a button nobody of ours made is refused."""
    numbers, _, words = token.partition("~")
    try:
        kind, organization, page = ([int(one or "0", 36) for one in numbers.split(".")] + [0] * 3)[:3]
    except ValueError:
        raise Refusal("gone") from None
    if min(kind, organization, page) < 0 or max(organization, page) >= LARGEST or kind > len(KINDS) or len(words) > ROOM:
        raise Refusal("gone")
    return Where(kind=kind, organization=organization, page=page, words=unpacked(words))
