"""The papers of learning in network form: a family's application, the lists of groups.

The words each template may use stand in default_templates.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date

from bot.cells import clean
from bot.documents.law import law
from bot.documents.names import declined
from bot.documents.paper import NAMELESS, paper
from bot.documents.titles import of_organization, titled
from bot.voice import clock_time, weekday_names
from storage.papers.papers import Asking, Hours, Place, School, Wish

APPLICATION, GROUPS = "application.docx", "groups.docx"
BLANK = "________________"
OF_AGE_TO_SIGN = 14  # years: from then a pupil signs beside the parent


def application_docx(asking: Asking, school: School, *, today: date, year: int, zone: ZoneInfo, own: Path | None = None) -> bytes:
    """A parent's application to print and sign: what the bot does not hold is a line to fill in by hand.

    The day of the application is the day it was submitted; of a draft, `today`.
    """
    day = asking.submitted_at.astimezone(zone).date() if asking.submitted_at else today
    guardian = clean(asking.guardian)
    facts = {
        **head_facts(school, day, year, own),
        "number": asking.id,
        "day": long_day(day),
        "submitted": asking.submitted_at is not None,
        "version": asking.version,
        "guardian": declined(guardian, "genitive"),
        "guardian_in_bot": guardian,
        "child": clean(asking.child),
        "child_accusative": declined(clean(asking.child), "accusative"),
        "birth": short_day(asking.birth_date) if asking.birth_date else "___.___.______",
        "class_name": clean(asking.class_name),
        "wishes": [
            {
                "number": number,
                "course": clean(wish.course),
                "direction": clean(wish.direction),
                "organization": clean(wish.organization),
                "hours": wish.hours or "—",
                "group": clean(wish.group) or "—",
            }
            for number, wish in enumerate(asking.wishes, 1)
        ],
        "teaching": _at([wish for wish in asking.wishes if not wish.resource]),
        "resources": _at([wish for wish in asking.wishes if wish.resource]),
        "wanted": asking.wanted if asking.wanted < len(asking.wishes) else 0,
        "sport": any(is_sport(wish.direction) for wish in asking.wishes),
        "cosigned": asking.birth_date is not None and age(asking.birth_date, day) >= OF_AGE_TO_SIGN,
        "age_unknown": asking.birth_date is None,
    }
    return paper(APPLICATION, facts, own)


def _at(wishes: Sequence[Wish]) -> str:
    """The organizations of these wishes, each once."""
    return ", ".join(dict.fromkeys(clean(wish.organization) for wish in wishes))


def groups_docx(
    places: Sequence[Place],
    hours: Mapping[int, Sequence[Hours]],
    school: School,
    *,
    today: date,
    year: int,
    own: Path | None = None,
) -> bytes:
    """The lists of groups, each on its own page."""
    return paper(
        GROUPS, {**head_facts(school, today, year, own), "day": long_day(today), "groups": groups_of(places, hours)}, own
    )


def age(born: date, on: date) -> int:
    """Full years on that day; who was born on 29 February is older from 1 March."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def is_sport(direction: str) -> bool:
    """Whether a health certificate is wanted: the passport's «физкультурно-спортивная», however it is written."""
    return any(word in direction.casefold() for word in ("спорт", "физкульт"))


def head_facts(school: School, day: date, year: int, own: Path | None) -> dict[str, Any]:
    """What every paper may say: the school, who signs, the academic year, the law of the day."""
    acts = law(day, own)
    return {
        "school": clean(school.name),
        "school_address": clean(school.address),
        "place": settlement(school.address),
        "director": clean(school.director) or BLANK,
        "director_dative": declined(clean(school.director), "dative") or BLANK,
        "director_post": titled(clean(school.director_post)),
        "director_post_dative": titled(clean(school.director_post), "dative"),
        "of_school": of_organization(clean(school.name)),
        "year": f"{year}/{year + 1}",
        "law": {about: act.name for about, act in acts.items()},
        "law_short": {about: act.short for about, act in acts.items()},
    }


_SETTLEMENTS = ("г", "с", "а", "п", "пос", "пгт", "д", "х", "ст", "ст-ца", "город", "село", "аул", "посёлок", "хутор", "станица")


def settlement(address: str | None) -> str:
    """«с. Натырбово» of «385462, с. Натырбово, ул. Школьная, 1»; empty where the address names none."""
    for part in clean(address).split(","):
        if part.split() and part.split()[0].split(".")[0].lower() in _SETTLEMENTS:
            return part.strip()
    return ""


def groups_of(places: Sequence[Place], hours: Mapping[int, Sequence[Hours]]) -> list[dict[str, Any]]:
    made = []
    for group_id, some in groupby(places, key=lambda place: place.group_id):
        mine = list(some)
        first = mine[0]
        made.append(
            {
                "code": clean(first.group),
                "course": clean(first.course),
                "hours": first.hours or "—",
                "organization": clean(first.organization),
                "teacher": clean(first.teacher),
                "place": clean(first.place) or "—",
                "times": hours_in_words(hours.get(group_id, ())) or "—",
                "pupils": [
                    {
                        "number": number,
                        "name": clean(place.child) or NAMELESS,
                        "birth": short_day(place.birth_date) if place.birth_date else "—",
                        "class_name": clean(place.class_name) or "—",
                    }
                    for number, place in enumerate(mine, 1)
                ],
                "total": len(mine),
            }
        )
    return made


def hours_in_words(hours: Sequence[Hours]) -> str:
    """«вт 15:00–16:30, чт 15:00–16:30»."""
    days = weekday_names("ru")
    return ", ".join(f"{days[one.weekday]} {clock_time(one.starts, 'ru')}–{clock_time(one.ends, 'ru')}" for one in hours)


def short_day(day: date | datetime) -> str:
    return day.strftime("%d.%m.%Y")


def long_day(day: date) -> str:
    return format_date(day, "d MMMM y", locale="ru")
