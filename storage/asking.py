"""What a question that is ready needs of a session to be asked as it is, without SQLAlchemy in between."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any, TypeAlias

from sqlalchemy import Dialect

Rows: TypeAlias = list[Sequence[Any]]


class Asking(ABC):
    """A session that reads: storage/inline.py of SQLite, storage/pooled.py of PostgreSQL."""

    @property
    @abstractmethod
    def dialect(self) -> Dialect:
        """How its database speaks."""

    @abstractmethod
    async def ask(self, question: str, values: Sequence[Any]) -> Rows:
        """The rows as the driver gives them; DBAPIError as of a session. Who listens to the engine's statements hears of it too."""
