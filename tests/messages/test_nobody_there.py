"""Nobody is there to be written to: the page says so before a word is typed, and how they are reached; posts that change hands."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import insert, update

from storage.tables import Group, Organization, Person, Staff
from tests.messages.cast import TO_PAVEL, TO_SCHOOL, answered, wrote
from tests.messages.test_messages import labels
from tests.telegram.talks import tapped
from tests.timetable_world import enroll, said
from tests.world import ANNA, IT, MISHA, NURBIY, OLGA, PAVEL, ROBOTICS, SCHOOL, World

CALL_SCHOOL = "🔕 Сейчас нет в боте: Ответственный, СОШ №8. Письмо туда не дойдёт — позвоните."
NOBODY = "Об этом писать некому: ни педагога, ни ответственного, кому это можно передать, сейчас нет."
SCHOOL_S = "• Школа: МБОУ СОШ №8, тел. 8 (87770) 5-12-34"


async def without_coordinator(world: World) -> None:
    await enroll(world.db, MISHA, ROBOTICS)
    async with world.db.write() as tx:
        await tx.execute(update(Staff).where(Staff.id == 1).values(archived_at=world.now))
        await tx.execute(update(Organization).where(Organization.id == SCHOOL).values(phone="8 (87770) 5-12-34"))


async def test_a_school_without_a_coordinator_is_named_with_its_number_and_offered_to_nobody(world: World) -> None:
    await without_coordinator(world)
    await tapped(world.anna, "/start", "Сообщения", "Написать")
    assert said(world.anna) == f"✍️ Кому написать?\n\n{CALL_SCHOOL}\n{SCHOOL_S}"
    assert labels(world.anna) == ["🧑‍🏫 Ким Павел Андреевич", "‹ Назад", "🏠 Меню"]
    await tapped(world.ruslan, "/start", "Сообщения", "Написать")  # his child learns nowhere
    assert said(world.ruslan) == f"{NOBODY}\n\n{CALL_SCHOOL}\n{SCHOOL_S}"
    await tapped(world.irina, "/start", "Сообщения", "Написать")
    assert labels(world.irina)[:-2] == ["🧑‍🏫 Ким Павел Андреевич"]
    # «Кому передать?»
    await world.ruslan.send("Когда будет собрание?")
    assert said(world.ruslan) == (
        f"💬 Кому передать?\nПохоже, это вопрос. Сам я на него не отвечу, но вот кто ответит:\n\n{SCHOOL_S}\n\n{CALL_SCHOOL}"
    )
    assert labels(world.ruslan) == ["🏠 Меню"]
    await world.anna.send("Когда будет собрание?")
    assert labels(world.anna) == ["🧑‍🏫 Ким Павел Андреевич", "🏠 Меню"]
    await world.anna.tap("Ким")
    assert said(world.anna).endswith("Когда будет собрание?")


async def test_a_teacher_without_the_bot_and_a_partner_without_administrator_are_named(world: World) -> None:
    await enroll(world.db, MISHA, ROBOTICS)
    async with world.db.write() as tx:
        await tx.execute(update(Person).where(Person.id == PAVEL).values(unreachable_at=world.now))
        await tx.execute(update(Staff).where(Staff.person_id == NURBIY).values(archived_at=world.now))
    await tapped(world.anna, "/start", "Сообщения", "Написать")
    assert said(world.anna) == (
        "✍️ Кому написать?\n\n🔕 Сейчас нет в боте: Педагог Ким Павел Андреевич. Письмо туда не дойдёт — позвоните.\n"
        "• Партнёр: Центр развития IT-образования"
    )
    assert labels(world.anna)[:-2] == ["🏫 Миша: СОШ №8", "🏫 Вера: СОШ №8"]
    await tapped(world.olga, "/start", "Сообщения", "Написать")
    assert "Сейчас нет в боте: Администратор, ЦДО; Педагог Ким Павел Андреевич." in said(world.olga)


async def test_of_many_who_are_not_in_the_bot_the_first_eight_are_named(world: World) -> None:
    """Ten teachers of the network have no bot; an organization of theirs has a telephone."""
    async with world.db.write() as tx:
        await tx.execute(update(Organization).where(Organization.id == IT).values(phone="8 (87770) 9-00-11"))
        for number in range(10, 0, -1):
            teacher = {
                "id": 100 + number,
                "code": f"С-{100 + number}",
                "full_name": f"Абаев Педагог {number:02}",
                "role": "teacher",
            }
            await tx.execute(insert(Staff).values(**teacher, organization_id=IT))
            group = {
                "id": 100 + number,
                "code": f"Г-{100 + number}",
                "course_id": ROBOTICS,
                "teacher_id": 100 + number,
                "seats": 5,
            }
            await tx.execute(insert(Group).values(group))
    await tapped(world.olga, "/start", "Сообщения", "Написать")
    eight = "; ".join(f"Педагог Абаев Педагог {number:02}" for number in range(1, 9))
    assert said(world.olga) == (
        f"✍️ Кому написать?\n\n🔕 Сейчас нет в боте: {eight}. Письма туда не дойдут — позвоните.\n"
        "• Партнёр: Центр развития IT-образования, тел. 8 (87770) 9-00-11"
    )
    assert labels(world.olga)[:-2] == [
        "🏢 ЦДО",
        "🏢 Центр развития IT-образования",
        "🧑‍🏫 Ким Павел Андреевич",
        "🧑‍🏫 Тлехас Зарема Аслановна",
    ]


async def test_from_a_thread_that_is_shut_one_writes_to_whoever_answers_now(world: World) -> None:
    """The group is Zarema's from now on: the old thread is read, and the way to her and the school is one press from it."""
    await enroll(world.db, MISHA, ROBOTICS)
    await wrote(world.db, ANNA, TO_PAVEL, "Здравствуйте", world.now)
    async with world.db.write() as tx:
        await tx.execute(update(Group).where(Group.id == ROBOTICS).values(teacher_id=21))
    await tapped(world.anna, "/start", "Сообщения", "1. Педагог")
    assert "🔒 Писать здесь больше нельзя: ребёнок не занимается в группе этого педагога." in said(world.anna)
    await world.anna.tap("Написать другому")
    assert labels(world.anna)[:-2] == ["🧑‍🏫 Миша: Тлехас Зарема Аслановна", "🏫 Миша: СОШ №8", "🏫 Вера: СОШ №8"]


