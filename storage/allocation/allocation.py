"""Questions about the distribution of places: who takes part, with what priorities, what was drawn and published."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, true
from sqlalchemy.orm import aliased

from storage.courses.courses import HOLDING
from storage.db import Tx
from storage.parts import parts
from storage.people.classes import class_of, last_class
from storage.rows import each
from storage.tables import Allocation, Application, Choice, Course, Group, Guardianship, Organization, Pupil, Year

MANY = 5_000  # ids in one question: SQLite takes 32,766


@dataclass(frozen=True)
class Waiting:
    """A wish that waits for a distribution, or stands in the line after one."""

    application_id: int
    wanted: int
    pupil_id: int
    class_name: str
    school_id: int
    choice_id: int
    course_id: int
    group_id: int | None  # of its line
    reserve_at: datetime | None


async def year_waiting(tx: Tx) -> int | None:
    """The latest academic year in which somebody's wish for a course «заявки» waits for a place; None: nobody's does."""
    waits = (
        select(Choice.id)
        .join(Application, Application.id == Choice.application_id)
        .join(Course, Course.id == Choice.course_id)
        .join(Pupil, Pupil.id == Application.pupil_id)
        .where(
            Application.year == Year.year,
            Choice.state.in_(("submitted", "approved")),
            Choice.group_id.is_(None),
            Course.selection == "ranked",
            Course.archived_at.is_(None),
            Pupil.archived_at.is_(None),
        )
    )
    return await tx.scalar(select(Year.year).where(exists(waits)).order_by(Year.year.desc()).limit(1))


async def waiting(
    tx: Tx, state: str, year: int, *, today: date | None = None, courses: Collection[int] | None = None
) -> list[Waiting]:
    """Wishes of that year for courses «заявки»: `approved` and without a place, or in `reserve`; by application and rank.

    `today`: only those whose window is closed then; `courses`: only these.
    """
    rows = await tx.execute(
        select(
            Application.id.label("application_id"),
            Application.wanted,
            Pupil.id.label("pupil_id"),
            class_of(Course.year).label("class_name"),
            Pupil.school_id,
            Choice.id.label("choice_id"),
            Choice.course_id,
            Choice.group_id,
            Choice.reserve_at,
        )
        .join(Application, Application.id == Choice.application_id)
        .join(Pupil, Pupil.id == Application.pupil_id)
        .join(Course, Course.id == Choice.course_id)
        .where(
            Choice.state == state,
            Course.year == year,
            Choice.group_id.is_(None) if state == "approved" else Choice.reserve_at.is_not(None),
            Course.selection == "ranked",
            Course.archived_at.is_(None),
            Pupil.archived_at.is_(None),
            or_(Course.closes_on.is_(None), Course.closes_on < today) if today is not None else true(),
            Choice.course_id.in_(courses) if courses is not None else true(),
        )
        .order_by(Application.id, Choice.rank, Choice.id)
    )
    return each(rows, Waiting)


@dataclass(frozen=True)
class Place:
    """A place a child has: a seat that is theirs already."""

    application_id: int
    course_id: int
    group_id: int


async def places(tx: Tx, state: str, year: int) -> dict[int, list[Place]]:
    """Per pupil with wishes of that year in this state the places they have in it."""
    wishing = select(Application.pupil_id).join(Choice, Choice.application_id == Application.id).where(Choice.state == state)
    rows = await tx.execute(
        select(Application.pupil_id, Application.id, Choice.course_id, Choice.group_id)
        .join(Choice, Choice.application_id == Application.id)
        .where(_seated(Choice), Application.year == year, Application.pupil_id.in_(wishing))
    )
    found: dict[int, list[Place]] = defaultdict(list)
    for pupil_id, application_id, course_id, group_id in rows:
        if pupil_id is not None and group_id is not None:
            found[pupil_id].append(Place(application_id, course_id, group_id))
    return found


async def with_a_place(tx: Tx, year: int) -> set[int]:
    """The pupils who hold a seat of any course of that year, given in whatever way."""
    rows = await tx.scalars(
        select(Application.pupil_id)
        .join(Choice, Choice.application_id == Application.id)
        .where(_seated(Choice), Application.year == year, Application.pupil_id.is_not(None))
        .distinct()
    )
    return {pupil for pupil in rows if pupil is not None}


def _seated(choice: type[Choice]) -> ColumnElement[bool]:
    return and_(choice.state.in_(HOLDING), choice.group_id.is_not(None), choice.reserve_at.is_(None))


async def returning(tx: Tx, year: int) -> set[tuple[int, int]]:
    """(pupil, course of that year) of who learnt in the same course the year before and goes on.

    So says the year's end; who has no answer (yet) counts as going on. Courses of two years are the same by their code.
    """
    before = aliased(Course)
    rows = await tx.execute(
        select(Application.pupil_id, Course.id)
        .join(Choice, Choice.application_id == Application.id)
        .join(before, before.id == Choice.course_id)
        .join(Course, and_(Course.code == before.code, Course.year == year))
        .where(
            Application.pupil_id.is_not(None),
            before.year == year - 1,
            Course.selection == "ranked",
            or_(
                Choice.state.in_(("continues", "unfinished")),
                and_(Choice.state == "enrolled", or_(Choice.outcome.is_(None), Choice.outcome == "continues")),
            ),
        )
    )
    return {(pupil_id, course_id) for pupil_id, course_id in rows if pupil_id is not None}


async def with_sibling(tx: Tx, state: str, year: int) -> set[tuple[int, int]]:
    """(pupil with a wish in this state, group of the wished course) where a child of the same guardian has a seat."""
    mine, theirs = aliased(Guardianship), aliased(Guardianship)
    wish, wishing, seat, seated = aliased(Choice), aliased(Application), aliased(Choice), aliased(Application)
    rows = await tx.execute(
        select(mine.pupil_id, seat.group_id)
        .select_from(wish)
        .join(wishing, wishing.id == wish.application_id)
        .join(mine, and_(mine.pupil_id == wishing.pupil_id, mine.until.is_(None)))
        .join(theirs, and_(theirs.person_id == mine.person_id, theirs.until.is_(None), theirs.pupil_id != mine.pupil_id))
        .join(seated, seated.pupil_id == theirs.pupil_id)
        .join(seat, and_(seat.application_id == seated.id, seat.course_id == wish.course_id))
        .where(wish.state == state, wishing.year == year, seated.year == year, _seated(seat))
        .where(wish.course_id.in_(select(Course.id).where(Course.year == year)))  # begins with the few wishes in this state
        .distinct()
    )
    return {(pupil_id, group_id) for pupil_id, group_id in rows if group_id is not None}


async def asked_without_group(tx: Tx) -> dict[int, int]:
    """Per course how many children a partner has been asked for and has not yet given a seat."""
    rows = await tx.execute(
        select(Choice.course_id, func.count())
        .where(Choice.state == "requested", Choice.group_id.is_(None))
        .group_by(Choice.course_id)
    )
    return dict(rows.all())


async def kept_free(tx: Tx) -> dict[int, int]:
    """Groups of which a partner leaves seats empty on purpose, and how many."""
    rows = await tx.execute(select(Group.id, Group.kept_free).where(Group.kept_free > 0))
    return dict(rows.all())


async def undecided(tx: Tx, year: int, today: date) -> int:
    """How many applications of that year with courses «заявки» whose window is closed still wait for a coordinator."""
    return (
        await tx.scalar(
            select(func.count(Choice.application_id.distinct()))
            .join(Course, Course.id == Choice.course_id)
            .join(Application, Application.id == Choice.application_id)
            .join(Pupil, Pupil.id == Application.pupil_id)
            .where(Choice.state == "submitted", Course.year == year, Course.selection == "ranked", Pupil.archived_at.is_(None))
            .where(or_(Course.closes_on.is_(None), Course.closes_on < today))
        )
        or 0
    )


async def still_open(tx: Tx, year: int, today: date, most: int) -> list[tuple[str, date]]:
    """Courses «заявки» somebody waits for that take applications today or later: name and last day, the latest first; not more."""
    waits = select(Choice.id).where(
        Choice.course_id == Course.id, Choice.state.in_(("submitted", "approved")), Choice.group_id.is_(None)
    )
    rows = await tx.execute(
        select(Course.name, Course.closes_on)
        .where(
            Course.year == year,
            Course.selection == "ranked",
            Course.closes_on >= today,
            Course.archived_at.is_(None),
            exists(waits),
        )
        .order_by(Course.closes_on.desc(), Course.name, Course.id)
        .limit(most)
    )
    return [(name, day) for name, day in rows if day is not None]


# ── what was drawn ──────────────────────────────────────────────────────────────────────────────────────────────────


async def open_one(tx: Tx, year: int) -> int | None:
    """The allocation of the academic year that is drawn and not published; whoever asks keeps others from drawing."""
    await tx.execute(select(Organization.id).where(Organization.role == "base").order_by(Organization.id).with_for_update())
    return await tx.scalar(select(Allocation.id).where(Allocation.year == year, Allocation.published_at.is_(None)))


async def one(tx: Tx, allocation_id: int) -> Allocation | None:
    """An allocation, locked where it may be changed."""
    return await tx.scalar(select(Allocation).where(Allocation.id == allocation_id).with_for_update())


async def published(tx: Tx, years: Collection[int]) -> list[Allocation]:
    """The published draws of these academic years, the oldest first; those for the rest among those who wait are left out."""
    rows = await tx.scalars(
        select(Allocation)
        .where(Allocation.year.in_(years), Allocation.published_at.is_not(None), Allocation.follows_id.is_(None))
        .order_by(Allocation.id)
    )
    return list(rows)


@dataclass(frozen=True)
class Made:
    """An allocation in a list."""

    id: int
    year: int
    follows_id: int | None
    drawn_at: datetime
    published_at: datetime | None


async def made(tx: Tx) -> list[Made]:
    """All allocations, the newest first."""
    rows = await tx.execute(
        select(Allocation.id, Allocation.year, Allocation.follows_id, Allocation.drawn_at, Allocation.published_at).order_by(
            Allocation.id.desc()
        )
    )
    return [Made(**row._mapping) for row in rows]


async def wanted(tx: Tx, application_id: int) -> int:
    """How many of its courses an application wants at once."""
    return await tx.scalar(select(Application.wanted).where(Application.id == application_id)) or 1


@dataclass(frozen=True)
class Named:
    """A wish of an allocation with whose it is."""

    choice_id: int
    application_id: int
    pupil_id: int
    school_id: int
    child: str
    class_name: str
    course: str
    rank: int


async def named(tx: Tx, choices: Collection[int]) -> dict[int, Named]:
    """These choices with the children's names; of erased children nothing is left."""
    found: dict[int, Named] = {}
    for some in parts(sorted(choices), MANY):
        rows = await tx.execute(
            select(
                Choice.id.label("choice_id"),
                Application.id.label("application_id"),
                Pupil.id.label("pupil_id"),
                Pupil.school_id,
                Pupil.full_name.label("child"),
                last_class(Course.year).label("class_name"),
                Course.name.label("course"),
                Choice.rank,
            )
            .join(Application, Application.id == Choice.application_id)
            .join(Pupil, Pupil.id == Application.pupil_id)
            .join(Course, Course.id == Choice.course_id)
            .where(Choice.id.in_(some))
        )
        found |= {row.choice_id: Named(**row._mapping) for row in rows}
    return found


async def children(tx: Tx, pupils: Collection[int]) -> dict[int, str]:
    """The ФИО of these pupils."""
    found: dict[int, str] = {}
    for some in parts(sorted(pupils), MANY):
        found |= dict((await tx.execute(select(Pupil.id, Pupil.full_name).where(Pupil.id.in_(some)))).all())
    return found


async def courses_of(tx: Tx, choices: Collection[int]) -> set[int]:
    """The courses of these choices."""
    found: set[int] = set()
    for some in parts(sorted(choices), MANY):
        found |= set(await tx.scalars(select(Choice.course_id).where(Choice.id.in_(some)).distinct()))
    return found


async def to_change(tx: Tx, choices: Collection[int]) -> dict[int, Choice]:
    """The rows of these choices, locked in one order."""
    found: dict[int, Choice] = {}
    for some in parts(sorted(choices), MANY):
        rows = await tx.scalars(select(Choice).where(Choice.id.in_(some)).order_by(Choice.id).with_for_update())
        found |= {choice.id: choice for choice in rows}
    return found
