"""Consent: one page per child, all at once or purpose by purpose, and how much a message may say."""

from __future__ import annotations

from dataclasses import replace

from aiogram import Router
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.state import State, StatesGroup

from bot.refusals import ChangedSince, Refusal
from bot.services.network.years import this_year
from bot.services.people.consent import agree, choose, name_oneself
from bot.services.people.consent import asked as stamp_of
from bot.services.people.people import choose_detail
from bot.targets import ConsentOf, ConsentPaper, Menu, SettingsHome, Target, WithdrawHome
from bot.telegram.pressed import AlsoOld
from bot.visit import Button, Rows, Visit
from bot.voice import lines, short_name
from handlers.door import TYPED, may, opens
from storage.people import consent, people
from storage.people.consent import Given
from storage.people.people import Child

LONGEST_PARTNER = 90  # characters of a partner's name in the text; a button shows fewer
LONGEST_LABEL = 44


class Agree(AlsoOld, CallbackData, prefix="consent.all"):
    pupil: int
    seen: str = ""  # the stamp of what was asked


class Parts(CallbackData, prefix="consent.parts"):
    pupil: int


class Part(CallbackData, prefix="consent.part"):
    pupil: int
    purpose: str
    partner: int  # 0: not about a partner
    agreed: bool


class MyName(CallbackData, prefix="consent.name"):
    """What a guardian is called, to be said or put right."""


class NameOfGuardian(StatesGroup):
    typing = State()


class Detail(CallbackData, prefix="consent.say"):
    pupil: int
    detail: str


async def _child(visit: Visit, pupil_id: int) -> Child:
    async with visit.db.read() as tx:
        for child in await people.children_of(tx, visit.person.known, await this_year(tx, visit.today)):
            if child.pupil_id == pupil_id:
                return child
    raise Refusal("gone")


async def asked(visit: Visit, at: ConsentOf) -> None:
    """The page of a child: what is asked, or what stands when it was agreed to."""
    await _ask(visit, at.pupil, "")


async def _ask(visit: Visit, pupil: int, first: str) -> None:
    child = await _child(visit, pupil)
    if child.consented:
        await visit.show(*await _parts(visit, child), anew=visit.at_letter)
        return
    async with visit.db.read() as tx:
        known = await consent.partners(tx)
    partners = [_short(name, LONGEST_PARTNER) for _, name in known]
    text = lines(
        [
            first,
            visit.say("consent-title", child=child.first_name, class_name=child.class_name),
            visit.say("consent-processing"),
            visit.say("consent-messages"),
            visit.say("consent-partners", partners="\n".join(f"• {name}" for name in partners)) if partners else "",
            visit.say("consent-end"),
        ]
    )
    rows = [
        [visit.button("button-agree", Agree(pupil=child.pupil_id, seen=stamp_of(known)))],
        [visit.button("button-agree-parts", Parts(pupil=child.pupil_id))],
        [visit.button("button-not-now", Menu())],
    ]
    await visit.show(text, rows, anew=visit.at_letter)


async def agreed(visit: Visit, at: Agree) -> None:
    if not visit.person.name:
        await _ask_name(visit, ConsentOf(pupil=at.pupil), press=at.pack())
        return
    try:
        await agree(visit.db, at.pupil, by=visit.person, now=visit.now, seen=at.seen)
    except ChangedSince as since:
        await _ask(visit, at.pupil, visit.say(since.key))
        return
    child = await _child(visit, at.pupil)
    await _new_commands(visit, child)
    await visit.show(
        visit.say("consent-done", child=child.first_name, class_name=child.class_name),
        _detail_rows(visit, child, visit.person.detail),
    )


async def _new_commands(visit: Visit, child: Child) -> None:
    """With the first consent somebody becomes a guardian who may."""
    await visit.offer_commands(replace(visit.person, children=visit.person.children | {child.pupil_id}))


def _detail_rows(visit: Visit, child: Child, detail: str) -> Rows:
    def choice(label: str, value: str) -> list[Button]:
        return [Button(label, Detail(pupil=child.pupil_id, detail=value))]

    return [
        choice(_chosen(visit.say.plain("button-detail-full"), detail == "full"), "full"),
        choice(_chosen(visit.say.plain("button-detail-discreet"), detail == "discreet"), "discreet"),
        [visit.menu],
    ]


def _chosen(label: str, now: bool) -> str:
    return f"● {label}" if now else label


