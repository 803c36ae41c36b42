"""A questionnaire is built in chat, sent out, reminded of once, closed; who may do what with it."""

from __future__ import annotations

from tests.surveys.cast import button
from tests.timetable_world import said
from tests.world import Member, World


async def office(world: World) -> None:
    await world.olga.send("/reports")
    await world.olga.tap("Анкеты")


async def own_survey(world: World, *questions: tuple[str, str], name: str = "Наши кружки") -> None:
    """Olga builds one of these (kind's button, text) and stays at its page."""
    await office(world)
    await world.olga.tap("Новая анкета")
    await world.olga.tap("Своя анкета")
    await world.olga.send(name)
    for kind, text in questions:
        await world.olga.tap("➕ Вопрос")
        await world.olga.tap(kind)
        await world.olga.send(text)
        await world.olga.tap("Готово")


FEW = (
    ("Один ответ", "Довольны ли вы?\nДа\nНет"),
    ("Несколько ответов", "Когда удобно?\n- утром\n- днём\n- вечером"),
    ("Шкала", "Как вам педагоги?"),
    ("Ответ словами", "Что исправить?"),
    ("Курсы из каталога", "Какие курсы нужны?"),
)


async def launched(world: World) -> None:
    await world.olga.tap("Начать опрос")
    await world.olga.tap("Подтвердить")


async def test_the_coordinator_builds_one_in_chat_and_a_mother_answers_it(world: World) -> None:
    await own_survey(world, *FEW)
    assert said(world.olga) == (
        "📝 Наши кружки\nКому: семьям, один ответ от семьи, все классы\nСрок: без срока\nС именем; в итогах имён нет\n\n"
        "✏️ Черновик: его пока никто не видит.\n\n"
        "1. Довольны ли вы? (один)\n2. Когда удобно? (несколько)\n3. Как вам педагоги? (шкала)\n"
        "4. Что исправить? (текст)\n5. Какие курсы нужны? (курсы)"
    )
    await world.olga.tap("До какого дня")
    await world.olga.send("20 ноября")
    await world.olga.tap("Кому")
    await world.olga.tap("за каждого ребёнка")
    await world.olga.tap("Классы")
    await world.olga.send("5-7")
    assert "Кому: семьям, ответ за каждого ребёнка, классы: 5–7\nСрок: до 20 ноября" in said(world.olga)
    await world.olga.tap("Начать опрос")
    assert said(world.olga) == (
        "📣 Начать опрос «Наши кружки»?\nЖдём 2 ответа: за каждого ребёнка, до 20 ноября.\nПосле начала вопросы не меняются."
    )
    await world.olga.tap("Подтвердить")
    assert said(world.olga).startswith("📣 Опрос начат. Ждём 2 ответа.")
    await world.deliver()
    assert words_of(world.anna) == "📝 Школа просит ответить на анкету «Наши кружки».\n5 вопросов, до 20 ноября."
    await world.anna.tap("Ответить")
    assert said(world.anna).startswith("📝 Наши кружки · Миша\n\n5 вопросов, до 20 ноября. Можно прерваться")
    await world.anna.tap("Начать")
    assert said(world.anna) == "📝 Наши кружки · Миша\n\nВопрос 1 из 5\nДовольны ли вы?\nОдин ответ."
    await world.anna.tap("Да")  # one press answers it: the page turns by itself
    await world.anna.tap("утром")
    await world.anna.tap("вечером")
    assert world.anna.buttons == [["✅ утром"], ["днём"], ["✅ вечером"], ["‹ Назад", "Дальше ›"], ["🏠 Меню"]]
    await world.anna.tap("Дальше")
    assert "1 — совсем нет, 5 — полностью да." in said(world.anna)
    await world.anna.tap("4")
    await world.anna.send("Больше <занятий>")
    await world.anna.tap("Робототехника")
    await world.anna.tap("Нужного курса нет")
    await world.anna.send("Конный спорт")
    assert said(world.anna).endswith("💭 Хотелось бы: Конный спорт")
    await world.anna.tap("Проверить")
    assert said(world.anna).endswith("Отвечены все вопросы. Пока анкета открыта, ответ можно будет изменить.")
    await world.anna.tap("Отправить")
    assert said(world.anna) == ("Спасибо!\n\n📝 Наши кружки · Миша\n\n✅ Ответ получен. Если передумаете — измените его здесь.")
    await world.anna.tap("Изменить ответ")
    await world.anna.tap("Нет")
    await office(world)
    assert said(world.olga) == "📝 Анкеты школы\n\n🟢 Наши кружки — 1 ответ"
    await world.olga.tap("Наши кружки")
    await world.olga.tap("Итоги")
    assert said(world.olga).startswith(
        "📊 Наши кружки\nИдёт: 1 ответ из 2\n\n"
        "1. Довольны ли вы?\n▱▱▱▱▱▱▱▱▱▱ Да — 0 · 0 %\n▰▰▰▰▰▰▰▰▰▰ Нет — 1 · 100 %\n\n"
        "2. Когда удобно?\n▰▰▰▰▰▰▰▰▰▰ утром — 1 · 100 %"
    )
    assert "В среднем 4,0" in said(world.olga)
    await world.olga.tap("›")
    assert said(world.olga).endswith(
        "5. Какие курсы нужны?\n▰▰▰▰▰▰▰▰▰▰ Робототехника — 1 · 100 %\nЧего не хватает, словами семей:\n• Конный спорт"
    )


