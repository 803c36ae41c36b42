"""APScheduler as a metronome: fixed jobs that ask the database what is due. A job that ran twice does nothing the second time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

log = structlog.get_logger()

Job = Callable[[], Awaitable[object]]


class Alarms:
    """Runs each job every so many seconds, one at a time; `ring` runs them all now (the demo's clock jumped, a test)."""

    def __init__(self, jobs: Mapping[str, tuple[int, Job]], after: Callable[[], None]) -> None:
        self.jobs = jobs
        self.after = after  # there may be letters now
        self._scheduler = AsyncIOScheduler(timezone="UTC")

    def start(self) -> None:
        for name, (seconds, job) in self.jobs.items():
            self._scheduler.add_job(
                self._run, "interval", (name, job), seconds=seconds, coalesce=True, max_instances=1, misfire_grace_time=None
            )
        self._scheduler.start()

    async def ring(self) -> None:
        """Every job, once, in order; an exception is the caller's."""
        for _, job in self.jobs.values():
            await job()
        self.after()

    async def _run(self, name: str, job: Job) -> None:
        try:
            await job()
        except Exception:  # the metronome goes on whatever one beat meets
            log.exception("an alarm failed", alarm=name)
        self.after()

    def stop(self) -> None:
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
