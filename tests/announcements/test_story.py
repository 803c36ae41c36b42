"""An announcement is written, seen as it will be read, sent, taken back within its minute, read, reminded of."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from storage.tables import Consent
from tests.announcements.cast import PNG, passes, written
from tests.telegram.test_handled_again import killed_after, letters
from tests.timetable_world import enroll, said
from tests.world import CHESS, DANA, MISHA, ROBOTICS, RUSLAN, VERA, Member, World

pytestmark = pytest.mark.usefixtures("sound")

ASKED = "Пожалуйста, прочитайте и нажмите «Ознакомлен(а)»."
LETTER = "📣 Объявление · 7А\nСОШ №8\n\nЗавтра в 15:00 — встреча с мастером.\nВозьмите сменную обувь."


def labels(who: Member) -> str:
    return str(who.buttons)


async def test_a_class_is_told_and_who_has_not_read_it_is_reminded_once(world: World) -> None:
    olga, anna, ruslan, misha = world.olga, world.anna, world.ruslan, world.misha
    await olga.send("/start")
    await olga.tap("Объявления")
    assert said(olga) == (
        "📣 Объявления\nПока ни одного. Напишите первое: перед отправкой будет видно, как его прочитают и сколько человек "
        "получит, а ещё минуту его можно отозвать."
    )
    await world.sergey.send("/start")
    await world.sergey.tap("Объявления")  # the director reads, and is told of no button to write with
    assert said(world.sergey) == "📣 Объявления\nПока ни одного: здесь будет всё, что получат семьи школы."
    await written(olga, "Классу", "7А")
    assert said(olga) == f"👀 Так это прочитают:\n\n{LETTER}\n\n———\n\n📬 Получат 3 человека: семьи 2 детей."
    assert olga.buttons[:3] == [["📣 Отправить"], ["⏰ Утром: вт, 10 нояб., 08:00"], ["▫️ Попросить «Ознакомлен(а)»"]]
    await olga.tap("Попросить")
    assert ASKED in said(olga)
    await olga.tap("Отправить")
    assert said(olga) == (
        "⏳ Уйдёт в понедельник, 9 ноября, в 12:01. До этого его можно отозвать целиком: не получит никто.\n\n"
        "📬 Получат 3 человека: семьи 2 детей."
    )
    await world.deliver()
    assert anna.page == ""
    await passes(world, minutes=1)
    assert (said(anna), said(ruslan)) == (f"{LETTER}\n\n{ASKED}", f"{LETTER}\n\n{ASKED}")
    assert said(misha) == f"{LETTER}\n\nПрочитай и нажми, пожалуйста, «Ознакомлен(а)»."
    await anna.tap("Ознакомлен(а)")
    assert anna.toasts[-1] == "Спасибо!"
    await anna.tap("Ознакомлен(а)")
    assert anna.toasts[-1] == "Уже отмечено, спасибо!"
    await olga.tap("Отозвать")
    assert olga.toasts[-1] == (
        "Объявление уже ушло: отозвать его нельзя. Если в нём ошибка — отправьте ещё одно, с исправлением."
    )
    await olga.tap("Обновить")
    assert said(olga).startswith(
        "✅ Ушло в понедельник, 9 ноября, в 12:01.\n\n📬 Получили 3 из 3\n👁 Ознакомлены семьи 1 из 2 детей\n\nТекст:\n\n📣 Объявление"
    )
    await olga.tap("Кто не ознакомлен: 1")
    assert said(olga) == "Не ознакомлены · 7А\n\n7А\n• Шеуджен Дана Руслановна"
    await olga.tap("Назад")
    await olga.tap("Напомнить")
    assert said(olga).startswith("🔔 Напоминание получит 1 человек. Второго не будет.")
    assert "Напомнить" not in labels(olga)
    await passes(world, minutes=1)
    again = LETTER.replace("📣 Объявление ·", "🔔 Объявление ещё раз ·")
    assert said(ruslan) == f"{again}\n\n{ASKED}\n\nБольше напоминать не буду."
    assert said(anna) == f"{LETTER}\n\n{ASKED}"


async def test_a_teacher_takes_it_back_within_the_minute_and_nobody_hears_of_it(world: World) -> None:
    """Both of Anna's children are in the group: she gets one letter. Each press is handled twice, as after a kill."""
    pavel, anna = world.pavel, world.anna
    for child in (MISHA, VERA):
        await enroll(world.db, child, ROBOTICS)
    await enroll(world.db, DANA, CHESS)
    await written(pavel, "Робототехника", text="Занятие начнётся на 10 минут позже")
    assert "📣 Объявление · Робототехника, Г-01\nПедагог: Ким Павел Андреевич\n\nЗанятие начнётся на 10 минут позже" in said(
        pavel
    )
    assert "📬 Получат 2 человека: семьи 2 детей." in said(pavel)
    async with killed_after(world):
        await pavel.tap("Отправить")
        page = said(pavel)
    assert (said(pavel), await letters(world)) == (page, 2)
    async with killed_after(world):
        await pavel.tap("Отозвать")
    assert said(pavel).startswith("↩️ Отозвано: его никто не получил.")
    await passes(world, minutes=2)
    assert (anna.page, world.misha.page) == ("", "")
    async with killed_after(world):
        await pavel.tap("Изменить и отправить заново")
    await pavel.tap("Текст")
    await pavel.send("Занятие начнётся на 15 минут позже")
    await pavel.tap("Отправить")
    await passes(world, minutes=1)
    assert [len(who.chat.messages) for who in (anna, world.misha, world.ruslan)] == [1, 1, 0]
    assert said(anna).endswith("Занятие начнётся на 15 минут позже")
    await world.irina.send("/start")
    await world.irina.tap("Объявления")
    assert "Робототехника" not in labels(world.irina)  # another's
    await world.olga.send("/start")
    await world.olga.tap("Объявления")
    assert "✅ Робототехника, …: Занятие начнётс…" in labels(world.olga)  # her school's families were told
    await world.olga.tap("Занятие начнётс")
    assert said(world.olga).startswith("✅ Ушло в понедельник, 9 ноября, в 12:03.\n\n📬 Получили 2 из 2\n\nТекст:")
    assert "Отозвать" not in labels(world.olga)


