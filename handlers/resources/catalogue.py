"""The catalogue of resources: by kind, by organization, by words; the card of one. Strangers may look too."""

from __future__ import annotations

from dataclasses import replace

from aiogram import F, Router
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import Message

from bot.paging import page_of
from bot.policy import may as is_open
from bot.refusals import Refusal
from bot.services.courses.clashes import brief
from bot.services.courses.search import meant
from bot.services.courses.spoken import may_look_for_a_course
from bot.services.people.codes import looks_like_code
from bot.services.resources.attaching import listed as attached
from bot.services.resources.catalogue import Catalogue, catalogue, look, resource, resource_meant
from bot.services.resources.places import KINDS, Where, where
from bot.targets import Courses, Files, MyBookings, ResourcePage, Resources
from bot.visit import Button, Rows, Visit
from bot.voice import lines
from bot.words import resources as words
from handlers.door import TYPED, UNASKED, may, opens
from handlers.resources.attaching import Take
from handlers.resources.bookings import BookDay, Rooms
from handlers.resources.colleagues import Colleagues
from storage.db import Tx
from storage.resources.attachments import To

PAGE = 8  # resources a page
OWNERS = 20  # organizations a page: a region has more than Telegram allows buttons
SEARCHED = 200  # characters of a search that are read at all


class Listed(CallbackData, prefix="resource.list"):
    """A page of the catalogue."""

    at: str = ""


class Owners(CallbackData, prefix="resource.owners"):
    """Whose resources to show."""

    at: str = ""


class Look(CallbackData, prefix="resource.search"):
    """Asks for words."""


class LookingFor(StatesGroup):
    """Somebody types what they look for."""

    typing = State()


async def opened(visit: Visit) -> None:
    async with visit.db.read() as tx:
        found = await catalogue(tx, Where(), visit.person, size=1)
    if not found.total:
        loads = "yes" if visit.person.organizations_as("coordinator") else "no"
        await visit.show(visit.say("resources-none", loads=loads), [*_work(visit), visit.ways_back(Courses())])
        return
    await visit.show(visit.say("resources-title", count=found.total), _home(visit, found))


def _home(visit: Visit, found: Catalogue) -> Rows:
    rows = [
        [visit.button("button-resources-kind", Listed(at=Where(kind=number).token), kind=kind, count=found.by_kind[kind])]
        for number, kind in enumerate(KINDS, 1)
        if found.by_kind[kind]
    ]
    rows.append([visit.button("button-courses-search", Look()), visit.button("button-courses-partner", Owners())])
    return [*rows, *_work(visit), visit.ways_back(Courses())]


def _work(visit: Visit) -> Rows:
    """What is there for staff: rooms and bookings of those who book, the teachers of the network."""
    rows = []
    if is_open(visit.person, "resource.book"):
        rows.append([visit.button("button-rooms", Rooms()), visit.button("button-bookings", MyBookings())])
    if is_open(visit.person, "colleagues.see"):
        rows.append([visit.button("button-colleagues", Colleagues())])
    return rows


async def listed(visit: Visit, at: Listed) -> None:
    async with visit.db.read() as tx:
        await visit.show(*await _list(visit, tx, where(at.at)))


async def _list(visit: Visit, tx: Tx, at: Where) -> tuple[str, Rows]:
    found = await catalogue(tx, at, visit.person, size=PAGE)
    at = replace(at, page=found.page.number)
    rows = [[Button(words.label(one, at), ResourcePage(one.id, at.token))] for one in found.page.some]
    rows.append(visit.pager(found.page.number, found.page.of, lambda to: Listed(at=replace(at, page=to).token)))
    return words.heading(found, at, visit.say), [*rows, visit.ways_back(Resources())]


async def owners(visit: Visit, at: Owners) -> None:
    here = where(at.at)
    async with visit.db.read() as tx:
        found = await catalogue(tx, Where(), visit.person, size=1)
    here_are = page_of(list(found.organizations.items()), here.page, OWNERS)
    rows = [[Button(brief(name, 60), Listed(at=replace(here, organization=id_, page=0).token))] for id_, name in here_are.some]
    rows.append(visit.pager(here_are.number, here_are.of, lambda to: Owners(at=replace(here, page=to).token)))
    await visit.show(visit.say("resources-whose"), [*rows, visit.ways_back(Resources())])


async def shown(visit: Visit, at: ResourcePage) -> None:
    here = where(at.at)
    if visit.again:
        async with visit.db.read() as tx:
            one = await resource(tx, at.resource, visit.person)
    else:
        one = await look(visit.db, at.resource, visit.person, visit.today)
    async with visit.db.read() as tx:
        whose, stand = await attached(tx, To(resource=one.id), visit.person)
    rows: list[list[Button]] = []
    files = Files(resource=one.id, at=here.token)
    single = stand[0] if len(stand) == 1 and stand[0].document_id is not None else None
    if single is not None:  # one file is one tap
        rows.append([visit.button("button-resource-file", Take(file=single.id), name=single.name)])
    if stand and (single is None or whose.changes):
        rows.append([visit.button("button-resource-files", files, count=len(stand))])
    elif not stand and whose.changes:
        rows.append([visit.button("button-attachment-add", files)])
    if one.kind == "material" and is_open(visit.person, "resource.book"):
        rows.insert(0, [visit.button("button-book", BookDay(resource=one.id))])
    back = Listed(at=here.token) if here.narrowed else Resources()
    await visit.show(words.card(one, visit.say, len(stand)), [*rows, visit.ways_back(back)], anew=visit.at_letter)


# ── searching ───────────────────────────────────────────────────────────────────────────────────────────────────────


async def asked(visit: Visit) -> None:
    await visit.talk.begin(LookingFor.typing)
    await visit.show(visit.say("resources-search", you=visit.you), [visit.ways_back(Resources())])


async def typed(visit: Visit) -> None:
    found = meant(visit.text[:SEARCHED])
    if not found:
        raise Refusal("search-nothing")
    await visit.talk.end()
    async with visit.db.read() as tx:
        await visit.show(*await _list(visit, tx, Where(words=found)))


async def spoken_of(message: Message, visit: Visit) -> bool:
    """Whether a text nobody asked for names a resource: «лыжи»."""
    text = message.text or ""
    if visit.person.id is None or looks_like_code(text) or not may_look_for_a_course(text):
        return False
    async with visit.db.read() as tx:
        return await resource_meant(tx, text, visit.person) is not None


async def spoken(visit: Visit) -> None:
    """The catalogue as if it had been searched."""
    async with visit.db.read() as tx:
        found = await resource_meant(tx, visit.text, visit.person) or ()
        text, rows = await _list(visit, tx, Where(words=found))
    await visit.show(lines([visit.say("resources-found"), text]), rows)


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="resources")
    see = may("resources.see")
    router.callback_query.register(opened, opens(Resources), flags=see)
    router.callback_query.register(listed, Listed.filter(), flags=see)
    router.callback_query.register(owners, Owners.filter(), flags=see)
    router.callback_query.register(shown, opens(ResourcePage), flags=see)
    router.callback_query.register(asked, Look.filter(), flags=see)
    search = TYPED & ~F.via_bot
    router.message.register(typed, LookingFor.typing, search, flags=see)
    router.message.register(spoken, UNASKED, search, spoken_of, flags=see)
    return router
