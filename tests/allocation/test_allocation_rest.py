"""After a draw: the rest of the seats, the check anybody can repeat, the demand before it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.notices import notice_of
from bot.refusals import Refusal
from bot.services.allocation.allocation import draw_rest, look, rerun
from bot.services.allocation.rules import lots
from bot.services.allocation.view import demand
from bot.words.allocation import checked_lines, seen_lines
from storage.db import Database
from storage.enrollment.enrollment import number_in_line
from storage.tables import (
    Allocation,
    Letter,
)
from tests.allocation.test_allocation import AFTER, LATER, SAY, SEED, drawn, published, seats, states
from tests.allocation.test_allocation import _known_seed as _known_seed  # noqa: PLC0414 - a fixture, used by all
from tests.enrollment_world import (
    ANNA_HERSELF,
    OLGA_HERSELF,
    RUSLAN_HIMSELF,
    approved,
    choices,
    classmates,
)
from tests.world import CHESS, DANA, MISHA, MISHA_HIMSELF, ROBOTICS

# ── the rest ────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_more_seats_go_to_the_head_of_the_line_and_move_nobody(db: Database) -> None:
    families = await classmates(db, 5)
    await seats(db, ROBOTICS, 2)
    papers = [await approved(db, pupil, ROBOTICS, by=by) for pupil, by in families.items()]
    first = await drawn(db)
    await published(db, first)
    with pytest.raises(Refusal, match="allocation-rest-nothing"):
        await draw_rest(db, by=OLGA_HERSELF, now=LATER, today=AFTER)
    await seats(db, ROBOTICS, 4)
    rest = await draw_rest(db, by=OLGA_HERSELF, now=LATER, today=AFTER)
    await published(db, rest)
    by_lot = sorted(papers, key=lots(SEED, papers).__getitem__)
    assert [(await states(db, paper))[ROBOTICS] for paper in by_lot] == ["approved"] * 4 + ["reserve"]
    async with db.read() as tx:
        kinds = (await tx.scalars(select(Letter.kind).where(Letter.kind == "place-found"))).all()
        kept = (await tx.scalars(select(Allocation).where(Allocation.id == rest))).one()
    assert (kept.follows_id, len(kinds)) == (first, 2)
    last = (await choices(db, by_lot[4]))[ROBOTICS]
    async with db.read() as tx:
        assert await number_in_line(tx, last.id) == 1


async def test_who_has_another_place_is_not_overtaken_and_not_moved(db: Database) -> None:
    """Dana sits in chess and heads the line for robotics; Vera's brother Misha stands behind her with nothing."""
    await seats(db, ROBOTICS, 0)
    dana = await approved(db, DANA, ROBOTICS, CHESS, by=RUSLAN_HIMSELF)
    misha = await approved(db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    assert lots(SEED, [dana, misha])[dana] == 1
    await published(db, await drawn(db))
    await seats(db, ROBOTICS, 1)
    rest = await draw_rest(db, by=OLGA_HERSELF, now=LATER, today=AFTER)
    result = await published(db, rest)
    assert (len(result.places), len(result.kept)) == (0, 1)
    assert (await states(db, dana), await states(db, misha)) == (
        {ROBOTICS: "reserve", CHESS: "approved"},
        {ROBOTICS: "reserve"},
    )
    await seats(db, ROBOTICS, 2)
    await published(db, await draw_rest(db, by=OLGA_HERSELF, now=LATER, today=AFTER))
    assert (await states(db, dana), await states(db, misha)) == (
        {ROBOTICS: "reserve", CHESS: "approved"},
        {ROBOTICS: "approved"},
    )


# ── the check ───────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_published_allocation_comes_out_the_same_again(db: Database) -> None:
    families = await classmates(db, 6)
    await seats(db, ROBOTICS, 3)
    for pupil, by in families.items():
        await approved(db, pupil, ROBOTICS, CHESS, by=by)
    number = await drawn(db)
    with pytest.raises(Refusal, match="allocation-not-published"):
        await rerun(db, number)
    await published(db, number)
    await seats(db, ROBOTICS, 30)  # what happens afterwards changes nothing
    checked = await rerun(db, number)
    assert (checked.well, checked.applications, checked.places) == (True, 6, 6)
    assert [SAY.plain("allocation-checked-input"), SAY.plain("allocation-checked-same")] == checked_lines(checked, SAY)[2:]
    async with db.read() as tx:
        shown = seen_lines(await look(tx, number), 0, SAY)
    assert "Первый выбор: 3 · второй: 3 · дальше: 0" in shown[1]
    async with db.write() as tx:
        kept = (await tx.scalars(select(Allocation).where(Allocation.id == number))).one()
        kept.result = {**(kept.result or {}), "lapsed": []}
    assert not (await rerun(db, number)).same
    async with db.write() as tx:
        kept = (await tx.scalars(select(Allocation).where(Allocation.id == number))).one()
        kept.input = {**kept.input, "seats": {"1": 30}}
    assert not (await rerun(db, number)).input_as_signed
    with pytest.raises(Refusal, match="allocation-gone"):
        await rerun(db, 99)


async def test_the_demand_before_the_draw(db: Database) -> None:
    await approved(db, MISHA, ROBOTICS, CHESS, by=ANNA_HERSELF)
    await approved(db, DANA, CHESS, by=RUSLAN_HIMSELF)
    async with db.read() as tx:
        waits = await demand(tx, year=2026, today=AFTER)
    assert (waits.applications, waits.seats, waits.still_open) == (2, 22, ())
    assert waits.courses == (("Шахматы", 1, 2, 10), ("Робототехника", 1, 1, 12))


async def told_misha(db: Database) -> str:
    """The newest letter that waits for him."""
    async with db.read() as tx:
        mine = select(Letter).where(Letter.person_id == MISHA_HIMSELF, Letter.state == "new").order_by(Letter.id.desc())
        newest = (await tx.scalars(mine.limit(1))).one()
        return notice_of(newest.kind, newest.facts or {}).own_text(SAY, "full")


async def test_a_pupil_reads_of_the_lot_and_the_place_as_you(db: Database) -> None:
    await seats(db, ROBOTICS, 1)
    await approved(db, MISHA, ROBOTICS, CHESS, by=ANNA_HERSELF)
    number = await drawn(db)
    lot = await told_misha(db)
    await published(db, number)
    result = await told_misha(db)
    assert lot == (
        "🎲 Приём заявлений закончен, жребий вытянут.\n"
        "Твой жребий 0001 из 1: чем меньше, тем раньше очередь. Итоги напишу, когда школа их опубликует.\n"
        f"Число жеребьёвки: <code>{SEED}</code>"
    )
    assert result == (
        "⚖️ <b>Места распределены</b>\n\n"
        "✅ «Робототехника», группа Г-01: место есть. Ты 1-й в списке на 1 место; жребий 0001.\n"
        "▫️ «Шахматы»: больше не нужно, есть место на курсе, который стоял в заявлении раньше.\n\n"
        "Теперь школа отправит заявку партнёру."
    )
