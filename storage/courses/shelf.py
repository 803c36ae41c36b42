"""What the catalogue is made of, kept in the process as long as its version stands; seats never: they are asked for each page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, select, true

from storage.courses.courses import Child, GroupOffer, Hours, Offer, about_children, children_of, current_only, described
from storage.courses.weeks import Roads, roads
from storage.db import Tx
from storage.network import years
from storage.network.years import AcademicYear
from storage.tables import ClassHours, Course, Organization, Pupil, Shortlisted
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
    asked = about_children(pupils).add_columns(Shortlisted.course_id.label("starred"), version_of_catalogue().label("version"))
    rows = (await tx.execute(asked.outerjoin(Shortlisted, Shortlisted.pupil_id == Pupil.id))).all()
    starred: dict[int, set[int]] = defaultdict(set)
    for row in rows:
        if row.starred is not None:
            starred[row.id].add(row.starred)
    return {pupil: Looking(child, frozenset(starred[pupil]), rows[0].version) for pupil, child in children_of(rows).items()}
