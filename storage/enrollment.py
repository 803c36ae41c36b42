"""Questions about applications and enrollment: who learns in which group, whose application stands where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import select

from storage.db import Tx
from storage.tables import Application, Choice, Pupil

ENROLLED = "enrolled"


async def pupils_of_groups(tx: Tx, group_ids: Collection[int]) -> dict[int, list[int]]:
    """For each group the pupils enrolled in it, by name; a group without any is left out."""
    rows = await tx.execute(
        select(Choice.group_id, Pupil.id)
        .join(Application, Application.id == Choice.application_id)
        .join(Pupil, Pupil.id == Application.pupil_id)
        .where(Choice.group_id.in_(group_ids), Choice.state == ENROLLED, Pupil.archived_at.is_(None))
        .group_by(Choice.group_id, Pupil.id, Pupil.full_name)
        .order_by(Choice.group_id, Pupil.full_name, Pupil.id)
    )
    found: dict[int, list[int]] = defaultdict(list)
    for group_id, pupil_id in rows:
        found[group_id].append(pupil_id)
    return dict(found)


async def groups_of_pupils(tx: Tx, pupil_ids: Collection[int]) -> dict[int, list[int]]:
    """For each pupil the groups they are enrolled in; a pupil without any is left out."""
    rows = await tx.execute(
        select(Application.pupil_id, Choice.group_id)
        .join(Choice, Choice.application_id == Application.id)
        .join(Pupil, Pupil.id == Application.pupil_id)
        .where(
            Application.pupil_id.in_(pupil_ids),
            Choice.state == ENROLLED,
            Choice.group_id.is_not(None),
            Pupil.archived_at.is_(None),
        )
        .group_by(Application.pupil_id, Choice.group_id)
        .order_by(Application.pupil_id, Choice.group_id)
    )
    found: dict[int, list[int]] = defaultdict(list)
    for pupil_id, group_id in rows:
        found[pupil_id].append(group_id)
    return dict(found)
