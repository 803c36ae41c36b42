"""The teachers of the network as their colleagues see them: who they are, what they teach, by which programmes."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters.callback_data import CallbackData

from bot.refusals import Refusal
from bot.services.network.years import this_year
from bot.services.timetable.overlaps import same_place
from bot.targets import CourseCard, ResourcePage, Resources
from bot.visit import Button, Visit
from bot.words.resources import LABEL, colleague_card
from handlers.door import may
from storage.resources import colleagues, resources

PAGE = 8
COURSES = 6  # buttons of courses on a card


class Colleagues(CallbackData, prefix="colleagues"):
    page: int = 0


class OneOfThem(CallbackData, prefix="colleague"):
    staff: int


async def listed(visit: Visit, at: Colleagues) -> None:
    async with visit.db.read() as tx:
        here = await colleagues.colleagues(tx, at.page, PAGE)
    rows = [[Button(one.name[:LABEL], OneOfThem(staff=one.id))] for one in here.some]
    rows.append(visit.pager(here.number, here.of, lambda to: Colleagues(page=to)))
    await visit.show(visit.say("colleagues-title", shown="yes" if here.some else "no"), [*rows, visit.ways_back(Resources())])


async def shown(visit: Visit, at: OneOfThem) -> None:
    async with visit.db.read() as tx:
        found = await colleagues.colleague(tx, at.staff)
        if found is None:
            raise Refusal("gone")
        taught = await colleagues.taught(tx, at.staff, await this_year(tx, visit.today))
        own = [
            one
            for one in await resources.standing(tx)
            if one.kind == "staff" and one.organization_id == found.organization_id and same_place(one.name, found.name)
        ]
    rows = [[Button(f"📚 {one.name}"[:LABEL], CourseCard(one.id))] for one in taught[:COURSES]]
    rows += [[visit.button("button-colleague-resource", ResourcePage(one.id))] for one in own]
    await visit.show(colleague_card(found, taught, visit.say), [*rows, visit.ways_back(Colleagues())])


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="colleagues")
    router.callback_query.register(listed, Colleagues.filter(), flags=may("colleagues.see"))
    router.callback_query.register(shown, OneOfThem.filter(), flags=may("colleagues.see"))
    return router
