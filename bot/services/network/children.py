"""What a workbook does to the children it touches, carried out: the step, the seat, the letters to families and staff."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import delete, select

from bot.notices.network import GroupTouched, PlaceChanged
from bot.policy import Thing
from bot.post.posting import Addressed, post_all
from bot.reading.workbook.rows import code_key
from bot.services.courses.catalogue import day_of
from bot.services.enrollment.applications import seat
from bot.services.enrollment.choices import join_line, walk
from bot.services.enrollment.telling import learning, letter_facts, tell_family
from bot.services.network.fates import Child
from bot.services.offers.proposing import way_on
from storage.courses import courses
from storage.db import Tx
from storage.enrollment import enrollment
from storage.enrollment.enrollment import number_in_line
from storage.network import network
from storage.offers import losses, offers, promised
from storage.people.people import office
from storage.tables import Application, Choice, ChoiceChange, Group

SILENT = ("kept", "school", "erased", "taken-back")  # nothing changes for the family, or another letter says it


@dataclass(frozen=True, slots=True)
class Touching:
    """When it is done, on which day of the network, and the ids of the groups by code, the new ones too."""

    now: datetime
    today: date
    groups: Mapping[str, int]


Staffed = dict[int, list[tuple[int, str]]]  # course → (person, role) to be told


async def staff_of(tx: Tx, children: Sequence[Child]) -> Staffed:
    """Whom to tell besides families, asked before the book is written: whoever goes with the partner hears of it too."""
    found: Staffed = defaultdict(list)
    groups = {child.about.course_id: child.about.organization_id for child in children if child.fate not in SILENT}
    for course_id, organization_id in groups.items():
        found[course_id] += [(person, "partner") for person in await office(tx, "partner", organization_id=organization_id)]
        found[course_id] += [(person, "teacher") for person in await network.teachers_of(tx, course_id)]
    return dict(found)


async def touch(tx: Tx, children: Sequence[Child], staff: Staffed, at: Touching) -> None:
    """Take every step, then say it: called when the sheets are written."""
    changing = [child for child in children if child.fate not in ("kept", "school", "taken-back")]
    if not changing:
        return
    held = await offers.locked(tx, [child.about.choice_id for child in changing])
    await enrollment.lock_groups(tx, {child.about.course_id for child in changing})
    for child in changing:
        await _step(tx, child, held[child.about.choice_id], at)
    await tx.flush()
    await _close_papers(tx, {child.about.application_id for child in changing if child.fate == "falls"}, at.now)
    way = await _way_on(tx, changing, at.today)
    for child in changing:
        if child.fate not in SILENT:
            await _tell(tx, child, held[child.about.choice_id], at, way if _ends(child) else "none")
    await _tell_staff(tx, changing, staff, at.now)


async def _step(tx: Tx, child: Child, choice: Choice, at: Touching) -> None:
    match child.fate:
        case "leaves":
            await walk(tx, choice, "dismiss", by=None, thing=Thing(), now=at.now)
            _lost(choice, child, at)
        case "falls":
            await _no_offer(tx, choice, at.now)
            await walk(tx, choice, "drop", by=None, thing=Thing(), now=at.now)
            _lost(choice, child, at)
        case "moves":
            _noted(tx, child, choice, at.now)
            choice.group_id = _group(child, at)
        case "lines-up":
            await _no_offer(tx, choice, at.now)
            _noted(tx, child, choice, at.now)
            choice.group_id, choice.reserve_at, choice.first_number = _group(child, at), at.now, None
            await join_line(tx, choice)
        case "no-seat":
            first = await offers.head_of_line(tx, choice.group_id or 0)
            choice.reserve_at = min(at.now, first - timedelta(microseconds=1)) if first is not None else at.now
        case "draw":
            choice.group_id = choice.reserve_at = choice.first_number = None
        case "arrival" | "besides":
            await _seat(tx, child, choice, at)
        case _:
            await _erase(tx, choice)
    await tx.flush()


def _lost(choice: Choice, child: Child, at: Touching) -> None:
    """The school may propose another course in its place."""
    if child.why in ("course", "group"):
        losses.mark(choice, at.now)


def _group(child: Child, at: Touching) -> int:
    return at.groups[code_key(child.to or "")]


def _noted(tx: Tx, child: Child, choice: Choice, now: datetime) -> None:
    moved = f"{child.about.group} → {child.to}"
    tx.add(ChoiceChange(choice_id=choice.id, was=choice.state, now=choice.state, by=None, at=now, reason=moved))


async def _no_offer(tx: Tx, choice: Choice, now: datetime) -> None:
    """An open offer cannot be kept: its buttons say so."""
    if choice.state != "offered":
        return
    await walk(tx, choice, "take-back", by=None, thing=Thing(), now=now)
    choice.reserve_at = now
    await offers.end_offer(tx, choice.id, "taken-back", now)


async def _seat(tx: Tx, child: Child, choice: Choice, at: Touching) -> None:
    """In order of arrival, as if the course had always been so."""
    (offer,) = await courses.offers(tx, [choice.course_id], current=False)
    about = child.about
    day = await day_of(tx, about.pupil_id, at.today, offer.year, {offer.id: offer}, without=[about.application_id])
    await seat(tx, choice, offer, day, at.now)


async def _erase(tx: Tx, choice: Choice) -> None:
    """A wish of a draft for what is gone; a draft left empty goes with it."""
    application = choice.application_id
    await tx.execute(delete(ChoiceChange).where(ChoiceChange.choice_id == choice.id))
    await tx.execute(delete(Choice).where(Choice.id == choice.id))
    paper = await enrollment.open_application(tx, application)
    if paper is None:
        return
    for place, left in enumerate(paper.choices, 1):
        left.rank = place
    if not paper.choices:
        await tx.delete(paper.application)


async def _close_papers(tx: Tx, applications: Collection[int], now: datetime) -> None:
    """An application with nothing left to decide waits for nobody."""
    for application_id in sorted(applications):
        paper = await enrollment.open_application(tx, application_id)
        if paper is None or paper.application.state not in ("submitted", "returned"):
            continue
        if not any(choice.state in ("submitted", "returned", "draft") for choice in paper.choices):
            application: Application = paper.application
            decided = any(choice.state not in ("declined", "withdrawn") for choice in paper.choices)
            application.state, application.decided_at = "approved" if decided else "declined", now
            application.decided_by = None  # nobody decided it, and nobody takes it back


# ── told ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _ends(child: Child) -> bool:
    """Whether another course may take the place of this wish."""
    return child.fate in ("leaves", "falls") and child.why in ("course", "group")


async def _way_on(tx: Tx, children: Sequence[Child], today: date) -> str:
    """What a family whose course went can do: choose another itself, or wait for the school to propose one."""
    return await way_on(tx, {child.about.year for child in children if _ends(child)}, today)


async def _tell(tx: Tx, child: Child, choice: Choice, at: Touching, way: str) -> None:
    about = child.about
    waits = choice.reserve_at is not None and child.fate in ("lines-up", "no-seat", "arrival", "besides")
    group = await tx.scalar(select(Group.code).where(Group.id == choice.group_id))
    notice = PlaceChanged(
        **letter_facts(about, at.now),
        fate=await _came(tx, child, choice) if child.fate in ("arrival", "besides") else child.fate,
        why=child.why,
        group=child.to or group or "",
        number=await number_in_line(tx, choice.id) if waits else 0,
        learns=learning(choice.state),
        way=way,
    )
    await tell_family(tx, about.pupil_id, notice, now=at.now)


async def _came(tx: Tx, child: Child, choice: Choice) -> str:
    """What became of a wish once places go in order of arrival: `hours`, when only they keep it without a seat."""
    if choice.group_id is not None:
        return "arrival"
    return "besides" if await promised.has_enough(tx, child.about.application_id, besides=choice.id) else "hours"


async def _tell_staff(tx: Tx, children: Sequence[Child], staff: Staffed, now: datetime) -> None:
    """Counts, no names: those stand in the list of the group, for who may read them."""
    letters = []
    for course_id, people in staff.items():
        mine = [child for child in children if child.about.course_id == course_id and child.fate not in SILENT]
        count = {fate: sum(child.fate in fates for child in mine) for fate, fates in _COUNTED.items()}
        if not any(count.values()):
            continue
        notice = GroupTouched(
            id_course=course_id,
            at=now,
            course=mine[0].about.course,
            left=count["left"],
            moved=count["moved"],
            fell=count["fell"],
            gone="yes" if any(child.why == "course" for child in mine) else "no",
        )
        letters += [Addressed(person, notice) for person in sorted({person for person, _ in people})]
    await post_all(tx, letters, now=now)


_COUNTED = {"left": ("leaves",), "moved": ("moves", "lines-up", "no-seat", "draw", "arrival", "besides"), "fell": ("falls",)}
