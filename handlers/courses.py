"""The catalogue of courses: for a child, by partner and by direction; a card of each. Strangers may look too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from aiogram import Router
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery, Message

from bot.policy import Person
from bot.refusals import Refusal
from bot.services.clashes import brief, classes_in_words
from bot.services.courses import Catalogue, Fit, being_written, card, catalogue, is_open, times, window
from bot.voice import Say, lines
from handlers.ui import TEXT, Applications, Button, Courses, Rows, back, back_to_menu, may, pager, show
from storage.courses import Child, GroupOffer
from storage.db import Database, Tx
from storage.people import first_name, first_names

PAGE = 8  # courses a page
MOST = 1500  # characters of a description: the card must fit a message


class Listed(CallbackData, prefix="course.list"):
    """A page of the catalogue. pupil 0: for nobody in particular; org 0: of every partner; like 0: of every direction,
    else of the direction of that course."""

    pupil: int
    org: int = 0
    like: int = 0
    page: int = 0


class Filters(CallbackData, prefix="course.filter"):
    """The partners (kind «p») or the directions («d») to choose from."""

    kind: str
    pupil: int
    org: int
    like: int


class Card(CallbackData, prefix="course.card"):
    """A course, and the page of the catalogue to go back to."""

    course: int
    pupil: int
    org: int = 0
    like: int = 0
    page: int = 0


class ForWhom(CallbackData, prefix="course.whom"):
    """Which child the application is for."""

    course: int


async def opened(event: Message | CallbackQuery, db: Database, say: Say, person: Person, today: date) -> None:
    async with db.read() as tx:
        if len(person.pupils) > 1:
            names = await first_names(tx, person.pupils)
            rows = [[Button(name, Listed(pupil=pupil))] for pupil, name in names.items()]
            all_of_them = Button(say.plain("button-courses-all"), Listed(pupil=0))
            await show(event, say("courses-for-whom"), [*rows, [all_of_them], [back_to_menu(say)]])
            return
        at = Listed(pupil=next(iter(person.pupils), 0))
        text, rows = await _list(tx, at, say, person, today)
    await show(event, text, rows)


async def listed(tap: CallbackQuery, callback_data: Listed, db: Database, say: Say, person: Person, today: date) -> None:
    async with db.read() as tx:
        text, rows = await _list(tx, callback_data, say, person, today)
    await show(tap, text, rows)


@dataclass(frozen=True)
class _Choice:
    """What of the catalogue a page is about."""

    fits: Sequence[Fit]
    partner: str | None
    direction: str | None


async def _list(tx: Tx, at: Listed, say: Say, person: Person, today: date) -> tuple[str, list[list[Button]]]:
    found = await catalogue(tx, _for(person, at.pupil), today)
    chosen = _filtered(found, at)
    pages = max(1, -(-len(chosen.fits) // PAGE))
    page = min(max(at.page, 0), pages - 1)
    some = chosen.fits[page * PAGE : (page + 1) * PAGE]
    head = lines([_heading(found, chosen, say), "" if chosen.fits else say("courses-none")])
    text = lines([head, *(_line(fit, say, today) for fit in some), "" if person.id else say("courses-stranger")])
    rows: list[list[Button]] = [[Button(_label(fit, at.pupil), Card(course=fit.offer.id, **_place(at, page)))] for fit in some]
    rows.append(pager(say, page, pages, lambda to: at.model_copy(update={"page": to})))
    writing = being_written(found.child) if found.child and at.pupil in person.children else None
    if writing is not None:
        rows.append([Button(say.plain("button-course-application"), f"apply.draft:{writing}")])
    rows.append(
        [
            Button(say.plain("button-courses-partner"), Filters(kind="p", pupil=at.pupil, org=at.org, like=at.like)),
            Button(say.plain("button-courses-direction"), Filters(kind="d", pupil=at.pupil, org=at.org, like=at.like)),
        ]
    )
    rows.append([*([back(say, Courses())] if len(person.pupils) > 1 else []), back_to_menu(say)])
    return text if len(text) <= TEXT else head, rows  # names nobody has met in a school: the buttons still say them


def _place(at: Listed, page: int) -> dict[str, int]:
    return {"pupil": at.pupil, "org": at.org, "like": at.like, "page": page}


def _for(person: Person, pupil: int) -> int | None:
    """The child the page is for; another's child is refused."""
    if pupil and pupil not in person.pupils:
        raise Refusal("not-yours")
    return pupil or None


