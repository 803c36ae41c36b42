"""Who may download which paper, as they press for it: the family its own, the school's heads those of their school."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import insert, update

from bot.clock import Moment
from bot.policy import Person, Post
from bot.refusals import Refusal
from bot.services.papers.orders import Asked, order_draft
from bot.services.papers.papers import Edition, Listed, application_paper, groups_paper, request_paper
from bot.services.requests.requests import enroll
from bot.settings import Settings
from bot.voice import voice
from storage.db import Database
from storage.tables import Application, Choice, Consent, Guardianship, Organization, Pupil
from tests.enrollment.test_enrollment import file_names, last_file
from tests.enrollment_world import (
    ANNA_HERSELF,
    IRINA_HERSELF,
    MOMENT,
    OLGA_HERSELF,
    RUSLAN_HIMSELF,
    THEN,
    TODAY,
    approved,
    choices,
    handed_in,
    requested,
)
from tests.papers.papers_world import text_of
from tests.papers.test_papers import own_template
from tests.timetable_world import said
from tests.world import ANNA, CENTRE, CHESS, DANA, IT, MISHA, ROBOTICS, SCHOOL, SERGEY, ZONE, Member, World

SAY = voice("ru", ZONE)
SERGEY_HIMSELF = Person(SERGEY, 6, posts=frozenset({Post("director", 2, SCHOOL)}))
MISHA_ALONE = Person(9, 9, own=frozenset({MISHA}))
OTHER_SCHOOL = 9
JUNE = Moment(datetime(2026, 6, 10, 9, tzinfo=UTC), ZONE)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(_env_file=None, data_dir=tmp_path)


async def enrolled(db: Database) -> int:
    """Misha and Dana learn robotics, Misha chess too. Returns the request to the IT centre."""
    misha = await approved(db, MISHA, ROBOTICS, CHESS, by=ANNA_HERSELF)
    dana = await approved(db, DANA, ROBOTICS, by=RUSLAN_HIMSELF)
    robotics = await requested(db, IT)
    await requested(db, CENTRE)
    for application in (misha, dana):
        for choice in (await choices(db, application)).values():
            await enroll(db, choice.id, by=OLGA_HERSELF, now=MOMENT, today=TODAY)
    return robotics


def labels(who: Member) -> list[str]:
    return [label for row in who.buttons for label in row]


async def test_a_family_downloads_its_application(world: World) -> None:
    await handed_in(world.db, MISHA, ROBOTICS, CHESS, by=ANNA_HERSELF)
    await world.anna.send("/applications")
    await world.anna.tap("Миша")
    await world.anna.tap("Скачать заявление")
    assert file_names(world.anna) == ["Заявление-Миша-1.docx"]
    assert said(world.anna) == (
        "Напечатайте, допишите данные от руки и подпишите: школе нужна бумага с подписью.\n\nТак заявление подано 9 ноября 2026."
    )
    text = text_of(await world.anna.file(last_file(world.anna)))
    assert "Петрова Мишу Алексеевича" in text
    assert "Робототехника" in text
    assert "Медицинскую справку" in text  # chess is sport


async def test_another_family_and_a_partner_cannot(world: World) -> None:
    application = await handed_in(world.db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    for phone in (world.ruslan, world.irina, world.pavel, world.stranger()):
        await phone.send("/start")
        await phone.press(phone.messages[-1].id, f"papers.application:{application}")
        assert file_names(phone) == []
        assert "Петров" not in said(phone)


async def test_staff_of_the_school_see_the_application_those_of_another_do_not(db: Database, settings: Settings) -> None:
    application = await handed_in(db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    facts = {"say": SAY, "settings": settings, "today": TODAY}
    for who in (ANNA_HERSELF, MISHA_ALONE, OLGA_HERSELF, SERGEY_HIMSELF):
        assert (await application_paper(db, Edition(application), by=who, **facts)).content.startswith(b"PK")  # type: ignore[arg-type]
    elsewhere = Person(3, 3, posts=frozenset({Post("coordinator", 1, OTHER_SCHOOL), Post("director", 2, OTHER_SCHOOL)}))
    unconsented = Person(ANNA, 1, wards=frozenset({MISHA}))
    for who in (RUSLAN_HIMSELF, IRINA_HERSELF, elsewhere, unconsented, Person(None, 5)):
        with pytest.raises(Refusal, match="gone"):
            await application_paper(db, Edition(application), by=who, **facts)  # type: ignore[arg-type]
    with pytest.raises(Refusal, match="gone"):
        await application_paper(db, Edition(999), by=OLGA_HERSELF, **facts)  # type: ignore[arg-type]


async def test_the_coordinator_prints_an_application_from_the_inbox(world: World) -> None:
    await handed_in(world.db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    await world.olga.send("/inbox")
    await world.olga.tap("Заявления")
    await world.olga.tap("Скачать заявление")
    assert file_names(world.olga) == ["Заявление-Миша-1.docx"]


async def test_the_coordinator_gets_order_lists_and_requests(world: World) -> None:
    await enrolled(world.db)
    olga = world.olga
    await olga.send("/start")
    await olga.tap("Документы")
    assert said(olga).startswith("📄 Документы\nГотовлю файл в Word")
    first = ["📄 Приказ об обучении", "👥 Списки групп", "📨 Заявки партнёрам", "🗃 Отправленное", "🤝 Договоры", "📝 Согласия"]
    assert labels(olga)[:6] == first
    assert labels(olga)[-1] == "🏠 Меню"
    await olga.tap("Приказ")
    assert said(olga) == "📄 Приказ об обучении\nСписок учеников будет приложением. Для кого приказ?"
    everybody, centre, it, *ways_back = labels(olga)
    assert everybody == "Все партнёры"
    assert (centre.endswith(": 1"), "ЦДО" in centre) == (True, True)  # one pupil; a long name may be shortened
    assert (it.endswith(": 2"), "IT" in it) == (True, True)
    assert ways_back == ["‹ Назад", "🏠 Меню"]
    await olga.tap("Все партнёры")
    assert said(olga).startswith(
        "📄 Приказ об обучении\n\nМБОУ СОШ №8\n\nУчеников в списке: 2. По книге приказов это № 1 от 9 ноября 2026."
    )
    await olga.tap("Посмотреть черновик")
    text = text_of(await olga.file(last_file(olga)))
    assert text.count("Петров Миша Алексеевич") == 2
    assert text.count("Шеуджен Дана Руслановна") == 1
    assert "Хачирову Ольгу Муратовну" in text
    assert "заявки школы № 1 от 09.11.2026, № 2 от 09.11.2026" in text
    await olga.send("/papers")
    await olga.tap("Списки групп")
    assert said(olga) == "👥 Списки групп\nЧьи группы?"
    await olga.tap("IT")
    assert labels(olga) == ["Г-01, Робототехника: 2", "‹ Назад", "🏠 Меню"]
    await olga.tap("Г-01")
    text = text_of(await olga.file(last_file(olga)))
    assert "Занятия: чт 15:00–16:30; место: каб. 2; часов по программе: 68" in text
    assert text.index("Петров Миша Алексеевич") < text.index("Шеуджен Дана Руслановна")
    await olga.send("/papers")
    await olga.tap("Заявки партнёрам")
    assert said(olga) == "📨 Заявки партнёрам\nВсего: 2. Нажмите, чтобы получить файл."
    await olga.tap("№ 2")
    assert file_names(olga) == [
        "Черновик-приказа-все-партнёры-2026-11-09.docx",
        "Список-Г-01-2026-11-09.docx",
        "Заявка-2-2026-11-09.docx",
    ]


async def test_the_director_has_them_too(world: World) -> None:
    request = await enrolled(world.db)
    sergey = world.sergey
    await sergey.send("/papers")
    await sergey.tap("Приказ")
    await sergey.tap("IT")
    await sergey.tap("Посмотреть черновик")
    assert file_names(sergey) == ["Черновик-приказа-Центр-развития-IT-образования-2026-11-09.docx"]
    await sergey.press(next(message.id for message in sergey.messages if message.from_bot), f"papers.request:{request}")
    assert "Шеуджен Дана Руслановна" in text_of(await sergey.file(last_file(sergey)))


async def test_while_nobody_is_enrolled_the_pages_say_what_comes_next(world: World) -> None:
    olga = world.olga
    for press, words in (
        ("Приказ", "Пока никто не зачислен, и списков ещё нет.\nОни появятся, когда партнёр зачислит учеников."),
        ("Списки", "Пока никто не зачислен, и списков ещё нет.\nОни появятся, когда партнёр зачислит учеников."),
        ("Заявки", "Заявок пока нет: они появятся, когда школа одобрит заявления и сформирует заявку."),
    ):
        await olga.send("/papers")
        await olga.tap(press)
        assert said(olga) == words
        assert labels(olga) == ["‹ Назад", "🏠 Меню"]
    await olga.press(olga.messages[-1].id, "papers.order:1:0")
    assert "Пока никто не зачислен" in str(olga.toasts[-1])


async def test_the_pages_open_to_nobody_else(world: World) -> None:
    request = await enrolled(world.db)
    for phone in (world.anna, world.misha, world.pavel, world.irina, world.stranger()):
        await phone.send("/start")
        assert not any("Документы" in label for label in labels(phone))
        page = phone.messages[-1].id
        for data in (
            "papers",
            "papers.orders:0",
            "papers.order:1:0",
            "papers.order:1:3",
            "papers.order.draft:1:3:0:0:0",
            "papers.order.go:1:3:0:0:0:abc",
            "papers.order.day:1:3:0:0:0:1",
            "papers.number:1:order",
            "papers.number.years:1:order:1",
            "papers.sent:0:0",
            "papers.sent.one:1",
            "papers.sent.file:1",
            "papers.annul:1:1",
            "papers.groups:0",
            "papers.groups.of:1:3:0",
            "papers.group:1:3:1",
            "papers.requests:0",
            f"papers.request:{request}",
        ):
            await phone.press(page, data)
        assert file_names(phone) == []
        assert "Шеуджен" not in said(phone)


async def test_heads_of_another_school_get_nothing_of_this_one(db: Database, settings: Settings) -> None:
    request = await enrolled(db)
    async with db.write() as tx:
        await tx.execute(insert(Organization).values(id=OTHER_SCHOOL, code="О-09", name="МБОУ СОШ №9", role="base"))
        child = {
            "id": 90,
            "code": "У-90",
            "full_name": "Чужой Пётр",
            "class_name": "7А",
            "class_year": 2026,
            "school_id": OTHER_SCHOOL,
        }
        await tx.execute(insert(Pupil).values(**child))
        await tx.execute(insert(Guardianship).values(person_id=ANNA, pupil_id=90, since=MOMENT))
        agreed = {"person_id": ANNA, "pupil_id": 90, "purpose": "partner", "organization_id": IT}
        await tx.execute(insert(Consent).values(**agreed, text_version="2026-08", basis="", given_at=MOMENT))
        application = {"id": 90, "pupil_id": 90, "state": "approved", "created_at": MOMENT}
        await tx.execute(insert(Application).values(**application))
        choice = {
            "application_id": 90,
            "course_id": ROBOTICS,
            "rank": 1,
            "state": "enrolled",
            "group_id": 1,
            "changed_at": MOMENT,
        }
        await tx.execute(insert(Choice).values(**choice))
    theirs = Person(3, 3, posts=frozenset({Post("coordinator", 1, OTHER_SCHOOL)}))
    with pytest.raises(Refusal, match="not-yours"):
        await order_draft(db, Asked(Listed(SCHOOL, None)), by=theirs, say=SAY, settings=settings, at=THEN)
    with pytest.raises(Refusal, match="not-yours"):
        await groups_paper(db, Listed(SCHOOL, IT, 1), by=theirs, say=SAY, settings=settings, today=TODAY)
    with pytest.raises(Refusal, match="gone"):
        await request_paper(db, request, by=theirs, say=SAY, settings=settings)
    for who, school, seen, unseen in ((theirs, OTHER_SCHOOL, "Чужой", "Петров"), (OLGA_HERSELF, SCHOOL, "Петров", "Чужой")):
        order = await order_draft(db, Asked(Listed(school, None)), by=who, say=SAY, settings=settings, at=THEN)
        group = await groups_paper(db, Listed(school, IT, None), by=who, say=SAY, settings=settings, today=TODAY)
        for text in (text_of(order.content), text_of(group.content)):
            assert (seen in text, unseen in text) == (True, False)


async def test_an_order_of_june_on_who_applied_in_may_is_for_september(db: Database, settings: Settings) -> None:
    await enrolled(db)
    async with db.write() as tx:
        await tx.execute(update(Application).values(submitted_at=datetime(2026, 5, 20, tzinfo=UTC)))
    order = await order_draft(db, Asked(Listed(SCHOOL, IT)), by=OLGA_HERSELF, say=SAY, settings=settings, at=JUNE)
    assert "в 2026/2027 учебном году" in text_of(order.content)
    assert "заявки школы № 1 от 09.11.2026;" in text_of(order.content)


async def test_who_applied_twice_stands_once(db: Database, settings: Settings) -> None:
    await enrolled(db)
    async with db.write() as tx:
        again = {"id": 70, "pupil_id": MISHA, "state": "approved", "created_at": MOMENT}
        await tx.execute(insert(Application).values(**again))
        choice = {
            "application_id": 70,
            "course_id": ROBOTICS,
            "rank": 1,
            "state": "enrolled",
            "group_id": 1,
            "changed_at": MOMENT,
        }
        await tx.execute(insert(Choice).values(**choice))
    lists = await groups_paper(db, Listed(SCHOOL, IT, None), by=OLGA_HERSELF, say=SAY, settings=settings, today=TODAY)
    assert text_of(lists.content).count("Петров Миша Алексеевич") == 1


async def test_an_archived_pupil_stands_on_no_list(db: Database, settings: Settings) -> None:
    await enrolled(db)
    async with db.write() as tx:
        await tx.execute(update(Pupil).where(Pupil.id == DANA).values(archived_at=MOMENT))
    order = await order_draft(db, Asked(Listed(SCHOOL, IT)), by=SERGEY_HIMSELF, say=SAY, settings=settings, at=THEN)
    assert "Шеуджен" not in text_of(order.content)


async def test_a_broken_template_of_the_school_is_told_to_who_presses(world: World, tmp_path: Path) -> None:
    await enrolled(world.db)
    (tmp_path / "templates").mkdir()
    own_template(tmp_path / "templates", "{{ shcool }}", name="order.docx")
    await world.olga.send("/papers")
    await world.olga.tap("Приказ")
    await world.olga.tap("Все партнёры")
    await world.olga.tap("Издать приказ")
    assert file_names(world.olga) == []
    assert "В шаблоне order.docx стоит слово «shcool»" in str(world.olga.toasts[-1])
