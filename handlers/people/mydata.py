"""What is held about a person: told in plain words, given as files, withdrawn and erased."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from aiogram import Router
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData

from bot.notices import notice_of
from bot.notices.people import FamilyWithdrew
from bot.policy import Thing, require
from bot.refusals import ChangedSince, Refusal, stamp
from bot.services.forgetting import scrub_now
from bot.services.network.years import this_year
from bot.services.people.mydata import withdraw
from bot.services.people.mydata_file import as_json, as_page
from bot.targets import MyData, SettingsHome, Withdrawal, WithdrawHome
from bot.telegram.pressed import AlsoOld
from bot.visit import Button, Rows, Visit
from bot.voice import lines
from handlers.door import may, opens
from storage.people import mydata
from storage.people.everything import everything


class Download(CallbackData, prefix="mydata.file"):
    kind: str  # html | json


class WithdrawChoice(CallbackData, prefix="mydata.whom"):
    pass


class WithdrawSure(AlsoOld, CallbackData, prefix="mydata.sure"):
    pupil: int  # 0: all
    seen: str = ""  # the stamp of the children named


async def opened(visit: Visit) -> None:
    async with visit.db.read() as tx:
        names = await mydata.names(tx, visit.person.wards | visit.person.own, await this_year(tx, visit.today))
        held = await mydata.held(tx, visit.person.known, visit.person.pupils)
    wards = [f"{name} ({class_name})" for child, (name, class_name) in names.items() if child not in visit.person.own]
    text = lines(
        [
            visit.say("mydata-page", name=visit.person.name or "none"),
            *(
                visit.say("mydata-class", class_name=class_name)
                for own, (_, class_name) in names.items()
                if own in visit.person.own
            ),
            visit.say("mydata-children", children=wards) if wards else "",
            visit.say(
                "mydata-counts",
                applications=held.applications,
                marks=held.marks,
                attendance=held.attendance,
                consents=held.consents,
                letters=held.letters,
            ),
            visit.say("mydata-staff") if visit.person.posts else "",
        ]
    )
    rows: list[list[Button]] = [
        [
            visit.button("button-mydata-page", Download(kind="html")),
            visit.button("button-mydata-json", Download(kind="json")),
        ]
    ]
    if visit.person.wards or visit.person.own:
        rows.append([visit.button("button-withdraw", WithdrawChoice())])
    await visit.show(text, [*rows, visit.ways_back(SettingsHome())])


async def downloaded(visit: Visit, at: Download) -> None:
    async with visit.db.read() as tx:
        held = await everything(tx, visit.person.known, visit.person.pupils)
    if held is None or at.kind not in ("html", "json"):
        raise Refusal("gone")
    content = as_json(held, visit.zone) if at.kind == "json" else as_page(held, visit.say, visit.now)
    name = f"{visit.say.plain('file-file-name')}-{visit.today:%Y-%m-%d}.{at.kind}"
    await visit.give(name, content, visit.say("mydata-file"), [visit.ways_back(MyData())])


# ── withdrawing ─────────────────────────────────────────────────────────────────────────────────────────────────────


async def asked_whom(visit: Visit) -> None:
    """For which child; with one child, or none, there is nothing to choose."""
    if len(visit.person.wards) <= 1:
        await visit.show(*await _preview(visit, 0))
        return
    async with visit.db.read() as tx:
        names = await mydata.names(tx, visit.person.wards, await this_year(tx, visit.today))
    rows = [[visit.button("button-withdraw-one", WithdrawHome(pupil=pupil), child=name)] for pupil, (name, _) in names.items()]
    everybody = visit.button("button-withdraw-all", WithdrawHome(pupil=0))
    await visit.show(visit.say("withdraw-whom"), [*rows, [everybody], visit.ways_back(MyData())])


async def previewed(visit: Visit, at: WithdrawHome) -> None:
    await visit.show(*await _preview(visit, at.pupil))


async def _preview(visit: Visit, pupil: int) -> tuple[str, Rows]:
    """What would be erased and what stays, before anything happens. Pupil 0: for all, and from the bot itself."""
    chosen = visit.person.wards if pupil == 0 else visit.person.wards & {pupil}
    if pupil and not chosen:
        raise Refusal("gone")
    async with visit.db.read() as tx:
        names = await mydata.names(tx, chosen, await this_year(tx, visit.today))
        kept = await mydata.agreeing_besides(tx, visit.person.known, chosen)
        held = await mydata.held(tx, visit.person.known, chosen - kept)
    text = lines(
        [
            visit.say("withdraw-title"),
            _children(visit, names, kept, held) if names else "",
            visit.say("withdraw-person") if _leaves(visit, chosen) else visit.say("withdraw-stays"),
            visit.say("withdraw-remains"),
        ]
    )
    sure = visit.button("button-confirm", WithdrawSure(pupil=pupil, seen=stamp(sorted(chosen)))).destroys
    return text, [[sure], [visit.button("button-cancel", MyData())]]


def _children(visit: Visit, names: dict[int, tuple[str, str]], kept: Collection[int], held: mydata.Held) -> str:
    erased = [name for pupil, (name, _) in names.items() if pupil not in kept]
    staying = [name for pupil, (name, _) in names.items() if pupil in kept]
    return lines(
        [
            visit.say(
                "withdraw-children",
                children=erased,
                applications=held.applications,
                marks=held.marks,
                attendance=held.attendance,
            )
            if erased
            else "",
            visit.say("withdraw-other-guardian", children=staying) if staying else "",
        ]
    )


def _leaves(visit: Visit, chosen: Collection[int]) -> bool:
    """Whether nothing keeps them in the bot: no other child, no post."""
    return set(chosen) == set(visit.person.wards) and not visit.person.posts


async def withdrawn(visit: Visit, at: WithdrawSure) -> None:
    try:
        done = await withdraw(visit.db, at.pupil or None, by=visit.person, now=visit.now, seen=at.seen)
    except ChangedSince as since:
        text, rows = await _preview(visit, at.pupil)
        await visit.show(lines([visit.say(since.key), text]), rows)
        return
    await scrub_now(visit.db, visit.settings.journal_dir)
    if done.gone:
        await visit.show(visit.say("withdraw-done-gone"))
        await visit.offer_commands(replace(visit.person, id=None))
        return
    left = visit.person.wards - {at.pupil} if at.pupil else frozenset[int]()
    await visit.offer_commands(replace(visit.person, wards=left, children=visit.person.children & left))
    await visit.show(visit.say("withdraw-done"), [visit.ways_back(MyData())])


# ── what the school is told ─────────────────────────────────────────────────────────────────────────────────────────


async def told(visit: Visit, at: Withdrawal) -> None:
    """Who withdrew, and what follows: the letter itself carries no name."""
    async with visit.db.read() as tx:
        found = await mydata.withdrawal(tx, visit.person.known, at.number, await this_year(tx, visit.today))
    if found is None:
        raise Refusal("gone")
    require(visit.person, "withdrawal.see", Thing(school_id=found.school_id))
    notice = notice_of(found.kind, found.facts)
    if not isinstance(notice, FamilyWithdrew):
        raise Refusal("gone")
    text = visit.say("withdrawal-page", name=found.full_name, class_name=found.class_name, follows=_follows(visit, notice))
    await visit.show(text, [[visit.menu]], anew=visit.at_letter)


def _follows(visit: Visit, notice: FamilyWithdrew) -> str:
    if not notice.id_last:
        return visit.say.plain("family-withdrew-other-stays")
    if notice.id_courses:
        return visit.say.plain("family-withdrew-enrolled", courses=notice.id_courses)
    return visit.say.plain("family-withdrew-nowhere")


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="mydata")
    router.message.register(opened, Command("mydata"), flags=may("mydata.see"))
    router.callback_query.register(opened, opens(MyData), flags=may("mydata.see"))
    router.callback_query.register(downloaded, Download.filter(), flags=may("mydata.see"))
    router.callback_query.register(asked_whom, WithdrawChoice.filter(), flags=may("mydata.see"))
    router.callback_query.register(previewed, opens(WithdrawHome), flags=may("mydata.see"))
    router.callback_query.register(told, opens(Withdrawal), flags=may("withdrawal.see"))
    router.callback_query.register(withdrawn, WithdrawSure.filter(), flags=may("mydata.withdraw"))
    return router
