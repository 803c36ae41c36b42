"""Reads «Миша завтра не придёт»: who, on which days, to which lessons. Nothing is carried out by it: what was understood is shown first."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.refusals import Refusal
from bot.services.timetable.absences.days import read_days
from bot.services.timetable.absences.naming import meant_by, plain
from bot.services.timetable.typed_days import Period

_COMES = (
    r"(?:прид|приход|прийт|прийд|пойд|пойт|идет|идем|идут|ид[уе]шь|ход[ия]|буд|смож|смог|может|можем|могут|яв|приед|поед|"
    r"дойд|посет|посещ|появ|ждите|ждать|жди)"
)
# «не придёт», «не сможет прийти», «нас не будет», «пропустит», «отсутствует», «won't come»
NOT_COMING = re.compile(
    rf"(?i)(?<!\w)(?:не ?{_COMES}\w*|пропуст(?:ит|им|ят|ить)|(?:будет |будут )?отсутств\w+|"
    r"(?:won[’']?t|will not|cannot|can[’']?t|is not|isn[’']?t|not) (?:be |come|coming|attend)\w*|will miss|(?:is|will be) absent)"
)
_COMES_AFTER_ALL = re.compile(
    r"(?<!не )(?<!не может )(?<!не сможет )(?<!\w)(?:прид[её]т|прид[ую]т|будет|будут|пойд[её]т|пойдут)(?!\w)"
)
_NOBODY = re.compile(r"(?<!\w)(?:сообщени|уведомлени|письм|смс|код|деньг|ссылк|приглашени)\w*")  # «не приходят сообщения»
_WE = re.compile(r"(?<!\w)(?:нас|мы|все|всех|оба|обе|обоих|дети|детей|ребята|us|we|children|kids|both)(?!\w)")
_MANY = re.compile(r"(?i)(?<!\w)не ?(?:придем|приедем|придут|приедут|будем|пойдем|пойдут|сможем|смогут|явимся)(?!\w)")
_SELF = re.compile(r"(?i)(?<!\w)(?:я (?:\w+ ){0,3}не ?(?:приду|пойду|смогу|буду|приеду)|меня (?:\w+ ){0,3}не ?будет)(?!\w)")
_TO_WHAT = re.compile(r"(?<!\w)на ([а-яa-z-]{4,})")
_HOUR = re.compile(r"(?<!\w)в (\d{1,2})[:.](\d{2})(?!\d)")
_ANY_LESSON = ("занят", "урок", "кружо", "кружк", "курс", "недел", "трениров", "следу", "этой", "школ")
_STEM = 5  # letters by which a course is known: «на робототехнику», «на шахматы»
_LONGEST = 300  # characters: what is longer is a letter to somebody, and no announcement


@dataclass(frozen=True, slots=True)
class Said:
    """What a sentence says as far as it says it: whoever sent it is asked for the rest."""

    pupils: frozenset[int]  # empty: not said who
    among: frozenset[int]  # several are called so: one of these is meant
    days: Period | None  # None: not said when, or more than one thing may be meant
    course: str = ""  # the beginning of a course's name
    hour: tuple[int, int] | None = None
    himself: bool = False  # «я не приду»


def speaks_of_absence(text: str) -> bool:
    """Whether a text nobody asked for says that somebody will not come."""
    words = _words(text)
    return len(text) <= _LONGEST and not text.startswith("/") and bool(NOT_COMING.search(words)) and not _NOBODY.search(words)


def read_absence(text: str, children: Mapping[int, str], today: date) -> Said:
    """What a family's sentence says; `children`: ФИО of each. Refusals: those of `read_days`, absence-whose (a name that is none
    of theirs).
    """
    words = _words(text)
    himself = bool(_SELF.search(words))
    days, rest = read_days(NOT_COMING.sub(" ", words), today)
    found = [meant_by(word, children) for word in re.findall(r"[а-яa-z-]+", rest)]
    named = [each for each in found if each]
    sure = frozenset(pupil for each in named if len(each) == 1 for pupil in each)
    among = frozenset(pupil for each in named if len(each) > 1 for pupil in each) - sure
    if not named:
        _refuse_a_stranger(text, days)
        if _WE.search(words) or _MANY.search(words):
            sure = frozenset(children)
    if _COMES_AFTER_ALL.search(NOT_COMING.sub(" ", words)):
        days = None  # «завтра не придёт, а в пятницу придёт»: each day is asked for
    return Said(sure, among, days, _course(rest), _hour(words), himself)


def _words(text: str) -> str:
    return re.sub(r"[,;!?«»\"()]|\.(?!\d)", " ", " ".join(plain(text).split())).replace("  ", " ").strip()


def _refuse_a_stranger(text: str, days: Period | None) -> None:
    """«Петя завтра не придёт»: a capital letter in the first place of a sentence says nothing, one beside the verb does."""
    found = re.search(r"(?<![.!?] )(?<!^)\b([А-ЯЁ][а-яё]+)\b|^([А-ЯЁ][а-яё]+)(?= (?:завтра |сегодня )?не )", text.strip())
    name = (found[1] or found[2]) if found else None
    if name and days is not None and not _WE.search(plain(name)) and plain(name) not in _NO_NAMES:
        raise Refusal("absence-whose", name=name)


_NO_NAMES = frozenset(
    {"завтра", "сегодня", "послезавтра", "сын", "дочь", "дочка", "ребенок", "он", "она", "они", "я", "мой", "моя"}
)


def _course(rest: str) -> str:
    for found in _TO_WHAT.finditer(rest):
        if not found[1].startswith(_ANY_LESSON):
            return found[1][:_STEM]
    return ""


def _hour(words: str) -> tuple[int, int] | None:
    found = _HOUR.search(words)
    return (int(found[1]), int(found[2])) if found and int(found[1]) < 24 and int(found[2]) < 60 else None
