"""The card of a course: for a child or for nobody, from a link; its picture, the family's shortlist."""

from __future__ import annotations

import contextlib
from datetime import date, datetime
from io import BytesIO

from aiogram import Bot, F, Router
from aiogram.exceptions import TelegramBadRequest
from aiogram.filters import CommandObject, CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from bot.policy import Person
from bot.refusals import Refusal
from bot.services.courses import catalogue as courses
from bot.services.courses.catalogue import being_written, is_open
from bot.services.courses.clashes import brief
from bot.services.courses.pictures import MOST, give_picture, may_change, picture_of, take_picture_away
from bot.services.courses.shortlist import keep_in_mind, put_out_of_mind
from bot.voice import Say, lines
from bot.words import courses as course_words
from handlers.courses.places import Card, ForWhom, Listed, NewPicture, NoPicture, Picture, Place, Star, place
from handlers.ui import Applications, Button, Rows, back, back_to_menu, give, may, show
from storage.db import Database
from storage.people.people import first_names

LINK = "course_"  # how the payload of a link to a course begins; its id follows, 0: the catalogue


class Picturing(StatesGroup):
    """A partner sends a picture."""

    sending = State()


# ── the card ────────────────────────────────────────────────────────────────────────────────────────────────────────


async def shown(
    tap: CallbackQuery, callback_data: Card, db: Database, say: Say, person: Person, today: date, state: FSMContext
) -> None:
    if await state.get_state() is not None:  # whoever presses ‹ Назад does not send a picture any more
        await state.clear()
    await show(tap, *await _page(callback_data.course, place(callback_data.at), db, say, person, today))


async def followed(message: Message, command: CommandObject, db: Database, say: Say, person: Person, today: date) -> None:
    """A link to a course: /start course_12. Strangers see the card too."""
    payload = (command.args or "").removeprefix(LINK)
    if not payload.isascii() or not payload.isdigit() or len(payload) > 9:
        raise Refusal("gone")
    only = next(iter(person.pupils)) if len(person.pupils) == 1 else 0
    if payload == "0":
        await show(message, say("courses-welcome"), [[Button(say.plain("button-courses"), Listed(at=Place(pupil=only).token))]])
        return
    text, rows = await _page(int(payload), Place(pupil=only), db, say, person, today)
    await show(message, lines([text, "" if person.id else say("courses-stranger")]), rows)


async def _page(course: int, at: Place, db: Database, say: Say, person: Person, today: date) -> tuple[str, Rows]:
    if at.pupil and at.pupil not in person.pupils:
        raise Refusal("not-yours")
    async with db.read() as tx:
        card = await courses.card(tx, course, at.pupil or None, today)
    return course_words.card(card, say, today), _rows(card, at, say, person, today)


def _rows(card: courses.Card, at: Place, say: Say, person: Person, today: date) -> Rows:
    offer, token = card.fit.offer, at.token
    rows: list[list[Button]] = []
    can_apply = is_open(offer, today) and card.fit.fits and card.fit.state is None
    if at.pupil in person.children and can_apply:
        rows.append([Button(say.plain("button-course-apply"), f"apply.add:{offer.id}:{at.pupil}")])
    elif at.pupil == 0 and person.children and is_open(offer, today):
        rows.append([Button(say.plain("button-course-apply"), ForWhom(course=offer.id))])
    elif card.fit.state is not None:
        rows.append([Button(say.plain("button-applications"), Applications())])
    writing = being_written(card.child) if card.child is not None and at.pupil in person.children else None
    if writing is not None:
        rows.append([Button(say.plain("button-course-application"), f"apply.draft:{writing}")])
    if card.child is not None:
        star = say.plain("button-course-unstar") if card.starred else say.plain("button-course-star")
        rows.append([Button(star, Star(course=offer.id, on=not card.starred, at=token))])
    if offer.picture_id is not None:
        rows.append([Button(say.plain("button-course-picture"), Picture(course=offer.id, at=token))])
    if may_change(person, offer.organization_id):
        label = say.plain("button-picture-change") if offer.picture_id else say.plain("button-picture-add")
        rows.append([Button(label, NewPicture(course=offer.id, at=token))])
    return [*rows, [back(say, Listed(at=token)), back_to_menu(say)]]


async def for_whom(tap: CallbackQuery, callback_data: ForWhom, db: Database, say: Say, person: Person) -> None:
    """Which child: their card says whether the course fits, and offers the application."""
    async with db.read() as tx:
        names = await first_names(tx, person.children)
    course = callback_data.course
    rows = [[Button(name, Card(course=course, at=Place(pupil=pupil).token))] for pupil, name in names.items()]
    rows.append([back(say, Card(course=course)), back_to_menu(say)])
    await show(tap, say("courses-for-whom"), rows)


