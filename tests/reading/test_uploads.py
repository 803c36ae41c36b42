"""Strangers' tables: what is read, and the clear sentence for what is not."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from bot.reading.cell import Broken
from bot.reading.uploads import Limits, Sheet, letter, read_sheets, sheets_of
from bot.refusals import Refusal
from bot.voice import voice

SAY = voice("ru", ZoneInfo("Europe/Moscow"))

HALF_PAST_THREE = datetime.fromisoformat("2025-09-01T15:30")  # Excel knows no zones

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def refusal(data: bytes, name: str = "книга.xlsx") -> str:
    """The very words a person would read."""
    with pytest.raises(Refusal) as refused:
        sheets_of(data, name)
    assert voice("en", ZoneInfo("Europe/Moscow")).plain(refused.value.key, **refused.value.facts)
    return SAY.plain(refused.value.key, **refused.value.facts).replace("\N{NO-BREAK SPACE}", " ")


def saved(fill: Callable[[Workbook], None]) -> bytes:
    book = Workbook()
    fill(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def archive(rows: str, *, dimension: str = "", strings: str = "", more: dict[str, bytes] | None = None) -> bytes:
    """An XLSX written by hand, as no Excel would."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
        )
        parts.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{_PACKAGE}/relationships">'
            f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        parts.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets><sheet name="Лист" sheetId="1" r:id="r1"/></sheets></workbook>',
        )
        parts.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{_PACKAGE}/relationships">'
            f'<Relationship Id="r1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="r2" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        )
        if strings:
            parts.writestr("xl/sharedStrings.xml", f'<sst xmlns="{_MAIN}">{strings}</sst>')
        parts.writestr(
            "xl/worksheets/sheet1.xml", f'<worksheet xmlns="{_MAIN}">{dimension}<sheetData>{rows}</sheetData></worksheet>'
        )
        for name, content in (more or {}).items():
            parts.writestr(name, content)
    return file.getvalue()


