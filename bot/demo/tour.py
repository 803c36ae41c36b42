"""The whole story, played through the Bot API by the cast's telephones and printed as a dialogue, every push in it."""

from __future__ import annotations

from datetime import datetime

from rich.console import Console
from rich.markup import escape

from bot.app import App
from bot.clock import StoppedClock
from bot.demo.network import Cast
from bot.demo.play import Ear, perform
from bot.demo.stops import StoryBroken
from bot.demo.story import Scene, Step
from bot.sandbox import Sandbox
from bot.sandbox.messages import Message
from bot.voice import Voice, day_in_words


class Tour:
    """Plays and prints. A step that does not go as told ends it: the tour is a test that reads well."""

    def __init__(self, out: Console, app: App, sandbox: Sandbox, clock: StoppedClock, say: Voice) -> None:
        self.out = out
        self.app = app
        self.sandbox = sandbox
        self.clock = clock
        self.say = say
        self.ear = Ear(sandbox)
        self.seen = {message: _looks(message) for phone in sandbox.phones.values() for message in phone.messages}

    async def play(self, scenes: list[Scene]) -> None:
        """From the invitation to the withdrawal. StoryBroken when a step did not happen, or Telegram was treated badly."""
        for scene in scenes:
            title = scene.ru if self.say.language == "ru" else scene.en
            self.out.print(f"\n[bold cyan]━━ {escape(title)}[/bold cyan]")
            for step in scene.steps:
                await self._step(step)
        if self.sandbox.violations:
            raise StoryBroken(f"Telegram was treated badly: {self.sandbox.violations[0]}")
        self.out.print(f"\n[bold]{self.say.plain('demo-end')}[/bold]\n")

    async def _step(self, step: Step) -> None:
        self.ear.begin()
        if step.to is not None:
            await self._ring(step.to)
        else:
            self.out.print(f"\n[bold]{step.who.name if step.who else ''}[/bold] {escape(self._said(step))}")
            toast = await perform(self.sandbox, step)
            if toast:
                self.out.print(f"    [dim]💬 {escape(toast)}[/dim]")
        await self._listen(step.who)
        if missing := self.ear.missing(step):
            page = self.sandbox.phones[step.who.telegram_id].page if step.who else ""
            raise StoryBroken(f"{missing}; the last page was:\n{page}")

    async def _ring(self, to: datetime) -> None:
        """The clock has moved: the alarms ring, what is due is sent."""
        self.clock.at = to
        here = to.astimezone(self.app.settings.zone)
        self.out.print(f"\n[dim]⏰ {day_in_words(here, self.say.language)}, {here:%H:%M}[/dim]")
        await self.app.alarms.ring()

    async def _listen(self, actor: Cast | None) -> None:
        """Until all is handled and sent; then print what each of them now sees anew: an answer, or a push."""
        await self.sandbox.quiet()
        await self.app.intake.idle()
        await self.app.postman.deliver()
        for phone in self.sandbox.phones.values():
            for message in phone.messages:
                if message.from_bot and not message.deleted and self.seen.get(message) != _looks(message):
                    self.seen[message] = _looks(message)
                    asked = actor is not None and phone.id == actor.telegram_id
                    self._print(message, "  " if asked else f"  🔔 {phone.user.name}: ")

    def _print(self, message: Message, prefix: str) -> None:
        lines = message.text.splitlines() or [""]
        if message.document:
            lines = [f"📎 {message.document.name} ({self.say.plain('demo-bytes', count=len(message.document.content))})", *lines]
        for number, line in enumerate(lines):
            self.out.print(f"[green]{prefix if number == 0 else '  '}[/green]{escape(line)}")
        for row in message.rows:
            self.out.print("    " + "  ".join(f"[blue]⟦{escape(button.label)}⟧[/blue]" for button in row))

    def _said(self, step: Step) -> str:
        match step.kind:
            case "open":
                return self.say.plain("demo-opens")
            case "start":
                return self.say.plain("demo-starts")
            case "send":
                return self.say.plain("demo-sends", what=step.what)
            case "tap":
                return self.say.plain("demo-taps", what=step.what)
            case _:
                return self.say.plain("demo-attaches", what=step.what)


def _looks(message: Message) -> str:
    return message.text + repr(message.markup)
