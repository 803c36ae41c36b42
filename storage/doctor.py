"""Questions to the live database: invariants of delivery and data, which count what must not be, and what to know of."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Date, TextClause, bindparam, text

from storage.db import Tx
from storage.inbox import put_aside
from storage.network.years import year_of
from storage.requests.naming import enrolled_unnamed
from storage.workers import Seen, seen

# What must not be → the question that counts it. Plain SQL that both databases understand.
INVARIANTS: dict[str, str] = {
    "letters sent without a moment": "SELECT count(*) FROM letters WHERE state = 'sent' AND sent_at IS NULL",
    "letters in flight without a lease": "SELECT count(*) FROM letters WHERE state = 'sending' AND (owner IS NULL OR lease_until IS NULL)",
    "letters waiting without facts": "SELECT count(*) FROM letters WHERE state IN ('new', 'retry', 'sending') AND facts IS NULL",
    "chats with two letters of different workers in flight": """
        SELECT count(*) FROM (SELECT person_id FROM letters WHERE state = 'sending' GROUP BY person_id HAVING count(DISTINCT owner) > 1) AS two""",
    "updates waiting without a body": "SELECT count(*) FROM inbox WHERE state = 'new' AND body IS NULL",
    "chats in the hands of two processes": """
        SELECT count(*) FROM (SELECT chat_id FROM inbox WHERE state = 'new' AND worker IS NOT NULL AND chat_id IS NOT NULL
            GROUP BY chat_id HAVING count(DISTINCT worker) > 1) AS two""",
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
    "entries of the journal that stand otherwise than was last written": """
        SELECT count(*) FROM journal_entries e LEFT JOIN journal_revisions r
            ON r.id = (SELECT max(id) FROM journal_revisions l WHERE l.entry_id = e.id)
        WHERE e.pupil_id IS NOT NULL AND (r.id IS NULL OR r.value <> e.value OR coalesce(r.work, '') <> coalesce(e.work, '')
        OR coalesce(r.comment, '') <> coalesce(e.comment, '') OR r.removed <> (e.removed_at IS NOT NULL))""",
    "lessons that end before they begin": "SELECT count(*) FROM lessons WHERE ends_at <= starts_at",
    "used invitations without a user": "SELECT count(*) FROM invitations WHERE used_at IS NOT NULL AND used_by IS NULL",
    "requests that name a choice of another year": """
        SELECT count(*) FROM request_lines l JOIN requests r ON r.id = l.request_id JOIN choices c ON c.id = l.choice_id
        JOIN courses o ON o.id = c.course_id WHERE o.year <> r.year""",
    "choices with a place in a group of another course": """
        SELECT count(*) FROM choices c JOIN course_groups g ON g.id = c.group_id WHERE g.course_id <> c.course_id""",
    "lessons of a group after its academic year": """
        SELECT count(*) FROM lessons l JOIN course_groups g ON g.id = l.group_id
        WHERE l.archived_at IS NULL AND l.cancelled_at IS NULL
        AND CAST(l.week AS VARCHAR) > CAST(g.year + 1 AS VARCHAR) || '-08-31'""",
    "guardianships that end before they begin": "SELECT count(*) FROM guardianships WHERE until < since",
    "pupils in groups who are of no school of the network": """
        SELECT count(*) FROM choices c JOIN applications a ON a.id = c.application_id JOIN pupils p ON p.id = a.pupil_id
        JOIN organizations o ON o.id = p.school_id
        WHERE c.group_id IS NOT NULL AND c.state IN ('enrolled', 'offered', 'reserve') AND p.archived_at IS NULL
        AND (o.role <> 'base' OR o.archived_at IS NOT NULL)""",
}

# What must not be of an academic year that is closed: from 1 September after it (`open` is the first year that is not).
OF_CLOSED_YEARS: dict[str, str] = {
    "wishes of a closed year without an end": """
        SELECT count(*) FROM choices c JOIN courses k ON k.id = c.course_id
        WHERE k.year < :open
        AND c.state IN ('submitted', 'returned', 'approved', 'requested', 'reserve', 'offered', 'enrolled')""",
    "places of a closed year still offered": """
        SELECT count(*) FROM place_offers f JOIN choices c ON c.id = f.choice_id JOIN courses k ON k.id = c.course_id
        WHERE k.year < :open AND f.ended_at IS NULL""",
    "lessons of a closed year still ahead": """
        SELECT count(*) FROM lessons l JOIN course_groups g ON g.id = l.group_id
        WHERE g.year < :open AND l.week >= :september AND l.archived_at IS NULL AND l.cancelled_at IS NULL""",
}

CLOSING = timedelta(hours=1)  # the bot's own alarm rings more often

SILENT = "processes that gave no sign of life for a minute, and whose work nobody took over: is any process running?"
SILENT_SECONDS = 60.0

_OPEN = """
    SELECT count(*) FROM calls c JOIN letters l ON l.id = c.letter_id LEFT JOIN pupils p ON p.id = c.pupil_id
    WHERE c.done_at IS NULL AND p.archived_at IS NULL AND l.state IN """

# What somebody should know of, until it is ticked off or over → the question that counts it. Nothing is wrong with the data.
WORTH_KNOWING: dict[str, str] = {
    "letters that did not arrive: tell them by telephone (the coordinator's list «Позвонить»)": f"{_OPEN} ('dead')",
    "letters that may not have arrived: tell them by telephone (the coordinator's list «Позвонить»)": f"{_OPEN} ('unknown')",
    "letters to people who shut the bot out: tell them by telephone (the coordinator's list «Позвонить»)": f"{_OPEN} ('cancelled')",
    "requests that still name pupils who went to another school: send their next versions (both schools)": """
        SELECT count(DISTINCT r.id) FROM requests r JOIN request_lines l ON l.request_id = r.id JOIN choices c ON c.id = l.choice_id
        JOIN applications a ON a.id = c.application_id JOIN pupils p ON p.id = a.pupil_id
        WHERE p.school_id <> r.school_id AND p.archived_at IS NULL AND c.state IN ('requested', 'enrolled') AND l.change = 'added'
        AND NOT EXISTS (SELECT 1 FROM request_lines n WHERE n.request_id = l.request_id AND n.choice_id = l.choice_id
                        AND n.version > l.version)""",
    "members of staff whom the bot cannot reach: they shut it out": """
        SELECT count(DISTINCT s.person_id) FROM staff s JOIN people p ON p.id = s.person_id
        WHERE s.archived_at IS NULL AND p.unreachable_at IS NOT NULL""",
}


def closed_by(now: datetime, zone: ZoneInfo) -> date:
    """The day by which years are closed for certain: with the midnight of 1 September the bot begins to close the last one."""
    return (now - CLOSING).astimezone(zone).date()


async def violations(tx: Tx, today: date | None = None) -> dict[str, int]:
    """What is wrong, and how many times; empty when all is well. `today`: what is left open of past years is wrong too."""
    found = await _counted(tx, INVARIANTS)
    if today is None:
        return found
    first_open = year_of(today)  # with 1 September the year before is closed
    return found | await _counted(tx, OF_CLOSED_YEARS, open=first_open, september=date(first_open, 9, 1))


async def worth_knowing(tx: Tx) -> dict[str, int]:
    """What somebody should know of, and how many times; empty when nothing is."""
    return await _silent(tx) | await _counted(tx, WORTH_KNOWING) | await enrolled_unnamed(tx) | await put_aside(tx)


async def _silent(tx: Tx) -> dict[str, int]:
    """Processes whose lease ran out a minute ago and more, and whose work nobody took over."""
    late = [each.id for each in await processes(tx) if not each.has_left and each.late > SILENT_SECONDS]
    return {SILENT: len(late)} if late else {}


async def processes(tx: Tx) -> list[Seen]:
    """Who takes updates in on this database; on SQLite nobody says so."""
    return await seen(tx) if tx.get_bind().dialect.name == "postgresql" else []


async def _counted(tx: Tx, questions: dict[str, str], **facts: Any) -> dict[str, int]:
    found = {name: await tx.scalar(_asked(question, facts)) or 0 for name, question in questions.items()}
    return {name: count for name, count in found.items() if count}


def _asked(question: str, facts: dict[str, Any]) -> TextClause:
    given = {name: fact for name, fact in facts.items() if f":{name}" in question}
    kinds = {name: Date() if isinstance(fact, date) else None for name, fact in given.items()}
    return text(question).bindparams(*(bindparam(name, fact, type_=kinds[name]) for name, fact in given.items()))
