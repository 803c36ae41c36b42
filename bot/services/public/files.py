"""Which files may stand on a public page: scans and photos, by what they hold; a document of a text program names its authors."""

from __future__ import annotations

from bot.reading.kind import scan_of

_TYPES = {".pdf": "application/pdf", ".jpg": "image/jpeg", ".png": "image/png"}


def kind_of(content: bytes) -> tuple[str, str] | None:
    """The ending of the file's name and its type; None: nothing that is published."""
    ending = scan_of(content)
    return (ending.removeprefix("."), _TYPES[ending]) if ending else None
