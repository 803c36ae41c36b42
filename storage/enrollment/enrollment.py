"""Questions about applications and enrollment: who learns in which group, whose application stands where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Result, ScalarSelect, and_, case, func, or_, select

from storage.courses.courses import WAITING
from storage.db import Tx
from storage.enrollment.ended import ended
from storage.offers.promised import enough_without
from storage.people.classes import class_in
from storage.prepared import Prepared, several
from storage.tables import Application, Choice, ChoiceChange, Course, Group, Organization, Person, Pupil
from storage.twins import twin

ENROLLED = "enrolled"


async def pupils_of(tx: Tx, group_id: int) -> list[int]:
    """The pupils enrolled in a group, by name."""
    return (await pupils_of_groups(tx, [group_id])).get(group_id, [])


async def pupils_of_groups(tx: Tx, group_ids: Collection[int]) -> dict[int, list[int]]:
    """For each group the pupils enrolled in it, by name; a group without any is left out."""
    rows = await tx.execute(
        select(Choice.group_id, Pupil.id)
        .join(Application, Application.id == Choice.application_id)
        .join(Pupil, Pupil.id == Application.pupil_id)
        .where(Choice.group_id.in_(group_ids), Choice.state == ENROLLED, Pupil.archived_at.is_(None))
        .group_by(Choice.group_id, Pupil.id, Pupil.full_name)
        .order_by(Choice.group_id, Pupil.full_name, Pupil.id)
    )
    found: dict[int, list[int]] = defaultdict(list)
    for group_id, pupil_id in rows:
        if group_id is not None:
            found[group_id].append(pupil_id)
    return dict(found)


async def groups_of_pupils(tx: Tx, pupil_ids: Collection[int]) -> dict[int, list[int]]:
    """For each pupil the groups they are enrolled in; a pupil without any is left out."""
    found: dict[int, list[int]] = defaultdict(list)
    for pupil_id, group_id in await _GROUPS_OF_PUPILS.rows(tx, pupils=pupil_ids):
        found[pupil_id].append(group_id)
    return dict(found)


_GROUPS_OF_PUPILS = Prepared(
    select(Application.pupil_id, Choice.group_id)
    .join(Choice, Choice.application_id == Application.id)
    .join(Pupil, Pupil.id == Application.pupil_id)
    .where(
        Application.pupil_id.in_(several("pupils")),
        Choice.state == ENROLLED,
        Choice.group_id.is_not(None),
        Pupil.archived_at.is_(None),
    )
    .group_by(Application.pupil_id, Choice.group_id)
    .order_by(Application.pupil_id, Choice.group_id)
)


@dataclass(frozen=True)
class Wish:
    """A choice as a page shows it."""

    id: int
    course_id: int
    course: str
    organization_id: int
    organization: str
    rank: int
    state: str
    group_id: int | None
    group: str | None  # its code
    number: int | None  # in the line of the reserve, from 1
    override: str | None = None  # why the coordinator lets it pass although something stands against it
    first_number: int | None = None  # its number when it came into the line
    anyway: bool = False  # the family knows that the hours stand against it, and asks all the same
    outcome: str | None = None  # how the year ended for who still learns: completed | failed | left | continues
    ended: str | None = None  # how it ended that nobody refused: storage/enrollment/ended.py
    besides: bool = False  # one more than the courses wanted: no seat is taken for it while the others are held


@dataclass(frozen=True)
class Paper:
    """An application as a page shows it, with its wishes in order."""

    id: int
    pupil_id: int
    child: str  # ФИО
    class_name: str  # in the year it is for; bot/services/enrollment/classes.py tells today's too
    school_id: int
    guardian: str | None  # ФИО of who handed it in in the bot; empty: they have not named themselves; None: nobody did
    state: str
    reason: str | None
    created_at: datetime
    submitted_at: datetime | None
    wishes: tuple[Wish, ...]
    wanted: int = 1  # how many of them the child would attend at once
    year: int = 0  # the academic year it is for
    class_then: str = ""  # where that year is yet to come: the class of then, and `class_name` is today's


async def papers(
    tx: Tx,
    *,
    ids: Collection[int] | None = None,
    pupils: Collection[int] | None = None,
    schools: Collection[int] | None = None,
    years: Collection[int] | None = None,
) -> list[Paper]:
    """Applications, the newest first: these ids, of these pupils, of pupils of these schools, for these academic years (all
    given must hold).
    """
    in_line = case((Choice.reserve_at.is_not(None), _number()))  # counted for those only who stand in one
    question = (
        select(
            Application,
            Pupil,
            Person.name,
            Choice,
            Course.name,
            Organization.id,
            Organization.name,
            Group.code,
            in_line,
            _besides(),
            ended(),
        )
        .join(Pupil, Pupil.id == Application.pupil_id)
        .outerjoin(Person, Person.id == Application.person_id)
        .outerjoin(Choice, Choice.application_id == Application.id)
        .outerjoin(Course, Course.id == Choice.course_id)
        .outerjoin(Organization, Organization.id == Course.organization_id)
        .outerjoin(Group, Group.id == Choice.group_id)
        .where(Pupil.archived_at.is_(None))
        .order_by(Application.id.desc(), Choice.rank, Choice.id)
    )
    for column, wanted in (
        (Application.id, ids),
        (Application.pupil_id, pupils),
        (Pupil.school_id, schools),
        (Application.year, years),
    ):
        if wanted is not None:
            question = question.where(column.in_(wanted))
    kept: dict[int, tuple[Application, Pupil, str | None]] = {}
    wishes: dict[int, list[Wish]] = defaultdict(list)
    rows: Result[*tuple[Any, ...]] = await tx.execute(question)
    for application, pupil, guardian, choice, course, organization_id, organization, group, number, besides, how in rows:
        kept[application.id] = (application, pupil, guardian)
        if choice is not None:
            line = number if choice.reserve_at is not None and choice.state in WAITING else None
            wishes[application.id].append(
                Wish(
                    id=choice.id,
                    course_id=choice.course_id,
                    course=course,
                    organization_id=organization_id,
                    organization=organization,
                    rank=choice.rank,
                    state=choice.state,
                    group_id=choice.group_id,
                    group=group,
                    number=line,
                    override=choice.override,
                    first_number=choice.first_number,
                    anyway=choice.anyway,
                    besides=besides,
                    ended=how,
                    outcome=choice.outcome if choice.state == "enrolled" else None,
                )
            )
    return [
        Paper(
            id=application.id,
            pupil_id=pupil.id,
            child=pupil.full_name,
            class_name=class_in(pupil.class_name, application.year, pupil.class_year) or pupil.class_name,
            school_id=pupil.school_id,
            guardian=guardian,
            state=application.state,
            reason=application.reason,
            created_at=application.created_at,
            submitted_at=application.submitted_at,
            wishes=tuple(wishes[application.id]),
            wanted=application.wanted,
            year=application.year,
        )
        for application, pupil, guardian in kept.values()
    ]


def _besides() -> ColumnElement[bool]:
    """Whether a wish has no place because its application holds as many seats as were wanted."""
    return and_(Choice.state.in_(("submitted", "approved")), Choice.group_id.is_(None), enough_without(Choice.id))


def _number() -> ScalarSelect[int]:
    """A choice's place in the line of its group, from 1."""
    other, theirs, pupil = twin(Choice, "in_line"), twin(Application, "in_line"), twin(Pupil, "in_line")
    ahead = or_(other.reserve_at < Choice.reserve_at, and_(other.reserve_at == Choice.reserve_at, other.id <= Choice.id))
    return (
        select(func.count())
        .select_from(other)
        .join(theirs, theirs.id == other.application_id)
        .join(pupil, pupil.id == theirs.pupil_id)
        .where(pupil.archived_at.is_(None))
        .where(other.group_id == Choice.group_id, other.reserve_at.is_not(None), other.state.in_(WAITING), ahead)
        .correlate(Choice)
        .scalar_subquery()
    )


