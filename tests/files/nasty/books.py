"""Nasty workbooks of the network: name of the file → (what must come of it, in words; its bytes)."""

from __future__ import annotations

from datetime import date

from openpyxl import Workbook

from tests.files.nasty.tools import BIRTHS, base, book, cells

PUPILS = ("Ученики",)


def error_in_birth(made: Workbook) -> None:
    cell = made["Ученики"]["D2"]
    cell.value, cell.data_type = "#N/A", "e"


def without_first_pupil(made: Workbook) -> None:
    made["Ученики"].delete_rows(2)


def formats(sheet: str, **of: str) -> object:
    def change(made: Workbook) -> None:
        for cell, format_ in of.items():
            made[sheet][cell].number_format = format_

    return change


def percent_of_seats(made: Workbook) -> None:
    made["Группы"]["D2"], made["Группы"]["D2"].number_format = 0.12, "0%"


def money_for_hours(made: Workbook) -> None:
    made["Курсы"]["F2"].number_format = '#,##0\\ "₽"'


def rounded_seats(made: Workbook) -> None:
    made["Группы"]["D2"], made["Группы"]["D2"].number_format = 11.6, "0"


def seats_in_words(made: Workbook) -> None:
    made["Группы"]["D2"].number_format = '0" чел."'


def births_as_numbers(made: Workbook) -> None:
    for row, day in enumerate(BIRTHS, 2):
        made["Ученики"][f"D{row}"], made["Ученики"][f"D{row}"].number_format = (day - date(1904, 1, 1)).days, "General"


def merged_class(made: Workbook) -> None:
    made["Ученики"]["C3"] = None
    made["Ученики"].merge_cells("C2:C3")


def three_columns(made: Workbook) -> None:
    sheet = made["Ученики"]
    sheet.insert_cols(3, 2)
    for number, (name,) in enumerate(sheet.iter_rows(min_col=2, max_col=2, values_only=True), 1):
        parts = ["Фамилия", "Имя", "Отчество"] if number == 1 else str(name).split()
        for at, part in enumerate(parts, 2):
            sheet.cell(number, at, part)


CHANGES = ["Группа", "Дата", "Начало", "Действие", "Новая дата"]

