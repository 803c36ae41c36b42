"""What the clock and the workbooks do: hours pass, groups, courses and seats come and go, pupils leave, change class or school."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from bot.reading.uploads import Cell, Sheet
from bot.reading.workbook.parse import parse_workbook
from bot.refusals import Faults
from bot.services.network.network import carry_out, known
from bot.services.offers.passing import run_offers
from tests.machine.hands import Hands
from tests.world import MISHA, ZONE

ROLL: list[tuple[int, str, str]] = [
    (MISHA, "У-701", "Петров Миша Алексеевич"),
    (2, "У-402", "Петрова Вера Алексеевна"),
    (3, "У-702", "Шеуджен Дана Руслановна"),
    *((number, f"У-{number}", f"Фамилия{number} Имя{number}") for number in range(100, 105)),
]
COURSE_HEAD: list[Cell] = ["Код", "Название", "Организация", "Направленность", "Классы", "Выбор", "Окно с", "Окно по"]

some_groups = st.sampled_from(([2], [2, 2], [3], [4], [1], [1, 3], []))  # the seats of each group a workbook has
nobody = frozenset[int]()
some_pupils = st.sampled_from((nobody, nobody, nobody, frozenset({0}), frozenset({1}), frozenset({2}), frozenset({4, 5})))


class Books(Hands):
    @rule(hours=st.sampled_from((0, 1, 30, 200)))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        self.do("ticks", run_offers(self.db, now=self.now + timedelta(seconds=1), settings=self.settings))
        self.ticked()

    def ticked(self) -> None:
        """Said when the clock has done its work."""
        raise NotImplementedError

    @rule(
        robots=some_groups,
        chess=some_groups,
        drawn=st.sampled_from((False, False, False, True)),
        gone=st.sampled_from(("", "", "", "", "К-01", "К-02")),
    )
    def reloads_groups(self, robots: list[int], chess: list[int], drawn: bool, gone: str) -> None:
        heading: list[Cell] = ["Код", "Курс", "Педагог", "Мест"]
        groups: list[list[Cell]] = [[code, "К-01", "С-11", seats] for code, seats in zip(("Г-01", "Г-03"), robots, strict=False)]
        groups += [[code, "К-02", "С-21", seats] for code, seats in zip(("Г-02", "Г-04"), chess, strict=False)]
        groups = [row for row in groups if row[1] != gone]
        courses: list[list[Cell]] = [
            ["К-01", "Робототехника", "О-03", "техническая", "5-8", "заявки", "01.11.2026", "12.11.2026"],
            ["К-02", "Шахматы", "О-01", "спортивная", "1-9", "заявки" if drawn else "по порядку", "01.11.2026", "30.11.2026"],
        ]
        courses = [COURSE_HEAD, *(row for row in courses if row[0] != gone)]
        rules: list[list[Cell]] = [["Группа", "День", "Начало", "Конец"]]
        rules += [[row[0], "чт" if row[1] == "К-01" else "ср", "15:00", "16:30"] for row in groups if row[0] in ("Г-01", "Г-02")]
        self._load("reloaded", {"Группы": [heading, *groups], "Курсы": courses, "Расписание": rules})

    @rule(gone=some_pupils, elsewhere=some_pupils, younger=some_pupils)
    def reloads_pupils(self, gone: frozenset[int], elsewhere: frozenset[int], younger: frozenset[int]) -> None:
        """The rolls of both schools: who has left, who goes to the other one, who is in another class."""
        number = {pupil: place for place, pupil in enumerate(self.pupils)}
        rows: list[list[Cell]] = [["Код", "ФИО", "Класс", "Школа"]]
        for pupil, code, name in ROLL:
            mine = number.get(pupil, -1)
            if mine not in gone:
                class_name = "4Б" if pupil == 2 or mine in younger else "7А"
                rows.append([code, name, class_name, "О-50" if mine in elsewhere else "О-00"])
        rows.append(["Г-901", "Гучетль Аслан Русланович", "7А", "О-50"])
        self._load("roll", {"Ученики": rows})

    def _load(self, name: str, tables: dict[str, list[list[Cell]]]) -> None:
        async def step() -> None:
            sheets = [Sheet(title, rows) for title, rows in tables.items()]
            book = parse_workbook(sheets, academic_year=2026, known=await known(self.db, 2026))
            try:
                await carry_out(self.db, book, by=None, now=self.now, zone=ZONE)
            except Faults as faults:
                self.figures["workbooks refused"] += 1
                self.figures[f"{name}: {[str(one) for one in faults.faults][:1]}"] += 0
                raise

        self.do(name, step())
