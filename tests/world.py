"""The world of the tests: a named cast, an invented network, a bot at work on a local Telegram.

Monday, 9 November 2026, noon in Moscow. Nobody here exists.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

from pydantic import SecretStr
from sqlalchemy import ColumnDefault, insert
from sqlalchemy import Table as SqlTable

from bot.app import App
from bot.clock import StoppedClock
from bot.sandbox import Phone, Sandbox
from bot.sandbox.bell import PATIENCE
from bot.sandbox.messages import Chat, Message, User
from bot.sandbox.queries import Query
from bot.settings import Settings
from storage.db import Database
from storage.tables import (
    Application,
    CalendarDay,
    ClassHours,
    Consent,
    Course,
    Group,
    Guardianship,
    Lesson,
    Organization,
    Person,
    Pupil,
    Request,
    Road,
    Slot,
    Staff,
    Step,
    Table,
    Year,
)

ZONE = ZoneInfo("Europe/Moscow")
YEAR = 2026  # the academic year that runs
NOW = datetime(2026, 11, 9, 12, 0, tzinfo=ZONE)
TOKEN = "42:TEST"
USERNAME = "school8_bot"

SCHOOL, CENTRE, IT = 1, 2, 3  # organizations
OLGA, SERGEY, PAVEL, IRINA, ZAREMA, NURBIY, ANNA, RUSLAN, MISHA_HIMSELF = range(1, 10)  # people
MISHA, VERA, DANA = 1, 2, 3  # pupils
ROBOTICS, CHESS = 1, 2  # courses and, of the same number, their groups

TELEGRAM = {person: 1000 + person for person in range(1, 10)}
NAMES = {
    OLGA: "Ольга",
    SERGEY: "Сергей",
    PAVEL: "Павел",
    IRINA: "Ирина",
    ZAREMA: "Зарема",
    NURBIY: "Нурбий",
    ANNA: "Анна",
    RUSLAN: "Руслан",
    MISHA_HIMSELF: "Миша",
}


def _of_the_running_year() -> None:
    """Rows the tests write straight in are of the running year and of the one school, unless they say otherwise."""
    for table in (Course, Group, Application, ClassHours, Step, CalendarDay):
        _given(table, "year", YEAR)
    for scoped in (ClassHours, Request, Step, CalendarDay):
        _given(scoped, "school_id", SCHOOL)


def _given(table: type[Table], column: str, value: int) -> None:
    columns = cast("SqlTable", table.__table__).c
    ColumnDefault(value)._set_parent(columns[column])


_of_the_running_year()


async def settle_the_network(db: Database) -> None:
    """Fill an empty database with the network and the cast, everybody already in and with consent."""
    rows = {Year: _years()} | _organizations() | _people() | _courses() | _timetable()
    async with db.write() as tx:
        for table, values in rows.items():
            if values:
                await tx.execute(insert(table), values)
        if not db.is_sqlite:
            await _move_sequences(tx, rows)


def _years() -> list[dict[str, Any]]:
    return [{"year": YEAR, "starts_on": date(YEAR, 9, 1), "ends_on": date(YEAR + 1, 5, 31)}]


async def _move_sequences(tx: Any, rows: dict[type[Table], list[dict[str, Any]]]) -> None:
    from sqlalchemy import text

    for table, values in rows.items():
        if values and "id" in values[0]:
            name = table.__tablename__
            await tx.execute(text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), {len(values) + 100})"))


def _organizations() -> dict[type[Table], list[dict[str, Any]]]:
    def organization(id: int, code: str, name: str, role: str, kind: str | None, address: str) -> dict[str, Any]:
        return {
            "id": id,
            "code": code,
            "name": name,
            "role": role,
            "kind": kind,
            "address": address,
            "licence": "Л035-01" if kind else None,
        }

    return {
        Organization: [
            organization(SCHOOL, "О-00", "МБОУ СОШ №8", "base", "educational", "ул. Школьная, 1"),
            organization(CENTRE, "О-01", "МБОУ ДО ЦДО МО «Кошехабльский район»", "partner", "educational", "ул. Джаримова, 5"),
            organization(IT, "О-03", "Центр развития IT-образования", "partner", "educational", "ул. Гагарина, 12"),
        ],
        Road: [{"from_id": SCHOOL, "to_id": CENTRE, "minutes": 15}, {"from_id": SCHOOL, "to_id": IT, "minutes": 10}],
        ClassHours: [
            {"class_name": name, "weekday": weekday, "starts": time(8, 30), "ends": time(13, 30)}
            for name in ("7А", "4Б")
            for weekday in range(5)
        ],
    }


def _people() -> dict[type[Table], list[dict[str, Any]]]:
    def staff(id: int, code: str, name: str, organization: int, role: str, person: int) -> dict[str, Any]:
        return {"id": id, "code": code, "full_name": name, "organization_id": organization, "role": role, "person_id": person}

    def pupil(id: int, code: str, name: str, class_name: str, born: date, person: int | None = None) -> dict[str, Any]:
        return {
            "id": id,
            "code": code,
            "full_name": name,
            "class_name": class_name,
            "class_year": 2026,
            "birth_date": born,
            "school_id": SCHOOL,
            "person_id": person,
        }

    since = datetime(2026, 9, 1, 6, tzinfo=UTC)
    guards = [(ANNA, MISHA), (ANNA, VERA), (RUSLAN, DANA)]
    consents = [
        {
            "person_id": person,
            "pupil_id": child,
            "purpose": purpose,
            "organization_id": partner,
            "text_version": "2026-08",
            "basis": "законный представитель",
            "given_at": since,
        }
        for person, child in guards
        for purpose, partner in (("processing", None), ("messages", None), ("partner", CENTRE), ("partner", IT))
    ]
    return {
        Person: [
            {"id": id, "telegram_id": TELEGRAM[id], "name": name, "language": "ru", "detail": "full", "created_at": since}
            for id, name in NAMES.items()
        ],
        Staff: [
            staff(1, "С-01", "Хачирова Ольга Муратовна", SCHOOL, "coordinator", OLGA),
            staff(2, "С-02", "Иванов Сергей Ильич", SCHOOL, "director", SERGEY),
            staff(11, "С-11", "Ким Павел Андреевич", IT, "teacher", PAVEL),
            staff(12, "С-12", "Белова Ирина Олеговна", IT, "partner", IRINA),
            staff(21, "С-21", "Тлехас Зарема Аслановна", CENTRE, "teacher", ZAREMA),
            staff(22, "С-22", "Хуажев Нурбий Рамазанович", CENTRE, "partner", NURBIY),
        ],
        Pupil: [
            pupil(MISHA, "У-701", "Петров Миша Алексеевич", "7А", date(2013, 5, 14), MISHA_HIMSELF),
            pupil(VERA, "У-402", "Петрова Вера Алексеевна", "4Б", date(2016, 8, 2)),
            pupil(DANA, "У-702", "Шеуджен Дана Руслановна", "7А", date(2013, 1, 30)),
        ],
        Guardianship: [{"person_id": person, "pupil_id": child, "since": since} for person, child in guards],
        Consent: consents,
    }


def _courses() -> dict[type[Table], list[dict[str, Any]]]:
    def course(
        id: int, code: str, name: str, organization: int, direction: str, classes: list[str], selection: str
    ) -> dict[str, Any]:
        return {
            "id": id,
            "code": code,
            "name": name,
            "organization_id": organization,
            "direction": direction,
            "classes": classes,
            "selection": selection,
            "hours": 68,
            "opens_on": date(2026, 11, 1),
            "closes_on": date(2026, 11, 30),
        }

    return {
        Course: [
            course(ROBOTICS, "К-01", "Робототехника", IT, "техническая", ["5", "6", "7", "8"], "ranked"),
            course(CHESS, "К-02", "Шахматы", CENTRE, "физкультурно-спортивная", [str(n) for n in range(1, 10)], "ranked"),
        ],
        Group: [
            {"id": 1, "code": "Г-01", "course_id": ROBOTICS, "teacher_id": 11, "seats": 12, "minimum": 6, "place": "каб. 2"},
            {"id": 2, "code": "Г-02", "course_id": CHESS, "teacher_id": 21, "seats": 10, "minimum": 4, "place": "зал"},
        ],
        Slot: [
            {"group_id": 1, "weekday": 3, "starts": time(15), "ends": time(16, 30)},
            {"group_id": 2, "weekday": 2, "starts": time(14, 30), "ends": time(15, 30)},
        ],
    }


def _timetable() -> dict[type[Table], list[dict[str, Any]]]:
    """Lessons from last week to four weeks ahead."""
    lessons: list[dict[str, Any]] = []
    for weeks in range(-1, 5):
        monday = date(2026, 11, 9) + timedelta(weeks=weeks)
        for group, weekday, starts, ends in ((1, 3, time(15), time(16, 30)), (2, 2, time(14, 30), time(15, 30))):
            day = monday + timedelta(days=weekday)
            begin = datetime.combine(day, starts, ZONE).astimezone(UTC)
            end = datetime.combine(day, ends, ZONE).astimezone(UTC)
            place = "каб. 2" if group == 1 else "зал"
            lessons.append(
                {
                    "id": len(lessons) + 1,
                    "group_id": group,
                    "week": monday,
                    "ordinal": 1,
                    "plan_starts_at": begin,
                    "plan_ends_at": end,
                    "plan_place": place,
                    "starts_at": begin,
                    "ends_at": end,
                    "place": place,
                }
            )
    return {Lesson: lessons}


class Member(Phone):
    """Somebody of the cast with a telephone: what they do is over when the bot has handled it."""

    world: World

    async def send(self, text: str, *, reply_to: int | None = None, to: Chat | None = None) -> Message:
        sent = await super().send(text, reply_to=reply_to, to=to)
        await self.world.settle()
        return sent

    async def attach(self, name: str, content: bytes, caption: str | None = None, *, kind: str = "document") -> Message:
        sent = await super().attach(name, content, caption, kind=kind)
        await self.world.settle()
        return sent

    async def press(
        self, message_id: int, data: str, *, timeout: float = PATIENCE, to: Chat | None = None, ago: float = 0
    ) -> Query:
        query = await super().press(message_id, data, timeout=timeout, to=to, ago=ago)
        await self.world.settle()
        return query


class World:
    """A bot at work among its cast."""

    def __init__(self, app: App, sandbox: Sandbox, clock: StoppedClock) -> None:
        self.app = app
        self.db = app.db
        self.sandbox = sandbox
        self.clock = clock
        self.olga, self.sergey, self.pavel, self.irina, self.zarema, self.nurbiy, self.anna, self.ruslan, self.misha = (
            self.member(TELEGRAM[person], NAMES[person]) for person in range(1, 10)
        )

    def member(self, telegram_id: int, name: str) -> Member:
        """The telephone of the cast's member, or of somebody new; their chat with the bot is open."""
        known = self.sandbox.phones.get(telegram_id)
        if isinstance(known, Member):
            return known
        phone = Member(self.sandbox.telegram, self.sandbox.log, User(telegram_id, name, None, None, "ru"))
        phone.world = self
        phone.chat.started = True
        self.sandbox.phones[telegram_id] = phone
        return phone

    def stranger(self) -> Member:
        """Somebody the network does not know."""
        return self.member(9999, "Незнакомец")

    @property
    def now(self) -> datetime:
        return self.clock.now()

    async def settle(self) -> None:
        """Until everything people did is handled."""
        await self.sandbox.quiet()
        await self.app.intake.idle()

    async def deliver(self) -> None:
        """Send every letter that is due."""
        await self.app.postman.deliver()

    async def pass_time(self, **by: float) -> None:
        """Move the clock (`days=1`, `hours=2`), ring the alarms and send what is due."""
        self.clock.move(timedelta(**by))
        await self.app.alarms.ring()
        await self.deliver()


def settings_for(url: str, database_url: str, folder: Path, **over: Any) -> Settings:
    return Settings(
        _env_file=None,  # the developer's own .env is none of the tests' business
        bot_token=SecretStr(TOKEN),
        telegram_api=url,
        database_url=database_url,
        data_dir=folder,
        journal_dir=folder / "journal",
        listen="127.0.0.1:0",
        **over,
    )


@asynccontextmanager
async def world_on(database_url: str, folder: Path) -> AsyncIterator[World]:
    """The bot at work on a database that already holds the network."""
    clock = StoppedClock(NOW.astimezone(UTC))
    async with Sandbox(TOKEN, USERNAME, clock=clock.now) as sandbox:
        async with App(settings_for(sandbox.url, database_url, folder), clock) as app:
            app.pace.per_chat = 0  # nobody waits a second between two letters in a test
            async with app.working():
                yield World(app, sandbox, clock)
        assert sandbox.violations == []
