"""What the server does to text and entities before it keeps them: cleaning, trimming, merging."""

from __future__ import annotations

import re
from typing import Any

from bot.sandbox.html import ordered

Entity = dict[str, Any]

# Kept as one when they touch.
_JOINED = frozenset(("bold", "italic", "underline", "strikethrough", "spoiler"))
_UNWANTED = re.compile("[\0-\x08\x0b-\x0c\x0e-\x1f\u2028\u2029]|\r")


def fixed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """The text as it will be shown: control characters blank, ends trimmed; entities moved with it."""
    if not entities and "\r" not in text and not _UNWANTED.search(text):
        return text.strip(" \t\n\v\r\0\u200b"), []
    text = _UNWANTED.sub(lambda found: "" if found[0] == "\r" else " ", text)
    start = len(text) - len(text.lstrip(" \t\n\v\r\0"))
    kept = text.strip(" \t\n\v\r\0")
    size = len(kept.encode("utf-16-le")) // 2
    moved = []
    for entity in ordered(entities):
        begin = max(0, entity["offset"] - start)
        end = min(size, entity["offset"] + entity["length"] - start)
        if end > begin:
            moved.append({**entity, "offset": begin, "length": end - begin})
    return kept, merged(moved)


def merged(entities: list[Entity]) -> list[Entity]:
    """Bold next to bold, or bold inside bold, is one bold."""
    kept: list[Entity] = []
    last: dict[str, Entity] = {}
    for entity in entities:
        kind = entity["type"]
        before = last.get(kind)
        if kind in _JOINED and before and entity["offset"] <= before["offset"] + before["length"]:
            end = max(before["offset"] + before["length"], entity["offset"] + entity["length"])
            before["length"] = end - before["offset"]
            continue
        last[kind] = entity
        kept.append(entity)
    return ordered(kept)
