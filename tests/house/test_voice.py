"""The bot's voice: organizations as people call them, weeks as people write them."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from bot.voice import short_name, voice

MOSCOW = ZoneInfo("Europe/Moscow")


@pytest.mark.parametrize(
    ("full", "called"),
    [
        ("МБОУ ДО «Кошехабльская детско-юношеская спортивная школа»", "Кошехабльская ДЮСШ"),
        ("МБОУ ДО ЦДО МО «Кошехабльский район»", "ЦДО"),
        ("МКУК «МЦБС» филиал №7", "«МЦБС» филиал №7"),
        ("СДК с. Натырбово МКУК «МЦНК»", "СДК с. Натырбово"),
        ("Центр развития IT-образования", "Центр развития IT-образования"),
        ("МБОУ СОШ №8", "СОШ №8"),
        ("МАОУ «Лицей №1»", "Лицей №1"),
        ("ГБУ ДО РА «Кванториум»", "Кванториум"),
        ("Музей А. С. Пушкина", "Музей А. С. Пушкина"),
        ("МБУ", "МБУ"),
    ],
)
def test_an_organization_is_called_as_people_call_it(full: str, called: str) -> None:
    assert short_name(full) == called


@pytest.mark.parametrize(
    ("language", "monday", "said"),
    [
        ("ru", date(2026, 11, 9), "📅 Неделя: 9–15 ноября"),
        ("ru", date(2026, 11, 30), "📅 Неделя: 30 ноября – 6 декабря"),
        ("en", date(2026, 11, 9), "📅 Week: November 9–15"),
        ("en", date(2026, 12, 28), "📅 Week: December 28 – January 3"),
    ],
)
def test_a_week_names_its_month_once(language: str, monday: date, said: str) -> None:
    sunday = date.fromordinal(monday.toordinal() + 6)
    assert voice(language, MOSCOW).plain("timetable-week", monday=monday, sunday=sunday) == f"<b>{said}</b>"
