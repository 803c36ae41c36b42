"""Invitations on A4, eight a page, to print and cut: name, class, QR of the deep link, the code in letters."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any, Protocol

from bot.cells import clean
from bot.documents.typeset import pages, pdf
from bot.voice import Say

SOURCE = Path(__file__).parent / "templates" / "invitations.typ"
A_PAGE = 8


class Invited(Protocol):
    """An invitation just made (bot/services/people/invitations.py)."""

    @property
    def payload(self) -> str: ...
    @property
    def letters(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def for_whom(self) -> str: ...
    @property
    def first_name(self) -> str: ...
    @property
    def where(self) -> str: ...
    @property
    def expires_at(self) -> datetime: ...


def invitations_pdf(invited: Sequence[Invited], username: str | None, say: Say) -> bytes:
    """The sheets as PDF. Without the bot's username there is no QR, and a line to write the bot's name on by hand."""
    return pdf(SOURCE, _data(invited, username, say))


def invitations_png(invited: Sequence[Invited], username: str | None, say: Say, *, ppi: float = 144) -> list[bytes]:
    """The same as pictures, one a page."""
    return pages(SOURCE, _data(invited, username, say), ppi=ppi)


def deep_link(username: str, payload: str) -> str:
    return f"https://t.me/{username}?start={payload}"


def qr_svg(link: str, *, any_size: bool = False) -> str:
    """The QR of a link with the four modules of quiet around it that the standard wants. `any_size`: as large as its place."""
    import segno

    return segno.make_qr(link, error="m").svg_inline(border=4, svgclass=None, lineclass=None, omitsize=any_size)


def qr_png(link: str) -> bytes:
    """The same as a picture, large enough to be printed."""
    import segno

    made = BytesIO()
    segno.make_qr(link, error="m").save(made, kind="png", scale=10, border=4)
    return made.getvalue()


def _data(invited: Sequence[Invited], username: str | None, say: Say) -> dict[str, Any]:
    return {
        "language": say.language,
        "title": say.plain("sheet-title"),
        "words": {"code": say.plain("sheet-code")},
        "cards": [_card(each, username, say) for each in invited],
    }


def _card(each: Invited, username: str | None, say: Say) -> dict[str, str]:
    return {
        "qr": qr_svg(deep_link(username, each.payload)) if username else "",
        "bot": f"@{username}" if username else say.plain("sheet-bot"),
        "name": clean(each.first_name if each.role in ("guardian", "student") else each.for_whom),
        "where": clean(each.where),
        "letters": each.letters,
        "what": _what(each.role, say),
        "how": say.plain("sheet-scan") if username else say.plain("sheet-type"),
        "until": say.plain("sheet-until", until=each.expires_at),
    }


def _what(role: str, say: Say) -> str:
    match role:
        case "guardian":
            return say.plain("sheet-guardian")
        case "student":
            return say.plain("sheet-student")
        case "teacher":
            return say.plain("sheet-teacher")
        case "partner":
            return say.plain("sheet-partner")
        case _:
            return say.plain("sheet-office")
