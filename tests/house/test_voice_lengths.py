"""The bot's voice says facts of any length: Fluent itself refuses more than 2,500 characters in one part."""

from __future__ import annotations

import pytest

from bot.voice import LONGEST, voice
from tests.world import ZONE

SAY = voice("ru", ZONE)


@pytest.mark.parametrize("reason", ["я" * 5000, "&" * 5000, "<b>" * 2000, "a" * 2399 + "&&", ["«Шахматы»"] * 1000])
def test_a_long_fact_gets_an_end(reason: str | list[str]) -> None:
    said = SAY("application-reason", reason=reason)
    assert said.startswith("Школа пишет: ")
    assert said.endswith("…")
    assert len(said) <= LONGEST + len("Школа пишет: ")
    assert not said.removesuffix("…").endswith(("&", "&a", "&am", "&amp", "&l", "&lt", "&g", "&gt"))


def test_a_short_one_is_said_whole() -> None:
    assert SAY.plain("application-reason", reason="я" * LONGEST) == "Школа пишет: " + "я" * LONGEST
