"""The journal as families live with it: a mother of three, a pupil, a guardian of few words, one who has shut the bot out."""

from __future__ import annotations

import pytest
from sqlalchemy import insert, select

from storage.people.calls import unreached
from storage.tables import Consent, Guardianship, Letter
from tests.journal.test_journal import MONDAY, opened, sheet
from tests.world import ANNA, DANA, RUSLAN, World


@pytest.fixture
async def school(world: World) -> World:
    """Anna is Dana's guardian as well."""
    school = await opened(world)
    async with school.db.write() as tx:
        await tx.execute(insert(Guardianship).values(person_id=ANNA, pupil_id=DANA, since=school.now))
        agreed = {"person_id": ANNA, "pupil_id": DANA, "text_version": "2026-08", "basis": "мать", "given_at": school.now}
        for purpose in ("processing", "messages"):
            await tx.execute(insert(Consent).values(purpose=purpose, **agreed))
    return school


async def entered(school: World) -> None:
    rows = [f"{MONDAY};Г-01;У-701;5;;;Собрать;;", f"{MONDAY};Г-01;У-702;;Н;;;;", "06.11.2026;Г-01;У-701;4;ОП;;;;"]
    await school.pavel.attach("ж.csv", sheet(*rows))
    await school.pavel.tap("Применить")
    await school.zarema.attach("ш.csv", sheet(f"{MONDAY};Г-02;У-402;3;;;;;"))
    await school.zarema.tap("Применить")
    await school.deliver()


async def test_a_mother_of_three_gets_three_messages_each_of_one_child(school: World) -> None:
    before = len(school.anna.messages)
    await entered(school)
    misha, dana, vera = [message.text for message in school.anna.messages[before:]]
    assert misha == (
        "📖 Миша, журнал:\n"
        "• пт, 6 нояб., «Робототехника» — 4\n"
        "• пт, 6 нояб., «Робототехника» — опоздание\n"
        "• пн, 9 нояб., «Робототехника» — 5\n"
        "• «Робототехника», задание к занятию в четверг, 12 ноября — Собрать"
    )
    assert dana.splitlines()[1:] == [
        "• пн, 9 нояб., «Робототехника» — пропуск занятия",
        "• «Робототехника», задание к занятию в четверг, 12 ноября — Собрать",
    ]
    assert vera == "📖 Вера: 3 по курсу «Шахматы», в понедельник, 9 ноября."
    await school.anna.send("/journal")
    assert school.anna.buttons == [["Миша"], ["Вера"], ["Дана"], ["🏠 Меню"]]


async def test_a_pupil_hears_of_himself_in_words_of_his_own(school: World) -> None:
    await entered(school)
    assert school.misha.notices[-1].splitlines()[0] == "📖 Журнал:"
    assert "Миша" not in school.misha.notices[-1]
    await school.misha.tap("Открыть журнал")
    assert school.misha.page.startswith("📖 Журнал — Миша")


async def test_few_words_name_nobody_and_open_the_right_childs_journal(school: World) -> None:
    await school.anna.send("/settings")
    await school.anna.tap("💬 Сообщения")
    await school.anna.tap("Кратко")
    before = len(school.anna.messages)
    await entered(school)
    news = school.anna.messages[before:]
    assert [message.text for message in news] == ["📖 Новая запись в журнале — открыть."] * 3
    assert [[button.label for row in message.rows for button in row] for message in news] == [["📖 Открыть журнал"]] * 3
    await school.anna.tap("Открыть журнал")
    assert school.anna.page.startswith("📖 Журнал — Вера")


async def test_who_has_shut_the_bot_out_costs_nobody_else_a_word(school: World) -> None:
    school.ruslan.block()
    await entered(school)
    async with school.db.read() as tx:
        assert list(await tx.scalars(select(Letter.state).where(Letter.person_id == RUSLAN))) == []
        assert DANA not in await unreached(tx, {DANA})  # Anna is written to
    assert "пропуск занятия" in " ".join(school.anna.notices)
    school.ruslan.unblock()
    await school.ruslan.send("/journal")
    assert "отсутствие" in school.ruslan.page
