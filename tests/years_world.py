"""Three academic years of the cast, by buttons and workbooks, and a table of what was checked in each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from sqlalchemy import func, insert, select

from bot.services.network.years import running_now
from storage import doctor
from storage.allocation import allocation
from storage.courses import courses
from storage.deciding import funnel
from storage.people.classes import class_in, class_of
from storage.roadmap import evidence
from storage.tables import (
    Application,
    Choice,
    ChoiceChange,
    Course,
    Entry,
    Group,
    Lesson,
    Pupil,
    Request,
    RequestLine,
    RequestVersion,
)
from tests.enrollment.test_enrollment import heard, last_file
from tests.story import journal
from tests.timetable_world import enroll, said
from tests.world import DANA, IT, MISHA, ROBOTICS, SCHOOL, ZONE, Member, World

Rows = list[tuple[Any, ...]]
CLASSES = {"У-701": "7А", "У-402": "4Б", "У-702": "7А"}  # of 2026/2027
NAMES = {"У-701": "Петров Миша Алексеевич", "У-402": "Петрова Вера Алексеевна", "У-702": "Шеуджен Дана Руслановна"}
FIRST = 2026
ANSWERS = {2026: ("🔁", "continues"), 2027: ("✅", "completed"), 2028: ("✖️", "failed")}  # of each year: the sign, the state


def book(**sheets: Rows) -> bytes:
    """A workbook of these sheets, headings first; «Учебный год» is written with a low line."""
    made = Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets.items():
        sheet = made.create_sheet(name.replace("_", " "))
        for row in rows:
            sheet.append(row)
    kept = BytesIO()
    made.save(kept)
    return kept.getvalue()


def year_sheet(year: int) -> Rows:
    return [("Учебный год", "Начало", "Конец"), (f"{year}/{year + 1}", date(year, 9, 1), date(year + 1, 5, 31))]


def of_year(year: int, **over: Rows) -> bytes:
    """Next year's book as it comes in April: what is offered, in which groups, when."""
    sheets: dict[str, Rows] = {
        "Учебный_год": year_sheet(year),
        "Курсы": [
            ("Код", "Название", "Организация", "Направленность", "Классы", "Часов", "Выбор", "Окно с", "Окно по"),
            ("К-01", "Робототехника", "О-03", "техническая", "5-9", 68, "заявки", date(year, 5, 15), date(year, 8, 15)),
            ("К-02", "Шахматы", "О-01", "спортивная", "1-9", 34, "по порядку", date(year, 5, 15), date(year, 8, 15)),
        ],
        "Группы": [
            ("Код", "Курс", "Педагог", "Мест", "Минимум", "Место"),
            ("Г-01", "К-01", "С-11", 12, 1, "каб. 2"),
            ("Г-02", "К-02", "С-21", 10, 1, "зал"),
        ],
        "Расписание": [
            ("Группа", "День", "Начало", "Конец"),
            ("Г-01", "чт", time(15), time(16, 30)),
            ("Г-02", "ср", time(14, 30), time(15, 30)),
        ],
    }
    return book(**(sheets | over))


def pupils(older: int) -> Rows:
    """«Ученики», so many years later."""
    rows = [(code, NAMES[code], class_in(name, FIRST + older, FIRST)) for code, name in CLASSES.items()]
    return [("Код", "ФИО", "Класс"), *rows]


