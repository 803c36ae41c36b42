"""Questions about the end of a year: who learnt in which group and with what result, what is still open, whom to ask."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, update

from storage.among import among
from storage.courses.courses import ALIVE
from storage.db import Tx
from storage.people.classes import last_class
from storage.people.consent import Reader, shown_name
from storage.people.erased import SCHOOL_OF, with_erased
from storage.tables import Application, Choice, Course, Group, Organization, Pupil, Staff

# Choices of pupils who learnt in their group, and how it ended where it has.
LEARNT = ("enrolled", "completed", "failed", "left", "continues", "unfinished")


def to_the_end() -> ColumnElement[bool]:
    """Choices of pupils who learn in their group, or learnt there when its year ended: not those who had left by then."""
    return or_(Choice.state.in_(("enrolled", "unfinished")), and_(Choice.state.in_(LEARNT), Choice.outcome.is_not(None)))


@dataclass(frozen=True)
class Learnt:
    """A pupil of a group in its year, and how it ended for them."""

    choice_id: int
    application_id: int
    pupil_id: int
    child: str  # ФИО; empty where the reader may not know it
    class_name: str
    school_id: int
    course: str
    organization_id: int
    organization: str
    group_id: int
    group: str
    teacher_id: int
    year: int
    state: str
    outcome: str | None

    @property
    def ended(self) -> str | None:
        """completed | failed | left | continues | unfinished; None: nobody has said."""
        return self.outcome if self.state == "enrolled" else self.state


def _learnt(name: Any) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Choice.id.label("choice_id"),
            Choice.application_id,
            Pupil.id.label("pupil_id"),
            name.label("child"),
            last_class(Group.year).label("class_name"),
            Pupil.school_id,
            Course.name.label("course"),
            Course.organization_id,
            Organization.name.label("organization"),
            Group.id.label("group_id"),
            Group.code.label("group"),
            Group.teacher_id,
            Group.year,
            Choice.state,
            Choice.outcome,
        )
        .join(Application, Application.id == Choice.application_id)
        .join(Pupil, Pupil.id == Application.pupil_id)
        .join(Group, Group.id == Choice.group_id)
        .join(Course, Course.id == Group.course_id)
        .join(Organization, Organization.id == Course.organization_id)
        .where(Choice.state.in_(LEARNT), Choice.reserve_at.is_(None))
        .order_by(Pupil.full_name, Pupil.id, Choice.id)
    )


async def learnt(tx: Tx, group_id: int, reader: Reader) -> list[Learnt]:
    """Everybody who learnt in a group, by name as this reader may know it."""
    rows = await tx.execute(_learnt(shown_name(reader)).where(Group.id == group_id, Pupil.archived_at.is_(None)))
    return [Learnt(**row._mapping) for row in rows]


async def one(tx: Tx, choice_id: int) -> Learnt | None:
    """One pupil of a group, by the full name."""
    row = (await tx.execute(_learnt(Pupil.full_name).where(Choice.id == choice_id))).one_or_none()
    return None if row is None else Learnt(**row._mapping)


async def unfinished(tx: Tx, schools: Collection[int], year: int) -> list[Learnt]:
    """Pupils of these schools whose year was closed without a result («без итога»)."""
    question = _learnt(Pupil.full_name).where(Choice.state == "unfinished", Group.year == year, Pupil.school_id.in_(schools))
    return [Learnt(**row._mapping) for row in await tx.execute(question)]


async def unfinished_nameless(tx: Tx, schools: Collection[int], year: int) -> int:
    """Of how many more nobody can be named: their data were withdrawn, and their place was held to the end."""
    question = select(func.count(Choice.id)).join(Application, Application.id == Choice.application_id)
    question = question.join(Course, Course.id == Choice.course_id).where(Choice.state == "unfinished", Course.year == year)
    return await tx.scalar(question.where(Application.pupil_id.is_(None), Application.school_id.in_(schools))) or 0


async def groups_of_pupils(tx: Tx, pupils: Collection[int], year: int) -> dict[int, list[int]]:
    """For each of these pupils the groups in which they learnt that year, whatever became of it."""
    rows = await tx.execute(
        select(Application.pupil_id, Choice.group_id)
        .join(Choice, Choice.application_id == Application.id)
        .join(Group, Group.id == Choice.group_id)
        .where(Application.pupil_id.in_(pupils), Choice.state.in_(LEARNT), Group.year == year)
        .distinct()
        .order_by(Application.pupil_id, Choice.group_id)
    )
    found: dict[int, list[int]] = defaultdict(list)
    for pupil_id, group_id in rows:
        if pupil_id is not None and group_id is not None:
            found[pupil_id].append(group_id)
    return dict(found)


async def schools_of(tx: Tx, year: int) -> list[tuple[int, int]]:
    """The schools whose pupils learnt somewhere that year, and for how many it was closed without a result."""
    without = func.count(Choice.id).filter(Choice.state == "unfinished")
    rows = await tx.execute(
        with_erased(select(SCHOOL_OF, without).select_from(Choice).join(Application, Application.id == Choice.application_id))
        .join(Course, Course.id == Choice.course_id)
        .where(Course.year == year, Choice.state.in_(LEARNT))
        .group_by(SCHOOL_OF)
        .order_by(SCHOOL_OF)
    )
    return [(school_id, count) for school_id, count in rows]


@dataclass(frozen=True)
class Waiting:
    """A group at the year's end: how many learn in it, and of how many nobody has said how it ended."""

    id: int
    code: str
    course: str
    organization_id: int
    teacher_id: int
    children: int
    open: int


