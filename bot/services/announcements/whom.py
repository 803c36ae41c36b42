"""Whom somebody may address, by the post they hold: teacher → own groups, partner → groups of its courses, coordinator → the school's."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.policy import Person, Post, Role, Thing, require
from bot.refusals import Refusal, stamp
from bot.services.network.years import this_year
from storage.announcements import audience
from storage.announcements.announcements import Said
from storage.announcements.audience import Taught
from storage.db import Tx
from storage.people import people

SPEAK: tuple[Role, ...] = ("coordinator", "partner", "teacher")
KINDS: dict[str, tuple[str, ...]] = {  # whom each of them may address
    "coordinator": ("all", "class", "course", "group"),
    "partner": ("course", "group"),
    "teacher": ("group",),
}


@dataclass(frozen=True)
class Address:
    """One choice of whom to address. `ref`: as a button carries it; `target_id`: of a course or a group."""

    kind: str
    ref: str
    name: str
    target_id: int | None = None


def posts_of(by: Person) -> list[Post]:
    """The posts from which somebody may speak, the coordinator's first."""
    return sorted((post for post in by.posts if post.role in SPEAK), key=lambda post: (SPEAK.index(post.role), post.staff_id))


def post_of(by: Person, staff_id: int) -> Post:
    """Refusal: not-yours, where it is no post of theirs any more."""
    post = next((post for post in posts_of(by) if post.staff_id == staff_id), None)
    if post is None:
        raise Refusal("not-yours")
    require(by, "announcement.make", _thing(post))
    return post


def _thing(post: Post) -> Thing:
    match post.role:
        case "teacher":
            return Thing(teacher_id=post.staff_id)
        case "partner":
            return Thing(organization_id=post.organization_id)
        case _:
            return Thing(school_id=post.organization_id)


async def addresses(tx: Tx, post: Post, kind: str, today: date) -> list[Address]:
    """All of this kind that may be addressed from this post, in the order of a list. Refusal: gone, of no such kind."""
    if kind not in KINDS[post.role]:
        raise Refusal("gone")
    year = await this_year(tx, today)
    match kind:
        case "all":
            return [Address("all", "", (await audience.signature(tx, post.staff_id))[1])]
        case "class":
            names = sorted(await audience.classes(tx, post.organization_id, year), key=_by_number)
            return [Address("class", stamp(name), name) for name in names]
    found = await _groups(tx, post, year)
    if kind == "group":
        return [Address("group", str(one.group_id), f"{one.course}, {one.code}", one.group_id) for one in found]
    courses = {one.course_id: one.course for one in found}
    return [Address("course", str(number), name, number) for number, name in courses.items()]


def _by_number(class_name: str) -> tuple[int, str]:
    number = re.match(r"\d{1,4}", class_name)
    return int(number[0]) if number else 0, class_name


async def _groups(tx: Tx, post: Post, year: int) -> list[Taught]:
    match post.role:
        case "teacher":
            return await audience.groups(tx, year, audience.taught_by(post.staff_id))
        case "partner":
            return await audience.groups(tx, year, audience.run_by(post.organization_id))
        case _:
            return await audience.groups(tx, year, audience.learnt_at(post.organization_id))


async def address(tx: Tx, post: Post, kind: str, ref: str, today: date) -> Address:
    """The one a button means. Refusal: gone."""
    found = next((one for one in await addresses(tx, post, kind, today) if one.ref == ref), None)
    if found is None:
        raise Refusal("gone")
    return found


@dataclass(frozen=True)
class Audience:
    """Whom an announcement reaches: by child who of its family is written to (nobody: the family is called), and whom it is sent to."""

    families: Mapping[int, tuple[int, ...]]

    @property
    def letters(self) -> dict[int, int]:
        """By person the first of their children it is for: one letter, however many of them it concerns."""
        first: dict[int, int] = {}
        for pupil in sorted(self.families):
            for person in self.families[pupil]:
                first.setdefault(person, pupil)
        return first

    @property
    def apart(self) -> list[int]:
        """The children whose families no letter reaches."""
        return [pupil for pupil, people in self.families.items() if not people]


async def audience_of(tx: Tx, said: Said, by: Person, today: date) -> Audience:
    """As it stands now. Refusals: not-yours; gone, where there is no such class, course or group any more: «7А» of another year
    are other children."""
    post = post_of(by, said.staff_id)
    pupils = await _pupils(tx, said, post, today)
    told = await people.families_of(tx, pupils)
    return Audience({pupil: tuple(sorted(set(told.get(pupil, ())))) for pupil in sorted(pupils)})


async def _pupils(tx: Tx, said: Said, post: Post, today: date) -> set[int]:
    year = await this_year(tx, today)
    if said.kind not in KINDS[post.role] or (said.year != year and said.kind != "all"):
        raise Refusal("gone")
    if said.kind in ("all", "class"):
        return await audience.of_school(tx, post.organization_id, year, said.whom if said.kind == "class" else None)
    mine = await _groups(tx, post, year)
    ids = [one.group_id for one in mine if said.target_id == (one.group_id if said.kind == "group" else one.course_id)]
    if not ids:
        raise Refusal("gone")
    return await audience.of_groups(tx, ids, post.organization_id if post.role == "coordinator" else None)
