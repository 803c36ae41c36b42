"""Where buttons lead: the network's public page."""

from __future__ import annotations

from dataclasses import dataclass

from bot.targets.target import Target


@dataclass(frozen=True)
class PublicPage(Target, prefix="public"):
    """Its link, and its square to print."""
