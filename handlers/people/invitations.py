"""The coordinator's card of a person: who is in already, a link and a code in letters; and the end of an access."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.state import State, StatesGroup

from bot.policy import Thing, require
from bot.refusals import Refusal
from bot.services.network.years import this_year
from bot.services.people.invitations import Invited, end_own_account, link, make_anew, make_invitation
from bot.services.people.people import end_guardianship
from bot.targets import InvitationTried, Invite, InviteCard
from bot.visit import Button, Rows, Visit
from bot.voice import Fact, lines
from handlers.door import may, opens
from storage.people import invitations
from storage.people.invitations import Inside, Target
from storage.people.people import first_name


class NameTyping(StatesGroup):
    """Whom to invite is typed: a surname's beginning, a class, a code (handlers/people/whom.py)."""

    name = State()


class Make(CallbackData, prefix="invite.make"):
    kind: str
    id: int
    role: str


class End(CallbackData, prefix="invite.end"):
    pupil: int
    guardianship: int
    sure: bool


class Anew(CallbackData, prefix="invite.anew"):
    """New sheets in place of those an ended guardianship has voided."""

    pupil: int


class Unlink(CallbackData, prefix="invite.unlink"):
    """The pupil's own account is disconnected."""

    pupil: int
    sure: bool


async def card(visit: Visit, at: InviteCard) -> None:
    target = await _target(visit, at.kind, at.id)
    await visit.show(*await card_page(visit, target))


async def _target(visit: Visit, kind: str, number: int) -> Target:
    """Whom a button means; somebody of another school is not there for this coordinator."""
    if kind not in ("pupil", "staff"):
        raise Refusal("gone")
    async with visit.db.read() as tx:
        found = await invitations.targets(tx, await this_year(tx, visit.today), kind=kind, number=number)
    if not found:
        raise Refusal("gone")
    require(visit.person, "network.invite", Thing(school_id=found[0].school_id))
    return found[0]


async def card_page(visit: Visit, target: Target) -> tuple[str, Rows]:
    """Who is in for this pupil or at this post, and what can be done."""
    async with visit.db.read() as tx:
        entered = await invitations.inside(tx, target)
    pupil = target.kind == "pupil"
    head = (
        visit.say("invite-card-pupil", name=target.full_name, where=target.where, code=target.code)
        if pupil
        else visit.say("invite-card-staff", name=target.full_name, where=target.where, code=target.code)
    )
    inside = "\n".join([visit.say("invite-inside", count=len(entered)), *(_line(visit, each) for each in entered)])
    text = lines([head, inside if entered else visit.say("invite-nobody")])
    ends = [
        [visit.button("button-guardian-end", _end(target, each.guardianship_id, sure=False), name=_name(visit, each))]
        for each in entered
        if each.guardianship_id is not None
    ]
    ends += [
        [visit.button("button-unlink", Unlink(pupil=target.id, sure=False), name=_name(visit, each))]
        for each in entered
        if each.pupil
    ]
    return text, [*_makes(visit, target), *ends, visit.ways_back(Invite())]


def _makes(visit: Visit, target: Target) -> list[list[Button]]:
    if target.kind == "staff":
        return [[visit.button("button-invite-staff", Make(kind="staff", id=target.id, role=target.role or ""))]]
    return [
        [visit.button("button-invite-guardian", Make(kind="pupil", id=target.id, role="guardian"))],
        [visit.button("button-invite-student", Make(kind="pupil", id=target.id, role="student"))],
    ]


def _line(visit: Visit, each: Inside) -> str:
    if each.guardianship_id is None:
        return visit.say("invite-inside-self", name=_name(visit, each))
    if each.consented:
        return visit.say("invite-inside-guardian", name=_name(visit, each), since=each.since)
    return visit.say("invite-inside-guardian-waiting", name=_name(visit, each), since=each.since)


def _name(visit: Visit, each: Inside) -> str:
    """ФИО; two who have not named themselves are told apart by when they came in."""
    if each.name or each.since is None:
        return each.name or visit.say.plain("invite-nameless")
    return visit.say.plain("invite-nameless-since", at=each.since)


def _end(target: Target, guardianship_id: int, *, sure: bool) -> End:
    return End(pupil=target.id, guardianship=guardianship_id, sure=sure)


async def made(visit: Visit, at: Make) -> None:
    """The invitation is shown once, in a message of its own that can be handed on; it is kept nowhere."""
    target = await _target(visit, at.kind, at.id)
    invited = await make_invitation(visit.db, at.role, target.code, now=visit.now, by=visit.person)
    await _hand_out(visit, invited, target)


