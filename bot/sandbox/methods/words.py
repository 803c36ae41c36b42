"""Text and captions of a call: markup parsed, trimmed and measured as the server does."""

from __future__ import annotations

from typing import Any

from bot.sandbox.entities import fixed
from bot.sandbox.errors import Refused
from bot.sandbox.html import parse
from bot.sandbox.telegram import Telegram, noticed
from bot.sandbox.wire import Call

Entity = dict[str, Any]
MOST_TEXT, MOST_CAPTION, MOST_BYTES, MOST_ENTITIES = 4096, 1024, 32_768, 100
# Which markups people meet nowadays; the sandbox reads HTML only and says so.
MODES = frozenset(("html", "markdown", "markdownv2"))


def text_of(telegram: Telegram, call: Call) -> tuple[str, list[Entity]]:
    """The text of sendMessage or editMessageText. Raises Refused."""
    raw = call.get("text")
    if not raw:
        raise Refused("message text is empty")
    text, entities = _marked(telegram, call, raw, "entities")
    if not text:
        raise Refused("text must be non-empty")
    if len(text) > MOST_TEXT:
        raise Refused("message is too long")
    return text, entities


def caption_of(telegram: Telegram, call: Call) -> tuple[str, list[Entity]]:
    """The caption of a file; may be empty. Raises Refused."""
    return caption(telegram, call, call.get("caption") or "")


def caption(telegram: Telegram, call: Call, raw: str) -> tuple[str, list[Entity]]:
    text, entities = _marked(telegram, call, raw, "caption_entities")
    if len(text) > MOST_CAPTION:
        raise Refused("message caption is too long")
    return text, entities


def _marked(telegram: Telegram, call: Call, raw: str, field: str) -> tuple[str, list[Entity]]:
    try:
        size = len(raw) if raw.isascii() else len(raw.encode())
    except UnicodeEncodeError as error:
        raise Refused("strings must be encoded in UTF-8") from error
    if size > MOST_BYTES:
        raise Refused("text is too long")
    mode = (call.get("parse_mode") or "none").lower()
    entities: list[Entity] = []
    if mode == "html":
        raw, entities = parse(raw)
    elif mode == "none":
        entities = [dict(entity) for entity in (call.get(field) or [])[:MOST_ENTITIES]]
    elif mode in MODES:
        telegram.violate(f"{call.method}: parse_mode {call.get('parse_mode')} is not simulated; send HTML or entities")
        raise Refused(f"sandbox: parse_mode {call.get('parse_mode')} is not simulated")
    else:
        raise Refused("unsupported parse_mode")
    text, entities = fixed(raw, entities)
    entities = noticed(text, entities[:MOST_ENTITIES])
    return text, [known for entity in entities if (known := _known(telegram, entity))]


def _known(telegram: Telegram, entity: Entity) -> Entity | None:
    """A mention by id of somebody the bot never met is dropped."""
    if entity["type"] != "text_mention":
        return entity
    user_id = entity.pop("user_id", None) or entity.get("user", {}).get("id")
    chat = telegram.chats.get(user_id)
    if chat is None or chat.person is None:
        return None
    return {**entity, "user": chat.person.wire()}
