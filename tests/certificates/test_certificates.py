"""Certificates of learning: issued by a licensed organization, numbered without gaps, verified by their QR, revoked."""

from __future__ import annotations

import asyncio
import contextlib
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, insert, select, update

from bot.clock import Moment
from bot.documents.certificate import Stated, certificate_docx, certificate_pdf
from bot.documents.certificate_template import MADE
from bot.documents.paper import TEMPLATES
from bot.policy import Person, Post
from bot.refusals import Refusal
from bot.services.certificates.issuing import issue
from storage.db import Database
from storage.tables import Certificate, CertificateFile, Choice, ChoiceChange, Consent, Course, Entry, Organization
from tests.enrollment.test_enrollment import file_names, heard, last_file
from tests.network.test_yearend import on
from tests.papers.papers_world import EVIL, text_of
from tests.papers.test_papers import own_template
from tests.people.test_invitations_pdf import told
from tests.qr import squares
from tests.timetable_world import enroll, said
from tests.world import CENTRE, CHESS, DANA, IRINA, IT, MISHA, NURBIY, ROBOTICS, VERA, ZONE, Member, World

IRINA_HERSELF = Person(IRINA, 1004, posts=frozenset({Post("partner", 12, IT)}))
NURBIY_HIMSELF = Person(NURBIY, 1006, posts=frozenset({Post("partner", 22, CENTRE)}))
FACTS: dict[str, Any] = {
    "child": "Петров Миша Алексеевич",
    "organization": "Центр развития IT-образования",
    "licence": "Л035-01",
    "address": "ул. Гагарина, 12",
    "head": "",
    "course": "Робототехника",
    "direction": "техническая",
    "hours": 68,
    "day": "2027-05-28",
    "first": "2026-09-03",
    "last": "2027-05-27",
    "result": "completed",
}
NOTE = FACTS | {"result": "left", "held": 10, "attended": 8, "lessons": 5, "present": 4}
CODE = "cert_AbCdEfGhIjKlMnOpQrStUv"


async def completed(world: World, *pupils: int) -> None:
    """These have learnt robotics, and Pavel has said that they completed it."""
    for pupil in pupils:
        await enroll(world.db, pupil, ROBOTICS)
    await on(world, 2027, 5, 28)
    await world.pavel.send("/start")
    await world.pavel.tap("Конец года")
    await world.pavel.tap("Г-01")
    for number, _ in enumerate(pupils, 1):
        await world.pavel.tap(f"{number} ✅")
    await world.pass_time(minutes=3)


async def opens(who: Member, *path: str) -> None:
    await who.send("/start")
    await who.tap("Документы об обучении")
    for label in path:
        await who.tap(label)


async def kept(db: Database) -> list[Certificate]:
    async with db.read() as tx:
        return list(await tx.scalars(select(Certificate).order_by(Certificate.id)))


