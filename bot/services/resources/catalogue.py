"""The catalogue of resources: by kind, by organization, by words; what families see of it and what is for staff alone."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date

from bot.paging import Page, page_of
from bot.policy import Person
from bot.refusals import Refusal
from bot.services.courses.search import fold, meant
from bot.services.network.years import running_now
from bot.services.resources.places import KINDS, Where
from storage.db import Database, Tx
from storage.network import years
from storage.resources import resources
from storage.resources.resources import Shown

_OF_STAFF = re.compile(r"педагог\w*|учител\w*|сотрудник\w*|администр\w*|методист\w*|координатор\w*|директор\w*")
_JOINS = re.compile(r"и|для|всем|только|сети|школы?|партн[её]р\w*|наш\w*")


@dataclass(frozen=True)
class Catalogue:
    """A page of it, and what the whole is made of."""

    page: Page[Shown]
    total: int
    by_kind: dict[str, int]  # of all this person may see
    organizations: dict[int, str]  # those that have something, by name
    narrowed: str | None  # the name of the organization it is narrowed to


def for_staff_alone(whom: str | None) -> bool:
    """Whether «Кому» names staff and nobody else: families are not shown it."""
    words = fold(whom or "")
    return any(_OF_STAFF.fullmatch(word) for word in words) and all(
        _OF_STAFF.fullmatch(word) or _JOINS.fullmatch(word) for word in words
    )


def visible(shown: Shown, by: Person) -> bool:
    """Whether this person may see a resource: families and strangers see what is not for staff alone."""
    return bool(by.posts) or not for_staff_alone(shown.whom)


async def for_families(tx: Tx) -> list[Shown]:
    """What anybody may see, by name: for the public page."""
    return [one for one in await resources.standing(tx) if not for_staff_alone(one.whom)]


async def catalogue(tx: Tx, where: Where, by: Person, *, size: int = 8) -> Catalogue:
    """A page of the resources this person may see: best meant by the words first, then by name."""
    known = [one for one in await resources.standing(tx) if visible(one, by)]
    kind = KINDS[where.kind - 1] if where.kind else None
    found = [
        (rank, one)
        for one in known
        if kind in (None, one.kind)
        and where.organization in (0, one.organization_id)
        and (rank := _rank(one, where.words)) is not None
    ]
    found.sort(key=lambda pair: pair[0])
    organizations = dict(sorted(((one.organization_id, one.organization) for one in known), key=lambda pair: pair[1]))
    return Catalogue(
        page_of([one for _, one in found], where.page, size),
        len(found),
        Counter(one.kind for one in known),
        organizations,
        organizations.get(where.organization),
    )


def _rank(one: Shown, words: tuple[str, ...]) -> int | None:
    """How well the words mean it, the smaller the better; None: a word begins none of its words."""
    fields = [set(fold(text or "")) for text in (one.name, one.description, one.whom, one.place, one.organization)]
    total = 0
    for word in words:
        at = next((place for place, known in enumerate(fields) if any(each.startswith(word) for each in known)), None)
        if at is None:
            return None
        total += at
    return total


async def resource(tx: Tx, resource_id: int, by: Person) -> Shown:
    """One resource. Refusal: gone, where it does not stand or is not for this person."""
    found = await resources.one(tx, resource_id)
    if found is None or not visible(found, by):
        raise Refusal("gone")
    return found


async def look(db: Database, resource_id: int, by: Person, today: date) -> Shown:
    """The same, and the look is counted, without whose it was. Refusal: gone."""
    async with db.write() as tx:
        found = await resource(tx, resource_id, by)
        year = (await running_now(tx, today)).year
        await years.begin(tx, year)
        await resources.looked_at(tx, resource_id, year)
    return found


async def resource_meant(tx: Tx, text: str, by: Person) -> tuple[str, ...] | None:
    """The words of a text nobody asked for that name resources, as a search takes them; None: they name none."""
    words = tuple(word for word in meant(text) if len(word) > 2 or word.isdigit())
    if not words:
        return None
    found = await catalogue(tx, Where(words=words), by, size=1)
    return words if found.total else None
