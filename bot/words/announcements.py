"""Announcements in words: how one is read, how far it has come, who has not seen it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from bot.services.announcements.sending import Progress, announced
from bot.services.announcements.writing import is_picture
from bot.services.courses.clashes import brief
from bot.voice import Say, lines
from storage.announcements.announcements import Said
from storage.timetable.timetable import Learner

BUTTON = 34  # characters


def standing(said: Said, now: datetime) -> str:
    """draft | waiting | left | recalled."""
    if said.state != "sent":
        return said.state
    return "left" if said.left(now) else "waiting"


def label(said: Said, now: datetime, say: Say) -> str:
    """«✅ 7А: Завтра приходите…»"""
    whom = say.plain("announcement-button-whom", kind=said.kind, name=brief(said.whom, 16))
    text = brief(f"{whom}: {' '.join(said.words.split()) or '…'}", BUTTON)
    return say.plain("button-announcement", state=standing(said, now), text=text)


def letter(said: Said, say: Say) -> str:
    """As a guardian reads it."""
    return announced(said).text(say, "full")


def how_far(said: Said, done: Progress, say: Say) -> str:
    """How many it has reached, and how many have read it where that was asked."""
    told = [say("announcement-sent-to", sent=done.sent, people=done.people)]
    if done.waiting:
        told.append(say("announcement-on-its-way", count=done.waiting))
    if done.failed:
        told.append(say("announcement-failed", count=done.failed))
    if said.asks:
        told.append(say("announcement-read", read=done.read, children=done.children))
    if done.apart:
        told.append(say("families-unreached", count=done.apart))
    return "\n".join(told)


def picture_name(said: Said) -> str:
    """The name of its picture; empty: it has none."""
    return said.file if said.file is not None and is_picture(said.file) else ""


def missing(found: Sequence[Learner], say: Say) -> str:
    """By class; of another school's children a number."""
    own = [one for one in found if not one.foreign]
    parts = []
    for name, some in groupby(sorted(own, key=lambda one: (one.class_name, one.full_name)), key=lambda one: one.class_name):
        listed = [one.full_name or say.plain("announcement-nameless") for one in some]
        parts.append(
            "\n".join(
                [say("announcement-missing-class", name=name), *(say("announcement-missing-one", name=one) for one in listed)]
            )
        )
    if foreign := len(found) - len(own):
        parts.append(say("announcement-missing-foreign", count=foreign))
    return lines(parts)
