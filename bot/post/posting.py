"""Posting: a notice becomes a letter in the outbox, within the transaction of the change that causes it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.notices import Notice, notice_of
from storage import outbox, unsaid
from storage.db import Tx


@dataclass(frozen=True)
class Addressed:
    """A notice with its recipient; pupil_id and role are checked again when it is sent."""

    person_id: int
    notice: Notice
    pupil_id: int | None = None
    role: str | None = None
    expires_at: datetime | None = None  # of this letter; None: what is said of all


async def post(
    tx: Tx,
    person_id: int,
    notice: Notice,
    *,
    now: datetime,
    pupil_id: int | None = None,
    role: str | None = None,
    due_at: datetime | None = None,
    expires_at: datetime | None = None,
    urgency: int | None = None,
) -> None:
    """Post one notice; see post_all."""
    await post_all(
        tx, [Addressed(person_id, notice, pupil_id, role)], now=now, due_at=due_at, expires_at=expires_at, urgency=urgency
    )


async def post_all(
    tx: Tx,
    letters: Iterable[Addressed],
    *,
    now: datetime,
    due_at: datetime | None = None,
    expires_at: datetime | None = None,
    urgency: int | None = None,
) -> None:
    """Post notices, each replacing an unsent older one of its topic and recipient.

    A → B → A leaves nothing to say; A → B → C says A → C. The same topic, version and recipient is posted once.
    """
    letters = list(letters)
    unsent = await unsaid.unsent(tx, {letter.notice.topic for letter in letters}, {letter.person_id for letter in letters})
    rows, stale = [], set[int]()
    for letter in letters:
        said: Notice | None = letter.notice
        for older in unsent.get((letter.notice.topic, letter.person_id, letter.pupil_id), []):
            if older.dedup == _dedup(letter):
                continue
            stale.add(older.id)
            said = said and said.after(notice_of(older.kind, older.facts))
        if said is None:
            continue
        rows.append(
            {
                "person_id": letter.person_id,
                "pupil_id": letter.pupil_id,
                "role": letter.role,
                "kind": said.kind(),
                "facts": said.facts(),
                "topic": letter.notice.topic,
                "dedup": _dedup(letter),
                "change_id": letter.notice.change_told,
                "urgency": said.urgency if urgency is None else urgency,
                "state": "new",
                "due_at": due_at or now,
                "expires_at": letter.expires_at or expires_at,
                "attempt": 0,
                "repeated": False,
                "created_at": now,
            }
        )
    await unsaid.cancel(tx, stale)
    await outbox.put(tx, rows)


def _dedup(letter: Addressed) -> str:
    notice = letter.notice
    about = f":{letter.pupil_id}" if letter.pupil_id else ""
    return f"{notice.kind()}:{notice.topic}:{notice.version}:{letter.person_id}{about}"
