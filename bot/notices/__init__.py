"""Everything the bot says unasked: one small class each, in one file per subject; here is what they share."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from typing import Annotated, Any, ClassVar, TypeAlias, TypeVar, get_type_hints

from pydantic import TypeAdapter

from bot.notices.drawn import Picture
from bot.targets import Target
from bot.voice import Fact, Say

T = TypeVar("T")
_UNSAID = object()
# A field that the sentence is not told: an id for a button or a topic, a list that is put into words.
Unsaid: TypeAlias = Annotated[T, _UNSAID]

# What a family may switch off, each by itself: of the journal, and Friday's summary.
NEWS = ("mark", "correction", "removal", "absence", "homework", "week")
BULK, ORDINARY, URGENT = 0, 1, 2  # urgent letters ignore quiet hours; bulk ones let all others pass


@dataclass(frozen=True, kw_only=True)
class Notice:
    """A fact somebody should hear of. Its sentence is the locale key `kind`; its fields are the sentence's facts.

    A subclass is a frozen dataclass whose fields are plain values (str, int, date, datetime, lists of str).
    """

    urgency: ClassVar[int] = ORDINARY
    private: ClassVar[bool] = (
        False  # says a mark or the like: who chose «discreet» gets the key `kind-discreet`, without facts but child
    )
    news: ClassVar[str] = ""  # one of NEWS: the person may have switched these off
    gathers: ClassVar[str] = ""  # it waits a moment for others of this about the same child
    for_all: ClassVar[frozenset[str]] = frozenset()  # keys of buttons of which one answers for every letter of a message
    of_guardian: ClassVar[frozenset[str]] = frozenset()  # keys of buttons the child itself does not get
    alone: ClassVar[bool] = False  # it is folded with nothing
    kinds: ClassVar[dict[str, type[Notice]]] = {}

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        Notice.kinds[cls.kind()] = cls

    @classmethod
    def kind(cls) -> str:
        """LessonMoved → lesson-moved."""
        return re.sub(r"(?<!^)(?=[A-Z])", "-", cls.__name__).lower()

    @property
    def topic(self) -> str:
        """What the fact is about, e.g. `lesson:5`: a newer notice of the same topic replaces an unsent older one."""
        raise NotImplementedError

    @property
    def version(self) -> str:
        """Which telling of it: the same topic, version and recipient is never posted twice."""
        raise NotImplementedError

    @property
    def change_told(self) -> int | None:
        """The lesson's change it tells, where it tells one."""
        return None

    def after(self, _older: Notice) -> Notice | None:
        """What is left to say when `_older`, same topic, was never sent; None: nothing (it is again as it was)."""
        return self

    def unmuted(self, muted: Collection[str]) -> Notice | None:
        """What is left to say to whoever has switched these kinds of news off (NEWS); None: nothing."""
        return None if self.news in muted else self

    def told_on(self, _today: date) -> Notice:
        """The same, said on this day: «на завтра»."""
        return self

    def buttons(self) -> list[tuple[str, Target]]:
        """Buttons below: (locale key of the label, callback data or https address)."""
        return []

    def about(self, _key: str, _say: Say) -> str:
        """What tells its button of this key apart from another's of the same words below one message: «9 нояб.»; plain text."""
        return ""

    def listed(self, _say: Say, _detail: str, *, own: bool) -> tuple[str, str] | None:  # noqa: ARG002 - for those that are listed
        """A heading and a line (HTML): several letters of one heading in one message are a list under it. None: always whole.

        `own`: the child it is about reads it.
        """
        return None

    def words(self, _say: Say) -> dict[str, Fact]:
        """The sentence's facts; override where a field must first be put into words."""
        return {name: getattr(self, name) for name in said(type(self))}

    def text(self, say: Say, detail: str) -> str:
        """The letter as HTML for somebody who chose this detail of messages."""
        if self.private and detail == "discreet":
            return say(f"{self.kind()}-discreet")
        return say(self.kind(), **self.words(say))

    def own_text(self, say: Say, detail: str) -> str:
        """The letter for the child it is about, in the sentence `kind-own` if there is one: «тебя зачислили»."""
        if say.knows(f"{self.kind()}-own") and not (self.private and detail == "discreet"):
            return say(f"{self.kind()}-own", **self.words(say))
        return self.text(say, detail)

    def picture(self, _say: Say, _detail: str, _reader: int) -> Picture | None:
        """What is drawn above the letter for a person; None: nothing."""
        return None

    def facts(self) -> dict[str, Any]:
        """As kept in the outbox: JSON."""
        kept: dict[str, Any] = _adapter(self.kind()).dump_python(self, mode="json")
        return kept


_SAID: dict[type[Any], tuple[str, ...]] = {}


def said(notice: type[Any]) -> tuple[str, ...]:
    """The fields of a notice that its sentence is told."""
    if notice not in _SAID:
        hints = get_type_hints(notice, include_extras=True)
        unsaid = {name for name, hint in hints.items() if _UNSAID in getattr(hint, "__metadata__", ())}
        _SAID[notice] = tuple(each.name for each in fields(notice) if each.name not in unsaid)
    return _SAID[notice]


@cache
def _adapter(kind: str) -> TypeAdapter[Any]:
    return TypeAdapter(Notice.kinds[kind])


def notice_of(kind: str, facts: dict[str, Any]) -> Notice:
    """The notice kept in the outbox."""
    notice: Notice = _adapter(kind).validate_python(facts)
    return notice
