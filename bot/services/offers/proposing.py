"""A course that went: the school proposes another with a seat, and the family decides; nobody is moved without its word."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, TypeAlias

from bot.clock import Moment
from bot.notices.offers import CourseProposed
from bot.policy import Person, Thing, require
from bot.refusals import ChangedSince, Refusal, stamp
from bot.services.courses.catalogue import day_of
from bot.services.courses.clashes import Against, Day, against
from bot.services.courses.offered import is_open
from bot.services.enrollment.choices import walk
from bot.services.enrollment.telling import letter_facts, tell_family
from bot.services.offers.hours import hold
from bot.services.offers.offers import attended
from bot.settings import Settings
from storage import audit
from storage.courses import courses
from storage.courses.courses import ALIVE, GroupOffer, Offer
from storage.db import Database, Tx
from storage.enrollment import enrollment
from storage.enrollment.enrollment import Open
from storage.offers import losses, offers
from storage.offers.losses import Earlier, Loss
from storage.tables import Choice

ACTION = "enrollment.propose"


Way: TypeAlias = Literal["apply", "school"]


async def way_on(tx: Tx, years: Collection[int], today: date) -> Way:
    """What a family whose course of one of these years went can do: choose another itself, or wait for the school to propose one."""
    there = [offer for offer in await courses.offers(tx) if offer.year in years] if years else []
    return "apply" if any(is_open(offer, today) for offer in there) else "school"


@dataclass(frozen=True)
class Whom:
    """The children who lost a course, or one of them by their lost wish."""

    course: int
    choice: int = 0


@dataclass(frozen=True)
class Possible:
    """A group that may be proposed: to how many of those asked about it would suit, and how many seats it has for them."""

    offer: Offer
    group: GroupOffer
    left: int
    suits: int


@dataclass(frozen=True)
class Proposal:
    """Whom a group would be proposed to, and whom not, with why."""

    offer: Offer
    group: GroupOffer
    left: int
    going: tuple[Loss, ...]
    staying: tuple[tuple[Loss, Against], ...]

    @property
    def digest(self) -> str:
        return stamp([one.choice_id for one in self.going], self.group.id)


@dataclass(frozen=True)
class Hand:
    """Who proposes, when, and by whose hours."""

    by: Person
    at: Moment
    settings: Settings


async def asked_about(tx: Tx, whom: Whom, *, by: Person, today: date) -> list[Loss]:
    """The children this coordinator may propose something to. Refusal gone: nobody is left without a course."""
    found = await losses.losses(tx, by.organizations_as("coordinator"), whom.course, today, choice_id=whom.choice)
    if not found:
        raise Refusal("gone")
    for one in found:
        require(by, ACTION, _thing(one))
    return found


def _thing(one: Loss) -> Thing:
    return Thing(pupil_id=one.pupil_id, school_id=one.school_id)


async def possible(tx: Tx, whom: Whom, *, by: Person, today: date) -> list[Possible]:
    """The groups that may be proposed, those that suit most children first.

    A group has a seat for them when it is free, nobody stands in its line, its partner does not keep it empty and no draw is
    to come for it: nobody is passed over.
    """
    children = await asked_about(tx, whom, by=by, today=today)
    shelf = await _shelf(tx, children, today)
    found = []
    for offer in shelf.offers.values():
        for group in offer.groups:
            if (left := shelf.left(offer, group)) <= 0:
                continue
            suits = sum(shelf.against(one, offer, group) is None for one in children)
            if suits:
                found.append(Possible(offer, group, left, suits))
    return sorted(found, key=lambda one: (-min(one.suits, one.left), one.offer.name.casefold(), one.group.code))


async def proposal(tx: Tx, whom: Whom, group_id: int, *, by: Person, today: date) -> Proposal:
    """Who would be proposed this group; nothing is written. Refusals: gone."""
    children = await asked_about(tx, whom, by=by, today=today)
    shelf = await _shelf(tx, children, today)
    offer, group = shelf.find(group_id)
    left = shelf.left(offer, group)
    why = {one.choice_id: shelf.against(one, offer, group) for one in children}
    suit = [one for one in children if why[one.choice_id] is None]
    staying = [(one, reason) for one in children if (reason := why[one.choice_id]) is not None]
    staying += [(one, Against("propose-seatless", {})) for one in suit[max(left, 0) :]]
    return Proposal(offer, group, left, tuple(suit[: max(left, 0)]), tuple(staying))


async def propose(db: Database, whom: Whom, group_id: int, hand: Hand, *, seen: str) -> Proposal:
    """Hold a seat for each child the page named (`seen`: its digest) and ask the families, in one transaction.

    ChangedSince: it would be others by now. Refusals: gone, propose-nobody.
    """
    async with db.write() as tx:
        children = await asked_about(tx, whom, by=hand.by, today=hand.at.today)
        papers = {
            one.application.id: one for one in await enrollment.open_applications(tx, {one.application_id for one in children})
        }
        before = await losses.earlier(tx, papers)
        await offers.locked(tx, [one.choice_id for one in before.values()])
        await enrollment.lock_groups(tx, [(await _shelf(tx, children, hand.at.today)).find(group_id)[0].id])
        plan = await proposal(tx, whom, group_id, by=hand.by, today=hand.at.today)
        if seen != plan.digest:
            raise ChangedSince
        if not plan.going:
            raise Refusal("propose-nobody")
        for one in plan.going:
            await _propose(tx, one, papers[one.application_id], plan, hand)
        return plan


async def _propose(tx: Tx, one: Loss, paper: Open, plan: Proposal, hand: Hand) -> None:
    by, at = hand.by, hand.at
    choice = next((each for each in paper.choices if each.course_id == plan.offer.id), None)
    if choice is None:
        rank = await losses.last_rank(tx, one.application_id) + 1
        choice = Choice(application_id=one.application_id, course_id=plan.offer.id, rank=rank, state="draft", changed_at=at.now)
        tx.add(choice)
        await tx.flush()
    was = choice.state
    await walk(tx, choice, "propose", by=by, thing=_thing(one), now=at.now)
    choice.group_id, choice.instead_of = plan.group.id, one.choice_id
    choice.reserve_at = choice.first_number = choice.override = None
    if paper.application.state in ("declined", "withdrawn"):
        paper.application.state, paper.application.decided_at, paper.application.decided_by = "approved", at.now, by.known
    deadline = await hold(tx, choice.id, one.school_id, now=at.now, settings=hand.settings)
    change = audit.Change(before={"state": was}, after={"state": "offered", "group": plan.group.id, "instead": one.choice_id})
    audit.log(tx, by.known, ACTION, ("choice", choice.id), change, now=at.now)
    about = (await offers.about(tx, [choice.id]))[choice.id]
    instead = "" if one.choice_id == choice.id else one.course
    notice = CourseProposed(**letter_facts(about, at.now), group=plan.group.code, deadline=deadline, instead=instead)
    await tell_family(tx, one.pupil_id, notice, now=at.now)


async def settle(db: Database, whom: Whom, *, by: Person, at: Moment) -> int:
    """Nothing is to be proposed to these children any more. Returns how many; a repeat finds none."""
    async with db.write() as tx:
        found = await losses.losses(tx, by.organizations_as("coordinator"), whom.course, at.today, choice_id=whom.choice)
        for one in found:
            require(by, ACTION, _thing(one))
            audit.log(tx, by.known, ACTION, ("choice", one.choice_id), audit.Change(after={"settled": True}), now=at.now)
        await losses.settle(tx, [one.choice_id for one in found])
        return len(found)


# ── what suits whom ─────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class _Shelf:
    """The courses of the year, and what is known of each child."""

    offers: dict[int, Offer]
    drawn: frozenset[int]  # courses with a draw to come, or with wishes nobody has decided
    kept: dict[int, int]
    weeks: dict[int, Day]  # by pupil
    earlier: dict[tuple[int, int], Earlier]

    def find(self, group_id: int) -> tuple[Offer, GroupOffer]:
        for offer in self.offers.values():
            for group in offer.groups:
                if group.id == group_id:
                    return offer, group
        raise Refusal("gone")

    def left(self, offer: Offer, group: GroupOffer) -> int:
        """Seats nobody else has a right to."""
        return 0 if offer.id in self.drawn or group.waiting else group.left - self.kept.get(group.id, 0)

    def against(self, one: Loss, offer: Offer, group: GroupOffer) -> Against | None:
        """Why this group is nothing for this child."""
        week, was = self.weeks[one.pupil_id], self.earlier.get((one.application_id, offer.id))
        if any(held.course_id == offer.id for held in week.child.held) or (was is not None and was.state in (*ALIVE, "draft")):
            return Against("propose-twice", {})
        if was is not None and was.refused:
            return Against("propose-refused", {})
        return next(iter(against(replace(offer, groups=(group,)), week)), None)


async def _shelf(tx: Tx, children: Sequence[Loss], today: date) -> _Shelf:
    year = children[0].year
    found = {offer.id: offer for offer in await courses.offers(tx) if offer.year == year and offer.groups}
    drawn = {one.id for one in found.values() if one.selection == "ranked" and (is_open(one, today) or _to_come(one, today))}
    weeks = {}
    for pupil in {one.pupil_id for one in children}:
        week = await day_of(tx, pupil, today, year, found)
        weeks[pupil] = replace(week, courses=attended(week).courses)
    before = await losses.earlier(tx, {one.application_id for one in children})
    drawn |= await losses.wished_without_a_place(tx, year)
    return _Shelf(found, frozenset(drawn), await losses.kept_free(tx, year), weeks, before)


def _to_come(offer: Offer, today: date) -> bool:
    return offer.opens_on is not None and offer.opens_on > today
