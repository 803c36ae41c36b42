"""What Telegram calls somebody stands nowhere: it is not even read."""

from __future__ import annotations

import ast
from pathlib import Path

from sqlalchemy import select

from bot.services.people.invitations import make_invitation
from storage.tables import Person
from tests.world import World

ROOT = Path(__file__).parents[2]
SENDERS = {"user", "sender", "from_user", "event_from_user", "new_chat_member"}
NICKNAMES = {"full_name", "first_name", "last_name", "username", "mention_html"}


def test_no_page_or_paper_reads_a_nickname() -> None:
    """The rooms that see Telegram's own objects never ask a sender's name; the others get none."""
    read = []
    for path in [*(ROOT / "bot" / "telegram").rglob("*.py"), *(ROOT / "handlers").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in NICKNAMES:
                of = node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "")
                if of in SENDERS:
                    read.append(f"{path.name}:{node.lineno}")
    assert read == []


async def test_who_comes_in_is_nameless_until_they_say_their_name(world: World) -> None:
    made = await make_invitation(world.db, "guardian", "У-402", now=world.now)
    mother = world.member(2001, "🌸 Котёнок 🌸")
    await mother.send(f"/start {made.payload}")
    await mother.tap("Прочитать и согласиться")
    await mother.tap("Выбрать по отдельности")
    await mother.tap("Обработка данных")
    assert mother.page.startswith("✍️ Как вас зовут?"), "a consent in parts counts only with a name, too"
    async with world.db.read() as tx:
        assert await tx.scalar(select(Person.name).where(Person.telegram_id == 2001)) == ""
    await mother.send("СИДОРОВА вера-анна Ильинична")
    async with world.db.read() as tx:
        assert await tx.scalar(select(Person.name).where(Person.telegram_id == 2001)) == "Сидорова Вера-Анна Ильинична"
