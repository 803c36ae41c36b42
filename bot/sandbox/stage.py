"""What whoever runs the sandbox adds to its page: a story to follow, a clock to move, a bot to kill. As data and callables."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
Act = Callable[[Json], Awaitable[None]]


class NotNow(Exception):  # noqa: N818 - an answer
    """The act cannot be done at this moment; the message says why, to a person."""


@dataclass(eq=False)
class Stage:
    """`view` is what the page shows, `acts` what its buttons do (POST /api/stage/NAME), `files` what the story hands out.

    Words are {"ru": …, "en": …}. The page knows these parts of the view, each of which may be missing:

        bot     {state: "waking" | "awake" | "dead", deaths: number}       acts: kill, wake, revive (kill and wake)
        clock   {now, zone, stopped, jumps: [{id, words, to}]}             act: jump {id}
        groups  [{words, people: [ID, …]}]: the order of the list of people
        papers  {ID: {payload, letters}}: invitations not opened yet
        tour    {scenes: [words], steps: [{scene, who, kind, what, to?}], at, playing, trouble: words | null}
                kind: open | start | send | tap | file | clock             acts: step, play, pause, again
    """

    view: Json = field(default_factory=dict)
    acts: dict[str, Act] = field(default_factory=dict)
    files: Callable[[str], bytes | None] = lambda _name: None
    changed: list[Callable[[Json], None]] = field(default_factory=list)

    def show(self, **parts: Any) -> None:
        """Parts of the view are these from now on; every open page hears of it."""
        self.view |= parts
        for listener in self.changed:
            listener(parts)
