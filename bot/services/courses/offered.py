"""What of the shelf is on offer in one year, put in order once a day: a page of the catalogue looks at thousands of courses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from weakref import WeakKeyDictionary

from storage.courses.courses import Offer
from storage.courses.shelf import Shelf


@dataclass(frozen=True)
class Offered:
    """The courses of a year: those that take applications that day first, then those that will, each time by name."""

    offers: tuple[Offer, ...]
    accessible: bool  # some are open to children with limited health abilities
    partners: dict[int, str]  # names of the organizations, by id, in their order
    directions: dict[str, int]  # by name the id of one course of theirs


_KNOWN: WeakKeyDictionary[Shelf, dict[tuple[int, date], Offered]] = WeakKeyDictionary()


def offered(whole: Shelf, year: int, today: date) -> Offered:
    """Kept as long as the shelf is, for one day."""
    known = _KNOWN.setdefault(whole, {})
    if (year, today) not in known:
        if any(day != today for _, day in known):
            known.clear()
        known[year, today] = _put_in_order(whole, year, today)
    return known[year, today]


def _put_in_order(whole: Shelf, year: int, today: date) -> Offered:
    offers = [one for one in whole.on_offer.values() if one.year == year]
    partners = {one.organization_id: one.organization for one in offers}
    directions = {one.direction: one.id for one in sorted(offers, key=lambda one: -one.id)}
    return Offered(
        tuple(sorted(offers, key=lambda one: _waits(one, today))),
        any(one.accessible for one in offers),
        dict(sorted(partners.items(), key=lambda one: one[1])),
        dict(sorted(directions.items())),
    )


def _waits(offer: Offer, today: date) -> int:
    """0: applications are taken today; 1: they will be; 2: no longer."""
    if is_open(offer, today):
        return 0
    return 1 if offer.opens_on is not None and today < offer.opens_on else 2


def is_open(offer: Offer, today: date) -> bool:
    """Whether applications are taken today: within the window, and never after the year it is offered in."""
    return (offer.ends_on is None or today <= offer.ends_on) and offer.in_window(today)
