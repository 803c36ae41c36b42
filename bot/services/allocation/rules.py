"""Who gets which place: deferred acceptance with published priorities and a lottery anybody can repeat. Pure rules.

docs/decisions/0014-allocation.md says why these rules, docs/guide/allocation.md how to check an allocation by hand.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heappush, heappushpop
from typing import Any, NamedTuple, TypeAlias

# The published priorities, the weightiest first; each halves what is left of a tier (0 has all of them, 7 none).
PRIORITIES = ("returning", "sibling", "last_year")

Options: TypeAlias = Sequence[tuple[int, int]]  # (group, tier) in the order they are wished for; a lower tier goes first


class Wish(NamedTuple):
    """One course of an application: the groups of it the child could attend, the wished for first."""

    id: int  # the choice
    options: tuple[tuple[int, int], ...]  # (group, tier)


class Entrant(NamedTuple):
    """One application: its wishes in the family's order."""

    number: int  # of the application: its lot is drawn by it
    pupil: int
    wanted: int  # places it may get at most
    turn: int  # the round in which it asks for the first: a child's second application waits until the first is served
    moving: bool  # has its places already and only waits for a better one: what it would get is left free for an offer
    wishes: tuple[Wish, ...]


@dataclass(frozen=True)
class Draw:
    """Everything an allocation depends on. Two equal draws have equal results, in whatever order they list things."""

    seed: str
    numbers: tuple[int, ...]  # of the applications that drew a lot; those withdrawn since keep their number in the order
    seats: Mapping[int, int]  # group → seats to be given out
    entrants: tuple[Entrant, ...]
    clashes: frozenset[tuple[int, int]] = frozenset()  # groups no child can attend both of, the smaller id first


@dataclass(frozen=True)
class Result:
    places: dict[int, int] = field(default_factory=dict)  # wish → group
    lists: dict[int, list[int]] = field(default_factory=dict)  # group → the wishes placed in it: the list, first to last
    reserve: dict[int, list[int]] = field(default_factory=dict)  # group → the wishes in its line, the head first
    lapsed: list[int] = field(default_factory=list)  # wishes nobody needs any more: better ones were met
    unmet: list[int] = field(default_factory=list)  # wishes for a course of which no group is open
    kept: dict[int, int] = field(default_factory=dict)  # wish of somebody moving → the group whose seat is left for an offer


# ── the lottery ─────────────────────────────────────────────────────────────────────────────────────────────────────


def ticket(seed: str, number: int) -> str:
    """What an application draws: SHA-256 of «seed:number» in hexadecimal digits."""
    return hashlib.sha256(f"{seed}:{number}".encode()).hexdigest()


def lots(seed: str, numbers: Iterable[int]) -> dict[int, int]:
    """Application → its lot, from 1: its place when all tickets are put in ascending order."""
    drawn = sorted(set(numbers), key=lambda number: (ticket(seed, number), number))
    return {number: lot for lot, number in enumerate(drawn, 1)}


def tier(held: Collection[str]) -> int:
    """The tier of who has these priorities: 0 all, 7 none; an earlier priority outweighs all the later ones."""
    weights = reversed(range(len(PRIORITIES)))
    return sum(0 if name in held else 1 << weight for name, weight in zip(PRIORITIES, weights, strict=True))


def held_in(of_tier: int) -> list[str]:
    """The priorities a tier stands for; none for a number that is no tier (a line's numbers, when the rest is placed)."""
    weights = reversed(range(len(PRIORITIES)))
    return [name for name, weight in zip(PRIORITIES, weights, strict=True) if of_tier < 8 and not of_tier >> weight & 1]


# ── deferred acceptance ─────────────────────────────────────────────────────────────────────────────────────────────


