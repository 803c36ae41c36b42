"""The network's public pages in words: the bot's own sentences of a course, as links and lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import unescape
from itertools import groupby

from bot.documents.invitations import deep_link
from bot.documents.public import Card, Frame, Link, Narrowing, Page, Part, Search, Square, tag
from bot.paging import Page as Paged
from bot.services.courses.catalogue import LINK, times
from bot.services.courses.clashes import brief, classes_in_words
from bot.services.courses.offered import is_open
from bot.services.courses.places import Place
from bot.services.courses.search import meant
from bot.services.public.pages import Listed, Narrowed
from bot.voice import Say
from bot.words import courses as course_words
from storage.courses.courses import GroupOffer, Offer
from storage.public.public import Member, Published
from storage.resources.resources import Shown

NAME, HOURS, TEXT = 120, 200, 1500  # characters of a name in a list, of a course's hours in it, of a description
IN_LIST = 150  # … of a description in a list
LAST_YEAR = 11  # of school
_SITE = re.compile(r"(https?://)?[^\s/@:]+\.[^\s/@:]{2,}(:\d+)?(/\S*)?", re.IGNORECASE)
_PHONE = re.compile(r"[+\d][\d\s()\-–]{4,24}")


@dataclass(frozen=True)
class Ways:
    """Where the pages are: the address they have outside, its path, and what the bot is called."""

    address: str
    base: str
    username: str
    say: Say
    today: date

    def to(self, path: str = "") -> str:
        return f"{self.base}/{path}"

    def frame(self, path: str | None) -> Frame:
        """Around the page of this path; None: around one that is not there."""
        say = self.say
        menu = (
            Link(say.plain("public-courses"), self.to(), here=path == ""),
            Link(say.plain("public-resources"), self.to("resources"), here=path == "resources"),
            Link(say.plain("public-network"), self.to("network"), here=path == "network"),
            Link(say.plain("public-agreements"), self.to("agreements"), here=path == "agreements"),
        )
        return Frame(
            language=say.language,
            name=say.plain("public-name"),
            home=self.to(),
            style=self.to(f"style.css?{tag('style.css')}"),
            icon=self.to(f"icon.svg?{tag('icon.svg')}"),
            skip=say.plain("public-skip"),
            menu_label=say.plain("public-menu"),
            menu=menu,
            foot=say.plain("public-foot"),
            printed=say.plain("public-printed", address=f"{self.address}/{path or ''}", day=self.today),
        )

    def bot(self, payload: str) -> str:
        return deep_link(self.username, payload)


# ── the catalogue ───────────────────────────────────────────────────────────────────────────────────────────────────


def index_page(of: Listed, ways: Ways) -> Page:
    """The catalogue: a page of it, and the ways to narrow it."""
    say, at, found = ways.say, of.at, of.found
    year = say.plain("public-year", year=found.year.name)
    nothing = course_words.empty(found, _place(at), say, loads=False)
    cards = tuple(_in_list(fit.offer, ways) for fit in found.fits)
    counted = say.plain("public-count", total=found.total) if found.total else ""
    parts = [Part(counted, (unescape(nothing),) if nothing else (), cards=cards)]
    parts += [_way_in(ways, f"{LINK}0", [say.plain("public-how-any")], say.plain("public-scan-any"))]
    return Page(
        frame=ways.frame(""),
        title=say.plain("public-name"),
        lead=(year, say.plain("public-lead")),
        about=say.plain("public-lead"),
        narrowing=_narrowing(of, ways) if found.total or at.any else None,
        parts=tuple(parts),
        pages=_leafing(found.page, found.pages, lambda page: ways.to() + at.query(page=page), say),
        pages_label=say.plain("public-pages"),
    )


def _place(at: Narrowed) -> Place:
    return Place(organization=at.partner, like=at.like, year=at.year, accessible=at.accessible, words=meant(at.typed))


def _in_list(offer: Offer, ways: Ways) -> Card:
    say, today = ways.say, ways.today
    hours = brief(course_words.when(offer, say, today), HOURS)
    said = [
        brief(offer.organization, NAME),
        _classes(offer, say),
        say.plain("course-group-when", when=hours),
        *_seats(offer, say),
        unescape(course_words.until(offer, say, today)),
    ]
    return Card(Link(brief(offer.name, NAME), ways.to(f"courses/{offer.id}")), tuple(Link(words) for words in said))


def _narrowing(of: Listed, ways: Ways) -> Narrowing:
    say, at = ways.say, of.at
    rows = [
        (say.plain("public-direction"), _choices(at, "like", _same(of.directions, of), ways)),
        (say.plain("public-partner"), _choices(at, "partner", of.partners, ways)),
        (say.plain("public-class"), _choices(at, "year", {year: str(year) for year in range(1, LAST_YEAR + 1)}, ways)),
    ]
    if of.found.accessible or at.accessible:
        rows.append((say.plain("public-open"), _choices(at, "accessible", {True: say.plain("button-courses-accessible")}, ways)))
    kept = {"like": at.like, "partner": at.partner, "class": at.year, "open": int(at.accessible)}
    keeps = tuple((name, str(value)) for name, value in kept.items() if value)
    search = Search(ways.to(), say.plain("public-search"), at.typed, say.plain("public-search-go"), keeps)
    clear = Link(say.plain("button-courses-unfiltered"), ways.to()) if at.any else None
    return Narrowing(say.plain("public-narrow"), at.any, tuple(rows), search, clear, say.plain("public-skip-list"))


def _same(directions: Mapping[int, str], of: Listed) -> dict[int, str]:
    """The direction an address names may do so by any course of it: that one stands in the list."""
    return {of.at.like if name == of.found.direction else like: name for like, name in directions.items()}


def _choices(at: Narrowed, field: str, choices: Mapping[int, str], ways: Ways) -> tuple[Link, ...]:
    chosen = getattr(at, field)
    every = Link(ways.say.plain("public-every"), ways.to() + at.query(**{field: 0}), here=not chosen)
    found = [
        Link(brief(name, NAME), ways.to() + at.query(**{field: value}), here=value == chosen) for value, name in choices.items()
    ]
    return (every, *found)


def _leafing(page: int, pages: int, to: Callable[[int], str], say: Say) -> tuple[Link, ...]:
    if pages == 1:
        return ()
    before = (Link(say.plain("public-before"), to(page - 1)),) if page else ()
    here = (Link(say.plain("public-page", page=page + 1, pages=pages)),)
    after = (Link(say.plain("public-after"), to(page + 1)),) if page + 1 < pages else ()
    return (*before, *here, *after)


# ── a course ────────────────────────────────────────────────────────────────────────────────────────────────────────


def course_page(offer: Offer, ways: Ways) -> Page:
    """All about a course but who teaches it: names of staff are not published."""
    say, today = ways.say, ways.today
    facts = [say.plain("course-direction", direction=brief(offer.direction, NAME)), _classes(offer, say)]
    facts += [say.plain("course-hours", hours=offer.length)] if offer.length else []
    facts += [say.plain("course-accessible")] if offer.accessible else []
    told = brief(offer.description or "", TEXT).splitlines()
    window = (course_words.until(offer, say, today), course_words.how_places_are_given(offer, say, today))
    how = [say.plain("public-how")] if is_open(offer, today) else []
    parts = (
        Part(say.plain("public-about"), tuple(line.strip() for line in told if line.strip()), _lines(facts)),
        Part(say.plain("public-when"), cards=_groups(offer, say, today), lines=_lines(_seats(offer, say))),
        _way_in(ways, f"{LINK}{offer.id}", [*map(unescape, window), *how], say.plain("public-scan")),
        _who_gives(offer, ways),
    )
    return Page(
        frame=ways.frame(f"courses/{offer.id}"),
        title=brief(offer.name),
        lead=(brief(offer.organization),),
        about=" · ".join((brief(offer.organization, NAME), _classes(offer, say), *map(unescape, window[:1]))),
        back=Link(say.plain("public-all-courses"), ways.to()),
        parts=parts,
    )


def _groups(offer: Offer, say: Say, today: date) -> tuple[Card, ...]:
    several = len(offer.groups) > 1
    return tuple(_group(group, say, today, several=several) for group in offer.groups)


def _group(group: GroupOffer, say: Say, today: date, *, several: bool) -> Card:
    hours = times(group.hours, say, today) or say.plain("course-no-times")
    place = brief(group.place, NAME) if group.place else say.plain("course-no-place")
    said = [say.plain("course-group-where", place=place)]
    when = say.plain("course-group-when", when=hours)
    if not several:
        return Card(Link(when), _lines(said))
    seats = say.plain("course-seats", left=group.left, seats=group.seats)
    return Card(Link(say.plain("public-group", group=group.code)), _lines([when, *said, seats]))


def _way_in(ways: Ways, payload: str, how: Sequence[str], scan: str) -> Part:
    """How one applies: the bot's link and its square. As long as nobody knows what the bot is called: the words."""
    say = ways.say
    heading, text = say.plain("public-apply"), tuple(how)
    if not ways.username:
        return Part(heading, text)
    link = ways.bot(payload)
    action = Link(say.plain("button-course-open"), link, outside=True)
    return Part(heading, text, action=action, square=Square(link, say.plain("public-square", link=link), scan))


