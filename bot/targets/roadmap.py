"""Where buttons lead: the tasks of roadmap and regulation."""

from __future__ import annotations

from dataclasses import dataclass

from bot.targets.target import Target


@dataclass(frozen=True)
class Tasks(Target, prefix="tasks"):
    """The roadmap's and the regulation's tasks."""


@dataclass(frozen=True)
class Board(Target, prefix="task.board"):
    """The tasks of one state. `anew`: the button stands under a letter, which stays."""

    view: str
    page: int
    anew: bool = False


@dataclass(frozen=True)
class OneTask(Target, prefix="task"):
    task: int


@dataclass(frozen=True)
class TaskDone(Target, prefix="task.done"):
    task: int
    anew: bool = False


@dataclass(frozen=True)
class TaskLater(Target, prefix="task.later"):
    task: int
    anew: bool = False


@dataclass(frozen=True)
class TaskHand(Target, prefix="task.hand"):
    task: int
    page: int
    anew: bool = False


@dataclass(frozen=True)
class TaskNew(Target, prefix="task.new"):
    """A task of the school's own."""


@dataclass(frozen=True)
class TaskRepeat(Target, prefix="task.repeat"):
    """How often a task of one's own comes again."""

    task: int


@dataclass(frozen=True)
class RoadmapYear(Target, prefix="task.year"):
    """The year of tasks as a picture and as files."""

    year: int = 0  # 0: the one that runs