async def number_in_line(tx: Tx, choice_id: int) -> int:
    """A choice's place in the line of its group, from 1."""
    return (await tx.execute(select(_number()).select_from(Choice).where(Choice.id == choice_id))).scalar_one()


async def last_change(tx: Tx, application_id: int) -> int:
    """The number of the last line of an application's history: whoever decides shows what they have seen."""
    last = select(func.max(ChoiceChange.id)).join(Choice, Choice.id == ChoiceChange.choice_id)
    return await tx.scalar(last.where(Choice.application_id == application_id)) or 0


async def others_wait(tx: Tx, pupil_id: int, state: str) -> bool:
    """Whether a wish of the pupil waits with a place in this state: to be asked for (approved), or answered (requested)."""
    placed = Choice.reserve_at.is_(None), Choice.group_id.is_not(None) if state == "approved" else Choice.id.is_not(None)
    question = select(Choice.id).join(Application, Application.id == Choice.application_id)
    question = question.where(Application.pupil_id == pupil_id, Choice.state == state, *placed)
    return await tx.scalar(question.limit(1)) is not None


async def end_of_line(tx: Tx, group_id: int, *, besides: int) -> datetime | None:
    """When the last of a group's line came into it."""
    waiting = select(func.max(Choice.reserve_at)).where(
        Choice.group_id == group_id, Choice.id != besides, Choice.state.in_(WAITING)
    )
    return await tx.scalar(waiting)


