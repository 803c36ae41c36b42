"""What a new workbook does to lessons: moved and not removed and added, told once, decisions made in chat kept."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select, update

from bot.clock import Moment
from bot.notices import notice_of
from bot.policy import Person as Someone
from bot.policy import Post
from bot.reading.uploads import Cell, Sheet
from bot.reading.workbook.parse import parse_workbook
from bot.services.network.lessons.rules import Eyes, draft_of, follow_rules, plan_of
from bot.services.network.network import carry_out, known, plan
from bot.services.network.plan import Draft, LessonPlan, Plan, Planned
from bot.services.timetable.lessons import cancel_lesson, move_lesson, restore_lesson
from bot.voice import voice
from bot.words.network import plan_lines
from storage.db import Database
from storage.tables import Application, CalendarDay, Choice, Lesson, LessonChange, Letter
from tests.world import MISHA, NOW, OLGA, ROBOTICS, SCHOOL, TELEGRAM, ZONE

SAY = voice("ru", ZONE)
COORDINATOR = Someone(OLGA, TELEGRAM[OLGA], posts=frozenset({Post("coordinator", 1, SCHOOL)}))

Tables = dict[str, list[list[Cell]]]

# The world's own rules: robotics on Thursdays at three, chess on Wednesdays at half past two.
HEADING: list[Cell] = ["Группа", "День", "Начало", "Конец", "Место", "По"]
ROBOTS: list[Cell] = ["Г-01", "чт", "15:00", "16:30", None, "13.12"]
CHESSES: list[Cell] = ["Г-02", "ср", "14:30", "15:30", None, "13.12"]
FRIDAYS: Tables = {"Расписание": [HEADING, ["Г-01", "пт", "16:00", "17:30", None, "13.12"], CHESSES]}
RULES: Tables = {"Расписание": [HEADING, ROBOTS, CHESSES]}
# A sheet with headings only says nothing; one with another row says that ours is gone.
LONG_AGO: list[Cell] = ["Г-02", "02.09", "14:30", "отмена"]
CHANGES: list[Cell] = ["Группа", "Дата", "Начало", "Действие", "Новая дата", "Новое начало", "Новое место", "Педагог", "Причина"]


@pytest.fixture
async def network(db: Database) -> Database:
    """The world after its workbook was loaded once; Misha learns robotics."""
    async with db.write() as tx:
        await tx.execute(
            insert(Application).values(
                id=1, pupil_id=MISHA, state="approved", created_at=NOW, submitted_at=NOW, decided_at=NOW, decided_by=OLGA
            )
        )
        await tx.execute(
            insert(Choice).values(application_id=1, course_id=1, rank=1, state="enrolled", group_id=ROBOTICS, changed_at=NOW)
        )
    await applied(db, RULES)
    return db


async def read(db: Database, tables: Tables) -> Any:
    return parse_workbook([Sheet(name, rows) for name, rows in tables.items()], academic_year=2026, known=await known(db, 2026))


async def applied(db: Database, tables: Tables, now: datetime = NOW) -> Plan:
    return await carry_out(db, await read(db, tables), by=COORDINATOR, now=now, zone=ZONE)


async def words(db: Database, tables: Tables, now: datetime = NOW) -> list[str]:
    found = await plan(db, await read(db, tables), now=now, zone=ZONE)
    return [line.replace("\N{NO-BREAK SPACE}", " ") for line in plan_lines(found, SAY.plain)[1:]]


async def robotics(db: Database) -> list[str]:
    """The robotics lessons from now on: «12.11 15:00»."""
    async with db.read() as tx:
        rows = await tx.execute(
            select(Lesson)
            .where(Lesson.group_id == ROBOTICS, Lesson.archived_at.is_(None), Lesson.starts_at > NOW)
            .order_by(Lesson.starts_at)
        )
        return [
            f"{row.starts_at.astimezone(ZONE):%d.%m %H:%M}" + (" отменено" if row.cancelled_at else "") for row in rows.scalars()
        ]


async def letters(db: Database) -> list[str]:
    """What the family has been or will be told, in order."""
    async with db.read() as tx:
        rows = await tx.execute(select(Letter).where(Letter.state == "new", Letter.person_id == 7).order_by(Letter.id))
        told = [notice_of(row.kind, row.facts or {}).text(SAY, "full") for row in rows.scalars()]
    return [text.replace("\N{NO-BREAK SPACE}", " ") for text in told]


async def lesson_on(db: Database, day: date) -> int:
    async with db.read() as tx:
        rows = (await tx.execute(select(Lesson).where(Lesson.group_id == ROBOTICS))).scalars()
        return next(row.id for row in rows if row.plan_starts_at.astimezone(ZONE).date() == day)


def changes(*rows: list[Cell]) -> Tables:
    return RULES | {"Изменения": [CHANGES, *rows]}


async def test_the_world_is_as_its_workbook_says(network: Database) -> None:
    assert await words(network, RULES) == ["В книге нет ничего нового: ничего не изменится."]
    assert await robotics(network) == ["12.11 15:00", "19.11 15:00", "26.11 15:00", "03.12 15:00", "10.12 15:00"]
    assert await letters(network) == []


async def test_another_day_is_a_move_and_the_family_hears_once(network: Database) -> None:
    fridays = FRIDAYS
    assert await words(network, fridays) == [
        "Расписание: изменится — 1",
        "~ Г-01, пт 16:00: День чт → пт, Начало 15:00 → 16:00, Конец 16:30 → 17:30",
        "5 занятий переносятся:",
        "· Робототехника (Г-01): чт, 12 нояб., 15:00 → пт, 13 нояб., 16:00",
        "· Робототехника (Г-01): чт, 19 нояб., 15:00 → пт, 20 нояб., 16:00",
        "· Робототехника (Г-01): чт, 26 нояб., 15:00 → пт, 27 нояб., 16:00",
        "… и ещё 2",
        "Новое недельное расписание — у 1 группы.",
        "1 семья узнает об этом.",
    ]
    ids = [await lesson_on(network, date(2026, 11, 12)), await lesson_on(network, date(2026, 12, 10))]
    await applied(network, fridays)
    assert await robotics(network) == ["13.11 16:00", "20.11 16:00", "27.11 16:00", "04.12 16:00", "11.12 16:00"]
    assert [await lesson_on(network, date(2026, 11, 13)), await lesson_on(network, date(2026, 12, 11))] == ids
    told = await letters(network)
    assert len(told) == 3, "the two lessons of the coming fortnight and one word about the rest"
    assert "Робототехника" in told[0]
    assert told[2] == "📅 Миша: у курса «Робототехника» новое расписание.\nС 9 ноября: пт 16:00-17:30 (до 13 декабря)."
    assert not await applied(network, fridays)
    assert await letters(network) == told


async def test_there_and_back_again_before_anybody_was_told_is_silence(network: Database) -> None:
    await applied(network, FRIDAYS)
    await applied(network, RULES)
    assert await robotics(network) == ["12.11 15:00", "19.11 15:00", "26.11 15:00", "03.12 15:00", "10.12 15:00"]
    assert [text for text in await letters(network) if "переносится" in text] == []


async def test_what_is_over_is_never_touched(network: Database) -> None:
    friday = NOW + timedelta(days=4)  # the lesson of Thursday, the 12th, is over
    mondays: Tables = {"Расписание": [HEADING, ["Г-01", "пн", "10:00", "11:00", None, "13.12"], CHESSES]}
    await applied(network, mondays, now=friday)
    assert (await robotics(network))[:3] == ["12.11 15:00", "16.11 10:00", "23.11 10:00"]


async def test_a_move_made_in_chat_stands_and_a_book_that_has_it_elsewhere_asks(network: Database) -> None:
    lesson = await lesson_on(network, date(2026, 11, 12))
    await move_lesson(network, lesson, datetime(2026, 11, 14, 11, tzinfo=ZONE), by=COORDINATOR, at=Moment(NOW, ZONE))
    assert not await applied(network, RULES)
    assert (await robotics(network))[0] == "14.11 11:00"
    asked = (
        "❓ Г-01: занятие в субботу, 14 ноября, в 11:00 перенесли отдельно, а по книге оно в пятницу, 13 ноября, в 16:00. "
        "Остаётся как решили; если верно в книге, перенесите его в чате."
    )
    assert asked in await words(network, FRIDAYS)
    await applied(network, FRIDAYS)
    assert (await robotics(network))[:2] == ["14.11 11:00", "20.11 16:00"]
    assert asked not in await words(network, FRIDAYS), "it was asked and answered"


async def test_a_lesson_cancelled_in_chat_stays_cancelled(network: Database) -> None:
    lesson = await lesson_on(network, date(2026, 11, 12))
    await cancel_lesson(network, lesson, by=COORDINATOR, at=Moment(NOW, ZONE))
    assert not await applied(network, RULES)
    assert (await robotics(network))[0] == "12.11 15:00 отменено"


async def test_a_line_of_changes_moves_one_lesson(network: Database) -> None:
    moved = changes(["Г-01", "12.11", "15:00", "перенос", "13.11", "17:00", None, None, "соревнования"])
    assert await words(network, moved) == [
        "1 занятие переносится:",
        "· Робототехника (Г-01): чт, 12 нояб., 15:00 → пт, 13 нояб., 17:00",
        "1 семья узнает об этом.",
    ]
    await applied(network, moved)
    assert (await robotics(network))[0] == "13.11 17:00"
    (told,) = await letters(network)
    assert told.startswith("📅 Миша: занятие «Робототехника» переносится.")
    assert "соревнования" in told
    assert not await applied(network, moved)
    assert not await applied(network, RULES), "the sheet left out changes nothing of its kind"
    assert (await robotics(network))[0] == "13.11 17:00"
    await applied(network, changes(LONG_AGO))
    assert (await robotics(network))[0] == "12.11 15:00"


async def test_a_line_of_changes_cancels_and_its_removal_restores(network: Database) -> None:
    cancelled = changes(["Г-01", "10.12", "15:00", "отмена"])
    assert await words(network, cancelled) == [
        "1 занятие отменяется:",
        "· Робототехника (Г-01), чт, 10 дек., 15:00",
        "1 семья узнает об этом.",
    ]
    await applied(network, cancelled)
    assert (await robotics(network))[-1] == "10.12 15:00 отменено"
    assert not await applied(network, cancelled)
    lesson = await lesson_on(network, date(2026, 12, 10))
    await restore_lesson(network, lesson, by=COORDINATOR, at=Moment(NOW, ZONE))
    assert not await applied(network, cancelled), "the chat's later word stands"
    await cancel_lesson(network, lesson, by=COORDINATOR, at=Moment(NOW, ZONE))
    await applied(network, changes(LONG_AGO))
    assert (await robotics(network))[-1] == "10.12 15:00 отменено", "the chat's word again: no row is there to take it back"


async def test_a_row_that_cancelled_a_lesson_takes_it_back_when_it_is_removed(network: Database) -> None:
    await applied(network, changes(["Г-01", "10.12", "15:00", "отмена"]))
    await applied(network, changes(LONG_AGO))
    assert (await robotics(network))[-1] == "10.12 15:00"


async def test_a_stand_in_and_another_room(network: Database) -> None:
    replaced = changes(["Г-01", "12.11", "15:00", "замена", None, None, "спортзал", "С-21", "командировка"])
    assert (await words(network, replaced))[0] == "У 1 занятия другое место:"
    await applied(network, replaced)
    async with network.read() as tx:
        row = await tx.get(Lesson, await lesson_on(network, date(2026, 11, 12)))
    assert row is not None
    assert (row.place, row.teacher_id) == ("спортзал", 21)
    (told,) = await letters(network)
    assert "спортзал" in told
    assert "Зарема Аслановна" in told
    assert not await applied(network, replaced)
    await applied(network, changes(LONG_AGO))
    async with network.read() as tx:
        back = await tx.get(Lesson, row.id)
    assert back is not None
    assert (back.place, back.teacher_id) == ("каб. 2", None)


async def test_a_new_day_off_cancels_and_its_removal_restores(network: Database) -> None:
    off: Tables = {
        "Календарь": [["Дата", "День", "Название"], ["12.11", "выходной", "карантин"], ["10.12", "выходной", "карантин"]]
    }
    await applied(network, off)
    off_days = ["12.11 15:00 отменено", "19.11 15:00", "26.11 15:00", "03.12 15:00", "10.12 15:00 отменено"]
    assert await robotics(network) == off_days
    assert [text.splitlines()[-1] for text in await letters(network)] == [
        "Его не будет в четверг, 12 ноября, в 15:00.",
        "Его не будет в четверг, 10 декабря, в 15:00.",
    ], "of the day four weeks ahead too"
    assert not await applied(network, off)
    other: Tables = {"Календарь": [["Дата", "День"], ["01.09", "рабочий"]]}
    await applied(network, other)
    assert await robotics(network) == ["12.11 15:00", "19.11 15:00", "26.11 15:00", "03.12 15:00", "10.12 15:00"]
    async with network.read() as tx:
        assert list(await tx.scalars(select(CalendarDay.day))) == [date(2026, 9, 1)]


async def test_the_groups_archive_is_said_with_its_children(network: Database) -> None:
    groups: Tables = {
        "Группы": [["Код", "Курс", "Педагог", "Мест"], ["Г-02", "К-02", "С-21", 10]],
        "Расписание": [HEADING, CHESSES],
    }
    said = await words(network, groups)
    assert "Внимание: в группе Г-01, которая уходит в архив, учится 1 ребёнок." in said
    await applied(network, groups)
    assert [text for text in await robotics(network) if not text.endswith("отменено")] == []


async def test_changes_are_kept_with_their_intent(network: Database) -> None:
    await applied(network, changes(["Г-01", "12.11", "15:00", "перенос", None, "16:00", None, None, None]))
    async with network.read() as tx:
        row = (await tx.execute(select(LessonChange))).scalar_one()
    assert (row.kind, row.by, row.superseded_at) == ("moved", OLGA, None)
    assert (row.was["starts_at"], row.now["starts_at"]) == ("2026-11-12T12:00:00+00:00", "2026-11-12T13:00:00+00:00")


async def test_a_family_that_left_hears_nothing(network: Database) -> None:
    async with network.write() as tx:
        await tx.execute(update(Choice).values(state="left"))
    moved = changes(["Г-01", "12.11", "15:00", "перенос", "13.11", None, None, None, None])
    assert "семья" not in " ".join(await words(network, moved))
    await applied(network, moved)
    assert await letters(network) == []


# ── whatever the rules say ──────────────────────────────────────────────────────────────────────────────────────────


class Kept:
    """A stored lesson, for the pure comparison."""

    archived_at: datetime | None = None
    makes_up_id: int | None = None
    time_by: str | None = None
    place_by: str | None = None
    teacher_by: str | None = None
    cancelled_by: str | None = None
    teacher: str | None = None
    cancelled_at: datetime | None = None

    def __init__(self, id: int, planned: Planned | Draft, ordinal: int) -> None:
        self.id, self.ordinal, self.group, self.week = id, ordinal, planned.group, planned.week
        self.plan_starts_at = self.starts_at = planned.starts_at
        self.plan_ends_at = self.ends_at = planned.ends_at
        self.plan_place = self.place = planned.place


def followed(planned: list[Planned], stored: list[Kept], earlier: list[Planned], now: datetime) -> LessonPlan:
    eyes = Eyes(now, ZONE, {(one.group, one.starts_at) for one in earlier}, {"Г"})
    drafts = [draft_of(old) for old in stored]
    follow_rules(planned, drafts, eyes)
    return plan_of(drafts, eyes)


def test_two_lessons_a_week_keep_their_places_when_one_is_dropped() -> None:
    """Monday's lesson falls on a day off: it is Monday's that goes, and Thursday's is not «moved»."""
    monday, thursday = (
        Planned("Г", date(2026, 11, 16), at, at + timedelta(hours=1), None)
        for at in (datetime(2026, 11, day, 15, tzinfo=ZONE) for day in (16, 19))
    )
    found = followed([thursday], [Kept(1, monday, 1), Kept(2, thursday, 2)], [monday, thursday], NOW)
    assert [(one.old.id, one.kind) for one in found.changed] == [(1, "cancelled")]
    assert found.new == []


