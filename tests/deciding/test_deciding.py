"""The school decides: filters, reasons, all that fit, a decision taken back, a clash let pass; as told on the phones."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import insert, select, update

from bot.clock import Moment
from bot.documents.reading import words_of
from bot.documents.request import request_docx
from bot.services.deciding.deciding import Verdict, decide
from bot.services.enrollment.applications import extend
from bot.services.enrollment.withdrawing import withdraw
from bot.services.requests.forming import form_request
from storage.requests import requests
from storage.tables import Application, Audit, Choice, Consent, Course, Group, Letter, Pupil, Staff
from storage.tables import Person as PersonRow
from tests.enrollment_world import (
    ANNA_HERSELF,
    MOMENT,
    OLGA_HERSELF,
    RUSLAN_HIMSELF,
    TODAY,
    classmates,
    drawn,
    handed_in,
    state_of,
)
from tests.timetable_world import said
from tests.world import CENTRE, CHESS, DANA, IT, MISHA, ROBOTICS, SCHOOL, VERA, ZONE, Member, World


async def three_wait(world: World) -> None:
    await handed_in(world.db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    await handed_in(world.db, DANA, CHESS, by=RUSLAN_HIMSELF)
    await handed_in(world.db, VERA, CHESS, by=ANNA_HERSELF)


async def chess_for_the_little(world: World) -> None:
    """From now on chess is for classes 1 to 4: Dana's application does not fit any more."""
    async with world.db.write() as tx:
        await tx.execute(update(Course).where(Course.id == CHESS).values(classes=["1", "2", "3", "4"]))


def labels(who: Member) -> list[str]:
    return [label for row in who.buttons for label in row]


async def queue(world: World) -> Member:
    await world.olga.send("/inbox")
    await world.olga.tap("Заявления")
    return world.olga


async def test_filters_leave_what_was_asked_for(world: World) -> None:
    await three_wait(world)
    await chess_for_the_little(world)
    olga = await queue(world)
    assert ["‹", "1 из 3", "›"] in olga.buttons
    await olga.tap("Отбор")
    assert said(olga) == "Какие заявления показать?"
    assert labels(olga)[:4] == ["● 📥 Новые: 3", "⚠️ С замечаниями: 1", "↩️ Возвращённые: 0", "✔️ Решённые сегодня: 0"]
    await olga.tap("С замечаниями")
    assert said(olga).startswith("🔎 с замечаниями\n\nШеуджен Дана")
    assert "⚠️ Курс для классов 1–4, а не для 7А." in said(olga)
    await olga.tap("Отбор")
    await olga.tap("Показать все новые")
    await olga.tap("Отбор")
    await olga.tap("Курс")
    assert labels(olga)[:2] == ["Робототехника: 1", "Шахматы: 2"]
    await olga.tap("Шахматы: 2")
    assert said(olga).startswith("🔎 «Шахматы»\n\nШеуджен Дана")
    assert ["‹", "1 из 2", "›"] in olga.buttons
    await olga.tap("›")
    assert said(olga).startswith("🔎 «Шахматы»\n\nПетрова Вера")  # the filter stays while pages turn
    await olga.tap("Отбор")
    await olga.tap("Класс")
    assert labels(olga)[:2] == ["4Б: 1", "7А: 2"]
    await olga.tap("7А: 2")
    assert said(olga).startswith("🔎 «Шахматы» · 7А\n\nШеуджен Дана")
    assert "из" not in " ".join(labels(olga)[4:6])
    await olga.tap("Отбор")
    await olga.tap("Партнёр")
    await olga.tap("Центр развития")
    assert said(olga).endswith("Таких заявлений нет.")
    await olga.tap("Показать все новые")
    assert ["‹", "1 из 3", "›"] in olga.buttons


async def test_a_common_reason_is_one_press(world: World) -> None:
    await handed_in(world.db, MISHA, ROBOTICS, CHESS, by=ANNA_HERSELF)
    olga = await queue(world)
    await olga.tap("Вернуть")
    assert labels(olga)[:2] == ["Уточните класс ребёнка.", "Два курса идут в одно время: оставьте один."]
    await olga.tap("Два курса")
    assert said(olga).startswith("↩️ Возвращено: Петров Миша Алексеевич. Семья прочтёт причину.")
    await world.pass_time(minutes=2)
    assert said(world.anna).endswith("Школа пишет: Два курса идут в одно время: оставьте один.")
    await olga.send("а это уже просто слова")
    assert "Возвращено" not in said(olga)  # the talk was over with the press


