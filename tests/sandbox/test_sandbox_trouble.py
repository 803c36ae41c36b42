"""Faults on purpose, and the pace: 429 and whether retry_after is heeded."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest

from bot.sandbox import Pace, Trouble
from bot.sandbox.pace import Gate
from tests.sandbox_bot import RawBot, playing


async def outcome(bot: RawBot, text: str) -> Any:
    """What came of saying it: "said", an error code, or "cut"."""
    url = f"{bot.sandbox.url}/bot42:TEST/sendMessage"
    try:
        async with bot.session.post(url, json={"chat_id": 1001, "text": text}) as response:
            return "said" if response.status == 200 else response.status
    except aiohttp.ClientError:
        return "cut"


async def test_the_next_call_can_be_made_to_fail() -> None:
    async with playing() as (bot, anna):
        bot.sandbox.fail_next("sendMessage", "cut_before")
        assert await outcome(bot, "не дошло") == "cut"
        bot.sandbox.fail_next("sendMessage", "cut_after")
        assert await outcome(bot, "дошло без ответа") == "cut"
        bot.sandbox.fail_next("sendMessage", "server_error", times=2)
        assert [await outcome(bot, "x"), await outcome(bot, "x")] == [500, 500]
        bot.sandbox.fail_next("sendMessage", "bad_gateway")
        assert await outcome(bot, "x") == 502
        bot.sandbox.fail_next("sendMessage", "too_many")
        answer = await bot.ask("sendMessage", chat_id=1001, text="x")
        assert (answer["error_code"], answer["parameters"]) == (429, {"retry_after": 1})
        assert answer["description"] == "Too Many Requests: retry after 1"
        assert bot.headers["Retry-After"] == "1"
        assert anna.notices == ["дошло без ответа"]
        faults = [call.fault for call in bot.sandbox.calls("sendMessage")]
        assert faults == ["cut_before", "cut_after", "server_error", "server_error", "bad_gateway", "too_many"]


async def test_trouble_comes_from_a_seed() -> None:
    async def story(seed: int) -> list[Any]:
        trouble = Trouble(
            seed=seed, too_many=0.1, server_error=0.1, bad_gateway=0.1, cut_before=0.1, cut_after=0.1, retry_after=0
        )
        async with playing(trouble=trouble) as (bot, anna):
            told = [await outcome(bot, str(number)) for number in range(60)]
            # What was handled, and only that, has arrived: said aloud, or with its answer lost.
            assert len(anna.notices) == told.count("said") + trouble.counts["cut_after"]
            return told

    first = await story(8)
    assert await story(8) == first
    assert await story(9) != first
    assert {"said", "cut", 429, 500, 502} == set(first)


async def test_an_outage_cuts_everything_until_it_is_over() -> None:
    async with playing() as (bot, _):
        bot.sandbox.trouble.outage = True
        with pytest.raises(aiohttp.ClientError):
            await bot("getMe")
        bot.sandbox.trouble.outage = False
        await bot("getMe")


async def test_latency_makes_an_answer_late() -> None:
    async with playing(trouble=Trouble(latency=(0.02, 0.03))) as (bot, _):
        await bot("sendMessage", chat_id=1001, text="x")
        await bot("getMe")
        late, prompt = bot.sandbox.calls()
        assert late.took >= 0.02
        assert prompt.took < 0.02


async def test_the_pace_refuses_the_fourth_at_once_and_remembers_impatience() -> None:
    ticks = [100.0]
    async with playing(pace=Pace(), ticks=lambda: ticks[0]) as (bot, _):
        for _number in range(3):
            await bot("sendMessage", chat_id=1001, text="x")
        assert await bot.no("sendMessage", chat_id=1001, text="x") == "Too Many Requests: retry after 1"
        assert bot.sandbox.violations == []
        ticks[0] += 0.5
        await bot.no("sendMessage", chat_id=1001, text="x")
        assert bot.sandbox.violations == ["sendMessage: retry_after not heeded: 0.50 s too early for chat 1001"]
        ticks[0] += 0.5
        await bot("sendMessage", chat_id=1001, text="x")


def test_the_overall_pace_is_a_sliding_second() -> None:
    ticks, said = [0.0], list[str]()
    gate = Gate(Pace(overall=30, per_chat=0, penalty=5), lambda: ticks[0], said.append)
    for number in range(30):
        ticks[0] = number / 100
        assert gate.enter(number, "sendMessage") == 0
    ticks[0] = 0.99
    assert gate.enter(1, "sendMessage") == 5
    ticks[0] = 3
    assert gate.enter(2, "sendMessage") == 3
    assert said == ["sendMessage: retry_after not heeded: 2.99 s too early for anybody"]
    ticks[0] = 6
    assert gate.enter(2, "sendMessage") == 0


def test_a_wait_told_to_somebody_who_died_holds_nobody() -> None:
    ticks, said = [0.0], list[str]()
    gate = Gate(None, lambda: ticks[0], said.append)
    gate.hold(1, 9)
    ticks[0] = 5
    gate.hold(2, 9)
    gate.unheard(since=4.5)
    assert gate.enter(2, "sendMessage") == 0
    assert gate.enter(1, "sendMessage") == 4
    assert said == ["sendMessage: retry_after not heeded: 4.00 s too early for chat 1"]


def test_a_chat_gets_one_a_second_after_its_burst() -> None:
    ticks, said = [0.0], list[str]()
    gate = Gate(Pace(overall=0, per_chat=1, burst=2), lambda: ticks[0], said.append)
    assert [gate.enter(1, "x"), gate.enter(1, "x"), gate.enter(1, "x"), gate.enter(2, "x")] == [0, 0, 1, 0]
    ticks[0] = 1
    assert [gate.enter(1, "x"), gate.enter(1, "x")] == [0, 1]
    assert said == []


async def test_an_injected_429_must_be_heeded_too() -> None:
    ticks = [0.0]
    async with playing(ticks=lambda: ticks[0], trouble=Trouble(retry_after=7)) as (bot, _):
        bot.sandbox.fail_next("sendMessage", "too_many")
        assert await outcome(bot, "x") == 429
        ticks[0] = 6.5
        assert await outcome(bot, "x") == 429
        ticks[0] = 7
        assert await outcome(bot, "x") == "said"
        assert bot.sandbox.violations == ["sendMessage: retry_after not heeded: 0.50 s too early for chat 1001"]


async def test_a_message_may_not_be_edited_for_reasons_of_the_server() -> None:
    async with playing() as (bot, anna):
        page = await bot("sendMessage", chat_id=1001, text="страница")
        bot.sandbox.trouble.refuse_next("editMessageText", "MESSAGE_ID_INVALID")
        bot.sandbox.trouble.refuse_next("editMessageText", "message can't be edited")
        edit = {"chat_id": 1001, "message_id": page["message_id"], "text": "другая"}
        assert await bot.no("editMessageText", **edit) == "Bad Request: MESSAGE_ID_INVALID"
        assert await bot.no("editMessageText", **edit) == "Bad Request: message can't be edited"
        assert anna.page == "страница"
        await bot("editMessageText", **edit)
        assert anna.page == "другая"
        with pytest.raises(ValueError, match="no such refusal of editMessageText: away"):
            bot.sandbox.trouble.refuse_next("editMessageText", "away")
