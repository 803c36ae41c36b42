"""What no Bot API server should answer, and what some do: a poll never ends the process, each update is kept or passed by itself."""

from __future__ import annotations

import asyncio
import random

import orjson
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.post.pace import Pace
from bot.telegram.raw import Odd, TooLong, batch, piece
from bot.telegram.speech import telephone
from storage.db import Database
from tests.telegram.test_intake import Desk, said

ODD = [
    b"", b"null", b"[]", b'"ok"', b"{}", b'{"ok": true}', b'{"ok": true, "result": null}', b'{"ok": true, "result": "ok"}',
    b'{"ok": true, "result": {}}', b'{"ok": false, "parameters": null}', b'{"ok": false, "parameters": {"retry_after": "soon"}}',
    b'{"ok": false, "error_code": 502, "description": "Bad Gateway"}', b"<html>502 Bad Gateway</html>", b"\xff\xfe", b'{"ok": true, "result": [1]}',
    b'{"ok": true, "result": [{"update_id": "7"}]}', b'{"ok": true, "result": [null]}', b"[" * 100_000,
]  # fmt: skip


class Answers:
    """A server that gives these bodies, one a question, and then nothing new."""

    def __init__(self, bodies: list[bytes]) -> None:
        self.bodies = list(bodies)
        self.offsets: list[str] = []
        self.through = asyncio.Event()

    async def answer(self, request: web.Request) -> web.Response:
        self.offsets.append(str((await request.post()).get("offset")))
        if self.bodies:
            return web.Response(body=self.bodies.pop(0), content_type="application/json")
        self.through.set()
        await asyncio.Event().wait()
        raise AssertionError("unreachable")


async def polled(desk: Desk, bodies: list[bytes]) -> Answers:
    """Let the desk poll a server that answers so, until it has asked once more."""
    answers = Answers(bodies)
    app = web.Application()
    app.router.add_post("/bot42:TEST/getUpdates", answers.answer)

    async def no_pause(_seconds: float) -> None:
        await asyncio.sleep(0)

    async with TestServer(app, shutdown_timeout=0.1) as server:
        desk.bot = telephone("42:TEST", str(server.make_url("")).rstrip("/"), Pace(30))
        desk.open()
        desk.intake.polling.rest = no_pause
        async with asyncio.TaskGroup() as tasks:
            running = tasks.create_task(desk.intake.run(poll=True))
            async with asyncio.timeout(30):
                await answers.through.wait()
                await desk.intake.idle()
            running.cancel()
        await desk.bot.session.close()
    return answers


def whole(*updates: object) -> bytes:
    return orjson.dumps({"ok": True, "result": list(updates)})


async def test_after_every_odd_answer_the_next_update_is_heard(empty_db: Database) -> None:
    desk = Desk(empty_db)
    await polled(desk, [*ODD, whole(said(8, "слышно"))])
    assert desk.heard == ["слышно"]


async def test_one_odd_update_does_not_hold_up_the_others(empty_db: Database) -> None:
    """Nested a thousand deep, a lone surrogate, an id no database keeps: passed, and the offset with them."""
    deep = b'{"update_id": 2, "message": {"rich_message": ' + b'{"a":' * 1000 + b"1" + b"}" * 1000 + b"}}"
    unknown = b'{"update_id": 3, "surprise": ' + b"[" * 450 + b"]" * 450 + b"}"
    surrogate = b'{"update_id": 4, "message": {"text": "\\ud800"}}'
    huge = b'{"update_id": 9223372036854775808}'
    parts = [orjson.dumps(said(1, "раз")), deep, unknown, surrogate, huge, orjson.dumps(said(5, "два"))]
    desk = Desk(empty_db)
    answers = await polled(desk, [b'{"ok": true, "result": [' + b", ".join(parts) + b"]}"])
    assert desk.heard == ["раз", "два"]
    assert answers.offsets == ["0", "6"]
    assert await desk.states() == {1: "done", 2: "aside", 3: "aside", 4: "aside", 5: "done"}


def test_an_answer_is_measured_before_it_is_read() -> None:
    assert piece(b"[" * 200_000).depth == 200_000
    with pytest.raises(Odd, match="too deep"):
        piece(b"[" * 200_000).read()
    with pytest.raises(TooLong):
        batch(b'{"ok": true, "result": [' + b"{}," * 1_001 + b"{}]}")


@pytest.mark.parametrize("seed", range(3))
def test_mutated_answers_are_read_or_odd(seed: int) -> None:
    """2,000 answers with bytes changed, cut and doubled: each is read, or called odd; nothing else comes out."""
    dice = random.Random(seed)
    good = whole(*[said(number, "привет", chat=number) for number in range(1, 4)])
    for _ in range(2_000):
        body = bytearray(good)
        for _ in range(dice.randint(1, 6)):
            place = dice.randrange(len(body))
            match dice.randrange(3):
                case 0:
                    body[place] = dice.randrange(256)
                case 1:
                    del body[place : place + dice.randint(1, 20)]
                case _:
                    body[place:place] = body[place : place + dice.randint(1, 20)]
            body = body or bytearray(b"{")
        try:
            _, pieces = batch(bytes(body))
            for each in pieces:
                each.read()
        except Odd:
            continue
