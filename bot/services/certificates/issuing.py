"""Documents of learning are issued: to whom of a group, with which numbers, what each says; a mistaken issuing taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal, TypeAlias

from bot.clock import Moment
from bot.notices.certificates import CertificateIssued, CertificateRevoked
from bot.policy import Person, Thing, can, require
from bot.refusals import Refusal, stamp, unchanged
from bot.services.enrollment.choices import checked_reason
from bot.services.enrollment.telling import LETTER_WAITS, tell_family
from bot.services.enrollment.yearend import thing_of, year_ending
from bot.services.journal.of_pupil import learning
from bot.services.network.years import running_now
from bot.services.people import codes
from bot.services.roadmap.evidence import Proven, close_on
from storage import audit
from storage.certificates import certificates
from storage.certificates.certificates import Issued, Issuer, Line, Waiting
from storage.db import Database, Tx
from storage.enrollment import yearend
from storage.enrollment.yearend import Learnt
from storage.network import years
from storage.network.years import AcademicYear, usual
from storage.offers import offers
from storage.people.consent import Reader
from storage.people.people import first_name
from storage.tables import Certificate

Kind: TypeAlias = Literal["certificate", "note"]
IN_PART = ("left", "failed", "continues", "unfinished")
TAKEN_BACK_WITHIN = timedelta(minutes=10)
MISTAKE = "mistake"  # the reason of what was issued by mistake and taken back at once: put into words where it is shown


async def open_groups(tx: Tx, by: Person, today: date) -> list[Waiting]:
    """The groups of whose pupils this person may issue documents: of the year that runs or ends, and of the one before."""
    this = await year_ending(tx, today) or (await running_now(tx, today)).year
    return await certificates.groups(tx, (this, this - 1), by.organizations_as("partner"), by.organizations_as("coordinator"))


async def registers(tx: Tx, by: Person) -> list[Line]:
    """What this person may read of the registers."""
    return await certificates.register(tx, by.organizations_as("partner"), by.organizations_as("coordinator", "director"))


@dataclass(frozen=True)
class OfGroup:
    """What can be issued in a group, as somebody may see it."""

    issuer: Issuer
    ready: tuple[Learnt, ...]  # completed, no document yet
    in_part: tuple[Learnt, ...]  # learnt a part of it
    issued: tuple[Issued, ...]
    silent: int  # of whom nobody has said how the year ended
    nameless: int  # whom this person may not know


async def of_group(tx: Tx, group_id: int, by: Person) -> OfGroup:
    """Refusals: gone, not-yours."""
    issuer = await certificates.issuer(tx, group_id)
    if issuer is None:
        raise Refusal("gone")
    reader = Reader(by.organizations_as("coordinator"), by.organizations_as("partner"))
    every = await yearend.learnt(tx, group_id, reader)
    mine = [one for one in every if can(by, "certificate.issue", thing_of(one))]
    if every and not mine:
        raise Refusal("not-yours")
    if not mine:
        raise Refusal("gone")
    live = await certificates.live(tx, [one.choice_id for one in mine])
    named = [one for one in mine if one.child]
    without = [one for one in named if one.choice_id not in live]
    return OfGroup(
        issuer,
        ready=tuple(one for one in without if one.ended == "completed"),
        in_part=tuple(one for one in without if one.ended in IN_PART),
        issued=tuple(sorted((live[one.choice_id] for one in named if one.choice_id in live), key=lambda one: one.number)),
        silent=sum(one.ended is None for one in mine),
        nameless=len(mine) - len(named),
    )


@dataclass(frozen=True)
class Planned:
    """What would be issued: to whom, from which number on, and what each would say."""

    issuer: Issuer
    kind: Kind
    whom: tuple[Learnt, ...]
    number: int
    papers: tuple[dict[str, Any], ...]

    @property
    def shown(self) -> tuple[object, ...]:
        """What a page showed of it, for the stamp on its button."""
        return (self.kind, self.number, [one.choice_id for one in self.whom])


async def planned(tx: Tx, group_id: int, choice_id: int, by: Person, at: Moment) -> Planned:
    """All certificates of a group (choice 0), or the note of one pupil.

    Refusals: gone, not-yours, certificate-no-licence, certificate-resource, certificate-no-hours, certificate-nobody.
    """
    found = await of_group(tx, group_id, by)
    kind: Kind = "note" if choice_id else "certificate"
    whom = _whom(found, choice_id)
    number = await certificates.last_number(tx, found.issuer.organization_id) + 1
    year = (await years.known(tx)).get(found.issuer.year) or usual(found.issuer.year)
    papers = [await _facts(tx, found.issuer, one, kind, year, at) for one in whom]
    return Planned(found.issuer, kind, whom, number, tuple(papers))


def _whom(found: OfGroup, choice_id: int) -> tuple[Learnt, ...]:
    _require_licence(found.issuer)
    whom = tuple(one for one in found.in_part if one.choice_id == choice_id) if choice_id else found.ready
    if not whom:
        raise Refusal("certificate-nobody")
    return whom


def _require_licence(issuer: Issuer) -> None:
    if issuer.kind == "resource":
        raise Refusal("certificate-resource", partner=issuer.organization)
    if not (issuer.licence or "").strip():
        raise Refusal("certificate-no-licence", partner=issuer.organization)
    if not issuer.hours:
        raise Refusal("certificate-no-hours", course=issuer.course)


async def _facts(tx: Tx, issuer: Issuer, one: Learnt, kind: Kind, year: AcademicYear, at: Moment) -> dict[str, Any]:
    """What the paper says, kept with it: whatever is renamed later leaves it alone. Days are ISO dates."""
    first = issuer.first.astimezone(at.zone).date() if issuer.first else year.starts_on
    last = issuer.last.astimezone(at.zone).date() if issuer.last else year.ends_on
    said: dict[str, Any] = {
        "child": one.child,
        "organization": issuer.organization,
        "licence": issuer.licence,
        "address": issuer.address or "",
        "head": issuer.head or "",
        "course": issuer.course,
        "direction": issuer.direction,
        "hours": issuer.hours,
        "day": at.today.isoformat(),
        "first": first.isoformat(),
        "last": min(last, at.today).isoformat(),
        "result": one.ended,
    }
    said["first"] = min(said["first"], said["last"])
    if kind == "certificate":
        return said
    for theirs in await learning(tx, one.pupil_id, one.school_id, year, at):
        if one.choice_id in theirs.choices and theirs.group.id == one.group_id:
            tally = theirs.tally
            said |= {
                "first": max(theirs.since, year.starts_on).isoformat(),
                "last": min(theirs.until or last, last, at.today).isoformat(),
                "held": theirs.hours,
                "lessons": tally.lessons,
                "present": tally.present,
                "attended": theirs.attended,
            }
    return {"held": 0, "lessons": 0, "present": 0, "attended": None} | said


async def issue(
    db: Database, group_id: int, choice_id: int, *, by: Person, at: Moment, seen: str | None = None
) -> tuple[list[Issued], datetime]:
    """Issue what was planned: a number and a code each, in the order of names. Families hear of it two minutes later.

    `seen`: the stamp of what the page showed. Refusals: as `planned`; what has changed since.
    """
    now = at.now.replace(microsecond=0)
    async with db.write() as tx:
        found = await of_group(tx, group_id, by)
        if done := _issued_before(found, seen):
            return done, done[0].issued_at
        await offers.locked(tx, [one.choice_id for one in _whom(found, choice_id)])
        number = await certificates.next_number(tx, found.issuer.organization_id)
        plan = await planned(tx, group_id, choice_id, by, at)  # as it stands now that nobody else can change it
        unchanged(seen, *plan.shown)
        for ahead, (one, said) in enumerate(zip(plan.whom, plan.papers, strict=True)):
            kept = Certificate(
                organization_id=plan.issuer.organization_id,
                number=number + ahead,
                kind=plan.kind,
                choice_id=one.choice_id,
                pupil_id=one.pupil_id,
                school_id=one.school_id,
                code=codes.new_payload(),
                facts=said,
                issued_at=now,
                issued_by=by.known,
            )
            tx.add(kept)
            await tx.flush()
            change = audit.Change(after={"kind": plan.kind, "number": kept.number})
            audit.log(tx, by.known, "certificate.issued", ("certificate", kept.id), change, now=now)
            notice = CertificateIssued(
                id_certificate=kept.id,
                id_choice=one.choice_id,
                child=first_name(one.child),
                course=one.course,
                partner=one.organization,
                document=plan.kind,
                number=kept.number,
            )
            await tell_family(tx, one.pupil_id, notice, now=now, due_at=now + LETTER_WAITS)
        for school_id in {one.school_id for one in plan.whom}:
            count = await certificates.count_of(tx, plan.issuer.organization_id, school_id, plan.issuer.year)
            facts: dict[str, str | int | date] = {"count": count, "last": at.today}
            proven = Proven("certificates", school_id, plan.issuer.year, plan.issuer.organization_id, facts)
            await close_on(tx, proven, now=now)
        live = await certificates.live(tx, [one.choice_id for one in plan.whom])
        return sorted(live.values(), key=lambda one: one.number), now


def _issued_before(found: OfGroup, seen: str | None) -> list[Issued]:
    """What a page with this stamp has issued already: a press that comes twice finds it done."""
    for at in {one.issued_at for one in found.issued}:
        together = [one for one in found.issued if one.issued_at == at]
        if seen == stamp(together[0].kind, together[0].number, [one.choice_id for one in together]):
            return together
    return []


async def take_back(db: Database, group_id: int, moment: datetime, *, by: Person, now: datetime) -> int:
    """What was issued all at once at that moment is revoked as a mistake; the numbers stay used. Returns how many.

    Refusal: certificate-too-late, ten minutes after: families have it, and each is revoked with a reason.
    """
    if now - moment > TAKEN_BACK_WITHIN:
        raise Refusal("certificate-too-late")
    async with db.write() as tx:
        found = await of_group(tx, group_id, by)
        choices = {one.choice_id for one in found.issued}
        meant = [
            one for one in await certificates.issued_at(tx, found.issuer.organization_id, moment) if one.choice_id in choices
        ]
        for one in meant:
            await _revoke(tx, one, MISTAKE, by=by, now=now)
        return len(meant)


async def revoke(db: Database, certificate_id: int, reason: str, *, by: Person, now: datetime) -> Issued:
    """A document is no longer good; its number stays used, and its QR says so. The family reads why.

    Refusals: gone, not-yours, certificate-revoked-already, reason-needed, reason-too-long.
    """
    why = checked_reason(reason)
    async with db.write() as tx:
        one = await seen_by(tx, certificate_id, by)
        require(by, "certificate.issue", thing_about(one))
        if one.revoked_at is not None and one.reason == why:
            return one  # the press came twice
        if one.revoked_at is not None:
            raise Refusal("certificate-revoked-already")
        await offers.locked(tx, [one.choice_id])
        await _revoke(tx, one, why, by=by, now=now)
        return one


async def _revoke(tx: Tx, one: Issued, why: str, *, by: Person, now: datetime) -> None:
    row = await tx.get_one(Certificate, one.id, populate_existing=True)
    if row.revoked_at is not None:
        return
    row.revoked_at, row.revoked_by, row.reason = now, by.known, why
    change = audit.Change(before={"number": one.number}, reason=why)
    audit.log(tx, by.known, "certificate.revoked", ("certificate", one.id), change, now=now)
    if one.pupil_id is None:
        return
    notice = CertificateRevoked(
        id_certificate=one.id,
        id_choice=one.choice_id,
        child=first_name(str(one.facts["child"])),
        course=str(one.facts["course"]),
        partner=str(one.facts["organization"]),
        document=one.kind,
        number=one.number,
        reason="none" if why == MISTAKE else why,
    )
    await tell_family(tx, one.pupil_id, notice, now=now)


def thing_about(one: Issued) -> Thing:
    return Thing(pupil_id=one.pupil_id, school_id=one.school_id, organization_id=one.organization_id)


async def seen_by(tx: Tx, certificate_id: int, by: Person) -> Issued:
    """A document, for the family, for who issues and for the school's heads. Refusal: gone, of somebody else's too."""
    one = await certificates.one(tx, certificate_id)
    if one is None or not can(by, "certificate.see", thing_about(one)):
        raise Refusal("gone")
    return one


def printable(found: Sequence[Issued], by: Person) -> list[Issued]:
    """Of these, what a paper can be printed of for this person: nothing of whom the family has withdrawn."""
    return [one for one in found if one.pupil_id is not None and can(by, "certificate.see", thing_about(one))]
