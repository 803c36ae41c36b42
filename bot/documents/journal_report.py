"""The journal's report as a picture and as a PDF with charts (typst)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.documents.typeset import pages, pdf

SOURCE = Path(__file__).parent / "templates" / "journal_report.typ"


def report_picture(data: Mapping[str, Any], *, ppi: float = 110) -> list[bytes]:
    """PNG, as many as the courses need."""
    return pages(SOURCE, {**data, "paper": False}, ppi=ppi)


def report_paper(data: Mapping[str, Any]) -> bytes:
    """A4 pages: the charts, then a table for every group."""
    return pdf(SOURCE, {**data, "paper": True})
