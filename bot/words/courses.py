"""A course in words: a line of the catalogue, the card, what the catalogue is narrowed to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape

from bot.services.courses.catalogue import Card, Catalogue, Fit, times, window
from bot.services.courses.clashes import Against, brief, classes_in_words, year_of
from bot.services.courses.offered import is_open
from bot.services.courses.places import Place
from bot.visit import TEXT
from bot.voice import Say, lines, weekday_names
from bot.words.clashes import why_not
from bot.words.years import class_of_child
from storage.courses.courses import Child, GroupOffer, Offer
from storage.network.years import ahead
from storage.people.people import first_name

MOST = 1500  # characters of a description: the card must fit a message
GROUPS = 6  # groups of a course that a card shows
LABEL = 38  # characters of a button that a telephone 390 pixels wide shows whole


def heading(found: Catalogue, at: Place, say: Say, today: date, *, own: bool) -> str:
    """For whom, how many, and narrowed to what. `own`: it is the pupil who reads."""
    if found.child is None:
        head = say("courses-all", total=found.total, year=ahead(found.year.year, today))
    else:
        name = brief(first_name(found.child.full_name))
        facts = {"child": name, "class_name": class_of_child(found.child, say)}
        reader = "pupil" if own else "other"
        head = say("courses-for-child", **facts, total=found.total, fitting=found.fitting, reader=reader)
    narrowed = narrowed_to(at, say, child=found.child, partner=found.partner, direction=found.direction)
    return "\n".join([head, *([say("courses-narrowed", what=" · ".join(narrowed))] if narrowed else [])])


def narrowed_to(at: Place, say: Say, *, child: Child | None, partner: str | None, direction: str | None) -> list[str]:
    """What the catalogue is narrowed to, in plain words."""
    said = []
    if at.words:
        said.append(say.plain("narrowed-words", words=" ".join(f"{word}…" for word in at.words)))
    if at.starred:
        said.append(say.plain("narrowed-starred"))
    if at.accessible:
        said.append(say.plain("narrowed-accessible"))
    if at.fits and child is not None:
        said.append(say.plain("narrowed-fits"))
    if at.year:
        own = child is not None and year_of(child.class_name) == at.year
        said.append(say.plain("narrowed-class", name=child.class_name if own and child else str(at.year)))
    if partner:
        said.append(brief(partner))
    if direction:
        said.append(brief(direction))
    if at.day:
        said.append(weekday_names(say.language, "full")[at.day - 1])
    return said


def empty(found: Catalogue, at: Place, say: Say, *, loads: bool) -> str:
    """Nothing to show: why, and what to do. `loads`: whoever looks is the one who sends the network's workbook."""
    if found.total:
        return ""
    if at.words:
        return say("courses-none-words")
    if at.starred:
        return say("courses-none-starred")
    if at.narrowed:
        return say("courses-none-narrowed")
    return say("courses-none-load") if loads else say("courses-none")


def notes(fits: Sequence[Fit], say: Say, today: date) -> list[str]:
    """What a list says of its courses besides their buttons; a window that is shut for all of them alike is said once."""
    shut = {"" if fit.state or is_open(fit.offer, today) else until(fit.offer, say, today) for fit in fits}
    alike = len(fits) > 1 and len(shut) == 1 and "" not in shut
    return [*(shut if alike else ()), *(line(fit, say, today, windows=not alike) for fit in fits)]


def line(fit: Fit, say: Say, today: date, *, windows: bool = True) -> str:
    """What a list says of a course: why it does not fit, when it takes applications, a name too long for a button. Mostly
    nothing.
    """
    offer, said = fit.offer, []
    if len(offer.name) > LABEL - len("✅ "):
        said.append(say("course-line-when", when=when(offer, say, today), left=offer.left))
    if not fit.state:
        said += [say("course-against", why=why_not(one, say)) for one in fit.against]
        said += [until(offer, say, today)] if windows and not fit.against and not is_open(offer, today) else []
    return "\n".join([say("course-line", course=brief(offer.name)), *said]) if said else ""


def _own(state: str, say: Say) -> str:
    return say("course-own-enrolled") if state == "enrolled" else say("course-own-state", state=state)


def when(offer: Offer, say: Say, today: date) -> str:
    """The hours of all its groups."""
    said = "; ".join(words for words in (times(group.hours, say, today) for group in offer.groups) if words)
    return said or say.plain("course-no-times")


def until(offer: Offer, say: Say, today: date) -> str:
    """The window of applications."""
    sentence = window(offer, today)
    return say(sentence.key, **sentence.facts)


def how_places_are_given(offer: Offer, say: Say, today: date) -> str:
    """By the draw, and when; or to whoever came first."""
    if offer.selection == "queue":
        return say("places-by-arrival")
    if offer.closes_on is None:
        return say("places-by-draw")
    if offer.closes_on == today:  # beside «сегодня последний день»: «спешить не нужно» would take it back
        return say("places-by-draw-today", day=offer.closes_on)
    return say("places-by-draw-after", day=offer.closes_on) if today < offer.closes_on else say("places-by-draw-now")


