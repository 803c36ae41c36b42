"""The school's questionnaires: the list, one of them, how it is built in chat, sent out and closed."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.state import State, StatesGroup

from bot.paging import in_rows, page_of
from bot.policy import Thing, can
from bot.refusals import Refusal
from bot.services.courses.clashes import brief
from bot.services.surveys.audience import audience_of
from bot.services.surveys.building import (
    READY,
    Change,
    add_question,
    begin,
    change,
    close,
    discard,
    launch,
    mine,
    take_question,
)
from bot.services.surveys.results import gathered
from bot.services.surveys.typed import classes_typed, day_typed, question_typed
from bot.targets import Reports, SurveyOffice, SurveyResults
from bot.visit import Button, Rows, Visit
from bot.voice import lines
from bot.words import surveys as words
from handlers.door import TYPED, may, opens
from storage.surveys import surveys
from storage.surveys.surveys import Questionnaire

PAGE = 8
KINDS = ("one", "several", "scale", "text", "courses")
WHOM = ("families", "children", "pupils")


class SurveyBuilding(StatesGroup):
    """What is being typed about a questionnaire; its id (and the kind of question) stands in the talk's data."""

    name = State()
    question = State()
    classes = State()
    day = State()


class New(CallbackData, prefix="sv.new"):
    """Which ready draft: its number in READY, or one more than there are: an empty one."""

    ready: int = 99


class Card(CallbackData, prefix="sv.card"):
    survey: int


class Set(CallbackData, prefix="sv.set"):
    """What is to be chosen or typed: question, whom, classes, day, take."""

    survey: int
    what: str
    page: int = 0


class Chosen(CallbackData, prefix="sv.chosen"):
    """What was chosen: a kind of question, whom, anonymous (yes, no), endless, a question to take away."""

    survey: int
    what: str
    value: str


class Do(CallbackData, prefix="sv.do"):
    """launch, close, discard: asked first, then done."""

    survey: int
    what: str
    sure: bool = False


# ── the list ────────────────────────────────────────────────────────────────────────────────────────────────────────


async def office(visit: Visit, at: SurveyOffice) -> None:
    schools = visit.person.organizations_as("coordinator", "director")
    async with visit.db.read() as tx:
        found = await surveys.of_schools(tx, schools)
        here = page_of(found, at.page, PAGE)
        counts = {each.id: await surveys.answered(tx, each) for each in here.some}
    said = [visit.say("survey-office-line", name=each.name, state=each.state, answers=counts[each.id]) for each in here.some]
    rows: Rows = [
        [visit.button("button-survey-card", Card(survey=each.id), name=brief(each.name, 34), state=each.state)]
        for each in here.some
    ]
    new = [[visit.button("button-survey-new", New())]] if visit.person.organizations_as("coordinator") else []
    pager = visit.pager(here.number, here.of, SurveyOffice)
    title = visit.say("survey-office", count=len(found))
    await visit.show(lines([title, "\n".join(said)]), [*rows, pager, *new, visit.ways_back(Reports())])


async def card(visit: Visit, at: Card) -> None:
    await _show(visit, at.survey)


async def _show(visit: Visit, survey_id: int, above: str = "") -> None:
    async with visit.db.read() as tx:
        survey = await mine(tx, survey_id, visit.person, "survey.see")
        results = await gathered(tx, survey)
    makes = can(visit.person, "survey.make", Thing(school_id=survey.school_id))
    rows = _ways(visit, survey) if makes else []
    if survey.state in ("open", "closed"):
        rows = [[visit.button("button-survey-results", SurveyResults(survey.id))], *rows]
    await visit.show(lines([above, words.card(survey, results, visit.say)]), [*rows, visit.ways_back(SurveyOffice())])


