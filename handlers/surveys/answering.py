"""Answering a questionnaire: one message that turns its pages; words are typed where a question asks for them."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.state import State, StatesGroup

from bot.paging import in_rows, page_of
from bot.refusals import Refusal
from bot.services.courses.clashes import brief
from bot.services.surveys.answering import Opened, Pick, Place, look, open_for, options_of, pick, send, write
from bot.targets import SurveyOffice, SurveyPage, Surveys
from bot.visit import Button, Rows, Visit
from bot.voice import lines
from bot.words import surveys as words
from handlers.door import TYPED, may, opens
from storage.surveys.answers import Reply
from storage.surveys.surveys import Question

COURSES = 8  # on one page of a question about courses
SCALE = 5  # numbers in a row
LISTED = 10  # questionnaires that wait


class SurveyTyping(StatesGroup):
    """An answer in words is being typed; whose and to what stands in the talk's data."""

    words = State()


class Ask(CallbackData, prefix="sv.ask"):
    """A question by its number."""

    survey: int
    pupil: int
    number: int
    page: int = 0


class Put(CallbackData, prefix="sv.put"):
    """Pick an option, or put it back. It says how it is to be, so that pressed twice it is pressed once."""

    survey: int
    pupil: int
    question: int
    option: int
    on: bool
    page: int = 0


class Wish(CallbackData, prefix="sv.wish"):
    """A course that does not exist, in the family's words."""

    survey: int
    pupil: int
    question: int


class Clear(CallbackData, prefix="sv.clear"):
    """Take back what was written."""

    survey: int
    pupil: int
    question: int


class Check(CallbackData, prefix="sv.check"):
    survey: int
    pupil: int


class Send(CallbackData, prefix="sv.send"):
    survey: int
    pupil: int


async def waiting(visit: Visit) -> None:
    """What waits for an answer; of staff without children of their own, the school's questionnaires."""
    async with visit.db.read() as tx:
        found = await open_for(tx, visit.person, visit.moment)
    rows: Rows = [
        [
            visit.button(
                "button-survey-of",
                SurveyPage(each.survey.id, each.child.pupil_id),
                name=brief(each.survey.name, 30),
                child=each.child.first_name if each.several else "none",
                stands=each.stands,
            )
        ]
        for each in found[:LISTED]
    ]
    office = (
        [[visit.button("button-survey-office", SurveyOffice())]]
        if visit.person.organizations_as("coordinator", "director")
        else []
    )
    await visit.show(visit.say("surveys-waiting", count=len(found), you=visit.you), [*rows, *office, [visit.menu]])


async def opened(visit: Visit, at: SurveyPage) -> None:
    await _show(visit, await _look(visit, at.survey, at.pupil))


async def _look(visit: Visit, survey: int, pupil: int) -> tuple[Place, Opened]:
    place = Place(survey, pupil)
    async with visit.db.read() as tx:
        return place, await look(tx, place, by=visit.person, moment=visit.moment)


async def _show(visit: Visit, found: tuple[Place, Opened], above: str = "") -> None:
    """What it is, and how far this person has come with it."""
    place, seen = found
    first = next((each for each in seen.survey.questions if not seen.replies.get(each.id)), None)
    to = Ask(survey=place.survey_id, pupil=place.pupil_id, number=seen.survey.place(first) if first else 1)
    check = Check(survey=place.survey_id, pupil=place.pupil_id)
    rows: list[list[Button]] = []
    match seen.stands:
        case "new":
            rows = [[visit.button("button-survey-begin", to)]]
        case "begun":
            rows = [[visit.button("button-survey-go-on", to if first else check)]]
        case "sent":
            rows = [[visit.button("button-survey-change", Ask(survey=place.survey_id, pupil=place.pupil_id, number=1))]]
    text = words.intro(seen, visit.say, own=_own(visit, place))
    await visit.show(lines([above, text]), [*rows, visit.ways_back(Surveys())])


def _own(visit: Visit, place: Place) -> bool:
    return place.pupil_id in visit.person.own


