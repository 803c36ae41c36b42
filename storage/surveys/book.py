"""The questionnaires of a year as «Анкеты» would write them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from storage.db import Tx
from storage.surveys import surveys
from storage.tables import Organization, Survey, SurveyResponse

WHOM = {"families": "семьи", "children": "семьи: за каждого ребёнка", "pupils": "ученики"}


@dataclass(frozen=True, slots=True)
class BookQuestion:
    """A row of the sheet. What holds for the whole questionnaire stands in its first: as the last book said it, so that a book
    which says the same again changes nothing of what was decided in chat since.
    """

    id: int
    survey_id: int
    survey: str
    number: int
    question: str
    kind: str
    options: str | None
    whom: str | None
    opens_on: date | None
    closes_on: date | None
    anonymous: str | None  # yes | no
    school: str
    built: bool  # in chat
    asked: bool  # families have been asked: open, or closed
    answers: int


async def of_book(tx: Tx, year: int) -> list[BookQuestion]:
    """Those that were not taken away, by questionnaire and number."""
    rows = (
        await tx.execute(
            select(
                Survey.id, Survey.name, Survey.whom, Survey.classes, Survey.opens_on, Survey.closes_on, Survey.anonymous, Survey.said,
                Survey.state,
                Survey.totals, Organization.code.label("school"),
            )
            .join(Organization, Organization.id == Survey.school_id)
            .where(Survey.year == year, Survey.archived_at.is_(None))
            .order_by(Survey.id)
        )
    ).all()  # fmt: skip
    ids = [row.id for row in rows]
    asked = await surveys.questions_of(tx, ids)
    sent = await tx.execute(
        select(SurveyResponse.survey_id, func.count(SurveyResponse.id).label("count"))
        .where(SurveyResponse.survey_id.in_(ids), SurveyResponse.sent_at.is_not(None))
        .group_by(SurveyResponse.survey_id)
    )
    answers = Counter({row.survey_id: row.count for row in sent})
    found = []
    for row in rows:
        for place, each in enumerate(asked[row.id]):
            of_all = _of_all(row) if place == 0 else dict.fromkeys(("whom", "opens_on", "closes_on", "anonymous"))
            found.append(
                BookQuestion(
                    id=each.id, survey_id=row.id, survey=row.name, number=each.number, question=each.question, kind=each.kind,
                    options=_options(each.kind, each.options), school=row.school, built=row.said is None,
                    asked=row.state in ("open", "closed"),
                    answers=answers[row.id] + int(row.totals.get("", 0)), **of_all,
                )
            )  # fmt: skip
    return found


def _options(kind: str, options: tuple[str, ...]) -> str | None:
    return ("-" if kind == "scale" else "; ").join(options) or None


def _of_all(row: Any) -> dict[str, Any]:
    if row.said is not None:
        days = {name: date.fromisoformat(row.said[name]) if row.said[name] else None for name in ("opens_on", "closes_on")}
        return {"whom": row.said["whom"], "anonymous": row.said["anonymous"], **days}
    whom = f"{WHOM[row.whom]}; классы: {', '.join(row.classes)}" if row.classes else WHOM[row.whom]
    return {
        "whom": whom,
        "opens_on": row.opens_on,
        "closes_on": row.closes_on,
        "anonymous": "yes" if row.anonymous else "no",
    }
