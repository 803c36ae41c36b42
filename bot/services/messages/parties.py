"""Who may write to whom: `forbids` decides it, for a thread that is begun and for one that stands; `whom` is whom one may choose from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from bot.clock import Moment, day_numbered
from bot.policy import Person
from bot.refusals import Refusal
from bot.services.network.years import this_year
from bot.services.timetable.views.week import Days, family, lessons_of
from storage.db import Tx
from storage.enrollment import enrollment
from storage.messages import parties, threads
from storage.messages.parties import Taught
from storage.messages.threads import FAMILY, ONE, OTHER, Holds, Side, Thread
from storage.people import consent, contacts
from storage.people.consent import Reader
from storage.timetable import timetable

ORDER = ("guardian", "student", "coordinator", "teacher", "partner")  # who stands first in a thread, whoever began it
_RANK = {role: place for place, role in enumerate(ORDER)}
KNOWN_TO_PARTNER = ("requested", "enrolled", "reserve", "offered")  # wishes their partner has been told of


@dataclass(frozen=True)
class Subject:
    """What a letter is about: a lesson, a group (its journal), an application, or a question of no such thing (id 0)."""

    kind: str = "question"
    id: int = 0


class Pair(NamedTuple):
    """Who may write to whom, and about which child."""

    mine: Side
    theirs: Side
    pupil_id: int | None = None


def holds_of(by: Person) -> Holds:
    """Whose sides somebody holds. A guardian holds a pupil's side too: what their child writes is theirs to read."""
    return {
        "guardian": by.children,
        "student": by.pupils,
        "teacher": by.staff_as("teacher"),
        "coordinator": by.organizations_as("coordinator"),
        "partner": by.organizations_as("partner"),
    }


def side_of(by: Person, thread: Thread) -> int | None:
    """Which side of a thread somebody holds; None: neither.

    Who is parent and teacher of one child, or teaches where they are the office, holds both: then they are the teacher, whom
    nobody else could be, or else of the staff. storage/messages/threads.py counts by the same rule.
    """
    holds = holds_of(by)
    held = [number for number in (ONE, OTHER) if thread.side(number).id in holds[thread.side(number).role]]
    if thread.one.role == "teacher":
        return held[0] if held else None
    return held[-1] if held else None


def required_side(by: Person, thread: Thread) -> int:
    """The same, of whoever has no business here the refusal thread-not-yours."""
    mine = side_of(by, thread)
    if mine is None:
        raise Refusal("thread-not-yours")
    return mine


def foreign(number: int) -> int:
    """The other side."""
    return OTHER if number == ONE else ONE


async def thread_of(tx: Tx, thread_id: int) -> Thread:
    """Refusal: gone."""
    thread = await threads.thread(tx, thread_id)
    if thread is None:
        raise Refusal("gone")
    return thread


def as_thread(about: Subject, pair: Pair, now: datetime, school_id: int | None = None) -> Thread:
    """The thread these two would begin; it is not kept yet."""
    one, other = in_order(pair)
    return Thread(
        id=0,
        school_id=school_id,
        pupil_id=pair.pupil_id,
        one=one,
        other=other,
        about=about.kind,
        about_id=about.id,
        begun_at=now,
        closed_at=None,
        closed_side=None,
        reported_at=None,
    )


def in_order(pair: Pair) -> tuple[Side, Side]:
    """The sides as a thread keeps them."""
    one, other, _ = pair
    return (other, one) if _RANK[other.role] < _RANK[one.role] else (one, other)


@dataclass(frozen=True)
class Grounds:
    """What it follows from who may write to whom, of a number of sides: asked once for all of them."""

    schools: Collection[int]  # base schools that stand
    partners: Collection[int]
    school_of: Mapping[int, int]  # pupils who are pupils
    works_at: Mapping[int, int]  # teachers who are teachers, and their organization
    teaching: Collection[int]  # those of them who have a group
    learns: Collection[tuple[int, int]]  # a pupil and a teacher of theirs


async def grounds(tx: Tx, sides: Iterable[Side], today: date, teaching: Collection[int] | None = None) -> Grounds:
    """Of these sides. `teaching`: everybody who has a group, where that was asked for already."""
    these = list(sides)
    of = {role: {side.id for side in these if side.role == role} for role in ORDER}
    pupils, teachers = of["guardian"] | of["student"], of["teacher"]
    years = await _years(tx, today) if teachers else []
    offices = of["coordinator"] | of["partner"]
    if teaching is None:
        teaching = await parties.teaching(tx, years, teachers) if teachers and of["coordinator"] else ()
    return Grounds(
        schools=await parties.organizations(tx, "base") if offices else (),
        partners=await parties.organizations(tx, "partner") if offices else (),
        school_of=await parties.schools_of(tx, pupils) if pupils else {},
        works_at=await contacts.work_of(tx, teachers) if teachers else {},
        teaching=set(teaching),
        learns=await parties.learners(tx, years, pupils, teachers) if pupils and teachers else (),
    )


