"""The lottery as a family and an auditor see it: the seed, their lot, how to check it; and how many courses they want."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters.callback_data import CallbackData

from bot.notices.allocation import padded
from bot.policy import can
from bot.refusals import Refusal
from bot.services.allocation.allocation import NETWORK, look, want
from bot.services.allocation.rules import lots, ticket
from bot.targets import AllocationOf, Draft, Lottery, WantedHome
from bot.visit import Visit
from bot.voice import Fact, lines
from handlers.door import may, opens
from storage.allocation import allocation
from storage.enrollment import enrollment

OWN = 5  # of a family's applications, those a page tells of


class Tickets(CallbackData, prefix="allocation.tickets"):
    id: int


async def lottery(visit: Visit, at: Lottery) -> None:
    async with visit.db.read() as tx:
        seen = await look(tx, at.id)
        own = [paper.id for paper in await enrollment.papers(tx, pupils=visit.person.pupils)] if visit.person.pupils else []
    drawn_lots = lots(seen.seed, seen.draw.numbers)
    mine = [number for number in sorted(own) if number in drawn_lots]
    parts = [visit.say("lottery-title", number=seen.id), visit.say("lottery-seed", seed=seen.seed, day=seen.drawn_at)]
    for number in mine[:OWN]:
        lot = padded(drawn_lots[number], len(drawn_lots))
        facts: dict[str, Fact] = {"ticket": ticket(seen.seed, number)[:16], "of": len(drawn_lots)}
        parts.append(visit.say("lottery-own", written=f"{seen.seed}:{number}", lot=lot, **facts))
    parts += [visit.say("lottery-how"), visit.say("lottery-priorities")]
    rows = [[visit.button("button-lottery-tickets", Tickets(id=seen.id))]]
    way = [visit.button("button-back", AllocationOf(seen.id))] if can(visit.person, "allocation.see", NETWORK) else []
    await visit.show(lines(parts), [*rows, [*way, visit.menu]], anew=visit.at_letter)


async def tickets(visit: Visit, at: Tickets) -> None:
    """Every application's ticket and lot: numbers, no names."""
    async with visit.db.read() as tx:
        seen = await look(tx, at.id)
    drawn_lots = sorted(lots(seen.seed, seen.draw.numbers).items(), key=lambda one: one[1])
    head = visit.say.plain("lottery-columns")
    told = [f"{lot};{number};{ticket(seen.seed, number)}" for number, lot in drawn_lots]
    content = "\n".join([head, *told]).encode("utf-8-sig")
    await visit.give(f"{visit.say.plain('lottery-file', number=seen.id)}.csv", content, rows=[[visit.menu]])


async def wanted(visit: Visit, at: WantedHome) -> None:
    async with visit.db.read() as tx:
        found = await enrollment.papers(tx, ids=[at.application], pupils=visit.person.children)
        stands = await allocation.wanted(tx, at.application)
    if not found:
        raise Refusal("gone")
    if at.wanted:
        stands = await want(visit.db, at.application, at.wanted, by=visit.person)
    courses = len([wish for wish in found[0].wishes if wish.state in ("draft", "returned")])
    numbers = [WantedHome(application=at.application, wanted=number) for number in range(1, max(courses, 1) + 1)]
    chosen = [
        visit.button("button-wanted", one, count=one.wanted, chosen="yes" if one.wanted == stands else "no") for one in numbers
    ]
    way = [visit.button("button-back", Draft(at.application)), visit.menu]
    told = [visit.say("wanted-page", count=stands), *([visit.say("wanted-besides")] if stands < courses else [])]
    await visit.show(lines(told), [chosen, way])


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="lottery")
    router.callback_query.register(lottery, opens(Lottery), flags=may("allocation.check"))
    router.callback_query.register(tickets, Tickets.filter(), flags=may("allocation.check"))
    router.callback_query.register(wanted, opens(WantedHome), flags=may("enrollment.apply"))
    return router
