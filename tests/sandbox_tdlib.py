"""The real TDLib as a judge: what it makes of markup and of formatted text, without a network."""

from __future__ import annotations

import json
from typing import Any

Entity = dict[str, Any]
# TDLib's names of entity types, and the Bot API's.
NAMES = {
    "Bold": "bold", "Italic": "italic", "Underline": "underline", "Strikethrough": "strikethrough", "Spoiler": "spoiler",
    "Code": "code", "Pre": "pre", "PreCode": "pre", "TextUrl": "text_link", "MentionName": "text_mention",
    "CustomEmoji": "custom_emoji", "BlockQuote": "blockquote", "ExpandableBlockQuote": "expandable_blockquote",
    "DateTime": "date_time",
}  # fmt: skip


def execute(request: Entity) -> Entity:
    import tdjson

    answer = tdjson.td_execute(json.dumps(request).encode())
    found: Entity = json.loads(answer or b"{}")
    return found


def quiet() -> None:
    execute({"@type": "setLogVerbosityLevel", "new_verbosity_level": 0})


def parsed(markup: str) -> tuple[str, list[Entity]] | str:
    """Text and entities as the Bot API names them, or the error's words."""
    answer = execute({"@type": "parseTextEntities", "text": markup, "parse_mode": {"@type": "textParseModeHTML"}})
    if answer["@type"] == "error":
        return f"Bad Request: c{answer['message'][1:]}"
    return answer["text"], [entity_of(raw) for raw in answer["entities"]]


def entity_of(raw: Entity) -> Entity:
    kind = raw["type"]["@type"].removeprefix("textEntityType")
    entity = {"type": NAMES[kind], "offset": raw["offset"], "length": raw["length"]}
    for name in ("url", "user_id", "custom_emoji_id", "language"):
        if value := raw["type"].get(name):
            entity[name] = value
    return entity
