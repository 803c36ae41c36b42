"""A course's programme, study plan and timetable are agreed with the partner that gives it (regulation 5, roadmap 4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.clock import Moment
from bot.notices.programme import AgreeingAnswered, AgreeingAsked
from bot.paging import Page, page_of
from bot.policy import Person, Thing, can, require
from bot.post.posting import Addressed, post_all
from bot.refusals import Refusal
from bot.services.enrollment.choices import checked_reason
from bot.services.network.years import running_now
from bot.services.roadmap.evidence import Proven, close_on
from storage import audit
from storage.db import Database, Tx
from storage.people import people
from storage.programme import agreeing
from storage.programme.agreeing import Sent, Taught
from storage.tables import Agreeing

PAGE = 8  # courses a page


@dataclass(frozen=True)
class Standing:
    """A course and how far its agreeing with one school has come."""

    taught: Taught
    school_id: int
    last: Sent | None
    changed: bool  # what was sent last is not what stands now

    @property
    def state(self) -> str:
        """new | waits | agreed | remarks | changed: of the newest version, if it is still what stands."""
        if self.last is None:
            return "new"
        return "changed" if self.changed else self.last.answer or "waits"


async def years_of(tx: Tx, today: date) -> tuple[int, int]:
    """The years whose courses are agreed: the coming one and the running one."""
    this = (await running_now(tx, today)).year
    return this + 1, this


async def standings(tx: Tx, by: Person, today: date, page: int = 0) -> Page[Standing]:
    """A page of the partners' courses with this person's schools; for a partner of what was sent to it."""
    schools, years = sorted(by.organizations_as("coordinator", "director")), await years_of(tx, today)
    if schools:
        places = page_of(range(await agreeing.count(tx, years) * len(schools)), page, PAGE)
        first = places.first // len(schools)
        found = await agreeing.courses(tx, years, first=first, most=PAGE)
        some = [(found[place // len(schools) - first], schools[place % len(schools)]) for place in places.some]
        here = Page(some, places.first, places.number, places.of)
    else:
        here = page_of(await _sent_to(tx, years, by.organizations_as("partner")), page, PAGE)
    known = await agreeing.sent(tx, courses={one.course_id for one, _ in here.some}, schools={school for _, school in here.some})
    return Page([await _standing(tx, one, school, known) for one, school in here.some], here.first, here.number, here.of)


async def _sent_to(tx: Tx, years: Collection[int], partners: Collection[int]) -> list[tuple[Taught, int]]:
    """The courses of these partners, each with every school that has sent it."""
    found = await agreeing.courses(tx, years, partners)
    sent: dict[int, set[int]] = defaultdict(set)
    for one in await agreeing.sent(tx, courses=[one.course_id for one in found]):
        sent[one.course_id].add(one.school_id)
    return [(one, school) for one in found for school in sorted(sent[one.course_id])]


async def is_asked(tx: Tx, by: Person, today: date) -> bool:
    """Whether anything was sent to this person's partners."""
    return bool(await _sent_to(tx, await years_of(tx, today), by.organizations_as("partner")))


async def _standing(tx: Tx, taught: Taught, school_id: int, sent: list[Sent]) -> Standing:
    last = next((one for one in sent if (one.course_id, one.school_id) == (taught.course_id, school_id)), None)
    changed = last is not None and last.says != await agreeing.says(tx, taught.course_id)
    return Standing(taught, school_id, last, changed)


