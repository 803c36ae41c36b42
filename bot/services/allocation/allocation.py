"""The distribution of places «заявки»: lots are drawn, the result is looked at, published, recomputed by whoever doubts it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.clock import Moment
from bot.notices import Notice
from bot.notices.allocation import LotDrawn, padded
from bot.policy import Person, Thing, require
from bot.refusals import Refusal
from bot.services.allocation.input import Gathered, gather, gather_rest
from bot.services.allocation.rules import Draw, Result, allocate, digest, lots, record, recorded, result_record
from bot.services.allocation.told import tell_families, tell_found, tell_published
from bot.services.courses.clashes import brief
from bot.services.enrollment.choices import walk
from bot.voice import Fact, Say
from storage import audit
from storage.allocation import allocation
from storage.db import Database, Tx
from storage.enrollment import enrollment
from storage.people.people import first_name
from storage.tables import Allocation, Choice, ChoiceChange

NETWORK = Thing()  # a distribution is of the whole network: it belongs to no school, so it is every coordinator's


def new_seed() -> str:
    """128 random bits."""
    return secrets.token_hex(16)


# ── drawing ─────────────────────────────────────────────────────────────────────────────────────────────────────────


async def draw_lots(db: Database, *, by: Person, now: datetime, today: date, year: int) -> int:
    """Close the list and draw the lots: from now on neither can be changed. Every family hears its lot.

    Courses that still take applications are left out: they are drawn for when their window is closed. Refused while an
    application for one of the others waits for a decision. A repeated press gets the draw it has made. Returns the
    allocation's id.
    """
    require(by, "allocation.run", NETWORK)
    async with db.write() as tx:
        known = await allocation.open_one(tx, year)
        if known is not None:
            return known
        undecided = await allocation.undecided(tx, year, today)
        if undecided:
            raise Refusal("allocation-undecided", count=undecided)
        gathered = await gather(tx, new_seed(), year=year, today=today)
        if not gathered.draw.entrants:
            for course, day in await allocation.still_open(tx, year, today, 1):
                raise Refusal("allocation-still-open", course=brief(course, 60), day=day)
            raise Refusal("allocation-nobody")
        made = await _keep(tx, gathered.draw, by=by, now=now, year=year)
        await _tell_lots(tx, made.id, gathered.draw, now=now)
        return made.id


async def draw_rest(db: Database, *, by: Person, now: datetime, today: date) -> int:
    """Seats were added or fell free: give them to those who wait, in the order of their lines. Nobody placed is touched.

    It follows the newest published distribution, and is of its academic year.
    """
    require(by, "allocation.run", NETWORK)
    async with db.write() as tx:
        before = next((one for one in await allocation.made(tx) if one.published_at), None)
        followed = None if before is None else await allocation.one(tx, before.id)
        if followed is None:
            raise Refusal("allocation-nobody")
        year = followed.year
        known = await allocation.open_one(tx, year)
        if known is not None:
            return known
        gathered = await gather_rest(tx, followed.seed, year=year, today=today, numbers=followed.input["numbers"])
        if not gathered.draw.entrants or not any(gathered.draw.seats.values()):
            raise Refusal("allocation-rest-nothing")
        return (await _keep(tx, gathered.draw, by=by, now=now, year=year, follows=followed.id)).id


async def _keep(tx: Tx, draw: Draw, *, by: Person, now: datetime, year: int, follows: int | None = None) -> Allocation:
    kept = record(draw)
    made = Allocation(
        year=year,
        follows_id=follows,
        seed=draw.seed,
        closed=[],
        input=kept,
        digest=digest(kept),
        drawn_at=now,
        drawn_by=by.known,
    )
    tx.add(made)
    await tx.flush()
    after = {"seed": draw.seed, "digest": made.digest, "applications": len(draw.entrants)}
    audit.log(tx, by.known, "allocation.run", ("allocation", made.id), audit.Change(after=after), now=now)
    return made


async def _tell_lots(tx: Tx, allocation_id: int, draw: Draw, *, now: datetime) -> None:
    lot = lots(draw.seed, draw.numbers)
    names = await allocation.children(tx, {entrant.pupil for entrant in draw.entrants})
    letters: list[tuple[int, Notice]] = []
    for entrant in draw.entrants:
        notice = LotDrawn(
            id_allocation=allocation_id,
            id_application=entrant.number,
            child=first_name(names[entrant.pupil]),
            lot=padded(lot[entrant.number], len(lot)),
            drawn=len(lot),
            seed=draw.seed,
        )
        letters.append((entrant.pupil, notice))
    await tell_families(tx, letters, now=now)


# ── looking ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Seen:
    """An allocation as a page shows it."""

    id: int
    year: int
    follows_id: int | None
    seed: str
    digest: str
    closed: tuple[int, ...]
    drawn_at: datetime
    published_at: datetime | None
    draw: Draw
    result: Result


async def look(tx: Tx, allocation_id: int) -> Seen:
    """An allocation as it was last computed: as published, or as it would be published."""
    kept = await allocation.one(tx, allocation_id)
    if kept is None:
        raise Refusal("gone")
    draw = recorded(kept.input)
    return Seen(
        kept.id,
        kept.year,
        kept.follows_id,
        kept.seed,
        kept.digest,
        tuple(kept.closed),
        kept.drawn_at,
        kept.published_at,
        draw,
        allocate(draw),
    )


async def renew(db: Database, allocation_id: int, *, by: Person, today: date) -> None:
    """Look again at seats, withdrawals and places, with the lots as they were drawn. A published one stays as it is."""
    require(by, "allocation.run", NETWORK)
    async with db.write() as tx:
        kept = await _drawn(tx, allocation_id)
        if kept.published_at is None:
            _remember(kept, (await _again(tx, kept, today)).draw)


async def open_group(db: Database, allocation_id: int, group_id: int, *, opens: bool, by: Person, at: Moment) -> None:
    """Whether a group will be opened: of one that is not (too few have come) nobody gets a place. Before publishing only."""
    require(by, "allocation.run", NETWORK)
    async with db.write() as tx:
        kept = await _drawn(tx, allocation_id)
        if kept.published_at is not None or kept.follows_id is not None:
            raise Refusal("allocation-closed")
        if (group_id not in kept.closed) == opens:
            return
        was = sorted(kept.closed)
        kept.closed = sorted({*was, group_id} if not opens else {*was} - {group_id})
        audit.log(
            tx,
            by.known,
            "allocation.run",
            ("allocation", kept.id),
            audit.Change(before={"closed": was}, after={"closed": kept.closed}),
            now=at.now,
        )
        _remember(kept, (await _again(tx, kept, at.today)).draw)


async def _drawn(tx: Tx, allocation_id: int) -> Allocation:
    kept = await allocation.one(tx, allocation_id)
    if kept is None:
        raise Refusal("gone")
    return kept


async def _again(tx: Tx, kept: Allocation, today: date) -> Gathered:
    """The allocation's draw with everything but the lots as it stands now."""
    numbers = kept.input["numbers"]
    if kept.follows_id is not None:
        return await gather_rest(tx, kept.seed, year=kept.year, today=today, numbers=numbers)
    drawn_for = await allocation.courses_of(tx, [wish for each in kept.input["entrants"] for wish, _ in each["wishes"]])
    return await gather(tx, kept.seed, year=kept.year, today=today, numbers=numbers, courses=drawn_for, closed=kept.closed)


