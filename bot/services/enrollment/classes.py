"""The class an application is for: before September a family applies with the class its child will be in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from bot.services.network.years import class_in, goes_on_by_choice, running_now
from storage.courses import courses
from storage.db import Tx
from storage.enrollment import enrollment
from storage.enrollment.enrollment import Paper


async def with_classes(tx: Tx, papers: Iterable[Paper], today: date) -> list[Paper]:
    """The applications with the classes of their years: of a year that is over, the class the child was in then."""
    this = (await running_now(tx, today)).year
    return [_with_class(paper, this) for paper in papers]


def _with_class(paper: Paper, this: int) -> Paper:
    then = class_in(paper.class_name, paper.year, this) or ""
    if paper.year < this:
        return replace(paper, class_name=then)
    return replace(paper, class_then=then) if paper.year > this else paper


async def asks_whether_goes_on(tx: Tx, pupil_id: int, year: int, today: date) -> str | None:
    """The class («9Б») of a child of whom the family has yet to say that it stays at school in that year; None: nobody asks."""
    child = (await courses.children(tx, [pupil_id])).get(pupil_id)
    this = (await running_now(tx, today)).year
    if child is None or not goes_on_by_choice(child.class_name, year, this):
        return None
    return None if await enrollment.goes_on(tx, pupil_id, year) else child.class_name
