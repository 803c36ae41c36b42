"""How the log looks: structlog to standard error, as text or as JSON; no names, marks, codes or tokens in it."""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import structlog

from bot.settings import Settings

# 123456:ABC…, in an address too (/bot123456:ABC…/getMe, /file/bot123456:ABC…) and as addresses spell the colon (%3A, %253A).
_TOKEN = re.compile(r"(?<!\d)\d{1,20}(?::|%(?:25)*3[Aa])[A-Za-z0-9_-]{3,}")
_CLOCK = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?")  # a moment of the clock is no token
_PLACES = 8  # how many lines an exception went through are told


def without_tokens(text: str) -> str:
    """The text with every token of a bot made unreadable, the bot's number too."""
    return _TOKEN.sub(lambda found: found[0] if _is_harmless(found[0]) else "<token>", text)


def _is_harmless(found: str) -> bool:
    """An address's port («127.0.0.1:8081» ends in 1:8081) or a clock: digits alone, and few."""
    return re.fullmatch(r"\d{1,3}:\d{2,5}", found) is not None or _CLOCK.fullmatch(found) is not None


def _without_tokens(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Whatever an exception of a library quotes, a token never reaches the log."""
    for name, value in event.items():
        event[name] = _clean(value)
    return event


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return without_tokens(value)
    if isinstance(value, dict):
        return {name: _clean(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(each) for each in value]
    if value is None or isinstance(value, bool | int | float):
        return value
    return without_tokens(str(value))


def places(error: BaseException) -> str:
    """An exception as its type and the lines it went through: its message or its variables may hold a child's name."""
    went = [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
    return f"{type(error).__name__} at " + " > ".join(went[-_PLACES:])


def _where_it_broke(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """An exception as its type and the lines it went through: its message or its variables may hold a child's name."""
    error = event.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()[1]
    if isinstance(error, tuple):
        error = error[1]
    if isinstance(error, BaseException):
        event["broke"] = places(error)
    return event


class _ToStandardError(logging.Handler):
    """The libraries' log, to wherever standard error leads when something is said."""

    def emit(self, record: logging.LogRecord) -> None:
        sys.stderr.write(self.format(record) + "\n")


def set_up(settings: Settings) -> None:
    """Send our log and the libraries' to standard error."""
    shared: list[Any] = [
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _where_it_broke,
        _without_tokens,
    ]
    json = settings.log_format == "json"
    look = structlog.processors.JSONRenderer() if json else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    structlog.configure(
        processors=[*shared, look],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[settings.log_level]),
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),  # wherever it leads when something is said
        cache_logger_on_first_use=False,
    )
    handler = _ToStandardError()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared, processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, look]
        )
    )
    logging.basicConfig(
        level=max(logging.WARNING, logging.getLevelNamesMapping()[settings.log_level]), handlers=[handler], force=True
    )
    logging.getLogger("aiogram").setLevel(logging.ERROR)
