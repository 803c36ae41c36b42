"""A pupil's portfolio of a year as a PDF (typst)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.documents.typeset import pdf

SOURCE = Path(__file__).parent / "templates" / "portfolio.typ"


def portfolio_pdf(data: Mapping[str, Any]) -> bytes:
    """A4 pages."""
    return pdf(SOURCE, data)
