"""The paper of an application as it was handed in: kept in the transaction that hands it in, read when somebody asks for it."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any

from bot.services.network.years import running_now
from storage.db import Tx
from storage.papers import handed_in, papers
from storage.papers.handed_in import Version
from storage.papers.papers import Asking, School, Wish
from storage.people.classes import classes_in

OF_SCHOOL = ("id", "name", "address", "director", "coordinator")  # of a School
SAID = ("guardian", "child", "class_name", "class_then", "wanted", "year")  # of an Asking, as they are


async def keep_paper(tx: Tx, application_id: int, pupil_id: int, *, now: datetime, today: date) -> None:
    """Keep what the application's paper says at this moment as its next version; what says the same makes none."""
    await tx.flush()
    asking = await papers.asking(tx, application_id, pupils=[pupil_id], schools=())
    school = None if asking is None else await papers.school(tx, asking.school_id)
    if asking is not None and school is not None and asking.wishes:
        asking = await in_its_year(tx, asking, today)
        await handed_in.add(tx, application_id, _facts(asking, school), now=now)


async def in_its_year(tx: Tx, asking: Asking, today: date) -> Asking:
    """Beside the class of the academic year it is for with today's, where that year is yet to come."""
    this = (await running_now(tx, today)).year
    if asking.year <= this:
        return asking
    now = (await classes_in(tx, [asking.pupil_id], this)).get(asking.pupil_id, asking.class_name)
    return replace(asking, class_name=now, class_then=asking.class_name)


def _facts(asking: Asking, school: School) -> dict[str, Any]:
    said = {name: getattr(asking, name) for name in SAID}
    born = asking.birth_date.isoformat() if asking.birth_date else None
    of = {name: getattr(school, name) for name in OF_SCHOOL}
    return said | {"birth_date": born, "school": of, "wishes": [asdict(wish) for wish in asking.wishes]}


def as_handed_in(application_id: int, kept: Version) -> tuple[Asking, School]:
    """What a kept version says. Its day is the day it was handed in, or changed."""
    facts = kept.facts
    born = facts["birth_date"]
    asking = Asking(
        id=application_id,
        state="submitted",
        created_at=kept.made_at,
        submitted_at=kept.made_at,
        pupil_id=0,
        birth_date=date.fromisoformat(born) if born else None,
        school_id=facts["school"]["id"],
        wishes=tuple(Wish(**wish) for wish in facts["wishes"]),
        version=kept.version,
        **{name: facts[name] for name in SAID},
    )
    return asking, School(**facts["school"])
