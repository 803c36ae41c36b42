"""A place falls free: the head of the reserve is asked, answers or keeps silent, and the next one is asked."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import insert, select, update

from bot.services.offers.departures import depart
from bot.services.requests.requests import enroll_all, put_in_reserve
from storage.tables import Application, Choice, Group, Guardianship, Person, PlaceOffer, Pupil, Slot
from tests.enrollment.test_enrollment import heard
from tests.enrollment_world import (
    ANNA_HERSELF,
    IRINA_HERSELF,
    MOMENT,
    RUSLAN_HIMSELF,
    TODAY,
    approved,
    choices,
    classmates,
    requested,
)
from tests.timetable_world import enroll as learns
from tests.timetable_world import said
from tests.world import CHESS, DANA, IT, MISHA, ROBOTICS, World

FULL = 1  # seats of the group


async def a_line(world: World, classmates_waiting: int = 0) -> dict[str, int]:
    """One seat, taken by a classmate; Misha is first in the line, Dana second, further classmates behind them."""
    families = list((await classmates(world.db, 1 + classmates_waiting)).items())
    async with world.db.write() as tx:
        await tx.execute(update(Group).where(Group.id == 1).values(seats=FULL))
    made = {}
    for name, pupil, by in [
        ("first", *families[0]),
        ("misha", MISHA, ANNA_HERSELF),
        ("dana", DANA, RUSLAN_HIMSELF),
        *((f"later{place}", *family) for place, family in enumerate(families[1:])),
    ]:
        application = await approved(world.db, pupil, ROBOTICS, by=by)
        request = await requested(world.db, IT)
        made[name] = (await choices(world.db, application))[ROBOTICS].id
        if name == "first":
            await enroll_all(world.db, request, by=IRINA_HERSELF, now=MOMENT, today=TODAY)
        else:
            now = MOMENT + timedelta(seconds=len(made))
            await put_in_reserve(world.db, made[name], by=IRINA_HERSELF, now=now, today=TODAY)
    await world.deliver()
    return made


async def first_leaves(world: World, made: dict[str, int]) -> None:
    await depart(world.db, made["first"], "Переехал", by=IRINA_HERSELF, now=world.now)
    await world.pass_time(seconds=30)


async def states(world: World, *ids: int) -> list[str]:
    async with world.db.read() as tx:
        return [(await tx.get_one(Choice, one)).state for one in ids]


async def test_a_place_falls_free_and_the_head_of_the_line_takes_it(world: World) -> None:
    made = await a_line(world)
    await first_leaves(world, made)
    # Monday noon: 9 hours run today, 14 on each of the three days after, and the night never counts.
    assert heard(world.anna, "освободилось")[0] == (
        "🎁 Миша: освободилось место на курсе «Робототехника»! Группа Г-01, Центр развития IT-образования.\n"
        "Ответьте до 18:00 в четверг, 12 ноября: потом место предложат следующему."
    )
    assert heard(world.ruslan, "освободилось") == []
    await world.anna.tap("Принять")
    assert said(world.anna) == "🎉 Миша: место на курсе «Робототехника» ваше, группа Г-01. Занятия — в расписании."
    await world.deliver()
    assert heard(world.irina, "место из резерва") == ["✅ Заявление № 2: место из резерва на курс «Робототехника» принято."]
    assert heard(world.olga, "место из резерва") == ["✅ Заявление № 2: место из резерва на курс «Робототехника» принято."]
    assert "есть место на курсе «Робототехника»" in heard(world.misha, "есть место")[0]
    assert await states(world, made["first"], made["misha"], made["dana"]) == ["left", "enrolled", "reserve"]
    await world.pass_time(days=30)
    assert await states(world, made["misha"], made["dana"]) == ["enrolled", "reserve"]


async def test_half_way_a_reminder_and_silence_passes_the_place_on(world: World) -> None:
    made = await a_line(world)
    await first_leaves(world, made)
    await world.pass_time(days=1)  # Tuesday noon: 14 hours of 48 have run
    assert heard(world.anna, "всё ещё ждёт") == []
    await world.pass_time(days=1)  # Wednesday noon: 28
    await world.pass_time(seconds=30)
    assert heard(world.anna, "всё ещё ждёт") == [
        (
            "⏰ Миша: место на курсе «Робототехника» всё ещё ждёт вашего ответа. Группа Г-01, Центр развития IT-образования.\n"
            "Ответьте до 18:00 в четверг, 12 ноября: потом место предложат следующему."
        )
    ]
    await world.pass_time(days=1)
    assert await states(world, made["misha"], made["dana"]) == ["offered", "reserve"]
    await world.pass_time(hours=6, minutes=1)  # Thursday, after 18:00
    assert await states(world, made["misha"], made["dana"]) == ["lapsed", "offered"]
    assert heard(world.anna, "не ответили") == [
        (
            "Миша: вы не ответили, и место на курсе «Робототехника» (Центр развития IT-образования) предложено следующему.\n"
            "Если курс ещё нужен, подайте заявление снова."
        )
    ]
    assert heard(world.ruslan, "освободилось")[0].startswith("🎁 Дана: освободилось место на курсе «Робототехника»!")
    assert heard(world.irina, "не ответили")[0].startswith("⌛ Заявление № 2: на место из резерва")
    assert world.anna.newest is not None
    await world.anna.press(world.anna.newest.id, f"offer.accept:{made['misha']}")
    assert "Этого предложения больше нет" in str(world.anna.toasts[-1])


async def test_giving_a_place_up_asks_the_next_at_once(world: World) -> None:
    made = await a_line(world)
    await first_leaves(world, made)
    await world.anna.tap("Отказаться")
    assert said(world.anna) == "Миша: отказаться от места на курсе «Робототехника»? Его сразу предложат следующему."
    await world.anna.tap("Назад")
    assert said(world.anna).splitlines()[0] == "Миша: есть место на курсе «Робототехника»"
    await world.anna.tap("Отказаться")
    await world.anna.tap("Да, отказаться")
    assert said(world.anna).startswith("Миша: от места на курсе «Робототехника» вы отказались.")
    await world.pass_time(seconds=30)
    assert await states(world, made["misha"], made["dana"]) == ["declined", "offered"]
    async with world.db.read() as tx:
        assert list(await tx.scalars(select(PlaceOffer.how).order_by(PlaceOffer.id))) == ["declined", None]


async def test_another_family_cannot_answer(world: World) -> None:
    made = await a_line(world)
    await first_leaves(world, made)
    await world.ruslan.send("/start")
    assert world.ruslan.newest is not None
    for data in ("offer.accept", "offer.decline", "offer.declined", "offer.page"):
        await world.ruslan.press(world.ruslan.newest.id, f"{data}:{made['misha']}")
        assert "Миша" not in said(world.ruslan)
    assert await states(world, made["misha"]) == ["offered"]


async def test_the_line_moves_and_the_family_sees_it(world: World) -> None:
    made = await a_line(world, classmates_waiting=1)
    await world.ruslan.send("/applications")
    assert "2-й в очереди" in said(world.ruslan)
    await first_leaves(world, made)
    await world.ruslan.send("/applications")
    assert "1. Робототехника — в резерве, 1-й в очереди (было 2, стало 1)" in said(world.ruslan)
    await world.anna.send("/applications")
    await world.anna.tap("Миша")
    await world.anna.tap("Ответить: «Робототехника»")
    await world.anna.tap("Принять")
    assert said(world.anna).startswith("🎉 Миша")


async def test_seats_the_partner_keeps_are_offered_only_when_it_says_so(world: World) -> None:
    application = await approved(world.db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    await requested(world.db, IT)
    choice = (await choices(world.db, application))[ROBOTICS].id
    await put_in_reserve(world.db, choice, by=IRINA_HERSELF, now=MOMENT, today=TODAY)
    await world.pass_time(hours=1)
    assert await states(world, choice) == ["reserve"]
    irina = world.irina
    await irina.send("/requests")
    await irina.tap("Группы")
    assert said(irina) == "Группы\nВсего: 1. Рядом с названием — сколько детей учится."
    await irina.tap("Г-01, Робототехника: 0")
    assert said(irina).splitlines() == [
        "Группа Г-01, «Робототехника»",
        "Занято мест: 0 из 12, свободно: 12",
        "",
        "⏳ 1. Петров Миша Алексеевич, 7А — в резерве",
        "",
        "Свободные места (12) резерву не предлагаются: партнёр оставил их, когда ставил в резерв.",
    ]
    await irina.tap("Предложить места резерву")
    assert said(irina).splitlines()[0] == "🎁 Место предложено 1 ребёнку. Семья узнает."
    assert await states(world, choice) == ["offered"]


async def test_a_raised_capacity_is_offered_too(world: World) -> None:
    made = await a_line(world)
    async with world.db.write() as tx:
        await tx.execute(update(Group).where(Group.id == 1).values(seats=2))
    await world.pass_time(seconds=30)
    assert await states(world, made["misha"], made["dana"]) == ["offered", "reserve"]


async def test_a_child_that_learns_elsewhere_at_that_hour_is_told_so(world: World) -> None:
    made = await a_line(world)
    await first_leaves(world, made)
    async with world.db.write() as tx:
        await tx.execute(update(Slot).where(Slot.group_id == 2).values(weekday=3))  # chess on Thursday, 14:30–15:30
    await learns(world.db, MISHA, CHESS)
    await world.anna.tap("Принять")
    assert "Шахматы" in str(world.anna.toasts[-1])
    assert await states(world, made["misha"]) == ["offered"]


async def test_staff_record_who_leaves_and_who_completes(world: World) -> None:
    made = await a_line(world)
    irina = world.irina
    async with world.db.write() as tx:  # of the one who leaves nobody has the bot any more
        theirs = select(Guardianship.person_id).join(Pupil, Pupil.id == Guardianship.pupil_id)
        leaver = theirs.where(Pupil.full_name.startswith("Фамилия100"))
        await tx.execute(update(Person).where(Person.id.in_(leaver)).values(unreachable_at=world.now))
    await irina.send("/requests")
    await irina.tap("Группы")
    await irina.tap("Г-01")
    await irina.tap("Фамилия100 Имя100")
    await irina.tap("Больше не ходит")
    assert said(irina).startswith("Напишите одним сообщением, почему Фамилия100 Имя100 больше не ходит на курс «Робототехника».")
    await irina.send("Переехал в Майкоп")
    assert said(irina) == (
        "Фамилия100 Имя100 больше не ходит на курс «Робототехника»? Место предложат резерву.\n\n"
        "Семья прочтёт: «Переехал в Майкоп»\n\nПодтвердите или напишите иначе."
    )
    await irina.tap("Подтвердить")
    assert said(irina).splitlines()[0] == "Записано: больше не ходит, место предложат резерву."
    assert said(irina).splitlines()[1] == "☎️ 1 семье бот написать не может: позвонит школа (список «Позвонить»)."
    await world.pass_time(seconds=30)
    await world.anna.tap("Принять")
    await irina.send("/requests")
    await irina.tap("Группы")
    await irina.tap("Г-01")
    await irina.tap("Петров")
    await irina.tap("Курс пройден")
    assert said(irina).splitlines()[0] == "🎓 Завершили курс: 1. Семья узнает."
    await world.deliver()
    assert heard(world.anna, "курс «Робототехника» пройден") == [
        "🎓 Миша: курс «Робототехника» пройден, Центр развития IT-образования. Поздравляем!"
    ]
    assert await states(world, made["first"], made["misha"]) == ["left", "completed"]


async def test_a_withdrawn_offer_ends_and_goes_on(world: World) -> None:
    made = await a_line(world)
    await first_leaves(world, made)
    await world.anna.send("/applications")
    await world.anna.tap("Миша")
    await world.anna.tap("Отозвать")
    await world.anna.tap("Подтвердить")
    await world.pass_time(seconds=30)
    assert await states(world, made["misha"], made["dana"]) == ["withdrawn", "offered"]
    async with world.db.read() as tx:
        ended = (await tx.execute(select(PlaceOffer.how, PlaceOffer.ended_at).order_by(PlaceOffer.id))).all()
    assert [row.how for row in ended] == ["withdrawn", None]
    assert isinstance(ended[0].ended_at, datetime)


async def test_who_waits_for_a_decision_is_not_overtaken(world: World) -> None:
    """«По порядку»: the head of the line has not been decided yet; a free place waits for it."""
    families = await classmates(world.db, 1)
    (pupil, by), *_ = families.items()
    application = await approved(world.db, pupil, ROBOTICS, by=by)
    async with world.db.write() as tx:
        await tx.execute(update(Choice).where(Choice.application_id == application).values(group_id=1, reserve_at=MOMENT))
        await tx.execute(update(Group).where(Group.id == 1).values(seats=1))
        row = {"course_id": ROBOTICS, "rank": 1, "changed_at": MOMENT, "state": "reserve", "group_id": 1}
        paper = {"pupil_id": MISHA, "state": "approved", "created_at": MOMENT}
        behind = (await tx.execute(insert(Application).values(paper).returning(Application.id))).scalar_one()
        await tx.execute(insert(Choice).values(**row, application_id=behind, reserve_at=MOMENT + timedelta(hours=1)))
    await world.pass_time(seconds=30)
    assert (await choices(world.db, behind))[ROBOTICS].state == "reserve"
    async with world.db.write() as tx:
        await tx.execute(update(Group).where(Group.id == 1).values(seats=2))
    await world.pass_time(seconds=30)
    assert (await choices(world.db, behind))[ROBOTICS].state == "offered"


async def test_the_coordinator_answers_for_a_family_without_the_bot(world: World) -> None:
    made = await a_line(world)
    await first_leaves(world, made)
    olga = world.olga
    await olga.send("/requests")
    await olga.tap("Группы")
    await olga.tap("Г-01")
    await olga.tap("Петров")
    await olga.tap("Семья согласна")
    assert await states(world, made["misha"]) == ["offered"]  # Anna has the bot: she answers herself
    async with world.db.write() as tx:
        await tx.execute(update(Guardianship).where(Guardianship.pupil_id == MISHA).values(until=world.now))
        await tx.execute(update(Pupil).where(Pupil.id == MISHA).values(person_id=None))
    await olga.tap("Семья согласна")
    assert said(olga).splitlines()[0] == "✅ Записано: семья приняла место, Петров Миша Алексеевич."
    assert await states(world, made["misha"]) == ["enrolled"]
