"""A questionnaire is built in chat, sent out, reminded of once, closed; who may do what with it."""

from __future__ import annotations

from tests.timetable_world import said
from tests.world import World


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


async def test_the_coordinator_builds_one_in_chat(world: World) -> None:
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
    assert "Кому: семьям, ответ за каждого ребёнка, классы: 5–7" in said(world.olga)
    await world.olga.tap("Начать опрос")
    print(said(world.olga))
    await world.olga.tap("Подтвердить")
    print(said(world.olga), world.olga.buttons)
    await world.deliver()
    print(world.anna.notices[-1], world.ruslan.notices[-1])
    await world.anna.tap("Ответить")
    print(said(world.anna), world.anna.buttons)
    await world.anna.tap("Начать")
    print(said(world.anna), world.anna.buttons)
    await world.anna.tap("Да")
    print(said(world.anna), world.anna.buttons)
    await world.anna.tap("утром")
    await world.anna.tap("вечером")
    print(said(world.anna), world.anna.buttons)
    await world.anna.tap("Дальше")
    print(said(world.anna), world.anna.buttons)
    await world.anna.tap("4")
    print(said(world.anna), world.anna.buttons)
    await world.anna.send("Больше <занятий>")
    print(said(world.anna), world.anna.buttons)
    await world.anna.tap("Робототехника")
    await world.anna.tap("Нужного курса нет")
    print(said(world.anna), world.anna.buttons)
    await world.anna.send("Конный спорт")
    print(said(world.anna), world.anna.buttons)
    await world.anna.tap("Проверить")
    print(said(world.anna), world.anna.buttons)
    await world.anna.tap("Отправить")
    print(said(world.anna), world.anna.buttons)
    await office(world)
    print(said(world.olga), world.olga.buttons)
    await world.olga.tap("Наши кружки")
    await world.olga.tap("Итоги")
    print(said(world.olga), world.olga.buttons)
