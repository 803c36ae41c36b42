"""What is held about a person: told in plain words, given as files, withdrawn and erased."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime

from aiogram import Bot, Router
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery, Message

from bot.notices import notice_of
from bot.notices.people import FamilyWithdrew
from bot.policy import Person, Thing, require
from bot.refusals import ChangedSince, Refusal, stamp
from bot.services.forgetting import scrub_now
from bot.services.people.mydata import withdraw
from bot.services.people.mydata_file import as_json, as_page
from bot.settings import Settings
from bot.telegram.commands import set_commands
from bot.voice import Say, lines
from handlers.ui import AlsoOld, Button, MyData, Rows, SettingsHome, WithdrawHome, back, back_to_menu, give, is_letter, may, show
from storage.db import Database
from storage.people import mydata


class Download(CallbackData, prefix="mydata.file"):
    kind: str  # html | json


class WithdrawChoice(CallbackData, prefix="mydata.whom"):
    pass


class Withdrawal(CallbackData, prefix="withdrawal"):
    """A family's withdrawal, by the number in the letter to the coordinators."""

    number: int


class WithdrawSure(AlsoOld, CallbackData, prefix="mydata.sure"):
    pupil: int  # 0: all
    seen: str = ""  # the stamp of the children named


async def opened(event: Message | CallbackQuery, person: Person, say: Say, db: Database) -> None:
    async with db.read() as tx:
        names = await mydata.names(tx, person.wards | person.own)
        held = await mydata.held(tx, person.known, person.pupils)
    wards = [f"{name} ({class_name})" for child, (name, class_name) in names.items() if child not in person.own]
    text = lines(
        [
            say("mydata-page", name=person.name),
            *(say("mydata-class", class_name=class_name) for own, (_, class_name) in names.items() if own in person.own),
            say("mydata-children", children=wards) if wards else "",
            say(
                "mydata-counts",
                applications=held.applications,
                marks=held.marks,
                attendance=held.attendance,
                consents=held.consents,
                letters=held.letters,
            ),
            say("mydata-staff") if person.posts else "",
        ]
    )
    rows: list[list[Button]] = [
        [
            Button(say.plain("button-mydata-page"), Download(kind="html")),
            Button(say.plain("button-mydata-json"), Download(kind="json")),
        ]
    ]
    if person.wards or person.own:
        rows.append([Button(say.plain("button-withdraw"), WithdrawChoice())])
    await show(event, text, [*rows, [back(say, SettingsHome()), back_to_menu(say)]])


async def downloaded(
    tap: CallbackQuery,
    callback_data: Download,
    person: Person,
    say: Say,
    now: datetime,
    today: date,
    db: Database,
    settings: Settings,
) -> None:
    async with db.read() as tx:
        held = await mydata.everything(tx, person.known, person.pupils)
    if held is None or callback_data.kind not in ("html", "json"):
        raise Refusal("gone")
    content = as_json(held, settings.zone) if callback_data.kind == "json" else as_page(held, say, now)
    name = f"{say.plain('file-file-name')}-{today:%Y-%m-%d}.{callback_data.kind}"
    await give(tap, name, content, say("mydata-file"), [[back(say, MyData()), back_to_menu(say)]])


# ── withdrawing ─────────────────────────────────────────────────────────────────────────────────────────────────────


async def asked_whom(tap: CallbackQuery, person: Person, say: Say, db: Database) -> None:
    """For which child; with one child, or none, there is nothing to choose."""
    if len(person.wards) <= 1:
        await show(tap, *await _preview(db, person, say, 0))
        return
    async with db.read() as tx:
        names = await mydata.names(tx, person.wards)
    rows = [
        [Button(say.plain("button-withdraw-one", child=name), WithdrawHome(pupil=pupil))] for pupil, (name, _) in names.items()
    ]
    everybody = Button(say.plain("button-withdraw-all"), WithdrawHome(pupil=0))
    await show(tap, say("withdraw-whom"), [*rows, [everybody], [back(say, MyData()), back_to_menu(say)]])


async def previewed(tap: CallbackQuery, callback_data: WithdrawHome, person: Person, say: Say, db: Database) -> None:
    await show(tap, *await _preview(db, person, say, callback_data.pupil))


