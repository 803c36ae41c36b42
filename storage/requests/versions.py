"""Questions about the versions of a request: which is the newest, what the next one would take back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, not_, or_, select

from storage.db import Tx
from storage.tables import Application, Choice, Organization, Pupil, Request, RequestLine, RequestVersion
from storage.twins import twin

GIVEN_UP = ("withdrawn", "left")  # who was asked for and no longer comes: the next version of the request says so


@dataclass(frozen=True)
class Version:
    number: int
    made_at: datetime


async def next_number(tx: Tx, school_id: int, year: int) -> int:
    """The number of the school's next request of the academic year; whoever asks holds the numbers until the transaction ends."""
    await tx.execute(select(Organization.id).where(Organization.role == "base").order_by(Organization.id).with_for_update())
    last = await tx.scalar(select(func.max(Request.number)).where(Request.school_id == school_id, Request.year == year))
    return (last or 0) + 1


async def current(tx: Tx, school_id: int, organization_id: int, year: int) -> tuple[int, int] | None:
    """The request of this school to this partner of the academic year, and its newest version."""
    mine = (Request.school_id == school_id, Request.organization_id == organization_id, Request.year == year)
    request = await tx.scalar(select(Request.id).where(*mine).order_by(Request.id.desc()).limit(1))
    return None if request is None else (request, await newest_version(tx, request))


async def newest_version(tx: Tx, request_id: int) -> int:
    return await tx.scalar(select(func.max(RequestVersion.version)).where(RequestVersion.request_id == request_id)) or 1


async def given_up(tx: Tx, request_id: int) -> list[int]:
    """Choices the request still names whose child no longer comes, or has gone to another school, which asks for it now."""
    rows = await tx.scalars(
        select(Choice.id)
        .join(RequestLine, RequestLine.choice_id == Choice.id)
        .join(Request, Request.id == RequestLine.request_id)
        .join(Application, Application.id == Choice.application_id)
        .outerjoin(Pupil, Pupil.id == Application.pupil_id)
        .where(RequestLine.request_id == request_id, newest(), RequestLine.change == "added")
        .where(or_(Choice.state.in_(GIVEN_UP), Pupil.school_id != Request.school_id))
        .order_by(Choice.id)
    )
    return list(rows)


def newest() -> ColumnElement[bool]:
    """A line no later version of its request has taken back."""
    later = twin(RequestLine, "taken_back")
    return not_(
        select(later.choice_id)
        .where(
            later.request_id == RequestLine.request_id,
            later.choice_id == RequestLine.choice_id,
            later.version > RequestLine.version,
        )
        .correlate(RequestLine)
        .exists()
    )


async def versions(tx: Tx, request_id: int) -> tuple[Version, ...]:
    """All versions of a request, the oldest first."""
    rows = await tx.execute(
        select(RequestVersion.version.label("number"), RequestVersion.made_at)
        .where(RequestVersion.request_id == request_id)
        .order_by(RequestVersion.version)
    )
    return tuple(Version(**row._mapping) for row in rows)


async def last_made(tx: Tx, school_id: int, organization_id: int, by: int, since: datetime) -> int | None:
    """The request this person made for this school to this partner since then: what a repeated press meant."""
    return await tx.scalar(
        select(Request.id)
        .join(RequestVersion, RequestVersion.request_id == Request.id)
        .where(
            Request.organization_id == organization_id,
            RequestVersion.made_by == by,
            RequestVersion.made_at >= since,
            Request.school_id == school_id,
        )
        .order_by(Request.id.desc())
        .limit(1)
    )


async def request_of(tx: Tx, choice_id: int) -> int | None:
    """The request that names this choice."""
    return await tx.scalar(
        select(func.max(RequestLine.request_id)).where(RequestLine.choice_id == choice_id, RequestLine.change == "added")
    )
