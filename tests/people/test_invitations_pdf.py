"""Invitations on paper: what stands on a card, that its square leads in, and that no name can spoil a sheet."""

from __future__ import annotations

import asyncio
import shutil
import struct
import subprocess
import zlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import Mock

import pytest
import segno
import typst

from bot.__main__ import main
from bot.clock import Moment
from bot.documents.invitations import A_PAGE, invitations_pdf, invitations_png
from bot.documents.typeset import FONTS
from bot.refusals import Refusal
from bot.services.people import codes
from bot.services.people.entering import enter
from bot.services.people.invitations import Invited, link
from bot.services.people.sheets import invite_class, invite_staff
from bot.voice import voice
from storage.db import Database
from tests.world import DANA, MISHA, NOW, ZONE, World

SAY = voice("ru", ZONE)
UNTIL = datetime(2026, 11, 12, 9, tzinfo=UTC)
WILD = '#emph[x] "<b>&{{ 7*7 }}$x^2$*_`\\ =cmd'


def made(name: str, role: str = "guardian", where: str = "7А") -> Invited:
    return Invited(codes.new_payload(), codes.shown(codes.new_letters()), role, f"Петров {name}", name, where, UNTIL)


def told(pdf: bytes, tmp_path: Path) -> str:
    """The text of a PDF; skipped, loudly, where the tool for it is missing."""
    if shutil.which("pdftotext") is None:
        pytest.skip("no pdftotext: the words on the sheets were not checked (apt-get install poppler-utils)")
    (tmp_path / "sheet.pdf").write_bytes(pdf)
    ran = subprocess.run(["pdftotext", "-layout", "sheet.pdf", "-"], cwd=tmp_path, capture_output=True, text=True, check=True)
    return ran.stdout


def test_a_card_says_whom_it_is_for_what_it_opens_and_until_when(tmp_path: Path) -> None:
    card = replace(made("Миша"), letters="7K3QX-M2PAR")
    lines = [line.strip() for line in told(invitations_pdf([card], "school8_bot", SAY), tmp_path).splitlines() if line.strip()]
    assert lines == [
        "Миша",
        "7А",
        "Код приглашения",
        "7K3QX-M2PAR",
        "@school8_bot",
        "Курсы, расписание и отметки ребёнка — в вашем телефоне.",
        "Наведите камеру на квадрат или пришлите код боту.",
        "Ждём вас до 12 ноября, 12:00; код сработает один раз.",
    ]


def test_no_surname_of_a_child_and_no_first_name_alone_of_staff(tmp_path: Path) -> None:
    teacher = replace(made("Павел", "teacher", "Центр развития IT-образования"), for_whom="Ким Павел Андреевич")
    text = told(invitations_pdf([made("Миша"), teacher], "school8_bot", SAY), tmp_path)
    assert "Петров" not in text
    assert "Ким Павел Андреевич" in text
    assert "Ваши занятия, переносы и журнал — в вашем телефоне." in text


def test_names_are_never_read_as_markup(tmp_path: Path) -> None:
    text = told(invitations_pdf([made(WILD)], "school8_bot", SAY), tmp_path)
    assert "".join(WILD.split()) in "".join(text.split())
    assert "Миша" in told(invitations_pdf([made("\x07Ми\x00ша")], "school8_bot", SAY), tmp_path)


def test_without_the_bots_name_there_is_a_line_to_write_it_on(tmp_path: Path) -> None:
    text = told(invitations_pdf([made("Миша")], None, SAY), tmp_path)
    assert "Бот: @____" in text
    assert "Найдите бота в Telegram и пришлите ему код." in text


def test_eight_a_page_and_a_class_of_thirty_is_typeset_in_one_go(monkeypatch: pytest.MonkeyPatch) -> None:
    everybody = [made(f"Ученик{number}") for number in range(30)]
    assert [len(invitations_png(everybody[:count], "school8_bot", SAY, ppi=30)) for count in (1, A_PAGE, A_PAGE + 1)] == [1, 1, 2]
    squares, sheets = Mock(wraps=segno.make_qr), Mock(wraps=typst.compile)
    monkeypatch.setattr(segno, "make_qr", squares)
    monkeypatch.setattr(typst, "compile", sheets)
    pdf = invitations_pdf(everybody, "school8_bot", SAY)
    assert (squares.call_count, sheets.call_count) == (30, 1)  # a class costs one look at the fonts, not thirty
    assert pdf.startswith(b"%PDF-")


def test_the_font_is_ours_free_and_small() -> None:
    assert "ParaType Free Font License" in (FONTS / "LICENSE.txt").read_text("utf-8")
    assert sum(font.stat().st_size for font in FONTS.glob("*.ttf")) < 1_000_000
    pdf = invitations_pdf([made("Миша")], "school8_bot", SAY)
    assert pdf.startswith(b"%PDF-")
    assert b"PTSans" in pdf