# ── the shortlist ───────────────────────────────────────────────────────────────────────────────────────────────────


async def starred(tap: CallbackQuery, callback_data: Star, db: Database, say: Say, person: Person, today: date) -> None:
    at = place(callback_data.at)
    change = keep_in_mind if callback_data.on else put_out_of_mind
    await change(db, at.pupil, callback_data.course, by=person)
    await show(tap, *await _page(callback_data.course, at, db, say, person, today))


# ── the picture ─────────────────────────────────────────────────────────────────────────────────────────────────────


async def pictured(tap: CallbackQuery, callback_data: Picture, db: Database, say: Say, person: Person, today: date) -> None:
    """The picture as a message of its own, and the card again below it: a card stays a text that its buttons can change."""
    text, rows = await _page(callback_data.course, place(callback_data.at), db, say, person, today)
    async with db.read() as tx:
        name, content = await picture_of(tx, callback_data.course)
    if not isinstance(tap.message, Message):  # too old to be shown anything below it
        await show(tap, text, rows)
        return
    try:
        await tap.message.answer_photo(BufferedInputFile(content, name))
    except TelegramBadRequest:  # a JPEG or a PNG, but of a shape Telegram does not show
        await give(tap.message, name, content)
    await show(tap, text, rows, anew=True)
    with contextlib.suppress(TelegramBadRequest):  # older than two days: it stays where it is
        await tap.message.delete()


async def picture_wanted(
    tap: CallbackQuery, callback_data: NewPicture, db: Database, say: Say, person: Person, today: date, state: FSMContext
) -> None:
    at = place(callback_data.at)
    async with db.read() as tx:
        card = await courses.card(tx, callback_data.course, None, today)
    if not may_change(person, card.fit.offer.organization_id):
        raise Refusal("not-yours")
    await state.set_state(Picturing.sending)
    await state.set_data({"course": callback_data.course, "at": at.token})
    rows = [[back(say, Card(course=callback_data.course, at=at.token)), back_to_menu(say)]]
    if card.fit.offer.picture_id:
        rows.insert(0, [Button(say.plain("button-picture-remove"), NoPicture(course=callback_data.course, at=at.token))])
    await show(tap, say("picture-send", course=brief(card.fit.offer.name), limit=MOST // 2**20), rows)


async def picture_sent(
    message: Message, db: Database, say: Say, person: Person, now: datetime, today: date, state: FSMContext, bot: Bot
) -> None:
    file = message.photo[-1] if message.photo else message.document
    if file is None:
        raise Refusal("picture-wrong-kind")
    if (file.file_size or 0) > MOST:
        raise Refusal("picture-too-big", limit=MOST // 2**20)
    into = BytesIO()
    await bot.download(file, into)
    data = await state.get_data()
    await give_picture(db, int(data["course"]), into.getvalue(), by=person, now=now)
    await state.clear()
    text, rows = await _page(int(data["course"]), place(str(data["at"])), db, say, person, today)
    await show(message, lines([say("picture-kept"), text]), rows)


async def picture_gone(
    tap: CallbackQuery,
    callback_data: NoPicture,
    db: Database,
    say: Say,
    person: Person,
    now: datetime,
    today: date,
    state: FSMContext,
) -> None:
    await state.clear()
    await take_picture_away(db, callback_data.course, by=person, now=now)
    await show(tap, *await _page(callback_data.course, place(callback_data.at), db, say, person, today))


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="course_card")
    link = CommandStart(deep_link=True, magic=F.args.startswith(LINK))
    router.message.register(followed, link, flags=may("courses.see"))
    router.callback_query.register(shown, Card.filter(), flags=may("courses.see"))
    router.callback_query.register(for_whom, ForWhom.filter(), flags=may("enrollment.apply"))
    router.callback_query.register(starred, Star.filter(), flags=may("shortlist.keep"))
    router.callback_query.register(pictured, Picture.filter(), flags=may("courses.see"))
    router.callback_query.register(picture_wanted, NewPicture.filter(), flags=may("course.picture"))
    router.callback_query.register(picture_gone, NoPicture.filter(), flags=may("course.picture"))
    command = F.text.startswith("/")
    router.message.register(picture_sent, Picturing.sending, ~command, flags=may("course.picture"))
    return router
