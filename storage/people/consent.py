"""Questions about consent: for which child and which purpose it is in force."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Exists, and_, case, exists, not_, or_, select
from sqlalchemy.orm import aliased

from storage.db import Tx
from storage.tables import Application, Consent, Course, Guardianship, Organization, Pupil

Given = tuple[str, int | None]  # (purpose, the partner's organization id)


def in_force(person: ColumnElement[Any] | Any, pupil: ColumnElement[Any] | Any, purpose: str) -> Exists:
    """Whether this person's consent for this pupil and purpose is in force: a condition for other questions."""
    return exists().where(
        Consent.person_id == person, Consent.pupil_id == pupil, Consent.purpose == purpose, Consent.withdrawn_at.is_(None)
    )


async def consented(tx: Tx, person_id: int, pupil_id: int) -> bool:
    """Whether this guardian has agreed that this child's data are processed."""
    return bool(await tx.scalar(select(in_force(person_id, pupil_id, "processing"))))


def own_account(person: ColumnElement[Any] | Any) -> ColumnElement[bool]:
    """Whether this person is the pupil themself and may be: a condition for questions that have Pupil.

    Their own account works only while a guardian's consent to processing stands. Who acts for the pupil is not the pupil,
    whosever card was opened on their phone.
    """
    agreeing, themself = aliased(Guardianship), aliased(Guardianship)
    agreed = exists().where(
        agreeing.pupil_id == Pupil.id, agreeing.until.is_(None), in_force(agreeing.person_id, agreeing.pupil_id, "processing")
    )
    acts = exists().where(themself.pupil_id == Pupil.id, themself.person_id == Pupil.person_id, themself.until.is_(None))
    return and_(Pupil.person_id == person, agreed, not_(acts))


async def given(tx: Tx, person_id: int, pupil_id: int) -> set[Given]:
    """What this guardian has agreed to for this child, as it stands."""
    rows = await tx.execute(
        select(Consent.purpose, Consent.organization_id).where(
            Consent.person_id == person_id, Consent.pupil_id == pupil_id, Consent.withdrawn_at.is_(None)
        )
    )
    return {(row.purpose, row.organization_id) for row in rows}


async def partners(tx: Tx) -> list[tuple[int, str]]:
    """The network's partners, to each of whom consent is its own: id and name, by name."""
    rows = await tx.execute(
        select(Organization.id, Organization.name)
        .where(Organization.role == "partner", Organization.archived_at.is_(None))
        .order_by(Organization.name, Organization.id)
    )
    return [(row.id, row.name) for row in rows]


# ── who may be named to a partner ───────────────────────────────────────────────────────────────────────────────────
# Every page, letter, file and paper that a partner or its teacher may read gets its names through here.


def nameable(pupil: ColumnElement[Any] | Any, organization: ColumnElement[Any] | Any) -> ColumnElement[bool]:
    """Whether a partner may be told this pupil's name: a condition for other questions.

    A guardian has agreed to this partner by name; or the family has no bot, and what it signed on paper lies at the school.
    A family that has left the bot has taken its word back: only a paper application entered after that counts again.
    """
    said, here, left, paper = aliased(Consent), aliased(Guardianship), aliased(Guardianship), aliased(Application)
    agreed = exists().where(
        said.pupil_id == pupil,
        said.purpose == "partner",
        said.organization_id == organization,
        said.withdrawn_at.is_(None),
    )
    in_the_bot = exists().where(here.pupil_id == pupil, here.until.is_(None))
    signed_since = exists().where(paper.pupil_id == left.pupil_id, paper.person_id.is_(None), paper.created_at > left.until)
    has_left = exists().where(left.pupil_id == pupil, left.until.is_not(None), not_(signed_since))
    return or_(agreed, and_(not_(in_the_bot), not_(has_left)))


def shown_name(
    schools: Collection[int], organization: ColumnElement[Any] | Any = Course.organization_id, *, otherwise: Any = ""
) -> ColumnElement[str]:
    """A pupil's ФИО as the staff of a partner (or the coordinators of these schools) may read it; else `otherwise`."""
    return case((or_(Pupil.school_id.in_(schools), nameable(Pupil.id, organization)), Pupil.full_name), else_=otherwise)


async def not_agreed(tx: Tx, pupil_id: int, organizations: Collection[int]) -> list[tuple[int, str]]:
    """Those of these partners nobody of the family has allowed to be told this pupil's name: id and name, by name."""
    rows = await tx.execute(
        select(Organization.id, Organization.name)
        .join(Pupil, Pupil.id == pupil_id)
        .where(Organization.id.in_(organizations), not_(nameable(Pupil.id, Organization.id)))
        .order_by(Organization.name, Organization.id)
    )
    return [(row.id, row.name) for row in rows]


async def hears(tx: Tx, person_id: int, pupil_id: int) -> bool:
    """Whether this person has agreed to messages about this pupil."""
    return bool(await tx.scalar(select(in_force(person_id, pupil_id, "messages"))))


async def unnamed(tx: Tx, pupils: Collection[int], organization_id: int, *, schools: Collection[int] = ()) -> set[int]:
    """Those of these pupils whose names this partner (or the coordinators of these schools) may not read."""
    rows = await tx.scalars(select(Pupil.id).where(Pupil.id.in_(pupils), shown_name(schools, organization_id) == ""))
    return set(rows)
