"""A request after its first sending: versions, whoever may not be named yet, a partner without the bot."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import insert, select, update

from bot.clock import Moment
from bot.documents.request import DELTA
from bot.documents.request_template import delta_template
from bot.policy import Person, Post
from bot.services.enrollment.withdrawing import withdraw
from bot.services.requests.forming import form_request
from storage import doctor
from storage.db import Database
from storage.requests import requests
from storage.tables import Application, Choice, Consent, Organization, Pupil, Request, RequestLine, RequestVersion, Staff
from tests.enrollment.test_enrollment import file_names, heard, last_file
from tests.enrollment_world import ANNA_HERSELF, MOMENT, OLGA_HERSELF, RUSLAN_HIMSELF, approved, choices, drawn, requested
from tests.requests.test_requests import sheet_of, text_of
from tests.timetable_world import said, words
from tests.world import ANNA, DANA, IRINA, IT, MISHA, ROBOTICS, SCHOOL, SERGEY, VERA, ZONE, World

LATER = MOMENT + timedelta(days=3)


async def changed(db: Database) -> int:
    """Misha was asked for; then he gave up and Dana was approved."""
    mishas = await approved(db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    request = await requested(db, IT)
    await withdraw(db, mishas, 0, by=ANNA_HERSELF, at=Moment(MOMENT, ZONE))
    await approved(db, DANA, ROBOTICS, by=RUSLAN_HIMSELF)
    await drawn(db)
    return request


async def silent(db: Database, person: int) -> None:
    async with db.write() as tx:
        await tx.execute(
            update(Consent).where(Consent.person_id == person, Consent.purpose == "partner").values(withdrawn_at=MOMENT)
        )


async def test_what_comes_later_is_the_next_version_of_the_same_request(db: Database) -> None:
    request = await changed(db)
    facts = {"by": OLGA_HERSELF, "year": 2026, "zone": ZONE}
    assert await form_request(db, SCHOOL, IT, **facts, now=LATER) == request  # type: ignore[arg-type]
    assert await form_request(db, SCHOOL, IT, **facts, now=LATER) == request  # type: ignore[arg-type]  # pressed twice
    async with db.read() as tx:
        assert list(await tx.scalars(select(Request.number))) == [1]
        versions = (await tx.execute(select(RequestVersion.version, RequestVersion.made_at))).all()
        lines = (await tx.execute(select(RequestLine.version, RequestLine.change).order_by(RequestLine.version))).all()
        now = await requests.whole(tx, request)
        delta = await requests.whole(tx, request, 2)
    assert [tuple(one) for one in versions] == [(1, MOMENT), (2, LATER)]
    assert sorted(tuple(one) for one in lines) == [(1, "added"), (2, "added"), (2, "withdrawn")]
    assert now is not None
    assert delta is not None
    assert [line.child for line in now.lines] == ["Шеуджен Дана Руслановна"]
    assert [(line.child, line.change) for line in delta.lines] == [
        ("Петров Миша Алексеевич", "withdrawn"),
        ("Шеуджен Дана Руслановна", "added"),
    ]


async def test_the_coordinator_sends_the_changes_and_the_partner_hears(world: World) -> None:
    request = await changed(world.db)
    olga, irina = world.olga, world.irina
    await irina.send("/requests")
    await irina.tap("№ 1")
    assert "• Петров Миша Алексеевич, 7А: Робототехника — семья отозвала" in said(irina)  # at once
    await olga.send("/requests")
    await olga.tap("№ 1")
    assert "✏️ После отправки изменилось: одобрено 1, отозвано 1. Партнёр узнает, когда вы отправите изменения." in said(olga)
    await olga.tap("Отправить изменения")
    assert said(olga) == (
        "Изменения к заявке № 1: Центр развития IT-образования\n"
        "Партнёр получит версию 2: добавить 1, исключить 1. Пока ничего не отправлено.\n\n"
        "«Робототехника» (1): Шеуджен Дана Руслановна, 7А\n\n"
        "Исключить (1): Петров Миша Алексеевич, 7А\n\n"
        "⚠️ Мало детей\nРобототехника, Г-01: 1 ребёнок, нужно хотя бы 6"
    )
    await world.deliver()
    assert heard(irina, "версия 2") == []  # nothing goes before the yes
    await olga.tap("Подтвердить")
    sent = next(words(each) for each in olga.messages if words(each).startswith("📨 Изменения отправлены."))
    assert sent.startswith("📨 Изменения отправлены. Партнёр и семья узнают сами.")
    assert "Версия 2 от 9 ноября 2026: добавлено 1, отозвано 1." in sent
    await world.deliver()
    assert heard(irina, "версия 2") == [
        "📨 Заявка № 1, версия 2 от 9 ноября: МБОУ СОШ №8.\nДобавлено: 1, отозвано: 1. Курсы: «Робототехника»."
    ]
    await irina.press(irina.messages[-1].id, f"request.page:{request}:0")
    assert "Петров" not in said(irina)
    await irina.tap("Изменения XLSX")
    rows = sheet_of(await irina.file(last_file(irina)))
    assert rows[0][0] == "Изменения к заявке № 1 от 9 ноября 2026: версия 2 от 9 ноября 2026"
    assert [(row[1], row[7]) for row in rows[4:]] == [
        ("Петров Миша Алексеевич", "исключить"),
        ("Шеуджен Дана Руслановна", "добавить"),
    ]
    await irina.send("/requests")
    await irina.tap("№ 1")
    await irina.tap("Изменения DOCX")
    paper = text_of(await irina.file(last_file(irina)))
    for piece in (
        "ИЗМЕНЕНИЯ К ЗАЯВКЕ № 1 от 9 ноября 2026 г.",
        "версия 2 от 9 ноября 2026 г., 2026/2027 учебный год",
        "Просим дополнительно зачислить:",
        "Шеуджен Дана Руслановна",
        "Просим исключить из заявки:",
        "Петров Миша Алексеевич",
    ):
        assert piece in paper
    assert "{" not in paper
    await irina.send("/requests")
    await irina.tap("№ 1")
    await irina.tap("📄 DOCX")
    paper = text_of(await irina.file(last_file(irina)))
    assert "ЗАЯВКА № 1 от 9 ноября 2026 г., версия 2 от 9 ноября 2026 г." in paper
    assert "Петров" not in paper


def test_the_template_of_changes_is_the_one_its_script_makes() -> None:
    assert text_of(DELTA.read_bytes()) == text_of(delta_template())


async def test_whoever_did_not_agree_is_named_to_the_coordinator_only(world: World) -> None:
    await silent(world.db, ANNA)
    await approved(world.db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    await approved(world.db, DANA, ROBOTICS, by=RUSLAN_HIMSELF)
    request = await requested(world.db, IT)
    async with world.db.read() as tx:
        whole = await requests.whole(tx, request)
        assert whole is not None
        assert [line.child for line in whole.lines] == ["Шеуджен Дана Руслановна"]
        assert await tx.scalar(select(Choice.state).where(Choice.id == 1)) == "approved"
    await world.deliver()
    assert heard(world.anna, "готова просить место") == [
        (
            "Миша: школа одобрила заявление на курс «Робототехника» и готова просить место, но нужно ваше согласие на передачу данных.\n"
            "Кому: Центр развития IT-образования. Без согласия школа не может назвать ребёнка."
        )
    ]
    await world.olga.send("/requests")
    assert (
        "⚠️ Нет согласия на передачу в «Центр развития IT-образования»: Петров Миша Алексеевич, 7А. "
        "В заявку войдут, когда семья согласится." in said(world.olga)
    )
    await world.irina.send("/requests")
    assert "Петров" not in said(world.irina)
    await world.anna.tap("Прочитать")  # the letter leads to the consents of the child
    await world.anna.tap("Центр развития IT-образования")
    await world.olga.send("/requests")
    await world.olga.tap("№ 1")
    await world.olga.tap("Отправить изменения")
    await world.olga.tap("Подтвердить")
    async with world.db.read() as tx:
        assert await tx.scalar(select(Choice.state).where(Choice.id == 1)) == "requested"


async def test_when_nobody_may_be_named_the_families_are_asked(world: World) -> None:
    await silent(world.db, ANNA)
    await approved(world.db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    await approved(world.db, VERA, 2, by=ANNA_HERSELF)
    await drawn(world.db)
    await world.olga.send("/requests")
    await world.olga.tap("Попросить согласие: 2")
    assert said(world.olga).startswith("✉️ Попросил о согласии. Ждём семьи детей: 2.")
    await world.olga.press(world.olga.messages[-1].id, f"inbox.form:{SCHOOL}:{IT}")
    assert "Назвать пока некого" in said(world.olga) + str(world.olga.toasts[-1:])
    await world.deliver()
    assert len(heard(world.anna, "готова просить место")) == 2  # once a child, however often the button was pressed
    async with world.db.read() as tx:
        assert list(await tx.scalars(select(Request.id))) == []


async def test_a_partner_without_the_bot_is_entered_by_the_coordinator(world: World) -> None:
    await approved(world.db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    await requested(world.db, IT)
    async with world.db.write() as tx:
        await tx.execute(update(Staff).where(Staff.person_id == IRINA).values(person_id=None))
    olga = world.olga
    await olga.send("/requests")
    await olga.tap("№ 1")
    assert "У партнёра нет бота: его ответ вносите вы." in said(olga)
    await olga.tap("Внести ответ партнёра")
    await olga.tap("Зачислить")
    assert said(olga).startswith("✅ Зачислено. Семья узнает.")
    assert (await choices(world.db, 1))[ROBOTICS].state == "enrolled"


async def test_the_inbox_forms_the_next_version_too(world: World) -> None:
    await changed(world.db)
    olga = world.olga
    await olga.send("/inbox")
    await olga.tap("Сформировать заявку")
    await olga.tap("Центр развития IT-образования")
    await olga.tap("Сформировать заявку")
    formed = [words(message) for message in olga.messages if "версия 2" in message.text]
    assert formed[0].splitlines()[0] == (
        "📨 Заявка № 1, версия 2 от 9 ноября 2026: Центр развития IT-образования. Теперь в ней детей: 1."
    )
    assert file_names(olga) == ["Заявка-1-изменения-2.docx", "Заявка-1-изменения-2.xlsx"]


async def test_who_goes_to_another_school_is_taken_out_of_the_one_request_and_asked_for_in_the_other(db: Database) -> None:
    await approved(db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    await approved(db, DANA, ROBOTICS, by=RUSLAN_HIMSELF)
    first = await requested(db, IT)
    async with db.write() as tx:
        await tx.execute(insert(Organization).values(id=50, code="О-50", name="Гимназия №5", role="base"))
        await tx.execute(update(Pupil).where(Pupil.id == DANA).values(school_id=50))
    tamara = Person(SERGEY, 61, posts=frozenset({Post("coordinator", 51, 50)}))
    async with db.read() as tx:
        assert [one.child for one in await requests.approved(tx, 50, IT, 2026)] == ["Шеуджен Дана Руслановна"]
        assert list(await doctor.worth_knowing(tx)) == [
            "requests that still name pupils who went to another school: send their next versions (both schools)"
        ]
    second = await form_request(db, 50, IT, by=tamara, now=MOMENT, year=2026, zone=ZONE)
    assert second != first
    assert await requested(db, IT) == first
    async with db.read() as tx:
        lines = await tx.execute(
            select(RequestLine.request_id, RequestLine.version, RequestLine.change, Application.pupil_id)
            .join(Choice, Choice.id == RequestLine.choice_id)
            .join(Application)
        )
        assert sorted(tuple(line) for line in lines) == [
            (first, 1, "added", MISHA),
            (first, 1, "added", DANA),
            (first, 2, "withdrawn", DANA),
            (second, 1, "added", DANA),
        ]
        assert await doctor.worth_knowing(tx) == {} == await doctor.violations(tx)
        assert await requests.approved(tx, SCHOOL, IT, 2026) == [] == await requests.approved(tx, 50, IT, 2026)


async def test_a_request_whose_every_child_gave_up_still_opens_and_names_nobody(world: World) -> None:
    application = await approved(world.db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    request = await requested(world.db, IT)
    await withdraw(world.db, application, 0, by=ANNA_HERSELF, at=Moment(MOMENT, ZONE))
    await requested(world.db, IT)
    await world.deliver()
    await world.irina.press(world.irina.messages[-1].id, f"request.page:{request}:0")
    assert said(world.irina) == (
        "Заявка № 1 от 9 ноября 2026\nМБОУ СОШ №8 → Центр развития IT-образования\nДетей: 0\n\n"
        "В заявке больше никого нет.\n\nВерсия 2 от 9 ноября 2026: добавлено 0, отозвано 1."
    )
