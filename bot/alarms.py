"""APScheduler rung by a metronome: fixed jobs that ask the database what is due. A job that ran twice does nothing the second time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from math import inf

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from storage.away import DatabaseAway

log = structlog.get_logger()

FIRST = 60.0  # seconds a process works at most before an alarm rings: what was due while none did is not put off for an hour
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)  # due whatever the clock says
Job = Callable[[], Awaitable[object]]


class Alarms:
    """Runs each job every so many seconds, one at a time; `ring` runs them all now (the demo's clock jumped, a test).

    The beat is the loop's monotonic time, which no setting of the clock moves; APScheduler, which reckons in wall time,
    is told at each beat to run the job at once, and sees to it that none runs twice at a time.
    """

    def __init__(self, jobs: Mapping[str, tuple[float, Job]], after: Callable[[], None]) -> None:
        self.jobs = jobs
        self.after = after  # there may be letters now
        self._scheduler: AsyncIOScheduler | None = None
        self._beats: dict[str, asyncio.TimerHandle] = {}

    def start(self) -> None:
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._scheduler.start()
        for name in self.jobs:
            self._set(name, most=FIRST)

    def _set(self, name: str, most: float = inf) -> None:
        """The next beat of this alarm: so many seconds from now, whatever the clock will say then."""
        self._beats[name] = asyncio.get_running_loop().call_later(min(most, self.jobs[name][0]), self._beat, name)

    def _beat(self, name: str) -> None:
        self._set(name)
        assert self._scheduler is not None  # noqa: S101 - `stop` ends the beats first
        self._scheduler.add_job(
            self._run,
            "date",
            args=(name, self.jobs[name][1]),
            id=name,
            run_date=LONG_AGO,
            misfire_grace_time=None,
            max_instances=1,
            replace_existing=True,
        )

    async def ring(self) -> None:
        """Every job, once, in order; an exception is the caller's."""
        for _, job in self.jobs.values():
            await job()
        self.after()

    async def _run(self, name: str, job: Job) -> None:
        try:
            await job()
        except DatabaseAway:
            log.debug("an alarm met no database; it rings again", alarm=name)
        except Exception:  # the metronome goes on whatever one beat meets
            log.exception("an alarm failed", alarm=name)
        self.after()

    def stop(self) -> None:
        """No more beats; jobs under way are cancelled: what they had not committed they do at a later beat."""
        for beat in self._beats.values():
            beat.cancel()
        self._beats.clear()
        if self._scheduler is not None:
            self._scheduler.shutdown(wait=False)
            self._scheduler = None
