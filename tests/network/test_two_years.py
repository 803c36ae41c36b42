"""The faults of one year only, each by itself: May's workbook, seats, classes, numbers and journal while two years stand side by side."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select, update

from bot.clock import Moment
from bot.policy import Person
from bot.refusals import Refusal
from bot.services.courses.catalogue import Wanted, catalogue
from bot.services.deciding.deciding import Verdict, decide
from bot.services.deciding.entering import Wishes, enter
from bot.services.enrollment.applications import choose, submit
from bot.services.network.network import carry_out, workbook_of
from bot.services.network.years import past_of
from bot.services.papers.papers import papers_year
from bot.services.requests.forming import form_request, year_to_request
from storage.courses import courses
from storage.db import Database
from storage.enrollment import enrollment
from storage.people.classes import class_in, classes_in
from storage.tables import Application, Choice, Course, Group, Lesson, Pupil, Request
from tests.enrollment_world import ANNA_HERSELF, OLGA_HERSELF, RUSLAN_HIMSELF, drawn
from tests.timetable_world import enroll, said
from tests.world import ANNA, DANA, IT, MISHA, ROBOTICS, SCHOOL, VERA, ZONE, World
from tests.years_world import book, of_year, pupils, year_sheet

pytestmark = pytest.mark.usefixtures("sound")  # doctor finds nothing after any of these

MAY = datetime(2027, 5, 18, 9, tzinfo=UTC)
IN_MAY = date(2027, 5, 18)


async def loaded(db: Database, content: bytes, now: datetime = MAY) -> None:
    read = await workbook_of(db, content, "сеть.xlsx", at=Moment(now, ZONE))
    await carry_out(db, read, by=None, now=now, zone=ZONE)


async def course_of(db: Database, code: str, year: int) -> int:
    async with db.read() as tx:
        return (await tx.scalars(select(Course.id).where(Course.code == code, Course.year == year))).one()


async def lessons(db: Database) -> dict[int, int]:
    async with db.read() as tx:
        rows = await tx.execute(select(Group.year, func.count(Lesson.id)).join(Lesson).group_by(Group.year))
        return dict(rows.all())


async def test_a_workbook_of_may_adds_lessons_to_september_and_none_to_the_ending_year(db: Database) -> None:
    before = await lessons(db)
    await loaded(db, of_year(2027))
    after = await lessons(db)
    assert after[2026] == before[2026]
    assert after[2027] > 60
    async with db.read() as tx:
        first = await tx.scalar(select(func.min(Lesson.starts_at)).join(Group).where(Group.year == 2027))
    assert first is not None
    assert first.astimezone(ZONE).date() == date(2027, 9, 1)  # a Wednesday: chess


async def test_lessons_begin_and_end_with_their_year_and_weeks_are_counted_from_its_first_day(db: Database) -> None:
    slots = [("Группа", "День", "Начало", "Конец", "Недели"), ("Г-01", "чт", "15:00", "16:30", "нечётные")]
    late = [("Учебный год", "Начало", "Конец"), ("2027/2028", date(2027, 9, 13), date(2028, 4, 28))]
    await loaded(db, of_year(2027, Учебный_год=late, Расписание=slots))
    async with db.read() as tx:
        days = [at.astimezone(ZONE).date() for at in await tx.scalars(
            select(Lesson.starts_at).join(Group).where(Group.year == 2027).order_by(Lesson.starts_at)
        )]  # fmt: skip
    assert days[:2] == [date(2027, 9, 16), date(2027, 9, 30)]  # the first week of the year is odd
    assert days[-1] <= date(2028, 4, 28)


async def test_seats_in_may_are_those_of_september(db: Database) -> None:
    await enroll(db, MISHA, ROBOTICS)
    await enroll(db, DANA, ROBOTICS)
    await loaded(db, of_year(2027))
    async with db.read() as tx:
        found = await catalogue(tx, Wanted(), IN_MAY)
    assert found.year.year == 2027
    assert {fit.offer.name: (fit.offer.left, fit.offer.seats) for fit in found.fits} == {
        "Робототехника": (12, 12),
        "Шахматы": (10, 10),
    }


async def test_a_4th_grader_of_may_is_taken_by_a_course_for_the_5th(db: Database) -> None:
    await loaded(db, of_year(2027))
    robotics = await course_of(db, "К-01", 2027)
    application = await choose(db, VERA, robotics, by=ANNA_HERSELF, at=Moment(MAY, ZONE))
    await submit(db, application, by=ANNA_HERSELF, now=MAY, today=IN_MAY)
    async with db.read() as tx:
        assert (await tx.get_one(Application, application)).year == 2027


async def test_and_its_family_reads_the_class_of_september(world: World) -> None:
    await loaded(world.db, of_year(2027))
    await world.pass_time(seconds=(MAY - world.now).total_seconds())
    await world.anna.send("/courses")
    await world.anna.tap("Вера")
    assert said(world.anna).startswith("Курсы: Вера, 4Б, в сентябре 5Б")
    await world.anna.tap("Робототехника")
    assert "✅ Вера, 4Б, в сентябре 5Б: курс подходит." in said(world.anna)
    await world.anna.tap("Подать заявление")
    assert said(world.anna).startswith("Заявление: Вера, 4Б, в сентябре 5Б")
    await world.anna.tap("Подтвердить")
    assert said(world.anna).startswith("✅ Заявление отправлено: Вера, 4Б, в сентябре 5Б")
    await world.olga.send("/inbox")
    await world.olga.tap("Заявления")
    assert said(world.olga).startswith("Петрова Вера Алексеевна, 4Б, в сентябре 5Б")


async def test_the_9th_is_asked_whether_it_stays(world: World) -> None:
    async with world.db.write() as tx:
        await tx.execute(update(Pupil).where(Pupil.id == MISHA).values(class_name="9Б"))
    wide = [
        ("Код", "Название", "Организация", "Направленность", "Классы", "Выбор", "Окно с", "Окно по"),
        ("К-01", "Робототехника", "О-03", "техническая", "10", "заявки", date(2027, 5, 15), date(2027, 8, 15)),
        ("К-02", "Шахматы", "О-01", "спортивная", "1-11", "по порядку", date(2027, 5, 15), date(2027, 8, 15)),
    ]
    await loaded(world.db, of_year(2027, Курсы=wide))
    await world.pass_time(seconds=(MAY - world.now).total_seconds())
    await world.anna.send("/courses")
    await world.anna.tap("Миша")
    await world.anna.tap("Робототехника")
    await world.anna.tap("Подать заявление")
    assert said(world.anna) == "Миша сейчас в 9Б. Заявление — на следующий учебный год: остаётесь в 10 классе?"
    await world.anna.tap("Нет, уходим")
    async with world.db.read() as tx:
        assert await tx.scalar(select(func.count()).select_from(Application)) == 0
    await world.anna.tap("Робототехника")
    await world.anna.tap("Подать заявление")
    await world.anna.tap("Да, остаёмся в 10 классе")
    assert said(world.anna).startswith("Заявление: Миша, 9Б, в сентябре 10Б")
    await world.anna.tap("Добавить ещё курс")
    await world.anna.tap("Шахматы")
    await world.anna.tap("Подать заявление")  # asked once
    assert said(world.anna).startswith("Заявление: Миша, 9Б, в сентябре 10Б")


async def test_nobody_is_taken_from_the_9th_unasked_and_the_school_answers_for_whom_it_enters(db: Database) -> None:
    async with db.write() as tx:
        await tx.execute(update(Pupil).where(Pupil.id == MISHA).values(class_name="9Б"))
    await loaded(db, of_year(2027))
    chess = await course_of(db, "К-02", 2027)
    with pytest.raises(Refusal, match="application-goes-on-first"):
        await choose(db, MISHA, chess, by=ANNA_HERSELF, at=Moment(MAY, ZONE))
    application = await enter(db, MISHA, Wishes([chess], 1), by=OLGA_HERSELF, now=MAY, today=IN_MAY)
    async with db.read() as tx:
        assert (await tx.get_one(Application, application)).goes_on is True


async def test_the_11th_fits_nothing_of_the_coming_year(db: Database) -> None:
    async with db.write() as tx:
        await tx.execute(update(Pupil).where(Pupil.id == MISHA).values(class_name="11А"))
    await loaded(db, of_year(2027))
    with pytest.raises(Refusal, match="against-leaves-school"):
        await choose(db, MISHA, await course_of(db, "К-02", 2027), by=ANNA_HERSELF, at=Moment(MAY, ZONE))


async def asked_for(db: Database, pupil: int, by: Person, now: datetime) -> tuple[int, int]:
    """An application of that day for robotics in 2027/2028, approved, placed and asked for: its id, and the request's."""
    today = now.astimezone(ZONE).date()
    application = await choose(db, pupil, await course_of(db, "К-01", 2027), by=by, at=Moment(now, ZONE))
    await submit(db, application, by=by, now=now, today=today)
    await decide(db, application, Verdict("approve"), by=OLGA_HERSELF, at=Moment(now, ZONE))
    await drawn(db)
    async with db.read() as tx:
        year = await year_to_request(tx, SCHOOL, IT, today)
    return application, await form_request(db, SCHOOL, IT, by=OLGA_HERSELF, now=now, year=year, zone=ZONE)


