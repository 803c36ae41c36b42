"""Which academic year something is about: the one that runs, and the one families apply for. Nobody else decides it."""

from __future__ import annotations

from datetime import date
from weakref import WeakKeyDictionary

from bot.policy import Person
from storage.courses import shelf as shelves
from storage.courses.shelf import Shelf
from storage.db import Tx
from storage.network import years
from storage.network.years import AcademicYear, Years, usual

APPLYING = range(4, 9)  # months in which next year may stand beside this one: its workbook comes from April on


def running(known: Years, today: date) -> AcademicYear:
    """The year whose lessons, journal and tasks are today's: from its first teaching day until the next one begins.

    A year nobody has said anything about begins on 1 September; summer belongs to the year that has ended.
    """
    return next(
        one for one in (_of(known, today.year), _of(known, today.year - 1), usual(today.year - 2)) if one.starts_on <= today
    )


def _of(known: Years, year: int) -> AcademicYear:
    return known.get(year) or usual(year)


async def running_now(tx: Tx, today: date) -> AcademicYear:
    """`running` by what is stored."""
    return running(await years.known(tx), today)


async def this_year(tx: Tx, today: date) -> int:
    """The number of the running year: today's classes are those of it."""
    return (await running_now(tx, today)).year


def following(known: Years, today: date) -> AcademicYear:
    """The year after the running one."""
    return _of(known, running(known, today).year + 1)


def asked(shelf: Shelf, today: date) -> int:
    """The year families apply for (regulation 3 to 5: May to August, while the year before still runs).

    Next year's as soon as one of its windows is open; this year's as long as it alone takes applications; in the months of
    enrolment next year's, once there is anything of it.
    """
    known = _ASKED.get(shelf)
    if known is None or known[0] != today:
        known = _ASKED[shelf] = today, _asked(shelf, today)
    return known[1]


_ASKED: WeakKeyDictionary[Shelf, tuple[date, int]] = WeakKeyDictionary()  # of one day


def _asked(shelf: Shelf, today: date) -> int:
    this = running(shelf.years, today)
    taking = {offer.year for offer in shelf.on_offer.values() if offer.in_window(today)}
    offered = {offer.year for offer in shelf.on_offer.values()}
    if this.year + 1 in taking:
        return this.year + 1
    if this.year in taking and today <= this.ends_on:
        return this.year
    return this.year + 1 if this.year + 1 in offered and today.month in APPLYING else this.year


async def asked_now(tx: Tx, today: date) -> int:
    """`asked` by what is stored."""
    return asked(await shelves.shelf(tx, await shelves.version(tx)), today)


async def past_of(tx: Tx, person: Person, today: date) -> list[int]:
    """The years that are over of which this person can read something, the latest first."""
    this = (await running_now(tx, today)).year
    found: set[int] = set()
    if person.pupils:
        found |= set(await years.of_pupils(tx, person.pupils, this))
    if person.posts:
        found |= set(
            await years.of_groups(
                tx,
                this,
                teachers=person.staff_as("teacher"),
                organizations=person.organizations_as("partner"),
                everywhere=bool(person.organizations_as("coordinator", "director")),
            )
        )
    return sorted(found, reverse=True)
