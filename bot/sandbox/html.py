"""Telegram's HTML: text and entities out of markup, and markup out of text and entities (after TDLib's parse_html)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import Any

from bot.sandbox.entities import joined, ordered
from bot.sandbox.errors import Refused
from bot.sandbox.links import WrongLinkError, checked, user_of

Entity = dict[str, Any]

SIMPLE = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler", "span": "spoiler",
}  # fmt: skip
TAGS = {*SIMPLE, "a", "tg-emoji", "tg-time", "pre", "code", "blockquote"}
NAMED = {b"lt": ord("<"), b"gt": ord(">"), b"amp": ord("&"), b"quot": ord('"')}
_STOP = re.compile(rb"[<&]")
_SPACE = b" \t\r\n\0\v"
_NAME_END = re.compile(rb"[ \t\r\n\0\v>]")
_ATTRIBUTE_END = re.compile(rb"[ \t\r\n\0\v=>/\"']")
_TOKEN = re.compile(rb"[A-Za-z0-9.\-]*")
_REFERENCE = re.compile(rb"&(?:#x([0-9a-fA-F]*)|#([0-9]*)|([A-Za-z]*))")


@dataclass(slots=True)
class _Open:
    tag: str
    argument: bytes
    offset: int
    begin: int


def parse(markup: str) -> tuple[str, list[Entity]]:
    """Text and its entities (offsets in UTF-16 units). Raises Refused in the server's words, offsets in bytes."""
    if "<" not in markup and "&" not in markup:
        return markup, []
    return _Parser(markup.encode()).run()


