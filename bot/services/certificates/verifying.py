"""Whether a document of learning is genuine: asked by its code alone, by anybody, and guessing is locked out."""

from __future__ import annotations

import re
from datetime import datetime

from bot.refusals import Refusal
from bot.services.people.guessing import count_wrong, refuse_locked
from storage.certificates import certificates
from storage.certificates.certificates import Issued
from storage.db import Database

LINK = "cert_"  # how the payload of a document's link begins; its code follows

_CODE = re.compile(r"[A-Za-z0-9_-]{22}")


async def verify(db: Database, code: str, *, telegram_id: int, now: datetime) -> Issued:
    """The document with this code, revoked or not. A register's number is no code.

    Refusals: certificate-unknown; code-locked after five wrong codes within 15 minutes, invitations' counted too.
    """
    async with db.write() as tx:
        await refuse_locked(tx, telegram_id, now)
        found = await certificates.by_code(tx, code) if _CODE.fullmatch(code) else None
        if found is None:
            await count_wrong(tx, telegram_id, now)
    if found is None:
        raise Refusal("certificate-unknown")
    return found
