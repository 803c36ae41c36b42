"""Applications: a guardian writes one, submits and withdraws it; the coordinator approves, returns or declines it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal, TypeAlias

from sqlalchemy import delete

from bot.notices.enrollment import (
    ApplicationApproved,
    ApplicationDeclined,
    ApplicationReturned,
    ApplicationSubmitted,
    ApplicationWithdrawn,
    ChildWithdrew,
)
from bot.policy import Person, Thing, require
from bot.refusals import Refusal
from bot.services.clashes import Against, Day, against, brief, meets
from bot.services.courses import day_of, is_open, shut
from bot.services.enrollment import checked_reason, noted, opened, take_seat, tell_family, walk
from bot.services.post import Addressed, post_all
from storage import courses, enrollment
from storage.courses import ALIVE, Offer
from storage.db import Database, Tx
from storage.enrollment import Open
from storage.people import first_name, office
from storage.tables import Application, Choice, ChoiceChange

MOST = 3  # courses in one application

Decision: TypeAlias = Literal["approve", "return", "decline"]
_BECOMES: dict[Decision, str] = {"approve": "approved", "return": "returned", "decline": "declined"}


# ── the family ──────────────────────────────────────────────────────────────────────────────────────────────────────


async def choose(db: Database, pupil_id: int, course_id: int, *, by: Person, now: datetime, today: date) -> int:
    """Write a course into the child's application, as the last wish; the first course begins it. Returns its id."""
    require(by, "enrollment.apply", Thing(pupil_id=pupil_id))
    async with db.write() as tx:
        await enrollment.lock_pupil(tx, pupil_id)
        offer = await _offer(tx, course_id)
        if not is_open(offer, today):
            raise shut(offer, today)
        paper = await enrollment.open_paper_of(tx, pupil_id)
        live = _still_writable(paper) if paper else []
        if paper is not None and any(choice.course_id == course_id for choice in live):
            return paper.application.id
        _check(offer, await day_of(tx, pupil_id, today, without=[paper.application.id] if paper else ()))
        if len(live) >= MOST:
            raise Refusal("application-full", most=MOST)
        if paper is None:
            application = Application(pupil_id=pupil_id, person_id=by.known, state="draft", created_at=now)
            tx.add(application)
            await tx.flush()
        else:
            application = paper.application
            await _erase(tx, [choice for choice in paper.choices if choice.course_id == course_id])  # withdrawn once
        choice = Choice(application_id=application.id, course_id=course_id, rank=len(live) + 1, state="draft", changed_at=now)
        tx.add(choice)
        await tx.flush()
        tx.add(ChoiceChange(choice_id=choice.id, was=None, now="draft", by=by.known, at=now))
        return application.id


async def rank(db: Database, application_id: int, choice_id: int, to: int, *, by: Person) -> None:
    """Move a wish to this place, from 1; the others close up."""
    async with db.write() as tx:
        live = _still_writable(await _writable(tx, application_id, by))
        chosen = [choice for choice in live if choice.id == choice_id]
        others = [choice for choice in live if choice.id != choice_id]
        place = max(to - 1, 0)
        _renumber(others[:place] + chosen + others[place:])


async def unchoose(db: Database, application_id: int, choice_id: int, *, by: Person) -> bool:
    """Take a wish off an application that is not with the school. False: it was the last one, the application is gone."""
    async with db.write() as tx:
        if await enrollment.open_application(tx, application_id) is None:
            return False
        paper = await _writable(tx, application_id, by)
        live = _still_writable(paper)
        await _erase(tx, [choice for choice in live if choice.id == choice_id])
        left = [choice for choice in live if choice.id != choice_id]
        _renumber(left)
        if not left and len(live) == len(paper.choices):
            await tx.delete(paper.application)
        elif not left:  # a returned one of which the rest was withdrawn: its history stays
            paper.application.state = "withdrawn"
        return bool(left)


async def discard(db: Database, application_id: int, *, by: Person) -> None:
    """Throw a draft away, as if it had never been; one that is gone already is well."""
    async with db.write() as tx:
        paper = await enrollment.open_application(tx, application_id)
        if paper is None:
            return
        require(by, "enrollment.apply", Thing(pupil_id=paper.pupil.id))
        if paper.application.state != "draft":
            raise Refusal("application-sent")
        await _erase(tx, paper.choices)
        await tx.delete(paper.application)


