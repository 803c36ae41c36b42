"""Two base schools, one partner: nobody of the one reads a name or a mark of the other, whatever they open.

The pages are found by walking the buttons: a page built tomorrow is looked at tomorrow.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import select, update

from bot.sandbox.messages import Message
from storage.doctor import violations
from storage.tables import Application, Call, Choice, Entry, Guardianship, Invitation, Organization, Pupil, Request, Step, Task
from tests.schools_world import GYMNASIUM, MARKS_OF, NAMES_OF, heads, settle_the_gymnasium
from tests.story import journal
from tests.world import MISHA, SCHOOL, Member, World

COMMANDS = (
    "/start",
    "/courses",
    "/applications",
    "/timetable",
    "/journal",
    "/tasks",
    "/inbox",
    "/reports",
    "/papers",
    "/settings",
)
# Presses that decide something: what a school does to its own is told elsewhere; here everything is only looked at.
DECIDES = re.compile(r"^(mydata|settings|language|lesson\.(move|cancel|restore|room)|allocation\.publish|consent)\b")
ALIKE = 2  # buttons of one kind that are pressed for one reader: of a hundred lessons the third says nothing new


async def words_of(phone: Member, message: Message) -> str:
    """All that a message says: its text, its buttons, what is in its file."""
    said = [message.text or "", *(button.label for button in message.buttons)]
    if message.file is not None:
        said += [message.file.name or "", *_inside(await phone.file(message))]
    return "\n".join(said)


def _inside(content: bytes) -> Iterator[str]:
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            yield from (re.sub(r"<[^>]+>", "", packed.read(name).decode("utf-8", "ignore")) for name in packed.namelist())
    else:
        yield content.decode("utf-8", "ignore")


async def walk(phone: Member, *, besides: frozenset[str] = frozenset()) -> tuple[Counter[str], list[str]]:
    """Open everything a person can reach by buttons from every command. Returns kinds of pages opened, and all that was said."""
    seen, kinds, said = set(besides), Counter[str](), list[str]()
    for command in COMMANDS:
        await phone.send(command)
        waiting = [data for _, data in _buttons(phone)]
        while waiting:
            data = waiting.pop(0)
            kind = data.split(":")[0]
            if data in seen or DECIDES.match(kind) or kinds[kind] >= ALIKE:
                continue
            seen.add(data)
            kinds[kind] += 1
            before = {message.id for message in phone.messages}
            assert phone.newest is not None
            query = await phone.press(phone.newest.id, data)
            said.append(str((query.answer or {}).get("text", "")))
            new = [message for message in phone.messages if message.id not in before or message is phone.newest]
            said += [await words_of(phone, message) for message in new]
            waiting += [data for _, data in _buttons(phone)]
    return kinds, said


def _buttons(phone: Member) -> list[tuple[str, str]]:
    newest = phone.newest
    return [] if newest is None else [(button.label, button.data) for button in newest.buttons if button.data]


def found(said: list[str], school: int) -> list[str]:
    """What of these words names a pupil of a school or tells a mark of one."""
    whose = re.compile(f"{NAMES_OF[school]}|{re.escape(MARKS_OF[school])}")
    for example in ("например Петров", "«Миша: 5 — Робототехника, проект»"):  # how to look for somebody, how a message reads
        said = [words.replace(example, "") for words in said]
    return [f"{match[0]}: {words[:300]}" for words in said if (match := whose.search(words))]


@pytest.mark.parametrize("mine", [SCHOOL, GYMNASIUM])
async def test_a_head_of_one_school_reads_no_name_and_no_mark_of_the_other(world: World, mine: int) -> None:
    await settle_the_gymnasium(world.db)
    await world.app.alarms.ring()
    other = SCHOOL + GYMNASIUM - mine
    for phone in heads(world)[mine]:
        kinds, said = await walk(phone)
        assert found(said, other) == []
        assert found(said, mine) != []  # of one's own there is something to read
        assert len(kinds) >= 10


@pytest.mark.parametrize("mine", [SCHOOL, GYMNASIUM])
async def test_the_buttons_of_one_school_show_and_change_nothing_to_the_heads_of_the_other(world: World, mine: int) -> None:
    await settle_the_gymnasium(world.db)
    await world.app.alarms.ring()
    other = SCHOOL + GYMNASIUM - mine
    theirs: set[str] = set()
    for phone in heads(world)[other]:
        await walk(phone)
        theirs |= {data for _, data in phone.shown}
    before = await rows_of(world, other)
    for phone in heads(world)[mine]:
        await phone.send("/start")
        assert phone.newest is not None
        page = phone.newest.id
        for data in sorted(theirs - {data for _, data in phone.shown}):
            words = len(phone.notices)
            query = await phone.press(page, data)
            said = [*phone.notices[words:], str((query.answer or {}).get("text", ""))]
            assert found(said, other) == [], data
    after = await rows_of(world, other)
    assert {table: rows for table, rows in after.items() if rows != before[table]} == {}


async def rows_of(world: World, school: int) -> dict[str, list[tuple[object, ...]]]:
    """What is kept of a school's pupils, requests and tasks, and could wrongly be changed."""
    pupils = select(Pupil.id).where(Pupil.school_id == school)
    papers = select(Application.id).where(Application.pupil_id.in_(pupils))
    of = {
        Pupil: Pupil.school_id == school,
        Application: Application.pupil_id.in_(pupils),
        Choice: Choice.application_id.in_(papers),
        Entry: Entry.pupil_id.in_(pupils),
        Guardianship: Guardianship.pupil_id.in_(pupils),
        Invitation: Invitation.pupil_id.in_(pupils),
        Request: Request.school_id == school,
        Step: Step.school_id == school,
        Task: Task.step_id.in_(select(Step.id).where(Step.school_id == school)),
        Call: Call.pupil_id.in_(pupils),
    }
    async with world.db.read() as tx:
        return {
            table.__tablename__: [
                tuple(row)
                for row in await tx.execute(select(*table.__table__.columns).where(where).order_by(*table.__table__.primary_key))
            ]
            for table, where in of.items()
        }