async def test_application_request_and_order_are_of_one_year(db: Database) -> None:
    await enroll(db, DANA, ROBOTICS)
    await loaded(db, of_year(2027))
    application, request = await asked_for(db, MISHA, ANNA_HERSELF, MAY)
    async with db.write() as tx:
        row = await tx.get_one(Request, request)
        found = {(await tx.get_one(Application, application)).year, row.year}
        choice = (await enrollment.papers(tx, ids=[application]))[0].wishes[0]
        await tx.execute(update(Choice).where(Choice.id == choice.id).values(state="enrolled"))
        found.add(await papers_year(tx, SCHOOL, IN_MAY))
    assert found == {2027}


async def test_after_1_july_the_same_partner_gets_no_second_number_1(db: Database) -> None:
    await loaded(db, of_year(2027))
    await asked_for(db, MISHA, ANNA_HERSELF, datetime(2027, 6, 20, 9, tzinfo=UTC))
    await asked_for(db, DANA, RUSLAN_HIMSELF, datetime(2027, 7, 20, 9, tzinfo=UTC))
    async with db.read() as tx:
        rows = (await tx.execute(select(Request.year, Request.number).order_by(Request.id))).all()
    assert [tuple(row) for row in rows] == [(2027, 1)]  # the second child is its second version