def _ways(visit: Visit, survey: Questionnaire) -> list[list[Button]]:
    """What may be done with it as it stands."""
    id_ = survey.id
    day = visit.button("button-survey-day", Set(survey=id_, what="day"))
    match survey.state:
        case "draft":
            anonymous = "no" if survey.anonymous else "yes"
            take = [visit.button("button-survey-take", Set(survey=id_, what="take"))] if survey.questions else []
            go = [[visit.button("button-survey-launch", Do(survey=id_, what="launch"))]] if survey.questions else []
            return [
                *go,
                [visit.button("button-survey-add", Set(survey=id_, what="question")), *take],
                [visit.button("button-survey-whom", Set(survey=id_, what="whom")),
                 visit.button("button-survey-classes", Set(survey=id_, what="classes"))],
                [day, visit.button("button-survey-anonymous", Chosen(survey=id_, what="anonymous", value=anonymous), now=anonymous)],
                [visit.button("button-survey-discard", Do(survey=id_, what="discard"))],
            ]  # fmt: skip
        case "ready":
            return [[visit.button("button-survey-launch", Do(survey=id_, what="launch")), day]]
        case "open":
            return [[day, visit.button("button-survey-close", Do(survey=id_, what="close"))]]
    return []


# ── building ────────────────────────────────────────────────────────────────────────────────────────────────────────


async def new(visit: Visit, at: New) -> None:
    """Three ready ones and an empty one; a ready one is taken with its questions."""
    if at.ready < len(READY):
        survey_id = await begin(visit.db, READY[at.ready], "", by=visit.person, moment=visit.moment)
        await _show(visit, survey_id, visit.say("survey-draft-ready"))
        return
    if at.ready == len(READY):
        await visit.talk.begin(SurveyBuilding.name)
        await visit.show(visit.say("survey-ask-name"), [[visit.back(New())]])
        return
    rows = [[visit.button("button-survey-ready", New(ready=place), which=name)] for place, name in enumerate(READY)]
    rows.append([visit.button("button-survey-own", New(ready=len(READY)))])
    await visit.show(visit.say("survey-new"), [*rows, visit.ways_back(SurveyOffice())])


async def name_typed(visit: Visit) -> None:
    survey_id = await begin(visit.db, None, visit.text, by=visit.person, moment=visit.moment)
    await visit.talk.end()
    await _show(visit, survey_id)


async def setting(visit: Visit, at: Set) -> None:
    """What it is to be: chosen by a button, or typed."""
    async with visit.db.read() as tx:
        survey = await mine(tx, at.survey, visit.person, "survey.make")
    back = [visit.back(Card(survey=at.survey))]
    match at.what:
        case "question":
            rows = [
                [visit.button("button-survey-kind", Chosen(survey=at.survey, what="kind", value=each), kind=each)]
                for each in KINDS
            ]
            await visit.show(visit.say("survey-ask-kind"), [*rows, back])
        case "whom":
            rows = [
                [visit.button("button-survey-to", Chosen(survey=at.survey, what="whom", value=each), whom=each)] for each in WHOM
            ]
            await visit.show(visit.say("survey-ask-whom"), [*rows, back])
        case "classes":
            await visit.talk.begin(SurveyBuilding.classes, survey=at.survey)
            every = visit.button("button-survey-all-classes", Chosen(survey=at.survey, what="classes", value="all"))
            await visit.show(visit.say("survey-ask-classes"), [[every], back])
        case "day":
            await visit.talk.begin(SurveyBuilding.day, survey=at.survey)
            endless = visit.button("button-survey-endless", Chosen(survey=at.survey, what="endless", value="yes"))
            await visit.show(visit.say("survey-ask-day"), [[endless], back])
        case "take":
            await _take(visit, survey, at.page)
        case _:
            raise Refusal("gone")


async def _take(visit: Visit, survey: Questionnaire, page: int) -> None:
    here = page_of(survey.questions, page, 10)
    buttons = [
        visit.button("button-survey-take-one", Chosen(survey=survey.id, what="take", value=str(each.id)), number=each.number)
        for each in here.some
    ]
    pager = visit.pager(here.number, here.of, lambda to: Set(survey=survey.id, what="take", page=to))
    text = lines([visit.say("survey-ask-take"), words.questions(here.some, visit.say)])
    await visit.show(text, [*in_rows(buttons, 5), pager, [visit.back(Card(survey=survey.id))]])


