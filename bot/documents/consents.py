"""Consents on paper: processing, each partner by name, the messenger, photographs; a document for each purpose."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.cells import clean
from bot.documents.names import declined
from bot.documents.paper import paper
from bot.documents.school_papers import OF_AGE_TO_SIGN, age, head_facts, long_day, short_day
from storage.papers.consents import Recipient, Subject
from storage.papers.papers import School

CONSENT = "consent.docx"


def consents_docx(
    children: Sequence[Subject],
    school: School,
    partners: Sequence[Recipient],
    *,
    today: date,
    zone: ZoneInfo,
    own: Path | None = None,
) -> bytes:
    """The four documents for each child, to print and sign; what the bot does not hold is a line to write on.

    What was agreed to in the bot is said below, with its day: a tap is intent, the signature is on paper.
    """
    facts = {
        **head_facts(school, today, today.year, own),
        "children": [_child(one, partners, today, zone) for one in children],
    }
    return paper(CONSENT, facts, own)


def _child(one: Subject, partners: Sequence[Recipient], today: date, zone: ZoneInfo) -> dict[str, Any]:
    def said(purpose: str, organization_id: int | None = None, *, short: bool = False) -> str:
        at = one.given.get((purpose, organization_id))
        day = at.astimezone(zone).date() if at else None
        return "" if day is None else short_day(day) if short else long_day(day)

    return {
        "name": clean(one.child),
        "name_genitive": declined(clean(one.child), "genitive"),
        "class_name": clean(one.class_name) or "______",
        "birth": short_day(one.birth_date) if one.birth_date else "___.___.______",
        "guardian": clean(one.guardian),
        "cosigned": one.birth_date is not None and age(one.birth_date, today) >= OF_AGE_TO_SIGN,
        "processing": said("processing"),
        "messages": said("messages"),
        "photographs": said("photographs"),
        "partners": [
            {
                "number": number,
                "name": clean(each.name),
                "address": clean(each.address),
                "said": said("partner", each.id, short=True) or "—",
            }
            for number, each in enumerate(partners, 1)
        ],
    }
