"""Invariants of delivery and data, asked of the live database: every question counts what must not be."""

from __future__ import annotations

from sqlalchemy import text

from storage.db import Tx

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


async def violations(tx: Tx) -> dict[str, int]:
    """What is wrong, and how many times; empty when all is well."""
    found = {name: await tx.scalar(text(question)) or 0 for name, question in INVARIANTS.items()}
    return {name: count for name, count in found.items() if count}
