"""Programmes of a partner's courses and its teachers' load, as papers to approve."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from bot.cells import clean
from bot.documents.paper import paper
from bot.documents.school_papers import head_facts, hours_in_words, long_day
from storage.papers.agreements import Party
from storage.papers.courses import Programme
from storage.papers.papers import Hours, School

PROGRAMME, LOAD = "programme.docx", "load.docx"


@dataclass(frozen=True)
class Loaded:
    """What a teacher gives in a group over a year."""

    teacher: str
    course: str
    group: str
    lessons: int
    hours: int  # academic
    weeks: int  # in which there is a lesson


@dataclass(frozen=True)
class Between:
    """The school and the partner that agree on a paper, its year and its day."""

    school: School
    partner: Party
    year: int
    day: date


def programme_docx(
    between: Between, courses: Sequence[Programme], hours: Mapping[int, Sequence[Hours]], own: Path | None = None
) -> bytes:
    """A sheet for each course of the partner."""
    return paper(PROGRAMME, _parties(between, own) | {"courses": [_course(one, hours) for one in courses]}, own)


def load_docx(between: Between, loads: Sequence[Loaded], own: Path | None = None) -> bytes:
    """The load of the partner's teachers: by teacher and group, and of each teacher in all."""
    ordered = sorted(loads, key=lambda one: (one.teacher, one.course, one.group))
    facts = {
        **_parties(between, own),
        "day": long_day(between.day),
        "loads": [
            {
                "number": number,
                "teacher": clean(one.teacher),
                "course": clean(one.course),
                "group": clean(one.group),
                "lessons": one.lessons,
                "hours": one.hours,
                "a_week": _a_week(one.hours, one.weeks),
            }
            for number, one in enumerate(ordered, 1)
        ],
        "teachers": [_teacher(name, list(some)) for name, some in groupby(ordered, key=lambda one: one.teacher)],
        "lessons": sum(one.lessons for one in loads),
        "hours": sum(one.hours for one in loads),
    }
    return paper(LOAD, facts, own)


def _parties(between: Between, own: Path | None) -> dict[str, Any]:
    partner = between.partner
    return {
        **head_facts(between.school, between.day, between.year, own),
        "partner": clean(partner.name),
        "partner_licence": clean(partner.licence),
        "partner_head": clean(partner.head),
        "partner_post": clean(partner.head_post),
    }


def _teacher(name: str, mine: Sequence[Loaded]) -> dict[str, Any]:
    hours, weeks = sum(one.hours for one in mine), max(one.weeks for one in mine)
    return {"teacher": clean(name), "groups": len({one.group for one in mine}), "hours": hours, "a_week": _a_week(hours, weeks)}


def _a_week(hours: int, weeks: int) -> str:
    return str(round(hours / weeks, 1)).replace(".", ",") if weeks else "—"


def _course(one: Programme, hours: Mapping[int, Sequence[Hours]]) -> dict[str, Any]:
    return {
        "name": clean(one.name),
        "direction": clean(one.direction),
        "classes": clean(", ".join(one.classes)),
        "hours": one.hours or "—",
        "description": clean(one.description),
        "groups": [
            {
                "code": clean(group.code),
                "teacher": clean(group.teacher),
                "seats": group.seats,
                "place": clean(group.place) or "—",
                "times": hours_in_words(hours.get(group.id, ())) or "—",
            }
            for group in one.groups
        ],
        "topics": [{"number": topic.number, "topic": clean(topic.topic), "hours": topic.hours or "—"} for topic in one.topics],
        "topics_hours": sum(topic.hours or 0 for topic in one.topics),
    }
