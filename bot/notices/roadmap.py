"""What staff hear about the tasks of the roadmap and the regulation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.notices import Notice
from bot.voice import Fact, Say
from storage.roadmap import Standing

LISTED = 20  # tasks in one letter; the rest is counted
PLANS = {"roadmap": "task-of-roadmap", "regulation": "task-of-regulation"}


@dataclass(frozen=True, kw_only=True)
class OfTask:
    """What letters about one task share."""

    task: int
    plan: str  # roadmap | regulation
    number: str
    title: str
    partner: str | None  # whose task it is; None: the school's
    due: date
    result: str | None

    @property
    def topic(self) -> str:
        return f"task:{self.task}"

    def words(self, say: Say) -> dict[str, Fact]:
        where = say.plain(PLANS[self.plan], number=self.number)
        return {
            "title": self.title,
            "where": f"{where} · {self.partner}" if self.partner else where,
            "due": self.due,
            "result": self.result or "—",
        }

    def buttons(self) -> list[tuple[str, str]]:
        return [
            ("button-task-done", f"task.done:{self.task}:1"),
            ("button-task-put-off", f"task.later:{self.task}:1"),
            ("button-task-hand", f"task.hand:{self.task}:0:1"),
        ]


def about(task: Standing) -> dict[str, Any]:
    """The facts every letter about a task carries."""
    return {
        "task": task.id,
        "plan": task.plan,
        "number": task.number,
        "title": task.task,
        "partner": task.organization,
        "due": task.due,
        "result": task.result,
    }


@dataclass(frozen=True, kw_only=True)
class TaskDue(OfTask, Notice):
    """To the person responsible: 14, 7, 3 and 1 days ahead and on the day itself (`days` is 0)."""

    days: int
    planned: date  # the day of the plan of reminders this one belongs to

    @property
    def version(self) -> str:
        return f"{self.due}:{self.planned}"

    def words(self, say: Say) -> dict[str, Fact]:
        return super().words(say) | {"days": self.days}


@dataclass(frozen=True, kw_only=True)
class TaskOverdue(OfTask, Notice):
    """To the person responsible on every second day after the deadline; from the third day to the director too."""

    late: int  # days since the deadline
    planned: date

    @property
    def version(self) -> str:
        return f"{self.due}:{self.planned}"

    def words(self, say: Say) -> dict[str, Fact]:
        return super().words(say) | {"late": self.late}


@dataclass(frozen=True, kw_only=True)
class TaskHanded(OfTask, Notice):
    """To a member of staff who was given a task."""

    by: str  # who gave it
    at: int  # epoch seconds: handed away and back again is told twice

    @property
    def version(self) -> str:
        return str(self.at)

    def words(self, say: Say) -> dict[str, Fact]:
        return super().words(say) | {"by": self.by}


@dataclass(frozen=True, kw_only=True)
class OfTasks:
    """What letters about several tasks share: a list, a line each."""

    tasks: list[int]
    titles: list[str]
    dues: list[date]

    def lines(self, say: Say) -> str:
        shown = [
            say.plain("task-letter-line", title=title, due=due)
            for title, due in list(zip(self.titles, self.dues, strict=True))[:LISTED]
        ]
        if len(self.titles) > LISTED:
            shown.append(say.plain("task-letter-more", count=len(self.titles) - LISTED))
        return "\n".join(shown)

    def buttons(self) -> list[tuple[str, str]]:
        return [("button-tasks-open", "task.board:now:0:1")]


@dataclass(frozen=True, kw_only=True)
class TasksDue(OfTasks, Notice):
    """To somebody with more than three reminders on one day: all of them in one letter."""

    on: date
    late: list[int]  # days overdue, 0 and below: still ahead

    @property
    def topic(self) -> str:
        return "tasks"

    @property
    def version(self) -> str:
        return str(self.on)

    def words(self, say: Say) -> dict[str, Fact]:
        overdue = sum(1 for days in self.late if days > 0)
        return {"count": len(self.tasks), "overdue": overdue, "tasks": self.lines(say)}


@dataclass(frozen=True, kw_only=True)
class TasksPassed(OfTasks, Notice):
    """To the coordinators, once: the tasks whose time was over before the bot began."""

    @property
    def topic(self) -> str:
        return "tasks-passed"

    @property
    def version(self) -> str:
        return "first"

    def words(self, say: Say) -> dict[str, Fact]:
        return {"count": len(self.titles), "tasks": self.lines(say)}
