"""A visit: somebody pressed, typed or sent something. What every handler is offered; the messenger's own things stay behind it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from bot.clock import Moment
from bot.policy import Person
from bot.refusals import Refusal
from bot.settings import Settings
from bot.styles import Style, style_of
from bot.targets import Menu, Nowhere
from bot.voice import Fact, Say, voice
from storage import talks
from storage.db import Database
from storage.people import calls

TOAST = 200  # characters a toast may have (Bot API, answerCallbackQuery)
TEXT = 4096  # characters a message may have


class Packs(Protocol):
    """What a button may mean: one of our targets, or an aiogram CallbackData of a handler's own."""

    def pack(self) -> str: ...


@dataclass(frozen=True)
class Button:
    """A button under a page: its words, and what it means or the https address it leads to."""

    label: str
    to: Packs | str
    style: Style = ""

    @property
    def destroys(self) -> Button:
        """The same button where pressing it destroys something: what «Подтвердить» means, only its page knows."""
        return replace(self, style="danger")


Rows = Sequence[Sequence[Button]]


class Asks(Protocol):
    """A state of a typed talk (aiogram's State)."""

    @property
    def state(self) -> str | None: ...


class Talk:
    """What this person is asked to type. Kept in the database, so that a restart forgets nothing; ends when its page is left."""

    def __init__(self, db: Database, key: str, state: str | None, now: datetime, update_id: int | None = None) -> None:
        self.db = db
        self.key = key
        self.state = state
        self.now = now
        self.update_id = update_id  # of whoever came; handled again after a death, it finds the talk as it found it first

    async def begin(self, asks: Asks, **data: Any) -> None:
        """Ask for a text; `data` is what its handler will need to know then (JSON)."""
        await self._keep(asks.state, data)

    async def note(self, **data: Any) -> None:
        """Add to what the talk remembers."""
        await self._keep(self.state, await self.data() | data)

    async def data(self) -> dict[str, Any]:
        """What the talk remembers; empty when there is none."""
        async with self.db.read() as tx:
            return (await talks.talk(tx, self.key))[1]

    async def end(self) -> None:
        """Nothing is asked any more."""
        if self.state is not None:
            await self._keep(None, {})

    async def _keep(self, state: str | None, data: dict[str, Any]) -> None:
        async with self.db.write() as tx:
            await talks.keep(tx, self.key, (state, data), now=self.now, update_id=self.update_id)
        self.state = state


@dataclass(frozen=True)
class Sent:
    """A file or a photo that came: its name as given, its size in bytes (None: not said), and the messenger's own handle."""

    name: str
    size: int | None
    handle: Any
    photo: bool = False
    album: bool = False  # one of several sent together


@dataclass(frozen=True)
class Card:
    """One answer to a search typed in any chat: what the list shows, and what is sent when it is chosen."""

    id: str
    title: str
    description: str
    text: str
    rows: Rows