@pytest.mark.usefixtures("sound")
async def test_a_partner_issues_certificates_of_a_group_and_families_get_them(world: World, tmp_path: Path) -> None:
    await completed(world, MISHA, DANA)
    await opens(world.irina, "Г-01, Робототехника: к выдаче 2", "Свидетельства: 2")
    assert said(world.irina) == (
        "Выдать свидетельства: 2?\nНомера в реестре: 1–2\n\n• Петров Миша Алексеевич, 7А\n• Шеуджен Дана Руслановна, 7А\n\n"
        "Центр развития IT-образования, лицензия Л035-01\nПрограмма «Робототехника», часов: 68\n"
        "С 5 ноября 2026 по 10 декабря 2026\n\n"
        "Семьи узнают через две минуты; до этого выдачу можно отменить без письма."
    )
    await world.irina.tap("Выдать")
    assert said(world.irina).startswith("✅ Свидетельств выдано: 2, № 1–2. Семьи узнают через две минуты.")
    assert heard(world.anna, "свидетельство") == []
    await world.pass_time(minutes=3)
    assert heard(world.anna, "свидетельство") == [
        (
            "🎓 Миша: выдано свидетельство об обучении № 1, курс «Робототехника», Центр развития IT-образования. "
            "Подлинник с подписью и печатью выдаст организация."
        )
    ]
    await world.anna.tap("Получить документ")
    assert file_names(world.anna) == ["Свидетельство-1.pdf"]
    assert said(world.anna) == "Это копия для семьи. Подлинник с подписью и печатью выдаёт организация."
    paper = await world.anna.file(last_file(world.anna))
    (link,) = squares(paper, tmp_path)
    assert link == f"https://t.me/school8_bot?start=cert_{(await kept(world.db))[0].code}"
    stranger = world.stranger()
    await stranger.send(f"/start {link.partition('=')[2]}")
    assert said(stranger) == (
        "✅ Документ подлинный\n\nСвидетельство об обучении № 1 от 28 мая 2027\n\nПетров Миша Алексеевич\n\n"
        "Центр развития IT-образования, лицензия Л035-01\nПрограмма «Робототехника», часов: 68\n"
        "С 5 ноября 2026 по 10 декабря 2026\n\nПрограмма освоена полностью\n\nСверьте с бумагой: всё должно совпадать."
    )
    await stranger.send(f"Проверьте, пожалуйста: {link}")
    assert said(stranger).startswith("✅ Документ подлинный")
    await opens(world.irina, "Г-01", "Напечатать свидетельства")
    assert file_names(world.irina) == ["Свидетельства-Г-01.docx"]
    printed = text_of(await world.irina.file(last_file(world.irina)))
    assert printed.count("СВИДЕТЕЛЬСТВО") == 2
    assert printed.count("обучался в сетевой форме") == printed.count("обучалась в сетевой форме") == 1
    assert printed.index("Петров Миша Алексеевич") < printed.index("№ 2 от 28 мая 2027 г.")


async def test_a_file_that_went_out_is_given_again_as_it_went(world: World, tmp_path: Path) -> None:
    await completed(world, MISHA, DANA)
    await opens(world.irina, "Г-01", "Свидетельства: 2", "Выдать", "Напечатать свидетельства")
    first = await world.irina.file(last_file(world.irina))
    await world.pass_time(minutes=3)
    await world.anna.tap("Получить документ")
    copy = await world.anna.file(last_file(world.anna))
    (own := tmp_path / "templates").mkdir(exist_ok=True)
    own_template(own, "Другой бланк {% for one in certificates %}{{ one.number }}{% endfor %}", name="certificate.docx")
    await opens(world.irina, "Г-01", "Напечатать свидетельства")
    assert await world.irina.file(last_file(world.irina)) == first
    await world.pass_time(days=1)
    await world.anna.press(world.anna.messages[-1].id, "cert.file:1")
    assert await world.anna.file(last_file(world.anna)) == copy
    await opens(world.irina, "Реестр: 2", "№ 1")
    assert (
        "Файл «Свидетельство-1.pdf» сохранён 28 мая 2027. "
        f"Его отпечаток (SHA-256): {sha256(copy).hexdigest()}\n"
        "Файл «Свидетельства-Г-01.docx» сохранён 28 мая 2027. "
        f"Его отпечаток (SHA-256): {sha256(first).hexdigest()}"
    ) in said(world.irina)
    await world.ruslan.send("/mydata")
    for label in ("Отозвать", "Подтвердить"):
        await world.ruslan.tap(label)
    async with world.db.read() as tx:
        files = {row.name: row.content for row in await tx.execute(select(CertificateFile.name, CertificateFile.content))}
    assert files == {"Свидетельства-Г-01.docx": None, "Свидетельство-1.pdf": copy}  # Dana stood in the one, not in the other
    await opens(world.irina, "Г-01", "Напечатать свидетельства")
    assert text_of(await world.irina.file(last_file(world.irina))).strip() == "Другой бланк 1"