def test_the_square_on_the_sheet_is_the_link(tmp_path: Path) -> None:
    """Every module of the printed square is where segno says; a real reader agrees, where there is one (zbar-tools)."""
    cards = [made("Миша"), made("Дана")]
    picture = invitations_png(cards, "school8_bot", SAY, ppi=127)[0]  # five pixels a millimetre
    pixels = grey(picture, rows=74 * 5)
    for number, card in enumerate(cards):
        code = segno.make_qr(link("school8_bot", card.payload), error="m")
        side = len(code.matrix) + 8  # with four white modules on each side
        left, top, step = 22.5 + number * 525, 22.5, 220 / side
        seen = [
            [pixels[int(top + (y + 4.5) * step)][int(left + (x + 4.5) * step)] < 128 for x in range(side - 8)]
            for y in range(side - 8)
        ]
        assert seen == [[bool(module) for module in row] for row in code.matrix]
    if shutil.which("zbarimg"):
        (tmp_path / "sheet.png").write_bytes(picture)
        read = subprocess.run(["zbarimg", "-q", "--raw", "sheet.png"], cwd=tmp_path, capture_output=True, text=True, check=True)
        assert sorted(read.stdout.split()) == sorted(link("school8_bot", card.payload) for card in cards)


def grey(png: bytes, *, rows: int) -> list[bytes]:
    """The red of each pixel of a PNG's first rows (8 bits, RGBA): enough for black on white."""
    width, _, depth, colour = struct.unpack(">IIBB", png[16:26])
    assert (depth, colour) == (8, 6)
    data, place = b"", 8
    while place < len(png):
        (length,) = struct.unpack(">I", png[place : place + 4])
        if png[place + 4 : place + 8] == b"IDAT":
            data += png[place + 8 : place + 8 + length]
        place += length + 12
    raw, seen, above = zlib.decompress(data), [], bytearray(width * 4)
    for y in range(rows):
        start = y * (width * 4 + 1)
        above = unfiltered(raw[start], bytearray(raw[start + 1 : start + 1 + width * 4]), above)
        seen.append(bytes(above[::4]))
    return seen


def unfiltered(kind: int, row: bytearray, above: bytearray) -> bytearray:
    if kind == 0:
        return row
    for x in range(len(row)):
        left, up, corner = (row[x - 4] if x >= 4 else 0), above[x], (above[x - 4] if x >= 4 else 0)
        nearest = min((left, up, corner), key=lambda each: abs(left + up - corner - each))  # Paeth: ties in this order
        row[x] = (row[x] + (0, left, up, (left + up) // 2, nearest)[kind]) & 255
    return row


async def test_the_sheet_of_a_class_lets_its_parents_in(world: World) -> None:
    invited = await invite_class(world.db, "7а", at=Moment(world.now, ZONE))
    assert [(each.first_name, each.where) for each in invited] == [("Миша", "7А"), ("Дана", "7А")]
    entered = [await enter(world.db, each.letters, telegram_id=7000, now=world.now) for each in invited]
    assert [each.pupil_id for each in entered] == [MISHA, DANA]


async def test_staff_who_are_in_get_no_sheet(db: Database) -> None:
    from sqlalchemy import update

    from storage.tables import Staff

    with pytest.raises(Refusal, match="invite-all-in"):
        await invite_staff(db, now=NOW)
    async with db.write() as tx:
        await tx.execute(update(Staff).where(Staff.code.in_(("С-11", "С-22"))).values(person_id=None))
    invited = await invite_staff(db, now=NOW)
    assert [(each.for_whom, each.role) for each in invited] == [
        ("Хуажев Нурбий Рамазанович", "partner"),
        ("Ким Павел Андреевич", "teacher"),
    ]
    assert {each.expires_at for each in invited} == {NOW + timedelta(days=14)}


@pytest.fixture
def command_line(settled_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the network's database, as the command line finds it; Telegram is away."""
    shutil.copy(settled_file, tmp_path / "bot.sqlite3")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path}/bot.sqlite3")
    monkeypatch.setenv("BOT_TOKEN", "")
    return tmp_path


def test_the_command_makes_a_file_once(command_line: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["invitations", "7a.pdf", "--class", "7А"]) == 0
    said = capsys.readouterr().out
    assert "Приглашений: 2. Напечатайте и разрежьте: 7a.pdf." in said
    assert "На карточках нет QR" in said
    assert (command_line / "7a.pdf").read_bytes().startswith(b"%PDF-")
    assert (command_line / "7a.pdf").stat().st_mode & 0o777 == 0o600
    assert main(["invitations", "7a.pdf"]) == 1
    assert "7a.pdf уже есть" in capsys.readouterr().err


def test_a_refused_command_leaves_no_file(command_line: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for given, code, word in (
        (["--class", "11Я"], 1, "В классе «11Я» учеников нет."),
        (["--staff"], 1, "все сотрудники из книги сети уже вошли"),
        (["--ttl", "0"], 1, "Срок приглашения"),
        (["--staff", "--class", "7А"], 2, "--staff и --class вместе не бывают"),
    ):
        assert main(["invitations", "all.pdf", *given]) == code
        assert word in capsys.readouterr().err
        assert not (command_line / "all.pdf").exists()


def test_the_command_asks_for_the_bots_name_once(command_line: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from storage import notes

    async def keep() -> None:
        db = Database(f"sqlite+aiosqlite:///{command_line}/bot.sqlite3")
        await db.open()
        async with db.write() as tx:
            await notes.keep(tx, "username:", "school8_bot")
        await db.close()

    asyncio.run(keep())
    assert main(["invitations", "all.pdf"]) == 0
    assert "На карточках нет QR" not in capsys.readouterr().out
