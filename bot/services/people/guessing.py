"""Guessing is locked out: five wrong codes of whatever kind within a quarter of an hour, for invitations and documents alike."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import insert

from bot.notices.people import CodesGuessed
from bot.post.posting import Addressed, post_all
from bot.refusals import Refusal
from storage import notes
from storage.db import Tx
from storage.people import invitations, people
from storage.tables import WrongCode

TRIES = 5  # wrong ones per Telegram account
WINDOW = timedelta(minutes=15)
ALARM = 50  # wrong ones an hour from everybody
HOUR = timedelta(hours=1)
TOLD = "codes-guessed-told-at"  # the note of when the coordinators were last told


async def refuse_locked(tx: Tx, telegram_id: int, now: datetime) -> None:
    """Refusal: code-locked after five wrong tries within 15 minutes, for a right code too."""
    wrong = await invitations.wrong_since(tx, telegram_id, now - WINDOW)
    if len(wrong) >= TRIES:
        raise Refusal("code-locked", until=wrong[-TRIES] + WINDOW)


async def count_wrong(tx: Tx, telegram_id: int, now: datetime) -> None:
    """Remember a wrong try; many within an hour are told to the coordinators, once an hour."""
    await tx.execute(insert(WrongCode).values(telegram_id=telegram_id, at=now))
    await invitations.forget_wrong(tx, now - 24 * HOUR)
    if await invitations.wrong_in_all(tx, now - HOUR, at_most=ALARM) < ALARM:
        return
    told = await notes.note(tx, TOLD)
    if told is not None and datetime.fromisoformat(told) > now - HOUR:
        return
    await notes.keep(tx, TOLD, now.isoformat())
    notice = CodesGuessed(count=ALARM, at=now)
    office = await people.office(tx, "coordinator")
    await post_all(tx, [Addressed(person_id, notice, role="coordinator") for person_id in office], now=now)
