"""The catalogue: the courses with what speaks for and against each for one child, and the window of applications."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from bot.refusals import Refusal
from bot.services.clashes import Against, Day, against, brief, clock
from bot.voice import Fact, Say, weekday_names
from storage import courses
from storage.courses import Child, Hours, Offer
from storage.db import Tx


@dataclass(frozen=True)
class Fit:
    """A course as one child sees it (or, without a child, as a stranger does)."""

    offer: Offer
    against: tuple[Against, ...] = ()
    state: str | None = None  # of the child's own choice of this course, if there is one

    @property
    def fits(self) -> bool:
        return not self.against


@dataclass(frozen=True)
class Catalogue:
    child: Child | None
    fits: tuple[Fit, ...]  # those that fit first, each part by name


def being_written(child: Child) -> int | None:
    """The application the family can still write on: a returned one, else the draft."""
    returned = [held.application_id for held in child.held if held.state == "returned"]
    drafts = [held.application_id for held in child.drafts if held.application_id not in returned]
    return max(returned, default=None) or max(drafts, default=None)


async def catalogue(tx: Tx, pupil_id: int | None, today: date) -> Catalogue:
    """All courses on offer for this pupil, or for nobody in particular."""
    offered = await courses.offers(tx)
    if pupil_id is None:
        return Catalogue(None, tuple(Fit(offer) for offer in offered))
    day = await day_of(tx, pupil_id, today, {offer.id: offer for offer in offered})
    fits = [_fit(offer, day) for offer in offered]
    return Catalogue(day.child, tuple(sorted(fits, key=lambda fit: not fit.fits)))


async def card(tx: Tx, course_id: int, pupil_id: int | None, today: date) -> tuple[Child | None, Fit]:
    """One course for this pupil. A course that is gone is refused."""
    offered = await courses.offers(tx, [course_id])
    if not offered:
        raise Refusal("gone")
    if pupil_id is None:
        return None, Fit(offered[0])
    day = await day_of(tx, pupil_id, today, {course_id: offered[0]})
    return day.child, _fit(offered[0], day)


def _fit(offer: Offer, day: Day) -> Fit:
    mine = (*day.child.held, *day.child.drafts)
    state = next((held.state for held in mine if held.course_id == offer.id), None)
    return Fit(offer, tuple(against(offer, day)), state)


async def day_of(
    tx: Tx, pupil_id: int, today: date, known: dict[int, Offer] | None = None, *, without: Collection[int] = ()
) -> Day:
    """What this pupil's week is filled with, but for the applications named. A pupil who is gone is refused.

    `known`: offers already at hand, not asked for again.
    """
    child = (await courses.children(tx, [pupil_id])).get(pupil_id)
    if child is None:
        raise Refusal("gone")
    held = [one for one in child.held if one.application_id not in without]
    at_hand = dict(known or {})
    missing = {one.course_id for one in held} - set(at_hand)
    if missing:
        at_hand |= {offer.id: offer for offer in await courses.offers(tx, missing, current=False)}
    return Day(
        child,
        await courses.class_hours(tx, child),
        [(at_hand[one.course_id], one.group_id) for one in held if one.course_id in at_hand],
        await courses.roads(tx),
        today,
    )


def is_open(offer: Offer, today: date) -> bool:
    """Whether applications are taken today."""
    return (offer.opens_on is None or offer.opens_on <= today) and (offer.closes_on is None or today <= offer.closes_on)


def window(offer: Offer, today: date) -> Against:
    """The window of applications, as a sentence's key and facts."""
    if offer.opens_on is not None and today < offer.opens_on:
        return Against("window-ahead", {"day": offer.opens_on})
    if offer.closes_on is None:
        return Against("window-always", {})
    if today > offer.closes_on:
        return Against("window-over", {"day": offer.closes_on})
    return Against("window-open", {"day": offer.closes_on, "days": (offer.closes_on - today).days})


def shut(offer: Offer, today: date) -> Refusal:
    """The refusal of an application outside the window, with its dates."""
    facts: dict[str, Fact] = {"course": brief(offer.name)}
    if offer.opens_on is not None and today < offer.opens_on:
        return Refusal("window-refused-ahead", **facts, day=offer.opens_on)
    return Refusal("window-refused-over", **facts, day=offer.closes_on)


def times(hours: Iterable[Hours], say: Say, today: date) -> str:
    """«чт 15:00–16:30, пт 15:00–16:30 (чётные недели)»; empty when no timetable is known."""
    days = weekday_names(say.language)
    said = []
    for one in hours:
        if one.to_day is not None and one.to_day < today:
            continue
        words = f"{days[one.weekday]} {clock(one.starts)}–{clock(one.ends)}"
        said.append(words if one.weeks == "all" else f"{words} ({say.plain('course-weeks', weeks=one.weeks)})")
    return ", ".join(dict.fromkeys(said))
