"""Our own fault is said to its person in their own language; that it took too long, in words of its own."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import update

from bot.telegram.visit import TelegramVisit
from storage.away import DatabaseAway
from storage.tables import Person
from tests.telegram.test_intake import StoppedWatch
from tests.world import ANNA, World

WRONG = {
    "ru": "Что-то пошло не так, и мы уже знаем об этом. Ничего не потеряно: попробуйте ещё раз чуть позже.",
    "en": "Something went wrong, and we know about it already. Nothing is lost: please try again a little later.",
}
TOO_LONG = {
    "ru": "Я не успел за десять секунд и остановился. Откройте страницу ещё раз: если ничего не изменилось, попробуйте чуть позже.",
    "en": "I did not finish within ten seconds and have stopped. Please open the page again: if nothing has changed, try a little later.",
}


async def speaks(world: World, language: str) -> None:
    async with world.db.write() as tx:
        await tx.execute(update(Person).where(Person.id == ANNA).values(language=language))


def break_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(TelegramVisit, "show", broken)


def stop_pages(monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """No page is ever finished; the event tells that somebody waits for one."""
    waits = asyncio.Event()

    async def stopped(*_: object, **__: object) -> None:
        waits.set()
        await asyncio.Event().wait()

    monkeypatch.setattr(TelegramVisit, "show", stopped)
    return waits


@pytest.mark.parametrize("language", ["ru", "en"])
async def test_a_handler_that_fails_is_said_in_the_persons_language(
    world: World, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    anna = world.anna
    await speaks(world, language)
    await anna.send("/start")
    break_pages(monkeypatch)
    assert anna.newest is not None
    await anna.press(anna.newest.id, "settings")
    assert str(anna.toasts[-1]) == WRONG[language]
    await anna.send("/timetable")
    assert anna.page == WRONG[language]


@pytest.mark.parametrize("language", ["ru", "en"])
async def test_a_handler_that_takes_too_long_is_said_in_words_of_its_own(
    world: World, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    anna = world.anna
    await speaks(world, language)
    await anna.send("/start")
    assert anna.newest is not None
    page = anna.newest.id
    watch = world.app.intake.handling.watch = StoppedWatch()
    for act in (anna.press(page, "settings"), anna.send("/timetable")):
        waits = stop_pages(monkeypatch)
        async with asyncio.TaskGroup() as tasks:
            acted = tasks.create_task(act)
            await waits.wait()
            watch.move(60.1)
            await acted
    assert str(anna.toasts[-1]) == TOO_LONG[language]
    assert anna.page == TOO_LONG[language]


async def test_when_nobody_can_be_asked_for_the_language_the_word_comes_all_the_same(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The network's language then."""
    anna = world.anna
    await speaks(world, "en")

    async def away(*_: object) -> None:
        raise DatabaseAway("OperationalError")

    break_pages(monkeypatch)
    monkeypatch.setattr("bot.telegram.frame.language_of", away)
    await anna.send("/timetable")
    assert anna.page == WRONG["ru"]


async def test_a_stranger_hears_it_in_the_networks_language(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    break_pages(monkeypatch)
    stranger = world.stranger()
    await stranger.send("/courses")
    assert stranger.page == WRONG["ru"]
