"""Documents of learning: staff issue and revoke them, print them again, read the register; a family gets its copy."""

from __future__ import annotations

from datetime import UTC, datetime

from aiogram import Router
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.state import State, StatesGroup

from bot.paging import page_of
from bot.policy import can
from bot.refusals import stamp
from bot.services.certificates.files import Printing, Whole, group_file, one_file, revoked_file, went_out
from bot.services.certificates.issuing import (
    issue,
    of_group,
    open_groups,
    planned,
    registers,
    revoke,
    seen_by,
    take_back,
    thing_about,
)
from bot.services.courses.clashes import brief
from bot.targets import CertificateFile, Certificates, Epoch
from bot.visit import Button, Rows, Visit
from bot.voice import lines
from bot.words.certificates import group_page, planned_page, register_page
from bot.words.years import dated
from handlers.door import TYPED, may, opens
from handlers.reasons import show_reason, shown_reason
from storage.certificates import sent

PAGE = 8  # groups, pupils or documents a page


class OfGroup(CallbackData, prefix="cert.group"):
    group: int
    page: int = 0


class Plan(CallbackData, prefix="cert.plan"):
    """choice 0: certificates for everybody who has completed; else a note for this one."""

    group: int
    choice: int


class Issue(CallbackData, prefix="cert.issue"):
    group: int
    choice: int
    seen: str


class TakeBack(CallbackData, prefix="cert.back"):
    group: int
    at: Epoch


class GroupFile(CallbackData, prefix="cert.print"):
    group: int
    note: bool


class Register(CallbackData, prefix="cert.register"):
    page: int


class Line(CallbackData, prefix="cert.line"):
    certificate: int


class RevokedFile(CallbackData, prefix="cert.revoked"):
    """A document that is no longer good, as it went out."""

    certificate: int


class Revoke(CallbackData, prefix="cert.revoke"):
    certificate: int


class RevokeSure(CallbackData, prefix="cert.sure"):
    certificate: int
    why: str


class WhyRevoked(StatesGroup):
    """Staff type why a document is no longer good."""

    typing = State()


async def opened(visit: Visit, at: Certificates) -> None:
    async with visit.db.read() as tx:
        found = await open_groups(tx, visit.person, visit.today)
        kept = await registers(tx, visit.person)
    here = page_of(found, at.page, PAGE)
    this = max((one.year for one in found), default=0)
    rows = []
    for one in here.some:
        label = visit.say.plain(
            "button-certificate-group", group=one.code, course=brief(one.course, 80), ready=one.ready, issued=one.issued
        )
        rows.append([Button(dated(label, one.year, this), OfGroup(group=one.id))])
    if kept:
        rows.append([visit.button("button-certificate-register", Register(page=0), count=len(kept))])
    rows += [visit.pager(here.number, here.of, lambda to: Certificates(page=to)), [visit.menu]]
    await visit.show(visit.say("certificates-title") if found else visit.say("certificates-none"), rows)


async def group_shown(visit: Visit, at: OfGroup) -> None:
    await _show(visit, at.group, at.page)


async def _show(visit: Visit, group: int, page: int, done: str = "", first: Rows = ()) -> None:
    async with visit.db.read() as tx:
        found = await of_group(tx, group, visit.person)
    here = page_of(found.in_part, page, PAGE)
    rows = [*first]
    if found.ready:
        rows.append([visit.button("button-certificate-plan", Plan(group=group, choice=0), count=len(found.ready))])
    for one in here.some:
        to = Plan(group=group, choice=one.choice_id)
        rows.append([visit.button("button-certificate-note", to, child=brief(one.child, 60))])
    rows.append(visit.pager(here.number, here.of, lambda to: OfGroup(group=group, page=to)))
    for kind, note in (("certificate", False), ("note", True)):
        if any(one.kind == kind for one in found.issued):
            rows.append([visit.button("button-certificate-print", GroupFile(group=group, note=note), document=kind)])
    await visit.show(lines([done, group_page(found, visit.say)]), [*rows, visit.ways_back(Certificates())])


async def plan_shown(visit: Visit, at: Plan) -> None:
    async with visit.db.read() as tx:
        plan = await planned(tx, at.group, at.choice, visit.person, visit.moment)
    go = Issue(group=at.group, choice=at.choice, seen=stamp(*plan.shown))
    rows = [[visit.button("button-certificate-issue", go)], visit.ways_back(OfGroup(group=at.group))]
    await visit.show(planned_page(plan, visit.say), rows)


async def issued(visit: Visit, at: Issue) -> None:
    made, moment = await issue(visit.db, at.group, at.choice, by=visit.person, at=visit.moment, seen=at.seen)
    pupils = [one.pupil_id for one in made if one.pupil_id is not None]
    kind, count, first, last = made[0].kind, len(made), made[0].number, made[-1].number

    def told(heard: int) -> str:
        return visit.say("certificate-done", document=kind, count=count, first=first, last=last, told=heard)

    done = await visit.promise(pupils, told)
    back = visit.button("button-certificate-back", TakeBack(group=at.group, at=int(moment.timestamp())))
    await _show(visit, at.group, 0, done, [[back]])


async def taken_back(visit: Visit, at: TakeBack) -> None:
    count = await take_back(visit.db, at.group, datetime.fromtimestamp(at.at, UTC), by=visit.person, now=visit.now)
    await _show(visit, at.group, 0, visit.say("certificate-taken-back", count=count))


