"""Deciding: the coordinator approves an application, returns or declines it, lets a clash pass, takes a decision back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, TypeAlias

from bot.clock import Moment
from bot.notices.enrollment import ApplicationApproved, ApplicationDeclined, ApplicationReturned, DecisionUndone
from bot.policy import Person, Thing, can, require
from bot.refusals import Refusal
from bot.services.courses.catalogue import day_of
from bot.services.courses.clashes import brief
from bot.services.enrollment.applications import seat
from bot.services.enrollment.choices import checked_reason, opened, walk
from bot.services.enrollment.telling import LETTER_WAITS, tell_family
from bot.services.enrollment.weighing import Scale, weigh
from storage import audit
from storage.courses import courses
from storage.db import Database, Tx
from storage.deciding import deciding
from storage.enrollment import enrollment
from storage.enrollment.enrollment import Open, Paper
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
        return await decide_in(tx, application_id, verdict, by=by, at=at, seen=seen)


async def decide_in(tx: Tx, application_id: int, verdict: Verdict, *, by: Person, at: Moment, seen: int | None = None) -> bool:
    """`decide` within a transaction that decides on several."""
    decision = verdict.decision
    paper = await opened(tx, application_id)
    require(by, ACTION, Thing(pupil_id=paper.pupil.id, school_id=paper.pupil.school_id))
    if await _decided_already(tx, paper, decision, by):
        return False
    if seen is not None and seen != await enrollment.last_change(tx, application_id):
        raise Refusal("application-changed")
    why = None if decision == "approve" else checked_reason(verdict.reason)
    if decision == "approve":
        warned = await _warned(tx, paper, at.today)
        if warned and not verdict.override:
            raise Refusal("approve-against")
        if warned:
            await _let_pass(tx, paper, warned, checked_reason(verdict.override), by=by, at=at)
    await _decide(tx, paper, decision, why, by=by, now=at.now)
    return True


async def _decided_already(tx: Tx, paper: Open, decision: Decision, by: Person) -> bool:
    """Whether it is this person's own press, repeated. Another's decision is told: who, what, when."""
    state = paper.application.state
    if state == "submitted":
        return False
    if state == BECOMES[decision] and paper.application.decided_by == by.known:
        return True
    raise await decided_by(tx, paper.application.id)


async def decided_by(tx: Tx, application_id: int) -> Refusal:
    """The answer to whoever comes too late."""
    known = await deciding.decided(tx, application_id)
    if known is None:
        return Refusal("gone")
    return Refusal("application-decided", state=known.state, who=brief(known.who, 60) or "—", at=known.at)


async def _warned(tx: Tx, paper: Open, today: date) -> list[Choice]:
    """The wishes that something stands against and nobody has let pass."""
    (shown,) = await enrollment.papers(tx, ids=[paper.application.id])
    scale = (await weigh(tx, [shown], today)).get(shown.id, {})
    return [choice for choice in paper.choices if choice.state == "submitted" and scale[choice.id].warns]


async def _let_pass(tx: Tx, paper: Open, warned: Sequence[Choice], why: str, *, by: Person, at: Moment) -> None:
    await enrollment.lock_groups(tx, [choice.course_id for choice in warned])
    offers = {offer.id: offer for offer in await courses.offers(tx, [choice.course_id for choice in warned], current=False)}
    day = await day_of(tx, paper.pupil.id, at.today, paper.application.year, offers, without=[paper.application.id])
    for choice in warned:
        choice.override = why
        await seat(tx, choice, offers[choice.course_id], day, at.now)
        audit.log(tx, by.known, "enrollment.override", ("choice", choice.id), audit.Change(reason=why), now=at.now)


async def _decide(tx: Tx, paper: Open, decision: Decision, why: str | None, *, by: Person, now: datetime) -> None:
    thing = Thing(pupil_id=paper.pupil.id, school_id=paper.pupil.school_id)
    met = [choice for choice in paper.choices if choice.state == "submitted"]
    for choice in met:
        await walk(tx, choice, decision, by=by, thing=thing, now=now, reason=why)
    application, becomes = paper.application, BECOMES[decision]
    before = {"state": application.state}
    application.state, application.reason = becomes, why
    application.decided_at, application.decided_by = now, by.known
    audit.log(
        tx,
        by.known,
        ACTION,
        ("application", application.id),
        audit.Change(before=before, after={"state": becomes}, reason=why),
        now=now,
    )
    await _tell_decided(tx, paper, met, decision, why or "", now=now)


async def _tell_decided(tx: Tx, paper: Open, met: Sequence[Choice], decision: Decision, why: str, *, now: datetime) -> None:
    id_application, id_change = paper.application.id, now.isoformat()
    child, names = first_name(paper.pupil.full_name), await _names(tx, met)
    notice: ApplicationApproved | ApplicationReturned | ApplicationDeclined
    if decision == "approve":
        comes = await _next(tx, met)
        notice = ApplicationApproved(id_application=id_application, id_change=id_change, child=child, courses=names, next=comes)
    elif decision == "return":
        notice = ApplicationReturned(id_application=id_application, id_change=id_change, child=child, courses=names, reason=why)
    else:
        notice = ApplicationDeclined(id_application=id_application, id_change=id_change, child=child, courses=names, reason=why)
    await tell_family(tx, paper.pupil.id, notice, now=now, due_at=now + LETTER_WAITS)


async def _next(tx: Tx, choices: Sequence[Choice]) -> str:
    """What comes after an approval, by wish: no request is promised where a draw gives the places, or where one waits in a line."""
    offers = await courses.offers(tx, [choice.course_id for choice in choices], current=False)
    drawn = {offer.id for offer in offers if offer.selection == "ranked"}
    grouped = {offer.id for offer in offers if offer.groups}
    kinds = {_comes(choice, drawn, grouped) for choice in choices}
    return ",".join(kind for kind in ("request", "line", "draw", "besides") if kind in kinds)


def _comes(choice: Choice, drawn: Collection[int], grouped: Collection[int]) -> str:
    if choice.reserve_at is not None:
        return "line"
    if choice.group_id is None and choice.course_id in drawn:
        return "draw"
    return "besides" if choice.group_id is None and choice.course_id in grouped else "request"


async def _names(tx: Tx, choices: Sequence[Choice]) -> list[str]:
    offers = await courses.offers(tx, [choice.course_id for choice in choices], current=False)
    names = {offer.id: offer.name for offer in offers}
    return [names[choice.course_id] for choice in choices]


# ── all that fit ────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Sorted:
    """Applications that wait: those that fit, and those something speaks against, with what."""

    fit: tuple[Paper, ...]
    left: tuple[tuple[Paper, Scale], ...]


async def sort_out(tx: Tx, waiting: Collection[int], *, by: Person, today: date) -> Sorted:
    """Which of these applications can be approved as they are, in the order given."""
    papers = {paper.id: paper for paper in await enrollment.papers(tx, ids=waiting) if paper.state == "submitted"}
    mine = [papers[one] for one in waiting if one in papers and can(by, ACTION, Thing(school_id=papers[one].school_id))]
    scales = await weigh(tx, mine, today)
    fit, left = [], []
    for paper in mine:
        if warns(paper, scales[paper.id]):
            left.append((paper, scales[paper.id]))
        else:
            fit.append(paper)
    return Sorted(tuple(fit), tuple(left))


def warns(paper: Paper, scale: Scale) -> bool:
    """Whether something speaks against a submitted wish, and nobody has let it pass."""
    return any(wish.state == "submitted" and scale[wish.id].warns for wish in paper.wishes)


async def approve_fitting(db: Database, applications: Sequence[int], *, by: Person, now: datetime, today: date) -> int:
    """Approve those of these applications that still wait and fit, in one transaction. Returns how many."""
    async with db.write() as tx:
        chosen = (await sort_out(tx, applications, by=by, today=today)).fit
        done = 0
        for shown in sorted(chosen, key=lambda paper: paper.id):  # locked in one order, whoever else decides
            paper = await opened(tx, shown.id)
            require(by, ACTION, Thing(pupil_id=paper.pupil.id, school_id=paper.pupil.school_id))
            if paper.application.state == "submitted":
                await _decide(tx, paper, "approve", None, by=by, now=now)
                done += 1
        return done


# ── a decision taken back ───────────────────────────────────────────────────────────────────────────────────────────


async def undo(db: Database, application_id: int, *, by: Person, at: Moment, seen: int | None = None) -> None:
    """Take a decision back, on its day and while nothing has followed: the application waits again.

    A seat that fell free with the decision comes back if nobody has it yet, else its place is at the head of the line.
    `seen`: the last change looked at; another decision since is not taken back unseen.
    Refusals: undo-late, undo-followed, application-changed.
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
    if application.state not in BECOMES.values() or application.decided_at is None:
        raise Refusal("undo-followed")
    if application.decided_at.astimezone(at.zone).date() != at.today:
        raise Refusal("undo-late")
    met = [choice for choice in paper.choices if choice.changed_at == application.decided_at]
    moved = any(choice.state != application.state for choice in met)
    writing = any(choice.state == "draft" for choice in paper.choices)
    if not met or moved or writing or await deciding.followed(tx, [choice.id for choice in met], application.decided_at):
        raise Refusal("undo-followed")
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
