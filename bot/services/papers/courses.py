"""Programmes of a partner's courses and its teachers' load: for the school's heads, and for the partner itself."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from bot.clock import Moment
from bot.documents.courses import Between, Loaded, load_docx, programme_docx
from bot.policy import Person, Thing, require
from bot.refusals import Refusal
from bot.services.papers.papers import file_name, papers_year, school_of, templates
from bot.services.requests.papers import File
from bot.services.timetable.study_plan import plan_of
from bot.settings import Settings
from bot.voice import Say
from storage.db import Database, Tx
from storage.papers import agreements, courses, papers


@dataclass(frozen=True)
class With:
    """A partner's paper, as this school agrees on it."""

    school_id: int
    partner_id: int


async def programme_paper(db: Database, of: With, *, by: Person, say: Say, settings: Settings, at: Moment) -> File:
    """A sheet for each course of the partner. Refusals: papers-no-courses, those of a template."""
    async with db.read() as tx:
        between = await _between(tx, of, by, at)
        found = await courses.programmes(tx, of.partner_id, between.year)
        hours = await papers.hours(tx, {group.id for one in found for group in one.groups})
    if not found:
        raise Refusal("papers-no-courses")
    content = await asyncio.to_thread(programme_docx, between, found, hours, templates(settings))
    return File(file_name(say.plain("paper-file-programme", who=between.partner.name[:40])), content)


async def load_paper(db: Database, of: With, *, by: Person, say: Say, settings: Settings, at: Moment) -> File:
    """The load of the partner's teachers in the year. Refusals: papers-no-lessons, those of a template."""
    async with db.read() as tx:
        between = await _between(tx, of, by, at)
        loads = [
            Loaded(one.teacher, one.course, one.group, one.lessons, one.hours, one.weeks)
            for one in (await plan_of(tx, between.year, at)).loads
            if one.organization == between.partner.name
        ]
    if not loads:
        raise Refusal("papers-no-lessons")
    content = await asyncio.to_thread(load_docx, between, loads, templates(settings))
    return File(file_name(say.plain("paper-file-load", who=between.partner.name[:40])), content)


async def _between(tx: Tx, of: With, by: Person, at: Moment) -> Between:
    require(by, "papers.courses", Thing(school_id=of.school_id, organization_id=of.partner_id))
    partner = await agreements.party(tx, of.partner_id)
    if partner is None or of.partner_id not in {one[0] for one in await agreements.partners(tx)}:
        raise Refusal("gone")
    return Between(await school_of(tx, of.school_id), partner, await papers_year(tx, of.school_id, at.today), at.today)