async def _printing(visit: Visit) -> Printing:
    return Printing(visit.person, visit.now, await visit.username(), visit.say, visit.settings)


async def group_given(visit: Visit, at: GroupFile) -> None:
    which = Whole(at.group, "note" if at.note else "certificate")
    file = await group_file(visit.db, which, await _printing(visit))
    await visit.give(file.name, file.content, visit.say("certificate-to-sign"))


async def file_given(visit: Visit, at: CertificateFile) -> None:
    """The family's copy, or what staff sign."""
    file = await one_file(visit.db, at.certificate, await _printing(visit))
    own = file.name.endswith(".pdf")
    await visit.give(file.name, file.content, visit.say("certificate-copy") if own else visit.say("certificate-to-sign"))


async def revoked_given(visit: Visit, at: RevokedFile) -> None:
    file = await revoked_file(visit.db, at.certificate, await _printing(visit))
    await visit.give(file.name, file.content, visit.say("certificate-no-longer"))


# ── the register ────────────────────────────────────────────────────────────────────────────────────────────────────


async def register_shown(visit: Visit, at: Register) -> None:
    async with visit.db.read() as tx:
        kept = await registers(tx, visit.person)
    here = page_of(kept, at.page, PAGE)
    several = len({one.organization for one in kept}) > 1
    rows = []
    for one in here.some:
        child = brief(one.child, 60) or visit.say.plain("certificate-nameless")
        label = visit.say.plain(
            "button-certificate-line", number=one.number, child=child, stands="yes" if one.revoked_at is None else "no"
        )
        rows.append([Button(f"{label}, {brief(one.organization, 40)}" if several else label, Line(certificate=one.id))])
    rows += [visit.pager(here.number, here.of, lambda to: Register(page=to)), visit.ways_back(Certificates())]
    await visit.show(visit.say("certificate-register", total=len(kept)), rows)


async def line_shown(visit: Visit, at: Line) -> None:
    await _line(visit, at.certificate)


async def _line(visit: Visit, certificate: int, done: str = "") -> None:
    async with visit.db.read() as tx:
        one = await seen_by(tx, certificate, visit.person)
        files = await sent.of_certificate(tx, certificate) if one.pupil_id is not None else []
        stays = one.revoked_at is not None and bool(await went_out(tx, one, visit.person))
    rows = []
    if one.revoked_at is None and one.pupil_id is not None:
        rows.append([visit.button("button-certificate-get", CertificateFile(one.id))])
    if stays:
        rows.append([visit.button("button-certificate-revoked", RevokedFile(certificate=one.id))])
    if one.revoked_at is None and can(visit.person, "certificate.issue", thing_about(one)):
        rows.append([visit.button("button-certificate-revoke", Revoke(certificate=one.id))])
    await visit.show(lines([done, register_page(one, files, visit.say)]), [*rows, visit.ways_back(Register(page=0))])


async def asked_why(visit: Visit, at: Revoke) -> None:
    async with visit.db.read() as tx:
        one = await seen_by(tx, at.certificate, visit.person)
    await visit.talk.begin(WhyRevoked.typing, certificate=one.id)
    await visit.show(visit.say("certificate-why", number=one.number), [[visit.back(Line(certificate=one.id))]])


async def reasoned(visit: Visit) -> None:
    certificate = int((await visit.talk.data())["certificate"])
    async with visit.db.read() as tx:
        one = await seen_by(tx, certificate, visit.person)
    head = visit.say("certificate-revoke-sure", number=one.number)
    await show_reason(visit, head, lambda why: RevokeSure(certificate=one.id, why=why), back=Line(certificate=one.id))


async def revoked(visit: Visit, at: RevokeSure) -> None:
    why = await shown_reason(visit, at.why)
    one = await revoke(visit.db, at.certificate, why, by=visit.person, now=visit.now)
    pupils = [one.pupil_id] if one.pupil_id is not None else []
    done = await visit.promise(pupils, lambda told: visit.say("certificate-revoked-done", number=one.number, told=told))
    await _line(visit, one.id, done)


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="certificates")
    router.callback_query.register(opened, opens(Certificates), flags=may("certificate.see"))
    router.callback_query.register(group_shown, OfGroup.filter(), flags=may("certificate.issue"))
    router.callback_query.register(plan_shown, Plan.filter(), flags=may("certificate.issue"))
    router.callback_query.register(issued, Issue.filter(), flags=may("certificate.issue"))
    router.callback_query.register(taken_back, TakeBack.filter(), flags=may("certificate.issue"))
    router.callback_query.register(group_given, GroupFile.filter(), flags=may("certificate.issue"))
    router.callback_query.register(file_given, opens(CertificateFile), flags=may("certificate.see"))
    router.callback_query.register(revoked_given, RevokedFile.filter(), flags=may("certificate.see"))
    router.callback_query.register(register_shown, Register.filter(), flags=may("certificate.see"))
    router.callback_query.register(line_shown, Line.filter(), flags=may("certificate.see"))
    router.callback_query.register(asked_why, Revoke.filter(), flags=may("certificate.issue"))
    router.message.register(reasoned, WhyRevoked.typing, TYPED, flags=may("certificate.issue"))
    router.callback_query.register(revoked, RevokeSure.filter(), flags=may("certificate.issue", keeps_talk=WhyRevoked))
    return router
