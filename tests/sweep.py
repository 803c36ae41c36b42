"""Families whose every word is like no other, all that may happen to them, and a search of every byte for those words."""

from __future__ import annotations

import io
import json
import random
import sqlite3
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from docx import Document as Docx
from sqlalchemy import insert, select

from bot import logs
from bot.cli.crashes import keep_crash
from bot.clock import Moment
from bot.folder import scan_folder
from bot.notices.enrollment import ApplicationApproved
from bot.post.posting import post
from bot.services.deciding.deciding import Verdict, decide
from bot.targets import OneTask
from storage.db import Tx
from storage.people import mydata as held
from storage.tables import Application, Call, Consent, Guardianship, Person, Pupil, Shortlisted, Step, Task
from tests.enrollment_world import OLGA_HERSELF
from tests.roadmap.test_roadmap import ring
from tests.timetable_world import enrolled
from tests.world import CENTRE, CHESS, IT, NOW, ROBOTICS, SCHOOL, ZONE, Member, World

FIRST = 5000  # the families' ids: of the person, of the pupil and, with this before it, of their Telegram
CLASS = "7А"
HEAD = "Дата;Группа;Ученик;Отметка;Посещаемость;Тема;Комментарий"
DAY = "05.11.2026"


PAPERS = "table application_versions"


@dataclass(frozen=True)
class Family:
    """A child with a guardian. Every word of theirs stands nowhere else in the world."""

    id: int
    surname: str
    first: str
    patronymic: str
    code: str
    phone: str
    comment: str  # of the mark
    guardian: str

    @property
    def full_name(self) -> str:
        return f"{self.surname} {self.first} {self.patronymic}"

    @property
    def words(self) -> tuple[str, ...]:
        return self.surname, self.first, self.patronymic, self.code, self.phone, self.comment, self.guardian

    @property
    def typed(self) -> str:
        """How a colleague writes about them."""
        return f"{self.first} {self.surname} ({self.code}), звонить {self.phone}"


def families(amount: int, seed: int) -> list[Family]:
    dice = random.Random(seed)
    said = _unlike(dice)
    numbers = dice.sample(range(1_000_000, 9_999_999), 2 * amount)
    return [
        Family(
            id=FIRST + place,
            surname=next(said),
            first=next(said),
            patronymic=next(said) + "овна",
            code=f"У-{numbers[2 * place]}",
            phone=f"+7 918 {numbers[2 * place + 1]}",
            comment=next(said),
            guardian=next(said),
        )
        for place in range(amount)
    ]


def _unlike(dice: random.Random) -> Iterator[str]:
    told = set()
    while True:
        word = "".join(dice.choice("бвгджзклмнпрстфхцчшщ") + dice.choice("аеёиоуыэюя") for _ in range(5)).capitalize()
        if word not in told:
            told.add(word)
            yield word


# ── what happens to them ────────────────────────────────────────────────────────────────────────────────────────────


async def lived(world: World, known: Sequence[Family], monkeypatch: pytest.MonkeyPatch) -> list[Member]:
    """Everything a school writes down about a child, in every place the bot keeps things. Returns the guardians' telephones."""
    async with world.db.write() as tx:
        for family in known:
            await _settled(tx, family)
    phones = [world.member(FIRST + family.id, family.guardian) for family in known]
    await ring(world)
    for family, phone in zip(known, phones, strict=True):
        await _wished(world, family, phone)
    await _journals(world, known)
    with closing(sqlite3.connect(world.db.url.database or "")) as db:
        db.execute("PRAGMA wal_checkpoint(PASSIVE)")  # so that the file itself holds something too
    await _proofs(world, known)
    await _letters(world, known, phones)
    await _breaks(world, known, phones, monkeypatch)
    await _typed(world, known, phones)
    return phones


async def _settled(tx: Tx, family: Family) -> None:
    since = NOW - timedelta(days=60)
    named = {"name": family.guardian, "language": "ru", "detail": "full"}
    await tx.execute(insert(Person).values(id=family.id, telegram_id=FIRST + family.id, created_at=since, **named))
    pupil = {"code": family.code, "full_name": family.full_name, "class_name": CLASS, "class_year": 2026, "school_id": SCHOOL}
    await tx.execute(insert(Pupil).values(id=family.id, **pupil))
    await tx.execute(insert(Guardianship).values(person_id=family.id, pupil_id=family.id, since=since))
    agreed = {"person_id": family.id, "pupil_id": family.id, "text_version": "2026-08", "basis": "мать", "given_at": since}
    for purpose, partner in (("processing", None), ("messages", None), ("partner", CENTRE), ("partner", IT)):
        await tx.execute(insert(Consent).values(**agreed, purpose=purpose, organization_id=partner))
    await enrolled(tx, family.id, ROBOTICS)
    tx.add(Shortlisted(person_id=family.id, pupil_id=family.id, course_id=CHESS))


