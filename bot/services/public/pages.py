"""What the network's public pages show: the catalogue as a stranger sees it, narrowed by an address; nothing of any person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from bot.paging import Page, page_of
from bot.services.courses.catalogue import Catalogue, Wanted, catalogue, partners_and_directions
from bot.services.courses.search import meant
from bot.services.resources.catalogue import for_families
from bot.services.resources.places import KINDS
from storage.db import Tx
from storage.resources.resources import Shown

SIZE = 30  # courses a page: with the longest names it stays light
MOST = 10**9  # numbers of an address are below
TYPED = 100  # characters of a search that are read


@dataclass(frozen=True)
class Narrowed:
    """What of the catalogue an address asks for. 0 and "" narrow nothing."""

    partner: int = 0
    like: int = 0  # of the direction of this course
    year: int = 0  # of school
    typed: str = ""
    accessible: bool = False
    page: int = 0

    @property
    def any(self) -> bool:
        return self != Narrowed(page=self.page)

    def query(self, **changed: int | str) -> str:
        """The end of the address of the same list with this changed, from its first page: «?class=7», or nothing."""
        at = replace(self, **({"page": 0} | changed))  # type: ignore[arg-type]  # its own fields
        facts = {"q": at.typed, "partner": at.partner, "like": at.like, "class": at.year, "open": int(at.accessible)}
        facts["page"] = at.page + 1 if at.page else 0
        said = urlencode({name: value for name, value in facts.items() if value})
        return f"?{said}" if said else ""


def narrowed(query: Mapping[str, str]) -> Narrowed:
    """What somebody's address asks for; what cannot be meant narrows nothing."""

    def number(name: str) -> int:
        said = query.get(name, "")
        return int(said) if said.isascii() and said.isdigit() and len(said) < len(str(MOST)) else 0

    year = number("class")
    typed = " ".join(query.get("q", "")[:TYPED].split())
    return Narrowed(
        number("partner"),
        number("like"),
        year if year <= 11 else 0,
        typed,
        bool(number("open")),
        max(number("page") - 1, 0),
    )


@dataclass(frozen=True)
class Listed:
    """A page of the catalogue, and by what it can be narrowed: partners by id, directions by the id of a course of theirs."""

    at: Narrowed
    found: Catalogue
    partners: dict[int, str]
    directions: dict[int, str]


async def listed(tx: Tx, at: Narrowed, today: date) -> Listed:
    """A page of the catalogue for nobody in particular."""
    wanted = Wanted(organization=at.partner, like=at.like, year=at.year, accessible=at.accessible, words=meant(at.typed))
    found = await catalogue(tx, wanted, today, page=at.page, size=SIZE)
    partners, directions = await partners_and_directions(tx, today)
    return Listed(replace(at, page=found.page), found, partners, directions)


async def resources(tx: Tx, page: int) -> Page[Shown]:
    """A page of what the network shares, by kind and name. «Кадровые» are people, and no person stands on a public page."""
    found = [one for one in await for_families(tx) if one.kind != "staff"]
    return page_of(sorted(found, key=lambda one: KINDS.index(one.kind)), page, SIZE)
