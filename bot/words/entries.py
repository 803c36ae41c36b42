"""Entries of the journal in words: a child's day, a group's day, a year's sums."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from bot.notices.journal import MEANINGS
from bot.services.journal.families import comment_of, reason_of, sums
from bot.voice import Fact, Say
from storage.journal.journal import Line

REASONS = {"sick": "reason-sick", "family": "reason-family", "other": "reason-other"}


def short(text: str, longest: int = 40) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def sums_lines(found: Sequence[Line], say: Say) -> list[str]:
    said = []
    for one in sums(found)[:10]:
        facts: dict[str, Fact] = {"course": short(one.course, 80), "missed": one.missed, "late": one.late}
        said.append(
            say("journal-sum", **facts) if one.average is None else say("journal-sum-average", **facts, average=one.average)
        )
    return said


def day_of_child(some: Sequence[Line], say: Say) -> str:
    first = some[0]
    said = [say("journal-day", day=first.day, course=short(first.course, 80))]
    entries = [entry_words(line, say) for line in some if line.kind != "topic"]
    said += [say("journal-day-entries", entries=entries)] if entries else []
    for topic in dict.fromkeys(line.topic for line in some if line.topic):
        said.append(say("journal-day-topic", topic=short(topic, 120)))
    for homework in dict.fromkeys(line.homework for line in some if line.homework):
        said.append(say("journal-day-homework", homework=short(homework, 200)))
    for comment in dict.fromkeys(comment_of(line.comment) for line in some):
        if comment:
            said.append(say("journal-day-comment", comment=short(comment, 200)))
    return "\n".join(said)


def entry_words(line: Line, say: Say) -> str:
    """«5 (контрольная)», «отсутствие»; plain text, to be a fact of a sentence."""
    return words_of(line.kind, line.value, line.work, say)


def words_of(kind: str, value: str, work: str | None, say: Say) -> str:
    """The same of what stood there once."""
    if kind == "mark":
        return f"{value} ({short(work)})" if work else value
    return say.plain(MEANINGS[value])


def day_of_group(found: Sequence[Line], say: Say) -> list[str]:
    said = [say("journal-group-day", day=found[0].day)]
    said += [
        say("journal-group-topic", topic=short(topic, 120)) for topic in dict.fromkeys(line.topic for line in found) if topic
    ]
    said.append("")
    for _, some in groupby(found, key=lambda line: line.pupil_id):
        entries = list(some)
        words = [with_reason(entry_words(line, say), line.comment, say) for line in entries]
        said.append(say("journal-group-line", pupil=short(entries[0].pupil, 60), entries=words))
    return said


def with_reason(words: str, comment: str | None, say: Say) -> str:
    """An absence with the reason its family gave, if it did."""
    reason = reason_of(comment)
    if reason not in REASONS:
        return words
    return say.plain("journal-family-says", meaning=words, reason=say.plain(REASONS[reason]).lower())