async def test_a_mistaken_issuing_costs_no_letter_and_its_numbers_stay_used(world: World) -> None:
    await completed(world, MISHA, DANA)
    await opens(world.irina, "Г-01", "Свидетельства: 2", "Выдать", "Отменить выдачу")
    assert said(world.irina).startswith("Выдача отменена, документов: 2. Их номера в реестре остались отменёнными.")
    await world.pass_time(minutes=3)
    assert heard(world.anna, "свидетельство") == []
    await world.irina.tap("Свидетельства: 2")
    assert "Номера в реестре: 3–4" in said(world.irina)
    await world.irina.tap("Выдать")
    await world.pass_time(minutes=11)
    await world.irina.tap("Отменить выдачу")
    assert "Прошло больше десяти минут" in str(world.irina.toasts[-1])
    assert [(one.number, one.revoked_at is None) for one in await kept(world.db)] == [
        (1, False),
        (2, False),
        (3, True),
        (4, True),
    ]


async def test_a_revoked_one_says_so_and_the_family_reads_why(world: World) -> None:
    await completed(world, MISHA)
    await opens(world.irina, "Г-01", "Свидетельства: 1", "Выдать")
    await world.pass_time(minutes=3)
    code = (await kept(world.db))[0].code
    await opens(world.irina, "Реестр: 1", "№ 1", "Получить документ")
    went_out = await world.irina.file(last_file(world.irina))
    await opens(world.irina, "Реестр: 1", "№ 1", "Отозвать")
    await world.irina.send("Ошибка в фамилии")
    await world.irina.tap("Подтвердить")
    assert said(world.irina).startswith("⛔ Документ № 1 отозван. Семья узнает.")
    assert said(world.irina).endswith("⛔ Отозван 28 мая 2027. Причина: Ошибка в фамилии")
    await world.irina.tap("Файл, каким он был выдан")
    assert await world.irina.file(last_file(world.irina)) == went_out
    assert "⛔ Документ отозван: этот файл — каким он был выдан, он недействителен." in str(world.irina.messages)
    await world.deliver()
    assert heard(world.anna, "отозван") == [
        (
            "⛔ Миша: свидетельство об обучении № 1 по курсу «Робототехника», Центр развития IT-образования: документ отозван и больше "
            "недействителен. Причина: Ошибка в фамилии"
        )
    ]
    await world.anna.tap("Получить документ")
    assert "Этот документ отозван." in str(world.anna.toasts[-1])
    await world.anna.press(world.anna.messages[-1].id, "cert.revoked:1")
    assert file_names(world.anna) == []
    await world.stranger().send(f"/start cert_{code}")
    assert said(world.stranger()) == (
        "⛔ Документ отозван 28 мая 2027 и недействителен\n\nСвидетельство об обучении № 1 от 28 мая 2027"
    )


async def test_a_forged_code_and_a_number_are_unknown_and_guessing_is_locked(world: World) -> None:
    await completed(world, MISHA)
    await opens(world.irina, "Г-01", "Свидетельства: 1", "Выдать")
    code = (await kept(world.db))[0].code
    stranger = world.stranger()
    unknown = (
        "❓ Такого документа в реестрах сети нет. Проверьте ссылку под QR: номер документа сам по себе ничего не подтверждает."
    )
    for forged in ("1", "AAAAAAAAAAAAAAAAAAAAAA", code[:-1], f"{code}x"):
        await stranger.send(f"/start cert_{forged}")
        assert said(stranger) == unknown
    await stranger.send("ABCDE-2FGHJ")  # a wrong invitation counts with them
    await stranger.send(f"/start cert_{code}")
    assert said(stranger).startswith("Слишком много неверных кодов. Попробуйте снова в ")
    await world.pass_time(minutes=16)
    await stranger.send(f"/start cert_{code}")
    assert said(stranger).startswith("✅ Документ подлинный")


