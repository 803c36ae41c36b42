"""The catalogue from any chat: `@bot робот` gives cards of courses; the one chosen leads to the bot."""

from __future__ import annotations

from aiogram import F, Router

from bot.services.courses.catalogue import LINK, Fit, Wanted, catalogue, each_ones
from bot.services.courses.clashes import brief
from bot.services.courses.search import meant
from bot.services.people.invitations import link
from bot.visit import Card, Visit
from bot.words import courses as course_words
from handlers.door import may

PAGE = 20  # cards an answer; Telegram asks for more as one scrolls
KEPT = 30  # seconds Telegram may show this person the same answer again: seats and windows move
SEARCHED = 100


async def asked(visit: Visit) -> None:
    words = meant(visit.text[:SEARCHED])
    page = int(visit.more) if visit.more.isdecimal() and len(visit.more) < 4 else 0
    only = next(iter(visit.person.pupils)) if len(visit.person.pupils) == 1 else 0
    async with visit.db.read() as tx:
        found = await catalogue(tx, Wanted(pupil=only, words=words), visit.today, page=page, size=PAGE)
        fits = await each_ones(tx, visit.person.pupils, [fit.offer for fit in found.fits], visit.today)
    beyond = page >= found.pages  # Telegram asked for more than there is
    username = await visit.username()
    cards = (
        []
        if beyond
        else [_card(visit, fit, fits.get(fit.offer.id, []), link(username, f"{LINK}{fit.offer.id}")) for fit in found.fits]
    )
    label = visit.say.plain("inline-open") if cards or page else visit.say.plain("inline-nothing")
    more = str(page + 1) if page + 1 < found.pages else ""
    await visit.answer_search(cards, more=more, label=label, start=f"{LINK}0", seconds=KEPT)


def _card(visit: Visit, fit: Fit, fits: list[tuple[str, bool]], url: str) -> Card:
    """What the list shows is for the asker's eyes; what is sent says nothing of their children: it may go to any chat."""
    offer = fit.offer
    told = [
        visit.say.plain("inline-fits", child=name) if it_fits else visit.say.plain("inline-fits-not", child=name)
        for name, it_fits in fits
    ]
    words = [brief(offer.organization, 100), course_words.when(offer, visit.say, visit.today), *told]
    return Card(
        id=str(offer.id),
        title=brief(offer.name),
        description=" · ".join(words),
        text=course_words.about(fit, visit.say, visit.today, seats=False),
        rows=[[visit.button("button-course-open", url)]],
    )


async def chosen(_visit: Visit) -> None:
    """A card chosen in the chat with the bot itself: it stands there already, nobody asked anything."""


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="course_inline")
    router.inline_query.register(asked, flags=may("courses.see"))
    router.message.register(chosen, F.via_bot, flags=may("courses.see"))
    return router
