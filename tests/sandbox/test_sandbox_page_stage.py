"""What whoever runs the sandbox adds to its page, and the page's switches for trouble."""

from __future__ import annotations

from typing import Any

from bot.sandbox.stage import NotNow, Stage
from tests.sandbox.test_sandbox_page import get, listening, post
from tests.sandbox_bot import playing


async def test_the_stage_is_seen_heard_and_acted_upon() -> None:
    done: list[Any] = []

    async def kill(facts: Any) -> None:
        if done:
            raise NotNow("it is dead already")
        done.append(facts)
        stage.show(bot={"state": "dead", "deaths": 1})

    stage = Stage({"bot": {"state": "awake", "deaths": 0}}, {"kill": kill}, {"журнал.csv": b"1;2"}.get)
    async with playing(page=stage) as (bot, _), listening(bot) as stream:
        assert await get(bot, "/api/stage") == {"bot": {"state": "awake", "deaths": 0}}
        await post(bot, "/api/stage/kill", {"how": "at once"})
        assert (await stream.next("stage"))["bot"]["state"] == "dead"
        assert done == [{"how": "at once"}]
        assert await post(bot, "/api/stage/kill", {}, 409) == {"error": "it is dead already"}
        await post(bot, "/api/stage/dance", {}, 404)
        async with bot.session.get(bot.sandbox.url + "/api/stage/files/журнал.csv") as response:
            assert await response.read() == b"1;2"
        async with bot.session.get(bot.sandbox.url + "/api/stage/files/другой.csv") as response:
            assert response.status == 404


async def test_without_a_stage_there_is_none() -> None:
    async with playing(page=True) as (bot, _):
        assert await get(bot, "/api/stage") is None
        await post(bot, "/api/stage/kill", {}, 404)


async def test_trouble_is_switched_on_and_off_for_every_page() -> None:
    async with playing(page=True) as (bot, _), listening(bot) as stream:
        assert (await post(bot, "/api/trouble", {"name": "outage", "on": True}))["outage"]
        assert (await stream.next("trouble"))["outage"]
        await post(bot, "/api/trouble", {"name": "outage", "on": False})
        assert await get(bot, "/api/trouble") == dict.fromkeys(("too_many", "server_error", "latency", "outage"), False)
        await post(bot, "/api/trouble", {"name": "flood", "on": True}, 404)


async def test_what_is_seen_is_counted_and_what_the_bot_has_is_ticked() -> None:
    async with playing(page=True) as (bot, anna), listening(bot) as stream:
        page = (await bot("sendMessage", chat_id=1001, text="Раз"))["message_id"]
        assert (await stream.next("message"))["unread"] == 1
        assert await post(bot, "/api/people/1001/read", {"message": page}) == {"read": page, "unread": 0}
        assert (await stream.next("read"))["person"]["unread"] == 0
        said = await anna.send("Два")
        assert not said.taken
        [update] = await bot.updates()
        await bot.updates(offset=update["update_id"] + 1)
        assert await stream.next("taken") == {"chat": 1001, "message": said.id}
        assert (await get(bot, "/api/people/1001/messages"))[-1]["taken"]
