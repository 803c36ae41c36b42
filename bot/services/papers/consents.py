"""Consents on paper: for a family those of its child, for the school's heads those of a child or a class."""

from __future__ import annotations

import asyncio
from collections.abc import Collection

from bot.clock import Moment
from bot.documents.consents import consents_docx
from bot.policy import Person, Thing, require
from bot.refusals import Refusal
from bot.services.network.years import running_now
from bot.services.papers.papers import file_name, school_of, templates
from bot.services.requests.papers import File
from bot.settings import Settings
from bot.voice import Say
from storage.db import Database
from storage.papers import consents
from storage.people.people import first_name

HEADS = ("coordinator", "director")


async def consent_paper(db: Database, pupils: Collection[int], *, by: Person, say: Say, settings: Settings, at: Moment) -> File:
    """The consents of these children of one school, a page for each purpose. Refusals: gone, those of a template."""
    async with db.read() as tx:
        year = (await running_now(tx, at.today)).year
        ward = set(pupils) <= by.wards
        children = await consents.subjects(tx, pupils, year, person_id=by.id if ward else None)
        if not children or len({one.school_id for one in children}) != 1:
            raise Refusal("gone")
        for one in children:
            require(by, "papers.consent", Thing(pupil_id=one.pupil_id, school_id=one.school_id))
        school, partners = await school_of(tx, children[0].school_id), await consents.recipients(tx)
    content = await asyncio.to_thread(
        consents_docx, children, school, partners, today=at.today, zone=settings.zone, own=templates(settings)
    )
    whose = first_name(children[0].child) if len(children) == 1 else children[0].class_name
    return File(file_name(say.plain("paper-file-consents", whose=whose)), content)
