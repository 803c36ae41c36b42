"""Deciding: the coordinator approves an application, returns or declines it, lets a clash pass, takes a decision back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, TypeAlias

from bot.clock import Moment
from bot.notices import Notice
from bot.notices.enrollment import ApplicationApproved, ApplicationDeclined, ApplicationReturned, DecisionUndone
from bot.policy import Person, Thing, require
from bot.refusals import Refusal
from bot.services.courses.catalogue import day_of
from bot.services.courses.clashes import brief
from bot.services.enrollment.applications import seat
from bot.services.enrollment.choices import checked_reason, opened, walk
from bot.services.enrollment.telling import LETTER_WAITS, tell_families, tell_family
from bot.services.enrollment.weighing import weigh
from storage import audit
from storage.courses import courses
from storage.courses.courses import Offer
from storage.db import Database, Tx
from storage.deciding import deciding
from storage.enrollment import enrollment
from storage.enrollment.enrollment import Open
from storage.people.people import first_name
from storage.tables import Choice

Decision: TypeAlias = Literal["approve", "return", "decline"]
BECOMES: dict[Decision, str] = {"approve": "approved", "return": "returned", "decline": "declined"}

ACTION = "enrollment.decide"


@dataclass(frozen=True)
class Verdict:
    """What is decided on an application, and why: the family reads `reason`; `override` says why a clash may pass."""

    decision: Decision
    reason: str = ""
    override: str = ""


async def decide(db: Database, application_id: int, verdict: Verdict, *, by: Person, at: Moment, seen: int | None = None) -> bool:
    """Approve an application, return it for correction, or decline it; the last two with a reason the family reads. False: this
    person has decided so before, nothing was done.

    Where the class or the hours stand against a wish, approving needs an override; it is audited, and stays with the wish. `seen`: the last change the coordinator has looked at; what came after it is looked at first.
    Refusals: approve-against, application-changed, application-decided (who, what, when), reason-needed.
    """
    async with db.write() as tx:
        waits = await _waiting(tx, {application_id: verdict}, by=by)
        if seen is not None and waits and seen != await enrollment.last_change(tx, application_id):
            raise Refusal("application-changed")
        await _decide(tx, waits, by=by, at=at)
        return bool(waits)


async def decide_all(tx: Tx, verdicts: Mapping[int, Verdict], *, by: Person, at: Moment) -> list[int]:
    """Decide on many applications (by id) at once, with a handful of questions in all. Returns those that still waited.

    What is refused for one is refused for all: nothing was done.
    """
    waits = await _waiting(tx, verdicts, by=by)
    await _decide(tx, waits, by=by, at=at)
    return [one.paper.application.id for one in waits]


@dataclass(frozen=True)
class _Waiting:
    """An application that waits, its rows locked, and what is decided on it."""

    paper: Open
    verdict: Verdict

    @property
    def wishes(self) -> list[Choice]:
        return [choice for choice in self.paper.choices if choice.state == "submitted"]


async def _waiting(tx: Tx, verdicts: Mapping[int, Verdict], *, by: Person) -> list[_Waiting]:
    """Those on which nobody has decided yet: a repeated press finds its own decision, another's is refused."""
    papers = await enrollment.open_applications(tx, verdicts.keys())
    if len(papers) < len(verdicts):
        raise Refusal("gone")
    found = []
    for paper in papers:
        require(by, ACTION, Thing(pupil_id=paper.pupil.id, school_id=paper.pupil.school_id))
        verdict = verdicts[paper.application.id]
        if paper.application.state == "submitted":
            found.append(_Waiting(paper, verdict))
        elif paper.application.state != BECOMES[verdict.decision] or paper.application.decided_by != by.known:
            raise await decided_by(tx, paper.application.id)
    return found


async def decided_by(tx: Tx, application_id: int) -> Refusal:
    """The answer to whoever comes too late."""
    known = await deciding.decided(tx, application_id)
    if known is None:
        return Refusal("gone")
    return Refusal("application-decided", state=known.state, who=brief(known.who, 60) or "—", at=known.at)