@dataclass
class Visit(ABC):
    """Who is here, in which language, at what moment (aware, UTC), and the ways to answer them.

    A page is edited where a button was pressed, sent anew where something was typed.
    """

    person: Person
    say: Say
    now: datetime
    db: Database
    settings: Settings
    talk: Talk
    text: str = ""  # what was typed, or stands below a file; of a search what is looked for
    file: Sent | None = None
    more: str = ""  # where the answer to a search goes on
    again: bool = False  # handled before, by a process that died or whose answer was lost: what is done already is its own doing

    @property
    def zone(self) -> ZoneInfo:
        return self.settings.zone

    @property
    def today(self) -> date:
        """The network's day."""
        return self.moment.today

    @property
    def moment(self) -> Moment:
        """Now, by the network's clocks."""
        return Moment(self.now, self.zone)

    @property
    def you(self) -> str:
        """How a sentence speaks to whoever is here, as its fact: pupil («ты») | adult («вы»)."""
        return "pupil" if self.person.is_pupil else "adult"

    def become(self, person: Person) -> None:
        """Whoever is here has changed: let in, or spoken to in another language from now on."""
        self.person = person
        self.say = voice(person.language, self.zone)

    # ── answers ─────────────────────────────────────────────────────────────────────────────────────────────────────

    @abstractmethod
    async def show(self, text: str, rows: Rows = (), *, anew: bool = False) -> None:
        """Show a page (HTML). `anew`: as a new message even for a press, where the pressed one is a letter that must stay."""

    @abstractmethod
    async def toast(self, text: str = "", *, alert: bool = False, rows: Rows = ()) -> None:
        """A word over the page, plain text (`say.plain`), cut to TOAST; the page stays. Without a text: the tap is answered.

        Nobody sees it when the press is too old (the bot was away): then it comes as a message, whole, with `rows`.
        """

    @abstractmethod
    async def give(self, name: str, content: bytes, caption: str = "", rows: Rows = ()) -> None:
        """Send a file."""

    @abstractmethod
    async def hand_out(self, text: str, rows: Rows = ()) -> None:
        """Send a new message that may be copied and handed on (an invitation): everything else Telegram protects."""

    @abstractmethod
    async def show_below_picture(self, name: str, content: bytes, text: str, rows: Rows) -> None:
        """Send a picture to look at, and the page again below it: a page stays a text that its buttons can change."""

    @abstractmethod
    async def progress(self, text: str) -> None:
        """How far a long work is, in place of the page whose button began it."""

    @abstractmethod
    async def change_button(self, button: Button) -> None:
        """Put another button in the place of the pressed one; the letter's words and its other buttons stay."""

    @abstractmethod
    async def answer_search(self, found: Sequence[Card], *, more: str, label: str, start: str, seconds: int) -> None:
        """Answer a search typed in any chat. `more`: where it goes on; `label` and `start`: the button that leads to the bot;
        `seconds`: how long the answer may be shown again."""

    @abstractmethod
    async def read(self, sent: Sent) -> bytes:
        """The content of a file that came."""

    @abstractmethod
    async def username(self) -> str:
        """The bot's name, for links."""

    @abstractmethod
    async def offer_commands(self, person: Person) -> None:
        """Show whoever is here the commands of this person: their role or language has changed."""

    @property
    @abstractmethod
    def at_letter(self) -> bool:
        """Whether the button pressed stands under a letter, which stays to be read: only pages have the way to the menu."""

    @property
    @abstractmethod
    def buttons_seen(self) -> int:
        """How many buttons stand under the pressed message."""

    async def refuse(self, refusal: Refusal) -> None:
        """Show a "no": over the page when it is short, else as a message with a way back."""
        plain = self.say.plain(refusal.key, **refusal.facts)
        if self.pressed and len(plain) <= TOAST:
            await self.toast(plain, alert=True, rows=[[self.menu]])
            return
        await self.show(self.say(refusal.key, **refusal.facts), [[self.menu]], anew=True)

    @property
    @abstractmethod
    def pressed(self) -> bool:
        """Whether a button was pressed; else something was typed or sent."""

    async def promise(self, pupils: Collection[int], said: Callable[[int], str]) -> str:
        """What was done, in words that get the number of children (of these, by id) whose family will hear of it; beside
        it, of how many nobody can be written to. With nobody to hear it the words promise nothing.
        """
        async with self.db.read() as tx:
            silent = await calls.unreached(tx, pupils)
        told = said(len({*pupils} - silent)).rstrip()
        return f"{told}\n{self.say('families-unreached', count=len(silent))}" if silent else told

    # ── buttons ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def button(self, key: str, to: Packs | str, /, **facts: Fact) -> Button:
        """A button whose words are the sentence `key`."""
        return Button(self.say.plain(key, **facts), to, style_of(key))

    @property
    def menu(self) -> Button:
        return self.button("button-menu", Menu())

    def back(self, to: Packs) -> Button:
        return self.button("button-back", to)

    def chosen(self, label: str, to: Packs, *, now: bool) -> Button:
        """One of several ways to look at something; the one that is looked at `now` is marked."""
        return Button(self.say.plain("button-chosen", label=label) if now else label, to)

    def ways_back(self, to: Packs) -> list[Button]:
        """The last row of most pages: one step back, and the menu."""
        return [self.back(to), self.menu]

    def pager(self, page: int, pages: int, at: Callable[[int], Packs]) -> list[Button]:
        """‹ 2 из 5 › — empty when one page holds all. Pages count from 0."""
        if pages <= 1:
            return []
        return [
            Button("‹", at((page - 1) % pages)),
            self.button("pager", Nowhere(), page=page + 1, pages=pages),
            Button("›", at((page + 1) % pages)),
        ]
