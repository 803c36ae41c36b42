"""Messages both ways: from a lesson's, an application's, a journal's page and from a question; read, answered, closed."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select

from storage.tables import Document, Letter, ThreadMessage
from tests.enrollment_world import ANNA_HERSELF, handed_in
from tests.messages.cast import TO_PAVEL, answered, wrote
from tests.telegram.talks import tapped
from tests.telegram.test_handled_again import killed_after
from tests.timetable_world import enroll, said
from tests.world import ANNA, CHESS, MISHA, ROBOTICS, Member, World

PDF = b"%PDF-1.7 a plan"


def labels(who: Member) -> list[str]:
    return [label for row in who.buttons for label in row]


async def test_a_mother_and_a_teacher_write_to_each_other(world: World) -> None:
    await enroll(world.db, MISHA, ROBOTICS)
    anna, pavel = world.anna, world.pavel
    await tapped(anna, "/start", "Сообщения")
    assert said(anna) == (
        "✉️ Сообщения\nПисем пока нет. Написать можно отсюда, со страницы занятия, заявления или журнала. "
        "Номер телефона не виден никому."
    )
    await anna.tap("Написать")
    assert said(anna) == "✍️ Кому написать?"
    assert labels(anna)[:3] == ["🧑‍🏫 Миша: Ким Павел Андреевич", "🏫 Миша: СОШ №8", "🏫 Вера: СОШ №8"]
    await anna.tap("Ким")
    assert said(anna) == (
        "✉️ Педагог Ким Павел Андреевич\nМиша · общий вопрос\n\n"
        "✍️ Напишите сообщение — или пришлите фото либо документ.\n"
        "Текст — до 1 500 знаков, по одному файлу: фото, PDF, Word или Excel, до 5 МБ. В тихие часы письмо подождёт утра.\n"
        "👪 Переписку видят все законные представители ребёнка в боте."
    )
    async with killed_after(world):  # handled again after a death, it is one letter
        await anna.send("Миша забыл датчик & провод <1>")
        assert said(anna) == (
            "✅ Отправлено: письмо получит 1 человек.\n\n✉️ Педагог Ким Павел Андреевич\nМиша · общий вопрос\n\n"
            "Вы, пн, 9 нояб., 12:00 — не прочитано\nМиша забыл датчик & провод <1>"
        )
    await world.deliver()
    assert said(pavel) == "✉️ Новое сообщение от семьи.\nО чём: общий вопрос"  # no name, no word of it
    assert labels(pavel) == ["↩️ Ответить", "👁 Прочитать"]
    await pavel.send("/start")
    assert "✉️ Сообщения: 1" in labels(pavel)
    await pavel.tap("Сообщения: 1")
    assert labels(pavel)[0] == "🔵 1. Семья: Петров Миша Алексеевич"
    await pavel.tap("🔵 1.")
    assert said(pavel) == (
        "✉️ Семья: Петров Миша Алексеевич\nобщий вопрос\n\nРодитель, пн, 9 нояб., 12:00\nМиша забыл датчик & провод <1>"
    )
    await pavel.tap("Ответить")
    await pavel.send("Он у меня, принесу в четверг")
    await world.deliver()
    assert said(anna) == "✉️ Миша: новое сообщение от педагога.\nО чём: общий вопрос"
    await anna.tap("Ответить")
    assert said(anna).startswith(
        "✉️ Педагог Ким Павел Андреевич\nМиша · общий вопрос\n\n"
        "Вы, пн, 9 нояб., 12:00 — прочитано\nМиша забыл датчик & провод <1>\n\n"
        "Педагог, пн, 9 нояб., 12:00\nОн у меня, принесу в четверг\n\n✍️ Напишите"
    )
    await anna.tap("Назад")
    await anna.tap("Меню")
    await anna.send("спасибо")  # the page was left: nothing is sent
    async with world.db.read() as tx:
        assert await tx.scalar(select(func.count(ThreadMessage.id))) == 2


async def test_pages_lead_to_whom_they_are_about_and_files_go_with_the_letters(world: World) -> None:
    await enroll(world.db, MISHA, ROBOTICS)
    await handed_in(world.db, MISHA, CHESS, by=ANNA_HERSELF)
    anna, pavel, olga, irina = world.anna, world.pavel, world.olga, world.irina
    # a lesson: of the day, by the course
    await tapped(pavel, "/timetable", "Робототехника", "Написать")
    assert labels(pavel)[:3] == ["🏢 Центр развития IT-образования", "🏫 СОШ №8", "👪 Петров Миша Алексеевич"]
    await pavel.tap("Петров Миша")
    assert said(pavel).startswith("✉️ Семья: Петров Миша Алексеевич\n«Робототехника», занятие 12 ноября\n\n✍️")
    await pavel.attach("план.exe", PDF, "План занятия")
    await world.deliver()
    assert said(anna) == "✉️ Миша: новое сообщение от педагога.\nО чём: «Робототехника», занятие 12 ноября"
    await anna.tap("Прочитать")
    assert "План занятия\n📎 план.exe.pdf" in said(anna)
    await anna.tap("📎 план.exe.pdf")
    assert anna.newest is not None
    assert await anna.file(anna.newest) == PDF
    # what cannot be passed on is said, and what was asked for still waits
    await anna.tap("Ответить")
    await anna.attach("вирус.docm", b"PK\x03\x04 word/document.xml vbaProject.bin")
    assert said(anna) == ("Такой файл передать не могу. Можно фото (JPEG, PNG), PDF, Word (.docx) и Excel (.xlsx) без макросов.")
    await anna.send("я" * 1501)
    assert said(anna) == ("Слишком длинно: 1 501 знаков из 1 500 возможных. Сократите или разделите на два сообщения.")
    # a journal
    await tapped(anna, "/journal", "Миша", "Написать педагогу")
    assert said(anna).startswith("✉️ Педагог Ким Павел Андреевич\nМиша · «Робототехника», журнал\n\n✍️")
    # an application: the family's page and the coordinator's
    await tapped(anna, "/applications", "Миша: Шахматы", "Написать в школу")
    assert said(anna).startswith("✉️ Ответственный, СОШ №8\nМиша · заявление: «Шахматы»\n\n✍️")
    await anna.send("Можно поменять порядок?")
    await world.deliver()
    assert said(olga) == "✉️ Новое сообщение от семьи.\nО чём: заявление: «Шахматы»"
    await tapped(olga, "/inbox", "Заявления", "Написать")
    assert said(olga).startswith("✉️ Семья: Петров Миша Алексеевич\nзаявление: «Шахматы»\n\n")
    # partner's administrator and coordinator, about no child
    await tapped(irina, "/start", "Сообщения", "Написать")
    assert labels(irina)[:2] == ["🏫 СОШ №8", "🧑‍🏫 Ким Павел Андреевич"]
    await irina.tap("СОШ №8")
    await irina.send("Кабинет 2 занят")
    await world.deliver()
    assert said(olga) == "✉️ Новое сообщение от администратора.\nО чём: общий вопрос"
    async with world.db.read() as tx:
        assert list(await tx.scalars(select(Document.name).where(Document.kind == "message"))) == ["план.exe.pdf"]


async def test_a_question_goes_to_whom_the_family_chooses_and_what_a_pupil_writes_the_parents_read(world: World) -> None:
    await enroll(world.db, MISHA, ROBOTICS)
    misha, anna, pavel = world.misha, world.anna, world.pavel
    await misha.send("Когда будет собрание?")
    assert said(misha).startswith(
        "💬 Кому передать?\nПохоже, это вопрос. Сам я на него не отвечу. "
        "Нажми, кому передать твои слова, — или спроси здесь:\n\n«Когда будет собрание?»\n\n• Школа: МБОУ СОШ №8"
    )
    assert labels(misha)[:2] == ["🧑‍🏫 Ким Павел Андреевич", "🏫 СОШ №8"]
    await misha.tap("Ким")
    assert said(misha).endswith("Ты, пн, 9 нояб., 12:00 — не прочитано\nКогда будет собрание?")
    await world.deliver()
    assert said(pavel) == "✉️ Новое сообщение от ученика.\nО чём: общий вопрос"
    await pavel.tap("Ответить")
    await pavel.send("Во вторник")
    await world.deliver()
    assert said(misha) == "✉️ Тебе новое сообщение от педагога.\nО чём: общий вопрос"
    assert said(anna) == "✉️ Миша: новое сообщение от педагога.\nО чём: общий вопрос"
    await anna.tap("Прочитать")
    assert "Ученик, пн, 9 нояб., 12:00 — прочитано\nКогда будет собрание?\n\nПедагог, пн, 9 нояб., 12:00\nВо вторник" in said(
        anna
    )
    await anna.tap("Ответить")
    await anna.send("Спасибо")
    await tapped(misha, "/start", "Сообщения", "1. Педагог")
    assert "Родитель, пн, 9 нояб., 12:00 — не прочитано\nСпасибо" in said(misha)


async def test_quiet_hours_hold_the_letter_and_fold_many_into_one_a_long_thread_turns(world: World) -> None:
    await enroll(world.db, MISHA, ROBOTICS)
    await world.pass_time(hours=10)  # ten in the evening
    sent = await wrote(world.db, ANNA, TO_PAVEL, "Письмо 1", world.now)
    for number in range(2, 13):
        await answered(world.db, ANNA, sent.thread_id, f"Письмо {number}", world.now + timedelta(minutes=number))
    await world.deliver()
    assert "Новое сообщение" not in str(world.pavel.notices)
    await world.pass_time(hours=10)
    assert world.pavel.notices[-1].splitlines()[0] == "✉️ 12 новых сообщений от семьи."
    await world.pavel.tap("Прочитать")
    assert [line for line in said(world.pavel).splitlines() if line.startswith("Письмо")] == [f"Письмо {n}" for n in range(5, 13)]
    assert ["‹", "1 из 2", "›"] in world.pavel.buttons
    await world.pavel.tap("›")
    assert [line for line in said(world.pavel).splitlines() if line.startswith("Письмо")] == [f"Письмо {n}" for n in range(1, 5)]
    async with world.db.read() as tx:
        letters = select(func.count(Letter.id)).where(Letter.kind == "letter-to-staff", Letter.state == "sent")
        assert await tx.scalar(letters) == 1
    await tapped(world.pavel, "", "Закрыть переписку")
    assert said(world.pavel).startswith("🔒 Переписка закрыта.")
    await tapped(world.anna, "/start", "Сообщения", "1. Педагог")
    assert said(world.anna).endswith(
        "🔒 Другая сторона закрыла эту переписку. Если вопрос остался, его решит ответственный школы."
    )
    assert not any("Ответить" in label or "Открыть снова" in label for label in labels(world.anna))
    await world.pavel.tap("Открыть снова")
    assert said(world.pavel).startswith("🔓 Переписка снова открыта.")
