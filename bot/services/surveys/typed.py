"""What a coordinator types while building a questionnaire: a question with its options, classes, a day."""

from __future__ import annotations

import re
from datetime import date

from bot.reading.days import Written, read_day
from bot.reading.fault import Amiss
from bot.reading.workbook.reading import classes
from bot.refusals import Refusal
from storage.surveys.surveys import Question

SCALE = ("1", "5")
SCALE_MOST = 10
_SCALE = re.compile(r"(\d{1,2})\s*[-–—…]+\s*(\d{1,2})")


def question_typed(text: str, kind: str) -> Question:
    """The first line is the question, each other one an option; of a scale its ends («1-10»)."""
    said = [" ".join(each.split()) for each in text.splitlines() if each.strip()]
    options = tuple(re.sub(r"^(?:[-–—•*]|\d{1,2}[.)])\s*", "", each) for each in said[1:])
    if kind == "scale":
        options = scale_of(options[0]) if options else SCALE
    elif kind not in ("one", "several"):
        said, options = [" ".join(said)], ()
    return Question(0, 0, said[0] if said else "", kind, tuple(dict.fromkeys(options)))


def scale_of(text: str) -> tuple[str, str]:
    """«1-10» → its ends. Refusal: it is no scale of ours."""
    found = _SCALE.fullmatch(text.strip())
    if found is None or not 0 <= int(found[1]) < int(found[2]) <= SCALE_MOST:
        raise Refusal("survey-scale", limit=SCALE_MOST)
    return str(int(found[1])), str(int(found[2]))


def classes_typed(text: str) -> tuple[str, ...]:
    """«5-7, 9А» unfolded."""
    try:
        return classes(text)[0]
    except Amiss:
        raise Refusal("survey-classes-unclear") from None


def day_typed(text: str, today: date) -> date:
    """«31 мая», «31.05»: without a year the next such day."""
    try:
        said = read_day(text.strip().lower().removeprefix("до "))
        if said is not None and not isinstance(said, date):
            said = None if said.day is None else _next(said, today)
    except Amiss:
        said = None
    if said is None:
        raise Refusal("survey-day-unclear")
    return said


def _next(said: Written, today: date) -> date | None:
    if said.year is not None:
        return said.in_year(2000 + said.year if said.short else said.year)
    this = said.in_year(today.year)
    return this if this is not None and this >= today else said.in_year(today.year + 1)
