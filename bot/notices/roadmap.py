"""What staff hear about the tasks of the roadmap and the regulation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.notices import Notice, Unsaid
from bot.targets import Board, OneTask, Target, TaskDone, TaskHand, TaskLater
from bot.voice import Fact, Say
from storage.roadmap.roadmap import Standing

LISTED = 5  # tasks in one letter, which is read on a lock screen; the rest is counted


PLANS = {"roadmap": "task-of-roadmap", "regulation": "task-of-regulation", "own": "task-of-own"}


def where(say: Say, plan: str, number: str, partner: str | None) -> str:
    """«Регламент, 4 · Центр развития IT-образования»: plain text."""
    place = say.plain(PLANS.get(plan, "task-of-regulation"), number=number)
    return f"{place} · {partner}" if partner else place


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
    can_hand: bool  # whether this recipient may give it to somebody else

    @property
    def topic(self) -> str:
        return f"task:{self.task}"

    def letter(self, say: Say, first: str) -> str:
        """The letter from its first lines: below them what is expected, and where the task stands."""
        parts = [first]
        if self.result:
            parts.append(say("task-result", result=self.result))
        return "\n".join([*parts, say("task-place", where=where(say, self.plan, self.number, self.partner))])

    def buttons(self) -> list[tuple[str, Target]]:
        return of_one(self.task, can_hand=self.can_hand)


def of_one(task: int, *, can_hand: bool) -> list[tuple[str, Target]]:
    """The buttons of a letter of one task."""
    offered = [("button-task-done", TaskDone(task, anew=True)), ("button-task-put-off", TaskLater(task, anew=True))]
    return [*offered, ("button-task-hand", TaskHand(task, 0, anew=True))] if can_hand else offered


def task_line(say: Say, title: str, due: date, late: int) -> str:
    """A task and its deadline, as a letter of it begins."""
    return say("task-overdue", title=title, due=due, late=late) if late > 0 else say("task-due", title=title, due=due, days=-late)


def single(task: Standing, role: str) -> dict[str, Any]:
    """What the letter of the morning says besides where it has one task only (fields of Morning)."""
    facts = about(task, role)
    place = [facts["plan"], facts["number"], facts["partner"] or ""]
    return {"result": task.result or "", "place": place, "can_hand": facts["can_hand"]}


def about(task: Standing, role: str) -> dict[str, Any]:
    """The facts every letter about a task carries, to somebody who gets it in this role."""
    return {
        "task": task.id,
        "plan": task.plan,
        "number": task.number,
        "title": task.task,
        "partner": task.whose,
        "due": task.due,
        "result": task.result,
        "can_hand": role in ("coordinator", "director") or (role == "partner" and task.organization_id is not None),
    }


@dataclass(frozen=True, kw_only=True)
class TaskDue(OfTask, Notice):
    """A reminder ahead, before reminders were a section of the letter of the morning: only read, in old outboxes."""

    days: int
    planned: date  # the day of the plan of reminders this one belongs to

    @property
    def version(self) -> str:
        return f"{self.due}:{self.planned}"

    def text(self, say: Say, _detail: str) -> str:
        return self.letter(say, say("task-due", title=self.title, due=self.due, days=self.days))


@dataclass(frozen=True, kw_only=True)
class TaskOverdue(OfTask, Notice):
    """A reminder past the deadline, likewise."""

    late: int  # days since the deadline
    planned: date

    @property
    def version(self) -> str:
        return f"{self.due}:{self.planned}"

    def text(self, say: Say, _detail: str) -> str:
        return self.letter(say, say("task-overdue", title=self.title, due=self.due, late=self.late))


@dataclass(frozen=True, kw_only=True)
class TaskHanded(OfTask, Notice):
    """To a member of staff who was given a task."""

    by: str  # who gave it
    at: int  # epoch seconds: handed away and back again is told twice

    @property
    def version(self) -> str:
        return str(self.at)

    def text(self, say: Say, _detail: str) -> str:
        return self.letter(say, say("task-handed", title=self.title, due=self.due, by=self.by))


@dataclass(frozen=True, kw_only=True)
class TaskAnswered(Notice):
    """To the coordinators of the school: a partner has done its half of a step, and shows this."""

    task: Unsaid[int]
    title: str
    partner: str
    by: str
    proof: Unsaid[str]  # words or the name of a file; empty: none was asked for
    at: Unsaid[int]  # epoch seconds: back to work and done again is told twice

    @property
    def topic(self) -> str:
        return f"task:{self.task}"

    @property
    def version(self) -> str:
        return str(self.at)

    def buttons(self) -> list[tuple[str, Target]]:
        return [("button-task-open", OneTask(self.task))]

    def text(self, say: Say, _detail: str) -> str:
        if not self.proof:
            return say("task-answered", title=self.title, partner=self.partner, by=self.by)
        return say("task-answered-proof", title=self.title, partner=self.partner, by=self.by, proof=self.proof)


@dataclass(frozen=True, kw_only=True)
class OfTasks:
    """What letters about several tasks share: a list, a line each."""

    tasks: list[int]
    titles: list[str]
    dues: list[date]

    def lines(self, say: Say, late: Sequence[int]) -> str:
        """A line each; `late` says of each by how many days it is overdue."""
        shown = [
            say.plain("task-letter-passed", title=title, due=due)
            if days > 0
            else say.plain("task-letter-line", title=title, due=due)
            for title, due, days in list(zip(self.titles, self.dues, late, strict=True))[:LISTED]
        ]
        if len(self.titles) > LISTED:
            shown.append(say.plain("task-letter-more", count=len(self.titles) - LISTED))
        return "\n".join(shown)

    def buttons(self) -> list[tuple[str, Target]]:
        return [("button-tasks-open", Board("now", 0, anew=True))]


@dataclass(frozen=True, kw_only=True)
class TasksDue(OfTasks, Notice):
    """More than three reminders of one day, likewise."""

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
        return {"count": len(self.tasks), "overdue": overdue, "tasks": self.lines(say, self.late)}


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
        return {"tasks": self.lines(say, [1] * len(self.titles))}

    def buttons(self) -> list[tuple[str, Target]]:
        return [("button-tasks-open", Board("passed", 0, anew=True))]
