"""The card of a course: for a child or for nobody, from a link; its picture, the family's shortlist."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.filters import CommandObject, CommandStart
from aiogram.fsm.state import State, StatesGroup

from bot.refusals import Refusal
from bot.services.courses import catalogue as courses
from bot.services.courses.catalogue import LINK, being_written
from bot.services.courses.clashes import brief, only_hours
from bot.services.courses.offered import is_open
from bot.services.courses.pictures import MOST, give_picture, may_change, picture_of, take_picture_away
from bot.services.courses.places import Place, place
from bot.services.courses.sharing import shared
from bot.services.courses.shortlist import keep_in_mind, put_out_of_mind
from bot.services.resources.attaching import materials_of
from bot.services.resources.lacking import lacking
from bot.services.surveys.demand import demand
from bot.targets import AddToDraft, Applications, AskAnyway, CourseCard, Draft, Files
from bot.visit import TEXT, Button, Rows, Visit
from bot.voice import lines
from bot.words import courses as course_words
from bot.words.resources import needs_in_words
from handlers.courses.places import ForWhom, Listed, NewPicture, NoPicture, Picture, Star
from handlers.door import may, opens
from storage.courses.courses import Offer
from storage.db import Tx
from storage.people.people import first_names


class Picturing(StatesGroup):
    """A partner sends a picture."""

    sending = State()


# ── the card ────────────────────────────────────────────────────────────────────────────────────────────────────────


async def shown(visit: Visit, at: CourseCard) -> None:
    await visit.show(*await _page(visit, at.course, place(at.at)))


async def followed(visit: Visit, command: CommandObject) -> None:
    """A link to a course: /start course_12. Strangers see the card too."""
    payload = (command.args or "").removeprefix(LINK)
    if not payload.isascii() or not payload.isdigit() or len(payload) > 9:
        raise Refusal("gone")
    only = next(iter(visit.person.pupils)) if len(visit.person.pupils) == 1 else 0
    if payload == "0":
        await visit.show(visit.say("courses-welcome"), [[visit.button("button-courses", Listed(at=Place(pupil=only).token))]])
        return
    text, rows = await _page(visit, int(payload), Place(pupil=only))
    await visit.show(lines([text, "" if visit.person.id else visit.say("courses-stranger")]), rows)


async def _page(visit: Visit, course: int, at: Place) -> tuple[str, Rows]:
    if at.pupil and at.pupil not in visit.person.pupils:
        raise Refusal("not-yours")
    async with visit.db.read() as tx:
        card = await courses.card(tx, course, at.pupil or None, visit.today)
        asked = await _asked(visit, tx, card.fit.offer)
        materials = await _materials(visit, tx, course, at)
        needs = needs_in_words(*await lacking(tx, course), visit.say) if visit.person.posts else ""
    text = course_words.card(card, visit.say, visit.today, own=at.pupil in visit.person.own)
    whole = lines([text, needs, asked])
    rows = [*_rows(visit, card, at)]
    rows[-1:-1] = materials
    return whole if len(whole) <= TEXT else text, rows


async def _materials(visit: Visit, tx: Tx, course: int, at: Place) -> list[list[Button]]:
    """The way to the course's materials, for those whose they are."""
    inside = bool(visit.person.pupils or visit.person.posts)
    found = await materials_of(tx, course, visit.person) if inside else None
    if found is None or not any(found):
        return []
    files = Files(course=course, at=Place(pupil=at.pupil).token)
    return [[visit.button("button-course-materials", files, count=found[0])]]


async def _asked(visit: Visit, tx: Tx, offer: Offer) -> str:
    """For the heads of a school: how many answers of its questionnaires name the course, beside its seats."""
    schools = visit.person.organizations_as("coordinator", "director")
    named = (await demand(tx, schools, offer.year)).get(offer.id) if schools else None
    return visit.say("course-asked", asked=named, seats=offer.seats) if named else ""


def _rows(visit: Visit, card: courses.Card, at: Place) -> Rows:
    offer, token = card.fit.offer, at.token
    rows: list[list[Button]] = []
    can_apply = is_open(offer, visit.today) and card.fit.fits and card.fit.state is None
    if at.pupil in visit.person.children and can_apply:
        rows.append([visit.button("button-course-apply", AddToDraft(offer.id, at.pupil))])
    elif at.pupil in visit.person.children and _may_ask_anyway(card, visit):
        rows.append([visit.button("button-ask-anyway", AskAnyway(offer.id, at.pupil))])
    elif at.pupil == 0 and visit.person.children and is_open(offer, visit.today):
        rows.append([visit.button("button-course-apply", ForWhom(course=offer.id))])
    elif card.fit.state is not None:
        rows.append([visit.button("button-applications", Applications())])
    writing = being_written(card.child) if card.child is not None and at.pupil in visit.person.children else None
    if writing is not None:
        rows.append([visit.button("button-course-application", Draft(writing))])
    if card.child is not None:
        star = visit.say.plain("button-course-unstar") if card.starred else visit.say.plain("button-course-star")
        rows.append([Button(star, Star(course=offer.id, on=not card.starred, at=token))])
    if offer.picture_id is not None:
        rows.append([visit.button("button-course-picture", Picture(course=offer.id, at=token))])
    if visit.settings.public_url is not None:
        rows.append([visit.button("button-course-share", shared(visit.settings.public_url, offer))])
    if may_change(visit.person, offer.organization_id):
        label = visit.say.plain("button-picture-change") if offer.picture_id else visit.say.plain("button-picture-add")
        rows.append([Button(label, NewPicture(course=offer.id, at=token))])
    return [*rows, visit.ways_back(Listed(at=token))]


