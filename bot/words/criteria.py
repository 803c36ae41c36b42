"""The criteria of a year in words: on a page, and as data of the paper."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.cells import clean
from bot.documents.criteria import criteria_pdf
from bot.documents.titles import titled
from bot.services.courses.clashes import brief
from bot.services.programme.criteria import DONE_ONLY, Line, Year
from bot.voice import Say, lines
from storage.programme.criteria import Figure

PARTS = ("criteria", "results", "efficiency")
SHOWN = 2  # records of a criterion that a page says


def criteria_page(year: Year, part: str, say: Say) -> str:
    """One part of the criteria, with what stands for each."""
    head = say("criteria-title", year=year.name, filled=year.filled, all=len(year.lines))
    said = [say("criterion-line", number=one.number, text=one.text, value=value(one, say)) for one in year.of(part)]
    return lines([head, say("criteria-part", part=part), "\n\n".join(said)])


def value(one: Line, say: Say) -> str:
    """What stands for a criterion, in one line; plain text."""
    if one.criterion == DONE_ONLY:
        return say.plain("criterion-done", done="yes" if one.kept else "no")
    if one.empty:
        return say.plain("criterion-empty")
    said = [_measure(name, figure, say) for name, figure in one.figures]
    if one.kept:
        said.append(say.plain("criterion-records", criterion=one.criterion or "", count=len(one.kept)))
        said += [brief(each.line, 80) for each in one.kept[:SHOWN]]
    return "; ".join(said)


def _measure(name: str, figure: Figure, say: Say) -> str:
    """«учатся детей: 5 из 8»; where a book enrolled more than ever applied, they are no part of those."""
    of = 0 if name == "children" and figure.count > figure.of else figure.of
    return say.plain("criterion-measure", measure=name, count=figure.count, of=of)


def criteria_paper(year: Year, say: Say, today: date) -> bytes:
    """The whole as a PDF for the director."""
    return criteria_pdf(criteria_data(year, say, today))


def criteria_data(year: Year, say: Say, today: date) -> dict[str, Any]:
    """What the paper is drawn from."""
    return {
        "language": say.language,
        "title": say.plain("criteria-paper-title", year=year.name),
        "school": year.school,
        "day": say.plain("criteria-paper-day", day=today),
        "heads": [say.plain("criteria-head-text"), say.plain("criteria-head-value"), say.plain("criteria-head-documents")],
        "sign": say.plain("criteria-sign", post=_post(year), name=clean(year.director) or "_" * 20),
        "parts": [
            {
                "name": say.plain("criteria-part", part=part),
                "rows": [
                    {"text": one.text, "figures": _figures(one, say), "documents": _documents(one, say)} for one in year.of(part)
                ],
            }
            for part in PARTS
        ],
    }


def _post(year: Year) -> str:
    post = clean(year.director_post)
    return titled(post) if post else "director"


def _figures(one: Line, say: Say) -> list[dict[str, Any]]:
    """What stands for a criterion, a line each; `share` in percent is drawn as a bar, None: it is a part of nothing."""
    if one.criterion == DONE_ONLY or one.empty:
        return [{"said": value(one, say), "share": None}]
    said: list[dict[str, Any]] = [
        {
            "said": _measure(name, figure, say),
            "share": round(100 * min(figure.count / figure.of, 1)) if figure.of else None,
        }
        for name, figure in one.figures
    ]
    if one.kept:
        words = say.plain("criterion-records", criterion=one.criterion or "", count=len(one.kept))
        said.append({"said": words, "share": None})
    return said


def _documents(one: Line, say: Say) -> str:
    """Each record's line, with its document's name where it has one."""
    if one.criterion == DONE_ONLY:
        return ""
    return "\n".join(
        say.plain("criterion-document", line=brief(each.line, 200), file=each.document or "none") for each in one.kept
    )
