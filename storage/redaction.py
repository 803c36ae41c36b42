"""Names in free words: what somebody typed, kept in whatever column, loses a child's name and code; the rest of it stays."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import JSON, ColumnElement, Text, cast, delete, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.schema import Column
from sqlalchemy.sql.schema import Table as SqlTable

from storage.db import Tx
from storage.tables import Document, Entry, Letter, Table, Talk, Update

GONE = "…"
# What the school's workbook says stays as it says it, and so does its own document, an application that was handed in; the
# inbox and the talks go whole; the bot's own words name nobody.
_STAYS = frozenset(
    (
        "pupils",
        "staff",
        "organizations",
        "courses",
        "course_groups",
        "slots",
        "calendar_days",
        "class_hours",
        "secrets",
        "application_versions",
        "kept_papers",
        "agreements",
    )
) | {Update.__tablename__, Talk.__tablename__}
_STAYS_COLUMNS = frozenset((Letter.dedup.key, Letter.topic.key))  # unique, and made of ids


class Names:
    """A pupil as free words may name them: the full name, the surname and first name in either order, the code."""

    def __init__(self, full_name: str, code: str) -> None:
        parts = full_name.split()
        forms = [full_name, code]
        if len(parts) > 1:
            forms += [f"{parts[0]} {parts[1]}", f"{parts[1]} {parts[0]}"]
        self.forms = sorted({form for form in forms if form.strip()}, key=len, reverse=True)
        self._any = re.compile(r"(?<!\w)(?:" + "|".join(map(_loosely, self.forms)) + r")(?!\w)", re.IGNORECASE)

    def in_text(self, text: str) -> bool:
        return self._any.search(text) is not None

    def in_bytes(self, content: bytes) -> bool:
        """Whether any of the encodings a file may be in says it."""
        return any(self.in_text(content.decode(encoding, "ignore")) for encoding in ("utf-8", "cp1251", "utf-16-le", "utf-16-be"))

    def out_of(self, value: Any) -> Any:
        """The value, of text or JSON, without them; what named them loses telephone numbers too: whose, nobody can tell."""
        if isinstance(value, str):
            without, found = self._any.subn(GONE, value)
            return _PHONE.sub(GONE, without) if found else value
        if isinstance(value, dict):
            return {self.out_of(key): self.out_of(each) for key, each in value.items()}
        if isinstance(value, list):
            return [self.out_of(each) for each in value]
        return value

    def hinted(self, column: ColumnElement[Any] | InstrumentedAttribute[Any]) -> ColumnElement[bool]:
        """A question that finds at least every row with them: the pattern itself is asked afterwards."""
        words = {word for form in self.forms for word in (form.split()[0],)}
        spelled = {each for word in words for each in (word, word.lower(), word.upper(), word.capitalize())}
        patterns = {way for word in spelled for way in (word, json.dumps(word)[1:-1])}
        text = cast(column, Text)
        return or_(*(text.like(f"%{_like(pattern)}%", escape="!") for pattern in sorted(patterns)))


async def redact(tx: Tx, names: Names) -> None:
    """Take a pupil's names out of every free word the database keeps, whichever table it stands in."""
    for table in Table.metadata.tables.values():
        if table.name in _STAYS:
            continue
        for column in table.columns:
            if isinstance(column.type, JSON | Text) and column.name not in _STAYS_COLUMNS and not column.primary_key:
                await _redact(tx, table, column, names)


async def _redact(tx: Tx, table: SqlTable, column: Column[Any], names: Names) -> None:
    keys = list(table.primary_key.columns)
    rows = (await tx.execute(select(*keys, column).where(names.hinted(column)))).all()
    for *key, value in rows:
        without = names.out_of(value)
        if without != value:
            where = [part == given for part, given in zip(keys, key, strict=True)]
            await tx.execute(update(table).where(*where).values({column.name: without}))


async def drop_talks(tx: Tx, names: Names) -> None:
    """Conversations, of whomever, that stand at something typed about the pupil: they begin again."""
    rows = await tx.execute(select(Talk.key, Talk.data, Talk.before).where(names.hinted(Talk.data) | names.hinted(Talk.before)))
    told = [row.key for row in rows if any(names.out_of(said) != said for said in (row.data, row.before))]
    if told:
        await tx.execute(delete(Talk).where(Talk.key.in_(told)))


async def documents(tx: Tx, kinds: Sequence[str]) -> Iterable[tuple[int, str]]:
    """Number and name of the kept files of these kinds: read one at a time, for each may have megabytes."""
    return [(row.id, row.name) for row in await tx.execute(select(Document.id, Document.name).where(Document.kind.in_(kinds)))]


async def content(tx: Tx, document_id: int) -> bytes | None:
    found: bytes | None = await tx.scalar(select(Document.content).where(Document.id == document_id))
    return found


async def empty(tx: Tx, document_id: int) -> None:
    """Erase what a kept file says; that there was one stays with the task it proves."""
    await tx.execute(update(Document).where(Document.id == document_id).values(content=b"", name=GONE))


async def keep_plain_marks(tx: Tx, pupil_id: int) -> None:
    """A mark that is more than a mark («5, Миша старался») is counted and no longer read."""
    rows = await tx.execute(select(Entry.id, Entry.value).where(Entry.pupil_id == pupil_id, Entry.kind == "mark"))
    for entry, value in rows.all():
        if not _PLAIN_MARK.fullmatch(value):
            await tx.execute(update(Entry).where(Entry.id == entry).values(value=GONE))


_PLAIN_MARK = re.compile(r"[\d+\-/,. ]{1,6}|не\s*зач[её]т|зач[её]т|зач\.?|н/?[аз]", re.IGNORECASE)

# Ten digits after +7 or 8, or of a mobile number alone, however they are set apart.
_PHONE = re.compile(r"(?<![\d+])(?:(?:\+?7|8)[\s(.-]{0,3}\d|9)(?:[\s().-]{0,3}\d){9}(?!\d)")


def _loosely(form: str) -> str:
    """A form as people type it: any spaces, е for ё and back."""
    words = (re.escape(word).replace("ё", "[её]").replace("Ё", "[ЕЁ]") for word in form.split())
    return r"\s+".join(words)


def _like(text: str) -> str:
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_")
