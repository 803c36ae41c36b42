"""Who set what in the journal, when, from which file, and what stood before: in words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from bot.services.journal.families import comment_of
from bot.voice import Say
from bot.words.entries import short, with_reason, words_of
from storage.journal.history import Step, Told

LONGEST = 5  # steps of one entry that a page tells; older ones are counted


def written_lines(found: Sequence[Told], say: Say) -> list[str]:
    """For each pupil their entries: how each stands, then who wrote so, the newest first."""
    said = []
    for _, some in groupby(found, key=lambda one: one.pupil_id):
        entries = [entry for entry in some if entry.steps]
        said += [
            say("written-of", pupil=short(entry.pupil, 60), value=_value(entry, entry.steps[-1], say)) + _steps(entry, say)
            for entry in entries
        ]
    return said


def _steps(entry: Told, say: Say) -> str:
    newest = list(reversed(entry.steps))
    lines = [_step(entry, step, say) for step in newest[:LONGEST]]
    if len(newest) > LONGEST:
        lines.append(say("written-more", count=len(newest) - LONGEST))
    return "".join(f"\n{line}" for line in lines)


def _step(entry: Told, step: Step, say: Say) -> str:
    return say(
        "written-step",
        value=_value(entry, step, say),
        at=step.at,
        source=step.source,
        who=short(step.who, 60),
        by=("somebody" if step.who else "left" if step.by else "nobody"),
        where="cell" if step.cell else "file" if step.file else "none",
        file=short(step.file or "", 60),
        sheet=short(step.sheet or "", 30),
        cell=step.cell or "",
    )


def _value(entry: Told, step: Step, say: Say) -> str:
    """«4», «отсутствие», «снято»; with the teacher's comment or the family's reason, where there is one. Plain text."""
    if step.removed:
        return say.plain("written-gone")
    value = with_reason(words_of(entry.kind, step.value, step.work, say), step.comment, say)
    comment = comment_of(step.comment)
    return f"{value} ({short(comment, 60)})" if comment else value
