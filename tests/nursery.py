"""Processes of the bot born of one that has read the code already: each lives and dies by itself, as `python -m bot run` does.

Reading the code takes three seconds of a processor, and a story of twenty deaths has twenty-one births.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import sys
from collections.abc import Callable, Mapping
from multiprocessing.context import ForkServerProcess

_SERVER = multiprocessing.get_context("forkserver")
_SERVER.set_forkserver_preload(["bot.app", "bot.__main__", "tests.mortal"])

Main = Callable[[], int]


def run() -> int:
    """`python -m bot run`."""
    from bot.__main__ import main

    return main(["run"])


def _live(main: Main, environment: Mapping[str, str]) -> None:
    os.environ.clear()
    os.environ.update(environment)
    sys.exit(main())


class Born:
    """A process like those of asyncio: `main` of a module, with this environment and nothing else of ours."""

    def __init__(self, process: ForkServerProcess, pid: int) -> None:
        self._process = process
        self.pid = pid
        self._ended = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._loop.add_reader(process.sentinel, self._note_the_end)

    def _note_the_end(self) -> None:
        self._loop.remove_reader(self._process.sentinel)
        self._ended.set()

    @property
    def returncode(self) -> int | None:
        """None while it lives; -9 when it was killed."""
        return self._process.exitcode

    async def wait(self) -> int:
        """Its exit code, once it has ended; any number may wait."""
        await self._ended.wait()
        code = self._process.exitcode
        assert code is not None
        return code

    def terminate(self) -> None:
        self._process.terminate()

    def kill(self) -> None:
        self._process.kill()


async def born(main: Main, environment: Mapping[str, str]) -> Born:
    """A new process; the first of all waits until the code is read."""
    process = _SERVER.Process(target=_live, args=(main, environment))
    await asyncio.to_thread(process.start)
    assert process.pid is not None
    return Born(process, process.pid)
