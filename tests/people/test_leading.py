"""What real parents type, misspelt and short: each sentence is looked for, announced, led to a page, passed on, or greeted."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from bot.services.courses.spoken import may_look_for_a_course
from bot.services.people.asking import is_question
from bot.services.people.leading import greets, thanks, topics
from bot.services.timetable.absences.said import speaks_of_absence
from storage.tables import Organization
from tests.timetable_world import enroll, said
from tests.world import CHESS, MISHA, SCHOOL, World

SENTENCES = {
    "absence": (
        "Миша не придёт завтра",
        "миша непридет",
        "Веры сегодня небудет",
        "нас не будет до пятницы",
        "мы не сможем прийти",
    ),
    "leads absence": ("дочь заболела", "у сына температура 38", "мы опоздаем", "отпустите Веру пораньше", "приболели мы"),
    "leads timetable": ("когда занятие", "во сколько завтра урок", "росписание", "что у нас завтра", "где проходят занятия"),
    "leads journal": ("какие оценки у Миши", "пришлите дневник", "что задали", "дз", "почему-то оценок не вижу"),
    "leads applications": ("мое заявление приняли?", "какая очередь у нас", "как отозвать заявление"),
    "leads courses": (
        "хочу что-нибудь интересное",
        "что нибудь для мальчика 8 лет",
        "чем занять ребенка",
        "на какой курс лучше идти",
    ),
    "leads settings": ("не пишите мне больше", "отпишите меня", "мне не приходят сообщения"),
    "leads mydata": ("удалите наши данные",),
    "leads help": ("помогите", "как этим пользоваться"),
    "greets": ("Здравствуйте", "Добрый день!", "салам"),
    "thanks": ("спасибо", "Хорошо, спасибо большое!", "ок"),
    "passed on": (
        "Когда будет собрание?",
        "можно перенести занятие на пятницу?",
        "сколько это стоит",
        "почему нас не взяли",
        "позвоните мне",
    ),
    "nothing": ("я не могу войти", "абракадабра"),  # the menu, and who can answer
}


def taken(text: str) -> str:
    """As the handlers ask, in their order; a course's name is asked of the catalogue (below)."""
    if speaks_of_absence(text):
        return "absence"
    if found := topics(text):
        return f"leads {found[0]}"
    if greets(text) or thanks(text):
        return "greets" if greets(text) else "thanks"
    return "passed on" if is_question(text) else "nothing"


@pytest.mark.parametrize("kind", SENTENCES)
def test_what_parents_type_is_understood(kind: str) -> None:
    assert {text: taken(text) for text in SENTENCES[kind]} == dict.fromkeys(SENTENCES[kind], kind)


def test_a_sentence_may_ask_the_catalogue_for_what_is_offered() -> None:
    assert [may_look_for_a_course(text) for text in ("Есть шахматы?", "шахмоты", "Когда будет собрание?")] == [True, True, False]


async def test_in_the_chat_nobody_is_left_with_a_shrug(world: World) -> None:
    anna = world.anna
    await enroll(world.db, MISHA, CHESS)
    async with world.db.write() as tx:
        await tx.execute(update(Organization).where(Organization.id == SCHOOL).values(phone="8 (87770) 1-23-45"))
    for typed, course in (("шахмоты", "Шахматы"), ("запишите на роботехнику", "Робототехника"), ("Есть шахматы?", "Шахматы")):
        await anna.send(typed)
        assert [course in str(anna.buttons), "Не понял" in said(anna)] == [True, False], typed
    await anna.send("какие оценки у Миши")
    others = (
        "Если дело в другом, ответить могут:\n• Школа: МБОУ СОШ №8, тел. 8 (87770) 1-23-45\n"
        "• Партнёр: МБОУ ДО ЦДО МО «Кошехабльский район»"
    )
    assert said(anna) == f"🧭 Похоже, это здесь — нажмите:\n\n{others}"
    assert anna.buttons == [["📖 Журнал"], ["💬 Передать педагогу или в школу"], ["🏠 Меню"]]
    await anna.send("дочь заболела")
    assert anna.buttons[0] == ["🙅 Не придём"]
    await world.misha.send("привет")
    assert said(world.misha) == "👋 Привет! Всё, что я умею, — в меню."
    await anna.send("абракадабра")
    assert said(anna) == f"Не понял вас. Выберите, что показать, — или откройте помощь: /help\n\n{others}"
