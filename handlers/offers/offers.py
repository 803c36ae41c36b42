"""A place offered to the reserve: the family takes it or gives it up."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.filters.callback_data import CallbackData

from bot.refusals import Refusal
from bot.services.courses.clashes import brief
from bot.services.offers.offers import Offered, accept, decline, offered
from bot.targets import AcceptOffer, Applications, DeclineOffer, OfferPage, Timetable
from bot.telegram.pressed import AlsoOld
from bot.visit import Button, Visit
from handlers.door import may, opens
from storage.people.people import first_name


class Declined(AlsoOld, CallbackData, prefix="offer.declined"):
    choice: int
    until: int = 0


async def offer_shown(visit: Visit, at: OfferPage) -> None:
    async with visit.db.read() as tx:
        found = await offered(tx, at.choice, visit.person)
    if found.about.state != "offered":
        raise Refusal("offer-over")
    await visit.show(_offer_text(visit, found), _offer_rows(visit, found), anew=visit.at_letter)


def _offer_text(visit: Visit, found: Offered) -> str:
    about = found.about
    facts = {"child": first_name(about.child), "course": brief(about.course), "partner": brief(about.organization)}
    return visit.say("offer-page", **facts, group=about.group, deadline=found.deadline)


def _offer_rows(visit: Visit, found: Offered) -> list[list[Button]]:
    rows: list[list[Button]] = []
    if found.about.pupil_id in visit.person.children:
        choice, until = found.about.choice_id, epoch(found.deadline)
        rows = [
            [visit.button("button-offer-accept", AcceptOffer(choice=choice, until=until))],
            [visit.button("button-offer-decline", DeclineOffer(choice=choice, until=until))],
        ]
    return [*rows, visit.ways_back(Applications())]


def epoch(deadline: datetime | None) -> int:
    return int(deadline.timestamp()) if deadline is not None else 0


async def accepted(visit: Visit, at: AcceptOffer) -> None:
    found = await accept(visit.db, at.choice, by=visit.person, now=visit.now, today=visit.today, until=at.until)
    text = visit.say(
        "offer-accepted", child=first_name(found.about.child), course=brief(found.about.course), group=found.about.group
    )
    rows = [[visit.button("button-timetable", Timetable())], visit.ways_back(Applications())]
    await visit.show(text, rows, anew=visit.at_letter)


async def declining(visit: Visit, at: DeclineOffer) -> None:
    async with visit.db.read() as tx:
        found = await offered(tx, at.choice, visit.person)
    if found.about.state != "offered":
        raise Refusal("offer-over")
    choice = at.choice
    rows = [
        [visit.button("button-offer-decline-sure", Declined(choice=choice, until=at.until))],
        visit.ways_back(OfferPage(choice=choice)),
    ]
    text = visit.say("offer-decline-sure", child=first_name(found.about.child), course=brief(found.about.course))
    await visit.show(text, rows, anew=visit.at_letter)


async def declined(visit: Visit, at: Declined) -> None:
    found = await decline(visit.db, at.choice, by=visit.person, now=visit.now, until=at.until)
    text = visit.say("offer-declined", child=first_name(found.about.child), course=brief(found.about.course))
    await visit.show(text, [visit.ways_back(Applications())])


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="offers")
    router.callback_query.register(offer_shown, opens(OfferPage), flags=may("enrollment.see"))
    router.callback_query.register(accepted, opens(AcceptOffer), flags=may("enrollment.apply"))
    router.callback_query.register(declining, opens(DeclineOffer), flags=may("enrollment.apply"))
    router.callback_query.register(declined, Declined.filter(), flags=may("enrollment.apply"))
    return router
