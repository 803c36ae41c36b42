"""The sheets of the network workbook: the one description that the template and the reader are both made from."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Literal

from bot.reading.workbook import rows

Kind = Literal[
    "code",
    "text",
    "number",
    "date",
    "summer date",
    "birth",
    "since",
    "until",
    "time",
    "day",
    "class",
    "classes",
    "choice",
    "day kind",
    "year",
    "audience",
    "options",
    "link",
]
Example = str | int | date | time

# A row whose marked column begins so is the template's example: explained, never loaded.
EXAMPLE = "ПРИМЕР"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, the row's field it fills and what may stand in it."""

    name: str
    field: str
    kind: Kind
    about: str
    example: Example | None = None
    required: bool = False
    choices: Mapping[str, str] = dataclasses.field(default_factory=dict)  # word of the sheet → the table's word
    sheet: str | None = None  # a code of that sheet
    low: int = 0
    high: int = 10_000
    width: int = 16
    units: Mapping[str, int] = dataclasses.field(default_factory=dict)  # words after a number (patterns) → how many of ours


@dataclass(frozen=True, slots=True)
class Form:
    """One sheet. `mark` is the field in which the template's example row carries EXAMPLE."""

    name: str
    field: str  # of Workbook
    row: type[rows.Row]
    mark: str
    about: str
    columns: tuple[Column, ...]


# Words that may stand after a number, and how many of the column's own units each is.
CHILDREN = {
    r"мест[оа]?": 1,
    r"чел|человека?": 1,
    r"дет(ей|и)|ребенка|ребёнка|ребенок|ребёнок": 1,
    r"уч|учеников|ученика?|учащихся": 1,
}
SETS = {r"шт|штук[аи]?": 1, r"компл|комплект(ов|а)?": 1, r"набор(ов|а)?": 1}
HOURS = {r"ч|час(а|ов)?": 1}
MINUTES = {r"м|мин|минут[аы]?": 1, r"ч|час(а|ов)?": 60}

SCALES = {
    "пятибалльная": "five",
    "десятибалльная": "ten",
    "стобалльная": "hundred",
    "зачёт": "credit",
    "уровень": "level",
    "без отметок": "none",
}
YES_NO = {"да": "yes", "нет": "no"}
RESOURCES = {
    "кадровые": "staff",
    "информационные": "information",
    "материально-технические": "material",
    "учебно-методические": "methodical",
    "социальные": "social",
}
DAYS = {"пн": "0", "вт": "1", "ср": "2", "чт": "3", "пт": "4", "сб": "5", "вс": "6"}
_FULL_DAYS = ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье")
_DAY_KINDS = {
    "выходной": "day_off",
    "рабочий": "working",
    **{f"рабочий: {name}": f"working:{day}" for day, name in enumerate(_FULL_DAYS)},
    "каникулы": "holidays",
}
# As of month of the academic year (Y: September-December, Y + 1: January-August) a date may come without its year.
_DATE = "Дата: 15.09.2025 или 15.09 (тогда год — по учебному году)."
_WINDOW = "Дата: 20.05.2025 или 20.05 (тогда год, в котором начинается учебный год: приём идёт с мая)."


def _code(name: str, about: str, example: str) -> Column:
    return Column(
        name, "code", "code", f"{about} Любой короткий текст, до 32 знаков; по нему строку узнают другие листы.", example, True
    )


def _ref(name: str, field_: str, sheet: str, about: str, example: str | None, *, required: bool = False) -> Column:
    return Column(name, field_, "code", f"{about} Код с листа «{sheet}».", example, required, sheet=sheet)


