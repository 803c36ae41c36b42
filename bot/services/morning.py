"""The letter of the morning: one a day and person, at nine of a working day, with a section for each subject; nothing to say, no letter."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.clock import Moment, midnight
from bot.notices.morning import Morning
from bot.notices.roadmap import single
from bot.post.posting import Addressed, post_all
from bot.services.deciding.waiting import waits_for
from bot.services.journal.chasing import COORDINATOR, FORGOTTEN, TEACHER, to_enter, who_enters
from bot.services.network.years import running_now
from bot.services.papers.ending import ending
from bot.services.roadmap.deadlines import PARTNERS, RANK, Pile, Rung, due_today, titled, whose_journals
from bot.services.roadmap.programme import JOURNAL_STEP, week_of
from bot.services.timetable.network_day import DayLesson, network_day
from bot.services.timetable.telling import given_names
from bot.services.workdays import WorkingCalendar, monday_of, working_calendar
from bot.voice import short_name
from storage import notes
from storage.db import Database, Tx
from storage.journal.unkept import Unkept, unkept
from storage.roadmap import reminders, roadmap
from storage.roadmap.reminders import Holder, Said
from storage.timetable import reminders as lesson_reminders

NINE, EVENING = time(9), time(20)  # the letter is written between these
A_WHILE = timedelta(days=14)  # no holidays of staff are longer
TOLD = "morning.told"  # the note: the days whose letters are written, the newest last
PLANNED = "morning.planned."  # with a school's number: the Mondays whose plan of the week is written
KEPT = 60  # of either: so far may a clock jump, and nothing is said twice
WHOSE = 4  # groups without a journal that a line names


@dataclass(frozen=True)
class Everybody:
    """Who may get a letter this morning."""

    holders: list[Holder]
    working: dict[int, date]  # schools (PARTNERS: everybody else) that work today, with the day since which there is news
    weeks: frozenset[int]  # those of them whose week begins for the staff: this is their plan

    def of(self, person_id: int) -> list[Holder]:
        return [one for one in self.holders if one.person_id == person_id]

    def coordinated(self, person_id: int) -> set[int]:
        """The schools working today that somebody coordinates."""
        return {one.organization_id for one in self.of(person_id) if one.role == "coordinator"} & self.working.keys()


async def tell_the_morning(db: Database, *, now: datetime, zone: ZoneInfo) -> None:
    """At nine of a working day one letter to each of the staff, if there is anything to say. Any number of times a day.

    Of a day it is gathered once: the minutes after that ask for one note. A bot that was off at nine writes it until the
    evening; the plan of a week nobody has got goes with the first letter of that week.
    """
    at = Moment(now, zone)
    if not NINE <= at.here.time() < EVENING:
        return
    async with db.read() as tx:
        if str(at.today) in await _days(tx, TOLD):
            return
        everybody = await _everybody(tx, at)
        letters, said = await _letters(tx, at, everybody) if everybody.working else ([], [])
    async with db.write() as tx:
        ends = datetime.combine(at.today, EVENING, zone)
        await post_all(tx, letters, now=now, expires_at=ends)
        await reminders.keep(tx, said, now=now)
        await _remember(tx, TOLD, at.today)
        for school in everybody.weeks:
            await _remember(tx, f"{PLANNED}{school}", monday_of(at.today))


async def _days(tx: Tx, name: str) -> list[str]:
    return (await notes.note(tx, name) or "").split()


async def _remember(tx: Tx, name: str, day: date) -> None:
    await notes.keep(tx, name, " ".join([*await _days(tx, name), str(day)][-KEPT:]))


# ── who, and whose week it is ───────────────────────────────────────────────────────────────────────────────────────


async def _everybody(tx: Tx, at: Moment) -> Everybody:
    schools = await roadmap.schools(tx)
    working: dict[int, date] = {}
    told = [date.fromisoformat(day) for day in await _days(tx, TOLD)]
    last = max((day for day in told if day < at.today), default=at.today)  # a bot that was off has news of all those days
    for school in (PARTNERS, *schools):
        only = {"schools": [school]} if school else {}
        calendar = await working_calendar(tx, at.today - A_WHILE, at.today, **only)
        if calendar.is_working(at.today):
            working[school] = max(min(_working_day_before(calendar, at.today), last), at.today - A_WHILE)
    monday = str(monday_of(at.today))
    weeks = frozenset([school for school in working if monday not in await _days(tx, f"{PLANNED}{school}")])
    return Everybody(await reminders.holders(tx), working, weeks)


def _working_day_before(calendar: WorkingCalendar, today: date) -> date:
    days = (today - timedelta(days=back) for back in range(1, A_WHILE.days + 1))
    return next((day for day in days if calendar.is_working(day)), today - A_WHILE)


async def _letters(tx: Tx, at: Moment, everybody: Everybody) -> tuple[list[Addressed], list[Said]]:
    piles = await due_today(tx, at, everybody.weeks)
    year = (await running_now(tx, at.today)).year
    behind = await unkept(tx, year, at.now - FORGOTTEN, at.now, at.zone) if piles or everybody.working else []
    long_behind = [one for one in behind if one.ends_at <= at.now - COORDINATOR]
    entering = await _entering(tx, at, everybody, behind)
    told = await lesson_reminders.told_on(tx, "morning", midnight(at.today, at.zone))
    letters: list[Addressed] = []
    for person in dict.fromkeys(one.person_id for one in everybody.holders):
        if person in told:
            continue
        pile = piles.get(person)
        facts = await _of_office(tx, at, everybody, person, long_behind) | await _of_week(tx, at, everybody, person, pile)
        facts |= await _of_agreements(tx, at, everybody, person) | entering.get(person, {})
        if pile is not None:
            facts |= _of_tasks(pile, _whose(pile, behind, at))
        if facts:
            letters.append(Addressed(person, Morning(day=at.today, **facts), role=_role(everybody.of(person), pile, facts)))
    written = {letter.person_id for letter in letters}
    return letters, [one for person, pile in piles.items() if person in written for one in pile.said]


def _role(posts: Sequence[Holder], pile: Pile | None, facts: dict[str, Any]) -> str:
    """As whom somebody is written to: with lessons, journals or agreements by the first of their posts."""
    if pile is not None and not {"lessons", "to_enter", "journals", "agreed_with"} & facts.keys():
        return pile.holder.role
    return min((one.role for one in posts), key=RANK.index)


# ── sections ────────────────────────────────────────────────────────────────────────────────────────────────────────


async def _of_office(tx: Tx, at: Moment, everybody: Everybody, person: int, behind: Collection[Unkept]) -> dict[str, Any]:
    """A coordinator's lessons of the day, and the journals a week behind: those that were behind the working day before already
    are a line of a letter, and no reason for one.
    """
    schools = everybody.coordinated(person)
    if not schools:
        return {}
    day = [one for one in await network_day(tx, at.today, schools, at.zone) if one.lesson.ends_at > at.now]
    mine = [one for one in behind if one.schools & schools]
    since = at.today - min(everybody.working[school] for school in schools)
    news = [one for one in mine if one.ends_at > at.now - COORDINATOR - since]
    return (_lessons(day) | _journals(mine)) if day or news else {}


async def _entering(tx: Tx, at: Moment, everybody: Everybody, behind: Iterable[Unkept]) -> dict[int, dict[str, Any]]:
    """By person what they are to enter: a section of the day one of these lessons has been left out for so long, not of every day."""
    if PARTNERS not in everybody.working:
        return {}
    since = at.now - TEACHER - (at.today - everybody.working[PARTNERS])
    theirs = await who_enters(tx, (one for one in behind if one.ends_at <= at.now - TEACHER))
    return {person: to_enter(mine, at.zone) for person, mine in theirs.items() if any(one.ends_at > since for one in mine)}


def _lessons(day: Collection[DayLesson]) -> dict[str, Any]:
    partners = Counter(short_name(one.lesson.organization) for one in day if one.lesson.cancelled_at is None)
    return {
        "partners": list(partners),
        "lessons": list(partners.values()),
        "changed": sum(one.changed for one in day),
        "unread": sum(len(one.unread) for one in day),
        "absent": sum(len(one.absent) for one in day),
    }


def _journals(behind: Collection[Unkept]) -> dict[str, Any]:
    groups = {one.group_id: one for one in behind}
    return {
        "journals": len(behind),
        "courses": [one.course for one in groups.values()],
        "groups": [one.group for one in groups.values()],
        "teachers": [given_names(one.teacher) for one in groups.values()],
    }


async def _of_agreements(tx: Tx, at: Moment, everybody: Everybody, person: int) -> dict[str, Any]:
    """Agreements of a coordinator's schools that end soon."""
    schools = everybody.coordinated(person)
    before = min((everybody.working[school] for school in schools), default=at.today)
    soon = await ending(tx, schools, at.today, before) if schools else []
    if not soon:
        return {}
    return {
        "agreed_with": [short_name(one.organization) for one in soon],
        "agreed_as": [one.number for one in soon],
        "agreed_for": [(one.ends_on - at.today).days for one in soon],
    }