def _who_gives(offer: Offer, ways: Ways) -> Part:
    say = ways.say
    lines = [Link(brief(offer.organization))]
    lines += [Link(unescape(say("course-resource")))] if offer.resource else []
    lines += _contacts((offer.address, offer.phone, offer.site), say)
    theirs = ways.to() + Narrowed().query(partner=offer.organization_id)
    return Part(say.plain("public-by"), lines=(*lines, Link(say.plain("public-their-courses"), theirs)))


def _classes(offer: Offer, say: Say) -> str:
    return say.plain("course-classes", classes=brief(classes_in_words(offer.classes) or say.plain("course-any-class"), NAME))


def _seats(offer: Offer, say: Say) -> list[str]:
    if not offer.groups:
        return [say.plain("course-no-groups")]
    return [say.plain("course-seats", left=offer.left, seats=offer.seats)]


def _lines(said: Sequence[str]) -> tuple[Link, ...]:
    return tuple(Link(words) for words in said)


# ── the network and its agreements ──────────────────────────────────────────────────────────────────────────────────


def network_page(members: Sequence[Member], teaching: Collection[int], ways: Ways) -> Page:
    """Who is in the network; `teaching`: those with courses to choose from."""
    say = ways.say
    bases, partners = [one for one in members if one.base], [one for one in members if not one.base]
    parts = [
        Part(say.plain("public-bases"), cards=tuple(_member(one, teaching, ways) for one in bases)),
        Part(say.plain("public-partners"), cards=tuple(_member(one, teaching, ways) for one in partners)),
    ]
    lead = say.plain("public-network-lead")
    nobody = (Part(text=(say.plain("public-network-none"),)),)
    shown = tuple(part for part in parts if part.cards) or nobody
    return Page(ways.frame("network"), say.plain("public-network"), (lead,), lead, parts=shown)


