"""How the log looks: structlog to standard error, as text or as JSON; no names, marks, codes or tokens in it."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import MutableMapping
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


def set_up(settings: Settings) -> None:
    """Send our log and the libraries' to standard error."""
    shared: list[Any] = [
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        _without_tokens,
    ]
    json = settings.log_format == "json"
    look = structlog.processors.JSONRenderer() if json else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    structlog.configure(
        processors=[*shared, look],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[settings.log_level]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared, processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, look]
        )
    )
    logging.basicConfig(
        level=max(logging.WARNING, logging.getLevelNamesMapping()[settings.log_level]), handlers=[handler], force=True
    )
    logging.getLogger("aiogram").setLevel(logging.ERROR)