async def test_who_was_not_marked_does_not_slide_into_the_next_year(db: Database) -> None:
    await enroll(db, MISHA, ROBOTICS)
    await loaded(db, of_year(2027))
    async with db.read() as tx:
        groups = {group.id: offer.year for offer in await courses.offers(tx) for group in offer.groups}
        learn = await enrollment.pupils_of_groups(tx, groups)
    assert {groups[group]: who for group, who in learn.items()} == {2026: [MISHA]}


# ── whose classes a workbook holds ──────────────────────────────────────────────────────────────────────────────────


async def test_a_book_with_septembers_classes_is_asked_about_in_may(world: World) -> None:
    await world.pass_time(seconds=(MAY - world.now).total_seconds())
    content = of_year(2027, Ученики=pupils(1))
    await world.olga.attach("сеть.xlsx", content)
    assert said(world.olga).startswith("Классы уже будущего года? У 3 учеников класс в книге на один старше, чем сейчас.")
    await world.olga.tap("Да, будущего года")
    assert "8А" not in said(world.olga)
    await world.olga.tap("Применить")
    async with world.db.read() as tx:
        assert (await tx.get_one(Pupil, MISHA)).class_name == "7А"
    await world.olga.attach("сеть.xlsx", content)
    await world.olga.tap("Нет, сегодняшние")
    assert "Петров Миша Алексеевич, 8А" in said(world.olga)


async def test_septembers_book_is_not_asked_about(db: Database) -> None:
    await loaded(db, of_year(2027))
    september = datetime(2027, 9, 2, 9, tzinfo=UTC)
    await loaded(db, book(Учебный_год=year_sheet(2027), Ученики=pupils(1)), september)
    async with db.read() as tx:
        assert await classes_in(tx, [MISHA], 2027) == {MISHA: "8А"}


async def test_nobody_has_a_past_year_while_the_first_runs(db: Database) -> None:
    await enroll(db, MISHA, ROBOTICS)
    async with db.read() as tx:
        assert await past_of(tx, ANNA_HERSELF, IN_MAY) == []
        assert await past_of(tx, ANNA_HERSELF, date(2027, 9, 1)) == [2026]
        assert await past_of(tx, Person(ANNA, 1), date(2027, 9, 1)) == []


@pytest.mark.parametrize(
    ("class_name", "year", "then"),
    [("4А", 2027, "5А"), ("9Б", 2027, "10Б"), ("11А", 2027, None), ("5А", 2025, "4А"), ("7", 2026, "7"), ("0А", 2027, "1А")],
)
def test_the_class_of_a_year(class_name: str, year: int, then: str | None) -> None:
    assert class_in(class_name, year, 2026) == then
