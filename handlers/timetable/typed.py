"""A line that was typed about a lesson."""

from __future__ import annotations

from bot.refusals import Refusal
from bot.visit import Visit


def typed_line(visit: Visit, limit: int) -> str:
    """What was typed, on one line; Refusal (lesson-too-long) where it is longer than `limit` characters."""
    typed = " ".join(visit.text.split())
    if len(typed) > limit:
        raise Refusal("lesson-too-long", limit=limit)
    return typed


async def talked_of(visit: Visit) -> int:
    """The lesson of which the talk is."""
    lesson_id = (await visit.talk.data()).get("lesson")
    if not isinstance(lesson_id, int):
        raise Refusal("gone")
    return lesson_id
