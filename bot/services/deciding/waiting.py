"""How much waits for whoever decides, counted as their inbox counts it: for the plan of the week."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from bot.services.network.years import this_year
from storage.db import Tx
from storage.enrollment import enrollment
from storage.people import calls
from storage.requests import requests


async def waits_for(tx: Tx, schools: Collection[int], partners: Collection[int], today: date) -> dict[str, int]:
    """applications | approved | answers | calls → how many, what is none left out; `schools` somebody coordinates, `partners`
    somebody administers.
    """
    this = await this_year(tx, today)
    sent = await requests.sent(tx, (this, this + 1), schools=schools, partners=partners)
    found = {"answers": sum(one.waiting for one in sent)}
    if schools:
        found |= {
            "applications": len(await enrollment.submitted(tx, schools)),
            "approved": sum(one.children for one in await requests.unasked(tx, schools)),
            "calls": len(await calls.waiting(tx, schools, this)),
        }
    order = ("applications", "approved", "answers", "calls")
    return {what: found[what] for what in order if found.get(what)}
