"""The pages on which the papers ask for something to be typed."""

from __future__ import annotations

from datetime import date

from tests.papers.test_agreements import agreement
from tests.papers.test_papers_pages import enrolled
from tests.world import IT, SCHOOL, Member, World


async def order_page(world: World) -> Member:
    await enrolled(world.db)
    return await _pressed(world, f"papers.order:{SCHOOL}:0")


async def partner_page(world: World) -> Member:
    return await _pressed(world, f"papers.agreements.of:{SCHOOL}:{IT}")


async def agreement_page(world: World) -> Member:
    await agreement(world.db, ends=date(2027, 5, 31))
    return await _pressed(world, "papers.agreement:1")


async def _pressed(world: World, data: str) -> Member:
    await world.olga.send("/papers")
    await world.olga.press(world.olga.messages[-1].id, data)
    return world.olga


async def blank_page(world: World) -> Member:
    await world.olga.send("/papers")
    await world.olga.tap("Бланки")
    await world.olga.tap("Заявление")
    return world.olga
