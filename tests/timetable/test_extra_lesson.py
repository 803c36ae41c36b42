"""An extra lesson makes up for a cancelled one: suggested when everybody is free, told, taken back, and kept by the next book."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.clock import Moment
from bot.reading.letters import code_key
from bot.services.network.lessons.rules import Eyes, draft_of, follow_rules, plan_of
from bot.services.timetable.extra import add_lesson
from bot.services.timetable.lessons import cancel_lesson
from bot.services.timetable.moments import Span
from bot.services.timetable.periods.meant import Deed
from storage.network import network
from storage.timetable import timetable
from tests.timetable.test_periods import changes
from tests.timetable.test_timetable_letters import TEACHER
from tests.timetable_world import ROBOTICS_THURSDAY, at, enroll, said
from tests.world import DANA, MISHA, ROBOTICS, YEAR, ZONE, World


async def test_an_extra_lesson_is_added_told_and_taken_back(world: World) -> None:
    await enroll(world.db, MISHA, ROBOTICS)
    await enroll(world.db, DANA, ROBOTICS)
    pavel = world.pavel
    await pavel.send("/timetable")
    for label in ("Робототехника", "Отменить занятие", "Подтвердить", "К занятию", "➕ Дополнительное занятие"):
        await pavel.tap(label)
    assert pavel.buttons[0] == ["вт, 10 нояб.", "ср, 11 нояб."]
    await pavel.send("пятница 16:00")
    assert said(pavel).startswith(
        "Добавить занятие «Робототехника»?\nКогда: в пятницу, 13 ноября, в 16:00.\nВместо отменённого в четверг, 12 ноября, в 15:00."
    )
    await pavel.tap("Подтвердить")
    assert said(pavel) == "Занятие добавлено: предупредили 2 семьи."
    await pavel.tap("К занятию")
    assert "➕ Вместо отменённого в четверг, 12 ноября" in said(pavel)
    await world.pass_time(hours=6)
    assert changes(world.ruslan) == [
        (
            "🗓 Дана, изменения в расписании:\n"
            "• «Робототехника» — не будет чт, 12 нояб., 15:00.\n"
            "• «Робототехника» — добавлено пт, 13 нояб., 16:00. Место: каб. 2."
        )
    ]
    await pavel.tap("↩️ Вернуть как было")
    await world.deliver()
    assert changes(world.ruslan)[-1] == (
        "❌ Дана: занятие «Робототехника» отменяется.\nЕго не будет в пятницу, 13 ноября, в 16:00."
    )


async def test_the_rules_of_the_next_book_leave_an_extra_lesson_alone(world: World) -> None:
    """Whatever weekly rules a book has: the extra lesson is neither paired with one of them nor gone without one."""
    moment = Moment(world.now, ZONE)
    await cancel_lesson(world.db, ROBOTICS_THURSDAY, by=TEACHER, at=moment)
    extra, _ = await add_lesson(world.db, ROBOTICS_THURSDAY, Span(at(13, 16)), by=TEACHER, at=moment)
    async with world.db.read() as tx:
        stored = [row for row in await network.lessons(tx, YEAR) if row.group == "Г-01"]
        stood = await timetable.lesson(tx, extra)
    assert stood is not None
    assert stood.ends_at - stood.starts_at == at(12, 16, 30) - at(12, 15)
    drafts = [draft_of(old) for old in stored]
    eyes = Eyes(world.now, ZONE, set(), {code_key("Г-01")})
    follow_rules([], drafts, eyes)  # a book without any rule of the group
    plan = plan_of(drafts, eyes)
    assert extra not in {one.old.id for one in plan.changed}
    assert extra not in {id_ for id_, _ in plan.quiet}


def test_a_week_later_is_the_same_hour_though_the_clocks_were_changed() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    starts = datetime(2026, 10, 22, 15, tzinfo=berlin).astimezone(UTC)

    class Lesson:
        standing = timetable.Standing(starts, starts.replace(minute=45), None, None, cancelled=False)

    later = Deed("days", 7).stands(Lesson, berlin)  # type: ignore[arg-type]
    assert later.starts_at.astimezone(berlin) == datetime(2026, 10, 29, 15, tzinfo=berlin)
    assert later.ends_at.astimezone(berlin) == datetime(2026, 10, 29, 15, 45, tzinfo=berlin)
