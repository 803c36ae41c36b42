"""Where buttons lead: the school's requests to its partners."""

from __future__ import annotations

from dataclasses import dataclass

from bot.targets.target import Target


@dataclass(frozen=True)
class Requests(Target, prefix="requests"):
    """The school's requests to its partners."""


@dataclass(frozen=True)
class RequestPage(Target, prefix="request.page"):
    """One request, with its children."""

    request: int
    page: int = 0


@dataclass(frozen=True)
class RequestLine(Target, prefix="request.line"):
    """One child of a request."""

    request: int
    choice: int
