"""The criteria of a year as a paper for the director (typst), and the programme of a network as one file (DOCX)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.documents.paper import paper
from bot.documents.typeset import pdf

SOURCE = Path(__file__).parent / "templates" / "criteria.typ"
PROGRAMME = "network_programme.docx"


def criteria_pdf(data: Mapping[str, Any]) -> bytes:
    """A4 pages: a table of each part."""
    return pdf(SOURCE, data)


def programme_docx(facts: Mapping[str, Any], own: Path | None = None) -> bytes:
    """The programme. Refusals: a template's (bot/documents/paper.py)."""
    return paper(PROGRAMME, facts, own)
