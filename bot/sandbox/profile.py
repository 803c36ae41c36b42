"""How the bot presents itself: commands, descriptions, names and menu buttons, each by scope and language."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
Scope = tuple[str, int | None, int | None]

DEFAULT: Scope = ("default", None, None)


def scope_of(raw: Json | None) -> Scope:
    if not raw:
        return DEFAULT
    return raw["type"], raw.get("chat_id"), raw.get("user_id")


@dataclass(slots=True)
class Profile:
    """Texts by language ("" is every language); commands by scope and language."""

    name: str
    commands: dict[tuple[Scope, str], list[Json]] = field(default_factory=dict)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)  # ("description", "ru") and so on
    menus: dict[int | None, Json] = field(default_factory=dict)

    def text(self, what: str, language: str) -> str:
        for code in (language, ""):
            if found := self.texts.get((what, code)):
                return found
        return self.name if what == "name" else ""

    def menu(self, chat_id: int, language: str, *, private: bool = True) -> list[Json]:
        """The commands a person is offered: the narrowest scope that has any, in their language or in any."""
        wide = "all_private_chats" if private else "all_group_chats"
        for scope in (("chat", chat_id, None), (wide, None, None), DEFAULT):
            for code in (language, ""):
                if found := self.commands.get((scope, code)):
                    return found
        return []

    def button(self, chat_id: int | None) -> Json:
        return self.menus.get(chat_id) or self.menus.get(None) or {"type": "commands"}
