"""Squares on a printed page, read by a decoder that has nothing in common with what drew them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
import zxingcpp


def squares(pdf: bytes, folder: Path, *, dpi: int = 100) -> list[str]:
    """What each page's square says, as a camera would see the page; skipped, loudly, where no tool draws pages."""
    if shutil.which("pdftoppm") is None:
        pytest.skip("no pdftoppm: squares on paper were not read (apt-get install poppler-utils)")
    (folder / "page.pdf").write_bytes(pdf)
    subprocess.run(["pdftoppm", "-gray", "-r", str(dpi), "page.pdf", "page"], cwd=folder, check=True)
    return [square for picture in sorted(folder.glob("page*.pgm")) for square in _read(picture.read_bytes())]


def _read(pgm: bytes) -> list[str]:
    """A grey picture (PGM, P5) and what stands in it."""
    kind, size, deepest, pixels = pgm.split(b"\n", 3)
    assert (kind, deepest) == (b"P5", b"255")
    width, height = map(int, size.split())
    seen = memoryview(pixels[: width * height]).cast("B", shape=(height, width))
    return [found.text for found in zxingcpp.read_barcodes(seen)]
