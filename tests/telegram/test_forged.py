"""Forged buttons: every prefix with numbers, words and lengths nobody of ours made. An answer, never a fault, never a hang."""

from __future__ import annotations

import asyncio
import random

import pytest
from aiogram.filters.callback_data import CallbackData

from tests.house.test_guards import callback_classes
from tests.world import World

WRONG = ("-1", "0", "", "2147483648", "99999999999999999999999", "x", "ы", "1.5", "-", "1e9", "٣", " 1", "0x1", "null")


def forged(each: type[CallbackData], value: str) -> str:
    return ":".join([each.__prefix__, *[value] * len(each.model_fields)])


def all_forged() -> list[str]:
    found = [forged(each, value) for each in callback_classes() for value in WRONG]
    found += [f"{each.__prefix__}:{':'.join(['1'] * 12)}" for each in callback_classes()]  # too many fields
    found += [each.__prefix__ + ":" for each in callback_classes()]
    return [data for data in found if len(data.encode()) <= 64]


async def press_all(world: World, data: list[str]) -> None:
    for phone in (world.olga, world.anna, world.stranger()):
        await phone.send("/start")
        assert phone.newest is not None
        page = phone.newest.id
        for each in data:
            query = await phone.press(page, each)
            assert query.answer is not None, each
            assert "Что-то пошло не так" not in f"{phone.page} {query.answer.get('text')}", each


async def test_the_button_that_froze_the_bot_is_refused(world: World) -> None:
    await world.anna.send("/start")
    assert world.anna.newest is not None
    async with asyncio.timeout(20):
        query = await world.anna.press(world.anna.newest.id, "course.list:0:-1:0:0")
    assert query.answer is not None
    assert query.answer["text"] == "Этого больше нет: страница устарела. Откройте меню: /start"


@pytest.mark.parametrize("seed", [1])
async def test_forged_buttons_are_answered(world: World, seed: int) -> None:
    await press_all(world, random.Random(seed).sample(all_forged(), 60))


@pytest.mark.faults
@pytest.mark.part("forged-presses")
async def test_every_forged_button_is_answered(world: World) -> None:
    await press_all(world, all_forged())
