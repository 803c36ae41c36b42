"""A talk ends when its page is left: a sentence typed after another button or command does nothing."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from aiogram.fsm.state import StatesGroup
from sqlalchemy import delete, insert, select, text

from handlers.allocation.byhand import WhyGiven
from handlers.announcements.places import Writing
from handlers.certificates.certificates import WhyRevoked
from handlers.courses.card import Picturing
from handlers.courses.catalogue import Searching
from handlers.deciding.deciding import DecisionReason
from handlers.deciding.finding import Finding
from handlers.door import Passing
from handlers.journal.marking import MarkTyping
from handlers.messages.log import LogReason
from handlers.messages.writing import LetterTyping
from handlers.offers.groups import WhyLeft
from handlers.papers.agreements import AgreementTyping
from handlers.papers.blanks import BlankTyping
from handlers.papers.numbers import NumberTyping
from handlers.papers.orders import OrderTyping
from handlers.people.consent import NameOfGuardian
from handlers.people.invitations import NameTyping
from handlers.people.settings import QuietHoursTyping
from handlers.programme.agreeing import Remarks
from handlers.programme.criteria import Recording
from handlers.programme.portfolio import Achieving
from handlers.requests.refusing import AnswerReason, ReasonForAll
from handlers.resources.attaching import Attaching
from handlers.resources.catalogue import LookingFor
from handlers.roadmap.adding import TaskAdding
from handlers.roadmap.roadmap import TaskTyping
from handlers.roadmap.wording import TaskWording
from handlers.surveys.answering import SurveyTyping
from handlers.surveys.places import SurveyBuilding
from handlers.timetable.changes import LessonTyping
from handlers.timetable.extra import ExtraTyping
from handlers.timetable.periods import PeriodTyping
from handlers.timetable.placing import PlaceTyping
from storage.db import Database
from storage.tables import Letter, Table, Talk
from tests.enrollment_world import ANNA_HERSELF, handed_in, state_of
from tests.house.test_guards import all_handlers
from tests.telegram.talks import TAKEN_AT_ONCE, TALKS, Asked, each_talk, tapped
from tests.timetable_world import said
from tests.world import MISHA, ROBOTICS, Member, World

# Pages that keep what is being typed, by what their button means, each with its reason.
KEEPS = {
    "lesson.to": "a time chosen or typed is shown first: another may still be typed, or it is confirmed",
    "lesson.cancel": "the reason typed is what this press confirms",
    "lesson.room": "the place typed is what this press confirms",
    "period.look": "the place typed may be looked at again",
    "period.do": "the reason or the place typed is what this press confirms",
    "extra.to": "an hour chosen or typed is shown first: another may still be typed",
    "inbox.child": "after one child's page the next surname may be typed at once",
    "inbox.sure": "the reason typed is what this press confirms",
    "request.sure": "the reason typed is what this press confirms",
    "request.sure.all": "the reason typed is what this press confirms",
    "agree.sure": "the remarks typed are what this press confirms",
    "cert.sure": "the reason typed is what this press confirms",
    "exception.sure": "the reason typed is what this press confirms",
    "group.left.sure": "the reason typed is what this press confirms",
    "thread.sure": "the reason typed is what this press confirms",
    "thread.file": "a file of the thread is looked at while the answer is typed",
    "write.pass": "shows to whom the words typed last can be passed on",
    "write.to": "the words that wait go to whom this press names",
    "invite.card": "a class is invited in one go: the next code may follow at once",
    "invite.class": "turning to a class does not take back that a surname may be typed",
    "invite.sheets": "and so while its cards are made",
    "invite.make": "and after the invitation is made, too",
}
MAY_ASK = {"write": LetterTyping.words}  # asks at once where there is but one to write to, else shows whom
# Buttons that ask for something themselves: the talk that is left is over, and theirs has begun.
ASKS = {
    "agree.ask": Remarks.typing,
    "ann.edit": Writing.typing,
    "ann.to": Writing.typing,
    "criteria.add": Recording.typing,
    "portfolio.add": Achieving.typing,
    "cert.revoke": WhyRevoked.typing,
    "consent.name": NameOfGuardian.typing,
    "course.photo": Picturing.sending,
    "course.search": Searching.typing,
    "files.send": Attaching.sending,
    "resource.search": LookingFor.typing,
    "exception.give": WhyGiven.typing,
    "group.left": WhyLeft.typing,
    "inbox.ask": DecisionReason.typing,
    "inbox.find": Finding.typing,
    "invite": NameTyping.name,
    "lesson.drop": LessonTyping.why,
    "mark.note": MarkTyping.note,
    "lesson.place": PlaceTyping.place,
    "extra.when": ExtraTyping.when,
    "period.ask": PeriodTyping.days,
    "period.look": PeriodTyping.more,
    "period.when": PeriodTyping.more,
    "period.where": PeriodTyping.more,
    "lesson.when": LessonTyping.when,
    "request.refuse": AnswerReason.typing,
    "request.none": ReasonForAll.typing,
    "settings.hours.own": QuietHoursTyping.quiet,
    "sv.ask": SurveyTyping.words,
    "sv.type": SurveyBuilding.typing,
    "papers.order.day": OrderTyping.day,
    "papers.number": NumberTyping.number,
    "papers.number.years": NumberTyping.number,
    "papers.agreement.in": AgreementTyping.entered,
    "papers.agreement.url": AgreementTyping.url,
    "papers.agreement.scan": AgreementTyping.file,
    "papers.blank.send": BlankTyping.file,
    "papers.agreement.until": AgreementTyping.until,
    "thread.answer": LetterTyping.words,
    "thread.why": LogReason.typing,
    "write.to": LetterTyping.words,
    "task.day": TaskTyping.day,
    "task.to": TaskTyping.why,
    "task.new": TaskAdding.title,
    "task.reword": TaskWording.words,
    "task.done": TaskTyping.proof,
}
BOOKKEEPING = {"talks", "inbox", "letters", "notes"}  # what the bot remembers of its own work
COMMANDS = ("/start", "/settings", "/timetable", "/inbox", "/tasks", "/courses", "/mydata")

Rows = dict[str, list[tuple[Any, ...]]]


# ── what is kept ────────────────────────────────────────────────────────────────────────────────────────────────────


def kept(db: Database) -> Rows:
    """Every row of every table but the bot's own bookkeeping: read past the bot, for it is read after every press."""
    with closing(sqlite3.connect(str(db.url.database))) as file:
        return {name: file.execute(f"SELECT * FROM {name}").fetchall() for name in _kept_tables()}  # noqa: S608 - our own names


