"""What comes into a private chat and is no page's business: a chat's own notes, albums, files with a slash below them."""

from __future__ import annotations

from typing import Any

from bot.telegram.subjects import dispatcher
from tests.story import journal
from tests.world import ANNA, PAVEL, TELEGRAM, Member, World

NOTES: list[dict[str, Any]] = [
    {"pinned_message": {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}, "text": "тут"}},
    {"message_auto_delete_timer_changed": {"message_auto_delete_time": 86400}},
    {"chat_background_set": {"type": {"type": "fill", "fill": {"type": "solid", "color": 1}, "dark_theme_dimming": 1}}},
    {"forum_topic_created": {"name": "Школа", "icon_color": 1}},
    {"forum_topic_closed": {}},
    {"write_access_allowed": {}},
    {"proximity_alert_triggered": {"traveler": {"id": 1, "is_bot": False, "first_name": "А"}, "watcher": {"id": 2, "is_bot": False, "first_name": "Б"}, "distance": 1}},
    {"something_of_next_year": {"x": 1}},
]  # fmt: skip


def message(number: int, person: int, **content: Any) -> dict[str, Any]:
    sender = {"id": TELEGRAM[person], "is_bot": False, "first_name": "Кто-то"}
    chat = {"id": TELEGRAM[person], "type": "private"}
    return {
        "update_id": 900_000 + number,
        "message": {"message_id": 5_000 + number, "date": 1, "chat": chat, "from": sender, **content},
    }


async def come(world: World, *updates: dict[str, Any]) -> None:
    await world.app.intake.receive(updates)
    await world.app.intake.idle()


def answers(phone: Member) -> list[str]:
    return [each.text for each in phone.messages if each.from_bot]


async def test_a_chats_own_notes_get_silence(world: World) -> None:
    await come(world, *[message(number, ANNA, **note) for number, note in enumerate(NOTES)])
    assert answers(world.anna) == []


async def test_an_album_of_photos_gets_one_answer(world: World) -> None:
    photo = [{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}]
    await come(world, *[message(number, ANNA, photo=photo, media_group_id="7") for number in range(5)])
    assert len(answers(world.anna)) == 1
    await come(world, *[message(number, ANNA, photo=photo, media_group_id="8") for number in range(5, 8)])
    assert len(answers(world.anna)) == 2


async def test_an_album_gets_one_answer_though_the_bot_starts_anew_between_its_parts(world: World) -> None:
    photo = [{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}]
    first, *rest = [message(number, ANNA, photo=photo, media_group_id="7") for number in range(4)]
    await come(world, first)
    world.app.intake.handling.dispatcher = dispatcher(
        world.db, world.app.settings, world.clock
    )  # a new process remembers nothing
    await come(world, *rest)
    assert len(answers(world.anna)) == 1


async def test_an_album_of_files_gets_one_answer_that_asks_for_them_one_by_one(world: World) -> None:
    file = {"file_id": "d", "file_unique_id": "d", "file_name": "журнал.csv"}
    await come(world, *[message(number, PAVEL, document=file, media_group_id="7") for number in range(3)])
    assert answers(world.pavel) == [
        (
            "Файлы пришли одним альбомом, я не прочёл ни одного. "
            "Отправьте их, пожалуйста, по одному: для каждого покажу, что изменится."
        )
    ]


async def test_a_file_with_a_command_below_it_is_a_file(world: World) -> None:
    await world.pavel.attach("журнал.csv", journal("05.11.2026;Г-01;У-701;5;;Датчики;"), "/start")
    assert world.pavel.page.startswith("📖 Файл журнала «журнал.csv»")


async def test_a_rich_message_is_answered_as_any_text_nobody_asked_for(world: World) -> None:
    rich: Any = {"type": "paragraph", "text": "дно"}
    for _ in range(30):
        rich = {"type": "bold", "text": rich}
    await come(world, message(1, ANNA, rich_message={"blocks": [rich]}))
    await world.anna.send("абракадабра")
    first, second = answers(world.anna)
    assert first == second


async def test_a_page_is_sent_without_a_preview_by_the_parameter_of_today(world: World) -> None:
    await world.anna.send("/start")
    sent = world.sandbox.calls("sendMessage")[-1]
    assert (sent.get("link_preview_options"), sent.get("disable_web_page_preview")) == ({"is_disabled": True}, None)
