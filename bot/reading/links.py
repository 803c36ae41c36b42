"""Addresses of the web as people write them."""

from __future__ import annotations

import re

LONGEST = 500  # characters
_WHOLE = re.compile(r"https?://[^\s/.]+(\.[^\s/.]+)+(/\S*)?", re.IGNORECASE)
_BARE = re.compile(r"[\w-]+(\.[\w-]+)*\.[^\W\d_]{2,}(/\S*)?")


def as_link(text: str) -> str | None:
    """The address a text is, «example.org/a» too; None: it is none."""
    text = text.strip()
    found = f"https://{text}" if _BARE.fullmatch(text) else text
    return found if len(found) <= LONGEST and _WHOLE.fullmatch(found) else None


def link_in(text: str) -> tuple[str, str] | None:
    """The words and the address of «Задачник: https://example.org/a»; without words the address stands for them."""
    for word in text.split():
        link = as_link(word.strip(",;()"))
        if link is not None:
            words = " ".join(text.replace(word, " ").split()).strip(" -–—:,;.")
            return words or link.removeprefix("https://").removeprefix("http://").rstrip("/"), link
    return None
