"""Who hears of a request that was sent: the partner, and the families of whom its newest version has added."""

from __future__ import annotations

from storage.db import Database
from storage.people.people import office, reached
from storage.requests import requests


async def heard_of(db: Database, request_id: int) -> tuple[int, set[int]]:
    """Of the newest version of a request: how many of the partner's people get a letter, and which pupils were asked for."""
    async with db.read() as tx:
        whole = await requests.whole(tx, request_id)
        sent = await requests.whole(tx, request_id, whole.newest.number) if whole else None
        if whole is None or sent is None:
            return 0, set()
        admins = await reached(tx, await office(tx, "partner", organization_id=whole.organization_id))
    return len(admins), {line.pupil_id for line in sent.lines if line.change == "added" and line.state == "requested"}
