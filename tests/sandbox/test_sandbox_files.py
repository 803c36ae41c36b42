"""Files in and out: ids, kinds, limits, downloads, albums."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest

from bot.sandbox.files import Upload
from tests.sandbox_bot import PNG, RawBot, inline, playing

MEGABYTE = 1024 * 1024


async def download(bot: RawBot, file_id: str) -> bytes:
    path = (await bot("getFile", file_id=file_id))["file_path"]
    async with bot.session.get(f"{bot.sandbox.url}/file/bot42:TEST/{path}") as response:
        assert response.status == 200
        return await response.read()


async def test_a_file_a_person_sends_can_be_fetched() -> None:
    async with playing() as (bot, anna):
        await anna.attach("журнал.xlsx", b"PK...", caption="за ноябрь")
        (update,) = await bot.updates()
        document = update["message"]["document"]
        assert update["message"]["caption"] == "за ноябрь"
        assert (document["file_name"], document["file_size"]) == ("журнал.xlsx", 5)
        assert document["mime_type"].endswith("spreadsheetml.sheet")
        assert await download(bot, document["file_id"]) == b"PK..."


async def test_a_file_the_bot_sends_reaches_the_person_and_may_be_sent_again() -> None:
    async with playing() as (bot, anna):
        answer = await bot.upload(
            "sendDocument",
            {"paper": ("заявка.docx", b"PK")},
            chat_id="1001",
            document="attach://paper",
            caption="<i>Заявка</i>",
            parse_mode="HTML",
        )
        message = anna.messages[-1]
        assert message.document
        assert (message.document.name, message.html) == ("заявка.docx", "<i>Заявка</i>")
        assert await anna.file(message) == b"PK"
        again = await bot("sendDocument", chat_id=1001, document=answer["result"]["document"]["file_id"])
        assert again["document"]["file_unique_id"] == answer["result"]["document"]["file_unique_id"]
        direct = await bot.upload("sendDocument", {"document": ("a.txt", b"x")}, chat_id="1001")
        assert direct["result"]["document"]["file_name"] == "a.txt"


async def test_a_picture_is_a_photo_and_nothing_else() -> None:
    async with playing() as (bot, anna):
        sent = (await bot.upload("sendPhoto", {"photo": ("week.png", PNG)}, chat_id="1001", caption="Неделя"))["result"]
        assert [(size["width"], size["height"]) for size in sent["photo"]] == [(40, 30)]
        assert anna.messages[-1].photo
        assert anna.page == "Неделя"
        photo = sent["photo"][0]["file_id"]
        assert (
            await bot.no("sendDocument", chat_id=1001, document=photo) == "Bad Request: can't use file of type Photo as Document"
        )
        text = await bot.upload("sendPhoto", {"photo": ("week.png", b"no picture")}, chat_id="1001")
        assert text["description"] == "Bad Request: IMAGE_PROCESS_FAILED"
        ribbon = PNG[:16] + (4000).to_bytes(4, "big") + (10).to_bytes(4, "big")
        text = await bot.upload("sendPhoto", {"photo": ("week.png", ribbon)}, chat_id="1001")
        assert text["description"] == "Bad Request: PHOTO_INVALID_DIMENSIONS"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "Bad Request: there is no document in the request"),
        ({"document": "attach://nothing"}, "Bad Request: there is no document in the request"),
        ({"document": "абв"}, "Bad Request: wrong remote file identifier specified: Wrong character in the string"),
        ({"document": "abcde"}, "Bad Request: wrong remote file identifier specified: Wrong string length"),
        (
            {"document": "abcdefgh"},
            "Bad Request: wrong remote file identifier specified: can't unserialize it. Wrong last symbol",
        ),
        ({"document": "BQACAAkAAAAAAAAAXzEqNQQ"}, "Bad Request: wrong file identifier/HTTP URL specified"),
    ],
)
async def test_bad_files_are_refused_in_telegrams_words(given: dict[str, Any], words: str) -> None:
    async with playing() as (bot, _):
        assert await bot.no("sendDocument", chat_id=1001, **given) == words


async def test_captions_are_measured() -> None:
    async with playing() as (bot, _):
        fine = await bot.upload("sendDocument", {"document": ("a", b"x")}, chat_id="1001", caption="😀" * 1024)
        assert fine["ok"]
        long = await bot.upload("sendDocument", {"document": ("a", b"x")}, chat_id="1001", caption="я" * 1025)
        assert long["description"] == "Bad Request: message caption is too long"


async def test_get_file_and_its_refusals() -> None:
    async with playing() as (bot, _):
        assert await bot.no("getFile", file_id="") == "Bad Request: file_id not specified"
        assert await bot.no("getFile", file_id="x") == "Bad Request: invalid file_id"
        big = bot.sandbox.telegram.files.add("document", Upload("big.bin", bytes(20 * MEGABYTE + 1)))
        assert await bot.no("getFile", file_id=big.id) == "Bad Request: file is too big"
        async with bot.session.get(f"{bot.sandbox.url}/file/bot42:WRONG/{big.path}") as response:
            assert response.status == 401
        async with bot.session.get(f"{bot.sandbox.url}/file/bot42:TEST/documents/none") as response:
            assert response.status == 404


async def test_an_upload_past_fifty_megabytes_is_cut_short() -> None:
    async with playing() as (bot, _):
        answer = await bot.upload("sendDocument", {"document": ("big.bin", bytes(50 * MEGABYTE + 1))}, chat_id="1001")
        assert (answer["error_code"], answer["description"]) == (413, "Request Entity Too Large")
        empty = await bot.upload("sendDocument", {"document": ("a.bin", b"")}, chat_id="1001")
        assert empty["description"] == "Bad Request: file must be non-empty"


async def test_an_album() -> None:
    async with playing() as (bot, anna):
        media = [{"type": "document", "media": "attach://a", "caption": "Приказ"}, {"type": "document", "media": "attach://b"}]
        sent = await bot.upload("sendMediaGroup", {"a": ("1.pdf", b"1"), "b": ("2.pdf", b"2")}, chat_id="1001", media=media)
        one, two = sent["result"]
        assert one["media_group_id"] == two["media_group_id"]
        assert one["caption"] == "Приказ"
        assert [message.document.name for message in anna.messages[1:] if message.document] == ["1.pdf", "2.pdf"]
        assert await bot.no("sendMediaGroup", chat_id=1001, media=[]) == "Bad Request: there are no messages to send"
        assert await bot.no("sendMediaGroup", chat_id=1001, media="x") == "Bad Request: can't parse media JSON object"
        assert await bot.no("sendMediaGroup", chat_id=1001, media="5") == "Bad Request: expected an Array of InputMedia"
        assert (
            await bot.no("sendMediaGroup", chat_id=1001, media=media * 6) == "Bad Request: too many messages to send as an album"
        )
        mixed = [media[0], {"type": "photo", "media": "attach://b"}]
        assert (
            await bot.no("sendMediaGroup", chat_id=1001, media=mixed)
            == "Bad Request: document can't be mixed with other media types"
        )
        odd = [{"type": "animation", "media": "x"}]
        refused = await bot.no("sendMediaGroup", chat_id=1001, media=odd)
        assert refused == "Bad Request: can't parse InputMedia: type \"animation\" can't be used in sendMediaGroup"


async def test_a_files_caption_and_the_file_itself_can_be_changed() -> None:
    async with playing() as (bot, anna):
        sent = (await bot.upload("sendDocument", {"document": ("a.txt", b"1")}, chat_id="1001"))["result"]["message_id"]
        refused = await bot.no("editMessageText", chat_id=1001, message_id=sent, text="x")
        assert refused == "Bad Request: there is no text in the message to edit"
        await bot("editMessageCaption", chat_id=1001, message_id=sent, caption="Список", reply_markup=inline({"Ещё": "more"}))
        assert (anna.page, anna.buttons) == ("Список", [["Ещё"]])
        media = {"type": "document", "media": "attach://new", "caption": "Новый"}
        await bot.upload("editMessageMedia", {"new": ("b.txt", b"2")}, chat_id="1001", message_id=str(sent), media=media)
        assert (anna.page, await anna.file(anna.messages[-1])) == ("Новый", b"2")


async def test_the_sandbox_fetches_nothing_from_the_network() -> None:
    async with playing() as (bot, _), aiohttp.ClientSession():
        assert (
            await bot.no("sendPhoto", chat_id=1001, photo="https://ya.ru/x.png") == "Bad Request: failed to get HTTP URL content"
        )
        assert bot.sandbox.violations == ["sendPhoto: the sandbox fetches no files from the network: https://ya.ru/x.png"]