async def send(db: Database, course_id: int, school_id: int, *, by: Person, at: Moment) -> Sent:
    """Send a course to its partner as it stands now. What was sent already and has not changed is not sent again.

    Refusals: not-yours, gone, agreeing-nothing (neither topics nor hours of the week).
    """
    require(by, "agreeing.send", Thing(school_id=school_id))
    async with db.write() as tx:
        await agreeing.hold(tx, course_id)
        taught = await agreeing.course(tx, await years_of(tx, at.today), course_id)
        if taught is None:
            raise Refusal("gone")
        says = await agreeing.says(tx, course_id)
        if not says["topics"] and not any(group["times"] for group in says["groups"]):
            raise Refusal("agreeing-nothing")
        before = await agreeing.sent(tx, courses=[course_id], schools=[school_id])
        if before and before[0].says == says:
            return before[0]
        row = Agreeing(
            course_id=course_id,
            school_id=school_id,
            version=before[0].version + 1 if before else 1,
            says=says,
            sent_at=at.now,
            sent_by=by.known,
        )
        tx.add(row)
        await tx.flush()
        audit.log(tx, by.known, "agreeing.sent", ("agreeing", row.id), audit.Change(after={"version": row.version}), now=at.now)
        (sent,) = await agreeing.sent(tx, number=row.id)
        notice = AgreeingAsked(id_agreeing=row.id, version_number=row.version, course=sent.course, school=sent.school)
        office = await people.office(tx, "partner", organization_id=sent.organization_id)
        await post_all(tx, [Addressed(each, notice, role="partner") for each in office], now=at.now)
        return sent


async def one_sent(tx: Tx, number: int, by: Person) -> tuple[Sent, bool]:
    """A version, and whether it is the newest and still what stands. Refusal: gone, of somebody else's too."""
    found = await agreeing.sent(tx, number=number)
    if not found or not can(by, "agreeing.see", _thing(found[0])):
        raise Refusal("gone")
    sent = found[0]
    newest = (await agreeing.sent(tx, courses=[sent.course_id], schools=[sent.school_id]))[0]
    return sent, newest.id == sent.id and sent.says == await agreeing.says(tx, sent.course_id)


def _thing(sent: Sent) -> Thing:
    return Thing(school_id=sent.school_id, organization_id=sent.organization_id)


async def answer(db: Database, number: int, remarks: str | None, *, by: Person, now: datetime, zone: ZoneInfo) -> Sent:
    """«Согласовано» (None), or remarks in words. Kept with who and when; the steps close when every course of a partner is agreed.

    Refusals: gone, not-yours, agreeing-changed (another version stands), agreeing-agreed-already, reason-needed, reason-too-long.
    """
    words = None if remarks is None else checked_reason(remarks)
    async with db.write() as tx:
        sent, stands = await one_sent(tx, number, by)
        require(by, "agreeing.answer", _thing(sent))
        await agreeing.hold(tx, sent.course_id)
        said = "agreed" if words is None else "remarks"
        row = await tx.get_one(Agreeing, number, populate_existing=True)
        if (row.answer, row.remarks) == (said, words):
            return sent  # the press came twice
        if not stands:
            raise Refusal("agreeing-changed")
        if row.answer == "agreed":
            raise Refusal("agreeing-agreed-already")
        row.answer, row.remarks, row.answered_at, row.answered_by = said, words, now, by.known
        audit.log(tx, by.known, "agreeing.answered", ("agreeing", number), audit.Change(after={"answer": said}), now=now)
        notice = AgreeingAnswered(
            id_agreeing=number,
            id_at=now.isoformat(),
            course=sent.course,
            partner=sent.organization,
            answer=said,
            remarks=words or "",
        )
        office = await people.office(tx, "coordinator", organization_id=sent.school_id)
        await post_all(tx, [Addressed(each, notice, role="coordinator") for each in office if each != by.id], now=now)
        await tx.flush()
        await _close_steps(tx, sent, now=now, zone=zone)
        return sent


async def _close_steps(tx: Tx, sent: Sent, *, now: datetime, zone: ZoneInfo) -> None:
    """A partner's step is done when all its courses of the year are agreed; the school's, when all partners' are."""
    for partner in (sent.organization_id, None):
        if partner is None and not await agreeing.all_agreed(tx, sent.year, sent.school_id):
            return  # so a course of a whole region need not be compared with what was sent of it
        mine = await agreeing.courses(tx, [sent.year], None if partner is None else [partner])
        known = await agreeing.sent(
            tx, courses=None if partner is None else [one.course_id for one in mine], schools=[sent.school_id]
        )
        states = {(await _standing(tx, one, sent.school_id, known)).state for one in mine}
        if states != {"agreed"}:
            return  # nor are all partners' then
        facts: dict[str, str | int | date] = {"count": len(mine), "last": now.astimezone(zone).date()}
        await close_on(tx, Proven("agreed", sent.school_id, sent.year, partner, facts), now=now)