# ── a question ──────────────────────────────────────────────────────────────────────────────────────────────────────


async def asked(visit: Visit, at: Ask) -> None:
    place, seen = await _look(visit, at.survey, at.pupil)
    await _ask(visit, place, seen, at.number, at.page)


async def _ask(visit: Visit, place: Place, seen: Opened, number: int, page: int = 0) -> None:
    if seen.stands == "received":
        raise Refusal("survey-received")
    if not 1 <= number <= len(seen.survey.questions):
        await _check(visit, place, seen)
        return
    question = seen.survey.questions[number - 1]
    if question.kind == "text":
        await visit.talk.begin(SurveyTyping.words, survey=place.survey_id, pupil=place.pupil_id, question=question.id)
    reply = seen.replies.get(question.id, Reply())
    rows = _options(visit, place, seen, question, page)
    if reply.words:
        rows.append(
            [visit.button("button-survey-clear", Clear(survey=place.survey_id, pupil=place.pupil_id, question=question.id))]
        )
    text = words.asked(seen, question, visit.say, own=_own(visit, place))
    await visit.show(text, [*rows, _turning(visit, place, seen, question, reply), [visit.menu]])


def _turning(visit: Visit, place: Place, seen: Opened, question: Question, reply: Reply) -> list[Button]:
    back: Ask | SurveyPage = SurveyPage(place.survey_id, place.pupil_id)
    here = seen.survey.place(question)
    if here > 1:
        back = Ask(survey=place.survey_id, pupil=place.pupil_id, number=here - 1)
    last = here == len(seen.survey.questions)
    on: Ask | Check = Check(survey=place.survey_id, pupil=place.pupil_id)
    if not last:
        on = Ask(survey=place.survey_id, pupil=place.pupil_id, number=here + 1)
    return [
        visit.back(back),
        visit.button("button-survey-next", on, answered="yes" if reply else "no", last="yes" if last else "no"),
    ]


def _options(visit: Visit, place: Place, seen: Opened, question: Question, page: int) -> list[list[Button]]:
    """The buttons that answer it."""
    picked = set(seen.replies.get(question.id, Reply()).picked)

    def put(label: str, option: str) -> Button:
        here = option in picked
        to = Put(survey=place.survey_id, pupil=place.pupil_id, question=question.id, option=int(option), on=not here, page=page)
        return Button(visit.say.plain("survey-picked", label=label) if here else label, to)

    match question.kind:
        case "scale":
            return in_rows([put(each, each) for each in options_of(question, ())], SCALE)
        case "courses":
            here = page_of(seen.offers, page, COURSES)
            rows = [[put(brief(offer.name, words.ON_BUTTON), str(offer.id))] for offer in here.some]
            rows.append(visit.pager(here.number, here.of, lambda to: _asking(place, seen, question, to)))
            wish = Wish(survey=place.survey_id, pupil=place.pupil_id, question=question.id)
            return [*rows, [visit.button("button-survey-wish", wish)]]
    if words.too_long(question):
        return in_rows([put(str(int(each) + 1), each) for each in options_of(question, ())], SCALE)
    return [[put(question.options[int(each)], each)] for each in options_of(question, ())]


def _asking(place: Place, seen: Opened, question: Question, page: int) -> Ask:
    return Ask(survey=place.survey_id, pupil=place.pupil_id, number=seen.survey.place(question), page=page)


async def put(visit: Visit, at: Put) -> None:
    place = Place(at.survey, at.pupil)
    await pick(visit.db, place, Pick(at.question, str(at.option), at.on), by=visit.person, moment=visit.moment)
    _, seen = await _look(visit, at.survey, at.pupil)
    question = seen.survey.asks(at.question)
    if question is None:
        raise Refusal("gone")
    onward = at.on and question.kind in ("one", "scale")  # one press answers it: the page turns by itself
    await _ask(visit, place, seen, seen.survey.place(question) + onward, 0 if onward else at.page)


