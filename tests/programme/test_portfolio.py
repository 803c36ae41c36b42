"""A pupil's portfolio: a family tells of an achievement, the teacher confirms it, the year is handed out as a PDF."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import func, select

from storage.tables import Achievement, Document
from tests.enrollment.test_enrollment import file_names, heard, last_file
from tests.people.test_invitations_pdf import told
from tests.timetable_world import enroll, said
from tests.world import MISHA, ROBOTICS, Member, World

PHOTO = b"\xff\xd8\xff\xe0 diploma"
LINE = "2-е место, олимпиада <b>&"


async def opens(who: Member, *path: str) -> None:
    await who.send("/start")
    for label in path:
        await who.tap(label)


async def adds(world: World) -> None:
    await enroll(world.db, MISHA, ROBOTICS)
    await opens(world.anna, "Портфолио", "Миша", "Добавить достижение")
    await world.anna.attach("грамота.jpg", PHOTO, LINE)
    await world.deliver()


def labels(who: Member) -> list[str]:
    return [label for row in who.buttons for label in row]


async def count(world: World, table: type[Achievement] | type[Document]) -> int:
    async with world.db.read() as tx:
        return await tx.scalar(select(func.count()).select_from(table)) or 0


async def test_a_family_tells_and_the_teacher_confirms(world: World) -> None:
    await adds(world)
    assert said(world.anna) == (
        "✅ Записано. В портфолио войдёт, когда подтвердит педагог.\n\n🎒 Петров Миша Алексеевич, 7А: 2026/2027\n\n"
        "• «Робототехника», Центр развития IT-образования: часов 2\n\n1. 2-е место, олимпиада <b>& — ждёт педагога"
    )
    assert heard(world.pavel, "Достижение") == ["🏅 Достижение ученика вашей группы ждёт подтверждения."]
    await opens(world.pavel, "Достижения: 1")
    assert said(world.pavel).startswith("🏅 Достижения на подтверждение\nЖдут: 1\n\n1. ")
    assert said(world.pavel).endswith(": 2-е место, олимпиада <b>&")
    await world.pavel.tap("Подтвердить 1")
    assert said(world.pavel).startswith("✅ Подтверждено.")
    await world.deliver()
    await world.pass_time(minutes=5)
    assert heard(world.anna, "подтверждено") == [
        "🏅 Миша: достижение подтверждено и вошло в портфолио. 2-е место, олимпиада <b>&"
    ]
    assert heard(world.misha, "подтверждено") == [
        "🏅 Твоё достижение подтверждено и вошло в портфолио. 2-е место, олимпиада <b>&"
    ]


async def test_a_press_repeated_or_late_is_answered_truly(world: World) -> None:
    await adds(world)
    await opens(world.pavel, "Достижения: 1")
    page = world.pavel.messages[-1].id
    await world.pavel.press(page, "portfolio.say:1:1")
    await world.pavel.press(page, "portfolio.say:1:1")
    assert said(world.pavel).startswith("✖️ Не подтверждено.")
    await world.pavel.press(page, "portfolio.say:1:0")
    assert "Уже решено: достижение не подтверждено." in str(world.pavel.toasts[-1])
    async with world.db.read() as tx:
        assert await tx.scalar(select(Achievement.state)) == "declined"
    await world.pass_time(minutes=5)
    assert len(heard(world.anna, "не подтверждено")) == 1


async def test_a_file_is_told_by_its_content(world: World) -> None:
    await enroll(world.db, MISHA, ROBOTICS)
    await opens(world.anna, "Портфолио", "Миша", "Добавить достижение")
    await world.anna.attach("грамота.jpg", b"MZ not a picture", LINE)
    assert said(world.anna) == "Подойдёт фото (JPEG, PNG) или PDF до 10 МБ."
    assert await count(world, Achievement) == 0
    await world.anna.send("Только строка")
    assert "1. Только строка — ждёт педагога" in said(world.anna)


async def test_a_file_without_a_caption_is_kept_in_mind_and_its_line_is_asked(world: World) -> None:
    await enroll(world.db, MISHA, ROBOTICS)
    await opens(world.anna, "Портфолио", "Миша", "Добавить достижение")
    await world.anna.attach("вирус.pdf", b"MZ not a paper")
    assert said(world.anna) == "Подойдёт фото (JPEG, PNG) или PDF до 10 МБ."
    await world.anna.attach("не та.pdf", b"%PDF-1.7 another")
    await world.anna.attach("грамота.pdf", b"%PDF-1.7 diploma")
    assert said(world.anna) == (
        "📎 Файл получен. За что он? Напишите одной строкой, например: «2-е место, районная олимпиада по робототехнике»."
    )
    assert await count(world, Achievement) == 0
    await world.anna.send("1-е место, турнир")
    assert said(world.anna).startswith("✅ Записано. В портфолио войдёт, когда подтвердит педагог.")
    assert said(world.anna).endswith("1. 1-е место, турнир — ждёт педагога")
    await world.anna.tap("Файл 1")
    assert await world.anna.file(last_file(world.anna)) == b"%PDF-1.7 diploma"


async def test_a_family_takes_away_what_it_added_with_the_file(world: World) -> None:
    await adds(world)
    before = await count(world, Document)
    await world.anna.tap("Файл 1")
    assert file_names(world.anna)[-1] == "грамота.jpg"
    await opens(world.anna, "Портфолио", "Миша", "Убрать 1")
    assert said(world.anna).startswith("🗑 Убрано.")
    assert (await count(world, Achievement), await count(world, Document)) == (0, before - 1)


async def test_nobody_elses_buttons_reach_it(world: World) -> None:
    await adds(world)
    pupil = (f"portfolio.{what}:{MISHA}" for what in ("of", "pdf", "add"))
    presses = [*pupil, "portfolio.file:1", "portfolio.drop:1", "portfolio.say:1:0"]
    for phone in (world.nurbiy, world.irina, world.ruslan, world.stranger()):
        await phone.send("/start")
        page = phone.messages[-1].id
        for data in presses:
            await phone.press(page, data)
        assert "олимпиада" not in said(phone)
        assert file_names(phone) == []
    await opens(world.anna)
    await world.anna.press(world.anna.messages[-1].id, "portfolio.say:1:0")
    async with world.db.read() as tx:
        assert await tx.scalar(select(Achievement.state)) == "new"


async def test_the_paper_has_the_year_and_what_is_confirmed(world: World, tmp_path: Path) -> None:
    await adds(world)
    await opens(world.pavel, "Достижения: 1", "Подтвердить 1")
    await opens(world.anna, "Портфолио", "Миша", "Добавить достижение")
    await world.anna.send("Ещё не подтверждённое")
    await world.anna.tap("PDF")
    assert file_names(world.anna)[-1] == "Портфолио-2026-2027.pdf"
    content = await world.anna.file(last_file(world.anna))
    text = " ".join(told(content, tmp_path).split())
    assert "Портфолио за 2026/2027 учебный год" in text
    assert "Петров Миша Алексеевич" in text
    assert "2-е место, олимпиада <b>&" in text
    assert "Ещё не подтверждённое" not in text
