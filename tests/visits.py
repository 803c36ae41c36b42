"""A visit of somebody who only looks: for what draws a page and answers nobody."""

from __future__ import annotations

from datetime import datetime

from bot.policy import Person
from bot.settings import Settings
from bot.telegram.visit import TelegramVisit
from bot.visit import Talk, Visit
from bot.voice import voice
from storage.db import Database


def visit_of(person: Person, db: Database, now: datetime) -> Visit:
    """`person` looking at `now`, in the network's zone and language."""
    settings = Settings(_env_file=None)
    return TelegramVisit(person, voice("ru", settings.zone), now, db, settings, Talk(db, "", None, now))
