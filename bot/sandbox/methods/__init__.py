"""The Bot API's methods, by their names in lower case."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.sandbox.methods import deleting, editing, files, profile, queries, sending
from bot.sandbox.telegram import Telegram
from bot.sandbox.wire import Call

Method = Callable[[Telegram, Call], Any]

METHODS: dict[str, Method] = {
    "getme": profile.get_me,
    "setmycommands": profile.set_my_commands,
    "getmycommands": profile.get_my_commands,
    "deletemycommands": profile.delete_my_commands,
    "setmyname": profile.set_text,
    "setmydescription": profile.set_text,
    "setmyshortdescription": profile.set_text,
    "getmyname": profile.get_text,
    "getmydescription": profile.get_text,
    "getmyshortdescription": profile.get_text,
    "setchatmenubutton": profile.set_menu_button,
    "getchatmenubutton": profile.get_menu_button,
    "getchat": profile.get_chat,
    "sendmessage": sending.send_message,
    "senddocument": sending.send_file,
    "sendphoto": sending.send_file,
    "sendmediagroup": sending.send_media_group,
    "sendchataction": sending.send_chat_action,
    "copymessage": sending.copy_message,
    "forwardmessage": sending.forward_message,
    "editmessagetext": editing.edit_text,
    "editmessagecaption": editing.edit_caption,
    "editmessagereplymarkup": editing.edit_markup,
    "editmessagemedia": editing.edit_media,
    "deletemessage": deleting.delete_message,
    "deletemessages": deleting.delete_messages,
    "pinchatmessage": deleting.pin,
    "unpinchatmessage": deleting.unpin,
    "unpinallchatmessages": deleting.unpin_all,
    "answercallbackquery": queries.answer_callback,
    "answerinlinequery": queries.answer_inline,
    "getfile": files.get_file,
}

# What counts as speaking, for the pace.
PACED = frozenset(name for name in METHODS if name.startswith(("send", "copy", "forward", "edit")) and name != "sendchataction")
