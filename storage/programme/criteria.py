"""Questions behind the criteria of a year: what can be counted of a school's network, what staff have put down."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Select, func, or_, select

from storage.db import Tx
from storage.deciding import funnel
from storage.people.classes import last_class, number_of
from storage.people.erased import of_schools, with_erased
from storage.tables import (
    Achievement,
    Agreeing,
    Agreement,
    Application,
    Attachment,
    Booking,
    Certificate,
    Choice,
    Course,
    Document,
    Group,
    KeptPaper,
    Organization,
    Pupil,
    Record,
    Resource,
    ResourceView,
    Staff,
    Step,
    Survey,
    SurveyReceived,
    SurveyResponse,
    Task,
)


@dataclass(frozen=True)
class Figure:
    """How many, and of how many where that is known."""

    count: int
    of: int = 0


async def figures(tx: Tx, school_id: int, year: int) -> dict[str, Figure]:
    """Everything that is counted of a school's year, by the name criteria.toml calls it."""
    ways = await funnel.children(tx, [school_id], year)
    courses = select(func.count(Course.id)).where(Course.year == year, Course.archived_at.is_(None))
    before = select(Course.code).where(Course.year == year - 1)
    learn = _learning(select(func.count(Choice.id)), school_id, year)
    wished = with_erased(select(func.count(Choice.id)).join(Application, Application.id == Choice.application_id)).where(
        of_schools((school_id,)), Application.year == year, Application.state.not_in(("draft", "withdrawn"))
    )
    partners = select(func.count(Organization.id)).where(Organization.role == "partner", Organization.archived_at.is_(None))
    agreements = select(func.count(Agreement.organization_id.distinct())).where(Agreement.school_id == school_id)
    running = Agreement.signed_on < _end(year), or_(Agreement.ended_on.is_(None), Agreement.ended_on >= _start(year))
    agreed = select(func.count(Agreeing.course_id.distinct())).join(Course, Course.id == Agreeing.course_id)
    teachers = select(func.count(Group.teacher_id.distinct())).where(Group.year == year, Group.archived_at.is_(None))
    steps = select(func.count(Task.id)).join(Step, Step.id == Task.step_id).where(Step.school_id == school_id, Step.year == year)
    papers = select(func.count(KeptPaper.id)).where(KeptPaper.school_id == school_id, KeptPaper.year == year)
    documents = select(func.count(Certificate.id)).join(Choice, Choice.id == Certificate.choice_id)
    achieved = select(func.count(Achievement.id)).join(Pupil, Pupil.id == Achievement.pupil_id)
    return {
        "courses": Figure(await _count(tx, courses), await _count(tx, courses.where(Course.code.not_in(before)))),
        "children": Figure(ways.enrolled, ways.applied),
        "wishes": Figure(await _count(tx, learn), await _count(tx, wished)),
        "graduates": Figure(await _graduates(tx, school_id, year)),
        "partners": Figure(await _count(tx, partners)),
        "agreements": Figure(await _count(tx, agreements.where(*running, Agreement.ends_on >= _start(year)))),
        "agreed": Figure(
            await _count(tx, agreed.where(Agreeing.school_id == school_id, Agreeing.answer == "agreed", Course.year == year)),
            await _count(tx, courses),
        ),
        "orders": Figure(
            await _count(tx, papers.where(KeptPaper.kind.in_(("order", "amendment")), KeptPaper.annulled_at.is_(None)))
        ),
        "steps": Figure(await _count(tx, steps.where(Task.done_at.is_not(None))), await _count(tx, steps)),
        "teachers": Figure(await _count(tx, teachers)),
        **await _resources(tx, school_id, year),
        "surveys": await _surveys(tx, school_id, year),
        "certificates": Figure(
            await _count(
                tx,
                documents.join(Course, Course.id == Choice.course_id).where(
                    Certificate.school_id == school_id, Certificate.revoked_at.is_(None), Course.year == year
                ),
            )
        ),
        "achievements": Figure(
            await _count(
                tx, achieved.where(Achievement.state == "confirmed", Achievement.year == year, Pupil.school_id == school_id)
            )
        ),
    }


