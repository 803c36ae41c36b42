"""The plan of a journal: who is who, what is compared, what the command line does; the same file twice changes nothing."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select, update

from bot.clock import Moment
from bot.policy import Person
from bot.reading.journal.entry import Entry, Journal
from bot.refusals import Faults, Refusal
from bot.services.journal.families import Absence, comment_of, explain_absence, reason_of, sums
from bot.services.journal.journal import Answer, JournalFile, JournalPlan, apply_journal, plan_journal
from bot.services.journal.uploads import Brought, keep_upload, plan_file, purge_uploads
from bot.settings import Settings
from bot.voice import voice
from bot.words.journal import fault_lines, plan_lines
from storage import tables
from storage.db import Database
from storage.journal import journal
from storage.people.consent import Reader
from storage.tables import Application, AttendanceCode, Choice, Document, JournalImport, Letter, Pupil, Topic
from tests.world import ANNA, CHESS, DANA, IT, MISHA, NOW, ROBOTICS, SCHOOL, VERA, ZONE, settings_for

TODAY = date(2026, 11, 9)
SAY = voice("ru", ZONE)
HEAD = "Дата;Группа;Ученик;Отметка;Посещаемость;Тема;Домашнее задание;Комментарий;Вид работы\n"


@pytest.fixture
def at(tmp_path: Path) -> Settings:
    return settings_for("http://127.0.0.1:1", "sqlite+aiosqlite:///none", tmp_path)


async def enrol(db: Database, *members: tuple[int, int]) -> None:
    async with db.write() as tx:
        for pupil, group in members:
            application = Application(pupil_id=pupil, state="approved", created_at=NOW)
            tx.add(application)
            await tx.flush()
            tx.add(
                Choice(application_id=application.id, course_id=group, rank=1, state="enrolled", group_id=group, changed_at=NOW)
            )


async def add_pupil(
    db: Database, code: str, name: str, class_name: str, group: int | None = ROBOTICS, *, school: int = SCHOOL
) -> int:
    async with db.write() as tx:
        pupil = Pupil(code=code, full_name=name, class_name=class_name, class_year=2026, school_id=school)
        tx.add(pupil)
        await tx.flush()
        made = pupil.id
    if group is not None:
        await enrol(db, (made, group))
    return made


async def enter(db: Database, at: Settings, *rows: str, apply: bool = True, group: str | None = None, **more: Any) -> JournalPlan:
    content = (HEAD + "\n".join(rows)).encode()
    return await plan_file(db, Brought("ж.csv", content, group), now=NOW.astimezone(UTC), settings=at, apply=apply, **more)


async def stands(db: Database) -> list[tuple[str, int, str, int, str]]:
    async with db.read() as tx:
        rows = await tx.scalars(
            select(tables.Entry)
            .where(tables.Entry.removed_at.is_(None))
            .order_by(tables.Entry.day, tables.Entry.lesson, tables.Entry.pupil_id, tables.Entry.kind, tables.Entry.ordinal)
        )
        return [(f"{row.day:%d.%m}", row.lesson, row.kind, row.ordinal, row.value) for row in rows]


async def faults(db: Database, at: Settings, *rows: str) -> list[str]:
    with pytest.raises(Faults) as refused:
        await enter(db, at, *rows)
    return [line.partition(": ")[2] for line in fault_lines(refused.value, SAY.plain)[1:]]


# ── who is who ──────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_pupil_by_code_or_by_name_however_it_is_typed(db: Database, at: Settings) -> None:
    await enrol(db, (MISHA, ROBOTICS))
    await add_pupil(db, "У-703", "Королёв Пётр Ильич", "7Б")
    for written in (
        "У-701",
        "у-701 ",
        "петров  МИША алексеевич",
        "Петров Миша",
        "Петров Миша, 7А",
        "Петров Миша (7 «а»)",
        "Петpов Мишa 7A",
    ):
        plan = await enter(db, at, f"09.11;Г-01;{written};5;;;;;", apply=False)
        assert [change.pupil.id for change in plan.changes] == [MISHA]
    plan = await enter(db, at, "09.11;г-01 ;Королев Петр;5;;;;;", apply=False)
    assert [change.pupil.code for change in plan.changes] == ["У-703"]


async def test_namesakes_are_told_apart_by_code_or_class_and_never_guessed(db: Database, at: Settings) -> None:
    seventh = await add_pupil(db, "У-710", "Иванов Иван Петрович", "7А")
    fifth = await add_pupil(db, "У-510", "Иванов Иван Сергеевич", "5Б")
    assert await faults(db, at, "09.11;Г-01;Иванов Иван;5;;;;;") == [
        "«Иванов Иван» — таких в группе Г-01 несколько. Укажите код или класс: «Иванов Иван, 7А»."
    ]
    for written, pupil in (
        ("Иванов Иван, 5Б", fifth),
        ("Иванов Иван 7а", seventh),
        ("У-510", fifth),
        ("Иванов Иван Петрович", seventh),
    ):
        plan = await enter(db, at, f"09.11;Г-01;{written};5;;;;;", apply=False)
        assert [change.pupil.id for change in plan.changes] == [pupil]


async def test_what_a_file_has_no_column_for_stays_beside_the_same_mark(db: Database, at: Settings) -> None:
    """A list of topics, one of attendance, one of bare marks as every grid is: none takes away what it says nothing of."""
    await enrol(db, (MISHA, ROBOTICS))
    await enter(db, at, "09.11;Г-01;У-701;4;;;;Молодец!;контрольная")

    async def entered(head: str, row: str) -> list[tuple[str, str | None, str | None]]:
        content = f"{head}\n{row}".encode()
        await plan_file(db, Brought("ж.csv", content), now=NOW.astimezone(UTC), settings=at, apply=True)
        async with db.read() as tx:
            rows = await tx.scalars(select(tables.Entry).where(tables.Entry.removed_at.is_(None)).order_by(tables.Entry.kind))
            return [(row.value, row.comment, row.work) for row in rows]

    mark = ("4", "Молодец!", "контрольная")
    assert await entered("Дата;Группа;Ученик;Тема", "09.11;Г-01;У-701;Датчики") == [mark]
    assert await entered("Дата;Группа;Ученик;Посещаемость", "09.11;Г-01;У-701;ОП") == [("late", None, None), mark]
    assert await entered("Дата;Группа;Ученик;Посещаемость", "09.11;Г-01;У-701;") == [mark]
    assert await entered("Дата;Группа;Ученик;Отметка", "09.11;Г-01;У-701;4") == [mark]
    assert await entered("Дата;Группа;Ученик;Отметка", "09.11;Г-01;У-701;5") == [("5", None, "контрольная")]
    assert await entered("Дата;Группа;Ученик;Отметка;Вид работы", "09.11;Г-01;У-701;5;") == [("5", None, None)]


async def test_a_namesake_outside_the_group_is_no_namesake(db: Database, at: Settings) -> None:
    here = await add_pupil(db, "У-710", "Иванов Иван Петрович", "7А")
    await add_pupil(db, "У-510", "Иванов Иван Петрович", "5Б", None)
    plan = await enter(db, at, "09.11;Г-01;Иванов Иван Петрович;5;;;;;", apply=False)
    assert [change.pupil.id for change in plan.changes] == [here]


async def test_who_is_not_in_the_group_is_a_fault_and_nothing_is_entered(db: Database, at: Settings) -> None:
    await enrol(db, (MISHA, ROBOTICS))
    assert await faults(
        db,
        at,
        "09.11;Г-01;У-701;5;;;;;",
        "09.11;Г-01;Петрова Вера;5;;;;;",
        "09.11;Г-01;Никто Никто;5;;;;;",
        "09.11;Г-9;У-701;5;;;;;",
    ) == [
        "группы «Г-9» нет среди ваших. Ваши: Г-01, Г-02.",
        "«Петрова Вера» не в группе Г-01. Проверьте группу или зачислите ученика. Или ответьте в боте: его строки можно пропустить.",
        (
            "ученик «Никто Никто» не найден. Ожидается код ученика или ФИО, как в списке группы Г-01. "
            "Или ответьте в боте, кто это: его строки можно и пропустить."
        ),
    ]
    assert await stands(db) == []


async def test_who_left_the_group_keeps_the_days_they_were_there(db: Database, at: Settings) -> None:
    await enrol(db, (MISHA, ROBOTICS), (DANA, ROBOTICS))
    await enter(db, at, "05.11;Г-01;У-701;4;;;;;", "05.11;Г-01;У-702;3;;;;;")
    async with db.write() as tx:
        await tx.execute(
            delete(Choice).where(Choice.application_id.in_(select(Application.id).where(Application.pupil_id == DANA)))
        )
    plan = await enter(db, at, "05.11;Г-01;У-701;5;;;;;")
    assert [change.now for change in plan.changes] == ["5"]
    assert [value for *_, value in await stands(db)] == ["5", "3"]
    plan = await enter(db, at, "05.11;Г-01;У-701;5;;;;;", "05.11;Г-01;У-702;4;;;;;")
    assert [(change.was, change.now, change.told) for change in plan.changes] == [("3", "4", False)]


# ── what is compared ────────────────────────────────────────────────────────────────────────────────────────────────


async def test_two_rows_of_a_day_are_two_lessons_whatever_the_pupil_is_called(db: Database, at: Settings) -> None:
    await enrol(db, (MISHA, ROBOTICS))
    await enter(db, at, "05.11;Г-01;У-701;4;;Датчики;;;", "05.11;Г-01;Петров Миша;5 3;Н;Моторы;Собрать;;")
    assert await stands(db) == [
        ("05.11", 1, "mark", 1, "4"),
        ("05.11", 2, "attendance", 1, "absent"),
        ("05.11", 2, "mark", 1, "5"),
        ("05.11", 2, "mark", 2, "3"),
    ]
    async with db.read() as tx:
        topics = (await tx.scalars(select(Topic).order_by(Topic.lesson))).all()
    assert [(topic.lesson, topic.topic, topic.homework) for topic in topics] == [(1, "Датчики", None), (2, "Моторы", "Собрать")]


async def test_absence_said_in_both_columns_is_one_absence(db: Database, at: Settings) -> None:
    await enrol(db, (MISHA, ROBOTICS))
    await enter(db, at, "05.11;Г-01;У-701;Н;н;;;;")
    assert await stands(db) == [("05.11", 1, "attendance", 1, "absent")]


async def test_a_mark_that_comes_back_is_told_anew(db: Database, at: Settings) -> None:
    await enrol(db, (MISHA, ROBOTICS))
    await enter(db, at, "05.11;Г-01;У-701;;;;;;")
    for cell in ("5", "", "5"):
        await enter(db, at, f"05.11;Г-01;У-701;{cell};;;;;")
        async with db.write() as tx:
            await tx.execute(update(Letter).values(state="sent"))
    async with db.read() as tx:
        kinds = list(await tx.scalars(select(Letter.kind).where(Letter.person_id == 7).order_by(Letter.id)))
    assert kinds == ["mark-new", "mark-removed", "mark-new"]


async def test_only_a_note_changed_is_kept_and_told_to_nobody(db: Database, at: Settings) -> None:
    await enrol(db, (MISHA, ROBOTICS))
    await enter(db, at, "05.11;Г-01;У-701;5;;;;;")
    plan = await enter(db, at, "05.11;Г-01;У-701;5;;;;Молодец!;контрольная")
    assert plan_lines(plan, SAY.plain)[1] == "Тем и пояснений — 1; семьям не пишем."
    async with db.read() as tx:
        assert await tx.scalar(select(func.count()).select_from(Letter)) == 0


async def test_a_group_taken_over_tells_nobody(db: Database, at: Settings) -> None:
    await enrol(db, (MISHA, ROBOTICS))
    await enter(db, at, "05.11;Г-01;У-701;;;;;;")
    plan = await enter(db, at, "06.11;Г-01;У-701;5;;;;;", tell=False)
    assert (plan.families, len(plan.changes)) == (0, 1)


async def test_two_new_marks_a_correction_and_an_absence_in_one_line(db: Database, at: Settings) -> None:
    await enrol(db, (MISHA, ROBOTICS), (DANA, ROBOTICS), (VERA, CHESS))
    await enter(db, at, "05.11;Г-01;У-701;4;;;;;", "05.11;Г-02;У-402;;;;;;")
    plan = await enter(db, at, "05.11;Г-01;У-701;5 3;;;;;", "05.11;Г-01;У-702;;Б;;;;", "05.11;Г-02;У-402;зачёт;;;;;", apply=False)
    assert plan_lines(plan, SAY.plain) == [
        "«Робототехника» (Г-01), «Шахматы» (Г-02): один день, 5 ноября.",
        "❓ У группы Г-02 нет занятия в расписании: 5 ноября. Проверьте дату.",
        "Новых отметок — 2, исправлений — 1, отсутствий — 1; узнают 3 семьи.",
        "Петров Миша Алексеевич, 5 ноября: исправлено 4 → 5",
        "Петров Миша Алексеевич, 5 ноября: 3",
        "Шеуджен Дана Руслановна, 5 ноября: болезнь",
        "Петрова Вера Алексеевна, 5 ноября: зачёт",
    ]


async def test_a_mark_as_a_letter_is_asked_for_and_may_be_a_mark(db: Database, at: Settings) -> None:
    await enrol(db, (MISHA, ROBOTICS))
    with pytest.raises(Refusal) as refused:
        await enter(db, at, "05.11;Г-01;У-701;A;;;;;")
    assert (
        SAY.plain(refused.value.key, **refused.value.facts)
        == "Сначала нужно ответить на вопросы, 1: ничего не применено. Тех, кто знает, спросим в боте, когда файл применяют."
    )
    async with db.read() as tx:
        asked = list(await tx.scalars(select(Letter.kind).order_by(Letter.id)))
    assert asked == ["journal-code-asked", "journal-code-asked"]  # the partner's administrator and the coordinator
    async with db.write() as tx:
        tx.add(AttendanceCode(organization_id=IT, code="А", meaning="mark"))
    await enter(db, at, "05.11;Г-01;У-701;A;;;;;")
    assert await stands(db) == [("05.11", 1, "mark", 1, "а")]


async def test_the_questions_of_the_pages_and_a_family_explaining_an_absence(db: Database, at: Settings) -> None:
    await enrol(db, (MISHA, ROBOTICS))
    await enter(db, at, "05.11;Г-01;У-701;4;;Датчики;;;", "06.11;Г-01;У-701;;Н;;;болеет;")
    anna = Person(ANNA, 1, children=frozenset({MISHA}))
    for reason in ("family", "sick", "sick"):
        await explain_absence(db, Absence(MISHA, ROBOTICS, date(2026, 11, 6)), reason, by=anna, now=NOW)
    for wrong in (Person(ANNA, 1), Person(ANNA, 1, own=frozenset({MISHA}))):
        with pytest.raises(Refusal, match="not-yours"):
            await explain_absence(db, Absence(MISHA, ROBOTICS, date(2026, 11, 6)), "other", by=wrong, now=NOW)
    with pytest.raises(Refusal, match="absence-gone"):
        await explain_absence(db, Absence(MISHA, ROBOTICS, date(2026, 11, 5)), "sick", by=anna, now=NOW)
    async with db.read() as tx:
        lines = await journal.lines_of_pupil(tx, MISHA, year=2026)
        assert [(line.day.day, line.value, reason_of(line.comment), comment_of(line.comment)) for line in lines] == [
            (6, "absent", "sick", "болеет"),
            (5, "4", None, None),
        ]
        assert await journal.days_of_group(tx, ROBOTICS) == [date(2026, 11, 6), date(2026, 11, 5)]
        assert [line.topic for line in await journal.lines_of_day(tx, ROBOTICS, date(2026, 11, 5), Reader.at(IT))] == ["Датчики"]
        assert [group.code for group in await journal.groups(tx, teachers=[11], organizations=[])] == ["Г-01"]
        assert await journal.answerers(tx, IT) == [(4, "partner"), (1, "coordinator")]
    assert [(one.average, one.missed, one.late) for one in sums(lines)] == [(4.0, 1, 0)]
    assert (await enter(db, at, "06.11;Г-01;У-701;;Н;;;болеет;")).empty


async def test_files_that_were_sent_are_forgotten_after_a_week(db: Database) -> None:
    now = NOW.astimezone(UTC)
    kept = await keep_upload(db, "ж.csv", b"1", by=None, now=now)
    assert await keep_upload(db, "ж.csv", b"1", by=None, now=now) == kept
    assert await purge_uploads(db, now=now + timedelta(days=6)) == 0
    assert await purge_uploads(db, now=now + timedelta(days=8)) == 1
    async with db.read() as tx:
        assert list(await tx.scalars(select(Document.id))) == []


async def test_two_imports_at_once_end_as_one_of_them(db: Database, at: Settings) -> None:
    await enrol(db, (MISHA, ROBOTICS))
    await enter(db, at, "05.11;Г-01;У-701;;;;;;")
    await asyncio.gather(*(enter(db, at, f"05.11;Г-01;У-701;{mark};;;;;") for mark in ("5", "4", "5", "3")))
    assert [value for *_, value in await stands(db)] in (["5"], ["4"], ["3"])


# ── whatever comes ──────────────────────────────────────────────────────────────────────────────────────────────────

ROW = st.builds(
    lambda day, pupil, marks, codes: Entry("Журнал", 1, TODAY - timedelta(days=day), "Г-01", pupil, None, marks, codes),
    st.integers(0, 2),
    st.sampled_from(["У-701", "У-702"]),
    st.lists(st.sampled_from(["5", "4", "зачёт"]), max_size=2).map(tuple),
    st.lists(st.sampled_from(["Н", "Б", "ОП"]), max_size=2, unique=True).map(tuple),
)
FILES = st.lists(st.lists(ROW, min_size=1, max_size=5), min_size=1, max_size=4)


def wanted(rows: Sequence[Entry]) -> dict[date, list[tuple[str, int, str, int, str]]]:
    """What the journal of these days must be after this file."""
    meaning = {"Н": "absent", "Б": "sick", "ОП": "late"}
    seen: dict[tuple[date, str], int] = defaultdict(int)
    found: dict[date, list[tuple[str, int, str, int, str]]] = defaultdict(list)
    for row in rows:
        seen[row.day, row.pupil] += 1
        lesson = seen[row.day, row.pupil]
        found[row.day] += [(row.pupil, lesson, "mark", n, mark) for n, mark in enumerate(row.marks, 1)]
        found[row.day] += [(row.pupil, lesson, "attendance", n, meaning[code]) for n, code in enumerate(row.codes, 1)]
    return {day: sorted(some) for day, some in found.items()}


async def snapshot(db: Database, columns: Sequence[Any]) -> list[Any]:
    async with db.read() as tx:
        question = select(*columns).join(Pupil, Pupil.id == tables.Entry.pupil_id).where(tables.Entry.removed_at.is_(None))
        return [tuple(row) for row in await tx.execute(question)]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(files=FILES)
async def test_the_store_equals_the_last_file_of_each_day_and_the_same_file_twice_changes_nothing(
    settled_file: Path, tmp_path_factory: pytest.TempPathFactory, files: list[list[Entry]]
) -> None:
    place = tmp_path_factory.mktemp("one") / "bot.sqlite3"
    place.write_bytes(settled_file.read_bytes())
    db = Database(f"sqlite+aiosqlite:///{place}")
    await db.open()
    try:
        await enrol(db, (MISHA, ROBOTICS), (DANA, ROBOTICS))
        must: dict[date, list[Any]] = {}
        for number, rows in enumerate(files):
            file = JournalFile("ж.csv", f"{number:064}", Journal(tuple(rows)))
            now = datetime(2026, 11, 9, 9, number, tzinfo=UTC)
            planned = await plan_journal(db, file, by=None, today=TODAY)
            done = await apply_journal(db, file, by=None, at=Moment(now, ZONE), answer=Answer(left_out="take", sure=True))
            assert (planned.changes, planned.families) == (done.changes, done.families)
            must |= wanted(rows)
            entry = tables.Entry
            columns = (entry.day, Pupil.code, entry.lesson, entry.kind, entry.ordinal, entry.value)
            there: dict[date, list[Any]] = {day: [] for day in must}
            for day, *rest in await snapshot(db, columns):
                there[day].append(tuple(rest))
            assert {day: sorted(some) for day, some in there.items()} == must
            async with db.read() as tx:
                before = (
                    await tx.scalar(select(func.count()).select_from(Letter)),
                    await tx.scalar(select(func.count()).select_from(JournalImport)),
                )
            again = await apply_journal(db, file, by=None, at=Moment(now, ZONE), answer=Answer(left_out="take", sure=True))
            assert again.empty
            async with db.read() as tx:
                after = (
                    await tx.scalar(select(func.count()).select_from(Letter)),
                    await tx.scalar(select(func.count()).select_from(JournalImport)),
                )
            assert before == after
    finally:
        await db.close()
