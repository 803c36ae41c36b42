"""The catalogue: the courses with what speaks for and against each for one child, and the window of applications."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from bot.paging import page_of
from bot.refusals import Refusal
from bot.services.courses.clashes import Against, Day, against, against_group, brief, clock, takes_class, takes_year, year_of
from bot.services.courses.fitting import Fitting
from bot.services.courses.offered import offered
from bot.services.courses.search import index
from bot.services.network.years import asked, running, running_now
from bot.voice import Fact, Say, weekday_names
from storage.courses import courses, weeks
from storage.courses import shelf as shelves
from storage.courses.courses import Child, Hours, Offer
from storage.courses.shelf import Looking, Shelf
from storage.db import Tx
from storage.network.years import AcademicYear, usual
from storage.people.classes import class_in, goes_on_by_choice
from storage.people.people import first_name

Fitted = tuple[Offer, int, bool]  # a course, its rank by the words, and whether it fits

LINK = "course_"  # how the payload of a link to a course begins; its id follows, 0: the catalogue


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
class Card:
    child: Child | None
    fit: Fit
    starred: bool  # in the family's shortlist
    groups: dict[int, tuple[Against, ...]]  # of several: what of the child's week speaks against each


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What of the catalogue somebody wants to see. Everything narrows; 0, False and () do not."""

    pupil: int = 0  # 0: for nobody in particular
    organization: int = 0
    like: int = 0  # of the direction of this course
    day: int = 0  # 1 is Monday: courses one of whose groups meets then
    year: int = 0  # of school; of the child's own year: their very class
    fits: bool = False
    starred: bool = False
    folds: bool = False  # what does not fit is folded away, unless something is searched for
    rest: bool = False  # just that
    accessible: bool = False  # open to children with limited health abilities; of a course, never of a child
    year_of_courses: int = 0  # the academic year they are offered in; 0: the one families apply for
    words: tuple[str, ...] = ()  # beginnings: course_search.meant


@dataclass(frozen=True)
class Catalogue:
    """A page of the catalogue."""

    child: Child | None
    fits: tuple[Fit, ...]  # of this page: best meant by the words first, then best fitting, then by name
    total: int
    fitting: int  # of the total
    folded: int  # of the total: not on these pages, for they do not fit
    page: int  # from 0; a page beyond the last is the last
    pages: int
    partner: str | None  # the names of what it is narrowed to
    direction: str | None
    starred: frozenset[int]
    year: AcademicYear  # that the courses are offered in
    accessible: bool = False  # some of the year's courses are open to children with limited health abilities


def being_written(child: Child) -> int | None:
    """The application the family can still write on: a returned one, else the draft."""
    returned = [held.application_id for held in child.held if held.state == "returned"]
    drafts = [held.application_id for held in child.drafts if held.application_id not in returned]
    return max(returned, default=None) or max(drafts, default=None)


async def catalogue(tx: Tx, wanted: Wanted, today: date, *, page: int = 0, size: int = 8) -> Catalogue:
    """A page of the courses on offer for this pupil, or for nobody in particular. Three questions at most; seats are fresh."""
    looking, whole = await _looking(tx, wanted.pupil)
    year = wanted.year_of_courses or asked(whole, today)
    starred = looking.starred if looking else frozenset[int]()
    day = _day(whole, looking.child, today, year) if looking else None
    child = day.child if day else None
    fitting = Fitting(whole, day) if day else None
    of_year = offered(whole, year, today)
    narrowed = _narrowed(of_year.offers, whole, wanted, starred, child, today)
    fitted = [(offer, rank, fitting is None or fitting.fits(offer)) for offer, rank in narrowed]
    if wanted.fits:
        fitted = [one for one in fitted if one[2]]
    held = _held(day)
    total, fits = len(fitted), sum(fits for _, _, fits in fitted)
    shown, apart = _parted(fitted, held)
    fold = wanted.folds and bool(shown) and day is not None and not (wanted.words or wanted.starred or wanted.fits)
    if wanted.rest and day is not None:
        fitted = apart
    elif fold:
        fitted = shown
    fitted.sort(key=lambda one: (one[1], not one[2]))  # of these, as they stand in the year
    here = page_of(fitted, page, size)
    some = await courses.with_seats(tx, [offer for offer, _, _ in here.some])
    partner = _partner(whole, wanted.organization)
    direction = whole.courses[wanted.like].direction if wanted.like in whole.courses else None
    return Catalogue(
        child,
        tuple(_fit(offer, day) for offer in some),
        total,
        fits,
        total - len(shown) if fold and not wanted.rest else 0,
        here.number,
        here.of,
        partner,
        direction,
        starred,
        whole.years.get(year) or usual(year),
        of_year.accessible,
    )


