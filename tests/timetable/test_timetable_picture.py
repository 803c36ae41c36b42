"""«Картинкой»: the week as a photo, light and dark, of all children or one, of a teacher's week."""

from __future__ import annotations

import struct

from sqlalchemy import update

from bot.documents.week import A_PICTURE, Drawn, DrawnDay, DrawnWeek, week_png
from bot.sandbox import Phone
from bot.services.timetable.views.week import colours_of
from storage.tables import Choice, Lesson
from tests.timetable_world import CHESS_WEDNESDAY, enroll, said
from tests.world import CHESS, MISHA, ROBOTICS, VERA, World


def size(png: bytes) -> tuple[int, int]:
    """Width and height in pixels."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def photos(who: Phone) -> int:
    return sum(bool(message.photo) for message in who.chat.messages.values())


def week(count: int, *, dark: bool = False, name: str = "Робототехника") -> DrawnWeek:
    """A week of this many lessons."""
    lesson = Drawn("15:00", "16:30", name, 3, "Миша", "ЦДО, каб. 2", "Павел Андреевич", off=False, note="")
    days = [DrawnDay(f"день {day}", day == 3, [lesson] * len(range(day, count, 6))) for day in range(6)]
    return DrawnWeek("Неделя: 9–15 ноября", "Миша, Вера", days, "", "ru", dark)


async def test_the_week_comes_as_a_photo_and_its_page_stays_below(world: World) -> None:
    await enroll(world.db, MISHA, ROBOTICS, CHESS)
    await enroll(world.db, VERA, CHESS)
    async with world.db.write() as tx:
        await tx.execute(update(Lesson).where(Lesson.id == CHESS_WEDNESDAY).values(cancelled_at=world.now))
    await world.anna.send("/timetable")
    await world.anna.tap("Неделя")
    await world.anna.tap("Картинкой")
    assert photos(world.anna) == 1
    assert said(world.anna).startswith("📅 Неделя: 9–15 ноября")
    assert ["🌙 Тёмной картинкой"] in world.anna.buttons
    await world.anna.tap("Тёмной картинкой")
    assert photos(world.anna) == 2
    assert ["☀️ Светлой картинкой"] in world.anna.buttons
    await world.anna.tap("Вера")
    await world.anna.tap("Картинкой")
    assert said(world.anna).startswith("📅 Неделя: 9–15 ноября\n👤 Вера")


async def test_an_empty_week_has_no_picture(world: World) -> None:
    await enroll(world.db, MISHA, ROBOTICS)
    await world.misha.send("/timetable")
    await world.misha.tap("Неделя")
    async with world.db.write() as tx:
        await tx.execute(update(Lesson).values(archived_at=world.now))
    await world.misha.tap("Картинкой")
    assert str(world.misha.toasts[-1]).count("На этой неделе занятий нет.") == 1
    assert photos(world.misha) == 0


async def test_a_teachers_week_is_drawn_too(world: World) -> None:
    await world.pavel.send("/timetable")
    await world.pavel.tap("Картинкой")
    assert photos(world.pavel) == 1
    assert said(world.pavel).startswith("🗓 Занятия: 9–15 ноября")
    await world.pavel.tap("Неделя позже ›")
    assert said(world.pavel).startswith("🗓 Занятия: 16–22 ноября")


async def test_a_course_keeps_its_colour_whoever_leaves_and_comes(world: World) -> None:
    await enroll(world.db, MISHA, CHESS)
    await enroll(world.db, VERA, ROBOTICS)
    async with world.db.read() as tx:
        assert await colours_of(tx, [MISHA, VERA], {ROBOTICS, CHESS}, 2026) == {CHESS: 0, ROBOTICS: 1}
    async with world.db.write() as tx:
        await tx.execute(update(Choice).where(Choice.course_id == CHESS).values(state="left"))
    async with world.db.read() as tx:
        assert await colours_of(tx, [MISHA, VERA], {ROBOTICS}, 2026) == {ROBOTICS: 1}


def test_pictures_of_any_size_are_as_wide_as_a_phone_and_no_higher_than_telegram_takes() -> None:
    for count, wide in ((1, 1080), (12, 1080), (40, 720), (A_PICTURE, 720)):
        for dark in (False, True):
            width, height = size(week_png(week(count, dark=dark)))
            assert width == wide
            assert height <= 20 * width
            assert width + height <= 10_000


def test_no_name_breaks_a_picture() -> None:
    for name in ('#panic("x") *a* _b_ $c$ <d> `e`', "\u202eакитоборь\u0000\n\n", "Р" * 300, "🤖" * 20, "\\ // /* "):
        assert size(week_png(week(3, name=name)))[0] == 1080
