"""Reminders before lessons: as chosen, late while they help, once or not at all; whatever the downtime, quiet hours and clocks."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import delete, insert, select, update

from bot.clock import Moment
from bot.policy import Person as Visitor
from bot.post.quiet import quiet_until
from bot.services.timetable.absences.announcing import Wanted, announce
from bot.services.timetable.reminding import CHOICES, choose_reminder, due_at, remind_of_lessons
from bot.services.timetable.typed_days import Period
from storage.db import Database
from storage.tables import Lesson, Letter
from storage.unsaid import EXPIRED
from tests.timetable_world import at, enroll, said, words
from tests.world import ANNA, CHESS, MISHA, MISHA_HIMSELF, NOW, ROBOTICS, ZONE, World

KINDS = ("lessons-tomorrow", "lesson-soon")
BERLIN = ZoneInfo("Europe/Berlin")  # where clocks are put forward and back


def heard(world: World) -> list[str]:
    said_ = [text.replace("\N{NO-BREAK SPACE}", " ") for text in world.anna.notices]
    return [text for text in said_ if text.startswith("🔔") or "⏰ Миша: занятие" in text]


# ── stories ─────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_mother_chooses_an_hour_ahead(world: World) -> None:
    await enroll(world.db, MISHA, ROBOTICS)
    await world.anna.send("/settings")
    await world.anna.tap("⏰ Напоминания")
    assert said(world.anna) == "⏰ Когда напоминать о занятиях\nПро кого?"
    await world.anna.tap("Миша: вечером накануне")
    await world.anna.tap("За час")
    assert ["• За час"] in world.anna.buttons
    world.clock.move(at(12, 13, 59) - NOW)
    await world.pass_time()
    assert heard(world) == []
    await world.pass_time(minutes=2)
    await world.pass_time(minutes=2)
    assert heard(world) == [
        "⏰ Миша: занятие «Робототехника» в четверг, 12 ноября, в 15:00. Место: Центр развития IT-образования, каб. 2"
    ]


async def test_away_from_wednesday_evening_to_thursday_morning_it_comes_in_the_morning(world: World) -> None:
    await enroll(world.db, MISHA, ROBOTICS)
    world.clock.move(at(12, 7, 30) - NOW)
    await world.pass_time()
    assert heard(world) == [
        "🔔 Миша: занятия в четверг, 12 ноября.\n15:00 «Робототехника» — Центр развития IT-образования, каб. 2"
    ]
    await world.pass_time(hours=1)
    assert len(heard(world)) == 1


async def test_below_it_a_mother_says_that_he_will_not_come_and_the_letter_stays(world: World) -> None:
    await enroll(world.db, MISHA, ROBOTICS, CHESS)
    world.clock.move(at(10, 18, 30) - NOW)
    await world.pass_time()
    letter = next(each for each in world.anna.messages if "🔔 Миша" in each.text)
    assert words(letter) == "🔔 Миша: занятия в среду, 11 ноября.\n14:30 «Шахматы» — ЦДО, зал"
    assert [button.label for row in letter.rows for button in row] == ["🙅 Не придём"]
    own = next(each for each in world.misha.messages if "🔔 Твои занятия" in each.text)
    assert own.rows == []  # a parent says it
    await world.anna.tap("🙅 Не придём")
    assert said(world.anna).startswith("🙅 Кто не придёт в среду, 11 ноября?")
    await world.anna.tap("14:30 Шахматы")
    assert "Записано" in said(world.anna)
    assert [words(each) for each in world.anna.messages if each.id == letter.id] == [words(letter)]


async def test_who_will_not_come_is_not_reminded(world: World) -> None:
    await enroll(world.db, MISHA, ROBOTICS)
    await world.anna.send("Миша не придёт в четверг")
    await world.anna.tap("Подтвердить")
    world.clock.move(at(11, 18, 30) - NOW)
    await world.pass_time()
    assert heard(world) == []


# ── any downtime, any quiet hours ───────────────────────────────────────────────────────────────────────────────────

TICK = timedelta(minutes=30)
PEOPLE = (ANNA, MISHA_HIMSELF)


@dataclass(frozen=True)
class Weather:
    """What happens in some days: when lessons are, when the bot is away, who chose what, when they want no letters."""

    lessons: tuple[datetime, ...]
    away: tuple[tuple[datetime, datetime], ...]
    chosen: dict[int, str]
    quiet: dict[int, tuple[time, time]]

    def up(self, moment: datetime) -> bool:
        return not any(since <= moment < until for since, until in self.away)


def weather(chance: random.Random, first: date) -> Weather:
    begins = datetime.combine(first, time(), BERLIN).astimezone(UTC)

    def moment() -> datetime:
        return begins + timedelta(minutes=chance.randrange(0, 72 * 60, 10))

    lessons = tuple(sorted({moment() + timedelta(hours=12) for _ in range(4)}))
    away = tuple((since := moment(), since + timedelta(hours=chance.choice((1, 5, 15, 30)))) for _ in range(chance.randrange(3)))
    quiet = {person: (time(chance.choice((16, 20, 23))), time(chance.choice((6, 9, 12)))) for person in PEOPLE}
    return Weather(lessons, away, {person: chance.choice(CHOICES) for person in PEOPLE}, quiet)


async def said_now(db: Database, now: datetime, skies: Weather) -> bool:
    """As the postman does: what is over is never said, what would ring in quiet hours waits. Whether any was over."""
    over = False
    async with db.write() as tx:
        for letter in await tx.scalars(select(Letter).where(Letter.state == "new", Letter.kind.in_(KINDS))):
            if letter.expires_at is not None and letter.expires_at <= now:
                letter.state, letter.why, letter.facts, over = "cancelled", EXPIRED, None, True
            elif quiet_until(now, skies.quiet[letter.person_id], BERLIN) is None:
                letter.state, letter.sent_at = "sent", now
    return over


async def lived(db: Database, skies: Weather, first: date) -> dict[tuple[int, datetime], list[datetime]]:
    """(person, lesson) → when they were reminded of it."""
    async with db.write() as tx:
        await tx.execute(delete(Letter))
        await tx.execute(delete(Lesson).where(Lesson.week >= date(2027, 1, 1)))
        for ordinal, starts in enumerate(skies.lessons, 1):
            ends = starts + timedelta(hours=1)
            plan = {"plan_starts_at": starts, "plan_ends_at": ends, "starts_at": starts, "ends_at": ends}
            await tx.execute(insert(Lesson).values(group_id=ROBOTICS, week=first, ordinal=ordinal, **plan))
    now = datetime.combine(first, time(), BERLIN).astimezone(UTC)
    dues = [due for choice in skies.chosen.values() for starts in skies.lessons if (due := due_at(starts, choice, BERLIN))]
    for _ in range(int(timedelta(days=4) / TICK)):
        if skies.up(now) and dues and min(dues) <= now < skies.lessons[-1] + TICK:
            await remind_of_lessons(db, now=now, zone=BERLIN)
            if await said_now(db, now, skies):
                await remind_of_lessons(db, now=now, zone=BERLIN)
                await said_now(db, now, skies)
        now += TICK
    found: dict[tuple[int, datetime], list[datetime]] = {}
    async with db.read() as tx:
        for letter in await tx.scalars(select(Letter).where(Letter.state == "sent")):
            facts = letter.facts or {}
            assert letter.sent_at is not None
            for starts in facts.get("starts", [facts.get("at")]):
                when = datetime.fromisoformat(starts).astimezone(UTC)
                found.setdefault((letter.person_id, when), []).append(letter.sent_at)
    return found


def right(skies: Weather, first: date) -> dict[tuple[int, datetime], list[datetime]]:
    """The first tick at which the bot works, the hour is not quiet, and the reminder is due and still helps."""
    begins = datetime.combine(first, time(), BERLIN).astimezone(UTC)
    ticks = [begins + TICK * number for number in range(int(timedelta(days=4) / TICK))]
    found = {}
    for person in PEOPLE:
        for starts in skies.lessons:
            due = due_at(starts, skies.chosen[person], BERLIN)
            good = [
                tick
                for tick in ticks
                if due is not None
                and due <= tick < starts
                and skies.up(tick)
                and not quiet_until(tick, skies.quiet[person], BERLIN)
            ]
            if good:
                found[person, starts] = good[:1]
    return found


@pytest.mark.parametrize(
    "seeds", [range(2), pytest.param(range(2, 60), marks=[pytest.mark.faults, pytest.mark.part("reminders")])]
)
async def test_each_reminder_comes_once_and_in_time_or_not_at_all(db: Database, seeds: range) -> None:
    await enroll(db, MISHA, ROBOTICS)
    mother = Visitor(ANNA, 1007, children=frozenset({MISHA}))
    himself = Visitor(MISHA_HIMSELF, 1009, own=frozenset({MISHA}))
    came: Counter[bool] = Counter()
    for seed in seeds:
        first = date(2027, 3, 27) if seed % 2 else date(2026 + 1, 10, 30)
        skies = weather(random.Random(seed), first)
        for person in (mother, himself):
            await choose_reminder(db, MISHA, skies.chosen[person.known], by=person)
        expected = right(skies, first)
        assert await lived(db, skies, first) == expected, seed
        came.update((person, starts) in expected for person in PEOPLE for starts in skies.lessons)
    assert came[True] > came.total() // 5, "most of what is tried is no silence"


async def test_an_absence_said_meanwhile_takes_back_what_waits(db: Database) -> None:
    await enroll(db, MISHA, ROBOTICS, CHESS)
    await remind_of_lessons(db, now=at(11, 18), zone=ZONE)
    mother = Visitor(ANNA, 1007, children=frozenset({MISHA}))
    day = date(2026, 11, 12)
    await announce(db, Wanted((MISHA,), Period(day, day)), by=mother, at=Moment(at(11, 22), ZONE))
    await remind_of_lessons(db, now=at(11, 22, 1), zone=ZONE)
    async with db.read() as tx:
        assert not list(await tx.scalars(select(Letter).where(Letter.state == "new", Letter.kind.in_(KINDS))))
    async with db.write() as tx:
        await tx.execute(update(Letter).values(state="sent"))