def _remember(kept: Allocation, draw: Draw) -> None:
    fresh = record(draw)
    if digest(fresh) != kept.digest:
        kept.input, kept.digest = fresh, digest(fresh)


# ── publishing ──────────────────────────────────────────────────────────────────────────────────────────────────────


async def publish(db: Database, allocation_id: int, seen: str, *, by: Person, at: Moment, say: Say) -> Result:
    """Give the places out, exactly as they were looked at, and tell every family.

    `seen`: how the digest of what the coordinator has looked at begins; if anything has changed since, it is refused.
    A wish with a place stays approved and holds its seat, so that the next request names it; a wish that waits goes to
    the reserve; one that is no longer needed is declined. `say` speaks the reasons kept in the history.
    """
    require(by, "allocation.run", NETWORK)
    async with db.write() as tx:
        kept = await _drawn(tx, allocation_id)
        if kept.published_at is not None:
            return allocate(recorded(kept.input))
        wishes = [wish for each in kept.input["entrants"] for wish, _ in each["wishes"]]
        # Locked, choices before groups as everybody locks them: nobody withdraws between the last look and the places.
        await allocation.to_change(tx, wishes)
        await enrollment.lock_groups(tx, await allocation.courses_of(tx, wishes))
        gathered = await _again(tx, kept, at.today)
        if digest(record(gathered.draw)) != kept.digest or not kept.digest.startswith(seen):
            raise Refusal("allocation-changed")
        result = allocate(gathered.draw)
        kept.result, kept.published_at, kept.published_by = result_record(result), at.now, by.known
        after = {"digest": kept.digest, "places": len(result.places), "reserve": sum(map(len, result.reserve.values()))}
        audit.log(tx, by.known, "allocation.run", ("allocation", kept.id), audit.Change(after=after), now=at.now)
        if kept.follows_id is None:
            await _give_all(tx, gathered, result, by=by, now=at.now, say=say)
            await tell_published(tx, kept.id, gathered, result, now=at.now)
        else:
            await _give_rest(tx, result, by=by, now=at.now, say=say)
            await tell_found(tx, kept.id, gathered, result, now=at.now)
        return result