async def why_not(tx: Tx, one: Side, other: Side, today: date) -> str | None:
    """Why these two sides may not write to each other, in a word of `thread-shut`; None: they may."""
    return forbids(await grounds(tx, (one, other), today), one, other)


def forbids(known: Grounds, one: Side, other: Side) -> str | None:
    """A family and whoever teaches its child, and the coordinators of its school; a coordinator and the teachers and partners of
    the network; a teacher and the administrators of their own organization. Nobody else. Pure.
    """
    if _RANK[other.role] < _RANK[one.role]:
        one, other = other, one
    match (one.role, other.role):
        case ("guardian" | "student", "teacher" | "coordinator"):
            return _forbids_family(known, one, other)
        case ("coordinator", "teacher"):
            teaches = one.id in known.schools and other.id in known.works_at and other.id in known.teaching
            return None if teaches else "teacher"
        case ("coordinator", "partner"):
            return None if one.id in known.schools and other.id in known.partners else "partner"
        case ("teacher", "partner"):
            return None if known.works_at.get(one.id) == other.id else "teacher"
    return "never"


def _forbids_family(known: Grounds, family: Side, other: Side) -> str | None:
    school = known.school_of.get(family.id)
    if school is None:
        return "school"
    if other.role == "coordinator":
        return None if other.id == school else "school"
    if other.id not in known.works_at:
        return "teacher"
    return None if (family.id, other.id) in known.learns else "group"


async def _years(tx: Tx, today: date) -> list[int]:
    this = await this_year(tx, today)
    return [this, this + 1]


# ── whom one may choose from ────────────────────────────────────────────────────────────────────────────────────────


async def whom(tx: Tx, by: Person, about: Subject, today: date, only: Side | None = None) -> list[Pair]:
    """Everybody this person may write to about this: those of their family first. A press names one of them or is refused.

    `only`: it is asked whether these are among them; the others may be missing.
    """
    teaching: Collection[int] | None = None
    match about.kind:
        case "lesson":
            lesson = await timetable.lesson(tx, about.id)
            found = [] if lesson is None else await _of_group(tx, by, lesson.group_id, today)
        case "group":
            found = await _of_group(tx, by, about.id, today)
        case "paper":
            found = await _of_paper(tx, by, about.id)
        case _:
            if by.organizations_as("coordinator") and only is None:
                teaching = await parties.teaching(tx, await _years(tx, today))
            found = await _of_all(tx, by, today, only, teaching)
    holds = holds_of(by)
    asked = found if only is None else [pair for pair in found if pair.theirs == only]
    others = [pair for pair in dict.fromkeys(asked) if pair.theirs.id not in holds[pair.theirs.role]]  # nobody writes to themself
    known = await grounds(tx, {side for pair in others for side in (pair.mine, pair.theirs)}, today, teaching)
    return [pair for pair in others if forbids(known, pair.mine, pair.theirs) is None]


def _own(by: Person, pupil_id: int) -> Side | None:
    """As whom of a child's family somebody writes."""
    if pupil_id in by.children:
        return Side("guardian", pupil_id)
    return Side("student", pupil_id) if pupil_id in by.own else None


def _family(by: Person, pupils: Iterable[int], to: Iterable[Side]) -> list[Pair]:
    to = list(to)
    return [Pair(mine, side, pupil) for pupil in pupils if (mine := _own(by, pupil)) for side in to]


async def _of_group(tx: Tx, by: Person, group_id: int, today: date) -> list[Pair]:
    found = await parties.groups(tx, await _years(tx, today), ids=[group_id])
    if not found:
        return []
    group = found[0]
    teacher, partner = Side("teacher", group.teacher_id), Side("partner", group.organization_id)
    members = (await enrollment.pupils_of_groups(tx, [group_id])).get(group_id, [])
    schools = await parties.schools_of(tx, members)
    pairs = _family(by, members, [teacher])
    for pupil in members:
        pairs += _family(by, [pupil], [Side("coordinator", schools[pupil])])
    offices = [Side("coordinator", school) for school in sorted(set(schools.values()))]
    if group.teacher_id in by.staff_as("teacher"):
        pairs += [Pair(teacher, partner), *(Pair(teacher, office) for office in offices)]
        pairs += [Pair(teacher, Side("guardian", pupil), pupil) for pupil in await _nameable(tx, members, group)]
    if group.organization_id in by.organizations_as("partner"):
        pairs += [Pair(partner, teacher), *(Pair(partner, office) for office in offices)]
    mine = [Side("coordinator", school) for school in sorted(by.organizations_as("coordinator"))]
    return pairs + [Pair(office, side) for office in mine for side in (teacher, partner)]


