"""What is said with a paper: what to do with it, which version of what was handed in it is."""

from __future__ import annotations

from collections.abc import Sequence

from bot.voice import Say, lines
from storage.papers.handed_in import Version


def paper_caption(version: int, versions: Sequence[Version], say: Say) -> str:
    """Of an application; version 0: as it stands now."""
    when = [one.made_at for one in versions if one.version == version]
    said = [say("paper-application-as", version=version, of=len(versions), day=day) for day in when]
    return lines([say("paper-application-caption"), *said])