def _partner(whole: Shelf, organization: int) -> str | None:
    """What an organization is called; 0 is none."""
    if not organization:
        return None
    return next((each.organization for each in whole.courses.values() if each.organization_id == organization), None)


def _parted(fitted: list[Fitted], held: frozenset[int]) -> tuple[list[Fitted], list[Fitted]]:
    """What fits the child or is its own, and the rest."""
    parts: tuple[list[Fitted], list[Fitted]] = [], []
    for one in fitted:
        parts[not (one[2] or one[0].id in held)].append(one)
    return parts


def _held(day: Day | None) -> frozenset[int]:
    """The courses the child has or has asked for."""
    return frozenset(one.course_id for one in (*day.child.held, *day.child.drafts)) if day else frozenset()


async def _looking(tx: Tx, pupil: int) -> tuple[Looking | None, Shelf]:
    """The child, if the page is for one, and the shelf. A child who is gone is refused."""
    if not pupil:
        return None, await shelves.shelf(tx, await shelves.version(tx))
    looking = (await shelves.looking(tx, [pupil])).get(pupil)
    if looking is None:
        raise Refusal("gone")
    return looking, await shelves.shelf(tx, looking.version)


def _day(whole: Shelf, child: Child, today: date, year: int) -> Day:
    """A child's week in that year, with the class it will be in then."""
    this = running(whole.years, today).year
    there = in_year(child, year, this)
    attended = [(whole.courses[one.course_id], one.group_id) for one in there.held if one.course_id in whole.courses]
    lessons = whole.lessons.get((year, child.school_id, there.class_name), ())
    return Day(there, lessons, attended, whole.roads, today, year > this)


def in_year(child: Child, year: int, this: int) -> Child:
    """The child as it will be in that year: its class then (empty: it will have left school), its courses of that year."""
    chosen = goes_on_by_choice(child.class_name, year, child.class_year)
    return replace(
        child,
        class_name=class_in(child.class_name, year, child.class_year) or "",
        class_now=(class_in(child.class_name, this, child.class_year) or "") if year > this else "",
        if_stays=chosen and not any(one <= year for one in child.stays),
        held=tuple(one for one in child.held if one.year == year),
        drafts=tuple(one for one in child.drafts if one.year == year),
    )


def _narrowed(
    offers: Iterable[Offer], whole: Shelf, wanted: Wanted, starred: frozenset[int], child: Child | None, today: date
) -> list[tuple[Offer, int]]:
    """What is asked for, each with its rank by the words."""
    ranks = index(whole).ranks(wanted.words) if wanted.words else None
    like = whole.courses[wanted.like].direction if wanted.like in whole.courses else None
    years: dict[tuple[str, ...], bool] = {}

    def for_year(classes: tuple[str, ...]) -> bool:
        if classes not in years:
            own = child is not None and year_of(child.class_name) == wanted.year
            years[classes] = takes_class(classes, child.class_name) if own and child else takes_year(classes, wanted.year)
        return years[classes]

    return [
        (offer, ranks[offer.id] if ranks is not None else 0)
        for offer in offers
        if (ranks is None or offer.id in ranks)
        and (not wanted.organization or offer.organization_id == wanted.organization)
        and (like is None or offer.direction == like)
        and (not wanted.starred or offer.id in starred)
        and (not wanted.accessible or offer.accessible)
        and (not wanted.day or any(_meets(hours, wanted.day, today) for group in offer.groups for hours in group.hours))
        and (not wanted.year or for_year(offer.classes))
    ]


def _meets(hours: Hours, day: int, today: date) -> bool:
    return hours.weekday == day - 1 and (hours.to_day is None or hours.to_day >= today)


async def card(tx: Tx, course_id: int, pupil_id: int | None, today: date) -> Card:
    """One course for this pupil. A course that is gone is refused."""
    looking, whole = await _looking(tx, pupil_id or 0)
    if course_id not in whole.on_offer:
        raise Refusal("gone")
    (offer,) = await courses.with_seats(tx, [whole.on_offer[course_id]])
    if looking is None:
        return Card(None, Fit(offer), starred=False, groups={})
    day = _day(whole, looking.child, today, offer.year)
    several = offer.groups if len(offer.groups) > 1 else ()
    per_group = {group.id: tuple(against_group(group, day, besides=course_id)) for group in several}
    return Card(day.child, _fit(offer, day), starred=course_id in looking.starred, groups=per_group)


