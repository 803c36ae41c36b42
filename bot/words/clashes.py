"""What speaks against a wish or a group, in a sentence."""

from __future__ import annotations

from bot.services.courses.clashes import Against
from bot.voice import Say


def why_not(one: Against, say: Say) -> str:
    """«В пятницу в это время у 7А уроки: 08:30–13:30.»; as plain text, for a sentence around it."""
    return say.plain(one.key, **one.facts)
