"""What the paper of a request says beside its lines: on which agreement it rests, for which days, who answers for it."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

from storage.db import Tx
from storage.network.years import known, usual
from storage.papers import agreements
from storage.people.posts import titles_of
from storage.requests.requests import Whole


async def for_paper(tx: Tx, request: Whole, zone: ZoneInfo) -> Whole:
    """The request with what only its paper says; of the agreements with the partner the one in force on its day."""
    year = (await known(tx)).get(request.year) or usual(request.year)
    held = await agreements.standing(tx, request.school_id, request.made_at.astimezone(zone).date())
    agreed, partner = held.get(request.organization_id), await agreements.party(tx, request.organization_id)
    titles = await titles_of(tx, request.school_id)
    return replace(
        request,
        period=(year.starts_on, year.ends_on),
        agreement=(agreed.number, agreed.signed_on) if agreed else None,
        resource=partner is not None and partner.kind == "resource",
        coordinator_post=titles.get("coordinator"),
        director_post=titles.get("director"),
    )
