"""Consents on paper: what each says, who prints whose."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

from docx import Document

from bot.documents.consents import consents_docx
from storage.papers.consents import Recipient, Subject
from tests.enrollment.test_enrollment import file_names, last_file
from tests.papers.papers_world import BASE, EVIL, TODAY, text_of
from tests.papers.test_papers_pages import labels
from tests.timetable_world import said
from tests.world import MISHA, ZONE, World

WHEN = datetime(2026, 9, 1, tzinfo=UTC)
MISHAS = Subject(
    1,
    1,
    "Петров Миша Алексеевич",
    "7А",
    date(2013, 5, 14),
    "Петрова Анна Ивановна",
    {("processing", None): WHEN, ("partner", 3): WHEN},
)
PARTNERS = [Recipient(2, "МБОУ ДО ЦДО", "а. Кошехабль"), Recipient(3, "Центр IT", None)]


def consents(*children: Subject) -> str:
    return text_of(consents_docx(children, BASE, PARTNERS, today=TODAY, zone=ZONE))


def test_a_document_for_each_purpose_holds_what_a_consent_must() -> None:
    text = consents(MISHAS)
    processing, partners, messages, photographs = text.split("СОГЛАСИЕ\n")[1:]
    for each in (processing, partners, messages, photographs):
        for words in (
            "Я, Петрова Анна Ивановна,",
            "адрес: …",
            "документ, удостоверяющий личность (вид, серия, номер, кем и когда выдан): …",
            "действующий(ая) как законный представитель на основании",
            "ребёнка Петрова Миши Алексеевича, дата рождения 14.05.2013, класс 7А,",
            "Федеральным законом от 27.07.2006 № 152-ФЗ",
            "оператору (МБОУ СОШ №8, адрес: ул. Школьная, 1)",
            "Цель: ",
            "Данные: ",
            "Действия и способ: ",
            "Срок: ",
            "Согласие можно отозвать в любой день: письменным заявлением в школу или в боте сети",
            "(подпись и расшифровка подписи родителя, законного представителя)",
        ):
            assert words in each
        assert "14 лет" not in each
    assert processing.startswith("на обработку персональных данных ребёнка")
    assert "В боте сети согласие отмечено 1 сентября 2026 г.: Петрова Анна Ивановна." in processing
    assert [name in partners for name in ("МБОУ ДО ЦДО, а. Кошехабль", "Центр IT", "01.09.2026")] == [True, True, True]
    assert "трансграничная передача" in messages
    assert "отмечено" not in messages
    assert "статья 10.1" in photographs


def test_who_is_not_known_writes_and_a_pupil_of_fourteen_signs_too() -> None:
    text = consents(replace(MISHAS, guardian=None, birth_date=date(2010, 1, 1), given={}))
    assert text.count("Я, …,") == 4
    assert text.count("Ознакомлен(а), ученик(ца) 14 лет и старше") == 4


def test_no_name_harms_a_consent() -> None:
    wild = replace(MISHAS, child=EVIL, guardian=EVIL, class_name=EVIL, given={})
    made = consents_docx([wild], replace(BASE, name=EVIL), [Recipient(2, EVIL, EVIL)], today=TODAY, zone=ZONE)
    assert EVIL in text_of(made)
    assert "49" not in text_of(made)
    Document(BytesIO(made))


async def test_a_family_prints_the_consents_of_its_child_and_of_nobody_else(world: World) -> None:
    anna = world.anna
    await anna.send("/settings")
    await anna.tap("Согласия: Миша")
    await anna.tap("Согласие на бумаге")
    assert file_names(anna) == ["Согласия-Миша.docx"], (said(anna), anna.toasts[-1:])
    assert said(anna).startswith("Напечатайте и подпишите: каждое согласие — отдельный документ.")
    text = text_of(await anna.file(last_file(anna)))
    assert "Петрова Миши Алексеевича" in text
    assert "Центр развития IT-образования, ул. Гагарина, 12" in text
    for phone in (world.ruslan, world.misha, world.pavel, world.irina, world.stranger()):
        await phone.send("/start")
        await phone.press(phone.messages[-1].id, f"papers.consent:{MISHA}")
        assert file_names(phone) == []
        assert "Петров" not in said(phone)


async def test_the_coordinator_prints_those_of_a_class(world: World) -> None:
    olga = world.olga
    await olga.send("/papers")
    await olga.tap("Согласия")
    assert labels(olga)[:2] == ["4Б: 1", "7А: 2"]
    await olga.tap("7А")
    assert labels(olga)[:3] == ["Весь класс: 2", "Петров Миша Алексеевич", "Шеуджен Дана Руслановна"]
    await olga.tap("Весь класс")
    text = text_of(await olga.file(last_file(olga)))
    assert text.count("СОГЛАСИЕ\n") == 8
    assert file_names(olga) == ["Согласия-7А.docx"]
