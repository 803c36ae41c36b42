"""A pupil's portfolio: the year on a page and as a PDF; achievements told, confirmed, taken away."""

from __future__ import annotations

import asyncio

from aiogram import F, Router
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.state import State, StatesGroup

from bot.paging import page_of
from bot.policy import may as is_open
from bot.refusals import Refusal
from bot.services.courses.clashes import brief
from bot.services.programme.achievements import (
    LARGEST,
    Said,
    decide,
    file_of,
    forget,
    portfolio_of,
    pupils_of,
    require_fit,
    tell,
    waiting_for,
)
from bot.targets import AchievementsWaiting, PortfolioHome, PortfolioOf
from bot.visit import Button, Sent, Visit
from bot.voice import lines
from bot.words.portfolio import portfolio_page, portfolio_paper
from handlers.door import may, opens
from storage.people.people import first_names

PAGE = 8  # pupils or achievements a page
DECISIONS = ("confirmed", "declined")


class Paper(CallbackData, prefix="portfolio.pdf"):
    pupil: int


class Tell(CallbackData, prefix="portfolio.add"):
    pupil: int


class File(CallbackData, prefix="portfolio.file"):
    achievement: int


class Forget(CallbackData, prefix="portfolio.drop"):
    achievement: int


class Decide(CallbackData, prefix="portfolio.say"):
    achievement: int
    what: int  # of DECISIONS


class Achieving(StatesGroup):
    """Somebody types an achievement, or sends its file with a line below."""

    typing = State()


async def home(visit: Visit, at: PortfolioHome) -> None:
    """A family's children; a teacher's pupils."""
    async with visit.db.read() as tx:
        names = await first_names(tx, visit.person.pupils)
        taught = [] if names else await pupils_of(tx, visit.person, visit.today)
    if len(names) == 1:
        await _show(visit, next(iter(names)))
        return
    listed = [*names.items()] or [(one.pupil_id, brief(one.child, 60)) for one in taught]
    here = page_of(listed, at.page, PAGE)
    rows = [[Button(name, PortfolioOf(pupil))] for pupil, name in here.some]
    rows += [visit.pager(here.number, here.of, lambda to: PortfolioHome(page=to)), [visit.menu]]
    await visit.show(visit.say("portfolio-whose") if listed else visit.say("portfolio-nobody"), rows)


async def shown(visit: Visit, at: PortfolioOf) -> None:
    await _show(visit, at.pupil)


async def _show(visit: Visit, pupil: int, done: str = "") -> None:
    async with visit.db.read() as tx:
        found = await portfolio_of(tx, pupil, visit.person, visit.moment)
    rows = [[visit.button("button-portfolio-pdf", Paper(pupil=pupil))]]
    if is_open(visit.person, "achievement.tell"):
        rows[0].append(visit.button("button-achievement-add", Tell(pupil=pupil)))
    for number, one in enumerate(found.achieved, 1):
        row = [visit.button("button-achievement-file", File(achievement=one.id), number=number)] if one.document_id else []
        if pupil in visit.person.pupils or one.said_by == visit.person.id:
            row.append(visit.button("button-achievement-drop", Forget(achievement=one.id), number=number))
        rows.append(row)
    back = [visit.menu] if len(visit.person.pupils) == 1 else visit.ways_back(PortfolioHome())
    await visit.show(lines([done, portfolio_page(found, visit.say)]), [*rows, back], anew=visit.at_letter)


async def paper_given(visit: Visit, at: Paper) -> None:
    async with visit.db.read() as tx:
        found = await portfolio_of(tx, at.pupil, visit.person, visit.moment)
    content = await asyncio.to_thread(portfolio_paper, found, visit.say, visit.today)
    await visit.give(f"{visit.say.plain('portfolio-file')}-{found.year.year}-{found.year.year + 1}.pdf", content)


