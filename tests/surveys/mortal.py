"""Families who answer a questionnaire while the bot is killed: every answer is counted once, as it was given."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from bot.sandbox import Phone
from storage.db import Database
from storage.surveys import answers
from storage.tables import Survey, SurveyQuestion, SurveyReceived, SurveyReply, SurveyResponse, Update
from tests.bot_process import environment_of
from tests.surveys.cast import a_survey, families
from tests.telegram.test_kills import PATIENCE, TOKEN, Deadly, Mortal, press, say

AT_ONCE = 25  # families that answer at the same time


@dataclass(frozen=True)
class Size:
    families: int
    children: tuple[int, ...]  # of each family, around and around
    questions: int
    deaths: int
    life: tuple[int, int] = (30, 120)  # calls between a birth and its death: the deaths come all through the run


def questions(count: int) -> list[dict[str, Any]]:
    kinds = (
        {"kind": "one", "options": ["Да", "Нет"]},
        {"kind": "several", "options": ["утром", "днём", "вечером"]},
        {"kind": "scale", "options": ["1", "5"]},
        {"kind": "text", "options": []},
    )
    return [{"question": f"О чём спрашивают в {n}-й раз?", **kinds[n % 4]} for n in range(count)]


def said(pupil: int, number: int, kind: str) -> tuple[tuple[str, ...], str | None]:
    """What is answered for this child to the question of this number, as it is kept."""
    dice = random.Random(pupil * 1000 + number)
    match kind:
        case "one":
            return (str(dice.randrange(2)),), None
        case "scale":
            return (str(dice.randint(1, 5)),), None
        case "several":
            return tuple(sorted(str(each) for each in dice.sample(range(3), dice.randint(1, 3)))), None
    return (), f"слова {pupil} к вопросу {number}"


async def answer(phone: Phone, pupil: int, asked: list[dict[str, Any]], *, alone: bool) -> None:
    """One child's questionnaire from the menu to «Отправить»; each press waits for its page, whichever life of the bot draws it."""
    here = f"Имя{pupil}"
    await say(phone, "/start", "Что показать?")
    await press(phone, "Анкеты", on="Что показать?")
    await press(phone, "Наши кружки" if alone else here, on="на какую ответить")
    await press(phone, "Начать", on=here)
    for number, question in enumerate(asked, 1):
        on = f"{here}\n\nВопрос {number} из {len(asked)}\n"
        picked, words = said(pupil, number, question["kind"])
        after = f"{here}\n\nВопрос {number + 1} из" if number < len(asked) else "Отвечены все вопросы"
        if words is not None:
            await phone.sees(on.strip(), PATIENCE)
            await say(phone, words, after)
            continue
        for each in picked:
            label = each if question["kind"] == "scale" else question["options"][int(each)]
            await press(phone, label, on=on)
            if question["kind"] == "several":
                await phone.chat.bell.until(partial(_marked, phone, on, label), PATIENCE)
        if question["kind"] == "several":
            await press(phone, "Дальше" if number < len(asked) else "Проверить", on=on)
    await press(phone, "Отправить", on="Отвечены все вопросы")
    await phone.sees(f"{here}\n\n✅ Ответ получен", PATIENCE)


def _marked(phone: Phone, on: str, label: str) -> bool:
    """Whether the page shows that it is picked."""
    return any(on in page.text and one.label == f"✅ {label}" for page in phone.messages for one in page.buttons)


@asynccontextmanager
async def mortal_bot(
    url: str, folder: Path, seed: int, deaths: int, life: tuple[int, int] = (30, 120)
) -> AsyncIterator[tuple[Mortal, Deadly]]:
    now = datetime.now(UTC)  # noqa: TID251 - the process has the real clock
    sandbox = Deadly(TOKEN, "school8_bot", clock=lambda: now, log=500_000)  # a press stays answerable while the bot comes back
    await sandbox.start()
    bot = Mortal(sandbox, environment_of(sandbox, url, folder), random.Random(seed), deaths, life=life)
    async with bot.living():
        yield bot, sandbox


async def answered_through(url: str, folder: Path, size: Size, *, anonymous: bool, seed: int) -> Counter[str]:
    """All answer while the bot dies so often; then every answer stands in the database once. Returns what was done."""
    db = Database(url)
    await db.open()
    asked = questions(size.questions)
    of = await families(db, size.families, children=size.children, classes=("5А", "6Б", "7А", "8А"))
    survey, ids = await a_survey(db, asked, whom="children", anonymous=anonymous)
    gate = asyncio.Semaphore(AT_ONCE)

    async def family(person: int) -> None:
        async with gate:
            phone = sandbox.person(70_000 + person - 5000, f"Мать {person}")
            for pupil in of[person]:
                await answer(phone, pupil, asked, alone=len(of[person]) == 1)

    async with mortal_bot(url, folder, seed, size.deaths, size.life) as (bot, sandbox):
        async with sandbox.watched(), asyncio.TaskGroup() as tasks:
            for person in of:
                tasks.create_task(family(person))
        async with sandbox.watched():
            await sandbox.quiet(PATIENCE)
        assert sandbox.violations == []
    pupils = [pupil for children in of.values() for pupil in children]
    await _every_answer_once(db, survey, ids, asked, pupils, anonymous=anonymous)
    await db.close()
    return Counter({"families": len(of), "answers": len(pupils), "replies": len(pupils) * len(asked), "kills": bot.died})


async def _every_answer_once(
    db: Database, survey: int, ids: list[int], asked: list[dict[str, Any]], pupils: list[int], *, anonymous: bool
) -> None:
    async with db.read() as tx:
        assert set(await tx.scalars(select(SurveyReceived.pupil_id))) == set(pupils)
        assert set(await tx.scalars(select(Update.state))) == {"done"}
        if not anonymous:
            sent = (await answers.sent(tx, [survey]))[survey]
            assert sorted(one.pupil_id for one in sent) == sorted(pupils)
            for one in sent:
                for number, (id_, question) in enumerate(zip(ids, asked, strict=True), 1):
                    picked, words = said(one.pupil_id, number, question["kind"])
                    assert (tuple(sorted(one.replies[id_].picked)), one.replies[id_].words) == (picked, words)
            return
        assert await tx.scalar(select(func.count(SurveyResponse.id))) == 0
        assert await tx.scalar(select(func.count()).select_from(SurveyReply)) == 0
        assert (await tx.get_one(Survey, survey)).totals[""] == len(pupils)
        for number, (id_, question) in enumerate(zip(ids, asked, strict=True), 1):
            row = await tx.get_one(SurveyQuestion, id_)
            given = [said(pupil, number, question["kind"]) for pupil in pupils]
            assert row.counts[""] == dict(sorted(Counter(each for picked, _ in given for each in picked).items()))
            assert sorted(row.words) == sorted(words for _, words in given if words is not None)
