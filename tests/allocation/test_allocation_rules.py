"""Deferred acceptance, the lottery and the lines: properties that must hold for every draw, and a few stories by name."""

from __future__ import annotations

import hashlib
import itertools
import json
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.services.allocation.rules import (
    Draw,
    Entrant,
    Result,
    Wish,
    allocate,
    counts,
    digest,
    held_in,
    lots,
    match,
    record,
    recorded,
    result_record,
    ticket,
    tier,
)

Lists = list[list[tuple[int, int]]]
GROUPS = range(4)


@st.composite
def markets(draw: st.DrawFn, pupils: int = 7, groups: int = 4) -> tuple[Lists, list[int], dict[int, int]]:
    """Pupils with lists of (group, tier), their lots, and the seats."""
    count = draw(st.integers(1, pupils))
    lists = [
        [(group, draw(st.integers(0, 2))) for group in draw(st.permutations(range(groups)))[: draw(st.integers(0, groups))]]
        for _ in range(count)
    ]
    order = [number + 1 for number in draw(st.permutations(range(count)))]
    return lists, order, {group: draw(st.integers(0, 3)) for group in range(groups)}


def key(lists: Lists, order: Sequence[int], pupil: int, group: int) -> tuple[int, int]:
    return next(its_tier for at, its_tier in lists[pupil] if at == group), order[pupil]


def groups_of(lists: Lists, met: Sequence[int | None]) -> list[int | None]:
    return [None if index is None else options[index][0] for options, index in zip(lists, met, strict=True)]


def envies(lists: Lists, order: Sequence[int], seats: Mapping[int, int], got: Sequence[int | None]) -> Iterator[tuple[int, int]]:
    """Every pair of a pupil and a group that would both rather have each other."""
    for pupil, options in enumerate(lists):
        for group, _ in options:
            if group == got[pupil]:
                break
            inside = [other for other, its in enumerate(got) if its == group]
            mine = key(lists, order, pupil, group)
            if len(inside) < seats[group] or any(key(lists, order, other, group) > mine for other in inside):
                yield pupil, group


def stable_matchings(lists: Lists, order: Sequence[int], seats: Mapping[int, int]) -> Iterator[tuple[int | None, ...]]:
    """All of them, by brute force."""
    for got in itertools.product(*([None, *(group for group, _ in options)] for options in lists)):
        if any(got.count(group) > seats[group] for group in seats):
            continue
        if not any(envies(lists, order, seats, got)):
            yield got


def liking(options: Sequence[tuple[int, int]], group: int | None) -> int:
    """The place of a group in somebody's list; none at all comes last."""
    return next((place for place, (at, _) in enumerate(options) if at == group), len(options))


# ── deferred acceptance ─────────────────────────────────────────────────────────────────────────────────────────────


@settings(max_examples=400, deadline=None)
@given(markets())
def test_no_pupil_and_group_would_both_rather_have_each_other(market: tuple[Lists, list[int], dict[int, int]]) -> None:
    lists, order, seats = market
    got = groups_of(lists, match(lists, order, seats))
    assert list(envies(lists, order, seats, got)) == []
    assert all(got.count(group) <= seats[group] for group in seats)


@settings(max_examples=120, deadline=None)
@given(markets(pupils=4, groups=3))
def test_every_pupil_gets_the_best_any_stable_matching_has_for_them(market: tuple[Lists, list[int], dict[int, int]]) -> None:
    """… and the same pupils are placed, the same seats filled, in every one (the rural hospitals' theorem)."""
    lists, order, seats = market
    got = groups_of(lists, match(lists, order, seats))
    every = list(stable_matchings(lists, order, seats))
    assert tuple(got) in every
    for other in every:
        assert all(liking(options, mine) <= liking(options, its) for options, mine, its in zip(lists, got, other, strict=True))
        assert [its is None for its in other] == [mine is None for mine in got]
        assert all(other.count(group) == got.count(group) for group in seats)


@settings(max_examples=60, deadline=None)
@given(markets(pupils=5, groups=3))
def test_no_pupil_gains_by_any_other_list(market: tuple[Lists, list[int], dict[int, int]]) -> None:
    """Brute force: every subset of the groups in every order, told instead of the truth."""
    lists, order, seats = market
    got = groups_of(lists, match(lists, order, seats))
    for pupil, truth in enumerate(lists):
        for size in range(len(truth) + 1):
            for told in itertools.permutations(truth, size):
                lied = [*lists[:pupil], list(told), *lists[pupil + 1 :]]
                instead = groups_of(lied, match(lied, order, seats))[pupil]
                assert liking(truth, instead) >= liking(truth, got[pupil])


