"""A document of learning: the paper that is signed (DOCX, the organization's own template wins) and the family's copy (PDF)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal, TypeAlias

from babel.dates import format_date

from bot.cells import clean
from bot.documents.invitations import deep_link, qr_png, qr_svg
from bot.documents.names import sex
from bot.documents.paper import Picture, paper
from bot.documents.typeset import pdf
from storage.network.years import usual, year_of

Kind: TypeAlias = Literal["certificate", "note"]
TEMPLATES: dict[str, str] = {"certificate": "certificate.docx", "note": "certificate_note.docx"}
SOURCE = Path(__file__).parent / "templates" / "certificate.typ"
ACROSS = 32  # millimetres of the square on the paper that is signed
BLANK = "____________________"
SAID_OF = {  # by what the patronymic tells
    "male": ("обучался", "учащегося"),
    "female": ("обучалась", "учащейся"),
    None: ("обучался (обучалась)", "учащегося (учащейся)"),
}
RESULTS = {
    "completed": "программа освоена полностью",
    "failed": "программа освоена частично, итоговый результат не достигнут",
    "left": "программа освоена частично, обучение прекращено до её окончания",
    "continues": "программа освоена частично, обучение продолжается",
    "unfinished": "программа освоена частично, итог не подведён",
}


@dataclass(frozen=True)
class Stated:
    """A document as its register has it."""

    number: int
    kind: str
    facts: Mapping[str, Any]
    payload: str  # of its link


def certificate_docx(stated: Sequence[Stated], username: str | None, own: Path | None = None) -> bytes:
    """These documents of one kind to print, sign and stamp, a page each. Refusals: a template's (bot/documents/paper.py)."""
    facts = [_facts(one, username) | {"qr": _qr(one, username)} for one in stated]
    return paper(TEMPLATES[stated[0].kind], {"certificates": facts}, own)


def certificate_pdf(stated: Sequence[Stated], username: str | None) -> bytes:
    """The family's copies, a page each."""
    return pdf(SOURCE, _data(stated, username))


def _data(stated: Sequence[Stated], username: str | None) -> dict[str, Any]:
    def square(one: Stated) -> str:
        return qr_svg(deep_link(username, one.payload)) if username else ""

    return {"pages": [_facts(one, username) | {"qr": square(one)} for one in stated]}


def _qr(one: Stated, username: str | None) -> Picture | str:
    if not username:
        return ""
    return Picture(qr_png(deep_link(username, one.payload)), ACROSS)


def _facts(one: Stated, username: str | None) -> dict[str, Any]:
    """The words of a document, as both papers say them."""
    said = one.facts
    made = {
        "kind": one.kind,
        "number": one.number,
        "day": long_day(said["day"]),
        "first": long_day(said["first"]),
        "last": long_day(said["last"]),
        "year": usual(year_of(date.fromisoformat(said["last"]))).name,
        "head": clean(said["head"]) or BLANK,
        "hours": said["hours"],
        "result": RESULTS[said["result"]],
        "link": deep_link(username, one.payload) if username else "",
    }
    made["studied"], made["of_pupil"] = SAID_OF[sex(clean(said["child"]))]
    made |= {name: clean(said[name]) for name in ("child", "organization", "licence", "address", "course", "direction")}
    if one.kind == "note":
        told = said["lessons"]
        made |= {
            "held": said["held"],
            "attended": "—" if said["attended"] is None else said["attended"],
            "attendance": f"{said['present']} из {told}" if told else "журнал не заполнен",
        }
    return made


def long_day(iso: str) -> str:
    """«28 мая 2027 г.»"""
    return f"{format_date(date.fromisoformat(iso), 'd MMMM y', locale='ru')} г."
