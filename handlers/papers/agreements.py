"""Agreements with partners: who has one and for how long; made, entered, filed, published, ended."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiogram import F, Router
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.state import State, StatesGroup

from bot.paging import page_of
from bot.refusals import Refusal
from bot.services.papers.agreements import (
    FILE,
    SIDES,
    Wanted,
    draft_file,
    end,
    enter,
    file_it,
    make,
    prolong,
    publish,
    read,
    show_file,
)
from bot.services.papers.kept import filed_agreement
from bot.targets import Agreements, Papers
from bot.visit import Button, Visit
from bot.words.agreements import agreement_label, agreement_page, partner_label, partner_page
from handlers.door import TYPED, may, opens
from handlers.papers.numbers import NumberPage
from handlers.papers.partners import heads
from handlers.papers.sent import SentPaper
from storage.papers import agreements
from storage.papers.agreements import Agreed

PAGE = 8  # partners a page


class PartnerAgreements(CallbackData, prefix="papers.agreements.of"):
    school: int
    partner: int


class Make(CallbackData, prefix="papers.agreement.go"):
    """sure 0: the draft as a file."""

    school: int
    partner: int
    side: str
    sure: bool


class AskEntered(CallbackData, prefix="papers.agreement.in"):
    school: int
    partner: int
    side: str


class AgreementPage(CallbackData, prefix="papers.agreement"):
    agreement: int


class AskUrl(CallbackData, prefix="papers.agreement.url"):
    agreement: int


class AskFile(CallbackData, prefix="papers.agreement.scan"):
    agreement: int


class AskUntil(CallbackData, prefix="papers.agreement.until"):
    agreement: int


class AgreementFile(CallbackData, prefix="papers.agreement.file"):
    agreement: int


class OnPage(CallbackData, prefix="papers.agreement.page"):
    """on: the signed file stands on the public page; sure: asked already."""

    agreement: int
    on: bool
    sure: bool = False


class End(CallbackData, prefix="papers.agreement.end"):
    agreement: int
    sure: bool


class AgreementTyping(StatesGroup):
    entered = State()
    url = State()
    file = State()
    until = State()


async def opened(visit: Visit, at: Agreements) -> None:
    async with visit.db.read() as tx:
        held = {(one.school_id, one.organization_id): one for one in reversed(await agreements.agreements(tx, heads(visit)))}
        standing = {
            (school, partner): one
            for school in heads(visit)
            for partner, one in (await agreements.standing(tx, school, visit.today)).items()
        }
        partners = await agreements.partners(tx)
    found = [(school, partner, name) for school in sorted(heads(visit)) for partner, name, _ in partners]
    here = page_of(found, at.page, PAGE)
    rows = []
    for school, partner, name in here.some:
        label = partner_label(name, standing.get((school, partner)), held.get((school, partner)), visit.say, visit.today)
        rows.append([Button(label, PartnerAgreements(school=school, partner=partner))])
    rows += [visit.pager(here.number, here.of, lambda to: Agreements(page=to)), visit.ways_back(Papers())]
    await visit.show(visit.say("agreements-title"), rows, anew=visit.at_letter)


async def of_partner(visit: Visit, at: PartnerAgreements) -> None:
    if at.school not in heads(visit):
        raise Refusal("gone")
    async with visit.db.read() as tx:
        partner = await agreements.party(tx, at.partner)
        found = await agreements.agreements(tx, [at.school], partner_id=at.partner)
    if partner is None:
        raise Refusal("gone")
    rows = [[Button(agreement_label(one, visit.say, visit.today), AgreementPage(agreement=one.id))] for one in found[:PAGE]]
    sides = [side for side in SIDES if partner.kind is None or (partner.kind == "resource") == (side == "resource")]
    for side in sides:
        facts = {"school": at.school, "partner": at.partner, "side": side}
        rows.append([visit.button("button-agreement-draft", Make(**facts, sure=False), side=side)])
        rows.append([visit.button("button-agreement-make", Make(**facts, sure=True), side=side)])
    rows.append(
        [
            visit.button("button-agreement-enter", AskEntered(school=at.school, partner=at.partner, side=sides[0])),
            visit.button("button-paper-number", NumberPage(school=at.school, kind="agreement")),
        ]
    )
    rows.append(visit.ways_back(Agreements()))
    await visit.show(partner_page(partner, found, visit.say, visit.today), rows)


async def made(visit: Visit, at: Make) -> None:
    wanted = Wanted(at.school, at.partner, at.side)
    if not at.sure:
        file = await draft_file(visit.db, wanted, by=visit.person, say=visit.say, settings=visit.settings, at=visit.moment)
        back = [[visit.back(PartnerAgreements(school=at.school, partner=at.partner))]]
        await visit.give(file.name, file.content, visit.say("agreement-draft-caption"), back)
        return
    one = await make(visit.db, wanted, by=visit.person, say=visit.say, settings=visit.settings, at=visit.moment)
    await _show(visit, one, visit.say("agreement-made", number=one.number))


async def entering(visit: Visit, at: AskEntered) -> None:
    await visit.talk.begin(AgreementTyping.entered, **at.model_dump())
    back = PartnerAgreements(school=at.school, partner=at.partner)
    await visit.show(visit.say("agreement-ask"), [[visit.button("button-cancel", back)]])


async def entered(visit: Visit) -> None:
    told = await visit.talk.data()
    wanted = Wanted(told["school"], told["partner"], told["side"])
    one = await enter(visit.db, wanted, visit.text, by=visit.person, at=visit.moment)
    await visit.talk.end()
    await _show(visit, one, visit.say("agreement-entered"))


async def page(visit: Visit, at: AgreementPage) -> None:
    await _show(visit, await read(visit.db, at.agreement, by=visit.person), "")


async def _show(visit: Visit, one: Agreed, first: str) -> None:
    rows: list[list[Button]] = []
    files = []
    if one.paper_id is not None:
        files.append(visit.button("button-agreement-paper", SentPaper(paper=one.paper_id)))
    if one.document_id is not None:
        files.append(visit.button("button-agreement-signed", AgreementFile(agreement=one.id)))
    rows += [files] if files else []
    if one.ended_on is None:
        rows += [
            [visit.button("button-agreement-url", AskUrl(agreement=one.id))],
            [visit.button("button-agreement-file", AskFile(agreement=one.id))],
            *_page_button(visit, one),
            [
                visit.button("button-agreement-until", AskUntil(agreement=one.id)),
                visit.button("button-agreement-end", End(agreement=one.id, sure=False)),
            ],
        ]
    rows.append(visit.ways_back(PartnerAgreements(school=one.school_id, partner=one.organization_id)))
    await visit.show(agreement_page(one, first, visit.say, visit.today), rows)


def _page_button(visit: Visit, one: Agreed) -> list[list[Button]]:
    """Where there is a public page: the signed file onto it, or off it."""
    if one.on_page:
        return [[visit.button("button-agreement-off-page", OnPage(agreement=one.id, on=False, sure=True))]]
    if visit.settings.public_url is None or one.document_id is None:
        return []
    return [[visit.button("button-agreement-on-page", OnPage(agreement=one.id, on=True))]]


async def on_page(visit: Visit, at: OnPage) -> None:
    one = await read(visit.db, at.agreement, by=visit.person)
    if at.sure:
        one = await show_file(visit.db, one.id, on=at.on, by=visit.person, at=visit.moment)
        await _show(visit, one, visit.say("agreement-changed"))
        return
    rows = [
        [visit.button("button-agreement-on-page-sure", OnPage(agreement=one.id, on=True, sure=True))],
        visit.ways_back(AgreementPage(agreement=one.id)),
    ]
    await visit.show(visit.say("agreement-on-page-ask", name=one.document), rows)


async def url_asked(visit: Visit, at: AskUrl) -> None:
    one = await read(visit.db, at.agreement, by=visit.person)
    await visit.talk.begin(AgreementTyping.url, agreement=one.id)
    await visit.show(visit.say("agreement-ask-url"), _cancel(visit, one))


async def file_asked(visit: Visit, at: AskFile) -> None:
    one = await read(visit.db, at.agreement, by=visit.person)
    await visit.talk.begin(AgreementTyping.file, agreement=one.id)
    await visit.show(visit.say("agreement-ask-file"), _cancel(visit, one))


async def until_asked(visit: Visit, at: AskUntil) -> None:
    one = await read(visit.db, at.agreement, by=visit.person)
    await visit.talk.begin(AgreementTyping.until, agreement=one.id)
    await visit.show(visit.say("agreement-ask-until", day=one.ends_on), _cancel(visit, one))


def _cancel(visit: Visit, one: Agreed) -> list[list[Button]]:
    return [[visit.button("button-cancel", AgreementPage(agreement=one.id))]]


async def published(visit: Visit) -> None:
    await _changed(visit, lambda number: publish(visit.db, number, visit.text, by=visit.person, at=visit.moment))


async def prolonged(visit: Visit) -> None:
    await _changed(visit, lambda number: prolong(visit.db, number, visit.text, by=visit.person, at=visit.moment))


async def filed(visit: Visit) -> None:
    sent = visit.file
    if sent is None:
        raise Refusal("agreement-no-file")
    if (sent.size or 0) > FILE:
        raise Refusal("agreement-file-too-big", limit=FILE // 2**20)
    file = (sent.name or visit.say.plain("agreement-photo-name"), await visit.read(sent))
    await _changed(visit, lambda number: file_it(visit.db, number, file, by=visit.person, at=visit.moment))


async def _changed(visit: Visit, change: Callable[[int], Awaitable[Agreed]]) -> None:
    one = await change(int((await visit.talk.data())["agreement"]))
    await visit.talk.end()
    await _show(visit, one, visit.say("agreement-changed"))


async def given(visit: Visit, at: AgreementFile) -> None:
    file = await filed_agreement(visit.db, at.agreement, by=visit.person)
    await visit.give(file.name, file.content)


async def ended(visit: Visit, at: End) -> None:
    one = await read(visit.db, at.agreement, by=visit.person)
    if at.sure:
        await _show(visit, await end(visit.db, one.id, by=visit.person, at=visit.moment), "")
        return
    rows = [
        [visit.button("button-agreement-end-sure", End(agreement=one.id, sure=True)).destroys],
        visit.ways_back(AgreementPage(agreement=one.id)),
    ]
    await visit.show(visit.say("agreement-end-ask", number=one.number, partner=one.organization), rows)


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="agreements")
    see, change = may("papers.see"), may("papers.issue")
    router.callback_query.register(opened, opens(Agreements), flags=see)
    router.callback_query.register(of_partner, PartnerAgreements.filter(), flags=see)
    router.callback_query.register(made, Make.filter(), flags=change)
    router.callback_query.register(entering, AskEntered.filter(), flags=change)
    router.message.register(entered, AgreementTyping.entered, TYPED, flags=change)
    router.callback_query.register(page, AgreementPage.filter(), flags=see)
    router.callback_query.register(url_asked, AskUrl.filter(), flags=change)
    router.callback_query.register(file_asked, AskFile.filter(), flags=change)
    router.callback_query.register(until_asked, AskUntil.filter(), flags=change)
    router.message.register(published, AgreementTyping.url, TYPED, flags=change)
    router.message.register(prolonged, AgreementTyping.until, TYPED, flags=change)
    router.message.register(filed, AgreementTyping.file, TYPED | F.document | F.photo, flags=change)
    router.callback_query.register(given, AgreementFile.filter(), flags=see)
    router.callback_query.register(on_page, OnPage.filter(), flags=change)
    router.callback_query.register(ended, End.filter(), flags=change)
    return router