async def test_all_that_fit_and_who_is_left(world: World) -> None:
    await three_wait(world)
    await chess_for_the_little(world)
    olga = await queue(world)
    await olga.tap("Все подходящие")
    assert said(olga) == (
        "Подходят и ждут: 2 заявления. Одобрить?\n\n"
        "Останутся с замечаниями: 1\n⚠️ Шеуджен Дана Руслановна, 7А: Курс для классов 1–4, а не для 7А."
    )
    await olga.tap("Одобрить: 2")
    assert said(olga) == (
        "✅ Одобрено: 2. Семьи узнают через две минуты.\n\nОстанутся с замечаниями: 1\n\n"
        "Заявлений от родителей: 1\nЖдут жребия (мест до него никто не получает): 2"
    )
    await olga.tap("Решённые сегодня")
    assert "🔎 решённые сегодня" in said(olga)
    assert ["‹", "1 из 2", "›"] in olga.buttons
    async with world.db.read() as tx:
        states = {row[0]: row[1] for row in await tx.execute(select(Application.pupil_id, Application.state))}
        decided = list(await tx.scalars(select(Audit.action).where(Audit.thing == "application")))
    assert states == {MISHA: "approved", VERA: "approved", DANA: "submitted"}
    assert decided == ["enrollment.decide"] * 2


async def test_many_are_approved_a_few_at_a_time(world: World) -> None:
    families = await classmates(world.db, 45)
    for pupil, person in families.items():
        await handed_in(world.db, pupil, ROBOTICS, by=person)
    olga = await queue(world)
    await olga.tap("Все подходящие")
    assert said(olga).startswith("Подходят и ждут: 45 заявлений.")
    await olga.tap("Одобрить: 45")
    assert said(olga).startswith("✅ Одобрено: 45. Семьи узнают через две минуты.\n\nЖдут жребия")
    shown = " ".join(olga.notices)
    assert "⏳ Одобрено 0 из 45…" in shown
    assert "⏳ Одобрено 40 из 45…" in shown


async def test_what_came_after_the_preview_is_not_approved_unseen(world: World) -> None:
    await three_wait(world)
    olga = await queue(world)
    await olga.tap("Все подходящие")
    world.clock.move(timedelta(minutes=5))
    families = await classmates(world.db, 1)
    late = await handed_in(world.db, 100, ROBOTICS, by=families[100])
    async with world.db.write() as tx:
        await tx.execute(update(Application).where(Application.id == late).values(submitted_at=world.now))
    await olga.tap("Одобрить: 3")
    assert said(olga).startswith("✅ Одобрено: 3. Семьи узнают через две минуты.\n\nЗаявлений от родителей: 1")
    assert await state_of(world.db, late) == "submitted"


