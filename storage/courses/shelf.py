"""What the catalogue is made of, kept in the process as long as its version stands; seats never: they are asked for each page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, and_, select, true

from storage.courses.courses import ALIVE, Child, GroupOffer, Held, Hours, Offer, current_only, described, held_of
from storage.courses.weeks import Roads, roads
from storage.db import Tx
from storage.network import years
from storage.network.years import AcademicYear
from storage.tables import Application, Choice, ClassHours, Course, Organization, Pupil, Shortlisted
from storage.versions import version_of_catalogue


@dataclass(frozen=True, eq=False)
class Shelf:
    """Every course there is, archived ones too, with everything about it but its seats.

    Equal hours are one object: what is found out about an hour holds for all groups that meet then and there.
    """

    courses: dict[int, Offer]
    on_offer: dict[int, Offer]  # those neither archived nor of an archived organization; both by name
    lessons: dict[tuple[int, int, str], tuple[Hours, ...]]  # a school's own, by year, school and class
    roads: Roads
    longest_road: int  # minutes; 0: nobody has said how long any is
    hours: tuple[Hours, ...]  # every different one, once
    of_group: dict[int, tuple[int, ...]]  # for a group the places of its hours in `hours`
    years: dict[int, AcademicYear]


_SHELVES: WeakKeyDictionary[Engine, tuple[str | None, Shelf]] = WeakKeyDictionary()


async def shelf(tx: Tx, version: str | None) -> Shelf:
    """The shelf of this version, which was read in this transaction; another one is put together anew."""
    engine = tx.get_bind()
    key = engine if isinstance(engine, Engine) else engine.engine
    kept = _SHELVES.get(key)
    if kept is None or kept[0] != version:
        kept = (version, await _put_together(tx))
        _SHELVES[key] = kept
    return kept[1]


def forget() -> None:
    """Put every shelf together anew when next asked for."""
    _SHELVES.clear()


async def version(tx: Tx) -> str | None:
    return (await tx.execute(select(version_of_catalogue()))).scalar_one()


async def _put_together(tx: Tx) -> Shelf:
    archived = select(Course.id).join(Organization, Organization.id == Course.organization_id).where(~current_only())
    gone = set(await tx.scalars(archived))
    offers = await described(tx, true())
    hours = list(dict.fromkeys(one for offer in offers for group in offer.groups for one in group.hours))
    places = {one: at for at, one in enumerate(hours)}
    of_group = {group.id: tuple(places[one] for one in group.hours) for offer in offers for group in offer.groups}

    def met(group: GroupOffer) -> GroupOffer:
        return replace(group, hours=tuple(hours[at] for at in of_group[group.id]))

    courses = {offer.id: replace(offer, groups=tuple(met(group) for group in offer.groups)) for offer in offers}
    between = await roads(tx)
    return Shelf(
        courses=courses,
        on_offer={id_: offer for id_, offer in courses.items() if id_ not in gone},
        lessons=await _lessons(tx),
        roads=between,
        longest_road=max(between.values(), default=0),
        hours=tuple(hours),
        of_group=of_group,
        years=await years.known(tx),
    )


async def _lessons(tx: Tx) -> dict[tuple[int, int, str], tuple[Hours, ...]]:
    rows = await tx.execute(
        select(
            ClassHours.year, ClassHours.school_id, ClassHours.class_name, ClassHours.weekday, ClassHours.starts, ClassHours.ends
        ).order_by(ClassHours.weekday, ClassHours.starts)
    )
    found: dict[tuple[int, int, str], list[Hours]] = defaultdict(list)
    for row in rows:
        hours = Hours(row.weekday, row.starts, row.ends, row.school_id)
        found[row.year, row.school_id, row.class_name].append(hours)
    return {whose: tuple(lessons) for whose, lessons in found.items()}


# ── what is asked for each page ─────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Looking:
    """The child a page is for, the courses the family keeps in its shortlist, and the catalogue's version."""

    child: Child
    starred: frozenset[int]
    version: str | None


async def looking(tx: Tx, pupils: Collection[int]) -> dict[int, Looking]:
    """These pupils with what they have and what their families keep in mind, in one question. Archived ones are left out."""
    rows = await tx.execute(
        select(
            Pupil.id,
            Pupil.full_name,
            Pupil.class_name,
            Pupil.class_year,
            Pupil.school_id,
            Choice.application_id,
            Choice.id.label("choice_id"),
            Choice.course_id,
            Choice.group_id,
            Choice.state,
            Application.year,
            Application.goes_on,
            Shortlisted.course_id.label("starred"),
            version_of_catalogue().label("version"),
        )
        .outerjoin(Application, Application.pupil_id == Pupil.id)
        .outerjoin(Choice, and_(Choice.application_id == Application.id, Choice.state.in_((*ALIVE, "draft"))))
        .outerjoin(Shortlisted, Shortlisted.pupil_id == Pupil.id)
        .where(Pupil.id.in_(pupils), Pupil.archived_at.is_(None))
        .order_by(Pupil.full_name, Pupil.id, Choice.id)
    )
    held: dict[int, dict[int, Held]] = defaultdict(dict)
    starred: dict[int, set[int]] = defaultdict(set)
    stays: dict[int, set[int]] = defaultdict(set)
    known: dict[int, Any] = {}
    for row in rows:
        known[row.id] = row
        if row.goes_on:
            stays[row.id].add(row.year)
        if row.choice_id is not None:
            held[row.id][row.choice_id] = held_of(row)
        if row.starred is not None:
            starred[row.id].add(row.starred)
    return {
        pupil: Looking(_child(row, held[pupil].values(), stays[pupil]), frozenset(starred[pupil]), row.version)
        for pupil, row in known.items()
    }


def _child(row: Any, held: Iterable[Held], stays: Iterable[int]) -> Child:
    alive = tuple(one for one in held if one.state != "draft")
    return Child(
        id=row.id,
        full_name=row.full_name,
        class_name=row.class_name,
        class_year=row.class_year,
        school_id=row.school_id,
        held=alive,
        drafts=tuple(one for one in held if one.state == "draft"),
        stays=frozenset(stays),
    )
