"""Applications: a guardian writes one, submits it, changes it while nobody has decided, withdraws it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete

from bot.clock import Moment
from bot.notices.enrollment import (
    ApplicationExtended,
    ApplicationSubmitted,
    ApplicationWithdrawn,
    ChildWithdrew,
    decision_topic,
)
from bot.policy import Person, Thing, can, require
from bot.post.posting import Addressed, post_all
from bot.refusals import Refusal, unchanged
from bot.services.courses.catalogue import day_of, is_open, shut
from bot.services.courses.clashes import Day, against, brief
from bot.services.enrollment.choices import ENTER, join_line, opened, take_seat, tell_family, walk
from bot.services.enrollment.classes import asks_whether_goes_on
from bot.services.papers.handed_in import keep_paper
from bot.services.people.consent import require_name
from storage import audit, unsaid
from storage.courses import courses
from storage.courses.courses import ALIVE, Offer
from storage.db import Database, Tx
from storage.enrollment import enrollment
from storage.enrollment.enrollment import Open
from storage.people import calls
from storage.people.people import first_name, office
from storage.requests.versions import request_of
from storage.tables import Application, Choice, ChoiceChange

MOST = 3  # courses in one application
OPEN = ("submitted", "returned", "withdrawn")  # wishes of an application on which nobody has decided


# ── the family ──────────────────────────────────────────────────────────────────────────────────────────────────────


async def choose(db: Database, pupil_id: int, course_id: int, *, by: Person, at: Moment, goes_on: bool = False) -> int:
    """Write a course into the child's application, as the last wish; the first course begins it. Returns its id.

    `goes_on`: the family says that the child stays at school (a 9th-grader is asked). Refusal: application-goes-on.
    """
    require(by, "enrollment.apply", Thing(pupil_id=pupil_id))
    async with db.write() as tx:
        await enrollment.lock_pupil(tx, pupil_id)
        offer = await _offer(tx, course_id)
        if not is_open(offer, at.today):
            raise shut(offer, at.today)
        paper = await enrollment.open_paper_of(tx, pupil_id, offer.year)
        live = _still_writable(paper) if paper else []
        if paper is not None and any(choice.course_id == course_id for choice in live):
            return paper.application.id
        if not goes_on and await asks_whether_goes_on(tx, pupil_id, offer.year, at.today) is not None:
            raise Refusal("application-goes-on-first")
        _check(offer, await day_of(tx, pupil_id, at.today, offer.year, without=[paper.application.id] if paper else ()))
        if len(live) >= MOST:
            raise Refusal("application-full", most=MOST)
        if paper is None:
            application = Application(year=offer.year, pupil_id=pupil_id, person_id=by.known, state="draft", created_at=at.now)
            tx.add(application)
            await tx.flush()
        else:
            application = paper.application
            await _erase(tx, [choice for choice in paper.choices if choice.course_id == course_id])  # withdrawn once
        application.goes_on = application.goes_on or goes_on or None
        choice = Choice(application_id=application.id, course_id=course_id, rank=len(live) + 1, state="draft", changed_at=at.now)
        tx.add(choice)
        await tx.flush()
        tx.add(ChoiceChange(choice_id=choice.id, was=None, now="draft", by=by.known, at=at.now))
        return application.id


async def rank(db: Database, application_id: int, choice_id: int, to: int, *, by: Person, at: Moment) -> None:
    """Move a wish to this place, from 1; the others close up. Of a submitted application the history says so."""
    async with db.write() as tx:
        paper = await opened(tx, application_id)
        require(by, "enrollment.apply", Thing(pupil_id=paper.pupil.id))
        live = await _changeable(tx, paper, at.today) if paper.application.state == "submitted" else _still_writable(paper)
        chosen = [choice for choice in live if choice.id == choice_id]
        others = [choice for choice in live if choice.id != choice_id]
        place = max(to - 1, 0)
        was = [choice.rank for choice in chosen]
        _renumber(others[:place] + chosen + others[place:])
        if paper.application.state == "submitted" and was != [choice.rank for choice in chosen]:
            tx.add(ChoiceChange(choice_id=choice_id, was="submitted", now="submitted", by=by.known, at=at.now))
            await keep_paper(tx, application_id, paper.pupil.id, now=at.now, today=at.today)


async def extend(db: Database, application_id: int, course_id: int, *, by: Person, now: datetime, today: date) -> None:
    """Add a course to a submitted application nobody has decided on: it is handed in at this moment, as the last wish."""
    async with db.write() as tx:
        paper = await opened(tx, application_id)
        require(by, "enrollment.apply", Thing(pupil_id=paper.pupil.id))
        if any(choice.course_id == course_id and choice.state == "submitted" for choice in paper.choices):
            return
        live = await _changeable(tx, paper, today, whole=False)
        if len(live) >= MOST:
            raise Refusal("application-full", most=MOST)
        await _erase(tx, [choice for choice in paper.choices if choice.course_id == course_id])  # withdrawn once
        choice = Choice(application_id=application_id, course_id=course_id, rank=len(live) + 1, state="draft", changed_at=now)
        tx.add(choice)
        await tx.flush()
        await enrollment.lock_groups(tx, [course_id])
        offer = await _offer(tx, course_id)
        if offer.year != paper.application.year:
            raise Refusal("application-two-years")
        day = await day_of(tx, paper.pupil.id, today, offer.year, without=[application_id])
        await _hand_in(tx, choice, offer, day, by=by, now=now)
        await keep_paper(tx, application_id, paper.pupil.id, now=now, today=today)
        notice = ApplicationExtended(
            id_application=application_id,
            id_change=now.isoformat(),
            child=first_name(paper.pupil.full_name),
            courses=[offer.name],
        )
        await tell_family(tx, paper.pupil.id, notice, now=now, but=[by.known])


async def _changeable(tx: Tx, paper: Open, today: date, *, whole: bool = True) -> list[Choice]:
    """The wishes of a submitted application the family may still change: nobody has decided, no window has closed.

    `whole` False: only a course is added, whose own window is looked at; a closed window of another is no hindrance.
    """
    live = [choice for choice in paper.choices if choice.state != "withdrawn"]
    if paper.application.state != "submitted" or any(choice.state not in OPEN for choice in live):
        raise Refusal("application-sent", state=paper.application.state)
    for offer in await courses.offers(tx, [choice.course_id for choice in live], current=False) if whole else []:
        if not is_open(offer, today):
            raise Refusal("application-window-over", course=brief(offer.name, 60))
    return live


async def unchoose(db: Database, application_id: int, choice_id: int, *, by: Person, now: datetime) -> bool:
    """Take a wish off an application that is not with the school. False: it was the last one, the application is gone.

    One that was with the school once is withdrawn with its last wish: its history and its paper stay.
    """
    async with db.write() as tx:
        if await enrollment.open_application(tx, application_id) is None:
            return False
        paper = await _writable(tx, application_id, by)
        live = _still_writable(paper)
        left = [choice for choice in live if choice.id != choice_id]
        last = [choice for choice in live if choice.id == choice_id and choice.state == "returned" and not left]
        for choice in last:
            await walk(tx, choice, "withdraw", by=by, thing=Thing(pupil_id=paper.pupil.id), now=now)
        await _erase(tx, [choice for choice in live if choice.id == choice_id and choice not in last])
        _renumber(left)
        if not left and paper.application.submitted_at is None:
            await tx.delete(paper.application)
        elif not left:
            paper.application.state = "withdrawn"
        return bool(left)


async def discard(db: Database, application_id: int, *, by: Person, seen: str | None = None) -> None:
    """Throw a draft away, as if it had never been; one that is gone already is well.

    `seen`: the stamp of the courses the page showed (`stamp(wanted, ids of the wishes)`), here and below.
    """
    async with db.write() as tx:
        paper = await enrollment.open_application(tx, application_id)
        if paper is None:
            return
        require(by, "enrollment.apply", Thing(pupil_id=paper.pupil.id))
        if paper.application.state != "draft":
            raise Refusal("application-sent", state=paper.application.state)
        unchanged(seen, paper.application.wanted, [choice.id for choice in paper.choices])
        await _erase(tx, paper.choices)
        await tx.delete(paper.application)


async def submit(db: Database, application_id: int, *, by: Person, now: datetime, today: date, seen: str | None = None) -> None:
    """Hand the application in. A course «по порядку» gives its seat, or a place in the line, at this moment."""
    async with db.write() as tx:
        paper = await opened(tx, application_id)
        thing = Thing(pupil_id=paper.pupil.id)
        require(by, "enrollment.apply", thing)
        if paper.application.state == "submitted":
            return
        await require_name(tx, by.known)
        live = _still_writable(paper)
        if not live:
            raise Refusal("application-empty")
        unchanged(seen, paper.application.wanted, [choice.id for choice in live])
        wanted = [choice.course_id for choice in live]
        await enrollment.lock_groups(tx, wanted)
        offers = {offer.id: offer for offer in await courses.offers(tx, wanted)}
        day = await day_of(tx, paper.pupil.id, today, paper.application.year, offers, without=[application_id])
        for choice in live:
            await _hand_in(tx, choice, offers.get(choice.course_id), day, by=by, now=now)
        paper.application.state, paper.application.submitted_at = "submitted", now
        paper.application.reason, paper.application.person_id = None, by.known
        await keep_paper(tx, application_id, paper.pupil.id, now=now, today=today)
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
    if choice.override is None:
        _check(offer, day)
    await walk(tx, choice, "submit", by=by, thing=Thing(pupil_id=day.child.id, school_id=day.child.school_id), now=now)
    await seat(tx, choice, offer, day, now)


async def seat(tx: Tx, choice: Choice, offer: Offer, day: Day, now: datetime) -> None:
    """«По порядку»: the seat, or the place in the line, of a wish that has none yet. The course's groups are locked."""
    if offer.selection == "queue" and choice.group_id is None:
        take_seat(choice, offer, day, now)
        await join_line(tx, choice)


