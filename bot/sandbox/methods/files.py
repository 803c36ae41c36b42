"""getFile: where to fetch a file from."""

from __future__ import annotations

from typing import Any

from bot.sandbox.telegram import Telegram
from bot.sandbox.wire import Call


def get_file(telegram: Telegram, call: Call) -> dict[str, Any]:
    file = telegram.files.asked(call.get("file_id") or "")
    return {"file_id": file.id, "file_unique_id": file.unique_id, "file_size": file.size, "file_path": file.path}
