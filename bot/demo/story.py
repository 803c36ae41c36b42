"""The story of the contract as a list: who acts, what they press or send, and the words that show it happened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from bot.demo.network import ANNA, IRINA, MISHA, NURBIY, OLGA, PAVEL, Cast
from bot.services.workdays import WorkingCalendar

Kind = Literal["open", "start", "send", "tap", "file", "clock"]


@dataclass(frozen=True)
class Paper:
    """An invitation as it was given to somebody."""

    payload: str  # of the deep link
    letters: str


@dataclass(frozen=True)
class Props:
    """What the story has to know of the network it is played in."""

    papers: dict[int, Paper]  # by Telegram id
    begins: datetime
    half_year: date  # the half-year report is due
    zone: ZoneInfo


@dataclass(frozen=True)
class Step:
    """`what`: a link's payload, a text, a button's label or a file's name. `sees`: the step is done when all of these stand in
    a message, or on its buttons, that came or changed since the step began."""

    kind: Kind
    who: Cast | None
    what: str
    sees: tuple[tuple[Cast, str], ...] = ()
    content: bytes = b""
    to: datetime | None = None


@dataclass(frozen=True)
class Scene:
    ru: str
    en: str
    steps: tuple[Step, ...]


def story(props: Props) -> list[Scene]:
    """From the invitation to the withdrawal."""
    return [
        Scene(
            "Анна открывает приглашение школы и даёт согласие", "Anna opens the school's invitation and consents", _joins(props)
        ),
        Scene(
            "Миша тоже заходит: код из листка он набирает сам",
            "Misha comes in too: he types the code from his sheet",
            (
                Step("start", MISHA, "/start", _reads(MISHA, "приглашение")),
                Step("send", MISHA, props.papers[MISHA.telegram_id].letters, _reads(MISHA, "Привет, Миша")),
            ),
        ),
        Scene(
            "Анна смотрит курсы, которые подходят 7 классу и не мешают урокам",
            "Anna looks at the courses that suit the 7th form and its lessons",
            tuple(_chooses()),
        ),
        Scene(
            "Ольга видит заявление и одобряет: место даст только жребий",
            "Olga sees the application and approves it: only the draw gives a place",
            tuple(_decides()),
        ),
        Scene(
            "Утром приём закончен: Ольга тянет жребий и публикует итоги",
            "In the morning the window is closed: Olga draws lots and publishes the result",
            tuple(_draws(props)),
        ),
        Scene(
            "Теперь Ольга формирует заявки партнёрам",
            "Now Olga makes the requests to the partners",
            tuple(_requests()),
        ),
        Scene(
            "IT-центр зачисляет Мишу, в шахматах он пока в резерве",
            "The IT centre enrols Misha; for chess he waits in the reserve",
            tuple(_partners_answer()),
        ),
        Scene(
            "Педагог Павел переносит занятие с четверга на пятницу, семья узнаёт сразу",
            "Pavel moves Thursday's lesson to Friday; the family knows at once",
            tuple(_moves()),
        ),
        Scene("Ольга видит, кто ознакомился", "Olga sees who has read it", tuple(_is_read())),
        *_marks(props),
        _deadline(props),
        Scene(
            "Анна просит показать всё, что о ней хранится, и отзывает согласие",
            "Anna asks for all that is kept about her and withdraws her consent",
            tuple(_leaves()),
        ),
    ]


def _reads(who: Cast, *words: str) -> tuple[tuple[Cast, str], ...]:
    return tuple((who, each) for each in words)


def _tap(who: Cast, label: str, *words: str, others: tuple[tuple[Cast, str], ...] = ()) -> Step:
    return Step("tap", who, label, _reads(who, *words) + others)


def _joins(props: Props) -> tuple[Step, ...]:
    return (
        Step("open", ANNA, props.papers[ANNA.telegram_id].payload, _reads(ANNA, "Добро пожаловать")),
        _tap(ANNA, "Прочитать и согласиться", "Согласие: Миша"),
        _tap(ANNA, "Согласен(на)", "Как вас зовут?"),
        Step("send", ANNA, "Петрова Анна Ивановна", _reads(ANNA, "согласие записано")),
        _tap(ANNA, "Подробно", "Будем писать подробно"),
    )


def _chooses() -> Iterator[Step]:
    yield _tap(ANNA, "Меню", "Что показать?")
    yield _tap(ANNA, "Курсы", "Нажмите на название")
    yield _tap(ANNA, "Робототехника", "Собираем и программируем")
    yield _tap(ANNA, "Подать заявление", "1. Робототехника")
    yield _tap(ANNA, "Добавить ещё курс", "Нажмите на название")
    yield _tap(ANNA, "Шахматы", "Дебюты")
    yield _tap(ANNA, "Подать заявление", "2. Шахматы")
    yield _tap(ANNA, "Сколько курсов нужно", "Сколько курсов из списка")
    yield _tap(ANNA, "2", "Сейчас — 2")
    yield _tap(ANNA, "Назад", "2. Шахматы")
    yield _tap(ANNA, "Подтвердить", "Заявление отправлено")


def _decides() -> Iterator[Step]:
    yield Step("send", OLGA, "/inbox", _reads(OLGA, "Ждёт вашего решения"))
    yield _tap(OLGA, "Заявления", "Петров Миша")
    yield _tap(OLGA, "Одобрить", "Одобрено")


def _draws(props: Props) -> Iterator[Step]:
    tomorrow = props.begins.astimezone(props.zone).date() + timedelta(days=1)
    morning = datetime.combine(tomorrow, time(9), props.zone).astimezone(UTC)
    yield Step("clock", None, "", _reads(ANNA, "одобрила"), to=morning)
    yield Step("send", OLGA, "/allocation", _reads(OLGA, "Ждут места: 1 заявление"))
    yield _tap(OLGA, "тянуть жребий", "Закрыть список")
    yield _tap(OLGA, "Подтвердить", "Жребий вытянут", others=_reads(ANNA, "Ваш жребий 0001"))
    yield _tap(OLGA, "Опубликовать", "Опубликовать итоги?")
    yield _tap(OLGA, "Подтвердить", "Опубликовано", others=_reads(ANNA, "«Робототехника», группа РОБО-1: место есть"))


def _requests() -> Iterator[Step]:
    yield Step("send", OLGA, "/inbox", _reads(OLGA, "пора сформировать заявку"))
    yield _tap(OLGA, "Сформировать заявку", "Кому сформировать")
    yield _tap(OLGA, "Центр развития", "Заявка: Центр развития")
    yield _tap(OLGA, "Сформировать заявку", "Заявка № 1", others=_reads(IRINA, "Заявка № 1"))
    yield _tap(OLGA, "Другие партнёры", "Кому сформировать")
    yield _tap(OLGA, "ЦДО", "Заявка: МБОУ ДО ЦДО")
    yield _tap(OLGA, "Сформировать заявку", "Заявка № 2", others=_reads(NURBIY, "Заявка № 2"))


def _partners_answer() -> Iterator[Step]:
    yield _tap(IRINA, "Открыть заявку", "Петров Миша")
    yield _tap(IRINA, "Петров", "Группа РОБО-1")
    yield _tap(IRINA, "Зачислить", "Зачислено")
    yield _tap(NURBIY, "Открыть заявку", "Петров Миша")
    yield _tap(NURBIY, "Петров", "Группа ШАХ-1")
    yield _tap(
        NURBIY,
        "В резерв",
        "резерв",
        others=(*_reads(ANNA, "есть место на курсе «Робототехника»", "резерв"), *_reads(MISHA, "резерв")),
    )


def _moves() -> Iterator[Step]:
    yield Step("send", PAVEL, "/start", _reads(PAVEL, "Что показать?"))
    yield _tap(PAVEL, "Занятия", "Нажмите на занятие")
    yield _tap(PAVEL, "Робототехника", "группа РОБО-1")
    yield _tap(PAVEL, "Перенести", "Выберите день")
    yield _tap(PAVEL, "пт,", "Стало: в пятницу")
    yield _tap(PAVEL, "Подтвердить", "Готово", others=_reads(ANNA, "занятие «Робототехника» переносится"))
    yield _tap(ANNA, "Ознакомлен(а)", "✅ Ознакомлен(а)")


def _is_read() -> Iterator[Step]:
    yield Step("send", OLGA, "/start", _reads(OLGA, "Что показать?"))
    yield _tap(OLGA, "Занятия", "Выберите партнёра")
    yield _tap(OLGA, "Центр развития", "Выберите группу")
    yield _tap(OLGA, "РОБО-1", "Нажмите на занятие")
    yield _tap(OLGA, "пт,", "Ознакомились")


def _marks(props: Props) -> Iterator[Scene]:
    friday = (props.begins + timedelta(days=2)).astimezone(props.zone)
    thursday = friday + timedelta(days=6)
    evening = datetime.combine(thursday.date(), time(19), props.zone).astimezone(UTC)
    file = "журнал.csv"
    yield Scene(
        "Прошла неделя: Павел присылает файл журнала — две отметки за пятницу, а в четверг Миши не было",
        "A week later Pavel sends the journal's file: two marks for Friday, and Misha was absent on Thursday",
        (
            Step("clock", None, "", to=evening),
            Step("file", PAVEL, file, _reads(PAVEL, "Новых отметок"), _journal(friday.date(), "5 4", thursday.date())),
            _tap(PAVEL, "Применить", "Готово", others=_reads(ANNA, "пропуск занятия")),
        ),
    )
    yield Scene(
        "Исправление: вторая отметка не 4, а 5",
        "A correction: the second mark is not 4 but 5",
        (
            Step("file", PAVEL, file, _reads(PAVEL, "Исправлений"), _journal(friday.date(), "5 5", thursday.date())),
            _tap(PAVEL, "Применить", "Готово", others=_reads(ANNA, "исправлено: 4 → 5")),
        ),
    )


def _journal(day: date, marks: str, absent: date) -> bytes:
    rows = [f"{day:%d.%m.%Y};РОБО-1;У-701;{marks};;Манипулятор;практическая работа", f"{absent:%d.%m.%Y};РОБО-1;У-701;;Н;Захват;"]
    return "\n".join(["Дата;Группа;Ученик;Отметка;Посещаемость;Тема;Вид работы", *rows]).encode()


def _deadline(props: Props) -> Scene:
    day = props.half_year - timedelta(days=3)
    workday = WorkingCalendar().last_due(day - timedelta(days=9), day, in_holidays=True) or day
    morning = datetime.combine(workday, time(9), props.zone).astimezone(UTC)
    return Scene(
        "Скоро отчёт за полугодие, бот напоминает Ольге",
        "The half-year report is due soon; the bot reminds Olga",
        (
            Step("clock", None, "", _reads(OLGA, "Отчёт за полугодие"), to=morning),
            _tap(OLGA, "Выполнено", "Чем подтвердить"),
            Step("file", OLGA, "отчёт за полугодие.docx", _reads(OLGA, "задача выполнена"), b"invented"),
        ),
    )


def _leaves() -> Iterator[Step]:
    yield Step("send", ANNA, "/mydata", _reads(ANNA, "Мои данные"))
    yield _tap(ANNA, "Скачать файл", "Здесь всё, что хранится")
    yield _tap(ANNA, "Отозвать согласие", "Вот что произойдёт")
    yield _tap(ANNA, "Подтвердить", "согласие отозвано")
    yield Step("send", ANNA, "/applications", _reads(ANNA, "нужно приглашение"))
    yield Step("send", OLGA, "/reports", _reads(OLGA, "Робототехника"))  # the sums stay
