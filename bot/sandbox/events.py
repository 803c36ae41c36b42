"""What happens, as a stream for the page (Server-Sent Events), with a memory for whoever reconnects."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Any

import orjson
from aiohttp import web

MEMORY = 2_000  # events
SLOWEST = 1_000  # events a reader may be behind before it is sent away, to come again
HEARTBEAT = 15.0  # seconds

Line = tuple[int, str, bytes]


class Events:
    """Numbered events. A reader that comes back with the number of the last one gets what it missed, or `reset`."""

    def __init__(self) -> None:
        self._number = 0
        self._memory: deque[Line] = deque(maxlen=MEMORY)
        self._readers: set[asyncio.Queue[Line | None]] = set()

    def happened(self, kind: str, body: dict[str, Any]) -> None:
        self._number += 1
        line = (self._number, kind, orjson.dumps(body))
        self._memory.append(line)
        for reader in list(self._readers):
            if reader.qsize() >= SLOWEST:
                self._readers.discard(reader)
                reader.put_nowait(None)
            else:
                reader.put_nowait(line)

    def close(self) -> None:
        for reader in self._readers:
            reader.put_nowait(None)
        self._readers.clear()

    async def stream(self, request: web.BaseRequest, headers: dict[str, str]) -> web.StreamResponse:
        """Tell this reader everything, until it goes away."""
        response = web.StreamResponse(headers={**headers, "Content-Type": "text/event-stream; charset=utf-8"})
        await response.prepare(request)
        reader: asyncio.Queue[Line | None] = asyncio.Queue()
        calls = request.query.get("calls") == "1"
        missed = self._missed(request.headers.get("Last-Event-ID") or request.query.get("after"))
        self._readers.add(reader)
        try:
            await response.write(b"retry: 500\n\n")
            for line in missed:
                await _write(response, line, calls=calls)
            while True:
                try:
                    line_or_end = await asyncio.wait_for(reader.get(), HEARTBEAT)
                except TimeoutError:
                    await response.write(b": alive\n\n")
                    continue
                if line_or_end is None:
                    return response
                await _write(response, line_or_end, calls=calls)
        except ConnectionError:
            return response
        finally:
            self._readers.discard(reader)

    def _missed(self, last: str | None) -> list[Line]:
        if last is None or not last.isdigit():
            return [(self._number, "hello", b"{}")]
        number = int(last)
        oldest = self._memory[0][0] if self._memory else self._number + 1
        if number > self._number or number + 1 < oldest:
            return [(self._number, "reset", b"{}")]
        return [line for line in self._memory if line[0] > number]


async def _write(response: web.StreamResponse, line: Line, *, calls: bool) -> None:
    number, kind, body = line
    if kind != "call" or calls:
        await response.write(b"id: %d\nevent: %s\ndata: %s\n\n" % (number, kind.encode(), body))
