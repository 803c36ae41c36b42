"""What a target is: a page, or a press, that a button may mean; plain facts, packed as aiogram packs."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Annotated, ClassVar

from pydantic import Field

ROOM = 64  # bytes of callback data (Bot API, InlineKeyboardButton)

# Epoch seconds: callback data packs no dates. Other numbers of a button stay below 2³¹ (bot/telegram/frame.py), which as
# seconds is a day of 2038: hence a range of its own.
Epoch = Annotated[int, Field(ge=0, le=4_102_444_800)]  # the year 2100


@dataclass(frozen=True)
class Target:
    """A page, or a press, that a button may mean; a frozen dataclass of numbers and short words."""

    prefix: ClassVar[str]
    known: ClassVar[dict[str, type[Target]]] = {}

    def __init_subclass__(cls, prefix: str) -> None:
        super().__init_subclass__()
        if prefix in Target.known:
            raise ValueError(f"two targets are called {prefix!r}")
        cls.prefix = prefix
        Target.known[prefix] = cls

    def pack(self) -> str:
        """The callback data; ValueError when it is longer than Telegram takes."""
        values = [getattr(self, field.name) for field in fields(self)]
        packed = ":".join([self.prefix, *(str(int(value)) if isinstance(value, bool) else str(value) for value in values)])
        if len(packed.encode()) > ROOM:
            raise ValueError(f"{self.prefix}: longer than {ROOM} bytes")
        return packed