@settings(max_examples=200, deadline=None)
@given(markets(), st.integers(0, 3), st.integers(1, 2))
def test_more_seats_hurt_nobody(market: tuple[Lists, list[int], dict[int, int]], group: int, more: int) -> None:
    lists, order, seats = market
    before = groups_of(lists, match(lists, order, seats))
    after = groups_of(lists, match(lists, order, seats | {group: seats[group] + more}))
    assert all(liking(options, late) <= liking(options, early) for options, early, late in zip(lists, before, after, strict=True))


@settings(max_examples=200, deadline=None)
@given(markets(), st.integers(0, 6))
def test_whoever_leaves_hurts_nobody(market: tuple[Lists, list[int], dict[int, int]], who: int) -> None:
    lists, order, seats = market
    before = groups_of(lists, match(lists, order, seats))
    without = [[] if pupil == who else options for pupil, options in enumerate(lists)]
    after = groups_of(without, match(without, order, seats))
    assert all(
        liking(options, after[pupil]) <= liking(options, before[pupil]) for pupil, options in enumerate(lists) if pupil != who
    )


@settings(max_examples=200, deadline=None)
@given(markets())
def test_who_was_let_go_stands_behind_everybody_who_was_taken(market: tuple[Lists, list[int], dict[int, int]]) -> None:
    """Priorities are respected: in each group all who are in come before all who asked in vain."""
    lists, order, seats = market
    met = match(lists, order, seats)
    got = groups_of(lists, met)
    for pupil, options in enumerate(lists):
        index = met[pupil]
        for group, _ in options[: len(options) if index is None else index]:
            inside = [key(lists, order, other, group) for other, its in enumerate(got) if its == group]
            assert len(inside) == seats[group]
            assert all(other < key(lists, order, pupil, group) for other in inside)


# ── a whole draw ────────────────────────────────────────────────────────────────────────────────────────────────────


@st.composite
def draws(draw: st.DrawFn) -> Draw:
    """Courses of one or two groups, children with one or two applications, some who want two places."""
    courses = {0: (0,), 1: (10, 11), 2: (20,), 3: (30, 31)}
    entrants: list[Entrant] = []
    wish = 0
    for pupil in range(draw(st.integers(1, 6))):
        turn = 1
        free = draw(st.permutations(range(4)))
        for _ in range(draw(st.integers(1, 2))):
            chosen, free = free[: draw(st.integers(0, 3))], free[3:]
            wishes = []
            for course in chosen:
                wish += 1
                options = tuple((group, draw(st.integers(0, 7))) for group in courses[course])
                wishes.append(Wish(wish, options[draw(st.integers(0, 1)) :]))
            wanted = draw(st.integers(1, 2))
            moving = draw(st.integers(0, 5)) == 0
            entrants.append(Entrant(100 + len(entrants), pupil, wanted, turn, moving, tuple(wishes)))
            turn += wanted
    numbers = tuple(entrant.number for entrant in entrants)
    seats = {group: draw(st.integers(0, 2)) for groups in courses.values() for group in groups}
    clashes = frozenset(draw(st.sets(st.sampled_from([(0, 10), (10, 20), (11, 31), (20, 30)]))))
    return Draw(draw(st.text("0123456789abcdef", min_size=4, max_size=8)), numbers, seats, tuple(entrants), clashes)


@settings(max_examples=300, deadline=None)
@given(draws())
def test_every_wish_has_one_fate_and_no_seat_is_given_twice(drawn: Draw) -> None:
    result = allocate(drawn)
    wishes = {wish.id: wish for entrant in drawn.entrants for wish in entrant.wishes}
    fates = [*result.places, *itertools.chain(*result.reserve.values()), *result.lapsed, *result.unmet, *result.kept]
    assert sorted(fates) == sorted(wishes)
    assert sorted(itertools.chain(*result.lists.values())) == sorted(result.places)
    taken = [*result.places.values(), *result.kept.values()]
    assert all(taken.count(group) <= drawn.seats[group] for group in taken)
    for group, line in (*result.lists.items(), *result.reserve.items()):
        assert all(group in {at for at, _ in wishes[wish].options} for wish in line)
    for entrant in drawn.entrants:
        got = [wish.id for wish in entrant.wishes if wish.id in result.places]
        assert len(got) <= entrant.wanted
        assert not (entrant.moving and got)