FORMS: tuple[Form, ...] = (
    Form(
        "Учебный год", "years", rows.YearRow, "year", "О каком учебном годе эта книга. Одна строка; лист можно не заполнять.",
        (
            Column("Учебный год", "year", "year", "Например: 2026/2027.", "ПРИМЕР 2026/2027", True),
            Column("Начало", "starts_on", "date", "Первый учебный день.", date(2026, 9, 1), True, width=14),
            Column("Конец", "ends_on", "date", "Последний учебный день.", date(2027, 5, 31), True, width=14),
            Column("Конец 1-го полугодия", "half_ends_on", "date", "Если не заполнять — 31 декабря.", date(2026, 12, 30), width=24),
        ),
    ),
    Form(
        "Организации", "organizations", rows.OrganizationRow, "code", "Школа и её партнёры.",
        (
            _code("Код", "Короткое имя организации.", "ПРИМЕР-ДЮСШ"),
            Column("Название", "name", "text", "Полное название, как в документах.", "Детско-юношеская спортивная школа", True, width=48),
            Column("Роль", "role", "choice", "Базовая школа или партнёр.", "партнёр", True, {"базовая": "base", "партнёр": "partner"}),
            Column("Вид", "kind", "choice", "Ведёт занятия сама (образовательная) или даёт помещения и людей (ресурсная).", "образовательная",
                   choices={"образовательная": "educational", "ресурсная": "resource"}, width=18),
            Column("Лицензия", "licence", "text", "Номер и дата лицензии на образовательную деятельность.", "№ 123 от 01.02.2020", width=24),
            Column("Адрес", "address", "text", "Где проходят занятия.", "а. Кошехабль, ул. Спортивная, 1", width=32),
            Column("Телефон", "phone", "text", "Телефон для связи.", "8 (87770) 1-23-45", width=20),
            Column("Сайт", "site", "text", "Адрес сайта.", "https://example.org", width=24),
            Column("Руководитель", "head", "text", "ФИО того, кто подписывает договор.", "Петров Павел Иванович", width=32),
            Column("Должность руководителя", "head_post", "text", "Как в договоре.", "директор", width=24),
            Column("Основание", "acts_on", "text", "На основании чего подписывает, в родительном падеже.", "Устава", width=24),
            Column("Реквизиты", "details", "text", "ИНН, КПП, ОГРН, счёт, банк: одной ячейкой, для договора.", "ИНН 0100000000", width=32),
        ),
    ),
    Form(
        "Сотрудники", "staff", rows.StaffRow, "code", "Кто работает в сети. У кого две роли — две строки с разными кодами.",
        (
            _code("Код", "Код сотрудника.", "ПРИМЕР-ПЕД1"),
            Column("ФИО", "full_name", "text", "Фамилия, имя, отчество.", "Петров Павел Иванович", True, width=32),
            _ref("Организация", "organization", "Организации", "Где работает.", "ПРИМЕР-ДЮСШ", required=True),
            Column("Роль", "role", "choice", "Координатор и директор — базовой школы, администратор — партнёра.", "педагог", True,
                   {"координатор": "coordinator", "директор": "director", "педагог": "teacher", "администратор": "partner"}),
            Column("Должность", "post", "text", "Как её назвать в приказе: заместитель директора по УВР.", "педагог дополнительного образования", width=32),
        ),
    ),
    Form(
        "Ученики", "pupils", rows.PupilRow, "code", "Все ученики. Кого нет в списке, тот уходит в архив; ничего не удаляется.",
        (
            _code("Код", "Код ученика: не меняется из года в год.", "ПРИМЕР-001"),
            Column("ФИО", "full_name", "text", "Фамилия, имя, отчество.", "Иванов Михаил Сергеевич", True, width=32),
            Column("Класс", "class_name", "class", "Класс с буквой: 7А.", "7А", True, width=10),
            Column("Дата рождения", "birth_date", "birth", "Дата с годом: 05.03.2012.", date(2012, 3, 5), width=16),
            _ref("Школа", "school", "Организации", "Базовая школа; можно не заполнять, если она одна.", None),
        ),
    ),
    Form(
        "Курсы", "courses", rows.CourseRow, "code", "Курсы, на которые записываются семьи.",
        (
            _code("Код", "Код курса.", "ПРИМЕР-РОБО"),
            Column("Название", "name", "text", "Название, как его увидят семьи.", "Робототехника", True, width=32),
            _ref("Организация", "organization", "Организации", "Кто ведёт курс.", "ПРИМЕР-ДЮСШ", required=True),
            Column("Направленность", "direction", "text", "Например: техническая, художественная.", "техническая", True, width=26),
            Column("Классы", "classes", "classes", "Для кого: 5-7 или 1-4, 9 или 7А, 7Б.", "5-7", True, width=12),
            Column("Часов", "hours", "number", "Часов за год, целое число.", 68, low=1, width=8, units=HOURS),
            Column("Описание", "description", "text", "Несколько слов для семей.", "Собираем и программируем роботов", width=48),
            Column("Выбор", "selection", "choice", "Заявки: семьи называют курсы по желанию, места делит жребий. По порядку: кто раньше подал.",
                   "заявки", choices={"заявки": "ranked", "по порядку": "queue"}, width=14),
            Column("Окно с", "opens_on", "summer date", f"С какого дня можно подать заявление. {_WINDOW}", date(2025, 5, 20), width=12),
            Column("Окно по", "closes_on", "summer date", f"По какой день включительно. {_WINDOW}", date(2025, 8, 25), width=12),
            Column("Шкала", "scale", "choice", "Какие отметки ставят; пусто — пятибалльная. Об отметке не из шкалы бот спросит.", "пятибалльная",
                   choices=SCALES, width=16),
            Column("Оборудование", "equipment", "text", "Что нужно курсу, через запятую: бот сравнит с оснащением кабинета и ресурсами организации.",
                   "10 компьютеров, проектор", width=32),
            Column("ОВЗ", "accessible", "choice", "Да — курс открыт детям с ограниченными возможностями здоровья; семьи найдут его одним нажатием.", "да",
                   choices=YES_NO, width=8),
        ),
    ),
    Form(
        "Группы", "groups", rows.GroupRow, "code", "Группы курсов.",
        (
            _code("Код", "Код группы.", "ПРИМЕР-РОБО-1"),
            _ref("Курс", "course", "Курсы", "Чья это группа.", "ПРИМЕР-РОБО", required=True),
            _ref("Педагог", "teacher", "Сотрудники", "Кто ведёт.", "ПРИМЕР-ПЕД1", required=True),
            Column("Мест", "seats", "number", "Сколько детей можно принять, не меньше 1.", 12, True, low=1, high=1000, width=8, units=CHILDREN),
            Column("Минимум", "minimum", "number", "С какого числа детей группа открывается; не больше, чем мест.", 6, low=1, high=1000, width=10, units=CHILDREN),
            Column("Место", "place", "text", "Где занятия, если в расписании не сказано иначе.", "каб. 12", width=24),
        ),
    ),
    Form(
        "Расписание", "slots", rows.SlotRow, "group", "Одна строка — одно занятие в неделю.",
        (
            _ref("Группа", "group", "Группы", "Чьё занятие.", "ПРИМЕР-РОБО-1", required=True),
            Column("День", "weekday", "day", "День недели.", "чт", True, DAYS, width=8),
            Column("Начало", "starts", "time", "Время: 15:00.", time(15, 0), True, width=10),
            Column("Конец", "ends", "time", "Время: 16:30; позже начала.", time(16, 30), True, width=10),
            Column("Место", "place", "text", "Где, если не там, где обычно.", "спортзал", width=24),
            Column("С", "from_day", "date", f"С какого дня действует; пусто — с начала учебного года. {_DATE}", date(2025, 9, 1), width=12),
            Column("По", "to_day", "date", f"По какой день включительно; пусто — до конца учебного года. {_DATE}", date(2026, 5, 31), width=12),
            Column("Недели", "weeks", "choice", "Все, чётные или нечётные: первая учебная неделя года — нечётная.", "все",
                   choices={"все": "all", "чётные": "even", "нечётные": "odd"}, width=12),
        ),
    ),
    Form(
        "Изменения", "changes", rows.ChangeRow, "group", "Отмены, переносы и замены отдельных занятий.",
        (
            _ref("Группа", "group", "Группы", "Чьё занятие.", "ПРИМЕР-РОБО-1", required=True),
            Column("Дата", "day", "date", f"Когда занятие стоит по расписанию. {_DATE}", date(2025, 10, 9), True, width=12),
            Column("Начало", "starts", "time", "Во сколько оно начинается по расписанию.", time(15, 0), True, width=10),
            Column("Действие", "action", "choice", "Отмена; перенос (нужны новая дата или новое начало); замена (нужен педагог или новое место).",
                   "перенос", True, {"отмена": "cancelled", "перенос": "moved", "замена": "replaced"}, width=12),
            Column("Новая дата", "new_day", "date", _DATE, date(2025, 10, 10), width=12),
            Column("Новое начало", "new_starts", "time", "Время: 16:00.", time(16, 0), width=14),
            Column("Новое место", "new_place", "text", "Где, если место меняется.", None, width=20),
            _ref("Педагог", "teacher", "Сотрудники", "Кто заменяет.", None),
            Column("Причина", "reason", "text", "Её увидят семьи.", "соревнования", width=32),
        ),
    ),
    Form(
        "Занятость классов", "busy", rows.BusyRow, "class_name", "Уроки самой школы: чтобы курсы не совпали с ними.",
        (
            Column("Класс", "class_name", "class", "Класс с буквой: 7А.", "ПРИМЕР 7А", True, width=12),
            Column("День", "weekday", "day", "День недели.", "пн", True, DAYS, width=8),
            Column("С", "starts", "time", "Начало первого урока.", time(8, 30), True, width=10),
            Column("По", "ends", "time", "Конец последнего урока.", time(14, 5), True, width=10),
            _ref("Школа", "school", "Организации", "Чьи это уроки; можно не заполнять, если базовая школа одна.", None),
        ),
    ),
    Form(
        "Помещения", "rooms", rows.RoomRow, "code", "Где проходят занятия: бот увидит, что кабинет занят или мал, и предложит свободный.",
        (
            _code("Код", "Код помещения: им можно заполнить столбец «Место» на других листах.", "ПРИМЕР-К12"),
            Column("Название", "name", "text", "Как его назовут семьям.", "каб. 12", True, width=24),
            _ref("Организация", "organization", "Организации", "Чьё помещение.", "ПРИМЕР-ДЮСШ", required=True),
            Column("Мест", "seats", "number", "Сколько детей помещается.", 15, low=1, high=1000, width=8, units=CHILDREN),
            Column("Оснащение", "equipment", "text", "Что там есть: проектор, станки, зеркала.", "проектор, 10 компьютеров", width=32),
        ),
    ),
    Form(
        "Программа", "programme", rows.ProgrammeRow, "course", "Темы курсов по порядку: педагог выбирает их, отмечая занятие.",
        (
            _ref("Курс", "course", "Курсы", "Чья это тема.", "ПРИМЕР-РОБО", required=True),
            Column("№", "number", "number", "Какая по счёту, целое число.", 1, True, low=1, high=1000, width=8),
            Column("Тема", "topic", "text", "Как её записать в журнал.", "Датчики касания и расстояния", True, width=56),
            Column("Часов", "hours", "number", "Академических часов на тему.", 2, low=1, high=1000, width=8, units=HOURS),
        ),
    ),
    Form(
        "Анкеты", "surveys", rows.SurveyRow, "survey", "Опросы семей и учеников: строка — вопрос. Чего здесь нет, но составлено в боте, остаётся.",
        (
            Column("Анкета", "survey", "text", "Название, как его увидят семьи; у всех её вопросов одно.", "ПРИМЕР Изучение спроса", True, width=32),
            Column("№", "number", "number", "Какой по счёту вопрос, целое число.", 1, True, low=1, high=60, width=8),
            Column("Вопрос", "question", "text", "Как он прозвучит.", "В какие дни удобно заниматься?", True, width=48),
            Column("Вид", "kind", "choice", "Один или несколько ответов из вариантов, шкала, ответ словами или курсы из каталога.", "несколько", True,
                   {"один": "one", "несколько": "several", "шкала": "scale", "текст": "text", "курсы": "courses"}, width=12),
            Column("Варианты", "options", "options", "Через точку с запятой или с новой строки; у шкалы — 1-5.", "Понедельник; Среда; Пятница", width=40),
            Column("Кому", "whom", "audience", "Семьи, семьи за каждого ребёнка или ученики; можно с классами: семьи 5-7. Достаточно в одной строке анкеты.",
                   "семьи: за каждого ребёнка; классы: 5, 6, 7", width=28),
            Column("С", "opens_on", "date", f"С какого дня отвечают; пусто — сразу. {_DATE}", date(2026, 5, 15), width=12),
            Column("По", "closes_on", "date", f"По какой день включительно; пусто — пока не закроете. {_DATE}", date(2026, 5, 31), width=12),
            Column("Анонимно", "anonymous", "choice", "Да — никто не узнает, кто что ответил.", "нет", choices=YES_NO, width=12),
            _ref("Школа", "school", "Организации", "Чья это анкета; можно не заполнять, если базовая школа одна.", None),
        ),
    ),
    Form(
        "Ресурсы", "resources", rows.ResourceRow, "name", "Что организации сети дают всем: люди, базы, помещения и оборудование, пособия, связи. Файлы присылают в боте.",
        (
            Column("Вид", "kind", "choice", "Один из пяти видов ресурсов программы.", "материально-технические", True, RESOURCES, width=26),
            Column("Название", "name", "text", "Как его назовут в каталоге; у одной организации названия разные.", "ПРИМЕР 3D-принтер", True, width=36),
            _ref("Организация", "organization", "Организации", "Чей он.", "ПРИМЕР-ДЮСШ", required=True),
            Column("Описание", "description", "text", "Несколько слов: что это и чем полезно.", "Печатает детали до 20 см", width=48),
            Column("Где", "place", "text", "Где он находится.", "каб. 12", width=24),
            Column("Мест", "seats", "number", "Сколько комплектов или мест; пусто — один.", 2, low=1, high=1000, width=8, units=CHILDREN | SETS),
            Column("Кому", "whom", "text", "Для кого: семьям, ученикам 5-9 классов, педагогам. Написано одним педагогам — семьи его не увидят.", "педагогам и ученикам 7-9", width=28),
            Column("Ссылка", "link", "link", "Адрес в интернете.", "https://example.org", width=32),
        ),
    ),
    Form(
        "Дорога", "roads", rows.RoadRow, "origin", "Сколько минут дороги между организациями; в обе стороны одинаково.",
        (
            _ref("Откуда", "origin", "Организации", "Организация.", "ПРИМЕР-ДЮСШ", required=True),
            _ref("Куда", "goal", "Организации", "Другая организация.", "ПРИМЕР-ШКОЛА", required=True),
            Column("Минут", "minutes", "number", "Минут в пути.", 15, True, high=600, width=10, units=MINUTES),
        ),
    ),
    Form(
        "Календарь", "calendar", rows.CalendarRow, "name", "Дни, которые не такие, как обычно: праздники, переносы, каникулы.",
        (
            Column("Дата", "day", "date", _DATE, date(2025, 10, 6), True, width=12),
            Column("День", "kind", "day kind", "Выходной и каникулы — занятий нет; рабочий — занятия есть. Рабочий: пятница — занятия как в пятницу.",
                   "выходной", True, _DAY_KINDS, width=14),
            Column("Название", "name", "text", "Что за день.", "ПРИМЕР: День Республики Адыгея", width=40),
            _ref("Школа", "school", "Организации", "Чей это день; можно не заполнять, если базовая школа одна.", None),
        ),
    ),
    Form(
        "Дорожная карта", "steps", rows.StepRow, "number", "Задачи года: о сроках бот напоминает ответственному.",
        (
            Column("№", "number", "code", "Номер задачи, до 20 знаков.", "ПРИМЕР-5", True, high=20, width=12),
            Column("Задача", "task", "text", "Что сделать.", "Определить порядок и сроки формирования групп", True, width=48),
            Column("С", "starts_on", "since", f"Начало: {_DATE} Можно и месяцем: сентябрь.", "сентябрь", True, width=12),
            Column("По", "ends_on", "until", f"Срок включительно. {_DATE} Можно и месяцем: май.", date(2025, 9, 30), True, width=12),
            Column("Повтор", "repeats", "choice", "Как часто повторять.", "нет",
                   choices={"нет": "none", "неделя": "week", "месяц": "month", "полугодие": "half_year", "постоянно": "always"}, width=12),
            Column("Мероприятие", "activity", "text", "Чем задача делается; можно не заполнять.", "Создание нормативных документов", width=40),
            _ref("Ответственный", "responsible", "Сотрудники", "Кому напоминать; пусто — координатору.", None),
            Column("Результат", "result", "text", "Чем задача подтверждается.", "приказ", width=32),
            _ref("Школа", "school", "Организации", "Чья это задача; можно не заполнять, если базовая школа одна.", None),
        ),
    ),
)  # fmt: skip

FORM_OF = {form.name: form for form in FORMS}
