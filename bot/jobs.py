"""What rings: every alarm's work and how often it is done."""

from __future__ import annotations

import asyncio

from bot.alarms import Job
from bot.clock import Clock, Moment
from bot.copies import NightlyCopies
from bot.folder import Folder, scan_folder
from bot.services.announcements.leaving import let_leave
from bot.services.enrollment.closing import ask_for_answers, close_years
from bot.services.forgetting import JOURNALS, drop_journals, scrub, scrub_after
from bot.services.housekeeping import keep_house
from bot.services.journal.answering import ask_coordinators
from bot.services.journal.chasing import offer_marking
from bot.services.journal.uploads import purge_uploads
from bot.services.journal.weekly import tell_weeks
from bot.services.morning import tell_the_morning
from bot.services.offers.passing import run_offers
from bot.services.roadmap.deadlines import list_passed
from bot.services.roadmap.evidence import close_by_evidence
from bot.services.roadmap.programme import programme_year, seed_programme
from bot.services.surveys.running import run_surveys
from bot.services.timetable.network_day import remind_teachers
from bot.services.timetable.reminders import call_list
from bot.services.timetable.reminding import remind_of_lessons
from bot.settings import Settings
from storage.db import Database
from storage.statistics import learn


def jobs(db: Database, folder: Folder, settings: Settings, clock: Clock) -> dict[str, tuple[int, Job]]:
    """Every alarm: its name, how often it rings in seconds, what it does."""
    now, zone, copies = clock.now, settings.zone, NightlyCopies(settings, clock.now())
    return {
        "copies": (600, lambda: copies.keep(now())),
        "housekeeping": (3600, lambda: keep_house(db, now=now(), zone=zone)),
        "forgetting": (3600, lambda: forget_journals(db, settings, clock)),
        "scrubbing": (60, lambda: scrub_after(db, settings.journal_dir)),
        "programme": (3600, lambda: seed(db, settings, clock)),
        "evidence": (600, lambda: close_by_evidence(db, now=now(), zone=zone)),
        "passed": (60, lambda: list_passed(db, now=now())),
        "journal": (30, lambda: scan_folder(db, folder, now=now(), settings=settings)),
        "marking": (60, lambda: offer_marking(db, now=now(), zone=zone)),
        "weeks": (60, lambda: tell_weeks(db, now=now(), zone=zone)),
        "questions": (3600, lambda: ask_coordinators(db, now=now(), settings=settings)),
        "uploads": (3600, lambda: purge_uploads(db, now=now())),
        "lessons": (60, lambda: remind_of_lessons(db, now=now(), zone=zone)),
        "teaching": (60, lambda: remind_teachers(db, now=now(), zone=zone)),
        "morning": (60, lambda: tell_the_morning(db, now=now(), zone=zone)),
        "calls": (60, lambda: call_list(db, now=now(), zone=zone)),
        "endings": (60, lambda: ask_for_answers(db, now=now(), zone=zone)),
        "closing": (600, lambda: close_years(db, now=now(), zone=zone)),
        "surveys": (60, lambda: run_surveys(db, Moment(now(), zone))),
        "announcements": (30, lambda: let_leave(db, now())),
        "offers": (30, lambda: run_offers(db, now=now(), settings=settings)),
    }


async def forget_journals(db: Database, settings: Settings, clock: Clock) -> None:
    """Read journals have served after a month; what a withdrawal could not clean at once is tried again."""
    await asyncio.to_thread(drop_journals, settings.journal_dir, before=clock.now() - JOURNALS)
    await scrub(db, settings.journal_dir)


async def seed(db: Database, settings: Settings, clock: Clock) -> None:
    """The programme's steps of this academic year, and what SQLite should know of its tables; safe to repeat."""
    await learn(db)
    now = clock.now()
    year = programme_year(now.astimezone(settings.zone).date())
    await seed_programme(db, year=year, now=now, zone=settings.zone)
