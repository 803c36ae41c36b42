"""Stories of the journal: a file in the chat, what the family hears, corrections, reasons, codes nobody knows, faults."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from bot.services.journal.uploads import Brought, plan_file
from storage.tables import Application, AttendanceCode, Audit, Choice, Document, Entry, JournalImport, Person
from tests.world import ANNA, CHESS, DANA, IT, MISHA, ROBOTICS, RUSLAN, VERA, World

HEAD = "Дата;Группа;Ученик;Отметка;Посещаемость;Тема;Домашнее задание;Комментарий;Вид работы\n"
MONDAY = "09.11.2026"


def sheet(*rows: str) -> bytes:
    return (HEAD + "\n".join(rows) + "\n").encode("utf-8-sig")


async def enrol(world: World, pupil: int, group: int) -> None:
    async with world.db.write() as tx:
        since = world.now - timedelta(days=60)
        application = Application(pupil_id=pupil, state="approved", created_at=since)
        tx.add(application)
        await tx.flush()
        choice = Choice(
            application_id=application.id, course_id=group, rank=1, state="enrolled", group_id=group, changed_at=since
        )
        tx.add(choice)


@pytest.fixture
async def school(world: World) -> World:
    return await opened(world)


async def opened(world: World) -> World:
    """Misha and Dana learn robotics, Vera plays chess; last week's journal was carried over without telling anybody."""
    await enrol(world, MISHA, ROBOTICS)
    await enrol(world, DANA, ROBOTICS)
    await enrol(world, VERA, CHESS)
    before = sheet("05.11.2026;Г-01;У-701;4;;;;;", "05.11.2026;Г-02;У-402;;;;;;")
    await plan_file(world.db, Brought("раньше.csv", before), now=world.now, settings=world.app.settings, apply=True, tell=False)
    return world


async def entries(world: World) -> list[tuple[int | None, str, str, str]]:
    async with world.db.read() as tx:
        rows = await tx.scalars(select(Entry).where(Entry.removed_at.is_(None)).order_by(Entry.day, Entry.pupil_id, Entry.id))
        return [(row.pupil_id, f"{row.day:%d.%m}", row.kind, row.value) for row in rows]


# ── the story ───────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_five_and_an_absence_reach_the_families_then_a_correction(school: World) -> None:
    pavel, anna, ruslan, misha = school.pavel, school.anna, school.ruslan, school.misha
    await pavel.attach(
        "Журнал.csv",
        sheet(f"{MONDAY};Г-01;Петров Миша;4;;Датчики;Собрать робота;Молодец!;контрольная", f"{MONDAY};Г-01;У-702;Н;;;;;"),
    )
    assert pavel.page.splitlines() == [
        "📖 Файл журнала «Журнал.csv»",
        "",
        "«Робототехника» (Г-01): один день, 9 ноября.",
        "❓ У группы Г-01 нет занятия в расписании: 9 ноября. Проверьте дату.",
        "Новых отметок — 1, отсутствий — 1, тем и пояснений — 1; узнают 2 семьи.",
        "Петров Миша Алексеевич, 9 ноября: 4 (контрольная)",
        "Шеуджен Дана Руслановна, 9 ноября: отсутствие",
    ]
    assert await entries(school) == [(MISHA, "05.11", "mark", "4")]  # nothing happens before the teacher says yes
    await pavel.tap("Применить")
    assert pavel.page == "✅ Готово.\n\nНовых отметок — 1, отсутствий — 1, тем и пояснений — 1; узнают 2 семьи."
    await school.deliver()
    assert anna.page == (
        "📖 Миша, журнал:\n• пн, 9 нояб., «Робототехника» (контрольная) — 4\n💬 Молодец!\n"
        "• «Робототехника», задание к занятию в четверг, 12 ноября — Собрать робота"
    )
    assert misha.page == anna.page.replace("Миша, журнал", "Журнал")  # to the child of himself
    assert ruslan.page == (
        "📖 Дана, журнал:\n• пн, 9 нояб., «Робототехника» — пропуск занятия\n"
        "• «Робототехника», задание к занятию в четверг, 12 ноября — Собрать робота"
    )
    assert ruslan.buttons == [["Указать причину"], ["📖 Открыть журнал"]]

    await pavel.attach(
        "Журнал.csv",
        sheet(f"{MONDAY};Г-01;Петров Миша;5;;Датчики;Собрать робота;Молодец!;контрольная", f"{MONDAY};Г-01;У-702;Н;;;;;"),
    )
    assert "Исправлений — 1; узнает 1 семья." in pavel.page
    assert "Петров Миша Алексеевич, 9 ноября: исправлено 4 → 5 (контрольная)" in pavel.page
    await pavel.tap("Применить")
    await school.deliver()
    assert anna.page == "📖 Миша, «Робототехника» (контрольная), в понедельник, 9 ноября — исправлено: 4 → 5.\n💬 Молодец!"


