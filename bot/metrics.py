"""What /metrics shows: counts, never names."""

from __future__ import annotations

from prometheus_client import Counter, Gauge

KEPT = Counter("bot_updates_kept_total", "Updates kept in the inbox")
HANDLED = Counter("bot_updates_handled_total", "Updates handled, by how it ended", ["end"])
LETTERS = Counter("bot_letters_total", "Letters, by what became of them", ["state"])
WAITING = Gauge("bot_letters_waiting", "Letters that are due and not yet sent")
LINE = Gauge("bot_line_works", "Whether letters get through to Telegram (1) or wait because the line is down (0)")
UNDELIVERED = Gauge("bot_letters_undelivered", "Letters that did not arrive, or perhaps did not, and that nobody has ticked off")