async def asked(visit: Visit, at: Tell) -> None:
    async with visit.db.read() as tx:
        await portfolio_of(tx, at.pupil, visit.person, visit.moment)  # whose it is not is refused here
    await visit.talk.begin(Achieving.typing, pupil=at.pupil)
    await visit.show(visit.say("achievement-asked", limit=LARGEST // 2**20), [[visit.back(PortfolioOf(at.pupil))]])


async def told(visit: Visit) -> None:
    """The line, with a file or without; a file that comes without its line is kept in mind, and the line is asked for."""
    known = await visit.talk.data()
    pupil, sent = int(known["pupil"]), visit.file
    if sent is not None and (sent.size or 0) > LARGEST:
        raise Refusal("achievement-file", limit=LARGEST // 2**20)
    if sent is not None and not visit.text:
        await _keep_in_mind(visit, pupil, sent)
        return
    if sent is None and "file" in known:
        sent = Sent(str(known["name"]), None, str(known["file"]))
    file = None
    if sent is not None:
        file = (_named(visit, sent), await visit.read(sent))
    one = await tell(visit.db, pupil, Said(visit.text, file), by=visit.person, at=visit.moment)
    await visit.talk.end()
    await _show(visit, pupil, visit.say("achievement-told", state=one.state))


def _named(visit: Visit, sent: Sent) -> str:
    return sent.name or visit.say.plain("task-photo-name", day=visit.today)


async def _keep_in_mind(visit: Visit, pupil: int, sent: Sent) -> None:
    require_fit(await visit.read(sent))
    await visit.talk.note(file=sent.handle.file_id, name=_named(visit, sent))
    await visit.show(visit.say("achievement-line-asked"), [[visit.button("button-cancel", PortfolioOf(pupil))]])


async def file_given(visit: Visit, at: File) -> None:
    async with visit.db.read() as tx:
        name, content = await file_of(tx, at.achievement, visit.person)
    await visit.give(name, content)


async def dropped(visit: Visit, at: Forget) -> None:
    one = await forget(visit.db, at.achievement, by=visit.person, now=visit.now)
    await _show(visit, one.pupil_id, visit.say("achievement-dropped"))


async def waiting(visit: Visit, at: AchievementsWaiting) -> None:
    await _waiting(visit, at.page)


async def _waiting(visit: Visit, page: int, done: str = "") -> None:
    async with visit.db.read() as tx:
        found = await waiting_for(tx, visit.person, visit.today)
    here = page_of(found, page, PAGE)
    said, rows = [], []
    for number, (one, child) in enumerate(here.some, here.first + 1):
        said.append(visit.say("achievement-waits-line", number=number, child=brief(child, 100), line=brief(one.line, 200)))
        row = [visit.button("button-achievement-yes", Decide(achievement=one.id, what=0), number=number)]
        row.append(visit.button("button-achievement-no", Decide(achievement=one.id, what=1), number=number))
        if one.document_id is not None:
            row.append(visit.button("button-achievement-file", File(achievement=one.id), number=number))
        rows.append(row)
    rows += [visit.pager(here.number, here.of, lambda to: AchievementsWaiting(page=to)), [visit.menu]]
    head = visit.say("achievements-waiting", count=len(found))
    await visit.show(lines([done, head, "\n".join(said)]), rows, anew=visit.at_letter)


async def decided(visit: Visit, at: Decide) -> None:
    if at.what not in (0, 1):
        raise Refusal("gone")
    one = await decide(visit.db, at.achievement, DECISIONS[at.what], by=visit.person, at=visit.moment)
    state = DECISIONS[at.what]
    done = await visit.promise([one.pupil_id], lambda told: visit.say("achievement-decided-done", state=state, told=told))
    await _waiting(visit, 0, done)


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="portfolio")
    router.callback_query.register(home, opens(PortfolioHome), flags=may("portfolio.see"))
    router.callback_query.register(shown, opens(PortfolioOf), flags=may("portfolio.see"))
    router.callback_query.register(paper_given, Paper.filter(), flags=may("portfolio.see"))
    router.callback_query.register(asked, Tell.filter(), flags=may("achievement.tell"))
    anything = (F.text & ~F.text.startswith("/")) | F.document | F.photo
    router.message.register(told, Achieving.typing, anything, flags=may("achievement.tell"))
    router.callback_query.register(file_given, File.filter(), flags=may("portfolio.see"))
    router.callback_query.register(dropped, Forget.filter(), flags=may("achievement.tell"))
    router.callback_query.register(waiting, opens(AchievementsWaiting), flags=may("achievement.decide"))
    router.callback_query.register(decided, Decide.filter(), flags=may("achievement.decide"))
    return router
