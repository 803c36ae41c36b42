"""What ends from outside: a guardian's right to act (custody), a course, a partner; and what the school proposes in its place."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import rule
from sqlalchemy import func, select

from bot.reading.uploads import Cell
from bot.services.offers.proposing import Hand, Whom, possible, proposal, propose, settle
from bot.services.people.people import end_guardianship
from storage.tables import Guardianship
from storage.tables import Person as PersonRow
from tests.machine.books import COURSE_HEAD, Books
from tests.machine.hands import SCHOOLS, a_child, a_course, a_guardian
from tests.machine.school import a_school

ORGANIZATIONS: list[list[Cell]] = [
    ["О-00", "МБОУ «СОШ № 1»", "базовая"],
    ["О-50", "Гимназия №5", "базовая"],
    ["О-01", "ЦДО", "партнёр"],
    ["О-03", "Центр развития IT-образования", "партнёр"],
]
ROADS: list[list[Cell]] = [["О-00", "О-01", 15], ["О-00", "О-03", 10]]
STAFF: list[list[Cell]] = [
    ["С-01", "Хачирова Ольга Муратовна", "О-00", "координатор"],
    ["С-02", "Иванов Сергей Ильич", "О-00", "директор"],
    ["С-51", "Ачмиз Тамара Исмаиловна", "О-50", "координатор"],
    ["С-11", "Ким Павел Андреевич", "О-03", "педагог"],
    ["С-12", "Белова Ирина Олеговна", "О-03", "администратор"],
    ["С-21", "Тлехас Зарема Аслановна", "О-01", "педагог"],
    ["С-22", "Хуажев Нурбий Рамазанович", "О-01", "администратор"],
]
TAUGHT: list[list[Cell]] = [
    ["К-01", "Робототехника", "О-03", "техническая", "5-8", "заявки", "01.11.2026", "12.11.2026"],
    ["К-02", "Шахматы", "О-01", "спортивная", "1-9", "по порядку", "01.11.2026", "30.11.2026"],
]
GROUPS: list[list[Cell]] = [["Г-01", "К-01", "С-11", 3], ["Г-02", "К-02", "С-21", 3], ["Г-04", "К-02", "С-21", 2]]
HOURS: list[list[Cell]] = [["Г-01", "чт", "15:00", "16:30"], ["Г-02", "ср", "15:00", "16:30"]]


class Endings(Books):
    @rule(number=a_child, which=a_guardian)
    def custody_ends(self, number: int, which: int) -> None:
        person = self.guardian(number, which).id or 0
        mine = select(Guardianship.id).where(Guardianship.pupil_id == self.pupils[number], Guardianship.until.is_(None))
        row = self.asked(mine.where(Guardianship.person_id == person))
        if self.do("custody ended", end_guardianship(self.db, row, by=self.office(number), now=self.now)):
            self.outside.add(person)

    @rule(number=a_child)
    def another_guardian_comes(self, number: int) -> None:
        account = 3000 + self.asked(select(func.count()).select_from(PersonRow))

        async def step() -> None:
            async with self.db.write() as tx:
                await self.comes_in(tx, account, self.pupils[number])

        self.do("another guardian", step())
        self.guards[self.pupils[number]].insert(0, account)

    @rule(what=st.sampled_from(("К-01", "К-02", "О-01", "О-03", "", "")))
    def something_goes(self, what: str) -> None:
        """A whole book without a course, without a partner with everything of it, or with nothing missing."""
        courses = [row for row in TAUGHT if what not in (row[0], row[2])]
        kept = {row[0] for row in courses}
        groups = [row for row in GROUPS if row[1] in kept]
        tables: dict[str, list[list[Cell]]] = {
            "Организации": [["Код", "Название", "Роль"], *(row for row in ORGANIZATIONS if row[0] != what)],
            "Сотрудники": [["Код", "ФИО", "Организация", "Роль"], *(row for row in STAFF if row[2] != what)],
            "Дорога": [["Откуда", "Куда", "Минут"], *(row for row in ROADS if what not in row)],
            "Курсы": [COURSE_HEAD, *courses],
            "Группы": [["Код", "Курс", "Педагог", "Мест"], *groups],
            "Расписание": [
                ["Группа", "День", "Начало", "Конец"],
                *(row for row in HOURS if row[0] in {one[0] for one in groups}),
            ],
        }
        self._load(f"without {what}" if what else "whole again", tables)

    @rule(course=a_course, school=a_school)
    def proposes_another(self, course: int, school: int) -> None:
        by, whom = self.run(self.who(SCHOOLS[school])), Whom(course)

        async def step() -> None:
            async with self.db.read() as tx:
                found = await possible(tx, whom, by=by, today=self.today)
                if not found:
                    return
                seen = (await proposal(tx, whom, found[0].group.id, by=by, today=self.today)).digest
            made = await propose(self.db, whom, found[0].group.id, Hand(by, self.at, self.settings), seen=seen)
            self.figures["proposed"] += len(made.going)

        self.do("proposing", step())

    @rule(course=a_course, school=a_school)
    def proposes_no_more(self, course: int, school: int) -> None:
        self.do("settled", settle(self.db, Whom(course), by=self.run(self.who(SCHOOLS[school])), at=self.at))