async def wished(visit: Visit, at: Wish) -> None:
    """Asks which course is missing."""
    _, seen = await _look(visit, at.survey, at.pupil)
    question = seen.survey.asks(at.question)
    if question is None or question.kind != "courses":
        raise Refusal("gone")
    await visit.talk.begin(SurveyTyping.words, survey=at.survey, pupil=at.pupil, question=question.id)
    back = Ask(survey=at.survey, pupil=at.pupil, number=seen.survey.place(question))
    you = "pupil" if at.pupil in visit.person.own else "adult"
    await visit.show(visit.say("survey-wish", you=you), [[visit.back(back)]])


async def typed(visit: Visit) -> None:
    data = await visit.talk.data()
    place, question_id = Place(int(data["survey"]), int(data["pupil"])), int(data["question"])
    await write(visit.db, place, question_id, visit.text, by=visit.person, moment=visit.moment)
    await visit.talk.end()
    _, seen = await _look(visit, place.survey_id, place.pupil_id)
    question = seen.survey.asks(question_id)
    if question is None:
        raise Refusal("gone")
    await _ask(visit, place, seen, seen.survey.place(question) + (question.kind == "text"))


async def cleared(visit: Visit, at: Clear) -> None:
    place = Place(at.survey, at.pupil)
    await write(visit.db, place, at.question, "", by=visit.person, moment=visit.moment)
    _, seen = await _look(visit, at.survey, at.pupil)
    question = seen.survey.asks(at.question)
    await _ask(visit, place, seen, seen.survey.place(question) if question else 1)


# ── sending ─────────────────────────────────────────────────────────────────────────────────────────────────────────


async def checked(visit: Visit, at: Check) -> None:
    await _check(visit, *await _look(visit, at.survey, at.pupil))


async def _check(visit: Visit, place: Place, seen: Opened) -> None:
    """Before it is sent: how many questions are answered. The answers themselves stand on their pages alone."""
    if seen.stands in ("sent", "received"):
        await _show(visit, (place, seen), visit.say("survey-changed") if seen.stands == "sent" else "")
        return
    open_ = [place_ for place_, each in enumerate(seen.survey.questions, 1) if not seen.replies.get(each.id)]
    you = "pupil" if _own(visit, place) else "adult"
    text = visit.say(
        "survey-check",
        done=len(seen.survey.questions) - len(open_),
        of=len(seen.survey.questions),
        left=[str(each) for each in open_],
        open=len(open_),
        anonymous="yes" if seen.survey.anonymous else "no",
        you=you,
    )
    rows = [[visit.button("button-survey-send", Send(survey=place.survey_id, pupil=place.pupil_id))]]
    if len(open_) == len(seen.survey.questions):
        rows = []
    number = open_[0] if open_ else len(seen.survey.questions)
    back = Ask(survey=place.survey_id, pupil=place.pupil_id, number=number)
    key = visit.button("button-survey-left", back) if open_ else visit.back(back)
    await visit.show(lines([words.heading(seen, visit.say, own=_own(visit, place)), text]), [*rows, [key], [visit.menu]])


async def sent(visit: Visit, at: Send) -> None:
    place = Place(at.survey, at.pupil)
    await send(visit.db, place, by=visit.person, moment=visit.moment, update_id=visit.talk.update_id)
    await _show(visit, await _look(visit, at.survey, at.pupil), visit.say("survey-thanks"))


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="surveys")
    answer = may("survey.answer")
    router.callback_query.register(waiting, opens(Surveys), flags=may("survey.open"))
    router.callback_query.register(opened, opens(SurveyPage), flags=answer)
    router.callback_query.register(asked, Ask.filter(), flags=answer)
    router.callback_query.register(put, Put.filter(), flags=answer)
    router.callback_query.register(wished, Wish.filter(), flags=answer)
    router.callback_query.register(cleared, Clear.filter(), flags=answer)
    router.callback_query.register(checked, Check.filter(), flags=answer)
    router.callback_query.register(sent, Send.filter(), flags=answer)
    router.message.register(typed, SurveyTyping.words, TYPED, flags=answer)
    return router