async def _of_week(tx: Tx, at: Moment, everybody: Everybody, person: int, pile: Pile | None) -> dict[str, Any]:
    """That the letter is the plan of the week, and what waits in the inbox of whoever decides."""
    posts = everybody.of(person)
    schools = {one.organization_id for one in posts if one.role == "coordinator"} & everybody.weeks
    partners = {one.organization_id for one in posts if one.role == "partner"} if PARTNERS in everybody.weeks else set()
    counts = await waits_for(tx, schools, partners, at.today) if schools or partners else {}
    plan = (pile is not None and pile.plan) or bool(counts)
    if not plan:
        return {}
    digest = all(one.role == "director" for one in posts)
    waiting = {"waits": list(counts), "waiting": list(counts.values())} if counts else {}
    return {"week": "digest" if digest else "plan"} | waiting


def _of_tasks(pile: Pile, whose: dict[int, list[str]]) -> dict[str, Any]:
    rung = sorted(pile.rung.values(), key=lambda one: (-max(one.late, 0), one.task.due, one.task.id))
    alone = single(rung[0].task, pile.holder.role) if len(rung) == 1 else {}
    return {
        "tasks": [one.task.id for one in rung],
        "titles": [titled(one.task) for one in rung],
        "dues": [one.task.due for one in rung],
        "late": [one.late for one in rung],
        "unanswered": [one.unanswered for one in rung],
        "whose": ["; ".join(whose.get(one.task.id, ())[:WHOSE]) for one in rung],
    } | alone


def _whose(pile: Pile, behind: Iterable[Unkept], at: Moment) -> dict[int, list[str]]:
    """By task of a week's journal: the groups it is about, and who keeps theirs."""
    found: dict[int, list[str]] = defaultdict(list)
    lessons = list(behind)
    for one in _journal_tasks(pile):
        since, until = week_of(monday_of(one.task.due_on), at.zone)
        missing = [each for each in lessons if one.task.school_id in each.schools and since <= each.starts_at < until]
        found[one.task.id] = whose_journals((each.course, each.group, each.teacher) for each in missing)
    return found


def _journal_tasks(pile: Pile) -> list[Rung]:
    return [one for one in pile.rung.values() if one.task.code == JOURNAL_STEP]
