"""What is said of an offered place: to the family, and to the school and the partner when it is answered."""

from __future__ import annotations

from datetime import datetime

from bot.notices import Notice
from bot.notices.offers import OfferAnswered, PlaceGivenUp, PlaceOffered, PlacePassedOn
from bot.post.posting import Addressed, post_all
from bot.services.enrollment.telling import letter_facts
from storage.db import Tx
from storage.offers import offers
from storage.offers.offers import About
from storage.people.people import office


def of_offer(kind: type[PlaceOffered], about: About, now: datetime, deadline: datetime) -> PlaceOffered:
    return kind(**letter_facts(about, now), group=about.group or "", deadline=deadline)


def of_choice(kind: type[PlacePassedOn | PlaceGivenUp], about: About, now: datetime) -> Notice:
    return kind(**letter_facts(about, now))


async def somebody_behind(tx: Tx, about: About) -> str:
    """Whether somebody waits for the seat: yes | no."""
    waits = about.group_id is not None and bool(await offers.line(tx, about.group_id))
    return "yes" if waits else "no"


async def tell_staff(tx: Tx, about: About, answer: str, *, now: datetime) -> None:
    behind = await somebody_behind(tx, about)

    def told(role: str) -> OfferAnswered:
        return OfferAnswered(
            id_choice=about.choice_id,
            id_change=now.isoformat(),
            id_office=role == "coordinator",
            number=about.application_id,
            course=about.course,
            answer=answer,
            behind=behind,
        )

    roles = (("coordinator", about.school_id), ("partner", about.organization_id))
    letters = [
        Addressed(person, told(role), role=role)
        for role, where in roles
        for person in await office(tx, role, organization_id=where)
    ]
    await post_all(tx, letters, now=now)
