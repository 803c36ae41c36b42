"""What /metrics shows: counts and times, never names. deploy/ has the alarms that watch them and a dashboard that draws them."""

from __future__ import annotations

from prometheus_client import Counter, Gauge, Histogram, disable_created_metrics

disable_created_metrics()  # type: ignore[no-untyped-call]  # when each number was first counted: nobody asks
KEPT = Counter("bot_updates_kept_total", "Updates kept in the inbox")
HANDLED = Counter("bot_updates_handled_total", "Updates handled, by how it ended", ["end"])
INBOX = Gauge("bot_updates_waiting", "Updates that are kept and not yet handled")
INBOX_LAG = Gauge("bot_updates_lag_seconds", "Age of the oldest of them, in seconds; 0: there is none")
ASIDE = Gauge("bot_updates_aside", "Updates put aside that nobody has ticked off")
STUCK = Gauge("bot_lanes_stuck", "Chats in which an update has waited for more than a minute")
WORKERS = Gauge("bot_workers", "Processes that take updates in and give signs of life (PostgreSQL; on SQLite the only one)")
LATE = Gauge("bot_workers_late_seconds", "How long the oldest lease has been over that nobody has taken over; 0: none is")
SLOTS = Gauge("bot_slots", "Messages a second that are this process's of the token's SEND_RATE")
HANDLER = Histogram(
    "bot_handler_seconds",
    "From the door to the end of a handler, by what the policy calls the action",
    ["action"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
LETTERS = Counter("bot_letters_total", "Letters, by what became of them", ["state"])
WAITING = Gauge("bot_letters_waiting", "Letters that are due and not yet sent")
OLDEST = Gauge("bot_letters_oldest_seconds", "How long the oldest of them has been due, in seconds; 0: there is none")
LINE = Gauge("bot_line_works", "Whether letters get through to Telegram (1) or wait because the line is down (0)")
LINE.set(1)  # before the first letter nothing waits
HEARS = Gauge("bot_hears", "Whether Telegram answers when it is asked for updates (1) or not (0); with a webhook always 1")
HEARS.set(1)
KEEPS = Gauge(
    "bot_database_keeps", "Whether the database answers and keeps what is written (1) or is away, full or read-only (0)"
)
UNDELIVERED = Gauge("bot_letters_undelivered", "Letters that did not arrive, or perhaps did not, and that nobody has ticked off")
PAUSED = Counter("bot_paused_seconds_total", "Seconds Telegram told this token to be silent (429)")
LEADER = Gauge("bot_leader", "Whether this process takes updates in and rings the alarms (1) or stands by (0)")
BACKUP = Gauge("bot_backup_timestamp_seconds", "When the newest verified copy in DATA_DIR/backups was taken; 0: there is none")
DATABASE = Gauge("bot_database_bytes", "Size of the database, by its kind: sqlite or postgresql", ["kind"])
FREE = Gauge(
    "bot_disk_free_bytes",
    "Room that is left on the fullest disk among those of DATA_DIR, its copies, the journals and a SQLite database",
)
