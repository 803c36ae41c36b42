"""The programme of a network as one file, from what the bot knows: in words a paper takes. Russian, as all papers are."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from bot.cells import clean
from bot.documents.criteria import programme_docx
from bot.documents.law import law
from bot.documents.school_papers import BLANK, short_day
from bot.documents.titles import of_organization, titled
from bot.services.programme.criteria import Year, facts
from bot.services.programme.passport import Passport
from bot.voice import Say, short_name
from bot.words.criteria import value
from storage.network.years import usual
from storage.programme.passport import Planned

KINDS = {"educational": "образовательная", "resource": "ресурсная"}


def programme_paper(passport: Passport, say: Say, *, today: date, own: Path | None = None) -> bytes:
    """Refusals: a template's."""
    year, school = passport.criteria, passport.school
    acts = law(today, own)
    said = {
        "school": clean(school.name),
        "school_address": clean(school.address),
        "director": clean(school.director) or BLANK,
        "director_post": titled(clean(school.director_post)),
        "of_school": of_organization(clean(school.name)),
        "day": short_day(today),
        "year": year.name,
        "next_year": usual(year.year + 1).name,
        "goal": facts()["goal"],
        "basis": "; ".join(act.name for about, act in acts.items() if about != "personal"),
        "documents": facts()["documents"],
        "partners": [
            {
                "name": clean(one.name),
                "kind": KINDS.get(one.kind or "", "—"),
                "licence": clean(one.licence) or "—",
                "agreement": f"№ {clean(one.number)} от {short_day(one.signed_on)}"
                if one.number and one.signed_on
                else "не заполнено",
            }
            for one in passport.partners
        ],
        "courses": [
            {
                "name": clean(one.name),
                "organization": clean(one.organization),
                "direction": clean(one.direction),
                "hours": one.hours or "—",
                "children": one.children,
            }
            for one in passport.courses
        ],
        "regulation": [_step(some) for some in _together(passport.steps) if some[0].code.startswith("regulation")],
        "roadmap": [_step(some) for some in _together(passport.steps) if not some[0].code.startswith("regulation")],
    }
    judged = {
        "criteria": _judged(year, "criteria", say),
        "results": _judged(year, "results", say),
        "efficiency": _judged(year, "efficiency", say),
    }
    return programme_docx(said | judged, own)


def _by_number(steps: list[Planned]) -> list[Planned]:
    def number(one: Planned) -> int:
        found = re.match(r"\d+", one.number)
        return int(found[0]) if found else 0

    return sorted(steps, key=number)


def _together(steps: list[Planned]) -> list[list[Planned]]:
    """The steps by number; what every partner does at its own place is one line of the programme."""
    found: dict[tuple[str, str, bool], list[Planned]] = {}
    for one in _by_number(steps):
        found.setdefault((one.number, one.task, one.partner is not None), []).append(one)
    return list(found.values())


def _step(some: list[Planned]) -> dict[str, str]:
    """A step of one, or of all the partners."""
    one, tasks, finished = some[0], sum(each.tasks for each in some), sum(each.done for each in some)
    done = "выполнено" if tasks and finished == tasks else f"выполнено {finished} из {tasks}" if finished else "не выполнено"
    who = ", ".join(short_name(each.partner) for each in some if each.partner) or one.who
    return {
        "number": clean(one.number),
        "task": clean(one.task),
        "who": clean(who) or "ответственный школы",
        "term": f"{short_day(one.starts_on)} – {short_day(one.ends_on)}",
        "result": clean(one.result),
        "done": done if tasks else "—",
    }


def _judged(year: Year, part: str, say: Say) -> list[dict[str, str]]:
    return [{"text": one.text, "value": clean(value(one, say))} for one in year.of(part)]
