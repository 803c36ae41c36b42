"""The director's orders: on the learning in network form with its list, and on what has changed in it since."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from bot.cells import clean
from bot.documents.names import declined
from bot.documents.paper import ERASED, paper
from bot.documents.school_papers import BLANK, groups_of, head_facts, long_day, short_day
from bot.documents.titles import appointed, charged
from storage.papers.agreements import Agreed
from storage.papers.kept import Kept
from storage.papers.orders import Ordered
from storage.papers.papers import Place, School, Sent

ORDER, AMENDMENT = "order.docx", "amendment.docx"


@dataclass(frozen=True)
class Moved:
    """A place in another group than the last order says."""

    place: Place
    was: str


@dataclass(frozen=True)
class Order:
    """What an order says. `changes`: the order it changes; None: it is the first, and `added` its whole list."""

    school: School
    year: int
    day: date
    starts_on: date | None
    added: Sequence[Place]
    total: int  # pupils in the list once it holds
    requests: Sequence[Sent] = ()  # with their moments in the network's zone
    agreements: Mapping[int, Agreed] | None = None  # by partner
    changes: Kept | None = None
    moved: Sequence[Moved] = ()
    left: Sequence[Ordered] = ()
    number: str = ""  # empty: a draft


def order_docx(order: Order, own: Path | None = None) -> bytes:
    """«Об организации обучения учащихся с помощью сетевого взаимодействия», the list of pupils as its annex; or its changes."""
    name, post = clean(order.school.coordinator), clean(order.school.coordinator_post)
    facts = {
        **head_facts(order.school, order.day, order.year, own),
        "number": clean(order.number),
        "draft": not order.number,
        "day": long_day(order.day),
        "starts": long_day(order.starts_on) if order.starts_on else "",
        "responsible": name or BLANK,
        "responsible_accusative": declined(name, "accusative") or BLANK,
        "responsible_post": post,
        "appointed": appointed(post, name) if post else declined(name, "accusative") or BLANK,
        "charged": charged(post, name) if post else declined(name, "dative"),
        "requests": ", ".join(f"№ {one.number} от {short_day(one.made_at.date())}" for one in order.requests) or "№ ______",
        "agreements": _agreements(order),
        "teaching": _named(place for place in order.added if not place.resource),
        "resources": _named(place for place in order.added if place.resource),
        "total": order.total,
    }
    if order.changes is None:
        return paper(ORDER, facts | {"partners": partners_of(order.added)}, own)
    facts |= {
        "of_number": clean(order.changes.number),
        "of_day": long_day(order.changes.day),
        "added": partners_of(order.added),
        "added_total": len({place.pupil_id for place in order.added}),
        "moved": [_moved(number, one) for number, one in enumerate(order.moved, 1)],
        "left": [_left(number, one) for number, one in enumerate(order.left, 1)],
    }
    facts |= {"moved_by_course": _by_course(facts["moved"]), "left_by_course": _by_course(facts["left"])}
    return paper(AMENDMENT, facts, own)


def _by_course(pupils: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same lines under their course, numbered within it."""
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for one in pupils:
        mine = found.setdefault((one["course"], one["organization"]), [])
        mine.append({**one, "number": len(mine) + 1})
    return [{"name": name, "organization": where, "pupils": mine} for (name, where), mine in found.items()]


def _named(places: Iterable[Place]) -> str:
    return "; ".join(clean(name) for name in dict.fromkeys(place.organization for place in places))


def partners_of(places: Collection[Place]) -> list[dict[str, Any]]:
    """Places by partner and group, as the lists of an order have them."""
    return [
        {
            "name": clean(mine[0].organization),
            "total": len({place.pupil_id for place in mine}),
            "groups": groups_of(mine, {}),
        }
        for mine in (list(some) for _, some in groupby(places, key=lambda place: place.organization_id))
    ]


def _agreements(order: Order) -> list[dict[str, str]]:
    named = {place.organization_id: place.organization for place in [*order.added, *(one.place for one in order.moved)]}
    named |= {one.organization_id: one.organization for one in order.left}
    held = order.agreements or {}
    return [
        {
            "partner": clean(name),
            "number": clean(held[partner].number) if partner in held else "",
            "day": short_day(held[partner].signed_on) if partner in held else "",
        }
        for partner, name in named.items()
    ]


def _moved(number: int, one: Moved) -> dict[str, Any]:
    return {
        "number": number,
        "name": clean(one.place.child),
        "class_name": clean(one.place.class_name) or "—",
        "organization": clean(one.place.organization),
        "course": clean(one.place.course),
        "was": clean(one.was),
        "now": clean(one.place.group),
    }


def _left(number: int, one: Ordered) -> dict[str, Any]:
    return {
        "number": number,
        "name": clean(one.child) or ERASED,
        "organization": clean(one.organization),
        "course": clean(one.course),
        "group": clean(one.group),
    }
