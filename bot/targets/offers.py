"""Where buttons lead: places offered from the reserve, and groups."""

from __future__ import annotations

from dataclasses import dataclass

from bot.targets.target import Epoch, Target


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
class GroupList(Target, prefix="group.list"):
    """The groups, with who is in them and who waits."""

    page: int = 0


@dataclass(frozen=True)
class Losses(Target, prefix="lost.list"):
    """The courses that went, with the children who have no other in their place."""
