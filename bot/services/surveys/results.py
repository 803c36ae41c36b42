"""What came of a questionnaire: how many picked what, by class and course, and what was written; names nowhere."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.policy import Person
from bot.services.surveys import counting
from bot.services.surveys.answering import options_of
from bot.services.surveys.audience import audience_of
from bot.services.surveys.building import mine
from bot.services.surveys.catalogue import courses_of, names_of
from bot.services.surveys.counting import LEAST, Slices
from storage.db import Database, Tx
from storage.surveys import answers, audience, surveys
from storage.surveys.answers import Counted, Sent
from storage.surveys.surveys import Question, Questionnaire


@dataclass(frozen=True)
class Slice:
    """A class or a course, and how many answers stand in it."""

    key: str
    label: str
    answers: int


@dataclass(frozen=True)
class Told:
    """What came of one question. `counts`: slice («»: everybody) → how many picked each option, in the order of `options`."""

    question: Question
    options: tuple[str, ...]
    counts: Mapping[str, tuple[int, ...]]
    words: tuple[tuple[str, int], ...]  # what was written, and how many wrote so

    @property
    def average(self) -> float | None:
        """Of a scale; None where nobody answered."""
        here = self.counts[""]
        if self.question.kind != "scale" or not sum(here):
            return None
        return sum(int(option) * count for option, count in zip(self.options, here, strict=True)) / sum(here)


@dataclass(frozen=True)
class Results:
    """`why_not`: waits (an anonymous one is still open) | few (it has fewer answers than may be shown); None: they are shown.

    `withheld`: some classes or courses are too small to be shown by themselves.
    """

    survey: Questionnaire
    asked: int
    answers: int
    why_not: str | None
    told: tuple[Told, ...] = ()
    classes: tuple[Slice, ...] = ()
    courses: tuple[Slice, ...] = ()
    withheld: bool = False
    seats: Mapping[str, int] = field(default_factory=dict)  # of the courses of its year, by name


async def results_of(db: Database, survey_id: int, *, by: Person) -> Results:
    async with db.read() as tx:
        survey = await mine(tx, survey_id, by, "survey.see")
        return await gathered(tx, survey)


async def gathered(tx: Tx, survey: Questionnaire) -> Results:
    """What may be shown of it now. Of an anonymous one nothing until it is closed: one answer more would tell itself apart."""
    asked, count = len((await audience_of(tx, survey)).units), await surveys.answered(tx, survey)
    if survey.anonymous and survey.state != "closed":
        return Results(survey, asked, count, "waits")
    if survey.anonymous and count < LEAST:
        return Results(survey, asked, count, "few")
    totals, counts, words = await _counted(tx, survey)
    least = LEAST if survey.anonymous else 1
    seen = {kind: counting.shown(totals, kind, least=least) for kind in counting.KINDS}
    names = await names_of(tx)
    classes = [Slice(key, key.partition(":")[2], totals[key]) for key in seen["c"]]
    courses = [Slice(key, names.get(key.partition(":")[2], "…"), totals[key]) for key in seen["g"]]
    classes.sort(key=lambda each: _class_order(each.label))
    courses.sort(key=lambda each: each.label)
    keys = ["", *seen["c"], *seen["g"]]
    shelf = await courses_of(tx, survey.year)
    offered = [str(each.id) for each in shelf]
    told = [_told(each, counts[each.id], words[each.id], keys, names, offered) for each in survey.questions]
    large = {key for key in totals if ":" in key}
    withheld = survey.anonymous and (bool(large - {*keys}) or any(totals.get(kind) for kind in counting.KINDS))
    return Results(
        survey,
        max(asked, count),
        count,
        None,
        tuple(told),
        tuple(classes),
        tuple(courses),
        withheld,
        {each.name: each.seats for each in shelf},
    )


def _class_order(name: str) -> tuple[int, str]:
    digits = name[: len(name) - len(name.lstrip("0123456789"))]
    return int(digits or 0), name


def _told(
    question: Question, counts: Slices, words: Sequence[str], keys: Sequence[str], names: Mapping[str, str], offered: list[str]
) -> Told:
    options = _options(question, counts, names, offered)
    return Told(
        question,
        tuple(label for _, label in options),
        {key: tuple(counts.get(key, {}).get(option, 0) for option, _ in options) for key in keys},
        tuple(_in_words(question, words)),
    )


def _options(question: Question, counts: Slices, names: Mapping[str, str], offered: list[str]) -> list[tuple[str, str]]:
    """What could be picked, as it is kept and as it is read; of courses those of the year and those that were picked."""
    if question.kind == "courses":
        here = counts.get("", {})
        every = {*offered, *here}
        return sorted(((each, names.get(each, "…")) for each in every), key=lambda one: (-here.get(one[0], 0), one[1]))
    picked = options_of(question, ())
    return [(each, each if question.kind == "scale" else question.options[int(each)]) for each in picked]


def _in_words(question: Question, words: Sequence[str]) -> list[tuple[str, int]]:
    """A wish said by several is counted, in the words of the first; else they stand in no order that says anything."""
    said: Counter[str] = Counter()
    spelled: dict[str, str] = {}
    for each in words:
        key = " ".join(each.casefold().replace("ё", "е").split()).strip(" .!") if question.kind == "courses" else each
        said[key] += 1
        spelled.setdefault(key, each)
    if question.kind == "courses":
        return sorted(((spelled[key], count) for key, count in said.items()), key=lambda one: (-one[1], one[0]))
    return sorted((spelled[key], count) for key, count in said.items())


# ── answers with a name ─────────────────────────────────────────────────────────────────────────────────────────────

_All = tuple[dict[str, int], dict[int, Slices], dict[int, list[str]]]


async def _counted(tx: Tx, survey: Questionnaire) -> _All:
    """Numbers of answers by slice; by question the counts by slice and the words: of those kept as counts and of those sent."""
    kept = await answers.counted(tx, survey.id)
    sent = (await answers.sent(tx, [survey.id])).get(survey.id, [])
    totals = dict(survey.totals)
    counts = {each.id: kept.get(each.id, Counted({}, [])).counts for each in survey.questions}
    words = {each.id: list(kept.get(each.id, Counted({}, [])).words) for each in survey.questions}
    stands = await _slices(tx, survey, sent)
    random.Random(survey.id).shuffle(sent)  # noqa: S311 - in no order of arrival, and the same each time
    for one in sent:
        slices = counting.with_rest(stands[one.id])
        totals = counting.added(totals, slices)
        for question_id, reply in one.replies.items():
            if question_id in counts:
                counts[question_id] = counting.counted_in(counts[question_id], slices, reply.picked)
                words[question_id] += [reply.words] if reply.words else []
    return totals, counts, words


async def _slices(tx: Tx, survey: Questionnaire, sent: Sequence[Sent]) -> dict[int, frozenset[str]]:
    """The classes and courses of the children each answer is for."""
    received = await answers.received(tx, survey.id)
    wards = await audience.wards(tx, {one.person_id for one in sent}) if survey.whom == "families" else {}
    pupils = {one.id: (wards.get(one.person_id, set()) & received) | {one.pupil_id} for one in sent}
    every = {pupil for some in pupils.values() for pupil in some}
    classes = {child.pupil_id: child.class_name for child in await audience.about(tx, every, survey.year)}
    learns = await audience.learning(tx, every, survey.year)
    return {
        one: counting.slices_of(
            {classes[pupil] for pupil in some if pupil in classes}, {course for pupil in some for course in learns.get(pupil, ())}
        )
        for one, some in pupils.items()
    }