def _may_ask_anyway(card: courses.Card, visit: Visit) -> bool:
    """Only the hours or the road stand against it: the family may ask, and the school decides."""
    fit = card.fit
    return is_open(fit.offer, visit.today) and fit.state is None and bool(fit.against) and only_hours(fit.against)


async def for_whom(visit: Visit, at: ForWhom) -> None:
    """Which child: their card says whether the course fits, and offers the application."""
    async with visit.db.read() as tx:
        names = await first_names(tx, visit.person.children)
    course = at.course
    rows = [[Button(name, CourseCard(course=course, at=Place(pupil=pupil).token))] for pupil, name in names.items()]
    rows.append(visit.ways_back(CourseCard(course=course)))
    await visit.show(visit.say("courses-for-whom"), rows)


# ── the shortlist ───────────────────────────────────────────────────────────────────────────────────────────────────


async def starred(visit: Visit, at: Star) -> None:
    where = place(at.at)
    change = keep_in_mind if at.on else put_out_of_mind
    await change(visit.db, where.pupil, at.course, by=visit.person)
    await visit.show(*await _page(visit, at.course, where))


# ── the picture ─────────────────────────────────────────────────────────────────────────────────────────────────────


async def pictured(visit: Visit, at: Picture) -> None:
    """The picture as a message of its own, and the card again below it: a card stays a text that its buttons can change."""
    text, rows = await _page(visit, at.course, place(at.at))
    async with visit.db.read() as tx:
        name, content = await picture_of(tx, at.course)
    await visit.show_below_picture(name, content, text, rows)


async def picture_wanted(visit: Visit, at: NewPicture) -> None:
    where = place(at.at)
    async with visit.db.read() as tx:
        card = await courses.card(tx, at.course, None, visit.today)
    if not may_change(visit.person, card.fit.offer.organization_id):
        raise Refusal("not-yours")
    await visit.talk.begin(Picturing.sending, course=at.course, at=where.token)
    rows = [visit.ways_back(CourseCard(course=at.course, at=where.token))]
    if card.fit.offer.picture_id:
        rows.insert(0, [visit.button("button-picture-remove", NoPicture(course=at.course, at=where.token))])
    await visit.show(visit.say("picture-send", course=brief(card.fit.offer.name), limit=MOST // 2**20), rows)


async def picture_sent(visit: Visit) -> None:
    if visit.file is None:
        raise Refusal("picture-wrong-kind")
    if (visit.file.size or 0) > MOST:
        raise Refusal("picture-too-big", limit=MOST // 2**20)
    content = await visit.read(visit.file)
    data = await visit.talk.data()
    await give_picture(visit.db, int(data["course"]), content, by=visit.person, now=visit.now)
    await visit.talk.end()
    text, rows = await _page(visit, int(data["course"]), place(str(data["at"])))
    await visit.show(lines([visit.say("picture-kept"), text]), rows)


async def picture_gone(visit: Visit, at: NoPicture) -> None:
    await visit.talk.end()
    await take_picture_away(visit.db, at.course, by=visit.person, now=visit.now)
    await visit.show(*await _page(visit, at.course, place(at.at)))


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="course_card")
    link = CommandStart(deep_link=True, magic=F.args.startswith(LINK))
    router.message.register(followed, link, flags=may("courses.see"))
    router.callback_query.register(shown, opens(CourseCard), flags=may("courses.see"))
    router.callback_query.register(for_whom, ForWhom.filter(), flags=may("enrollment.apply"))
    router.callback_query.register(starred, Star.filter(), flags=may("shortlist.keep"))
    router.callback_query.register(pictured, Picture.filter(), flags=may("courses.see"))
    router.callback_query.register(picture_wanted, NewPicture.filter(), flags=may("course.picture"))
    router.callback_query.register(picture_gone, NoPicture.filter(), flags=may("course.picture"))
    command = F.text.startswith("/")
    router.message.register(picture_sent, Picturing.sending, ~command, flags=may("course.picture"))
    return router
