"""Questions to the live database: invariants of delivery and data, which count what must not be, and what to know of."""

from __future__ import annotations

from sqlalchemy import text

from storage.db import Tx
from storage.inbox import put_aside

# What must not be → the question that counts it. Plain SQL that both databases understand.
INVARIANTS: dict[str, str] = {
    "letters sent without a moment": "SELECT count(*) FROM letters WHERE state = 'sent' AND sent_at IS NULL",
    "letters in flight without a lease": "SELECT count(*) FROM letters WHERE state = 'sending' AND (owner IS NULL OR lease_until IS NULL)",
    "letters waiting without facts": "SELECT count(*) FROM letters WHERE state IN ('new', 'retry', 'sending') AND facts IS NULL",
    "chats with two letters of different workers in flight": """
        SELECT count(*) FROM (SELECT person_id FROM letters WHERE state = 'sending' GROUP BY person_id HAVING count(DISTINCT owner) > 1) AS two""",
    "updates waiting without a body": "SELECT count(*) FROM inbox WHERE state = 'new' AND body IS NULL",
    "groups with more pupils than seats": """
        SELECT count(*) FROM (
            SELECT g.id FROM course_groups g JOIN choices c ON c.group_id = g.id AND c.state = 'enrolled'
            JOIN applications a ON a.id = c.application_id LEFT JOIN pupils p ON p.id = a.pupil_id WHERE p.archived_at IS NULL
            GROUP BY g.id, g.seats HAVING count(*) > g.seats) AS over_full""",
    "pupils enrolled twice in one course": """
        SELECT count(*) FROM (
            SELECT a.pupil_id, c.course_id FROM choices c JOIN applications a ON a.id = c.application_id
            WHERE c.state = 'enrolled' AND a.pupil_id IS NOT NULL GROUP BY a.pupil_id, c.course_id HAVING count(*) > 1) AS twice""",
    "enrolled without a group": "SELECT count(*) FROM choices WHERE state = 'enrolled' AND group_id IS NULL",
    "lessons that end before they begin": "SELECT count(*) FROM lessons WHERE ends_at <= starts_at",
    "used invitations without a user": "SELECT count(*) FROM invitations WHERE used_at IS NOT NULL AND used_by IS NULL",
    "guardianships that end before they begin": "SELECT count(*) FROM guardianships WHERE until < since",
}

_OPEN = """
    SELECT count(*) FROM calls c JOIN letters l ON l.id = c.letter_id LEFT JOIN pupils p ON p.id = c.pupil_id
    WHERE c.done_at IS NULL AND p.archived_at IS NULL AND l.state IN """

# What somebody should know of, until it is ticked off or over → the question that counts it. Nothing is wrong with the data.
WORTH_KNOWING: dict[str, str] = {
    "letters that did not arrive: tell them by telephone (the coordinator's list «Позвонить»)": f"{_OPEN} ('dead')",
    "letters that may not have arrived: tell them by telephone (the coordinator's list «Позвонить»)": f"{_OPEN} ('unknown')",
    "letters to people who shut the bot out: tell them by telephone (the coordinator's list «Позвонить»)": f"{_OPEN} ('cancelled')",
    "members of staff whom the bot cannot reach: they shut it out": """
        SELECT count(DISTINCT s.person_id) FROM staff s JOIN people p ON p.id = s.person_id
        WHERE s.archived_at IS NULL AND p.unreachable_at IS NOT NULL""",
}


async def violations(tx: Tx) -> dict[str, int]:
    """What is wrong, and how many times; empty when all is well."""
    return await _counted(tx, INVARIANTS)


async def worth_knowing(tx: Tx) -> dict[str, int]:
    """What somebody should know of, and how many times; empty when nothing is."""
    return await _counted(tx, WORTH_KNOWING) | await put_aside(tx)


async def _counted(tx: Tx, questions: dict[str, str]) -> dict[str, int]:
    found = {name: await tx.scalar(text(question)) or 0 for name, question in questions.items()}
    return {name: count for name, count in found.items() if count}