# ── what is read ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_workbook_is_read_as_it_was_typed() -> None:
    def fill(book: Workbook) -> None:
        sheet = book.worksheets[0]
        sheet.title = "Ученики"
        sheet["B3"], sheet["C3"], sheet["D3"] = 7, 7.5, "Анна"
        sheet["B4"], sheet["C4"], sheet["D4"], sheet["E4"] = date(2025, 9, 1), time(15, 0), HALF_PAST_THREE, True
        sheet["B6"], sheet["C6"] = "=1+1", timedelta(hours=3)
        sheet["B7"] = "на три столбца"
        sheet.merge_cells("B7:D7")
        book.create_sheet("Пустой")

    assert sheets_of(saved(fill), "сеть.xlsx") == [
        Sheet(
            "Ученики",
            [
                [],
                [],
                [None, 7, 7.5, "Анна"],
                [None, date(2025, 9, 1), time(15, 0), HALF_PAST_THREE, True],
                [],
                [None, Broken("="), time(3, 0)],
                [None, "на три столбца"],
            ],
            ((7, 2, 7, 4),),
        ),
        Sheet("Пустой", []),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_csv_is_read_in_any_of_its_dresses(encoding: str, separator: str) -> None:
    text = f'Дата{separator}Ученик{separator}Отметка\r\n01.09.2025{separator}"Иванов{separator} Миша"{separator}4\r\n'
    assert sheets_of(text.encode(encoding), "журнал.csv") == [
        Sheet("журнал", [["Дата", "Ученик", "Отметка"], ["01.09.2025", f"Иванов{separator} Миша", "4"]])
    ]


def test_a_csv_is_a_csv_whatever_its_name() -> None:
    assert sheets_of("Код;Класс\n1;7А\n".encode(), "ученики.xlsx") == [Sheet("ученики", [["Код", "Класс"], ["1", "7А"]])]


def test_decimal_commas_do_not_hide_the_semicolons() -> None:
    (sheet,) = sheets_of("Ученик;Средняя\nМиша;4,5\nКатя;4,75\n".encode(), "a.csv")
    assert sheet.rows[1] == ["Миша", "4,5"]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1251"])
def test_a_journal_saved_as_a_web_page_named_xls(encoding: str) -> None:
    page = """<html><head><meta charset="x"><style>td { color: red }</style></head><body>
        <table><tr><th rowspan=2>Предмет<th colspan="2">Март</tr><tr><td>30<td>31</td></tr>
        <tr><td>Физика &amp;&nbsp;химия</td><td>5<br>4</td><td> </td></tr></table>
        <table><tr><td>Н</td><td>неуважительная</td></tr></table></body></html>"""
    assert sheets_of(page.encode(encoding), "отчет.xls") == [
        Sheet("отчет", [["Предмет", "Март"], [None, "30", "31"], ["Физика & химия", "5 4"]], ((1, 1, 2, 1),)),
        Sheet("2", [["Н", "неуважительная"]]),
    ]


def test_a_web_page_of_endless_cells() -> None:
    assert "столбцов" in refusal(b"<table><tr>" + b"<td colspan=99999999>1" * 5, "a.xls")
    assert "данные доходят до строки" in refusal(b"<table>" + b"<tr><td>1" * 60_000, "a.xls")
    assert "листов больше 40" in refusal(b"<table>" * 600, "a.xls")


@pytest.mark.parametrize("page", [b"<" * 9_000_000, b"<table><!--" + b"<!-" * 3_000_000])
def test_a_web_page_that_is_slow_on_purpose(page: bytes) -> None:
    assert "слишком тяжёл" in refusal(page, "a.xls")


async def test_a_bot_reads_without_standing_still() -> None:
    assert await read_sheets("а;б\n".encode(), "a.csv") == [Sheet("a", [["а", "б"]])]


def test_columns_are_lettered_as_in_excel() -> None:
    assert [letter(n) for n in (1, 26, 27, 52, 53, 702, 703, 16384)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA", "XFD"]


# ── what is not ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_empty_file() -> None:
    assert refusal(b"").startswith("Файл «книга.xlsx» пуст.")


def test_eleven_megabytes() -> None:
    assert refusal(bytes(11 * 1024 * 1024)).startswith("Файл «книга.xlsx» больше 10 МБ.")


def test_a_password() -> None:
    locked = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
    assert refusal(locked).startswith("Файл «книга.xlsx» закрыт паролем. Снимите пароль")


def test_an_old_excel() -> None:
    old = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600) + "Workbook".encode("utf-16-le") + bytes(600)
    assert refusal(old, "журнал.xls").startswith(
        "«журнал.xls» — книга старого Excel, которую не удалось прочитать. Откройте её и сохраните"
    )


def test_a_web_page_without_a_table() -> None:
    assert refusal(b"<html><body>Error 500</body></html>", "отчет.xls").startswith("«отчет.xls» — веб-страница")


def test_text_renamed_to_xlsx() -> None:
    assert refusal("Здравствуйте! Высылаю список.".encode()).startswith("В «книга.xlsx» обычный текст без столбцов.")


@pytest.mark.parametrize(
    ("start", "said"),
    [
        (b"%PDF-1.7\n", "PDF: это картинка страницы, таблицу из неё не прочитать. Пришлите саму таблицу:"),
        (b"\x89PNG\r\n\x1a\n", "картинка, а не таблица."),
        (b"\xff\xd8\xff\xe0", "картинка, а не таблица."),
        (b"Rar!\x1a\x07", "архив. Распакуйте его"),
    ],
)
def test_what_people_send_instead_of_a_table(start: bytes, said: str) -> None:
    assert refusal(start + random.Random(7).randbytes(5000)).startswith(f"«книга.xlsx» — {said}")


@pytest.mark.parametrize("start", [b"MZ", b"\x7fELF"])
def test_something_else(start: bytes) -> None:
    assert refusal(start + random.Random(7).randbytes(5000)).startswith("«книга.xlsx» — не таблица.")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("word/document.xml", "документ Word. Скопируйте таблицу из него на лист Excel"),
        ("Index/Document.iwa", "таблица Numbers. В Numbers выберите «Файл → Экспортировать в → Excel»"),
        ("7А/журнал.xlsx", "архив. Распакуйте его и пришлите файлы из него по одному."),
        ("readme", "не таблица."),
    ],
)
def test_another_zip(name: str, said: str) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as parts:
        parts.writestr(name, "<w/>")
    assert refusal(file.getvalue()).startswith(f"«книга.xlsx» — {said}")


def test_another_spreadsheet() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as parts:
        parts.writestr("mimetype", "application/vnd.oasis.opendocument.presentation")
    assert refusal(file.getvalue()).startswith("«книга.xlsx» — таблица другого вида. Сохраните её как")


