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
