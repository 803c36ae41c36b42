"""Letters folded into one message: what the outbox promises of each letter holds for all of them, whatever happens on the way."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.notices import URGENT, Notice
from bot.post.bundle import BUTTONS, ROOM
from bot.post.posting import Addressed, post_all
from bot.sandbox.trouble import Fault
from bot.targets import JournalOf, Menu, Target, WhyAbsent
from bot.voice import Say
from storage import unsaid
from storage.tables import Letter
from tests.telegram.test_delivery import Unspeakable, heard
from tests.world import ANNA, MISHA, VERA, World

CHILDREN = (MISHA, VERA)
FAULTS: tuple[Fault | None, ...] = ("server_error", "cut_after", "too_many", "bad_gateway", None, None)


@dataclass(frozen=True, kw_only=True)
class News(Notice):
    """A fact of the tests about a child: its word, perhaps with a button of its own, perhaps as a line of a list."""

    word: str
    child: int
    thing: int
    why: bool = False
    line: bool = False

    @property
    def topic(self) -> str:
        return f"news:{self.thing}"

    @property
    def version(self) -> str:
        return self.word

    def text(self, _say: Say, _detail: str) -> str:
        return f"{self.word}."

    def listed(self, _say: Say, _detail: str, *, own: bool) -> tuple[str, str] | None:
        return (f"О ребёнке {self.child}{'!' if own else ''}:", f"• {self.word}.") if self.line else None

    def about(self, key: str, _say: Say) -> str:
        return self.word if key == "button-absence-why" else ""

    def buttons(self) -> list[tuple[str, Target]]:
        mine = [("button-absence-why", WhyAbsent(self.child, self.thing, 738000))] if self.why else []
        return [*mine, ("button-journal-open", JournalOf(self.child))]


async def told(world: World, *news: Notice, child: int | None = None, urgency: int | None = None) -> None:
    async with world.db.write() as tx:
        letters = [Addressed(ANNA, one, pupil_id=child or getattr(one, "child", None)) for one in news]
        await post_all(tx, letters, now=world.now, urgency=urgency)


async def test_a_mother_of_two_gets_a_message_for_each_with_the_buttons_of_all(world: World) -> None:
    first, second = (News(word=word, child=MISHA, thing=n, why=True, line=True) for n, word in enumerate(("раз", "два"), 1))
    await told(world, first, News(word="Вера", child=VERA, thing=3), second)
    await told(world, News(word="ещё", child=MISHA, thing=4), urgency=URGENT)
    await world.deliver()
    assert heard(world) == ["ещё.\n\nО ребёнке 101:\n• раз.\n• два.".replace("101", str(MISHA)), "Вера."]
    message = next(each for each in world.anna.messages if "раз" in each.text)
    assert [[button.label for button in row] for row in message.rows] == [
        ["Указать причину: раз"],
        ["Указать причину: два"],
        ["📖 Открыть журнал"],
    ]


async def test_what_one_message_cannot_hold_goes_on_in_the_next(world: World) -> None:
    await told(world, *(News(word=f"{n:02}" + "я" * 200, child=MISHA, thing=n) for n in range(40)))
    await told(world, *(News(word=f"ц{n:02}", child=VERA, thing=100 + n, why=True) for n in range(BUTTONS + 3)))
    await world.deliver()
    texts = heard(world)
    assert all(len(text) <= ROOM for text in texts)
    assert [n for text in texts for n in range(40) if f"{n:02}я" in text] == list(range(40))
    assert max(len(message.rows) for message in world.anna.messages) <= BUTTONS


async def test_a_poison_letter_takes_no_other_with_it(world: World) -> None:
    await told(
        world,
        News(word="раз", child=MISHA, thing=1),
        Unspeakable(word="нет"),
        News(word="два", child=MISHA, thing=2),
        child=MISHA,
    )
    await world.deliver()
    assert heard(world) == ["раз.", "два."]
    async with world.db.read() as tx:
        assert list(await tx.scalars(select(Letter.state).order_by(Letter.id))) == ["sent", "dead", "sent"]


async def test_what_may_have_arrived_is_repeated_as_it_was(world: World) -> None:
    world.sandbox.fail_next("sendMessage", "cut_after")
    await told(world, News(word="раз", child=MISHA, thing=1), News(word="два", child=MISHA, thing=2))
    await world.deliver()
    await told(world, News(word="три", child=MISHA, thing=3))
    await world.pass_time(minutes=1)
    await world.pass_time(minutes=1)
    assert heard(world) == ["раз.\n\nдва.", "раз.\n\nдва.", "три."]


@pytest.mark.parametrize("seed", range(3))
async def test_whatever_happens_each_fact_is_said_once_in_the_order_of_its_child_or_is_cancelled(world: World, seed: int) -> None:
    dice, cancelled, losses = random.Random(seed), set[str](), 0
    for number in range(30):
        child = dice.choice(CHILDREN)
        news = News(word=f"с{number:02}", child=child, thing=number, why=dice.random() < 0.4, line=dice.random() < 0.5)
        await told(world, news, *([Unspeakable(word=f"н{number}")] if dice.random() < 0.1 else []), child=child)
        if dice.random() < 0.15:
            async with world.db.write() as tx:
                await unsaid.cancel_topic(tx, f"news:{number}", "taken back")
            cancelled.add(news.word)
        if dice.random() < 0.3:
            fault = dice.choice(FAULTS)
            losses += fault == "cut_after"
            world.sandbox.fail_next("sendMessage", fault)
            await world.deliver()
            world.clock.move(timedelta(seconds=dice.randrange(90)))
    for _ in range(6):
        await world.pass_time(minutes=16)
    await _holds(world, cancelled, losses)


async def _holds(world: World, cancelled: set[str], losses: int) -> None:
    async with world.db.read() as tx:
        letters = list(await tx.scalars(select(Letter).where(Letter.person_id == ANNA).order_by(Letter.id)))
    assert {letter.state for letter in letters if letter.kind == "unspeakable"} <= {"dead"}
    news = {letter.dedup.split(":")[3]: letter for letter in letters if letter.kind == "news"}
    assert {word for word, letter in news.items() if letter.state == "cancelled"} == cancelled
    assert {letter.state for word, letter in news.items() if word not in cancelled} <= {"sent", "unknown"}
    said = heard(world)
    times = {word: sum(f"{word}." in text for text in said) for word in news}
    assert {word for word, count in times.items() if count == 0} == cancelled
    assert max(times.values()) <= 2
    again = [text for number, text in enumerate(said) if text in said[:number]]
    assert len(again) <= losses  # a message is repeated whole, and only where an answer was lost
    for child in CHILDREN:
        mine = [word for word, letter in news.items() if letter.pupil_id == child and word not in cancelled]
        firsts = [next(n for n, text in enumerate(said) if f"{word}." in text) for word in mine]
        assert firsts == sorted(firsts)
    for message in world.anna.messages:
        targets = {button.data for row in message.rows for button in row}
        for word, letter in news.items():
            if f"{word}." in message.text and letter.facts and letter.facts["why"]:
                assert WhyAbsent(letter.facts["child"], letter.facts["thing"], 738000).pack() in targets
        assert Menu().pack() not in targets
