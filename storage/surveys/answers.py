"""Answers to questionnaires: drafts, those sent with a name, and what is left of those without one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select

from storage.db import Tx
from storage.tables import SurveyQuestion, SurveyReceived, SurveyReply, SurveyResponse
from storage.upsert import insert_new


@dataclass(frozen=True)
class Reply:
    """What was picked, as it is kept, and what was written."""

    picked: tuple[str, ...] = ()
    words: str | None = None

    def __bool__(self) -> bool:
        return bool(self.picked or self.words)


@dataclass(frozen=True)
class Sent:
    """An answer that stands with its person."""

    id: int
    person_id: int
    pupil_id: int
    replies: Mapping[int, Reply]


async def received(tx: Tx, survey_id: int) -> set[int]:
    """The children an answer has come for."""
    return set(await tx.scalars(select(SurveyReceived.pupil_id).where(SurveyReceived.survey_id == survey_id)))


async def received_of(tx: Tx, surveys: Collection[int], pupils: Collection[int]) -> dict[int, set[int]]:
    """By questionnaire those of these children an answer has come for."""
    rows = await tx.execute(
        select(SurveyReceived.survey_id, SurveyReceived.pupil_id).where(
            SurveyReceived.survey_id.in_(surveys), SurveyReceived.pupil_id.in_(pupils)
        )
    )
    found: dict[int, set[int]] = defaultdict(set)
    for row in rows:
        found[row.survey_id].add(row.pupil_id)
    return found


async def receive(tx: Tx, survey_id: int, pupils: Collection[int]) -> None:
    """An answer has come for these children.

    All rows of the questionnaire are written anew, in the order of the children: neither the place of a row nor the
    transaction PostgreSQL writes beside it says who answered after whom.
    """
    every = sorted(await received(tx, survey_id) | set(pupils))
    await tx.execute(delete(SurveyReceived).where(SurveyReceived.survey_id == survey_id))
    await tx.execute(insert(SurveyReceived), [{"survey_id": survey_id, "pupil_id": pupil} for pupil in every])


async def response(tx: Tx, survey_id: int, person_id: int, pupils: Collection[int]) -> SurveyResponse | None:
    """What this person has answered so far for one of these children, sent or not."""
    mine = (SurveyResponse.survey_id == survey_id, SurveyResponse.person_id == person_id)
    question = select(SurveyResponse).where(*mine, SurveyResponse.pupil_id.in_(pupils))
    return await tx.scalar(question.order_by(SurveyResponse.id).limit(1))


async def begin(tx: Tx, survey_id: int, person_id: int, pupil_id: int) -> SurveyResponse:
    row = {"survey_id": survey_id, "person_id": person_id, "pupil_id": pupil_id, "sent_at": None}
    await tx.execute(insert_new(tx, SurveyResponse, row))
    made = await response(tx, survey_id, person_id, [pupil_id])
    assert made is not None  # noqa: S101 - it was inserted now or had been there
    return made


async def replies(tx: Tx, response_id: int) -> dict[int, Reply]:
    """By question."""
    rows = await tx.execute(
        select(SurveyReply.question_id, SurveyReply.picked, SurveyReply.words).where(SurveyReply.response_id == response_id)
    )
    return {row.question_id: Reply(tuple(row.picked), row.words) for row in rows}


async def keep(tx: Tx, response_id: int, question_id: int, reply: Reply) -> None:
    where = (SurveyReply.response_id == response_id, SurveyReply.question_id == question_id)
    await tx.execute(delete(SurveyReply).where(*where))
    if reply:
        row = {"response_id": response_id, "question_id": question_id, "picked": list(reply.picked), "words": reply.words}
        await tx.execute(insert(SurveyReply).values(row))


async def drop(tx: Tx, responses: Collection[int]) -> None:
    """These answers are gone, with everything in them."""
    await tx.execute(delete(SurveyReply).where(SurveyReply.response_id.in_(responses)))
    await tx.execute(delete(SurveyResponse).where(SurveyResponse.id.in_(responses)))


async def drop_drafts(tx: Tx, survey_id: int) -> None:
    """Nobody can send any more: what was begun is nobody's to read."""
    drafts = select(SurveyResponse.id).where(SurveyResponse.survey_id == survey_id, SurveyResponse.sent_at.is_(None))
    await drop(tx, list(await tx.scalars(drafts)))