async def _resources(tx: Tx, school_id: int, year: int) -> dict[str, Figure]:
    """What is used of the network's resources, counted without a name: of the partners' and the school's own, not another school's."""
    own = or_(Organization.role == "partner", Organization.id == school_id)
    resources = (
        select(func.count(Resource.id.distinct())).join(Organization, Organization.id == Resource.organization_id).where(own)
    )
    looked = resources.join(ResourceView, ResourceView.resource_id == Resource.id).where(ResourceView.year == year)
    booked = (
        select(func.count(Booking.id))
        .join(Staff, Staff.id == Booking.staff_id)
        .join(Organization, Organization.id == Staff.organization_id)
        .where(
            own,
            Booking.cancelled_at.is_(None),
            Booking.starts_at >= datetime(year, 9, 1, tzinfo=UTC),  # a midnight of holidays: any zone will do
            Booking.starts_at < datetime(year + 1, 9, 1, tzinfo=UTC),
        )
    )
    materials = (
        select(func.count(Attachment.id))
        .join(Course, Course.id == Attachment.course_id)
        .join(Organization, Organization.id == Course.organization_id)
        .where(own, Course.year == year)
    )
    takes = materials.with_only_columns(func.coalesce(func.sum(Attachment.taken), 0))
    return {
        "resources": Figure(await _count(tx, looked), await _count(tx, resources.where(Resource.archived_at.is_(None)))),
        "bookings": Figure(
            await _count(tx, booked), await _count(tx, booked.with_only_columns(func.count(Organization.id.distinct())))
        ),
        "materials": Figure(await _count(tx, materials.where(Attachment.removed_at.is_(None))), await _count(tx, takes)),
    }


async def _count(tx: Tx, question: Select[Any]) -> int:
    return await tx.scalar(question) or 0


def _start(year: int) -> date:
    return date(year, 9, 1)


def _end(year: int) -> date:
    return date(year + 1, 9, 1)


def _learning(question: Select[Any], school_id: int, year: int) -> Select[Any]:
    joined = with_erased(question.join(Application, Application.id == Choice.application_id))
    return joined.join(Course, Course.id == Choice.course_id).where(
        Choice.state.in_(funnel.STAYED), Course.year == year, of_schools((school_id,))
    )


async def _graduates(tx: Tx, school_id: int, year: int) -> int:
    """Children of the 9th and 11th classes who learn in the network."""
    question = (
        select(Pupil.id, last_class(Course.year).label("class_name"))
        .select_from(Choice)
        .join(Application, Application.id == Choice.application_id)
        .join(Pupil, Pupil.id == Application.pupil_id)
        .join(Course, Course.id == Choice.course_id)
        .where(Choice.state.in_(funnel.STAYED), Course.year == year, Pupil.school_id == school_id)
        .distinct()
    )
    return sum(number_of(row.class_name or "") in (9, 11) for row in await tx.execute(question))


async def _surveys(tx: Tx, school_id: int, year: int) -> Figure:
    """Answers to the questionnaires of a year, and how many questionnaires were held."""
    mine = (Survey.school_id == school_id, Survey.year == year, Survey.state.in_(("open", "closed")))
    held = await _count(tx, select(func.count(Survey.id)).where(*mine))
    nameless = select(func.count()).select_from(SurveyReceived).join(Survey, Survey.id == SurveyReceived.survey_id)
    named = select(func.count(SurveyResponse.id)).join(Survey, Survey.id == SurveyResponse.survey_id)
    answers = await _count(tx, nameless.where(*mine, Survey.anonymous)) + await _count(
        tx, named.where(*mine, ~Survey.anonymous, SurveyResponse.sent_at.is_not(None))
    )
    return Figure(answers, held)


@dataclass(frozen=True)
class Kept:
    """What staff have put down for a criterion."""

    id: int
    school_id: int
    year: int
    criterion: str
    line: str
    document_id: int | None
    document: str | None  # the file's name
    made_at: datetime


async def records(tx: Tx, schools: Collection[int], year: int | None = None, *, number: int | None = None) -> list[Kept]:
    """Those that stand, the oldest first."""
    question = (
        select(
            Record.id,
            Record.school_id,
            Record.year,
            Record.criterion,
            Record.line,
            Record.document_id,
            Document.name.label("document"),
            Record.made_at,
        )
        .outerjoin(Document, Document.id == Record.document_id)
        .where(Record.school_id.in_(schools), Record.removed_at.is_(None))
        .order_by(Record.id)
    )
    if year is not None:
        question = question.where(Record.year == year)
    if number is not None:
        question = question.where(Record.id == number)
    return [Kept(**row._mapping) for row in await tx.execute(question)]
