"""Where buttons lead: messages both ways."""

from __future__ import annotations

from dataclasses import dataclass

from bot.targets.target import Target


@dataclass(frozen=True)
class Threads(Target, prefix="threads"):
    """One's own threads, the unread first."""

    page: int = 0


@dataclass(frozen=True)
class ThreadPage(Target, prefix="thread"):
    """A thread. Page 0 holds its newest letters."""

    thread: int
    page: int = 0


@dataclass(frozen=True)
class ThreadAnswer(Target, prefix="thread.answer"):
    """The same, and what is typed next is the answer."""

    thread: int


@dataclass(frozen=True)
class WriteAbout(Target, prefix="write"):
    """To whom? About: day (its ordinal; a family chooses one of its lessons), lesson, group, paper; question of nothing (0)."""

    about: str
    thing: int = 0
    page: int = 0


@dataclass(frozen=True)
class PassOn(Target, prefix="write.pass"):
    """«Кому передать?»: the words typed last, which no page could answer."""

    page: int = 0


@dataclass(frozen=True)
class ThreadLog(Target, prefix="thread.log"):
    """The coordinator's log."""

    page: int = 0


@dataclass(frozen=True)
class LoggedThread(Target, prefix="thread.logged"):
    """One thread in it: who wrote when."""

    thread: int
    page: int = 0
