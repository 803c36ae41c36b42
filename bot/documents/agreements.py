"""The agreement of a school with a partner, as a paper to sign: one that teaches, or one that lends resources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.cells import clean
from bot.documents.paper import paper
from bot.documents.school_papers import BLANK, head_facts, long_day
from bot.documents.titles import acting, represented, titled
from storage.papers.agreements import Party, Taught
from storage.papers.papers import School

TEMPLATES_OF = {"teaching": "agreement.docx", "resource": "agreement_resource.docx"}


@dataclass(frozen=True)
class Contract:
    """What an agreement says."""

    school: School
    base: Party
    partner: Party
    side: str  # teaching | resource
    day: date
    term: tuple[date, date]
    courses: Sequence[Taught]
    pupils: int  # who learn with the partner on that day
    year: int
    number: str = ""  # empty: a draft


def agreement_docx(contract: Contract, own: Path | None = None) -> bytes:
    """The paper; whatever the workbook does not say is a line to fill in by hand."""
    school, base, partner = contract.school, contract.base, contract.partner
    director, head = clean(base.head) or clean(school.director), clean(partner.head)
    post = clean(base.head_post) or clean(school.director_post) or "директор"
    facts = {
        **head_facts(school, contract.day, contract.year, own),
        "number": clean(contract.number),
        "day": long_day(contract.day),
        "starts": long_day(contract.term[0]) + " г.",
        "ends": long_day(contract.term[1]) + " г.",
        "director": director or BLANK,
        "director_post": titled(post),
        "represented": represented(post, director) if director else "",
        "acting": acting(director),
        "school_licence": clean(base.licence),
        "school_acts_on": clean(base.acts_on),
        "school_phone": clean(base.phone),
        "school_site": clean(base.site),
        "school_details": clean(base.details),
        "partner": clean(partner.name),
        "partner_address": clean(partner.address),
        "partner_licence": clean(partner.licence),
        "partner_phone": clean(partner.phone),
        "partner_site": clean(partner.site),
        "partner_details": clean(partner.details),
        "partner_head": head,
        "partner_post": clean(partner.head_post),
        "partner_represented": represented(clean(partner.head_post) or "руководитель", head) if head else "",
        "partner_acting": acting(head),
        "partner_acts_on": clean(partner.acts_on),
        "responsible": clean(school.coordinator) or BLANK,
        "responsible_post": clean(school.coordinator_post),
        "pupils": contract.pupils,
        "courses": [
            {
                "number": number,
                "name": clean(one.name),
                "direction": clean(one.direction),
                "classes": clean(", ".join(one.classes)),
                "hours": one.hours or "—",
            }
            for number, one in enumerate(contract.courses, 1)
        ],
    }
    return paper(TEMPLATES_OF[contract.side], facts, own)
