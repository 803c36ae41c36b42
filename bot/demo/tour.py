"""The whole story, played through the Bot API by the cast's telephones and printed as a dialogue, every push in it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from rich.console import Console
from rich.markup import escape

from bot.app import App
from bot.clock import StoppedClock
from bot.demo.network import ANNA, IRINA, MISHA, NURBIY, OLGA, PAVEL, Cast
from bot.sandbox import Phone, Sandbox
from bot.sandbox.messages import Message
from bot.services.invitations import Invited
from bot.voice import day_in_words
from storage import roadmap

HALF_YEAR = "roadmap-6"


class StoryBroken(Exception):  # noqa: N818 - one clear line
    """The story did not go on as it should; the message says where."""


class Tour:
    """Plays and prints. A step that does not go as told ends it: the tour is a test that reads well."""

    def __init__(self, out: Console, app: App, sandbox: Sandbox, clock: StoppedClock, invited: dict[Cast, Invited]) -> None:
        self.out = out
        self.app = app
        self.sandbox = sandbox
        self.clock = clock
        self.invited = invited
        self.seen = {message: _looks(message) for phone in sandbox.phones.values() for message in phone.messages}

    async def play(self) -> None:
        """The story of the contract, from the invitation to the withdrawal."""
        await self.invitation()
        await self.choosing()
        await self.deciding()
        await self.partners()
        await self.moving()
        await self.marks()
        await self.deadline()
        await self.farewell()
        if self.sandbox.violations:
            raise StoryBroken(f"Telegram was treated badly: {self.sandbox.violations[0]}")
        self.out.print("\n[bold]Конец истории.[/bold] Поиграть самим: make demo\n")

    # ── the scenes ──────────────────────────────────────────────────────────────────────────────────────────────────

    async def invitation(self) -> None:
        self._scene("Анна открывает приглашение школы и даёт согласие")
        await self.send(ANNA, f"/start {self.invited[ANNA].payload}", shown="открывает ссылку-приглашение")
        await self.tap(ANNA, "Прочитать и согласиться")
        await self.tap(ANNA, "Согласен")
        await self.tap(ANNA, "Подробно")
        self._scene("Миша тоже заходит: код из листка он набирает сам")
        await self.send(MISHA, self.invited[MISHA].letters)
        self.expect(MISHA, "расписание")

    async def choosing(self) -> None:
        self._scene("Анна смотрит курсы, которые подходят 7 классу и не мешают урокам")
        await self.tap(ANNA, "Меню")
        await self.tap(ANNA, "Курсы")
        self.expect(ANNA, "Робототехника")
        await self.tap(ANNA, "Робототехника")
        await self.tap(ANNA, "Подать заявление")
        await self.tap(ANNA, "Добавить ещё курс")
        await self.tap(ANNA, "Шахматы")
        await self.tap(ANNA, "Подать заявление")
        self.expect(ANNA, "1. Робототехника", "2. Шахматы")
        await self.tap(ANNA, "Подтвердить")

    async def deciding(self) -> None:
        self._scene("Ольга видит заявление, одобряет и формирует заявки партнёрам")
        await self.send(OLGA, "/inbox")
        await self.tap(OLGA, "Заявления")
        self.expect(OLGA, "Петров Миша")
        await self.tap(OLGA, "Одобрить")
        for partner in ("Центр развития", "ЦДО"):
            await self.send(OLGA, "/inbox")
            await self.tap(OLGA, "Сформировать заявку")
            if self._has(OLGA, partner):
                await self.tap(OLGA, partner)
            await self.tap(OLGA, "Сформировать заявку")
            names = [message.document.name for message in self._phone(OLGA).messages if message.document]
            if not {name.rsplit(".", 1)[-1] for name in names} >= {"docx", "xlsx"}:
                raise StoryBroken("the request did not come as DOCX and XLSX")

    async def partners(self) -> None:
        self._scene("IT-центр зачисляет Мишу, в шахматах он пока в резерве")
        await self.tap(IRINA, "Открыть заявку")
        await self._answer(IRINA, "Зачислить")
        self.expect(ANNA, "есть место на курсе «Робототехника»")
        await self.tap(NURBIY, "Открыть заявку")
        await self._answer(NURBIY, "В резерв")
        self.expect(ANNA, "резерв")
        self.expect(MISHA, "резерв")

    async def moving(self) -> None:
        self._scene("Педагог Павел переносит занятие с четверга на пятницу, семья узнаёт сразу")
        await self.send(PAVEL, "/start")
        await self.tap(PAVEL, "Занятия")
        await self.tap(PAVEL, "Робототехника")
        await self.tap(PAVEL, "Перенести")
        await self.tap(PAVEL, "пт,")
        await self.tap(PAVEL, "Подтвердить")
        self.expect(ANNA, "📅 Миша: занятие «Робототехника» переносится.")
        await self.tap(ANNA, "Ознакомлен(а)")
        self._scene("Ольга видит, кто ознакомился")
        await self.send(OLGA, "/start")
        await self.tap(OLGA, "Занятия")
        await self.tap(OLGA, "Центр развития")
        await self.tap(OLGA, "РОБО-1" if self._has(OLGA, "РОБО-1") else "Робототехника")
        if self._has(OLGA, "пт,"):
            await self.tap(OLGA, "пт,")
        self.expect(OLGA, "Ознакомились")

    async def marks(self) -> None:
        self._scene("Прошло два дня: занятие было, Павел присылает файл журнала")
        self.clock.move(timedelta(days=2, hours=9))
        await self.ring()
        day = self.clock.now().astimezone(self.app.settings.zone).date()
        await self.file(PAVEL, "журнал.csv", self._journal(day, "4"))
        await self.tap(PAVEL, "Применить")
        self.expect(ANNA, "Миша: 4")
        self._scene("Исправление: не 4, а 5; а на прошлом занятии Миши не было")
        await self.file(PAVEL, "журнал.csv", self._journal(day, "5", absent="Н"))
        await self.tap(PAVEL, "Применить")
        self.expect(ANNA, "исправлено: 4 → 5")

    async def deadline(self) -> None:
        self._scene("Декабрь: через три дня отчёт за полугодие, бот напоминает Ольге")
        zone = self.app.settings.zone
        async with self.app.db.read() as tx:
            due = min(task.due for task in await roadmap.open_of(tx, HALF_YEAR))
        self.clock.at = datetime.combine(_workday(due - timedelta(days=3)), time(9), zone).astimezone(UTC)
        await self.ring()
        self.expect(OLGA, "полугоди")
        await self.tap(OLGA, "Выполнено")
        await self.file(OLGA, "отчёт за полугодие.docx", b"invented")
        self.expect(OLGA, "полугоди")

    async def farewell(self) -> None:
        self._scene("Анна просит показать всё, что о ней хранится, и отзывает согласие")
        await self.send(ANNA, "/mydata")
        await self.tap(ANNA, "Скачать файл")
        await self.tap(ANNA, "Отозвать")
        if self._has(ANNA, "Отозвать всё"):
            await self.tap(ANNA, "Отозвать всё")
        await self.tap(ANNA, "Подтвердить")
        await self.send(ANNA, "/applications")

    async def _answer(self, partner: Cast, label: str) -> None:
        """The partner's answer about one child, confirmed where it is asked."""
        if not self._has(partner, label):
            await self.tap(partner, "Петров")
        await self.tap(partner, label)
        if self._has(partner, "Подтвердить"):
            await self.tap(partner, "Подтвердить")

    @staticmethod
    def _journal(day: date, mark: str, absent: str = "") -> bytes:
        rows = [f"{day:%d.%m.%Y};РОБО-1;У-701;{mark};;Манипулятор;практическая работа"]
        if absent:
            rows.append(f"{day - timedelta(days=1):%d.%m.%Y};РОБО-1;У-701;;{absent};;")
        return "\n".join(["Дата;Группа;Ученик;Отметка;Посещаемость;Тема;Вид работы", *rows]).encode()

    # ── what people do ──────────────────────────────────────────────────────────────────────────────────────────────

    async def send(self, who: Cast, text: str, shown: str = "") -> None:
        self._says(who, shown or f"пишет: {text}")
        await self._phone(who).send(text)
        await self._listen(who)

    async def tap(self, who: Cast, label: str) -> None:
        self._says(who, f"нажимает [{label}]")
        try:
            query = await self._phone(who).tap(label)
        except AssertionError as missing:
            raise StoryBroken(str(missing)) from None
        toast = query and query.answer and query.answer.get("text")
        if toast:
            self.out.print(f"    [dim]💬 {escape(toast)}[/dim]")
        await self._listen(who)

    async def file(self, who: Cast, name: str, content: bytes) -> None:
        self._says(who, f"отправляет файл «{name}»")
        await self._phone(who).attach(name, content)
        await self._listen(who)

    async def ring(self) -> None:
        """The clock has moved: the alarms ring, what is due is sent."""
        here = self.clock.now().astimezone(self.app.settings.zone)
        self.out.print(f"\n[dim]⏰ {day_in_words(here, 'ru')}, {here:%H:%M}[/dim]")
        await self.app.alarms.ring()
        await self._listen(None)

    def expect(self, who: Cast, *words: str) -> None:
        """Somewhere in the chat these words stand; StoryBroken otherwise."""
        heard = [message.text.lower() for message in self._phone(who).messages if message.from_bot]
        for word in words:
            if not any(word.lower() in text for text in heard):
                raise StoryBroken(f"{who.name} did not read «{word}»; the last page was:\n{self._phone(who).page}")

    # ── how it is printed ───────────────────────────────────────────────────────────────────────────────────────────

    def _phone(self, who: Cast) -> Phone:
        return self.sandbox.phones[who.telegram_id]

    def _has(self, who: Cast, label: str) -> bool:
        return any(label in text for row in self._phone(who).buttons for text in row)

    def _scene(self, title: str) -> None:
        self.out.print(f"\n[bold cyan]━━ {escape(title)}[/bold cyan]")

    def _says(self, who: Cast, what: str) -> None:
        self.out.print(f"\n[bold]{who.name}[/bold] {escape(what)}")

    async def _listen(self, actor: Cast | None) -> None:
        """Until all is handled and sent; then print what each of them now sees anew: an answer, or a push."""
        await self.sandbox.quiet()
        await self.app.intake.idle()
        await self.app.postman.deliver()
        for phone in self.sandbox.phones.values():
            for message in phone.messages:
                if message.from_bot and not message.deleted and self.seen.get(message) != _looks(message):
                    self.seen[message] = _looks(message)
                    asked = actor is not None and phone is self._phone(actor)
                    self._print(message, "  " if asked else f"  🔔 {phone.user.name}: ")

    def _print(self, message: Message, prefix: str) -> None:
        lines = message.text.splitlines() or [""]
        if message.document:
            lines = [f"📎 {message.document.name} ({len(message.document.content)} байт)", *lines]
        for number, line in enumerate(lines):
            self.out.print(f"[green]{prefix if number == 0 else '  '}[/green]{escape(line)}")
        for row in message.rows:
            self.out.print("    " + "  ".join(f"[blue]⟦{escape(button.label)}⟧[/blue]" for button in row))


def _looks(message: Message) -> str:
    return message.text + repr(message.markup)


def _workday(day: date) -> date:
    """The day itself, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.weekday() - 4))