async def partners_and_directions(tx: Tx, today: date) -> tuple[dict[int, str], dict[int, str]]:
    """Names of the organizations with a course on offer, by id; directions by the id of one course of theirs."""
    _, whole = await _looking(tx, 0)
    of_year = offered(whole, asked(whole, today), today)
    return of_year.partners, {id_: name for name, id_ in of_year.directions.items()}


async def child_of(tx: Tx, pupil: int, today: date) -> Child:
    """A child as it will be in the year families apply for. One who is gone is refused."""
    looking, whole = await _looking(tx, pupil)
    if looking is None:
        raise Refusal("gone")
    return in_year(looking.child, asked(whole, today), running(whole.years, today).year)


async def each_ones(tx: Tx, pupils: Collection[int], offers: Collection[Offer], today: date) -> dict[int, list[tuple[str, bool]]]:
    """For each of these courses, all of one year, the first names of these pupils, each with whether it fits."""
    asking = await shelves.looking(tx, pupils)
    if not asking or not offers:
        return {}
    whole = await shelves.shelf(tx, next(iter(asking.values())).version)
    year = next(iter(offers)).year
    fittings = [(one.child.full_name, Fitting(whole, _day(whole, one.child, today, year))) for one in asking.values()]
    return {offer.id: [(first_name(name), fitting.fits(offer)) for name, fitting in fittings] for offer in offers}


def _fit(offer: Offer, day: Day | None) -> Fit:
    if day is None:
        return Fit(offer)
    mine = (*day.child.held, *day.child.drafts)
    state = next((held.state for held in mine if held.course_id == offer.id), None)
    return Fit(offer, tuple(against(offer, day)), state)


async def day_of(
    tx: Tx, pupil_id: int, today: date, year: int, known: dict[int, Offer] | None = None, *, without: Collection[int] = ()
) -> Day:
    """What this pupil's week of that year is filled with, but for the applications named. A pupil who is gone is refused.

    `known`: offers already at hand, not asked for again.
    """
    child = (await courses.children(tx, [pupil_id])).get(pupil_id)
    if child is None:
        raise Refusal("gone")
    this = (await running_now(tx, today)).year
    there = in_year(child, year, this)
    held = [one for one in there.held if one.application_id not in without]
    at_hand = dict(known or {})
    missing = {one.course_id for one in held} - set(at_hand)
    if missing:
        at_hand |= {offer.id: offer for offer in await courses.offers(tx, missing, current=False)}
    attends = [(at_hand[one.course_id], one.group_id) for one in held if one.course_id in at_hand]
    of = (there.school_id, there.class_name)
    hours = (await weeks.class_hours(tx, year, [of])).get(of, [])
    return Day(there, hours, attends, await weeks.roads(tx), today, year > this)


def window(offer: Offer, today: date) -> Against:
    """The window of applications, as a sentence's key and facts."""
    if offer.opens_on is not None and today < offer.opens_on:
        return Against("window-ahead", {"day": offer.opens_on})
    last = _last_day(offer)
    if last is not None and today > last:
        return Against("window-over", {"day": last})
    if offer.closes_on is None:
        return Against("window-always", {})
    return Against("window-open", {"day": offer.closes_on, "days": (offer.closes_on - today).days})


def shut(offer: Offer, today: date) -> Refusal:
    """The refusal of an application outside the window, with its dates."""
    facts: dict[str, Fact] = {"course": brief(offer.name)}
    if offer.opens_on is not None and today < offer.opens_on:
        return Refusal("window-refused-ahead", **facts, day=offer.opens_on)
    return Refusal("window-refused-over", **facts, day=_last_day(offer))


def _last_day(offer: Offer) -> date | None:
    """The last day on which an application is taken: of the window, or of the year."""
    return min((day for day in (offer.closes_on, offer.ends_on) if day is not None), default=None)


def times(hours: Iterable[Hours], say: Say, today: date) -> str:
    """«чт 15:00–16:30, пт 15:00–16:30 (чётные недели)»; empty when no timetable is known."""
    days = _weekdays(say.language)
    said = []
    for one in hours:
        if one.to_day is not None and one.to_day < today:
            continue
        words = f"{days[one.weekday]} {clock(one.starts)}–{clock(one.ends)}"
        said.append(words if one.weeks == "all" else f"{words} ({say.plain('course-weeks', weeks=one.weeks)})")
    return ", ".join(dict.fromkeys(said))


@cache
def _weekdays(language: str) -> tuple[str, ...]:
    return tuple(weekday_names(language))
