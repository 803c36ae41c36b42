"""Guard: what a letter's sentence is told is said by the type of a field, never by its name."""

from __future__ import annotations

from bot.notices import Notice, said
from bot.telegram.subjects import SUBJECTS


def test_every_notice_is_known_here() -> None:
    assert SUBJECTS  # with every handler
    assert len(Notice.kinds) > 40


def test_a_field_named_as_an_id_is_no_fact_of_the_sentence() -> None:
    assert {kind: name for kind, notice in Notice.kinds.items() for name in said(notice) if name.startswith("id_")} == {}


def test_a_fact_of_the_sentence_is_hidden_by_its_type() -> None:
    assert said(Notice.kinds["guardian-joined"]) == ("child", "guardian")
