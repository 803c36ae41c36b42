"""An invitation's code in letters: made, shown, and read however generously it was typed."""

from __future__ import annotations

import re
import secrets
import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U
LENGTH = 10
PAYLOAD_BYTES = 16  # 128 random bits in the deep link

_TELLING = frozenset("23456789")  # a code always has one of these, so that a ten-letter word is not taken for a code
_TYPED = str.maketrans("ILOАВЕЗКМНОРСТУХІ", "110ABE3KMH0PCTYX1")
_BETWEEN = re.compile(r"[\s\-‐‑–—_.,:;«»\"'`()]+")
_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{22}")
_LINK = re.compile(r"(?:https?://)?(?:t|telegram)\.me/\w+\?start=([A-Za-z0-9_-]{1,64})")
_AMONG_WORDS = re.compile(r"(?<![\w\-])\w{5}(?:\s?[\-‐‑–—]\s?|\s)?\w{5}(?![\w\-])")
_DIGIT = re.compile(r"[2-9]")
_LONGEST = 4096  # characters a message may have


def new_letters() -> str:
    """Ten random characters: 50 bits, guarded by five tries in 15 minutes."""
    while True:
        letters = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        if not _TELLING.isdisjoint(letters):
            return letters


def new_payload() -> str:
    return secrets.token_urlsafe(PAYLOAD_BYTES)


def shown(letters: str) -> str:
    """«7K3QXM2PAR» → «7K3QX-M2PAR»."""
    return f"{letters[:5]}-{letters[5:]}"


def read(typed: str) -> str | None:
    """The letters of a code as typed: any case, spaces and dashes, I and L for 1, O for 0, Cyrillic look-alikes; else None."""
    folded = _BETWEEN.sub("", unicodedata.normalize("NFKC", typed)).upper().translate(_TYPED)
    if len(folded) != LENGTH or not set(folded) <= set(ALPHABET) or _TELLING.isdisjoint(folded):
        return None
    return folded


def payload_in(typed: str) -> str | None:
    """The payload of a deep link that stands anywhere in a text (not of a link to a course or a document), or is all of it."""
    for link in _LINK.finditer(typed):
        if not link[1].startswith(("course_", "cert_")):
            return link[1]
    text = typed.strip()
    return text if _PAYLOAD.fullmatch(text) else None


def letters_in(typed: str) -> str | None:
    """The letters of a code that is the whole text, or stands in it among other words: a greeting, the school's whole letter.

    Among words a code has a digit as typed, and one with letters goes before ten digits, which may be a telephone number.
    """
    whole = read(typed)
    if whole is not None:
        return whole
    found: list[str] = []
    at = 0
    while match := _AMONG_WORDS.search(typed, at):
        letters = read(match[0]) if _DIGIT.search(match[0]) else None
        found += [letters] if letters else []
        at = match.end() if letters else match.start() + 1
    return min(found, key=str.isdigit, default=None)


def looks_like_code(typed: str) -> bool:
    """Whether a typed text is worth trying as an invitation."""
    return len(typed) <= _LONGEST and (payload_in(typed) is not None or letters_in(typed) is not None)
