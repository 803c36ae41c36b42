"""Withdrawing: a family takes back one wish or a whole application; the coordinator does it for one without the bot."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.clock import Moment
from bot.notices.enrollment import ApplicationWithdrawn, ChildWithdrew, decision_topic
from bot.policy import Person, Thing, can, require
from bot.post.posting import Addressed, post_all
from bot.refusals import Refusal, unchanged
from bot.services.enrollment.applications import OPEN, renumber
from bot.services.enrollment.choices import ENTER, opened, walk
from bot.services.enrollment.telling import tell_family
from bot.services.papers.handed_in import keep_paper
from storage import audit, unsaid
from storage.courses import courses
from storage.courses.courses import ALIVE
from storage.db import Database, Tx
from storage.enrollment.enrollment import Open
from storage.people import calls
from storage.people.people import first_name, office
from storage.requests.versions import request_of
from storage.tables import Choice


async def withdraw(db: Database, application_id: int, choice_id: int, *, by: Person, at: Moment, seen: str | None = None) -> None:
    """Withdraw one course, or with choice 0 all of the application that is still alive. A seat held falls free.

    `seen`: the stamp of all the courses the page named (`stamp(ids of the wishes)`).

    The coordinator does it in the stead of a family nobody of which has the bot; others do it themselves.
    """
    now = at.now
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
            renumber(sorted(paper.choices, key=lambda choice: choice.state == "withdrawn"))
        if paper.application.state == "submitted" and all(choice.state in OPEN for choice in paper.choices):
            await keep_paper(tx, application_id, paper.pupil.id, now=now, today=at.today)  # changed, not decided yet
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


def _left(was: str) -> str:
    """Whether a place is left: the child had learnt there."""
    return "yes" if was == "enrolled" else "no"


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
    for left in ("yes", "no"):  # a place that was left is not called an application withdrawn
        some = [choice for choice in done if _left(was[choice.id]) == left]
        notice = ApplicationWithdrawn(
            id_application=paper.application.id,
            id_change=now.isoformat(),
            child=child,
            courses=[offers[choice.course_id].name for choice in some],
            left=left,
        )
        if some:
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
            "left": _left(was[choice.id]),
            "id_request": await request_of(tx, choice.id) or 0,
        }
        letters += [
            Addressed(to, ChildWithdrew(**facts, id_office=role == "coordinator"), role=role)
            for role, to in [*school, *(("partner", admin) for admin in admins)]
        ]
    await post_all(tx, letters, now=now)
