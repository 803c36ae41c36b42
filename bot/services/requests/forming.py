"""The school asks a partner for places: whom a request names, its number in the year, its versions, who hears of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.notices.enrollment import RequestReceived, RequestSent
from bot.notices.requests import RequestChanged
from bot.policy import Person, Thing, require
from bot.post.posting import Addressed, post_all
from bot.refusals import ChangedSince, Refusal, stamp
from bot.services.enrollment.choices import REPEATED, walk
from bot.services.enrollment.telling import tell_together
from bot.services.network.years import running_now
from bot.services.requests.consents import ask_families
from storage import audit
from storage.db import Database, Tx
from storage.offers import offers
from storage.people.consent import Reader
from storage.people.people import first_name, office
from storage.requests import requests, versions
from storage.requests.requests import Approved, Whole
from storage.tables import Request, RequestLine, RequestVersion


def named_stamp(named: Sequence[Approved]) -> str:
    """Of whom a page says that the next request names them."""
    return stamp(sorted(one.choice_id for one in named))


async def year_to_request(tx: Tx, school_id: int, organization_id: int, today: date) -> int:
    """The academic year the next request to this partner is for: that of the courses whose pupils it would name."""
    return await requests.year_to_name(tx, school_id, organization_id) or (await running_now(tx, today)).year


async def form_request(
    db: Database,
    school_id: int,
    organization_id: int,
    *,
    by: Person,
    now: datetime,
    year: int,
    zone: ZoneInfo,
    seen: str | None = None,
) -> int:
    """Ask a partner for places for every approved child of the school. Returns the request's id.

    The request is numbered within the academic year that begins in `year` (regulation 4); what is sent to the same partner
    later in the year is its next version: who was added, who no longer comes. Whom the family has not allowed to name is
    left out, and the family is asked. A repeated press gets the request it has made. `seen`: the stamp of who was to be named.
    """
    require(by, "enrollment.request", Thing(school_id=school_id))
    async with db.write() as tx:
        number = await versions.next_number(tx, school_id, year)  # holds all numbers, and so every partner's request
        before = await versions.current(tx, school_id, organization_id, year)
        silent = await requests.unconsented(tx, [school_id], organization_id)
        await ask_families(tx, silent, now=now, zone=zone)
        named = await requests.approved(tx, school_id, organization_id, year)
        if named and seen is not None and seen != named_stamp(named):
            raise ChangedSince
        gone = await versions.given_up(tx, before[0]) if before else []
        made: int | None
        if named or gone:
            made = await _version(tx, before, (school_id, organization_id, year, number), named, gone, by=by, now=now, zone=zone)
        else:
            made = await versions.last_made(tx, school_id, organization_id, by.known, now - REPEATED)
    if made is None:
        raise Refusal("request-no-consent", count=len({one.pupil_id for one in silent})) if silent else Refusal("request-nothing")
    return made


async def _version(
    tx: Tx,
    before: tuple[int, int] | None,
    whose: tuple[int, int, int, int],
    named: Sequence[Approved],
    gone: Sequence[int],
    *,
    by: Person,
    now: datetime,
    zone: ZoneInfo,
) -> int:
    school_id, organization_id, year, number = whose
    if before is None:
        request = Request(
            school_id=school_id, year=year, number=number, organization_id=organization_id, made_at=now, made_by=by.known
        )
        tx.add(request)
        await tx.flush()
        request_id, version = request.id, 1
    else:
        request_id, version = before[0], before[1] + 1
    tx.add(RequestVersion(request_id=request_id, version=version, made_at=now, made_by=by.known))
    held = await offers.locked(tx, [line.choice_id for line in named])
    for line in named:
        thing = Thing(pupil_id=line.pupil_id, school_id=school_id, organization_id=organization_id)
        if held[line.choice_id].state != "enrolled":  # from an offer: it has its place, the request only names it
            await walk(tx, held[line.choice_id], "request", by=by, thing=thing, now=now)
        tx.add(RequestLine(request_id=request_id, choice_id=line.choice_id, version=version, change="added"))
    tx.add_all(RequestLine(request_id=request_id, choice_id=choice_id, version=version, change="withdrawn") for choice_id in gone)
    after = {"version": version, "year": year, "added": [line.choice_id for line in named], "withdrawn": list(gone)}
    audit.log(tx, by.known, "enrollment.request", ("request", request_id), audit.Change(after=after), now=now)
    await tx.flush()
    await _tell_requested(tx, school_id, request_id, version, now=now, zone=zone)
    return request_id


async def _tell_requested(tx: Tx, school_id: int, request_id: int, version: int, *, now: datetime, zone: ZoneInfo) -> None:
    whole = await requests.whole(tx, request_id, version, reader=Reader(frozenset((school_id,))))
    if whole is None:
        return
    added = [line for line in whole.lines if line.change == "added"]
    per_child: dict[int, list[requests.Line]] = defaultdict(list)
    for line in added:
        per_child[line.pupil_id].append(line)
    for pupil_id, every in per_child.items():
        lines = [line for line in every if line.state == "requested"]
        if not lines:
            continue
        notice = RequestSent(
            id_application=lines[0].application_id,
            id_change=f"{request_id}.{version}",
            child=first_name(lines[0].child),
            courses=[line.course for line in lines],
            partner=whole.organization,
        )
        await tell_together(tx, pupil_id, notice, now=now)
    admins = await office(tx, "partner", organization_id=whole.organization_id)
    received = _received(whole, version, len(per_child), now.astimezone(zone).date())
    await post_all(tx, [Addressed(admin, received, role="partner") for admin in admins], now=now)


def _received(whole: Whole, version: int, children: int, day: date) -> RequestReceived | RequestChanged:
    courses_named = list(dict.fromkeys(line.course for line in whole.lines))
    if version == 1:
        return RequestReceived(
            id_request=whole.id, number=whole.number, day=day, school=whole.school, children=children, courses=courses_named
        )
    withdrawn = sum(line.change == "withdrawn" for line in whole.lines)
    return RequestChanged(
        id_request=whole.id,
        number=whole.number,
        version_number=version,
        day=day,
        school=whole.school,
        added=len(whole.lines) - withdrawn,
        withdrawn=withdrawn,
        courses=courses_named,
    )