async def test_a_coordinator_replaced_in_the_middle_answers_in_the_same_thread_and_the_former_one_reads_nothing(
    world: World,
) -> None:
    """Tamara takes Olga's post: the family need not ask again, and hears from whoever answers now."""
    sent = await wrote(world.db, ANNA, TO_SCHOOL, "Когда собрание?", world.now)
    async with world.db.write() as tx:
        person = {"id": 61, "telegram_id": 1061, "name": "Тамара", "language": "ru", "detail": "full", "created_at": world.now}
        await tx.execute(insert(Person).values(person))
        await tx.execute(update(Staff).where(Staff.id == 1).values(person_id=61))
        post = {"id": 93, "code": "С-93", "full_name": "Ольга", "organization_id": IT, "role": "teacher", "person_id": 1}
        await tx.execute(insert(Staff).values(post))
    tamara = world.member(1061, "Тамара")
    await world.deliver()
    assert not any("Новое сообщение" in each.text for each in world.olga.messages)  # it waited for an office she has no more
    await tapped(tamara, "/start", "Сообщения: 1", "🔵 1. Семья", "Ответить")
    await tamara.send("В пятницу")
    world.clock.move(timedelta(minutes=1))
    await world.deliver()
    assert said(world.anna) == "✉️ Миша: новое сообщение от ответственного.\nО чём: общий вопрос"
    await world.anna.tap("Прочитать")
    assert said(world.anna).endswith(
        "Вы, пн, 9 нояб., 12:00 — прочитано\nКогда собрание?\n\nОтветственный, пн, 9 нояб., 12:00\nВ пятницу"
    )
    await world.olga.send("/start")
    assert world.olga.newest is not None
    await world.olga.press(world.olga.newest.id, f"thread:{sent.thread_id}:0")
    assert "В пятницу" not in said(world.olga)


async def test_what_an_office_has_answered_is_new_to_nobody_of_it(world: World) -> None:
    """Olga has answered; Tamara, who comes into the office after her, finds only what the family wrote since."""
    sent = await wrote(world.db, ANNA, TO_SCHOOL, "Когда собрание?", world.now)
    await answered(world.db, OLGA, sent.thread_id, "В пятницу", world.now)
    async with world.db.write() as tx:
        person = {"id": 61, "telegram_id": 1061, "name": "Тамара", "language": "ru", "detail": "full", "created_at": world.now}
        await tx.execute(insert(Person).values(person))
        await tx.execute(update(Staff).where(Staff.id == 1).values(person_id=61))
    tamara = world.member(1061, "Тамара")
    await tapped(tamara, "/start", "Сообщения")
    assert labels(tamara)[0].startswith("1. Семья")
    await answered(world.db, ANNA, sent.thread_id, "Спасибо! А во сколько?", world.now)
    await tapped(tamara, "/start", "Сообщения: 1")
    assert labels(tamara)[0].startswith("🔵 1. Семья")
