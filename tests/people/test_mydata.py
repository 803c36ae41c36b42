"""My data: told, given as files, withdrawn. What is erased is gone; what is counted remains without a name."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from bot.notices.people import GuardianJoined
from bot.policy import Person as Known
from bot.post.posting import post
from bot.refusals import Refusal
from bot.services.people.invitations import make_invitation
from bot.services.people.mydata import withdraw
from bot.services.people.people import recognise
from bot.services.people.restored import erase_again, erasures, keep_ledger
from storage.db import Database
from storage.tables import (
    Acknowledgement,
    Application,
    Audit,
    Choice,
    ChoiceChange,
    Consent,
    Entry,
    Erasure,
    Guardianship,
    LessonChange,
    Letter,
    Person,
    Pupil,
    Table,
    Talk,
    Update,
)
from tests.world import ANNA, CHESS, DANA, MISHA, MISHA_HIMSELF, ROBOTICS, RUSLAN, TELEGRAM, VERA, World


async def known(world: World, person: int) -> Known:
    return await recognise(world.db, TELEGRAM[person], world.app.settings)


async def lives(world: World) -> None:
    """Misha has applied, is enrolled in one course and in reserve for the other, has a mark and an absence."""
    async with world.db.write() as tx:
        paper = Application(pupil_id=MISHA, person_id=ANNA, state="approved", created_at=world.now, submitted_at=world.now)
        tx.add(paper)
        await tx.flush()
        first = Choice(application_id=paper.id, course_id=ROBOTICS, rank=1, state="enrolled", group_id=1, changed_at=world.now)
        second = Choice(
            application_id=paper.id,
            course_id=CHESS,
            rank=2,
            state="reserve",
            group_id=2,
            reserve_at=world.now,
            changed_at=world.now,
        )
        draft = Application(pupil_id=VERA, person_id=ANNA, state="draft", created_at=world.now)
        tx.add_all([first, second, draft])
        await tx.flush()
        tx.add(Choice(application_id=draft.id, course_id=CHESS, rank=1, state="draft", changed_at=world.now))
        tx.add(ChoiceChange(choice_id=first.id, was=None, now="submitted", by=ANNA, at=world.now, reason="Миша очень хочет"))
        for kind, value in (("mark", "5"), ("attendance", "absent")):
            tx.add(
                Entry(
                    pupil_id=MISHA,
                    group_id=1,
                    day=date(2026, 11, 5),
                    lesson=1,
                    kind=kind,
                    ordinal=1,
                    value=value,
                    work="проект <1>",
                    comment="Миша молодец",
                    entered_at=world.now,
                )
            )
        change = LessonChange(lesson_id=1, kind="moved", was={}, now={}, at=world.now)
        tx.add(change)
        await tx.flush()
        tx.add(Acknowledgement(change_id=change.id, person_id=ANNA, pupil_id=MISHA, at=world.now))
        tx.add(Talk(key=f"{TELEGRAM[ANNA]}:{TELEGRAM[ANNA]}", state="x", data={}, changed_at=world.now))
        await post(
            tx,
            ANNA,
            GuardianJoined(child="Миша", guardian="Пётр", id_pupil=MISHA, id_person=99),
            now=world.now,
            pupil_id=MISHA,
            role="guardian",
        )


async def totals(db: Database) -> dict[str, int]:
    """Applications and places per course, as a report counts them."""
    async with db.read() as tx:
        rows = await tx.execute(select(Choice.course_id, Choice.state, func.count()).group_by(Choice.course_id, Choice.state))
        return {f"{course}:{state}": count for course, state, count in rows}


async def test_it_is_told_in_plain_words(world: World) -> None:
    await lives(world)
    await world.anna.send("/mydata")
    assert world.anna.page == (
        "🗂 Мои данные\n\nВаше имя: Анна. Ещё храним номер вашего Telegram и ваши настройки.\n\n"
        "Дети: Миша (7А), Вера (4Б)\n\n"
        "Заявлений: 2\nОтметок: 1\nЗаписей о посещаемости: 1\nСогласий в силе: 8\nОтправленных сообщений: 0"
    )


async def test_the_file_a_person_reads(world: World) -> None:
    await lives(world)
    await world.deliver()
    await world.anna.send("/mydata")
    await world.anna.tap("Скачать файл")
    assert world.anna.newest
    assert world.anna.newest.file
    assert world.anna.newest.file.name == "мои-данные-2026-11-09.html"
    page = (await world.anna.file(world.anna.newest)).decode()
    for words in (
        "Что хранится о вас, 9 ноября 2026",
        "Петров Миша Алексеевич",
        "<td>1. Робототехника</td><td>зачислили</td><td>Г-01</td>",
        "<td>2. Шахматы</td><td>в резерве</td>",
        "Миша очень хочет",
        "<td>5</td><td>проект &lt;1&gt;</td><td>Миша молодец</td>",
        "<td>отсутствие</td>",
        "<td>занятие перенесено</td>",
        "вошёл ещё один взрослый.",
    ):
        assert words in page
    assert "Шеуджен" not in page


async def test_the_file_a_program_reads(world: World) -> None:
    await lives(world)
    await world.deliver()
    await world.anna.send("/mydata")
    await world.anna.tap("JSON")
    assert world.anna.newest
    held = json.loads(await world.anna.file(world.anna.newest))
    assert [child["full_name"] for child in held["pupils"]] == ["Петров Миша Алексеевич", "Петрова Вера Алексеевна"]
    assert held["pupils"][0]["journal"][0]["value"] == "5"
    paper = held["pupils"][0]["applications"][0]
    assert paper["wanted"] == 1
    assert paper["choices"][0]["state"] == "enrolled"
    assert paper["choices"][0]["offers"] == []
    assert held["letters"][0]["kind"] == "guardian-joined"
    assert held["since"] == "2026-09-01T09:00:00+03:00"


async def test_withdrawing_for_all_erases_and_counts_remain(world: World) -> None:
    await all_is_withdrawn(world)


async def test_withdrawing_on_postgresql(world_on_postgres: World) -> None:
    await all_is_withdrawn(world_on_postgres)


async def all_is_withdrawn(world: World) -> None:
    await lives(world)
    anna, before = world.anna, await totals(world.db)
    await anna.send("/mydata")
    await anna.tap("Отозвать согласие")
    await anna.tap("Для всех и выйти")
    assert "Миша, Вера: ваш доступ закончится" in anna.page
    assert "Это заявления (2), отметки (1), посещаемость (1)." in anna.page
    await anna.tap("Подтвердить")
    assert anna.page.startswith("✅ Готово: согласие отозвано, ваши данные стёрты.")
    after = await totals(world.db)
    assert before == {"1:enrolled": 1, "2:reserve": 1, "2:draft": 1}
    assert after == {"1:enrolled": 1, "2:withdrawn": 1}
    async with world.db.read() as tx:
        person = (await tx.scalars(select(Person).where(Person.id == ANNA))).one()
        assert (person.telegram_id, person.name, person.language) == (None, "", None)
        assert [row.pupil_id for row in await tx.scalars(select(Application))] == [None]
        assert {(row.pupil_id, row.comment) for row in await tx.scalars(select(Entry))} == {(None, None)}
        assert await tx.scalar(select(func.count()).select_from(Acknowledgement)) == 0
        assert await tx.scalar(select(func.count()).select_from(Talk)) == 0
        assert {row.facts for row in await tx.scalars(select(Letter).where(Letter.person_id == ANNA))} == {None}
        assert None not in {row.withdrawn_at for row in await tx.scalars(select(Consent).where(Consent.person_id == ANNA))}
        assert (
            await tx.scalar(select(Pupil.full_name).where(Pupil.id == MISHA)) == "Петров Миша Алексеевич"
        )  # the school's workbook
        assert [row.reason for row in await tx.scalars(select(ChoiceChange))] == [None, None]
        assert await tx.scalar(select(func.count()).select_from(Audit).where(Audit.action == "consent.withdrawn")) == 2
        left = select(func.count()).select_from(Update).where(Update.chat_id == TELEGRAM[ANNA])
        assert await tx.scalar(left) == 1  # this very press: purged after three days
    await anna.send("/start")
    assert "Чтобы войти, нужно приглашение школы." in anna.page


async def test_the_coordinators_hear_that_a_family_withdrew(world: World) -> None:
    await lives(world)
    await withdraw(world.db, MISHA, by=await known(world, ANNA), now=world.now)
    await world.deliver()
    assert world.olga.page == "🗂 Семья отозвала согласие. Запись № 2.\n\nКто это и что теперь делать — по кнопке."
    assert world.olga.buttons == [["👁 Открыть"]]
    await world.olga.tap("Открыть")
    assert world.olga.page == (
        "🗂 Семья отозвала согласие: Петров Миша Алексеевич, 7А.\n\n"
        "Заявления, отметки и посещаемость обезличены. "
        "Место держится без имени, пока вы или партнёр его не освободите («Заявки», «Группы»): Робототехника."
    )
    assert world.olga.notices[-2].startswith("🗂 Семья отозвала согласие. Запись")  # the letter stays to be read
    async with world.db.read() as tx:
        (facts,) = await tx.scalars(select(Letter.facts).where(Letter.kind == "family-withdrew"))
        assert facts == {"number": 2, "id_pupil": MISHA, "id_last": True, "id_courses": ["Робототехника"]}


async def test_the_page_of_withdrawal_names_the_three_things_that_remain(world: World) -> None:
    await lives(world)
    await world.anna.send("/mydata")
    await world.anna.tap("Отозвать согласие")
    await world.anna.tap("Для всех и выйти")
    assert world.anna.page.endswith(
        "Бот не может стереть ещё три вещи:\n"
        "• строку ученика в книге сети — её ведёт сама школа;\n"
        "• бумаги, которые школа уже отправила;\n"
        "• прежние резервные копии: из них данные стираются, если копию вернут.\n\n"
        "Вернуться можно по новому приглашению."
    )


async def test_pressing_confirm_again_finds_it_done(world: World) -> None:
    anna = world.anna
    await anna.send("/mydata")
    await anna.tap("Отозвать согласие")
    await anna.tap("Для всех и выйти")
    page = anna.newest
    assert page
    await anna.tap("Подтвердить")
    await anna.press(page.id, "mydata.sure:0")
    assert anna.page.startswith("✅ Готово: согласие отозвано, ваши данные стёрты.")
    stranger = world.stranger()
    sent = await stranger.send("/start")
    await stranger.press(sent.id + 1, "mydata.sure:0")
    assert stranger.toasts[-1].startswith("Чтобы войти, нужно приглашение")


async def test_withdrawing_for_one_child_leaves_the_other(world: World) -> None:
    await lives(world)
    anna = world.anna
    await anna.send("/mydata")
    await anna.tap("Отозвать согласие")
    await anna.tap("Только Вера")
    assert "Вы останетесь в боте" in anna.page
    await anna.tap("Подтвердить")
    assert anna.page == "✅ Готово: согласие отозвано, данные стёрты."
    person = await known(world, ANNA)
    assert person.children == person.wards == {MISHA}
    for _ in range(2):
        assert not (await withdraw(world.db, VERA, by=person, now=world.now)).gone
    with pytest.raises(Refusal, match="gone"):
        await withdraw(world.db, DANA, by=person, now=world.now)


async def test_one_parent_withdraws_and_the_other_keeps_everything(world: World) -> None:
    await lives(world)
    father = world.member(2001, "Алексей")
    await father.send(f"/start {(await make_invitation(world.db, 'guardian', 'У-701', now=world.now)).payload}")
    await father.tap("Прочитать и согласиться")
    await father.tap("Согласен(на)")
    await father.send("Петров Алексей Иванович")
    await withdraw(world.db, None, by=await known(world, ANNA), now=world.now)
    await world.deliver()
    letters = [letter for letter in world.olga.messages if (letter.text or "").startswith("🗂 Семья отозвала согласие. Запись")]
    assert len(letters) == 2  # one a child
    async with world.db.read() as tx:
        numbers = await tx.scalars(select(Audit.id).where(Audit.action == "consent.withdrawn", Audit.thing_id == MISHA))
        (number,) = numbers
    await world.olga.press(letters[0].id, f"withdrawal:{number}")
    assert "Другой родитель остаётся, для ребёнка ничего не меняется." in world.olga.page
    async with world.db.read() as tx:
        paper = (await tx.scalars(select(Application))).one()
        assert (paper.pupil_id, paper.person_id) == (MISHA, None)
        assert {row.pupil_id for row in await tx.scalars(select(Entry))} == {MISHA}
        assert [row.by for row in await tx.scalars(select(ChoiceChange))] == [None]
        assert await tx.scalar(select(Pupil.person_id).where(Pupil.id == MISHA)) == MISHA_HIMSELF


async def test_with_the_last_consent_the_pupils_own_way_in_ends(world: World) -> None:
    await withdraw(world.db, MISHA, by=await known(world, ANNA), now=world.now)
    await world.misha.send("/start")
    assert "Чтобы войти, нужно приглашение школы." in world.misha.page


async def test_staff_who_are_parents_stay_as_staff(world: World) -> None:
    made = await make_invitation(world.db, "guardian", "У-702", now=world.now)
    await world.pavel.send(f"/start {made.payload}")
    done = await withdraw(world.db, None, by=await known(world, 3), now=world.now)
    assert not done.gone
    await world.pavel.send("/start")
    assert world.pavel.page.startswith("👋 Здравствуйте, Павел!")
    await world.olga.send("/mydata")
    assert "Отозвать согласие" not in str(world.olga.buttons)


async def test_a_pupil_can_leave_by_themself(world: World) -> None:
    await world.misha.send("/mydata")
    await world.misha.tap("Отозвать согласие")
    await world.misha.tap("Подтвердить")
    assert world.misha.page.startswith("✅ Готово")
    async with world.db.read() as tx:
        assert await tx.scalar(select(Pupil.person_id).where(Pupil.id == MISHA)) is None
        assert await tx.scalar(select(func.count()).select_from(Guardianship).where(Guardianship.until.is_(None))) == 3


async def test_a_restored_copy_forgets_again(world: World) -> None:
    """The copy knows Anna and Vera's guardianship; the database it replaces knew that both were withdrawn."""
    await lives(world)
    await make_invitation(world.db, "guardian", "У-701", now=world.now)  # so that the network's key is in the copy
    later = world.now + timedelta(hours=1)
    anna = await known(world, ANNA)
    ruslan = await known(world, RUSLAN)
    async with world.db.read() as tx:
        assert await tx.scalar(select(func.count()).select_from(Erasure)) == 0
    async with world.db.write() as tx:  # what the other database remembers
        from storage import keys

        secret = await keys.key(tx)
        carried = [
            (keys.mac(secret, "person", str(anna.telegram_id)), later),
            (keys.mac(secret, "child", f"{ruslan.telegram_id}:У-702"), later),
        ]
    assert await erase_again(world.db, carried, now=later) == 3 - 1
    assert (await known(world, ANNA)).id is None
    assert (await known(world, RUSLAN)).wards == frozenset()
    assert {mac for mac, _ in carried} <= {mac for mac, _ in await erasures(world.db)}
    assert await erase_again(world.db, carried, now=later) == 0


