"""Nobody to tell yet, nobody to ask: each page says what comes first."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, update

from storage.tables import ClassHours, Group, Guardianship, Lesson, Pupil, Slot
from tests.telegram.talks import tapped
from tests.timetable_world import said
from tests.world import World

NONE = {
    "olga": "Писать пока некому: группы появятся здесь, когда в них зачислят детей.",
    "irina": "Групп вашей организации пока нет: они появятся, когда ответственный школы загрузит книгу сети.",
    "pavel": (
        "Вашей группы пока нет: она появится, когда ответственный школы загрузит книгу сети. Если вы уже ведёте занятия, "
        "напишите ему в «Сообщениях»."
    ),
}


@pytest.mark.usefixtures("sound")
async def test_without_groups_and_pupils_every_page_says_what_comes_first(world: World) -> None:
    async with world.db.write() as tx:
        for table in (Lesson, Slot, Group, ClassHours):
            await tx.execute(delete(table))
        await tx.execute(update(Guardianship).values(until=world.now))
        await tx.execute(update(Pupil).values(archived_at=world.now, person_id=None))
    await tapped(world.olga, "/start", "Объявления", "Новое", "Группе")
    await tapped(world.irina, "/start", "Объявления", "Новое", "Группе")
    await tapped(world.pavel, "/start", "Объявления", "Новое")
    assert {who: said(getattr(world, who)) for who in NONE} == NONE
    await tapped(world.olga, "/start", "Объявления", "Новое", "Курсу")
    assert said(world.olga) == "Писать пока некому: курсы появятся здесь, когда на них зачислят детей."
    await tapped(world.olga, "/start", "Объявления", "Новое", "Всем")
    await world.olga.send("Собрание")
    assert said(world.olga).endswith(
        "Здесь пока никого нет: отправлять некому. Дети появятся, когда в книге сети заполнят лист «Ученики», а в группах — когда "
        "их зачислят."
    )
    await tapped(world.olga, "/reports", "Анкеты", "Новая анкета", "Социальный заказ", "Начать опрос")
    assert said(world.olga) == (
        "📣 Начать опрос «Социальный заказ»?\nПока не получит никто (в боте никого из них нет: сначала пригласите), без срока.\n"
        "После начала вопросы не меняются."
    )
