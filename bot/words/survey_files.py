"""What came of a questionnaire as files: a picture, a table, a paper."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.cells import Safe, clean
from bot.documents.survey import survey_paper, survey_picture
from bot.documents.tables import Column, Sheet, book_of
from bot.services.surveys.results import Results, Slice, Told
from bot.voice import Say
from bot.words.surveys import percent

A_PICTURE = 8  # questions
PICTURES = 10  # at once in a chat
PICTURED = 6  # of what was written, in a picture
ON_PAPER, IN_PICTURE = 8, 5  # columns of a table


async def pictures_of(results: Results, say: Say, today: date) -> list[bytes]:
    """PNG, as many as the questions need; then those by class and by course."""
    drawn = [
        _head(results, say, today)
        | {"questions": [_question(one, results.answers, say, PICTURED) for one in results.told[start : start + A_PICTURE]]}
        for start in range(0, len(results.told), A_PICTURE)
    ]
    drawn += [_head(results, say, today) | {"tables": [table]} for table in _by(results, say, IN_PICTURE)]
    made: list[bytes] = []
    for data in drawn[:PICTURES]:
        made += await asyncio.to_thread(survey_picture, data)
    return made


async def paper_of(results: Results, say: Say, today: date) -> bytes:
    """PDF: all questions, by class and course, and all that was written."""
    data = _head(results, say, today) | {
        "questions": [_question(one, results.answers, say, None) for one in results.told],
        "tables": _by(results, say, ON_PAPER),
    }
    return await asyncio.to_thread(survey_paper, data)


def _head(results: Results, say: Say, today: date) -> dict[str, Any]:
    return {
        "language": say.language,
        "title": clean(results.survey.name),
        "subtitle": say.plain("survey-file-subtitle", answers=results.answers, asked=results.asked, day=today),
        "nothing": say.plain("survey-told-nothing"),
        "note": say.plain("survey-withheld") if results.withheld else "",
        "questions": [],
        "tables": [],
    }


def _by(results: Results, say: Say, width: int) -> list[dict[str, Any]]:
    """Tables by class and by course, so many columns at once as there is room for."""
    of = (("class", results.classes), ("course", results.courses))
    return [
        _table(results, some[start : start + width], say.plain("survey-by", by=by))
        for by, some in of
        for start in range(0, len(some), width)
    ]


def _question(one: Told, answers: int, say: Say, written: int | None) -> dict[str, Any]:
    courses = one.question.kind == "courses"
    bars = [
        {"name": clean(option), "count": count, "share": f"{count} · {percent(count, answers)} %"}
        for option, count in zip(one.options, one.counts[""], strict=True)
        if count or not courses
    ]
    said = [say.plain("survey-told-words", text=clean(text), count=count) for text, count in one.words]
    more = len(said) - written if written is not None and len(said) > written else 0
    return {
        "title": f"{one.question.number}. {clean(one.question.question)}",
        "average": "" if one.average is None else say.plain("survey-told-average", average=round(one.average, 1)),
        "bars": bars,
        "wishes_title": say.plain("survey-told-wishes") if courses and said else "",
        "wishes": [*said[:written], *([say.plain("survey-told-more", count=more)] if more else [])],
    }


def _table(results: Results, some: Sequence[Slice], title: str) -> dict[str, Any]:
    questions = [
        {
            "title": f"{one.question.number}. {clean(one.question.question)}",
            "rows": [[clean(option), *(str(one.counts[each.key][place]) for each in some)] for place, option in _rows(one)],
        }
        for one in results.told
        if _rows(one)
    ]
    return {"title": title, "names": [f"{clean(each.label)} ({each.answers})" for each in some], "questions": questions}


def _rows(one: Told) -> list[tuple[int, str]]:
    every = one.question.kind != "courses"
    return [(place, option) for place, option in enumerate(one.options) if every or one.counts[""][place]]


# ── XLSX ────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def table_of(results: Results, say: Say) -> bytes:
    """XLSX: all answers, by class, by course, and what was written."""
    return await asyncio.to_thread(_book, results, say)


def _book(results: Results, say: Say) -> bytes:
    everybody = Slice("", say.plain("survey-everybody"), results.answers)
    sheets = [_counts(say.plain("survey-sheet-all"), [everybody], results, say, share=True)]
    for by, slices in (("class", results.classes), ("course", results.courses)):
        if slices:
            sheets.append(_counts(say.plain("survey-sheet-by", by=by), [everybody, *slices], results, say))
    if any(one.question.kind == "courses" for one in results.told):
        sheets.append(_demand(results, say))
    sheets.append(_written(results, say))
    return book_of(sheets)


def _counts(title: str, slices: Sequence[Slice], results: Results, say: Say, *, share: bool = False) -> Sheet:
    columns = [
        Column(say.plain("survey-column-number"), 6),
        Column(say.plain("survey-column-question"), 48, "text"),
        Column(say.plain("survey-column-answer"), 36, "text"),
        *(Column(each.label, 12) for each in slices),
        *([Column(say.plain("survey-column-share"), 10, "percent")] if share else []),
    ]
    rows: list[list[Safe]] = [[None, "", say.plain("survey-row-answers"), *(each.answers for each in slices)]]
    rows[0] += [None] if share else []
    for one in results.told:
        for place, option in _rows(one):
            row: list[Safe] = [one.question.number, one.question.question, option]
            row += [one.counts[each.key][place] for each in slices]
            rows.append([*row, one.counts[""][place] / results.answers if results.answers else 0] if share else row)
    return Sheet(title, columns, rows, frozen=3)


def _demand(results: Results, say: Say) -> Sheet:
    """Each course of the year, how many named it, and its seats."""
    columns = [
        Column(say.plain("survey-column-course"), 40, "text"),
        Column(say.plain("survey-column-asked"), 12),
        Column(say.plain("survey-column-seats"), 12),
    ]
    rows: list[list[Safe]] = [
        [option, one.counts[""][place], results.seats.get(option)]
        for one in results.told
        if one.question.kind == "courses"
        for place, option in enumerate(one.options)
    ]
    return Sheet(say.plain("survey-sheet-demand"), columns, rows)


def _written(results: Results, say: Say) -> Sheet:
    columns = [
        Column(say.plain("survey-column-number"), 6),
        Column(say.plain("survey-column-question"), 48, "text"),
        Column(say.plain("survey-column-words"), 80, "text"),
        Column(say.plain("survey-column-times"), 10),
    ]
    rows: list[list[Safe]] = [
        [one.question.number, one.question.question, text, count] for one in results.told for text, count in one.words
    ]
    return Sheet(say.plain("survey-sheet-words"), columns, rows, frozen=2)
