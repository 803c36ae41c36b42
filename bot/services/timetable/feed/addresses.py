"""Decisions about subscription addresses: one is made, shown once, replaced or revoked."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from bot.policy import Person, Thing, require
from storage import audit, keys
from storage.db import Database
from storage.tables import Feed
from storage.timetable import feeds

SECRET = 16  # random bytes: 128 bits


@dataclass(frozen=True)
class Whose:
    """Whose timetable: a pupil's, or what is taught in a post. One of the two is 0."""

    pupil: int = 0
    post: int = 0

    @property
    def thing(self) -> Thing:
        return Thing(pupil_id=self.pupil or None, teacher_id=self.post or None)

    @property
    def key(self) -> tuple[int | None, int | None]:
        """As the table names it: pupil and post."""
        return self.pupil or None, self.post or None

    @property
    def of(self) -> dict[str, int | None]:
        return dict(zip(("pupil_id", "staff_id"), self.key, strict=True))


def is_secret(text: str) -> bool:
    """Whether a text can be the secret of an address at all."""
    return len(text) == 22 and text.isascii() and text.replace("-", "").replace("_", "").isalnum()


async def make_address(db: Database, whose: Whose, *, by: Person, now: datetime) -> str:
    """Make an address in place of the one there was, which leads nowhere from now on. Returns its secret: only now can it be shown."""
    async with db.write() as tx:
        require(by, "timetable.subscribe", whose.thing)
        secret = secrets.token_urlsafe(SECRET)
        await feeds.drop(tx, by.known, **whose.of)
        mac = keys.mac(await keys.key(tx), "feed", secret)
        tx.add(Feed(person_id=by.known, **whose.of, mac=mac, made_at=now))
        audit.log(tx, by.known, "feed.made", _thing(whose), now=now)
    return secret


async def revoke_address(db: Database, whose: Whose, *, by: Person, now: datetime) -> None:
    """The address leads nowhere from now on. A repeat changes nothing."""
    async with db.write() as tx:
        require(by, "timetable.subscribe", whose.thing)
        if whose.key not in await feeds.made(tx, by.known):
            return
        await feeds.drop(tx, by.known, **whose.of)
        audit.log(tx, by.known, "feed.revoked", _thing(whose), now=now)


def _thing(whose: Whose) -> tuple[str, int]:
    return ("pupil", whose.pupil) if whose.pupil else ("staff", whose.post)
