"""The programme's steps as default data, rolled to the academic year; tasks that close on evidence."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import insert, select, update

from bot.services.roadmap.evidence import CLOSES, SAID, Proven, close_by_evidence, close_on, in_words
from bot.services.roadmap.programme import default_steps, roll_tasks, seed_programme, window
from bot.voice import voice
from storage.db import Database
from storage.tables import (
    Application,
    Audit,
    Choice,
    Course,
    Entry,
    Group,
    Organization,
    Request,
    Step,
    Task,
    Topic,
)
from tests.world import ANNA, CHESS, DANA, IT, MISHA, ROBOTICS, SCHOOL, ZONE

NOVEMBER = datetime(2026, 11, 9, 12, tzinfo=ZONE)


async def seed(db: Database, now: datetime = NOVEMBER, year: int = 2026) -> None:
    await seed_programme(db, year=year, now=now, zone=ZONE)


async def tasks(db: Database, code: str) -> list[Task]:
    async with db.read() as tx:
        found = await tx.scalars(select(Task).join(Step, Step.id == Task.step_id).where(Step.code == code).order_by(Task.due_on))
        return list(found)


async def closed(db: Database, code: str, now: datetime) -> str | None:
    """The evidence a step's last task was closed on, as people read it."""
    await close_by_evidence(db, now=now, zone=ZONE)
    evidence = (await tasks(db, code))[-1].evidence
    return in_words(voice("ru", ZONE), evidence) if evidence else None


# ── the facts ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_passports_steps() -> None:
    plain = {step.code: step for step in default_steps()}
    assert [code for code in plain if not code.endswith("-partner")] == [
        *(f"regulation-{n}" for n in range(1, 9)),
        *(f"roadmap-{n}" for n in range(1, 8)),
    ]
    assert [code for code in plain if code.endswith("-partner")] == [f"regulation-{n}-partner" for n in (1, 4, 5, 7, 8)]
    assert {code: step.printed_as for code, step in plain.items() if step.printed_as} == {
        "regulation-6": "5",  # two steps are printed 5, none 7
        "regulation-7": "6",
        "regulation-7-partner": "6",
        "roadmap-5": "Сентябрь 2022",
    }
    assert plain["roadmap-6"].repeats == "half_year"
    assert plain["roadmap-7"].repeats == "week"


def test_months_are_rolled_to_the_academic_year() -> None:
    assert window((5, 8), 2026) == (date(2026, 5, 1), date(2026, 8, 31))
    assert window((9, 10), 2026) == (date(2026, 9, 1), date(2026, 10, 31))
    assert window((9, 5), 2026) == (date(2026, 9, 1), date(2027, 5, 31))
    assert window((1, 2), 2027) == (date(2028, 1, 1), date(2028, 2, 29))


# ── the tasks ───────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_first_start_in_november_makes_the_years_tasks_and_silences_what_is_over(db: Database) -> None:
    await seed(db)
    async with db.read() as tx:
        rows = await tx.execute(select(Step.code, Task.due_on, Task.silent).join(Task, Task.step_id == Step.id))
        made = {(code, str(due)): silent for code, due, silent in rows}
    assert made[("regulation-3", "2026-08-31")]
    assert made[("roadmap-5", "2026-09-30")]
    assert made[("roadmap-1", "2026-10-30")]
    assert not made[("roadmap-6", "2026-12-30")]
    assert not made[("roadmap-6", "2027-05-31")]
    assert not made[("roadmap-7", "2026-11-13")]  # the present week, no week of the past
    assert not made[("regulation-8-partner-2", "2027-05-31")]
    assert len([code for code, _ in made if code == "roadmap-7"]) == 1


async def test_a_second_start_changes_nothing(db: Database) -> None:
    await seed(db)
    async with db.read() as tx:
        before = [(row.id, row.due_on, row.silent) for row in await tx.scalars(select(Task).order_by(Task.id))]
    await seed(db)
    await seed(db, NOVEMBER + timedelta(hours=5))
    async with db.read() as tx:
        assert [(row.id, row.due_on, row.silent) for row in await tx.scalars(select(Task).order_by(Task.id))] == before


