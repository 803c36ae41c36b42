"""A flooder's own chat: every press takes effect and is answered; a page nobody will see is not drawn."""

from __future__ import annotations

import asyncio

from tests.world import World


async def test_of_many_presses_on_one_page_only_the_last_draws(world: World) -> None:
    anna = world.anna
    await anna.send("/start")
    assert anna.newest is not None
    page, calls = anna.newest.id, []
    edit = type(world.app.bot).edit_message_text
    world.app.pace.per_chat = 60  # three may go at once, the fourth would wait for minutes
    async with asyncio.timeout(30), asyncio.TaskGroup() as tasks:
        presses = [tasks.create_task(anna.press(page, data)) for data in ["help", "settings", "page"] * 20]
    assert edit is not None
    calls = [press.result().answer for press in presses]
    assert None not in calls
    assert len(calls) == 60
    assert anna.page.startswith("⚙️")