async def detail_chosen(visit: Visit, at: Detail) -> None:
    child = await _child(visit, at.pupil)
    await choose_detail(visit.db, at.detail, by=visit.person)
    text = visit.say("consent-ready-full") if at.detail == "full" else visit.say("consent-ready-discreet")
    await visit.show(lines([text, visit.say("consent-ready", child=child.first_name)]), [[visit.menu]])


# ── what a guardian is called ───────────────────────────────────────────────────────────────────────────────────────


async def name_asked(visit: Visit) -> None:
    await _ask_name(visit, SettingsHome(), press="")


async def _ask_name(visit: Visit, back: Target, *, press: str) -> None:
    """Asked once, with the first consent: `press` is what was pressed, and happens when the name is typed."""
    await visit.talk.begin(NameOfGuardian.typing, press=press)
    text = visit.say("name-ask-again", name=visit.person.name) if visit.person.name else visit.say("name-ask")
    await visit.show(text, [visit.ways_back(back)])


async def name_typed(visit: Visit) -> None:
    name = await name_oneself(visit.db, visit.text, by=visit.person)
    press = (await visit.talk.data()).get("press", "")
    await visit.talk.end()
    visit.become(replace(visit.person, name=name))
    if press.startswith(f"{Agree.__prefix__}:"):
        await agreed(visit, Agree.unpack(press))
    elif press:
        await part_chosen(visit, Part.unpack(press))
    else:
        await visit.show(visit.say("name-done", name=name), [visit.ways_back(SettingsHome())])


# ── purpose by purpose ──────────────────────────────────────────────────────────────────────────────────────────────


async def parts(visit: Visit, at: Parts) -> None:
    child = await _child(visit, at.pupil)
    await visit.show(*await _parts(visit, child))


async def part_chosen(visit: Visit, at: Part) -> None:
    if at.agreed and not visit.person.name:
        await _ask_name(visit, ConsentOf(pupil=at.pupil), press=at.pack())
        return
    partner = at.partner or None
    await choose(visit.db, at.pupil, (at.purpose, partner), agreed=at.agreed, by=visit.person, now=visit.now)
    child = await _child(visit, at.pupil)
    if at.purpose == "processing":
        await _new_commands(visit, child)
    await visit.show(*await _parts(visit, child))


async def _parts(visit: Visit, child: Child) -> tuple[str, Rows]:
    async with visit.db.read() as tx:
        given = await consent.given(tx, visit.person.known, child.pupil_id)
        partners = await consent.partners(tx)
    wanted: list[tuple[str, Given]] = [
        (visit.say.plain("consent-part-processing"), ("processing", None)),
        (visit.say.plain("consent-part-messages"), ("messages", None)),
        *((_short(short_name(name), LONGEST_LABEL), ("partner", number)) for number, name in partners),
        (visit.say.plain("consent-part-photographs"), ("photographs", None)),
    ]
    rows = [[_part(child, what, label, agreed=what in given)] for label, what in wanted]
    text = visit.say("consent-parts", child=child.first_name, class_name=child.class_name)
    rows.append([visit.button("button-consent-paper", ConsentPaper(child.pupil_id))])
    if not child.consented:
        return lines([text, visit.say("consent-parts-closed")]), [*rows, visit.ways_back(ConsentOf(pupil=child.pupil_id))]
    silent = visit.say("application-no-messages") if ("messages", None) not in given else ""
    return lines([text, silent]), [*rows, visit.ways_back(SettingsHome())]


def _part(child: Child, what: Given, label: str, *, agreed: bool) -> Button:
    purpose, partner = what
    words = f"{'✅' if agreed else '⬜'} {label}"
    if purpose == "processing" and agreed:  # to take this back is to leave: its page says what is erased
        return Button(words, WithdrawHome(pupil=child.pupil_id))
    return Button(words, Part(pupil=child.pupil_id, purpose=purpose, partner=partner or 0, agreed=not agreed))


def _short(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="consent")
    router.callback_query.register(asked, opens(ConsentOf), flags=may("consent.see"))
    router.callback_query.register(agreed, Agree.filter(), flags=may("consent.see"))
    router.message.register(name_typed, NameOfGuardian.typing, TYPED, flags=may("consent.see"))
    router.callback_query.register(name_asked, MyName.filter(), flags=may("consent.see"))
    router.callback_query.register(detail_chosen, Detail.filter(), flags=may("consent.see"))
    router.callback_query.register(parts, Parts.filter(), flags=may("consent.see"))
    router.callback_query.register(part_chosen, Part.filter(), flags=may("consent.see"))
    return router
