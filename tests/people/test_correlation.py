"""A question about consent is about this very family: in whatever question it stands, and the guard that watches it bites."""

from __future__ import annotations

import pytest
from sqlalchemy import exists, select, update

from storage.db import Database
from storage.people.calls import without_bot
from storage.people.consent import in_force, nameable, own_account
from storage.tables import Consent, Course, Guardianship, Letter, Pupil
from tests.correlation import astray
from tests.world import ANNA, DANA, MISHA, NOW


@pytest.mark.parametrize(
    "condition",
    [
        in_force(Letter.person_id, Pupil.id, "messages"),
        own_account(Letter.person_id),
        nameable(Pupil.id, Course.organization_id),
    ],
    ids=["in_force", "own_account", "nameable"],
)
def test_two_questions_deep_it_is_still_about_the_row_outside(condition: object) -> None:
    deep = exists().where(Letter.id == 1).where(condition).correlate(Pupil, Course)  # type: ignore[arg-type]
    assert astray(str(select(Pupil.id, Course.id).where(deep))) == []
    left_to_itself = exists().where(Consent.pupil_id == Pupil.id)
    asked = select(Pupil.id).where(exists().where(Letter.id == 1, left_to_itself))
    assert astray(str(asked)) == ["consents, pupils"]


async def test_whose_guardian_left_is_called_though_another_family_agrees(db: Database) -> None:
    """Misha's own account closes with his mother's consent; that Dana's father agrees does not open it."""
    async with db.write() as tx:
        assert await without_bot(tx, [MISHA, DANA]) == set()
        about = (Guardianship.person_id == ANNA, Guardianship.pupil_id == MISHA)
        await tx.execute(update(Guardianship).where(*about).values(until=NOW))
        agreed = (Consent.person_id == ANNA, Consent.pupil_id == MISHA)
        await tx.execute(update(Consent).where(*agreed).values(withdrawn_at=NOW))
        assert await without_bot(tx, [MISHA, DANA]) == {MISHA}
