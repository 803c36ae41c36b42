"""The catalogue from any chat: `@bot робот` gives cards of courses; the one chosen leads to the bot."""

from __future__ import annotations

import contextlib
from datetime import date

from aiogram import Bot, F, Router
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import (
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InlineQueryResultUnion,
    InputTextMessageContent,
    LinkPreviewOptions,
    Message,
)

from bot.policy import Person
from bot.services.courses.catalogue import Fit, Wanted, catalogue, each_ones
from bot.services.courses.clashes import brief
from bot.services.courses.search import meant
from bot.services.people.invitations import link
from bot.voice import Say
from bot.words import courses as course_words
from handlers.courses.card import LINK
from handlers.ui import Button, keyboard, may
from storage.db import Database

PAGE = 20  # cards an answer; Telegram asks for more as one scrolls
KEPT = 30  # seconds Telegram may show this person the same answer again: seats and windows move
TYPED = 100


async def asked(query: InlineQuery, db: Database, say: Say, person: Person, today: date, bot: Bot) -> None:
    words = meant(query.query[:TYPED])
    page = int(query.offset) if query.offset.isdecimal() and len(query.offset) < 4 else 0
    only = next(iter(person.pupils)) if len(person.pupils) == 1 else 0
    async with db.read() as tx:
        found = await catalogue(tx, Wanted(pupil=only, words=words), today, page=page, size=PAGE)
        fits = await each_ones(tx, person.pupils, [fit.offer for fit in found.fits], today)
    beyond = page >= found.pages  # Telegram asked for more than there is
    username = (await bot.me()).username or ""
    cards: list[InlineQueryResultUnion] = (
        []
        if beyond
        else [
            _article(fit, fits.get(fit.offer.id, []), link(username, f"{LINK}{fit.offer.id}"), say, today) for fit in found.fits
        ]
    )
    label = say.plain("inline-open") if cards or page else say.plain("inline-nothing")
    with contextlib.suppress(TelegramBadRequest):  # too old: whoever typed has typed on, or gone
        await query.answer(
            cards,
            cache_time=KEPT,
            is_personal=True,  # whom a course fits is this family's business
            next_offset=str(page + 1) if page + 1 < found.pages else "",
            button=InlineQueryResultsButton(text=label, start_parameter=f"{LINK}0"),
        )


def _article(fit: Fit, fits: list[tuple[str, bool]], url: str, say: Say, today: date) -> InlineQueryResultArticle:
    """What the list shows is for the asker's eyes; what is sent says nothing of their children: it may go to any chat."""
    offer = fit.offer
    told = [
        say.plain("inline-fits", child=name) if it_fits else say.plain("inline-fits-not", child=name) for name, it_fits in fits
    ]
    words = [brief(offer.organization, 100), course_words.when(offer, say, today), *told]
    return InlineQueryResultArticle(
        id=str(offer.id),
        title=brief(offer.name),
        description=" · ".join(words),
        input_message_content=InputTextMessageContent(
            message_text=course_words.about(fit, None, say, today, seats=False),
            parse_mode="HTML",
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        ),
        reply_markup=keyboard([[Button(say.plain("button-course-open"), url)]]),
    )


async def chosen(_message: Message) -> None:
    """A card chosen in the chat with the bot itself: it stands there already, nobody asked anything."""


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="course_inline")
    router.inline_query.register(asked, flags=may("courses.see"))
    router.message.register(chosen, F.via_bot, flags=may("courses.see"))
    return router