async def submit(db: Database, application_id: int, *, by: Person, now: datetime, today: date) -> None:
    """Hand the application in. A course «по порядку» gives its seat, or a place in the line, at this moment."""
    async with db.write() as tx:
        paper = await opened(tx, application_id)
        thing = Thing(pupil_id=paper.pupil.id)
        require(by, "enrollment.apply", thing)
        if paper.application.state == "submitted":
            return
        live = _still_writable(paper)
        if not live:
            raise Refusal("application-empty")
        wanted = [choice.course_id for choice in live]
        await enrollment.lock_groups(tx, wanted)
        offers = {offer.id: offer for offer in await courses.offers(tx, wanted)}
        day = await day_of(tx, paper.pupil.id, today, offers, without=[application_id])
        for choice in live:
            await _hand_in(tx, choice, offers.get(choice.course_id), day, by=by, now=now)
        paper.application.state, paper.application.submitted_at = "submitted", now
        paper.application.reason, paper.application.person_id = None, by.known
        notice = ApplicationSubmitted(
            id_application=application_id,
            id_change=now.isoformat(),
            child=first_name(paper.pupil.full_name),
            courses=[offers[course_id].name for course_id in wanted],
        )
        await tell_family(tx, paper.pupil.id, notice, now=now, but=[by.known])


async def _hand_in(tx: Tx, choice: Choice, offer: Offer | None, day: Day, *, by: Person, now: datetime) -> None:
    if offer is None:
        raise Refusal("application-course-gone")
    if choice.state == "draft" and not is_open(offer, day.today):  # a returned one was in time
        raise shut(offer, day.today)
    _check(offer, day)
    await walk(tx, choice, "submit", by=by, thing=Thing(pupil_id=day.child.id), now=now)
    if offer.selection == "queue" and choice.group_id is None:
        take_seat(choice, offer, day, now)


async def withdraw(db: Database, application_id: int, choice_id: int, *, by: Person, now: datetime) -> None:
    """Withdraw one course, or with choice 0 all of the application that is still alive. A seat held falls free."""
    async with db.write() as tx:
        paper = await opened(tx, application_id)
        thing = Thing(pupil_id=paper.pupil.id)
        require(by, "enrollment.apply", thing)
        meant = [choice for choice in paper.choices if choice_id in (0, choice.id)]
        if choice_id == 0:
            meant = [choice for choice in meant if choice.state in ALIVE]
        was = {choice.id: choice.state for choice in meant}
        done = [choice for choice in meant if await walk(tx, choice, "withdraw", by=by, thing=thing, now=now)]
        if not done:
            return
        if all(choice.state == "withdrawn" for choice in paper.choices):
            paper.application.state = "withdrawn"
        await _tell_withdrawn(tx, paper, done, was, by=by, now=now)


async def _tell_withdrawn(tx: Tx, paper: Open, done: Sequence[Choice], was: dict[int, str], *, by: Person, now: datetime) -> None:
    offers = {offer.id: offer for offer in await courses.offers(tx, [choice.course_id for choice in done], current=False)}
    child = first_name(paper.pupil.full_name)
    notice = ApplicationWithdrawn(
        id_application=paper.application.id,
        id_change=now.isoformat(),
        child=child,
        courses=[offers[choice.course_id].name for choice in done],
    )
    await tell_family(tx, paper.pupil.id, notice, now=now, but=[by.known])
    school = [("coordinator", person) for person in await office(tx, "coordinator", organization_id=paper.pupil.school_id)]
    letters: list[Addressed] = []
    for choice in done:
        if was[choice.id] in ("submitted", "returned"):
            continue  # nobody has acted on it yet
        offer = offers[choice.course_id]
        asked = was[choice.id] != "approved"
        admins = await office(tx, "partner", organization_id=offer.organization_id) if asked else []
        gone = ChildWithdrew(
            id_choice=choice.id,
            id_change=now.isoformat(),
            child=child,
            class_name=paper.pupil.class_name,
            course=offer.name,
        )
        letters += [Addressed(to, gone, role=role) for role, to in [*school, *(("partner", admin) for admin in admins)]]
    await post_all(tx, letters, now=now)


# ── the coordinator ─────────────────────────────────────────────────────────────────────────────────────────────────