def _filtered(found: Catalogue, at: Listed | Filters) -> _Choice:
    directions = {fit.offer.id: fit.offer.direction for fit in found.fits}
    direction = directions.get(at.like)
    partner = next((fit.offer.organization for fit in found.fits if fit.offer.organization_id == at.org), None)
    fits = [
        fit
        for fit in found.fits
        if (not at.org or fit.offer.organization_id == at.org) and (direction is None or fit.offer.direction == direction)
    ]
    return _Choice(fits, partner, direction)


def _heading(found: Catalogue, chosen: _Choice, say: Say) -> str:
    total = len(chosen.fits)
    if found.child is None:
        head = say("courses-all", total=total)
    else:
        fitting = sum(fit.fits for fit in chosen.fits)
        name = brief(first_name(found.child.full_name))
        head = say("courses-for-child", child=name, class_name=found.child.class_name, total=total, fitting=fitting)
    partner = say("courses-by-partner", partner=brief(chosen.partner)) if chosen.partner else ""
    direction = say("courses-by-direction", direction=brief(chosen.direction)) if chosen.direction else ""
    return "\n".join(part for part in (head, partner, direction) if part)


def _line(fit: Fit, say: Say, today: date) -> str:
    offer = fit.offer
    when = "; ".join(words for words in (times(group.hours, say, today) for group in offer.groups) if words)
    parts = [
        say("course-line", course=brief(offer.name), partner=brief(offer.organization)),
        say("course-line-when", when=when or say.plain("course-no-times"), left=offer.left),
    ]
    if fit.state:
        parts.append(say("course-own-state", state=fit.state))
    elif fit.against:
        parts += [say("course-against", why=say.plain(one.key, **one.facts)) for one in fit.against]
    elif not is_open(offer, today):
        parts.append(_said(fit, say, today))
    return "\n".join(parts)


def _said(fit: Fit, say: Say, today: date) -> str:
    sentence = window(fit.offer, today)
    return say(sentence.key, **sentence.facts)


def _label(fit: Fit, pupil: int) -> str:
    mark = "" if not pupil else "✅ " if fit.fits else "▫️ "
    return f"{mark}{brief(fit.offer.name)}"


async def filters(tap: CallbackQuery, callback_data: Filters, db: Database, say: Say, person: Person, today: date) -> None:
    at = callback_data
    async with db.read() as tx:
        found = await catalogue(tx, _for(person, at.pupil), today)
    offers = [fit.offer for fit in found.fits]
    rows: list[list[Button]] = []
    if at.kind == "p":
        text = say("courses-which-partner")
        partners = sorted({(offer.organization, offer.organization_id) for offer in offers})
        rows += [[Button(brief(name), Listed(pupil=at.pupil, org=org, like=at.like))] for name, org in partners]
        everything = Listed(pupil=at.pupil, like=at.like)
    else:
        text = say("courses-which-direction")
        likes = {offer.direction: offer.id for offer in sorted(offers, key=lambda offer: -offer.id)}
        rows += [[Button(brief(name), Listed(pupil=at.pupil, org=at.org, like=like))] for name, like in sorted(likes.items())]
        everything = Listed(pupil=at.pupil, org=at.org)
    rows.append([Button(say.plain("button-courses-unfiltered"), everything)])
    await show(tap, text, [*rows, [back(say, Listed(pupil=at.pupil, org=at.org, like=at.like)), back_to_menu(say)]])


async def carded(tap: CallbackQuery, callback_data: Card, db: Database, say: Say, person: Person, today: date) -> None:
    async with db.read() as tx:
        child, fit = await card(tx, callback_data.course, _for(person, callback_data.pupil), today)
    await show(tap, _card(fit, child, say, today), _card_rows(callback_data, child, fit, say, person, today))


