"""What is said of an offered place: to the family, and to the school and the partner when it is answered."""

from __future__ import annotations

from datetime import datetime

from bot.notices import Notice
from bot.notices.offers import OfferAnswered, PlaceGivenUp, PlaceOffered, PlacePassedOn, PlaceWaits, ProposalWaits
from bot.post.posting import Addressed, post_all
from bot.services.enrollment.telling import letter_facts
from storage.db import Tx
from storage.offers import losses, offers
from storage.offers.offers import About
from storage.people.people import office


def of_offer(kind: type[PlaceOffered], about: About, now: datetime, deadline: datetime) -> PlaceOffered:
    return kind(**letter_facts(about, now), group=about.group or "", deadline=deadline)


async def proposed(tx: Tx, about: About) -> str | None:
    """The course in whose place the school proposed this one; empty: this one itself is back; None: nobody proposed it."""
    found = await losses.proposed_instead(tx, about.choice_id)
    return None if found is None else "" if found[0] == about.choice_id else found[1]


async def reminder(tx: Tx, about: About, now: datetime, deadline: datetime) -> PlaceOffered:
    """Half way to the deadline of an offer."""
    instead = await proposed(tx, about)
    if instead is None:
        return of_offer(PlaceWaits, about, now, deadline)
    return ProposalWaits(**letter_facts(about, now), group=about.group or "", deadline=deadline, instead=instead)


def of_choice(kind: type[PlacePassedOn | PlaceGivenUp], about: About, now: datetime) -> Notice:
    return kind(**letter_facts(about, now))


async def somebody_behind(tx: Tx, about: About) -> str:
    """Whether somebody waits for the seat: yes | no."""
    waits = about.group_id is not None and bool(await offers.line(tx, about.group_id))
    return "yes" if waits else "no"


async def tell_staff(tx: Tx, about: About, answer: str, *, now: datetime) -> None:
    behind = await somebody_behind(tx, about)
    instead = "no" if await proposed(tx, about) is None else "yes"

    def told(role: str) -> OfferAnswered:
        return OfferAnswered(
            id_choice=about.choice_id,
            id_change=now.isoformat(),
            id_office=role == "coordinator",
            number=about.application_id,
            course=about.course,
            answer=answer,
            behind=behind,
            proposed=instead,
        )

    roles = (("coordinator", about.school_id), ("partner", about.organization_id))
    letters = [
        Addressed(person, told(role), role=role)
        for role, where in roles
        for person in await office(tx, role, organization_id=where)
    ]
    await post_all(tx, letters, now=now)