class _Parser:
    def __init__(self, source: bytes) -> None:
        self.size = len(source)
        self.source = source + b"\0"
        self.at = 0
        self.text = bytearray()
        self.offset = 0  # in UTF-16 units
        self.open: list[_Open] = []
        self.found: list[Entity] = []

    def run(self) -> tuple[str, list[Entity]]:
        while self.at < self.size:
            stop = _STOP.search(self.source, self.at)
            end = stop.start() if stop else self.size
            if end > self.at:
                self._say(self.source[self.at : end])
                self.at = end
            elif self.source[self.at] == ord("&"):
                self._say(self._reference() or self._one())
            elif self.source[self.at + 1] == ord("/"):
                self._close()
            else:
                self._begin()
        if self.open:
            raise _cant(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        try:
            text = self.text.decode()
        except UnicodeDecodeError as error:
            raise _cant(
                "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units"
            ) from error
        for entity in self.found:
            if entity["type"] == "code":
                entity.pop("language", None)
        return text, ordered(self.found)

    def _say(self, piece: bytes) -> None:
        self.text += piece
        if piece.isascii():
            self.offset += len(piece)
        else:
            self.offset += len(piece.decode("utf-8", "surrogatepass").encode("utf-16-le", "surrogatepass")) // 2

    def _one(self) -> bytes:
        self.at += 1
        return self.source[self.at - 1 : self.at]

    def _reference(self) -> bytes | None:
        """`&lt;`, `&#65;` or `&#x41;` at this place; the semicolon may be missing."""
        found = _REFERENCE.match(self.source, self.at)
        if found is None:
            return None
        if found[3] is not None:
            code = NAMED.get(found[3], 0)
        else:
            code = int(found[1] or b"0", 16) if found[1] is not None else int(found[2] or b"0")
            if code >= 0x10FFFF or len(found[0]) >= 10:
                code = 0
        if not code:
            return None
        self.at = found.end() + (self.source[found.end()] == ord(";"))
        return chr(code).encode(errors="surrogatepass")

    def _skip_spaces(self) -> None:
        while self.at < self.size and self.source[self.at] in b" \t\r\n\v":
            self.at += 1

    def _until(self, end: re.Pattern[bytes]) -> bytes:
        start = self.at
        found = end.search(self.source, start)
        self.at = found.start() if found else self.size
        return self.source[start : self.at]

    def _here(self) -> int:
        return 0 if self.at >= self.size else self.source[self.at]

    def _begin(self) -> None:
        begin = self.at
        self.at += 1
        name = self._until(_NAME_END)
        if not self._here():
            raise _cant(f"Unclosed start tag at byte offset {begin}")
        tag = name.lower().decode(errors="replace")
        if tag not in TAGS:
            raise _cant(f'Unsupported start tag "{tag}" at byte offset {begin}')
        argument = b""
        while self._here() != ord(">"):
            self._skip_spaces()
            if self._here() == ord(">"):
                break
            attribute, value = self._attribute(tag, begin)
            argument = _argument(tag, attribute, value, argument)
        if tag == "span" and argument != b"spoiler":
            raise _cant(f'Tag "span" must have class "tg-spoiler" at byte offset {begin}')
        self.open.append(_Open(tag, argument, self.offset, len(self.text)))
        self.at += 1

    def _attribute(self, tag: str, begin: int) -> tuple[bytes, bytes]:
        attribute = self._until(_ATTRIBUTE_END)
        if not attribute:
            raise _cant(f'Empty attribute name in the tag "{tag}" at byte offset {begin}')
        self._skip_spaces()
        if self._here() != ord("="):
            if not self._here():
                raise _cant(f'Unclosed start tag "{tag}" at byte offset {begin}')
            return attribute, b""
        self.at += 1
        self._skip_spaces()
        if not self._here():
            raise _cant(f'Unclosed start tag "{tag}" at byte offset {begin}')
        value = self._literal() if self._here() in b"'\"" else self._token()
        if not self._here():
            raise _cant(f"Unclosed start tag at byte offset {begin}")
        return attribute, value

    def _token(self) -> bytes:
        start = self.at
        found = _TOKEN.match(self.source, start)
        self.at = found.end() if found else start
        if self._here() not in _SPACE + b">":
            raise _cant(f"Unexpected end of name token at byte offset {start}")
        return self.source[start : self.at].lower()

    def _literal(self) -> bytes:
        quote = self.source[self.at]
        self.at += 1
        value = bytearray()
        while self._here() and self._here() != quote:
            value += (self._here() == ord("&") and self._reference()) or self._one()
        if self._here() == quote:
            self.at += 1
        return bytes(value)

    def _close(self) -> None:
        begin = self.at
        if not self.open:
            raise _cant(f"Unexpected end tag at byte offset {begin}")
        self.at += 2
        name = self._until(_NAME_END).lower().decode(errors="replace")
        self._skip_spaces()
        if self._here() != ord(">"):
            raise _cant(f"Unclosed end tag at byte offset {begin}")
        last = self.open.pop()
        if name and name != last.tag:
            raise _cant(f'Unmatched end tag at byte offset {begin}, expected "</{last.tag}>", found "</{name}>"')
        self.at += 1
        if self.offset > last.offset:
            self._end(last)

    def _end(self, last: _Open) -> None:
        entity: Entity = {"type": SIMPLE.get(last.tag, last.tag), "offset": last.offset, "length": self.offset - last.offset}
        argument = last.argument.decode(errors="replace")
        if last.tag == "a":
            if not _link(entity, argument or self.text[last.begin :].decode(errors="replace")):
                return
        elif last.tag in ("pre", "code"):
            if self._pre_code(entity, argument):
                return
        elif last.tag == "blockquote" and argument:
            entity["type"] = "expandable_blockquote"
        elif last.tag == "tg-emoji":
            if not re.fullmatch(r"[+-]?\d{1,19}", argument) or int(argument) == 0:
                raise _cant("Invalid custom emoji identifier specified")
            entity |= {"type": "custom_emoji", "custom_emoji_id": argument}
        elif last.tag == "tg-time":
            return  # drawn by the reader's clock; the sandbox keeps the words as they are
        self.found.append(entity)

    def _pre_code(self, entity: Entity, language: str) -> bool:
        """`<pre><code class="language-…">` is one entity, whichever is outside."""
        if language:
            entity["language"] = language
        last = self.found[-1] if self.found else None
        if last and (last["offset"], last["length"]) == (entity["offset"], entity["length"]):
            if entity["type"] == "pre" and last["type"] == "code" and "language" in last:
                last["type"] = "pre"
                return True
            if entity["type"] == "code" and language and last["type"] == "pre" and "language" not in last:
                last["language"] = language
                return True
        return False


def _argument(tag: str, attribute: bytes, value: bytes, before: bytes) -> bytes:
    if tag == "a" and attribute == b"href":
        return value
    if tag == "code" and attribute == b"class" and value.startswith(b"language-"):
        return value[9:]
    if tag == "span" and attribute == b"class" and value.startswith(b"tg-"):
        return value[3:]
    if tag == "tg-emoji" and attribute == b"emoji-id":
        return value
    if tag == "blockquote" and attribute == b"expandable":
        return b"1"
    return before


def _link(entity: Entity, link: str) -> bool:
    """A link Telegram does not take is dropped without a word; its text stays."""
    if user := user_of(link):
        entity |= {"type": "text_mention", "user_id": user}
        return True
    try:
        entity |= {"type": "text_link", "url": checked(link)}
    except WrongLinkError:
        return False
    return True


def _cant(words: str) -> Refused:
    return Refused(f"can't parse entities: {words}")


def unparse(text: str, entities: list[Entity]) -> str:
    """HTML that gives this text and these entities again."""
    units = text.encode("utf-16-le", "surrogatepass")
    marks: list[tuple[int, int, int, str]] = []
    for number, entity in enumerate(ordered(joined(entities))):
        tags = _tags(entity)
        if tags:
            start, end = entity["offset"], entity["offset"] + entity["length"]
            marks.append((start, 1, number, tags[0]))
            marks.append((end, 0, -number, tags[1]))
    pieces: list[str] = []
    at = 0
    for place, _, _, tag in sorted(marks):
        pieces += (escape(units[at * 2 : place * 2].decode("utf-16-le", "replace"), quote=False), tag)
        at = place
    pieces.append(escape(units[at * 2 :].decode("utf-16-le", "replace"), quote=False))
    return "".join(pieces)


_UNPARSED = {"bold": "b", "italic": "i", "underline": "u", "strikethrough": "s", "spoiler": "tg-spoiler", "code": "code"}


def _tags(entity: Entity) -> tuple[str, str] | None:
    kind = entity["type"]
    if tag := _UNPARSED.get(kind):
        return f"<{tag}>", f"</{tag}>"
    if kind == "pre":
        if language := entity.get("language"):
            return f'<pre><code class="language-{escape(language)}">', "</code></pre>"
        return "<pre>", "</pre>"
    if kind.endswith("blockquote"):
        return f"<blockquote{' expandable' if kind.startswith('exp') else ''}>", "</blockquote>"
    if kind == "text_link":
        return f'<a href="{escape(entity["url"])}">', "</a>"
    if kind == "text_mention":
        return f'<a href="tg://user?id={entity["user"]["id"]}">', "</a>"
    if kind == "custom_emoji":
        return f'<tg-emoji emoji-id="{entity["custom_emoji_id"]}">', "</tg-emoji>"
    return None
