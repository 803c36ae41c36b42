"""«Остаются числа»: whoever counts children counts those too whose data were withdrawn, or says why it asks for names."""

from __future__ import annotations

import ast

import pytest
from sqlalchemy import select, update

from storage.db import Database
from storage.deciding import funnel
from storage.doctor import violations
from storage.enrollment import yearend
from storage.network import schools
from storage.requests.versions import current
from storage.roadmap import evidence
from storage.roadmap.evidence import Whose
from storage.tables import Application, Choice
from tests.enrollment.test_enrollment import heard
from tests.house.test_guards_storage import modules
from tests.network.test_yearend import on
from tests.offers.test_offers import a_line
from tests.people.test_seats_kept import the_first_family_withdraws, withdraws
from tests.timetable_world import said
from tests.world import IT, NOW, SCHOOL, YEAR, World

pytestmark = pytest.mark.usefixtures("sound")  # doctor finds nothing after any of these

COUNTS = {"count", "sum", "max", "min"}
# Questions that count pupils with a row: file and function → why those without one are not among them.
OF_NAMES = {
    "deciding/deciding.py:_waiting": "what waits for a decision: erasing withdraws it",
    "deciding/deciding.py:classes_waiting": "the same by class",
    "people/people.py:applications_waiting": "the same in the menu",
    "allocation/allocation.py:undecided": "the same before a draw",
    "allocation/byhand.py:courses_waiting": "who may be put into a group by hand",
    "requests/naming.py:enrolled_unnamed": "whom the next request would name: nobody is left to name",
    "requests/requests.py:unasked": "whom the next request would name",
    "requests/requests.py:year_to_name": "the same: the year of it",
    "requests/requests.py:waiting_for_a_place": "who still waits: erasing withdraws it",
    "offers/promised.py:satisfied": "wishes that still wait: erasing withdraws them",
    "offers/promised.py:wanted_again": "the same: wishes that were spare",
    "enrollment/enrollment.py:_number": "a place in the line: erasing takes it away",
    "enrollment/yearend.py:groups": "of whom an answer can be given: nobody knows whose a nameless place was",
    "certificates/certificates.py:groups": "whom a document can be issued to: nobody knows whose a nameless place was",
    "programme/criteria.py:figures": "achievements, which go with the pupil; everything else is counted with the erased",
    "papers/papers.py:partners": "whom an order would name",
    "papers/papers.py:filled": "whom a group's list would name",
    "journal/journal.py:foreign_of_day": "whose entries of a day are not read here: marks hang on a pupil's row",
    "journal/reporting.py:foreign": "the same for a quarter's table: who has no row had no line in it",
    "journal/unkept.py:unkept": "lessons somebody should have a journal of: of a nameless place none can be kept",
    "people/calls.py:undelivered": "whom to call: nobody calls a family that withdrew",
    "people/calls.py:waiting": "the same in the menu",
}


def asks_by_name() -> set[str]:
    """Functions of the storage floor that count and join pupils so that the erased fall out."""
    found = set()
    for file, tree in modules("storage"):
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef) and _counts(function) and _loses(function):
                found.add(f"{file.removeprefix('storage/')}:{function.name}")
    return found


def _counts(function: ast.AST) -> bool:
    return any(
        isinstance(node, ast.Attribute) and node.attr in COUNTS and ast.unparse(node.value) == "func"
        for node in ast.walk(function)
    )


def _loses(function: ast.AST) -> bool:
    """`.join(Pupil, Pupil.id == Application.pupil_id)`, or the other way round; also through an alias, or a question it calls."""
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "join":
            condition = " ".join(ast.unparse(each) for each in node.args[1:])
            if ".pupil_id" in condition and "upil.id" in condition and "outer" not in condition:
                return True
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"_approved", "_learning"}:
            return True
    return False


def test_whoever_counts_counts_the_erased_or_says_why_not() -> None:
    assert asks_by_name() == set(OF_NAMES)


# ── the same numbers before and after ───────────────────────────────────────────────────────────────────────────────


async def numbers(db: Database) -> dict[str, object]:
    """What is counted of the school's year, wherever it is counted."""
    whose, everybody = Whose(SCHOOL, YEAR), ("enrolled", "reserve", "withdrawn")
    async with db.read() as tx:
        standing = (await schools.standing(tx, YEAR))["О-00"]
        return {
            "somebody has applied": await funnel.applied_for(tx, [SCHOOL], YEAR),
            "the funnel": [(way.applied, way.enrolled) for way in await funnel.ways(tx, [SCHOOL], YEAR) if way.applied],
            "applications": (await evidence.applications(tx, whose, NOW.replace(year=2025)))[0],
            "choices": await evidence.choices_in(tx, whose, everybody),
            "enrolled": await evidence.choices_in(tx, whose, ("enrolled",)),
            "learnt": await yearend.schools_of(tx, YEAR),
            "where they are": (standing.partners, standing.courses, standing.groups),
            "the school's groups": await schools.of_groups(tx, YEAR),
            "its request": await current(tx, SCHOOL, IT, YEAR),
        }


async def test_the_numbers_are_the_same_when_the_only_child_has_withdrawn(world: World) -> None:
    """One place in robotics and nobody else: the course of who is erased keeps its calendar, its row, its evidence."""
    made = await a_line(world)
    async with world.db.write() as tx:
        others = select(Choice.application_id).where(Choice.id.in_((made["misha"], made["dana"])))
        await tx.execute(update(Application).where(Application.id.in_(others)).values(state="draft"))
        dropped = update(Choice).where(Choice.id.in_((made["misha"], made["dana"])))
        await tx.execute(dropped.values(state="draft", group_id=None, reserve_at=None))
    before = await numbers(world.db)
    await withdraws(world)
    assert await numbers(world.db) == before
    assert before["enrolled"] == 1


async def test_the_year_of_a_nameless_place_is_closed_and_counted(world: World) -> None:
    await the_first_family_withdraws(world)
    await on(world, 2027, 9, 1)
    assert heard(world.olga, "закрыт") == ["🎓 Учебный год 2026/2027 закрыт. Без итога остался 1 ученик."]
    await world.olga.tap("Кто без итога")
    assert said(world.olga) == (
        "2026/2027: без итога\nВсего: 1. Никто не сказал, как они закончили год.\n\n1 место, данные отозваны"
    )
    await world.olga.send("/start")
    await world.olga.tap("Прошлые годы")
    await world.olga.tap("2026/2027")
    assert ["📋 Без итога: 1"] in world.olga.buttons
    async with world.db.read() as tx:
        assert await violations(tx, world.now.date()) == {}
        assert await tx.scalar(select(Choice.state).where(Choice.rank == 1).order_by(Choice.id)) == "unfinished"