def _card(fit: Fit, child: Child | None, say: Say, today: date) -> str:
    offer = fit.offer
    facts = [
        say("course-title", course=brief(offer.name), partner=brief(offer.organization)),
        "\n".join(
            [
                say("course-direction", direction=brief(offer.direction)),
                say("course-classes", classes=brief(classes_in_words(offer.classes) or say.plain("course-any-class"))),
                *([say("course-hours", hours=offer.length)] if offer.length else []),
            ]
        ),
        "\n".join(_group(group, say, today, named=len(offer.groups) > 1) for group in offer.groups[:6]),
        say("course-seats", left=offer.left, seats=offer.seats) if offer.groups else say("course-no-groups"),
        _said(fit, say, today),
        escape(brief(offer.description or "", MOST), quote=False),  # somebody's own words, no sentence of ours
    ]
    if child is not None:
        facts += _verdict(fit, child, say)
    text = lines(facts)
    return text if len(text) <= TEXT else lines([facts[0], *facts[3:5], *facts[6:]])


def _verdict(fit: Fit, child: Child, say: Say) -> list[str]:
    name = brief(first_name(child.full_name))
    if fit.state:
        return [say("course-own-state", state=fit.state)]
    if fit.fits:
        return [say("course-fits", child=name, class_name=child.class_name)]
    why = [say("course-against", why=say.plain(one.key, **one.facts)) for one in fit.against]
    return [say("course-does-not-fit", child=name, class_name=child.class_name) + "\n" + "\n".join(why)]


def _group(group: GroupOffer, say: Say, today: date, *, named: bool) -> str:
    when = times(group.hours, say, today) or say.plain("course-no-times")
    place = brief(group.place) if group.place else say.plain("course-no-place")
    sentence = say("course-group", when=when, place=place, teacher=brief(group.teacher))
    return say("course-group-named", group=group.code, left=group.left) + "\n" + sentence if named else sentence


def _card_rows(at: Card, child: Child | None, fit: Fit, say: Say, person: Person, today: date) -> Rows:
    rows: list[list[Button]] = []
    can_apply = is_open(fit.offer, today) and fit.fits and fit.state is None
    if at.pupil in person.children and can_apply:
        rows.append([Button(say.plain("button-course-apply"), f"apply.add:{at.course}:{at.pupil}")])
    elif at.pupil == 0 and person.children and is_open(fit.offer, today):
        rows.append([Button(say.plain("button-course-apply"), ForWhom(course=at.course))])
    elif fit.state is not None:
        rows.append([Button(say.plain("button-applications"), Applications())])
    writing = being_written(child) if child is not None and at.pupil in person.children else None
    if writing is not None:
        rows.append([Button(say.plain("button-course-application"), f"apply.draft:{writing}")])
    place = Listed(pupil=at.pupil, org=at.org, like=at.like, page=at.page)
    return [*rows, [back(say, place), back_to_menu(say)]]


async def for_whom(tap: CallbackQuery, callback_data: ForWhom, db: Database, say: Say, person: Person) -> None:
    """Which child: their card says whether the course fits, and offers the application."""
    async with db.read() as tx:
        names = await first_names(tx, person.children)
    rows = [[Button(name, Card(course=callback_data.course, pupil=pupil))] for pupil, name in names.items()]
    rows.append([back(say, Card(course=callback_data.course, pupil=0)), back_to_menu(say)])
    await show(tap, say("courses-for-whom"), rows)


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="courses")
    router.message.register(opened, Command("courses"), flags=may("courses.see"))
    router.callback_query.register(opened, Courses.filter(), flags=may("courses.see"))
    router.callback_query.register(listed, Listed.filter(), flags=may("courses.see"))
    router.callback_query.register(filters, Filters.filter(), flags=may("courses.see"))
    router.callback_query.register(carded, Card.filter(), flags=may("courses.see"))
    router.callback_query.register(for_whom, ForWhom.filter(), flags=may("enrollment.apply"))
    return router
