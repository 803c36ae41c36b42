"""Entering: the coordinator hands in an application for a family that has no Telegram."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.notices.enrollment import ApplicationSubmitted
from bot.policy import Person, Thing, require
from bot.refusals import Refusal
from bot.services.courses.catalogue import day_of, shut
from bot.services.courses.clashes import brief
from bot.services.courses.offered import is_open
from bot.services.enrollment.applications import MOST, seat
from bot.services.enrollment.choices import ENTER, REPEATED, walk
from bot.services.enrollment.classes import asks_whether_goes_on
from bot.services.enrollment.telling import tell_family
from bot.services.papers.handed_in import keep_paper
from storage import audit
from storage.courses import courses
from storage.courses.courses import Offer
from storage.db import Database
from storage.deciding import finding
from storage.enrollment import enrollment
from storage.people.calls import school_of
from storage.people.people import first_name
from storage.tables import Application, Choice


@dataclass(frozen=True)
class Wishes:
    """What a family without Telegram said."""

    courses: Sequence[int]  # ids, the most wanted first
    number: int  # of them the child would attend at once; never more than there are


def one_year(offers: Iterable[Offer]) -> int:
    """The academic year all these courses are offered in: an application is for one."""
    found = {offer.year for offer in offers}
    if len(found) != 1:
        raise Refusal("application-two-years")
    return found.pop()


async def enter(db: Database, pupil_id: int, said: Wishes, *, by: Person, now: datetime, today: date) -> int:
    """Hand in an application in the family's stead. Returns its id.

    The window and the number of courses are as for a family. What stands against the class or the hours is no hindrance
    here: the application waits with its warning, and approving it needs a reason. Nobody is its guardian; the history
    and the audit say who entered it. Refusals: application-empty, application-full, application-twice, those of the window.
    """
    async with db.write() as tx:
        school = await school_of(tx, pupil_id)
        if school is None:
            raise Refusal("gone")
        thing = Thing(pupil_id=pupil_id, school_id=school)
        require(by, ENTER, thing)
        wanted = list(dict.fromkeys(said.courses))
        number = min(max(said.number, 1), max(len(wanted), 1))
        if not wanted:
            raise Refusal("application-empty")
        if len(wanted) > MOST:
            raise Refusal("application-full", most=MOST)
        await enrollment.lock_pupil(tx, pupil_id)
        made = await finding.entered_lately(tx, pupil_id, (wanted, number), now - REPEATED)
        if made is not None:
            return made
        await enrollment.lock_groups(tx, wanted)
        offers = {offer.id: offer for offer in await courses.offers(tx, wanted)}
        if set(wanted) - offers.keys():
            raise Refusal("gone")
        year = one_year(offers.values())
        day = await day_of(tx, pupil_id, today, year, offers)
        for course_id in wanted:
            if not is_open(offers[course_id], today):
                raise shut(offers[course_id], today)
            if any(held.course_id == course_id for held in day.child.held):
                raise Refusal("application-twice", course=brief(offers[course_id].name))
        stays = await asks_whether_goes_on(tx, pupil_id, year) is not None  # who hands it in has been asked
        application = Application(
            year=year,
            pupil_id=pupil_id,
            state="submitted",
            wanted=number,
            goes_on=stays or None,
            created_at=now,
            submitted_at=now,
        )
        tx.add(application)
        await tx.flush()
        for rank, course_id in enumerate(wanted, 1):
            choice = Choice(application_id=application.id, course_id=course_id, rank=rank, state="draft", changed_at=now)
            tx.add(choice)
            await tx.flush()
            await walk(tx, choice, "submit", by=by, thing=thing, now=now)
            await seat(tx, choice, offers[course_id], day, now)
        await keep_paper(tx, application.id, pupil_id, now=now, today=today)
        audit.log(
            tx,
            by.known,
            ENTER,
            ("application", application.id),
            audit.Change(after={"state": "submitted", "courses": wanted, "wanted": number}),
            now=now,
        )
        notice = ApplicationSubmitted(
            id_application=application.id,
            id_change=now.isoformat(),
            child=first_name(day.child.full_name),
            courses=[offers[course_id].name for course_id in wanted],
        )
        await tell_family(tx, pupil_id, notice, now=now)
        return application.id
