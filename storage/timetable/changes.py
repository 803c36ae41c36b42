"""Questions about the changes of lessons: what changed, who has been told and who has seen it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import BindParameter, Row, Select, and_, bindparam, func, or_, select, update
from sqlalchemy.orm import aliased

from storage.db import Tx
from storage.prepared import Prepared, several
from storage.tables import Acknowledgement, Lesson, LessonChange, Letter
from storage.timetable.timetable import Standing, Stood
from storage.unsaid import EXPIRED, OVERTAKEN
from storage.upsert import insert_new

TOLD = (
    "lesson-added",
    "lesson-moved",
    "lesson-cancelled",
    "lesson-restored",
    "lesson-room",
    "lesson-teacher",
)  # the letters of changes


@dataclass(frozen=True)
class Change:
    """One change of a lesson, as kept."""

    id: int
    lesson_id: int
    kind: str
    was: Standing
    now: Standing
    at: datetime
    superseded: bool
    by: int | None  # whose change it is


def _changes() -> Select[*tuple[Any, ...]]:
    return select(
        LessonChange.id,
        LessonChange.lesson_id,
        LessonChange.kind,
        LessonChange.was,
        LessonChange.now,
        LessonChange.at,
        LessonChange.superseded_at,
        LessonChange.by,
    )


def _change(row: Row[Any]) -> Change:
    was, now = Standing.of(row.was), Standing.of(row.now)
    return Change(
        id=row.id,
        lesson_id=row.lesson_id,
        kind=row.kind,
        was=was,
        now=now,
        at=row.at,
        superseded=row.superseded_at is not None,
        by=row.by,
    )


async def change(tx: Tx, change_id: int) -> Change | None:
    row = await _ONE.first(tx, change=change_id)
    return None if row is None else _change(row)


_ONE = Prepared(_changes().where(LessonChange.id == bindparam("change")))


async def changes_of(tx: Tx, lessons: Collection[int]) -> dict[int, list[Change]]:
    """By lesson all its changes, the oldest first; the last one stands."""
    found: dict[int, list[Change]] = defaultdict(list)
    for row in await tx.execute(_changes().where(LessonChange.lesson_id.in_(lessons)).order_by(LessonChange.id)):
        found[row.lesson_id].append(_change(row))
    return found


async def act_of(tx: Tx, change_id: int) -> list[Change]:
    """All that was changed together with a change, by the same person at the same moment; the oldest first."""
    this = aliased(LessonChange)
    together = this.id == change_id, this.at == LessonChange.at, this.by == LessonChange.by
    return [_change(row) for row in await tx.execute(_changes().join(this, and_(*together)).order_by(LessonChange.id))]


async def acts_by(tx: Tx, person_id: int, since: datetime, until: datetime, *, after: datetime) -> list[list[Change]]:
    """What somebody has changed together since a moment, of lessons that were to begin between two moments; the newest first."""
    acts: dict[datetime, list[Change]] = defaultdict(list)
    asked = LessonChange.by == person_id, LessonChange.at >= after
    for row in await tx.execute(_changes().where(*asked).order_by(LessonChange.at.desc(), LessonChange.id)):
        change = _change(row)
        if since <= change.was.starts_at < until:
            acts[row.at].append(change)
    return list(acts.values())


async def changed_ahead(tx: Tx, since: datetime, until: datetime) -> list[Change]:
    """The standing changes of lessons that have not begun, made before a moment."""
    question = (
        _changes()
        .join(Lesson, Lesson.id == LessonChange.lesson_id)
        .where(
            LessonChange.superseded_at.is_(None),
            Lesson.archived_at.is_(None),
            Lesson.starts_at > since,
            LessonChange.at <= until,
        )
    )
    return [_change(row) for row in await tx.execute(question.order_by(LessonChange.id))]


async def put_change(tx: Tx, change: LessonChange) -> int:
    """Keep a change; the lesson's older ones no longer stand. Returns its id."""
    await tx.execute(
        update(LessonChange)
        .where(LessonChange.lesson_id == change.lesson_id, LessonChange.superseded_at.is_(None))
        .values(superseded_at=change.at)
    )
    tx.add(change)
    await tx.flush()
    return change.id


async def decide(tx: Tx, lesson_id: int, was: Standing, stands: Standing, *, at: datetime) -> None:
    """The chat decides how a lesson stands: what it changes is the chat's word, or again the rules' where it stands as they
    have it. A cancelled lesson brought back is held on the chat's word, whatever the rules say of its day.
    """
    plan = (await tx.execute(_RULES.where(Lesson.id == lesson_id))).one()
    by: dict[str, str | None] = {}
    if (was.starts_at, was.ends_at) != (stands.starts_at, stands.ends_at):
        ruled = (stands.starts_at, stands.ends_at) == (plan.plan_starts_at, plan.plan_ends_at)
        by["time_by"] = None if ruled else "chat"
    if was.place != stands.place:
        by["place_by"] = None if stands.place == plan.plan_place else "chat"
    if was.teacher_id != stands.teacher_id:
        by["teacher_by"] = None if stands.teacher_id is None else "chat"
    if was.cancelled != stands.cancelled:
        by["cancelled_by"] = "chat"
    await tx.execute(
        update(Lesson)
        .where(Lesson.id == lesson_id)
        .values(
            starts_at=stands.starts_at,
            ends_at=stands.ends_at,
            place=stands.place,
            teacher_id=stands.teacher_id,
            cancelled_at=at if stands.cancelled else None,
            **by,
        )
    )


