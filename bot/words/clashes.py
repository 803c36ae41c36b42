"""What speaks against a wish, a group or what somebody sent, in a sentence."""

from __future__ import annotations

from bot.refusals import Refusal
from bot.services.courses.clashes import Against
from bot.voice import Say


def why_not(one: Against | Refusal, say: Say) -> str:
    """«В пятницу в это время у 7А уроки: 08:30–13:30.»; as plain text, for a sentence around it."""
    return say.plain(one.key, **one.facts)
