"""Letters: what waits is sent once, in order, and nothing is lost on the way."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text, update

from bot.notices import BULK, URGENT, Notice
from bot.notices.drawn import Picture
from bot.post.mouth import Answer
from bot.post.posting import Addressed, post, post_all
from bot.post.postman import LEASE, Postman
from bot.targets import JournalOf, Menu, Target
from bot.visit import Rows
from bot.voice import Say
from storage.tables import Guardianship, Letter, Person
from tests.world import ANNA, MISHA, OLGA, RUSLAN, TELEGRAM, VERA, World


@dataclass(frozen=True, kw_only=True)
class Told(Notice):
    """A letter of the tests: it says its word."""

    word: str
    thing: int = 0

    @property
    def topic(self) -> str:
        return f"told:{self.thing or self.word}"

    @property
    def version(self) -> str:
        return self.word

    def text(self, _say: Say, _detail: str) -> str:
        return self.word


@dataclass(frozen=True, kw_only=True)
class ToldWithButton(Told):
    def buttons(self) -> list[tuple[str, Target]]:
        return [("button-menu", Menu())]


@dataclass(frozen=True, kw_only=True)
class Discreet(Told):
    """What several letters say in the same words to somebody who wants no details."""

    opens: int
    why: bool = False

    def text(self, _say: Say, _detail: str) -> str:
        return "Новая запись в журнале — открыть."

    def buttons(self) -> list[tuple[str, Target]]:
        return [*([("button-absence-why", Menu())] if self.why else []), ("button-journal-open", JournalOf(self.opens))]


@dataclass(frozen=True, kw_only=True)
class Moved(Told):
    """Something moved from one place to another."""

    was: str

    def after(self, older: Notice) -> Moved | None:
        was = older.was if isinstance(older, Moved) else self.was
        return None if was == self.word else Moved(word=self.word, thing=self.thing, was=was)

    def text(self, _say: Say, _detail: str) -> str:
        return f"{self.was} → {self.word}"


@dataclass(frozen=True, kw_only=True)
class Unspeakable(Told):
    def text(self, _say: Say, _detail: str) -> str:
        return "<b>never closed"


class StandsStill:
    """A mouth whose machine stands still for longer than a lease, once; meanwhile another postman goes round."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.stood = False

    async def say(self, chat: int, text: str, rows: Rows = (), *, urgency: int, picture: Picture | None = None) -> Answer:
        other = self.world.app.postman
        answer = await other.mouth.say(chat, text, rows, urgency=urgency, picture=picture)
        if not self.stood:
            self.stood = True
            self.world.clock.move(LEASE + timedelta(seconds=1))
            await other.deliver()
        return answer


async def tell(world: World, *words: str, to: int = ANNA, pupil_id: int | None = None, urgency: int | None = None) -> None:
    async with world.db.write() as tx:
        for word in words:
            await post(tx, to, ToldWithButton(word=word), now=world.now, pupil_id=pupil_id, urgency=urgency)


async def states(world: World) -> list[str]:
    async with world.db.read() as tx:
        own = ("told", "told-with-button", "discreet", "unspeakable", "moved")
        return list(await tx.scalars(select(Letter.state).where(Letter.kind.in_(own)).order_by(Letter.id)))


def heard(world: World) -> list[str]:
    return [message.text for message in world.anna.messages if message.from_bot]


async def test_letters_arrive_in_order_and_once(world: World) -> None:
    await tell(world, "раз", "два", "три")
    await tell(world, "раз", "три")  # the same facts again
    await world.deliver()
    await world.deliver()
    assert heard(world) == ["раз", "два", "три"]
    assert await states(world) == ["sent"] * 3


async def test_plain_letters_that_wait_together_become_one_message(world: World) -> None:
    async with world.db.write() as tx:
        await post_all(tx, [Addressed(ANNA, Told(word=word)) for word in ("раз", "два")], now=world.now)
    await world.deliver()
    assert heard(world) == ["раз\n\nдва"]
    assert await states(world) == ["sent", "sent"]


