"""A whole group's move in words: who goes, who stays, and why."""

from __future__ import annotations

from collections.abc import Sequence

from bot.services.courses.clashes import brief
from bot.services.offers.regroup_all import Moving
from bot.voice import Say, lines
from bot.words.clashes import why_not
from storage.offers.offers import About

NAMED = 12  # children of each kind the page names


def moving_in_words(plan: Moving, *, anyhow: bool, say: Say) -> str:
    """The page before everybody of a group is moved; `anyhow`: those whose hours speak against it go too."""
    parts = [say("regroup-all-head", group=brief(plan.to.code, 60), count=len(plan.going), left=plan.to.left)]
    parts += [say("regroup-all-learn", count=len(plan.learn), children=_named(plan.learn))] if plan.learn else []
    parts += [say("regroup-all-wait", count=len(plan.wait), children=_named(plan.wait))] if plan.wait else []
    if plan.seatless:
        parts.append(say("regroup-all-seatless", count=len(plan.seatless), children=_named(plan.seatless)))
    if plan.clashing:
        told = [
            say("regroup-all-clash", child=brief(one.child, 80), why=why_not(against, say))
            for one, against in plan.clashing[:NAMED]
        ]
        parts.append("\n".join([say("regroup-all-clashing", goes="yes" if anyhow else "no", count=len(plan.clashing)), *told]))
    if plan.offered:
        parts.append(say("regroup-all-offered", count=len(plan.offered), children=_named(plan.offered)))
    return lines(parts)


def _named(children: Sequence[About]) -> str:
    names = [brief(one.child, 60) for one in children[:NAMED]]
    return "; ".join([*names, *(["…"] if len(children) > NAMED else [])])