async def mark_sent(tx: Tx, made: SurveyResponse, at: datetime) -> None:
    made.sent_at = at
    await tx.flush()


async def sent(tx: Tx, surveys: Collection[int]) -> dict[int, list[Sent]]:
    """The answers of these that stand with their persons."""
    rows = (
        await tx.execute(
            select(SurveyResponse.survey_id, SurveyResponse.id, SurveyResponse.person_id, SurveyResponse.pupil_id)
            .where(SurveyResponse.survey_id.in_(surveys), SurveyResponse.sent_at.is_not(None))
            .order_by(SurveyResponse.id)
        )
    ).all()
    said = await tx.execute(
        select(SurveyReply.response_id, SurveyReply.question_id, SurveyReply.picked, SurveyReply.words)
        .join(SurveyResponse, SurveyResponse.id == SurveyReply.response_id)
        .where(SurveyResponse.survey_id.in_(surveys), SurveyResponse.sent_at.is_not(None))
    )
    by_response: dict[int, dict[int, Reply]] = defaultdict(dict)
    for each in said:
        by_response[each.response_id][each.question_id] = Reply(tuple(each.picked), each.words)
    found: dict[int, list[Sent]] = defaultdict(list)
    for row in rows:
        found[row.survey_id].append(Sent(row.id, row.person_id, row.pupil_id, by_response[row.id]))
    return found


# ── counts ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Counted:
    """What a question keeps of answers that are nobody's."""

    counts: dict[str, dict[str, int]]
    words: list[str]


async def counted(tx: Tx, survey_id: int) -> dict[int, Counted]:
    """By question."""
    rows = await tx.execute(
        select(SurveyQuestion.id, SurveyQuestion.counts, SurveyQuestion.words).where(SurveyQuestion.survey_id == survey_id)
    )
    return {row.id: Counted(dict(row.counts), list(row.words)) for row in rows}


async def questions(tx: Tx, survey_id: int) -> list[SurveyQuestion]:
    """The rows, to be counted in."""
    return list(await tx.scalars(select(SurveyQuestion).where(SurveyQuestion.survey_id == survey_id)))


async def forget_received(tx: Tx, survey_id: int) -> None:
    """For whom an answer has come is nobody's business any more."""
    await tx.execute(delete(SurveyReceived).where(SurveyReceived.survey_id == survey_id))


# ── erased with their person ────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Standing:
    """An answer of somebody, by its questionnaire."""

    id: int
    survey_id: int
    sent: bool


async def standing(tx: Tx, *, person_id: int | None = None, pupil_id: int | None = None) -> list[Standing]:
    """The answers and drafts of this person, or for this child, or of this person for this child."""
    where = [] if person_id is None else [SurveyResponse.person_id == person_id]
    where += [] if pupil_id is None else [SurveyResponse.pupil_id == pupil_id]
    if not where:
        raise ValueError("whose answers, or for whom?")
    rows = await tx.execute(
        select(SurveyResponse.id, SurveyResponse.survey_id, SurveyResponse.sent_at).where(*where).order_by(SurveyResponse.id)
    )
    return [Standing(row.id, row.survey_id, row.sent_at is not None) for row in rows]


async def unreceive(tx: Tx, pupil_id: int) -> None:
    """That an answer has come for this child is forgotten; the answer is counted as before."""
    await tx.execute(delete(SurveyReceived).where(SurveyReceived.pupil_id == pupil_id))