async def chosen(visit: Visit, at: Chosen) -> None:
    match at.what, at.value:
        case "kind", kind if kind in KINDS:
            async with visit.db.read() as tx:
                await mine(tx, at.survey, visit.person, "survey.make")
            await visit.talk.begin(SurveyBuilding.question, survey=at.survey, kind=kind)
            await visit.show(visit.say("survey-ask-question", kind=kind), [[visit.back(Set(survey=at.survey, what="question"))]])
            return
        case "take", question if question.isdecimal() and len(question) < 10:
            await take_question(visit.db, at.survey, int(question), by=visit.person, now=visit.now)
        case "whom", whom if whom in WHOM:
            await _change(visit, at.survey, Change(whom=whom))
        case "anonymous", "yes" | "no":
            await _change(visit, at.survey, Change(anonymous=at.value == "yes"))
        case "classes", "all":
            await _change(visit, at.survey, Change(classes=()))
        case "endless", "yes":
            await _change(visit, at.survey, Change(endless=True))
        case _:
            raise Refusal("gone")
    await _show(visit, at.survey)


async def _change(visit: Visit, survey_id: int, wanted: Change) -> None:
    await change(visit.db, survey_id, wanted, by=visit.person, moment=visit.moment)


async def question_came(visit: Visit) -> None:
    data = await visit.talk.data()
    survey_id, kind = int(data["survey"]), str(data["kind"])
    await add_question(visit.db, survey_id, question_typed(visit.text, kind), by=visit.person, now=visit.now)
    await visit.talk.end()
    rows = [
        [visit.button("button-survey-add", Set(survey=survey_id, what="question"))],
        [visit.button("button-survey-done", Card(survey=survey_id))],
    ]
    async with visit.db.read() as tx:
        survey = await mine(tx, survey_id, visit.person, "survey.make")
    await visit.show(lines([visit.say("survey-added"), words.questions(survey.questions[-5:], visit.say)]), rows)


async def classes_came(visit: Visit) -> None:
    survey_id = int((await visit.talk.data())["survey"])
    await _change(visit, survey_id, Change(classes=classes_typed(visit.text)))
    await visit.talk.end()
    await _show(visit, survey_id)


async def day_came(visit: Visit) -> None:
    survey_id = int((await visit.talk.data())["survey"])
    await _change(visit, survey_id, Change(closes_on=day_typed(visit.text, visit.today)))
    await visit.talk.end()
    await _show(visit, survey_id)


# ── out, closed, thrown away ────────────────────────────────────────────────────────────────────────────────────────


async def done(visit: Visit, at: Do) -> None:
    if not at.sure:
        await _ask_first(visit, at)
        return
    match at.what:
        case "launch":
            count = await launch(visit.db, at.survey, by=visit.person, moment=visit.moment)
            await _show(visit, at.survey, visit.say("survey-launched", count=count))
        case "close":
            await close(visit.db, at.survey, by=visit.person, now=visit.now)
            await _show(visit, at.survey, visit.say("survey-closed-word"))
        case "discard":
            await discard(visit.db, at.survey, by=visit.person, now=visit.now)
            await office(visit, SurveyOffice())
        case _:
            raise Refusal("gone")


async def _ask_first(visit: Visit, at: Do) -> None:
    """How many will be asked, and what cannot be changed afterwards."""
    async with visit.db.read() as tx:
        survey = await mine(tx, at.survey, visit.person, "survey.make")
        found = await audience_of(tx, survey)
    apart = set(found.pupils) - {pupil for unit in found.units for pupil in unit}
    text = visit.say(
        "survey-sure", what=at.what, name=survey.name, whom=survey.whom, count=len(found.units), apart=len(apart),
        until=words.until(survey, visit.say),
    )  # fmt: skip
    sure = visit.button("button-confirm", Do(survey=at.survey, what=at.what, sure=True))
    rows = [[sure if at.what == "launch" else sure.destroys], [visit.button("button-cancel", Card(survey=at.survey))]]
    await visit.show(text, rows)


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="survey-office")
    see, make = may("survey.see"), may("survey.make")
    router.callback_query.register(office, opens(SurveyOffice), flags=see)
    router.callback_query.register(card, Card.filter(), flags=see)
    router.callback_query.register(new, New.filter(), flags=make)
    router.callback_query.register(setting, Set.filter(), flags=make)
    router.callback_query.register(chosen, Chosen.filter(), flags=make)
    router.callback_query.register(done, Do.filter(), flags=make)
    router.message.register(name_typed, SurveyBuilding.name, TYPED, flags=make)
    router.message.register(question_came, SurveyBuilding.question, TYPED, flags=make)
    router.message.register(classes_came, SurveyBuilding.classes, TYPED, flags=make)
    router.message.register(day_came, SurveyBuilding.day, TYPED, flags=make)
    return router
