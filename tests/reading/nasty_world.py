"""A small school for tables as people make them: `cases/base.xlsx` loaded, its pupils enrolled, two days of the journal kept.

Wednesday, 25 November 2026, ten in Moscow. Robotics is on Thursdays.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import insert

from bot.clock import Moment
from bot.refusals import Faults, Refusal
from bot.services.journal.uploads import Brought, plan_file
from bot.services.network.classes import Said
from bot.services.network.network import carry_out, plan, workbook_of
from bot.voice import voice
from bot.words.journal import plan_lines as journal_lines
from bot.words.network import plan_lines as network_lines
from storage.db import Database
from storage.migrate import migrate
from storage.tables import Application, Choice, Pupil
from tests.world import ZONE, settings_for

FILES = Path(__file__).parent.parent / "files"
NOW = datetime(2026, 11, 25, 10, tzinfo=ZONE).astimezone(UTC)
SEPTEMBER = datetime(2026, 9, 1, 8, tzinfo=ZONE).astimezone(UTC)
SAY = voice("ru", ZONE)
SETTINGS = settings_for("http://127.0.0.1:1", "sqlite+aiosqlite:///none", Path("nowhere"))
GROUP = 1

MORE_PUPILS = [
    {
        "id": 4,
        "code": "У4",
        "full_name": "МэщбашӀэ Нурбый Аслъанович",
        "class_name": "7Б",
        "class_year": 2026,
        "birth_date": date(2013, 2, 1),
        "school_id": 1,
    },
    {
        "id": 5,
        "code": "У5",
        "full_name": "Иванов Иван Петрович",
        "class_name": "7А",
        "class_year": 2026,
        "birth_date": date(2013, 9, 9),
        "school_id": 1,
    },
    {
        "id": 6,
        "code": "У6",
        "full_name": "Иванов Иван Сергеевич",
        "class_name": "7Б",
        "class_year": 2026,
        "birth_date": date(2013, 1, 7),
        "school_id": 1,
    },
    {
        "id": 7,
        "code": "У7",
        "full_name": "ХьатӀу Д'анэ",
        "class_name": "7А",
        "class_year": 2026,
        "birth_date": date(2013, 4, 4),
        "school_id": 1,
    },
]
STOOD = (
    "Дата;Группа;Ученик;Отметка\n05.11.2026;РОБО-1;У1;5\n05.11.2026;РОБО-1;У2;4\n12.11.2026;РОБО-1;У1;4\n12.11.2026;РОБО-1;У3;3\n"
)


async def settle(url: str, *, all_pupils: bool) -> None:
    """Fill an empty database; `all_pupils`: with those whose names are hard, for journals."""
    db = Database(url)
    await db.open()
    await migrate(db)
    base = (FILES / "cases" / "base.xlsx").read_bytes()
    book = await workbook_of(db, base, "base.xlsx", at=Moment(SEPTEMBER, ZONE), said=Said(2026))
    await carry_out(db, book, by=None, now=SEPTEMBER, zone=ZONE)
    async with db.write() as tx:
        if all_pupils:
            await tx.execute(insert(Pupil), MORE_PUPILS)
        for pupil in range(1, 8 if all_pupils else 4):
            tx.add(Application(id=pupil, pupil_id=pupil, state="approved", created_at=NOW))
            await tx.flush()
            tx.add(Choice(application_id=pupil, course_id=1, rank=1, state="enrolled", group_id=GROUP, changed_at=NOW))
    before = Brought("раньше.csv", STOOD.encode())
    await plan_file(db, before, now=NOW, settings=SETTINGS, apply=True, tell=False)
    await db.close()


async def said_of(db: Database, file: Path) -> str:
    """What the bot says of a file: its plan, its questions or its faults, a line each."""
    content = file.read_bytes()
    try:
        if file.name.startswith("w"):
            book = await workbook_of(db, content, file.name, at=Moment(NOW, ZONE), said=Said(2026))
            lines = network_lines(await plan(db, book, now=NOW, zone=ZONE), SAY.plain)
        else:
            planned = await plan_file(db, Brought(file.name, content), now=NOW, settings=SETTINGS)
            if planned.open:  # as the command line has it
                raise Faults("journal-questions", [one.fault for one in planned.open])
            lines = journal_lines(planned, SAY.plain)
    except Faults as faults:
        lines = [SAY.plain(fault.key, **fault.facts) for fault in faults.faults]
    except Refusal as refusal:
        lines = [SAY.plain(refusal.key, **refusal.facts)]
    return "\n".join(lines).replace("\N{NO-BREAK SPACE}", " ")