async def test_letters_that_read_the_same_are_one_message_with_the_buttons_of_all(world: World) -> None:
    alike = [
        Discreet(word="раз", opens=1),
        Discreet(word="два", opens=1, why=True),
        Discreet(word="три", opens=2),  # of the other child: two buttons of one name would be a riddle
    ]
    async with world.db.write() as tx:
        await post_all(tx, [Addressed(ANNA, notice) for notice in alike], now=world.now)
    await world.deliver()
    assert heard(world) == ["Новая запись в журнале — открыть."] * 2
    assert [len(message.rows) for message in world.anna.messages if message.from_bot] == [2, 1]
    assert await states(world) == ["sent"] * 3


async def test_there_and_back_again_says_nothing_and_on_to_a_third_place_says_the_whole_way(world: World) -> None:
    async with world.db.write() as tx:
        await post(tx, ANNA, Moved(was="чт", word="пт", thing=1), now=world.now)
        await post(tx, ANNA, Moved(was="чт", word="пт", thing=2), now=world.now)
    async with world.db.write() as tx:
        await post(tx, ANNA, Moved(was="пт", word="чт", thing=1), now=world.now)
        await post(tx, ANNA, Moved(was="пт", word="сб", thing=2), now=world.now)
    await world.deliver()
    assert heard(world) == ["чт → сб"]


async def test_429_pauses_everything_and_counts_as_no_attempt(world: World) -> None:
    world.sandbox.fail_next("sendMessage", "too_many")
    await tell(world, "раз", "два")
    await world.deliver()
    assert heard(world) == ["раз", "два"]
    async with world.db.read() as tx:
        assert list(await tx.scalars(select(Letter.attempt))) == [1, 1]


async def test_an_outage_of_telegram_delays_letters_and_loses_none(world: World) -> None:
    world.sandbox.fail_next("sendMessage", "server_error")
    await tell(world, "раз", "два")
    await world.deliver()
    assert heard(world) == []
    assert await states(world) == ["retry", "new"]
    await world.pass_time(minutes=1)
    assert heard(world) == ["раз", "два"]


async def test_a_lost_answer_is_repeated_once_and_then_left_alone(world: World) -> None:
    for fault in ("cut_after", None, "cut_after"):  # said; whether the line works is asked; said again
        world.sandbox.fail_next("sendMessage", fault)
    await tell(world, "раз", "два")
    for _ in range(3):
        await world.deliver()
        world.clock.move(timedelta(minutes=1))
    assert heard(world) == ["раз", "раз", "два"]
    assert await states(world) == ["unknown", "sent"]


async def test_a_proxys_page_in_place_of_an_answer_loses_nothing(world: World) -> None:
    world.sandbox.fail_next("sendMessage", "bad_gateway")
    await tell(world, "раз", "два")
    for _ in range(2):
        await world.deliver()
        world.clock.move(timedelta(minutes=1))
    assert heard(world) == ["раз", "два"]


async def test_a_letter_nobody_can_send_is_dead_and_the_chat_goes_on(world: World) -> None:
    async with world.db.write() as tx:
        await post(tx, ANNA, Unspeakable(word="нет"), now=world.now)
    await tell(world, "да")
    await world.deliver()
    assert heard(world) == ["да"]
    assert await states(world) == ["dead", "sent"]


async def test_who_blocked_the_bot_is_left_alone_until_they_come_back(world: World) -> None:
    world.anna.block()
    await tell(world, "раз", "два")
    await world.deliver()
    assert await states(world) == ["cancelled", "cancelled"]
    await tell(world, "три")
    await world.deliver()
    assert heard(world) == []
    world.anna.unblock()
    await world.anna.send("/start")
    await tell(world, "четыре")
    await world.deliver()
    assert heard(world)[-1] == "четыре"


async def test_quiet_hours_hold_what_is_not_urgent_until_morning(world: World) -> None:
    await world.pass_time(hours=10)  # 22:00
    await tell(world, "утром", to=ANNA)
    await tell(world, "сейчас", urgency=URGENT)
    await world.deliver()
    assert heard(world) == ["сейчас"]
    await world.pass_time(hours=8, minutes=59)  # 06:59
    assert heard(world) == ["сейчас"]
    await world.pass_time(minutes=1)
    assert heard(world)[:2] == ["сейчас", "утром"]


