"""What the bot does by itself at the end of a year: asks for the answers that are missing, and closes the year after August."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.clock import midnight
from bot.notices.yearend import YearClosed, YearEnded, YearEndWaits
from bot.policy import Thing
from bot.post.posting import Addressed, post_all
from bot.services.enrollment.choices import Verb, walk
from bot.services.enrollment.telling import letter_facts, tell_family
from bot.services.enrollment.yearend import year_ending
from bot.services.workdays import monday_of, working_calendar
from storage.db import Database, Tx
from storage.enrollment import yearend
from storage.enrollment.yearend import Ending, Waiting
from storage.network import years
from storage.network.years import usual, year_of
from storage.offers import offers
from storage.people.consent import Reader
from storage.people.people import office

MORNING = time(9)
NEWS = timedelta(days=7)  # how long the end of a year is news
BATCH = 200  # choices closed in one transaction: whoever presses a button meanwhile need not wait for all
VERB_OF: Mapping[str | None, Verb] = {
    "completed": "finish",
    "failed": "fail",
    "left": "quit",
    "continues": "continue",
    None: "end",
}


# ── asking ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def is_asked(day: date) -> bool:
    """Weeks in which who owes an answer is reminded: to the end of June, and the last two of August."""
    return day.month in (5, 6) or (day.month == 8 and day.day > 17)


async def ask_for_answers(db: Database, *, now: datetime, zone: ZoneInfo) -> None:
    """Once a week, on its first working day from 9:00: how many pupils of one's groups have no answer. Safe to repeat."""
    here = now.astimezone(zone)
    if here.time() < MORNING or not is_asked(here.date()):
        return
    async with db.read() as tx:
        year = await year_ending(tx, here.date())
        calendar = await working_calendar(tx, here.date(), here.date())
        if year is None or not calendar.is_working(here.date()):
            return
        letters = await _questions(tx, year, monday_of(here.date()))
    async with db.write() as tx:
        await post_all(tx, letters, now=now, expires_at=midnight(here.date() + timedelta(days=7), zone))


async def _questions(tx: Tx, year: int, week: date) -> list[Addressed]:
    """To the teacher and to the partner's office; of a group that neither reads for, to the coordinators of its pupils."""
    silent = [group for group in await yearend.groups(tx, year) if group.open]
    people = await yearend.with_bot(tx, {group.teacher_id for group in silent}, {group.organization_id for group in silent})
    asked: dict[tuple[int, str], list[Waiting]] = defaultdict(list)
    for group in silent:
        mine = [
            (person_id, role)
            for person_id, role, staff_id, organization_id in people
            if staff_id == group.teacher_id or (role == "partner" and organization_id == group.organization_id)
        ]
        for each in dict.fromkeys(mine or await _coordinators(tx, group)):
            asked[each].append(group)
    return [Addressed(person_id, _question(year, week, groups), role=role) for (person_id, role), groups in asked.items()]


async def _coordinators(tx: Tx, group: Waiting) -> list[tuple[int, str]]:
    schools = sorted({one.school_id for one in await yearend.learnt(tx, group.id, Reader())})
    return [(to, "coordinator") for school in schools for to in await office(tx, "coordinator", organization_id=school)]


def _question(year: int, week: date, groups: Sequence[Waiting]) -> YearEndWaits:
    return YearEndWaits(
        id_year=year,
        id_week=week.isoformat(),
        year=usual(year).name,
        pupils=sum(group.open for group in groups),
        groups=len(groups),
    )


# ── closing ─────────────────────────────────────────────────────────────────────────────────────────────────────────


async def close_years(db: Database, *, now: datetime, zone: ZoneInfo) -> int:
    """From September on nothing of the years before is open any more. Returns how many choices were closed. Safe to repeat.

    People hear of it in its first days only: a bot that first starts in November says nothing of years long past.
    """
    here = now.astimezone(zone).date()
    first_open = year_of(here)
    tells = date(first_open, 9, 1) <= here < date(first_open, 9, 1) + NEWS
    done, choices = 0, await _open(db, first_open)
    while choices:
        async with db.write() as tx:
            closed = await _close(tx, choices, tells=tells, now=now)
        if not closed:
            break
        done, choices = done + closed, await _open(db, first_open)
    async with db.write() as tx:
        await years.close(tx, first_open, now)
        if tells:
            await _tell_schools(tx, first_open - 1, now=now)
    return done


async def _open(db: Database, before: int) -> list[int]:
    async with db.read() as tx:
        return await yearend.open_in(tx, before, BATCH)


async def _close(tx: Tx, choices: Sequence[int], *, tells: bool, now: datetime) -> int:
    held = await offers.locked(tx, choices)
    closed = 0
    for one in await yearend.endings(tx, choices):
        choice = held[one.choice_id]
        learns, was = choice.state == "enrolled", choice.state
        known = was == "draft" or (learns and choice.outcome is not None)  # the family heard when the answer was given
        verb: Verb = VERB_OF[choice.outcome] if learns else "close"
        if not await walk(tx, choice, verb, by=None, thing=Thing(), now=now):
            continue
        closed += 1
        await offers.end_offer(tx, choice.id, "closed", now)
        if tells and not known and one.pupil_id is not None and one.child:
            await tell_family(tx, one.pupil_id, _letter(one, choice.state, now), now=now)
    await yearend.close_papers(tx, choices)
    return closed


def _letter(one: Ending, state: str, now: datetime) -> YearEnded:
    return YearEnded(
        **letter_facts(one, now),
        outcome=state,
    )


async def _tell_schools(tx: Tx, year: int, *, now: datetime) -> None:
    """Once: for how many pupils of the school the year is closed without a result, and that it is closed."""
    for school_id, left in await yearend.schools_of(tx, year):
        notice = YearClosed(id_year=year, id_school=school_id, year=usual(year).name, pupils=left)
        people = await office(tx, "coordinator", organization_id=school_id)
        await post_all(tx, [Addressed(to, notice, role="coordinator") for to in people], now=now)
