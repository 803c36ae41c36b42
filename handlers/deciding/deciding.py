"""The coordinator's queue of applications: one a page, filters, approving, returning, declining, taking it back."""

from __future__ import annotations

from typing import Any

from aiogram import Router
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.state import State, StatesGroup

from bot.clock import midnight
from bot.paging import page_of
from bot.refusals import Refusal
from bot.services.courses.clashes import brief
from bot.services.deciding.deciding import Verdict, decide, decided_by, undo
from bot.services.deciding.fitting import sort_out, warns
from bot.services.enrollment.classes import with_classes
from bot.services.enrollment.telling import LETTER_WAITS
from bot.services.enrollment.weighing import Scale, preview
from bot.services.network.years import this_year
from bot.targets import ApplicationFile, DecisionPast, Inbox, WriteAbout
from bot.telegram.pressed import AlsoOld
from bot.visit import TEXT, Button, Visit
from bot.voice import lines
from bot.words.deciding import application_text, common_reasons, confirmation, head, question
from bot.words.enrollment import history
from handlers.deciding.left import left_of
from handlers.deciding.places import All, Filter, Look, Which, plain
from handlers.door import TYPED, may, opens
from handlers.reasons import show_reason, shown_reason
from storage.db import Tx
from storage.deciding import deciding
from storage.enrollment import enrollment
from storage.enrollment.enrollment import Paper
from storage.enrollment.history import steps_of

PAST = 12  # lines of a history a page shows
STATES = {"n": ("submitted",), "w": ("submitted",), "r": ("returned",), "d": ("approved", "returned", "declined")}


class Approve(Which, CallbackData, prefix="inbox.approve"):
    application: int
    seen: int  # the last change looked at


class Ask(Which, CallbackData, prefix="inbox.ask"):
    """Return («r»), decline («d») or let pass and approve («o»): asks for the reason."""

    verb: str
    application: int
    seen: int


class Reason(Which, CallbackData, prefix="inbox.reason"):
    """One of the common reasons."""

    verb: str
    application: int
    seen: int
    number: int


class Sure(Which, CallbackData, prefix="inbox.sure"):
    """With the reason typed, as the page showed it."""

    verb: str
    application: int
    seen: int
    why: str  # the stamp of the reason


class Undo(AlsoOld, Which, CallbackData, prefix="inbox.undo"):
    application: int
    seen: int = 0  # the decision to be taken back: the last change looked at


class DecisionReason(StatesGroup):
    """The coordinator types why an application is returned or declined, or why a clash may pass."""

    typing = State()


async def waiting(visit: Visit, tx: Tx, at: Which) -> list[int]:
    """The applications of this part of the queue, in order."""
    schools = visit.person.organizations_as("coordinator")
    since = midnight(visit.today, visit.zone) if at.show == "d" else None
    only = deciding.Only(course=at.course, partner=at.org, like=at.like, decided_since=since)
    found = await deciding.queue(tx, schools, STATES.get(at.show, ("submitted",)), only)
    if at.show == "w":
        return [paper.id for paper, _ in (await sort_out(tx, found, by=visit.person, today=visit.today)).left]
    return found


# ── one application a page ──────────────────────────────────────────────────────────────────────────────────────────


async def looked(visit: Visit, at: Look) -> None:
    await _next(visit, at, at.application, "", [])


async def _next(visit: Visit, at: Which, application: int, done: str, first: list[list[Button]]) -> None:
    """The page of this application if it is in this part of the queue, else of the first; or that nothing is left."""
    async with visit.db.read() as tx:
        found = await waiting(visit, tx, at)
        if not found:
            await _nothing_left(visit, at, done, first, tx)
            return
        place = found.index(application) if application in found else 0
        shown = await enrollment.papers(tx, ids=[found[place]])
        if not shown:
            raise Refusal("gone")
        (paper,) = await with_classes(tx, shown, visit.today)
        scale = await preview(tx, paper, visit.today)
        seen = await enrollment.last_change(tx, paper.id)
        text = lines([done, await _chosen(visit, tx, at), application_text(paper, scale, visit.say)])
    rows = [*_decisions(visit, at, paper, scale, seen), *first]
    rows.append(visit.pager(place, len(found), lambda to: Look(**plain(at), application=found[to])))
    rows.append(
        [
            visit.button("button-history", DecisionPast(**plain(at), application=paper.id, page=0)),
            visit.button("button-application-paper", ApplicationFile(paper.id)),
        ]
    )
    rows.append([visit.button("button-write", WriteAbout("paper", paper.id)), *_around(visit, at, len(found))])
    text = text if len(text) <= TEXT else lines([done, head(paper, visit.say)])
    await visit.show(text, [*rows, visit.ways_back(Inbox())])