async def _hand_out(visit: Visit, invited: Invited, target: Target) -> None:
    """A new message, unprotected: it is made to be copied and handed on."""
    username = await visit.username()
    text = lines(
        [
            _made_head(visit, invited, target.where),
            visit.say("invite-made", link=link(username, invited.payload), letters=invited.letters, expires=invited.expires_at),
        ]
    )
    rows = [[visit.button("button-invite-another", Invite())], visit.ways_back(InviteCard(kind=target.kind, id=target.id))]
    await visit.hand_out(text, rows)


async def made_anew(visit: Visit, at: Anew) -> None:
    target = await _target(visit, "pupil", at.pupil)
    handed = await make_anew(visit.db, target.id, now=visit.now, by=visit.person)
    if not handed:
        await visit.toast(visit.say.plain("invite-anew-done"))
        return
    await visit.toast()
    for invited in handed:
        await _hand_out(visit, invited, target)


def _made_head(visit: Visit, invited: Invited, where: str) -> str:
    if invited.role == "guardian":
        return visit.say("invite-made-guardian", name=invited.for_whom, where=where)
    if invited.role == "student":
        return visit.say("invite-made-student", name=invited.for_whom, where=where)
    return visit.say("invite-made-staff", name=invited.for_whom, where=where)


async def ended(visit: Visit, at: End) -> None:
    """Custody: asked once more, then at once."""
    target = await _target(visit, "pupil", at.pupil)
    async with visit.db.read() as tx:
        entered = {each.guardianship_id: each for each in await invitations.inside(tx, target)}
    if at.sure:
        await end_guardianship(visit.db, at.guardianship, by=visit.person, now=visit.now)
        async with visit.db.read() as tx:
            count = await invitations.to_make_anew(tx, target.id)
        text, rows = await card_page(visit, target)
        asks = visit.say("guardian-ended-sheets", count=count) if count else ""
        again = [[visit.button("button-invite-anew", Anew(pupil=target.id), count=count)]] if count else []
        await visit.show(lines([visit.say("guardian-ended"), asks, text]), [*again, *rows])
        return
    if at.guardianship not in entered:
        raise Refusal("gone")
    text = visit.say(
        "guardian-end-sure",
        name=_name(visit, entered[at.guardianship]),
        child=first_name(target.full_name),
        class_name=target.where,
    )
    rows = [
        [visit.button("button-confirm", _end(target, at.guardianship, sure=True))],
        [visit.button("button-cancel", InviteCard(kind="pupil", id=target.id))],
    ]
    await visit.show(text, rows)


async def unlinked(visit: Visit, at: Unlink) -> None:
    """The card was opened on the wrong phone: asked once more, then at once."""
    target = await _target(visit, "pupil", at.pupil)
    if at.sure:
        await end_own_account(visit.db, target.id, by=visit.person, now=visit.now)
        text, rows = await card_page(visit, target)
        await visit.show(lines([visit.say("unlinked"), text]), rows)
        return
    text = visit.say("unlink-sure", child=first_name(target.full_name), class_name=target.where)
    rows = [
        [visit.button("button-confirm", Unlink(pupil=target.id, sure=True)).destroys],
        [visit.button("button-cancel", InviteCard(kind="pupil", id=target.id))],
    ]
    await visit.show(text, rows)


async def tried(visit: Visit, at: InvitationTried) -> None:
    """Whose sheet it was, and who tried it as far as the bot knows them."""
    async with visit.db.read() as tx:
        found = await invitations.voided(tx, at.invitation, await this_year(tx, visit.today))
        attempts = await invitations.tried_by(tx, at.invitation)
    require(visit.person, "network.invite", Thing(school_id=found.school_id if found else None))
    if found is None:
        raise Refusal("gone")
    facts: dict[str, Fact] = {"number": str(found.id), "name": found.full_name, "class_name": found.class_name}
    head = visit.say("invite-tried-page", **facts, made=found.made_at, voided=found.voided_at)
    told = [visit.say("invite-tried-line", at=at, who=name or visit.say.plain("invite-tried-stranger")) for at, name in attempts]
    rows = [[visit.button("button-card-of-pupil", InviteCard(kind="pupil", id=found.pupil_id))], [visit.menu]]
    await visit.show(lines([head, "\n".join(told)]), rows, anew=visit.at_letter)


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="invitations")
    router.callback_query.register(card, opens(InviteCard), flags=may("network.invite", keeps_talk=NameTyping))
    router.callback_query.register(made, Make.filter(), flags=may("network.invite", keeps_talk=NameTyping))
    router.callback_query.register(made_anew, Anew.filter(), flags=may("network.invite"))
    router.callback_query.register(unlinked, Unlink.filter(), flags=may("guardianship.end"))
    router.callback_query.register(tried, opens(InvitationTried), flags=may("network.invite"))
    router.callback_query.register(ended, End.filter(), flags=may("guardianship.end"))
    return router
