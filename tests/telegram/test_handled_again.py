"""Killed after everything was done and before it was recorded, the bot handles the update again: the answer is the same."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.services.people.invitations import make_invitation
from bot.telegram.arrival import read_again
from bot.turn import Behind
from handlers.courses.card import Picturing
from handlers.courses.catalogue import Searching
from handlers.deciding.finding import Finding
from handlers.papers.agreements import AgreementTyping
from handlers.papers.blanks import BlankTyping
from handlers.papers.orders import OrderTyping
from handlers.people.invitations import NameTyping
from handlers.resources.catalogue import LookingFor
from storage import inbox
from storage.tables import Letter, Talk
from tests.enrollment_world import approved, classmates, requested
from tests.telegram.talks import TAKEN_AT_ONCE, Asked, each_talk
from tests.telegram.test_talks_end import KEEPS, kept
from tests.timetable_world import said
from tests.world import IT, ROBOTICS, Member, World


@asynccontextmanager
async def killed_after(world: World) -> AsyncIterator[None]:
    """What is done inside is not recorded as done; at the end it is handled again, as the next life of the process does."""

    async def not_any_more(*_: Any) -> None:
        """The kill comes first."""

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(inbox, "done", not_any_more)
        yield
    async with world.db.read() as tx:
        left = await inbox.unfinished(tx)
    for each in left:
        assert await world.app.intake.handling.handle(read_again(each), Behind())
        async with world.db.write() as tx:
            await inbox.done(tx, [each.update_id])


async def letters(world: World) -> int:
    async with world.db.read() as tx:
        return await tx.scalar(select(func.count(Letter.id))) or 0


async def talks_before(world: World) -> list[object]:
    async with world.db.read() as tx:
        return list(await tx.scalars(select(Talk.before).where(Talk.before.is_not(None) | Talk.update_id.is_not(None))))


async def test_a_name_typed_at_consent_is_not_forgotten_by_a_kill(world: World) -> None:
    """His name is known and he has agreed when the process dies: the next life does not take the name for words it cannot place."""
    father = world.member(2001, "Алексей Петров")
    await father.send(f"/start {(await make_invitation(world.db, 'guardian', 'У-701', now=world.now)).payload}")
    for label in ("Прочитать и согласиться", "Согласен(на)"):
        await father.tap(label)
    async with killed_after(world):
        await father.send("Петров Алексей Иванович")
    assert said(father).startswith("✅ Спасибо! Миша, 7А: согласие записано.")
    assert await talks_before(world) == []


@pytest.mark.parametrize(
    ("role", "code", "says"),
    [
        ("guardian", "У-701", "👋 Добро пожаловать! Школа пригласила вас как родителя."),
        ("teacher", "С-11", "✅ Вы вошли как сетевой педагог."),
    ],
)
async def test_who_comes_in_and_hears_nothing_is_welcomed_by_the_next_life(world: World, role: str, code: str, says: str) -> None:
    """Not «вы уже вошли, снова входить не нужно» to somebody who has seen no first answer; typed once more, that is what it says."""
    invitation = await make_invitation(world.db, role, code, now=world.now)
    newcomer = world.member(2002, "Новый человек")
    async with killed_after(world):
        await newcomer.send(f"/start {invitation.payload}")
        first = said(newcomer)
    assert first.startswith(says)
    assert said(newcomer) == first
    await newcomer.send(f"/start {invitation.payload}")
    assert said(newcomer).startswith("Вы уже вошли — всё в порядке, снова входить не нужно.")


async def test_a_talk_an_answer_to_which_was_lost_is_found_as_it_was(world: World) -> None:
    """Telegram fails after the talk has ended: the second try finds what was asked for, as the first did."""
    await world.anna.send("/settings")
    await world.anna.tap("Моё ФИО")
    world.sandbox.fail_next("sendMessage", "server_error")
    await world.anna.send("Котова Анна Ивановна")
    assert said(world.anna) == "✅ Записано: Котова Анна Ивановна. Так вы будете названы в бумагах."


NOTHING_TO_CONFIRM = TAKEN_AT_ONCE | {
    Finding.typing.state,
    Searching.typing.state,
    LookingFor.typing.state,
    Picturing.sending.state,
    OrderTyping.day.state,
    AgreementTyping.file.state,
    BlankTyping.file.state,
    NameTyping.name.state,  # an invitation is shown once and kept nowhere: whoever is not shown it gets another
}


@each_talk
async def test_a_sentence_and_its_confirmation_handled_again_do_nothing_twice_and_are_no_surprise(
    world: World, asked: Asked
) -> None:
    """Not «не понял вас» to one's own sentence, nor «эту причину уже отправили» of one's own press."""
    who = await asked.page(world)
    await who.tap(asked.button)
    await _twice(who, who.send(asked.sentence))
    if asked.state.state not in NOTHING_TO_CONFIRM:
        await _twice(who, who.press(*_confirms(who)))
    assert await talks_before(world) == []


async def _twice(who: Member, does: Awaitable[object]) -> None:
    """Once, and again after a kill: it shows the same, keeps the same, and writes to nobody twice."""
    world = who.world
    async with killed_after(world):
        await does
        page, toasts, was, told = said(who), len(who.toasts), kept(world.db), await letters(world)
    assert said(who) == page
    assert len(who.toasts) == toasts
    assert kept(world.db) == was
    assert await letters(world) == told


@pytest.mark.parametrize(("label", "says"), [("Зачислить всех: 2", "Зачислено: 2"), ("Всех в резерв: 2", "В резерве: 2")])
async def test_an_answer_to_everybody_handled_again_says_how_many_it_was(world: World, label: str, says: str) -> None:
    for number, guardian in (await classmates(world.db, 2)).items():
        await approved(world.db, number, ROBOTICS, by=guardian)
    await requested(world.db, IT)
    irina = world.irina
    await irina.send("/requests")
    await irina.tap("№")
    async with killed_after(world):
        await irina.tap(label)
        page, told = said(irina), await letters(world)
        assert says in page
    assert said(irina) == page
    assert await letters(world) == told


def _confirms(who: Member) -> tuple[int, str]:
    """The button that goes through with what was typed."""
    assert who.newest is not None
    data = next(
        button.data
        for button in who.newest.buttons
        if button.data and button.data.partition(":")[0] in {*KEEPS, "lesson.move", "extra.add", "task.why"}
    )
    return who.newest.id, data
