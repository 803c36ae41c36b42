"""A place offered to the reserve: the family takes it or gives it up."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.filters.callback_data import CallbackData

from bot.refusals import Refusal
from bot.services.courses.clashes import brief
from bot.services.offers.offers import Offered, accept, decline, offered
from bot.services.people.consent import agree_to_partners
from bot.targets import AcceptOffer, Applications, DeclineOffer, OfferPage, Timetable
from bot.telegram.pressed import AlsoOld
from bot.visit import Button, Visit
from handlers.door import may, opens
from storage.people.people import first_name


class Agreed(CallbackData, prefix="offer.agreed"):
    """The partner of the page may be told of the child, and the place is taken."""

    choice: int
    until: int
    partner: int


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
    if found.instead is not None:
        return visit.say(
            "offer-page-proposed",
            child=first_name(about.child),
            course=brief(about.course),
            partner=brief(about.organization),
            group=about.group,
            deadline=found.deadline,
            instead=brief(found.instead),
            replaces="yes" if found.instead else "no",
        )
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
    try:
        await _accepted(visit, at)
    except Refusal as refused:
        if refused.key != "offer-consent":
            raise
        await _ask_consent(visit, at)


async def _ask_consent(visit: Visit, at: AcceptOffer) -> None:
    """The partner is to be told of the child: asked in the same step as «Принять»."""
    async with visit.db.read() as tx:
        about = (await offered(tx, at.choice, visit.person)).about
    text = visit.say(
        "offer-partner", child=first_name(about.child), course=brief(about.course), partner=brief(about.organization)
    )
    agreeing = [visit.button("button-offer-agreeing", Agreed(choice=at.choice, until=at.until, partner=about.organization_id))]
    await visit.show(text, [agreeing, visit.ways_back(OfferPage(choice=at.choice))], anew=visit.at_letter)


async def agreed(visit: Visit, at: Agreed) -> None:
    async with visit.db.read() as tx:
        about = (await offered(tx, at.choice, visit.person)).about
    if about.organization_id != at.partner or about.state != "offered":
        raise Refusal("offer-over")
    await agree_to_partners(visit.db, about.pupil_id, [at.partner], by=visit.person, now=visit.now)
    await _accepted(visit, AcceptOffer(choice=at.choice, until=at.until))


async def _accepted(visit: Visit, at: AcceptOffer) -> None:
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
    proposed = "no" if found.instead is None else "yes"
    child, course = first_name(found.about.child), brief(found.about.course)
    text = visit.say("offer-decline-sure", child=child, course=course, proposed=proposed)
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
    router.callback_query.register(agreed, Agreed.filter(), flags=may("enrollment.apply"))
    router.callback_query.register(declining, opens(DeclineOffer), flags=may("enrollment.apply"))
    router.callback_query.register(declined, Declined.filter(), flags=may("enrollment.apply"))
    return router
