"""Applications: a guardian writes one, submits it, changes it while nobody has decided, withdraws it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete

from bot.clock import Moment
from bot.notices.enrollment import (
    ApplicationExtended,
    ApplicationSubmitted,
)
from bot.policy import Person, Thing, require
from bot.refusals import Refusal, unchanged
from bot.services.courses.catalogue import day_of, shut
from bot.services.courses.clashes import Day, against, brief, only_hours
from bot.services.courses.offered import is_open
from bot.services.enrollment.choices import join_line, opened, take_seat, walk
from bot.services.enrollment.classes import asks_whether_goes_on
from bot.services.enrollment.telling import tell_family
from bot.services.papers.handed_in import keep_paper
from bot.services.people.consent import require_name
from storage.courses import courses
from storage.courses.courses import Offer
from storage.db import Database, Tx
from storage.enrollment import enrollment
from storage.enrollment.enrollment import Open
from storage.people.people import first_name
from storage.tables import Application, Choice, ChoiceChange

MOST = 3  # courses in one application
OPEN = ("submitted", "returned", "withdrawn")  # wishes of an application on which nobody has decided


# ── the family ──────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Says:
    """What a family says beside its wish."""

    goes_on: bool = False  # the child stays at school after the 9th class, where that is asked
    anyway: bool = False  # «всё равно попросить»: the hours stand against it, and the school is to decide


WISHES = Says()


async def choose(db: Database, pupil_id: int, course_id: int, *, by: Person, at: Moment, says: Says = WISHES) -> int:
    """Write a course into the child's application, as the last wish; the first course begins it. Returns its id.

    Refusals: application-goes-on-first, application-full, application-twice, what stands against it, those of the window.
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
        if not says.goes_on and await asks_whether_goes_on(tx, pupil_id, offer.year) is not None:
            raise Refusal("application-goes-on-first")
        _check(
            offer, await day_of(tx, pupil_id, at.today, offer.year, without=[paper.application.id] if paper else ()), says.anyway
        )
        if len(live) >= MOST:
            raise Refusal("application-full", most=MOST)
        if paper is None:
            application = Application(year=offer.year, pupil_id=pupil_id, person_id=by.known, state="draft", created_at=at.now)
            tx.add(application)
            await tx.flush()
        else:
            application = paper.application
            await _erase(tx, [choice for choice in paper.choices if choice.course_id == course_id])  # withdrawn once
        application.goes_on = application.goes_on or says.goes_on or None
        choice = Choice(application_id=application.id, course_id=course_id, rank=len(live) + 1, state="draft", changed_at=at.now)
        choice.anyway = says.anyway
        tx.add(choice)
        await tx.flush()
        tx.add(ChoiceChange(choice_id=choice.id, was=None, now="draft", by=by.known, at=at.now))
        return application.id


async def insist(db: Database, application_id: int, choice_id: int, *, by: Person) -> None:
    """«Всё равно попросить»: the hours stand against a wish that is being written, and the school is to decide."""
    async with db.write() as tx:
        paper = await _writable(tx, application_id, by)
        for choice in _still_writable(paper):
            choice.anyway = choice.anyway or choice.id == choice_id


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
        renumber(others[:place] + chosen + others[place:])
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
        renumber(left)
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
        _check(offer, day, choice.anyway)
    await walk(tx, choice, "submit", by=by, thing=Thing(pupil_id=day.child.id, school_id=day.child.school_id), now=now)
    await seat(tx, choice, offer, day, now)


async def seat(tx: Tx, choice: Choice, offer: Offer, day: Day, now: datetime) -> None:
    """«По порядку»: the seat, or the place in the line, of a wish that has none yet. The course's groups are locked."""
    if offer.selection == "queue" and choice.group_id is None:
        await take_seat(tx, choice, offer, day, now)
        await join_line(tx, choice)


# ── what every verb needs ───────────────────────────────────────────────────────────────────────────────────────────


async def _offer(tx: Tx, course_id: int) -> Offer:
    found = await courses.offers(tx, [course_id])
    if not found:
        raise Refusal("gone")
    return found[0]


def _check(offer: Offer, day: Day, anyway: bool = False) -> None:
    if any(other.id == offer.id for other, _ in day.courses):
        raise Refusal("application-twice", course=brief(offer.name))
    found = against(offer, day)
    if found and not (anyway and only_hours(found)):
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


def renumber(choices: Sequence[Choice]) -> None:
    for place, choice in enumerate(choices, 1):
        choice.rank = place


async def _erase(tx: Tx, choices: Sequence[Choice]) -> None:
    ids = [choice.id for choice in choices]
    await tx.execute(delete(ChoiceChange).where(ChoiceChange.choice_id.in_(ids)))
    await tx.execute(delete(Choice).where(Choice.id.in_(ids)))
