"""The criteria of the year: a page, a PDF for the director, records of staff; the programme of the network as one file."""

from __future__ import annotations

import asyncio

from aiogram import F, Router
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.state import State, StatesGroup

from bot.refusals import Refusal
from bot.services.courses.clashes import brief
from bot.services.papers.papers import templates
from bot.services.programme.criteria import (
    DONE_ONLY,
    LARGEST,
    RECORDS,
    Said,
    criteria_of,
    document_of,
    one_record,
    put_down,
    remove,
)
from bot.services.programme.passport import passport_of
from bot.targets import CriteriaHome, Papers
from bot.visit import Visit
from bot.voice import lines
from bot.words.criteria import PARTS, criteria_page, criteria_paper
from bot.words.programme import programme_paper
from handlers.door import may, opens


class Part(CallbackData, prefix="criteria.part"):
    year: int
    part: int


class Paper(CallbackData, prefix="criteria.pdf"):
    year: int


class Programme(CallbackData, prefix="criteria.docx"):
    year: int


class Records(CallbackData, prefix="criteria.kept"):
    """What staff have put down: of one criterion, by its place in RECORDS."""

    criterion: int


class Add(CallbackData, prefix="criteria.add"):
    criterion: int


class Given(CallbackData, prefix="criteria.file"):
    record: int


class Remove(CallbackData, prefix="criteria.remove"):
    record: int


class Recording(StatesGroup):
    """Staff type a line, or send a document with it."""

    typing = State()


async def opened(visit: Visit, at: CriteriaHome) -> None:
    await _show(visit, at.year, 0)


async def part_shown(visit: Visit, at: Part) -> None:
    await _show(visit, at.year, min(max(at.part, 0), len(PARTS) - 1))


async def _show(visit: Visit, year: int, part: int, done: str = "") -> None:
    async with visit.db.read() as tx:
        found = await criteria_of(tx, year, visit.person, visit.today)
    say = visit.say
    parts = [
        visit.chosen(say.plain("button-criteria-part", part=name), Part(year=found.year, part=place), now=place == part)
        for place, name in enumerate(PARTS)
    ]
    files = [
        visit.button("button-criteria-pdf", Paper(year=found.year)),
        visit.button("button-programme", Programme(year=found.year)),
    ]
    records = [
        [visit.button("button-criteria-records", Records(criterion=RECORDS.index(name)), criterion=name)]
        for name in dict.fromkeys(one.criterion for one in found.of(PARTS[part]) if one.criterion)
    ]
    rows = [parts, *records, files, visit.ways_back(Papers())]
    await visit.show(lines([done, criteria_page(found, PARTS[part], say)]), rows)


async def paper_given(visit: Visit, at: Paper) -> None:
    async with visit.db.read() as tx:
        found = await criteria_of(tx, at.year, visit.person, visit.today)
    content = await asyncio.to_thread(criteria_paper, found, visit.say, visit.today)
    await visit.give(f"{visit.say.plain('criteria-file')}-{found.year}-{found.year + 1}.pdf", content)


async def programme_given(visit: Visit, at: Programme) -> None:
    async with visit.db.read() as tx:
        found = await passport_of(tx, at.year, visit.person, visit.today)
    own = templates(visit.settings)
    content = await asyncio.to_thread(lambda: programme_paper(found, visit.say, today=visit.today, own=own))
    year = found.criteria.year
    await visit.give(f"{visit.say.plain('programme-file')}-{year}-{year + 1}.docx", content, visit.say("programme-caption"))


# ── what staff put down ─────────────────────────────────────────────────────────────────────────────────────────────


def _criterion(place: int) -> str:
    if not 0 <= place < len(RECORDS):
        raise Refusal("gone")
    return RECORDS[place]


async def records_shown(visit: Visit, at: Records) -> None:
    await _records(visit, at.criterion)


async def _records(visit: Visit, place: int, done: str = "") -> None:
    name = _criterion(place)
    async with visit.db.read() as tx:
        found = await criteria_of(tx, 0, visit.person, visit.today)
    kept = next((one.kept for one in found.lines if one.criterion == name), ())
    said = [visit.say("criterion-kept", number=number, line=brief(one.line, 120) or "—") for number, one in enumerate(kept, 1)]
    rows = [[visit.button("button-criterion-add", Add(criterion=place), criterion=name)]] if name != DONE_ONLY or not kept else []
    for number, one in enumerate(kept, 1):
        row = [visit.button("button-criterion-remove", Remove(record=one.id), number=number)]
        if one.document_id is not None:
            row.insert(0, visit.button("button-criterion-file", Given(record=one.id), number=number))
        rows.append(row)
    head = visit.say("criteria-records", criterion=name, count=len(kept))
    await visit.show(lines([done, head, "\n".join(said[:20])]), [*rows, visit.ways_back(CriteriaHome())])


async def adding(visit: Visit, at: Add) -> None:
    name = _criterion(at.criterion)
    if name == DONE_ONLY:
        await put_down(visit.db, name, Said(), by=visit.person, at=visit.moment)
        await _records(visit, at.criterion, visit.say("criterion-added"))
        return
    await visit.talk.begin(Recording.typing, criterion=at.criterion)
    await visit.show(visit.say("criterion-asked", criterion=name), [[visit.back(Records(criterion=at.criterion))]])


async def recorded(visit: Visit) -> None:
    place = int((await visit.talk.data())["criterion"])
    sent = visit.file
    if sent is not None and sent.size is not None and sent.size > LARGEST:
        raise Refusal("criterion-file-too-big", limit=LARGEST // 2**20)
    file = (sent.name, await visit.read(sent)) if sent is not None else None
    await put_down(visit.db, _criterion(place), Said(visit.text, file), by=visit.person, at=visit.moment)
    await visit.talk.end()
    await _records(visit, place, visit.say("criterion-added"))


async def file_given(visit: Visit, at: Given) -> None:
    async with visit.db.read() as tx:
        name, content = await document_of(tx, at.record, visit.person)
    await visit.give(name, content)


async def removed(visit: Visit, at: Remove) -> None:
    async with visit.db.read() as tx:
        one = await one_record(tx, at.record, visit.person)
    await remove(visit.db, at.record, by=visit.person, now=visit.now)
    await _records(visit, RECORDS.index(one.criterion), visit.say("criterion-removed"))


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="criteria")
    router.callback_query.register(opened, opens(CriteriaHome), flags=may("criteria.see"))
    router.callback_query.register(part_shown, Part.filter(), flags=may("criteria.see"))
    router.callback_query.register(paper_given, Paper.filter(), flags=may("criteria.see"))
    router.callback_query.register(programme_given, Programme.filter(), flags=may("criteria.see"))
    router.callback_query.register(records_shown, Records.filter(), flags=may("criteria.see"))
    router.callback_query.register(adding, Add.filter(), flags=may("criteria.see"))
    router.message.register(
        recorded, Recording.typing, (F.text & ~F.text.startswith("/")) | F.document | F.photo, flags=may("criteria.see")
    )
    router.callback_query.register(file_given, Given.filter(), flags=may("criteria.see"))
    router.callback_query.register(removed, Remove.filter(), flags=may("criteria.see"))
    return router