def _around(visit: Visit, at: Which, count: int) -> list[Button]:
    around = [visit.button("button-filter", Filter(**plain(at)))]
    if at.show in ("n", "w") and count > 1:
        around.append(visit.button("button-approve-all", All(**plain(at))))
    return around


def _decisions(visit: Visit, at: Which, paper: Paper, scale: Scale, seen: int) -> list[list[Button]]:
    if paper.state != "submitted":
        return [[visit.button("button-undo", Undo(**plain(at), application=paper.id, seen=seen))]] if at.show == "d" else []
    which: dict[str, Any] = {**plain(at), "application": paper.id, "seen": seen}
    if warns(paper, scale):
        approve = visit.button("button-approve-override", Ask(**which, verb="o"))
    else:
        approve = visit.button("button-approve", Approve(**which))
    return [
        [approve],
        [visit.button("button-return", Ask(**which, verb="r")), visit.button("button-decline", Ask(**which, verb="d"))],
    ]


async def _nothing_left(visit: Visit, at: Which, done: str, first: list[list[Button]], tx: Tx) -> None:
    rows = list(first)
    chosen = await _chosen(visit, tx, at)
    if chosen:
        text = lines([chosen, visit.say("inbox-filter-empty")])
        rows.append([visit.button("button-filter-off", Look(application=0))])
    else:
        left = await left_of(visit, tx, applications=False)
        text = lines([visit.say("inbox-all-decided", left="yes" if left.facts else "no"), "\n".join([*left.facts, *left.info])])
        rows += left.rows
    rows.append([visit.button("button-filter", Filter(**plain(at)))])
    await visit.show(lines([done, text]), [*rows, visit.ways_back(Inbox())])


async def _chosen(visit: Visit, tx: Tx, at: Which) -> str:
    """«Возвращённые · 7А · «Шахматы»»; empty when everything new is looked at."""
    said = [visit.say("inbox-show", show=at.show)] if at.show != "n" else []
    schools = visit.person.organizations_as("coordinator")
    if at.course:
        said += [f"«{brief(one.name, 80)}»" for one in await deciding.courses_waiting(tx, schools) if one.id == at.course]
    if at.org:
        said += [brief(one.name, 80) for one in await deciding.partners_waiting(tx, schools) if one.id == at.org]
    if at.like:
        this = await this_year(tx, visit.today)
        said += [one.class_name for one in (await deciding.classmates(tx, schools, at.like, this))[:1]]
    return visit.say("inbox-chosen", what=" · ".join(said)) if said else ""


# ── deciding ────────────────────────────────────────────────────────────────────────────────────────────────────────


async def approved(visit: Visit, at: Approve) -> None:
    new = await decide(visit.db, at.application, Verdict("approve"), by=visit.person, at=visit.moment, seen=at.seen)
    await _decided(visit, at, at.application, "a", new=new)


async def asked(visit: Visit, at: Ask) -> None:
    facts = await _undecided(visit, at.application)
    await visit.talk.begin(DecisionReason.typing, **at.model_dump())
    text = question(at.verb, facts, visit.say)
    which: dict[str, Any] = {**plain(at), "verb": at.verb, "application": at.application, "seen": at.seen}
    rows = [[Button(words, Reason(**which, number=number))] for number, words in enumerate(common_reasons(at.verb, visit.say))]
    await visit.show(text, [*rows, [visit.back(Look(**plain(at), application=at.application))]])


async def _undecided(visit: Visit, application: int) -> dict[str, str]:
    """Whose application it is, while nobody has decided on it."""
    async with visit.db.read() as tx:
        found = await enrollment.papers(tx, ids=[application], schools=visit.person.organizations_as("coordinator"))
        if not found:
            raise Refusal("gone")
        if found[0].state != "submitted":
            raise await decided_by(tx, application)
    return {"child": brief(found[0].child), "class_name": found[0].class_name}


async def reasoned(visit: Visit, at: Reason) -> None:
    common = common_reasons(at.verb, visit.say)
    if not 0 <= at.number < len(common):
        raise Refusal("gone")
    await visit.talk.end()
    new = await _with_reason(visit, at.verb, at.application, at.seen, common[at.number])
    await _decided(visit, at, at.application, at.verb, new=new)


