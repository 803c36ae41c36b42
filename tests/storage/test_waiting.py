"""What waits is found by its index: after every press it is asked whether a letter may go, and a school keeps years of letters."""

from __future__ import annotations

from datetime import timedelta

from bot.clock import Moment
from bot.policy import Person, Post
from bot.services.timetable.lessons import cancel_lesson
from storage import due, inbox, outbox
from tests.asked import asked, plan
from tests.timetable_world import ROBOTICS_THURSDAY, enroll
from tests.world import MISHA, OLGA, ROBOTICS, SCHOOL, TELEGRAM, ZONE, World

INDEXES = {"letters": "ix_letters_waiting", "inbox": "ix_inbox_new"}
COORDINATOR = Person(OLGA, TELEGRAM[OLGA], posts=frozenset({Post("coordinator", 1, SCHOOL)}))
WALKS = ("SCAN letters", "SCAN inbox")


async def test_no_press_and_no_letter_walks_through_all_that_were_ever_written(world: World) -> None:
    await enroll(world.db, MISHA, ROBOTICS)
    with asked(world.db) as heard:
        await world.anna.send("/timetable")
        assert await cancel_lesson(world.db, ROBOTICS_THURSDAY, by=COORDINATOR, at=Moment(world.now, ZONE))
        world.clock.move(timedelta(hours=24))  # far ahead, it waits for others of its evening
        await world.deliver()
    assert "занятие «Робототехника» отменяется" in world.anna.messages[-1].text
    about = [(said, values) for said, values in heard if "letters" in said or "inbox" in said]
    assert len(about) >= 6
    assert [(step, said) for said, values in about for step in plan(world.db, said, values) if _walks(step)] == []


async def test_neither_do_those_who_watch(world: World) -> None:
    """The page an operator's alarms look at, and what a start takes up again."""
    with asked(world.db) as heard:
        async with world.db.read() as tx:
            await due.due_since(tx, now=world.now)
            await outbox.head(tx, now=world.now)
            await outbox.workers(tx)
            await inbox.waiting_since(tx)
            await inbox.stuck(tx, before=world.now)
            await inbox.is_waiting(tx, until=world.now)
            await inbox.unfinished(tx)
        async with world.db.write() as tx:
            await outbox.reap(tx, now=world.now + timedelta(days=1))
    by = [step for said, values in heard for step in plan(world.db, said, values)]
    assert [step for step in by if _walks(step)] == []
    assert {table for table, index in INDEXES.items() if any(index in step for step in by)} == {"letters", "inbox"}


def _walks(step: str) -> bool:
    """Whether it looks at every row of a table, one after another."""
    return step.startswith(WALKS) and not any(index in step for index in INDEXES.values())
