"""JOURNAL_DIR: whole files are taken, half-written ones are left alone, every end has its .log, nothing is done twice."""

from __future__ import annotations

import os
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot import folder as journal_folder
from bot.folder import Folder, scan_folder
from bot.policy import Person, Post
from bot.services.forgetting import drop_journals
from bot.services.journal.answering import QuestionIn, answer, code_in
from bot.services.journal.journal import Answer
from bot.services.journal.uploads import answered_plans, apply_upload, keep_upload
from bot.settings import Settings
from storage.db import Database
from storage.journal.journal import UPLOAD, drop_uploads
from storage.tables import Application, Choice, Document, Entry, Letter
from tests.world import DANA, MISHA, NOW, OLGA, ROBOTICS, SCHOOL, TELEGRAM, settings_for

HEAD = "Дата;Группа;Ученик;Отметка\n"
NOON = NOW.astimezone(UTC)


class Place:
    """A folder somebody drops files into, and the bot's looks at it."""

    def __init__(self, db: Database, path: Path) -> None:
        self.db = db
        self.path = path
        self.folder = Folder(path)
        self.settings: Settings = settings_for("http://127.0.0.1:1", "sqlite+aiosqlite:///none", path.parent)
        path.mkdir()

    def drop(self, name: str, *rows: str) -> Path:
        file = self.path / name
        file.write_text(HEAD + "\n".join(rows), "utf-8")
        return file

    async def look(self, times: int = 1) -> None:
        for _ in range(times):
            await scan_folder(self.db, self.folder, now=NOON, settings=self.settings)

    @property
    def files(self) -> list[str]:
        return sorted(str(path.relative_to(self.path)) for path in self.path.rglob("*") if path.is_file())

    def log(self, name: str) -> list[str]:
        return (self.path / name).read_text("utf-8").splitlines()

    async def marks(self) -> list[str]:
        async with self.db.read() as tx:
            return list(await tx.scalars(select(Entry.value).where(Entry.removed_at.is_(None)).order_by(Entry.id)))

    async def letters(self) -> list[tuple[int, str]]:
        async with self.db.read() as tx:
            return [
                (row.person_id, row.kind) for row in await tx.execute(select(Letter.person_id, Letter.kind).order_by(Letter.id))
            ]


@pytest.fixture
async def place(db: Database, tmp_path: Path) -> Place:
    async with db.write() as tx:
        application = Application(pupil_id=MISHA, state="approved", created_at=NOON)
        tx.add(application)
        await tx.flush()
        tx.add(Choice(application_id=application.id, course_id=1, rank=1, state="enrolled", group_id=ROBOTICS, changed_at=NOON))
    return Place(db, tmp_path / "journal")


async def test_a_whole_file_is_applied_and_put_away_with_its_log(place: Place) -> None:
    place.drop("ноябрь.csv", "09.11;Г-01;У-701;5")
    await place.look()
    assert (place.files, await place.marks()) == (["ноябрь.csv"], [])  # perhaps it is still being written
    await place.look()
    assert place.files == ["done/ноябрь.csv", "done/ноябрь.csv.log"]
    assert await place.marks() == ["5"]
    assert place.log("done/ноябрь.csv.log") == [
        "Применено.",
        "«Робототехника» (Г-01): один день, 9 ноября.",
        "❓ У группы Г-01 нет занятия в расписании: 9 ноября. Проверьте дату.",
        "Новых отметок — 1; семьям не пишем.",
        "Петров Миша Алексеевич, 9 ноября: 5",
        "Первый файл для Г-01: записи сохраним, семьям о них не пишем. Следующие файлы — с сообщениями.",
    ]


async def test_a_file_that_grows_is_left_until_it_stands_still(place: Place) -> None:
    file = place.drop("ж.csv", "09.11;Г-01;У-701;5")
    await place.look()
    with file.open("a", encoding="utf-8") as more:
        more.write("\n08.11;Г-01;У-701;4")
    await place.look()
    assert await place.marks() == []
    await place.look()
    assert sorted(await place.marks()) == ["4", "5"]


async def test_a_faulty_file_is_set_aside_and_the_coordinator_hears_once(place: Place) -> None:
    place.drop("ж.csv", "09.11;Г-01;У-701;5", "вчера;Г-01;Никто;4")
    await place.look(3)
    assert place.files == ["failed/ж.csv", "failed/ж.csv.log"]
    assert place.log("failed/ж.csv.log") == [
        "Не применено.",
        "В журнале 1 ошибка. Ничего не записано: исправьте и пришлите файл ещё раз.",
        "• «ж», строка 3, столбец A «Дата»: ожидается дата, например 09.11.2026; здесь «вчера».",
    ]
    assert (await place.marks(), await place.letters()) == ([], [(OLGA, "journal-file-failed")])
    place.drop("ж.csv", "09.11;Г-01;У-701;5", "вчера;Г-01;Никто;4")  # the very same again
    await place.look(2)
    assert "failed/ж (2).csv" in place.files
    assert await place.letters() == [(OLGA, "journal-file-failed")]


