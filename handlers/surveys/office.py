"""The school's questionnaires: the list, one of them, how it is built in chat, sent out and closed."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from aiogram import Router

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
from bot.visit import Button, Packs, Rows, Visit
from bot.voice import lines, short_name
from bot.words import surveys as words
from handlers.door import TYPED, may, opens
from handlers.surveys.places import (
    Card,
    Chosen,
    Close,
    Discard,
    Launch,
    New,
    Set,
    SurveyBuilding,
    TakeAway,
    Type,
)
from storage.people import contacts
from storage.surveys import surveys
from storage.surveys.surveys import Questionnaire

PAGE = 8
KINDS = ("one", "several", "scale", "text", "courses")
WHOM = ("families", "children", "pupils")


# ── the list ────────────────────────────────────────────────────────────────────────────────────────────────────────


async def office(visit: Visit, at: SurveyOffice) -> None:
    schools = visit.person.organizations_as("coordinator", "director")
    async with visit.db.read() as tx:
        found = await surveys.of_schools(tx, schools)
        here = page_of(found, at.page, PAGE)
        counts = {each.id: await surveys.answered(tx, each) for each in here.some}
    names = await _named(visit, schools)
    said = [
        visit.say("survey-office-line", name=_titled(each, names), state=each.state, answers=counts[each.id])
        for each in here.some
    ]
    rows: Rows = [
        [visit.button("button-survey-card", Card(survey=each.id), name=brief(_titled(each, names), 34), state=each.state)]
        for each in here.some
    ]
    new = [[visit.button("button-survey-new", New())]] if visit.person.organizations_as("coordinator") else []
    pager = visit.pager(here.number, here.of, SurveyOffice)
    title = visit.say("survey-office", count=len(found))
    await visit.show(lines([title, "\n".join(said)]), [*rows, pager, *new, visit.ways_back(Reports())])


async def _named(visit: Visit, schools: Collection[int]) -> dict[int, str]:
    """By school its short name, for who has several; empty: there is nothing to tell apart."""
    async with visit.db.read() as tx:
        return {one: short_name(name) for one, name in (await contacts.names_of(tx, schools)).items() if len(schools) > 1}


def _titled(survey: Questionnaire, schools: Mapping[int, str]) -> str:
    """«СОШ №8 · Социальный заказ»."""
    return " · ".join(each for each in (schools.get(survey.school_id, ""), survey.name) if each)


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
    day = visit.button("button-survey-day", Type(what="day", survey=id_))
    match survey.state:
        case "draft":
            anonymous = "no" if survey.anonymous else "yes"
            take = [visit.button("button-survey-take", Set(survey=id_, what="take"))] if survey.questions else []
            go = [[visit.button("button-survey-launch", Launch(survey=id_))]] if survey.questions else []
            return [
                *go,
                [visit.button("button-survey-add", Set(survey=id_, what="kind")), *take],
                [visit.button("button-survey-whom", Set(survey=id_, what="whom")),
                 visit.button("button-survey-classes", Type(what="classes", survey=id_))],
                [visit.button("button-survey-anonymous", Chosen(survey=id_, what="anonymous", value=anonymous), now=anonymous)],
                [day],
                [visit.button("button-survey-discard", Discard(survey=id_))],
            ]  # fmt: skip
        case "ready":
            return [[visit.button("button-survey-launch", Launch(survey=id_)), day]]
        case "open":
            return [[day, visit.button("button-survey-close", Close(survey=id_))]]
    return []


# ── building ────────────────────────────────────────────────────────────────────────────────────────────────────────


async def new(visit: Visit, at: New) -> None:
    """Three ready ones and an empty one; a ready one is taken with its questions. Who holds several schools says for which."""
    schools = visit.person.organizations_as("coordinator")
    if not at.school and len(schools) > 1:
        rows = [[Button(name, New(school=one))] for one, name in (await _named(visit, schools)).items()]
        await visit.show(visit.say("survey-which-school"), [*rows, visit.ways_back(SurveyOffice())])
        return
    if at.ready < len(READY):
        survey_id = await begin(visit.db, READY[at.ready], "", by=visit.person, moment=visit.moment, school=at.school)
        await _show(visit, survey_id, visit.say("survey-draft-ready"))
        return
    rows = [
        [visit.button("button-survey-ready", New(ready=place, school=at.school), which=name)] for place, name in enumerate(READY)
    ]
    rows.append([visit.button("button-survey-own", Type(what="name", survey=at.school))])
    await visit.show(visit.say("survey-new"), [*rows, visit.ways_back(SurveyOffice())])


async def setting(visit: Visit, at: Set) -> None:
    """What it is to be, chosen by a button."""
    async with visit.db.read() as tx:
        survey = await mine(tx, at.survey, visit.person, "survey.make")
    back = [visit.back(Card(survey=at.survey))]
    match at.what:
        case "kind":
            kinds = [
                [visit.button("button-survey-kind", Type(what="question", survey=at.survey, kind=each), kind=each)]
                for each in KINDS
            ]
            await visit.show(visit.say("survey-ask-kind"), [*kinds, back])
        case "whom":
            rows = [
                [visit.button("button-survey-to", Chosen(survey=at.survey, what="whom", value=each), whom=each)] for each in WHOM
            ]
            await visit.show(visit.say("survey-ask-whom"), [*rows, back])
        case "take":
            await _take(visit, survey, at.page)
        case _:
            raise Refusal("gone")


async def asked(visit: Visit, at: Type) -> None:
    """What it is to be, typed."""
    if at.what not in ("name", "question", "classes", "day") or (at.what == "question" and at.kind not in KINDS):
        raise Refusal("gone")
    if at.what != "name":
        async with visit.db.read() as tx:
            await mine(tx, at.survey, visit.person, "survey.make")
    await visit.talk.begin(SurveyBuilding.typing, what=at.what, survey=at.survey, kind=at.kind)
    rows: list[list[Button]] = []
    if at.what == "classes":
        rows = [[visit.button("button-survey-all-classes", Chosen(survey=at.survey, what="classes", value="all"))]]
    elif at.what == "day":
        rows = [[visit.button("button-survey-endless", Chosen(survey=at.survey, what="endless", value="yes"))]]
    back = New() if at.what == "name" else Card(survey=at.survey)
    await visit.show(visit.say("survey-ask", what=at.what, kind=at.kind), [*rows, [visit.back(back)]])


async def _take(visit: Visit, survey: Questionnaire, page: int) -> None:
    here = page_of(survey.questions, page, 10)
    buttons = [
        visit.button("button-survey-take-one", TakeAway(survey=survey.id, question=each.id), number=each.number)
        for each in here.some
    ]
    pager = visit.pager(here.number, here.of, lambda to: Set(survey=survey.id, what="take", page=to))
    text = lines([visit.say("survey-ask-take"), words.questions(here.some, visit.say)])
    await visit.show(text, [*in_rows(buttons, 5), pager, [visit.back(Card(survey=survey.id))]])


async def chosen(visit: Visit, at: Chosen) -> None:
    match at.what, at.value:
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


async def taken(visit: Visit, at: TakeAway) -> None:
    await take_question(visit.db, at.survey, at.question, by=visit.person, now=visit.now)
    await _show(visit, at.survey)


async def _change(visit: Visit, survey_id: int, wanted: Change) -> None:
    await change(visit.db, survey_id, wanted, by=visit.person, moment=visit.moment)


async def typed(visit: Visit) -> None:
    data = await visit.talk.data()
    what, survey_id = str(data["what"]), int(data["survey"])
    match what:
        case "name":
            survey_id = await begin(visit.db, None, visit.text, by=visit.person, moment=visit.moment, school=survey_id)
        case "question":
            question = question_typed(visit.text, str(data["kind"]))
            await add_question(visit.db, survey_id, question, by=visit.person, now=visit.now)
        case "classes":
            await _change(visit, survey_id, Change(classes=classes_typed(visit.text)))
        case _:
            await _change(visit, survey_id, Change(closes_on=day_typed(visit.text, visit.today)))
    await visit.talk.end()
    await (_added(visit, survey_id) if what == "question" else _show(visit, survey_id))


async def _added(visit: Visit, survey_id: int) -> None:
    """A question is there; the next one is a press away."""
    async with visit.db.read() as tx:
        survey = await mine(tx, survey_id, visit.person, "survey.make")
    rows = [
        [visit.button("button-survey-add", Set(survey=survey_id, what="kind"))],
        [visit.button("button-survey-done", Card(survey=survey_id))],
    ]
    await visit.show(lines([visit.say("survey-added"), words.questions(survey.questions[-5:], visit.say)]), rows)


# ── out, closed, thrown away ────────────────────────────────────────────────────────────────────────────────────────


async def launching(visit: Visit, at: Launch) -> None:
    if not at.sure:
        await _ask_first(visit, "launch", at.survey, Launch(survey=at.survey, sure=True))
        return
    count = await launch(visit.db, at.survey, by=visit.person, moment=visit.moment)
    await _show(visit, at.survey, visit.say("survey-launched", count=count))


async def closing(visit: Visit, at: Close) -> None:
    if not at.sure:
        await _ask_first(visit, "close", at.survey, Close(survey=at.survey, sure=True))
        return
    await close(visit.db, at.survey, by=visit.person, moment=visit.moment)
    await _show(visit, at.survey, visit.say("survey-closed-word"))


async def discarding(visit: Visit, at: Discard) -> None:
    if not at.sure:
        await _ask_first(visit, "discard", at.survey, Discard(survey=at.survey, sure=True))
        return
    await discard(visit.db, at.survey, by=visit.person, now=visit.now)
    await office(visit, SurveyOffice())


async def _ask_first(visit: Visit, what: str, survey_id: int, to: Packs) -> None:
    """How many will be asked, and what cannot be changed afterwards."""
    async with visit.db.read() as tx:
        survey = await mine(tx, survey_id, visit.person, "survey.make")
        found = await audience_of(tx, survey)
    apart = set(found.pupils) - {pupil for unit in found.units for pupil in unit}
    text = visit.say(
        "survey-sure", what=what, name=survey.name, whom=survey.whom, count=len(found.units), apart=len(apart),
        until=words.until(survey, visit.say),
    )  # fmt: skip
    sure = visit.button("button-confirm", to)
    rows = [[sure if what == "launch" else sure.destroys], [visit.button("button-cancel", Card(survey=survey_id))]]
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
    router.callback_query.register(taken, TakeAway.filter(), flags=make)
    router.callback_query.register(launching, Launch.filter(), flags=make)
    router.callback_query.register(closing, Close.filter(), flags=make)
    router.callback_query.register(discarding, Discard.filter(), flags=make)
    router.callback_query.register(asked, Type.filter(), flags=make)
    router.message.register(typed, SurveyBuilding.typing, TYPED, flags=make)
    return router
