"""Sending, editing and deleting: what the local Telegram grants, and the words it refuses with."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox_bot import Moment, inline, playing

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as "
    "a current content and reply markup of the message"
)


async def test_a_message_comes_as_it_was_marked() -> None:
    async with playing() as (bot, anna):
        sent = await bot(
            "sendMessage", chat_id=1001, text=" <b>Курсы</b> для 😀 <i>всех</i>\n", parse_mode="html", protect_content=True
        )
        assert sent["text"] == "Курсы для 😀 всех"
        assert sent["entities"] == [{"type": "bold", "offset": 0, "length": 5}, {"type": "italic", "offset": 13, "length": 4}]
        assert sent["chat"] == {"id": 1001, "type": "private", "first_name": "Анна", "last_name": "Петрова", "username": "anna"}
        assert sent["from"]["is_bot"]
        assert sent["has_protected_content"]
        assert anna.page == "Курсы для 😀 всех"
        assert anna.html == "<b>Курсы</b> для 😀 <i>всех</i>"
        assert anna.messages[-1].protected


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"text": ""}, "Bad Request: message text is empty"),
    ({"text": " \n "}, "Bad Request: text must be non-empty"),
    ({"text": "<b> </b>", "parse_mode": "HTML"}, "Bad Request: text must be non-empty"),
    ({"text": "я" * 4097}, "Bad Request: message is too long"),
    ({"text": "я" * 16_385}, "Bad Request: text is too long"),
    ({"text": "x", "parse_mode": "BBCode"}, "Bad Request: unsupported parse_mode"),
    ({"text": "x", "chat_id": ""}, "Bad Request: chat_id is empty"),
    ({"text": "x", "chat_id": None}, "Bad Request: chat_id is empty"),
    ({"text": "x", "chat_id": 77}, "Bad Request: chat not found"),
    ({"text": "x", "chat_id": "@nobody"}, "Bad Request: chat not found"),
    ({"text": "я<b", "parse_mode": "HTML"}, "Bad Request: can't parse entities: Unclosed start tag at byte offset 2"),
    ({"text": "x", "reply_parameters": {"message_id": 999}}, "Bad Request: message to be replied not found"),
    ({"text": "x", "reply_markup": "{"}, "Bad Request: can't parse reply keyboard markup JSON object"),
    ({"text": "x", "reply_markup": "[]"}, "Bad Request: object expected as reply markup"),
    ({"text": "x", "reply_markup": {"keyboard": ["a"]}}, 'Bad Request: field "keyboard" must be an Array of Arrays'),
    (
        {"text": "x", "reply_markup": {"inline_keyboard": [{}]}},
        'Bad Request: field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
    ),
    ({"text": "x", "reply_markup": {"inline_keyboard": None}}, 'Bad Request: field "inline_keyboard" must be of type Array'),
    (
        {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "a"}]]}},
        "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ),
    ({"text": "x", "reply_markup": inline({"Да": "я" * 33})}, "Bad Request: BUTTON_DATA_INVALID"),
    (
        {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "a", "url": "school"}]]}},
        "Bad Request: inline keyboard button URL 'school' is invalid: Wrong HTTP URL",
    ),
    (
        {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "a", "web_app": {"url": "http://a.ru"}}]]}},
        "Bad Request: inline keyboard button Web App URL 'http://a.ru' is invalid: Only HTTPS links are allowed",
    ),
    (
        {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "b", "style": "pink"}]]}},
        "Bad Request: invalid button style specified",
    ),
    ({"text": "x", "reply_markup": inline(*({str(n): "x"} for n in range(101)))}, "Bad Request: reply markup is too long"),
]


@pytest.mark.parametrize(("call", "words"), REFUSED, ids=lambda value: value[:50] if isinstance(value, str) else "")
async def test_a_message_is_refused_in_telegrams_words(call: dict[str, Any], words: str) -> None:
    async with playing() as (bot, anna):
        assert await bot.no("sendMessage", **({"chat_id": 1001} | call)) == words
        assert anna.page == ""
        assert bot.sandbox.violations == []


async def test_length_is_counted_in_code_points() -> None:
    async with playing() as (bot, _):
        await bot("sendMessage", chat_id=1001, text="😀" * 4096)
        assert await bot.no("sendMessage", chat_id=1001, text="😀" * 4097) == "Bad Request: message is too long"


async def test_callback_data_is_counted_in_bytes() -> None:
    async with playing() as (bot, anna):
        await bot("sendMessage", chat_id=1001, text="x", reply_markup=inline({"Да": "я" * 32}))
        assert anna.shown == {(anna.messages[-1].id, "я" * 32)}


async def test_buttons_without_words_and_past_the_twelfth_vanish_without_a_word() -> None:
    async with playing() as (bot, anna):
        row = {"": "no"} | {str(number): "x" for number in range(14)}
        await bot("sendMessage", chat_id=1001, text="x", reply_markup=inline(row, {"": "x"}))
        assert anna.buttons == [[str(number) for number in range(12)]]


async def test_nobody_is_written_to_who_does_not_want_it() -> None:
    async with playing() as (bot, anna):
        bot.sandbox.person(1002, "Руслан")
        assert await bot.no("sendMessage", chat_id=1002, text="x") == "Forbidden: bot can't initiate conversation with a user"
        anna.block()
        assert await bot.no("sendMessage", chat_id=1001, text="x") == "Forbidden: bot was blocked by the user"
        await anna.send("/start")
        await bot("sendMessage", chat_id=1001, text="С возвращением")
        assert anna.page == "С возвращением"


async def test_an_edit_is_seen_in_place() -> None:
    moment = Moment()
    async with playing(clock=moment) as (bot, anna):
        page = await bot("sendMessage", chat_id=1001, text="Курсы", reply_markup=inline({"Шахматы": "c:2"}))
        moment.move(seconds=5)
        edited = await bot("editMessageText", chat_id=1001, message_id=page["message_id"], text="Шахматы")
        assert edited["edit_date"] - page["date"] == 5
        assert "reply_markup" not in edited
        assert (anna.page, anna.buttons) == ("Шахматы", [])
        assert anna.notices == ["Курсы", "Шахматы"]
        await bot("editMessageReplyMarkup", chat_id=1001, message_id=page["message_id"], reply_markup=inline({"Назад": "c"}))
        assert anna.buttons == [["Назад"]]


async def test_edits_are_refused_in_telegrams_words() -> None:
    async with playing() as (bot, anna):
        hers = anna.messages[0].id
        page = (await bot("sendMessage", chat_id=1001, text="Курсы", reply_markup=inline({"Шахматы": "c:2"})))["message_id"]
        same = {
            "chat_id": 1001,
            "message_id": page,
            "text": "<u></u>Курсы",
            "parse_mode": "HTML",
            "reply_markup": inline({"Шахматы": "c:2"}),
        }
        assert await bot.no("editMessageText", **same) == NOT_MODIFIED
        same["message_id"] = 999
        assert await bot.no("editMessageText", **same) == "Bad Request: message to edit not found"
        same["message_id"] = hers
        assert await bot.no("editMessageText", **same) == "Bad Request: message can't be edited"
        assert (
            await bot.no("editMessageCaption", chat_id=1001, message_id=page, caption="x")
            == "Bad Request: there is no caption in the message to edit"
        )
        keyboard = {"keyboard": [[{"text": "Меню"}]]}
        refused = await bot.no("editMessageReplyMarkup", chat_id=1001, message_id=page, reply_markup=keyboard)
        assert refused == "Bad Request: inline keyboard expected"


async def test_deleting() -> None:
    moment = Moment()
    async with playing(clock=moment) as (bot, anna):
        page = (await bot("sendMessage", chat_id=1001, text="Курсы"))["message_id"]
        await bot("sendMessage", chat_id=1001, text="Меню")
        assert await bot.no("deleteMessage", message_id=page) == "Bad Request: chat identifier is not specified"
        assert await bot.no("deleteMessage", chat_id=1001) == "Bad Request: message identifier is not specified"
        await bot("deleteMessage", chat_id=1001, message_id=page)
        assert await bot.no("deleteMessage", chat_id=1001, message_id=page) == "Bad Request: message to delete not found"
        assert anna.page == "Меню"
        late = anna.messages[-1].id
        moment.move(hours=49)
        assert (
            await bot.no("deleteMessage", chat_id=1001, message_id=late) == "Bad Request: message can't be deleted for everyone"
        )
        fresh = (await bot("sendMessage", chat_id=1001, text="Свежее"))["message_id"]
        assert await bot("deleteMessages", chat_id=1001, message_ids=[page, late, fresh])
        assert [message.id for message in anna.messages if message.deleted] == [page, fresh]


async def test_pins_copies_and_forwards() -> None:
    async with playing() as (bot, anna):
        page = (await bot("sendMessage", chat_id=1001, text="Расписание"))["message_id"]
        await bot("pinChatMessage", chat_id=1001, message_id=page)
        assert (await bot("getChat", chat_id=1001))["pinned_message"]["text"] == "Расписание"
        await bot("unpinChatMessage", chat_id=1001)
        assert anna.chat.pins == []
        assert await bot.no("pinChatMessage", chat_id=1001, message_id=999) == "Bad Request: message to pin not found"
        await bot("copyMessage", chat_id=1001, from_chat_id=1001, message_id=page)
        assert anna.page == "Расписание"
        forwarded = await bot("forwardMessage", chat_id=1001, from_chat_id=1001, message_id=page)
        assert forwarded["forward_origin"]["type"] == "user"
        secret = (await bot("sendMessage", chat_id=1001, text="Отметка", protect_content=True))["message_id"]
        assert (
            await bot.no("forwardMessage", chat_id=1001, from_chat_id=1001, message_id=secret)
            == "Bad Request: message can't be forwarded"
        )


async def test_a_reply_keyboard_opens_and_closes() -> None:
    async with playing() as (bot, anna):
        await bot("sendMessage", chat_id=1001, text="Меню", reply_markup={"keyboard": [["Курсы", {"text": "Помощь"}]]})
        assert anna.keyboard == [["Курсы", "Помощь"]]
        await bot("sendMessage", chat_id=1001, text="Всё", reply_markup={"remove_keyboard": True})
        assert anna.keyboard == []


async def test_a_group_hears_the_bot_and_the_bot_hears_what_is_for_it() -> None:
    async with playing() as (bot, anna):
        group = bot.sandbox.group(-1005, "7А", members=[anna])
        await anna.send("просто разговор", to=group)
        await anna.send("/start@school_bot", to=group)
        joined, command = await bot.updates()
        assert joined["my_chat_member"]["new_chat_member"]["status"] == "member"
        assert command["message"]["chat"] == {"id": -1005, "type": "supergroup", "title": "7А"}
        await bot("sendMessage", chat_id=-1005, text="Пишите мне лично")
        asks = {"keyboard": [[{"text": "Телефон", "request_contact": True}]]}
        refused = await bot.no("sendMessage", chat_id=-1005, text="x", reply_markup=asks)
        assert refused == "Bad Request: phone number can be requested in private chats only"
