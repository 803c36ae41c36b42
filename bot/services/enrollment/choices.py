"""The life of a choice: the one table of its transitions, every change with who, when and why, and the seats."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, TypeAlias

from bot.policy import Person, Thing, can, reader
from bot.refusals import Refusal
from bot.services.courses.clashes import Day, against_group
from storage.courses.courses import GroupOffer, Offer
from storage.db import Tx
from storage.enrollment import enrollment
from storage.enrollment.history import Past
from storage.offers import promised
from storage.people import consent
from storage.people.consent import Reader
from storage.tables import Choice, ChoiceChange

State: TypeAlias = Literal[
    "draft",
    "submitted",
    "returned",
    "approved",
    "requested",
    "enrolled",
    "reserve",
    "offered",
    "lapsed",
    "declined",
    "withdrawn",
    "completed",
    "failed",
    "left",
    "continues",
    "unfinished",
    "closed",
]
Verb: TypeAlias = Literal[
    "submit",
    "return",
    "approve",
    "request",
    "enroll",
    "reserve",
    "offer",
    "accept",
    "lapse",
    "take-back",
    "propose",
    "decline",
    "withdraw",
    "complete",
    "leave",
    "reopen",
    "finish",
    "fail",
    "quit",
    "continue",
    "end",
    "close",
    "drop",
    "dismiss",
    "suffice",
]


@dataclass(frozen=True)
class Step:
    to: State
    action: str | None  # of the policy; None: the bot itself, when time runs out
    stead: str | None = None  # the action by which staff may do it in the family's stead


ENTER = "enrollment.enter"  # for families without Telegram

# rules.md, «Enrollment»: draft → submitted → returned | approved → requested → enrolled | reserve | declined;
# reserve → offered → enrolled | lapsed | declined; withdrawn from anywhere; completed, failed, left or continues at the end.
# A returned application is corrected and submitted again; a coordinator may decline before the partner is asked.
TRANSITIONS: dict[tuple[State, Verb], Step] = {
    ("draft", "submit"): Step("submitted", "enrollment.apply", ENTER),
    ("returned", "submit"): Step("submitted", "enrollment.apply", ENTER),
    ("submitted", "return"): Step("returned", "enrollment.decide"),
    ("submitted", "approve"): Step("approved", "enrollment.decide"),
    ("submitted", "decline"): Step("declined", "enrollment.decide"),
    # A decision is taken back on its day, while nothing has followed from it.
    ("approved", "reopen"): Step("submitted", "enrollment.decide"),
    ("returned", "reopen"): Step("submitted", "enrollment.decide"),
    ("declined", "reopen"): Step("submitted", "enrollment.decide"),
    ("approved", "request"): Step("requested", "enrollment.request"),
    # The distribution of places («заявки») answers an approved wish by itself; later it may find a seat for one that waits.
    ("approved", "reserve"): Step("reserve", "enrollment.decide"),
    ("approved", "decline"): Step("declined", "enrollment.decide"),
    ("reserve", "approve"): Step("approved", "enrollment.decide"),
    ("requested", "enroll"): Step("enrolled", "enrollment.answer"),
    ("requested", "reserve"): Step("reserve", "enrollment.answer"),
    ("requested", "decline"): Step("declined", "enrollment.answer"),
    ("reserve", "offer"): Step("offered", None),
    # «По порядку»: who stands in the line is no part of a request, and is offered a place as soon as the school approved.
    ("approved", "offer"): Step("offered", None),
    # The group has become smaller than the places promised: back to the head of the line.
    ("offered", "take-back"): Step("reserve", None),
    # A course went, and the school proposes another in its place: the family's answer decides, as on any place offered.
    ("draft", "propose"): Step("offered", "enrollment.propose"),
    ("declined", "propose"): Step("offered", "enrollment.propose"),
    ("lapsed", "propose"): Step("offered", "enrollment.propose"),
    ("withdrawn", "propose"): Step("offered", "enrollment.propose"),
    ("left", "propose"): Step("offered", "enrollment.propose"),
    # The child has as many courses as the family asked for: it leaves the lines of the others, and the draws to come.
    ("approved", "suffice"): Step("declined", None),
    ("reserve", "suffice"): Step("declined", None),
    ("offered", "accept"): Step("enrolled", "enrollment.apply", ENTER),
    ("offered", "decline"): Step("declined", "enrollment.apply", ENTER),
    ("offered", "lapse"): Step("lapsed", None),
    ("draft", "withdraw"): Step("withdrawn", "enrollment.apply"),
    ("submitted", "withdraw"): Step("withdrawn", "enrollment.apply", ENTER),
    ("returned", "withdraw"): Step("withdrawn", "enrollment.apply", ENTER),
    ("approved", "withdraw"): Step("withdrawn", "enrollment.apply", ENTER),
    ("requested", "withdraw"): Step("withdrawn", "enrollment.apply", ENTER),
    ("reserve", "withdraw"): Step("withdrawn", "enrollment.apply", ENTER),
    ("offered", "withdraw"): Step("withdrawn", "enrollment.apply", ENTER),
    ("enrolled", "withdraw"): Step("left", "enrollment.apply", ENTER),  # a place is left: the child has learnt there
    ("enrolled", "complete"): Step("completed", "enrollment.answer"),
    ("enrolled", "leave"): Step("left", "enrollment.answer"),
    # The year is closed: with the answer its teacher or partner has given, or without one. What still waited has ended.
    ("enrolled", "finish"): Step("completed", None),
    ("enrolled", "fail"): Step("failed", None),
    ("enrolled", "quit"): Step("left", None),
    ("enrolled", "continue"): Step("continues", None),
    ("enrolled", "end"): Step("unfinished", None),
    ("draft", "close"): Step("closed", None),
    ("submitted", "close"): Step("closed", None),
    ("returned", "close"): Step("closed", None),
    ("approved", "close"): Step("closed", None),
    ("requested", "close"): Step("closed", None),
    ("reserve", "close"): Step("closed", None),
    ("offered", "close"): Step("closed", None),
    # The course, the group or the partner is gone, or the pupil has left the school: a new workbook says so, and was agreed to.
    ("submitted", "drop"): Step("declined", None),
    ("returned", "drop"): Step("declined", None),
    ("approved", "drop"): Step("declined", None),
    ("requested", "drop"): Step("declined", None),
    ("reserve", "drop"): Step("declined", None),
    ("enrolled", "dismiss"): Step("left", None),
}
# What a verb leads to: a choice that is there already has nothing left to do when the verb is repeated.
LEADS_TO: dict[Verb, frozenset[State]] = {
    verb: frozenset(step.to for (_, other), step in TRANSITIONS.items() if other == verb) for _, verb in TRANSITIONS
}

REASON = 400  # characters a typed reason may have
REPEATED = timedelta(minutes=10)  # a press repeated within this means what it has already done


def open_to(state: str, verb: Verb) -> bool:
    """Whether the table knows this step: which buttons a page shows."""
    return any(known == (state, verb) for known in TRANSITIONS)


async def walk(
    tx: Tx,
    choice: Choice,
    verb: Verb,
    *,
    by: Person | None,
    thing: Thing,
    now: datetime,
    reason: str | None = None,
    only: State | None = None,
) -> bool:
    """Take one step of the table, keeping who, when and why. False: the choice is there already, nothing was done.

    `by` None is the bot itself. `only`: the state this caller's step begins in, where the verb has several. A step the
    table does not know is refused in words.
    """
    if choice.state in LEADS_TO[verb]:
        return False
    step = next((step for key, step in TRANSITIONS.items() if key == (choice.state, verb)), None)
    if step is None or choice.state != (only or choice.state):
        raise Refusal("choice-no-step", state=choice.state)
    if (by is None) != (step.action is None):
        raise Refusal("not-yours")
    if by is not None and not any(can(by, action, thing) for action in (step.action, step.stead) if action is not None):
        raise Refusal("not-yours")
    was, choice.state, choice.changed_at = choice.state, step.to, now
    tx.add(ChoiceChange(choice_id=choice.id, was=was, now=step.to, by=by.known if by else None, at=now, reason=reason))
    return True


Who: TypeAlias = Literal["family", "school", "partner", "bot", "stead", "for-partner"]


def who(past: Past) -> Who:
    """Whose step it was, as a role: the table says whose step it can be, the record who took it."""
    actions = {step.action for (state, _), step in TRANSITIONS.items() if (state, step.to) == (past.was, past.now)}
    if past.was == past.now:  # the family's order of courses, or a note of the distribution
        return "family" if past.reason is None else "school"
    if None in actions and past.by is None and past.was is not None:
        return "bot"
    actions.discard(None)
    if {"enrollment.apply", "enrollment.answer"} <= actions and not past.family:  # a place left: the staff say why
        return "partner" if past.partner else "for-partner" if past.reason else "stead"
    if past.was is None or "enrollment.apply" in actions:
        if past.by is None or past.family:
            return "family"
        return "school" if "enrollment.decide" in actions else "stead"  # a decision taken back, or entered for them
    if past.by is None and None in actions:
        return "bot"
    actions.discard(None)  # a person did it
    if actions <= {"enrollment.decide", "enrollment.request", "enrollment.propose"}:
        return "school" if actions else "bot"
    if past.by is None:
        return "bot"
    return "partner" if past.partner else "for-partner"


# ── seats ───────────────────────────────────────────────────────────────────────────────────────────────────────────


async def take_seat(tx: Tx, choice: Choice, offer: Offer, day: Day, now: datetime) -> None:
    """«По порядку»: a seat of a group that suits the child, else the tail of the shortest line.

    Called with the course's groups locked and `offer` read after that; nobody overtakes who waits in a line. Where the
    coordinator lets the hours pass, any group suits. Who holds as many seats as were wanted takes no other: the wish waits
    besides, and gets its seat when one of those held is given up (bot/services/offers/enough.py).
    """
    await tx.flush()
    if await promised.has_enough(tx, choice.application_id, besides=choice.id):
        return
    suiting = [group for group in offer.groups if choice.override or not against_group(group, day, besides=offer.id)]
    if not suiting:
        return
    free = [group for group in suiting if group.left and not group.waiting]
    if free:
        choice.group_id, choice.reserve_at = max(free, key=lambda group: (group.left, -group.id)).id, None
    else:
        choice.group_id, choice.reserve_at = min(suiting, key=lambda group: (group.waiting, group.id)).id, now


async def join_line(tx: Tx, choice: Choice) -> None:
    """The end of the line is behind everybody in it: a number once told never grows, whoever's clock said what.

    Called with the course's groups locked: the order of arrival is the order in which the bot took them in hand.
    """
    if choice.reserve_at is None or choice.group_id is None:
        return
    last = await enrollment.end_of_line(tx, choice.group_id, besides=choice.id)
    if last is not None and last >= choice.reserve_at:
        choice.reserve_at = last + timedelta(microseconds=1)


def room(group: GroupOffer, choice: Choice, learn: int) -> int:
    """Seats of the group this choice could have, where so many `learn`. One it holds already is its own while fewer learn there
    than there are seats, though seats were taken away since."""
    holds = choice.group_id == group.id and choice.reserve_at is None
    return group.seats - learn if holds else group.seats - group.taken


# ── what every verb needs ───────────────────────────────────────────────────────────────────────────────────────────


async def opened(tx: Tx, application_id: int) -> enrollment.Open:
    """The application's rows, locked; one that is gone is refused."""
    found = await enrollment.open_application(tx, application_id)
    if found is None:
        raise Refusal("gone")
    return found


def checked_reason(reason: str) -> str:
    """A reason the family can read: some words, not a page."""
    words = " ".join(reason.split())
    if not words:
        raise Refusal("reason-needed")
    if len(words) > REASON:
        raise Refusal("reason-too-long", limit=REASON)
    return words


async def require_named(tx: Tx, by: Person, pupil_id: int, organization_id: int) -> None:
    """A partner decides nothing about a child whose family has not agreed that it reads the name: the school does."""
    eyes = Reader(reader(by).schools, frozenset((organization_id,)))  # who may answer there at all, the caller asks
    if await consent.unnamed(tx, [pupil_id], organization_id, eyes):
        raise Refusal("child-nameless")
