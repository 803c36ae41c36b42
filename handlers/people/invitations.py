"""The coordinator invites: a code from the workbook, who is in already, a link and a code in letters; and ends an access."""

from __future__ import annotations

from datetime import datetime

from aiogram import Bot, F, Router
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.policy import Person, Thing, require
from bot.refusals import Refusal
from bot.services.people.invitations import Invited, end_own_account, find, link, make_anew, make_invitation
from bot.services.people.people import end_guardianship
from bot.voice import Fact, Say, lines
from handlers.ui import Button, Invite, Rows, answer, back, back_to_menu, is_letter, keyboard, may, show, toast
from storage.db import Database
from storage.people import invitations
from storage.people.invitations import Inside, Target
from storage.people.people import first_name


class CodeTyping(StatesGroup):
    code = State()


class Card(CallbackData, prefix="invite.card"):
    kind: str  # pupil | staff
    id: int


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


class Tried(CallbackData, prefix="invite.tried"):
    """A voided invitation somebody tried."""

    invitation: int


async def opened(tap: CallbackQuery, say: Say, state: FSMContext) -> None:
    await state.set_state(CodeTyping.code)
    await show(tap, say("invite-page"), [[back_to_menu(say)]])


async def code_typed(message: Message, person: Person, say: Say, db: Database) -> None:
    """The talk stays open: the next code may follow at once, for a class is invited in one go."""
    target = await find(db, message.text or "", by=person)
    await show(message, *await _card(db, target, say))


async def card(tap: CallbackQuery, callback_data: Card, person: Person, say: Say, db: Database) -> None:
    target = await _target(db, callback_data.kind, callback_data.id, person)
    await show(tap, *await _card(db, target, say))


async def _target(db: Database, kind: str, number: int, person: Person) -> Target:
    """Whom a button means; somebody of another school is not there for this coordinator."""
    if kind not in ("pupil", "staff"):
        raise Refusal("gone")
    async with db.read() as tx:
        found = await invitations.targets(tx, kind=kind, number=number)
    if not found:
        raise Refusal("gone")
    require(person, "network.invite", Thing(school_id=found[0].school_id))
    return found[0]


async def _card(db: Database, target: Target, say: Say) -> tuple[str, Rows]:
    async with db.read() as tx:
        entered = await invitations.inside(tx, target)
    pupil = target.kind == "pupil"
    head = (
        say("invite-card-pupil", name=target.full_name, where=target.where, code=target.code)
        if pupil
        else say("invite-card-staff", name=target.full_name, where=target.where, code=target.code)
    )
    inside = "\n".join([say("invite-inside", count=len(entered)), *(_line(each, say) for each in entered)])
    text = lines([head, inside if entered else say("invite-nobody")])
    ends = [
        [Button(say.plain("button-guardian-end", name=_name(each, say)), _end(target, each.guardianship_id, sure=False))]
        for each in entered
        if each.guardianship_id is not None
    ]
    ends += [
        [Button(say.plain("button-unlink", name=_name(each, say)), Unlink(pupil=target.id, sure=False))]
        for each in entered
        if each.pupil
    ]
    return text, [*_makes(target, say), *ends, [back(say, Invite()), back_to_menu(say)]]


def _makes(target: Target, say: Say) -> list[list[Button]]:
    if target.kind == "staff":
        return [[Button(say.plain("button-invite-staff"), Make(kind="staff", id=target.id, role=target.role or ""))]]
    return [
        [Button(say.plain("button-invite-guardian"), Make(kind="pupil", id=target.id, role="guardian"))],
        [Button(say.plain("button-invite-student"), Make(kind="pupil", id=target.id, role="student"))],
    ]


def _line(each: Inside, say: Say) -> str:
    if each.guardianship_id is None:
        return say("invite-inside-self", name=_name(each, say))
    if each.consented:
        return say("invite-inside-guardian", name=_name(each, say), since=each.since)
    return say("invite-inside-guardian-waiting", name=_name(each, say), since=each.since)


def _name(each: Inside, say: Say) -> str:
    return each.name or say.plain("invite-nameless")


def _end(target: Target, guardianship_id: int, *, sure: bool) -> End:
    return End(pupil=target.id, guardianship=guardianship_id, sure=sure)


async def made(tap: CallbackQuery, callback_data: Make, person: Person, say: Say, now: datetime, db: Database, bot: Bot) -> None:
    """The invitation is shown once, in a message of its own that can be handed on; it is kept nowhere."""
    target = await _target(db, callback_data.kind, callback_data.id, person)
    invited = await make_invitation(db, callback_data.role, target.code, now=now, by=person)
    await answer(tap)
    await _hand_out(invited, target, person, say, bot)


async def _hand_out(invited: Invited, target: Target, person: Person, say: Say, bot: Bot) -> None:
    """A new message, unprotected: it is made to be copied and handed on."""
    username = (await bot.me()).username or ""
    text = lines(
        [
            _made_head(invited, say),
            say("invite-made", link=link(username, invited.payload), letters=invited.letters, expires=invited.expires_at),
        ]
    )
    rows = [
        [Button(say.plain("button-invite-another"), Invite())],
        [back(say, Card(kind=target.kind, id=target.id)), back_to_menu(say)],
    ]
    await bot.send_message(person.telegram_id, text, reply_markup=keyboard(rows), protect_content=False)


