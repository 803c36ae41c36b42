"""The criteria of the year: a page, a PDF for the director, records of staff; the programme of the network as one file."""

from __future__ import annotations

import asyncio

from aiogram import F, Router
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.state import State, StatesGroup

from bot.post.bundle import LABEL
from bot.refusals import Refusal
from bot.services.courses.clashes import brief
from bot.services.network.years import running_now
from bot.services.papers.papers import school_of, templates
from bot.services.programme.criteria import (
    DONE_ONLY,
    LARGEST,
    RECORDS,
    Said,
    Year,
    criteria_of,
    document_of,
    one_record,
    put_down,
    remove,
)
from bot.services.programme.passport import passport_of
from bot.targets import CriteriaHome, Papers
from bot.telegram.pressed import AlsoOld
from bot.visit import Button, Visit
from bot.voice import lines
from bot.words.criteria import PARTS, criteria_page, criteria_paper
from bot.words.programme import programme_paper
from handlers.door import may, opens
from storage.db import Tx
from storage.network.years import known, usual

YEARS = 4  # the newest, that a page offers


class Part(AlsoOld, CallbackData, prefix="criteria.part"):
    year: int
    part: int
    school: int = 0


class Paper(AlsoOld, CallbackData, prefix="criteria.pdf"):
    year: int
    school: int = 0


class Programme(AlsoOld, CallbackData, prefix="criteria.docx"):
    year: int
    school: int = 0


class Records(AlsoOld, CallbackData, prefix="criteria.kept"):
    """What staff have put down: of one criterion, by its place in RECORDS."""

    criterion: int
    school: int = 0


class Add(AlsoOld, CallbackData, prefix="criteria.add"):
    criterion: int
    school: int = 0


class Given(CallbackData, prefix="criteria.file"):
    record: int


class Remove(CallbackData, prefix="criteria.remove"):
    record: int


class Recording(StatesGroup):
    """Staff type a line, or send a document with it."""

    typing = State()


async def opened(visit: Visit, at: CriteriaHome) -> None:
    await _show(visit, Part(year=at.year, part=0, school=at.school))


async def part_shown(visit: Visit, at: Part) -> None:
    await _show(visit, at)


async def _show(visit: Visit, at: Part) -> None:
    part, say = PARTS[min(max(at.part, 0), len(PARTS) - 1)], visit.say
    async with visit.db.read() as tx:
        found = await criteria_of(tx, at.year, visit.person, visit.today, at.school)
        others = await _others(tx, visit, found)
    of = {"year": found.year, "school": found.school_id}
    parts = [
        visit.chosen(say.plain("button-criteria-part", part=name), Part(**of, part=place), now=name == part)
        for place, name in enumerate(PARTS)
    ]
    records = [
        [visit.button("button-criteria-records", Records(criterion=RECORDS.index(name), school=found.school_id), criterion=name)]
        for name in dict.fromkeys(one.criterion for one in found.of(part) if one.criterion)
    ]
    files = [visit.button("button-criteria-pdf", Paper(**of)), visit.button("button-programme", Programme(**of))]
    school = say("criteria-school", school=found.school) if len(_schools(visit)) > 1 else ""
    rows = [parts, *records, files, *others, visit.ways_back(Papers())]
    await visit.show(lines([school, criteria_page(found, part, say)]), rows)


def _schools(visit: Visit) -> list[int]:
    return sorted(visit.person.organizations_as("coordinator", "director"))


async def _others(tx: Tx, visit: Visit, found: Year) -> list[list[Button]]:
    """The ways to the other schools of who heads several, and to the years before."""
    rows, schools = [], _schools(visit)
    if len(schools) > 1:
        for one in [await school_of(tx, school) for school in schools]:
            rows.append([visit.chosen(brief(one.name, LABEL), CriteriaHome(found.year, one.id), now=one.id == found.school_id)])
    running = (await running_now(tx, visit.today)).year
    years = sorted(year for year in await known(tx) if year <= running)[-YEARS:]
    if len(years) > 1:
        rows.append([visit.chosen(usual(one).name, CriteriaHome(one, found.school_id), now=one == found.year) for one in years])
    return rows


async def paper_given(visit: Visit, at: Paper) -> None:
    async with visit.db.read() as tx:
        found = await criteria_of(tx, at.year, visit.person, visit.today, at.school)
    content = await asyncio.to_thread(criteria_paper, found, visit.say, visit.today)
    await visit.give(f"{visit.say.plain('criteria-file')}-{found.year}-{found.year + 1}.pdf", content)


async def programme_given(visit: Visit, at: Programme) -> None:
    async with visit.db.read() as tx:
        found = await passport_of(tx, at.year, visit.person, visit.today, at.school)
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
    await _records(visit, at)


async def _records(visit: Visit, at: Records, done: str = "") -> None:
    name = _criterion(at.criterion)
    async with visit.db.read() as tx:
        found = await criteria_of(tx, 0, visit.person, visit.today, at.school)
    kept = next((one.kept for one in found.lines if one.criterion == name), ())
    said = [visit.say("criterion-kept", number=number, line=brief(one.line, 120) or "—") for number, one in enumerate(kept, 1)]
    rows = (
        [[visit.button("button-criterion-add", Add(**at.model_dump()), criterion=name)]] if name != DONE_ONLY or not kept else []
    )
    for number, one in enumerate(kept, 1):
        row = [visit.button("button-criterion-remove", Remove(record=one.id), number=number)]
        if one.document_id is not None:
            row.insert(0, visit.button("button-criterion-file", Given(record=one.id), number=number))
        rows.append(row)
    head = visit.say("criteria-records", criterion=name, count=len(kept))
    await visit.show(lines([done, head, "\n".join(said[:20])]), [*rows, visit.ways_back(CriteriaHome(school=at.school))])


async def adding(visit: Visit, at: Add) -> None:
    name = _criterion(at.criterion)
    if name == DONE_ONLY:
        await put_down(visit.db, name, Said(school=at.school), by=visit.person, at=visit.moment)
        await _records(visit, Records(**at.model_dump()), visit.say("criterion-added"))
        return
    await visit.talk.begin(Recording.typing, criterion=at.criterion, school=at.school)
    await visit.show(visit.say("criterion-asked", criterion=name), [[visit.back(Records(**at.model_dump()))]])


async def recorded(visit: Visit) -> None:
    told = await visit.talk.data()
    at = Records(criterion=told["criterion"], school=told.get("school", 0))
    sent = visit.file
    if sent is not None and sent.size is not None and sent.size > LARGEST:
        raise Refusal("criterion-file-too-big", limit=LARGEST // 2**20)
    file = (sent.name, await visit.read(sent)) if sent is not None else None
    await put_down(visit.db, _criterion(at.criterion), Said(visit.text, file, at.school), by=visit.person, at=visit.moment)
    await visit.talk.end()
    await _records(visit, at, visit.say("criterion-added"))


async def file_given(visit: Visit, at: Given) -> None:
    async with visit.db.read() as tx:
        name, content = await document_of(tx, at.record, visit.person)
    await visit.give(name, content)


async def removed(visit: Visit, at: Remove) -> None:
    async with visit.db.read() as tx:
        one = await one_record(tx, at.record, visit.person)
    await remove(visit.db, at.record, by=visit.person, now=visit.now)
    await _records(visit, Records(criterion=RECORDS.index(one.criterion), school=one.school_id), visit.say("criterion-removed"))


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
