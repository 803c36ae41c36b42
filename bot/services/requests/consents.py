"""Whom a request may not name yet: the family is asked for its consent to this partner, as often as once a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.notices.requests import ConsentWanted
from bot.policy import Person, Thing, require
from bot.services.enrollment.telling import tell_family
from storage.db import Database, Tx
from storage.people.people import first_name
from storage.requests import requests
from storage.requests.requests import Approved


async def ask_consents(db: Database, school_id: int, *, by: Person, now: datetime, zone: ZoneInfo) -> set[int]:
    """Ask every family whose approved child cannot be named to a partner. Returns the pupils who wait for it."""
    require(by, "enrollment.request", Thing(school_id=school_id))
    async with db.write() as tx:
        silent = await requests.unconsented(tx, [school_id])
        await ask_families(tx, silent, now=now, zone=zone)
        return {one.pupil_id for one in silent}


async def ask_families(tx: Tx, silent: Sequence[Approved], *, now: datetime, zone: ZoneInfo) -> None:
    per_child: dict[tuple[int, int], list[Approved]] = defaultdict(list)
    for one in silent:
        per_child[one.pupil_id, one.organization_id].append(one)
    for (pupil_id, organization_id), wishes in per_child.items():
        notice = ConsentWanted(
            id_pupil=pupil_id,
            id_organization=organization_id,
            child=first_name(wishes[0].child),
            partner=wishes[0].organization,
            courses=[wish.course for wish in wishes],
            on=now.astimezone(zone).date(),
        )
        await tell_family(tx, pupil_id, notice, now=now)