async def test_the_same_file_twice_changes_nothing_and_tells_nobody(school: World) -> None:
    file = sheet(f"{MONDAY};Г-01;У-701;5;;;;;")
    await school.pavel.attach("ж.csv", file)
    await school.pavel.tap("Применить")
    await school.deliver()
    heard = list(school.anna.notices)
    await school.pavel.attach("ж.csv", file)
    assert school.pavel.page.splitlines()[-1] == "Всё уже так и записано: менять нечего."
    assert "Применить" not in str(school.pavel.buttons)
    await school.deliver()
    assert school.anna.notices == heard


async def test_the_same_on_postgresql(world_on_postgres: World) -> None:
    world = await opened(world_on_postgres)
    for mark in ("4", "5"):
        await world.pavel.attach("ж.csv", sheet(f"{MONDAY};Г-01;У-701;{mark};Н;;;;"))
        await world.pavel.tap("Применить")
        await world.deliver()
    assert world.anna.page == "📖 Миша, «Робототехника», в понедельник, 9 ноября — исправлено: 4 → 5."
    await world.anna.send("/journal")
    await world.anna.tap("Миша")
    assert "5, отсутствие" in world.anna.page


async def test_a_press_handled_twice_does_nothing_the_second_time(school: World) -> None:
    await school.pavel.attach("ж.csv", sheet(f"{MONDAY};Г-01;У-701;5;;;;;"))
    page = school.pavel.newest
    assert page is not None
    data = next(button.data for row in page.rows for button in row if "Применить" in button.label)
    assert data is not None
    await school.pavel.press(page.id, data)
    await school.pavel.press(page.id, data)
    assert "Всё уже так и записано" in school.pavel.page
    await school.deliver()
    assert len([text for text in school.anna.notices if "5 по курсу" in text]) == 1
    async with school.db.read() as tx:
        kept = list(await tx.scalars(select(JournalImport.name).where(JournalImport.group_id == ROBOTICS)))
        assert kept == ["раньше.csv", "ж.csv"]
        assert (await tx.scalars(select(Audit.after).where(Audit.action == "journal.enter", Audit.person_id.is_not(None)))).one()[
            "new"
        ] == 1


async def test_a_removed_mark_is_said_to_be_removed_and_other_days_stay(school: World) -> None:
    await school.pavel.attach("ж.csv", sheet(f"{MONDAY};Г-01;У-701;5 3;;;;;"))
    await school.pavel.tap("Применить")
    await school.deliver()
    assert school.anna.page == "📖 Миша: 5, 3 по курсу «Робототехника», в понедельник, 9 ноября."
    await school.pavel.attach("ж2.csv", sheet(f"{MONDAY};Г-01;У-701;5;;;;;"))
    assert "⚠️ 1 запись этих дней есть в журнале, но её нет в файле: она будет снята." in school.pavel.page
    await school.pavel.tap("Применить")
    await school.deliver()
    assert school.anna.page == "📖 Миша, «Робототехника», в понедельник, 9 ноября — отметка снята: 3."
    assert await entries(school) == [(MISHA, "05.11", "mark", "4"), (MISHA, "09.11", "mark", "5")]


async def test_a_class_sent_as_two_files_is_asked_about(school: World) -> None:
    pavel = school.pavel
    await pavel.attach("вторая.csv", sheet("05.11.2026;Г-01;У-702;5;;;;;"))
    assert pavel.page.replace("\N{NO-BREAK SPACE}", " ").splitlines()[3] == (
        "❓ Группа Г-01: за 5 ноября записи есть, а в файле этих учеников нет: Петров Миша Алексеевич. Снять их записи или оставить?"
    )
    assert pavel.buttons == [["Применить, их записи оставить"], ["Применить и снять их записи"], ["Отмена"], ["🏠 Меню"]]
    await pavel.tap("Применить, их записи оставить")
    assert pavel.page == "✅ Готово.\n\nНовых отметок — 1; узнает 1 семья."
    assert await entries(school) == [(MISHA, "05.11", "mark", "4"), (DANA, "05.11", "mark", "5")]


