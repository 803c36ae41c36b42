"""Questions about consent: for which child and which purpose it is in force."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Exists, and_, case, exists, false, not_, or_, select, true

from storage.among import among
from storage.db import Tx
from storage.tables import Application, Consent, Course, Guardianship, Organization, Pupil
from storage.twins import twin

Given = tuple[str, int | None]  # (purpose, the partner's organization id)


def in_force(person: ColumnElement[Any] | Any, pupil: ColumnElement[Any] | Any, purpose: str) -> Exists:
    """Whether this person's consent for this pupil and purpose is in force: a condition for other questions.

    Of this very person and pupil, however deep it stands in the other question: left to itself SQLAlchemy looks one level up,
    and asks below that whether *anybody* agreed.
    """
    this = (Consent.person_id == person, Consent.pupil_id == pupil, Consent.purpose == purpose, Consent.withdrawn_at.is_(None))
    return exists().where(*this).correlate_except(Consent)


async def consented(tx: Tx, person_id: int, pupil_id: int) -> bool:
    """Whether this guardian has agreed that this child's data are processed."""
    return bool(await tx.scalar(select(in_force(person_id, pupil_id, "processing"))))


def own_account(person: ColumnElement[Any] | Any) -> ColumnElement[bool]:
    """Whether this person is the pupil themself and may be: a condition for questions that have Pupil.

    Their own account works only while a guardian's consent to processing stands. Who acts for the pupil is not the pupil,
    whosever card was opened on their phone.
    """
    agreeing, themself = twin(Guardianship, "agreeing"), twin(Guardianship, "themself")
    agreed = (
        exists()
        .where(
            agreeing.pupil_id == Pupil.id, agreeing.until.is_(None), in_force(agreeing.person_id, agreeing.pupil_id, "processing")
        )
        .correlate_except(agreeing)
    )  # as in `in_force`
    acts = exists().where(themself.pupil_id == Pupil.id, themself.person_id == Pupil.person_id, themself.until.is_(None))
    return and_(Pupil.person_id == person, agreed, not_(acts.correlate_except(themself)))


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


# ── who may be named to whom ────────────────────────────────────────────────────────────────────────────────────────
# Every page, letter, file and paper that staff may read gets its names through here.


@dataclass(frozen=True)
class Reader:
    """Whose eyes a page or a file is for: pupils of these schools by name, and at these partners whom the family lets them name.

    To a reader of neither a pupil is «ученик другой школы»: no name, no class, no mark.
    """

    schools: frozenset[int] = frozenset()
    partners: frozenset[int] = frozenset()

    @classmethod
    def at(cls, organization_id: int) -> Reader:
        """The staff of one partner."""
        return cls(partners=frozenset((organization_id,)))

    def concerns(
        self,
        organization: ColumnElement[Any] | Any = Course.organization_id,
        *,
        school: ColumnElement[Any] | Any = Pupil.school_id,
    ) -> ColumnElement[bool]:
        """Whether a pupil, at the partner of the row, is this reader's to know of: a condition for questions that have Pupil.

        `school`: whose pupil it is, where the row may be of one who was erased.
        """
        return or_(among((school, self.schools)), _among(organization, self.partners))

    def knows(self, school_id: int, organization_id: int) -> bool:
        """The same of a pupil of this school at this partner."""
        return school_id in self.schools or organization_id in self.partners


def _among(organization: ColumnElement[Any] | Any, partners: Collection[int]) -> ColumnElement[bool]:
    if isinstance(organization, int):
        return true() if organization in partners else false()
    return among((organization, partners))


def nameable(pupil: ColumnElement[Any] | Any, organization: ColumnElement[Any] | Any) -> ColumnElement[bool]:
    """Whether a partner may be told this pupil's name: a condition for other questions.

    A guardian has agreed to this partner by name; or the family has no bot, and what it signed on paper lies at the school.
    A family that has left the bot has taken its word back: only a paper application entered after that counts again.
    """
    said, paper = twin(Consent, "said"), twin(Application, "paper")
    here, left = twin(Guardianship, "here"), twin(Guardianship, "left")
    agreed = (
        exists()
        .where(
            said.pupil_id == pupil,
            said.purpose == "partner",
            said.organization_id == organization,
            said.withdrawn_at.is_(None),
        )
        .correlate_except(said)
    )  # as in `in_force`
    in_the_bot = exists().where(here.pupil_id == pupil, here.until.is_(None)).correlate_except(here)
    since = (paper.pupil_id == left.pupil_id, paper.person_id.is_(None), paper.created_at > left.until)
    signed_since = exists().where(*since).correlate_except(paper)
    has_left = exists().where(left.pupil_id == pupil, left.until.is_not(None), not_(signed_since)).correlate_except(left)
    return or_(agreed, and_(not_(in_the_bot), not_(has_left)))


def shown_name(
    reader: Reader, organization: ColumnElement[Any] | Any = Course.organization_id, *, otherwise: Any = ""
) -> ColumnElement[str]:
    """A pupil's ФИО as this reader may have it; else `otherwise`."""
    agreed = and_(_among(organization, reader.partners), nameable(Pupil.id, organization))
    return case((or_(Pupil.school_id.in_(reader.schools), agreed), Pupil.full_name), else_=otherwise)


def named_to_partner(organization: ColumnElement[Any] | Any = Course.organization_id) -> ColumnElement[str]:
    """A pupil's ФИО as whichever partner the row is of may have it; else nothing: for a paper it gets."""
    return case((nameable(Pupil.id, organization), Pupil.full_name), else_="")


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


async def unnamed(tx: Tx, pupils: Collection[int], organization_id: int, reader: Reader) -> set[int]:
    """Those of these pupils, at this partner, whose names this reader may not have."""
    rows = await tx.scalars(select(Pupil.id).where(Pupil.id.in_(pupils), shown_name(reader, organization_id) == ""))
    return set(rows)
