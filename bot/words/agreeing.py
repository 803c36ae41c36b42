"""What is agreed with a partner, in words."""

from __future__ import annotations

from typing import Any

from bot.services.courses.clashes import brief
from bot.voice import Say, lines, weekday_names
from storage.network.years import usual
from storage.programme.agreeing import Sent

TOPICS = 25  # of a programme that a page says


def sent_page(sent: Sent, stands: bool, say: Say) -> str:
    """A version as it was sent, and what was answered."""
    head = say(
        "agreeing-page",
        course=brief(sent.course),
        year=usual(sent.year).name,
        school=brief(sent.school, 120),
        partner=brief(sent.organization, 120),
        version=sent.version,
        day=sent.sent_at,
    )
    return lines([head, says_lines(sent.says, say), _answered(sent, stands, say)])


def says_lines(says: dict[str, Any], say: Say) -> str:
    """Hours, topics, groups with their times: what is agreed."""
    days = weekday_names(say.language)
    topics = says["topics"]
    listed = [
        say("agreeing-topic", number=number, topic=brief(topic, 80), hours=hours or 0) for number, topic, hours in topics[:TOPICS]
    ]
    if len(topics) > TOPICS:
        listed.append(say("certificate-more", count=len(topics) - TOPICS))
    groups = []
    for group in says["groups"]:
        times = [f"{days[day]} {starts}–{ends}" for day, starts, ends, *_ in group["times"]]
        when = ", ".join(times) or say.plain("course-no-times")
        groups.append(say("agreeing-group", group=group["code"], teacher=brief(group["teacher"], 80), when=when))
    return lines(
        [
            say(
                "agreeing-hours", hours=says["hours"] or 0, topics=len(topics), planned=sum(hours or 0 for _, _, hours in topics)
            ),
            "\n".join(listed),
            "\n".join(groups),
        ]
    )


def _answered(sent: Sent, stands: bool, say: Say) -> str:
    if sent.answer is None or sent.answered_at is None:
        return say("agreeing-waits") if stands else say("agreeing-old")
    who = brief(sent.answered_by or "—", 80)
    said = say("agreeing-said", answer=sent.answer, who=who, day=sent.answered_at, remarks=sent.remarks or "—")
    return said if stands else lines([said, say("agreeing-old")])