async def test_what_was_never_sent_is_told_as_it_stands_in_the_end(school: World) -> None:
    for mark in ("3", "4", "5"):
        await school.pavel.attach("ж.csv", sheet(f"{MONDAY};Г-01;У-701;{mark};;;;;"))
        await school.pavel.tap("Применить")
    await school.deliver()
    assert school.anna.notices == ["📖 Миша: 5 по курсу «Робототехника», в понедельник, 9 ноября."]


async def test_a_mark_entered_and_taken_back_unsent_is_not_spoken_of(school: World) -> None:
    await school.pavel.attach("ж.csv", sheet(f"{MONDAY};Г-01;У-701;2;Н;;;;"))
    await school.pavel.tap("Применить")
    await school.pavel.attach("ж.csv", sheet(f"{MONDAY};Г-01;У-701;;;;;;"))
    await school.pavel.tap("Применить")
    await school.deliver()
    assert school.anna.notices == []


async def test_the_first_file_of_a_group_and_old_marks_are_kept_quietly(world: World) -> None:
    await enrol(world, MISHA, ROBOTICS)
    await world.pavel.attach("первый.csv", sheet(f"{MONDAY};Г-01;У-701;5;;;;;"))
    assert "Новых отметок — 1; семьям не пишем." in world.pavel.page
    assert "Первый файл для Г-01: записи сохраним, семьям о них не пишем. Следующие файлы — с сообщениями." in world.pavel.page
    await world.pavel.tap("Применить")
    await world.pavel.attach("второй.csv", sheet("15.10.2026;Г-01;У-701;2;;;;;"))
    assert "О 1 записи семьям не пишем: она старше 14 дней или ученик уже не в группе." in world.pavel.page
    await world.pavel.tap("Применить")
    await world.deliver()
    assert world.anna.notices == []
    assert await entries(world) == [(MISHA, "15.10", "mark", "2"), (MISHA, "09.11", "mark", "5")]


async def test_who_chose_discreet_messages_reads_no_child_no_mark_no_absence(school: World) -> None:
    async with school.db.write() as tx:
        await tx.execute(update(Person).where(Person.id.in_([ANNA, RUSLAN])).values(detail="discreet"))
    await school.pavel.attach("ж.csv", sheet(f"{MONDAY};Г-01;У-701;5;;;;;", f"{MONDAY};Г-01;У-702;Н;;;;;"))
    await school.pavel.tap("Применить")
    await school.deliver()
    assert (school.anna.page, school.anna.buttons) == ("📖 Новая запись в журнале — открыть.", [["📖 Открыть журнал"]])
    assert (school.ruslan.page, school.ruslan.buttons) == (school.anna.page, school.anna.buttons)
    await school.ruslan.tap("Открыть журнал")
    assert "отсутствие" in school.ruslan.page
    assert ["Причина пропуска 9 ноября"] in school.ruslan.buttons


# ── attendance ──────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_family_says_why_and_only_the_staff_reads_it(school: World) -> None:
    file = sheet(f"{MONDAY};Г-01;У-702;Н;;;;предупредили;")
    await school.pavel.attach("ж.csv", file)
    await school.pavel.tap("Применить")
    await school.deliver()
    letter = school.ruslan.newest
    await school.ruslan.tap("Указать причину")
    assert school.ruslan.page == "Дана: пропуск в понедельник, 9 ноября, «Робототехника». Почему? Ответ увидит только педагог."
    await school.ruslan.tap("Болезнь")
    assert school.ruslan.page == "Спасибо, записали: болезнь. Ответ увидит только педагог."
    assert letter is not None
    assert letter in school.ruslan.messages  # the letter stays to be read
    await school.pavel.send("/journal")
    await school.pavel.tap("Робототехника, Г-01")
    assert "Шеуджен Дана Руслановна — отсутствие (семья: болезнь)" in school.pavel.page
    await school.pavel.attach("ж.csv", file)  # the reason stays, and is nothing to change or to tell
    assert "Всё уже так и записано" in school.pavel.page
    await school.deliver()
    assert not any(
        "болезнь" in text for phone in (school.pavel, school.anna, school.misha) for text in phone.notices if "семья" not in text
    )


