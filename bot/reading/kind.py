"""What a file is, told by its content and never by its name."""

from __future__ import annotations

_SCANS = {b"%PDF-": ".pdf", b"\xff\xd8\xff": ".jpg", b"\x89PNG\r\n\x1a\n": ".png"}
_PACKED = {b"word/document.xml": ".docx", b"xl/workbook.xml": ".xlsx"}  # names within the archive, as they lie there
_MACROS = b"vbaProject.bin"
PICTURES = (".jpg", ".png")


def scan_of(content: bytes) -> str | None:
    """The ending of a PDF, a JPEG or a PNG; None: it is none of them."""
    return next((ending for begins, ending in _SCANS.items() if content.startswith(begins)), None)


def ending_of(content: bytes) -> str | None:
    """The same, or that of a Word or Excel file; None: it is something else, or holds macros."""
    if _MACROS in content:
        return None
    if content.startswith(b"PK\x03\x04"):
        return next((ending for holds, ending in _PACKED.items() if holds in content), None)
    return scan_of(content)
