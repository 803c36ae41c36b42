"""Deciding on a sheet: the applications out as XLSX, the decisions in the same sheet back in as a plan, then carried out."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

from bot.clock import Moment
from bot.policy import Person
from bot.reading.decisions import Decided, read_decisions
from bot.reading.decisions_out import Row, decisions_xlsx
from bot.reading.uploads import read_sheets
from bot.refusals import Refusal, stamp, unchanged
from bot.services.courses.clashes import brief
from bot.services.deciding.deciding import BECOMES, Decision, Verdict, decide_all, decided_by
from bot.services.deciding.fitting import warns
from bot.services.enrollment.weighing import Scale, weigh
from bot.services.network.years import running_now
from bot.voice import Say
from storage.db import Database, Tx
from storage.deciding import finding
from storage.enrollment import enrollment
from storage.enrollment.enrollment import Paper


@dataclass(frozen=True)
class Refused:
    """A row that will not be carried out, and why in a sentence."""

    row: int
    child: str
    why: Refusal


@dataclass(frozen=True)
class SheetPlan:
    """What a sheet of decisions would do."""

    approve: tuple[Decided, ...] = ()
    give_back: tuple[Decided, ...] = ()
    decline: tuple[Decided, ...] = ()
    done: int = 0  # rows that say what is so already
    refused: tuple[Refused, ...] = field(default=())

    @property
    def rows(self) -> tuple[Decided, ...]:
        """In one order, whoever else decides at the same time."""
        return tuple(sorted((*self.approve, *self.give_back, *self.decline), key=lambda one: one.application))

    @property
    def digest(self) -> str:
        return stamp([(one.application, one.decision, one.reason, one.mark) for one in self.rows])


def _mark(application: int, last_change: int) -> str:
    return stamp("sheet", application, last_change)


# ── out ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def sheet_out(db: Database, *, by: Person, today: date, say: Say) -> bytes:
    """Every application of this coordinator's schools, of the running year and later."""
    schools = by.organizations_as("coordinator")
    async with db.read() as tx:
        year = (await running_now(tx, today)).year
        order = await finding.handed_in(tx, schools, year)
        papers = {paper.id: paper for paper in await enrollment.papers(tx, ids=order)}
        seen = await finding.last_changes(tx, order)
        scales = await weigh(tx, [paper for paper in papers.values() if paper.state == "submitted"], today)
    rows = [_row(papers[one], scales.get(one, {}), seen.get(one, 0), say) for one in order if one in papers]
    return await asyncio.to_thread(decisions_xlsx, rows)


def _row(paper: Paper, scale: Scale, last: int, say: Say) -> Row:
    wishes = [wish for wish in paper.wishes if wish.state not in ("draft", "withdrawn")]
    warnings = [
        f"{wish.course}: {say.plain(one.key, **one.facts)}"
        for wish in wishes
        if wish.state == "submitted" and wish.id in scale and not wish.override
        for one in scale[wish.id].against
    ]
    day = paper.submitted_at or paper.created_at
    return Row(
        number=paper.id,
        child=paper.child,
        class_name=paper.class_name,
        courses="; ".join(f"{wish.rank}. {wish.course}" for wish in wishes),
        warnings="; ".join(warnings),
        submitted=say.plain("sheet-day", at=day),
        state=say.plain("sheet-state", state=paper.state),
        open=paper.state == "submitted",
        mark=_mark(paper.id, last),
    )


# ── back in ─────────────────────────────────────────────────────────────────────────────────────────────────────────


async def rows_of(content: bytes, name: str) -> list[Decided]:
    """The decisions written into a sheet; Faults by cell."""
    return read_decisions(await read_sheets(content, name))


async def plan_sheet(db: Database, rows: Sequence[Decided], *, by: Person, today: date) -> SheetPlan:
    """What these rows would do now; nothing is written."""
    async with db.read() as tx:
        return await _plan(tx, rows, by=by, today=today)


async def _plan(tx: Tx, rows: Sequence[Decided], *, by: Person, today: date) -> SheetPlan:
    numbers = [one.application for one in rows]
    papers = {paper.id: paper for paper in await enrollment.papers(tx, ids=numbers, schools=by.organizations_as("coordinator"))}
    seen = await finding.last_changes(tx, list(papers))
    scales = await weigh(tx, [paper for paper in papers.values() if paper.state == "submitted"], today)
    to: dict[str, list[Decided]] = {"approve": [], "return": [], "decline": []}
    done, refused = 0, []
    for one in rows:
        paper = papers.get(one.application)
        if paper is not None and paper.state == BECOMES[cast(Decision, one.decision)] and _same_child(paper, one):
            done += 1
            continue
        why = await _against(tx, one, paper, seen, scales)
        if why is None:
            to[one.decision].append(one)
        else:
            refused.append(Refused(one.row, brief(one.child, 80) or "—", why))
    return SheetPlan(tuple(to["approve"]), tuple(to["return"]), tuple(to["decline"]), done, tuple(refused))


def _same_child(paper: Paper, one: Decided) -> bool:
    return " ".join(paper.child.split()).lower() == " ".join(one.child.split()).lower()


async def _against(tx: Tx, one: Decided, paper: Paper | None, seen: dict[int, int], scales: dict[int, Scale]) -> Refusal | None:
    """Why a row is not carried out: no such application, another child's, decided since, changed since, something against it."""
    if paper is None or paper.state == "draft":
        return Refusal("sheet-unknown", number=one.application)
    if not _same_child(paper, one):
        return Refusal("sheet-other-child", number=one.application)
    if paper.state != "submitted":
        return await decided_by(tx, paper.id)
    if one.mark != _mark(paper.id, seen.get(paper.id, 0)):
        return Refusal("sheet-stale")
    if one.decision == "approve" and warns(paper, scales[paper.id]) and not one.reason:
        return Refusal("sheet-against")
    return None


async def apply_sheet(db: Database, rows: Sequence[Decided], *, by: Person, at: Moment, seen: str) -> SheetPlan:
    """Carry out the plan that was shown (`seen`: its digest), whole, in one transaction. ChangedSince: it is another by now."""
    async with db.write() as tx:
        plan = await _plan(tx, rows, by=by, today=at.today)
        unchanged(seen, *_shown(plan))
        await decide_all(tx, {one.application: _verdict(one) for one in plan.rows}, by=by, at=at)
    return plan


def _verdict(one: Decided) -> Verdict:
    decision = cast(Decision, one.decision)
    return Verdict(decision, override=one.reason) if decision == "approve" else Verdict(decision, reason=one.reason)


def _shown(plan: SheetPlan) -> tuple[Any, ...]:
    return ([(one.application, one.decision, one.reason, one.mark) for one in plan.rows],)
