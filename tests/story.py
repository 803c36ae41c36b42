"""The contract's story in the world of the tests, for those who need everything to have happened."""

from __future__ import annotations

from datetime import date

from tests.enrollment_world import drawn
from tests.world import World

JOURNAL = "Дата;Группа;Ученик;Отметка;Посещаемость;Тема;Вид работы"


def journal(*rows: str) -> bytes:
    return "\n".join([JOURNAL, *rows]).encode()


async def apply(world: World) -> None:
    """Anna applies for robotics and chess."""
    anna = world.anna
    await anna.send("/courses")
    if any("Миша" in label for row in anna.buttons for label in row):
        await anna.tap("Миша")
    await anna.tap("Робототехника")
    await anna.tap("Подать заявление")
    await anna.tap("Добавить ещё курс")
    await anna.tap("Шахматы")
    await anna.tap("Подать заявление")
    await anna.tap("Подтвердить")


async def decide(world: World) -> None:
    """Olga approves and asks both partners; Irina enrols, Nurbiy puts in reserve."""
    olga = world.olga
    await olga.send("/inbox")
    await olga.tap("Заявления")
    await olga.tap("Одобрить")
    await drawn(world.db)
    for _ in range(2):
        await olga.send("/inbox")
        await olga.tap("Сформировать заявку")
        if any("Кому сформировать" in line for line in olga.page.splitlines()):
            await olga.tap(olga.buttons[0][0])
        await olga.tap("Сформировать заявку")
    await world.deliver()
    for partner, answer in ((world.irina, "Зачислить"), (world.nurbiy, "В резерв")):
        await partner.tap("Открыть заявку")
        if not any(answer in label for row in partner.buttons for label in row):
            await partner.tap("Петров")
        await partner.tap(answer)
        if any("Подтвердить" in label for row in partner.buttons for label in row):
            await partner.tap("Подтвердить")
    await world.deliver()


async def move(world: World) -> None:
    """Pavel moves Thursday's lesson to Friday; Anna has seen it."""
    pavel = world.pavel
    await pavel.send("/start")
    await pavel.tap("Занятия")
    await pavel.tap("Робототехника")
    await pavel.tap("Перенести")
    await pavel.tap("пт,")
    await pavel.tap("Подтвердить")
    await world.pass_time(hours=7)  # not tomorrow's lesson: told in the evening
    await world.anna.tap("Ознакомлен(а)")


async def mark(world: World) -> None:
    """The first journal tells nobody; the second a 4 and an absence; the third corrects."""
    for mark_, seen in (("5", ""), ("5 4", "Н"), ("5 5", "Н")):
        rows = [f"{date(2026, 11, 5):%d.%m.%Y};Г-01;У-701;{mark_};;Датчики;"]
        if seen:
            rows.append(f"{date(2026, 11, 9):%d.%m.%Y};Г-01;У-701;;{seen};;")
        await world.pavel.attach("журнал.csv", journal(*rows))
        await world.pavel.tap("Применить")
        await world.deliver()


async def look_around(world: World) -> None:
    """Everybody opens everything they have."""
    for phone in (
        world.anna,
        world.ruslan,
        world.misha,
        world.olga,
        world.sergey,
        world.pavel,
        world.irina,
        world.zarema,
        world.nurbiy,
    ):
        for command in (
            "/start",
            "/courses",
            "/applications",
            "/timetable",
            "/journal",
            "/tasks",
            "/inbox",
            "/settings",
            "/mydata",
            "/help",
        ):
            await phone.send(command)
            for label in [label for row in phone.buttons for label in row]:
                if "Меню" not in label and "Подтвердить" not in label:
                    await phone.send(command)
                    if any(label in row for row in phone.buttons):
                        await phone.tap(label)