async def typed(visit: Visit) -> None:
    data: dict[str, Any] = await visit.talk.data()
    at = Ask(**data)
    which: dict[str, Any] = {**plain(at), "verb": at.verb, "application": at.application, "seen": at.seen}
    try:
        facts = await _undecided(visit, at.application)
    except Refusal:
        await visit.talk.end()
        raise
    back = Look(**plain(at), application=at.application)
    head = confirmation(at.verb, facts["child"], facts["class_name"], visit.say)
    await show_reason(visit, head, lambda why: Sure(**which, why=why), back=back, family=at.verb != "o")


async def sure(visit: Visit, at: Sure) -> None:
    why = await shown_reason(visit, at.why)
    new = await _with_reason(visit, at.verb, at.application, at.seen, why)
    await _decided(visit, at, at.application, at.verb, new=new)


async def _with_reason(visit: Visit, verb: str, application: int, seen: int, reason: str) -> bool:
    if verb == "o":
        verdict = Verdict("approve", override=reason or " ")
    else:
        verdict = Verdict("return" if verb == "r" else "decline", reason)
    return await decide(visit.db, application, verdict, by=visit.person, at=visit.moment, seen=seen)


async def _decided(visit: Visit, at: Which, application: int, verb: str, *, new: bool) -> None:
    """What was done (or, when it was done before: who did it, and when), above the next application; with the way back."""
    async with visit.db.read() as tx:
        found = await enrollment.papers(tx, ids=[application], schools=visit.person.organizations_as("coordinator"))
        seen = await enrollment.last_change(tx, application)
        before = None if new or visit.again else await deciding.decided(tx, application)
    child = brief(found[0].child, 100) if found else ""

    def said(told: int) -> str:
        waits = visit.say("inbox-letter-waits", minutes=LETTER_WAITS.seconds // 60)
        return f"{done(told)}\n{waits}" if told else done(told)

    def done(told: int) -> str:
        match verb:
            case "r":
                return visit.say("inbox-done-returned", child=child, told=told)
            case "d":
                return visit.say("inbox-done-declined", child=child, told=told)
            case _:
                return visit.say("inbox-done-approved", child=child, told=told)

    back_again = [[visit.button("button-undo", Undo(**plain(at), application=application, seen=seen))]]
    if before is not None:
        who = brief(before.who, 60) or "—"
        told = visit.say("application-decided", state=before.state, who=who, at=before.at)
        await _next(visit, at, application, told, back_again)
        return
    above = await visit.promise([paper.pupil_id for paper in found], said)
    await _next(visit, at, application, above, back_again)


async def undone(visit: Visit, at: Undo) -> None:
    await undo(visit.db, at.application, by=visit.person, at=visit.moment, seen=at.seen)
    new = Which(**{**plain(at), "show": "n"}) if at.show in ("d", "r") else at
    await _next(visit, new, at.application, visit.say("inbox-undone"), [])


async def past_seen(visit: Visit, at: DecisionPast) -> None:
    async with visit.db.read() as tx:
        found = await enrollment.papers(tx, ids=[at.application], schools=visit.person.organizations_as("coordinator"))
        if not found:
            raise Refusal("gone")
        (paper,) = await with_classes(tx, found, visit.today)
        past = history(await steps_of(tx, at.application), visit.say, named=True)
    here = page_of(past, at.page, PAST)
    told = "\n".join(here.some)
    text = lines([head(paper, visit.say), visit.say("application-history") + "\n" + told])
    rows = [
        visit.pager(here.number, here.of, lambda to: DecisionPast(**plain(at), application=at.application, page=to)),
        visit.ways_back(Look(**plain(at), application=at.application)),
    ]
    await visit.show(text, rows)


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="deciding")
    router.callback_query.register(looked, Look.filter(), flags=may("enrollment.decide"))
    router.callback_query.register(approved, Approve.filter(), flags=may("enrollment.decide"))
    router.callback_query.register(asked, Ask.filter(), flags=may("enrollment.decide"))
    router.callback_query.register(reasoned, Reason.filter(), flags=may("enrollment.decide"))
    router.callback_query.register(sure, Sure.filter(), flags=may("enrollment.decide", keeps_talk=DecisionReason))
    router.callback_query.register(undone, Undo.filter(), flags=may("enrollment.decide"))
    router.callback_query.register(past_seen, opens(DecisionPast), flags=may("enrollment.decide"))
    typing = TYPED
    router.message.register(typed, DecisionReason.typing, typing, flags=may("enrollment.decide"))
    return router
