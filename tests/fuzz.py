"""Updates as no Bot API server sends them: made from good ones by changing what stands in them, or their bytes. Seeded."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from typing import Any

import orjson

from tests.world import ANNA, NAMES, OLGA, PAVEL, TELEGRAM

Raw = dict[str, Any]

NASTY: tuple[Any, ...] = (
    None, True, False, -1, 0, 1, 2**31, -(2**31), 2**53, 2**63 - 1, 2**63, -(2**63) - 1, 1e308, -0.0, "", " ", "0", "/start", "/", "-1", "null",
    "\x00", "\u202e", "\u0301" * 50, "👩‍👧‍👦" * 20, "<b>", "&lt;", "x" * 5000, "٣", "²", [], [[]], [None], {}, {"id": 1}, {"": ""},
    {"rich_message": {"blocks": [{"type": "x"}]}},
)  # fmt: skip


def _person(who: int) -> Raw:
    return {"id": TELEGRAM[who], "is_bot": False, "first_name": NAMES[who], "language_code": "ru"}


def good(dice: random.Random, presses: list[str]) -> Raw:
    """An update of somebody of the cast, of any kind the bot asks for."""
    who = dice.choice((ANNA, OLGA, PAVEL))
    sender, chat = _person(who), {"id": TELEGRAM[who], "type": "private", "first_name": NAMES[who]}
    message: Raw = {"message_id": dice.randint(1, 50), "date": 1_794_000_000, "chat": chat, "from": sender}
    contents: list[Raw] = [
        {"text": dice.choice(("/start", "/courses", "/timetable", "/journal", "/inbox", "/settings", "привет", "ABCDE-12345"))},
        {"text": "/start course_1", "entities": [{"type": "bot_command", "offset": 0, "length": 6}]},
        {"photo": [{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}], "caption": "/start", "media_group_id": "1"},
        {"contact": {"phone_number": "+7", "first_name": "А", "user_id": 1}},
        {"location": {"latitude": 44.9, "longitude": 40.5}},
        {"sticker": {"file_id": "s", "file_unique_id": "s", "type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False}},
        {"pinned_message": {**message, "text": "тут"}},
        {"text": "ответ", "reply_to_message": {**message, "text": "вопрос"}},
    ]  # fmt: skip
    kinds: list[Raw] = [
        {"message": message | dice.choice(contents)},
        {
            "callback_query": {
                "id": str(dice.randint(1, 10**9)),
                "from": sender,
                "chat_instance": "1",
                "data": dice.choice(presses),
                "message": message | {"text": "страница", "from": {"id": 42, "is_bot": True, "first_name": "Бот"}},
            }
        },
        {"inline_query": {"id": "1", "from": sender, "query": "шахматы", "offset": dice.choice(("", "1", "²", "-1"))}},
        {"chosen_inline_result": {"result_id": "1", "from": sender, "query": "шахматы"}},
        {
            "my_chat_member": {
                "chat": chat,
                "from": sender,
                "date": 1_794_000_000,
                "old_chat_member": {"user": {"id": 42, "is_bot": True, "first_name": "Бот"}, "status": "member"},
                "new_chat_member": {"user": {"id": 42, "is_bot": True, "first_name": "Бот"}, "status": "kicked", "until_date": 0},
            }
        },
    ]
    return dice.choices(kinds, weights=(4, 4, 1, 1, 1))[0]


def _places(thing: Any) -> Iterator[tuple[Any, Any]]:
    """Everything that can be changed: (holder, name or number)."""
    pairs = thing.items() if isinstance(thing, dict) else enumerate(thing) if isinstance(thing, list) else ()
    for name, value in pairs:
        yield thing, name
        yield from _places(value)


def mutated(dice: random.Random, update: Raw, number: int) -> bytes:
    """The update with one to four things changed; now and then nested deep, or its bytes broken."""
    changed = copy.deepcopy(update)
    for _ in range(dice.randint(1, 4)):
        holder, name = dice.choice(list(_places(changed)))
        match dice.randrange(5):
            case 0 if isinstance(holder, dict):
                del holder[name]
            case 1 if isinstance(holder, dict):
                holder[dice.choice(("chat", "from", "message", "text", "caption", "data", "news"))] = copy.deepcopy(
                    dice.choice(NASTY)
                )
            case _:
                holder[name] = copy.deepcopy(dice.choice(NASTY))
        if not changed:
            break
    try:
        body = orjson.dumps({"update_id": number, **changed})
    except TypeError:  # a number beyond what this writer writes
        body = b'{"update_id": %d, "message": {"message_id": 99999999999999999999999}}' % number
    match dice.randrange(40):
        case 0:
            deep = dice.choice((50, 150, 450, 5_000))
            return body[:-1] + b', "deep": ' + b"[" * deep + b"]" * deep + b"}"
        case 1:
            return body.replace("е".encode(), b"\\ud800", 1)
        case 2:
            place = dice.randrange(len(body))
            return body[:place] + bytes([dice.randrange(256)]) + body[place + 1 :]
    return body


def presses(dice: random.Random, kinds: list[tuple[str, int]], amount: int) -> list[str]:
    """Callback data: every prefix by turns, its fields mostly such as nobody of ours made."""
    values = (
        "0",
        "1",
        "2",
        "3",
        "-1",
        "",
        "2147483647",
        "2147483648",
        "9" * 30,
        "x",
        "ы",
        "1.5",
        "1e9",
        "٣",
        "²",
        " 1",
        "null",
        "~",
        "..",
        "a.b",
        "r",
    )
    found: list[str] = []
    while len(found) < amount:
        prefix, fields = kinds[len(found) % len(kinds)]
        wrong = dice.choice((0, 0, 0, 0, 1, -1))
        data = ":".join([prefix, *(dice.choice(values) for _ in range(max(fields + wrong, 0)))])
        found.append(data.encode()[:64].decode("utf-8", "ignore"))
    return found