def test_half_a_file() -> None:
    whole = saved(lambda book: book.create_sheet("Группы"))
    for size in (5, 100, len(whole) // 2, len(whole) - 10):
        assert refusal(whole[:size]).startswith("Файл «книга.xlsx» повреждён или передан не до конца.")


@pytest.mark.parametrize("number", ["1e999", "-1e999", "nan", "9" * 400])
def test_a_number_that_is_none(number: str) -> None:
    """No spreadsheet program writes one; JSON, in which the reader answers, has no word for it."""
    row = f'<row r="1"><c r="A1"><v>{number}</v></c></row>'
    assert refusal(archive(row)).startswith("Файл «книга.xlsx» повреждён или передан не до конца.")


def test_a_lie_about_the_size() -> None:
    """The archive's directory says a hundred bytes; there are thirty megabytes."""
    honest = archive("", more={"xl/worksheets/sheet2.xml": bytes(30 * 1024 * 1024)})
    lying = honest.replace((30 * 1024 * 1024).to_bytes(4, "little"), (100).to_bytes(4, "little"))
    assert lying != honest
    assert refusal(lying).startswith("Файл «книга.xlsx» повреждён")


# ── what would cost too much ────────────────────────────────────────────────────────────────────────────────────────

ONE = '<row r="1"><c r="A1"><v>5</v></c></row>'


def test_a_bomb() -> None:
    assert refusal(archive(ONE, more={"xl/media/image1.png": bytes(40_000_000)})).startswith(
        "«книга.xlsx» после распаковки слишком велик (можно до 20 МБ)."
    )


def test_a_small_bomb() -> None:
    assert "после распаковки слишком велик" in refusal(archive(ONE + "<row/>" * 2_000_000))


def test_ten_million_rows_written() -> None:
    assert "после распаковки слишком велик" in refusal(archive("<row/>" * 10_000_000))


def test_ten_million_rows_declared() -> None:
    """A promise costs nothing: only what is there counts."""
    book = archive(ONE, dimension='<dimension ref="A1:XFD10000000"/>')
    assert sheets_of(book, "a.xlsx") == [Sheet("Лист", [[5]])]


def test_one_cell_in_row_ten_million() -> None:
    far = archive(ONE + '<row r="10000000"><c r="A10000000"><v>5</v></c></row>')
    assert refusal(far).startswith("В «книга.xlsx» данные доходят до строки 10 000 000, а можно до 50 000.")


@pytest.mark.parametrize("cell", ['<c x=">" r="XFD1048576">', '<c r="XFD1&#48;48576">', "<c r='XFD1048576' t='n'>"])
def test_one_cell_in_the_last_corner_however_written(cell: str) -> None:
    refusal(archive(ONE + f'<row r="1048576">{cell}<v>5</v></c></row>'))


def test_a_far_corner_within_the_limits() -> None:
    assert "слишком тяжёл" in refusal(archive(ONE + '<row r="50000"><c r="GR50000"><v>5</v></c></row>'))


def test_formatting_down_to_the_last_row_is_no_data() -> None:
    book = archive(ONE + '<row r="1048576"><c r="A1048576" s="0"/></row>')
    assert sheets_of(book, "a.xlsx") == [Sheet("Лист", [[5]])]


def test_one_text_in_fifty_thousand_cells() -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 50_001))
    book = archive(rows, strings=f"<si><t>{'x' * 1_000_000}</t></si>")
    with pytest.raises(Refusal, match="upload-too-heavy"):
        sheets_of(book, "a.xlsx", limits=Limits(ratio=10_000))


def test_too_many_columns_and_sheets() -> None:
    assert "столбцов 300, а можно до 200" in refusal(archive("<row>" + "<c><v>1</v></c>" * 300 + "</row>"))

    def many(book: Workbook) -> None:
        for n in range(45):
            book.create_sheet(f"Л{n}")

    assert "листов больше 40" in refusal(saved(many))


def test_a_csv_without_end() -> None:
    assert "данные доходят до строки" in refusal(b"1;2\n" * 60_000, "a.csv")
    assert "столбцов" in refusal(b"1;" * 300, "a.csv")


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=3000), st.sampled_from([b"", b"PK\x03\x04", b"\xef\xbb\xbf", b"\xff\xfe"]))
def test_whatever_arrives_it_is_a_table_or_a_refusal(data: bytes, start: bytes) -> None:
    try:
        assert sheets_of(start + data, "a.xlsx")
    except Refusal as refused:
        assert SAY.plain(refused.key, **refused.facts)  # noqa: PT017 - either is right


@settings(max_examples=40, deadline=None)
@given(st.randoms(use_true_random=False))
def test_a_good_file_with_wrong_bytes(dice: random.Random) -> None:
    data = bytearray(archive(ONE))
    for _ in range(dice.randint(1, 8)):
        data[dice.randrange(len(data))] = dice.randrange(256)
    try:
        sheets_of(bytes(data), "a.xlsx")
    except Refusal as refused:
        assert SAY.plain(refused.key, **refused.facts)  # noqa: PT017 - either is right


def test_cells_without_a_place_of_their_own_follow_one_another() -> None:
    """A program left `r=` out of its cells: a formula without a value is seen all the same."""
    book = Workbook()
    book.worksheets[0].append(["Ученик", "Отметка"])
    book.worksheets[0].append(["Петров", "=1+4"])
    kept, bare = io.BytesIO(), io.BytesIO()
    book.save(kept)
    with zipfile.ZipFile(kept) as old, zipfile.ZipFile(bare, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, re.sub(rb' r="[A-Z]*\d+"', b"", part) if "sheet1" in name else part)
    (sheet,) = sheets_of(bare.getvalue(), "ж.xlsx")
    assert sheet.rows == [["Ученик", "Отметка"], ["Петров", Broken("=")]]
    assert isinstance(sheet.rows[1][1], Broken)