async def test_a_mistaken_absence_is_taken_back_and_a_reason_edited_by_staff_rings_no_second_time(school: World) -> None:
    async def apply(cell: str) -> None:
        await school.pavel.attach("ж.csv", sheet(f"{MONDAY};Г-01;У-702;{cell};;;;;"))
        await school.pavel.tap("Применить")
        await school.deliver()

    await apply("Н")
    await apply("Б")
    assert len(school.ruslan.notices) == 1
    await apply("ОП")
    assert (
        school.ruslan.page == "🔔 Дана, «Робототехника», в понедельник, 9 ноября — исправлено: пропуска не было, было опоздание."
    )
    await apply("5")
    assert school.ruslan.notices[-1] == (
        "📖 Дана, журнал:\n• пн, 9 нояб., «Робототехника» — 5\n• пн, 9 нояб., «Робототехника» — исправлено: опоздания не было"
    )


async def test_a_pupil_does_not_explain_their_own_absence(school: World) -> None:
    await school.pavel.attach("ж.csv", sheet(f"{MONDAY};Г-01;У-701;Н Н;;;;;"))
    await school.pavel.tap("Применить")
    await school.deliver()
    assert school.misha.page == "🔔 Пропуск 2 занятий «Робототехника» в понедельник, 9 ноября."
    assert school.misha.buttons == [["📖 Открыть журнал"]]
    page = school.misha.newest
    assert page is not None
    query = await school.misha.press(page.id, f"journal.because:{MISHA}:{ROBOTICS}:{date(2026, 11, 9).toordinal()}:sick")
    assert query.answer is not None
    assert "Это доступно не всем" in str(school.misha.toasts[-1])


async def test_nobody_explains_somebody_elses_absence(school: World) -> None:
    await school.pavel.attach("ж.csv", sheet(f"{MONDAY};Г-01;У-702;Н;;;;;"))
    await school.pavel.tap("Применить")
    await school.anna.send("/journal")
    page = school.anna.newest
    assert page is not None
    for data in (
        f"journal.why:{DANA}:{ROBOTICS}:{date(2026, 11, 9).toordinal()}",
        f"journal.child:{DANA}:0",
        f"journal.read:{DANA}",
    ):
        await school.anna.press(page.id, data)
        assert "Это доступно не всем" in str(school.anna.toasts[-1])
        assert "Дана" not in school.anna.page


# ── codes ───────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_an_ambiguous_code_is_asked_once_and_then_remembered(school: World) -> None:
    pavel, irina, olga = school.pavel, school.irina, school.olga
    await pavel.attach("ж.csv", sheet(f"{MONDAY};Г-01;У-701;O 4;;;;;"))  # a Latin O
    assert "Что значит «О» у партнёра «Центр развития IT-образования», пока не известно." in pavel.page
    assert "Мы уже спросили партнёра и ответственного за сетевые курсы. Как только ответят, я напишу вам." in pavel.page
    assert pavel.buttons == [["Проверить ещё раз"], ["Отмена"], ["🏠 Меню"]]
    await school.deliver()
    asked = "❓ В журнале «Центр развития IT-образования» посещаемость отмечена как «О». Что это значит? Ответьте один раз — я запомню."
    assert (irina.page, olga.page, school.nurbiy.notices) == (asked, asked, [])
    await irina.tap("Ответить")
    assert irina.page.splitlines()[0] == "Что значит «О»?"
    await irina.tap("опоздание")
    assert irina.page == "Записали: «О» — опоздание. Файл можно применять."
    await school.deliver()
    assert pavel.page == "✅ Теперь известно: «О» — опоздание. Файл журнала можно применить."
    await pavel.tap("Открыть файл журнала")
    assert "Новых отметок — 1, опозданий — 1; узнает 1 семья." in pavel.page
    await pavel.tap("Применить")
    await school.deliver()
    assert school.anna.notices == [
        "📖 Миша, журнал:\n• пн, 9 нояб., «Робототехника» — 4\n• пн, 9 нояб., «Робототехника» — опоздание"
    ]
    await pavel.attach("ж2.csv", sheet(f"{MONDAY};Г-01;У-702;о;;;;;", f"{MONDAY};Г-01;У-701;О 4;;;;;"))
    assert "Шеуджен Дана Руслановна, 9 ноября: опоздание" in pavel.page
    async with school.db.read() as tx:
        code = (await tx.scalars(select(AttendanceCode))).one()
    assert (code.organization_id, code.code, code.meaning) == (IT, "О", "late")