@settings(max_examples=300, deadline=None)
@given(draws())
def test_no_child_is_in_two_places_at_once(drawn: Draw) -> None:
    result = allocate(drawn)
    for pupil in {entrant.pupil for entrant in drawn.entrants}:
        own = [wish.id for entrant in drawn.entrants if entrant.pupil == pupil for wish in entrant.wishes]
        attends = sorted(result.places[wish] for wish in own if wish in result.places)
        assert not any(pair in drawn.clashes for pair in itertools.combinations(attends, 2))


@settings(max_examples=150, deadline=None)
@given(draws(), st.randoms(use_true_random=False))
def test_the_same_draw_has_the_same_result_in_whatever_order_it_is_listed(drawn: Draw, chance: random.Random) -> None:
    entrants, numbers, seats = list(drawn.entrants), list(drawn.numbers), list(drawn.seats.items())
    for each in (entrants, numbers, seats):
        chance.shuffle(each)
    shuffled = Draw(drawn.seed, tuple(numbers), dict(seats), tuple(entrants), drawn.clashes)
    assert result_record(allocate(shuffled)) == result_record(allocate(drawn))
    assert digest(record(shuffled)) == digest(record(drawn))
    assert result_record(allocate(recorded(record(drawn)))) == result_record(allocate(drawn))


@given(st.sets(st.integers(1, 10**6), max_size=60), st.text("0123456789abcdef", min_size=1))
def test_lots_are_the_order_of_the_tickets(numbers: set[int], seed: str) -> None:
    drawn = lots(seed, numbers)
    assert sorted(drawn.values()) == list(range(1, len(numbers) + 1))
    assert sorted(numbers, key=lambda number: ticket(seed, number)) == sorted(numbers, key=drawn.__getitem__)


# ── stories ─────────────────────────────────────────────────────────────────────────────────────────────────────────

ROBOTICS, CHESS, MORNING_CHESS = 1, 2, 3
NOTHING, SIBLING, RETURNING = tier([]), tier(["sibling"]), tier(["returning"])


def one(number: int, *wishes: Wish, wanted: int = 1, pupil: int = 0, turn: int = 1, moving: bool = False) -> Entrant:
    return Entrant(number, pupil or number, wanted, turn, moving, wishes)


def drawn(seats: dict[int, int], *entrants: Entrant, clashes: frozenset[tuple[int, int]] = frozenset()) -> Draw:
    return Draw("2026", tuple(entrant.number for entrant in entrants), seats, entrants, clashes)


def robotics(wish: int, its_tier: int = NOTHING) -> Wish:
    return Wish(wish, ((ROBOTICS, its_tier),))


def chess(wish: int, its_tier: int = NOTHING) -> Wish:
    return Wish(wish, ((CHESS, its_tier),))


def test_a_ticket_is_what_any_sha_256_says() -> None:
    assert ticket("2026", 417) == hashlib.sha256(b"2026:417").hexdigest()
    assert lots("2026", [1, 2, 3]) == {1: 1, 3: 2, 2: 3}


def test_an_earlier_priority_outweighs_all_later_ones() -> None:
    assert tier(["returning"]) < tier(["sibling", "last_year"]) < tier(["sibling"]) < tier(["last_year"]) < tier([])
    assert (held_in(0), held_in(NOTHING), held_in(SIBLING)) == (["returning", "sibling", "last_year"], [], ["sibling"])


def test_misha_gets_his_second_wish_and_waits_for_his_first() -> None:
    """One seat in robotics: Dana learned there last year. Misha goes to chess, and is first in the line for robotics."""
    misha, dana = one(1, robotics(11), chess(12)), one(2, robotics(21, RETURNING), chess(22))
    result = allocate(drawn({ROBOTICS: 1, CHESS: 5}, misha, dana))
    assert result == Result({12: CHESS, 21: ROBOTICS}, {ROBOTICS: [21], CHESS: [12]}, {ROBOTICS: [11]}, [22])
    summary = counts(drawn({}, misha, dana), result)
    assert (summary.by_rank, summary.without) == ({1: 1, 2: 1}, 0)


def test_every_child_has_one_course_before_anybody_has_two() -> None:
    """Misha wants both, Vera only chess, of which one seat is there: the lot is Misha's, the seat is Vera's."""
    misha, vera = one(1, robotics(11), chess(12), wanted=2), one(2, chess(21))
    assert lots("2026", [1, 2]) == {1: 1, 2: 2}
    result = allocate(drawn({ROBOTICS: 1, CHESS: 1}, misha, vera))
    assert result.places == {11: ROBOTICS, 21: CHESS}
    assert result.reserve == {CHESS: [12]}


