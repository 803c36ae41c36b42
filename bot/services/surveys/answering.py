"""Answering a questionnaire: page by page, changed until it closes, sent once; an anonymous one leaves nothing but counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from bot.clock import Moment
from bot.policy import Person, Thing, require
from bot.refusals import Refusal
from bot.services.forgetting import COMPACTED
from bot.services.surveys import counting
from bot.services.surveys.audience import asks_about, covered, may_answer
from bot.services.surveys.catalogue import courses_for
from storage import inbox, notes
from storage.courses.courses import Offer
from storage.db import Database, Tx
from storage.surveys import answers, audience, surveys
from storage.surveys.answers import Reply
from storage.surveys.audience import About
from storage.surveys.surveys import Question, Questionnaire
from storage.tables import Survey

Change: TypeAlias = Callable[[Question, Reply], Reply]

LONGEST = 1000  # characters of an answer in words


@dataclass(frozen=True)
class Place:
    """Where somebody answers: the questionnaire, and the child it is for."""

    survey_id: int
    pupil_id: int


@dataclass(frozen=True)
class Opened:
    """A questionnaire before somebody who may answer it."""

    survey: Questionnaire
    children: tuple[About, ...]  # the answer is for them
    replies: Mapping[int, Reply]
    stands: str  # new | begun | sent (theirs, it may be changed) | received (nothing can be changed any more)
    offers: tuple[Offer, ...] = ()  # the courses a question about courses offers

    @property
    def unanswered(self) -> int:
        return sum(not self.replies.get(each.id) for each in self.survey.questions)


@dataclass(frozen=True)
class Waiting:
    """A questionnaire that stands open for somebody, and the child it would be for."""

    survey: Questionnaire
    child: About
    several: bool  # they answer it for more than one child
    stands: str


async def open_for(tx: Tx, by: Person, moment: Moment) -> list[Waiting]:
    """What somebody may answer now, a line for each answer; what they have answered already comes last."""
    found: list[Waiting] = []
    for survey in await surveys.standing(tx, "open"):
        mine = may_answer(survey, by)
        if not mine or survey.over(moment.today):
            continue
        children = [child for child in await audience.about(tx, mine, survey.year) if asks_about(survey, child)]
        several = len(children) > 1 and survey.whom == "children"
        for child in children[:1] if survey.whom == "families" else children:
            of = {each.pupil_id for each in children} if survey.whom == "families" else {child.pupil_id}
            found.append(Waiting(survey, child, several, await _stands(tx, survey, of, by)))
    return sorted(found, key=lambda each: each.stands in ("sent", "received"))


async def look(tx: Tx, at: Place, *, by: Person, moment: Moment) -> Opened:
    """The questionnaire as somebody may see it. Refusal: it is closed, or not theirs to answer."""
    require(by, "survey.answer", Thing(pupil_id=at.pupil_id))
    survey = await surveys.one(tx, at.survey_id)
    if survey is None or survey.state in ("draft", "ready"):
        raise Refusal("gone")
    children = await covered(tx, survey, at.pupil_id, by)
    if survey.state != "open" or survey.over(moment.today):
        raise Refusal("survey-closed-already", name=survey.name)
    pupils = {child.pupil_id for child in children}
    stands = await _stands(tx, survey, pupils, by)
    made = None if stands == "received" else await answers.response(tx, survey.id, by.known, pupils)
    replies = {} if made is None else await answers.replies(tx, made.id)
    asks = any(each.kind == "courses" for each in survey.questions)
    offers = await courses_for(tx, survey.year, [child.class_name for child in children]) if asks else ()
    return Opened(survey, tuple(children), replies, stands, tuple(offers))


async def _stands(tx: Tx, survey: Questionnaire, pupils: Collection[int], by: Person) -> str:
    made = await answers.response(tx, survey.id, by.known, pupils)
    if made is not None and made.sent_at is not None:
        return "sent"
    if await answers.received_of(tx, [survey.id], pupils):
        return "received"
    return "new" if made is None else "begun"


# ── one answer ──────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Pick:
    """An option of a question, and whether it is to be picked: how it is to be, not what to do, so that twice is once."""

    question_id: int
    option: str
    on: bool

    def changed(self, question: Question, reply: Reply) -> Reply:
        """The reply with it; of «один» and «шкала» the one picked before goes."""
        if question.kind in ("one", "scale"):
            return replace(reply, picked=(self.option,) if self.on else ())
        others = tuple(each for each in reply.picked if each != self.option)
        return replace(reply, picked=(*others, self.option) if self.on else others)


async def pick(db: Database, at: Place, wanted: Pick, *, by: Person, moment: Moment) -> None:
    """Pick an option, or put it back."""
    async with db.write() as tx:
        opened, question = await _asked(tx, at, wanted.question_id, by, moment)
        if wanted.option not in options_of(question, opened.offers):
            raise Refusal("gone")
        await _keep(tx, opened, question, wanted.changed, at, by)


async def write(db: Database, at: Place, question_id: int, words: str, *, by: Person, moment: Moment) -> None:
    """Keep what was typed for a question in words, or the course somebody wishes for; nothing typed takes it back."""
    said = " ".join(words.split("\0")).strip()
    if len(said) > LONGEST:
        raise Refusal("survey-too-long", limit=LONGEST)
    async with db.write() as tx:
        opened, question = await _asked(tx, at, question_id, by, moment)
        if question.kind not in ("text", "courses"):
            raise Refusal("gone")
        await _keep(tx, opened, question, lambda _, reply: replace(reply, words=said or None), at, by)


async def _asked(tx: Tx, at: Place, question_id: int, by: Person, moment: Moment) -> tuple[Opened, Question]:
    """The question somebody answers now; whoever sends or closes meanwhile waits."""
    await surveys.locked(tx, at.survey_id)
    opened = await look(tx, at, by=by, moment=moment)
    if opened.stands == "received":
        raise Refusal("survey-received")
    question = opened.survey.asks(question_id)
    if question is None:
        raise Refusal("gone")
    return opened, question


async def _keep(tx: Tx, opened: Opened, question: Question, change: Change, at: Place, by: Person) -> None:
    pupils = [child.pupil_id for child in opened.children]
    made = await answers.response(tx, at.survey_id, by.known, pupils)
    made = made or await answers.begin(tx, at.survey_id, by.known, pupils[0] if opened.survey.whom == "families" else at.pupil_id)
    reply = change(question, opened.replies.get(question.id, Reply()))
    await answers.keep(tx, made.id, question.id, reply)


def options_of(question: Question, offers: Collection[Offer]) -> list[str]:
    """What can be picked, as it is kept."""
    match question.kind:
        case "scale":
            low, high = (int(each) for each in question.options)
            return [str(each) for each in range(low, high + 1)]
        case "courses":
            return [str(offer.id) for offer in offers]
        case "text":
            return []
    return [str(place) for place in range(len(question.options))]


# ── sending ─────────────────────────────────────────────────────────────────────────────────────────────────────────


async def send(db: Database, at: Place, *, by: Person, moment: Moment, update_id: int | None = None) -> Opened:
    """Send it; sent before, nothing happens. Of an anonymous one only «ответ получен» is left in the same transaction.

    `update_id`: the press that sends. What came before it in its chat is recorded as done, and so emptied, before it is begun.
    """
    async with db.write() as tx:
        row = await surveys.locked(tx, at.survey_id)
        opened = await look(tx, at, by=by, moment=moment)
        if row is None or opened.stands in ("sent", "received"):
            return opened
        if not any(opened.replies.values()):
            raise Refusal("survey-empty")
        pupils = [child.pupil_id for child in opened.children]
        made = await answers.response(tx, at.survey_id, by.known, pupils)
        assert made is not None  # noqa: S101 - it has replies
        if opened.survey.anonymous:
            await _count(tx, row, opened)
            await answers.drop(tx, [made.id])
            if update_id is not None:
                await inbox.forget_undrawn(tx, update_id)
            await notes.drop(tx, COMPACTED, "yes")  # free pages and the log of writes are cleaned within the hour
        else:
            await answers.mark_sent(tx, made, moment.now)
        await answers.receive(tx, at.survey_id, pupils)
        return replace(opened, stands="received" if opened.survey.anonymous else "sent")


async def _count(tx: Tx, row: Survey, opened: Opened) -> None:
    """Add an answer to the counts, in the slices in which it is one of five at least."""
    slices = counting.with_rest(await _kept_slices(tx, opened))
    row.totals = counting.added(row.totals, slices)
    for question in await answers.questions(tx, row.id):
        reply = opened.replies.get(question.id, Reply())
        question.counts = counting.counted_in(question.counts, slices, reply.picked)
        question.words = counting.with_words(question.words, reply)
    await tx.flush()


async def _kept_slices(tx: Tx, opened: Opened) -> frozenset[str]:
    survey = opened.survey
    before = await answers.received(tx, survey.id)
    mine = [child.pupil_id for child in opened.children]
    learns = await audience.learning(tx, before | set(mine), survey.year)
    classes = {child.pupil_id: child.class_name for child in await audience.about(tx, before | set(mine), survey.year)}

    def stand_in(pupil: int) -> frozenset[str]:
        return counting.slices_of([classes[pupil]] if pupil in classes else [], learns.get(pupil, ()))

    there = Counter(each for pupil in before for each in stand_in(pupil))
    return counting.kept_slices(frozenset().union(*(stand_in(pupil) for pupil in mine)), there)