async def add_extra(tx: Tx, lesson: Stood, hours: tuple[datetime, datetime], week: date) -> int:
    """A lesson of no rule for a cancelled one; held on the chat's word. Returns its id."""
    last = await tx.scalar(select(func.max(Lesson.ordinal)).where(Lesson.group_id == lesson.group_id, Lesson.week == week))
    starts, ends = hours
    place = lesson.place
    made = Lesson(
        group_id=lesson.group_id,
        week=week,
        ordinal=(last or 0) + 1,
        plan_starts_at=starts,
        plan_ends_at=ends,
        plan_place=place,
        starts_at=starts,
        ends_at=ends,
        place=place,
        cancelled_by="chat",
        makes_up_id=lesson.id,
    )
    tx.add(made)
    await tx.flush()
    return made.id


async def made_up(tx: Tx, lesson_id: int) -> Lesson | None:
    """The extra lesson for a cancelled one, if there is one that is not cancelled itself."""
    question = select(Lesson).where(Lesson.makes_up_id == lesson_id, Lesson.archived_at.is_(None), Lesson.cancelled_at.is_(None))
    return (await tx.scalars(question.order_by(Lesson.id).limit(1))).first()


_RULES = select(Lesson.plan_starts_at, Lesson.plan_ends_at, Lesson.plan_place)


Asked = dict[tuple[int, int], int]  # (lesson, pupil) → the change their family was last told of


async def asked(tx: Tx, lessons: Collection[int]) -> Asked:
    """Of which change each child's family was last told, by the letters that were not withdrawn."""
    topics = {f"lesson:{lesson_id}": lesson_id for lesson_id in lessons}
    return {(topics[row.topic], row.pupil_id): row.told for row in await _ASKED.rows(tx, topics=list(topics))}


_ASKED = Prepared(
    select(Letter.topic, Letter.pupil_id, func.max(Letter.change_id).label("told"))
    .where(Letter.topic.in_(several("topics")), Letter.kind.in_(TOLD), Letter.state != "cancelled", Letter.pupil_id.is_not(None))
    .where(Letter.change_id.is_not(None))
    .group_by(Letter.topic, Letter.pupil_id)
)


async def acknowledged(tx: Tx, lessons: Collection[int]) -> dict[tuple[int, int], int]:
    """(lesson, pupil) → the latest change the child's family says it has seen."""
    rows = await tx.execute(
        select(LessonChange.lesson_id, Acknowledgement.pupil_id, func.max(Acknowledgement.change_id))
        .join(LessonChange, LessonChange.id == Acknowledgement.change_id)
        .where(LessonChange.lesson_id.in_(lessons))
        .group_by(LessonChange.lesson_id, Acknowledgement.pupil_id)
    )
    return {(lesson_id, pupil_id): change_id for lesson_id, pupil_id, change_id in rows}


async def put_acknowledgement(tx: Tx, change_id: int, person_id: int, pupil_id: int, *, at: datetime) -> bool:
    """Keep that somebody has seen a change; False if they had said so before."""
    row = {"change_id": change_id, "person_id": person_id, "pupil_id": pupil_id, "at": at}
    kept = await tx.execute(insert_new(tx, Acknowledgement, row).returning(Acknowledgement.change_id))
    return kept.scalar_one_or_none() is not None


async def told_with(tx: Tx, change: Change, person_id: int, pupil_id: int) -> dict[int, int]:
    """What the message that told somebody of this change told of the child besides, and this: change → lesson."""
    rows = await _TOLD_WITH.rows(tx, topic=f"lesson:{change.lesson_id}", change=change.id, person=person_id, pupil=pupil_id)
    return {change.id: change.lesson_id} | {row.id: row.lesson_id for row in rows}


def _told_with() -> Prepared:
    mine, other = aliased(Letter), aliased(Letter)
    person: BindParameter[int] = bindparam("person")
    pupil: BindParameter[int] = bindparam("pupil")
    return Prepared(
        select(LessonChange.id, LessonChange.lesson_id)
        .select_from(mine)
        .join(other, (other.sent_at == mine.sent_at) & (other.message_id == mine.message_id))
        .join(LessonChange, LessonChange.id == other.change_id)
        .where(mine.topic == bindparam("topic"), mine.change_id == bindparam("change"), mine.kind.in_(TOLD))
        .where(other.kind.in_(TOLD))
        .where(*(each.person_id == person for each in (mine, other)), *(each.pupil_id == pupil for each in (mine, other)))
    )


_TOLD_WITH = _told_with()


async def unsent_reminders(tx: Tx, topics: Collection[str], pupils: Collection[int]) -> list[int]:
    """Reminders of these days about these children that no worker has taken yet."""
    question = select(Letter.id).where(Letter.topic.in_(topics), Letter.state == "new", Letter.pupil_id.in_(pupils))
    return list(await tx.scalars(question))


async def reminded(tx: Tx, topic: str) -> set[tuple[int, int | None]]:
    """(person, pupil) that have a letter of this topic, not counting one withdrawn because a lesson changed or its first
    lesson had begun before it could be said: what is still ahead is reminded of anew."""
    rows = await tx.execute(
        select(Letter.person_id, Letter.pupil_id).where(
            Letter.topic == topic, or_(Letter.why.is_(None), Letter.why.not_in((OVERTAKEN, EXPIRED)))
        )
    )
    return {(row.person_id, row.pupil_id) for row in rows}


async def called(tx: Tx, lessons: Collection[int]) -> dict[int, int]:
    """By lesson the latest change whose list to call the staff has got."""
    topics = {f"call:{lesson_id}": lesson_id for lesson_id in lessons}
    rows = await tx.execute(
        select(Letter.topic, func.max(Letter.change_id).label("told"))
        .where(Letter.topic.in_(topics), Letter.change_id.is_not(None))
        .group_by(Letter.topic)
    )
    return {topics[row.topic]: row.told for row in rows}
