"""Fonts that are the same on every machine: what LibreOffice and Chromium find is said here, not by what is installed."""

from __future__ import annotations

import os
from pathlib import Path

from bot.documents.typeset import FONTS

WIDEST = Path("/usr/share/fonts/truetype/dejavu")  # the widest a Linux machine takes where it has no Times New Roman
WIDEST_MISSING = "no DejaVu fonts: that the papers fit in a wide font too was not checked (apt-get install fonts-dejavu-core)"


def only(folder: Path, fonts: Path) -> dict[str, str]:
    """The environment of a program that finds the fonts of one folder and no others; `folder` keeps its cache."""
    return _told(folder, f"<dir>{fonts}</dir>")


def besides(folder: Path) -> dict[str, str]:
    """The environment of a program that finds the machine's fonts, and ours where the machine has none."""
    return _told(folder, f'<include ignore_missing="yes">/etc/fonts/fonts.conf</include><dir>{FONTS}</dir>')


def _told(folder: Path, where: str) -> dict[str, str]:
    folder.mkdir(parents=True, exist_ok=True)
    conf = folder / "fonts.conf"
    conf.write_text(f"<fontconfig>{where}<cachedir>{folder}/cache</cachedir></fontconfig>", "utf-8")
    return {**os.environ, "FONTCONFIG_FILE": str(conf)}
