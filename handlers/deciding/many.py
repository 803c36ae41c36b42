"""The coordinator's queue as a whole: what part of it to look at, and approving all that fit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from aiogram import Router
from aiogram.filters.callback_data import CallbackData

from bot.paging import page_of
from bot.services.courses.clashes import brief
from bot.services.deciding.fitting import approve_fitting, sort_out
from bot.services.enrollment.weighing import Scale
from bot.services.network.years import this_year
from bot.targets import Epoch, Inbox
from bot.visit import TEXT, Button, Visit
from bot.voice import lines
from bot.words.clashes import why_not
from handlers.deciding.deciding import waiting
from handlers.deciding.left import left_of
from handlers.deciding.places import All, Filter, Look, Which, plain
from handlers.door import may
from storage.deciding import deciding
from storage.deciding.deciding import Value
from storage.enrollment.enrollment import Paper

PAGE = 8  # values of a filter a page
NAMED = 15  # applications left out that the page names
AT_ONCE = 40  # applications approved in one transaction; between two the page says how far it is


class FilterBy(Which, CallbackData, prefix="inbox.by"):
    """The values of one filter: «c» courses, «p» partners, «k» classes."""

    kind: str
    page: int


class AllApproved(Which, CallbackData, prefix="inbox.all.go"):
    upto: Epoch  # epoch seconds: what has come since the page was drawn is not approved unseen


# ── filters ─────────────────────────────────────────────────────────────────────────────────────────────────────────


async def filters(visit: Visit, at: Filter) -> None:
    where = Which(**plain(at))
    async with visit.db.read() as tx:
        counts = {shown: len(await waiting(visit, tx, where.model_copy(update={"show": shown}))) for shown in "nwrd"}
    rows = []
    for shown, count in counts.items():
        mark = "● " if shown == where.show else ""
        label = visit.say.plain("button-show", mark=mark, show=shown, count=count)
        rows.append([Button(label, Look(**{**plain(where), "show": shown}, application=0))])
    rows.append(
        [
            visit.button("button-filter-course", FilterBy(**plain(where), kind="c", page=0)),
            visit.button("button-filter-partner", FilterBy(**plain(where), kind="p", page=0)),
            visit.button("button-filter-class", FilterBy(**plain(where), kind="k", page=0)),
        ]
    )
    rows.append([visit.button("button-filter-off", Look(application=0))])
    await visit.show(visit.say("inbox-filter"), [*rows, visit.ways_back(Look(**plain(where), application=0))])


async def filter_by(visit: Visit, at: FilterBy) -> None:
    schools = visit.person.organizations_as("coordinator")
    async with visit.db.read() as tx:
        values, name, text = await _values(visit, tx, at.kind, schools)
    here = page_of(values, at.page, PAGE)
    rows = []
    for one in here.some:
        label = visit.say.plain("button-filter-value", name=brief(one.name, 100), count=one.count)
        rows.append([Button(label, Look(**{**plain(at), name: one.id}, application=0))])
    rows.append(visit.pager(here.number, here.of, lambda to: FilterBy(**plain(at), kind=at.kind, page=to)))
    rows.append([visit.button("button-filter-any", Look(**{**plain(at), name: 0}, application=0))])
    await visit.show(text, [*rows, visit.ways_back(Filter(**plain(at)))])


async def _values(visit: Visit, tx: Any, kind: str, schools: frozenset[int]) -> tuple[Sequence[Value], str, str]:
    match kind:
        case "c":
            return await deciding.courses_waiting(tx, schools), "course", visit.say("inbox-which-course")
        case "p":
            return await deciding.partners_waiting(tx, schools), "org", visit.say("inbox-which-partner")
        case _:
            this = await this_year(tx, visit.today)
            return await deciding.classes_waiting(tx, schools, this), "like", visit.say("inbox-which-class")


# ── all that fit ────────────────────────────────────────────────────────────────────────────────────────────────────


async def all_shown(visit: Visit, at: All) -> None:
    where = Which(**{**plain(at), "show": "n"})
    async with visit.db.read() as tx:
        found = await sort_out(tx, await waiting(visit, tx, where), by=visit.person, today=visit.today)
    parts = [visit.say("inbox-all-fit", count=len(found.fit)) if found.fit else visit.say("inbox-all-none")]
    if found.left:
        left = [_left_out(visit, paper, scale) for paper, scale in found.left[:NAMED]]
        more = [visit.say("inbox-all-more", count=len(found.left) - NAMED)] if len(found.left) > NAMED else []
        parts.append("\n".join([visit.say("inbox-all-left", count=len(found.left)), *left, *more]))
    text = lines(parts)
    rows = []
    if found.fit:
        go = AllApproved(**plain(where), upto=int(visit.now.timestamp()))
        rows.append([visit.button("button-approve-count", go, count=len(found.fit))])
    rows.append(visit.ways_back(Look(**plain(where), application=0)))
    await visit.show(text if len(text) <= TEXT else parts[0], rows)


def _left_out(visit: Visit, paper: Paper, scale: Scale) -> str:
    why = next(one for wish in paper.wishes if wish.state == "submitted" for one in scale[wish.id].against)
    facts = {"child": brief(paper.child, 80), "class_name": paper.class_name}
    return visit.say("inbox-all-left-one", **facts, why=why_not(why, visit.say))


async def all_approved(visit: Visit, at: AllApproved) -> None:
    """Some at a time, saying from the first moment how far it is; after a kill the rest is approved by the same press."""
    where = Which(**plain(at))
    upto = datetime.fromtimestamp(at.upto + 1, UTC)
    async with visit.db.read() as tx:
        found = await sort_out(tx, await waiting(visit, tx, where), by=visit.person, today=visit.today)
    papers = [paper for paper in found.fit if paper.submitted_at is not None and paper.submitted_at < upto]
    chosen = [paper.id for paper in papers]
    done = 0
    for begin in range(0, len(chosen), AT_ONCE):
        if len(chosen) > AT_ONCE:
            await visit.progress(visit.say("inbox-all-progress", done=begin, count=len(chosen)))
        done += await approve_fitting(visit.db, chosen[begin : begin + AT_ONCE], by=visit.person, at=visit.moment)
    async with visit.db.read() as tx:
        left = await left_of(visit, tx)
    decided = Look(**{**plain(where), "show": "d"}, application=0)
    rows = [*left.rows, [visit.button("button-show-decided", decided)], visit.ways_back(Inbox())]
    clashing = visit.say("inbox-all-left", count=len(found.left)) if found.left else ""
    pupils = {paper.pupil_id for paper in papers}
    said = await visit.promise(pupils, lambda told: visit.say("inbox-all-done", count=done, told=told))
    await visit.show(lines([said, clashing, "\n".join([*left.facts, *left.info])]), rows)


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="many")
    router.callback_query.register(filters, Filter.filter(), flags=may("enrollment.decide"))
    router.callback_query.register(filter_by, FilterBy.filter(), flags=may("enrollment.decide"))
    router.callback_query.register(all_shown, All.filter(), flags=may("enrollment.decide"))
    router.callback_query.register(all_approved, AllApproved.filter(), flags=may("enrollment.decide"))
    return router