async def _nameable(tx: Tx, members: Collection[int], group: Taught) -> list[int]:
    """Whom of a group its teacher may call by name: about the others they write to the school."""
    unnamed = await consent.unnamed(tx, members, group.organization_id, Reader.at(group.organization_id))
    return [pupil for pupil in members if pupil not in unnamed]


async def _of_paper(tx: Tx, by: Person, application_id: int) -> list[Pair]:
    found = await enrollment.papers(tx, ids=[application_id])
    if not found or found[0].state == "draft":
        return []
    paper = found[0]
    school = (await parties.schools_of(tx, [paper.pupil_id])).get(paper.pupil_id)
    if school is None:
        return []
    office = Side("coordinator", school)
    pairs = _family(by, [paper.pupil_id], [office])
    partners = dict.fromkeys(wish.organization_id for wish in paper.wishes if wish.state in KNOWN_TO_PARTNER)
    if school in by.organizations_as("coordinator"):
        pairs.append(Pair(office, Side("guardian", paper.pupil_id), paper.pupil_id))
        pairs += [Pair(office, Side("partner", each), paper.pupil_id) for each in partners]
    pairs += [Pair(Side("partner", each), office, paper.pupil_id) for each in partners if each in by.organizations_as("partner")]
    return pairs


async def _of_all(tx: Tx, by: Person, today: date, only: Side | None, teaching: Collection[int] | None) -> list[Pair]:
    """A question of nothing on a page: to whoever teaches one's child and to its school; of staff to whom they work with.

    `teaching`: a coordinator's are all of these; None: whom `only` leaves of them.
    """
    years = await _years(tx, today)
    pairs: list[Pair] = []
    schools = await parties.schools_of(tx, by.pupils)
    for pupil in sorted(by.pupils & schools.keys()):
        taught = await parties.groups(tx, years, pupil_id=pupil)
        pairs += _family(by, [pupil], [Side("teacher", group.teacher_id) for group in taught])
        pairs += _family(by, [pupil], [Side("coordinator", schools[pupil])])
    offices = [Side("coordinator", school) for school in await parties.organizations(tx, "base")] if by.posts else []
    for staff_id, organization in sorted((await contacts.work_of(tx, by.staff_as("teacher"))).items()):
        admins = [Side("partner", organization)]
        pairs += [Pair(Side("teacher", staff_id), side) for side in (*admins, *offices)]
    for partner in sorted(by.organizations_as("partner")):
        taught = await parties.groups(tx, years, organizations=[partner])
        teachers = [Side("teacher", each) for each in dict.fromkeys(group.teacher_id for group in taught)]
        pairs += [Pair(Side("partner", partner), side) for side in (*offices, *teachers)]
    if by.organizations_as("coordinator"):
        if teaching is None:
            teaching = await parties.teaching(tx, years, {only.id} if only is not None and only.role == "teacher" else set())
        everywhere = [Side("teacher", each) for each in teaching]
        partners = [Side("partner", each) for each in await parties.organizations(tx, "partner")]
        mine = [Side("coordinator", each) for each in sorted(by.organizations_as("coordinator"))]
        pairs += [Pair(office, side) for office in mine for side in (*partners, *everywhere)]
    return pairs


async def options(tx: Tx, by: Person, about: Subject, at: Moment) -> list[tuple[Subject, Pair]]:
    """What a page's «Написать» offers: to whom, and about what. A day's lessons or a child's journal are of
    several courses; a wish is a part of its application. Where nobody teaches it is
    a question of nothing."""
    match about.kind:
        case "day":
            day = day_numbered(about.id)
            whose = await family(tx, by.pupils)
            shown = [] if day is None else await lessons_of(tx, whose, Days(day, 1, at.zone))
            subjects = [Subject("lesson", one.lesson.id) for one in shown]
        case "journal":
            taught = await parties.groups(tx, await _years(tx, at.today), pupil_id=about.id) if about.id in by.pupils else []
            subjects = [Subject("group", group.group_id) for group in taught]
        case "wish":
            about = Subject("paper", await parties.paper_of(tx, about.id) or 0)
            return [(about, pair) for pair in await whom(tx, by, about, at.today)]
        case _:
            return [(about, pair) for pair in await whom(tx, by, about, at.today)]
    found = [(each, pair) for each in subjects for pair in await whom(tx, by, each, at.today)]
    teachers = [(each, pair) for each, pair in found if pair.theirs.role == "teacher" and pair.mine.role in FAMILY]
    of_page = [(each, pair) for each, pair in teachers if about.kind == "day" or pair.pupil_id == about.id]
    return of_page or [(Subject(), pair) for pair in await whom(tx, by, Subject(), at.today)]