async def made_anew(
    tap: CallbackQuery, callback_data: Anew, person: Person, say: Say, now: datetime, db: Database, bot: Bot
) -> None:
    target = await _target(db, "pupil", callback_data.pupil, person)
    handed = await make_anew(db, target.id, now=now, by=person)
    if not handed:
        await toast(tap, say.plain("invite-anew-done"))
        return
    await answer(tap)
    for invited in handed:
        await _hand_out(invited, target, person, say, bot)


def _made_head(invited: Invited, say: Say) -> str:
    if invited.role == "guardian":
        return say("invite-made-guardian", name=invited.for_whom, where=invited.where)
    if invited.role == "student":
        return say("invite-made-student", name=invited.for_whom, where=invited.where)
    return say("invite-made-staff", name=invited.for_whom, where=invited.where)


async def ended(tap: CallbackQuery, callback_data: End, person: Person, say: Say, now: datetime, db: Database) -> None:
    """Custody: asked once more, then at once."""
    target = await _target(db, "pupil", callback_data.pupil, person)
    async with db.read() as tx:
        entered = {each.guardianship_id: each for each in await invitations.inside(tx, target)}
    if callback_data.sure:
        await end_guardianship(db, callback_data.guardianship, by=person, now=now)
        async with db.read() as tx:
            count = await invitations.to_make_anew(tx, target.id)
        text, rows = await _card(db, target, say)
        asks = say("guardian-ended-sheets", count=count) if count else ""
        again = [[Button(say.plain("button-invite-anew", count=count), Anew(pupil=target.id))]] if count else []
        await show(tap, lines([say("guardian-ended"), asks, text]), [*again, *rows])
        return
    if callback_data.guardianship not in entered:
        raise Refusal("gone")
    text = say(
        "guardian-end-sure",
        name=_name(entered[callback_data.guardianship], say),
        child=first_name(target.full_name),
        class_name=target.where,
    )
    rows = [
        [Button(say.plain("button-confirm"), _end(target, callback_data.guardianship, sure=True))],
        [Button(say.plain("button-cancel"), Card(kind="pupil", id=target.id))],
    ]
    await show(tap, text, rows)


async def unlinked(tap: CallbackQuery, callback_data: Unlink, person: Person, say: Say, now: datetime, db: Database) -> None:
    """The card was opened on the wrong phone: asked once more, then at once."""
    target = await _target(db, "pupil", callback_data.pupil, person)
    if callback_data.sure:
        await end_own_account(db, target.id, by=person, now=now)
        text, rows = await _card(db, target, say)
        await show(tap, lines([say("unlinked"), text]), rows)
        return
    text = say("unlink-sure", child=first_name(target.full_name), class_name=target.where)
    rows = [
        [Button(say.plain("button-confirm"), Unlink(pupil=target.id, sure=True))],
        [Button(say.plain("button-cancel"), Card(kind="pupil", id=target.id))],
    ]
    await show(tap, text, rows)


async def tried(tap: CallbackQuery, callback_data: Tried, person: Person, say: Say, db: Database) -> None:
    """Whose sheet it was, and who tried it as far as the bot knows them."""
    async with db.read() as tx:
        found = await invitations.voided(tx, callback_data.invitation)
        attempts = await invitations.tried_by(tx, callback_data.invitation)
    require(person, "network.invite", Thing(school_id=found.school_id if found else None))
    if found is None:
        raise Refusal("gone")
    facts: dict[str, Fact] = {"number": str(found.id), "name": found.full_name, "class_name": found.class_name}
    head = say("invite-tried-page", **facts, made=found.made_at, voided=found.voided_at)
    told = [say("invite-tried-line", at=at, who=name or say.plain("invite-tried-stranger")) for at, name in attempts]
    rows = [[Button(say.plain("button-card-of-pupil"), Card(kind="pupil", id=found.pupil_id))], [back_to_menu(say)]]
    await show(tap, lines([head, "\n".join(told)]), rows, anew=is_letter(tap))


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="invitations")
    router.message.register(code_typed, CodeTyping.code, F.text & ~F.text.startswith("/"), flags=may("network.invite"))
    router.callback_query.register(opened, Invite.filter(), flags=may("network.invite"))
    router.callback_query.register(card, Card.filter(), flags=may("network.invite"))
    router.callback_query.register(made, Make.filter(), flags=may("network.invite"))
    router.callback_query.register(made_anew, Anew.filter(), flags=may("network.invite"))
    router.callback_query.register(unlinked, Unlink.filter(), flags=may("guardianship.end"))
    router.callback_query.register(tried, Tried.filter(), flags=may("network.invite"))
    router.callback_query.register(ended, End.filter(), flags=may("guardianship.end"))
    return router
