"""The network of the demo: the five partners are the passport's; courses, people and marks are invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

from bot.demo.resources import furniture, with_needs
from bot.services.workdays import WorkingCalendar

Row = tuple[Any, ...]

SCHOOL = "МБОУ СОШ №8"


@dataclass(frozen=True)
class Cast:
    """Somebody of the story: whom they are to the network, and how the chat page introduces them."""

    telegram_id: int
    name: str
    role: str
    code: str  # of the workbook: a pupil's for families, one's own for staff
    about: str


ANNA = Cast(101, "Анна", "guardian", "У-701", "мама Миши, 7А")
MISHA = Cast(102, "Миша", "student", "У-701", "ученик 7А")
RUSLAN = Cast(103, "Руслан", "guardian", "У-702", "папа Даны, 7А")
OLGA = Cast(104, "Ольга", "coordinator", "С-01", "заместитель директора, ответственная за сеть")
SERGEY = Cast(105, "Сергей", "director", "С-02", "директор школы")
PAVEL = Cast(106, "Павел", "teacher", "С-31", "педагог робототехники")
IRINA = Cast(107, "Ирина", "partner", "С-32", "администратор IT-центра")
NURBIY = Cast(108, "Нурбий", "partner", "С-12", "администратор ЦДО")
ZAREMA = Cast(109, "Зарема", "teacher", "С-11", "педагог шахмат")
GUEST = Cast(110, "Незнакомец", "", "", "пришёл без приглашения")

PEOPLE = (ANNA, MISHA, RUSLAN, OLGA, SERGEY, PAVEL, IRINA, NURBIY, ZAREMA, GUEST)


def demo_day(today: date) -> date:
    """The Wednesday of autumn's taught weeks that is nearest to today: lessons follow on Thursday and Friday, and the
    half-year's report is still to come. In spring it is the last one of the autumn before, in summer the first of the next.
    """
    year = academic_year(today)
    first, last = date(year, 9, 15), date(year, 12, 12)
    day = min(max(today, first), last - timedelta(days=6))
    day += timedelta(days=(2 - day.weekday()) % 7)
    state = WorkingCalendar()
    taught = all(state.is_working(day + timedelta(days=ahead)) for ahead in range(3))
    return day if taught else day + timedelta(weeks=1)


def demo_moment(now: datetime, zone: ZoneInfo) -> datetime:
    """Ten in the morning of the demo's day, in UTC."""
    return datetime.combine(demo_day(now.astimezone(zone).date()), time(10), zone).astimezone(UTC)


def academic_year(today: date) -> int:
    return today.year if today.month >= 7 else today.year - 1


def sheets(today: date, *, older: int = 0, window: tuple[date, date] | None = None) -> dict[str, tuple[Row, list[Row]]]:
    """The workbook: heading and rows of each sheet, as on the demo's day. `older`: years since then; `window`: of enrolment."""
    return {
        "Организации": _organizations(),
        "Сотрудники": _staff(),
        "Ученики": _pupils(older),
        "Курсы": with_needs(*_courses(today, window)),
        "Группы": _groups(),
        "Расписание": _slots(),
        "Занятость классов": _class_hours(),
        **furniture(),
        "Программа": _topics(),
        "Дорога": (
            ("Откуда", "Куда", "Минут"),
            [("ШК", "ЦДО", 15), ("ШК", "ДЮСШ", 20), ("ШК", "IT", 10), ("ШК", "БИБ", 5), ("ШК", "ДК", 25), ("ЦДО", "IT", 10)],
        ),
        "Календарь": _calendar(today),
    }


