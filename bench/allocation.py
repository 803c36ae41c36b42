"""How long a whole allocation takes, and how much memory: 50,000 applications, 2,000 groups, 5 wishes each.

The floor is sorting the same (pupil, group) pairs by priority and lot: what any fair list must do at least. The bench
runs in a process of its own, so that its memory is its own.
"""

from __future__ import annotations

import itertools
import random
import resource
import sqlite3
import statistics
import subprocess
import sys
import time
from contextlib import closing

from bot.services.allocation.rules import Draw, Entrant, Wish, allocate, counts, lots

PUPILS = 50_000
GROUPS = 2_000
WISHES = 5
ROUNDS = 5
SEED = 7
SECONDS, MEGABYTES = 5.0, 300  # what it may take


def market(seed: int = SEED) -> Draw:
    """Some groups are much wished for, most are not; 16 seats each, of 20 wanted."""
    chance = random.Random(seed)
    weights = list(itertools.accumulate(1 / (group + 20) for group in range(GROUPS)))
    entrants, wish = [], 0
    for number in range(1, PUPILS + 1):
        wanted: list[int] = []
        while len(wanted) < WISHES:
            group = chance.choices(range(GROUPS), cum_weights=weights)[0]
            if group not in wanted:
                wanted.append(group)
        wish += WISHES
        wishes = tuple(
            Wish(wish - WISHES + place, ((group, chance.choice((7, 7, 7, 6, 5, 3))),)) for place, group in enumerate(wanted)
        )
        entrants.append(Entrant(number, number, 1, 1, False, wishes))
    return Draw("bench", tuple(range(1, PUPILS + 1)), dict.fromkeys(range(GROUPS), 16), tuple(entrants))


def floor(draw: Draw) -> float:
    """Seconds to sort every (group, priority, lot) there is."""
    lot = lots(draw.seed, draw.numbers)
    pairs = [
        (group, its_tier, lot[entrant.number])
        for entrant in draw.entrants
        for wish in entrant.wishes
        for group, its_tier in wish.options
    ]
    began = time.process_time()
    pairs.sort()
    return time.process_time() - began


def relational(draw: Draw) -> float:
    """Seconds for the obvious way: the wishes in a table, asked in the order of tier and lot whether there is a seat, one by one.

    It gives each child the first seat it meets, not the one it wished for most: what it lacks in fairness it does not even save.
    """
    lot = lots(draw.seed, draw.numbers)
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute("CREATE TABLE seats (pupil INTEGER PRIMARY KEY, place INTEGER)")
        db.execute("CREATE INDEX of_place ON seats (place)")
        db.execute("CREATE TABLE wishes (pupil INTEGER, place INTEGER, tier INTEGER, rank INTEGER, lot INTEGER)")
        db.executemany(
            "INSERT INTO wishes VALUES (?, ?, ?, ?, ?)",
            (
                (entrant.number, group, tier, rank, lot[entrant.number])
                for entrant in draw.entrants
                for rank, wish in enumerate(entrant.wishes)
                for group, tier in wish.options
            ),
        )
        began = time.process_time()
        for pupil, place in db.execute("SELECT pupil, place FROM wishes ORDER BY tier, rank, lot").fetchall():
            if db.execute("SELECT 1 FROM seats WHERE pupil = ?", (pupil,)).fetchone():
                continue
            (taken,) = db.execute("SELECT count(*) FROM seats WHERE place = ?", (place,)).fetchone()
            if taken < draw.seats[place]:
                db.execute("INSERT INTO seats VALUES (?, ?)", (pupil, place))
        db.commit()
        return time.process_time() - began


def measure() -> None:
    draw = market()
    took: dict[str, list[float]] = {"floor": [], "ours": []}
    for _ in range(ROUNDS):
        took["floor"].append(floor(draw))
        began = time.process_time()
        result = allocate(draw)
        took["ours"].append(time.process_time() - began)
    low, high = (statistics.median(took[name]) for name in ("floor", "ours"))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    told = counts(draw, result)
    first, second = told.by_rank.get(1, 0), told.by_rank.get(2, 0)
    print(f"{PUPILS:,} applications, {GROUPS:,} groups, {WISHES} wishes; seed {SEED}")
    print(
        f"first wish {first:,}, second {second:,}, later {told.applications - told.without - first - second:,}, none {told.without:,}"
    )
    print(
        f"allocate: floor (sorting the pairs) {low:.2f} s, ours {high:.2f} s, ratio {high / low:.1f}; peak {memory} MB",
        flush=True,
    )
    obvious = relational(draw)
    print(f"a question a wish, in SQLite in memory: {obvious:.2f} s, ratio to the floor {obvious / low:.1f}", flush=True)
    assert high < SECONDS, f"{high:.2f} s"
    assert memory < MEGABYTES, f"{memory} MB"


def main() -> None:
    subprocess.run([sys.executable, "-c", "from bench.allocation import measure; measure()"], check=True)