def match(lists: Sequence[Options], order: Sequence[int], seats: Mapping[int, int]) -> list[int | None]:
    """Pupil-proposing deferred acceptance: for each pupil the index of the option reached, or None.

    Each asks for their best option; a group keeps the best it has seats for, by tier and then by `order` (each pupil's
    own number, no two equal), and lets the others go on to their next. Nobody can do better by another list than the
    true one. Time and memory grow with the number of options.
    """
    size = max(order, default=0) + 1
    whose = {number: pupil for pupil, number in enumerate(order)}
    held: dict[int, list[int]] = {group: [] for options in lists for group, _ in options}
    at = [0] * len(lists)
    for asking in range(len(lists)):
        pupil = asking
        while at[pupil] < len(lists[pupil]):
            group, its_tier = lists[pupil][at[pupil]]
            mine = -(its_tier * size + order[pupil])  # the heap's top is whoever stands last
            if len(held[group]) < seats.get(group, 0):
                heappush(held[group], mine)
                break
            let_go = heappushpop(held[group], mine)
            pupil = whose[-let_go % size]
            at[pupil] += 1
    return [reached if reached < len(options) else None for reached, options in zip(at, lists, strict=True)]


def allocate(draw: Draw) -> Result:
    """The allocation of a draw: round by round every child gets at most one place more, then the lines are formed."""
    lot = lots(draw.seed, draw.numbers)
    entrants = sorted(draw.entrants, key=lambda entrant: entrant.number)
    reached: dict[int, int] = {}  # wish → the index of the option
    left = dict(draw.seats)
    attends: dict[int, set[int]] = defaultdict(set)
    for turn in range(1, max((entrant.turn + entrant.wanted for entrant in entrants), default=1)):
        asking = [entrant for entrant in entrants if entrant.turn <= turn < entrant.turn + entrant.wanted]
        _play(asking, lot, left, reached, attends, draw.clashes)
    return _told(entrants, lot, reached, draw.clashes)


def _play(
    asking: Sequence[Entrant],
    lot: Mapping[int, int],
    left: dict[int, int],
    reached: dict[int, int],
    attends: dict[int, set[int]],
    clashes: frozenset[tuple[int, int]],
) -> None:
    """One round: what was reached in it is added to `reached` and taken off `left`."""
    lists: list[list[tuple[int, int]]] = []
    sources: list[list[tuple[int, int]]] = []  # the wish and the index within it that each option comes from
    for entrant in asking:
        busy = attends[entrant.pupil]
        options: list[tuple[int, int]] = []
        source: list[tuple[int, int]] = []
        for wish in entrant.wishes:
            if wish.id in reached:
                continue
            for index, option in enumerate(wish.options):
                if not (busy and _meets(option[0], busy, clashes)):
                    options.append(option)
                    source.append((wish.id, index))
        lists.append(options)
        sources.append(source)
    met = match(lists, [lot[entrant.number] for entrant in asking], left)
    for entrant, asked, came_from, at in zip(asking, lists, sources, met, strict=True):
        if at is not None:
            group, (wish_id, index) = asked[at][0], came_from[at]
            reached[wish_id] = index
            left[group] -= 1
            attends[entrant.pupil].add(group)


def _meets(group: int, busy: Collection[int], clashes: frozenset[tuple[int, int]]) -> bool:
    return any((min(group, other), max(group, other)) in clashes for other in busy)


def _told(
    entrants: Sequence[Entrant], lot: Mapping[int, int], reached: Mapping[int, int], clashes: frozenset[tuple[int, int]]
) -> Result:
    """What was reached, put into lists and lines."""
    result = Result()
    lists: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    waiting: list[tuple[int, int, Wish]] = []
    for entrant in entrants:
        lowest = max((place for place, wish in enumerate(entrant.wishes) if wish.id in reached), default=-1)
        got = {wish.options[reached[wish.id]][0] for wish in entrant.wishes if wish.id in reached}
        for place, wish in enumerate(entrant.wishes):
            if wish.id in reached:
                group, its_tier = wish.options[reached[wish.id]]
                if entrant.moving:
                    result.kept[wish.id] = group
                else:
                    result.places[wish.id] = group
                    lists[group].append((its_tier, lot[entrant.number], wish.id))
            elif not wish.options:
                result.unmet.append(wish.id)
            elif place > lowest and not entrant.moving and _needless(wish, got, entrant.wanted, clashes):
                result.lapsed.append(wish.id)
            else:
                waiting.append((wish.options[0][1], lot[entrant.number], wish))
    result.lists.update({group: [wish for *_, wish in sorted(lists[group])] for group in sorted(lists)})
    result.reserve.update(_lines(waiting))
    result.lapsed.sort()
    result.unmet.sort()
    return result


