"""The journal's pages: whose there are, a group's for those who keep it, the blank form."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData

from bot.paging import Page, page_of
from bot.policy import Thing, can, reader, require
from bot.policy import may as is_open
from bot.refusals import Refusal
from bot.services.journal.form import form_of, kept_by
from bot.services.journal.match import thing_of
from bot.services.network.years import this_year
from bot.targets import JournalHome, MarkHome, PastJournal, PastYear, WriteAbout
from bot.telegram.pressed import AlsoOld
from bot.visit import Button, Rows, Visit
from bot.voice import lines
from bot.words.entries import day_of_group, short
from bot.words.journal import limited
from bot.words.written import written_lines
from handlers.door import may, opens
from handlers.journal.child import Child, child_page, day_of, reads, year_of
from storage.db import Tx
from storage.enrollment.enrollment import pupils_of
from storage.journal import history, journal
from storage.journal.journal import GroupOf
from storage.network.years import usual
from storage.people import consent, people

DAYS_A_PAGE = 6
GROUPS_A_PAGE = 12
ENTRIES_A_PAGE = 8


class Home(AlsoOld, CallbackData, prefix="journal.home"):
    """Another page of the groups."""

    page: int
    year: int = 0  # the academic year; 0: the running one


class OfGroup(CallbackData, prefix="journal.group"):
    group: int
    page: int = 0  # of its days, newest first


class Written(CallbackData, prefix="journal.written"):
    """Who wrote what of a day."""

    group: int
    day: int
    page: int = 0  # of its entries


class Form(CallbackData, prefix="journal.form"):
    group: int


# ── home ────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def opened(visit: Visit) -> None:
    """The journals this person may open; a family with one child goes straight to it."""
    await _open(visit, 0)


async def of_past(visit: Visit, at: PastJournal) -> None:
    """The same of a year that is over."""
    await _open(visit, at.year)


async def _open(visit: Visit, year: int) -> None:
    if len(visit.person.pupils) == 1 and not reads(visit):
        (pupil,) = visit.person.pupils
        async with visit.db.read() as tx:
            page = await child_page(visit, tx, Child(pupil=pupil, year=year))
        await visit.show(*page)
        return
    await visit.show(*await _home(visit, Home(page=0, year=year)))


async def turned(visit: Visit, at: Home) -> None:
    await visit.show(*await _home(visit, at))


async def _home(visit: Visit, at: Home) -> tuple[str, Rows]:
    async with visit.db.read() as tx:
        names = await people.first_names(tx, visit.person.pupils)
        here = await _groups(visit, tx, await year_of(visit, tx, at.year), at.page)
    rows = [[Button(name, Child(pupil=pupil, year=at.year))] for pupil, name in names.items()]
    rows += [[Button(f"{short(group.course)}, {group.code}", OfGroup(group=group.id))] for group in here.some]
    rows.append(visit.pager(here.number, here.of, lambda to: Home(page=to, year=at.year)))
    if at.year:
        return visit.say("journal-past", year=usual(at.year).name), [*rows, visit.ways_back(PastYear(at.year))]
    text = visit.say("journal-choose")
    if reads(visit):
        head = visit.say("journal-staff") if _keeps(visit) else visit.say("journal-reading")
        text = lines([head, visit.say("journal-staff-groups") if here.some else visit.say("journal-staff-none")])
    mark = [[visit.button("button-mark", MarkHome())]] if _keeps(visit) else []
    return text, [*mark, *rows, [visit.menu]]


def _keeps(visit: Visit) -> bool:
    return bool(visit.person.staff_as("teacher", "partner", "coordinator"))


async def _groups(visit: Visit, tx: Tx, year: int, page: int) -> Page[GroupOf]:
    """A page of the groups of a year whose journals this person keeps, answers for or reads."""
    if visit.person.staff_as("coordinator", "director"):
        return await journal.page_of_groups(tx, page, GROUPS_A_PAGE, year=year)
    if not reads(visit):
        return page_of([], page, GROUPS_A_PAGE)
    teachers, organizations = visit.person.staff_as("teacher"), visit.person.organizations_as("partner")
    return await journal.page_of_groups(tx, page, GROUPS_A_PAGE, year=year, teachers=teachers, organizations=organizations)


# ── a group's ───────────────────────────────────────────────────────────────────────────────────────────────────────


async def of_group(visit: Visit, at: OfGroup) -> None:
    async with visit.db.read() as tx:
        group = await _group(visit, tx, at.group, "journal.read")
        days = await journal.days_of_group(tx, group.id)
        past = group.year < await this_year(tx, visit.today)
        page = min(max(at.page, 0), max(len(days) - 1, 0))
        eyes = reader(visit.person, thing_of(group))
        found = await journal.lines_of_day(tx, group.id, days[page], eyes) if days else []
        foreign = await journal.foreign_of_day(tx, group.id, days[page], eyes) if days else 0
        learn = bool(await pupils_of(tx, group.id))
    heading = visit.say("journal-group", course=short(group.course, 80), group=group.code)
    writes = is_open(visit.person, "message.write")  # a director reads
    keeps = not past and can(visit.person, "journal.enter", thing_of(group))
    empty = visit.say("journal-group-empty") if keeps else visit.say("journal-group-empty-reading")
    if not learn:
        empty, keeps = visit.say("journal-group-nobody"), False
    said = day_of_group(found, visit.say) if found else [] if foreign else [empty]
    if foreign:
        said += [*([] if found else [visit.say("journal-group-day", day=days[page])]), visit.say("pupils-foreign", count=foreign)]
    rows: list[list[Button]] = [[visit.button("button-journal-form", Form(group=group.id))]] if keeps else []
    if found:
        rows.append([visit.button("button-written", Written(group=group.id, day=days[page].toordinal()))])
    rows += [
        [visit.button("button-write", WriteAbout("group", group.id))] if writes and not past else [],
        visit.pager(page, len(days), lambda to: OfGroup(group=group.id, page=to)),
        visit.ways_back(PastJournal(group.year) if past else JournalHome()),
    ]
    await visit.show(limited([heading, "", *said]), rows)


async def written(visit: Visit, at: Written) -> None:
    """Who wrote each entry of a day, when, from which file, and what stood before."""
    async with visit.db.read() as tx:
        group = await _group(visit, tx, at.group, "journal.read")
        days = await journal.days_of_group(tx, group.id)
        found = await history.of_day(tx, group.id, day_of(at.day), reader(visit.person, thing_of(group)))
    here = page_of(found, at.page, ENTRIES_A_PAGE)
    said = written_lines(here.some, visit.say) or [visit.say("written-empty")]
    heading = visit.say("written-heading", course=short(group.course, 80), group=group.code, day=day_of(at.day))
    back = OfGroup(group=group.id, page=days.index(day_of(at.day)) if day_of(at.day) in days else 0)
    pager = visit.pager(here.number, here.of, lambda to: Written(group=at.group, day=at.day, page=to))
    rows = [pager, visit.ways_back(back)]
    await visit.show(limited("\n\n".join([heading, *said]).split("\n")), rows)


async def _group(visit: Visit, tx: Tx, group_id: int, action: str) -> GroupOf:
    found = await journal.groups(tx, group_id=group_id)
    require(visit.person, action, thing_of(found[0]) if found else Thing())
    if not found:
        raise Refusal("gone")
    return found[0]


async def formed(visit: Visit, at: Form) -> None:
    """The blank form: today's lesson with the group's pupils in it."""
    async with visit.db.read() as tx:
        group = await _group(visit, tx, at.group, "journal.enter")
        members = set(await pupils_of(tx, group.id))
        eyes = reader(visit.person, thing_of(group))
        unnamed = await consent.unnamed(tx, members, group.organization_id, eyes)
        theirs = [
            pupil
            for pupil in await journal.pupils(tx, group.year, members)
            if pupil.id in members and eyes.knows(pupil.school_id, group.organization_id)
        ]
        pupils = [pupil.by_code if pupil.id in unnamed else pupil for pupil in theirs]
    if not pupils:
        raise Refusal("journal-form-empty")
    name = visit.say.plain("journal-form-name", group=group.code.replace("/", "-"), day=visit.today.isoformat())
    await visit.give(name, form_of(group, pupils, visit.today), visit.say("journal-form-caption"), [[visit.back(JournalHome())]])


async def form_buttons(visit: Visit, most: int = 6) -> list[list[Button]]:
    """The blank forms of one's own groups, offered where a file could not be read."""
    found = (await kept_by(visit.db, by=visit.person, today=visit.today))[:most]
    named = [(one.id, one.code, short(one.course)) for one in found]
    return [[visit.button("button-journal-form-of", Form(group=id_), group=code, course=of)] for id_, code, of in named]


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="journal")
    router.message.register(opened, Command("journal"), flags=may("journal.open"))
    router.callback_query.register(opened, opens(JournalHome), flags=may("journal.open"))
    router.callback_query.register(of_past, opens(PastJournal), flags=may("journal.open"))
    router.callback_query.register(turned, Home.filter(), flags=may("journal.open"))
    router.callback_query.register(of_group, OfGroup.filter(), flags=may("journal.read"))
    router.callback_query.register(written, Written.filter(), flags=may("journal.read"))
    router.callback_query.register(formed, Form.filter(), flags=may("journal.enter"))
    return router
