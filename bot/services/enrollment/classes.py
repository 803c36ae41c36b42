"""The class an application is for: before September a family applies with the class its child will be in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from bot.services.network.years import this_year
from storage.courses import courses
from storage.db import Tx
from storage.enrollment import enrollment
from storage.enrollment.enrollment import Paper
from storage.people.classes import CHOSEN_CLASS, DIGITS, classes_in, goes_on_by_choice


async def with_classes(tx: Tx, papers: Iterable[Paper], today: date) -> list[Paper]:
    """The applications for a year to come with today's class too; any other names the class of its own year already."""
    papers = list(papers)
    this = await this_year(tx, today)
    coming = {paper.pupil_id for paper in papers if paper.year > this}
    now = await classes_in(tx, coming, this) if coming else {}
    return [
        replace(paper, class_name=now.get(paper.pupil_id, paper.class_name), class_then=paper.class_name)
        if paper.year > this
        else paper
        for paper in papers
    ]


async def asks_whether_goes_on(tx: Tx, pupil_id: int, year: int) -> str | None:
    """The class («9Б») of a child of whom the family has yet to say that it stays at school in that year; None: nobody asks."""
    child = (await courses.children(tx, [pupil_id])).get(pupil_id)
    if child is None or not goes_on_by_choice(child.class_name, year, child.class_year):
        return None
    if await enrollment.goes_on(tx, pupil_id, year):
        return None
    return f"{CHOSEN_CLASS}{child.class_name.strip().lstrip(DIGITS)}"