async def withdraw(
    db: Database, application_id: int, choice_id: int, *, by: Person, now: datetime, seen: str | None = None
) -> None:
    """Withdraw one course, or with choice 0 all of the application that is still alive. A seat held falls free.

    `seen`: the stamp of all the courses the page named (`stamp(ids of the wishes)`).

    The coordinator does it in the stead of a family nobody of which has the bot; others do it themselves.
    """
    async with db.write() as tx:
        paper = await opened(tx, application_id)
        thing = Thing(pupil_id=paper.pupil.id, school_id=paper.pupil.school_id)
        stead = await in_stead(tx, by, thing, paper.pupil.id)
        meant = [choice for choice in paper.choices if choice_id in (0, choice.id)]
        if choice_id == 0:
            meant = [choice for choice in meant if choice.state in ALIVE]
            if meant:
                unchanged(seen, sorted(choice.id for choice in meant))
        was = {choice.id: choice.state for choice in meant}
        done = [choice for choice in meant if await walk(tx, choice, "withdraw", by=by, thing=thing, now=now)]
        if not done:
            return
        if all(choice.state == "withdrawn" for choice in paper.choices):
            paper.application.state = "withdrawn"
            await unsaid.cancel_topic(tx, decision_topic(application_id), "the family has withdrawn")
        if paper.application.state in ("submitted", "returned"):
            _renumber(sorted(paper.choices, key=lambda choice: choice.state == "withdrawn"))
        if paper.application.state == "submitted" and all(choice.state in OPEN for choice in paper.choices):
            await keep_paper(tx, application_id, paper.pupil.id, now=now, today=now.date())  # changed, not decided yet
        if stead:
            ids = {"choices": [choice.id for choice in done]}
            audit.log(
                tx,
                by.known,
                ENTER,
                ("application", application_id),
                audit.Change(before=ids, after={"state": "withdrawn"}),
                now=now,
            )
        await _tell_withdrawn(tx, paper, done, was, by=by, now=now)


