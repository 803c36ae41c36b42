"""Consent: one page per child, all at once or purpose by purpose, and how much a message may say."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from aiogram import Bot, Router
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery

from bot.policy import Person
from bot.refusals import ChangedSince, Refusal
from bot.services.people.consent import agree, choose
from bot.services.people.consent import asked as stamp_of
from bot.services.people.people import choose_detail
from bot.telegram.commands import set_commands
from bot.voice import Say, lines, short_name
from handlers.ui import AlsoOld, Button, ConsentOf, Menu, Rows, SettingsHome, WithdrawHome, back, back_to_menu, may, show
from storage.db import Database
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


class Detail(CallbackData, prefix="consent.say"):
    pupil: int
    detail: str


async def _child(db: Database, person: Person, pupil_id: int) -> Child:
    async with db.read() as tx:
        for child in await people.children_of(tx, person.known):
            if child.pupil_id == pupil_id:
                return child
    raise Refusal("gone")


async def asked(tap: CallbackQuery, callback_data: ConsentOf, person: Person, say: Say, db: Database) -> None:
    """The page of a child: what is asked, or what stands when it was agreed to."""
    await _ask(tap, callback_data.pupil, "", person, say, db)


async def _ask(tap: CallbackQuery, pupil: int, first: str, person: Person, say: Say, db: Database) -> None:
    child = await _child(db, person, pupil)
    if child.consented:
        await show(tap, *await _parts(db, person, child, say))
        return
    async with db.read() as tx:
        known = await consent.partners(tx)
    partners = [_short(name, LONGEST_PARTNER) for _, name in known]
    text = lines(
        [
            first,
            say("consent-title", child=child.first_name, class_name=child.class_name),
            say("consent-processing"),
            say("consent-messages"),
            say("consent-partners", partners="\n".join(f"• {name}" for name in partners)) if partners else "",
            say("consent-end"),
        ]
    )
    rows = [
        [Button(say.plain("button-agree"), Agree(pupil=child.pupil_id, seen=stamp_of(known)))],
        [Button(say.plain("button-agree-parts"), Parts(pupil=child.pupil_id))],
        [Button(say.plain("button-not-now"), Menu())],
    ]
    await show(tap, text, rows)


async def agreed(
    tap: CallbackQuery, callback_data: Agree, person: Person, say: Say, now: datetime, db: Database, bot: Bot
) -> None:
    try:
        await agree(db, callback_data.pupil, by=person, now=now, seen=callback_data.seen)
    except ChangedSince as since:
        await _ask(tap, callback_data.pupil, say(since.key), person, say, db)
        return
    child = await _child(db, person, callback_data.pupil)
    await _new_commands(bot, person, child, say)
    await show(
        tap, say("consent-done", child=child.first_name, class_name=child.class_name), _detail_rows(child, person.detail, say)
    )


async def _new_commands(bot: Bot, person: Person, child: Child, say: Say) -> None:
    """With the first consent somebody becomes a guardian who may."""
    await set_commands(bot, replace(person, children=person.children | {child.pupil_id}), say)


def _detail_rows(child: Child, detail: str, say: Say) -> Rows:
    def choice(label: str, value: str) -> list[Button]:
        return [Button(label, Detail(pupil=child.pupil_id, detail=value))]

    return [
        choice(_chosen(say.plain("button-detail-full"), detail == "full"), "full"),
        choice(_chosen(say.plain("button-detail-discreet"), detail == "discreet"), "discreet"),
        [back_to_menu(say)],
    ]


def _chosen(label: str, now: bool) -> str:
    return f"● {label}" if now else label


async def detail_chosen(tap: CallbackQuery, callback_data: Detail, person: Person, say: Say, db: Database) -> None:
    child = await _child(db, person, callback_data.pupil)
    await choose_detail(db, callback_data.detail, by=person)
    text = say("consent-ready-full") if callback_data.detail == "full" else say("consent-ready-discreet")
    await show(tap, lines([text, say("consent-ready", child=child.first_name)]), [[back_to_menu(say)]])


# ── purpose by purpose ──────────────────────────────────────────────────────────────────────────────────────────────


async def parts(tap: CallbackQuery, callback_data: Parts, person: Person, say: Say, db: Database) -> None:
    child = await _child(db, person, callback_data.pupil)
    await show(tap, *await _parts(db, person, child, say))


async def part_chosen(
    tap: CallbackQuery, callback_data: Part, person: Person, say: Say, now: datetime, db: Database, bot: Bot
) -> None:
    partner = callback_data.partner or None
    await choose(db, callback_data.pupil, callback_data.purpose, partner, agreed=callback_data.agreed, by=person, now=now)
    child = await _child(db, person, callback_data.pupil)
    if callback_data.purpose == "processing":
        await _new_commands(bot, person, child, say)
    await show(tap, *await _parts(db, person, child, say))


async def _parts(db: Database, person: Person, child: Child, say: Say) -> tuple[str, Rows]:
    async with db.read() as tx:
        given = await consent.given(tx, person.known, child.pupil_id)
        partners = await consent.partners(tx)
    wanted: list[tuple[str, Given]] = [
        (say.plain("consent-part-processing"), ("processing", None)),
        (say.plain("consent-part-messages"), ("messages", None)),
        *((_short(short_name(name), LONGEST_LABEL), ("partner", number)) for number, name in partners),
        (say.plain("consent-part-photographs"), ("photographs", None)),
    ]
    rows = [[_part(child, what, label, agreed=what in given)] for label, what in wanted]
    text = say("consent-parts", child=child.first_name, class_name=child.class_name)
    if not child.consented:
        return lines([text, say("consent-parts-closed")]), [
            *rows,
            [back(say, ConsentOf(pupil=child.pupil_id)), back_to_menu(say)],
        ]
    return text, [*rows, [back(say, SettingsHome()), back_to_menu(say)]]


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
    router.callback_query.register(asked, ConsentOf.filter(), flags=may("consent.see"))
    router.callback_query.register(agreed, Agree.filter(), flags=may("consent.see"))
    router.callback_query.register(detail_chosen, Detail.filter(), flags=may("consent.see"))
    router.callback_query.register(parts, Parts.filter(), flags=may("consent.see"))
    router.callback_query.register(part_chosen, Part.filter(), flags=may("consent.see"))
    return router
