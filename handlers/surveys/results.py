"""What came of a questionnaire: a page, a picture, a table and a paper; what was written by itself."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters.callback_data import CallbackData

from bot.paging import page_of
from bot.refusals import Refusal
from bot.services.courses.clashes import brief
from bot.services.surveys.results import Results, results_of
from bot.targets import SurveyOffice, SurveyResults
from bot.visit import Visit
from bot.voice import lines
from bot.words import surveys as words
from bot.words.survey_files import paper_of, pictures_of, table_of
from handlers.door import may, opens

PAGE = 4  # questions
WRITTEN = 15  # answers in words on one page


class Give(CallbackData, prefix="sv.give"):
    """png, xlsx, pdf"""

    survey: int
    kind: str


class Written(CallbackData, prefix="sv.written"):
    """What was written to a question."""

    survey: int
    question: int
    page: int = 0


async def shown(visit: Visit, at: SurveyResults) -> None:
    found = await results_of(visit.db, at.survey, by=visit.person)
    here = page_of(found.told, at.page, PAGE)
    parts = [words.told(one, found.answers, visit.say) for one in here.some]
    rows = [
        [
            visit.button("button-survey-written", Written(survey=at.survey, question=one.question.id), number=one.question.number)
            for one in here.some
            if len(one.words) > words.WORDS_SHOWN
        ],
        visit.pager(here.number, here.of, lambda to: SurveyResults(at.survey, to)),
    ]
    if found.why_not is None:
        files = [visit.button("button-survey-file", Give(survey=at.survey, kind=kind), kind=kind) for kind in _FILES]
        rows += [files[:1], files[1:]]  # three in a row, the picture's word is cut on a telephone
    await visit.show(lines([words.results_head(found, visit.say), *parts]), [*rows, visit.ways_back(SurveyOffice())])


async def written(visit: Visit, at: Written) -> None:
    found = await results_of(visit.db, at.survey, by=visit.person)
    one = next((each for each in found.told if each.question.id == at.question), None)
    if one is None:
        raise Refusal("gone")
    here = page_of(one.words, at.page, WRITTEN)
    said = [visit.say("survey-told-words", text=brief(text, 220), count=count) for text, count in here.some]
    title = visit.say("survey-told", number=one.question.number, question=one.question.question)
    pager = visit.pager(here.number, here.of, lambda to: Written(survey=at.survey, question=at.question, page=to))
    await visit.show(lines([title, "\n".join(said)]), [pager, visit.ways_back(SurveyResults(at.survey))])


async def given(visit: Visit, at: Give) -> None:
    found = await results_of(visit.db, at.survey, by=visit.person)
    if found.why_not is not None or at.kind not in _FILES:
        raise Refusal("gone")
    name = f"{visit.say.plain('survey-file')}-{visit.today.isoformat()}"
    contents = await _FILES[at.kind](visit, found)
    for number, content in enumerate(contents, 1):
        await visit.give(f"{name}{f'-{number}' if len(contents) > 1 else ''}.{at.kind}", content)


async def _png(visit: Visit, found: Results) -> list[bytes]:
    return await pictures_of(found, visit.say, visit.today)


async def _xlsx(visit: Visit, found: Results) -> list[bytes]:
    return [await table_of(found, visit.say)]


async def _pdf(visit: Visit, found: Results) -> list[bytes]:
    return [await paper_of(found, visit.say, visit.today)]


_FILES = {"png": _png, "xlsx": _xlsx, "pdf": _pdf}


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="survey-results")
    see = may("survey.see")
    router.callback_query.register(shown, opens(SurveyResults), flags=see)
    router.callback_query.register(written, Written.filter(), flags=see)
    router.callback_query.register(given, Give.filter(), flags=see)
    return router
