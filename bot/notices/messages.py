"""What is said of messages both ways: that there is a letter (never what it says), that a conflict was opened, a complaint, a stop."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypedDict

from bot.notices import Notice, Unsaid
from bot.targets import LoggedThread, Target, ThreadAnswer, ThreadPage, Threads
from bot.voice import Fact, Say


class ThreadFacts(TypedDict):
    """What a thread is about, as its letters say it."""

    what: str
    courses: list[str]
    at: datetime | None


def about_words(say: Say, what: str, courses: list[str], at: datetime | None) -> str:
    """«Робототехника», занятие 12 ноября; plain text."""
    if what == "lesson" and at is not None:
        return say.plain("thread-about-lesson", course=courses[0], at=at)
    if what == "group":
        return say.plain("thread-about-group", course=courses[0])
    if what == "paper":
        return say.plain("thread-about-paper", courses=[f"«{course}»" for course in courses])
    return say.plain("thread-about-question")


def topic_of(thread: int) -> str:
    """Of what says that a thread has letters."""
    return f"thread:{thread}"


@dataclass(frozen=True, kw_only=True)
class _OfThread:
    """What letters about a thread share."""

    id_thread: Unsaid[int]
    what: Unsaid[str]  # lesson | group | paper | question
    courses: Unsaid[list[str]]
    at: Unsaid[datetime | None]

    @property
    def topic(self) -> str:
        return topic_of(self.id_thread)

    def subject(self, say: Say) -> str:
        return about_words(say, self.what, self.courses, self.at)

    def about(self, _key: str, say: Say) -> str:
        return self.subject(say)


@dataclass(frozen=True, kw_only=True)
class _Letters(_OfThread):
    """There are letters: how many that were not told of yet."""

    id_letter: Unsaid[int]  # the newest
    author: str  # guardian | student | teacher | coordinator | partner
    count: int

    @property
    def version(self) -> str:
        return str(self.id_letter)

    def buttons(self) -> list[tuple[str, Target]]:
        return [("button-thread-answer", ThreadAnswer(self.id_thread)), ("button-thread-read", ThreadPage(self.id_thread))]


@dataclass(frozen=True, kw_only=True)
class LetterToFamily(_Letters, Notice):
    """To the family (and to the pupil, of their own thread)."""

    private = True

    child: str

    def words(self, say: Say) -> dict[str, Fact]:
        return {"child": self.child, "author": self.author, "count": self.count, "subject": self.subject(say)}

    def after(self, older: Notice) -> Notice:
        return replace(self, count=self.count + older.count) if isinstance(older, LetterToFamily) else self


@dataclass(frozen=True, kw_only=True)
class LetterToStaff(_Letters, Notice):
    """To a teacher or an office: no child is named."""

    def words(self, say: Say) -> dict[str, Fact]:
        return {"author": self.author, "count": self.count, "subject": self.subject(say)}

    def after(self, older: Notice) -> Notice:
        return replace(self, count=self.count + older.count) if isinstance(older, LetterToStaff) else self


@dataclass(frozen=True, kw_only=True)
class ThreadOpened(_OfThread, Notice):
    """To both sides, before the coordinator reads a thread for a conflict."""

    id_opening: Unsaid[int]

    @property
    def topic(self) -> str:
        return f"thread-opened:{self.id_opening}"

    @property
    def version(self) -> str:
        return "opened"

    def words(self, say: Say) -> dict[str, Fact]:
        return {"subject": self.subject(say)}

    def buttons(self) -> list[tuple[str, Target]]:
        return [("button-thread-read", ThreadPage(self.id_thread))]


@dataclass(frozen=True, kw_only=True)
class LetterReported(Notice):
    """To the coordinators: somebody complains of a thread."""

    id_thread: Unsaid[int]
    number: int
    side: Unsaid[int] = 0  # which of its sides complains
    upto: Unsaid[int] = 0  # the newest letter then

    @property
    def topic(self) -> str:
        return f"thread-reported:{self.id_thread}"

    @property
    def version(self) -> str:
        return f"{self.side}:{self.upto}"

    def buttons(self) -> list[tuple[str, Target]]:
        return [("button-thread-log", LoggedThread(self.id_thread))]


@dataclass(frozen=True, kw_only=True)
class WritingStopped(Notice):
    """To whom the coordinator has left nobody but the coordinator to write to, or has let write again."""

    id_stop: Unsaid[int]
    stopped: str  # yes | no

    @property
    def topic(self) -> str:
        return f"writing-stop:{self.id_stop}"

    @property
    def version(self) -> str:
        return self.stopped

    def buttons(self) -> list[tuple[str, Target]]:
        return [("button-messages", Threads())]
