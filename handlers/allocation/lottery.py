"""The lottery as a family and an auditor see it: the seed, their lot, how to check it; and how many courses they want."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery

from bot.notices.allocation import padded
from bot.policy import Person, can
from bot.refusals import Refusal
from bot.services.allocation.allocation import NETWORK, look, want
from bot.services.allocation.rules import lots, ticket
from bot.voice import Fact, Say, lines
from handlers.ui import Button, back_to_menu, give, is_letter, may, show
from storage.allocation import allocation
from storage.db import Database
from storage.enrollment import enrollment

OWN = 5  # of a family's applications, those a page tells of


class Lottery(CallbackData, prefix="allocation.lottery"):
    """How the lots were drawn, and how to check it."""

    id: int


class Tickets(CallbackData, prefix="allocation.tickets"):
    id: int


class Wanted(CallbackData, prefix="allocation.wanted"):
    """How many of an application's courses the child would attend at once; 0 asks."""

    application: int
    wanted: int


async def lottery(tap: CallbackQuery, callback_data: Lottery, db: Database, say: Say, person: Person) -> None:
    async with db.read() as tx:
        seen = await look(tx, callback_data.id)
        own = [paper.id for paper in await enrollment.papers(tx, pupils=person.pupils)] if person.pupils else []
    drawn_lots = lots(seen.seed, seen.draw.numbers)
    mine = [number for number in sorted(own) if number in drawn_lots]
    parts = [say("lottery-title", number=seen.id), say("lottery-seed", seed=seen.seed, day=seen.drawn_at)]
    for number in mine[:OWN]:
        lot = padded(drawn_lots[number], len(drawn_lots))
        facts: dict[str, Fact] = {"ticket": ticket(seen.seed, number)[:16], "of": len(drawn_lots)}
        parts.append(say("lottery-own", written=f"{seen.seed}:{number}", lot=lot, **facts))
    parts += [say("lottery-how"), say("lottery-priorities")]
    rows = [[Button(say.plain("button-lottery-tickets"), Tickets(id=seen.id))]]
    way = [Button(say.plain("button-back"), f"allocation.look:{seen.id}")] if can(person, "allocation.see", NETWORK) else []
    await show(tap, lines(parts), [*rows, [*way, back_to_menu(say)]], anew=is_letter(tap))


async def tickets(tap: CallbackQuery, callback_data: Tickets, db: Database, say: Say) -> None:
    """Every application's ticket and lot: numbers, no names."""
    async with db.read() as tx:
        seen = await look(tx, callback_data.id)
    drawn_lots = sorted(lots(seen.seed, seen.draw.numbers).items(), key=lambda one: one[1])
    head = say.plain("lottery-columns")
    told = [f"{lot};{number};{ticket(seen.seed, number)}" for number, lot in drawn_lots]
    content = "\n".join([head, *told]).encode("utf-8-sig")
    await give(tap, f"{say.plain('lottery-file', number=seen.id)}.csv", content, rows=[[back_to_menu(say)]])


async def wanted(tap: CallbackQuery, callback_data: Wanted, db: Database, say: Say, person: Person) -> None:
    at = callback_data
    async with db.read() as tx:
        found = await enrollment.papers(tx, ids=[at.application], pupils=person.children)
        stands = await allocation.wanted(tx, at.application)
    if not found:
        raise Refusal("gone")
    if at.wanted:
        stands = await want(db, at.application, at.wanted, by=person)
    courses = len([wish for wish in found[0].wishes if wish.state in ("draft", "returned")])
    numbers = [Wanted(application=at.application, wanted=number) for number in range(1, max(courses, 1) + 1)]
    chosen = [
        Button(say.plain("button-wanted", count=one.wanted, chosen="yes" if one.wanted == stands else "no"), one)
        for one in numbers
    ]
    way = [Button(say.plain("button-back"), f"apply.draft:{at.application}"), back_to_menu(say)]
    await show(tap, say("wanted-page", count=stands), [chosen, way])


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="lottery")
    router.callback_query.register(lottery, Lottery.filter(), flags=may("allocation.check"))
    router.callback_query.register(tickets, Tickets.filter(), flags=may("allocation.check"))
    router.callback_query.register(wanted, Wanted.filter(), flags=may("enrollment.apply"))
    return router
