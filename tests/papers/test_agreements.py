"""Agreements with partners: drafted, made with a number, entered, filed, published; the morning's letter before they end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import insert, select, update

from bot.documents.agreements import Contract, agreement_docx
from bot.services.papers.ending import ending
from storage.db import Database
from storage.papers import agreements
from storage.papers.agreements import Party, Taught
from storage.tables import Agreement, Document, Organization, Step, Task
from tests.enrollment.test_enrollment import file_names, last_file
from tests.enrollment_world import MOMENT
from tests.papers.papers_world import BASE, EVIL, text_of
from tests.papers.test_papers_pages import enrolled, labels
from tests.timetable_world import said
from tests.world import CENTRE, IT, SCHOOL, World

OF_AGREEMENTS = Task.step_id.in_(select(Step.id).where(Step.code == "regulation-6", Step.school_id == SCHOOL))
TEACHES = Party(
    3, "Центр IT", "educational", "Л035-4", "с. Натырбово", None, None, "Ким Павел Андреевич", "директор", "Устава", "ИНН 01"
)
WITH_IT = Contract(
    BASE,
    Party(1, BASE.name, "educational", "Л035-1", BASE.address, None, None, None, None, None, None),
    TEACHES,
    "teaching",
    date(2026, 9, 1),
    (date(2026, 9, 1), date(2027, 5, 31)),
    [Taught("Робототехника", "техническая", 68, ["5", "6"])],
    12,
    2026,
    "3-с",
)


def test_the_agreement_with_who_teaches_holds_what_its_sample_form_asks_for() -> None:
    text = text_of(agreement_docx(WITH_IT))
    for words in (
        "ДОГОВОР № 3-с",
        "о сетевой форме реализации образовательных программ",
        "лицензия на осуществление образовательной деятельности Л035-1, в лице директора Иванова Сергея Ильича,",
        "в лице директора Кима Павла Андреевича, действующего на основании Устава, с другой стороны",
        "Порядок организации и осуществления образовательной деятельности при сетевой форме",
        "на день договора их 12",
        "действует с 1 сентября 2026 г. по 31 мая 2027 г. включительно",
        "выдаёт документ об обучении",
        "Реквизиты: ИНН 01",
        "Хачирова Ольга Муратовна",
    ):
        assert words in text
    assert text.index("Робототехника") < text.index("68")


def test_who_lends_resources_teaches_nobody_and_what_is_unknown_is_a_line() -> None:
    library = Party(5, "Библиотека", "resource", *[None] * 8)
    text = text_of(agreement_docx(replace(WITH_IT, partner=library, side="resource", number="", courses=[])))
    assert "не ведёт образовательной деятельности и документов об обучении не выдаёт" in text
    assert "ПРОЕКТ: номера нет, не подписывать" in text
    assert "в лице руководителя ____________________, действующего (действующей) на основании ____________________" in text
    assert "лицензия на осуществление образовательной деятельности Л035-1" in text
    assert text.count("лицензия") == 1


def test_no_name_harms_an_agreement() -> None:
    wild = Party(3, EVIL, EVIL, EVIL, EVIL, EVIL, EVIL, EVIL, EVIL, EVIL, EVIL)
    for side in ("teaching", "resource"):
        text = text_of(agreement_docx(replace(WITH_IT, partner=wild, side=side, number=EVIL)))
        assert EVIL in text
        assert "49" not in text


async def test_the_coordinator_makes_an_agreement_files_it_and_publishes_it(world: World) -> None:
    await enrolled(world.db)
    async with world.db.write() as tx:
        facts = {"head": "Ким Павел Андреевич", "head_post": "директор", "acts_on": "Устава"}
        await tx.execute(update(Organization).where(Organization.id == IT).values(**facts))
    olga = world.olga
    await olga.send("/papers")
    await olga.tap("Договоры")
    assert said(olga) == "🤝 Договоры с партнёрами\nС кем?"
    assert labels(olga)[:2] == ["⬜ ЦДО: нет договора", "⬜ Центр развития IT-образования: нет договора"]
    await olga.tap("Центр развития IT-образования")
    await olga.tap("Черновик: партнёр учит")
    assert "ПРОЕКТ" in text_of(await olga.file(last_file(olga)))
    await olga.tap("Назад")
    await olga.tap("Составить: партнёр учит")
    assert said(olga) == (
        "✅ Договор № 1 составлен.\nСкачайте, подпишите с партнёром и приложите подписанный файл или ссылку на сайте.\n\n"
        "🤝 Договор о сетевой форме № 1 от 9 ноября 2026\nЦентр развития IT-образования\n\n"
        "Действует до 31 мая 2027: осталось 203 дня.\n⬜ На сайте: ссылки пока нет.\n⬜ Подписанного файла пока нет."
    )
    await olga.tap("Ссылка на сайте")
    await olga.send("сайт школы")
    assert said(olga) == "Это не ссылка. Скопируйте её из браузера целиком: https://…"
    await olga.send("https://school8.example/agreements/1")
    assert "На сайте: https://school8.example/agreements/1" in said(olga)
    await olga.tap("Приложить подписанный")
    await olga.attach("договор.pdf", b"%PDF signed")
    assert "Подписанный файл: договор.pdf" in said(olga)
    await olga.tap("Подписанный")
    assert await olga.file(last_file(olga)) == b"%PDF signed"
    async with world.db.read() as tx:
        assert await tx.scalar(select(Task.done_at).where(OF_AGREEMENTS)) is None, "chess is learnt without an agreement yet"
    await olga.press(olga.messages[-1].id, f"papers.agreements.of:{SCHOOL}:{CENTRE}")
    await olga.tap("Внести подписанный")
    await olga.send("12 с первого сентября")
    assert said(olga) == "Не понимаю. Напишите так: 12 от 01.09.2026 до 31.05.2027"
    await olga.send("№ 12/у от 01.09.2026 до 31.05.2027")
    assert "🤝 Договор о сетевой форме № 12/у от 1 сентября 2026" in said(olga)
    await olga.tap("Ссылка на сайте")
    await olga.send("https://school8.example/agreements/2")
    async with world.db.read() as tx:
        assert await tx.scalar(select(Task.done_at).where(OF_AGREEMENTS)) is not None
    await olga.send("/papers")
    await olga.tap("Приказ")
    await olga.tap("Все партнёры")
    await olga.tap("Посмотреть черновик")
    text = text_of(await olga.file(last_file(olga)))
    assert (
        "№ 12/у от 01.09.2026 (МБОУ ДО ЦДО МО «Кошехабльский район»); № 1 от 09.11.2026 (Центр развития IT-образования)" in text
    )
    assert file_names(olga)[0] == "Черновик-договора-Центр-развития-IT-образования.docx"


async def test_another_last_day_and_an_end_before_the_term(world: World) -> None:
    await agreement(world.db, ends=date(2027, 5, 31))
    olga = world.olga
    await olga.send("/papers")
    await olga.tap("Договоры")
    assert labels(olga)[1] == "✍️ Центр развития IT-образования: № 3-с, ещё 203 дня"
    await olga.tap("Центр развития IT-образования")
    await olga.tap("№ 3-с")
    await olga.tap("До какого дня")
    await olga.send("01.09.2025")
    assert said(olga) == "Последний день раньше, чем дата договора. Проверьте даты."
    await olga.send("31.08.2027")
    assert "Действует до 31 августа 2027" in said(olga)
    await olga.tap("Прекратить договор")
    await olga.tap("Да, прекратить")
    assert "✖️ Прекращён 9 ноября 2026." in said(olga)
    async with world.db.read() as tx:
        assert await agreements.standing(tx, SCHOOL, date(2026, 11, 9)) == {}


async def agreement(db: Database, *, ends: date, number: str = "3-с", partner: int = IT) -> None:
    async with db.write() as tx:
        facts = {"school_id": SCHOOL, "organization_id": partner, "side": "teaching", "number": number}
        await tx.execute(insert(Agreement).values(**facts, signed_on=date(2026, 9, 1), ends_on=ends, made_at=MOMENT))


@pytest.mark.parametrize(
    ("left", "today", "before", "spoken"),
    [
        (60, date(2026, 11, 9), date(2026, 11, 6), True),
        (61, date(2026, 11, 9), date(2026, 11, 6), False),
        (59, date(2026, 11, 9), date(2026, 11, 6), True),  # Sunday was the sixtieth: Monday says it
        (57, date(2026, 11, 9), date(2026, 11, 6), False),  # Friday said it
        (30, date(2026, 11, 9), date(2026, 11, 6), True),
        (7, date(2026, 11, 9), date(2026, 11, 6), True),
        (6, date(2026, 11, 10), date(2026, 11, 9), False),
    ],
)
async def test_an_agreement_is_spoken_of_three_times(db: Database, left: int, today: date, before: date, *, spoken: bool) -> None:
    await agreement(db, ends=today + timedelta(days=left))
    async with db.read() as tx:
        assert [one.number for one in await ending(tx, [SCHOOL], today, before)] == (["3-с"] if spoken else [])


async def test_one_that_another_goes_on_from_is_not_spoken_of(db: Database) -> None:
    await agreement(db, ends=date(2027, 1, 8))
    await agreement(db, ends=date(2027, 12, 31), number="4-с")
    async with db.read() as tx:
        assert await ending(tx, [SCHOOL], date(2026, 11, 9), date(2026, 11, 6)) == []


async def test_the_morning_s_letter_says_that_an_agreement_ends(world: World) -> None:
    await agreement(world.db, ends=date(2027, 1, 9))
    await world.pass_time(hours=21)
    letter = next(message.text for message in reversed(world.olga.messages) if "кончается" in str(message.text))
    assert "🤝 Договор № 3-с (Центр развития IT-образования) кончается через 60 дней." in str(letter)


async def test_a_partner_has_its_own_agreements_again_and_nobody_else_s(world: World) -> None:
    async with world.db.write() as tx:
        signed = Document(name="договор.pdf", kind="agreement", content=b"%PDF signed", made_at=MOMENT)
        tx.add(signed)
        await tx.flush()
        facts = {"school_id": SCHOOL, "side": "teaching", "signed_on": date(2026, 9, 1), "ends_on": date(2027, 5, 31)}
        for number, partner in (("3-с", IT), ("4-с", CENTRE)):
            row = {**facts, "number": number, "organization_id": partner, "document_id": signed.id, "made_at": MOMENT}
            await tx.execute(insert(Agreement).values(**row))
    await world.irina.send("/papers")
    assert said(world.irina).startswith("📄 Документы\nВ заявках — списки учеников файлами. Ниже ваши договоры")
    await world.irina.tap("№ 3-с")
    assert await world.irina.file(world.irina.messages[-1]) == b"%PDF signed"
    assert "4-с" not in str(world.irina.buttons)
    async with world.db.read() as tx:
        foreign = await tx.scalar(select(Agreement.id).where(Agreement.number == "4-с"))
    sent = len(world.irina.messages)
    await world.irina.press(world.irina.messages[-1].id, f"papers.mine:{foreign}")
    assert all(message.file is None for message in world.irina.messages[sent:])
    await world.pavel.send("/papers")
    assert "Документы" not in said(world.pavel)