async def test_the_partner_and_the_teacher_read_the_whole_group(world: World) -> None:
    await settle_the_gymnasium(world.db)
    await world.pavel.send("/journal")
    await world.pavel.tap("Робототехника")
    assert all(words in world.pavel.page for words in ("Петров Миша", "Гучетль Аслан", *MARKS_OF.values()))
    olga = world.olga
    await olga.send("/journal")
    await olga.tap("Робототехника")
    assert olga.page.splitlines()[-2:] == ["Петров Миша Алексеевич — 5/7-восьмой", "1 ученик другой школы"]


async def test_a_coordinators_journal_file_leaves_the_others_marks_alone(world: World) -> None:
    await settle_the_gymnasium(world.db)
    before = await rows_of(world, GYMNASIUM)
    rows = ["05.11.2026;Г-01;У-701;4;;Датчики;", "05.11.2026;Г-01;Г-901;5;;Датчики;"]
    await world.olga.attach("журнал.csv", journal(*rows))
    assert "Гучетль" not in world.olga.page
    assert "В файле 1 ученик другой школы: его записи не тронуты, их ведёт партнёр." in world.olga.page
    await world.olga.tap("Применить")
    assert await rows_of(world, GYMNASIUM) == before
    async with world.db.read() as tx:
        assert list(await tx.scalars(select(Entry.value).where(Entry.pupil_id == MISHA, Entry.removed_at.is_(None)))) == ["4"]


async def test_requests_count_by_school_and_tasks_are_each_ones_own(world: World) -> None:
    await settle_the_gymnasium(world.db)
    await world.app.alarms.ring()
    (tamara, _), olga = heads(world)[GYMNASIUM], world.olga
    for coordinator in (olga, tamara):
        await coordinator.send("/inbox")
        await coordinator.tap("Заявки")
        assert any("№ 1" in label for row in coordinator.buttons for label in row)
    await tamara.send("/tasks")
    task = next(data for _, data in sorted(tamara.shown) if re.fullmatch(r"task:\d+", data))
    page = olga.newest
    assert page is not None
    query = await olga.press(page.id, task)
    assert "больше нет" in str(query.answer) or "больше нет" in olga.page


async def test_doctor_finds_all_well_and_a_pupil_of_no_school(world: World) -> None:
    await settle_the_gymnasium(world.db)
    async with world.db.write() as tx:
        assert await violations(tx, world.now.date()) == {}
        await tx.execute(update(Organization).where(Organization.id == GYMNASIUM).values(archived_at=world.now))
        assert await violations(tx, world.now.date()) == {"pupils in groups who are of no school of the network": 2}
        await tx.execute(update(Organization).where(Organization.id == GYMNASIUM).values(archived_at=None))
        assert await violations(tx, date(2027, 9, 1)) == {"wishes of a closed year without an end": 6}


async def test_a_name_typed_finds_ones_own_pupils_only(world: World) -> None:
    await settle_the_gymnasium(world.db)
    tamara = heads(world)[GYMNASIUM][0]
    for typed, seen in (("Хапач", True), ("Шеуджен", False), ("У-702", False)):
        await tamara.send("/start")
        await tamara.tap("Пригласить")
        await tamara.send(typed)
        said = [label for row in tamara.buttons for label in row] + [tamara.page]
        assert any("Белла" in words for words in said) is seen
        assert not any("Дана" in words for words in said)
