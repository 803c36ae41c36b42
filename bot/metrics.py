"""What /metrics shows: counts, never names."""

from __future__ import annotations

from prometheus_client import Counter, Gauge

KEPT = Counter("bot_updates_kept_total", "Updates kept in the inbox")
HANDLED = Counter("bot_updates_handled_total", "Updates handled, by how it ended", ["end"])
LETTERS = Counter("bot_letters_total", "Letters, by what became of them", ["state"])
WAITING = Gauge("bot_letters_waiting", "Letters that are due and not yet sent")
