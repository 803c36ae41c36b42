"""A course proposed in the place of one that went, in words: to whom, to whom not, and why."""

from __future__ import annotations

from collections.abc import Sequence

from bot.services.courses.clashes import brief
from bot.services.offers.proposing import Proposal
from bot.voice import Say, lines
from bot.words.clashes import why_not
from storage.offers.losses import Loss

NAMED = 12  # children the page names


def children_in_words(children: Sequence[Loss]) -> str:
    named = [f"{brief(one.child, 60)}, {one.class_name}" for one in children[:NAMED]]
    return "; ".join([*named, *(["…"] if len(children) > NAMED else [])])


def proposal_in_words(plan: Proposal, hours: str, say: Say) -> str:
    """The page before families are asked."""
    parts = [
        say(
            "lost-proposal",
            course=brief(plan.offer.name),
            partner=brief(plan.offer.organization, 100),
            group=brief(plan.group.code, 60),
            hours=hours,
            left=plan.left,
        )
    ]
    if plan.going:
        parts.append(say("lost-proposal-going", count=len(plan.going), children=children_in_words(plan.going)))
    if plan.staying:
        why = [say("regroup-all-clash", child=brief(one.child, 80), why=why_not(no, say)) for one, no in plan.staying[:NAMED]]
        parts.append("\n".join([say("lost-proposal-staying", count=len(plan.staying)), *why]))
    if plan.going:
        parts.append(say("lost-proposal-ask"))
    return lines(parts)
