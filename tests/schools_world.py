"""Two base schools and their partners: the cast's school № 8, and a gymnasium whose pupils learn in the same groups.

Tamara is its coordinator, Yury its director. Every name below is found nowhere else, so that a test can look for it.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import insert, text, update

from storage.db import Database
from storage.tables import (
    Application,
    Call,
    Choice,
    ClassHours,
    Consent,
    Group,
    Guardianship,
    Organization,
    Person,
    Pupil,
    Request,
    RequestLine,
    RequestVersion,
    Staff,
    Table,
)
from tests.timetable_world import entered
from tests.world import CHESS, DANA, IT, MISHA, ROBOTICS, RUSLAN, SCHOOL, VERA, World

GYMNASIUM = 50
TAMARA, YURY, FATIMA = 61, 62, 63  # people: coordinator, director, a mother
ASLAN, BELLA, KARINA = 51, 52, 53  # pupils: learns robotics, waits for it, has applied for chess
NAMES_OF = {
    SCHOOL: r"Миш[аиеу]\b|Петров\b|У-701|\bВер[аыеу]\b|У-402|\bДан[аыеу]\b|Шеуджен|У-702|Анна\b|Руслан\b",
    GYMNASIUM: r"Аслан\b|Гучетль|Г-901|Белл[аыеу]\b|Хапач|Г-902|Карин[аыеу]\b|Мугу|Г-903|Фатим",
}
MARKS_OF = {SCHOOL: "5/7-восьмой", GYMNASIUM: "2/9-гимназии"}  # marks keep their raw text: nobody else has these
SINCE = datetime(2026, 9, 1, 9, tzinfo=UTC)


async def settle_the_gymnasium(db: Database) -> None:
    """The second school, and for both: pupils in one group, in its line, applying; marks, requests, calls."""
    rows: dict[type[Table], list[dict[str, Any]]] = {Organization: _school(), Person: _people(), Staff: _staff()}
    rows |= {Pupil: _pupils(), Guardianship: _guards()}
    async with db.write() as tx:
        for table, values in (rows | {Consent: _consents(), ClassHours: _hours()}).items():
            await tx.execute(insert(table), values)
        for school, (learns, waits, applies) in {SCHOOL: (MISHA, DANA, VERA), GYMNASIUM: (ASLAN, BELLA, KARINA)}.items():
            seat = await _wish(tx, learns, ROBOTICS, "enrolled", group_id=ROBOTICS)
            await _wish(tx, waits, ROBOTICS, "reserve", group_id=ROBOTICS, reserve_at=SINCE, first_number=1)
            await _wish(tx, applies, CHESS, "submitted")
            await _request(tx, school, seat)
            await _marks(tx, school, learns)
            await _call(tx, applies)
        if not db.is_sqlite:
            for name in ("organizations", "people", "staff", "pupils"):
                await tx.execute(text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), 1000)"))


def _school() -> list[dict[str, Any]]:
    return [{"id": GYMNASIUM, "code": "О-50", "name": "Гимназия №5", "role": "base", "address": "ул. Садовая, 5"}]


def _people() -> list[dict[str, Any]]:
    of = {TAMARA: "Тамара", YURY: "Юрий", FATIMA: "Фатима"}
    given = {"language": "ru", "detail": "full", "created_at": SINCE}
    return [{"id": id, "telegram_id": 1000 + id, "name": name, **given} for id, name in of.items()]


def _staff() -> list[dict[str, Any]]:
    post = {"organization_id": GYMNASIUM}
    return [
        {"id": 51, "code": "С-51", "full_name": "Ачмиз Тамара Исмаиловна", "role": "coordinator", "person_id": TAMARA, **post},
        {"id": 52, "code": "С-52", "full_name": "Волков Юрий Петрович", "role": "director", "person_id": YURY, **post},
    ]


def _pupils() -> list[dict[str, Any]]:
    names = {ASLAN: ("Г-901", "Гучетль Аслан"), BELLA: ("Г-902", "Хапач Белла"), KARINA: ("Г-903", "Мугу Карина")}
    given = {"class_name": "7А", "class_year": 2026, "birth_date": date(2013, 4, 2), "school_id": GYMNASIUM}
    return [{"id": id, "code": code, "full_name": name, **given} for id, (code, name) in names.items()]


def _guards() -> list[dict[str, Any]]:
    return [{"person_id": FATIMA, "pupil_id": pupil, "since": SINCE} for pupil in (ASLAN, BELLA, KARINA)]


def _consents() -> list[dict[str, Any]]:
    given = {"person_id": FATIMA, "text_version": "2026-08", "basis": "законный представитель", "given_at": SINCE}
    return [
        {"pupil_id": pupil, "purpose": purpose, "organization_id": partner, **given}
        for pupil in (ASLAN, BELLA, KARINA)
        for purpose, partner in (("processing", None), ("messages", None), ("partner", IT), ("partner", 2))
    ]


def _hours() -> list[dict[str, Any]]:
    day = {"class_name": "7А", "starts": time(8), "ends": time(14), "school_id": GYMNASIUM}
    return [{"weekday": weekday, **day} for weekday in range(5)]


async def _wish(tx: Any, pupil: int, course: int, state: str, **place: Any) -> int:
    of = "submitted" if state == "submitted" else "approved"
    guardian = {ASLAN: FATIMA, BELLA: FATIMA, KARINA: FATIMA, DANA: RUSLAN}.get(pupil, 7)
    paper = {"pupil_id": pupil, "person_id": guardian, "state": of, "created_at": SINCE, "submitted_at": SINCE}
    application = (await tx.execute(insert(Application).values(paper).returning(Application.id))).scalar_one()
    choice = {"application_id": application, "course_id": course, "rank": 1, "state": state, "changed_at": SINCE, **place}
    found: int = (await tx.execute(insert(Choice).values(choice).returning(Choice.id))).scalar_one()
    return found


async def _request(tx: Any, school: int, choice: int) -> None:
    paper = {"school_id": school, "number": 1, "year": 2026, "organization_id": IT, "made_at": SINCE}
    request = (await tx.execute(insert(Request).values(paper).returning(Request.id))).scalar_one()
    await tx.execute(insert(RequestVersion).values(request_id=request, version=1, made_at=SINCE))
    await tx.execute(insert(RequestLine).values(request_id=request, choice_id=choice))


async def _marks(tx: Any, school: int, pupil: int) -> None:
    await entered(tx, pupil, ROBOTICS, date(2026, 11, 5), MARKS_OF[school], at=SINCE)


async def _call(tx: Any, pupil: int) -> None:
    facts = {"id_application": 1, "id_change": "1", "child": "", "courses": ["Шахматы"], "partner": "ЦДО"}
    call = {"pupil_id": pupil, "kind": "request-sent", "facts": facts, "topic": "t", "version": "1", "created_at": SINCE}
    await tx.execute(insert(Call).values(call))


def heads(world: World) -> dict[int, list[Any]]:
    """By school the telephones of its coordinator and its director."""
    return {
        SCHOOL: [world.olga, world.sergey],
        GYMNASIUM: [world.member(1000 + TAMARA, "Тамара"), world.member(1000 + YURY, "Юрий")],
    }


async def drawn(world: World) -> None:
    """Vera and Karina, one of each school, drew lots for the one place in chess; the result is published, files and pages are there."""
    async with world.db.write() as tx:
        await tx.execute(update(Group).where(Group.id == CHESS).values(seats=1, minimum=1))
    for coordinator, _ in heads(world).values():
        await coordinator.send("/inbox")
        await coordinator.tap("Заявления")
        await coordinator.tap("Одобрить")
    there = datetime(2026, 12, 1, 9, tzinfo=UTC)
    await world.pass_time(seconds=(there - world.now).total_seconds())
    olga = world.olga
    await olga.send("/allocation")
    for label in ("тянуть жребий", "Подтвердить", "Опубликовать", "Подтвердить"):
        await olga.tap(label)
    await world.deliver()
