"""Searching the catalogue by words as people type them: any ending, ё or е, the beginning of a word is enough. Pure."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable
from weakref import WeakKeyDictionary

from storage.courses.courses import Offer
from storage.courses.shelf import Shelf

NAMED = 5  # letters of a course's name from which a misspelt one is known by
LONGEST = 8  # letters of a word that count: «программирование» and «программист» begin alike
ROOM = 16  # characters of all words together: a button carries them
_NEVER_MEANT = re.compile(r"[а-я]|во|на|по|для|со|от|до|или|курс[ыа]?|кружок|кружки|секци[яи]|занятия|хочу|ребенк[ау]")
_ENDING = re.compile(
    r"(?:[аяы]ми|ими|[оеё]го|[ое]му|ост[ьи]|[аяоеиы]я|[ое]е|[иыо]й|[иы][ехю]|ию|[уюь]ю|[оеё]в|ей|[аяое]м|[ая]х|[аяоеуюыиьй])$"
)


def fold(text: str) -> list[str]:
    """The words of a text, in small letters, ё as е."""
    return re.findall(r"[0-9a-zа-я]+", unicodedata.normalize("NFKC", text).casefold().replace("ё", "е"))


def stem(word: str) -> str:
    """A word without its ending: «шахматам» → «шахмат»; a short one stays as it is, but for its last vowel («игры» → «игр»)."""
    if len(word) == 4 and word[-1] in "аяуюыие":
        return word[:3]
    ending = _ENDING.search(word, 4)  # at least four letters stay
    if ending is not None:
        return word[: ending.start()][:LONGEST]
    return word[:LONGEST]


def meant(typed: str) -> tuple[str, ...]:
    """What a typed text asks for, as beginnings of words; at most `ROOM` characters with the spaces between."""
    words = fold(typed)
    kept: list[str] = []
    telling = [word for word in words if not _NEVER_MEANT.fullmatch(word)]
    for one in dict.fromkeys(stem(word) for word in telling or words):
        if len(" ".join([*kept, one])) > ROOM:
            break
        kept.append(one)
    return tuple(kept)


class Index:
    """The words of a shelf, in order, each with the courses it stands in and where it stands: 0 name … 3 description."""

    def __init__(self, offers: Iterable[Offer]) -> None:
        found: dict[str, dict[int, int]] = {}
        for offer in offers:
            fields = (offer.name, offer.direction, offer.organization, offer.description or "")
            for weight, text in enumerate(fields):
                for word in fold(text):
                    found.setdefault(word, {}).setdefault(offer.id, weight)
        self._words = sorted(found)
        self._courses = [found[word] for word in self._words]
        self.names = [word for word, courses in found.items() if len(word) >= NAMED and 0 in courses.values()]

    def ranks(self, words: Iterable[str]) -> dict[int, int]:
        """The courses in which every word begins some word, with a rank: the smaller, the better they are meant."""
        ranks: dict[int, int] | None = None
        for word in words:
            here = self._begun_by(word)
            ranks = here if ranks is None else {id_: rank + here[id_] for id_, rank in ranks.items() if id_ in here}
        return ranks or {}

    def _begun_by(self, beginning: str) -> dict[int, int]:
        found: dict[int, int] = {}
        for at in range(bisect_left(self._words, beginning), len(self._words)):
            if not self._words[at].startswith(beginning):
                break
            for course, weight in self._courses[at].items():
                rank = 10**weight  # a word in the name outweighs all that stand elsewhere
                found[course] = min(found.get(course, rank), rank)
        return found


_INDEXES: WeakKeyDictionary[Shelf, Index] = WeakKeyDictionary()


def index(shelf: Shelf) -> Index:
    """The index of this shelf, made once."""
    if shelf not in _INDEXES:
        _INDEXES[shelf] = Index(shelf.courses.values())
    return _INDEXES[shelf]
