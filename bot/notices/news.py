"""Of which news of the journal somebody is written to: in words."""

from __future__ import annotations

from collections.abc import Collection

from bot.notices import NEWS
from bot.voice import Say


def news_words(say: Say, muted: Collection[str]) -> str:
    """«Из журнала: обо всём, кроме домашних заданий»; plain text."""
    off = [kind for kind in NEWS if kind in muted]
    if not off:
        return say.plain("settings-news-all")
    if len(off) == len(NEWS):
        return say.plain("settings-news-none")
    return say.plain("settings-news-but", muted=[say.plain("news-but", kind=kind) for kind in off])
