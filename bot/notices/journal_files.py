"""What the bot says unasked to staff about journal files: questions, answers, files that could not be applied."""

from __future__ import annotations

from dataclasses import dataclass

from bot.notices import Notice, Unsaid
from bot.notices.journal import MEANINGS
from bot.targets import AskCode, AskQuestion, Target, UploadPlan
from bot.voice import Fact, Say


@dataclass(frozen=True, kw_only=True)
class JournalCodeAsked(Notice):
    """To a partner's administrator and the coordinators: a journal uses a code nobody has explained yet."""

    document: int
    organization_id: int
    organization: str
    code: str
    number: int  # of the code among those of the file

    @property
    def topic(self) -> str:
        return f"journal-code:{self.organization_id}:{self.code}"

    @property
    def version(self) -> str:
        return str(self.document)

    def buttons(self) -> list[tuple[str, Target]]:
        return [("button-code-answer", AskCode(self.document, self.number))]


@dataclass(frozen=True, kw_only=True)
class JournalCodeAnswered(Notice):
    """To whoever sent the file: the code is explained, the file can go on, unless other questions are `left`."""

    document: int
    code: str
    meaning: str
    left: int = 0

    @property
    def topic(self) -> str:
        return f"journal-answered:{self.document}:{self.code}"

    @property
    def version(self) -> str:
        return self.meaning

    def words(self, say: Say) -> dict[str, Fact]:
        return {"code": self.code, "meaning": say.plain(MEANINGS[self.meaning]), "left": self.left}

    def buttons(self) -> list[tuple[str, Target]]:
        return [("button-journal-plan", UploadPlan(self.document))]


@dataclass(frozen=True, kw_only=True)
class JournalQuestionAsked(Notice):
    """To the coordinators: a journal file waits for an answer its sender has not given, or cannot give."""

    document: int
    question: Unsaid[str]  # in eight characters
    what: str  # who | group | day | scale
    found: str  # what is asked about, as the file writes it; never a name
    file: str

    @property
    def topic(self) -> str:
        return f"journal-question:{self.document}:{self.question}"

    @property
    def version(self) -> str:
        return self.found

    def buttons(self) -> list[tuple[str, Target]]:
        return [("button-code-answer", AskQuestion(self.document, self.question))]


@dataclass(frozen=True, kw_only=True)
class JournalQuestionAnswered(Notice):
    """To whoever sent the file: what it asked is answered, the file can go on, unless other questions are `left`."""

    document: int
    question: Unsaid[str]  # in eight characters
    what: str
    found: str  # as above
    answer: Unsaid[str]
    left: int = 0

    @property
    def topic(self) -> str:
        return f"journal-question-answered:{self.document}:{self.question}"

    @property
    def version(self) -> str:
        return self.answer

    def buttons(self) -> list[tuple[str, Target]]:
        return [("button-journal-plan", UploadPlan(self.document))]


@dataclass(frozen=True, kw_only=True)
class JournalFileFailed(Notice):
    """To the coordinators: a file from JOURNAL_DIR could not be applied."""

    name: str
    sha256: str
    faults: int

    @property
    def topic(self) -> str:
        return f"journal-file:{self.name}"

    @property
    def version(self) -> str:
        return self.sha256

    def words(self, _say: Say) -> dict[str, Fact]:
        return {"name": self.name, "faults": self.faults}


@dataclass(frozen=True, kw_only=True)
class JournalFileDoubted(Notice):
    """To the coordinators: a file from JOURNAL_DIR looks like an accident and waits for their word."""

    name: str
    sha256: str
    doubts: int

    @property
    def topic(self) -> str:
        return f"journal-doubted:{self.name}"

    @property
    def version(self) -> str:
        return self.sha256

    def words(self, _say: Say) -> dict[str, Fact]:
        return {"name": self.name, "doubts": self.doubts}
