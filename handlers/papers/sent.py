"""What went out: a list by year, and each paper as it went, to be downloaded again."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters.callback_data import CallbackData

from bot.paging import page_of
from bot.policy import Thing, can
from bot.services.papers.kept import annul, keep_requests, kept_file, kept_paper
from bot.targets import Papers
from bot.visit import Button, Visit
from bot.words.papers import kept_label, kept_words
from handlers.door import may
from handlers.papers.partners import heads
from storage.network.years import usual
from storage.papers import kept

PAGE = 8  # papers a page


class SentHome(CallbackData, prefix="papers.sent"):
    """year 0: the newest of which something is kept."""

    year: int = 0
    page: int = 0


class SentPaper(CallbackData, prefix="papers.sent.one"):
    paper: int


class SentFile(CallbackData, prefix="papers.sent.file"):
    paper: int


class Annul(CallbackData, prefix="papers.annul"):
    paper: int
    sure: bool


async def opened(visit: Visit, at: SentHome) -> None:
    await keep_requests(visit.db, by=visit.person, say=visit.say, settings=visit.settings, now=visit.now)
    async with visit.db.read() as tx:
        years = await kept.count(tx, heads(visit))
        year = at.year if at.year in years else next(iter(years), 0)
        found = await kept.listed(tx, heads(visit), year)
    if not found:
        await visit.show(visit.say("papers-sent-none"), [visit.ways_back(Papers())])
        return
    here, several = page_of(found, at.page, PAGE), len(heads(visit)) > 1
    rows = [[Button(kept_label(one, visit.say, several=several), SentPaper(paper=one.id))] for one in here.some]
    rows.append(visit.pager(here.number, here.of, lambda to: SentHome(year=year, page=to)))
    if len(years) > 1:
        rows.append([visit.chosen(usual(one).name, SentHome(year=one), now=one == year) for one in list(years)[:4]])
    rows.append(visit.ways_back(Papers()))
    await visit.show(visit.say("papers-sent", year=usual(year).name, total=len(found)), rows)


async def one_paper(visit: Visit, at: SentPaper) -> None:
    await _show(visit, at.paper)


async def _show(visit: Visit, paper: int) -> None:
    found = await kept_paper(visit.db, paper, by=visit.person)
    rows = [[visit.button("button-paper-file", SentFile(paper=paper))]]
    order = found.kind in ("order", "amendment") and found.annulled_at is None
    if order and can(visit.person, "papers.issue", Thing(school_id=found.school_id)):
        rows.append([visit.button("button-annul", Annul(paper=paper, sure=False))])
    await visit.show(kept_words(found, visit.say), [*rows, visit.ways_back(SentHome(year=found.year))])


async def given(visit: Visit, at: SentFile) -> None:
    file = await kept_file(visit.db, at.paper, by=visit.person)
    await visit.give(file.name, file.content)


async def annulled(visit: Visit, at: Annul) -> None:
    if at.sure:
        await annul(visit.db, at.paper, by=visit.person, at=visit.moment)
        await _show(visit, at.paper)
        return
    found = await kept_paper(visit.db, at.paper, by=visit.person)
    rows = [
        [visit.button("button-annul-sure", Annul(paper=at.paper, sure=True)).destroys],
        visit.ways_back(SentPaper(paper=at.paper)),
    ]
    await visit.show(visit.say("annul-ask", number=found.number, day=found.day), rows)


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="sent papers")
    router.callback_query.register(opened, SentHome.filter(), flags=may("papers.see"))
    router.callback_query.register(one_paper, SentPaper.filter(), flags=may("papers.see"))
    router.callback_query.register(given, SentFile.filter(), flags=may("papers.see"))
    router.callback_query.register(annulled, Annul.filter(), flags=may("papers.issue"))
    return router
