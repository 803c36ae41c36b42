"""Questions about the school's requests to its partners: who is approved but not asked for, what a request holds."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Result, Select, and_, case, func, not_, select

from storage.among import among
from storage.db import Tx
from storage.enrollment.ended import ended
from storage.people.classes import last_class
from storage.people.consent import Reader, nameable, shown_name
from storage.people.erased import CHILD_OF
from storage.people.posts import heads_of
from storage.requests.naming import placed, to_be_named
from storage.requests.versions import Version, newest, versions
from storage.tables import Application, Choice, Consent, Course, Group, Organization, Person, Pupil, Request, RequestLine
from storage.twins import twin


@dataclass(frozen=True)
class Unasked:
    """Approved children of a school no request has named yet, and who may be named to the partner."""

    school_id: int
    school: str
    organization_id: int
    organization: str
    children: int
    choices: int


async def unasked(tx: Tx, schools: Collection[int]) -> list[Unasked]:
    """Per partner the approved children of these schools who are not yet requested, by name."""
    school = twin(Organization, "school")
    rows = await tx.execute(
        _approved(
            select(
                school.id.label("school_id"),
                school.name.label("school"),
                Organization.id.label("organization_id"),
                Organization.name.label("organization"),
                func.count(Pupil.id.distinct()).label("children"),
                func.count(Choice.id).label("choices"),
            ),
            schools,
        )
        .where(nameable(Pupil.id, Organization.id))
        .join(school, school.id == Pupil.school_id)
        .group_by(school.id, school.name, Organization.id, Organization.name)
        .order_by(Organization.name, school.id)
    )
    return [Unasked(**row._mapping) for row in rows]


@dataclass(frozen=True)
class Approved:
    choice_id: int
    pupil_id: int
    child: str
    class_name: str
    course_id: int
    course: str
    organization_id: int
    organization: str


async def year_to_name(tx: Tx, school_id: int, organization_id: int) -> int | None:
    """The latest academic year in which the next request of this school to this partner would name somebody."""
    whom = and_(Organization.id == organization_id, nameable(Pupil.id, Organization.id))
    found: int | None = await tx.scalar(_approved(select(func.max(Course.year)), [school_id]).where(whom))
    return found


async def approved(tx: Tx, school_id: int, organization_id: int, year: int) -> list[Approved]:
    """Who the next request of this school to this partner for that year would name: by course, then by name."""
    whom = and_(Organization.id == organization_id, Course.year == year, nameable(Pupil.id, Organization.id))
    return await _who(tx, [school_id], whom)


async def unconsented(tx: Tx, schools: Collection[int], organization_id: int | None = None) -> list[Approved]:
    """Approved children whom the family has not allowed to name to the partner yet (to this one, or to any)."""
    partner = Organization.id == organization_id if organization_id is not None else Organization.id.is_not(None)
    return await _who(tx, schools, and_(partner, not_(nameable(Pupil.id, Organization.id))))


async def _who(tx: Tx, schools: Collection[int], which: ColumnElement[bool]) -> list[Approved]:
    rows = await tx.execute(
        _approved(
            select(
                Choice.id.label("choice_id"),
                Pupil.id.label("pupil_id"),
                Pupil.full_name.label("child"),
                last_class(Course.year).label("class_name"),
                Course.id.label("course_id"),
                Course.name.label("course"),
                Organization.id.label("organization_id"),
                Organization.name.label("organization"),
            ),
            schools,
        )
        .where(which)
        .order_by(Course.name, Course.id, Pupil.full_name, Pupil.id)
    )
    return [Approved(**row._mapping) for row in rows]


def _approved(question: Select[*tuple[Any, ...]], schools: Collection[int]) -> Select[*tuple[Any, ...]]:
    return (
        question.select_from(Choice)
        .join(Application, Application.id == Choice.application_id)
        .join(Pupil, Pupil.id == Application.pupil_id)
        .join(Course, Course.id == Choice.course_id)
        .join(Organization, Organization.id == Course.organization_id)
        .where(to_be_named(), Pupil.school_id.in_(schools), Pupil.archived_at.is_(None))
    )


async def waiting_for_a_place(tx: Tx, schools: Collection[int]) -> tuple[int, int]:
    """Approved wishes of these schools that no request may name: those that wait for the draw, those in a line."""
    in_line = Choice.reserve_at.is_not(None)
    drawn = func.count(Choice.id).filter(~in_line, Course.selection == "ranked")
    rows = await tx.execute(
        select(drawn, func.count(Choice.id).filter(in_line))
        .join(Application, Application.id == Choice.application_id)
        .join(Pupil, Pupil.id == Application.pupil_id)
        .join(Course, Course.id == Choice.course_id)
        .where(Choice.state == "approved", not_(placed()), Pupil.school_id.in_(schools), Pupil.archived_at.is_(None))
    )
    return tuple(rows.one())  # type: ignore[return-value]


@dataclass(frozen=True)
class Sent:
    """A request in a list."""

    id: int
    year: int
    number: int
    made_at: datetime
    organization_id: int
    organization: str
    children: int
    waiting: int  # without an answer


async def sent(tx: Tx, years: tuple[int, int], *, schools: Collection[int], partners: Collection[int]) -> list[Sent]:
    """Requests of these years (from, to) of these schools, and those to these partners; unanswered first, then newest."""
    waiting = func.sum(case((Choice.state == "requested", 1), else_=0))
    rows = await tx.execute(
        select(
            Request.id,
            Request.year,
            Request.number,
            Request.made_at,
            Organization.id.label("organization_id"),
            Organization.name.label("organization"),
            func.count(CHILD_OF.distinct()).label("children"),
            waiting.label("waiting"),
        )
        .select_from(Request)
        .join(Organization, Organization.id == Request.organization_id)
        .join(RequestLine, RequestLine.request_id == Request.id)
        .join(Choice, Choice.id == RequestLine.choice_id)
        .join(Application, Application.id == Choice.application_id)
        .outerjoin(Pupil, Pupil.id == Application.pupil_id)
        .where(among((Request.school_id, schools), (Request.organization_id, partners)))
        .where(newest(), RequestLine.change == "added", Request.year.between(*years))
        .group_by(Request.id, Request.year, Request.number, Request.made_at, Organization.id, Organization.name)
        .order_by(case((waiting > 0, 0), else_=1), Request.id.desc())
    )
    return [Sent(**row._mapping) for row in rows]


@dataclass(frozen=True)
class Line:
    """One child and course of a request, with what became of it."""

    choice_id: int
    application_id: int
    pupil_id: int
    child: str  # ФИО; empty where the family has not agreed that this partner reads it, as are class and birth date
    class_name: str
    birth_date: date | None
    school_id: int
    guardian: str | None  # only where the family agreed to the partner's seeing it
    course_id: int
    course: str
    hours: int | None
    state: str
    group_id: int | None
    group: str | None
    version: int  # which version of the request named it last
    change: str  # added | withdrawn
    erased: bool = False  # the family withdrew its data: the line stays, nameless, and pupil_id is nobody's
    override: str | None = None  # why the school lets it pass although the class or the hours stand against it
    ended: str | None = None  # how it ended that nobody refused

    @property
    def became(self) -> str:
        """What has become of the wish, as a word."""
        return self.ended or self.state


@dataclass(frozen=True)
class Whole:
    """A request with its lines: by course, then by name. Those of one version: what that version changed."""

    id: int
    year: int
    number: int
    made_at: datetime
    organization_id: int
    organization: str
    school_id: int
    school: str
    school_address: str | None
    coordinator: str | None
    director: str | None
    lines: tuple[Line, ...]
    versions: tuple[Version, ...] = ()
    version: int | None = None  # only this version's lines; None: everybody the request names now
    period: tuple[date, date] | None = None  # what its paper says besides: storage/requests/paper.py
    agreement: tuple[str, date] | None = None
    coordinator_post: str | None = None
    director_post: str | None = None
    resource: bool = False  # to a resource partner: it is asked for what it lends, it enrols nobody

    @property
    def newest(self) -> Version:
        return self.versions[-1] if self.versions else Version(1, self.made_at)

    @property
    def waiting(self) -> list[Line]:
        """Who has no answer yet and can get one: whom the reader may not name they do not answer for."""
        return [line for line in self.lines if line.state == "requested" and line.child]


async def whole(tx: Tx, request_id: int, version: int | None = None, *, reader: Reader | None = None) -> Whole | None:
    """A request with everything a page or a paper of it says; None when it is gone.

    Names as this reader may have them; without one, as the partner it is sent to. `version`: only what this version has
    changed, withdrawn children too.
    """
    school = twin(Organization, "school")
    row = (
        await tx.execute(
            select(Request, Organization.name.label("organization"))
            .join(Organization, Organization.id == Request.organization_id)
            .where(Request.id == request_id)
        )
    ).one_or_none()
    if row is None:
        return None
    request, organization = row.Request, row.organization
    agreed = (
        select(Consent.id)
        .where(
            Consent.pupil_id == Pupil.id,
            Consent.person_id == Application.person_id,
            Consent.purpose == "partner",
            Consent.organization_id == request.organization_id,
            Consent.withdrawn_at.is_(None),
        )
        .exists()
    )
    name = func.coalesce(shown_name(reader or Reader.at(request.organization_id), request.organization_id), "")
    rows: Result[*tuple[Any, ...]] = await tx.execute(
        select(
            school.name.label("school"),
            school.address.label("school_address"),
            Choice.id.label("choice_id"),
            Application.id.label("application_id"),
            func.coalesce(Pupil.id, -Application.id).label("pupil_id"),
            Pupil.id.is_(None).label("erased"),
            name.label("child"),
            case((name != "", last_class(request.year)), else_="").label("class_name"),
            case((name != "", Pupil.birth_date), else_=None).label("birth_date"),
            func.coalesce(Pupil.school_id, request.school_id).label("school_id"),
            case((agreed, func.nullif(Person.name, "")), else_=None).label("guardian"),
            Course.id.label("course_id"),
            Course.name.label("course"),
            Course.hours,
            Choice.state,
            Choice.group_id,
            Group.code.label("group"),
            RequestLine.version,
            RequestLine.change,
            Choice.override,
            ended().label("ended"),
        )
        .select_from(RequestLine)
        .join(Choice, Choice.id == RequestLine.choice_id)
        .join(Application, Application.id == Choice.application_id)
        .outerjoin(Pupil, Pupil.id == Application.pupil_id)
        .join(Course, Course.id == Choice.course_id)
        .join(school, school.id == request.school_id)
        .outerjoin(Person, Person.id == Application.person_id)
        .outerjoin(Group, Group.id == Choice.group_id)
        .where(RequestLine.request_id == request_id)
        .order_by(Course.name, Course.id, Pupil.full_name, Pupil.id, RequestLine.version)
    )
    every = list(rows)
    if not every:
        return None
    found = _as_of(every, version)
    one = every[0]
    held = await heads_of(tx, request.school_id)
    return Whole(
        id=request.id,
        year=request.year,
        number=request.number,
        made_at=request.made_at,
        organization_id=request.organization_id,
        organization=organization,
        school_id=request.school_id,
        school=one.school,
        school_address=one.school_address,
        coordinator=held.get("coordinator"),
        director=held.get("director"),
        lines=tuple(_line(each) for each in found),
        versions=await versions(tx, request_id),
        version=version,
    )


def _line(row: Any) -> Line:
    return Line(**{field.name: row._mapping[field.name] for field in fields(Line)})


def _as_of(every: Sequence[Any], version: int | None) -> list[Any]:
    """The lines of one version; or of each choice the newest, unless that one took it back."""
    if version is not None:
        return [row for row in every if row.version == version]
    newest = {row.choice_id: row for row in every}  # in order of versions
    return [row for row in newest.values() if row.change == "added"]