async def test_what_is_no_table_is_set_aside_with_a_clear_word(place: Place) -> None:
    (place.path / "фото.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(range(256)) * 4)
    await place.look(2)
    assert place.log("failed/фото.jpg.log")[0] == "Не применено."
    assert "не таблица" in place.log("failed/фото.jpg.log")[1]


async def test_files_of_a_name_do_not_cover_each_other(place: Place) -> None:
    for mark in ("5", "4"):
        place.drop("ж.csv", f"09.11;Г-01;У-701;{mark}")
        await place.look(2)
    assert place.files == ["done/ж (2).csv", "done/ж (2).csv.log", "done/ж.csv", "done/ж.csv.log"]
    assert await place.marks() == ["4"]


async def test_the_later_of_two_files_stands(place: Place) -> None:
    second = place.drop("а.csv", "09.11;Г-01;У-701;4")
    first = place.drop("б.csv", "09.11;Г-01;У-701;5")
    os.utime(first, (1, 1))
    os.utime(second, (2, 2))
    await place.look(2)
    assert await place.marks() == ["4"]


async def test_killed_between_applying_and_putting_away_it_goes_on(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    place.drop("раньше.csv", "05.11;Г-01;У-701;4")
    await place.look(2)
    place.drop("ж.csv", "09.11;Г-01;У-701;5")

    def killed(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(journal_folder, "_move", killed)
        with pytest.raises(KeyboardInterrupt):
            await place.look(2)
    told = await place.letters()
    assert [kind for _, kind in told] == ["mark-new", "mark-new"]  # to Anna and to Misha himself
    place.folder = Folder(place.path)  # a new start has seen nothing
    await place.look(2)
    assert "done/ж.csv" in place.files
    assert place.log("done/ж.csv.log")[2] == "Всё уже так и записано: менять нечего."
    assert await place.letters() == told


async def test_a_file_with_a_code_nobody_has_explained_waits_for_the_answer(place: Place) -> None:
    place.drop("ж.csv", "09.11;Г-01;У-701;О")
    await place.look(4)
    assert place.files == ["ж.csv", "ж.csv.log"]
    assert place.log("ж.csv.log") == [
        "Ждёт ответа в боте. Файл применится сам, когда ответят.",
        "«Робототехника» (Г-01): один день, 9 ноября.",
        "Что значит «О» у партнёра «Центр развития IT-образования», пока не известно.",
    ]
    assert sorted(kind for _, kind in await place.letters()) == ["journal-code-asked", "journal-code-asked"]
    olga = Person(OLGA, TELEGRAM[OLGA], posts=frozenset({Post("coordinator", 1, SCHOOL)}))
    async with place.db.read() as tx:
        (document,) = await tx.scalars(select(Document.id))
    asked = await code_in(place.db, document, 0, by=olga, now=NOON, settings=place.settings)
    await answer(place.db, asked, "late", by=olga, now=NOON, settings=place.settings)
    await place.look()
    assert place.files == ["done/ж.csv", "done/ж.csv.log"]
    assert await place.marks() == ["late"]


async def test_a_file_whose_group_nobody_knows_waits_for_the_coordinators_answer(place: Place) -> None:
    place.drop("ж.csv", "09.11;Робо;У-701;5")
    await place.look(3)
    assert place.log("ж.csv.log") == [
        "Ждёт ответа в боте. Файл применится сам, когда ответят.",
        "Группу «Робо» нужно уточнить.",
    ]
    assert [kind for person, kind in await place.letters() if person == OLGA] == ["journal-question-asked"]
    olga = Person(OLGA, TELEGRAM[OLGA], posts=frozenset({Post("coordinator", 1, SCHOOL)}))
    async with place.db.read() as tx:
        facts = (await tx.scalars(select(Letter.facts).where(Letter.kind == "journal-question-asked"))).one()
    asked = QuestionIn(facts["document"], facts["question"])
    await answer(place.db, asked, str(ROBOTICS), by=olga, now=NOON, settings=place.settings)
    await place.look()
    assert place.files == ["done/ж.csv", "done/ж.csv.log"]
    assert await place.marks() == ["5"]


async def test_a_file_that_leaves_a_pupil_out_waits_for_a_person(place: Place) -> None:
    """A class sent as two files: the second would take the first one's marks away."""
    async with place.db.write() as tx:
        application = Application(pupil_id=DANA, state="approved", created_at=NOON)
        tx.add(application)
        await tx.flush()
        tx.add(Choice(application_id=application.id, course_id=1, rank=1, state="enrolled", group_id=ROBOTICS, changed_at=NOON))
    place.drop("первая.csv", "05.11;Г-01;У-701;5")
    await place.look(2)
    second = place.drop("вторая.csv", "05.11;Г-01;У-702;4")
    await place.look(4)
    assert await place.marks() == ["5"]
    assert "вторая.csv" in place.files
    assert place.log("вторая.csv.log")[:3] == [
        "Ждёт человека: похоже на случайность. Если всё верно, пришлите этот файл боту в чат и ответьте там.",
        "«Робототехника» (Г-01): один день, 5 ноября.",
        (
            "❓ Группа Г-01: за 5 ноября записи есть, а в файле этих учеников нет: Петров Миша Алексеевич. "
            "Снять их записи или оставить?"
        ),
    ]
    assert [kind for person, kind in await place.letters() if person == OLGA] == ["journal-file-doubted"]
    olga = Person(OLGA, TELEGRAM[OLGA], posts=frozenset({Post("coordinator", 1, SCHOOL)}))
    document = await keep_upload(place.db, second.name, second.read_bytes(), by=olga, now=NOON)
    kept = (await answered_plans(place.db, document, by=olga, now=NOON, settings=place.settings))["keep"]
    said = Answer(kept.digest, "keep")
    await apply_upload(
        place.db, document, by=olga, now=NOON, settings=place.settings, answer=said
    )  # the button «Применить, их записи оставить»
    await place.look()
    assert sorted(await place.marks()) == ["4", "5"]
    assert "done/вторая.csv" in place.files


async def test_a_withdrawal_between_question_and_answer_leaves_the_file_answerable(place: Place) -> None:
    """Somebody's family withdrew: what was kept of the upload went, and the .log; the file still waits, and is asked about anew."""
    place.drop("ж.csv", "09.11;Г-01;У-701;О")
    await place.look(2)
    async with place.db.write() as tx:
        await drop_uploads(tx, (UPLOAD,), before=None)
    drop_journals(place.path)
    assert place.files == ["ж.csv"]
    await place.look()
    assert place.files == ["ж.csv", "ж.csv.log"]
    olga = Person(OLGA, TELEGRAM[OLGA], posts=frozenset({Post("coordinator", 1, SCHOOL)}))
    async with place.db.read() as tx:
        (document,) = await tx.scalars(select(Document.id))
        letters = list(await tx.scalars(select(Letter.facts).where(Letter.person_id == OLGA).order_by(Letter.id)))
    assert letters[-1]["document"] == document
    asked = await code_in(place.db, document, 0, by=olga, now=NOON, settings=place.settings)
    await answer(place.db, asked, "late", by=olga, now=NOON, settings=place.settings)
    await place.look()
    assert place.files == ["done/ж.csv", "done/ж.csv.log"]


async def test_half_written_hidden_and_linked_files_are_not_ours(place: Place, tmp_path: Path) -> None:
    for name in ("ж.csv.part", ".ж.csv", "~$ж.xlsx", "заметки.log", "ж.tmp"):
        place.drop(name, "09.11;Г-01;У-701;5")
    elsewhere = tmp_path / "чужое.csv"
    elsewhere.write_text(HEAD + "09.11;Г-01;У-701;5", "utf-8")
    (place.path / "ссылка.csv").symlink_to(elsewhere)
    await place.look(3)
    assert await place.marks() == []
    assert elsewhere.exists()


async def test_a_file_the_bot_may_not_read_says_what_to_do(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """Root dropped it, closed to everybody: the runbook sends the operator to the .log beside."""

    def closed(_path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    file = place.drop("ноябрь 1.csv", "09.11;Г-01;У-701;5")
    with monkeypatch.context() as patched:
        patched.setattr(journal_folder, "_read", closed)
        await place.look(3)
    assert place.files == ["ноябрь 1.csv", "ноябрь 1.csv.log"]
    (said,) = place.log("ноябрь 1.csv.log")
    what, _, command = said.partition(" На сервере: ")
    assert what == "Файл есть, но боту не открыть: он положен без права на чтение."
    assert command == f"chown --reference={place.path} '{file}'. Потом применится сам."
    await place.look()
    assert place.files == ["done/ноябрь 1.csv", "done/ноябрь 1.csv.log"]


async def test_without_a_folder_there_is_nothing_to_do(db: Database, tmp_path: Path) -> None:
    settings = settings_for("http://127.0.0.1:1", "sqlite+aiosqlite:///none", tmp_path)
    await scan_folder(db, Folder(tmp_path / "nowhere"), now=NOON, settings=settings)