# The mark of a course the child has, or has asked for.
_OWN = {"enrolled": "🎓 "} | dict.fromkeys(
    ("draft", "submitted", "returned", "approved", "requested", "reserve", "offered"), "📝 "
)


def label(fit: Fit, at: Place, starred: bool, say: Say, today: date) -> str:
    """A course's button: its name, and beside it, where it fits a line of a telephone, when it is and how many seats are left."""
    mark = "" if not at.pupil else _OWN.get(fit.state or "", "✅ " if fit.fits else "▫️ ")
    named = f"{mark}{brief(fit.offer.name)}{' ⭐' if starred and not at.starred else ''}"
    return next((whole for aside in _asides(fit, say, today) if len(whole := f"{named} · {aside}") <= LABEL), named)


def _asides(fit: Fit, say: Say, today: date) -> list[str]:
    """What may stand beside a name, the fullest first."""
    if fit.state:
        return [say.plain("course-aside-own", state=fit.state)]
    if fit.against:
        return []  # the list says why
    hours, left = when(fit.offer, say, today), fit.offer.left
    seats = say.plain("course-aside-seats", left=left)
    return [say.plain("course-aside", when=hours, left=left), *((hours, seats) if left else (seats, hours))]


def card(of: Card, say: Say, today: date, *, own: bool = False) -> str:
    """All about a course, for the child it is looked at for; `own`: who looks is that child."""
    known = of.fit.state is not None  # already applied for: its group is not to be chosen any more
    verdict = _verdict(of.fit, of.child, say, own=own) if of.child is not None else []
    return about(of.fit, say, today, groups={} if known else of.groups, verdict=verdict)


def about(
    fit: Fit,
    say: Say,
    today: date,
    *,
    groups: Mapping[int, Sequence[Against]] | None = None,
    seats: bool = True,
    verdict: Sequence[str] = (),
) -> str:
    """All about a course. `seats` False: for a message that stays, where places would soon be wrong; `verdict`: whether it fits a child."""
    offer, groups = fit.offer, groups or {}
    facts = [
        say("course-title", course=brief(offer.name), partner=brief(offer.organization)),
        "\n".join(
            [
                say("course-direction", direction=brief(offer.direction)),
                say("course-classes", classes=brief(classes_in_words(offer.classes) or say.plain("course-any-class"))),
                *([say("course-hours", hours=offer.length)] if offer.length else []),
                *([say("course-accessible")] if offer.accessible else []),
            ]
        ),
        "\n\n".join(
            _group(group, say, today, groups.get(group.id), named=seats and len(offer.groups) > 1)
            for group in offer.groups[:GROUPS]
        ),
        _seats(offer, say) if seats else "",
        "\n".join([until(offer, say, today), how_places_are_given(offer, say, today)]),
        escape(brief(offer.description or "", MOST), quote=False),  # somebody's own words, no sentence of ours
        _partner(offer, say),
    ]
    facts += verdict
    text = lines(facts)
    return text if len(text) <= TEXT else lines([facts[0], *facts[3:5], *facts[6:]])


def _partner(offer: Offer, say: Say) -> str:
    """How to reach whoever gives the course, and what kind of partner it is."""
    said = [say("course-resource")] if offer.resource else []
    said += [say("course-phone", phone=brief(offer.phone, 60))] if offer.phone else []
    said += [say("course-site", site=brief(offer.site, 200))] if offer.site else []
    return "\n".join(said)


def _seats(offer: Offer, say: Say) -> str:
    return say("course-seats", left=offer.left, seats=offer.seats) if offer.groups else say("course-no-groups")


def _verdict(fit: Fit, child: Child, say: Say, *, own: bool) -> list[str]:
    name, own_page = brief(first_name(child.full_name)), "yes" if own else "no"
    if fit.state:
        return [_own(fit.state, say)]
    if fit.fits:
        return [say("course-fits", own=own_page, child=name, class_name=class_of_child(child, say))]
    why = [say("course-against", why=why_not(one, say)) for one in fit.against]
    head = say("course-does-not-fit", own=own_page, child=name, class_name=class_of_child(child, say))
    return [head + "\n" + "\n".join(why)]


def _group(group: GroupOffer, say: Say, today: date, against: Sequence[Against] | None, *, named: bool) -> str:
    hours = times(group.hours, say, today) or say.plain("course-no-times")
    place = brief(group.place) if group.place else say.plain("course-no-place")
    sentence = say("course-group", when=hours, place=place, teacher=brief(group.teacher))
    if not named:
        return sentence
    parts = [say("course-group-named", group=group.code, left=group.left), sentence]
    if against is not None:
        whys = [say("course-against", why=why_not(one, say)) for one in against]
        parts += whys or [say("course-group-fits")]
    return "\n".join(parts)
