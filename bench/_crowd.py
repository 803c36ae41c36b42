"""A network with so many pupils, drawn once and kept in .cache: the cast of the tests in the middle of it.

A school has 1,000 of them, as the largest do: 100,000 are a region of a hundred schools. Each keeps its size, and so do a partner, a
teacher, a class and a family; there are more of them, and no page may cost more for that. Left out: the steps of the roadmap, of which
every school has a copy for each partner of the network (docs/decisions/0073).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock
from pathlib import Path
from typing import Any, TypeAlias

from sqlalchemy import insert

from storage.db import Database
from storage.migrate import migrate
from storage.parts import parts
from storage.tables import (
    Application,
    Call,
    Choice,
    Consent,
    Course,
    Entry,
    Group,
    Guardianship,
    JournalImport,
    Lesson,
    Letter,
    Organization,
    Person,
    Pupil,
    Request,
    RequestLine,
    RequestVersion,
    Revision,
    Slot,
    Staff,
    Topic,
    Writing,
)
from tests.world import MISHA, NOW, ROBOTICS, SCHOOL, settle_the_network

Rows: TypeAlias = Iterator[dict[str, Any]]

CACHE = Path(__file__).parent.parent / ".cache" / "bench"
SINCE = datetime(2026, 9, 1, 9, tzinfo=UTC)
MONDAY = date(2026, 11, 9)
FIRST = 1000  # ids of the crowd begin behind those of the cast
OF_SCHOOL = 1000  # pupils
CLASS, SEATS, GROUPS_OF_PARTNER = 28, 25, 8  # pupils of a class; seats of a group; groups of a partner
LEARNING = 12  # children of a group
WEEKS = range(-3, 4)  # of lessons, two a week: 14 of each group
LETTERS = "АБВГ"
NAMES = (
    ("Хакуринова", "Петров", "Шеуджен", "Иванова", "Тлехас", "Ким", "Белова", "Мугу"),
    ("Аслан", "Мария", "Бэла", "Егор", "Дана"),
)
SUBJECTS = ("Робототехника", "Шахматы", "Рисование", "Вокал", "Краеведение", "Волейбол")


class Crowd:
    """So many pupils, and of everything else as many as that asks for."""

    def __init__(self, pupils: int) -> None:
        self.pupils = range(FIRST, FIRST + pupils)
        self.groups = range(FIRST, FIRST + pupils // SEATS)
        self.partners = range(FIRST, FIRST + max(len(self.groups) // GROUPS_OF_PARTNER, 1))
        self.schools: tuple[int, ...] = (SCHOOL, *range(2 * FIRST * FIRST, 2 * FIRST * FIRST + pupils // OF_SCHOOL - 1))

    def partner_of(self, group: int) -> int:
        return self.partners[(group - FIRST) // GROUPS_OF_PARTNER]

    def school_of(self, pupil: int) -> int:
        return self.schools[(pupil - FIRST) // OF_SCHOOL]

    def tables(self) -> Iterator[tuple[Any, Rows]]:
        """Every table with its rows, in an order in which each finds what it names."""
        yield from (
            (Organization, self.organizations()),
            (Person, self.people()),
            (Staff, self.staff()),
            (Pupil, self.children()),
        )
        yield from ((Guardianship, self.guards()), (Consent, self.consents()), (Course, self.courses()), (Group, self.learning()))
        yield from ((Slot, self.slots()), (Lesson, self.lessons()), (Application, self.applications()), (Choice, self.choices()))
        yield from ((Request, self.requests()), (RequestVersion, self.versions()), (RequestLine, self.lines()))
        yield from ((Writing, self.writings()), (Entry, self.entries()), (Revision, self.revisions()), (Topic, self.topics()))
        yield from ((JournalImport, self.imports()), (Letter, self.letters()), (Call, self.calls()))

    # ── the network ─────────────────────────────────────────────────────────────────────────────────────────────────

    def organizations(self) -> Rows:
        for n in self.partners:
            yield {
                "id": n,
                "code": f"О-{n}",
                "name": f"Центр творчества №{n}",
                "role": "partner",
                "kind": "educational",
                "licence": "Л",
            }

        for n in self.schools[1:]:
            yield {"id": n, "code": f"О-{n}", "name": f"МБОУ СОШ №{n}", "role": "base", "kind": "educational", "licence": "Л"}

    def staff(self) -> Rows:
        for n in self.partners:
            yield self.post(n, n, "partner")
        for n in self.groups:
            yield self.post(10 * FIRST + len(self.partners) + n, self.partner_of(n), "teacher")

    def post(self, number: int, of: int, role: str) -> dict[str, Any]:
        return {
            "id": number,
            "code": f"С-{number}",
            "full_name": f"{self.name(number)} {number}",
            "organization_id": of,
            "role": role,
        }

    def teacher_of(self, group: int) -> int:
        return 10 * FIRST + len(self.partners) + group

    def courses(self) -> Rows:
        for n in self.groups:
            grades = range(1 + n % 6, 7 + n % 6)
            yield {
                "id": n, "code": f"К-{n}", "name": f"{SUBJECTS[n % len(SUBJECTS)]} {n}", "organization_id": self.partner_of(n),
                "direction": ("техническая", "художественная", "естественно-научная")[n % 3], "classes": [str(grade) for grade in grades],
                "hours": 68, "selection": "ranked", "opens_on": date(2026, 11, 1), "closes_on": date(2026, 11, 30),
            }  # fmt: skip

    def learning(self) -> Rows:
        for n in self.groups:
            yield {"id": n, "code": f"Г-{n}", "course_id": n, "teacher_id": self.teacher_of(n), "seats": SEATS, "place": "каб. 2"}

    def slots(self) -> Rows:
        for n in self.groups:
            for day, starts, ends in _hours(n):
                yield {"group_id": n, "weekday": day, "starts": clock(starts), "ends": clock(ends)}

    def lessons(self) -> Rows:
        for n in self.groups:
            for week in WEEKS:
                monday = MONDAY + timedelta(weeks=week)
                for ordinal, (day, starts, ends) in enumerate(_hours(n), 1):
                    at = datetime.combine(monday + timedelta(days=day), clock(starts - 3), UTC)
                    times = {"starts_at": at, "ends_at": at + timedelta(hours=ends - starts)}
                    plan = {f"plan_{name}": value for name, value in times.items()}
                    yield {"group_id": n, "week": monday, "ordinal": ordinal} | times | plan

    # ── people ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def name(self, n: int) -> str:
        return " ".join(names[n * prime % len(names)] for names, prime in zip(NAMES, (3, 7), strict=True))

    def people(self) -> Rows:
        given = {"language": "ru", "detail": "full", "created_at": SINCE}
        for n in self.pupils:
            yield {"id": n, "telegram_id": 1_000_000 + n, "name": f"{self.name(n)} {n}", **given}

    def children(self) -> Rows:
        for place, n in enumerate(self.pupils):
            letter, grade = divmod(place % OF_SCHOOL // CLASS, 11)
            given = {"class_year": 2026, "birth_date": date(2019 - grade, 5, 1 + n % 28), "school_id": self.school_of(n)}
            yield {
                "id": n,
                "code": f"У-{n}",
                "full_name": f"{self.name(n)} {n}",
                "class_name": f"{grade + 1}{LETTERS[letter]}",
                **given,
            }

    def guarded(self) -> Iterator[int]:
        """The children a guardian of whom has the bot: two of three."""
        return (n for n in self.pupils if n % 3)

    def guards(self) -> Rows:
        return ({"person_id": n, "pupil_id": n, "since": SINCE} for n in self.guarded())

    def consents(self) -> Rows:
        for n in self.guarded():
            for purpose in ("processing", "messages"):
                yield {"person_id": n, "pupil_id": n, "purpose": purpose, "text_version": "1", "basis": "мать", "given_at": SINCE}

    # ── enrollment ──────────────────────────────────────────────────────────────────────────────────────────────────

    def seated(self) -> Iterator[tuple[int, int]]:
        """(pupil, group) of everybody who learns: about every second."""
        for place, group in enumerate(self.groups):
            for seat in range(LEARNING):
                yield self.pupils[place * SEATS + 2 * seat], group
        yield MISHA, ROBOTICS
        for place in range(LEARNING - 1):
            yield self.pupils[place * SEATS + SEATS - 1], ROBOTICS

    def asking(self) -> Iterator[tuple[int, int, str]]:
        """(pupil, group, state) of everybody whose application stands: two of a group in its line, two new."""
        for place, group in enumerate(self.groups):
            for seat, state in enumerate(("reserve", "reserve", "submitted", "submitted")):
                yield self.pupils[place * SEATS + 2 * seat + 1], group, state

    def applications(self) -> Rows:
        of = {pupil: "approved" for pupil, _ in self.seated()} | {
            pupil: "submitted" if state == "submitted" else "approved" for pupil, _, state in self.asking()
        }
        for pupil, state in of.items():
            person = pupil if pupil % 3 else None
            yield {
                "id": pupil,
                "pupil_id": pupil,
                "person_id": person,
                "state": state,
                "created_at": SINCE,
                "submitted_at": SINCE,
            }

    def choices(self) -> Rows:
        for pupil, group in self.seated():
            yield self.choice(pupil, group, "enrolled")
        for pupil, group, state in self.asking():
            waits = (
                {"reserve_at": SINCE, "first_number": 1 + (pupil - FIRST) // 2 % 2}
                if state == "reserve"
                else {"reserve_at": None, "first_number": None}
            )
            yield self.choice(pupil, group, state) | waits

    def choice(self, pupil: int, group: int, state: str) -> dict[str, Any]:
        at = {"group_id": group if state != "submitted" else None, "reserve_at": None, "first_number": None}
        return {"id": pupil, "application_id": pupil, "course_id": group, "rank": 1, "state": state, "changed_at": SINCE, **at}

    def requests(self) -> Rows:
        for place, n in enumerate(self.partners):
            school = self.school_of(FIRST + place * GROUPS_OF_PARTNER * SEATS)
            yield {"id": n, "school_id": school, "number": place + 1, "year": 2026, "organization_id": n, "made_at": SINCE}

    def versions(self) -> Rows:
        return ({"request_id": n, "version": 1, "made_at": SINCE} for n in self.partners)

    def lines(self) -> Rows:
        return ({"request_id": self.partner_of(group), "choice_id": pupil} for pupil, group in self.seated() if group != ROBOTICS)

    # ── the journal, and what was said ──────────────────────────────────────────────────────────────────────────────

    def writings(self) -> Rows:
        return ({"id": group, "source": "file", "at": SINCE, "file": "журнал.xlsx"} for group in (ROBOTICS, *self.groups))

    def entries(self) -> Rows:
        for place, (pupil, group) in enumerate(self.seated()):
            for week in (-2, -1):
                day = MONDAY + timedelta(weeks=week, days=_hours(group)[0][0])
                given = {"pupil_id": pupil, "group_id": group, "day": day, "lesson": 1, "ordinal": 1, "entered_at": NOW}
                yield {"id": 2 * place - week + FIRST, "kind": "mark", "value": "345"[pupil % 3], **given}

    def revisions(self) -> Rows:
        for each in self.entries():
            yield {"entry_id": each["id"], "writing_id": each["group_id"], "value": each["value"], "removed": False}

    def topics(self) -> Rows:
        for group in self.groups:
            for week in (-2, -1):
                day = MONDAY + timedelta(weeks=week, days=_hours(group)[0][0])
                yield {"group_id": group, "day": day, "lesson": 1, "topic": "Датчики", "homework": "стр. 12"}

    def imports(self) -> Rows:
        return ({"group_id": group, "sha256": f"{group:064}", "name": "журнал.xlsx", "at": SINCE} for group in self.groups)

    def letters(self) -> Rows:
        for n in self.guarded():
            said = {"state": "sent", "due_at": SINCE, "created_at": SINCE, "sent_at": SINCE, "message_id": 1}
            yield {
                "person_id": n,
                "pupil_id": n,
                "kind": "request-sent",
                "facts": None,
                "topic": f"t:{n}",
                "dedup": f"t:{n}",
                **said,
            }

    def calls(self) -> Rows:
        facts = {"id_application": 1, "id_change": "1", "child": "", "courses": ["Шахматы"], "partner": "ЦДО"}
        for n in self.pupils[::30]:
            yield {"pupil_id": n, "kind": "request-sent", "facts": facts, "topic": f"t:{n}", "version": "1", "created_at": SINCE}


def _hours(group: int) -> tuple[tuple[int, int, int], ...]:
    """(weekday, from, to) of its two lessons of a week."""
    return (group % 5, 14 + group % 4, 15 + group % 4), ((group + 2) % 5, 15 + group % 3, 16 + group % 3)


async def crowd(pupils: int) -> Path:
    """The database with so many pupils, made if it is not there yet for this code."""
    code = hashlib.sha256(Path(__file__).read_bytes())
    for migration in sorted(Path("storage/migrations/versions").glob("*.py")):
        code.update(migration.read_bytes())
    file = CACHE / f"crowd-{pupils}-{code.hexdigest()[:12]}.sqlite3"
    if file.exists():
        return file
    CACHE.mkdir(parents=True, exist_ok=True)
    for old in CACHE.glob(f"crowd-{pupils}-*"):
        old.unlink()
    made = file.with_suffix(".new")
    db = Database(f"sqlite+aiosqlite:///{made}")
    await db.open()
    await migrate(db)
    await settle_the_network(db)
    for table, rows in Crowd(pupils).tables():
        async with db.write() as tx:
            for some in parts(list(rows), 20_000):
                await tx.execute(insert(table.__table__), some)  # by Core: the mapper would look at each row by itself
    await db.compact()
    await db.close()
    made.rename(file)
    return file
