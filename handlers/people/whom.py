"""Whom the coordinator invites: a class and a pupil in it, the staff, or a surname typed; and the cards for a class."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from aiogram import Router
from aiogram.filters.callback_data import CallbackData

from bot.paging import in_rows, page_of
from bot.reading.workbook.rows import fold_class
from bot.refusals import Refusal
from bot.services.people.invitations import class_of, classes_of, find, reachable
from bot.services.people.sheets import invite_classmates, printed
from bot.targets import Invite, InviteCard
from bot.visit import Button, Rows, Visit
from bot.voice import lines, short_name, told_apart
from handlers.door import TYPED, may, opens
from handlers.people.invitations import NameTyping, card_page
from storage.people import invitations
from storage.people.invitations import Target

PAGE = 10  # people a page
IN_A_ROW = 4  # classes in a row of buttons
LONGEST_LIST = 30  # people found by what was typed; more is no answer


class InClass(CallbackData, prefix="invite.class"):
    """The class of this pupil: a class's own name may be longer than a button holds. `pupil` 0: the staff."""

    pupil: int
    page: int


class Sheets(CallbackData, prefix="invite.sheets"):
    """The cards for a class. `which`: ask, all, missing."""

    pupil: int
    which: str


async def opened(visit: Visit) -> None:
    await visit.talk.begin(NameTyping.name)
    buttons = [Button(label, InClass(pupil=number, page=0)) for label, number in await _classes(visit)]
    staff = [visit.button("button-invite-of-staff", InClass(pupil=0, page=0))]  # whoever looks is one of them
    await visit.show(visit.say("invite-page"), [*in_rows(buttons, IN_A_ROW), staff, [visit.menu]])


async def _classes(visit: Visit) -> list[tuple[str, int]]:
    """Each class by number and letter, and a pupil of it; with the school's name where the coordinator has several."""
    first = await classes_of(visit.db, by=visit.person, today=visit.today)
    schools = {school for school, _ in first}
    async with visit.db.read() as tx:
        names = await invitations.schools(tx) if len(schools) > 1 else {}
    order = sorted(first, key=lambda one: (one[0], _by_number(one[1])))
    return [(f"{name}, {short_name(names[school])}" if school in names else name, first[school, name]) for school, name in order]


def _by_number(class_name: str) -> tuple[int, str]:
    number = re.match(r"\d+", class_name)
    return int(number[0]) if number else 0, class_name


async def name_typed(visit: Visit) -> None:
    """A surname, a class or a code. The talk stays open: the next name may follow at once."""
    typed = visit.text
    for (_, name), pupil in sorted((await classes_of(visit.db, by=visit.person, today=visit.today)).items()):
        if fold_class(name) == fold_class(typed):
            await _class(visit, pupil, 0)
            return
    found = await find(visit.db, typed, by=visit.person, today=visit.today)
    if len(found) == 1:
        await visit.show(*await card_page(visit, found[0]))
        return
    if len(found) > LONGEST_LIST:
        raise Refusal("invite-too-many", count=len(found))
    named = told_apart({each.id: each.full_name for each in found})
    await visit.show(
        visit.say("invite-found", count=len(found)),
        [*([_person(each, named[each.id], each.where)] for each in found), visit.ways_back(Invite())],
    )


async def in_class(visit: Visit, at: InClass) -> None:
    if at.pupil:
        await _class(visit, at.pupil, at.page)
    else:
        await _staff(visit, at.page)


async def _class(visit: Visit, pupil: int, page: int) -> None:
    theirs = await class_of(visit.db, pupil, by=visit.person, today=visit.today)
    async with visit.db.read() as tx:
        entered = await invitations.entered_families(tx, [each.id for each in theirs])
    text = visit.say("invite-class", class_name=theirs[0].where, count=len(theirs), entered=len(entered))
    sheets = [visit.button("button-invite-sheets", Sheets(pupil=pupil, which="ask"))]
    await visit.show(text, [*_list(visit, theirs, entered, (pupil, page)), sheets, visit.ways_back(Invite())])


async def _staff(visit: Visit, page: int) -> None:
    theirs = await reachable(visit.db, by=visit.person, today=visit.today, kind="staff")
    async with visit.db.read() as tx:
        entered = await invitations.entered_staff(tx)
    theirs.sort(key=lambda each: (each.full_name, each.id))
    rows = _list(visit, theirs, entered, (0, page))
    await visit.show(visit.say("invite-of-staff", count=len(theirs)), [*rows, visit.ways_back(Invite())])


def _list(visit: Visit, theirs: Sequence[Target], entered: set[int], at: tuple[int, int]) -> list[list[Button]]:
    """A page of people, a tick before those who are in."""
    pupil, asked = at
    here = page_of(theirs, asked, PAGE)
    named = told_apart({each.id: each.full_name for each in theirs})
    times = Counter(named.values())
    rows = []
    for each in here.some:
        apart = each.code if times[named[each.id]] > 1 else ""
        rows.append([_person(each, ("✅ " if each.id in entered else "") + named[each.id], apart)])
    return [*rows, visit.pager(here.number, here.of, lambda to: InClass(pupil=pupil, page=to))]


def _person(each: Target, name: str, beside: str) -> Button:
    label = name + (f", {short_name(beside)}" if beside else "")
    return Button(label, InviteCard(kind=each.kind, id=each.id))


async def sheets(visit: Visit, at: Sheets) -> None:
    """Each asking makes new codes, so it is asked for whom; the sheet is a file to print."""
    theirs = await class_of(visit.db, at.pupil, by=visit.person, today=visit.today)
    if at.which not in ("all", "missing"):
        await visit.show(*await _sheets_page(visit, theirs, at.pupil))
        return
    username = await visit.username()  # asked first: without it there is nothing to print
    cards = await invite_classmates(visit.db, at.pupil, missing=at.which == "missing", by=visit.person, at=visit.moment)
    file = await printed(cards, username, visit.say)
    caption = visit.say("invite-sheets-made", class_name=theirs[0].where, count=file.count, until=file.until)
    await visit.give(file.name, file.content, caption)


async def _sheets_page(visit: Visit, theirs: Sequence[Target], pupil: int) -> tuple[str, Rows]:
    async with visit.db.read() as tx:
        waiting = len(theirs) - len(await invitations.entered_families(tx, [each.id for each in theirs]))
    rows = [[visit.button("button-invite-sheets-all", Sheets(pupil=pupil, which="all"), count=len(theirs))]]
    if 0 < waiting < len(theirs):
        rows.insert(0, [visit.button("button-invite-sheets-missing", Sheets(pupil=pupil, which="missing"), count=waiting)])
    text = lines([visit.say("invite-sheets", class_name=theirs[0].where), visit.say("invite-sheets-how")])
    return text, [*rows, visit.ways_back(InClass(pupil=pupil, page=0))]


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="whom")
    router.message.register(name_typed, NameTyping.name, TYPED, flags=may("network.invite"))
    router.callback_query.register(opened, opens(Invite), flags=may("network.invite"))
    router.callback_query.register(in_class, InClass.filter(), flags=may("network.invite", keeps_talk=NameTyping))
    router.callback_query.register(sheets, Sheets.filter(), flags=may("network.invite", keeps_talk=NameTyping))
    return router
