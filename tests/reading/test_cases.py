"""Tables from reports of faults: each with its right outcome in `files/cases/NAME.right.txt`."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.clock import Moment
from bot.reading.uploads import sheets_of
from bot.reading.workbook.parse import parse_workbook
from bot.refusals import Faults
from bot.services.journal.journal import JournalPlan
from bot.services.journal.uploads import Brought, plan_file
from bot.services.network.classes import Said
from bot.services.network.network import carry_out, plan, workbook_of
from storage.db import Database
from storage.tables import Entry, Pupil
from tests.reading.nasty_world import FILES, NOW, SAY, SETTINGS, said_of, settle
from tests.world import ZONE

CASES = FILES / "cases"
NOTHING_NEW = "В книге нет ничего нового: ничего не изменится."


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("cases")
    for kind in "wj":
        with ThreadPoolExecutor(1) as thread:
            thread.submit(asyncio.run, settle(f"sqlite+aiosqlite:///{folder / kind}.sqlite3", all_pupils=kind == "j")).result()
    return {kind: folder / f"{kind}.sqlite3" for kind in "wj"}


@pytest.fixture
async def school(request: pytest.FixtureRequest, settled: dict[str, Path], tmp_path: Path) -> AsyncIterator[Database]:
    """A copy of the small school: with the pupils of base.xlsx only for workbooks, with more of them for journals."""
    shutil.copy(settled["w" if "workbook" in request.function.__name__ else "j"], tmp_path / "bot.sqlite3")
    db = Database(f"sqlite+aiosqlite:///{tmp_path / 'bot.sqlite3'}")
    await db.open()
    yield db
    await db.close()


async def enter(db: Database, name: str, *beside: str, text: str = "") -> JournalPlan:
    content = text.encode() if text else (CASES / name).read_bytes()
    others = [Brought(other, (CASES / other).read_bytes()) for other in beside]
    return await plan_file(db, Brought(name, content, beside=others), now=NOW, settings=SETTINGS, apply=True)


async def marks(db: Database, day: date) -> list[tuple[str, str]]:
    async with db.read() as tx:
        question = select(Pupil.code, Entry.value).join(Pupil, Pupil.id == Entry.pupil_id)
        rows = await tx.execute(question.where(Entry.day == day, Entry.removed_at.is_(None)).order_by(Pupil.code))
        return [(row.code, row.value) for row in rows]


TUESDAY = date(2026, 11, 24)


def test_numbers_filled_in_beforehand_are_no_rows() -> None:
    book = parse_workbook(sheets_of((CASES / "w02_prefilled_numbers.xlsx").read_bytes(), "w02.xlsx"), academic_year=2026)
    assert [pupil.code for pupil in book.pupils or ()] == ["У1", "У2", "У3"]


async def test_the_words_of_a_workbook_s_classes(school: Database) -> None:
    assert await said_of(school, CASES / "w04_class_words.xlsx") == (
        "«Ученики», строка 2, столбец C «Класс»: ожидается класс, например 7А; здесь «1-1»."
    )


async def test_a_workbook_with_dots_in_fio(school: Database) -> None:
    assert (await said_of(school, CASES / "w05_fio_dots.xlsx")).splitlines()[1:] == [NOTHING_NEW]


async def test_a_workbook_whose_formulas_have_no_value(school: Database) -> None:
    said = (await said_of(school, CASES / "w06_formula_without_value.xlsx")).splitlines()
    assert said == [
        f"«Ученики», строка {row}, столбец D «Дата рождения»: формула без значения. Откройте файл в Excel, сохраните как "
        "«Книга Excel (.xlsx)» и пришлите ещё раз."
        for row in (2, 3, 4)
    ]


async def test_a_workbook_with_latin_codes_is_of_the_same_pupils(school: Database) -> None:
    assert (await said_of(school, CASES / "w08_latin_codes.xlsx")).splitlines()[1:] == [
        NOTHING_NEW,
        "«Ученики»: коды, которые отличаются лишь похожими буквами, прочитаны как прежние — 3: Y1 — У1, Y2 — У2, Y3 — У3.",
    ]


async def test_marks_as_pandas_writes_them(school: Database) -> None:
    before = "Дата;Группа;Ученик;Отметка\n24.11.2026;РОБО-1;У1;5\n24.11.2026;РОБО-1;У2;4"
    await enter(school, "до.csv", text=before)
    assert (await enter(school, "j02_pandas_marks.csv")).empty


async def test_a_day_with_its_midnight(school: Database) -> None:
    await enter(school, "j04_date_with_midnight.csv")
    assert await marks(school, TUESDAY) == [("У1", "5"), ("У3", "3")]


async def test_a_class_in_two_files_of_one_command(school: Database) -> None:
    await enter(school, "j05a_first_half.csv", "j05b_second_half.csv")
    await enter(school, "j05b_second_half.csv", "j05a_first_half.csv")
    assert await marks(school, TUESDAY) == [("У1", "5"), ("У3", "3")]


async def test_a_class_in_two_files_one_after_the_other_is_asked_about(school: Database) -> None:
    await enter(school, "j05a_first_half.csv")
    with pytest.raises(Faults) as asked:
        await enter(school, "j05b_second_half.csv")
    assert asked.value.key == "journal-doubtful"
    assert [SAY.plain(fault.key, **fault.facts).replace("\N{NO-BREAK SPACE}", " ") for fault in asked.value.faults] == [
        (
            "❓ Группа РОБО-1: за 24 ноября записи есть, а в файле этих учеников нет: Шовгенов Азамат Русланович. "
            "Снять их записи или оставить?"
        )
    ]
    assert await marks(school, TUESDAY) == [("У1", "5")]


async def test_a_palochka_as_a_latin_letter(school: Database) -> None:
    await enter(school, "j07_palochka.csv")
    assert await marks(school, TUESDAY) == [("У4", "5")]


async def test_a_workbook_that_looks_like_an_accident_is_carried_out_only_by_who_has_seen_it(school: Database) -> None:
    content = (FILES / "nasty" / "w12_other_codes.xlsx").read_bytes()
    book = await workbook_of(school, content, "w12.xlsx", at=Moment(NOW, ZONE), said=Said(2026))
    with pytest.raises(Faults, match="network-doubtful"):
        await carry_out(school, book, by=None, now=NOW, zone=ZONE)
    seen = await plan(school, book, now=NOW, zone=ZONE)
    await carry_out(school, book, by=None, now=NOW, zone=ZONE, digest=seen.digest)
    async with school.read() as tx:
        assert list(await tx.scalars(select(Pupil.code).where(Pupil.archived_at.is_(None)).order_by(Pupil.code))) == [
            "001",
            "002",
            "003",
        ]
