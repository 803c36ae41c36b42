"""Where buttons lead: the network's workbook."""

from __future__ import annotations

from dataclasses import dataclass

from bot.targets.target import Target


@dataclass(frozen=True)
class NetworkHome(Target, prefix="network"):
    """The coordinator's workbook and invitations."""
