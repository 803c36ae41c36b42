"""The courses a questionnaire offers: those of its year for the classes it is answered for."""

from __future__ import annotations

from collections.abc import Collection

from bot.services.courses.clashes import takes_class
from storage.courses import shelf as shelves
from storage.courses.courses import Offer
from storage.db import Tx


async def courses_of(tx: Tx, year: int) -> list[Offer]:
    """Every course of that year, by name."""
    shelf = await shelves.shelf(tx, await shelves.version(tx))
    return [offer for offer in shelf.on_offer.values() if offer.year == year]


async def courses_for(tx: Tx, year: int, classes: Collection[str]) -> list[Offer]:
    """Those of them that take one of these classes."""
    return [each for each in await courses_of(tx, year) if any(takes_class(each.classes, one) for one in classes)]


async def names_of(tx: Tx) -> dict[str, str]:
    """The name of every course there is, archived ones too, by its id as an answer keeps it."""
    shelf = await shelves.shelf(tx, await shelves.version(tx))
    return {str(each.id): each.name for each in shelf.courses.values()}