async def submitted(tx: Tx, schools: Collection[int]) -> list[int]:
    """The applications that wait for a coordinator of these schools, the longest waiting first."""
    rows = await tx.scalars(
        select(Application.id)
        .join(Pupil, Pupil.id == Application.pupil_id)
        .where(Application.state == "submitted", Pupil.school_id.in_(schools), Pupil.archived_at.is_(None))
        .order_by(Application.submitted_at, Application.id)
    )
    return list(rows)


# ── rows to be changed: read with a lock ────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Open:
    """An application's rows, locked, in the transaction that will change them."""

    application: Application
    pupil: Pupil
    choices: list[Choice]  # by rank


async def open_application(tx: Tx, application_id: int) -> Open | None:
    """None: there is no such application, or its pupil was erased."""
    return next(iter(await open_applications(tx, [application_id])), None)


async def open_applications(tx: Tx, applications: Collection[int]) -> list[Open]:
    """The rows of these applications, locked in one order, whoever else opens them; those that are gone are left out."""
    mine = (Application.id.in_(applications), Application.pupil_id.is_not(None))
    return await _opened(tx, await tx.scalars(select(Application).where(*mine).order_by(Application.id).with_for_update()))


async def open_paper_of(tx: Tx, pupil_id: int, year: int) -> Open | None:
    """The pupil's application for that year that can still be written on: the returned one, else the draft."""
    application = await tx.scalar(
        select(Application)
        .where(Application.pupil_id == pupil_id, Application.year == year, Application.state.in_(("draft", "returned")))
        .order_by(Application.state.desc(), Application.id.desc())
        .limit(1)
        .with_for_update()
    )
    return None if application is None else (await _opened(tx, [application]))[0]


async def goes_on(tx: Tx, pupil_id: int, year: int) -> bool:
    """Whether the family has said, in an application for that year, that the child stays at school."""
    question = select(Application.id).where(
        Application.pupil_id == pupil_id, Application.year == year, Application.goes_on.is_(True)
    )
    return await tx.scalar(question.limit(1)) is not None


async def changeable_of(tx: Tx, pupil_id: int, year: int) -> int | None:
    """The pupil's submitted application for that year on which nobody has decided anything: the family may still change it."""
    decided = select(Choice.id).where(
        Choice.application_id == Application.id, Choice.state.not_in(("submitted", "returned", "withdrawn"))
    )
    return await tx.scalar(
        select(Application.id)
        .where(Application.pupil_id == pupil_id, Application.year == year, Application.state == "submitted", ~decided.exists())
        .order_by(Application.id.desc())
        .limit(1)
    )


async def _opened(tx: Tx, applications: Iterable[Application]) -> list[Open]:
    some = list(applications)
    pupils = {one.id: one for one in await tx.scalars(select(Pupil).where(Pupil.id.in_({one.pupil_id for one in some})))}
    mine = Choice.application_id.in_([one.id for one in some])
    choices: dict[int, list[Choice]] = defaultdict(list)
    for choice in await tx.scalars(select(Choice).where(mine).order_by(Choice.id).with_for_update()):
        choices[choice.application_id].append(choice)
    return [
        Open(one, pupils[one.pupil_id], sorted(choices[one.id], key=lambda choice: (choice.rank, choice.id)))
        for one in some
        if one.pupil_id is not None
    ]


async def lock_pupil(tx: Tx, pupil_id: int) -> None:
    """Whoever begins an application for this pupil does it alone until the transaction ends."""
    await tx.execute(select(Pupil.id).where(Pupil.id == pupil_id).with_for_update())


async def lock_groups(tx: Tx, courses: Collection[int]) -> None:
    """Whoever gives out seats of these courses does it alone until the transaction ends."""
    await tx.execute(select(Group.id).where(Group.course_id.in_(courses)).order_by(Group.id).with_for_update())