class ThreeYears:
    """Plays and checks; what was checked is counted by its words."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.db = world.db
        self.checked: Counter[str] = Counter()

    def check(self, what: str, found: object, right: object) -> None:
        assert found == right, f"{what} on {self.world.now.astimezone(ZONE):%d.%m.%Y}"
        self.checked[what] += 1

    async def on(self, year: int, month: int, day: int, hour: int = 12) -> None:
        there = datetime(year, month, day, hour, tzinfo=ZONE)
        await self.world.pass_time(seconds=(there - self.world.now).total_seconds())

    @property
    def today(self) -> date:
        return self.world.now.astimezone(ZONE).date()

    # ── what people do ──────────────────────────────────────────────────────────────────────────────────────────────

    async def send(self, content: bytes) -> str:
        """Olga sends a workbook and carries it out; the plan she read."""
        await self.world.olga.attach("сеть.xlsx", content)
        plan = said(self.world.olga)
        await self.world.olga.tap("Применить")
        assert "Готово" in said(self.world.olga) or "✅" in said(self.world.olga)
        return plan

    async def applies(self, who: Member, child: str, course: str) -> None:
        await who.send("/courses")
        if any(child in label for row in who.buttons for label in row):
            await who.tap(child)
        await who.tap(course)
        await who.tap("Подать заявление")

    async def approves(self, count: int) -> None:
        await self.world.olga.send("/inbox")
        await self.world.olga.tap("Заявления")
        for _ in range(count):
            await self.world.olga.tap("Одобрить")

    async def draws(self) -> None:
        olga = self.world.olga
        await olga.send("/allocation")
        await olga.tap("тянуть жребий")
        await olga.tap("Подтвердить")
        await olga.tap("Опубликовать")
        await olga.tap("Подтвердить")

    async def asks_partner(self) -> None:
        olga = self.world.olga
        await olga.send("/inbox")
        await olga.tap("Сформировать заявку")
        await olga.tap("IT")
        await olga.tap("Сформировать заявку")
        await self.world.deliver()
        irina = self.world.irina
        await irina.tap("Открыть заявку")
        if not any("Зачислить" in label for row in irina.buttons for label in row):  # a single child has a page
            await irina.tap("Петров Миша")
        await irina.tap("Зачислить")
        if any("Подтвердить" in label for row in irina.buttons for label in row):
            await irina.tap("Подтвердить")

    async def ends(self, group: str, *signs: str) -> None:
        """Pavel says how the year ended for the first pupils, one sign each; the last of them is taken back and said again."""
        pavel = self.world.pavel
        await pavel.send("/start")
        await pavel.tap("Конец года")
        await pavel.tap(group)
        for number, sign in enumerate(signs, 1):
            await pavel.tap(f"{number} {sign}")
        await pavel.tap(f"Отменить: {len(signs)}")
        await pavel.tap(f"{len(signs)} {signs[-1]}")

    async def marks(self, day: date, value: str) -> None:
        row = f"{day:%d.%m.%Y};Г-01;У-701;{value};;Датчики;"
        pavel = self.world.pavel
        await pavel.attach("журнал.csv", journal(row))
        assert any("Применить" in label for line in pavel.buttons for label in line), said(pavel)
        await pavel.tap("Применить")

    async def opens(self, who: Member, *path: str) -> str:
        await who.send("/start")
        for label in path:
            await who.tap(label)
        return said(who)

    # ── what is held against what ───────────────────────────────────────────────────────────────────────────────────

    async def nothing_is_counted_twice(self) -> None:
        """The database's own invariants, and every year's rows beside every other's."""
        async with self.db.read() as tx:
            self.check("doctor finds nothing", await doctor.violations(tx, self.today), {})
            mixed = [
                select(func.count()).select_from(Choice).join(Group, Group.id == Choice.group_id)
                .join(Application, Application.id == Choice.application_id).where(Group.year != Application.year),
                select(func.count()).select_from(RequestLine).join(Request, Request.id == RequestLine.request_id)
                .join(Choice, Choice.id == RequestLine.choice_id).join(Course, Course.id == Choice.course_id)
                .where(Course.year != Request.year),
            ]  # fmt: skip
            for question in mixed:
                self.check("no row of one year in another", await tx.scalar(question), 0)

    async def lessons(self) -> dict[int, int]:
        async with self.db.read() as tx:
            rows = await tx.execute(
                select(Group.year, func.count(Lesson.id))
                .join(Lesson, Lesson.group_id == Group.id)
                .where(Lesson.archived_at.is_(None))
                .group_by(Group.year)
            )
            return dict(rows.all())

    async def taken(self) -> dict[int, int]:
        """Year → the seats taken of group Г-01."""
        async with self.db.read() as tx:
            found = await courses.offers(tx, current=False)
        return {offer.year: group.taken for offer in found for group in offer.groups if group.code == "Г-01"}

    async def requests(self) -> list[tuple[int, int]]:
        async with self.db.read() as tx:
            rows = await tx.execute(
                select(Request.year, Request.number).where(Request.organization_id == IT).order_by(Request.id)
            )
            return [(row.year, row.number) for row in rows]

    async def states(self, year: int) -> dict[int, str]:
        async with self.db.read() as tx:
            rows = await tx.execute(
                select(Application.pupil_id, Choice.state)
                .join(Choice, Choice.application_id == Application.id)
                .where(Application.year == year)
            )
            return {row.pupil_id or 0: row.state for row in rows}

    # ── the years ───────────────────────────────────────────────────────────────────────────────────────────────────

    async def first_year(self) -> None:
        """2026/2027, which runs: its enrolment is in November, as in the world of all tests."""
        await self.applies(self.world.anna, "Миша", "Робототехника")
        await self.world.anna.tap("Подтвердить")
        await self.applies(self.world.ruslan, "Дана", "Робототехника")
        await self.world.ruslan.tap("Подтвердить")
        await self.approves(2)
        await self.on(2026, 12, 1)
        await self.draws()
        await self.asks_partner()
        await self.marks(date(2026, 12, 1), "4")
        self.check("seats", await self.taken(), {2026: 2})
        await self.nothing_is_counted_twice()

    async def first_year_as_it_was(self) -> None:
        """What `first_year` leaves, its applications as rows: for who plays the turn only."""
        since = datetime(2026, 11, 20, 12, tzinfo=ZONE)
        await enroll(self.db, MISHA, ROBOTICS)
        await enroll(self.db, DANA, ROBOTICS)
        async with self.db.write() as tx:
            paper = {"number": 1, "year": FIRST, "organization_id": IT, "made_at": since}
            request = (await tx.execute(insert(Request).values(paper).returning(Request.id))).scalar_one()
            await tx.execute(insert(RequestVersion).values(request_id=request, version=1, made_at=since))
            for choice in (await tx.scalars(select(Choice.id))).all():
                await tx.execute(insert(RequestLine).values(request_id=request, choice_id=choice))
                for state in ("submitted", "approved", "requested", "enrolled"):
                    await tx.execute(insert(ChoiceChange).values(choice_id=choice, now=state, at=since))
        await self.on(2026, 12, 1)
        await self.marks(date(2026, 12, 1), "4")

    async def spring(self, year: int) -> None:
        """April to August: next year's book and enrolment beside this year's lessons; this year's end."""
        this = year - 1
        await self.on(year, 4, 15)
        before = await self.lessons()
        plan = await self.send(of_year(year))
        self.check("the plan names the year", plan.splitlines()[0], f"Книга сети, {year}/{(year + 1) % 100} учебный год:")
        after = await self.lessons()
        self.check("the book adds no lesson to the year that runs", after[this], before[this])
        self.check("the book adds a year of lessons", after[year] > 60, True)
        await self.on(year, 5, 18)
        self.check("seats of the coming year are free in May", (await self.taken())[year], 0)
        self.check("nobody has slid into the coming year", await self.states(year), {})
        await self.applies(self.world.anna, "Миша", "Робототехника")
        then = class_in("7А", year, FIRST)
        words = f"Миша, {class_in('7А', this, FIRST)}, в сентябре {then}"
        self.check("«в сентябре»", words in said(self.world.anna), True)
        await self.world.anna.tap("Подтвердить")
        await self.applies(self.world.ruslan, "Дана", "Робототехника")
        await self.world.ruslan.tap("Подтвердить")
        self.check("seats of the running year stay", (await self.taken())[this], 2)
        await self.approves(2)
        await self.on(year, 5, 25)
        await self.ends("Г-01", ANSWERS[this][0])
        await self.on(year, 5, 27)
        self.check("answered pupils learn to the end", (await self.states(this))[MISHA], "enrolled")
        await self.marks(date(year, 5, 27), "5")
        journal_now = await self.opens(self.world.anna, "Журнал", "Миша")
        self.check("the journal holds the running year", "27 мая" in journal_now, True)
        await self.on(year, 7, 2)
        journal_now = await self.opens(self.world.anna, "Журнал", "Миша")
        self.check("the journal is there after 1 July", "27 мая" in journal_now, True)
        await self.on(year, 8, 17)
        async with self.db.read() as tx:
            first = {pupil for pupil, _ in await allocation.returning(tx, year)}
        goes_on = {MISHA} if ANSWERS[this][1] == "continues" else set()
        self.check("who goes on, and who has no answer yet, has priority", first, {*goes_on, DANA})
        await self.draws()
        await self.asks_partner()
        self.check("each year has its № 1", await self.requests(), [(one, 1) for one in range(FIRST, year + 1)])
        await self.nothing_is_counted_twice()

    async def september(self, year: int) -> None:
        """The turn: the year before is closed, the September book corrects the classes, the past is read."""
        this = year - 1
        await self.on(year, 9, 1)
        right = {MISHA: ANSWERS[this][1], DANA: "unfinished"}
        self.check("the answer is the state, who has none is «без итога»", await self.states(this), right)
        await self.world.olga.send("/start")
        closed = [words for words in heard(self.world.olga, "закрыт") if f"{this}/{year} закрыт" in words]
        self.check("the coordinator hears of it once", len(closed), 1)
        await self.opens(self.world.olga, "Прошлые годы", f"{this}/{year}", "Без итога: 1")
        self.check("and reads who is «без итога»", "• Шеуджен Дана" in said(self.world.olga), True)
        async with self.db.read() as tx:
            self.check("the new year runs", (await running_now(tx, self.today)).year, year)
        await self.world.olga.attach("сеть.xlsx", book(Учебный_год=year_sheet(year), Ученики=pupils(year - FIRST)))
        same = "Ученики" not in said(self.world.olga)
        self.check("the September book says what is shown already, but that the 9th went on", same, year < FIRST + 3)
        if not same:
            await self.world.olga.tap("Применить")
        async with self.db.read() as tx:
            now = await tx.scalar(select(class_of(year)).where(Pupil.id == MISHA))
        self.check("after it everybody stands in the class it says", now, class_in("7А", year, FIRST))
        self.check("who applied learns", await self.states(year), {MISHA: "enrolled", DANA: "enrolled"})
        order = await self.order("Документы", "Приказ")
        self.check("the order is of the year", (f"{year}/{year + 1}" in order, f"{this}/{year}" in order), (True, False))
        past = await self.order("Прошлые годы", f"{this}/{year}", "Документы", "Приказ")
        self.check("the past order is of its year", (f"{this}/{year}" in past, f"{year}/{year + 1}" in past), (True, False))
        self.check("and has the class of then", str(class_in("7А", this, FIRST)) in past, True)
        await self.on(year, 10, 1)
        await self.marks(date(year, 10, 1), "3")
        now_page = await self.opens(self.world.anna, "Журнал", "Миша")
        self.check("the journal begins anew", ("1 окт" in now_page, "27 мая" in now_page), (True, False))
        for old in range(FIRST, year):
            page = await self.opens(self.world.anna, "Прошлые годы", f"{old}/{old + 1}", "Журнал", "Миша")
            self.check("a past year's journal", ("27 мая" in page, "1 окт" in page), (True, old > FIRST))
            page = await self.opens(self.world.anna, "Прошлые годы", f"{old}/{old + 1}", "Мои заявления")
            self.check("a past year's applications", page.splitlines()[0], f"📝 Заявления, {old}/{old + 1} учебный год: 1")
            page = await self.opens(self.world.irina, "Прошлые годы", f"{old}/{old + 1}", "Заявки")
            self.check("a past year's requests", page, f"📨 Заявки партнёрам, {old}/{old + 1} учебный год: 1")
            page = await self.opens(self.world.anna, "Прошлые годы", f"{old}/{old + 1}", "Расписание")
            self.check("a past year's timetable", "Робототехника" in page, True)
        async with self.db.read() as tx:
            rows = await tx.execute(
                select(Group.year, func.count(Entry.id)).join(Entry, Entry.group_id == Group.id).group_by(Group.year)
            )
            marks = dict(rows.all())
        self.check(
            "marks stand in the year of their day", marks, {one: 1 if one == year else 2 for one in range(FIRST, year + 1)}
        )
        await self.nothing_is_counted_twice()
        await self.each_year_counts_its_own(year)

    async def each_year_counts_its_own(self, last: int) -> None:
        """Two children applied in every year, were asked for and got a seat; nobody more, however many years have gone by."""
        for year in range(FIRST, last + 1):
            async with self.db.read() as tx:
                (way,) = [way for way in await funnel.ways(tx, [SCHOOL], year) if way.applied]
                whose = evidence.Whose(SCHOOL, year)
                counted = (await evidence.applications(tx, whose, datetime(2020, 1, 1, tzinfo=ZONE)))[0]
                asked = (await evidence.requests(tx, whose))[0]
            self.check("the funnel counts its year", (way.applied, way.approved, way.requested, way.enrolled), (2, 2, 2, 2))
            self.check("applications and requests of a year", (counted, asked), (2, 1))

    async def order(self, *path: str) -> str:
        from tests.requests.test_requests import text_of

        await self.opens(self.world.olga, *path)
        await self.world.olga.tap("IT")
        await self.world.olga.tap("Посмотреть черновик")
        return text_of(await self.world.olga.file(last_file(self.world.olga)))


def table(checked: Mapping[str, int]) -> str:
    """What was checked, and how often."""
    return "\n".join(f"{count:4} × {what}" for what, count in checked.items())
