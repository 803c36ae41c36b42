"""Agreements in words: the buttons of partners, the pages of a partner and of one agreement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.services.courses.clashes import brief
from bot.voice import Say, lines
from storage.papers.agreements import Agreed, Party


def partner_label(name: str, standing: Agreed | None, last: Agreed | None, say: Say, today: date) -> str:
    """A partner's button: which agreement holds and how long; or that there is none."""
    partner = brief(name, 100)
    if standing is not None:
        left = (standing.ends_on - today).days
        return say.plain("button-agreement-of", partner=partner, number=standing.number, left=left, filed=_filed(standing))
    if last is not None:
        return say.plain("button-agreement-over", partner=partner)
    return say.plain("button-agreement-none", partner=partner)


def agreement_label(one: Agreed, say: Say, today: date) -> str:
    state = "standing" if one.stands_on(today) else "over"
    return say.plain("button-agreement-one", number=one.number, day=one.signed_on, ends=one.ends_on, state=state)


def partner_page(partner: Party, found: Sequence[Agreed], say: Say, today: date) -> str:
    """What the workbook lacks for a paper that can be signed is said before it is made."""
    head = say("agreements-of", partner=brief(partner.name))
    standing = [one for one in found if one.stands_on(today)]
    what = "" if standing else say("agreement-none")
    missing = [] if partner.head and partner.acts_on else [say("agreement-no-head")]
    missing += [] if partner.licence or partner.kind == "resource" else [say("agreement-no-licence")]
    return lines([head, what, "\n".join(missing)])


def agreement_page(one: Agreed, first: str, say: Say, today: date) -> str:
    head = say("agreement-title", side=one.side, number=one.number, day=one.signed_on, partner=brief(one.organization))
    left = (one.ends_on - today).days
    if one.ended_on is not None:
        term = say("agreement-ended", day=one.ended_on)
    elif left < 0:
        term = say("agreement-over", day=one.ends_on)
    else:
        term = say("agreement-term", day=one.ends_on, left=left)
    where = say("agreement-url", url=one.url) if one.url else say("agreement-unpublished")
    signed = say("agreement-document", name=one.document) if one.document else say("agreement-unsigned")
    shown = [say("agreement-on-page")] if one.on_page else []
    return lines([first, head, "\n".join([term, where, signed, *shown])])


def _filed(one: Agreed) -> str:
    return "yes" if one.filed else "no"