async def _warned(tx: Tx, waits: Sequence[_Waiting], today: date) -> list[tuple[_Waiting, list[Choice]]]:
    """The applications to be approved with wishes that something stands against and nobody has let pass."""
    approved = {one.paper.application.id: one for one in waits if one.verdict.decision == "approve"}
    scales = await weigh(tx, await enrollment.papers(tx, ids=approved), today) if approved else {}
    found = []
    for number, one in approved.items():
        scale = scales.get(number, {})
        if warned := [choice for choice in one.wishes if scale[choice.id].warns]:
            found.append((one, warned))
    return found


async def _let_pass(tx: Tx, paper: Open, warned: Sequence[Choice], why: str, *, by: Person, at: Moment) -> None:
    await enrollment.lock_groups(tx, [choice.course_id for choice in warned])
    offers = {offer.id: offer for offer in await courses.offers(tx, [choice.course_id for choice in warned], current=False)}
    day = await day_of(tx, paper.pupil.id, at.today, paper.application.year, offers, without=[paper.application.id])
    for choice in warned:
        choice.override = why
        await seat(tx, choice, offers[choice.course_id], day, at.now)
        audit.log(tx, by.known, "enrollment.override", ("choice", choice.id), audit.Change(reason=why), now=at.now)


async def _decide(tx: Tx, waits: Sequence[_Waiting], *, by: Person, at: Moment) -> None:
    whys = [None if one.verdict.decision == "approve" else checked_reason(one.verdict.reason) for one in waits]
    for one, warned in await _warned(tx, waits, at.today):
        if not one.verdict.override:
            raise Refusal("approve-against")
        await _let_pass(tx, one.paper, warned, checked_reason(one.verdict.override), by=by, at=at)
    met = [one.wishes for one in waits]
    wanted = {choice.course_id for choices in met for choice in choices}
    offers = {offer.id: offer for offer in await courses.offers(tx, wanted, current=False)}
    letters: list[tuple[int, Notice]] = []
    for one, choices, why in zip(waits, met, whys, strict=True):
        await _step(tx, one, choices, why, by=by, now=at.now)
        letters.append((one.paper.pupil.id, _letter(one, choices, why or "", offers, at.now)))
    await tx.flush()
    await tell_families(tx, letters, now=at.now, due_at=at.now + LETTER_WAITS)


async def _step(tx: Tx, one: _Waiting, choices: Sequence[Choice], why: str | None, *, by: Person, now: datetime) -> None:
    paper, decision = one.paper, one.verdict.decision
    thing = Thing(pupil_id=paper.pupil.id, school_id=paper.pupil.school_id)
    for choice in choices:
        await walk(tx, choice, decision, by=by, thing=thing, now=now, reason=why)
    application, becomes = paper.application, BECOMES[decision]
    what = audit.Change(before={"state": application.state}, after={"state": becomes}, reason=why)
    application.state, application.reason = becomes, why
    application.decided_at, application.decided_by = now, by.known
    audit.log(tx, by.known, ACTION, ("application", application.id), what, now=now)


def _letter(one: _Waiting, choices: Sequence[Choice], why: str, offers: Mapping[int, Offer], now: datetime) -> Notice:
    facts: dict[str, Any] = {
        "id_application": one.paper.application.id,
        "id_change": now.isoformat(),
        "child": first_name(one.paper.pupil.full_name),
        "courses": [offers[choice.course_id].name for choice in choices],
    }
    match one.verdict.decision:
        case "approve":
            return ApplicationApproved(**facts, next=_next(choices, offers))
        case "return":
            return ApplicationReturned(**facts, reason=why)
        case "decline":
            return ApplicationDeclined(**facts, reason=why)


