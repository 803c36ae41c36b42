"""Families and the coordinator who write to each other while the bot is killed: every letter is kept once, in its order."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sqlalchemy import select

from bot.sandbox import Phone
from storage.db import Database
from storage.tables import Thread, ThreadMessage, Update
from tests.surveys.cast import families
from tests.surveys.mortal import mortal_bot
from tests.telegram.test_kills import PATIENCE, press, say
from tests.world import OLGA, TELEGRAM

LIFE = (8, 30)  # calls between a birth and its death


@dataclass(frozen=True)
class Size:
    families: int
    letters: int  # of each: within the measure of a minute
    answers: int  # of the coordinator
    deaths: int


async def written(phone: Phone, pupil: int, count: int, first: asyncio.Semaphore) -> None:
    """A family writes to the school, one letter after the other."""
    await say(phone, "/start", "Что показать?")
    await press(phone, "Сообщения", on="Что показать?")
    await press(phone, "Написать", on="Писем пока нет")
    for number in range(1, count + 1):
        await phone.sees("Напишите сообщение", PATIENCE)
        # Killed between the letter and its page: the coordinator may have read, and answered, before the page is drawn.
        await say(phone, _words(pupil, number), f"прочитано\n{_words(pupil, number)}")
        if number == 1:
            first.release()
        if number < count:
            await write_more(phone, on=f"прочитано\n{_words(pupil, number)}")
            await phone.chat.bell.until(partial(_asked_after, phone, _words(pupil, number)), PATIENCE)
    await phone.sees(_words(pupil, count), PATIENCE)


async def write_more(phone: Phone, on: str) -> None:
    """The button under a thread's last letter: another word when the other side has written meanwhile, before the page was drawn."""
    labels = ("Написать ещё", "Ответить")

    def there() -> str | None:
        for page in reversed(phone.messages):
            for label in labels:
                if on in page.text and any(label in button.label for button in page.buttons):
                    return label
        return None

    label = await phone.chat.bell.until(there, PATIENCE)
    assert label is not None
    await press(phone, label, on=on)


def _asked_after(phone: Phone, words: str) -> bool:
    """Whether the page that asks for the next letter is there: it quotes the last one."""
    return any("Напишите сообщение" in page.text and words in page.text for page in phone.messages)


def _words(pupil: int, number: int) -> str:
    return f"письмо {number} о ребёнке {pupil}."


async def answers(phone: Phone, count: int) -> None:
    """The coordinator answers the first unread threads."""
    for number in range(1, count + 1):
        await say(phone, "/start", "Здравствуйте, Ольга!")
        await press(phone, "Сообщения", on="Здравствуйте, Ольга!")
        await press(phone, "🔵", on="Сначала непрочитанные")
        await write_more(phone, on="✉️ Семья")
        await phone.sees("Напишите сообщение", PATIENCE)
        await say(phone, f"ответ {number}.", f"прочитано\nответ {number}.")


async def written_through(url: str, folder: Path, size: Size, *, seed: int) -> Counter[str]:
    """All write while the bot dies so often; then every letter stands in the database once, in its thread's order."""
    db = Database(url)
    await db.open()
    of = await families(db, size.families, children=(1,), classes=("5А", "6Б", "7А"))
    first = asyncio.Semaphore(0)

    async def family(person: int) -> None:
        await written(sandbox.person(70_000 + person - 5000, f"Мать {person}"), of[person][0], size.letters, first)

    async def office() -> None:
        for _ in of:
            await first.acquire()
        await answers(sandbox.person(TELEGRAM[OLGA], "Ольга"), size.answers)

    async with mortal_bot(url, folder, seed, size.deaths, life=LIFE) as (bot, sandbox):
        async with sandbox.watched(), asyncio.TaskGroup() as tasks:
            for person in of:
                tasks.create_task(family(person))
            tasks.create_task(office())
        async with sandbox.watched():
            await sandbox.quiet(PATIENCE)
        assert sandbox.violations == []
    await _each_once(db, of, size)
    await db.close()
    return Counter({"families": len(of), "letters": len(of) * size.letters, "answers": size.answers, "kills": bot.died})


async def _each_once(db: Database, of: dict[int, list[int]], size: Size) -> None:
    async with db.read() as tx:
        question = select(Thread.one_id, ThreadMessage.side, ThreadMessage.words).join(
            Thread, Thread.id == ThreadMessage.thread_id
        )
        rows = (await tx.execute(question.order_by(ThreadMessage.id))).all()
        assert set(await tx.scalars(select(Update.state))) == {"done"}
    for (pupil,) in of.values():
        mine = [row.words for row in rows if row.one_id == pupil and row.side == 1]
        assert mine == [_words(pupil, number) for number in range(1, size.letters + 1)]
    assert [row.words for row in rows if row.side == 2] == [f"ответ {number}." for number in range(1, size.answers + 1)]
