"""A file beside a letter: which kinds, how large, under which name it is given out."""

from __future__ import annotations

from dataclasses import dataclass

from bot.refusals import Refusal

KIND = "message"  # of its documents
LARGEST = 5 * 1024 * 1024  # bytes
NAME = 60  # characters of its name
# A file is told by its content, not by its name: what it begins with, what stands in it, how its name ends.
_KINDS: tuple[tuple[bytes, bytes, tuple[str, ...]], ...] = (
    (b"\xff\xd8\xff", b"", (".jpg", ".jpeg")),
    (b"\x89PNG\r\n\x1a\n", b"", (".png",)),
    (b"%PDF-", b"", (".pdf",)),
    (b"PK\x03\x04", b"word/document.xml", (".docx",)),
    (b"PK\x03\x04", b"xl/workbook.xml", (".xlsx",)),
)
_MACROS = b"vbaProject.bin"


@dataclass(frozen=True)
class File:
    """What came, by name and content."""

    name: str
    content: bytes


def too_large(size: int | None) -> bool:
    """Whether it is not even fetched."""
    return (size or 0) > LARGEST


def checked(file: File) -> File:
    """The file under a name that says what it is. Refusals: message-file-large, message-file-kind."""
    if too_large(len(file.content)):
        raise Refusal("message-file-large", limit=LARGEST // 2**20)
    for begins, holds, endings in _KINDS:
        if file.content.startswith(begins) and holds in file.content and _MACROS not in file.content:
            return File(_named(file.name, endings), file.content)
    raise Refusal("message-file-kind")


def _named(name: str, endings: tuple[str, ...]) -> str:
    plain = "".join(each for each in name if each.isprintable() and each not in '/\\:*?"<>|').strip()
    stem = plain.rpartition(".")[0] if plain.lower().endswith(endings) else plain
    ending = next((each for each in endings if plain.lower().endswith(each)), endings[0])
    return f"{stem[:NAME] or KIND}{ending}"
