"""The director's orders: drafted, made with a number of the register, changed, annulled; kept as they went out."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import insert, select, update

from bot.clock import Moment
from bot.refusals import ChangedSince, Refusal
from bot.services.papers.kept import kept_file
from bot.services.papers.orders import Asked, draft, issue
from bot.services.papers.papers import Listed
from bot.services.papers.registers import number_in
from bot.settings import Settings
from bot.voice import voice
from storage.db import Database
from storage.papers.kept import Kept
from storage.tables import Choice, KeptPaper, Organization, Pupil, Register, Staff
from tests.enrollment.test_enrollment import file_names, last_file
from tests.enrollment_world import MOMENT, OLGA_HERSELF, THEN
from tests.papers.papers_world import text_of
from tests.papers.test_papers import own_template
from tests.papers.test_papers_pages import enrolled, labels
from tests.timetable_world import said
from tests.world import CENTRE, DANA, IT, ROBOTICS, SCHOOL, ZONE, Member, World

SAY = voice("ru", ZONE)
ALL = Asked(Listed(SCHOOL))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(_env_file=None, data_dir=tmp_path)


async def made(db: Database, settings: Settings, asked: Asked = ALL, at: Moment = THEN) -> Kept:
    """The next order, by whoever has just looked at its page."""
    seen = (await draft(db, asked, by=OLGA_HERSELF, at=at)).digest
    return await issue(db, replace(asked, seen=seen), by=OLGA_HERSELF, say=SAY, settings=settings, at=at)


async def order_page(olga: Member, whose: str = "Все партнёры") -> None:
    await olga.send("/papers")
    await olga.tap("Приказ")
    await olga.tap(whose)


async def test_the_coordinator_makes_an_order_and_finds_it_again_as_it_went(world: World) -> None:
    await enrolled(world.db)
    async with world.db.write() as tx:
        await tx.execute(update(Staff).where(Staff.role == "coordinator").values(post="заместитель директора по УВР"))
    olga = world.olga
    await order_page(olga)
    await olga.tap("Какой номер следующий")
    assert said(olga).startswith("🔢 Книга приказов, 2026\nСледующий номер: 1.")
    await olga.send("№ 46-о")
    assert said(olga) == "✅ Следующий приказ получит № 46-о."
    await order_page(olga)
    await olga.tap("С какого дня")
    await olga.send("первого")
    assert said(olga) == "Не понимаю дату. Напишите её так: 01.09.2026"
    await olga.send("10.11")
    assert said(olga) == (
        "📄 Приказ об обучении\n\nМБОУ СОШ №8\n\nУчеников в списке: 2. По книге приказов это № 46-о от 9 ноября 2026.\n\n"
        "Действует с 10 ноября 2026.\n\n"
        "⚠️ Нет договора: МБОУ ДО ЦДО МО «Кошехабльский район», Центр развития IT-образования. "
        "В приказе на его месте останется пустая строка."
    )
    await olga.tap("Издать приказ № 46-о")
    assert said(olga) == (
        "✅ Приказ № 46-о от 9 ноября 2026 издан.\nСкачайте, напечатайте и подпишите. Файл хранится таким, какой он сейчас: "
        "«Документы» → «Отправленное»."
    )
    assert olga.buttons == [["📥 Скачать"], ["📄 Приказ № 46-о от 9 ноября"], ["‹ Назад", "🏠 Меню"]]
    await olga.tap("Скачать")
    first = await olga.file(last_file(olga))
    text = text_of(first)
    assert "9 ноября 2026 г.…№ 46-о" in text
    assert "3. Начать занятия с 10 ноября 2026 г." in text
    assert "Хачирову Ольгу Муратовну, заместителя директора по УВР." in text
    async with world.db.write() as tx:
        await tx.execute(update(Pupil).where(Pupil.id == DANA).values(full_name="Иная Дана Руслановна"))
    await olga.send("/papers")
    await olga.tap("Отправленное")
    assert said(olga) == "🗃 Отправленное, 2026/2027\nБумаг: 3. Каждая хранится такой, какой ушла."
    assert labels(olga)[:3] == [
        "Заявка № 2 от 9 ноября, ЦДО",
        "Заявка № 1 от 9 ноября, Центр развития IT-образования",
        "Приказ № 46-о от 9 ноября",
    ]
    await olga.tap("Приказ № 46-о")
    assert said(olga).endswith(f"Его отпечаток (SHA-256): {hashlib.sha256(first).hexdigest()}")
    await olga.tap("Скачать")
    assert await olga.file(last_file(olga)) == first
    assert file_names(olga)[-1] == "Приказ-46-о-все-партнёры-2026-11-09.docx"


async def test_the_next_order_is_on_what_has_changed(world: World, settings: Settings) -> None:
    await enrolled(world.db)
    await made(world.db, settings)
    olga = world.olga
    await order_page(olga)
    assert said(olga) == "📄 Приказ об обучении\n\nС последнего приказа ничего не изменилось. Учеников в списке: 2."
    assert labels(olga) == ["📄 Приказ № 1 от 9 ноября", "‹ Назад", "🏠 Меню"]
    async with world.db.write() as tx:
        await tx.execute(update(Choice).where(Choice.course_id == ROBOTICS, Choice.rank == 1).values(changed_at=MOMENT))
        dana = await tx.scalar(select(Choice.id).order_by(Choice.id.desc()).limit(1))
        await tx.execute(update(Choice).where(Choice.id == dana).values(state="left"))
    await order_page(olga)
    assert "Следующий — о внесении изменений, № 2 от 9 ноября 2026." in said(olga)
    assert "Включить: 0. Перевести в другую группу: 0. Исключить: 1." in said(olga)
    await olga.tap("Издать приказ № 2")
    await olga.tap("Скачать")
    text = text_of(await olga.file(last_file(olga)))
    assert "О внесении изменений в приказ от 9 ноября 2026 г. № 1" in text
    left = text[text.index("Исключить из списка\n") :]
    assert ("Шеуджен Дана Руслановна" in left, "Петров" in left) == (True, False)


async def test_an_annulled_order_holds_nobody_and_its_number_is_gone(world: World, settings: Settings) -> None:
    await enrolled(world.db)
    first = await made(world.db, settings)
    async with world.db.write() as tx:
        dana = await tx.scalar(select(Choice.id).order_by(Choice.id.desc()).limit(1))
        await tx.execute(update(Choice).where(Choice.id == dana).values(state="left"))
    second = await made(world.db, settings)
    olga = world.olga
    await olga.send("/papers")
    await olga.tap("Отправленное")
    await olga.tap("Приказ № 1")
    await olga.tap("Аннулировать")
    await olga.tap("Да, аннулировать")
    assert str(olga.toasts[-1]).find("Этот приказ изменён другими: № 2. Сначала аннулируйте их.") >= 0
    for paper in (second, first):
        await olga.press(olga.messages[-1].id, f"papers.annul:{paper.id}:1")
    assert "✖️ Аннулирован 9 ноября 2026. Номер больше никому не достанется." in said(olga)
    third = await made(world.db, settings)
    assert (third.kind, third.number) == ("order", "3")


async def test_what_changed_under_the_page_is_shown_before_anything_is_made(db: Database, settings: Settings) -> None:
    await enrolled(db)
    seen = (await draft(db, ALL, by=OLGA_HERSELF, at=THEN)).digest
    async with db.write() as tx:
        await tx.execute(update(Pupil).where(Pupil.id == DANA).values(archived_at=MOMENT))
    with pytest.raises(ChangedSince):
        await issue(db, replace(ALL, seen=seen), by=OLGA_HERSELF, say=SAY, settings=settings, at=THEN)
    async with db.read() as tx:
        assert list(await tx.scalars(select(KeptPaper.id).where(KeptPaper.kind == "order"))) == []


async def test_a_broken_template_takes_no_number(db: Database, settings: Settings) -> None:
    await enrolled(db)
    folder = settings.data_dir / "templates"
    folder.mkdir()
    own_template(folder, "{{ school }}", name="order.docx")
    with pytest.raises(Refusal, match="template-without-word") as refused:
        await made(db, settings)
    assert SAY.plain(refused.value.key, **refused.value.facts).startswith("В шаблоне order.docx нет слова «number»:")
    (folder / "order.docx").unlink()
    assert (await made(db, settings)).number == "1"


async def test_a_spoilt_file_is_not_given_out_as_the_one_that_went(db: Database, settings: Settings) -> None:
    await enrolled(db)
    paper = await made(db, settings)
    async with db.write() as tx:
        await tx.execute(update(KeptPaper).where(KeptPaper.id == paper.id).values(content=b"other"))
    with pytest.raises(Refusal, match="paper-spoilt"):
        await kept_file(db, paper.id, by=OLGA_HERSELF)


async def test_numbers_have_neither_gaps_nor_doubles_when_many_make_orders_at_once(db: Database, settings: Settings) -> None:
    """Two orders of one school, and the same press twice, all at one moment."""
    await enrolled(db)
    asked = []
    for partner in (IT, CENTRE):
        one = Asked(Listed(SCHOOL, partner))
        one = replace(one, seen=(await draft(db, one, by=OLGA_HERSELF, at=THEN)).digest)
        asked += [one, one, one]
    results = await asyncio.gather(
        *(issue(db, one, by=OLGA_HERSELF, say=SAY, settings=settings, at=THEN) for one in asked), return_exceptions=True
    )
    orders = [one for one in results if isinstance(one, Kept)]
    assert sorted(one.number for one in orders) == ["1", "2"]
    assert {one.organization_id for one in orders} == {IT, CENTRE}
    assert sum(isinstance(one, ChangedSince) for one in results) == 4
    async with db.read() as tx:
        assert await tx.scalar(select(Register.next_number)) == 3


async def test_a_school_counts_by_the_year_it_chooses_and_apart_from_others(world: World, settings: Settings) -> None:
    await enrolled(world.db)
    olga = world.olga
    await order_page(olga)
    await olga.tap("Какой номер следующий")
    await olga.tap("Считать по учебным годам")
    assert said(olga).startswith("🔢 Книга приказов, 2026/2027\nСледующий номер: 1.")
    assert (await made(world.db, settings)).number == "1"
    async with world.db.write() as tx:
        await tx.execute(insert(Organization).values(id=9, code="О-09", name="МБОУ СОШ №9", role="base"))
        await tx.execute(update(Pupil).where(Pupil.id == DANA).values(school_id=9))
        await tx.execute(update(Staff).where(Staff.role == "director").values(organization_id=9))
    winter = Moment(MOMENT.replace(year=2027, month=1, day=15), ZONE)
    assert (await made(world.db, settings, at=winter)).number == "2", "the same academic year goes on in January"


@pytest.mark.parametrize(
    ("typed", "parts"),
    [("47", ("", 47, "")), ("№ 47-о", ("", 47, "-о")), ("01-08/46", ("01-08/", 46, "")), ("П-5 / 2", ("П-5 / ", 2, ""))],
)
def test_a_number_is_read_as_the_book_writes_it(typed: str, parts: tuple[str, int, str]) -> None:
    assert number_in(typed) == parts


@pytest.mark.parametrize("typed", ["", "о", "0", "№", "1234567", "а" * 30 + "1"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(Refusal, match="number-unclear"):
        number_in(typed)


async def test_a_number_that_was_given_is_not_set_again(world: World, settings: Settings) -> None:
    await enrolled(world.db)
    await made(world.db, settings)
    olga = world.olga
    await olga.send("/start")
    await olga.press(olga.messages[-1].id, f"papers.number:{SCHOOL}:order")
    await olga.send("1")
    assert said(olga) == "№ 1 не подходит: бот уже дал номера до 1. Напишите больший."
    await olga.send("12")
    assert said(olga) == "✅ Следующий приказ получит № 12."
