"""Questionnaires somebody has answered or begun, for the file a person takes with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from storage.db import Tx
from storage.tables import Course, Survey, SurveyQuestion, SurveyReceived, SurveyReply, SurveyResponse


@dataclass(frozen=True)
class Answered:
    """A questionnaire, when it was answered with a name (None: it is not sent, or it was anonymous), and what was said."""

    survey: str
    received: bool
    sent_at: datetime | None
    said: list[tuple[str, str]]  # the question, the answer


async def answered_of(tx: Tx, person_id: int, pupils: Collection[int]) -> dict[int, list[Answered]]:
    """By child what this person has answered for it, drafts too; of anonymous ones that were sent only that an answer came."""
    rows = (
        await tx.execute(
            select(SurveyResponse.id, SurveyResponse.pupil_id, SurveyResponse.sent_at, Survey.id.label("survey_id"), Survey.name)
            .join(Survey, Survey.id == SurveyResponse.survey_id)
            .where(SurveyResponse.person_id == person_id, SurveyResponse.pupil_id.in_(pupils))
            .order_by(SurveyResponse.id)
        )
    ).all()
    said = await _said(tx, [row.id for row in rows])
    found: dict[int, list[Answered]] = defaultdict(list)
    for row in rows:
        found[row.pupil_id].append(Answered(row.name, row.sent_at is not None, row.sent_at, said[row.id]))
    theirs = {(row.pupil_id, row.survey_id) for row in rows}
    received = await tx.execute(
        select(SurveyReceived.pupil_id, SurveyReceived.survey_id, Survey.name)
        .join(Survey, Survey.id == SurveyReceived.survey_id)
        .where(SurveyReceived.pupil_id.in_(pupils))
        .order_by(Survey.id)
    )
    for one in received:
        if (one.pupil_id, one.survey_id) not in theirs:
            found[one.pupil_id].append(Answered(one.name, received=True, sent_at=None, said=[]))
    return found


async def _said(tx: Tx, responses: Collection[int]) -> dict[int, list[tuple[str, str]]]:
    names = {str(row.id): row.name for row in await tx.execute(select(Course.id, Course.name))}
    rows = await tx.execute(
        select(
            SurveyReply.response_id,
            SurveyReply.picked,
            SurveyReply.words,
            SurveyQuestion.question,
            SurveyQuestion.kind,
            SurveyQuestion.options,
        )
        .join(SurveyQuestion, SurveyQuestion.id == SurveyReply.question_id)
        .where(SurveyReply.response_id.in_(responses))
        .order_by(SurveyQuestion.number)
    )
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for row in rows:
        picked = [_label(each, row.kind, row.options, names) for each in row.picked]
        found[row.response_id].append((row.question, ", ".join([*picked, *([row.words] if row.words else [])])))
    return found


def _label(picked: str, kind: str, options: list[str], names: Mapping[str, str]) -> str:
    if kind == "courses":
        return names.get(picked, picked)
    return picked if kind == "scale" else options[int(picked)]
