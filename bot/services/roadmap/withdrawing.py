"""What was to be said of a task and is no longer true: its letters, and its line in a letter of the morning nobody has got yet."""

from __future__ import annotations

from collections.abc import Collection

from bot.notices import notice_of
from bot.notices.morning import Morning
from storage import unsaid
from storage.db import Tx
from storage.roadmap import roadmap


async def withdraw(tx: Tx, tasks: Collection[int]) -> None:
    """Say nothing of these tasks as they were; a letter of the morning that says other things too is sent without them."""
    if not tasks:
        return
    await roadmap.cancel_letters(tx, tasks)
    for letter, facts in await roadmap.waiting_mornings(tx):
        written = notice_of("morning", facts)
        left = written if isinstance(written, Morning) else None
        for task in tasks:
            left = left and left.without(task)
        if left is None:
            await unsaid.cancel(tx, [letter], "the task has changed")
        elif left != written:
            await roadmap.rewrite(tx, letter, left.facts())
