"""The menu of each role: what is opened every day stands first, what is seldom looked at stands last."""

from __future__ import annotations

from tests.programme.test_portfolio import adds
from tests.world import Member, World


async def menu(who: Member) -> list[str]:
    await who.send("/start")
    return [" | ".join(row) for row in who.buttons]


async def test_what_is_opened_every_day_stands_first(world: World) -> None:
    await adds(world)  # Misha learns, and an achievement of his waits for whoever teaches him
    family = ["📅 Расписание | 📖 Журнал", "📚 Курсы | 📝 Мои заявления"]
    last = "⚙️ Настройки | ❓ Помощь"
    lessons, tasks, courses = "🧑‍🏫 Занятия | 📖 Журнал", "✅ Задачи | 📣 Объявления", "📚 Курсы | 🧰 Ресурсы"
    assert await menu(world.anna) == [*family, "🎒 Портфолио | ✉️ Сообщения", last]
    assert await menu(world.misha) == [*family, "🎒 Портфолио | ✉️ Сообщения", last]
    waiting = ["🏅 Достижения: 1 | 🎒 Портфолио", "✉️ Сообщения"]
    assert await menu(world.pavel) == [lessons, tasks, courses, *waiting, last]
    assert await menu(world.irina) == ["📥 Заявления | 📨 Заявки", lessons, tasks, courses, "✉️ Сообщения", last]
    assert await menu(world.olga) == [
        "📥 Заявления | 📨 Заявки",
        lessons,
        tasks,
        "📄 Документы | 📊 Отчёты",
        "🌐 Сеть | 🔑 Пригласить",
        courses,
        "🏅 Достижения: 1 | ✉️ Сообщения",
        last,
    ]
    assert await menu(world.sergey) == [lessons, tasks, "📄 Документы | 📊 Отчёты", courses, last]