async def in_stead(tx: Tx, by: Person, thing: Thing, pupil_id: int) -> bool:
    """Whether a member of staff acts for a family; one that has the bot acts for itself."""
    if can(by, "enrollment.apply", thing):
        return False
    require(by, ENTER, thing)
    if pupil_id not in await calls.without_bot(tx, [pupil_id]):
        raise Refusal("family-has-bot")
    return True


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
        facts: dict[str, Any] = {
            "id_choice": choice.id,
            "id_change": now.isoformat(),
            "number": paper.application.id,
            "course": offer.name,
            "id_request": await request_of(tx, choice.id) or 0,
        }
        letters += [
            Addressed(to, ChildWithdrew(**facts, id_office=role == "coordinator"), role=role)
            for role, to in [*school, *(("partner", admin) for admin in admins)]
        ]
    await post_all(tx, letters, now=now)


# ── what every verb needs ───────────────────────────────────────────────────────────────────────────────────────────


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
        raise Refusal("application-sent", state=paper.application.state)
    return [choice for choice in paper.choices if choice.state in ("draft", "returned")]


def _renumber(choices: Sequence[Choice]) -> None:
    for place, choice in enumerate(choices, 1):
        choice.rank = place


async def _erase(tx: Tx, choices: Sequence[Choice]) -> None:
    ids = [choice.id for choice in choices]
    await tx.execute(delete(ChoiceChange).where(ChoiceChange.choice_id.in_(ids)))
    await tx.execute(delete(Choice).where(Choice.id.in_(ids)))