async def test_the_regulations_year_opens_in_may_and_the_roadmaps_in_july(db: Database) -> None:
    await seed(db)
    await seed(db, datetime(2027, 4, 30, 12, tzinfo=ZONE))
    assert [task.due_on for task in await tasks(db, "regulation-3")] == [date(2026, 8, 31)]
    await seed(db, datetime(2027, 5, 1, 12, tzinfo=ZONE))
    assert [task.due_on for task in await tasks(db, "regulation-3")] == [date(2026, 8, 31), date(2027, 8, 31)]
    assert [task.due_on for task in await tasks(db, "regulation-4-partner-3")] == [date(2026, 8, 31), date(2027, 8, 31)]
    assert [task.due_on for task in await tasks(db, "roadmap-3")] == [date(2026, 9, 30)]
    await seed(db, datetime(2027, 7, 1, 12, tzinfo=ZONE), 2027)
    assert [(task.due_on, task.silent) for task in await tasks(db, "roadmap-3")] == [
        (date(2026, 9, 30), True),
        (date(2027, 9, 30), False),
    ]
    assert [(task.due_on, task.silent) for task in await tasks(db, "roadmap-6")] == [
        (date(2026, 12, 30), True),  # last year's, never done: it rings no more
        (date(2027, 5, 31), True),
        (date(2027, 12, 30), False),
        (date(2028, 5, 31), False),
    ]


async def test_a_deadline_the_workbook_corrects_moves_its_open_task_and_leaves_a_done_one(db: Database) -> None:
    await seed(db)
    async with db.write() as tx:
        await tx.execute(update(Step).where(Step.code == "roadmap-3").values(ends_on=date(2026, 12, 15)))
        await tx.execute(update(Step).where(Step.code == "roadmap-4").values(ends_on=date(2026, 12, 15)))
        step = select(Step.id).where(Step.code == "roadmap-4").scalar_subquery()
        await tx.execute(update(Task).where(Task.step_id == step).values(done_at=NOVEMBER))
        await roll_tasks(tx, now=NOVEMBER, zone=ZONE)
        await roll_tasks(tx, now=NOVEMBER, zone=ZONE)
    assert [(task.due_on, task.silent) for task in await tasks(db, "roadmap-3")] == [(date(2026, 12, 15), False)]
    assert [task.due_on for task in await tasks(db, "roadmap-4")] == [date(2026, 9, 30)]


async def test_a_schools_own_steps_repeat_as_it_says(db: Database) -> None:
    own = {"number": "8", "task": "Планёрка", "starts_on": date(2026, 11, 1), "ends_on": date(2027, 1, 20)}
    async with db.write() as tx:
        await tx.execute(insert(Step), [
            {"code": "roadmap-8", "repeats": "month", **own}, {"code": "roadmap-9", "repeats": "week", **own},
        ])  # fmt: skip
        await roll_tasks(tx, now=NOVEMBER, zone=ZONE)
    assert [task.due_on for task in await tasks(db, "roadmap-8")] == [date(2026, 11, 30), date(2026, 12, 30), date(2027, 1, 20)]
    assert [task.due_on for task in await tasks(db, "roadmap-9")] == [date(2026, 11, 13)]
    await seed(db)  # the school's roadmap stands: the programme's is not laid over it
    assert await tasks(db, "roadmap-3") == []
    assert len(await tasks(db, "regulation-3")) == 1


async def test_a_partner_that_comes_or_goes_brings_or_takes_its_steps(db: Database) -> None:
    await seed(db)
    async with db.write() as tx:
        await tx.execute(insert(Organization).values(id=50, code="О-50", name="Библиотека", role="partner"))
        await tx.execute(update(Organization).where(Organization.id == IT).values(archived_at=NOVEMBER))
        await roll_tasks(tx, now=NOVEMBER, zone=ZONE)
    assert len(await tasks(db, "regulation-8-partner-50")) == 1
    async with db.read() as tx:
        gone = await tx.scalars(select(Step.archived_at).where(Step.organization_id == IT))
        assert None not in gone.all()


