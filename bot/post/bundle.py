"""Letters of one chat folded into one message, and what becomes of them together."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.notices import Notice
from bot.visit import Rows
from storage.outbox import Claimed, Outcome

ROOM = 3500  # characters of letters folded into one message


class Bundle:
    """One message: a letter, or several of one chat folded together."""

    def __init__(self, letters: list[Claimed], notice: Notice, text: str, rows: Rows) -> None:
        self.letters = letters
        self.notice = notice
        self.text = text
        self.rows = rows

    def fold(self, other: Bundle) -> bool:
        """Take another's letters in, if both are plain and it fits, or if they read the same: that is said once."""
        if self.letters[0].repeated or other.letters[0].repeated:
            return False  # what may have arrived already is repeated as it was
        if self.text == other.text:
            return self._fold_same(other)
        if self._gathers(other):
            return self._fold_gathered(other)
        if self.rows or other.rows or len(self.text) + len(other.text) > ROOM:
            return False
        self.letters += other.letters
        self.text += "\n\n" + other.text
        return True

    def _fold_same(self, other: Bundle) -> bool:
        """«Новая запись в журнале — открыть» twice is one message; with two buttons of one name nobody could choose."""
        rows = [*self.rows, *(row for row in other.rows if row not in self.rows)]
        labels = [button.label for row in rows for button in row]
        if len(labels) > len(set(labels)):
            return False
        self.letters += other.letters
        self.rows = rows
        return True

    def _gathers(self, other: Bundle) -> bool:
        """Whether both tell of the same child what is answered at one moment: a place here, the reserve there."""
        about = {letter.pupil_id for letter in (*self.letters, *other.letters)}
        return self.notice.gathers == other.notice.gathers != "" and len(about) == 1

    def _fold_gathered(self, other: Bundle) -> bool:
        """One message for the child, with the buttons of all."""
        text = f"{self.text}\n\n{other.text}"
        if len(text) > ROOM or not self._fold_same(other):
            return False
        self.text = text
        return True

    def end(
        self,
        state: str,
        *,
        error: str | None = None,
        due_at: datetime | None = None,
        attempted: bool = True,
        lost: bool = False,
    ) -> list[Outcome]:
        ended = Outcome(0, state, error=error, due_at=due_at, attempted=attempted, lost=lost)
        return [replace(ended, id=letter.id) for letter in self.letters]

    def sent(self, message_id: int | None) -> list[Outcome]:
        return [Outcome(letter.id, "sent", message_id) for letter in self.letters]
