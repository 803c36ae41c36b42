"""Each person sees only what is theirs: every button ever shown is pressed by everybody else and by a stranger."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

import pytest
from sqlalchemy import select

from storage.tables import Application, Choice, Consent, Entry, Guardianship, Invitation, Lesson, Person, Step, Task
from tests import story
from tests.world import Member, World

MISHA = r"Миш[аиеу]\b|Петров\b|У-701"
VERA = r"\bВер[аыеу]\b|У-402"
DANA = r"\bДан[аыеу]\b|Шеуджен|У-702"

# Who must never read what: Misha is enrolled in robotics and waits for chess, the two girls learn nowhere yet.
FOREIGN = {
    "anna": DANA,
    "ruslan": f"{MISHA}|{VERA}",
    "misha": f"{VERA}|{DANA}",
    "pavel": f"{VERA}|{DANA}",
    "irina": f"{VERA}|{DANA}",
    "zarema": f"{VERA}|{DANA}",
    "nurbiy": f"{VERA}|{DANA}",
    "stranger": f"{MISHA}|{VERA}|{DANA}",
}

DOES = re.compile(r"confirm|drop|cancel|withdraw|enroll|decline|approve|return|request\.make")

KEPT = (Application, Choice, Consent, Entry, Guardianship, Invitation, Lesson, Person, Step, Task)


async def kept(world: World) -> dict[str, list[Any]]:
    """Everything a press could wrongly change."""
    async with world.db.read() as tx:
        return {
            table.__tablename__: list(
                (await tx.execute(select(*table.__table__.columns).order_by(*table.__table__.primary_key))).all()
            )
            for table in KEPT
        }


async def told(world: World) -> None:
    """The whole story, so that everybody has been shown much."""
    await story.apply(world)
    await story.decide(world)
    await story.move(world)
    await story.mark(world)
    await world.pass_time(days=1)
    await story.look_around(world)


ALIKE = 1  # of a hundred lessons the second says nothing new; every button and everybody is `make faults PART=foreign-presses`
STAFF = ("pavel", "nurbiy")  # a teacher of the one partner and the head of the other


async def test_nothing_foreign_appears_and_nothing_foreign_changes(world: World) -> None:
    """One story, and its pages pressed twice: by families and strangers, who change nothing; then by staff of elsewhere."""
    assert await _pressed(world, ALIKE) > 400


@pytest.mark.faults
@pytest.mark.part("foreign-presses")
async def test_no_button_at_all_shows_or_changes_what_is_foreign(world: World, figures: Counter[str]) -> None:
    """Every button a story has shown, pressed by everybody else and by a stranger"""
    figures["presses"] += await _pressed(world, None)
    assert figures["presses"] > 1000


async def _pressed(world: World, alike: int | None) -> int:
    await told(world)
    everything = {data for phone in (world.olga, world.anna, world.ruslan, world.irina) for _, data in phone.shown}
    return await _families_change_nothing(world, alike) + await _staff_read_nothing_of_another(world, everything, alike)


def _of_each_kind(buttons: Iterable[str], alike: int | None) -> list[str]:
    """So many of each kind, the first ones; None: all."""
    kinds: Counter[str] = Counter()
    kept = []
    for data in sorted(buttons):
        kind = data.partition(":")[0]
        kinds[kind] += 1
        if alike is None or kinds[kind] <= alike:
            kept.append(data)
    return kept


async def _families_change_nothing(world: World, alike: int | None) -> int:
    cast = {
        name: getattr(world, name) for name in ("anna", "ruslan", "misha", "olga", "sergey", "pavel", "irina", "zarema", "nurbiy")
    }
    cast["stranger"] = world.stranger()
    await cast["stranger"].send("/start")
    shown = {name: {data for _, data in phone.shown} for name, phone in cast.items()}
    assert len(set().union(*shown.values())) > 150
    assert any(re.search(MISHA, text) for text in world.anna.notices)
    pressed, read = 0, []
    for name in ("stranger", "ruslan", "misha"):
        before = await kept(world)
        theirs = _of_each_kind(set().union(*shown.values()) - shown[name], alike)
        read += await _read(cast[name], name, theirs)
        pressed += len(theirs)
        after = await kept(world)
        foreign = {table: [row for row in before[table] if row not in after[table]] for table in before if table != "people"}
        assert {table: rows for table, rows in foreign.items() if rows} == {}, f"{name} changed what is not theirs"
    assert read == []
    return pressed


async def _staff_read_nothing_of_another(world: World, everything: set[str], alike: int | None) -> int:
    pressed, read = 0, []
    for name in STAFF if alike else ("pavel", "irina", "zarema", "nurbiy", "anna"):
        phone = getattr(world, name)
        await phone.send("/start")
        foreign = everything - {data for _, data in phone.shown}
        # What one may do to one's own is another test's.
        theirs = _of_each_kind((data for data in foreign if not DOES.search(data)), alike)
        read += await _read(phone, name, theirs)
        pressed += len(theirs)
    assert read == []
    return pressed


async def _read(phone: Member, name: str, buttons: list[str]) -> list[tuple[str, str, str]]:
    """What somebody who presses these buttons reads of children who are none of theirs: name, button, words."""
    page = next(message.id for message in reversed(phone.messages) if message.from_bot and message.text)
    read = []
    for data in buttons:
        words = len(phone.notices)
        query = await phone.press(page, data)
        said = [*phone.notices[words:], str((query.answer or {}).get("text", ""))]
        read += [(name, data, text) for text in said if re.search(FOREIGN[name], text)]
    return read
