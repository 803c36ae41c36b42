"""Two base schools, one partner: nobody of the one reads a name or a mark of the other, whatever they open.

The pages are found by walking the buttons: a page built tomorrow is looked at tomorrow.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator

import pytest

from bot.sandbox.messages import Message
from tests.schools_world import GYMNASIUM, MARKS_OF, NAMES_OF, heads, settle_the_gymnasium
from tests.world import SCHOOL, Member, World

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
ALIKE = 3  # buttons of one kind that are pressed for one reader: of a hundred lessons the fourth says nothing new


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
    said = [words.replace("например Петров", "") for words in said]  # how to look for somebody
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