async def _preview(db: Database, person: Person, say: Say, pupil: int) -> tuple[str, Rows]:
    """What would be erased and what stays, before anything happens. Pupil 0: for all, and from the bot itself."""
    chosen = person.wards if pupil == 0 else person.wards & {pupil}
    if pupil and not chosen:
        raise Refusal("gone")
    async with db.read() as tx:
        names = await mydata.names(tx, chosen)
        kept = await mydata.agreeing_besides(tx, person.known, chosen)
        held = await mydata.held(tx, person.known, chosen - kept)
    text = lines(
        [
            say("withdraw-title"),
            _children(say, names, kept, held) if names else "",
            say("withdraw-person") if _leaves(person, chosen) else say("withdraw-stays"),
            say("withdraw-remains"),
        ]
    )
    sure = Button(say.plain("button-confirm"), WithdrawSure(pupil=pupil, seen=stamp(sorted(chosen))))
    return text, [[sure], [Button(say.plain("button-cancel"), MyData())]]


def _children(say: Say, names: dict[int, tuple[str, str]], kept: Collection[int], held: mydata.Held) -> str:
    erased = [name for pupil, (name, _) in names.items() if pupil not in kept]
    staying = [name for pupil, (name, _) in names.items() if pupil in kept]
    return lines(
        [
            say(
                "withdraw-children",
                children=erased,
                applications=held.applications,
                marks=held.marks,
                attendance=held.attendance,
            )
            if erased
            else "",
            say("withdraw-other-guardian", children=staying) if staying else "",
        ]
    )


def _leaves(person: Person, chosen: Collection[int]) -> bool:
    """Whether nothing keeps them in the bot: no other child, no post."""
    return set(chosen) == set(person.wards) and not person.posts


async def withdrawn(
    tap: CallbackQuery,
    callback_data: WithdrawSure,
    person: Person,
    say: Say,
    now: datetime,
    db: Database,
    bot: Bot,
    settings: Settings,
) -> None:
    try:
        done = await withdraw(db, callback_data.pupil or None, by=person, now=now, seen=callback_data.seen)
    except ChangedSince as since:
        text, rows = await _preview(db, person, say, callback_data.pupil)
        await show(tap, lines([say(since.key), text]), rows)
        return
    await scrub_now(db, settings.journal_dir)
    if done.gone:
        await show(tap, say("withdraw-done-gone"))
        await set_commands(bot, replace(person, id=None), say)
        return
    left = person.wards - {callback_data.pupil} if callback_data.pupil else frozenset[int]()
    await set_commands(bot, replace(person, wards=left, children=person.children & left), say)
    await show(tap, say("withdraw-done"), [[back(say, MyData()), back_to_menu(say)]])


# ── what the school is told ─────────────────────────────────────────────────────────────────────────────────────────


async def told(tap: CallbackQuery, callback_data: Withdrawal, person: Person, say: Say, db: Database) -> None:
    """Who withdrew, and what follows: the letter itself carries no name."""
    async with db.read() as tx:
        found = await mydata.withdrawal(tx, person.known, callback_data.number)
    if found is None:
        raise Refusal("gone")
    require(person, "withdrawal.see", Thing(school_id=found.school_id))
    notice = notice_of(found.kind, found.facts)
    if not isinstance(notice, FamilyWithdrew):
        raise Refusal("gone")
    text = say("withdrawal-page", name=found.full_name, class_name=found.class_name, follows=_follows(notice, say))
    await show(tap, text, [[back_to_menu(say)]], anew=is_letter(tap))


def _follows(notice: FamilyWithdrew, say: Say) -> str:
    if not notice.id_last:
        return say.plain("family-withdrew-other-stays")
    if notice.id_courses:
        return say.plain("family-withdrew-enrolled", courses=notice.id_courses)
    return say.plain("family-withdrew-nowhere")


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="mydata")
    router.message.register(opened, Command("mydata"), flags=may("mydata.see"))
    router.callback_query.register(opened, MyData.filter(), flags=may("mydata.see"))
    router.callback_query.register(downloaded, Download.filter(), flags=may("mydata.see"))
    router.callback_query.register(asked_whom, WithdrawChoice.filter(), flags=may("mydata.see"))
    router.callback_query.register(previewed, WithdrawHome.filter(), flags=may("mydata.see"))
    router.callback_query.register(told, Withdrawal.filter(), flags=may("withdrawal.see"))
    router.callback_query.register(withdrawn, WithdrawSure.filter(), flags=may("mydata.withdraw"))
    return router
