"""What the demo's bot is called."""

from __future__ import annotations

TOKEN = "42:DEMO"  # noqa: S105 - the local Telegram's own
USERNAME = "school8_demo_bot"
NAME = "Сеть школы №8"