# ── evidence ────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_who_only_lends_rooms_has_no_step_of_teaching(db: Database) -> None:
    """«Вид» of the workbook: the library prepares its rooms; it enrols nobody, keeps no journal and issues no documents."""

    async def steps() -> list[str]:
        await seed(db)
        async with db.read() as tx:
            found = await tx.scalars(select(Step.code).where(Step.organization_id == IT, Step.archived_at.is_(None)))
            return sorted(found)

    assert await steps() == [f"regulation-{n}-partner-{IT}" for n in (1, 4, 5, 7, 8)]
    async with db.write() as tx:
        await tx.execute(update(Organization).where(Organization.id == IT).values(kind="resource"))
    assert await steps() == [f"regulation-1-partner-{IT}"]
    async with db.write() as tx:
        await tx.execute(update(Organization).where(Organization.id == IT).values(kind="educational"))
    assert await steps() == [f"regulation-{n}-partner-{IT}" for n in (1, 4, 5, 7, 8)]


async def enrolled(db: Database, *pupils: int, state: str = "enrolled", day: date = date(2026, 10, 3)) -> None:
    at = datetime.combine(day, time(12), ZONE)
    async with db.write() as tx:
        for pupil in pupils:
            application = Application(
                pupil_id=pupil, person_id=ANNA, state="approved", created_at=at, submitted_at=at, decided_at=at
            )
            tx.add(application)
            await tx.flush()
            tx.add(
                Choice(application_id=application.id, course_id=ROBOTICS, rank=1, state=state, group_id=ROBOTICS, changed_at=at)
            )


async def close_windows(db: Database) -> None:
    async with db.write() as tx:
        await tx.execute(update(Course).values(closes_on=date(2026, 10, 31)))


async def test_collected_applications_close_their_step_once_the_windows_are_over(db: Database) -> None:
    await seed(db)
    await enrolled(db, MISHA, DANA, state="approved")
    assert await closed(db, "regulation-3", NOVEMBER) is None  # courses still take applications until 30 November
    await close_windows(db)
    assert await closed(db, "regulation-3", NOVEMBER) == "2 заявления, последнее 3 октября"
    assert await closed(db, "regulation-4", NOVEMBER) is None  # no request has gone out


async def test_sent_requests_and_enrolled_pupils_close_theirs(db: Database) -> None:
    await seed(db)
    await close_windows(db)
    await enrolled(db, MISHA)
    async with db.write() as tx:
        made = datetime(2026, 10, 12, 9, tzinfo=UTC)
        await tx.execute(insert(Request).values(year=2026, number=1, organization_id=IT, made_at=made))
    assert await closed(db, "regulation-4", NOVEMBER) == "1 заявка партнёрам, последняя 12 октября"
    assert await closed(db, "regulation-4-partner-3", NOVEMBER) == "зачислен 1 ученик"
    assert await closed(db, "regulation-4-partner-2", NOVEMBER) is None  # nobody is enrolled at the other partner


async def test_a_loaded_timetable_closes_its_step_only_when_every_group_has_lessons(db: Database) -> None:
    await seed(db)
    async with db.write() as tx:
        await tx.execute(insert(Group).values(id=60, code="Г-60", course_id=CHESS, teacher_id=21, seats=5))
    assert await closed(db, "roadmap-4", NOVEMBER) is None
    async with db.write() as tx:
        await tx.execute(update(Group).where(Group.id == 60).values(archived_at=NOVEMBER))
    assert await closed(db, "roadmap-4", NOVEMBER) == "в расписании 12 занятий, 2 группы"


async def test_another_task_under_the_same_number_is_left_to_people(db: Database) -> None:
    await seed(db)
    async with db.write() as tx:
        await tx.execute(update(Step).where(Step.code == "roadmap-4").values(task="Купить мячи", result="мячи"))
    assert await closed(db, "roadmap-4", NOVEMBER) is None


async def test_the_weeks_journal_closes_when_every_lesson_held_is_in_it(db: Database) -> None:
    await seed(db)
    await enrolled(db, MISHA)
    thursday = date(2026, 11, 12)
    evening = datetime(2026, 11, 12, 20, tzinfo=ZONE)
    assert await closed(db, "roadmap-7", NOVEMBER) is None
    assert await closed(db, "roadmap-7", evening) is None
    async with db.write() as tx:
        await tx.execute(
            insert(Entry).values(
                pupil_id=MISHA, group_id=ROBOTICS, day=thursday, lesson=1, kind="mark", ordinal=1, value="5", version=1,
                entered_at=evening,
            )
        )  # fmt: skip
    assert await closed(db, "roadmap-7", evening) == "журнал заполнен: 1 занятие, 1 группа"


