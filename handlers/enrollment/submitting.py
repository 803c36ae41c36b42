"""Submitting an application: «Подтвердить», what is asked with it, and the application as its paper will read."""

from __future__ import annotations

import asyncio
from html import escape

from aiogram import Router

from bot.documents.reading import Line, words_of
from bot.policy import Thing, require
from bot.refusals import ChangedSince, stamp
from bot.services.courses.clashes import brief
from bot.services.enrollment.applications import submit
from bot.services.papers.papers import AS_WRITTEN, LAST, Edition, application_paper
from bot.services.people.consent import agree_to_partners
from bot.targets import ApplicationFile, Applications, ConsentOf, Draft
from bot.visit import TEXT, Button, Visit
from bot.voice import Fact, lines
from bot.words.enrollment import child_of, class_of
from handlers.door import may
from handlers.enrollment.applications import missing_of
from handlers.enrollment.applying import OnPaper, Submit, own_paper, show_draft, stamp_of, writable
from storage.enrollment.enrollment import Paper, Wish
from storage.people import consent

YES, NO = 1, 2  # may the partners be told of the child


async def submitted(visit: Visit, at: Submit) -> None:
    silent = await _partners_to_ask(visit, at)
    if silent and (at.asked == 0 or at.to != _stamp_of(silent)):
        await _ask_partners(visit, at, silent)
        return
    if silent and at.asked == YES:
        pupil = (await _paper(visit, at.application)).pupil_id
        await agree_to_partners(visit.db, pupil, [number for number, _ in silent], by=visit.person, now=visit.now)
    try:
        await submit(visit.db, at.application, by=visit.person, now=visit.now, today=visit.today, seen=at.seen)
    except ChangedSince as since:
        await show_draft(visit, at.application, since)
        return
    async with visit.db.read() as tx:
        paper = await own_paper(visit, tx, at.application)
        missing = await missing_of(tx, paper, visit)
    told = [_handed_in(visit, wish) for wish in paper.wishes if wish.state == "submitted"]
    text = lines(
        [
            visit.say("application-submitted-page", child=child_of(paper), class_name=class_of(paper, visit.say)),
            "\n".join(told),
            *missing,
            "" if missing else visit.say("application-next"),
        ]
    )
    consents = [[visit.button("button-consents-of", ConsentOf(paper.pupil_id))]] if missing else []
    rows = [*consents, [visit.button("button-applications", Applications())], [visit.menu]]
    await visit.show(text, rows)


# ── whom the school may name the child to ───────────────────────────────────────────────────────────────────────────


async def _partners_to_ask(visit: Visit, at: Submit) -> list[tuple[int, str]]:
    """The partners of the chosen courses that nobody of the family has agreed to."""
    paper = await _paper(visit, at.application)
    require(visit.person, "enrollment.apply", Thing(pupil_id=paper.pupil_id))
    if paper.state == "submitted":
        return []
    async with visit.db.read() as tx:
        return await consent.not_agreed(tx, paper.pupil_id, {wish.organization_id for wish in writable(paper)})


def _stamp_of(partners: list[tuple[int, str]]) -> str:
    return stamp(sorted(number for number, _ in partners))


async def _ask_partners(visit: Visit, at: Submit, partners: list[tuple[int, str]]) -> None:
    """Asked in the same step as «Подтвердить», once for all partners of the application."""
    paper = await _paper(visit, at.application)
    names = "\n".join(f"• {brief(name, 90)}" for _, name in partners)
    to = _stamp_of(partners)
    text = visit.say("application-partners", child=child_of(paper), partners=names, count=len(partners))

    def answer(asked: int) -> Submit:
        return Submit(application=at.application, seen=at.seen, asked=asked, to=to)

    rows = [
        [visit.button("button-submit-agreeing", answer(YES))],
        [visit.button("button-submit-silent", answer(NO))],
        visit.ways_back(Draft(at.application)),
    ]
    await visit.show(text, rows)


async def _paper(visit: Visit, application: int) -> Paper:
    async with visit.db.read() as tx:
        return await own_paper(visit, tx, application)


def _handed_in(visit: Visit, wish: Wish) -> str:
    facts: dict[str, Fact] = {"rank": wish.rank, "course": brief(wish.course)}
    if wish.number is not None:
        return visit.say("application-wish-in-line", **facts, number=wish.number)
    if wish.besides:
        return visit.say("application-wish-besides", **facts)
    return visit.say("application-wish-seat", **facts) if wish.group_id else visit.say("application-wish", **facts)


# ── as paper ────────────────────────────────────────────────────────────────────────────────────────────────────────


async def on_paper(visit: Visit, at: OnPaper) -> None:
    async with visit.db.read() as tx:
        paper = await own_paper(visit, tx, at.application)
    which = Edition(paper.id, AS_WRITTEN if paper.state in ("draft", "returned") else LAST)
    file = await application_paper(visit.db, which, by=visit.person, say=visit.say, settings=visit.settings, today=visit.today)
    said = [_on_page(line) for line in await asyncio.to_thread(words_of, file.content)]
    text = lines([visit.say("application-on-paper"), "\n".join(said)])
    rows: list[list[Button]] = []
    if paper.state in ("draft", "returned") and paper.pupil_id in visit.person.children:
        rows.append([visit.button("button-submit", Submit(application=paper.id, seen=stamp_of(paper)))])
    rows.append([visit.button("button-application-paper", ApplicationFile(paper.id))])
    to = Draft(application=paper.id) if rows[1:] else Applications()
    await visit.show(text if len(text) <= TEXT else visit.say("application-on-paper-long"), [*rows, visit.ways_back(to)])


def _on_page(line: Line) -> str:
    words = escape(line.text, quote=False)
    return f"\n<b>{words}</b>" if line.heading else words


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="submitting")
    router.callback_query.register(submitted, Submit.filter(), flags=may("enrollment.apply"))
    router.callback_query.register(on_paper, OnPaper.filter(), flags=may("enrollment.see"))
    return router