async def _wished(world: World, family: Family, phone: Member) -> None:
    """Every third leaves a draft; the others hand in, and every second of them hears a reason with all their words in it."""
    await phone.send("/courses")
    await phone.tap("Шахматы")
    await phone.tap("Подать заявление")
    if family.id % 3 == 0:
        return
    await phone.tap("Подтвердить")
    if family.id % 2:
        return
    async with world.db.read() as tx:
        mine = select(Application.id).where(Application.pupil_id == family.id, Application.state == "submitted")
        application = (await tx.scalars(mine)).one()
    why = f"Уточните: {family.typed}"
    await decide(world.db, application, Verdict("return", why), by=OLGA_HERSELF, at=Moment(world.now, ZONE))


async def _journals(world: World, known: Sequence[Family]) -> None:
    """One applied in the chat, one corrected (the family hears of it), one waiting for a word; in the folder one read, one refused."""
    for mark in ("4", "5"):
        await world.pavel.attach("журнал.csv", _journal(known, mark))
        await world.pavel.tap("Применить")
        await world.deliver()
    await world.pavel.attach(f"{known[0].full_name}.csv", _journal(known, "3"))
    folder = world.app.settings.journal_dir
    folder.mkdir(exist_ok=True)
    (folder / "ноябрь.csv").write_bytes(_journal(known, "3"))
    (folder / "плохой.csv").write_bytes(_journal(known, "3") + "\nкогда-то;Г-01;Никто;5;;;".encode())
    (folder / "по-старому.csv").write_bytes(_journal(known, "2").decode().encode("cp1251") + b"\n?;?;?")
    for _ in range(2):
        await scan_folder(world.db, world.app.folder, now=world.now, settings=world.app.settings)
    await world.deliver()


def _journal(known: Sequence[Family], mark: str) -> bytes:
    names = (family.full_name if family.id % 2 else family.code for family in known)
    rows = (f"{DAY};Г-01;{name};{mark};;Датчики;{family.comment}" for name, family in zip(names, known, strict=True))
    return "\n".join([HEAD, *rows]).encode()


async def _proofs(world: World, known: Sequence[Family]) -> None:
    """Tasks done: with a paper that names everybody, with a plain file, in words; one half typed."""
    paper = Docx()
    for family in known:
        line = paper.add_paragraph()
        for word in (family.surname, " ", family.first, f" {family.patronymic}, {family.phone}, {family.code}, {family.comment}"):
            line.add_run(word)
    content = io.BytesIO()
    paper.save(content)
    plain = "\r\n".join(f"{family.full_name} {family.phone} {family.comment}" for family in known)
    async with world.db.read() as tx:
        tasks = list(await tx.scalars(select(Task.id).join(Step).where(Step.result.is_not(None)).order_by(Task.id).limit(4)))
    olga = world.olga
    for task in tasks:
        await olga.send("/tasks")
        assert olga.newest is not None
        await olga.press(olga.newest.id, OneTask(task=task).pack())
        await olga.tap("Выполнено")
        if task == tasks[0]:
            await olga.attach(f"{known[0].surname} {known[0].first}.docx", content.getvalue())
        elif task == tasks[1]:
            await olga.attach("список.txt", plain.encode("cp1251"))
        elif task == tasks[2]:
            for family in known[:20]:
                await olga.send("; ".join(each.typed for each in known[:20])[:900] if family is known[0] else family.typed)


async def _letters(world: World, known: Sequence[Family], phones: Sequence[Member]) -> None:
    """Sent, waiting, dead, refused by a shut door, and on the list of calls."""
    for family, phone in zip(known, phones, strict=True):
        notice = ApplicationApproved(id_application=1, id_change=str(family.id), child=family.first, courses=[family.comment])
        waits = family.id % 4 == 0
        async with world.db.write() as tx:
            due = world.now + timedelta(days=1) if waits else None
            await post(tx, family.id, notice, now=world.now, pupil_id=family.id, due_at=due)
            if family.id % 4 == 1:
                facts = {"child": family.first, "courses": [family.typed], "id_application": 1, "id_change": "x"}
                about = {"kind": "application-approved", "facts": facts, "topic": "t", "version": "1", "created_at": world.now}
                tx.add(Call(pupil_id=family.id, **about))
        phone.chat.blocked = family.id % 4 == 2
    await world.deliver()
    for phone in phones:
        phone.chat.blocked = False