async def decide(db: Database, application_id: int, decision: Decision, *, by: Person, now: datetime, reason: str = "") -> None:
    """Approve an application, return it for correction, or decline it; the last two with a reason the family reads."""
    async with db.write() as tx:
        paper = await opened(tx, application_id)
        thing = Thing(pupil_id=paper.pupil.id, school_id=paper.pupil.school_id)
        require(by, "enrollment.decide", thing)
        was, becomes = paper.application.state, _BECOMES[decision]
        if was == becomes:
            return
        if was != "submitted":
            raise Refusal("application-decided", state=was)
        why = None if decision == "approve" else checked_reason(reason)
        met = [choice for choice in paper.choices if choice.state == "submitted"]
        for choice in met:
            await walk(tx, choice, decision, by=by, thing=thing, now=now, reason=why)
        paper.application.state, paper.application.reason = becomes, why
        paper.application.decided_at, paper.application.decided_by = now, by.known
        noted(
            tx,
            by,
            "enrollment.decide",
            "application",
            application_id,
            now=now,
            before={"state": was},
            after={"state": becomes},
            reason=why,
        )
        await _tell_decided(tx, paper, met, decision, why or "", now=now)


async def _tell_decided(tx: Tx, paper: Open, met: Sequence[Choice], decision: Decision, why: str, *, now: datetime) -> None:
    offers = {offer.id: offer.name for offer in await courses.offers(tx, [choice.course_id for choice in met], current=False)}
    id_application, id_change = paper.application.id, now.isoformat()
    child, names = first_name(paper.pupil.full_name), [offers[choice.course_id] for choice in met]
    notice: ApplicationApproved | ApplicationReturned | ApplicationDeclined
    if decision == "approve":
        notice = ApplicationApproved(id_application=id_application, id_change=id_change, child=child, courses=names)
    elif decision == "return":
        notice = ApplicationReturned(id_application=id_application, id_change=id_change, child=child, courses=names, reason=why)
    else:
        notice = ApplicationDeclined(id_application=id_application, id_change=id_change, child=child, courses=names, reason=why)
    await tell_family(tx, paper.pupil.id, notice, now=now)


# ── what a page says before anything is done ────────────────────────────────────────────────────────────────────────


async def preview(tx: Tx, paper: enrollment.Paper, today: date) -> dict[int, tuple[Offer, list[Against], list[Against]]]:
    """For each wish its course, what stands against it, and what is only worth knowing (two wishes at one time)."""
    wanted = [wish.course_id for wish in paper.wishes]
    offers = {offer.id: offer for offer in await courses.offers(tx, wanted, current=False)}
    day = await day_of(tx, paper.pupil_id, today, offers, without=[paper.id])
    found = {}
    for wish in paper.wishes:
        offer = offers[wish.course_id]
        others = [offers[other.course_id] for other in paper.wishes if other.rank < wish.rank]
        hints = [clash for clash in (meets(offer, other, day) for other in others) if clash is not None]
        found[wish.id] = (offer, against(offer, day), hints)
    return found


async def _offer(tx: Tx, course_id: int) -> Offer:
    found = await courses.offers(tx, [course_id])
    if not found:
        raise Refusal("gone")
    return found[0]


def _check(offer: Offer, day: Day) -> None:
    if any(other.id == offer.id for other, _ in day.courses):
        raise Refusal("application-twice", course=brief(offer.name))
    found = against(offer, day)
    if found:
        raise found[0].refusal()


async def _writable(tx: Tx, application_id: int, by: Person) -> Open:
    paper = await opened(tx, application_id)
    require(by, "enrollment.apply", Thing(pupil_id=paper.pupil.id))
    _still_writable(paper)
    return paper


def _still_writable(paper: Open) -> list[Choice]:
    if paper.application.state not in ("draft", "returned"):
        raise Refusal("application-sent")
    return [choice for choice in paper.choices if choice.state in ("draft", "returned")]


def _renumber(choices: Sequence[Choice]) -> None:
    for place, choice in enumerate(choices, 1):
        choice.rank = place


async def _erase(tx: Tx, choices: Sequence[Choice]) -> None:
    ids = [choice.id for choice in choices]
    await tx.execute(delete(ChoiceChange).where(ChoiceChange.choice_id.in_(ids)))
    await tx.execute(delete(Choice).where(Choice.id.in_(ids)))