@cache
def _kept_tables() -> list[str]:
    return [table.name for table in Table.metadata.sorted_tables if table.name not in BOOKKEEPING]


async def put_back(db: Database, was: Rows) -> None:
    """As it was, but for letters: what a press has done is no part of the next try."""
    changed = [name for name, rows in kept(db).items() if rows != was[name]]
    async with db.write() as tx:
        await tx.execute(text("PRAGMA defer_foreign_keys=ON"))
        await tx.execute(delete(Letter))
        for name in reversed(changed):
            await tx.execute(text(f"DELETE FROM {name}"))  # noqa: S608 - our own names
        connection = await tx.connection()
        for name in changed:
            for row in was[name]:
                await connection.exec_driver_sql(f"INSERT INTO {name} VALUES ({', '.join('?' * len(row))})", row)  # noqa: S608


@dataclass(frozen=True)
class Begun:
    """A talk as the press of its button left it."""

    key: str
    state: str | None
    data: dict[str, Any]
    changed_at: datetime

    async def again(self, db: Database) -> None:
        """As if the button had been pressed once more."""
        async with db.write() as tx:
            await tx.execute(delete(Talk).where(Talk.key == self.key))
            await tx.execute(insert(Talk), [asdict(self)])


async def talk_of(who: Member) -> Begun | None:
    """Somebody's talk; None: nothing is kept of one."""
    async with who.world.db.read() as tx:
        which = Talk.key == f"{who.user.id}:{who.user.id}"
        row = (await tx.execute(select(Talk.key, Talk.state, Talk.data, Talk.changed_at).where(which))).first()
    return None if row is None else Begun(*row)


async def asked_of(who: Member) -> str | None:
    """The state of somebody's talk."""
    talk = await talk_of(who)
    return None if talk is None else talk.state


# ── the harm it was ─────────────────────────────────────────────────────────────────────────────────────────────────


