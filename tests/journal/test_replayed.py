"""What a family was pushed, replayed, is what `/journal` shows: after any sequence of files, presses, corrections and undos."""

from __future__ import annotations

import random
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from bot.clock import Moment
from bot.notices import notice_of
from bot.notices.homework import HomeworkChanged, HomeworkDropped, HomeworkSet
from bot.notices.journal import Absence, AttendanceCorrected, Late, MarkCorrected, MarkNew, MarkRemoved, MarksChanged
from bot.policy import Person, Post
from bot.refusals import Refusal
from bot.services.journal.entering import enter, undo
from bot.services.journal.journal import Answer, apply_journal, read_file
from bot.services.journal.letters import standing
from bot.services.journal.match import Wanted
from bot.services.journal.uploads import Brought, plan_file
from storage.db import Database
from storage.journal import homework, journal
from storage.journal import standing as stands
from storage.journal.writing import Key, Source, WrittenTopic
from storage.tables import Letter
from tests.journal.test_journal import enrol, sheet
from tests.world import ANNA, DANA, IT, MISHA, PAVEL, ROBOTICS, RUSLAN, YEAR, ZONE, World

TEACHER = Person(PAVEL, 1003, posts=frozenset({Post("teacher", 11, IT)}))

PUPILS = {MISHA: "У-701", DANA: "У-702"}
TODAY = date(2026, 11, 9)
DAYS = tuple(TODAY - timedelta(days=ago) for ago in (0, 3, 4, 10))
MARKS = ("5", "4", "3", "зачёт", "точка")
CODES = {"absent": "Н", "late": "ОП", "sick": "Б"}


@dataclass
class Known:
    """What a family knows of a child from the letters alone."""

    marks: dict[tuple[date, str], str] = field(default_factory=dict)
    days: dict[date, tuple[str, int]] = field(default_factory=dict)
    homework: dict[date, str] = field(default_factory=dict)

    def hear(self, kind: str, facts: dict[str, object]) -> None:
        """A letter is never a surprise: what it says was is what they know."""
        told = notice_of(kind, facts)
        match told:
            case MarkNew() | MarkCorrected() | MarkRemoved() | MarksChanged():
                for change in told.changes:
                    assert self.marks.pop((told.day, change.place), None) == change.was
                    if change.now is not None:
                        self.marks[told.day, change.place] = change.now
            case Absence() | Late() | AttendanceCorrected():
                assert self.days.pop(told.day, ("there", 0))[0] == told.was
                if told.now != "there":
                    self.days[told.day] = (told.now, told.lessons)
            case HomeworkSet() | HomeworkChanged() | HomeworkDropped():
                assert self.homework.pop(told.day, None) == told.was
                if told.now is not None:
                    self.homework[told.day] = told.now


async def heard(db: Database, person: int, pupil: int) -> Known:
    known = Known()
    async with db.read() as tx:
        mine = (Letter.person_id == person, Letter.pupil_id == pupil, Letter.state == "sent")
        rows = await tx.execute(select(Letter.kind, Letter.facts).where(*mine).order_by(Letter.id))
        for kind, facts in rows:
            known.hear(kind, facts or {})
    return known


async def shown(db: Database, pupil: int) -> Known:
    """What /journal is drawn from; of homework what is not for a lesson that is over."""
    async with db.read() as tx:
        lines = await journal.lines_of_pupil(tx, pupil, year=YEAR)
        topics = await homework.lines_of_pupil(tx, pupil, YEAR)
        rows = await stands.entries(tx, {(ROBOTICS, day) for day in DAYS})
        due = await homework.next_lessons(tx, {(ROBOTICS, day) for day in DAYS}, ZONE)
    marks = {
        (row.day, f"{row.lesson:03}.{row.ordinal:03}"): row.value
        for row in rows
        if row.pupil_id == pupil and row.kind == "mark" and row.removed_at is None
    }
    assert sorted(marks.values()) == sorted(line.value for line in lines if line.kind == "mark" and line.day in DAYS)
    found = Known(marks)
    for day in DAYS:
        there = standing([line.value for line in lines if line.day == day and line.kind == "attendance"])
        if there[0] != "there":
            found.days[day] = there
        texts = {line.lesson: line.homework for line in topics if line.day == day and line.homework}
        if texts and due.get((ROBOTICS, day), TODAY) >= TODAY:
            found.homework[day] = "\n".join(text for _, text in sorted(texts.items()))
    return found