async def test_in_the_morning_only_who_may_be_written_to_by_then_hears_it(world: World) -> None:
    """Ruslan takes his word about messages back in the night; Vera comes to the class too late; Dana's family is called."""
    olga, anna = world.olga, world.anna
    await written(olga, "Всем семьям школы", text="Завтра не учимся")
    assert "📣 Объявление · всем семьям школы\nСОШ №8" in said(olga)
    assert "📬 Получат 3 человека: семьи 3 детей." in said(olga)
    await olga.tap("Утром")
    assert said(olga).startswith("⏳ Уйдёт во вторник, 10 ноября, в 08:00. До этого его можно отозвать целиком")
    async with world.db.write() as tx:
        mine = (Consent.person_id == RUSLAN, Consent.purpose == "messages")
        await tx.execute(update(Consent).where(*mine).values(withdrawn_at=world.now))
    await passes(world, hours=19, minutes=59)
    assert anna.page == ""
    await passes(world, minutes=1)
    assert (said(anna).endswith("Завтра не учимся"), world.ruslan.page) == (True, "")
    assert len(anna.chat.messages) == 1
    await olga.tap("Обновить")
    assert "📬 Получили 2 из 3\n⚠️ Не дошло: 1" in said(olga)
    await written(olga, "Классу", "7А", text="Дана, проверка")
    assert "📬 Получат 2 человека: семья 1 ребёнка.\n☎️ 1 семье бот написать не может" in said(olga)
    await olga.tap("Отправить")
    await passes(world, minutes=1)
    await olga.send("/inbox")
    await olga.tap("Позвонить")
    assert "Шеуджен Дана" in said(olga)
    assert "📣 Объявление · 7А\nСОШ №8\n\nДана, проверка" in said(olga)


