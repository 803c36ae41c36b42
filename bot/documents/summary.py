"""A child's week in the journal as a picture (typst): a card a course, light or dark, to be seen at one glance."""

from __future__ import annotations

from dataclasses import asdict
from functools import lru_cache
from pathlib import Path

from bot.documents.typeset import pages
from bot.documents.week import PLAIN, SHARP, cleaned
from bot.notices.drawn import DrawnSummary

SOURCE = Path(__file__).parent / "templates" / "summary.typ"
ROOMY = 8  # courses up to which the picture is drawn at three pixels a point
MARKS = 12  # of one course that are drawn; what is more stands in the journal


@lru_cache(maxsize=32)
def summary_png(drawn: DrawnSummary) -> bytes:
    """The picture: 1080 pixels wide and as high as it needs. A family's members get the same one."""
    data = cleaned(asdict(drawn)) | {"most": MARKS}
    return pages(SOURCE, data, ppi=SHARP if len(drawn.courses) <= ROOMY else PLAIN)[0]
