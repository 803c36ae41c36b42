"""«Не придём»: a family announces an absence by a button or in a sentence, the teacher sees it, it can be taken back."""

from __future__ import annotations

from sqlalchemy import select

from storage.tables import Absence, Entry
from tests.timetable_world import at, enroll, said
from tests.world import CHESS, DANA, MISHA, NOW, ROBOTICS, VERA, Member, World

THURSDAY_MORNING = at(12, 8)


async def thursday_came(world: World) -> None:
    """Thursday morning; what is said of it the evening before was said."""
    await world.pass_time(hours=54.5)  # Wednesday, 18:30
    world.clock.move(THURSDAY_MORNING - world.now)
    for who in (world.anna, world.ruslan, world.pavel):
        who.notices.clear()


async def learning(world: World) -> None:
    await enroll(world.db, MISHA, ROBOTICS, CHESS)
    await enroll(world.db, VERA, CHESS)
    await enroll(world.db, DANA, ROBOTICS)


async def kept(world: World) -> list[tuple[int, str, str, int | None, bool]]:
    async with world.db.read() as tx:
        rows = await tx.scalars(select(Absence).order_by(Absence.id))
        return [(row.pupil_id, str(row.first_day), str(row.last_day), row.lesson_id, row.taken_back_at is None) for row in rows]


def heard(who: Member, since: int = 0) -> list[str]:
    return [text.replace("\N{NO-BREAK SPACE}", " ") for text in who.notices[since:]]


async def test_a_mother_says_by_a_button_that_misha_will_not_come_today(world: World) -> None:
    await learning(world)
    await thursday_came(world)
    await world.anna.send("/timetable")
    await world.anna.tap("🙅 Не придём")
    assert said(world.anna).startswith("🙅 Кто не придёт в четверг, 12 ноября?\nНажмите, что пропустите")
    await world.anna.tap("Миша · 15:00 Робототехника")
    assert said(world.anna).splitlines()[0] == "✅ Записано. Педагог увидит это у занятия."
    assert "Уже предупредили:\n• Миша: в четверг, 12 ноября, в 15:00, «Робототехника»" in said(world.anna)
    await world.deliver()
    assert heard(world.pavel) == [], "two minutes for second thoughts"
    await world.pass_time(minutes=3)
    assert heard(world.pavel)[-1] == (
        "🙅 Занятия в четверг, 12 ноября\n• 15:00 «Робототехника», Г-01: не придёт 1 ученик\nКто — на странице занятия."
    )
    await world.pavel.tap("Открыть занятие")
    assert "🙅 Предупредили, что не придут:\n• Петров Миша Алексеевич, 7А" in said(world.pavel)
    await world.anna.send("/timetable")
    assert "🙅 не придёт: Миша" in said(world.anna)


async def test_second_thoughts_cost_the_teacher_no_letter(world: World) -> None:
    await learning(world)
    await thursday_came(world)
    await world.anna.send("/timetable")
    await world.anna.tap("🙅 Не придём")
    await world.anna.tap("Миша · 15:00 Робототехника")
    await world.anna.tap("↩️ Миша придёт")
    assert said(world.anna).startswith("✅ Миша придёт — записано.")
    await world.pass_time(minutes=3)
    assert heard(world.pavel) == []
    await world.anna.tap("Миша · 15:00 Робототехника")
    await world.pass_time(minutes=3)
    await world.anna.tap("↩️ Миша придёт")
    await world.pass_time(minutes=3)
    assert heard(world.pavel)[-1] == (
        "🙅 Занятия в четверг, 12 ноября\n• 15:00 «Робототехника», Г-01: придут все\nСемьи передумали: ждём всех."
    )


async def test_two_families_are_one_letter_to_the_teacher(world: World) -> None:
    await learning(world)
    await thursday_came(world)
    for who, text in ((world.anna, "Миша сегодня не придёт"), (world.ruslan, "Дана сегодня не придёт")):
        await who.send(text)
        await who.tap("Подтвердить")
    await world.pass_time(minutes=3)
    assert heard(world.pavel) == [
        "🙅 Занятия в четверг, 12 ноября\n• 15:00 «Робототехника», Г-01: не придут 2 ученика\nКто — на странице занятия."
    ]


async def test_a_sentence_is_shown_as_it_was_understood_before_it_is_kept(world: World) -> None:
    await learning(world)
    await world.anna.send("Здравствуйте! Мишу не ждите с 10 по 20 ноября, болеет")
    assert said(world.anna) == (
        "🙅 Верно?\n\nМиша не придёт:\n"
        "• в среду, 11 ноября, в 14:30 — «Шахматы»\n"
        "• в четверг, 12 ноября, в 15:00 — «Робототехника»\n"
        "• в среду, 18 ноября, в 14:30 — «Шахматы»\n"
        "• в четверг, 19 ноября, в 15:00 — «Робототехника»\n\n"
        "Педагог увидит это у занятия. Передумаете — отмените здесь же."
    )
    assert await kept(world) == []
    await world.anna.tap("Подтвердить")
    assert await kept(world) == [(MISHA, "2026-11-10", "2026-11-20", None, True)]
    await world.anna.send("Миша не придёт 12 ноября")
    assert "Об этом вы уже предупредили." in said(world.anna)


