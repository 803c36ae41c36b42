"""«Хочу на шахматы»: a sentence nobody asked for that looks for a course."""

from __future__ import annotations

import re
from collections.abc import Collection
from difflib import get_close_matches

from bot.services.courses.search import fold, index, meant, stem
from bot.services.timetable.absences.said import speaks_of_absence
from storage.courses import shelf as shelves
from storage.db import Tx

LONGEST = 200  # characters that are read at all
ALIKE = 0.8  # of its letters, from which on a misspelt word («роботехника», «шахмоты») is taken for a course's
BARE = 3  # words of a sentence that is nothing but a course's name
_WISHES = re.compile(
    r"хоч\w*|хот[ие]\w*|запи[сш]\w*|запис\w*|интересу\w*|интересн\w*|ищ[уе]\w*|найди\w*|кружок|кружк\w*|секци\w*|курс\w*|want|join|course\w*"
)

_OFFERED = re.compile(r"есть|бывает|набор\w*|записа\w*|вед[ую]т\w*")  # «Есть шахматы?» asks the catalogue


def may_look_for_a_course(text: str) -> bool:
    """Whether it is worth asking the catalogue: somebody wishes for something, or says no more than a few words."""
    words = fold(text)
    asks = text.rstrip().endswith("?") and not any(_OFFERED.fullmatch(word) for word in words)
    if len(text) > LONGEST or asks or speaks_of_absence(text):
        return False
    return bool(words) and (len(words) <= BARE or any(_WISHES.fullmatch(word) for word in words))


async def course_meant(tx: Tx, text: str, names: Collection[str] = ()) -> tuple[str, ...] | None:
    """The words of it that name courses, as a search takes them; None: it names none. `names`: of children, which are none."""
    shelf = await shelves.shelf(tx, await shelves.version(tx))
    known = index(shelf)
    called = {stem(word) for name in names for word in fold(name)}
    wished = [word for word in fold(text) if not _WISHES.fullmatch(word) and stem(word) not in called]
    found = [one for one in meant(" ".join(wished)) if len(one) > 2 and known.ranks([one])]
    if not found:
        found = [stem(near) for word in wished for near in get_close_matches(word, known.names, n=1, cutoff=ALIKE)][:1]
    if not found:
        return None
    return tuple(found) if known.ranks(found) else (found[0],)