def _next(choices: Sequence[Choice], offers: Mapping[int, Offer]) -> str:
    """What comes after an approval, by wish: no request is promised where a draw gives the places, or where one waits in a line."""
    kinds = {_comes(choice, offers[choice.course_id]) for choice in choices}
    return ",".join(kind for kind in ("request", "line", "draw", "besides") if kind in kinds)


def _comes(choice: Choice, offer: Offer) -> str:
    if choice.reserve_at is not None:
        return "line"
    if choice.group_id is None and offer.selection == "ranked":
        return "draw"
    return "besides" if choice.group_id is None and offer.groups else "request"


async def _names(tx: Tx, choices: Sequence[Choice]) -> list[str]:
    offers = await courses.offers(tx, [choice.course_id for choice in choices], current=False)
    names = {offer.id: offer.name for offer in offers}
    return [names[choice.course_id] for choice in choices]


# ── a decision taken back ───────────────────────────────────────────────────────────────────────────────────────────


async def undo(db: Database, application_id: int, *, by: Person, at: Moment, seen: int | None = None) -> None:
    """Take a decision back, on its day and while nothing has followed: the application waits again.

    A seat that fell free with the decision comes back if nobody has it yet, else its place is at the head of the line.
    `seen`: the last change looked at; another decision since is not taken back unseen.
    Refusals: undo-late, undo-followed, undo-gone, application-changed.
    """
    async with db.write() as tx:
        paper = await opened(tx, application_id)
        thing = Thing(pupil_id=paper.pupil.id, school_id=paper.pupil.school_id)
        require(by, ACTION, thing)
        application = paper.application
        if application.state == "submitted":
            return
        met = await undoable(tx, paper, at)
        if seen is not None and seen != await enrollment.last_change(tx, application_id):
            raise Refusal("application-changed")
        was, reason = application.state, application.reason
        if was == "declined":
            await _seats_back(tx, met, application.submitted_at or at.now)
        for choice in met:
            await walk(tx, choice, "reopen", by=by, thing=thing, now=at.now)
            choice.override = None
        application.state, application.reason, application.decided_at, application.decided_by = "submitted", None, None, None
        audit.log(
            tx,
            by.known,
            "enrollment.undo",
            ("application", application_id),
            audit.Change(before={"state": was}, after={"state": "submitted"}, reason=reason),
            now=at.now,
        )
        notice = DecisionUndone(
            id_application=application_id,
            id_change=at.now.isoformat(),
            child=first_name(paper.pupil.full_name),
            courses=await _names(tx, met),
        )
        await tell_family(tx, paper.pupil.id, notice, now=at.now)


async def undoable(tx: Tx, paper: Open, at: Moment) -> list[Choice]:
    """The wishes whose decision can be taken back."""
    application = paper.application
    if application.state not in BECOMES.values() or application.decided_at is None or application.decided_by is None:
        raise Refusal("undo-followed")  # nobody's decision: a workbook closed it
    if application.decided_at.astimezone(at.zone).date() != at.today:
        raise Refusal("undo-late")
    met = [choice for choice in paper.choices if choice.changed_at == application.decided_at]
    moved = any(choice.state != application.state for choice in met)
    writing = any(choice.state == "draft" for choice in paper.choices)
    if not met or moved or writing or await deciding.followed(tx, [choice.id for choice in met], application.decided_at):
        raise Refusal("undo-followed")
    if await deciding.lead_nowhere(tx, [choice.id for choice in met]):
        raise Refusal("undo-gone")
    return met


async def _seats_back(tx: Tx, choices: Sequence[Choice], since: datetime) -> None:
    held = [choice for choice in choices if choice.group_id is not None and choice.reserve_at is None]
    if not held:
        return
    await enrollment.lock_groups(tx, [choice.course_id for choice in held])
    offers = await courses.offers(tx, [choice.course_id for choice in held], current=False)
    left = {group.id: group.left for offer in offers for group in offer.groups}
    for choice in held:
        if choice.group_id is not None and left.get(choice.group_id, 0) <= 0:
            choice.reserve_at = since