def _member(one: Member, teaching: Collection[int], ways: Ways) -> Card:
    say = ways.say
    lines = [Link(unescape(say("course-resource")))] if one.resource and not one.base else []
    lines += _contacts((one.address, one.phone, one.site), say)
    if one.id in teaching:
        lines.append(Link(say.plain("public-their-courses"), ways.to() + Narrowed().query(partner=one.id)))
    return Card(Link(brief(one.name)), tuple(lines))


def _contacts(of: tuple[str | None, str | None, str | None], say: Say) -> list[Link]:
    """Address, telephone and site; what is no telephone or no address of a site is shown and leads nowhere."""
    address, phone, site = of
    found = [Link(say.plain("public-address", address=brief(address, NAME)))] if address else []
    if phone:
        digits = re.sub(r"[^\d+]", "", phone)
        href = f"tel:{digits}" if _PHONE.fullmatch(phone.strip()) else ""
        found.append(Link(say.plain("course-phone", phone=brief(phone, 60)), href))
    if site:
        found.append(Link(say.plain("course-site", site=brief(site, 200)), _address_of(site.strip()), outside=True))
    return found


def _address_of(site: str) -> str:
    """Where a site as the workbook has it leads: nowhere, unless it is an address of the web or a bare name."""
    met = _SITE.fullmatch(site)
    if met is None:
        return ""
    return site if met[1] else f"https://{site}"


