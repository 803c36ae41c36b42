"""The network an example plays in, who plays, how a step is taken, and where the wishes of a child stand.

Six children of two schools-to-be, two courses of one group each: robotics is drawn for («заявки»), chess goes in order of arrival
(«по порядку»). Two of the children have two guardians, one has a telephone of its own.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Coroutine
from datetime import date, timedelta
from typing import Any, TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine
from sqlalchemy import insert, select, text, update

from bot.clock import Moment
from bot.policy import Person
from bot.refusals import Refusal
from bot.services.enrollment.applications import choose, submit
from bot.services.people.people import recognise
from storage.db import Database
from storage.tables import Application, Choice, Consent, Course, Group, Guardianship, Organization, Pupil, Request, Staff
from storage.tables import Person as PersonRow
from tests.enrollment_world import MOMENT, classmates
from tests.machine.ground import Grounds
from tests.world import ANNA, CENTRE, CHESS, IRINA, IT, MISHA, NURBIY, OLGA, ROBOTICS, SCHOOL, TELEGRAM, ZONE, settings_for

T = TypeVar("T")

COURSES, PARTNERS = (ROBOTICS, CHESS), {IT: TELEGRAM[IRINA], CENTRE: TELEGRAM[NURBIY]}
GYMNASIUM, TAMARA, DZHANET, ALI = 50, 51, 61, 62  # a second school, its coordinator; second guardians of Misha and of child 101
CLOSES = date(2026, 11, 12)  # the window of robotics: after it lots may be drawn
SCHOOLS = {SCHOOL: TELEGRAM[OLGA], GYMNASIUM: TAMARA}

a_child = st.integers(0, 5)
a_course = st.sampled_from(COURSES)
a_partner = st.sampled_from(sorted(PARTNERS))
a_guardian = st.integers(0, 1)  # of those who have two


class Hands(RuleBasedStateMachine):
    """One example: a copy of the settled network, and whatever is done to it."""

    def __init__(self, grounds: Grounds, figures: Counter[str]) -> None:
        super().__init__()
        self.figures = figures
        self.ground = grounds()
        self.runner = asyncio.Runner()
        self.db = Database(self.ground.url)
        self.settings = settings_for("http://127.0.0.1:1", "sqlite+aiosqlite:///none", self.ground.folder)
        self.now = MOMENT
        self.outside: set[int] = set()  # persons whose guardianship was ended
        self.changed = True  # since what must hold was looked at
        self.pupils: list[int] = []
        self.guards: dict[int, list[int]] = {}  # pupil → the Telegram accounts of its guardians
        self.run(self._begin())

    async def _begin(self) -> None:
        await self.db.open()
        families = await classmates(self.db, 5)
        if not self.db.is_sqlite:  # they have ids of their own: a workbook's new pupils come after them
            async with self.db.write() as tx:
                await tx.execute(text("SELECT setval(pg_get_serial_sequence('pupils', 'id'), 1000)"))
        self.guards = {MISHA: [TELEGRAM[ANNA], DZHANET]} | {pupil: [pupil] for pupil in families}
        self.guards[101].append(ALI)
        self.pupils = sorted(self.guards)
        async with self.db.write() as tx:
            await tx.execute(update(Course).where(Course.id == ROBOTICS).values(closes_on=CLOSES))
            await tx.execute(update(Course).where(Course.id == CHESS).values(selection="queue"))
            await tx.execute(update(Group).values(seats=2, minimum=None))
            school = {"id": GYMNASIUM, "code": "О-50", "name": "Гимназия №5", "role": "base"}
            await tx.execute(insert(Organization).values(school))
            for person, pupil in ((DZHANET, MISHA), (ALI, 101), (TAMARA, None)):
                await self.comes_in(tx, person, pupil)
            post = {"code": "С-51", "full_name": "Ачмиз Тамара Исмаиловна", "role": "coordinator", "organization_id": GYMNASIUM}
            await tx.execute(insert(Staff).values(id=51, person_id=TAMARA, **post))
        for number in range(4):  # whichever rules an example is made of, there is something to do
            pupil, by = self.pupils[number], await self.guardian_of(number)
            application = 0
            for course in COURSES if number % 2 else reversed(COURSES):
                application = await choose(self.db, pupil, course, by=by, at=self.at)
            await submit(self.db, application, by=by, now=self.now, today=self.today)

    async def comes_in(self, tx: Any, account: int, pupil: int | None, person: int | None = None) -> None:
        """Somebody new (`person`: their id, else that of their account), as a guardian who has agreed to everything."""
        person = person or account
        await tx.execute(insert(PersonRow).values(id=person, telegram_id=account, name="Кто-то Ещё", created_at=self.now))
        if pupil is None:
            return
        await tx.execute(insert(Guardianship).values(person_id=person, pupil_id=pupil, since=self.now))
        agreed = {"person_id": person, "pupil_id": pupil, "text_version": "2026-08", "basis": "мать", "given_at": self.now}
        given = [("processing", None), ("messages", None), *(("partner", partner) for partner in PARTNERS)]
        for purpose, partner in given:
            await tx.execute(insert(Consent).values(**agreed, purpose=purpose, organization_id=partner))

    def teardown(self) -> None:
        self.run(self.db.close())
        self.runner.close()
        self.ground.drop()

    # ── steps ───────────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def at(self) -> Moment:
        return Moment(self.now, ZONE)

    @property
    def today(self) -> date:
        return self.now.astimezone(ZONE).date()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(work)

    def do(self, name: str, step: Awaitable[Any], by: Person | None = None) -> bool:
        """Take a step, allowed or not; a second passes. `by`: of the family, who reads the answer on their page."""
        self.now += timedelta(seconds=1)
        self.figures["steps"] += 1

        async def taken() -> bool:
            try:
                await step
            except Refusal as refused:
                self.figures["refused"] += 1
                self.figures[f"{name}: {refused}"] += 0  # which ones, for who looks
                return False
            self.figures[name] += 1
            return True

        done = self.run(taken())
        done = done and not (
            by is not None and by.id in self.outside
        )  # whatever one whose guardianship has ended does is nothing
        self.changed |= done
        self.step_taken(by.id if by is not None and done else None, done=done)
        return done

    def step_taken(self, by: int | None, *, done: bool) -> None:
        """Said after every step, done or refused; `by`: the person of the family who took it."""
        raise NotImplementedError

    # ── people ──────────────────────────────────────────────────────────────────────────────────────────────────────

    async def who(self, account: int) -> Person:
        """Whoever has this Telegram account, with the rights they have now."""
        return await recognise(self.db, account, self.settings)

    async def guardian_of(self, number: int, which: int = 0) -> Person:
        accounts = self.guards[self.pupils[number]]
        return await self.who(accounts[which % len(accounts)])

    def guardian(self, number: int, which: int = 0) -> Person:
        return self.run(self.guardian_of(number, which))

    def office(self, number: int) -> Person:
        """The coordinator of the child's school."""
        return self.run(self._office(self.pupils[number]))

    async def _office(self, pupil: int) -> Person:
        async with self.db.read() as tx:
            school = await tx.scalar(select(Pupil.school_id).where(Pupil.id == pupil))
        return await self.who(SCHOOLS[school or SCHOOL])

    def partner(self, organization: int) -> Person:
        return self.run(self.who(PARTNERS[organization]))

    # ── wishes ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def asked(self, question: Any) -> int:
        """A number the database knows; 0: none."""

        async def found() -> int:
            async with self.db.read() as tx:
                return await tx.scalar(question.limit(1)) or 0

        return self.run(found())

    def choice(self, number: int, course: int) -> int:
        """The child's newest wish for this course; 0: none."""
        mine = select(Choice.id).join(Application).where(Application.pupil_id == self.pupils[number])
        return self.asked(mine.where(Choice.course_id == course).order_by(Choice.id.desc()))

    def paper(self, number: int) -> int:
        """The child's newest application; 0: none."""
        mine = select(Application.id).where(Application.pupil_id == self.pupils[number])
        return self.asked(mine.order_by(Application.id.desc()))

    def some(self, number: int, course: int, *states: str) -> tuple[int, int, int]:
        """(wish, course, its child's number): one in these states if there is one, else the child's newest for this course."""

        async def found() -> list[Any]:
            async with self.db.read() as tx:
                rows = select(Choice.id, Choice.course_id, Application.pupil_id).join(Application)
                rows = rows.where(Choice.state.in_(states), Application.pupil_id.is_not(None))
                return list((await tx.execute(rows.order_by(Choice.id))).all())

        rows = self.run(found())
        if not rows:
            return self.choice(number, course), course, number
        wish, of, pupil = rows[number % len(rows)]
        return wish, of, self.pupils.index(pupil)

    def request(self, partner: int, school: int = SCHOOL) -> int:
        of = select(Request.id).where(Request.organization_id == partner, Request.school_id == school)
        return self.asked(of.order_by(Request.id.desc()))
