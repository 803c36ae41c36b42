"""PDF and pictures by typst: data go in as JSON beside the source, never into it, so that no name is read as markup."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

FONTS = Path(__file__).parent / "fonts"


def pdf(source: Path, data: Mapping[str, Any]) -> bytes:
    """A typst source as PDF; `data` is what `json(bytes(sys.inputs.data))` gives there."""
    return b"".join(_made(source, data, "pdf"))


def pages(source: Path, data: Mapping[str, Any], *, ppi: float = 144) -> list[bytes]:
    """The same as PNG, a picture a page."""
    return _made(source, data, "png", ppi)


def _made(source: Path, data: Mapping[str, Any], kind: Literal["pdf", "png"], ppi: float | None = None) -> list[bytes]:
    import typst

    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    # The root is the folder of the sources: a source can read nothing else of the machine.
    made: Any = typst.compile(
        source, root=source.parent, font_paths=_fonts(), ignore_system_fonts=True, sys_inputs=inputs, format=kind, ppi=ppi
    )
    return made if isinstance(made, list) else [made]


@cache
def _fonts() -> Any:
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