@dataclass
class Term:
    """A term's journal kept at random, by files, in the chat and backwards."""

    world: World
    dice: random.Random
    writings: list[int] = field(default_factory=list)

    @property
    def at(self) -> Moment:
        return Moment(self.world.now, ZONE)

    async def step(self) -> None:
        await self.dice.choice((self.file, self.press, self.press, self.note, self.back))()
        if self.dice.random() < 0.4:
            self.world.clock.move(timedelta(minutes=self.dice.choice((1, 3))))
            await self.world.deliver()

    async def file(self) -> None:
        """A file of one day; whoever is in it without a word has nothing that day any more."""
        day, rows = self.dice.choice(DAYS), []
        for code in PUPILS.values():
            marks = " ".join(self.dice.choices(MARKS, k=self.dice.randrange(3)))
            there = self.dice.choice(("", *CODES.values()))
            task = self.dice.choice(("", "Собрать", "Прочесть"))
            rows.append(f"{day:%d.%m.%Y};Г-01;{code};{marks};{there};;{task};;")
        first = rows[0].split(";")[6]  # the lesson's homework is one
        rows = [";".join([*row.split(";")[:6], first, "", ""]) for row in rows]
        file = await read_file(sheet(*rows), "ж.csv", now=self.world.now, settings=self.world.app.settings)
        await apply_journal(self.world.db, file, by=None, at=self.at, answer=Answer(sure=True))

    async def press(self) -> None:
        """A mark or an attendance set, changed or taken away in the chat."""
        pupil, day = self.dice.choice([*PUPILS]), self.dice.choice(DAYS)
        kind = self.dice.choice(("mark", "attendance"))
        value = self.dice.choice((None, *(MARKS if kind == "mark" else (*CODES, "present"))))
        key: Key = (pupil, ROBOTICS, day, 1, kind, 1)
        await self._enter({key: None if value is None else Wanted(value, None, None)})

    async def note(self) -> None:
        text = self.dice.choice((None, "Собрать", "Нарисовать"))
        await self._enter({}, [WrittenTopic(ROBOTICS, self.dice.choice(DAYS), 1, "Тема", text)])

    async def _enter(self, wanted: dict[Key, Wanted | None], topics: list[WrittenTopic] | None = None) -> None:
        async with self.world.db.write() as tx:
            (group,) = await journal.groups(tx, group_id=ROBOTICS)
            done = await enter(tx, group, wanted, topics or [], source=Source("chat", TEACHER.known), at=self.at)
        self.writings += [done.writing] if done.writing else []

    async def back(self) -> None:
        """The last press is taken back, where nobody has written over it."""
        if not self.writings:
            return
        with suppress(Refusal):  # journal-changed-since
            await undo(self.world.db, self.writings.pop(), by=TEACHER, at=self.at)


@pytest.mark.parametrize("seed", range(4))
async def test_what_was_pushed_replayed_is_what_the_journal_shows(world: World, seed: int) -> None:
    await enrol(world, MISHA, ROBOTICS)
    await enrol(world, DANA, ROBOTICS)
    before = sheet("02.10.2026;Г-01;У-701;4;;;;;")
    await plan_file(world.db, Brought("раньше.csv", before), now=world.now, settings=world.app.settings, apply=True, tell=False)
    term = Term(world, random.Random(seed))
    for _ in range(40):
        await term.step()
    world.clock.move(timedelta(minutes=5))
    await world.deliver()
    for person, pupil in ((ANNA, MISHA), (RUSLAN, DANA)):
        assert await heard(world.db, person, pupil) == await shown(world.db, pupil)