async def test_what_is_typed_after_leaving_the_page_is_no_reason(world: World) -> None:
    application = await handed_in(world.db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    olga = await tapped(world.olga, "/start")
    older = olga.newest
    await tapped(olga, "/inbox", "Заявления", "Отклонить")
    await olga.tap("Отчёты", on=older)
    await olga.send("спасибо, посмотрю завтра")
    assert said(olga).startswith("Не понял вас. Выберите, что показать")
    assert await state_of(world.db, application) == "submitted"
    await world.deliver()
    assert "посмотрю завтра" not in world.anna.page


# ── every talk, every way out of it ─────────────────────────────────────────────────────────────────────────────────


def test_every_talk_is_tried() -> None:
    groups = [group for group in StatesGroup.__subclasses__() if group.__module__.startswith("handlers.")]
    every = {state.state for group in groups for state in group.__states__}
    assert {asked.state.state for asked in TALKS} == every - {Passing.words.state}  # it asks for nothing: test_free_text.py


def test_pages_that_keep_a_talk_are_these(tmp_path: Path) -> None:
    found = set()
    for _, handler in all_handlers(tmp_path):
        if handler.flags.get("keeps_talk"):
            found |= {
                each.callback.callback_data.__prefix__
                for each in handler.filters or ()
                if hasattr(each.callback, "callback_data")
            }
    assert found == set(KEEPS)


@each_talk
async def test_a_sentence_is_taken_where_it_was_asked_for(world: World, asked: Asked) -> None:
    who = await asked.page(world)
    await who.tap(asked.button)
    assert await asked_of(who) == asked.state.state
    before = kept(world.db)
    await who.send(asked.sentence)
    assert (kept(world.db) != before) == (asked.state.state in TAKEN_AT_ONCE)
    assert not said(who).startswith("Не понял вас")


@each_talk
async def test_a_sentence_after_another_button_or_command_changes_nothing(world: World, asked: Asked) -> None:
    """Each talk is left by its own page's buttons, by two of the commands in turn and by the buttons of theirs."""
    place = TALKS.index(asked)
    await _left(world, asked, [COMMANDS[(place + step) % len(COMMANDS)] for step in (0, 3)])


@pytest.mark.faults
@pytest.mark.part("talks")
@each_talk
async def test_a_sentence_after_any_other_button_or_command_changes_nothing(
    world: World, asked: Asked, figures: Counter[str]
) -> None:
    """Every talk left by every command and by a button of every kind they show"""
    figures["ways"] += await _left(world, asked, COMMANDS)


async def _left(world: World, asked: Asked, commands: Sequence[str]) -> int:
    """In how many ways it was left: by these commands, and by a button of each kind on the talk's page and on theirs."""
    who = await asked.page(world)
    page, begins = _button(who, asked.button)
    shown = _shown(who)
    for command in commands:
        await who.send(command)
        shown += _shown(who)
    await who.press(page, begins)
    shown += _shown(who)
    ways = [*commands, *{data.partition(":")[0]: data for data in shown}.values()]  # a button of each kind
    was = kept(world.db)
    await who.press(page, begins)
    begun = await talk_of(who)
    assert begun is not None
    assert begun.state == asked.state.state
    tried: list[Rows] = []  # where no talk is left, what a sentence does follows from the tables alone: once for each is enough
    for way in ways:
        await begun.again(world.db)
        await (who.send(way) if way.startswith("/") else who.press(page, way))
        kind = way.partition(":")[0]
        left, talk = kept(world.db), await talk_of(who)
        if talk is not None and talk.state is not None:
            assert talk.state == (ASKS | MAY_ASK)[kind].state, f"{way} leaves a talk open"
        else:
            assert kind not in ASKS
            assert talk is None or talk.data == {}, f"{way} leaves something of the talk"
            if left not in tried:
                tried.append(left)
                await who.send(asked.sentence)
                assert kept(world.db) == left, f"{way} was pressed, and yet the sentence did something"
        if left != was:
            await put_back(world.db, was)
    return len(ways)


@each_talk
async def test_a_page_that_keeps_a_talk_keeps_no_other_subjects(world: World, asked: Asked) -> None:
    """Old buttons of such pages: the invitation's below a reason that is being typed."""
    who = await asked.page(world)
    page, begins = _button(who, asked.button)
    own = {LessonTyping: "lesson", PlaceTyping: "lesson.room", NameTyping: "invite"}.get(asked.state.group)
    await who.press(page, begins)
    begun = await talk_of(who)
    assert begun is not None
    for old in (
        "lesson.to:7:1794571200",
        "lesson.cancel:7",
        "lesson.room:7",
        f"invite.card:pupil:{MISHA}",
        f"invite.make:pupil:{MISHA}:guardian",
    ):
        await begun.again(world.db)
        await who.press(page, old)
        if not old.startswith(str(own)):
            assert await asked_of(who) is None, old


def _button(who: Member, label: str) -> tuple[int, str]:
    """The newest page and what its button with these words carries."""
    assert who.newest is not None
    return who.newest.id, next(one.data or "" for one in who.newest.buttons if label in one.label)


def _shown(who: Member) -> list[str]:
    """What the buttons of the newest message carry."""
    return [one.data for one in who.newest.buttons if one.data] if who.newest else []
