"""A public page as HTML: what stands on it, in plain words, and the one template that draws all of them."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from bot.documents.invitations import qr_svg

if TYPE_CHECKING:
    from jinja2 import Template

FOLDER = Path(__file__).parent / "templates" / "public"
ASSETS = {"style.css": "text/css; charset=utf-8", "icon.svg": "image/svg+xml"}
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")  # no HTML may hold these, whoever typed them


@dataclass(frozen=True)
class Link:
    """Words that lead somewhere; an empty `href` leads nowhere. `outside`: to a page of somebody else."""

    label: str
    href: str = ""
    here: bool = False  # this is where one is
    outside: bool = False


@dataclass(frozen=True)
class Card:
    """Something of a list: its name, which may lead to its own page, and what is said of it."""

    title: Link
    lines: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Square:
    """A link as a QR, with what it is called and what to do with it."""

    link: str
    alt: str
    caption: str

    @property
    def svg(self) -> str:
        return qr_svg(self.link, any_size=True)


@dataclass(frozen=True)
class Part:
    """A section of a page; without a heading it goes on from the title."""

    heading: str = ""
    text: tuple[str, ...] = ()  # paragraphs
    lines: tuple[Link, ...] = ()
    cards: tuple[Card, ...] = ()
    action: Link | None = None
    square: Square | None = None


@dataclass(frozen=True)
class Search:
    """What a list can be searched for, and the narrowing that stays: name and value."""

    action: str
    label: str
    typed: str
    go: str
    keeps: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Narrowing:
    """By what a list can be narrowed: a line of links each."""

    heading: str
    opened: bool
    rows: tuple[tuple[str, tuple[Link, ...]], ...]
    search: Search
    clear: Link | None
    skip: str  # past all of it, for whoever has it read aloud or reads it as text


@dataclass(frozen=True)
class Frame:
    """What stands around every page."""

    language: str
    name: str
    home: str
    style: str
    icon: str
    skip: str
    menu_label: str
    menu: tuple[Link, ...]
    foot: str
    printed: str


@dataclass(frozen=True)
class Page:
    frame: Frame
    title: str
    lead: tuple[str, ...] = ()
    about: str = ""  # what a messenger shows of it beside a link
    back: Link | None = None
    narrowing: Narrowing | None = None
    parts: tuple[Part, ...] = ()
    pages: tuple[Link, ...] = ()  # to leaf through
    pages_label: str = ""


def public_html(page: Page) -> bytes:
    return _UNPRINTABLE.sub("", _template().render(page=page, frame=page.frame)).encode()


@cache
def asset(name: str) -> bytes:
    """The style, or the icon."""
    return (FOLDER / name).read_bytes()


@cache
def tag(name: str) -> str:
    """Of an asset's content: its address changes with it, so that it may be kept for ever."""
    return hashlib.sha256(asset(name)).hexdigest()[:12]


@cache
def _template() -> Template:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    house = Environment(
        autoescape=True, undefined=StrictUndefined, loader=FileSystemLoader(FOLDER), trim_blocks=True, lstrip_blocks=True
    )
    return house.get_template("page.html")
