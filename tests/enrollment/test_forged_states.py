"""Every state of a wish × every button that could change it × everybody, pressed as a forged button: what is not theirs, or is not
of that state, changes nothing and is answered with a sentence that is true.
"""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from storage.tables import Application, Choice, Letter
from tests.enrollment.test_enrollment_table import ALLOWED, IN_WORDS, laid
from tests.world import Member, World

FAMILY, SCHOOL, ANSWERS = ("anna",), ("olga",), ("irina", "olga")
ALIVE = ("submitted", "returned", "approved", "requested", "reserve", "offered", "enrolled")
# A button → whose it is, and in which states it may change something.
BUTTONS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "apply.submit:1": (FAMILY, ("draft", "returned")),
    "apply.discard:1": (FAMILY, ("draft",)),
    "apply.unchoose:1:1": (FAMILY, ("draft", "returned")),
    "apply.rank:1:1:1": (FAMILY, ("draft", "returned", "submitted")),
    "apply.extend:1:2": (FAMILY, ("submitted",)),
    "apply.withdrawn:1:0": (FAMILY, ("draft", *ALIVE)),
    "enter.withdraw:1:1:1": ((), ()),  # the family has the bot
    "inbox.approve:n:0:0:0:1:0": (SCHOOL, ("submitted",)),
    "inbox.reason:n:0:0:0:r:1:0:0": (SCHOOL, ("submitted",)),
    "inbox.reason:n:0:0:0:d:1:0:0": (SCHOOL, ("submitted",)),
    "inbox.sure:n:0:0:0:d:1:0:00000000": ((), ()),  # nothing was typed
    "inbox.undo:n:0:0:0:1:0": (SCHOOL, ("returned", "approved", "declined")),
    "request.enroll:1:1:0": (ANSWERS, ("requested",)),
    "request.reserve:1:1": (ANSWERS, ("requested",)),
    "request.sure:1:1:00000000": ((), ()),
    "offer.accept:1:0": (FAMILY, ("offered",)),
    "offer.declined:1:0": (FAMILY, ("offered",)),
    "offer.stead:1:1:0": ((), ()),
    "group.complete:1": (ANSWERS, ("enrolled",)),
    "group.left.sure:1:00000000": ((), ()),
    "group.move.to:1:1": ((), ()),  # the group it is in already
    "exception.sure:1:00000000": ((), ()),
}
EVERYBODY = ("anna", "ruslan", "misha", "pavel", "irina", "nurbiy", "olga", "sergey", "stranger")
NAMED = ["draft", "submitted", "returned", "approved", "requested", "offered", "lapsed", "enrolled", "completed", "left"]
MOST = ("anna", "irina", "olga")  # those who have such buttons at all


async def stands(world: World) -> list[Any]:
    async with world.db.read() as tx:
        choices = await tx.execute(
            select(Choice.id, Choice.state, Choice.group_id, Choice.reserve_at, Choice.rank, Choice.override)
        )
        papers = await tx.execute(select(Application.id, Application.state, Application.wanted, Application.decided_by))
        return [*(tuple(row) for row in choices), *(tuple(row) for row in papers), len(list(await tx.scalars(select(Letter.id))))]


def true(said: str, state: str, who: str, whose: tuple[str, ...]) -> bool:
    """Whether a refusal speaks of how things are."""
    if not said.strip():
        return False
    if "Сейчас это сделать нельзя" in said:
        return IN_WORDS[state] in said
    if "Это доступно не всем" in said:
        return who not in whose or state == "draft"
    return "Что-то пошло не так" not in said


async def press_all(world: World, people: tuple[str, ...], states: list[str]) -> int:
    pressed = 0
    phones: dict[str, Member] = {name: world.stranger() if name == "stranger" else getattr(world, name) for name in people}
    pages = {}
    for name, phone in phones.items():
        await phone.send("/start")
        assert phone.newest is not None
        pages[name] = phone.newest.id
    for state in states:
        await laid(world.db, state)
        was = await stands(world)
        for data, (whose, where) in BUTTONS.items():
            for name, phone in phones.items():
                if name in whose and state in where:
                    continue  # theirs, and of this state: what it does is told in test_enrollment_table.py
                words = len(phone.notices)
                query = await phone.press(pages[name], data)
                pressed += 1
                said = " ".join([*phone.notices[words:], str((query.answer or {}).get("text", "")), phone.page])
                assert await stands(world) == was, (state, data, name)
                assert true(said, state, name, whose), (state, data, name, said)
    return pressed


async def test_forged_buttons_change_nothing_in_any_state(world: World) -> None:
    assert set(NAMED) <= set(ALLOWED)
    assert await press_all(world, MOST, NAMED) > 500


@pytest.mark.faults
@pytest.mark.part("forged-states")
async def test_forged_buttons_of_everybody_change_nothing_in_any_state(world: World, figures: dict[str, int]) -> None:
    """every state of a wish × every button that could change it × everybody"""
    figures["presses"] = await press_all(world, EVERYBODY, list(ALLOWED))
    assert figures["presses"] > 2000