_HOURS = st.integers(0, 7 * 12).map(lambda n: datetime(2026, 11, 9, 8, tzinfo=ZONE) + timedelta(days=n // 12, hours=n % 12))


@st.composite
def _plans(draw: st.DrawFn) -> list[Planned]:
    starts = draw(st.lists(_HOURS, unique=True, max_size=5))
    return [
        Planned("Г", date(2026, 11, 9), at, at + timedelta(hours=1), draw(st.sampled_from([None, "зал"])))
        for at in sorted(starts)
    ]


@settings(max_examples=120, deadline=None)
@given(st.lists(_plans(), min_size=2, max_size=4), st.integers(0, 8))
def test_any_rules_after_any_others_are_reached_in_one_step(plans: list[list[Planned]], hours: int) -> None:
    """After following them the same rules find nothing to do; ordinals stay unique; what is over stays as it was."""
    stored: list[Kept] = []
    now = NOW
    earlier: list[Planned] = []
    for planned in plans:
        for again in (False, True):
            before = [(old.id, dict(vars(old))) for old in stored if old.starts_at <= now]
            found = followed(planned, stored, earlier, now)
            assert not (again and found), found
            stored += [Kept(len(stored) + n, lesson, lesson.ordinal) for n, lesson in enumerate(found.new, 1)]
            by_id = {old.id: old for old in stored}
            for id_, values in [*((one.old.id, one.values) for one in found.changed), *found.quiet]:
                for name, value in values.items():
                    setattr(by_id[id_], name, value)
            assert len({old.ordinal for old in stored}) == len(stored)
            assert [(id_, dict(vars(by_id[id_]))) for id_, _ in before] == before
            earlier = planned
        standing = {
            old.plan_starts_at for old in stored if old.archived_at is None and not old.cancelled_at and old.starts_at > now
        }
        ahead = {lesson.starts_at for lesson in planned if lesson.starts_at > now}
        asked = {one.key for one in found.asks}
        # A week that was held gets no second lesson, and one whose new hour is over keeps the old: both are asked about.
        assert standing <= ahead or "network-new-hour-over" in asked
        assert standing >= ahead or "network-held-this-week" in asked
        now += timedelta(hours=hours)
