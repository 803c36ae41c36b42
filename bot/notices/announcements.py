"""What is said of announcements: the announcement itself, and once that it waits for «Ознакомлен(а)»."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.notices import BULK, Notice, Unsaid
from bot.notices.drawn import KeptPicture, Picture
from bot.targets import AnnouncementFile, Announcements, AnnouncementSeen, Target
from bot.voice import Fact, Say, lines


def topics_of(announcement_id: int) -> tuple[str, str]:
    """Of its letters, and of those that remind of it."""
    return f"announcement:{announcement_id}", f"announcement-again:{announcement_id}"


@dataclass(frozen=True, kw_only=True)
class Announced(Notice):
    """To the families of those it is for, and to the pupils themselves; as it was typed."""

    urgency: ClassVar[int] = BULK
    alone: ClassVar[bool] = True  # somebody's own words: nothing of the bot's stands in one message with them

    id_announcement: Unsaid[int]
    round: Unsaid[int]
    kind_of: str  # all | class | course | group
    whom: str
    role: str
    sender: str
    said: str
    asks: Unsaid[str]  # yes | no
    file: Unsaid[str]  # its name; empty: none, or a picture
    picture_id: Unsaid[int | None] = None

    @property
    def topic(self) -> str:
        return topics_of(self.id_announcement)[0]

    @property
    def version(self) -> str:
        return str(self.round)

    def words(self, say: Say) -> dict[str, Fact]:
        return {
            "whom": say.plain("announced-whom", kind=self.kind_of, name=self.whom),
            "sender": say.plain("announced-sender", role=self.role, name=self.sender),
            "said": self.said,
        }

    def text(self, say: Say, detail: str) -> str:
        return self._whole(say, super().text(say, detail), "family")

    def own_text(self, say: Say, detail: str) -> str:
        return self._whole(say, super().text(say, detail), "own")

    def _whole(self, say: Say, said: str, reader: str) -> str:
        """Somebody's words stay as they are, whoever reads them; only what the bot asks for is «ты» to a pupil."""
        file = say("announced-file", name=self.file) if self.file else ""
        asks = say("announced-asks", reader=reader) if self.asks == "yes" else ""
        return lines([said, file, asks])

    def buttons(self) -> list[tuple[str, Target]]:
        seen: list[tuple[str, Target]] = [("button-announcement-seen", AnnouncementSeen(self.id_announcement))]
        file: list[tuple[str, Target]] = [("button-announcement-file", AnnouncementFile(self.id_announcement))]
        return [*(seen if self.asks == "yes" else []), *(file if self.file else [])]

    def picture(self, _say: Say, _detail: str, _reader: int) -> Picture | None:
        return None if self.picture_id is None else KeptPicture(self.picture_id)


@dataclass(frozen=True, kw_only=True)
class AnnouncedAgain(Announced):
    """Once, to whose family nobody has pressed «Ознакомлен(а)»."""

    @property
    def topic(self) -> str:
        return topics_of(self.id_announcement)[1]

    def _whole(self, say: Say, said: str, reader: str) -> str:
        return lines([super()._whole(say, said, reader), say("announced-last")])


@dataclass(frozen=True, kw_only=True)
class AnnouncementWithheld(Notice):
    """To its author and the coordinators: it did not leave, for its author may not send it any more."""

    id_announcement: Unsaid[int]
    round: Unsaid[int]
    kind_of: str  # all | class | course | group
    whom: str
    sender: str
    reader: str  # author | office

    @property
    def topic(self) -> str:
        return f"announcement-withheld:{self.id_announcement}"

    @property
    def version(self) -> str:
        return str(self.round)

    def words(self, say: Say) -> dict[str, Fact]:
        whom = say.plain("announced-whom", kind=self.kind_of, name=self.whom)
        return {"whom": whom, "sender": self.sender, "reader": self.reader}

    def buttons(self) -> list[tuple[str, Target]]:
        return [("button-announcements", Announcements())] if self.reader == "office" else []
