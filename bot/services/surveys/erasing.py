"""Answers of somebody who withdraws: what was picked stays a number, what was written and whose it was goes."""

from __future__ import annotations

from bot.services.surveys import counting
from storage.db import Tx
from storage.surveys import answers, surveys


async def dissolve(tx: Tx, *, person_id: int | None = None, pupil_id: int | None = None) -> None:
    """The answers of this person, for this child, or of this person for this child, are counts from now on; drafts are gone."""
    for one in await answers.standing(tx, person_id=person_id, pupil_id=pupil_id):
        row = await surveys.locked(tx, one.survey_id)
        if one.sent and row is not None:
            said = await answers.replies(tx, one.id)
            row.totals = counting.added(row.totals, counting.with_rest(frozenset()))
            for question in await answers.questions(tx, row.id):
                picked = said[question.id].picked if question.id in said else ()
                question.counts = counting.counted_in(question.counts, counting.with_rest(frozenset()), picked)
        await tx.flush()
        await answers.drop(tx, [one.id])
