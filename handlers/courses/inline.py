"""The catalogue from any chat: `@bot робот` gives cards of courses; the one chosen leads to the bot."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.types import (
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InlineQueryResultUnion,
    InputTextMessageContent,
    LinkPreviewOptions,
)

from bot.services.courses.catalogue import Fit, Wanted, catalogue, each_ones
from bot.services.courses.clashes import brief
from bot.services.courses.search import meant
from bot.services.people.invitations import link
from bot.visit import Visit
from bot.words import courses as course_words
from handlers.courses.card import LINK
from handlers.door import may

PAGE = 20  # cards an answer; Telegram asks for more as one scrolls
KEPT = 30  # seconds Telegram may show this person the same answer again: seats and windows move
TYPED = 100


async def asked(visit: Visit) -> None:
    words = meant(query.query[:TYPED])
    page = int(query.offset) if query.offset.isdigit() and len(query.offset) < 4 else 0
    only = next(iter(visit.person.pupils)) if len(visit.person.pupils) == 1 else 0
    async with visit.db.read() as tx:
        found = await catalogue(tx, Wanted(pupil=only, words=words), visit.today, page=page, size=PAGE)
        fits = await each_ones(tx, visit.person.pupils, [fit.offer for fit in found.fits], visit.today)
    beyond = page >= found.pages  # Telegram asked for more than there is
    username = (await bot.me()).username or ""
    cards: list[InlineQueryResultUnion] = (
        []
        if beyond
        else [_article(visit, fit, fits.get(fit.offer.id, []), link(username, f"{LINK}{fit.offer.id}")) for fit in found.fits]
    )
    label = visit.say.plain("inline-open") if cards or page else visit.say.plain("inline-nothing")
    await query.answer(
        cards,
        cache_time=KEPT,
        is_personal=True,  # whom a course fits is this family's business
        next_offset=str(page + 1) if page + 1 < found.pages else "",
        button=InlineQueryResultsButton(text=label, start_parameter=f"{LINK}0"),
    )


def _article(visit: Visit, fit: Fit, fits: list[tuple[str, bool]], url: str) -> InlineQueryResultArticle:
    """What the list shows is for the asker's eyes; what is sent says nothing of their children: it may go to any chat."""
    offer = fit.offer
    told = [
        visit.say.plain("inline-fits", child=name) if it_fits else visit.say.plain("inline-fits-not", child=name)
        for name, it_fits in fits
    ]
    words = [brief(offer.organization, 100), course_words.when(offer, visit.say, visit.today), *told]
    return InlineQueryResultArticle(
        id=str(offer.id),
        title=brief(offer.name),
        description=" · ".join(words),
        input_message_content=InputTextMessageContent(
            message_text=course_words.about(fit, None, visit.say, visit.today, seats=False),
            parse_mode="HTML",
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        ),
        reply_markup=keyboard([[visit.button("button-course-open", url)]]),
    )


async def chosen(visit: Visit) -> None:
    """A card chosen in the chat with the bot itself: it stands there already, nobody asked anything."""


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="course_inline")
    router.inline_query.register(asked, flags=may("courses.see"))
    router.message.register(chosen, F.via_bot, flags=may("courses.see"))
    return router