async def test_a_guardian_removed_at_noon_hears_nothing_at_one(world: World) -> None:
    await tell(world, "о Мише", pupil_id=MISHA)
    await tell(world, "о Вере", pupil_id=VERA)
    async with world.db.write() as tx:
        await tx.execute(update(Guardianship).where(Guardianship.pupil_id == MISHA).values(until=world.now))
    await world.deliver()
    assert heard(world) == ["о Вере"]
    assert await states(world) == ["cancelled", "sent"]


async def test_who_left_a_post_hears_nothing_of_it_any_more(world: World) -> None:
    async with world.db.write() as tx:
        await post(tx, OLGA, Told(word="по должности"), now=world.now, role="coordinator")
        await post(tx, RUSLAN, Told(word="не по должности"), now=world.now, role="coordinator")
    await world.deliver()
    assert world.olga.page == "по должности"
    assert world.ruslan.page == ""


async def test_an_expired_letter_is_not_sent(world: World) -> None:
    async with world.db.write() as tx:
        await post(tx, ANNA, Told(word="поздно"), now=world.now, expires_at=world.now + timedelta(hours=1))
    world.clock.move(timedelta(hours=1))
    await world.deliver()
    assert heard(world) == []
    assert await states(world) == ["cancelled"]


async def test_a_letter_in_the_hands_of_a_dead_process_is_sent_again_once(world: World) -> None:
    await tell(world, "раз")
    async with world.db.write() as tx:
        await tx.execute(
            update(Letter).values(state="sending", owner="dead", lease_until=world.now + timedelta(hours=1), attempt=1)
        )
    await world.deliver()
    assert heard(world) == []  # somebody seems to carry it
    restarted = Postman(world.app.postman.mouth, world.db, world.app.settings, world.clock)
    await restarted.stop()
    await restarted.run()  # a start: whatever is in flight has no worker any more
    await world.deliver()
    assert heard(world) == ["раз"]


async def test_two_postmen_send_each_letter_once_and_in_order(world_on_postgres: World) -> None:
    world = world_on_postgres
    for word in ("раз", "два", "три", "четыре"):
        async with world.db.write() as tx:
            await post_all(tx, [Addressed(person, ToldWithButton(word=word)) for person in TELEGRAM], now=world.now)
    second = Postman(world.app.postman.mouth, world.db, world.app.settings, world.clock)
    await asyncio.gather(world.app.postman.deliver(), second.deliver())
    await world.deliver()
    for phone in (world.anna, world.olga, world.pavel, world.misha):
        assert [message.text for message in phone.messages] == ["раз", "два", "три", "четыре"]


async def test_a_postman_that_stood_still_says_no_letter_that_another_has_taken_over(world_on_postgres: World) -> None:
    world = world_on_postgres
    await tell(world, "раз", "два", "три")
    slow = Postman(StandsStill(world), world.db, world.app.settings, world.clock)
    await slow.deliver()
    assert heard(world) == ["раз", "раз", "два", "три"]  # what it was saying at that moment nobody can know


@pytest.mark.parametrize("urgency", [BULK, URGENT])
async def test_delivered_texts_are_purged_after_thirty_days(world: World, urgency: int) -> None:
    await tell(world, "раз", urgency=urgency)
    await world.deliver()
    await world.pass_time(days=31)
    async with world.db.read() as tx:
        assert await tx.scalar(select(func.count()).where(Letter.kind == "told-with-button", Letter.facts.is_(None))) == 1


async def test_a_letter_must_not_be_sent_inside_a_transaction(world: World) -> None:
    async with world.db.write() as tx:
        await tx.execute(text("SELECT 1"))
        with pytest.raises(AssertionError, match="inside a transaction"):
            await world.app.bot.send_message(TELEGRAM[ANNA], "поспешное слово")
    async with world.db.read() as tx:
        assert await tx.scalar(select(Person.name).where(Person.id == ANNA)) == "Анна"
