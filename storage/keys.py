"""The network's own key: what must be recognised but not readable is kept as its HMAC."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from sqlalchemy import select

from storage.db import Tx
from storage.tables import Secret
from storage.upsert import insert_new

_NAME = "hmac"


async def key(tx: Tx) -> bytes:
    """The key of the HMACs, made at first use; needs a writing transaction until then."""
    kept = await tx.scalar(select(Secret.value).where(Secret.name == _NAME))
    if kept is not None:
        return kept
    await tx.execute(insert_new(tx, Secret, {"name": _NAME, "value": secrets.token_bytes(32)}, by="name"))
    return (await tx.scalars(select(Secret.value).where(Secret.name == _NAME))).one()


async def known(tx: Tx) -> bytes | None:
    """The key, for those who only read; None: nothing was ever kept by it."""
    return await tx.scalar(select(Secret.value).where(Secret.name == _NAME))


def mac(secret: bytes, purpose: str, text: str) -> bytes:
    """The HMAC of a text, different for each purpose."""
    return hmac.digest(secret, f"{purpose}:{text}".encode(), hashlib.sha256)


def name_of(secret: bytes) -> str:
    """By which a key is recognised, and from which it cannot be found."""
    return mac(secret, "name", "key").hex()[:16]
