"""Walks over every page somebody can reach, and what of another school is found there.

The pages are found by walking the buttons: a page built tomorrow is looked at tomorrow.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator

from sqlalchemy import select

from bot.sandbox.messages import Message
from storage.tables import Application, Call, Choice, Entry, Guardianship, Invitation, Pupil, Request, Step, Task
from tests.schools_world import MARKS_OF, NAMES_OF
from tests.world import Member, World

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
    "/allocation",
    "/settings",
)
# Presses that decide something: what a school does to its own is told elsewhere; here everything is only looked at.
DECIDES = re.compile(r"^(mydata|settings|language|lesson\.(move|cancel|restore|room)|allocation\.publish|consent)\b")
ALIKE = 2  # buttons of one kind that are pressed for one reader: of a hundred lessons the third says nothing new
MARKS = tuple(map(re.escape, MARKS_OF.values()))


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


async def walk(phone: Member, alike: int = ALIKE) -> tuple[Counter[str], list[str]]:
    """Open everything a person can reach by buttons from every command. Returns kinds of pages opened, and all that was said."""
    seen, kinds, said = set[str](), Counter[str](), list[str]()
    for command in COMMANDS:
        await phone.send(command)
        said += [await words_of(phone, message) for message in phone.messages[-1:]]
        waiting = [data for _, data in _buttons(phone)]
        while waiting:
            data = waiting.pop(0)
            kind = data.split(":")[0]
            if data in seen or DECIDES.match(kind) or kinds[kind] >= alike:
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


async def press_all(phone: Member, theirs: set[str], alike: int | None = None) -> dict[str, str]:
    """Press buttons this person was never shown, of each kind so many; by button what came of it."""
    await phone.send("/start")
    assert phone.newest is not None
    page, kinds, came = phone.newest.id, Counter[str](), dict[str, str]()
    for data in sorted(theirs - {data for _, data in phone.shown}):
        kind = data.split(":")[0]
        if alike is not None and kinds[kind] >= alike:
            continue
        kinds[kind] += 1
        before = {message.id for message in phone.messages}
        query = await phone.press(page, data)
        new = [message for message in phone.messages if message.id not in before or message is phone.newest]
        words = [str((query.answer or {}).get("text", "")), *[await words_of(phone, message) for message in new]]
        came[data] = "\n".join(words)
    return came


def found(said: Iterable[str], school: int) -> list[str]:
    """What of these words names a pupil of a school or tells a mark of one."""
    return told(said, NAMES_OF[school], re.escape(MARKS_OF[school]))


def told(said: Iterable[str], *secrets: str) -> list[str]:
    """Which of these words tell one of these secrets, each a pattern."""
    whose = re.compile("|".join(secrets))
    for example in ("например Петров", "«Миша: 5 — Робототехника, проект»"):  # how to look for somebody, how a message reads
        said = [words.replace(example, "") for words in said]
    return [f"{match[0]}: {words[:300]}" for words in said if (match := whose.search(words))]


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
