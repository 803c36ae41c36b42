"""The story in the page: whose turn it is, whether it happened, and playing it for whoever only wants to watch."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from datetime import datetime, timedelta
from typing import Any

from bot.clock import Clock
from bot.demo.play import Ear, perform
from bot.demo.stops import StoryBroken
from bot.demo.story import Scene, Step
from bot.sandbox import Sandbox
from bot.sandbox.bell import Bell
from bot.sandbox.messages import Chat
from bot.sandbox.stage import NotNow, Stage

PAUSE = 1.6  # seconds between two steps of a story that plays by itself: time to read a line
PATIENCE = 15.0


class Show:
    """Goes to the next step when the words of this one have been seen, whoever caused it."""

    def __init__(
        self,
        stage: Stage,
        sandbox: Sandbox,
        clock: Clock,
        move: Callable[[datetime], Awaitable[None]],
        start: Callable[[Coroutine[Any, Any, None]], None],
    ) -> None:
        self.stage = stage
        self.sandbox = sandbox
        self.clock = clock
        self.move = move
        self.start = start
        self.steps: list[tuple[int, Step]] = []  # with the number of the scene
        self.scenes: list[Scene] = []
        self.at = 0
        self.playing = ""  # one | all
        self.bell = Bell()
        self._now = Ear(sandbox)
        self._scene = Ear(sandbox)
        sandbox.telegram.listeners.append(self._happened)
        stage.acts |= {"step": self._step, "play": self._play, "pause": self._pause}
        stage.files = self._file

    def begin(self, scenes: list[Scene]) -> None:
        self.scenes = scenes
        self.steps = [(number, step) for number, scene in enumerate(scenes) for step in scene.steps]
        self.playing = ""
        self._go(0)

    def stop(self) -> None:
        self.playing = ""
        self.steps = []

    # ── whether it happened ─────────────────────────────────────────────────────────────────────────────────────────

    def _happened(self, kind: str, _chat: Chat | None, about: Any) -> None:
        if kind == "answer" or (kind in ("message", "edit") and about.from_bot):
            self.look()

    def look(self) -> None:
        """Go on as far as what has been seen allows."""
        while self.at < len(self.steps) and (to := self._after()) > self.at:
            self._go(to)

    def _after(self) -> int:
        """Where the story stands now: behind the scene when its last step is done, behind the step when this one is."""
        scene, step = self.steps[self.at]
        end = max(number for number, (each, _) in enumerate(self.steps) if each == scene)
        last = self.steps[end][1]
        if last.sees and self._done(last, self._scene):
            return end + 1
        return self.at + self._done(step, self._now)

    def _done(self, step: Step, ear: Ear) -> bool:
        if step.to is None:
            return ear.missing(step) is None
        late = self.clock.now() - step.to
        return late > timedelta(hours=1) or (late >= timedelta() and ear.missing(step) is None)

    def _go(self, to: int) -> None:
        if to == 0 or to == len(self.steps) or self.steps[to][0] != self.steps[self.at][0]:
            self._scene.begin()
        self._now.begin()
        self.at = to
        self._say()
        self.bell.ring()

    def _say(self, trouble: dict[str, str] | None = None) -> None:
        self.stage.show(
            tour={
                "scenes": [{"ru": scene.ru, "en": scene.en} for scene in self.scenes],
                "steps": [self._told(number, step) for number, step in self.steps],
                "at": self.at,
                "playing": self.playing,
                "trouble": trouble,
            }
        )

    @staticmethod
    def _told(scene: int, step: Step) -> dict[str, Any]:
        told: dict[str, Any] = {
            "scene": scene,
            "kind": step.kind,
            "who": step.who.telegram_id if step.who else None,
            "what": step.what,
        }
        return told | {"to": step.to.isoformat()} if step.to else told

    def _file(self, name: str) -> bytes | None:
        """The file of the step that is on now, or of the next with this name."""
        return next((step.content for _, step in self.steps[self.at :] if step.kind == "file" and step.what == name), None)

    # ── playing it ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _may(self) -> None:
        if self.playing or self.at >= len(self.steps) or self.stage.view["bot"]["state"] != "awake":
            raise NotNow("nothing can be played now")

    async def _step(self, _: dict[str, Any]) -> None:
        self._may()
        self.playing = "one"
        self._say()
        self.start(self._played())

    async def _play(self, _: dict[str, Any]) -> None:
        self._may()
        self.playing = "all"
        self._say()
        self.start(self._played())

    async def _pause(self, _: dict[str, Any]) -> None:
        self.playing = "one" if self.playing else ""
        self._say()

    async def _played(self) -> None:
        """This step; or all of them, with time to read between."""
        trouble: dict[str, str] | None = None
        try:
            while True:
                await self._one(self.at)
                if self.playing != "all" or self.at >= len(self.steps):
                    break
                await asyncio.sleep(PAUSE)
                if self.playing != "all":
                    break
        except (StoryBroken, AssertionError) as broken:
            first = str(broken).splitlines()[0]
            trouble = {"ru": f"Не получилось: {first}", "en": f"It did not work: {first}"}
        if self.steps:
            self.playing = ""
            self._say(trouble)
        self.bell.ring()

    async def _one(self, at: int) -> None:
        scene, step = self.steps[at]
        try:
            await self._perform(step)
        except StoryBroken:
            await self._from_the_scene(scene, at)
        if not await self.bell.until(lambda: self.at > at or not self.steps, PATIENCE):
            raise StoryBroken(self._now.missing(step) or "")

    async def _from_the_scene(self, scene: int, at: int) -> None:
        """Somebody has wandered off: find the way from the scene's beginning, without telling the story twice."""
        for number, (each, step) in enumerate(self.steps[: at + 1]):
            if each == scene and step.kind in ("tap", "send") and number <= at:
                await self._perform(step)
                await self.sandbox.quiet()

    async def _perform(self, step: Step) -> None:
        if step.to is not None:
            await self.move(step.to)
        else:
            await perform(self.sandbox, step)
