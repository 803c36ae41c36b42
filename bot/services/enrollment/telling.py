"""Telling families: whom a letter goes to, who is called instead, what waits for what."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol

from bot.notices import Notice
from bot.notices.enrollment import decision_topic
from bot.post.posting import Addressed, post_all
from bot.services.people.calls import note_calls
from storage import unsaid
from storage.db import Tx
from storage.enrollment import enrollment
from storage.people.people import families_of, first_name

GATHERS = timedelta(minutes=1)  # what a family is told of one child's several courses waits so long for the others
LETTER_WAITS = timedelta(minutes=2)  # a letter of a decision: taken back meanwhile, it costs nobody one


class OfChoice(Protocol):
    """A choice as a letter about it names it: whose, of which course, with which partner."""

    @property
    def choice_id(self) -> int: ...
    @property
    def application_id(self) -> int: ...
    @property
    def child(self) -> str: ...  # ФИО
    @property
    def course(self) -> str: ...
    @property
    def organization(self) -> str: ...


def learning(state: str) -> str:
    """How a letter about a place speaks to its family: yes, the child learns there; offered; held, nobody has answered yet."""
    return {"enrolled": "yes", "offered": "offered"}.get(state, "held")


def letter_facts(about: OfChoice, now: datetime) -> dict[str, Any]:
    """What every letter about one course of an application is told; `now` is the change it tells of."""
    return {
        "id_application": about.application_id,
        "id_choice": about.choice_id,
        "id_change": now.isoformat(),
        "child": first_name(about.child),
        "course": about.course,
        "partner": about.organization,
    }


async def tell_family(
    tx: Tx, pupil_id: int, notice: Notice, *, now: datetime, but: Collection[int] = (), due_at: datetime | None = None
) -> None:
    """A letter to every guardian and to the pupil, except to those who know already; without any of them, a call.

    `due_at`: when it may go; at once unless said.
    """
    await tell_families(tx, [(pupil_id, notice)], now=now, but=but, due_at=due_at)


async def tell_families(
    tx: Tx,
    letters: Sequence[tuple[int, Notice]],
    *,
    now: datetime,
    but: Collection[int] = (),
    due_at: datetime | None = None,
) -> None:
    """The same for many pupils (by id) at once, with a handful of questions in all."""
    await decision_first(tx, [notice for _, notice in letters], now=now)
    families = await families_of(tx, {pupil_id for pupil_id, _ in letters})
    addressed = [
        Addressed(person_id, notice, pupil_id=pupil_id)
        for pupil_id, notice in letters
        for person_id in sorted(set(families.get(pupil_id, ())) - set(but))
    ]
    await post_all(tx, addressed, now=now, due_at=due_at)
    if not but:
        await note_calls(tx, letters, now=now)


async def decision_first(tx: Tx, notices: Iterable[Notice], *, now: datetime) -> None:
    """What follows a decision of the school is never told before it: a letter of it that still waits is due now."""
    for notice in notices:
        application = getattr(notice, "id_application", None)
        if application is not None and notice.topic != decision_topic(application):
            await unsaid.hasten(tx, decision_topic(application), now)


async def tell_together(tx: Tx, pupil_id: int, notice: Notice, *, now: datetime) -> None:
    """A letter to the family about one of several wishes that are asked for or answered at about the same time.

    While others of the child wait for the same, it waits a minute for them and goes out with them as one message; the last
    waits for nobody, and nobody waits for it any more.
    """
    await tx.flush()
    waiting = "approved" if notice.gathers == "asked" else "requested"
    kinds = [kind for kind, others in Notice.kinds.items() if others.gathers == notice.gathers]
    if not await enrollment.others_wait(tx, pupil_id, waiting):
        await unsaid.hasten_gathered(tx, pupil_id, kinds, now)
        await tell_family(tx, pupil_id, notice, now=now)
        return
    await tell_family(tx, pupil_id, notice, now=now, due_at=await unsaid.gathered(tx, pupil_id, kinds) or now + GATHERS)
