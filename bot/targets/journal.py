"""Where buttons lead: the journal and its files."""

from __future__ import annotations

from dataclasses import dataclass

from bot.targets.target import Target


@dataclass(frozen=True)
class JournalHome(Target, prefix="journal"):
    """The journal of one's children, or of one's groups."""


@dataclass(frozen=True)
class JournalOf(Target, prefix="journal.read"):
    """One child's journal."""

    pupil: int


@dataclass(frozen=True)
class SummaryOf(Target, prefix="journal.week"):
    """A child's week in the journal as a picture."""

    pupil: int
    monday: int = 0  # proleptic ordinal of a day of the week; 0: this one
    dark: int = 0  # 1: light on dark


@dataclass(frozen=True)
class WhyAbsent(Target, prefix="journal.why"):
    """The reason of an absence."""

    pupil: int
    group: int
    day: int  # proleptic ordinal of the date


@dataclass(frozen=True)
class MarkHome(Target, prefix="mark"):
    """The lessons that can be marked now."""


@dataclass(frozen=True)
class MarkLesson(Target, prefix="mark.lesson"):
    """One lesson to be marked; `what`: what a press on a name will set (absent | late | sick | present | m5)."""

    lesson: int
    page: int = 0
    what: str = "absent"


@dataclass(frozen=True)
class UploadPlan(Target, prefix="journal.plan"):
    """What a kept journal file would change."""

    document: int


@dataclass(frozen=True)
class AskQuestion(Target, prefix="journal.ask"):
    """One question of a kept journal file."""

    document: int
    about: str


@dataclass(frozen=True)
class AskCode(Target, prefix="journal.code"):
    """What does the nth code of this file mean? With a meaning: the answer."""

    document: int
    number: int
    meaning: str = ""
