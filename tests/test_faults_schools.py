"""Two base schools and their partners, every role, every button, on both databases (`make faults PART=schools`)."""

from __future__ import annotations

from collections import Counter

import pytest

from storage.doctor import violations
from tests.school_walks import MARKS, found, press_all, rows_of, told, walk
from tests.schools_world import FATIMA, GYMNASIUM, drawn, heads, settle_the_gymnasium
from tests.world import SCHOOL, Member, World

pytestmark = pytest.mark.faults

ALIKE = 6
OTHER = {SCHOOL: GYMNASIUM, GYMNASIUM: SCHOOL}
# Whom each family must not read of; its own is left out.
STRANGERS = {
    "Анна": r"Дан[аыеу]\b|Шеуджен|Аслан\b|Гучетль|Белл[аыеу]\b|Хапач|Карин[аыеу]\b|Мугу|Фатим|2/9-гимназии",
    "Руслан": r"Петров|\bВер[аыеу]\b|Аслан\b|Гучетль|Белл[аыеу]\b|Хапач|Карин[аыеу]\b|Мугу|Фатим|5/7-восьмой",
    "Миша": r"\bВер[аыеу]\b|\bДан[аыеу]\b|Шеуджен|Аслан\b|Гучетль|Белл[аыеу]\b|Хапач|Карин[аыеу]\b|Мугу|2/9-гимназии",
    "Фатима": r"Петров|\bВер[аыеу]\b|\bДан[аыеу]\b|Шеуджен|5/7-восьмой",
}


async def test_two_schools_on_sqlite(world: World, figures: Counter[str]) -> None:
    """Two base schools, every role and button, SQLite"""
    await _walked(world, figures)


async def test_two_schools_on_postgresql(world_on_postgres: World, figures: Counter[str]) -> None:
    """Two base schools, every role and button, PostgreSQL"""
    await _walked(world_on_postgres, figures)


async def _walked(world: World, figures: Counter[str]) -> None:
    await settle_the_gymnasium(world.db)
    await drawn(world)
    await _heads(world, figures)
    await _others(world, figures)
    await _pressed(world, figures)
    async with world.db.read() as tx:
        assert await violations(tx, world.now.date()) == {}


async def _opened(phone: Member, figures: Counter[str]) -> list[str]:
    kinds, said = await walk(phone, ALIKE)
    figures.update({"readers": 1, "pages opened": kinds.total(), "kinds of pages": len(kinds)})
    return said


async def _heads(world: World, figures: Counter[str]) -> None:
    for school, phones in heads(world).items():
        for phone in phones:
            said = await _opened(phone, figures)
            assert found(said, OTHER[school]) == []
            assert found(said, school) != []
            assert any("другой школы" in words for words in said)


async def _others(world: World, figures: Counter[str]) -> None:
    """The partners read their own groups whole, and a family reads of its own children only."""
    for phone in (world.pavel, world.irina):
        said = await _opened(phone, figures)
        assert all(found(said, school) for school in OTHER)
    for phone in (world.zarema, world.nurbiy):
        said = await _opened(phone, figures)
        assert told(said, *MARKS, r"\b(Миша|Аслан|Дана|Белла)\b") == []  # they learn and wait at the other partner
    for phone in (world.anna, world.ruslan, world.misha, world.member(1000 + FATIMA, "Фатима")):
        said = await _opened(phone, figures)
        assert told(said, STRANGERS[phone.user.name]) == [], phone.user.name


async def _pressed(world: World, figures: Counter[str]) -> None:
    """Every button any head was shown, pressed by every head of the other school."""
    for school, phones in heads(world).items():
        theirs = {data for phone in heads(world)[OTHER[school]] for _, data in phone.shown}
        before = await rows_of(world, OTHER[school])
        for phone in phones:
            came = await press_all(phone, theirs)
            figures["foreign buttons pressed"] += len(came)
            assert found(came.values(), OTHER[school]) == []
        after = await rows_of(world, OTHER[school])
        assert {table: rows for table, rows in after.items() if rows != before[table]} == {}
    figures["foreign names, marks or rows"] += 0
