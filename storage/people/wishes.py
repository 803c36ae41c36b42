"""All that is held on a child's applications, for the file its family takes with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from storage.db import Tx
from storage.tables import (
    Application,
    ApplicationVersion,
    Choice,
    ChoiceChange,
    Course,
    Group,
    PlaceOffer,
)


@dataclass(frozen=True)
class Offered:
    """A place that was offered."""

    made_at: datetime
    deadline: datetime
    ended_at: datetime | None
    how: str | None


@dataclass(frozen=True)
class Step:
    at: datetime
    was: str | None
    now: str
    reason: str | None


@dataclass(frozen=True)
class Wish:
    course: str
    rank: int
    state: str
    group: str | None
    in_line_since: datetime | None
    first_number: int | None  # in that line
    override: str | None  # why the school let it pass
    anyway: bool  # asked for although the hours stand against it
    outcome: str | None  # how the year ended in it, as its teacher or partner said
    outcome_at: datetime | None
    changed_at: datetime
    history: list[Step]
    offers: list[Offered]


@dataclass(frozen=True)
class Paper:
    """What an application said when it was handed in, or changed afterwards."""

    version: int
    made_at: datetime
    facts: dict[str, Any]


@dataclass(frozen=True)
class Wishes:
    """An application."""

    year: int  # the academic year that begins in it
    goes_on: bool | None  # whether the child stays at school after the 9th class, as the family said
    state: str
    wanted: int
    created_at: datetime
    submitted_at: datetime | None
    decided_at: datetime | None
    reason: str | None
    choices: list[Wish]
    papers: list[Paper]  # as it was handed in: the school's document


async def wishes_of(tx: Tx, pupils: Collection[int]) -> dict[int, list[Wishes]]:
    """By pupil their applications, oldest first."""
    steps: dict[int, list[Step]] = defaultdict(list)
    choices: dict[int, list[Wish]] = defaultdict(list)
    theirs = select(Application.id).where(Application.pupil_id.in_(pupils))
    changes = await tx.execute(
        select(ChoiceChange.choice_id, ChoiceChange.at, ChoiceChange.was, ChoiceChange.now, ChoiceChange.reason)
        .join(Choice, Choice.id == ChoiceChange.choice_id)
        .where(Choice.application_id.in_(theirs))
        .order_by(ChoiceChange.id)
    )
    for change in changes:
        steps[change.choice_id].append(Step(change.at, change.was, change.now, change.reason))
    places = await _offers(tx, theirs)
    wishes = await tx.execute(
        select(Choice, Course.name.label("course"), Group.code.label("group"))
        .join(Course, Course.id == Choice.course_id)
        .outerjoin(Group, Group.id == Choice.group_id)
        .where(Choice.application_id.in_(theirs))
        .order_by(Choice.application_id, Choice.rank)
    )
    for wish in wishes:
        of = wish.Choice
        choices[of.application_id].append(
            Wish(
                course=wish.course,
                rank=of.rank,
                state=of.state,
                group=wish.group,
                in_line_since=of.reserve_at,
                first_number=of.first_number,
                override=of.override,
                anyway=of.anyway,
                outcome=of.outcome,
                outcome_at=of.outcome_at,
                changed_at=of.changed_at,
                history=steps[of.id],
                offers=places[of.id],
            )
        )
    papers = await _papers(tx, theirs)
    rows = await tx.scalars(select(Application).where(Application.pupil_id.in_(pupils)).order_by(Application.id))
    found: dict[int, list[Wishes]] = defaultdict(list)
    for paper in rows:
        if paper.pupil_id is not None:
            found[paper.pupil_id].append(_wishes(paper, choices[paper.id], papers[paper.id]))
    return found


async def _offers(tx: Tx, theirs: Select[int]) -> dict[int, list[Offered]]:
    rows = await tx.execute(
        select(PlaceOffer.choice_id, PlaceOffer.made_at, PlaceOffer.deadline, PlaceOffer.ended_at, PlaceOffer.how)
        .join(Choice, Choice.id == PlaceOffer.choice_id)
        .where(Choice.application_id.in_(theirs))
        .order_by(PlaceOffer.id)
    )
    found: dict[int, list[Offered]] = defaultdict(list)
    for row in rows:
        found[row.choice_id].append(Offered(row.made_at, row.deadline, row.ended_at, row.how))
    return found


async def _papers(tx: Tx, theirs: Select[int]) -> dict[int, list[Paper]]:
    rows = await tx.execute(
        select(
            ApplicationVersion.application_id, ApplicationVersion.version, ApplicationVersion.made_at, ApplicationVersion.facts
        )
        .where(ApplicationVersion.application_id.in_(theirs))
        .order_by(ApplicationVersion.application_id, ApplicationVersion.version)
    )
    found: dict[int, list[Paper]] = defaultdict(list)
    for row in rows:
        found[row.application_id].append(Paper(row.version, row.made_at, row.facts))
    return found


def _wishes(paper: Application, choices: list[Wish], papers: list[Paper]) -> Wishes:
    return Wishes(
        year=paper.year,
        goes_on=paper.goes_on,
        state=paper.state,
        wanted=paper.wanted,
        created_at=paper.created_at,
        submitted_at=paper.submitted_at,
        decided_at=paper.decided_at,
        reason=paper.reason,
        choices=choices,
        papers=papers,
    )
