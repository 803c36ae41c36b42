"""A partner's own papers: what schools sent it and what it has with them, to be downloaded again."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters.callback_data import CallbackData

from bot.services.papers.kept import agreement_of_partner
from bot.targets import CoursePapers, Requests
from bot.visit import Button, Visit
from bot.words.agreements import agreement_label
from handlers.door import may
from storage.papers import agreements

SHOWN = 12  # agreements, the newest


class MyAgreement(CallbackData, prefix="papers.mine"):
    agreement: int


async def of_partner(visit: Visit) -> None:
    """Its requests and lists (their page gives each as a file), its agreements, the programmes and the load of its teachers."""
    async with visit.db.read() as tx:
        found = await agreements.of_partners(tx, visit.person.organizations_as("partner"))
    held = [one for one in found if one.document_id is not None or one.paper_id is not None][:SHOWN]
    rows = [[visit.button("button-requests", Requests()), visit.button("button-papers-courses", CoursePapers())]]
    rows += [[Button(agreement_label(one, visit.say, visit.today), MyAgreement(agreement=one.id))] for one in held]
    await visit.show(visit.say("papers-of-partner", agreements=len(held)), [*rows, [visit.menu]])


async def given(visit: Visit, at: MyAgreement) -> None:
    file = await agreement_of_partner(visit.db, at.agreement, by=visit.person)
    await visit.give(file.name, file.content)


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="partner's papers")
    router.callback_query.register(given, MyAgreement.filter(), flags=may("papers.courses"))
    return router
