"""How words are compared, in a workbook and a journal alike: what nobody sees is left out, what looks alike is one letter."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Of upper case. Latin letters that a Russian keyboard has under another key, a Latin Ë, and Greek ones; a stress mark is none.
_LOOK_ALIKES = str.maketrans("ABCEHKMOPTXYËЁΑΒΕΗΚΜΟΡΤΥΧΦΓΠ", "АВСЕНКМОРТХУЕЕАВЕНКМОРТУХФГП", "\u0300\u0301")
# The palochka of Adyghe names (U+04C0) and what is typed in its place: Latin I, l, 1 (! with Shift), |, the Ukrainian І, signs alike.
_PALOCHKA = str.maketrans(dict.fromkeys("IL1!|ІⅠǀ∣¦ΙİΊ│❘", "Ӏ"))
_SAME = str.maketrans("ABCEHKMOPTXYËaceopxyë", "АВСЕНКМОРТХУЁасеорхуё")
_CYRILLIC = re.compile("[А-яЁё]")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹘﹣－"), "-")
_APOSTROPHES = re.compile("['`´‘’‛ʹʻʼʽˈˊ′ꞌ＇]")
_AROUND_DASH = re.compile(r"\s*-\s*")
_USUAL = re.compile(r"[ -~А-яЁё«»№…–—\n\t]*")  # nothing to be done: nearly every cell
_RAISED = str.maketrans("", "", "⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉")
_PARTED = re.compile(r"\d[\W_]+\d")
_QUOTES = frozenset(" «»„“”\"'\N{NO-BREAK SPACE}.")
_REMEMBERED = 65_536  # a list of a year names the same pupil and group in thousands of rows


def seen(text: str) -> str:
    """The text without letters nobody sees (zero width, control), its full-width signs and foreign digits as plain ones."""
    if _USUAL.fullmatch(text):
        return text
    normal = unicodedata.normalize("NFC", text)
    return "".join(_plain(letter) for letter in normal if letter in "\n\t" or unicodedata.category(letter) not in _UNSEEN)


_UNSEEN = frozenset({"Cf", "Cc", "Cs", "Co"})


def _plain(letter: str) -> str:
    if letter.isascii():
        return letter
    if "！" <= letter <= "～":  # full-width
        return chr(ord(letter) - 0xFEE0)
    return str(unicodedata.decimal(letter)) if letter.isdecimal() else letter


def dashed(text: str) -> str:
    """Every dash as a hyphen."""
    return text.translate(_DASHES)


def without_raised(text: str) -> str:
    """«5²» is a 5 with a weight beside it."""
    return text.translate(_RAISED)


@lru_cache(_REMEMBERED)
def fold(text: str) -> str:
    """How headings and words are compared: upper case, Latin look-alikes as Cyrillic, ё as е, dashes as one, single spaces."""
    return " ".join(seen(text).upper().translate(_LOOK_ALIKES).translate(_DASHES).split())


@lru_cache(_REMEMBERED)
def name_key(text: str) -> str:
    """How people's names are compared: as words, and the palochka is one letter, apostrophes and spaces about a dash are none."""
    return _AROUND_DASH.sub("-", _APOSTROPHES.sub("", fold(text)).translate(_PALOCHKA)).strip()


def code_key(code: str) -> str:
    """How codes are compared: as names are. «У1» and «Y1», «РОБО-1» and «робо – 1» are one."""
    return name_key(code)


@lru_cache(_REMEMBERED)
def title_key(text: str) -> str:
    """How headings are compared: «Ф. И. О.*» is «ФИО», and a hint in brackets at the end is none of it."""
    words = fold(text)
    return re.sub(r"[\s.*:]+", "", re.sub(r"\s*\([^()]*\)\s*$", "", words) or words)


def in_cyrillic(name: str) -> str:
    """The name with the Latin letters that were typed in its Russian words as the Russian ones: it is printed, sorted and looked for."""
    return " ".join(word.translate(_SAME) if _CYRILLIC.search(word) else word for word in name.split(" "))


def fold_class(text: str) -> str:
    """«7 «a»», «7-A» typed with a Latin letter → «7А». «1-1», «1 1», «1.1» stay as they are: they must never become 11."""
    text = seen(text).upper()
    if _PARTED.search(text):
        return text
    words = dashed(_APOSTROPHES.sub("", text)).replace("-", "")
    return "".join(letter for letter in "".join(words.split()) if letter not in _QUOTES).translate(_LOOK_ALIKES)