def test_a_second_application_of_the_same_child_waits_for_the_second_round() -> None:
    misha, again, vera = one(1, robotics(11)), one(3, chess(31), pupil=1, turn=2), one(2, chess(21))
    result = allocate(drawn({ROBOTICS: 1, CHESS: 1}, misha, again, vera))
    assert result.places == {11: ROBOTICS, 21: CHESS}


def test_two_courses_at_one_hour_are_never_both_given() -> None:
    misha = one(1, robotics(11), chess(12), wanted=2)
    clash = frozenset({(ROBOTICS, CHESS)})
    result = allocate(drawn({ROBOTICS: 1, CHESS: 1}, misha, clashes=clash))
    assert (result.places, result.lapsed) == ({11: ROBOTICS}, [12])


def test_the_second_group_of_a_course_is_tried_before_the_second_course() -> None:
    either = ((CHESS, NOTHING), (MORNING_CHESS, NOTHING))
    children = [one(number, Wish(number * 10, either), robotics(number * 10 + 1)) for number in (1, 2, 3)]
    result = allocate(drawn({CHESS: 1, MORNING_CHESS: 1, ROBOTICS: 9}, *children))
    assert sorted(result.places.values()) == [ROBOTICS, CHESS, MORNING_CHESS]
    assert counts(drawn({}, *children), result).by_rank == {1: 2, 2: 1}


def test_lines_of_a_course_are_of_one_length() -> None:
    either = ((CHESS, NOTHING), (MORNING_CHESS, NOTHING))
    result = allocate(drawn({CHESS: 0, MORNING_CHESS: 0}, *(one(number, Wish(number, either)) for number in range(1, 6))))
    assert {group: len(line) for group, line in result.reserve.items()} == {CHESS: 3, MORNING_CHESS: 2}


def test_a_sibling_goes_before_a_better_lot() -> None:
    dana, vera = one(1, chess(11)), one(2, chess(21, SIBLING))
    assert lots("2026", [1, 2]) == {1: 1, 2: 2}
    assert allocate(drawn({CHESS: 1}, vera, dana)).places == {21: CHESS}


def test_who_only_waits_for_a_better_place_is_not_overtaken_and_not_moved() -> None:
    """Dana sits in chess and is the head of the line for robotics: the new seat is left for an offer to her."""
    dana, misha = one(1, robotics(11, 8 + 1), moving=True), one(2, robotics(21, 8 + 2))
    result = allocate(drawn({ROBOTICS: 1}, dana, misha))
    assert (result.places, result.kept, result.reserve) == ({}, {11: ROBOTICS}, {ROBOTICS: [21]})
    assert allocate(drawn({ROBOTICS: 2}, dana, misha)).places == {21: ROBOTICS}


def test_a_course_without_an_open_group_is_unmet() -> None:
    result = allocate(drawn({CHESS: 1}, one(1, Wish(11, ()), chess(12))))
    assert (result.unmet, result.places) == ([11], {12: CHESS})


def test_the_guide_recomputes_an_allocation_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The Python an auditor is given in docs/guide/allocation.md, run as it stands there on a file of the bot's."""
    chance = random.Random(4)
    children = []
    for number in range(1, 61):
        wishes = [(ROBOTICS,), (CHESS, MORNING_CHESS), (4,), (5, 6)]
        chance.shuffle(wishes)
        options = [Wish(number * 10 + at, tuple((g, chance.randrange(8)) for g in wish)) for at, wish in enumerate(wishes[:3])]
        children.append(one(number, *options))
    draw = drawn({ROBOTICS: 8, CHESS: 7, MORNING_CHESS: 3, 4: 9, 5: 0, 6: 5}, *children)
    kept = record(draw)
    whole: dict[str, Any] = {"seed": draw.seed, "digest": digest(kept), "input": kept, "result": result_record(allocate(draw))}
    (tmp_path / "Распределение-1.json").write_text(json.dumps(whole), "utf-8")
    monkeypatch.chdir(tmp_path)
    guide = (Path(__file__).parent.parent.parent / "docs" / "guide" / "allocation.md").read_text("utf-8")
    blocks = re.findall(r"```python\n(.*?)```", guide, re.DOTALL)
    assert len(blocks) == 3
    exec("\n".join(blocks), {})  # noqa: S102 - the guide's own words
    whole["result"]["lists"][str(ROBOTICS)].reverse()
    (tmp_path / "Распределение-1.json").write_text(json.dumps(whole), "utf-8")
    with pytest.raises(AssertionError):
        exec("\n".join(blocks), {})  # noqa: S102
