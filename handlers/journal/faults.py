"""What is wrong with a file that was sent: on a page, and whole as a file where a page cannot hold it."""

from __future__ import annotations

from bot.refusals import Faults
from bot.visit import TEXT, Rows, Visit
from bot.words import journal as journal_words

ROOM = TEXT - 300  # characters of a page for a plan or for faults


async def show_faults(visit: Visit, faults: Faults) -> None:
    """What is wrong, as much as a page holds; a long list also as a file."""
    shown = journal_words.fault_lines(faults, visit.say, longest=ROOM)
    rows: Rows = [[visit.menu]]
    if len(shown) - 1 >= len(faults.faults) and shown[-1].startswith("•"):
        await visit.show("\n".join(shown), rows)
        return
    await visit.show("\n".join(shown), rows)
    whole = "\r\n".join(journal_words.fault_lines(faults, visit.say.plain))
    await visit.give(visit.say.plain("faults-file-name"), whole.encode("utf-8-sig"), visit.say("faults-file-caption"))
