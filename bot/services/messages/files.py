"""A file beside a letter: which kinds, how large, under which name it is given out."""

from __future__ import annotations

from dataclasses import dataclass

from bot.reading.kind import ending_of
from bot.refusals import Refusal

KIND = "message"  # of its documents
LARGEST = 5 * 1024 * 1024  # bytes
NAME = 60  # characters of its name
_ALSO = {".jpg": (".jpg", ".jpeg")}  # how else a name of the kind may end


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
    ending = ending_of(file.content)
    if ending is None:
        raise Refusal("message-file-kind")
    return File(_named(file.name, _ALSO.get(ending, (ending,))), file.content)


def _named(name: str, endings: tuple[str, ...]) -> str:
    plain = "".join(each for each in name if each.isprintable() and each not in '/\\:*?"<>|').strip()
    stem = plain.rpartition(".")[0] if plain.lower().endswith(endings) else plain
    ending = next((each for each in endings if plain.lower().endswith(each)), endings[0])
    return f"{stem[:NAME] or KIND}{ending}"