async def _give_all(tx: Tx, gathered: Gathered, result: Result, *, by: Person, now: datetime, say: Say) -> None:
    rows = await allocation.to_change(tx, [wish.id for entrant in gathered.draw.entrants for wish in entrant.wishes])
    of_lot = _lots_in_words(gathered.draw)
    for group, wishes in result.lists.items():
        for number, wish in enumerate(wishes, 1):
            facts: dict[str, Fact] = {"number": number, "seats": gathered.draw.seats[group], "lot": of_lot[wish]}
            _seat(tx, rows[wish], group, say.plain("allocated-reason-place", **facts), by=by, now=now)
    for group, wishes in result.reserve.items():
        for place, wish in enumerate(wishes):
            choice = rows[wish]
            why = say.plain("allocated-reason-reserve", lot=of_lot[wish])
            await walk(tx, choice, "reserve", by=by, thing=NETWORK, now=now, reason=why)
            choice.group_id, choice.reserve_at = group, now + timedelta(microseconds=place)
            choice.first_number = gathered.groups[group][0].waiting + place + 1
    for wish in result.lapsed:
        await walk(tx, rows[wish], "decline", by=by, thing=NETWORK, now=now, reason=say.plain("allocated-reason-lapsed"))
    for wish in result.unmet:
        await walk(tx, rows[wish], "decline", by=by, thing=NETWORK, now=now, reason=say.plain("allocated-reason-unmet"))


async def _give_rest(tx: Tx, result: Result, *, by: Person, now: datetime, say: Say) -> None:
    rows = await allocation.to_change(tx, [*result.places, *result.lapsed])
    for wish, group in result.places.items():
        await walk(tx, rows[wish], "approve", by=by, thing=NETWORK, now=now, reason=say.plain("allocated-reason-found"))
        rows[wish].group_id, rows[wish].reserve_at = group, None
    for wish in result.lapsed:
        await walk(tx, rows[wish], "decline", by=by, thing=NETWORK, now=now, reason=say.plain("allocated-reason-lapsed"))


def _seat(tx: Tx, choice: Choice, group_id: int, why: str, *, by: Person, now: datetime) -> None:
    """The wish stays approved: what is new is the seat it holds, and the history says so."""
    choice.group_id, choice.changed_at = group_id, now
    tx.add(ChoiceChange(choice_id=choice.id, was=choice.state, now=choice.state, by=by.known, at=now, reason=why))


def _lots_in_words(draw: Draw) -> Mapping[int, str]:
    lot = lots(draw.seed, draw.numbers)
    return {wish.id: padded(lot[entrant.number], len(lot)) for entrant in draw.entrants for wish in entrant.wishes}


# ── checking ────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Checked:
    """A published allocation, computed anew from what was kept of it."""

    id: int
    seed: str
    digest: str
    applications: int
    places: int
    input_as_signed: bool  # the input still has the digest that was published
    same: bool  # the same seed and input give the same result again

    @property
    def well(self) -> bool:
        return self.input_as_signed and self.same


async def rerun(db: Database, allocation_id: int) -> Checked:
    """Compute a published allocation anew from its stored input and seed, and compare. Refused: gone, not yet published."""
    async with db.read() as tx:
        kept = await allocation.one(tx, allocation_id)
    if kept is None:
        raise Refusal("allocation-gone", number=allocation_id)
    if kept.result is None:
        raise Refusal("allocation-not-published", number=allocation_id)
    draw = recorded(kept.input)
    result = allocate(draw)
    return Checked(
        kept.id,
        kept.seed,
        kept.digest,
        len(draw.entrants),
        len(result.places),
        digest(kept.input) == kept.digest and kept.input["seed"] == kept.seed,
        result_record(result) == kept.result,
    )


# ── how many courses a family wants ─────────────────────────────────────────────────────────────────────────────────


async def want(db: Database, application_id: int, wanted: int, *, by: Person) -> int:
    """Say how many of the application's courses the child would attend at once; while it is being written.

    Returns what now stands: never more than there are courses, never less than one.
    """
    async with db.write() as tx:
        paper = await enrollment.open_application(tx, application_id)
        if paper is None:
            raise Refusal("gone")
        require(by, "enrollment.apply", Thing(pupil_id=paper.pupil.id))
        if paper.application.state not in ("draft", "returned"):
            raise Refusal("application-sent", state=paper.application.state)
        alive = [choice for choice in paper.choices if choice.state in ("draft", "returned")]
        paper.application.wanted = min(max(wanted, 1), max(len(alive), 1))
        return paper.application.wanted