async def test_a_partner_sends_a_picture_above_the_words_and_a_file_below_them(world: World) -> None:
    irina, anna, ruslan = world.irina, world.anna, world.ruslan
    for child in (MISHA, DANA):
        await enroll(world.db, child, ROBOTICS)
    await written(irina, "Курсу", "Робототехника", text="")
    assert said(irina) == (
        "✍️ Объявление: курс «Робототехника»\nНапишите его сообщением — до 1 500 знаков. Можно приложить одну картинку "
        "(текст под ней — до 700 знаков) или файл: PDF, Word, Excel.\n\nНичего не уйдёт, пока вы не нажмёте «Отправить». "
        "Фамилий и отметок детей не пишите: объявление читают все."
    )
    await irina.attach("вирус.exe", b"MZ nothing of ours")
    wrong = "Такое приложить нельзя. Подойдёт картинка (JPEG, PNG) или файл PDF, Word (.docx), Excel (.xlsx) без макросов."
    assert said(irina) == wrong
    await irina.send("ы" * 1501)
    assert said(irina).startswith("В объявлении 1 501 знак, а помещается 1 500.")
    await irina.attach("выставка.png", PNG, "ы" * 701)
    assert said(irina).startswith("Под картинкой помещается 700 знаков, а в тексте 701.")
    await irina.attach("выставка.png", PNG)
    assert said(irina) == "📎 Файл есть. Теперь напишите текст объявления."
    await irina.send("Выставка <роботов> & кружков. Петров Миша покажет своего!")
    assert "⚠️ В тексте названы фамилия и имя ребёнка." in said(irina)
    assert [*irina.chat.messages.values()][-2].file is not None
    await irina.tap("Текст")
    await irina.send("Выставка <роботов> & кружков")
    assert "⚠️" not in said(irina)
    await irina.tap("Отправить")
    await passes(world, minutes=1)
    assert said(anna) == "📣 Объявление · курс «Робототехника»\nЦентр развития IT-образования\n\nВыставка <роботов> & кружков"
    assert [await who.file(who.newest) for who in (anna, ruslan) if who.newest] == [PNG, PNG]
    uploads = [call for call in world.sandbox.calls("sendPhoto") if call.files]
    assert len(uploads) == 3  # two previews, and once for all who got the letter
    await irina.tap("Обновить")
    await irina.tap("Назад")
    await written(irina, "Группе", "Робототехника", text="Программа выставки")
    await irina.tap("📎 Файл")
    await irina.attach("программа.pdf", b"%PDF-1.7 programme")
    await irina.tap("Отправить")
    await passes(world, minutes=1)
    assert said(ruslan).endswith("Программа выставки\n\n📎 программа.pdf")
    await ruslan.tap("Открыть файл")
    assert ruslan.newest is not None
    assert await ruslan.file(ruslan.newest) == b"%PDF-1.7 programme"
    stranger = world.zarema
    await stranger.press(1, "ann.file:2")
    assert stranger.newest is None or "программа" not in stranger.newest.text


async def test_at_night_it_waits_for_the_end_of_quiet_hours(world: World) -> None:
    world.clock.move(timedelta(hours=10))  # ten in the evening
    await written(world.olga, "Классу", "4Б", text="Приносите краски")
    assert world.olga.buttons[:2] == [["📣 Отправить: уйдёт вт, 10 нояб., 07:00"], ["⏰ Утром: вт, 10 нояб., 08:00"]]
    await world.olga.tap("Отправить")
    assert said(world.olga).startswith("⏳ Уйдёт во вторник, 10 ноября, в 07:00.")
    await passes(world, hours=8)
    assert world.anna.page == ""
    await passes(world, hours=1)
    assert said(world.anna).endswith("Приносите краски")
