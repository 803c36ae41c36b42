"""A sheet of decisions in sentences: what it would do, which rows are not carried out and why."""

from __future__ import annotations

from bot.reading.decisions import REASON, Decided
from bot.reading.illness import speaks_of_illness
from bot.services.deciding.sheet import SheetPlan
from bot.voice import Say

SHOWN = 10  # rows refused that a page names; the rest stands in a file


def ill(plan: SheetPlan) -> list[Decided]:
    """The rows whose reason seems to speak of health: asked about once, before anything is applied."""
    return [one for one in plan.rows if one.reason and speaks_of_illness(one.reason)]


def plan_lines(plan: SheetPlan, say: Say, *, shown: int = SHOWN) -> list[str]:
    """Counts first, then every row that is refused."""
    said = [say("sheet-plan")]
    if plan.approve:
        said.append(say("sheet-approve", count=len(plan.approve)))
    if plan.give_back:
        said.append(say("sheet-return", count=len(plan.give_back)))
    if plan.decline:
        said.append(say("sheet-decline", count=len(plan.decline)))
    if plan.done:
        said.append(say("sheet-already", count=plan.done))
    if not plan.rows:
        said.append(say("sheet-nothing"))
    said += [say("sheet-illness", row=one.row, letter=one.where, column=REASON) for one in ill(plan)]
    if plan.refused:
        said.append(say("sheet-refused", count=len(plan.refused)))
        said += [
            say("sheet-refused-row", row=one.row, child=one.child, why=say.plain(one.why.key, **one.why.facts))
            for one in plan.refused[:shown]
        ]
        if len(plan.refused) > shown:
            said.append(say("network-line-more", count=len(plan.refused) - shown))
    return said
