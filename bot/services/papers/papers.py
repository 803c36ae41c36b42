"""Papers drawn from the database whenever somebody asks for them: a family's application, the school's order and lists."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from bot.documents.request import request_docx
from bot.documents.school_papers import application_docx, groups_docx
from bot.policy import Person, Thing, require
from bot.refusals import Refusal
from bot.services.network.years import running_now
from bot.services.papers.handed_in import as_handed_in, in_its_year
from bot.services.requests.papers import File
from bot.settings import Settings
from bot.voice import Say
from storage.db import Database, Tx
from storage.papers import handed_in, papers
from storage.papers.handed_in import Version, Whose
from storage.papers.papers import Asking, School
from storage.people.people import first_name
from storage.requests import requests
from storage.requests.paper import for_paper


def templates(settings: Settings) -> Path:
    """Where the school's own templates stand: one of the same name wins over the default."""
    return settings.data_dir / "templates"


LAST, AS_WRITTEN = 0, -1  # which version of an application's paper


async def papers_year(tx: Tx, school_id: int, today: date) -> int:
    """The academic year the school's papers are of: the coming one once somebody is enrolled in it, else the running one."""
    this = (await running_now(tx, today)).year
    return this + 1 if await papers.partners(tx, [school_id], this + 1) else this


@dataclass(frozen=True)
class Edition:
    """Which paper of an application: a version of what was handed in, LAST, or AS_WRITTEN: what is being written now, as it
    would be handed in (a draft has no other).
    """

    application_id: int
    version: int = LAST


async def application_paper(db: Database, which: Edition, *, by: Person, say: Say, settings: Settings, today: date) -> Paper:
    """A family's application to print and sign, as it was handed in: for the family, and for the school's coordinator and director.

    Of a family that has withdrawn its consent the school alone has it. Refusals: gone (of another family too),
    paper-application-empty, and those of a template (bot/documents/paper.py).
    """
    application_id, version = which.application_id, which.version
    async with db.read() as tx:
        known = await _readable(tx, application_id, by)
        kept = await handed_in.versions(tx, application_id)
        last = kept[-1] if kept and version != AS_WRITTEN and known.state != "draft" else None
        chosen = next((one for one in kept if one.version == version), last)
        if chosen is not None:
            asking, school = as_handed_in(application_id, chosen)
        else:
            asking, school = await _as_it_stands(tx, application_id, by, today)
    if asking.class_then:
        words = say.plain("class-in-september", now=asking.class_name, then=asking.class_then)
        asking = replace(asking, class_name=words)
    if not asking.wishes:
        raise Refusal("paper-application-empty")
    content = await asyncio.to_thread(
        application_docx, asking, school, today=today, year=asking.year, zone=settings.zone, own=templates(settings)
    )
    name = file_name(say.plain("paper-file-application", child=first_name(asking.child), number=str(asking.id)))
    return Paper(name, content, version=asking.version, versions=tuple(kept))


@dataclass(frozen=True)
class Paper(File):
    """An application's file: which version it is of those handed in."""

    version: int
    versions: tuple[Version, ...]


async def _readable(tx: Tx, application_id: int, by: Person) -> Whose:
    """Whose application it is, for who may have its paper."""
    known = await handed_in.whose(tx, application_id)
    mine = known is not None and known.pupil_id in by.pupils
    if known is None or not (mine or known.school_id in by.organizations_as("coordinator", "director")):
        raise Refusal("gone")
    require(by, "papers.application", Thing(pupil_id=known.pupil_id, school_id=known.school_id))
    return known


async def _as_it_stands(tx: Tx, application_id: int, by: Person, today: date) -> tuple[Asking, School]:
    schools = by.organizations_as("coordinator", "director")
    asking = await papers.asking(tx, application_id, pupils=by.pupils, schools=schools)
    if asking is None:
        raise Refusal("gone")
    return await in_its_year(tx, asking, today), await school_of(tx, asking.school_id)


@dataclass(frozen=True)
class Listed:
    """Who stands in a paper: the pupils of a school; of those who learn with one partner, in one group, where it is said."""

    school_id: int
    partner_id: int | None = None
    group_id: int | None = None
    year: int = 0  # an academic year that is over; 0: the one papers are made of now


async def groups_paper(db: Database, listed: Listed, *, by: Person, say: Say, settings: Settings, today: date) -> File:
    """The school's pupils in one group of a partner, or in each of its groups, a page a group: for the partner, so with
    the names it may read. Refusal: papers-nobody.
    """
    school_id, partner_id, group_id = listed.school_id, listed.partner_id, listed.group_id
    require(by, "papers.see", Thing(school_id=school_id))
    async with db.read() as tx:
        school = await school_of(tx, school_id)
        year = listed.year or await papers_year(tx, school_id, today)
        places = await papers.places(tx, school_id, year, partner_id=partner_id, group_id=group_id, to_partner=True)
        hours = await papers.hours(tx, {place.group_id for place in places})
    if not places:
        raise Refusal("papers-nobody")
    content = await asyncio.to_thread(groups_docx, places, hours, school, today=today, year=year, own=templates(settings))
    who = places[0].group if group_id is not None else _called(places[0].organization)
    return File(file_name(say.plain("paper-file-groups", who=who, day=today.isoformat())), content)


async def request_paper(db: Database, request_id: int, *, by: Person, say: Say, settings: Settings) -> File:
    """A request to a partner, for the school's coordinator and for the director who signs it."""
    async with db.read() as tx:
        request = await requests.whole(tx, request_id)
        request = request and await for_paper(tx, request, settings.zone)
    if request is None or request.school_id not in by.organizations_as("coordinator", "director"):
        raise Refusal("gone")
    require(by, "papers.see", Thing(school_id=request.school_id))
    content = await asyncio.to_thread(request_docx, request, settings.zone, templates(settings))
    day = request.made_at.astimezone(settings.zone).date().isoformat()
    return File(f"{say.plain('request-file', number=request.number)}-{day}.docx", content)


async def report_school(db: Database, *, by: Person) -> School:
    """Whose report it is: the school of its head; of who heads several, the first."""
    require(by, "reports.see", Thing())
    async with db.read() as tx:
        return await school_of(tx, min(by.organizations_as("coordinator", "director")))


async def school_of(tx: Tx, school_id: int) -> School:
    school = await papers.school(tx, school_id)
    if school is None:
        raise Refusal("gone")
    return school


def _called(organization: str) -> str:
    """«МБОУ ДО «Кошехабльская …»» → a short piece of it for a file's name."""
    return organization[:40]


def file_name(words: str, ending: str = "docx") -> str:
    """A name any computer can keep: letters, digits and hyphens."""
    return re.sub(r"[^\w.]+", "-", words).strip("-.") + f".{ending}"
