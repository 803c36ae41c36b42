"""Methods that put messages into a chat."""

from __future__ import annotations

from typing import Any

from bot.sandbox import keyboards
from bot.sandbox.errors import Refused
from bot.sandbox.messages import Chat, File, Message
from bot.sandbox.methods.words import caption, caption_of, text_of
from bot.sandbox.telegram import Telegram
from bot.sandbox.wire import Call

Json = dict[str, Any]
MOST_IN_ALBUM = 10
ACTIONS = frozenset((
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document",
    "choose_sticker", "find_location", "record_video_note", "upload_video_note",
))  # fmt: skip


def send_message(telegram: Telegram, call: Call) -> Json:
    text, entities = text_of(telegram, call)
    return _posted(telegram, call, text=text, entities=entities).wire()


def send_file(telegram: Telegram, call: Call) -> Json:
    """sendDocument and sendPhoto."""
    kind = "photo" if call.method == "sendPhoto" else "document"
    given = call.get(kind)
    if not given and kind not in call.files:
        raise Refused(f"there is no {kind} in the request")
    text, entities = caption_of(telegram, call)
    _chat(telegram, call)
    file = file_of(telegram, call, kind, given)
    return _posted(telegram, call, text=text, entities=entities, file=file).wire()


def file_of(telegram: Telegram, call: Call, kind: str, given: Any) -> File:
    """The file of a call: uploaded in it, or known by its id."""
    name = kind if not given else given.removeprefix("attach://") if given.startswith("attach://") else None
    if name is None and given in call.files:
        name = given
    if name is not None:
        upload = call.files.get(name)
        if upload is None:
            raise Refused(f"there is no {kind} in the request")
        return telegram.files.add(kind, upload)
    if given.startswith(("http://", "https://")):
        telegram.violate(f"{call.method}: the sandbox fetches no files from the network: {given}")
        raise Refused("WEBPAGE_CURL_FAILED")
    return telegram.files.used(kind, given)


def send_media_group(telegram: Telegram, call: Call) -> list[Json]:
    media = call.get("media") or []
    if not media:
        raise Refused("there are no messages to send")
    if len(media) > MOST_IN_ALBUM:
        raise Refused("too many messages to send as an album")
    for item in media:
        if item["type"] not in ("photo", "document", "audio", "video", "live_photo"):
            raise Refused(f"can't parse InputMedia: type \"{item['type']}\" can't be used in sendMediaGroup")
    kinds = {item["type"] for item in media}
    for alone in ("document", "audio"):
        if alone in kinds and len(kinds) > 1:
            raise Refused(f"{alone} can't be mixed with other media types")
    chat = _chat(telegram, call)
    files = [file_of(telegram, call, item["type"], item["media"]) for item in media]
    captions = [_media_caption(telegram, call, item) for item in media]
    album = telegram.album() if len(media) > 1 else None
    reply_to = _reply_to(call, chat)
    sent = [
        telegram.post(
            chat,
            telegram.bot,
            text=text,
            entities=entities,
            file=file,
            album=album,
            reply_to=reply_to,
            protected=bool(call.get("protect_content")),
        )
        for file, (text, entities) in zip(files, captions, strict=True)
    ]
    return [message.wire() for message in sent]


def _media_caption(telegram: Telegram, call: Call, item: Json) -> tuple[str, list[Json]]:
    return caption(telegram, inner(call, item), item.get("caption") or "")


def inner(call: Call, params: Json) -> Call:
    """The same call with the parameters of one of its media."""
    return Call(call.number, call.method, call.at, params, call.files)


def send_chat_action(telegram: Telegram, call: Call) -> bool:
    chat = _chat(telegram, call)
    if call.get("action") not in ACTIONS:
        raise Refused("wrong parameter action in request")
    chat.actions.append(call.get("action"))
    telegram.tell("action", chat, call.get("action"))
    return True


def copy_message(telegram: Telegram, call: Call) -> Json:
    source = _source(telegram, call, "message to copy not found")
    text, entities = source.text, source.entities
    if source.file and call.get("caption") is not None:
        text, entities = caption_of(telegram, call)
    copy = _posted(telegram, call, text=text, entities=entities, file=source.file)
    return {"message_id": copy.id}


def forward_message(telegram: Telegram, call: Call) -> Json:
    source = _source(telegram, call, "message to forward not found")
    origin = source.origin or {
        "type": "user",
        "date": int(source.date.timestamp()),
        "sender_user": source.sender.wire(),
    }
    return _posted(telegram, call, text=source.text, entities=source.entities, file=source.file, origin=origin).wire()


def _source(telegram: Telegram, call: Call, words: str) -> Message:
    source = telegram.chat(call.get("from_chat_id")).find(call.get("message_id"))
    if source is None:
        raise Refused(words)
    if source.protected:
        raise Refused("message can't be forwarded" if "forward" in words else "message can't be copied")
    return source


def _chat(telegram: Telegram, call: Call) -> Chat:
    chat = telegram.chat(call.get("chat_id"))
    chat.check_writing()
    return chat


def _reply_to(call: Call, chat: Chat) -> int | None:
    wanted = call.get("reply_parameters") or {}
    message_id = wanted.get("message_id") or call.get("reply_to_message_id")
    if not message_id:
        return None
    if chat.find(message_id):
        return int(message_id)
    if wanted.get("allow_sending_without_reply") or call.get("allow_sending_without_reply"):
        return None
    raise Refused("message to be replied not found")


def _posted(telegram: Telegram, call: Call, **what: Any) -> Message:
    chat = _chat(telegram, call)
    markup = call.get("reply_markup")
    reply = keyboards.reply(markup, private=chat.private)
    inline = None if reply else keyboards.inline(markup, private=chat.private)
    reply_to = _reply_to(call, chat)
    if call.get("message_effect_id") and not chat.private:
        raise Refused("can't use message effects in the chat")
    message = telegram.post(
        chat,
        telegram.bot,
        markup=inline,
        reply_to=reply_to,
        protected=bool(call.get("protect_content")),
        silent=bool(call.get("disable_notification")),
        **what,
    )
    if reply:
        telegram.open_keyboard(chat, reply)
    return message
