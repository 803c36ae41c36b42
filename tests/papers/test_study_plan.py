"""The study plan: what is planned, who gives how much, what became of it; on the page, as a workbook, on paper."""

from __future__ import annotations

from io import BytesIO

from docx import Document
from openpyxl import load_workbook  # noqa: TID251 - a file of our own, read back
from sqlalchemy import insert, update

from storage.tables import Course, Group, Lesson, Organization
from tests.asked import statements
from tests.timetable_world import at, said
from tests.world import NOW, ROBOTICS, Member, World

COURSE = {"direction": "художественная", "classes": [], "hours": 34, "selection": "queue"}
TIMES = ("plan_starts_at", "plan_ends_at", "starts_at", "ends_at")


async def file_of(who: Member) -> bytes:
    return await who.file(next(message for message in reversed(who.messages) if message.file is not None))


async def test_fact_against_plan_stands_on_the_page(world: World) -> None:
    """Six Thursdays are planned: one was held, one is cancelled and made up on a Saturday, the rest is ahead."""
    async with world.db.write() as tx:
        await tx.execute(update(Lesson).where(Lesson.id == 3).values(cancelled_at=NOW))
        extra = {"group_id": ROBOTICS, "week": at(9, 12).date(), "ordinal": 900, "makes_up_id": 3}
        times = {name: at(14, 10 if "start" in name else 11, 30 if "end" in name else 0) for name in TIMES}
        await tx.execute(insert(Lesson).values(**extra, **times))
    await world.olga.send("/reports")
    await world.olga.tap("📆 Учебный план")
    assert said(world.olga) == (
        "📆 Учебный план 2026/2027\nГрупп: 2. Занятия по плану и на деле:\n\n"
        "• ЦДО: по плану 6, проведено 1, отменено 0, восполнено 0\n"
        "• Центр развития IT-образования: по плану 6, проведено 1, отменено 1, восполнено 1"
    )


async def test_of_many_partners_a_page_shows_some(world: World) -> None:
    """Only what they have is counted; the next page has the rest. A button made before there were pages opens the first."""
    async with world.db.write() as tx:
        for n in range(30, 50):
            of = {"code": f"О-{n}", "name": f"Центр №{n}", "role": "partner", "kind": "educational"}
            await tx.execute(insert(Organization).values(id=n, **of))
            await tx.execute(insert(Course).values(id=n, code=f"К-{n}", name="Вокал", organization_id=n, **COURSE))
            await tx.execute(insert(Group).values(id=n, code=f"Г-{n}", course_id=n, teacher_id=21, seats=9))
            times = {name: at(5, 15 if "start" in name else 16) for name in TIMES}
            await tx.execute(insert(Lesson).values(group_id=n, week=at(2, 12).date(), ordinal=1, **times))
    await world.olga.send("/reports")
    with statements(world.db) as asked:
        await world.olga.tap("📆 Учебный план")
    assert "Групп: 22." in said(world.olga)
    assert said(world.olga).count("\n•") == 20
    assert "• Центр №49" not in said(world.olga)
    assert world.olga.buttons == [["‹", "1 из 2", "›"], ["📊 XLSX", "📄 DOCX"], ["‹ Назад", "🏠 Меню"]]
    assert not [one for one in asked if "staff.full_name" in one and "FROM lessons" in one], "no lesson by itself"
    await world.olga.tap("›")
    assert said(world.olga).splitlines()[-1] == "• Центр №49: по плану 1, проведено 1, отменено 0, восполнено 0"
    await world.olga.press(world.olga.messages[-1].id, "plan")
    assert world.olga.buttons[0] == ["‹", "1 из 2", "›"]


async def test_the_workbook_has_the_calendar_the_load_and_every_lesson(world: World) -> None:
    await world.olga.send("/reports")
    await world.olga.tap("📆 Учебный план")
    await world.olga.tap("XLSX")
    book = load_workbook(BytesIO(await file_of(world.olga)))
    assert book.sheetnames == ["Календарный график", "Нагрузка", "План и факт", "Занятия"]
    calendar = [[cell.value for cell in row] for row in book["Календарный график"].iter_rows(min_row=2)]
    assert calendar[1][:5] == ["Г-01", "Робототехника", "Центр развития IT-образования", "Ким Павел Андреевич", "чт 15:00–16:30"]
    assert calendar[1][-3:] == [6, 12, 68], "six lessons of ninety minutes are twelve academic hours of the sixty-eight"
    heights = book["Календарный график"].row_dimensions
    assert (heights[1].height, heights[3].height) == (30.0, 30.0), "a second line has room, above the table and in it"
    load = [[cell.value for cell in row] for row in book["Нагрузка"].iter_rows(min_row=2)]
    assert load[0] == ["Ким Павел Андреевич", "Г-01", "Робототехника", "Центр развития IT-образования", 6, 12, 2]
    assert load[-1][0] == "Всего"
    assert book["Занятия"]["H2"].value == "проведено"


async def test_the_paper_can_be_signed(world: World) -> None:
    await world.sergey.send("/reports")
    await world.sergey.tap("📆 Учебный план")
    await world.sergey.tap("DOCX")
    paper = Document(BytesIO(await file_of(world.sergey)))
    page = paper.sections[0]
    assert (page.page_width or 0) > (page.page_height or 0), "seven columns need the long side"
    text = "\n".join(each.text for each in paper.paragraphs)
    assert "УТВЕРЖДАЮ\nДиректор МБОУ СОШ №8\n____________________ / Иванов Сергей Ильич /" in text
    assert "КАЛЕНДАРНЫЙ УЧЕБНЫЙ ГРАФИК" in text
    assert "сетевых курсов на 2026/2027 учебный год, по состоянию на 9 ноября 2026 г." in text
    assert "Всего занятий: 12, академических часов: 18." in text
    rows = [[cell.text for cell in row.cells] for row in paper.tables[0].rows]
    assert rows[2][1:] == [
        "Робототехника, Г\N{NON-BREAKING HYPHEN}01",
        "Центр развития IT-образования",
        "Ким Павел Андреевич",
        "чт\N{NO-BREAK SPACE}15:00\N{WORD JOINER}–\N{WORD JOINER}16:30",
        "ноя\N{NO-BREAK SPACE}4, дек\N{NO-BREAK SPACE}2",
        "6 (12\N{NO-BREAK SPACE}ч)",
    ]