BOOKS: dict[str, tuple[str, bytes]] = {
    "w10_error_in_birth.xlsx": ("An Excel error is a fault with its cell: birth dates are not wiped.", book(error_in_birth)),
    "w11_headings_only.xlsx": (
        "A sheet with headings only is no statement: nobody has left.",
        book(more={"Ученики": [["Код", "ФИО", "Класс", "Дата рождения"]]}),
    ),
    "w12_other_codes.xlsx": (
        "Codes changed while names and birth dates stayed: asked, nobody archived without a word.",
        book(cells("Ученики", A2="001", A3="002", A4="003"), only=PUPILS),
    ),
    "w13_enrolled_gone.xlsx": (
        "A row left out would archive a pupil who is enrolled: asked.",
        book(without_first_pupil, only=PUPILS),
    ),
    "w14_latin_codes.xlsx": (
        "Latin look-alikes in the codes of course, group and organization are the same codes.",
        book(cells("Группы", A2="POБO-1", B2="POБO"), only=("Группы",)),
    ),
    "w15_classes.xlsx": (
        "«5-е классы» with a line break and «7+» are classes.",
        book(cells("Курсы", E2="5-е\nклассы, 7+"), only=("Курсы",)),
    ),
    "w16_times.xlsx": (
        "«14.30ч» and «16 00» are times.",
        book(cells("Расписание", C2="14.30ч", D2="16 00"), only=("Расписание",)),
    ),
    "w17_people.xlsx": ("«12 чел.» is 12.", book(cells("Группы", D2="12 чел.", E2="3,0"), only=("Группы",))),
    "w18_percent.xlsx": ("12 % is no number of seats.", book(percent_of_seats, only=("Группы",))),
    "w19_money.xlsx": ("68 ₽ are no hours.", book(money_for_hours, only=("Курсы",))),
    "w20_rounded.xlsx": ("The cell shows 12 and holds 11.6.", book(rounded_seats, only=("Группы",))),
    "w21_words_of_a_format.xlsx": ("The format adds «чел.» to the 12: it is 12.", book(seats_in_words, only=("Группы",))),
    "w22_days_from_1904.xlsx": (
        "Birth dates as bare numbers of a book that counts from 1904.",
        book(births_as_numbers, only=PUPILS, mac=True),
    ),
    "w23_lost_letter.xlsx": (
        "A «?» in a name is a letter lost.",
        book(cells("Ученики", B2="Шовгенов ?замат Русланович"), only=PUPILS),
    ),
    "w24_every_fault_at_once.xlsx": (
        "A fault in «Ученики» does not hide that a change meets no lesson.",
        book(cells("Ученики", C2="седьмой"), more={"Изменения": [CHANGES, ["РОБО-1", "04.12.2026", "15:00", "отмена", None]]}),
    ),
    "w25_day_or_month.xlsx": (
        "11/10/2026 in the calendar is asked about.",
        book(only=("Календарь",), more={"Календарь": [["Дата", "День", "Название"], ["11/10/2026", "выходной", None]]}),
    ),
    "w26_month_in_words.xlsx": (
        "«24.ноя.26», «чт, 10.12.2026», «31 дек.» are days.",
        book(
            only=("Календарь",),
            more={
                "Календарь": [
                    ["Дата", "День", "Название"],
                    ["24.ноя.26", "выходной", "один"],
                    ["чт, 10.12.2026", "выходной", "два"],
                    ["31 дек.", "каникулы", "три"],
                ]
            },
        ),
    ),
    "w27_unseen_letters.xlsx": (
        "Zero-width and hard spaces in codes and names change nothing.",
        book(cells("Ученики", A2="У\u200b1", B2="Шовгенов\N{NO-BREAK SPACE}Азамат Русланович", A3=" у2 "), only=PUPILS),
    ),
    "w28_class_of_a_date.xlsx": (
        "«1-1» that Excel made 1 January is no class.",
        book(cells("Ученики", C2=date(2026, 1, 1)), only=PUPILS),
    ),
    "w29_one_one.xlsx": ("«1-1» is refused: it must never become 11.", book(cells("Ученики", C2="1-1", C3="1–1"), only=PUPILS)),
    "w30_class_words.xlsx": (
        "«7 кл», «7А кл.», «7-й», «7 «б» класс» are classes, and never «7КЛ».",
        book(cells("Ученики", C2="7 кл", C3="7А кл.", C4="7 «б»\nкласс"), only=PUPILS),
    ),
    "w31_merged_class.xlsx": ("A class merged over two pupils is both pupils'; it is said.", book(merged_class, only=PUPILS)),
    "w32_same_code_twice.xlsx": (
        "У1 and Latin Y1 in one sheet are one code twice.",
        book(cells("Ученики", A3="Y1"), only=PUPILS),
    ),
    "w33_short_birth.xlsx": (
        "Births with years of two digits, and in words.",
        book(cells("Ученики", D2="05.03.13", D3="6 апреля 2013 г.", D4="2013-07-08T00:00:00"), only=PUPILS),
    ),
    "w34_formula_apart.xlsx": (
        "A formula without a value in a column the bot does not know is nobody's fault.",
        book(cells("Ученики", E1="№ п/п", E2="=ROW()-1", E3="=ROW()-1"), only=PUPILS),
    ),
    "w35_formula_of_code.xlsx": (
        "A code that is a formula without a value is a fault.",
        book(cells("Ученики", A2='="У"&1'), only=PUPILS),
    ),
    "w36_heading_with_a_hint.xlsx": (
        "«Дата рождения (дд.мм.гггг)» and «Ф. И. О.» are the columns meant.",
        book(cells("Ученики", D1="Дата рождения\n(дд.мм.гггг)", B1="Ф. И. О. *"), only=PUPILS),
    ),
    "w37_numbered_to_thirty.xlsx": (
        "Rows in which only an unknown column holds something are empty.",
        book(
            more={"Ученики": [[*row, number or "№"] for number, row in enumerate([*base()["Ученики"], *[[None] * 4] * 20])]},
            only=PUPILS,
        ),
    ),
    "w38_yo.xlsx": (
        "«Федорова Алена» is written otherwise: the name changes, the pupil stays.",
        book(cells("Ученики", B3="Федорова Алена Ильинична"), only=PUPILS),
    ),
    "w39_spaced_times.xlsx": ("«15. 00», «16-30».", book(cells("Расписание", C2="15. 00", D2="16-30"), only=("Расписание",))),
    "w40_two_days.xlsx": ("Two weekdays in one cell are a fault.", book(cells("Расписание", B2="вт, чт"), only=("Расписание",))),
    "w41_names_in_columns.xlsx": (
        "The pupils' names in three columns, as a register prints them.",
        book(three_columns, only=PUPILS),
    ),
}
