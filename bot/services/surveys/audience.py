"""Whom a questionnaire is for: whether a child is among them, and whom of its family it is sent to."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from bot.policy import Person
from bot.refusals import Refusal
from bot.services.courses.clashes import takes_class
from storage.db import Tx
from storage.surveys import answers, audience
from storage.surveys.audience import About
from storage.surveys.surveys import Questionnaire


def asks_about(survey: Questionnaire, child: About) -> bool:
    """Whether a child is one of those it is about."""
    return child.school_id == survey.school_id and bool(child.class_name) and takes_class(survey.classes, child.class_name)


def may_answer(survey: Questionnaire, by: Person) -> frozenset[int]:
    """The children somebody may answer for: pupils for themselves, guardians for their children."""
    return by.own if survey.whom == "pupils" else by.children


async def covered(tx: Tx, survey: Questionnaire, pupil_id: int, by: Person) -> list[About]:
    """The children one answer is for, this one among them: all of a family, or this one. Refusal: not theirs to answer."""
    mine = may_answer(survey, by)
    if pupil_id not in mine:
        raise Refusal("not-yours")
    pupils = mine if survey.whom == "families" else [pupil_id]
    found = [child for child in await audience.about(tx, pupils, survey.year) if asks_about(survey, child)]
    if pupil_id not in {child.pupil_id for child in found}:
        raise Refusal("gone")
    return found


@dataclass(frozen=True)
class Audience:
    """Whom it is for: how many answers there can be, and who is written to about which child."""

    pupils: Mapping[int, str]  # its children with their classes
    units: tuple[frozenset[int], ...]  # the children each answer would be for, of those somebody can be written to about
    letters: tuple[tuple[int, int], ...]  # person, child; of a family one letter, about its first child

    def answered(self, received: Collection[int]) -> int:
        """How many of the answers have come."""
        return sum(bool(unit & set(received)) for unit in self.units)


async def audience_of(tx: Tx, survey: Questionnaire) -> Audience:
    every = await audience.classes_at(tx, survey.school_id, survey.year)
    meant = {name for name in set(every.values()) if takes_class(survey.classes, name)}
    pupils = {pupil: name for pupil, name in every.items() if name in meant}
    ask = audience.themselves if survey.whom == "pupils" else audience.guardians
    told = {pupil: people for pupil, people in (await ask(tx, survey.school_id)).items() if pupil in pupils}
    if survey.whom != "families":
        units = tuple(frozenset((pupil,)) for pupil in sorted(told))
        return Audience(pupils, units, tuple((person, pupil) for pupil in sorted(told) for person in sorted(told[pupil])))
    first: dict[int, int] = {}
    for pupil in sorted(told):
        for person in told[pupil]:
            first.setdefault(person, pupil)
    return Audience(pupils, tuple(_families(told)), tuple(sorted(first.items())))


def _families(told: Mapping[int, set[int]]) -> list[frozenset[int]]:
    """Children whose guardians are the same people, or partly: one family."""
    found: list[tuple[set[int], set[int]]] = []  # guardians, children
    for pupil in sorted(told):
        guardians, children = set(told[pupil]), {pupil}
        apart = []
        for family in found:
            if family[0] & guardians:
                guardians |= family[0]
                children |= family[1]
            else:
                apart.append(family)
        found = [*apart, (guardians, children)]
    return sorted((frozenset(children) for _, children in found), key=min)


async def still_silent(tx: Tx, survey: Questionnaire) -> list[tuple[int, int]]:
    """Whom a reminder goes to: who has been asked, and from whose family nothing has come."""
    found = await audience_of(tx, survey)
    received = await answers.received(tx, survey.id)
    wards = await audience.wards(tx, [person for person, _ in found.letters]) if survey.whom == "families" else {}
    return [(person, pupil) for person, pupil in found.letters if not ({pupil} | wards.get(person, set())) & received]