async def test_a_decision_is_taken_back_before_anybody_has_heard(world: World) -> None:
    application = await handed_in(world.db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    await world.deliver()
    olga = await queue(world)
    await olga.tap("Одобрить")
    await olga.tap("Отменить решение")
    assert said(olga).startswith("↩️ Решение отменено, заявление снова ждёт.\n\nПетров Миша")
    assert await state_of(world.db, application) == "submitted"
    await world.deliver()
    assert "одобрила" not in " ".join(world.anna.notices)  # nothing has happened, nothing is told
    assert "отменила" not in " ".join(world.anna.notices)


async def test_a_decision_taken_back_after_the_family_heard_is_told(world: World) -> None:
    await handed_in(world.db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    olga = await queue(world)
    await olga.tap("Отклонить")
    await olga.tap("Мест на этот год больше нет.")
    world.clock.move(timedelta(minutes=2))
    await world.deliver()
    assert said(world.anna).startswith("Миша: заявление на курс «Робототехника» отклонено.")
    world.clock.move(timedelta(hours=1))
    await olga.tap("Отменить решение")
    await world.deliver()
    assert said(world.anna) == (
        "↩️ Миша: школа отменила своё решение по заявлению на курс «Робототехника». Его снова рассматривают."
    )
    await world.anna.tap("Открыть заявление")
    assert "9 ноября, 12:00, школа: «Робототехника» — отказано — Мест на этот год больше нет." in said(world.anna)
    assert "9 ноября, 13:02, школа: «Робототехника» — отправлено, ждёт решения школы" in said(world.anna)
    assert "Хачирова" not in said(world.anna)  # a family reads roles
    async with world.db.read() as tx:
        audited = (await tx.execute(select(Audit.action, Audit.before, Audit.reason).order_by(Audit.id))).all()
    assert [tuple(row) for row in audited][1:] == [("enrollment.undo", {"state": "declined"}, "Мест на этот год больше нет.")]


async def test_what_has_been_followed_or_is_of_yesterday_stays(world: World) -> None:
    mishas = await handed_in(world.db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    danas = await handed_in(world.db, DANA, CHESS, by=RUSLAN_HIMSELF)
    olga = world.olga
    for application in (mishas, danas):
        await decide(world.db, application, Verdict("approve"), by=OLGA_HERSELF, at=Moment(world.now, ZONE))
    await drawn(world.db)
    await form_request(world.db, SCHOOL, IT, by=OLGA_HERSELF, now=world.now, year=2026, zone=ZONE)
    await olga.send("/inbox")
    page = olga.newest
    assert page is not None
    await olga.press(page.id, f"inbox.undo:n:0:0:0:{mishas}")
    assert "Отменить уже нельзя: за этим решением последовало другое." in str(olga.toasts[-1])
    world.clock.move(timedelta(days=1))
    await olga.press(page.id, f"inbox.undo:n:0:0:0:{danas}")
    assert "Отменить решение можно только в тот же день." in str(olga.toasts[-1])
    assert [await state_of(world.db, one) for one in (mishas, danas)] == ["approved", "approved"]


async def test_a_seat_given_up_by_declining_comes_back_or_heads_the_line(world: World) -> None:
    async with world.db.write() as tx:
        await tx.execute(update(Course).values(selection="queue"))
        await tx.execute(update(Group).values(seats=1))
    mishas = await handed_in(world.db, MISHA, CHESS, by=ANNA_HERSELF)
    olga = await queue(world)
    await olga.tap("Отклонить")
    await olga.tap("Группа в этом году не открывается.")
    world.clock.move(timedelta(hours=1))
    families = await classmates(world.db, 2)
    for pupil, person in families.items():  # the first takes the seat that fell free, the second waits
        await handed_in(world.db, pupil, CHESS, by=person)
    await olga.tap("Отменить решение")
    assert "Мест нет: 1-е место в очереди резерва" in said(olga)
    async with world.db.read() as tx:
        seated = list(await tx.scalars(select(Choice.application_id).where(Choice.reserve_at.is_(None))))
    assert mishas not in seated


async def test_a_clash_is_let_pass_with_a_reason_that_stays(world: World) -> None:
    await handed_in(world.db, DANA, CHESS, by=RUSLAN_HIMSELF)
    await chess_for_the_little(world)
    olga = await queue(world)
    assert "⚠️ Одобрить с причиной" in labels(olga)
    assert "✅ Одобрить" not in labels(olga)
    page = olga.newest
    assert page is not None
    await olga.press(page.id, "inbox.approve:n:0:0:0:1:2")
    assert "одобрить можно с причиной" in str(olga.toasts[-1]) + said(olga)
    await queue(world)
    await olga.tap("Одобрить с причиной")
    assert said(olga).startswith("Почему можно одобрить, хотя есть ⚠️: Шеуджен Дана Руслановна, 7А?")
    await olga.send("Играет в шахматы с пяти лет")
    assert said(olga).splitlines()[2] == "В заявлении и в журнале решений останется: «Играет в шахматы с пяти лет»"
    await olga.tap("Подтвердить")
    assert said(olga).startswith("✅ Одобрено: Шеуджен Дана Руслановна. Семья узнает.")
    async with world.db.read() as tx:
        override = await tx.scalar(select(Choice.override))
        audited = (
            await tx.execute(select(Audit.person_id, Audit.thing, Audit.reason).where(Audit.action == "enrollment.override"))
        ).all()
    assert override == "Играет в шахматы с пяти лет"
    assert [tuple(row) for row in audited] == [(1, "choice", "Играет в шахматы с пяти лет")]
    await world.ruslan.send("/applications")
    await world.ruslan.tap("Дана")
    assert "1. Шахматы — одобрено школой\n✔️ Школа разрешила: Играет в шахматы с пяти лет" in said(world.ruslan)


async def second_coordinator(world: World) -> Member:
    """Zaur, who decides for the same school."""
    async with world.db.write() as tx:
        person = {"id": 60, "telegram_id": 1060, "name": "Заур", "language": "ru", "detail": "full", "created_at": MOMENT}
        await tx.execute(insert(PersonRow).values(**person))
        post = {"code": "С-03", "full_name": "Мамий Заур Асланович", "organization_id": SCHOOL, "role": "coordinator"}
        await tx.execute(insert(Staff).values(**post, person_id=60))
    return world.member(1060, "Заур")


async def test_two_coordinators_at_once_the_second_hears_who_decided_what(world: World) -> None:
    application = await handed_in(world.db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    zaur, olga = await second_coordinator(world), await queue(world)
    await zaur.send("/inbox")
    await zaur.tap("Заявления: 1")
    await olga.tap("Одобрить")
    await zaur.tap("Одобрить")
    assert "Это заявление уже решено: одобрено, Хачирова Ольга Муратовна, 9 ноября, 12:00." in str(zaur.toasts[-1])
    await zaur.tap("Отклонить")
    assert "одобрено, Хачирова Ольга Муратовна" in str(zaur.toasts[-1])
    await olga.send("/inbox")
    page = olga.newest
    assert page is not None
    await olga.press(page.id, f"inbox.approve:n:0:0:0:{application}:1")  # her own press, come twice
    assert said(olga) == (
        "Это заявление уже решено: одобрено, Хачирова Ольга Муратовна, 9 ноября, 12:00.\n\n"
        "Заявлений больше нет. Что ещё ждёт вас:\n\nЖдут жребия (мест до него никто не получает): 1"
    )
    assert "↩️ Отменить решение" in labels(olga)
    async with world.db.read() as tx:
        assert len(list(await tx.scalars(select(Letter.id).where(Letter.kind == "application-approved")))) == 2


async def test_what_the_family_changed_meanwhile_is_looked_at_first(world: World) -> None:
    application = await handed_in(world.db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    olga = await queue(world)
    await extend(world.db, application, CHESS, by=ANNA_HERSELF, now=world.now, today=TODAY)
    await olga.tap("Одобрить")
    assert "Семья только что изменила заявление." in str(olga.toasts[-1])
    await queue(world)
    assert "2. Шахматы — ЦДО" in said(olga)
    await olga.tap("Одобрить")
    assert said(olga).startswith("✅ Одобрено")


async def test_the_history_names_the_staff_for_the_school(world: World) -> None:
    await handed_in(world.db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    olga = await queue(world)
    await olga.tap("Вернуть")
    await olga.tap("Уточните класс ребёнка.")
    await olga.tap("Отбор")
    await olga.tap("Возвращённые: 1")
    assert "Причина: Уточните класс ребёнка." in said(olga)
    await olga.tap("История")
    assert said(olga).splitlines()[-2:] == [
        "9 ноября, 12:00, семья: «Робототехника» — отправлено, ждёт решения школы",
        "9 ноября, 12:00, школа (Хачирова Ольга Муратовна): «Робототехника» — возвращено на исправление — Уточните класс ребёнка.",
    ]
    await olga.tap("Назад")
    assert said(olga).startswith("🔎 возвращённые")


async def test_an_application_withdrawn_meanwhile(world: World) -> None:
    application = await handed_in(world.db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    olga = await queue(world)
    await withdraw(world.db, application, 0, by=ANNA_HERSELF, at=Moment(world.now, ZONE))
    await olga.tap("Одобрить")
    assert "Это заявление уже решено: семья его отозвала." in str(olga.toasts[-1])


async def test_a_child_who_left_the_school_waits_for_nobody(world: World) -> None:
    await handed_in(world.db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    await handed_in(world.db, DANA, CHESS, by=RUSLAN_HIMSELF)
    async with world.db.write() as tx:
        await tx.execute(update(Pupil).where(Pupil.id == MISHA).values(archived_at=MOMENT))
        await tx.execute(update(Consent).values(withdrawn_at=None))
    olga = await queue(world)
    assert said(olga).startswith("Шеуджен Дана")
    assert "из" not in " ".join(labels(olga)[3:5])


async def test_what_was_let_pass_stands_in_the_request_and_does_not_hinder_the_partner(world: World) -> None:
    application = await handed_in(world.db, DANA, CHESS, by=RUSLAN_HIMSELF)
    await chess_for_the_little(world)
    why = "Играет с пяти лет"
    await decide(world.db, application, Verdict("approve", override=why), by=OLGA_HERSELF, at=Moment(world.now, ZONE))
    await drawn(world.db)
    request = await form_request(world.db, SCHOOL, CENTRE, by=OLGA_HERSELF, now=world.now, year=2026, zone=ZONE)
    nurbiy = world.nurbiy
    await nurbiy.send("/inbox")
    await nurbiy.tap("ждут 1")
    assert "• Шеуджен Дана Руслановна, 7А: Шахматы — ждёт ответа\n✔️ Школа разрешила: Играет с пяти лет" in said(nurbiy)
    async with world.db.read() as tx:
        whole = await requests.whole(tx, request)
    assert whole is not None
    paper = " ".join(line.text for line in words_of(request_docx(whole, ZONE)))
    assert ": школа разрешила — Играет с пяти лет" in paper
    await nurbiy.tap("Шеуджен")
    assert "✔️ Школа разрешила: Играет с пяти лет" in said(nurbiy)
    await nurbiy.tap("Зачислить")
    assert "зачислили" in said(nurbiy)
