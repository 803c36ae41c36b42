"""What «Анкеты» says: whom a questionnaire asks, which answers a question offers, and what its rows must agree on."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypeAlias

from bot.reading.cell import Cell, as_text, shown
from bot.reading.fault import Amiss
from bot.reading.workbook import reading
from bot.reading.workbook.rows import SurveyRow, fold

MOST_OPTIONS, MOST_QUESTIONS = 20, 60
LONGEST_NAME, LONGEST_QUESTION, LONGEST_OPTION = 120, 300, 100
SCALE = "1-5"
SCALE_MOST = 10
WHOM = {"families": "семьи", "children": "семьи: за каждого ребёнка", "pupils": "ученики"}
OF_ALL = ("whom", "opens_on", "closes_on", "anonymous")  # said once for a questionnaire, in any of its rows

_PUPILS = re.compile(r"(?:уче|уча|школьни|дет)\w*")
_FAMILIES = re.compile(r"(?:семь|семей|родител)\w*")
_EACH = re.compile(r"(?:за |о )?кажд\w+(?: реб[её]н\w+)?")
_SCALE = re.compile(r"(\d{1,2})\s*(?:-|–|—|…|\.\.\.?|до)\s*(\d{1,2})")
Tell: TypeAlias = Callable[[Amiss, int, str], None]  # the fault of one field of one row


def audience(cell: Cell) -> str:
    """«Семьи 5-7 классов», «ученики», «за каждого ребёнка» as we write it: «семьи: 5, 6, 7». Amiss: it names nobody we know."""
    said = fold(as_text(cell)).replace("ё", "е").strip(" .")
    each = _EACH.search(said) is not None
    rest = _EACH.sub(" ", said)
    family = _FAMILIES.search(rest) is not None or each
    pupils = _PUPILS.search(rest) is not None and not family
    rest = re.sub(r"\bвсе\w*\b", " ", _PUPILS.sub(" ", _FAMILIES.sub(" ", rest))).strip(" :,;.-")
    rest = re.sub(r"\bклас+\w*\b", " ", re.sub(r"^(?:за|от|для)\s+", "", rest)).strip(" :,;.-")
    if not rest:
        classes: tuple[str, ...] = ()
        if not (family or pupils):
            raise Amiss("workbook-not-an-audience", found=shown(cell))
    else:
        try:
            classes = reading.classes(rest)[0]
        except Amiss:
            raise Amiss("workbook-not-an-audience", found=shown(cell)) from None
    return written("children" if each else "pupils" if pupils else "families", classes)


def written(whom: str, classes: Sequence[str]) -> str:
    """Whom it asks, as the sheet says it."""
    return f"{WHOM[whom]}; классы: {', '.join(classes)}" if classes else WHOM[whom]


def read_back(said: str | None) -> tuple[str, list[str]]:
    """`written`, taken apart again; nothing said is all families."""
    words, _, classes = (said or WHOM["families"]).partition("; классы: ")
    return next(name for name, each in WHOM.items() if each == words), [each for each in classes.split(", ") if each]


def options(cell: Cell) -> str:
    """What can be picked, each on a line or between semicolons: «Да; Нет». A scale is two numbers: Excel makes a date of «1-5»."""
    if isinstance(cell, date):
        low, high = sorted((cell.day, cell.month))
        return f"{low}-{high}"
    said = as_text(cell)
    if found := _SCALE.fullmatch(said.strip()):
        return f"{int(found[1])}-{int(found[2])}"
    parts = [" ".join(re.sub(r"^\s*(?:[-–—•*]|\d{1,2}[.)])\s+", "", each).split()) for each in re.split(r"[;\n]", said)]
    return "; ".join(dict.fromkeys(each for each in parts if each))


CELLS: Mapping[str, Callable[[Cell], str]] = {"audience": audience, "options": options}  # by the column's kind


def options_of(kind: str, said: str | None) -> list[str]:
    """The options as they are kept; of a scale its ends."""
    if kind == "scale":
        return (said or SCALE).split("-")
    return said.split("; ") if said and kind in ("one", "several") else []


def filled(rows: Sequence[SurveyRow]) -> tuple[SurveyRow, ...]:
    """What holds for a whole questionnaire stands in its first row alone, wherever the sheet says it."""
    of: dict[Any, list[SurveyRow]] = defaultdict(list)
    for row in rows:
        of[fold(row.school or ""), fold(row.survey)].append(row)
    found = {}
    for some in of.values():
        first = min(some, key=lambda row: row.number)
        for row in some:
            values: dict[str, Any] = dict.fromkeys(OF_ALL)
            if row is first:
                values = {
                    name: next((value for one in some if (value := getattr(one, name)) is not None), None) for name in OF_ALL
                }
                values["whom"] = values["whom"] or WHOM["families"]
                values["anonymous"] = values["anonymous"] or "no"
            scale = SCALE if row.kind == "scale" and row.options is None else row.options
            found[row.row] = replace(row, **values, options=scale, survey=first.survey)
    return tuple(found[row.row] for row in rows)


# ── what is wrong with it ───────────────────────────────────────────────────────────────────────────────────────────


def check(rows: Sequence[SurveyRow], tell: Tell) -> None:
    """Tell every fault of the rows of «Анкеты»."""
    first: dict[str, dict[str, tuple[int, Any]]] = defaultdict(dict)
    counted: dict[str, int] = defaultdict(int)
    for row in rows:
        name = fold(f"{row.school or ''}:{row.survey}")
        counted[name] += 1
        if counted[name] == MOST_QUESTIONS + 1:
            tell(Amiss("workbook-survey-too-many", limit=MOST_QUESTIONS), row.row, "number")
        for longest, field in ((LONGEST_NAME, "survey"), (LONGEST_QUESTION, "question")):
            if len(getattr(row, field)) > longest:
                tell(Amiss("workbook-text-too-long", found=getattr(row, field)[:40], limit=longest), row.row, field)
        _options(row, tell)
        for field in OF_ALL:
            value = getattr(row, field)
            if value is not None:
                line, other = first[name].setdefault(field, (row.row, value))
                if other != value:
                    tell(Amiss("workbook-survey-differs", first=str(line)), row.row, field)
    _spans(first, tell)


def _options(row: SurveyRow, tell: Tell) -> None:
    said = row.options
    if row.kind == "scale":
        found = _SCALE.fullmatch(said or SCALE)
        if found is None or not int(found[1]) < int(found[2]) <= SCALE_MOST:
            tell(Amiss("workbook-survey-scale", found=(said or "")[:40], limit=SCALE_MOST), row.row, "options")
    elif row.kind in ("one", "several"):
        several = said.split("; ") if said else []
        if not 2 <= len(several) <= MOST_OPTIONS:
            tell(Amiss("workbook-survey-options", count=len(several), limit=MOST_OPTIONS), row.row, "options")
        elif longest := next((each for each in several if len(each) > LONGEST_OPTION), None):
            tell(Amiss("workbook-text-too-long", found=longest[:40], limit=LONGEST_OPTION), row.row, "options")
    elif said:
        tell(Amiss("workbook-survey-no-options"), row.row, "options")


def _spans(first: Mapping[str, Mapping[str, tuple[int, Any]]], tell: Tell) -> None:
    for said in first.values():
        begins, ends = said.get("opens_on"), said.get("closes_on")
        if begins is not None and ends is not None and ends[1] < begins[1]:
            fault = Amiss("workbook-window-reversed", start=f"{begins[1]:%d.%m.%Y}", end=f"{ends[1]:%d.%m.%Y}")
            tell(fault, ends[0], "closes_on")
