"""An announcement to a thousand people: it leaves at the allowed pace behind what is urgent, is taken back whole, survives deaths."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.clock import Moment
from bot.notices import URGENT
from bot.post.posting import post
from bot.services.announcements.sending import SECOND_THOUGHTS, Sending, announced, send, take_back
from bot.services.announcements.writing import Draft, begin
from storage.announcements.announcements import Said
from storage.db import Database
from storage.tables import Letter
from tests.announcements.cast import NO_QUIET, passes
from tests.surveys.cast import families, the_cast
from tests.surveys.mortal import mortal_bot
from tests.telegram.test_delivery import ToldWithButton
from tests.telegram.test_kills import PATIENCE
from tests.world import ANNA, MISHA_HIMSELF, NAMES, OLGA, RUSLAN, TELEGRAM, ZONE, World

pytestmark = [pytest.mark.faults, pytest.mark.part("announcements")]

PEOPLE = 1000
FIRST = 70_000  # the first one's Telegram id, as tests/surveys/cast.py gives them
BEGINS = "📣 Объявление · всем семьям школы"
AT_ONCE = 60  # letters a worker has in hand: so many may be repeated at a death


async def to_all(db: Database, text: str, at: Moment) -> Said:
    olga = await the_cast(db, OLGA)
    draft = await begin(db, 1, ("all", ""), Draft(text), by=olga, at=at)
    return await send(db, Sending(draft.id, 0, morning=False, quiet=NO_QUIET), by=olga, at=at)


async def test_a_thousand_people_at_the_allowed_pace(world: World, figures: Counter[str]) -> None:
    """1,000 people: taken back at the 59th second it reaches nobody; sent, it leaves at SEND_RATE, what is urgent first"""
    await families(world.db, PEOPLE, children=(1,), classes=("5А", "6Б", "7А", "8А"))
    phones = [world.member(FIRST + number, f"Мать {number}") for number in range(PEOPLE)]
    olga = await the_cast(world.db, OLGA)
    said = await to_all(world.db, "Собрание", Moment(world.now, ZONE))
    await take_back(world.db, said.id, by=olga, now=world.now + SECOND_THOUGHTS - timedelta(seconds=1))
    await passes(world, minutes=5)
    assert [phone.page for phone in phones if phone.page] == []

    await to_all(world.db, "Собрание отменено", Moment(world.now, ZONE))
    world.clock.move(SECOND_THOUGHTS)
    begun = asyncio.get_running_loop().time()
    sending = asyncio.create_task(world.deliver())  # noqa: TID251 - something else comes while it goes out
    await phones[200].sees(BEGINS, PATIENCE)
    before = len(world.sandbox.calls("sendMessage"))
    async with world.db.write() as tx:
        await post(tx, RUSLAN, ToldWithButton(word="занятие сегодня раньше"), now=world.now, urgency=URGENT)
    world.app.postman.stir()
    await world.ruslan.sees("занятие сегодня раньше", PATIENCE)
    overtaken = len(world.sandbox.calls("sendMessage")) - before
    await sending
    took = asyncio.get_running_loop().time() - begun
    assert [phone.page.startswith(BEGINS) for phone in phones] == [True] * PEOPLE
    assert world.sandbox.violations == []
    assert took >= PEOPLE / world.app.settings.send_rate - 2  # never faster than allowed
    assert overtaken <= 3 * AT_ONCE  # of 800 that waited
    figures.update({"letters": PEOPLE, "seconds": round(took), "bulk letters before an urgent one": overtaken})


@pytest.mark.parametrize("settled_url", ["sqlite", "postgresql"], indirect=True)
async def test_kills_while_it_leaves(settled_url: str, tmp_path: Path, figures: Counter[str]) -> None:
    """1,000 people: kill -9 in its minute and ten times while it leaves"""
    db = Database(settled_url)
    await db.open()
    await families(db, PEOPLE, children=(1,), classes=("5А", "6Б", "7А", "8А"))
    now = datetime.now(UTC)  # noqa: TID251 - the process has the real clock
    said = await to_all(db, "Собрание", Moment(now - SECOND_THOUGHTS + timedelta(seconds=20), ZONE))
    async with mortal_bot(settled_url, tmp_path, seed=20261129, deaths=10) as (bot, sandbox):
        phones = [sandbox.person(FIRST + number, f"Мать {number}") for number in range(PEOPLE)]
        for phone in [*phones, *(sandbox.person(TELEGRAM[one], NAMES[one]) for one in (ANNA, RUSLAN, MISHA_HIMSELF))]:
            phone.chat.started = True
        async with sandbox.watched(), asyncio.TaskGroup() as tasks:
            for phone in phones:
                tasks.create_task(phone.sees(announced(said).said, PATIENCE))
        assert sandbox.violations == []
    got = [sum("Собрание" in message.text for message in phone.messages) for phone in phones]
    async with db.read() as tx:
        states = Counter(await tx.scalars(select(Letter.state).where(Letter.topic == said.topic)))
    await db.close()
    repeats = sum(got) - PEOPLE
    assert (min(got), states["dead"], states["cancelled"]) == (1, 0, 0)
    assert repeats <= AT_ONCE * bot.died
    figures.update({"letters": PEOPLE, "kills": bot.died, "repeats": repeats})
