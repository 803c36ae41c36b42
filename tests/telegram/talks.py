"""Every talk of the bot: the page and the button it begins with, and a sentence it would take."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import update

from handlers.allocation.byhand import WhyGiven
from handlers.announcements.places import Writing
from handlers.certificates.certificates import WhyRevoked
from handlers.courses.card import Picturing
from handlers.courses.catalogue import Searching
from handlers.deciding.deciding import DecisionReason
from handlers.deciding.finding import Finding
from handlers.journal.marking import MarkTyping
from handlers.messages.log import LogReason
from handlers.messages.writing import LetterTyping
from handlers.offers.groups import WhyLeft
from handlers.papers.agreements import AgreementTyping
from handlers.papers.blanks import BlankTyping
from handlers.papers.numbers import NumberTyping
from handlers.papers.orders import OrderTyping
from handlers.people.consent import NameOfGuardian
from handlers.people.invitations import NameTyping
from handlers.people.settings import QuietHoursTyping
from handlers.programme.agreeing import Remarks
from handlers.programme.criteria import Recording
from handlers.programme.portfolio import Achieving
from handlers.requests.refusing import AnswerReason, ReasonForAll
from handlers.resources.attaching import Attaching
from handlers.resources.catalogue import LookingFor
from handlers.roadmap.adding import TaskAdding
from handlers.roadmap.roadmap import TaskTyping
from handlers.roadmap.wording import TaskWording
from handlers.surveys.answering import SurveyTyping
from handlers.surveys.places import SurveyBuilding
from handlers.timetable.changes import LessonTyping
from handlers.timetable.extra import ExtraTyping
from handlers.timetable.periods import PeriodTyping
from handlers.timetable.placing import PlaceTyping
from storage.tables import Choice
from tests.enrollment_world import ANNA_HERSELF, approved, classmates, handed_in, requested
from tests.messages.cast import TO_PAVEL, wrote
from tests.papers import talk_pages
from tests.resources.cast import furnish
from tests.roadmap.test_roadmap import opens, ring, task_of
from tests.surveys.cast import WORDS, a_survey
from tests.timetable_world import enroll
from tests.world import ANNA, IT, MISHA, ROBOTICS, Member, World


async def _decision(world: World) -> Member:
    await handed_in(world.db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    return await tapped(world.olga, "/inbox", "Заявления")


async def _inbox(world: World) -> Member:
    return await tapped(world.olga, "/inbox")


async def _request(world: World) -> Member:
    await approved(world.db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    await requested(world.db, IT)
    return await tapped(world.irina, "/requests", "№", "Петров")


async def _whole_request(world: World) -> Member:
    for number, guardian in (await classmates(world.db, 2)).items():
        await approved(world.db, number, ROBOTICS, by=guardian)
    await requested(world.db, IT)
    return await tapped(world.irina, "/requests", "№")


async def _by_hand(world: World) -> Member:
    await approved(world.db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    return await tapped(world.olga, "/allocation", "Место без жребия", "Робототехника", "Петров")


async def _lesson(world: World) -> Member:
    await enroll(world.db, MISHA, ROBOTICS)
    return await tapped(world.irina, "/timetable", "Робототехника")


async def _lessons(world: World) -> Member:
    await enroll(world.db, MISHA, ROBOTICS)
    return await tapped(world.irina, "/timetable")


async def _week(world: World) -> Member:
    return await tapped(await _lessons(world), "", "Изменить за несколько дней", "До конца недели")


async def _cancelled(world: World) -> Member:
    return await tapped(await _lesson(world), "", "Отменить занятие", "Подтвердить", "К занятию")


async def _marked(world: World) -> Member:
    await enroll(world.db, MISHA, ROBOTICS)
    return await tapped(world.pavel, "/journal", "Отметить", "5 ноября")


async def _seat(world: World) -> Member:
    await enroll(world.db, MISHA, ROBOTICS)
    return await tapped(world.irina, "/requests", "Группы", "Робототехника", "Петров")


async def _document(world: World) -> Member:
    await enroll(world.db, MISHA, ROBOTICS)
    async with world.db.write() as tx:
        await tx.execute(update(Choice).values(outcome="completed"))
    await tapped(world.irina, "/start", "Документы об обучении", "Г-01", "Свидетельства: 1", "Выдать")
    return await tapped(world.irina, "/start", "Документы об обучении", "Реестр: 1", "№ 1")


async def _agreeing(world: World) -> Member:
    await tapped(world.olga, "/papers", "Согласование программ", "Отправить: Робототехника")
    return await tapped(world.irina, "/start", "Согласование программ", "Робототехника")


async def _criteria(world: World) -> Member:
    return await tapped(world.olga, "/papers", "Критерии года", "Индивидуальные планы")


async def _portfolio(world: World) -> Member:
    await enroll(world.db, MISHA, ROBOTICS)
    return await tapped(world.anna, "/start", "Портфолио", "Миша")


async def _task(world: World) -> Member:
    await ring(world)
    await opens(world.olga, await task_of(world, "roadmap-3"))
    return world.olga


async def _wording(world: World) -> Member:
    return await tapped(await _task(world), "", "Изменить")


async def _days(world: World) -> Member:
    return await tapped(await _task(world), "", "Отложить")


async def _tasks(world: World) -> Member:
    return await tapped(world.olga, "/tasks")


async def _hours(world: World) -> Member:
    return await tapped(world.anna, "/settings", "Тихие часы")


async def _settings(world: World) -> Member:
    return await tapped(world.anna, "/settings")


async def _menu(world: World) -> Member:
    return await tapped(world.olga, "/start")


async def _courses(world: World) -> Member:
    return await tapped(world.ruslan, "/courses")


async def _card(world: World) -> Member:
    return await tapped(world.irina, "/courses", "Робототехника")


async def _survey(world: World) -> Member:
    await a_survey(world.db, [WORDS])
    return await tapped(world.anna, "/start", "Анкеты", "Наши кружки")


async def _survey_draft(world: World) -> Member:
    return await tapped(world.olga, "/reports", "Анкеты", "Новая анкета", "Социальный заказ")


async def _resources(world: World) -> Member:
    await furnish(world.db)
    return await tapped(world.irina, "/menu", "Ресурсы")


async def _files_of_resource(world: World) -> Member:
    return await tapped(await _resources(world), "", "Материально", "3D-принтер", "Файл или ссылка")


async def _correspondents(world: World) -> Member:
    await enroll(world.db, MISHA, ROBOTICS)
    return await tapped(world.anna, "/start", "Сообщения", "Написать")


async def _logged(world: World) -> Member:
    await enroll(world.db, MISHA, ROBOTICS)
    await wrote(world.db, ANNA, TO_PAVEL, "Миша забыл датчик", world.now)
    return await tapped(world.olga, "/start", "Сообщения", "Журнал переписок", "1. Семья")


async def _announcement(world: World) -> Member:
    return await tapped(world.olga, "/start", "Объявления", "Новое объявление", "Классу")


async def tapped(who: Member, command: str, *labels: str) -> Member:
    if command:
        await who.send(command)
    for label in labels:
        await who.tap(label)
    return who


@dataclass(frozen=True)
class Asked:
    """A talk: the page and the button it begins with, and a sentence it would take."""

    state: Any
    page: Callable[[World], Awaitable[Member]]
    button: str
    sentence: str


TALKS = (
    Asked(DecisionReason.typing, _decision, "Отклонить", "спасибо, посмотрю завтра"),
    Asked(Finding.typing, _inbox, "Найти семью", "петров"),
    Asked(AnswerReason.typing, _request, "Отклонить", "спасибо, посмотрю завтра"),
    Asked(ReasonForAll.typing, _whole_request, "Отклонить всех", "спасибо, посмотрю завтра"),
    Asked(WhyGiven.typing, _by_hand, "Дать место", "Победитель олимпиады"),
    Asked(LessonTyping.when, _lesson, "Перенести", "13.11 15:00"),
    Asked(LessonTyping.why, _lesson, "Отменить занятие", "Болею"),
    Asked(PlaceTyping.place, _lesson, "Место", "каб. 7"),
    Asked(PeriodTyping.days, _lessons, "Изменить за несколько дней", "до пятницы"),
    Asked(PeriodTyping.more, _week, "Место", "каб. 7"),
    Asked(ExtraTyping.when, _cancelled, "Дополнительное занятие", "20.11 15:00"),
    Asked(MarkTyping.note, _marked, "Тема и задание", "Датчики"),
    Asked(WhyLeft.typing, _seat, "Больше не ходит", "уехал"),
    Asked(Remarks.typing, _agreeing, "Есть замечания", "Четверг занят"),
    Asked(Recording.typing, _criteria, "Добавить", "Планы 8А"),
    Asked(Achieving.typing, _portfolio, "Добавить достижение", "2-е место, олимпиада"),
    Asked(WhyRevoked.typing, _document, "Отозвать", "Ошибка в фамилии"),
    Asked(TaskTyping.proof, _task, "Выполнено", "приказ № 5"),
    Asked(TaskTyping.day, _days, "Другая дата", "15.12"),
    Asked(TaskTyping.why, _days, "На 3 дня", "ждём поставщика"),
    Asked(TaskAdding.title, _tasks, "Своя задача", "Собрание с партнёрами"),
    Asked(TaskWording.words, _wording, "Что должно получиться", "список задач"),
    Asked(QuietHoursTyping.quiet, _hours, "Другие часы", "21:30-6:45"),
    Asked(NameOfGuardian.typing, _settings, "Моё ФИО", "Котова Анна Ивановна"),
    Asked(NameTyping.name, _menu, "Пригласить", "У-701"),
    Asked(Searching.typing, _courses, "Поиск", "шахматы"),
    Asked(LookingFor.typing, _resources, "Поиск", "лыжи"),
    Asked(Attaching.sending, _files_of_resource, "Файл или ссылка", "Уроки https://example.org"),
    Asked(SurveyTyping.words, _survey, "Начать", "Больше занятий"),
    Asked(SurveyBuilding.typing, _survey_draft, "До какого дня", "20 ноября"),
    Asked(Writing.typing, _announcement, "7А", "Возьмите сменную обувь"),
    Asked(OrderTyping.day, talk_pages.order_page, "Дата", "10.11.2026"),
    Asked(NumberTyping.number, talk_pages.order_page, "Какой номер следующий", "47-о"),
    Asked(AgreementTyping.entered, talk_pages.partner_page, "Внести подписанный", "12 от 01.09.2026 до 31.05.2027"),
    Asked(AgreementTyping.url, talk_pages.agreement_page, "Ссылка на сайте", "https://school8.example/1"),
    Asked(AgreementTyping.file, talk_pages.agreement_page, "Приложить подписанный", "вот он"),
    Asked(BlankTyping.file, talk_pages.blank_page, "Прислать свой", "вот он"),
    Asked(AgreementTyping.until, talk_pages.agreement_page, "До какого дня", "31.08.2027"),
    Asked(LetterTyping.words, _correspondents, "Ким", "Миша забыл датчик"),
    Asked(LogReason.typing, _logged, "Открыть из-за спора", "жалоба семьи"),
    Asked(Picturing.sending, _card, "Добавить картинку", "вот она"),
)
each_talk = pytest.mark.parametrize("asked", TALKS, ids=lambda asked: asked.state.state)
TAKEN_AT_ONCE = {  # the sentence alone changes what is kept; the others show a page first
    Achieving.typing.state,
    Attaching.sending.state,
    Recording.typing.state,
    TaskTyping.proof.state,
    TaskTyping.why.state,
    TaskAdding.title.state,
    TaskWording.words.state,
    QuietHoursTyping.quiet.state,
    NameOfGuardian.typing.state,
    MarkTyping.note.state,
    SurveyTyping.words.state,
    SurveyBuilding.typing.state,
    Writing.typing.state,
    NumberTyping.number.state,
    AgreementTyping.entered.state,
    AgreementTyping.url.state,
    AgreementTyping.until.state,
    LetterTyping.words.state,
}
