"""A local Telegram: a strict Bot API server and people with phones, for trying a bot and for its tests.

>>> sandbox = Sandbox(token="42:TEST", username="school8_bot")
>>> anna = sandbox.person(1001, "Анна", about="мама Миши")
"""

from __future__ import annotations

from bot.sandbox.messages import Button, File, Message, Toast, User
from bot.sandbox.pace import Pace
from bot.sandbox.phone import Phone
from bot.sandbox.server import Sandbox
from bot.sandbox.trouble import Trouble
from bot.sandbox.wire import Call

__all__ = ["Button", "Call", "File", "Message", "Pace", "Phone", "Sandbox", "Toast", "Trouble", "User"]