async def test_without_a_licence_or_hours_nothing_is_issued(world: World) -> None:
    await completed(world, MISHA)
    for change, words in (
        (
            update(Organization).where(Organization.id == IT).values(licence=None),
            "Документ об обучении выдаёт только организация с лицензией",
        ),
        (
            update(Organization).where(Organization.id == IT).values(licence="Л-1", kind="resource"),
            "ресурсный партнёр: обучение там не ведётся",
        ),
    ):
        async with world.db.write() as tx:
            await tx.execute(change)
        await opens(world.irina, "Г-01", "Свидетельства: 1")
        assert words in str(world.irina.toasts[-1]) + said(world.irina)
    async with world.db.write() as tx:
        await tx.execute(update(Organization).where(Organization.id == IT).values(kind="educational"))
        await tx.execute(update(Course).where(Course.id == ROBOTICS).values(hours=None))
    await opens(world.irina, "Г-01", "Свидетельства: 1")
    assert "не указаны часы" in str(world.irina.toasts[-1])
    assert await kept(world.db) == []


async def test_who_left_gets_a_note_with_hours_and_attendance(world: World) -> None:
    await enroll(world.db, MISHA, ROBOTICS)
    async with world.db.write() as tx:
        entry = {"pupil_id": MISHA, "group_id": 1, "lesson": 1, "ordinal": 1, "entered_at": world.now, "kind": "attendance"}
        for day, value in ((date(2026, 11, 5), "present"), (date(2026, 11, 12), "absent")):
            await tx.execute(insert(Entry).values(**entry, day=day, value=value))
    await on(world, 2026, 11, 20)
    async with world.db.write() as tx:
        await tx.execute(update(Choice).values(state="left", changed_at=world.now))
        await tx.execute(insert(ChoiceChange).values(choice_id=1, was="enrolled", now="left", at=world.now))
    await opens(world.irina, "Г-01", "Справка: Петров")
    assert said(world.irina).startswith("Выдать справку об обучении?\nНомер в реестре: 1\n\n• Петров Миша Алексеевич, 7А")
    assert "Проведено часов: 6, с участием ребёнка: 3\nПосещено занятий по журналу: 1 из 2" in said(world.irina)
    await world.irina.tap("Выдать")
    assert said(world.irina).startswith("✅ Справка выдана, № 1. Семья узнает через две минуты.")
    await world.irina.tap("Напечатать справки")
    text = text_of(await world.irina.file(last_file(world.irina)))
    assert "За это время проведено академических часов: 6" in text
    assert "Посещено занятий по журналу: 1 из 2" in text
    assert "программа освоена частично, обучение прекращено до её окончания" in text


async def test_an_answer_a_document_stands_on_is_not_taken_back(world: World) -> None:
    await completed(world, MISHA)
    await opens(world.irina, "Г-01", "Свидетельства: 1", "Выдать")
    await world.pavel.send("/start")
    await world.pavel.tap("Конец года")
    await world.pavel.tap("Г-01")
    await world.pavel.tap("Отменить: 1")
    assert "уже выдан документ № 1" in str(world.pavel.toasts[-1])


async def test_nobody_else_issues_reads_or_prints(world: World) -> None:
    await completed(world, MISHA)
    await opens(world.irina, "Г-01", "Свидетельства: 1", "Выдать")
    number = (await kept(world.db))[0].id
    for phone in (world.nurbiy, world.pavel, world.ruslan, world.stranger()):
        await phone.send("/start")
        page = phone.messages[-1].id
        for data in ("cert:0", "cert.group:1:0", "cert.plan:1:0", "cert.print:1:0", "cert.register:0", f"cert.line:{number}",
                     f"cert.file:{number}", f"cert.revoke:{number}"):  # fmt: skip
            await phone.press(page, data)
        assert file_names(phone) == []
        assert "Петров" not in said(phone)


