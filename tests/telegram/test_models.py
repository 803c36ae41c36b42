"""aiogram's models are built when they are first used, and then are what aiogram would have built."""

from __future__ import annotations

import re
import typing
from pathlib import Path

import aiogram.methods
import aiogram.types
from aiogram import Bot
from aiogram.types import GiveawayWinners, TelegramObject, Update

ROOT = Path(__file__).parent.parent.parent
# Who imports aiogram outside of the packages whose first line sees to it that its models stay unbuilt.
BESIDE = {"bot/app.py", "bot/sandbox/strict.py"}  # the one says so itself, the demo says it for the other


def test_a_model_nobody_has_used_is_not_built() -> None:
    unused = [name for name in aiogram.methods.__all__ if not getattr(aiogram.methods, name).__pydantic_complete__]
    assert "UpgradeGift" in unused
    assert len(unused) > 100


def test_a_model_is_built_when_it_is_first_used_with_everything_it_is_made_of() -> None:
    chat = {"id": 5, "type": "channel", "title": "Новости"}
    winner = {"id": 7, "is_bot": False, "first_name": "Анна"}
    told = {
        "chat": chat,
        "giveaway_message_id": 1,
        "winners_selection_date": 1_700_000_000,
        "winner_count": 1,
        "winners": [winner],
    }
    message = {"message_id": 2, "date": 1_700_000_000, "chat": chat, "giveaway_winners": told}
    update = Update.model_validate({"update_id": 1, "channel_post": message})
    assert update.channel_post is not None
    found = update.channel_post.giveaway_winners
    assert isinstance(found, GiveawayWinners)
    assert [each.first_name for each in found.winners] == ["Анна"]


def test_every_word_a_type_uses_for_another_is_known_where_it_is_looked_for() -> None:
    types = [getattr(aiogram.types, name) for name in aiogram.types.__all__]
    for each in types:
        if isinstance(each, type) and issubclass(each, TelegramObject):
            typing.get_type_hints(each, localns={"Bot": Bot})  # NameError: aiogram has a new word; see bot/telegram/models.py


def test_nobody_imports_aiogram_before_its_models_are_told_to_wait() -> None:
    found = {
        str(file.relative_to(ROOT))
        for file in Path(ROOT, "bot").rglob("*.py")
        if re.search(r"^(?:from|import) aiogram\b", file.read_text("utf-8"), re.MULTILINE)
    }
    assert {each for each in found if not each.startswith("bot/telegram/")} == BESIDE
