"""What a paper says, as text: so that a page can show a paper before it is one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

BLANK = "________"


@dataclass(frozen=True)
class Line:
    text: str
    heading: bool  # it stands in the middle of the sheet


def words_of(docx: bytes) -> list[Line]:
    """The lines of a paper in their order, a row of a table as one line; what is to be filled in by hand is a blank."""
    return list(_lines(docx))


def _lines(docx: bytes) -> Iterator[Line]:
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.table import Table

    for part in Document(BytesIO(docx)).iter_inner_content():
        if isinstance(part, Table):
            for row in part.rows:
                yield Line(" · ".join(_plain(cell.text) for cell in row.cells), heading=False)
        elif words := _plain(part.text):
            yield Line(words, heading=part.alignment == WD_ALIGN_PARAGRAPH.CENTER)


def _plain(text: str) -> str:
    return re.sub(r"[ \n]+", " ", re.sub(r"\t+|_{4,}", BLANK, text)).strip()