async def groups(tx: Tx, year: int, whose: ColumnElement[bool] | None = None) -> list[Waiting]:
    """The groups of a year in which somebody learns: by course, then code. `whose`: of `taught_by`."""
    counted = func.count(Choice.id)
    question = (
        select(
            Group.id,
            Group.code,
            Course.name.label("course"),
            Course.organization_id,
            Group.teacher_id,
            counted.label("children"),
            counted.filter(Choice.outcome.is_(None)).label("open"),
        )
        .join(Course, Course.id == Group.course_id)
        .join(Choice, and_(Choice.group_id == Group.id, Choice.state == "enrolled"))
        .join(Application, Application.id == Choice.application_id)
        .join(Pupil, Pupil.id == Application.pupil_id)
        .where(Group.year == year, Pupil.archived_at.is_(None))
        .group_by(Group.id, Group.code, Course.name, Course.organization_id, Group.teacher_id)
        .order_by(Course.name, Group.code, Group.id)
    )
    rows = await tx.execute(question if whose is None else question.where(whose))
    return [Waiting(**row._mapping) for row in rows]


def taught_by(teachers: Collection[int], organizations: Collection[int], schools: Collection[int]) -> ColumnElement[bool]:
    """Groups of these teachers, of these partners, and those in which pupils of these schools learn."""
    return among((Group.teacher_id, teachers), (Course.organization_id, organizations), (Pupil.school_id, schools))


async def with_bot(tx: Tx, staff: Collection[int], organizations: Collection[int]) -> list[tuple[int, str, int, int]]:
    """Who of these teachers and of these partners' offices has the bot: (person, role, staff id, organization)."""
    rows = await tx.execute(
        select(Staff.person_id, Staff.role, Staff.id, Staff.organization_id).where(
            Staff.person_id.is_not(None),
            Staff.archived_at.is_(None),
            or_(Staff.id.in_(staff), and_(Staff.role == "partner", Staff.organization_id.in_(organizations))),
        )
    )
    return [(row.person_id or 0, row.role, row.id, row.organization_id) for row in rows]


async def set_outcome(tx: Tx, choice_id: int, outcome: str | None, at: datetime | None) -> None:
    """How the year ended for this pupil, as long as it is open."""
    await tx.execute(update(Choice).where(Choice.id == choice_id).values(outcome=outcome, outcome_at=at))


async def answered_at(tx: Tx, group_id: int, at: datetime) -> list[int]:
    """The choices of a group that were answered at that very moment, all at once."""
    rows = await tx.scalars(
        select(Choice.id)
        .where(Choice.group_id == group_id, Choice.state == "enrolled", Choice.outcome_at == at)
        .order_by(Choice.id)
    )
    return list(rows)


# ── closing ─────────────────────────────────────────────────────────────────────────────────────────────────────────


async def open_in(tx: Tx, before: int, limit: int) -> list[int]:
    """Choices of the years before that one that are still open, some at a time."""
    rows = await tx.scalars(
        select(Choice.id)
        .join(Course, Course.id == Choice.course_id)
        .where(Course.year < before, Choice.state.in_((*ALIVE, "draft")))
        .order_by(Choice.id)
        .limit(limit)
    )
    return list(rows)


@dataclass(frozen=True)
class Ending:
    """A choice whose year is closed, as its family hears of it."""

    choice_id: int
    application_id: int
    pupil_id: int | None  # None: erased
    child: str
    course: str
    organization: str
    year: int
    state: str


async def endings(tx: Tx, choices: Collection[int]) -> list[Ending]:
    """These choices, those of erased children too."""
    rows = await tx.execute(
        select(
            Choice.id.label("choice_id"),
            Choice.application_id,
            Application.pupil_id,
            func.coalesce(Pupil.full_name, "").label("child"),
            Course.name.label("course"),
            Organization.name.label("organization"),
            Course.year,
            Choice.state,
        )
        .join(Application, Application.id == Choice.application_id)
        .outerjoin(Pupil, and_(Pupil.id == Application.pupil_id, Pupil.archived_at.is_(None)))
        .join(Course, Course.id == Choice.course_id)
        .join(Organization, Organization.id == Course.organization_id)
        .where(Choice.id.in_(choices))
        .order_by(Choice.id)
    )
    return [Ending(**row._mapping) for row in rows]


async def close_papers(tx: Tx, choices: Collection[int]) -> None:
    """The applications of these choices that were still being written, decided or corrected are closed with their year."""
    papers = select(Choice.application_id).where(Choice.id.in_(choices))
    await tx.execute(
        update(Application)
        .where(Application.id.in_(papers), Application.state.in_(("draft", "submitted", "returned")))
        .values(state="closed")
        .execution_options(synchronize_session=False)
    )