def workbook(today: date, *, older: int = 0, window: tuple[date, date] | None = None) -> bytes:
    """The same as XLSX."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for name, (heading, rows) in sheets(today, older=older, window=window).items():
        sheet = book.create_sheet(name)
        for row in (heading, *rows):
            sheet.append(row)
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def _organizations() -> tuple[Row, list[Row]]:
    heading = ("Код", "Название", "Роль", "Вид", "Лицензия", "Адрес", "Телефон", "Сайт")
    signing = ("Руководитель", "Должность руководителя", "Основание", "Реквизиты")
    teaches, lends, director = "образовательная", "ресурсная", "директор"
    village, town = "с. Натырбово, ул. ", "а. Кошехабль, ул. "
    about: tuple[tuple[str, str, str, str, str, str | None, str], ...] = (
        ("ШК", SCHOOL, "базовая", teaches, f"{village}Школьная, 1", None, director),
        ("ЦДО", "МБОУ ДО ЦДО МО «Кошехабльский район»", "партнёр", teaches, f"{town}Центральная, 5", "Хуажева Мариет Асланбиевна", director),
        ("ДЮСШ", "МБОУ ДО «Кошехабльская детско-юношеская спортивная школа»", "партнёр", teaches, f"{town}Спортивная, 3", "Кушхов Мурат Хазретович", director),
        ("IT", "Центр развития IT-образования", "партнёр", teaches, f"{village}Гагарина, 12", "Ким Виктория Андреевна", "руководитель"),
        ("БИБ", "МКУК «МЦБС» филиал №7", "партнёр", lends, f"{village}Советская, 8", "Гончарова Марина Петровна", "заведующий филиалом"),
        ("ДК", "СДК с. Натырбово МКУК «МЦНК»", "партнёр", lends, f"{village}Советская, 10", "Шовгенова Фатима Юрьевна", director),
    )  # fmt: skip
    return (*heading, *signing), [
        (
            *(code, name, role, kind, f"Л035-00000-01/0000000{number}" if kind == teaches else None, address),
            *(f"8 (87770) 0-00-0{number}", f"https://{number}.example.org"),
            *(head, post if head else None, "Устава" if kind == teaches else "доверенности от 10.01.2026 № 4"),
            f"ИНН 010000000{number}, КПП 010001001",
        )
        for number, (code, name, role, kind, address, head, post) in enumerate(about, 1)
    ]


def _staff() -> tuple[Row, list[Row]]:
    lesson = "педагог дополнительного образования"
    return ("Код", "ФИО", "Организация", "Роль", "Должность"), [
        ("С-01", "Хачирова Ольга Муратовна", "ШК", "координатор", "заместитель директора по УВР"),
        ("С-02", "Дауров Сергей Ильич", "ШК", "директор", "директор"),
        ("С-11", "Тлехас Зарема Аслановна", "ЦДО", "педагог", lesson),
        ("С-12", "Хуажев Нурбий Рамазанович", "ЦДО", "администратор", "методист"),
        ("С-21", "Бжассо Аслан Казбекович", "ДЮСШ", "педагог", "тренер-преподаватель"),
        ("С-31", "Ким Павел Андреевич", "IT", "педагог", lesson),
        ("С-32", "Белова Ирина Олеговна", "IT", "администратор", "методист"),
        ("С-41", "Гончарова Марина Петровна", "БИБ", "педагог", "заведующий филиалом"),
        ("С-51", "Шовгенова Фатима Юрьевна", "ДК", "педагог", "директор"),
    ]


def _pupils(older: int = 0) -> tuple[Row, list[Row]]:
    names = (
        ("У-701", "Петров Миша Алексеевич", "7А"),
        ("У-702", "Шеуджен Дана Руслановна", "7А"),
        ("У-703", "Нехай Тимур Асланович", "7А"),
        ("У-704", "Козлова Лена Игоревна", "7А"),
        ("У-601", "Джаримок Амир Зауров", "6А"),
        ("У-602", "Сидорова Катя Павловна", "6А"),
        ("У-501", "Абрегов Алим Мурадинович", "5А"),
        ("У-401", "Петрова Вера Алексеевна", "4А"),
        ("У-901", "Мамхегов Ислам Нурбиевич", "9А"),
    )
    born = {"4А": 10, "5А": 11, "6А": 12, "7А": 13, "9А": 15}
    year = 2026
    return ("Код", "ФИО", "Класс", "Дата рождения"), [
        (code, name, f"{int(class_name[:-1]) + older}А", date(year - born[class_name], 2 + place, 3 + 2 * place))
        for place, (code, name, class_name) in enumerate(names)
        if int(class_name[:-1]) + older <= 11
    ]


def _courses(today: date, window: tuple[date, date] | None = None) -> tuple[Row, list[Row]]:
    opens, closes = window or (today - timedelta(days=12), today + timedelta(days=16))
    drawn = closes if window else today
    heading = ("Код", "Название", "Организация", "Направленность", "Классы", "Часов", "Описание", "Выбор", "Окно с", "Окно по")
    return heading, [
        (
            "РОБО",
            "Робототехника",
            "IT",
            "техническая",
            "5-8",
            68,
            "Собираем и программируем роботов: от датчика до соревнования.",
            "заявки",
            opens,
            drawn,
        ),
        (
            "ПИТОН",
            "Первые программы на Python",
            "IT",
            "техническая",
            "7-9",
            68,
            "Пишем игры и полезные программы, опыт не нужен.",
            "заявки",
            opens,
            closes,
        ),
        (
            "ШАХ",
            "Шахматы",
            "ЦДО",
            "физкультурно-спортивная",
            "1-9",
            34,
            "Дебюты, тактика и дружеские турниры.",
            "заявки",
            opens,
            drawn,
        ),
        (
            "КРАЙ",
            "Тропами Адыгеи",
            "ЦДО",
            "туристско-краеведческая",
            "5-9",
            34,
            "Походы, карты и история родного края.",
            "по порядку",
            opens,
            closes,
        ),
        (
            "ВОЛ",
            "Волейбол",
            "ДЮСШ",
            "физкультурно-спортивная",
            "6-9",
            68,
            "Игра в команде. Нужна справка от врача.",
            "по порядку",
            opens,
            closes,
        ),
        (
            "КЛУБ",
            "Клуб юного читателя",
            "ЦДО",
            "социально-педагогическая",
            "3-6",
            34,
            "Читаем, спорим, ставим сценки.",
            "по порядку",
            opens,
            closes,
        ),
        (
            "ТАНЕЦ",
            "Адыгский танец",
            "ЦДО",
            "художественная",
            "1-9",
            68,
            "Удж, зафак и исламей: от первого шага до сцены.",
            "заявки",
            opens,
            closes,
        ),
        (
            "ЭКО",
            "Юный эколог",
            "ЦДО",
            "естественнонаучная",
            "4-6",
            34,
            "Опыты с водой и почвой, наблюдения за птицами.",
            "по порядку",
            opens,
            closes,
        ),
    ]


def _groups() -> tuple[Row, list[Row]]:
    return ("Код", "Курс", "Педагог", "Мест", "Минимум", "Место"), [
        ("РОБО-1", "РОБО", "С-31", 12, 6, "IT-центр, каб. 2"),
        ("ПИТОН-1", "ПИТОН", "С-31", 10, 5, "IT-центр, каб. 3"),
        ("ШАХ-1", "ШАХ", "С-11", 10, 4, "ЦДО, зал 1"),
        ("КРАЙ-1", "КРАЙ", "С-11", 15, 8, "ЦДО, каб. 4"),
        ("ВОЛ-1", "ВОЛ", "С-21", 14, 10, "Спортзал ДЮСШ"),
        ("КЛУБ-1", "КЛУБ", "С-41", 12, 5, "Читальный зал МЦБС"),
        ("ТАНЕЦ-1", "ТАНЕЦ", "С-51", 16, 8, "Зал СДК"),
        ("ЭКО-1", "ЭКО", "С-11", 12, 5, "ЦДО, каб. 4"),
    ]


def _topics() -> tuple[Row, list[Row]]:
    topics = {
        "РОБО": ("Знакомство с конструктором", "Датчики касания и расстояния", "Движение по линии", "Манипулятор и захват"),
        "ШАХ": ("Фигуры и доска", "Мат в один ход", "Дебют: развитие фигур", "Дружеский турнир"),
    }
    hours = {"РОБО": 17, "ШАХ": 8}
    rows = [(course, n, topic, hours[course]) for course, some in topics.items() for n, topic in enumerate(some, 1)]
    return ("Курс", "№", "Тема", "Часов"), rows


def _slots() -> tuple[Row, list[Row]]:
    def slot(group: str, day: str, starts: time, ends: time) -> Row:
        return (group, day, starts, ends, None, "все")

    return ("Группа", "День", "Начало", "Конец", "Место", "Недели"), [
        slot("РОБО-1", "чт", time(15), time(16, 30)),
        slot("ПИТОН-1", "вт", time(15), time(16, 30)),
        slot("ШАХ-1", "ср", time(15), time(16)),
        slot("КРАЙ-1", "пн", time(14, 30), time(16)),
        slot("ВОЛ-1", "пн", time(16, 30), time(18)),
        slot("ВОЛ-1", "пт", time(16, 30), time(18)),
        slot("КЛУБ-1", "ср", time(13), time(14)),
        slot("ТАНЕЦ-1", "сб", time(11), time(12, 30)),
        slot("ЭКО-1", "чт", time(14), time(15)),
    ]


def _class_hours() -> tuple[Row, list[Row]]:
    days = ("пн", "вт", "ср", "чт", "пт")
    ends = {"4А": time(12, 40), "5А": time(13, 30), "6А": time(13, 30), "7А": time(14, 20), "9А": time(14, 20)}
    return ("Класс", "День", "С", "По"), [(name, day, time(8, 30), end) for name, end in ends.items() for day in days]


def _calendar(today: date) -> tuple[Row, list[Row]]:
    """Adygea's own days of these years, and the winter holidays."""
    own = (
        (date(2026, 3, 20), "Ураза-байрам"),
        (date(2026, 5, 27), "Курбан-байрам"),
        (date(2026, 10, 5), "День образования Республики Адыгея"),
    )
    year = academic_year(today)
    winter = [(date(year, 12, 31) + timedelta(days=days), "каникулы", "Зимние каникулы") for days in range(-1, 10)]
    return ("Дата", "День", "Название"), [*((day, "выходной", name) for day, name in own if academic_year(day) == year), *winter]