def agreements_page(found: Sequence[Published], ways: Ways) -> Page:
    """The agreements in force that are published, by school."""
    say = ways.say
    schools = {
        name: tuple(_agreement(one, ways) for one in some) for name, some in groupby(found, key=lambda one: brief(one.school))
    }
    parts = [Part(name, cards=cards) for name, cards in schools.items()]
    parts = parts or [Part(text=(say.plain("public-agreements-none"),))]
    lead = say.plain("public-agreements-lead")
    return Page(ways.frame("agreements"), say.plain("public-agreements"), (lead,), lead, parts=tuple(parts))


def _agreement(one: Published, ways: Ways) -> Card:
    say = ways.say
    lines = [Link(brief(one.partner)), Link(say.plain("public-agreement-until", day=one.ends_on))]
    if one.size:
        file = say.plain("public-agreement-file", size=max(one.size // 1024, 1))
        lines.append(Link(file, ways.to(f"agreements/{one.id}/file")))
    if one.url:
        lines.append(Link(say.plain("public-agreement-link"), one.url, outside=True))
    return Card(Link(say.plain("agreement-name", side=one.side, number=brief(one.number, NAME), day=one.signed_on)), tuple(lines))


# ── resources ───────────────────────────────────────────────────────────────────────────────────────────────────────


def resources_page(found: Paged[Shown], ways: Ways) -> Page:
    """What the network shares, by kind."""
    say = ways.say
    parts = [
        Part(say.plain("resource-kind", kind=kind), cards=tuple(_resource(one, say) for one in some))
        for kind, some in groupby(found.some, key=lambda one: one.kind)
    ]
    parts = parts or [Part(text=(say.plain("resources-none", loads="no"),))]
    lead = say.plain("public-resources-lead")
    leaf = _leafing(found.number, found.of, lambda page: ways.to("resources") + Narrowed().query(page=page), say)
    frame, title = ways.frame("resources"), say.plain("public-resources")
    return Page(frame, title, (lead,), lead, parts=tuple(parts), pages=leaf, pages_label=say.plain("public-pages"))


def _resource(one: Shown, say: Say) -> Card:
    said = [Link(brief(one.organization, NAME))]
    said += [Link(say.plain("resource-what", what=brief(one.description, IN_LIST)))] if one.description else []
    said += [Link(say.plain("resource-where", place=brief(one.place, NAME)))] if one.place else []
    said += [Link(say.plain("resource-sets", kind=one.kind, count=one.seats))] if one.seats else []
    said += [Link(say.plain("resource-whom", whom=brief(one.whom, NAME)))] if one.whom else []
    if one.link:
        said.append(Link(say.plain("resource-link", link=brief(one.link, NAME)), _address_of(one.link.strip()), outside=True))
    return Card(Link(brief(one.name, NAME)), tuple(said))


# ── what is not there ───────────────────────────────────────────────────────────────────────────────────────────────


def missing_page(ways: Ways) -> Page:
    """404: the way back to the courses."""
    say = ways.say
    back = Link(say.plain("public-all-courses"), ways.to())
    return Page(ways.frame(None), say.plain("public-nothing-here"), (say.plain("public-nothing-here-lead"),), back=back)


def refused_page(ways: Ways) -> Page:
    """405: pages are only opened."""
    say = ways.say
    back = Link(say.plain("public-all-courses"), ways.to())
    return Page(ways.frame(None), say.plain("public-not-so"), (say.plain("public-not-so-lead"),), back=back)
