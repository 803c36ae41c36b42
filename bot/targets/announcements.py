"""Where buttons lead: announcements."""

from __future__ import annotations

from dataclasses import dataclass

from bot.targets.target import Target


@dataclass(frozen=True)
class Announcements(Target, prefix="ann"):
    """What this person has announced, and what a school's families were told."""

    page: int = 0


@dataclass(frozen=True)
class AnnouncementSeen(Target, prefix="ann.seen"):
    """«Ознакомлен(а)»."""

    announcement: int


@dataclass(frozen=True)
class AnnouncementFile(Target, prefix="ann.file"):
    """Its file or picture."""

    announcement: int