async def test_whoever_may_answer_is_asked_on_the_page_itself(school: World) -> None:
    await school.irina.attach("ж.csv", sheet(f"{MONDAY};Г-01;У-701;;+;;;;"))
    assert "Что значит «+»?" in school.irina.page
    assert school.irina.buttons[-2:] == [["Отмена"], ["🏠 Меню"]]
    await school.irina.tap("присутствие")
    assert "Присутствий — 1; семьям не пишем." in school.irina.page
    assert school.irina.buttons[1] == ["«+» — присутствие: изменить"]


async def test_a_teacher_cannot_answer_nor_can_another_partner(school: World) -> None:
    await school.pavel.attach("ж.csv", sheet(f"{MONDAY};Г-01;У-701;О;;;;;"))
    async with school.db.read() as tx:
        document = (await tx.scalars(select(Document.id))).one()
    for phone in (school.pavel, school.nurbiy, school.anna, school.sergey):
        await phone.send("/start")
        assert phone.newest is not None
        await phone.press(phone.newest.id, f"journal.code:{document}:0:late")
    async with school.db.read() as tx:
        assert list(await tx.scalars(select(AttendanceCode))) == []


# ── whose file ──────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_file_with_a_strange_group_is_refused_whole(school: World) -> None:
    before = await entries(school)
    await school.pavel.attach("ж.csv", sheet(f"{MONDAY};Г-01;У-701;5;;;;;", f"{MONDAY};Г-02;У-402;5;;;;;"))
    assert school.pavel.page.splitlines() == [
        "В журнале 1 ошибка. Ничего не записано: исправьте и пришлите файл ещё раз.",
        "• «ж», строка 3, столбец B «Группа»: группы «Г-02» нет среди ваших. Ваши: Г-01.",
    ]
    assert await entries(school) == before
    await school.olga.attach("ж.csv", sheet(f"{MONDAY};Г-01;У-701;5;;;;;", f"{MONDAY};Г-02;У-402;5;;;;;"))
    assert "Новых отметок — 2; узнает 1 семья." in school.olga.page or "узнают 2 семьи" in school.olga.page


async def test_only_the_sender_applies_or_drops_a_file(school: World) -> None:
    await school.pavel.attach("ж.csv", sheet(f"{MONDAY};Г-01;У-701;5;;;;;"))
    async with school.db.read() as tx:
        document = (await tx.scalars(select(Document.id))).one()
    before = await entries(school)
    for phone in (school.olga, school.irina, school.zarema, school.anna, school.stranger()):
        await phone.send("/start")
        assert phone.newest is not None
        for data in (f"journal.apply:{document}", f"journal.drop:{document}", f"journal.plan:{document}"):
            await phone.press(phone.newest.id, data)
    assert await entries(school) == before
    await school.pavel.tap("Отмена")
    assert school.pavel.page == "Отменено: журнал остался как был."
    async with school.db.read() as tx:
        assert list(await tx.scalars(select(Document.id))) == []


async def test_a_dropped_file_cannot_be_applied_by_an_old_button(school: World) -> None:
    await school.pavel.attach("ж.csv", sheet(f"{MONDAY};Г-01;У-701;5;;;;;"))
    page = school.pavel.newest
    assert page is not None
    data = next(button.data for row in page.rows for button in row if "Применить" in button.label)
    assert data is not None
    await school.pavel.tap("Отмена")
    await school.pavel.press(page.id, data)
    assert "Этого файла больше нет. Пришлите его ещё раз." in str(school.pavel.toasts[-1])


async def test_a_parent_sends_no_journals(school: World) -> None:
    await school.anna.attach("ж.csv", sheet(f"{MONDAY};Г-01;У-701;5;;;;;"))
    assert "Это доступно не всем" in school.anna.page


async def test_another_table_is_answered_with_what_is_understood(school: World) -> None:
    await school.pavel.attach("цены.csv", "Товар;Цена\nХлеб;50\n".encode())
    assert school.pavel.page.startswith("Не понял, что за таблица «цены.csv». Я читаю журнал")
    await school.olga.attach("цены.csv", "Товар;Цена\nХлеб;50\n".encode())
    assert "книгу сети" in school.olga.page


async def test_fifty_wrong_rows_come_as_a_page_and_a_file(school: World) -> None:
    await school.pavel.attach("ж.csv", sheet(*(f"вчера;Г-01;Никто {n};5;;;;;" for n in range(60))))
    texts = [message.text for message in school.pavel.messages]
    assert any(text.startswith("В журнале 60 ошибок. Ничего не записано") and "… и ещё" in text for text in texts)
    assert any("Все ошибки — в этом файле." in text for text in texts)
