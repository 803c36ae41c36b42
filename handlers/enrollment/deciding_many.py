"""The coordinator's queue as a whole: what part of it to look at, and approving all that fit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from aiogram import Router
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery

from bot.policy import Person
from bot.services.courses.clashes import brief
from bot.services.enrollment.deciding import approve_fitting, sort_out
from bot.services.enrollment.weighing import Scale
from bot.services.people.calls import silent_among
from bot.voice import Say, lines
from handlers.enrollment.deciding import Look, Which, plain, waiting
from handlers.ui import TEXT, Button, Epoch, Inbox, back, back_to_menu, how_far, may, pager, show, with_unreached
from storage.db import Database
from storage.enrollment import deciding
from storage.enrollment.deciding import Value
from storage.enrollment.enrollment import Paper

PAGE = 8  # values of a filter a page
NAMED = 15  # applications left out that the page names
AT_ONCE = 20  # applications approved in one transaction; between two the page says how far it is


class Filter(Which, CallbackData, prefix="inbox.filter"):
    """What can be chosen."""


class FilterBy(Which, CallbackData, prefix="inbox.by"):
    """The values of one filter: «c» courses, «p» partners, «k» classes."""

    kind: str
    page: int


class All(Which, CallbackData, prefix="inbox.all"):
    """What would be approved, and what not; asks for confirmation."""


class AllApproved(Which, CallbackData, prefix="inbox.all.go"):
    upto: Epoch  # epoch seconds: what has come since the page was drawn is not approved unseen


# ── filters ─────────────────────────────────────────────────────────────────────────────────────────────────────────


async def filters(tap: CallbackQuery, callback_data: Filter, db: Database, say: Say, person: Person, today: date) -> None:
    at = Which(**plain(callback_data))
    async with db.read() as tx:
        counts = {shown: len(await waiting(tx, at.model_copy(update={"show": shown}), say, person, today)) for shown in "nwrd"}
    rows = []
    for shown, count in counts.items():
        mark = "● " if shown == at.show else ""
        label = say.plain("button-show", mark=mark, show=shown, count=count)
        rows.append([Button(label, Look(**{**plain(at), "show": shown}, application=0))])
    rows.append(
        [
            Button(say.plain("button-filter-course"), FilterBy(**plain(at), kind="c", page=0)),
            Button(say.plain("button-filter-partner"), FilterBy(**plain(at), kind="p", page=0)),
            Button(say.plain("button-filter-class"), FilterBy(**plain(at), kind="k", page=0)),
        ]
    )
    rows.append([Button(say.plain("button-filter-off"), Look(application=0))])
    await show(tap, say("inbox-filter"), [*rows, [back(say, Look(**plain(at), application=0)), back_to_menu(say)]])


async def filter_by(tap: CallbackQuery, callback_data: FilterBy, db: Database, say: Say, person: Person) -> None:
    at, schools = callback_data, person.organizations_as("coordinator")
    async with db.read() as tx:
        values, name, text = await _values(tx, at.kind, schools, say)
    pages = max(1, -(-len(values) // PAGE))
    page = min(max(at.page, 0), pages - 1)
    rows = []
    for one in values[page * PAGE : (page + 1) * PAGE]:
        label = say.plain("button-filter-value", name=brief(one.name, 100), count=one.count)
        rows.append([Button(label, Look(**{**plain(at), name: one.id}, application=0))])
    rows.append(pager(say, page, pages, lambda to: FilterBy(**plain(at), kind=at.kind, page=to)))
    rows.append([Button(say.plain("button-filter-any"), Look(**{**plain(at), name: 0}, application=0))])
    await show(tap, text, [*rows, [back(say, Filter(**plain(at))), back_to_menu(say)]])


async def _values(tx: Any, kind: str, schools: frozenset[int], say: Say) -> tuple[Sequence[Value], str, str]:
    match kind:
        case "c":
            return await deciding.courses_waiting(tx, schools), "course", say("inbox-which-course")
        case "p":
            return await deciding.partners_waiting(tx, schools), "org", say("inbox-which-partner")
        case _:
            return await deciding.classes_waiting(tx, schools), "like", say("inbox-which-class")


# ── all that fit ────────────────────────────────────────────────────────────────────────────────────────────────────


async def all_shown(
    tap: CallbackQuery, callback_data: All, db: Database, say: Say, person: Person, now: datetime, today: date
) -> None:
    at = Which(**{**plain(callback_data), "show": "n"})
    async with db.read() as tx:
        found = await sort_out(tx, await waiting(tx, at, say, person, today), by=person, today=today)
    parts = [say("inbox-all-fit", count=len(found.fit)) if found.fit else say("inbox-all-none")]
    if found.left:
        left = [_left_out(paper, scale, say) for paper, scale in found.left[:NAMED]]
        more = [say("inbox-all-more", count=len(found.left) - NAMED)] if len(found.left) > NAMED else []
        parts.append("\n".join([say("inbox-all-left", count=len(found.left)), *left, *more]))
    text = lines(parts)
    rows = []
    if found.fit:
        go = AllApproved(**plain(at), upto=int(now.timestamp()))
        rows.append([Button(say.plain("button-approve-count", count=len(found.fit)), go)])
    rows.append([back(say, Look(**plain(at), application=0)), back_to_menu(say)])
    await show(tap, text if len(text) <= TEXT else parts[0], rows)


def _left_out(paper: Paper, scale: Scale, say: Say) -> str:
    why = next(one for wish in paper.wishes if wish.state == "submitted" for one in scale[wish.id].against)
    facts = {"child": brief(paper.child, 80), "class_name": paper.class_name}
    return say("inbox-all-left-one", **facts, why=say.plain(why.key, **why.facts))


async def all_approved(
    tap: CallbackQuery, callback_data: AllApproved, db: Database, say: Say, person: Person, now: datetime, today: date
) -> None:
    """A few at a time, saying how far it is; after a kill the rest is approved by the same press."""
    at = Which(**plain(callback_data))
    upto = datetime.fromtimestamp(callback_data.upto + 1, UTC)
    async with db.read() as tx:
        found = await sort_out(tx, await waiting(tx, at, say, person, today), by=person, today=today)
    papers = [paper for paper in found.fit if paper.submitted_at is not None and paper.submitted_at < upto]
    chosen = [paper.id for paper in papers]
    done = 0
    for begin in range(0, len(chosen), AT_ONCE):
        if begin:
            await how_far(tap, say("inbox-all-progress", done=begin, count=len(chosen)))
        done += await approve_fitting(db, chosen[begin : begin + AT_ONCE], by=person, now=now, today=today)
    rows = [
        [Button(say.plain("button-form-request"), "inbox.forming")],
        [Button(say.plain("button-show-decided"), Look(**{**plain(at), "show": "d"}, application=0))],
        [back(say, Inbox()), back_to_menu(say)],
    ]
    left = say("inbox-all-left", count=len(found.left)) if found.left else ""
    silent = await silent_among(db, {paper.pupil_id for paper in papers})
    await show(tap, lines([with_unreached(say("inbox-all-done", count=done), silent, say), left]), rows)


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="deciding_many")
    router.callback_query.register(filters, Filter.filter(), flags=may("enrollment.decide"))
    router.callback_query.register(filter_by, FilterBy.filter(), flags=may("enrollment.decide"))
    router.callback_query.register(all_shown, All.filter(), flags=may("enrollment.decide"))
    router.callback_query.register(all_approved, AllApproved.filter(), flags=may("enrollment.decide"))
    return router
