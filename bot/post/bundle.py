"""Letters of one chat folded into messages: one for a child and a moment, with the buttons of all; and what becomes of them together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.notices import Notice
from bot.notices.drawn import Picture
from bot.styles import style_of
from bot.visit import Button, Rows
from bot.voice import Say
from storage.outbox import Claimed, Outcome

CAPTION = 1000  # … below a picture, of which Telegram takes 1024
ROOM = 3500  # characters of letters folded into one message
BUTTONS = 12  # below one message: more than these nobody chooses from
LABEL = 38  # characters of a button that a telephone 390 pixels wide shows whole
STUBBORN = 3  # tries in vain after which a letter goes alone: it may be the fault of what it says
FAMILY = (None, "guardian", "student")


@dataclass(frozen=True)
class Fact:
    """One letter, said: whole (HTML), and as a line of a list under a heading where it may stand in one."""

    letter: Claimed
    notice: Notice
    whole: str
    listed: tuple[str, str] | None  # the heading, the line
    picture: Picture | None
    buttons: list[tuple[str, Button, str]]  # its key, the button, what tells it apart from others of the same words

    @classmethod
    def of(cls, letter: Claimed, notice: Notice, say: Say) -> Fact:
        whole = notice.own_text(say, letter.detail) if letter.own else notice.text(say, letter.detail)
        below = [(key, to) for key, to in notice.buttons() if not (letter.own and key in notice.of_guardian)]
        buttons = [(key, Button(say.plain(key), to, style_of(key)), notice.about(key, say)) for key, to in below]
        return cls(
            letter,
            notice,
            whole,
            notice.listed(say, letter.detail, own=letter.own),
            notice.picture(say, letter.detail, letter.person_id),
            buttons,
        )

    @property
    def child(self) -> int | None:
        """The child whose family is told it; None: about nobody's child, or to staff."""
        return self.letter.pupil_id if self.letter.role in FAMILY else None


class Bundle:
    """One message: a letter, or several of one chat."""

    def __init__(self, facts: Sequence[Fact]) -> None:
        self.facts = list(facts)

    @property
    def letters(self) -> list[Claimed]:
        return [fact.letter for fact in self.facts]

    @property
    def text(self) -> str:
        """What is said of one thing together stands as a list under its heading; what reads the same is said once."""
        times = Counter(fact.listed[0] for fact in self.facts if fact.listed)
        parts: dict[str, list[str]] = {}
        for fact in self.facts:
            if fact.listed is None or times[fact.listed[0]] == 1:
                parts.setdefault(fact.whole, [fact.whole])
            else:
                heading, line = fact.listed
                said = parts.setdefault(heading, [heading])
                said += [] if line in said else [line]
        return "\n\n".join("\n".join(said) for said in parts.values())

    @property
    def picture(self) -> Picture | None:
        """What is drawn above it, unless so much is said that Telegram takes no picture above it."""
        drawn = next((fact.picture for fact in self.facts if fact.picture), None)
        return drawn if len(self.text) <= CAPTION else None

    @property
    def rows(self) -> Rows:
        """The buttons of all, each once; one that speaks for all letters stands below for all of them."""
        found: dict[str, tuple[Button, str]] = {}
        for fact in self.facts:
            for key, button, about in fact.buttons:
                known = key if key in fact.notice.for_all else button.to if isinstance(button.to, str) else button.to.pack()
                found.pop(known, None)  # it moves below what came since
                found[known] = (button, about)
        times = Counter(button.label for button, _ in found.values())
        return [[_apart(button, about) if times[button.label] > 1 else button] for button, about in found.values()]

    def with_(self, other: Bundle) -> Bundle | None:
        """Both as one message; None: it would be too long, nobody could tell its buttons apart, or one must be repeated as it was."""
        both = Bundle([*self.facts, *other.facts])
        if len({_repeated(letter) for letter in both.letters}) > 1 or any(_stubborn(letter) for letter in both.letters):
            return None
        if any(fact.notice.alone for fact in both.facts):
            return None
        pictures = {fact.picture for fact in both.facts if fact.picture}
        room = CAPTION if pictures else ROOM
        if len(pictures) > 1 or (len(both.text) > room and both.text != self.text):
            return None
        labels = [row[0].label for row in both.rows]
        return both if len(labels) == len(set(labels)) <= BUTTONS else None

    def apart(self) -> list[Bundle]:
        """Each of its letters alone."""
        return [Bundle([fact]) for fact in self.facts]

    def end(
        self,
        state: str,
        *,
        error: str | None = None,
        due_at: datetime | None = None,
        attempted: bool = True,
        lost: bool = False,
    ) -> list[Outcome]:
        ended = Outcome(0, state, error=error, due_at=due_at, attempted=attempted, lost=lost)
        return [replace(ended, id=letter.id) for letter in self.letters]

    def sent(self, message_id: int | None) -> list[Outcome]:
        return [Outcome(letter.id, "sent", message_id) for letter in self.letters]


def _apart(button: Button, about: str) -> Button:
    label = f"{button.label}: {about}" if about else button.label
    return replace(button, label=label if len(label) <= LABEL else f"{label[: LABEL - 1]}…")


def _repeated(letter: Claimed) -> datetime | None:
    """What may have arrived already is repeated as it was: with what was lost at the same moment, and nothing else."""
    return letter.due_at if letter.repeated else None


def _stubborn(letter: Claimed) -> bool:
    return letter.attempt > STUBBORN


def folded(facts: Sequence[Fact]) -> list[Bundle]:
    """The messages that say these facts, in order: all of a child together where its first fact stands; then neighbours that
    have no buttons, or read the same.
    """
    by_child: list[Bundle] = []
    last: dict[int, int] = {}  # child: the place of its last message
    for fact in facts:
        alone = Bundle([fact])
        place = last.get(fact.child) if fact.child is not None else None
        both = by_child[place].with_(alone) if place is not None else None
        if place is not None and both is not None:
            by_child[place] = both
            continue
        if fact.child is not None:
            last[fact.child] = len(by_child)
        by_child.append(alone)
    bundles: list[Bundle] = []
    for bundle in by_child:
        both = bundles[-1].with_(bundle) if bundles and _plain(bundles[-1], bundle) else None
        bundles[-1:] = [both] if both is not None else [*bundles[-1:], bundle]
    return bundles


def _plain(one: Bundle, other: Bundle) -> bool:
    return one.text == other.text or not (one.rows or other.rows)