async def test_without_the_familys_consent_the_partner_issues_nothing_and_the_school_may(world: World) -> None:
    await completed(world, MISHA)
    async with world.db.write() as tx:
        await tx.execute(
            update(Consent).where(Consent.purpose == "partner", Consent.pupil_id == MISHA).values(withdrawn_at=world.now)
        )
    await opens(world.irina, "Г-01")
    assert "Петров" not in said(world.irina)
    assert "Свидетельств к выдаче нет." in said(world.irina)
    await world.olga.send("/papers")
    for label in ("Документы об обучении", "Г-01", "Свидетельства: 1", "Выдать"):
        await world.olga.tap(label)
    await opens(world.irina, "Реестр: 1")
    assert next(label for row in world.irina.buttons for label in row) == "№ 1 · без имени"


async def test_erased_the_register_keeps_its_line_without_the_name(world: World) -> None:
    await completed(world, DANA)
    await opens(world.irina, "Г-01", "Свидетельства: 1", "Выдать")
    await world.ruslan.send("/mydata")
    for label in ("Отозвать", "Подтвердить"):
        await world.ruslan.tap(label)
    (one,) = await kept(world.db)
    assert (one.pupil_id, one.facts["child"], one.number) == (None, "", 1)
    await world.stranger().send(f"/start cert_{one.code}")
    assert "Имя: семья отозвала свои данные" in said(world.stranger())
    assert "Шеуджен" not in said(world.stranger())


async def test_two_who_issue_at_once_leave_no_gap_and_no_double(db: Database) -> None:
    at = Moment(datetime(2027, 5, 28, 9, tzinfo=UTC), ZONE)
    for pupil in (MISHA, DANA, VERA):
        await enroll(db, pupil, ROBOTICS)
        await enroll(db, pupil, CHESS)
    async with db.write() as tx:
        await tx.execute(update(Choice).values(outcome="completed", outcome_at=at.now))

    async def tries(group: int, by: Person) -> None:
        with contextlib.suppress(Refusal):  # certificate-nobody: another press was first
            await issue(db, group, 0, by=by, at=at)

    crowd = [tries(ROBOTICS, IRINA_HERSELF) for _ in range(6)] + [tries(CHESS, NURBIY_HIMSELF) for _ in range(6)]
    await asyncio.gather(*crowd)
    async with db.read() as tx:
        rows = await tx.execute(
            select(Certificate.organization_id, Certificate.number).order_by(Certificate.organization_id, Certificate.number)
        )
        assert [tuple(row) for row in rows] == [(CENTRE, 1), (CENTRE, 2), (CENTRE, 3), (IT, 1), (IT, 2), (IT, 3)]
        assert await tx.scalar(select(func.count(Certificate.code.distinct()))) == 6


# ── the papers themselves ───────────────────────────────────────────────────────────────────────────────────────────


def test_the_default_templates_are_what_their_script_makes() -> None:
    for name, make in MADE.items():
        assert text_of((TEMPLATES / name).read_bytes()) == text_of(make())


@pytest.mark.parametrize("facts", [FACTS, NOTE | {"kind": "note"}])
def test_hostile_names_change_neither_paper(facts: dict[str, Any], tmp_path: Path) -> None:
    hostile = facts | {"child": EVIL, "course": "#emph[x] $x^2$ «Шахматы»", "head": EVIL}
    stated = [Stated(7, str(facts.get("kind", "certificate")), hostile, CODE)]
    words = told(certificate_pdf(stated, "school8_bot"), tmp_path)
    assert EVIL in " ".join(words.split())
    assert "#emph[x] $x^2$ «Шахматы»" in words
    assert EVIL in text_of(certificate_docx(stated, "school8_bot"))


def test_without_the_bots_name_there_is_no_square(tmp_path: Path) -> None:
    stated = [Stated(7, "certificate", FACTS, CODE)]
    assert "Проверить подлинность" not in told(certificate_pdf(stated, None), tmp_path)
    assert "Проверить подлинность" not in text_of(certificate_docx(stated, None))
    assert squares(certificate_pdf(stated * 2, "school8_bot"), tmp_path) == [f"https://t.me/school8_bot?start={CODE}"] * 2