async def _breaks(world: World, known: Sequence[Family], phones: Sequence[Member], monkeypatch: pytest.MonkeyPatch) -> None:
    """The bot's own faults while it holds their words: an update put aside, a line in the log, a crash written down."""
    for family, phone in zip(known[:10], phones, strict=False):
        error = ValueError(f"{family.full_name} {family.phone} {family.comment} {family.code}")

        def broken(*_: object, **__: object) -> None:
            raise error  # noqa: B023 - called before the next one

        with monkeypatch.context() as patch:
            patch.setattr(held, "names", broken)
            await phone.send(f"/mydata {family.typed}")
        try:
            broken()
        except ValueError as caught:
            keep_crash(world.app.settings.data_dir, logs.places(caught), world.now + timedelta(seconds=family.id))


async def _typed(world: World, known: Sequence[Family], phones: Sequence[Member]) -> None:
    """Talks that stand in the middle; words nobody asked for."""
    for family, phone in zip(known, phones, strict=True):
        await phone.send(f"Здравствуйте, {family.typed}")
    await world.zarema.send(f"а кто такая {known[0].full_name}?")


# ── the search ──────────────────────────────────────────────────────────────────────────────────────────────────────


def spellings(word: str) -> set[bytes]:
    """A word in every way a file may hold it."""
    escaped = json.dumps(word)[1:-1]
    found = {escaped.encode(), escaped.upper().replace("\\U", "\\u").encode(), quote(word).encode()}
    found |= {word.encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be", "cp1251")}
    for each in (word.lower(), word.upper(), word.replace("ё", "е"), word.replace(" ", "")):
        found |= {each.encode(encoding) for encoding in ("utf-8", "cp1251")}
    return found


class Searched:
    """Which of the words stand in which files, how often."""

    def __init__(self, known: Sequence[Family]) -> None:
        self.known = known
        self.spelled = {word: spellings(word) for family in known for word in family.words}
        self.hits: Counter[tuple[str, str]] = Counter()  # (place, word)
        self.files = 0

    def folder(self, folder: Path, *, besides: Sequence[str] = ()) -> Searched:
        """Every file below, whatever it is; `besides`: folders left out."""
        for file in sorted(folder.rglob("*")):
            name = str(file.relative_to(folder))
            if not file.is_file() or name.split("/", maxsplit=1)[0] in besides:
                continue
            self.files += 1
            self.bytes(name, file.name.encode() + b"\0" + file.read_bytes())
        return self

    def bytes(self, place: str, content: bytes) -> None:
        for word, ways in self.spelled.items():
            count = sum(content.count(way) for way in ways)
            if count:
                self.hits[place, word] += count
        for part in _unpacked(content):
            self.bytes(f"{place} (packed)", part)

    def rows(self, database: Path) -> Searched:
        """Every value of every row: a word may be torn by two pages, a packed file by many."""
        with closing(sqlite3.connect(database)) as db:
            tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            for table in tables:
                for row in db.execute(f'SELECT * FROM "{table}"'):  # noqa: S608 - a name from the file itself
                    for value in row:
                        if isinstance(value, str | bytes):
                            self.bytes(f"table {table}", value if isinstance(value, bytes) else value.encode())
        return self

    @property
    def places(self) -> set[str]:
        return {place for place, _ in self.hits}

    def besides_the_workbook(self, database: str = "bot.sqlite3") -> dict[tuple[str, str], int]:
        """The hits that are more than the pupil's own line (the name once, the code in the line and in its index) and the
        school's own document: an application that was handed in names the child and who handed it in, once.
        """
        allowed: Counter[tuple[str, str]] = Counter()
        for family in self.known:
            for word, times in ((family.surname, 1), (family.first, 1), (family.patronymic, 1), (family.code, 2)):
                allowed[database, word] = times
                allowed["table pupils", word] = 1
            for word in (family.surname, family.first, family.patronymic, family.guardian):
                allowed[PAPERS, word] = 1
                allowed[database, word] += self.hits[PAPERS, word]
        return {where: count for where, count in self.hits.items() if count > allowed[where]}


def _unpacked(content: bytes) -> Iterator[bytes]:
    at = content.find(b"PK\x03\x04")
    if at < 0:
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for part in archive.infolist():
                whole = archive.read(part)
                yield whole
                yield b"".join(piece.partition(b">")[2] for piece in whole.split(b"<"))  # a name over several runs
    except zipfile.BadZipFile:
        return


async def withdrawn_by(phone: Member) -> None:
    """As a guardian does it."""
    await phone.send("/mydata")
    await phone.tap("Отозвать согласие")
    await phone.tap("Подтвердить")
    assert phone.page.startswith("✅ Готово: согласие отозвано, ваши данные стёрты."), phone.page
