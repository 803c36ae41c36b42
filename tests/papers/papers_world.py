"""What the tests of papers are made from: a school, its wishes, places and orders, and the words of a DOCX."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from io import BytesIO
from pathlib import Path

from docx import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from bot.documents.orders import Moved, Order, order_docx
from bot.documents.school_papers import application_docx, groups_docx
from storage.papers.agreements import Agreed
from storage.papers.kept import Kept
from storage.papers.orders import Ordered
from storage.papers.papers import Asking, Hours, Place, School, Sent, Wish
from tests.world import ZONE

TODAY = date(2026, 11, 9)
EVIL = "=cmd|' /C calc'!A0 <b>&{{ 7*7 }}{% for x in y %}"
SEEN = EVIL

BASE = School(1, "МБОУ СОШ №8", "ул. Школьная, 1", "Иванов Сергей Ильич", "Хачирова Ольга Муратовна")
ROBOTICS = Wish("Робототехника", "Центр развития IT-образования", "техническая", 68, None)
CHESS = Wish("Шахматы", "МБОУ ДО ЦДО МО «Кошехабльский район»", "физкультурно-спортивная", 34, "Г-02")
ASKING = Asking(
    12,
    "submitted",
    datetime(2026, 11, 8, 9, tzinfo=UTC),
    datetime(2026, 11, 9, 9, tzinfo=UTC),
    "Петрова Анна Ивановна",
    1,
    "Петров Миша Алексеевич",
    "7А",
    date(2013, 5, 14),
    1,
    1,
    (ROBOTICS, CHESS),
    2026,
)


def place(pupil: int, child: str, class_name: str = "7А", *, group: int = 1) -> Place:
    """A pupil in robotics (group 1) or in chess; of chess players the day of birth is known."""
    asked = datetime(2026, 9, 1, tzinfo=UTC)
    if group == 1:
        where = (3, ROBOTICS.organization, "Робототехника", 68, 1, "Г-01", "каб. 2", "Ким Павел Андреевич")
        return Place(*where, pupil, child, class_name, None, asked, 2026)
    hall = (4, CHESS.organization, "Шахматы", 34, 2, "Г-02", None, "Тлехас Зарема Аслановна")
    return Place(*hall, pupil, child, class_name, date(2013, 5, 14), asked, 2026)


PLACES = [place(1, "Петров Миша Алексеевич"), place(3, "Шеуджен Дана Руслановна"), place(1, "Петров Миша Алексеевич", group=2)]
HOURS = {1: [Hours(3, time(15), time(16, 30))]}


def application(asking: Asking = ASKING, own: Path | None = None, today: date = TODAY) -> bytes:
    return application_docx(asking, BASE, today=today, year=2026, zone=ZONE, own=own)


AGREED = Agreed(
    1, 1, "МБОУ СОШ №8", 3, ROBOTICS.organization, "teaching", "3-с", date(2026, 8, 28), date(2027, 5, 31), *[None] * 5
)
FIRST = Order(
    BASE,
    2026,
    TODAY,
    date(2026, 9, 1),
    PLACES,
    2,
    requests=[Sent(7, datetime(2026, 9, 1, tzinfo=UTC))],
    agreements={3: AGREED},
    number="46-о",
)


def order(places: list[Place] = PLACES, school: School = BASE) -> bytes:
    return order_docx(replace(FIRST, added=places, school=school))


def groups(places: list[Place] = PLACES) -> bytes:
    return groups_docx(places, HOURS, BASE, today=TODAY, year=2026)


def text_of(content: bytes) -> str:
    """Every word of a DOCX, a line a paragraph, in the order they stand; those of tables too. A line to write on is «…»."""
    body = Document(BytesIO(content)).element.body
    return "\n".join(Paragraph(each, body).text.replace("\t", "…") for each in body.iter(qn("w:p")))


CHAIN = Kept(
    5,
    1,
    "МБОУ СОШ №8",
    2026,
    "order",
    "46-о",
    date(2026, 9, 1),
    None,
    None,
    None,
    None,
    "",
    "",
    datetime(2026, 9, 1, tzinfo=UTC),
    None,
)
CHANGES = replace(
    FIRST,
    added=[place(4, "Хут Асхад Юрьевич")],
    moved=[Moved(place(3, "Шеуджен Дана Руслановна"), "Г-07")],
    left=[
        Ordered(8, 1, "added", 5, 3, ROBOTICS.organization, "Робототехника", "Г-01", 1, "Петров Миша Алексеевич"),
        Ordered(9, 1, "added", 5, 3, ROBOTICS.organization, "Робототехника", "Г-01", None, ""),
    ],
    total=3,
    changes=CHAIN,
    number="51-о",
)
