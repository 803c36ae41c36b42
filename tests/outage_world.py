"""How the line to Telegram breaks, in the world of the tests; and letters to be lost on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Literal, TypeAlias, get_args

from aiogram.client.telegram import TelegramAPIServer
from sqlalchemy import select

from bot.post.posting import Addressed, post_all
from bot.sandbox.trouble import FAULTS, Fault
from storage.tables import Letter
from tests.telegram.test_delivery import ToldWithButton
from tests.world import TELEGRAM, World

# A page for an answer, nothing for an answer (handled or not), nobody listens, no TLS, no such name.
Broken: TypeAlias = Fault | Literal["refused", "tls", "dns"]
LINE_DOWN: tuple[Broken, ...] = ("bad_gateway", "block_page", "not_an_answer", "refused", "tls", "dns")
SILENT: tuple[Broken, ...] = ("silence", "silence_after")
assert set(get_args(get_args(Broken)[0])) == set(FAULTS)


@asynccontextmanager
async def line_broken(world: World, how: Broken) -> AsyncIterator[None]:
    """While this lasts nothing that is said gets through; the bot's ear is spared, but for a pulled plug."""
    session = world.app.bot.session
    whole, patience = session.api, session.timeout
    session.timeout = 0.2  # of real seconds: forty pass by the clock that the tests move
    if how == "refused":
        await world.sandbox.unplug()
    elif how == "tls":
        session.api = TelegramAPIServer.from_base(whole.base.split("/bot")[0].replace("http:", "https:"))
    elif how == "dns":
        session.api = TelegramAPIServer.from_base("http://telegram.invalid")
    else:
        world.sandbox.trouble.outage = how
    yield
    session.api, session.timeout, world.sandbox.trouble.outage = whole, patience, False
    await world.sandbox.plug()


async def write(world: World, *words: str) -> int:
    """A letter a word to everybody of the cast; returns how many."""
    world.app.pace.rate = 10_000
    async with world.db.write() as tx:
        for word in words:
            await post_all(tx, [Addressed(person, ToldWithButton(word=word)) for person in TELEGRAM], now=world.now)
    return len(words) * len(TELEGRAM)


async def letters(world: World) -> list[Letter]:
    async with world.db.read() as tx:
        return list(await tx.scalars(select(Letter).where(Letter.kind == "told-with-button").order_by(Letter.id)))


async def states(world: World) -> Counter[str]:
    return Counter(letter.state for letter in await letters(world))


def arrived(world: World) -> Counter[tuple[int, str]]:
    """How often each word stands in each chat."""
    chats = ((person, world.sandbox.phones[telegram]) for person, telegram in TELEGRAM.items())
    return Counter((person, message.text) for person, phone in chats for message in phone.messages if message.from_bot)