async def test_who_is_not_named_is_asked(world: World) -> None:
    await learning(world)
    await world.anna.send("в среду не придёт")
    assert said(world.anna) == "🙅 Кто не придёт?"
    await world.anna.tap("Вера")
    assert "Вера не придёт:\n• в среду, 11 ноября, в 14:30 — «Шахматы»" in said(world.anna)
    await world.anna.send("Миша не придёт на шахматы в среду")
    assert "• в среду, 11 ноября, в 14:30 — «Шахматы»" in said(world.anna)
    await world.anna.tap("Подтвердить")
    assert await kept(world) == [(MISHA, "2026-11-11", "2026-11-11", 4, True)]
    await world.anna.send("Петя завтра не придёт")
    assert said(world.anna).startswith("Среди ваших детей нет такого имени: Петя.")
    await world.anna.send("Миша завтра не придёт, а в пятницу придёт")
    assert said(world.anna).startswith("🙅 В какой день?")
    await world.anna.tap("чт, 12 нояб.")
    assert said(world.anna).startswith("🙅 Кто не придёт в четверг, 12 ноября?")


async def test_a_pupil_asks_the_parents_and_who_has_no_lesson_hears_so(world: World) -> None:
    await learning(world)
    await world.misha.send("я завтра не приду")
    assert said(world.misha) == "О пропуске предупреждает родитель: пусть напишет то же самое со своего телефона."
    await world.anna.send("сегодня нас не будет")
    assert said(world.anna) == "Занятий, о которых можно предупредить, в понедельник, 9 ноября нет."
    await world.pavel.send("Завтра меня не будет")
    assert "Кто не придёт" not in said(world.pavel)


async def test_the_journal_is_filled_beforehand_and_what_is_marked_stays(world: World) -> None:
    await learning(world)
    await world.anna.send("Миша не придёт с 9 по 20 ноября")
    await world.anna.tap("Подтвердить")
    world.clock.move(at(12, 16, 20) - NOW)
    await world.pavel.send("/journal")
    await world.pavel.tap("Отметить")
    await world.pavel.tap("15:00 Робототехника")
    assert "1. Петров Миша Алексеевич — 🙅 предупредили, что не придёт" in said(world.pavel)
    await world.pavel.tap("Остальные были")
    async with world.db.read() as tx:
        rows = await tx.scalars(select(Entry).order_by(Entry.pupil_id))
        assert [(row.pupil_id, row.value) for row in rows] == [(MISHA, "absent"), (DANA, "present")]
    await world.anna.send("/timetable")
    await world.anna.tap("🙅 Не придём")
    await world.anna.tap("↩️ Миша придёт")
    assert await kept(world) == [
        (MISHA, "2026-11-09", "2026-11-20", None, False),
        (MISHA, "2026-11-11", "2026-11-11", 4, True),
        (MISHA, "2026-11-12", "2026-11-12", 3, True),
    ]
    assert "18 ноября" not in said(world.anna)
    await world.anna.tap("↩️ Миша придёт")
    assert world.anna.toasts[-1].startswith("Это занятие уже прошло или отмечено в журнале")


async def test_a_class_in_quarantine_is_announced_by_the_coordinator(world: World) -> None:
    await learning(world)
    await world.olga.send("/timetable")
    await world.olga.tap("🏠 Класс не ходит")
    await world.olga.tap("7А")
    await world.olga.tap("вт, 10 нояб.")
    await world.olga.tap("пт, 20 нояб.")
    assert said(world.olga).splitlines()[:3] == [
        "🏠 7А не ходит 10–20 ноября?",
        "Пропустят 2 ученика · 4 занятия",
        "",
    ]
    assert said(world.olga).endswith("Напишем 2 семьям. Письма уйдут через две минуты: до этого можно отменить.")
    await world.olga.tap("Подтвердить")
    assert said(world.olga).startswith("✅ Записано: предупредим 2 семьи.")
    await world.pass_time(minutes=3)
    assert heard(world.anna)[-1] == (
        "🏠 Миша: 10–20 ноября класс 7А на занятия курсов не ходит. Педагоги предупреждены, писать ничего не нужно."
    )
    world.clock.move(at(12, 8) - world.now)
    await world.pavel.send("/timetable")
    await world.pavel.tap("Робототехника")
    assert "🙅 Предупредили, что не придут:\n• Петров Миша Алексеевич, 7А\n• Шеуджен Дана Руслановна, 7А" in said(world.pavel)
    await world.olga.send("/timetable")
    await world.olga.tap("🏠 Класс не ходит")
    await world.olga.tap("↩️ 7А снова ходит")
    assert said(world.olga).startswith("✅ 7А снова ходит: сообщим 2 семьям.")
    await world.pass_time(minutes=3)
    assert heard(world.anna)[-1] == (  # and of today's lesson nobody has reminded her while the class stayed at home
        "🏫 Миша: класс 7А снова ходит на занятия курсов. Ждём!\n\n"
        "🔔 Миша: занятия в четверг, 12 ноября.\n15:00 «Робототехника» — Центр развития IT-образования, каб. 2"
    )
    assert any(text.endswith("Семьи передумали: ждём всех.") for text in heard(world.pavel)[-2:])


async def test_a_lesson_moved_to_another_day_is_not_the_one_that_was_meant(world: World) -> None:
    await learning(world)
    await world.anna.send("Миша не придёт на робототехнику в четверг")
    await world.anna.tap("Подтвердить")
    await world.pavel.send("/timetable")
    await world.pavel.tap("Робототехника")
    assert "Предупредили" in said(world.pavel)
    await world.pavel.tap("Перенести")
    await world.pavel.send("пятница 15:00")
    await world.pavel.tap("Подтвердить")
    await world.pavel.send("/timetable")
    await world.pavel.tap("Робототехника")
    assert "Предупредили" not in said(world.pavel)
    await world.anna.send("/timetable")
    await world.anna.tap("🙅 Не придём")
    assert "Уже предупредили" not in said(world.anna)
