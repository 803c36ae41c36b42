"""What came of a questionnaire as a picture and as a PDF with charts (typst)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.documents.typeset import pages, pdf

SOURCE = Path(__file__).parent / "templates" / "survey.typ"


def survey_picture(data: Mapping[str, Any], *, ppi: float = 110) -> list[bytes]:
    """PNG: every question as bars."""
    return pages(SOURCE, {**data, "paper": False}, ppi=ppi)


def survey_paper(data: Mapping[str, Any]) -> bytes:
    """A4 pages: the bars, tables by class and course, and all that was written."""
    return pdf(SOURCE, {**data, "paper": True})
