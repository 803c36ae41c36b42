"""What others wrote about a family, and what its own press left: gone with its withdrawal, the rest of it stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from bot.notices.people import GuardianJoined
from bot.post.posting import post
from bot.services.people.mydata import withdraw
from storage import notes, talks
from storage.redaction import Names
from storage.tables import Application, Audit, Choice, Consent, Guardianship, Letter, Talk
from tests.people.test_mydata import known, lives
from tests.world import ANNA, MISHA, RUSLAN, VERA, World


async def test_why_it_was_decided_goes_and_that_it_was_stays(world: World) -> None:
    """A reason is typed in words no search knows: a mother's illness names nobody."""
    await lives(world)
    async with world.db.write() as tx:
        (paper,) = await tx.scalars(select(Application.id).where(Application.state == "approved"))
        choice = await tx.scalar(select(Choice.id).where(Choice.application_id == paper, Choice.rank == 1))
        for thing, number in (("application", paper), ("choice", choice), ("pupil", MISHA), ("pupil", VERA), ("lesson", MISHA)):
            tx.add(Audit(at=world.now, person_id=1, action="x", thing=thing, thing_id=number, reason="мать болеет"))
    await withdraw(world.db, MISHA, by=await known(world, ANNA), now=world.now)
    async with world.db.read() as tx:
        left = await tx.execute(select(Audit.thing, Audit.thing_id, Audit.reason).where(Audit.action == "x").order_by(Audit.id))
        assert [tuple(row) for row in left] == [
            ("application", paper, None),
            ("choice", choice, None),
            ("pupil", MISHA, None),
            ("pupil", VERA, "мать болеет"),
            ("lesson", MISHA, "мать болеет"),
        ]


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("Петров Миша, тел. +7 (918) 555-12-34", "…, тел. …"),
        ("миша петров: 89185551234", "…: …"),
        ("У-701 — 8 (87770) 9-12-34, после 17:00", "… — …, после 17:00"),
        ("У-701, 918 555 12 34, приказ 15 от 2026-11-09", "…, …, приказ 15 от 2026-11-09"),
        ("Шеуджен Дана, +7 918 555-12-34", "Шеуджен Дана, +7 918 555-12-34"),
        ("звонить +7 918 555-12-34", "звонить +7 918 555-12-34"),
    ],
)
def test_what_names_a_child_loses_its_telephone_too(typed: str, left: str) -> None:
    assert Names("Петров Миша Алексеевич", "У-701").out_of(typed) == left


async def test_the_letter_that_told_others_of_a_guardian_forgets_the_name(world: World) -> None:
    """Ruslan heard that Anna came in; when she has left, his letter, sent or waiting, says nothing any more."""
    joined = GuardianJoined(child="Миша", guardian="Анна", id_pupil=MISHA, id_person=ANNA)
    another = GuardianJoined(child="Миша", guardian="Пётр", id_pupil=MISHA, id_person=99)
    async with world.db.write() as tx:
        tx.add(Guardianship(person_id=RUSLAN, pupil_id=MISHA, since=world.now))
        agreed = {"person_id": RUSLAN, "pupil_id": MISHA, "text_version": "1", "basis": "отец", "given_at": world.now}
        tx.add(Consent(**agreed, purpose="processing"))
        for notice in (joined, another):
            await post(tx, RUSLAN, notice, now=world.now, pupil_id=MISHA, role="guardian")
    await withdraw(world.db, MISHA, by=await known(world, ANNA), now=world.now)
    async with world.db.read() as tx:
        letters = await tx.execute(select(Letter.state, Letter.facts).where(Letter.person_id == RUSLAN).order_by(Letter.id))
        assert [(row.state, row.facts and row.facts["guardian"]) for row in letters] == [("cancelled", None), ("new", "Пётр")]


async def test_what_somebody_had_typed_before_the_press_in_hand_goes_too(world: World) -> None:
    """A colleague's reason, used by a press that is not recorded as done yet, is kept for the case of a kill."""
    async with world.db.write() as tx:
        await talks.keep(tx, "1:1", ("Why:typing", {"why": "Петров Миша переехал"}), now=world.now, update_id=7)
        await talks.keep(tx, "1:1", (None, {}), now=world.now, update_id=8)
        await talks.keep(tx, "2:2", ("Why:typing", {"why": "нет мест"}), now=world.now, update_id=9)
        await talks.keep(tx, "2:2", (None, {}), now=world.now, update_id=10)
    await lives(world)
    await withdraw(world.db, MISHA, by=await known(world, ANNA), now=world.now)
    async with world.db.read() as tx:
        left = list(await tx.scalars(select(Talk.before).where(Talk.key.in_(("1:1", "2:2")))))
    assert left == [{"state": "Why:typing", "data": {"why": "нет мест"}}]


async def test_the_press_itself_is_cleaned_a_minute_later(world: World) -> None:
    """While it is handled its page, with the child's name on it, stands in the inbox: the file is written anew once it is done."""
    await lives(world)
    database = Path(world.db.url.database or "")
    await world.anna.send("/mydata")
    await world.anna.tap("Отозвать согласие")
    await world.anna.tap("Для всех и выйти")
    await world.anna.tap("Подтвердить")
    shown = "Миша, Вера".encode()
    assert shown in database.read_bytes()
    await world.pass_time(seconds=59)
    assert shown not in database.read_bytes() + database.with_name(database.name + "-wal").read_bytes()
    async with world.db.read() as tx:
        assert await notes.note(tx, notes.TO_SCRUB) is None