async def test_who_comes_back_is_not_erased_by_an_old_erasure(world: World) -> None:
    await withdraw(world.db, None, by=await known(world, ANNA), now=world.now)
    world.clock.move(timedelta(days=1))
    made = await make_invitation(world.db, "guardian", "У-701", now=world.now)
    await world.anna.send(f"/start {made.payload}")
    assert "Ваш ребёнок: Миша" in world.anna.page
    assert await erase_again(world.db, await erasures(world.db), now=world.now) == 0
    assert await keep_ledger(world.db, now=world.now) == 0
    assert (await known(world, ANNA)).wards == {MISHA}


def test_every_table_that_names_a_person_or_a_pupil_is_thought_of() -> None:
    """A new column that leads to a person or a pupil must be erased, or be named here with its reason."""
    stays = {
        "audit.person_id": "append-only; the person behind the id is empty",
        "consents.person_id": "the record that consent was given and withdrawn",
        "consents.pupil_id": "the same",
        "guardianships.person_id": "dated history; the person behind the id is empty",
        "guardianships.pupil_id": "the same",
        "invitations.pupil_id": "the school invited somebody for the pupil of its workbook",
        "invitations.used_by": "the person behind the id is empty",
        "letters.person_id": "that there was a letter is counted; what it said is emptied",
        "letters.pupil_id": "the same",
        "lesson_changes.by": "staff",
        "invitations.made_by": "staff",
        "successions.former_id": "staff",
        "successions.person_id": "the person behind the id is empty",
        "successions.ended_by": "staff",
        "allocations.drawn_by": "staff",
        "allocations.published_by": "staff",
        "applications.decided_by": "staff",
        "calls.done_by": "staff",
        "requests.made_by": "staff",
        "request_versions.made_by": "staff",
        "journal_imports.by": "staff",
        "journal_answers.by": "staff",
        "journal_names.by": "staff",
        "class_absences.said_by": "staff",
        "tasks.done_by": "staff",
        "achievements.decided_by": "staff",
        "announcements.by": "staff",
        "attachments.made_by": "staff",
        "agreeings.answered_by": "staff",
        "agreeings.sent_by": "staff",
        "agreements.made_by": "staff",
        "certificate_files.made_by": "whoever asked for it first; the person behind the id is empty",
        "certificates.issued_by": "staff",
        "certificates.revoked_by": "staff",
        "criterion_records.made_by": "staff",
        "kept_papers.annulled_by": "staff",
        "kept_papers.made_by": "staff",
        "documents.made_by": "staff",
        "thread_openings.opened_by": "staff",
        "writing_stops.made_by": "staff",
        "writing_stops.lifted_by": "staff",
    }
    erased = {
        "absences.pupil_id",
        "absences.said_by",
        "achievements.pupil_id",
        "achievements.said_by",
        "acknowledgements.person_id",
        "acknowledgements.pupil_id",
        "announcement_readers.person_id",
        "announcement_readers.pupil_id",
        "applications.person_id",
        "applications.pupil_id",
        "calls.person_id",
        "calls.pupil_id",
        "certificates.pupil_id",
        "choice_changes.by",
        "feeds.person_id",
        "feeds.pupil_id",
        "feeds_shown.person_id",
        "feeds_shown.pupil_id",
        "journal_entries.pupil_id",
        "journal_names.pupil_id",
        "journal_writings.by",
        "lesson_reminders.person_id",
        "lesson_reminders.pupil_id",
        "pupils.person_id",
        "shortlist.person_id",
        "shortlist.pupil_id",
        "staff.person_id",
        "survey_received.pupil_id",
        "survey_responses.person_id",
        "survey_responses.pupil_id",
        "thread_messages.person_id",
        "thread_reads.person_id",
        "threads.pupil_id",
        "writing_stops.person_id",
    }
    leads = {
        f"{table.name}.{column.name}"
        for table in Table.metadata.tables.values()
        for column in table.columns
        if {key.column.table.name for key in column.foreign_keys} & {"people", "pupils"}
        or column.name in ("person_id", "pupil_id")
    }
    assert leads == erased | set(stays)