async def test_a_topic_alone_is_a_kept_journal_and_a_week_without_lessons_asks_for_none(db: Database) -> None:
    await seed(db)
    assert await closed(db, "roadmap-7", NOVEMBER) is None
    assert await closed(db, "roadmap-7", datetime(2026, 11, 16, 9, tzinfo=ZONE)) == (
        "занятий с зачисленными учениками на этой неделе не было"
    )
    await seed(db, datetime(2026, 11, 16, 9, tzinfo=ZONE))
    await enrolled(db, MISHA)
    async with db.write() as tx:
        await tx.execute(insert(Topic).values(group_id=ROBOTICS, day=date(2026, 11, 19), lesson=1, topic="Датчики"))
    assert await closed(db, "roadmap-7", datetime(2026, 11, 19, 20, tzinfo=ZONE)) == "журнал заполнен: 1 занятие, 1 группа"


async def test_what_people_put_back_to_work_the_bot_does_not_close_again(db: Database) -> None:
    await seed(db)
    assert await closed(db, "roadmap-4", NOVEMBER) == "в расписании 12 занятий, 2 группы"
    (task,) = await tasks(db, "roadmap-4")
    assert task.done_by is None
    async with db.write() as tx:
        await tx.execute(update(Task).where(Task.id == task.id).values(done_at=None, evidence=None))
        tx.add(Audit(at=NOVEMBER, person_id=1, action="roadmap.reopen", thing="task", thing_id=task.id))
    assert await closed(db, "roadmap-4", NOVEMBER) is None


# ── what other subjects tell as it happens ──────────────────────────────────────────────────────────────────────────


async def test_what_happens_elsewhere_closes_its_step_and_says_on_what(db: Database) -> None:
    await seed(db)
    told = {
        "regulation-5": (Proven("order", SCHOOL, 2026, facts={"number": "15-с", "day": date(2026, 11, 9)}), "приказ 15-с от 9 ноября"),
        "regulation-6": (Proven("agreement", SCHOOL, 2026, facts={"count": 2, "last": date(2026, 11, 9)}),
                         "2 договора, последний от 9 ноября"),
        "regulation-8-partner-3": (Proven("certificates", SCHOOL, 2026, IT, {"count": 1, "last": date(2026, 11, 9)}),
                                   "выдан 1 документ об обучении, последний 9 ноября"),
        "regulation-5-partner-3": (Proven("agreed", SCHOOL, 2026, IT, {"count": 5, "last": date(2026, 11, 9)}),
                                   "согласовано 5 курсов, последний ответ 9 ноября"),
        "roadmap-4": (Proven("agreed", SCHOOL, 2026, None, {"count": 5, "last": date(2026, 11, 9)}),
                      "согласовано 5 курсов, последний ответ 9 ноября"),
        "roadmap-6": (Proven("report", SCHOOL, 2026, None, {"half": 1, "last": date(2026, 11, 9)}),
                      "отчёт за 1-е полугодие сделан 9 ноября"),
    }  # fmt: skip
    for code, (proven, said) in told.items():
        until = date(2027, 3, 1) if proven.kind == "report" else date.max  # of two halves the first
        async with db.write() as tx:
            (closed_one,) = await close_on(tx, proven, now=NOVEMBER, until=until)
            assert await close_on(tx, proven, now=NOVEMBER, until=until) == []
        (task,) = [task for task in await tasks(db, code) if task.id == closed_one]
        assert (task.done_at, task.done_by, in_words(voice("ru", ZONE), task.evidence or "")) == (NOVEMBER, None, said)
    assert [task.done_at for task in await tasks(db, "regulation-8-partner-2")] == [None], "the other partner's is its own"


async def test_another_schools_or_years_order_closes_nothing_here(db: Database) -> None:
    await seed(db)
    facts: dict[str, str | int | date] = {"number": "1", "day": date(2026, 11, 9)}
    async with db.write() as tx:
        assert await close_on(tx, Proven("order", SCHOOL, 2027, facts=facts), now=NOVEMBER) == []
        assert await close_on(tx, Proven("order", 77, 2026, facts=facts), now=NOVEMBER) == []


def test_every_kind_of_evidence_has_its_sentence() -> None:
    assert set(CLOSES) <= set(SAID)