def _needless(wish: Wish, got: Collection[int], wanted: int, clashes: frozenset[tuple[int, int]]) -> bool:
    """Whether a wish below what was got has nothing left to wait for."""
    return len(got) == wanted or all(_meets(group, got, clashes) for group, _ in wish.options)


def _lines(waiting: Iterable[tuple[int, int, Wish]]) -> dict[int, list[int]]:
    """The reserve of each group, the head first. A wish with several groups waits where the line is shortest."""
    lines: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for _, number, wish in sorted(waiting):
        group, its_tier = min(wish.options, key=lambda option: len(lines[option[0]]) if option[0] in lines else 0)
        lines[group].append((its_tier, number, wish.id))
    return {group: [wish for *_, wish in sorted(lines[group])] for group in sorted(lines)}


# ── as kept, and told to an auditor ─────────────────────────────────────────────────────────────────────────────────


def record(draw: Draw) -> dict[str, Any]:
    """A draw as JSON: numbers only, nobody's name."""
    return {
        "seed": draw.seed,
        "numbers": sorted(draw.numbers),
        "seats": {str(group): seats for group, seats in sorted(draw.seats.items())},
        "entrants": [
            {
                "number": entrant.number,
                "pupil": entrant.pupil,
                "wanted": entrant.wanted,
                "turn": entrant.turn,
                "moving": entrant.moving,
                "wishes": [[wish.id, [list(option) for option in wish.options]] for wish in entrant.wishes],
            }
            for entrant in sorted(draw.entrants)
        ],
        "clashes": sorted(list(pair) for pair in draw.clashes),
    }


def recorded(kept: Mapping[str, Any]) -> Draw:
    """The draw a record was made of."""
    return Draw(
        kept["seed"],
        tuple(kept["numbers"]),
        {int(group): seats for group, seats in kept["seats"].items()},
        tuple(
            Entrant(
                each["number"],
                each["pupil"],
                each["wanted"],
                each["turn"],
                each["moving"],
                tuple(Wish(wish, tuple((group, its_tier) for group, its_tier in options)) for wish, options in each["wishes"]),
            )
            for each in kept["entrants"]
        ),
        frozenset((one, other) for one, other in kept["clashes"]),
    )


def result_record(result: Result) -> dict[str, Any]:
    """A result as JSON; equal results have equal records."""
    return {
        "lists": {str(group): wishes for group, wishes in sorted(result.lists.items())},
        "reserve": {str(group): wishes for group, wishes in sorted(result.reserve.items())},
        "lapsed": result.lapsed,
        "unmet": result.unmet,
        "kept": {str(wish): group for wish, group in sorted(result.kept.items())},
    }


def digest(kept: Mapping[str, Any]) -> str:
    """SHA-256 of a record, written as JSON with sorted keys and without spaces."""
    return hashlib.sha256(json.dumps(kept, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


# ── what the coordinator sees of it ─────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Counts:
    """How well the wishes were met, by application."""

    applications: int
    by_rank: dict[int, int]  # 1: whose best place is their first wish, …
    without: int  # got nothing


def counts(draw: Draw, result: Result) -> Counts:
    """How many got their first wish, their second, …, and how many nothing; who only moves is not counted."""
    asking = [entrant for entrant in draw.entrants if not entrant.moving]
    by_rank: dict[int, int] = defaultdict(int)
    for entrant in asking:
        best = next((rank for rank, wish in enumerate(entrant.wishes, 1) if wish.id in result.places), None)
        if best is not None:
            by_rank[best] += 1
    return Counts(len(asking), dict(sorted(by_rank.items())), len(asking) - sum(by_rank.values()))
