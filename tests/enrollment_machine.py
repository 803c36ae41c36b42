"""Any sequence of what families, the school, the partners and the clock do to enrollment; what must hold after every step.

Six children, two courses of one group each: robotics is drawn for («заявки»), chess goes in order of arrival («по порядку»).
A step that is refused is a step like any other: it must only leave things as they have to be.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections import Counter
from collections.abc import Awaitable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from sqlalchemy import select, update

from bot.clock import Moment
from bot.policy import Person
from bot.reading.uploads import Cell, Sheet
from bot.reading.workbook.parse import parse_workbook
from bot.refusals import Faults, Refusal
from bot.services.allocation.allocation import draw_lots, draw_rest, publish
from bot.services.allocation.byhand import give_place
from bot.services.enrollment.applications import choose, submit
from bot.services.enrollment.deciding import Verdict, decide, undo
from bot.services.enrollment.departures import complete, depart
from bot.services.enrollment.regroup import regroup
from bot.services.enrollment.withdrawing import withdraw
from bot.services.network.network import carry_out, known
from bot.services.offers.offers import accept, decline
from bot.services.offers.passing import run_offers
from bot.services.people import consent
from bot.services.requests.forming import form_request
from bot.services.requests.requests import enroll, enroll_all, put_in_reserve, seen, turn_down
from bot.voice import voice
from storage.courses.courses import ALIVE, HOLDING
from storage.db import Database
from storage.doctor import violations
from storage.enrollment import funnel
from storage.people.consent import Reader, unnamed
from storage.requests import requests
from storage.tables import (
    Allocation,
    Application,
    Choice,
    ChoiceChange,
    Course,
    Group,
    PlaceOffer,
    Pupil,
    Request,
    RequestLine,
)
from tests.enrollment_world import ANNA_HERSELF, IRINA_HERSELF, MOMENT, NURBIY_HIMSELF, OLGA_HERSELF, classmates
from tests.world import CENTRE, CHESS, IT, MISHA, ROBOTICS, SCHOOL, ZONE, settings_for

COURSES, PARTNERS = (ROBOTICS, CHESS), {IT: IRINA_HERSELF, CENTRE: NURBIY_HIMSELF}
CLOSES = date(2026, 11, 12)  # the window of robotics: after it lots may be drawn
SAY = voice("ru", ZONE)
ROLL: list[tuple[int, str, str]] = [
    (MISHA, "У-701", "Петров Миша Алексеевич"),
    (2, "У-402", "Петрова Вера Алексеевна"),
    (3, "У-702", "Шеуджен Дана Руслановна"),
]

a_child = st.integers(0, 5)
a_course = st.sampled_from(COURSES)
a_partner = st.sampled_from(sorted(PARTNERS))
some_groups = st.sampled_from(([2], [2, 2], [3], [4], [1], [1, 3], []))  # the seats of each group a workbook has


class Enrollment(RuleBasedStateMachine):
    """One example: a copy of the settled network, and whatever is done to it."""

    def __init__(self, settled: Path, figures: Counter[str]) -> None:
        super().__init__()
        self.figures = figures
        self.runner = asyncio.Runner()
        self.folder = Path(tempfile.mkdtemp(prefix="enrollment-"))
        shutil.copy(settled, self.folder / "bot.sqlite3")
        self.db = Database(f"sqlite+aiosqlite:///{self.folder / 'bot.sqlite3'}")
        self.settings = settings_for("http://127.0.0.1:1", "sqlite+aiosqlite:///none", self.folder)
        self.now = MOMENT
        self.families: dict[int, Person] = {}
        self.runner.run(self._begin())

    async def _begin(self) -> None:
        await self.db.open()
        self.families = {MISHA: ANNA_HERSELF, **await classmates(self.db, 5)}
        async with self.db.write() as tx:
            await tx.execute(update(Course).where(Course.id == ROBOTICS).values(closes_on=CLOSES))
            await tx.execute(update(Course).where(Course.id == CHESS).values(selection="queue"))
            await tx.execute(update(Group).values(seats=2, minimum=None))
        for number in range(4):  # whichever rules an example is made of, there is something to do
            pupil, by = self.child(number)
            for course in COURSES if number % 2 else reversed(COURSES):
                application = await choose(self.db, pupil, course, by=by, at=self.at)
            await submit(self.db, application, by=by, now=self.now, today=self.today)

    def teardown(self) -> None:
        self.runner.run(self.db.close())
        self.runner.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    # ── hands ───────────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def at(self) -> Moment:
        return Moment(self.now, ZONE)

    @property
    def today(self) -> date:
        return self.now.astimezone(ZONE).date()

    def do(self, name: str, step: Awaitable[Any]) -> None:
        """Take a step, allowed or not; a second passes."""
        self.now += timedelta(seconds=1)
        self.figures["steps"] += 1

        async def taken() -> None:
            try:
                await step
                self.figures[name] += 1
            except Refusal:
                self.figures["refused"] += 1

        self.runner.run(taken())

    def child(self, number: int) -> tuple[int, Person]:
        pupil = sorted(self.families)[number]
        return pupil, self.families[pupil]

    def choice(self, number: int, course: int) -> int:
        """The child's newest wish for this course; 0: none."""

        async def found() -> int:
            async with self.db.read() as tx:
                mine = select(Choice.id).join(Application).where(Application.pupil_id == self.child(number)[0])
                return await tx.scalar(mine.where(Choice.course_id == course).order_by(Choice.id.desc()).limit(1)) or 0

        return self.runner.run(found())

    def paper(self, number: int) -> int:
        """The child's newest application; 0: none."""

        async def found() -> int:
            async with self.db.read() as tx:
                mine = select(Application.id).where(Application.pupil_id == self.child(number)[0])
                return await tx.scalar(mine.order_by(Application.id.desc()).limit(1)) or 0

        return self.runner.run(found())

    def some(self, number: int, course: int, *states: str) -> tuple[int, int, int]:
        """(wish, course, its child's number): one in these states if there is one, else the child's newest for this course."""

        async def found() -> list[Any]:
            async with self.db.read() as tx:
                rows = select(Choice.id, Choice.course_id, Application.pupil_id).join(Application).where(Choice.state.in_(states))
                return list((await tx.execute(rows.order_by(Choice.id))).all())

        rows = self.runner.run(found())
        if not rows:
            return self.choice(number, course), course, number
        wish, of, pupil = rows[number % len(rows)]
        return wish, of, sorted(self.families).index(pupil)

    def request(self, partner: int) -> int:
        async def found() -> int:
            async with self.db.read() as tx:
                return await tx.scalar(select(Request.id).where(Request.organization_id == partner)) or 0

        return self.runner.run(found())

    # ── families ────────────────────────────────────────────────────────────────────────────────────────────────────

    @rule(number=a_child, wanted=st.permutations(COURSES), count=st.integers(1, 2), sends=st.booleans())
    def applies(self, number: int, wanted: list[int], count: int, sends: bool) -> None:
        async def step() -> None:
            pupil, by = self.child(number)
            application = 0
            for course in wanted[:count]:
                application = await choose(self.db, pupil, course, by=by, at=Moment(self.now, ZONE))
            if sends:
                await submit(self.db, application, by=by, now=self.now, today=self.today)

        self.do("applied", step())

    @rule(number=a_child, course=st.sampled_from((0, *COURSES)))
    def withdraws(self, number: int, course: int) -> None:
        choice = self.choice(number, course) if course else 0
        self.do("withdrew", withdraw(self.db, self.paper(number), choice, by=self.child(number)[1], now=self.now))

    @rule(number=a_child, course=a_course, takes=st.booleans())
    def answers_an_offer(self, number: int, course: int, takes: bool) -> None:
        choice, _, whose = self.some(number, course, "offered")
        by = self.child(whose)[1]
        if takes:
            self.do("accepted", accept(self.db, choice, by=by, now=self.now, today=self.today))
        else:
            self.do("gave up", decline(self.db, choice, by=by, now=self.now))

    @rule(number=a_child, partner=a_partner, agreed=st.booleans())
    def names(self, number: int, partner: int, agreed: bool) -> None:
        pupil, by = self.child(number)
        self.do("named", consent.choose(self.db, pupil, ("partner", partner), agreed=agreed, by=by, now=self.now))

    # ── the school ──────────────────────────────────────────────────────────────────────────────────────────────────

    @rule(number=a_child, word=st.sampled_from(("approve", "approve", "return", "decline")))
    def decides(self, number: int, word: Any) -> None:
        _, _, whose = self.some(number, ROBOTICS, "submitted")
        verdict = Verdict(word, reason="так надо", override="можно")
        self.do("decided", decide(self.db, self.paper(whose), verdict, by=OLGA_HERSELF, at=self.at))

    @rule()
    def goes_on(self) -> None:
        """The office's day: everybody approved, lots drawn where they may be, both partners asked."""
        for number in range(6):
            verdict = Verdict("approve", override="можно")
            self.do("decided", decide(self.db, self.paper(number), verdict, by=OLGA_HERSELF, at=self.at))
        if self.today > CLOSES:
            self.do("drawn", self._draw())
        for partner in sorted(PARTNERS):
            self.do("asked", form_request(self.db, SCHOOL, partner, by=OLGA_HERSELF, now=self.now, year=2026, zone=ZONE))

    @rule(number=a_child)
    def takes_back(self, number: int) -> None:
        self.do("taken back", undo(self.db, self.paper(number), by=OLGA_HERSELF, at=self.at))

    @rule()
    def draws(self) -> None:
        if self.today <= CLOSES:
            self.now = datetime(2026, 11, 13, 9, tzinfo=ZONE).astimezone(self.now.tzinfo)
        self.do("drawn", self._draw())

    async def _draw(self) -> None:
        made = await draw_lots(self.db, by=OLGA_HERSELF, now=self.now, today=self.today, year=2026)
        await publish(self.db, made, "", by=OLGA_HERSELF, at=self.at, say=SAY)

    @rule()
    def draws_the_rest(self) -> None:
        async def step() -> None:
            made = await draw_rest(self.db, by=OLGA_HERSELF, now=self.now, today=self.today)
            await publish(self.db, made, "", by=OLGA_HERSELF, at=self.at, say=SAY)

        self.do("rest drawn", step())

    @rule(number=a_child, course=a_course)
    def gives_by_hand(self, number: int, course: int) -> None:
        choice, _, _ = self.some(number, course, "approved", "reserve")
        self.do("by hand", give_place(self.db, choice, "так надо", by=OLGA_HERSELF, now=self.now, today=self.today))

    @rule(partner=a_partner)
    def asks(self, partner: int) -> None:
        self.do("asked", form_request(self.db, SCHOOL, partner, by=OLGA_HERSELF, now=self.now, year=2026, zone=ZONE))

    # ── the partners ────────────────────────────────────────────────────────────────────────────────────────────────

    @rule(number=a_child, course=a_course, word=st.sampled_from(("enroll", "enroll", "reserve", "decline")))
    def answers(self, number: int, course: int, word: str) -> None:
        choice, of, _ = self.some(number, course, "requested")
        by = PARTNERS[IT if of == ROBOTICS else CENTRE]
        if word == "enroll":
            self.do("enrolled", enroll(self.db, choice, by=by, now=self.now, today=self.today))
        elif word == "reserve":
            self.do("reserved", put_in_reserve(self.db, choice, by=by, now=self.now, today=self.today))
        else:
            self.do("declined", turn_down(self.db, choice, "так надо", by=by, now=self.now))

    @rule(partner=a_partner)
    def enrolls_all(self, partner: int) -> None:
        request = self.request(partner)
        self.do("all enrolled", enroll_all(self.db, request, by=PARTNERS[partner], now=self.now, today=self.today))

    @rule(number=a_child, course=a_course, how=st.sampled_from(("left", "completed", "moved")))
    def ends(self, number: int, course: int, how: str) -> None:
        choice, of, _ = self.some(number, course, "enrolled")
        if how == "left":
            self.do("left", depart(self.db, choice, "так надо", by=OLGA_HERSELF, now=self.now))
        elif how == "completed":
            self.do("completed", complete(self.db, choice, by=OLGA_HERSELF, now=self.now))
        else:
            self.do("moved", regroup(self.db, choice, self.other_group(of), by=OLGA_HERSELF, now=self.now))

    def other_group(self, course: int) -> int:
        async def found() -> int:
            async with self.db.read() as tx:
                of = select(Group.id).where(Group.course_id == course, Group.archived_at.is_(None))
                return await tx.scalar(of.order_by(Group.id.desc()).limit(1)) or 0

        return self.runner.run(found())

    # ── the clock and the workbook ──────────────────────────────────────────────────────────────────────────────────

    @rule(hours=st.sampled_from((0, 1, 30, 200)))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        self.do("ticks", run_offers(self.db, now=self.now, settings=self.settings))
        self.runner.run(self._no_more_promised_than_there_is())

    @rule(robots=some_groups, chess=some_groups, drawn=st.sampled_from((False, False, False, True)))
    def reloads_groups(self, robots: list[int], chess: list[int], drawn: bool) -> None:
        heading: list[Cell] = ["Код", "Курс", "Педагог", "Мест"]
        groups: list[list[Cell]] = [[code, "К-01", "С-11", seats] for code, seats in zip(("Г-01", "Г-03"), robots, strict=False)]
        groups += [[code, "К-02", "С-21", seats] for code, seats in zip(("Г-02", "Г-04"), chess, strict=False)]
        courses: list[list[Cell]] = [
            ["Код", "Название", "Организация", "Направленность", "Классы", "Выбор", "Окно с", "Окно по"],
            ["К-01", "Робототехника", "О-03", "техническая", "5-8", "заявки", "01.11.2026", "12.11.2026"],
            ["К-02", "Шахматы", "О-01", "спортивная", "1-9", "заявки" if drawn else "по порядку", "01.11.2026", "30.11.2026"],
        ]
        rules: list[list[Cell]] = [["Группа", "День", "Начало", "Конец"]]
        rules += [[row[0], "чт" if row[1] == "К-01" else "ср", "15:00", "16:30"] for row in groups if row[0] in ("Г-01", "Г-02")]
        self.do("reloaded", self._load({"Группы": [heading, *groups], "Курсы": courses, "Расписание": rules}))

    @rule(gone=st.sampled_from((set[int](), set[int](), {1}, {2}, {4, 5})))
    def reloads_pupils(self, gone: set[int]) -> None:
        away = {self.child(number)[0] for number in gone}
        rows: list[list[Cell]] = [["Код", "ФИО", "Класс"]]
        rows += [[code, name, "4Б" if pupil == 2 else "7А"] for pupil, code, name in ROLL if pupil not in away]
        rows += [[f"У-{n}", f"Фамилия{n} Имя{n}", "7А"] for n in range(100, 105) if n not in away]
        self.do("roll", self._load({"Ученики": rows}))

    async def _load(self, tables: dict[str, list[list[Cell]]]) -> None:
        sheets = [Sheet(name, rows) for name, rows in tables.items()]
        book = parse_workbook(sheets, academic_year=2026, known=await known(self.db, 2026))
        try:
            await carry_out(self.db, book, by=OLGA_HERSELF, now=self.now, zone=ZONE)
        except Faults:
            self.figures["workbooks refused"] += 1
            raise

    # ── what must hold ──────────────────────────────────────────────────────────────────────────────────────────────

    @invariant()
    def holds(self) -> None:
        self.runner.run(self._holds())

    async def _holds(self) -> None:
        async with self.db.read() as tx:
            assert await violations(tx) == {}
            rows = (
                await tx.execute(
                    select(Choice, Application.pupil_id, Pupil.archived_at, Group, Course.archived_at, Course.organization_id)
                    .join(Application, Application.id == Choice.application_id)
                    .join(Pupil, Pupil.id == Application.pupil_id)
                    .join(Course, Course.id == Choice.course_id)
                    .outerjoin(Group, Group.id == Choice.group_id)
                )
            ).all()
            named = set(await tx.scalars(select(RequestLine.choice_id)))
            for partner in PARTNERS:
                named |= {one.choice_id for one in await requests.approved(tx, SCHOOL, partner, 2026)}
                named |= {one.choice_id for one in await requests.unconsented(tx, [SCHOOL], partner)}
            drawn = await tx.scalar(select(Allocation.id).limit(1))
            reached: dict[int, set[str]] = {}
            for choice_id, now in await tx.execute(select(ChoiceChange.choice_id, ChoiceChange.now)):
                reached.setdefault(choice_id, set()).add(now)
            told = {way.course_id: way for way in await funnel.ways(tx, [SCHOOL], 2026)}
            learn: Counter[int] = Counter()
            stages: dict[int, Counter[str]] = {course: Counter() for course in COURSES}
            for choice, pupil, pupil_gone, group, course_gone, _ in rows:
                if choice.state == "enrolled":
                    assert group is not None, "learns nowhere"
                    learn[group.id] += 1
                    assert learn[group.id] <= group.seats, "more learn than there are seats"
                    assert choice.id in named, "enrolled, and in no version of a request"
                if choice.state in ALIVE:
                    assert pupil_gone is None, f"{pupil} has left the school, and is {choice.state}"
                    assert course_gone is None, f"{choice.state} of a course that is gone"
                    assert getattr(group, "archived_at", None) is None, f"{choice.state} in a group that is gone"
                if choice.state == "requested":
                    assert choice.id in named
                if choice.course_id == ROBOTICS and choice.state in ("requested", "enrolled", "reserve") and drawn is None:
                    assert reached[choice.id] & {"approved"}
                if choice.state != "draft":
                    _count(stages[choice.course_id], choice, reached.get(choice.id, set()))
            for course in COURSES:
                way, mine = told[course], stages[course]
                said = (way.applied, way.approved, way.requested, way.enrolled, way.reserve)
                assert said == tuple(mine[name] for name in ("applied", "approved", "requested", "enrolled", "reserve"))
                assert way.applied >= way.approved >= way.requested
            offered = {choice.id for choice, *_ in rows if choice.state == "offered"}
            opened = set(await tx.scalars(select(PlaceOffer.choice_id).where(PlaceOffer.ended_at.is_(None))))
            assert offered <= opened, "offered, without a deadline"
            await self._named_to_whom_it_was_agreed(tx)

    async def _named_to_whom_it_was_agreed(self, tx: Any) -> None:
        for partner, admin in PARTNERS.items():
            request = await tx.scalar(select(Request.id).where(Request.organization_id == partner))
            if request is None:
                continue
            whole = await seen(tx, request, admin)
            hidden = await unnamed(tx, [line.pupil_id for line in whole.lines], partner, Reader.at(partner))
            assert [line.child for line in whole.lines if line.pupil_id in hidden and line.child] == []

    async def _no_more_promised_than_there_is(self) -> None:
        """After a tick: open offers and places given are no more than seats."""
        async with self.db.read() as tx:
            held = Choice.state.in_(HOLDING) & Choice.reserve_at.is_(None)
            rows = await tx.execute(
                select(Group.id, Group.seats, Choice.state).join(Choice, Choice.group_id == Group.id).where(held)
            )
            taken, offered, seats = Counter[int](), Counter[int](), {}
            for group, count, state in rows:
                seats[group] = count
                taken[group] += 1
                offered[group] += state == "offered"
        assert [group for group in taken if taken[group] > seats[group] and offered[group]] == []


def _count(stage: Counter[str], choice: Choice, reached: set[str]) -> None:
    for name, state in (("applied", "submitted"), ("approved", "approved"), ("requested", "requested")):
        stage[name] += state in reached
    stage["enrolled"] += choice.state in ("enrolled", "completed")
    in_line = choice.state == "approved" and choice.reserve_at is not None
    stage["reserve"] += choice.state in ("reserve", "offered") or in_line
