"""What the server does to text and entities before it keeps them: cleaning, splitting, merging, trimming (after TDLib)."""

from __future__ import annotations

import re
from typing import Any

Entity = dict[str, Any]

# May overlap anything: they are split and merged as needed. The rest must nest properly or go.
SPLIT = ("bold", "italic", "underline", "strikethrough", "spoiler")
QUOTES = frozenset(("blockquote", "expandable_blockquote"))
VERBATIM = frozenset(("code", "pre"))
# Outer first: entities of the same place are sorted so.
PRIORITY = {
    "blockquote": 0, "expandable_blockquote": 0, "pre": 11, "code": 20, "text_link": 49, "text_mention": 49, "bold": 90,
    "italic": 91, "underline": 92, "strikethrough": 93, "spoiler": 94, "custom_emoji": 99,
}  # fmt: skip
END = 1 << 31

_CONTROL = re.compile("[\0-\x09\x0b-\x0c\x0e-\x1f]")
_REMOVED = re.compile("[\r\u2028-\u202e\u0333\u033f\u030a]")
_INVISIBLE = re.compile(
    "[\\s\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u2000-\u200f\u202f\u205f-\u206f\u2800\u3000\u3164\ufeff]*"
)


def fixed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Text and entities as they will be shown. The text may come out empty."""
    text, entities = _trimmed(*cleaned(text, nested(entities)))
    return ("", []) if _INVISIBLE.fullmatch(text) else (text, ordered(entities))


def cleaned(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Control characters become spaces; line separators, direction marks and vertical lines go, entities move with it."""
    text = _CONTROL.sub(" ", text)
    if not _REMOVED.search(text):
        return text, entities
    if entities:
        gone = [units(text[: found.start()]) for found in _REMOVED.finditer(text)]
        moved = []
        for entity in entities:
            start, end = entity["offset"], entity["offset"] + entity["length"]
            before = sum(place < start for place in gone)
            inside = sum(start <= place < end for place in gone)
            moved.append({**entity, "offset": start - before, "length": entity["length"] - inside})
        entities = moved
    return _REMOVED.sub("", text), nested([entity for entity in entities if entity["length"] > 0])


def _trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    kept = text.rstrip(" \n")
    if entities and len(kept) < len(text):
        size = units(kept)
        entities = [
            {**entity, "length": min(entity["length"], size - entity["offset"])} for entity in entities if entity["offset"] < size
        ]
    # Spaces inside an entity at the very start stay.
    start = len(kept) - len(kept.lstrip(" \n"))
    if entities:
        start = min(start, entities[0]["offset"])
        entities = [{**entity, "offset": entity["offset"] - start} for entity in entities]
    return kept[start:], entities


def units(text: str) -> int:
    """Length in UTF-16 units, as entities are measured."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def ordered(entities: list[Entity]) -> list[Entity]:
    """By place; outer before inner."""
    return sorted(
        entities,
        key=lambda entity: (
            entity["offset"],
            -entity["length"],
            PRIORITY.get(entity["type"], 50) - ("language" in entity),
        ),
    )


def joined(entities: list[Entity]) -> list[Entity]:
    """Pieces of one bold, italic and so on put together again, if they then still nest: for reading, not for keeping."""
    kept: list[Entity] = []
    last: dict[str, Entity] = {}
    for entity in ordered(entities):
        before = last.get(entity["type"]) if entity["type"] in SPLIT else None
        if before and entity["offset"] <= _end(before):
            before["length"] = max(_end(before), _end(entity)) - before["offset"]
        else:
            last[entity["type"]] = copy = dict(entity)
            kept.append(copy)
    stack: list[Entity] = []
    for entity in ordered(kept):
        while stack and entity["offset"] >= _end(stack[-1]):
            stack.pop()
        if stack and _end(entity) > _end(stack[-1]):
            return entities
        stack.append(entity)
    return kept


def nested(entities: list[Entity]) -> list[Entity]:
    """Entities that nest properly: what may be split is split or merged, what may not and overlaps is dropped."""
    entities = ordered(entities)
    if _proper(entities):
        return entities
    whole = _apart([entity for entity in entities if entity["type"] not in SPLIT and entity["type"] not in QUOTES])
    if quotes := _apart([entity for entity in entities if entity["type"] in QUOTES]):
        whole = ordered([entity for entity in whole if _fits(entity, quotes)] + quotes)
    pieces = _Splitter([entity for entity in entities if entity["type"] in SPLIT]).around(whole)
    return ordered(whole + pieces)


def _end(entity: Entity) -> int:
    end: int = entity["offset"] + entity["length"]
    return end


def _proper(entities: list[Entity]) -> bool:
    ends: dict[str, int] = {}
    stack: list[Entity] = []
    for entity in entities:
        while stack and entity["offset"] >= _end(stack[-1]):
            stack.pop()
        kind = entity["type"]
        if stack and not _may_stand_in(entity, stack):
            return False
        if kind in SPLIT:
            if ends.get(kind, -1) >= entity["offset"]:
                return False
            ends[kind] = _end(entity)
        stack.append(entity)
    return True


def _may_stand_in(entity: Entity, stack: list[Entity]) -> bool:
    kind, around = entity["type"], [outer["type"] for outer in stack]
    if _end(entity) > _end(stack[-1]) or kind in around or around[-1] in VERBATIM:
        return False
    if kind in SPLIT:
        return around[-1] not in SPLIT
    # Links, code and quotes stand in quotes only.
    return all(outer in QUOTES for outer in around) and not (kind in QUOTES and around)


def _apart(entities: list[Entity]) -> list[Entity]:
    """The first of those that overlap."""
    kept: list[Entity] = []
    for entity in entities:
        if not kept or entity["offset"] >= _end(kept[-1]):
            kept.append(entity)
    return kept


def _fits(entity: Entity, quotes: list[Entity]) -> bool:
    """Inside a quote or outside all of them."""
    quote = next((quote for quote in quotes if _end(quote) > entity["offset"]), None)
    return (
        quote is None or _end(entity) <= quote["offset"] or (quote["offset"] <= entity["offset"] and _end(entity) <= _end(quote))
    )


class _Splitter:
    """Bold, italic and the like: merged where they touch, split where something else begins or ends."""

    def __init__(self, entities: list[Entity]) -> None:
        self.left = entities[::-1]
        self.open: dict[str, tuple[int, int]] = {}
        self.found: list[Entity] = []

    def around(self, whole: list[Entity]) -> list[Entity]:
        stack: list[Entity] = []
        for place, entity in [*((entity["offset"], entity) for entity in whole), (END, None)]:
            while stack and place >= _end(stack[-1]):
                size = len(self.found)
                self._advance(_end(stack[-1]))
                if stack.pop()["type"] in VERBATIM:
                    del self.found[size:]
            self._advance(place)
            if entity is not None:
                stack.append(entity)
        return self.found

    def _advance(self, end: int) -> None:
        while self.left and self.left[-1]["offset"] < end:
            entity = self.left.pop()
            kind = entity["type"]
            if kind in self.open and entity["offset"] <= self.open[kind][1]:
                begin, was = self.open[kind]
                self.open[kind] = begin, max(was, _end(entity))
            else:
                self._flush(entity["offset"])
                self.open[kind] = entity["offset"], _end(entity)
        self._flush(end)

    def _flush(self, upto: int) -> None:
        for kind in SPLIT:
            if kind in self.open and self.open[kind][0] < upto:
                begin, end = self.open[kind]
                self.found.append({"type": kind, "offset": begin, "length": min(end, upto) - begin})
                if end <= upto:
                    del self.open[kind]
                else:
                    self.open[kind] = upto, end
