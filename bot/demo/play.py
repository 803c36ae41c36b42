"""Playing a step of the story with people's telephones, and hearing whether it happened."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from bot.demo.stops import StoryBroken
from bot.demo.story import Step
from bot.sandbox import Phone, Sandbox
from bot.sandbox.messages import Chat


class Ear:
    """What every person has done and been shown since it last began to listen."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self._heard: dict[int, list[str]] = defaultdict(list)
        self._acted: set[int] = set()
        sandbox.telegram.listeners.append(self._happened)

    def begin(self) -> None:
        self._heard.clear()
        self._acted.clear()

    def missing(self, step: Step) -> str | None:
        """What is still to come: its person has done nothing (a push is not their step), or words nobody has read."""
        if step.who is not None and step.who.telegram_id not in self._acted:
            return f"{step.who.name} has not acted"
        for who, words in step.sees:
            if not any(words.lower() in heard for heard in self._heard[who.telegram_id]):
                return f"{who.name} did not read «{words}»"
        return None

    def _happened(self, kind: str, chat: Chat | None, about: Any) -> None:
        if chat and (kind == "answer" or (kind == "message" and not about.from_bot)):
            self._acted.add(chat.id)
        elif chat and kind in ("message", "edit") and about.from_bot:
            labels = (button.label for button in about.buttons)
            self._heard[chat.id].append("\n".join((about.text, *labels)).lower())


async def perform(sandbox: Sandbox, step: Step) -> str:
    """Do what the step says, as its person would. Returns the toast a button was answered with, "" if none. Not for the clock."""
    phone = _phone(sandbox, step)
    if step.kind == "open":
        await phone.send(f"/start {step.what}")
    elif step.kind in ("send", "start"):
        await phone.send(step.what)
    elif step.kind == "file":
        await phone.attach(step.what, step.content)
    elif step.kind == "tap":
        try:
            query = await phone.tap(step.what)
        except AssertionError as missing:
            raise StoryBroken(str(missing)) from None
        return str((query and query.answer and query.answer.get("text")) or "")
    return ""


def _phone(sandbox: Sandbox, step: Step) -> Phone:
    assert step.who is not None  # noqa: S101 - only the clock is nobody's
    return sandbox.phones[step.who.telegram_id]
