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

_TOKEN = re.compile(r"\b\d{1,20}:[A-Za-z0-9_-]{3,}\b")


def _without_tokens(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Whatever an exception of a library quotes, a token never reaches the log."""
    for name, value in event.items():
        if isinstance(value, str) and ":" in value:
            event[name] = _TOKEN.sub("<token>", value)
    return event


def _where_it_broke(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """An exception as its type and the lines it went through: its message or its variables may hold a child's name."""
    error = event.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()[1]
    if isinstance(error, tuple):
        error = error[1]
    if isinstance(error, BaseException):
        places = [
            f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)[-8:]
        ]
        event["broke"] = f"{type(error).__name__} at " + " > ".join(places)
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