def words_of(who: Member) -> str:
    """The newest letter, as it is read."""
    return who.notices[-1].replace("\N{NO-BREAK SPACE}", " ").rstrip()


async def test_it_is_reminded_of_once_and_closed_after_its_last_day(world: World) -> None:
    await own_survey(world, FEW[0])
    await world.olga.tap("До какого дня")
    await world.olga.send("16 ноября")
    await launched(world)
    await world.deliver()
    await world.anna.tap("Ответить")
    await world.anna.tap("Начать")
    await world.anna.tap("Да")
    await world.anna.tap("Отправить")
    for who in (world.anna, world.ruslan, world.misha):
        who.notices.clear()
    for _ in range(6):  # to Sunday, 15 November
        await world.pass_time(days=1)
    assert [each for each in world.anna.notices + world.misha.notices if "Наши кружки" in each] == []
    told = [each.replace("\N{NO-BREAK SPACE}", " ") for each in world.ruslan.notices if "Наши кружки" in each]
    assert told == ["📝 Анкета «Наши кружки» ещё ждёт вашего ответа: до 16 ноября.\nБольше напоминать не буду."]
    await world.pass_time(days=2)
    assert "📊 Анкета «Наши кружки» закончилась: 1 ответ." in world.olga.notices[-1]
    await world.ruslan.send("/start")
    assert "📝 Анкеты" not in str(world.ruslan.buttons)


async def test_pupils_answer_themselves_and_are_spoken_to_as_such(world: World) -> None:
    await own_survey(world, FEW[0], FEW[3])
    await world.olga.tap("Кому")
    await world.olga.tap("Ученики сами")
    await launched(world)
    await world.deliver()
    assert words_of(world.misha) == "📝 Школа просит тебя ответить на анкету «Наши кружки».\n2 вопроса, без срока."
    assert not [each for each in world.anna.notices if "Наши кружки" in each]
    await world.misha.tap("Ответить")
    await world.misha.tap("Начать")
    await world.misha.tap("Да")
    assert said(world.misha).endswith("Напиши ответ сообщением.")
    await world.misha.send("Ничего")
    await world.misha.tap("Отправить")
    assert said(world.misha).endswith("Если передумаешь — измени его здесь.")


async def test_a_ready_one_is_taken_with_its_questions_and_a_director_only_reads(world: World) -> None:
    await office(world)
    for label in ("Новая анкета", "Удовлетворённость"):
        await world.olga.tap(label)
    assert "🔒 Анонимная" in said(world.olga)
    assert "7. Что стоит исправить? (текст)" in said(world.olga)
    await world.sergey.send("/reports")
    await world.sergey.tap("Анкеты")
    await world.sergey.tap("Удовлетворённость")
    assert world.sergey.buttons == [["‹ Назад", "🏠 Меню"]]
    await world.olga.tap("➖ Вопрос")
    await world.olga.tap("➖ 1")
    assert "6. Что стоит исправить? (текст)" in said(world.olga)
    _, launch = button(world.olga, "Начать опрос")
    await world.sergey.press(button(world.sergey, "Назад")[0], launch)
    assert world.sergey.toasts[-1].startswith("Это доступно не всем.")
    await world.olga.tap("Удалить черновик")
    await world.olga.tap("Подтвердить")
    assert said(world.olga).startswith("📝 Анкеты школы\nПока нет ни одной.")


async def test_what_cannot_be_understood_is_said_and_nothing_changes(world: World) -> None:
    await own_survey(world, FEW[0])
    await world.olga.tap("До какого дня")
    for typed, answer in (("когда-нибудь", "Не понял, какой это день."), ("1 ноября 2026", "Этот день уже прошёл.")):
        await world.olga.send(typed)
        assert said(world.olga).startswith(answer)
    await world.olga.send("/reports")
    await world.olga.tap("Анкеты")
    await world.olga.tap("Наши кружки")
    await world.olga.tap("➕ Вопрос")
    await world.olga.tap("Один ответ")
    await world.olga.send("Без вариантов?")
    assert said(world.olga).startswith("Вариантов ответа нужно от 2 до 20")
    await world.olga.send("С вариантами?\n1. Да\n2. Нет")
    assert "2. С вариантами? (один)" in said(world.olga)
    await launched_after(world)
    await world.olga.tap("Закрыть")
    await world.olga.tap("Подтвердить")
    assert "▫️ Закрыта: 0 из 2" in said(world.olga)


async def launched_after(world: World) -> None:
    await world.olga.tap("Готово")
    await launched(world)
