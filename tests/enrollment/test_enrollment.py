"""A family applies, the school decides, the family hears: as told on the phones."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select, update

from bot.clock import Moment
from bot.sandbox.messages import Message
from bot.services.enrollment.withdrawing import withdraw
from bot.services.requests.requests import enroll_all
from storage.tables import Audit, Choice, Course, Group
from tests.enrollment_world import ANNA_HERSELF, IRINA_HERSELF, RUSLAN_HIMSELF, TODAY, approved, drawn, handed_in, requested
from tests.timetable_world import said, words
from tests.world import CHESS, DANA, IT, MISHA, ROBOTICS, ZONE, Member, World


def heard(who: Member, about: str) -> list[str]:
    """The letters that begin like this, be it as a part of a message of several."""
    found = []
    for message in filter(lambda each: each.from_bot, who.messages):
        told = words(message).split("\n\n")
        place = next((number for number, part in enumerate(told) if about in part.split("\n")[0]), None)
        found += [] if place is None else ["\n\n".join(told[place:])]
    return found


def file_names(who: Member) -> list[str | None]:
    return [message.file.name for message in who.messages if message.file is not None]


def last_file(who: Member) -> Message:
    return [message for message in who.messages if message.file is not None][-1]


async def apply_for_both(world: World) -> None:
    anna = world.anna
    await anna.send("/courses")
    await anna.tap("Миша")
    await anna.tap("Шахматы")
    await anna.tap("Подать заявление")
    await anna.tap("Добавить ещё курс")
    await anna.tap("Робототехника")
    await anna.tap("Подать заявление")
    await anna.tap("⬆️ 2")


async def test_from_the_catalogue_to_a_place_and_a_place_in_the_line(world: World) -> None:
    anna, olga, irina, nurbiy = world.anna, world.olga, world.irina, world.nurbiy
    await apply_for_both(world)
    assert said(anna).splitlines() == [
        "Заявление: Миша, 7А",
        "Сверху — самый желанный курс.",
        "",
        "1. Робототехника — Центр развития IT-образования",
        "чт 15:00–16:30 · мест: 12",
        "Приём заявлений до 30 ноября, остался 21 день.",
        "",
        "2. Шахматы — ЦДО",
        "ср 14:30–15:30 · мест: 10",
        "Приём заявлений до 30 ноября, остался 21 день.",
        "",
        "Всё верно? Нажмите «Подтвердить»: заявление уйдёт в школу.",
    ]
    await anna.tap("Подтвердить")
    assert said(anna).splitlines() == [
        "✅ Заявление отправлено: Миша, 7А",
        "",
        "1. Робототехника: ждёт решения школы.",
        "2. Шахматы: ждёт решения школы.",
        "",
        "О решении школы я напишу сюда.",
    ]
    assert anna.buttons == [["📝 Мои заявления"], ["🏠 Меню"]]

    await olga.send("/inbox")
    assert said(olga) == "Ждёт вашего решения\n\nЗаявлений от родителей: 1"
    await olga.tap("Заявления: 1")
    assert said(olga).splitlines() == [
        "Петров Миша Алексеевич, 7А",
        "От кого: Анна, в понедельник, 9 ноября, в 12:00",
        "",
        "1. Робототехника — Центр развития IT-образования",
        "Свободно мест: 12 из 12",
        "",
        "2. Шахматы — ЦДО",
        "Свободно мест: 10 из 10",
    ]
    await olga.tap("Одобрить")
    assert said(olga) == (
        "✅ Одобрено: Петров Миша Алексеевич. Семья узнает.\n"
        "⏱ Письмо уйдёт через 2 минуты: до тех пор решение можно отменить без писем.\n\n"
        "Заявлений больше нет. Что ещё ждёт вас:\n\nЖдут жребия (мест до него никто не получает): 2"
    )
    await olga.tap("Назад")
    assert said(olga) == "Ждёт вашего решения\n\nЖдут жребия (мест до него никто не получает): 2"
    await drawn(world.db)
    await olga.send("/inbox")
    await olga.tap("Сформировать заявку")
    await olga.tap("Центр развития IT-образования: 1")
    assert "«Робототехника» (1): Петров Миша Алексеевич, 7А" in said(olga)
    await olga.tap("Сформировать заявку")
    page = words([message for message in olga.messages if message.text][-1])
    assert page.startswith("📨 Заявка № 1 от 9 ноября 2026 сформирована: Центр развития IT-образования, 1 ребёнок.")
    assert file_names(olga) == ["Заявка-1-2026-11-09.docx", "Заявка-1-2026-11-09.xlsx"]
    await olga.tap("Другие партнёры")
    await olga.tap("ЦДО")
    await olga.tap("Сформировать заявку")
    await world.deliver()
    assert heard(irina, "Заявка") == ["📨 Заявка № 1 от 9 ноября: МБОУ СОШ №8.\nДетей: 1. Курсы: «Робототехника»."]

    await irina.tap("Открыть заявку")
    await irina.tap("Петров Миша, 7А: Робототехника")
    assert "Группа Г-01: чт 15:00–16:30, свободно 11 из 12" in said(irina)
    await irina.tap("Зачислить")
    assert "• Петров Миша Алексеевич, 7А: Робототехника — зачислили (Г-01)" in said(irina)
    await nurbiy.send("/inbox")
    assert said(nurbiy) == "Ждёт вашего решения\n\nЖдут ответа партнёра: 1"
    await nurbiy.tap("Заявка № 2: ждут 1")
    await nurbiy.tap("Петров Миша")
    await nurbiy.tap("В резерв")
    assert said(nurbiy).startswith("⏳ В резерве, 1-е место в очереди. Семья узнает.")

    await world.deliver()
    told = {  # of the child to the mother, and to the child himself
        anna: ("✅ Миша: школа", "школа запросила место", "🎉 Миша: есть место", "⏳ Миша: пока в резерве", "Вы 1-й в очереди"),
        world.misha: (
            "✅ Школа",
            "запросила для тебя место",
            "🎉 Для тебя есть место",
            "⏳ Ты пока в резерве",
            "В очереди ты 1-й",
        ),
    }
    for who, (school, asked, there_is, in_reserve, place) in told.items():
        (together,) = heard(who, "одобрила")
        assert together.split("\n\n")[:1] == [
            f"{school} одобрила заявление на курсы «Робототехника», «Шахматы». Места поделит жребий, когда закончится приём: о нём я напишу."
        ]
        assert together.count(asked) == 2  # in the same message: two partners were asked within a minute
        assert heard(who, "есть место") == [
            (
                f"{there_is} на курсе «Робототехника»! Группа Г-01, Центр развития IT-образования.\n"
                "Первое занятие в четверг, 12 ноября, в 15:00. Где: каб. 2, ул. Гагарина, 12.\n\n"
                f"{in_reserve} курса «Шахматы», ЦДО.\n{place}: если место освободится, я сразу напишу."
            )
        ]
        assert not any("Петров" in words(message) for message in who.messages if message.from_bot)
    await anna.send("/applications")
    assert said(anna).splitlines()[3:] == [
        "Миша, 7А, 9 ноября",
        "1. Робототехника — зачислили",
        "2. Шахматы — в резерве, 1-й в очереди",
    ]


async def test_a_returned_application_is_corrected_and_goes_again(world: World) -> None:
    anna, olga = world.anna, world.olga
    await apply_for_both(world)
    await anna.tap("Подтвердить")
    await olga.send("/inbox")
    await olga.tap("Заявления")
    await olga.tap("Вернуть")
    assert said(olga).startswith("Что исправить: Петров Миша Алексеевич, 7А? Выберите или напишите одним сообщением.")
    await olga.send("Оставьте <один> курс & всё")
    assert said(olga) == (
        "Вернуть заявление на исправление: Петров Миша Алексеевич, 7А?\n\n"
        "Семья прочтёт: «Оставьте <один> курс & всё»\n\nПодтвердите или напишите иначе."
    )
    await olga.tap("Подтвердить")
    assert said(olga) == (
        "↩️ Возвращено: Петров Миша Алексеевич. Семья прочтёт причину.\n"
        "⏱ Письмо уйдёт через 2 минуты: до тех пор решение можно отменить без писем.\n\n"
        "Заявлений больше нет: всё разобрано 👍\n\n↩️ Возвращены семьям на исправление: 1"
    )
    await world.deliver()
    assert not heard(anna, "нужно исправить")
    world.clock.move(timedelta(minutes=2))
    await world.deliver()
    assert said(anna) == (
        "↩️ Миша: заявление на курсы «Робототехника», «Шахматы» нужно исправить.\nШкола пишет: Оставьте <один> курс & всё"
    )
    await anna.tap("Открыть заявление")
    assert len(heard(anna, "нужно исправить")) == 1  # the letter stays
    await anna.tap("Исправить")
    assert "↩️ Школа просит исправить: Оставьте <один> курс & всё" in said(anna)
    await anna.tap("Убрать 2")
    await anna.tap("Подтвердить")
    assert said(anna).splitlines()[2] == "1. Робототехника: ждёт решения школы."
    await olga.send("/inbox")
    await olga.tap("Заявления: 1")
    assert "Шахматы" not in said(olga)
    async with world.db.read() as tx:
        audited = (await tx.execute(select(Audit.action, Audit.reason))).all()
    assert [tuple(row) for row in audited] == [("enrollment.decide", "Оставьте <один> курс & всё")]


async def test_a_command_ends_the_typing_of_a_reason(world: World) -> None:
    await handed_in(world.db, MISHA, CHESS, by=ANNA_HERSELF)
    await world.olga.send("/inbox")
    await world.olga.tap("Заявления")
    await world.olga.tap("Отклонить")
    await world.olga.send("/inbox")
    await world.olga.send("просто слова")
    await world.olga.send("/inbox")
    assert "Заявлений от родителей: 1" in said(world.olga)


async def test_a_reason_too_long_is_typed_again_and_a_late_one_is_refused(world: World) -> None:
    application = await handed_in(world.db, MISHA, CHESS, by=ANNA_HERSELF)
    olga = world.olga
    await olga.send("/inbox")
    await olga.tap("Заявления")
    await olga.tap("Вернуть")
    await olga.send("я" * 401)
    assert "не больше 400 знаков" in said(olga)
    await withdraw(world.db, application, 0, by=ANNA_HERSELF, at=Moment(world.now, ZONE))
    await olga.send("Уточните")
    assert said(olga) == "Это заявление уже решено: семья его отозвала."
    await olga.send("Уточните")
    assert "уже решено" not in said(olga)  # the talk is over


async def test_the_queue_of_the_coordinator_turns_its_pages(world: World) -> None:
    olga = world.olga
    await handed_in(world.db, MISHA, CHESS, by=ANNA_HERSELF)
    await handed_in(world.db, DANA, CHESS, by=RUSLAN_HIMSELF)
    await olga.send("/inbox")
    await olga.tap("Заявления: 2")
    assert said(olga).startswith("Петров Миша")
    assert ["‹", "1 из 2", "›"] in olga.buttons
    await olga.tap("›")
    assert said(olga).startswith("Шеуджен Дана")
    await olga.tap("Отклонить")
    await olga.send("Нет документов")
    await olga.tap("Подтвердить")
    assert said(olga).startswith("✖️ Отклонено: Шеуджен Дана Руслановна. Семья прочтёт причину.\n⏱")
    assert "Петров Миша" in said(olga)
    await world.pass_time(minutes=2)
    assert said(world.ruslan) == "Дана: заявление на курс «Шахматы» отклонено.\nШкола пишет: Нет документов"


async def test_the_coordinator_sees_what_has_come_to_stand_against(world: World) -> None:
    await handed_in(world.db, MISHA, CHESS, by=ANNA_HERSELF)
    async with world.db.write() as tx:
        await tx.execute(update(Course).where(Course.id == CHESS).values(classes=["1", "2"]))
    await world.olga.send("/inbox")
    await world.olga.tap("Заявления")
    assert "⚠️ Курс для классов 1–2, а не для 7А." in said(world.olga)


async def test_first_come_first_served_tells_the_place_at_once(world: World) -> None:
    async with world.db.write() as tx:
        await tx.execute(update(Course).values(selection="queue"))
        await tx.execute(update(Group).values(seats=1))
    for who, place in ((world.anna, "место за вами"), (world.ruslan, "мест нет, вы 1-й в очереди резерва")):
        await who.send("/courses")
        if who is world.anna:
            await who.tap("Миша")
        await who.tap("Шахматы")
        await who.tap("Подать заявление")
        await who.tap("Подтвердить")
        assert f"1. Шахматы: {place}" in said(who)
    await world.ruslan.tap("Мои заявления")
    assert "1. Шахматы — отправлено, ждёт решения школы, 1-й в очереди" in said(world.ruslan)
    await world.olga.send("/inbox")
    await world.olga.tap("Заявления")
    assert "Место за ребёнком, группа Г-02" in said(world.olga)
    await world.olga.tap("›")
    assert "Мест нет: 1-е место в очереди резерва" in said(world.olga)


async def test_no_more_than_three_courses(world: World) -> None:
    await apply_for_both(world)
    assert ["➕ Добавить ещё курс"] in world.anna.buttons
    await world.anna.tap("Добавить ещё курс")
    assert ["✏️ К заявлению"] in world.anna.buttons
    await world.anna.tap("К заявлению")
    assert said(world.anna).startswith("Заявление: Миша, 7А")


async def test_a_draft_is_thrown_away(world: World) -> None:
    await apply_for_both(world)
    await world.anna.send("/start")
    assert "✏️ Заявление не отправлено: Миша. Откройте его и нажмите «Подтвердить»." in said(world.anna)
    await world.anna.tap("Заявление: Миша")
    await world.anna.tap("Удалить черновик")
    assert said(world.anna) == "Миша: удалить черновик заявления на курсы «Робототехника», «Шахматы»? В школу он не отправлен."
    await world.anna.tap("Удалить")
    assert said(world.anna) == "Заявление не отправлено и удалено. Курсы ждут вас."
    await world.anna.send("/applications")
    assert said(world.anna) == "Заявлений пока нет. Начните с курсов: выберите тот, что по душе."


async def test_what_stands_against_is_seen_before_submitting(world: World) -> None:
    await apply_for_both(world)
    async with world.db.write() as tx:
        await tx.execute(update(Course).where(Course.id == CHESS).values(classes=["1"]))
    await world.anna.send("/applications")
    await world.anna.tap("Миша:")
    assert "▫️ Курс для классов 1, а не для 7А." in said(world.anna)
    assert not any("Подтвердить" in label for row in world.anna.buttons for label in row)
    await world.anna.tap("Убрать 2")
    assert any("Подтвердить" in label for row in world.anna.buttons for label in row)


async def test_withdrawing_asks_first_and_tells_those_it_concerns(world: World) -> None:
    anna = world.anna
    await approved(world.db, MISHA, ROBOTICS, CHESS, by=ANNA_HERSELF)
    await world.pass_time(minutes=2)
    await anna.send("/applications")
    await anna.tap("Миша:")
    await anna.tap("Отозвать «Шахматы»")
    assert said(anna) == "Миша: отозвать заявление на курс «Шахматы»? Место или очередь пропадут."
    await anna.tap("Отмена")
    assert "2. Шахматы — одобрено школой" in said(anna)
    await anna.tap("Отозвать «Шахматы»")
    await anna.tap("Подтвердить")
    assert "2. Шахматы — отозвано" in said(anna)
    assert "9 ноября, 12:02, семья: «Шахматы» — отозвано" in said(anna)
    await world.deliver()
    assert said(world.misha) == "📝 Заявление на курс «Шахматы» отозвано."
    assert said(world.olga) == "↩️ Заявление № 1: семья отозвала «Шахматы». Кто это — по кнопке."
    await world.olga.tap("Открыть")
    assert said(world.olga).startswith("Петров Миша Алексеевич, 7А")
    assert heard(world.nurbiy, "отозвала") == []  # the partner had not been asked
    await anna.tap("Отозвать")
    await anna.tap("Подтвердить")
    assert "1. Робототехника — отозвано" in said(anna)
    assert anna.buttons == [["✍️ Написать в школу"], ["‹ Назад", "🏠 Меню"]]


async def test_leaving_a_course_is_called_so_and_promises_no_line(world: World) -> None:
    """Whether anybody waits, and whether there is a line to come back to, nobody can promise."""
    anna = world.anna
    await approved(world.db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    await enroll_all(world.db, await requested(world.db, IT), by=IRINA_HERSELF, now=world.now, today=TODAY)
    await anna.send("/applications")
    await anna.tap("Миша:")
    await anna.tap("Уйти с курса «Робототехника»")
    assert said(anna) == (
        "Миша: уйти с курса «Робототехника»? "
        "Место освободится для других, вернуться можно только новым заявлением, пока идёт приём."
    )
    assert anna.buttons == [["Подтвердить"], ["Отмена", "🏠 Меню"]]
    await anna.tap("Подтвердить")
    assert "1. Робототехника — больше не ходит" in said(anna)


async def test_a_student_follows_but_does_not_act(world: World) -> None:
    await handed_in(world.db, MISHA, CHESS, by=ANNA_HERSELF)
    misha = world.misha
    await misha.send("/applications")
    await misha.tap("Миша: Шахматы")
    assert "1. Шахматы — отправлено, ждёт решения школы" in said(misha)
    assert misha.buttons == [["📄 Скачать заявление"], ["✍️ Написать в школу"], ["‹ Назад", "🏠 Меню"]]
    assert misha.newest is not None
    for data in ("apply.withdrawn:1:0", "apply.submit:1", "apply.discard:1", "apply.unchoose:1:1"):
        await misha.press(misha.newest.id, data)
        assert "Это доступно не всем" in str(misha.toasts[-1])
    async with world.db.read() as tx:
        assert await tx.scalar(select(Choice.state)) == "submitted"


async def test_others_applications_are_not_there(world: World) -> None:
    await handed_in(world.db, MISHA, CHESS, by=ANNA_HERSELF)
    await world.ruslan.send("/applications")
    assert world.ruslan.newest is not None
    for data in ("apply.paper:1", "apply.draft:1", "apply.withdraw:1:0", "apply.withdrawn:1:0", "apply.rank:1:1:1"):
        await world.ruslan.press(world.ruslan.newest.id, data)
        assert "Миша" not in said(world.ruslan) + str(world.ruslan.toasts[-1])
    async with world.db.read() as tx:
        assert await tx.scalar(select(func.count()).where(Choice.state == "submitted")) == 1


async def test_a_second_press_of_submit_shows_the_same(world: World) -> None:
    await apply_for_both(world)
    page = world.anna.newest
    assert page is not None
    submit = page.buttons[0].data or ""
    await world.anna.press(page.id, submit)
    first = said(world.anna)
    assert first.startswith("✅ Заявление отправлено: Миша, 7А")
    await world.anna.press(page.id, submit)
    assert said(world.anna) == first


async def test_staff_with_nothing_to_decide_hear_where_to_go(world: World) -> None:
    for who, word in ((world.olga, "Всё разобрано"), (world.irina, "Всё разобрано")):
        await who.send("/inbox")
        assert said(who).startswith(word)
    await world.pavel.send("/inbox")
    assert said(world.pavel).endswith("Ваши занятия — в расписании.")
    await world.sergey.send("/inbox")
    assert "дело ответственного за сетевые курсы" in said(world.sergey)
    await world.olga.send("/applications")
    assert "ждут решения" in said(world.olga)
