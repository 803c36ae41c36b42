"""Which files may stand on a public page: scans and photos, by what they hold; a document of a text program names its authors."""

from __future__ import annotations

KINDS = {b"%PDF": ("pdf", "application/pdf"), b"\xff\xd8\xff": ("jpg", "image/jpeg"), b"\x89PNG\r\n": ("png", "image/png")}


def kind_of(content: bytes) -> tuple[str, str] | None:
    """The ending of the file's name and its type; None: nothing that is published."""
    return next((kind for first, kind in KINDS.items() if content.startswith(first)), None)
