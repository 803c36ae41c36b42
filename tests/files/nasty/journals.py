"""Nasty journals: name of the file → (what must come of it, in words; its bytes)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.files.nasty.tools import (
    ALYONA,
    AZAMAT,
    LESSON,
    LIST,
    TIMUR,
    csv,
    error,
    formatted,
    marked,
    ods,
    page,
    raised,
    saved,
    xlsx,
)

DAY = date(2026, 11, 19)
SERIAL_1904 = (DAY - date(1904, 1, 1)).days


def hidden_below(seen: list[list[Any]], unseen: list[list[Any]]) -> bytes:
    """A list on a sheet, and another on one that is hidden."""
    book = Workbook()
    for title, rows in (("Журнал", seen), ("Черновик", unseen)):
        sheet = book.worksheets[0] if title == "Журнал" else book.create_sheet()
        sheet.title = title
        for row in rows:
            sheet.append(row)
    book["Черновик"].sheet_state = "hidden"
    return saved(book)


def grid(title: str, rows: list[list[Any]], change: Callable[[Worksheet], None] = lambda _: None) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    for row in rows:
        sheet.append(row)
    change(sheet)
    return saved(book)


def months(sheet: Worksheet) -> None:
    sheet.merge_cells("D1:E1")


def merged(sheet: Worksheet) -> None:
    for column in "AB":
        sheet.merge_cells(f"{column}2:{column}3")


JOURNALS: dict[str, tuple[str, bytes]] = {
    "j10_error_cell.xlsx": (
        "An Excel error is a fault with its cell, never an empty cell that takes the mark away.",
        xlsx([[DAY, "РОБО-1", AZAMAT, 5], [DAY, "РОБО-1", ALYONA, None]], error("D3", "#N/A")),
    ),
    "j11_errors_as_text.csv": (
        "The errors of a Russian Excel, written out into a CSV, are faults too.",
        csv(f"{LESSON};РОБО-1;{AZAMAT};#ДЕЛ/0!", f"{LESSON};РОБО-1;{ALYONA};;#Н/Д", f"#ССЫЛКА!;РОБО-1;{TIMUR};5"),
    ),
    "j12_formula_without_value.xlsx": (
        "A formula nobody has worked out is a fault.",
        xlsx([[DAY, "РОБО-1", AZAMAT, "=4+1"], [DAY, "РОБО-1", ALYONA, 4]]),
    ),
    "j13_formula_as_text.csv": ("A formula in a CSV is a fault.", csv(f"{LESSON};РОБО-1;{AZAMAT};=СУММ(D3:D9)")),
    "j14_kept_as_text.csv": ('What Excel writes as ="У1" is У1.', csv(f'{LESSON};РОБО-1;"=""У1""";"=""5"""')),
    "j15_mark_and_its_word.csv": (
        "A mark with its word beside it is one mark.",
        marked((AZAMAT, "5 (отлично)"), (ALYONA, "хор. 4"), (TIMUR, "3 - удовл.")),
    ),
    "j16_mark_against_its_word.csv": ("«5 (хорошо)» may be either.", marked((AZAMAT, "5 (хорошо)"))),
    "j17_days_from_1904.xlsx": (
        "A book that counts days from 1904: the bare number is 19 November 2026.",
        xlsx([[SERIAL_1904, "РОБО-1", TIMUR, 5]], mac=True),
    ),
    "j18_day_or_month.csv": ("11/10/2026 is asked about.", csv(f"11/10/2026;РОБО-1;{TIMUR};5")),
    "j19_last_year.csv": ("A day of another academic year is never taken as this year's.", csv(f"19.11.2025;РОБО-1;{TIMUR};5")),
    "j20_days_of_excel.csv": (
        "Excel's own Russian dates are all 19 November 2026.",
        csv(
            f"19.ноя.26;РОБО-1;{AZAMAT};5",
            f"чт, 19.11.2026;РОБО-1;{ALYONA};4",
            f"19 ноября 2026 г.;РОБО-1;{TIMUR};3",
            "19-нояб-2026 0:00:00;РОБО-1;У4;3",
            "2026.11.19;РОБО-1;У5;3",
        ),
    ),
    "j21_percent.xlsx": (
        "50 % in the cell of a mark: shown and held differ, nothing is guessed.",
        xlsx([[DAY, "РОБО-1", TIMUR, 0.5]], formatted("D2", "0%")),
    ),
    "j22_money.xlsx": ("5.00 ₽ is no mark.", xlsx([[DAY, "РОБО-1", TIMUR, 5]], formatted("D2", '0.00\\ "₽"'))),
    "j23_rounded.xlsx": ("The cell shows 5 and holds 4.6.", xlsx([[DAY, "РОБО-1", TIMUR, 4.6]], formatted("D2", "0"))),
    "j24_two_digits_after.xlsx": ("5.00 is 5.", xlsx([[DAY, "РОБО-1", TIMUR, 5]], formatted("D2", "0.00"))),
    "j25_weight_beside.xlsx": (
        "A raised 2 beside a 5 is its weight: a 5, not 52.",
        xlsx([[DAY, "РОБО-1", TIMUR, raised("5", "2")]]),
    ),
    "j26_weight_as_a_sign.csv": ("The same with a sign of its own.", marked((TIMUR, "5²"))),
    "j27_marks_together.csv": ("«45» is asked about: a 4 and a 5, or another scale.", marked((TIMUR, "45"))),
    "j28_full_width.csv": ("Full-width digits are digits.", csv(f"１９.１１.２０２６;РОБО-１;{TIMUR};５")),
    "j29_stray_signs.csv": (
        "A stray dot or apostrophe is none of the mark.",
        marked((AZAMAT, "5."), (ALYONA, "'4"), (TIMUR, "3,")),
    ),
    "j30_latin_group.csv": (
        "The group in Latin look-alikes, in lower case, with spaces about a long dash.",
        csv(f"{LESSON};POБO-1;{AZAMAT};5", f"{LESSON};робо – 1;{ALYONA};4", f"{LESSON};РОБО‑1;{TIMUR};3"),
    ),
    "j31_name_first.csv": ("«Азамат Шовгенов» proposes the pupil.", marked(("Азамат Шовгенов", "5"))),
    "j32_initials.csv": (
        "Initials propose the pupil.",
        marked(("Шовгенов А. Р.", "5"), ("Т.З. Цеев", "4"), ("Фёдорова А.И.", "5")),
    ),
    "j33_palochkas.csv": (
        "The palochka as Latin I, l, 1, |, and the Ukrainian І, and small ӏ.",
        csv(
            *(
                f"{day};РОБО-1;Мэщбаш{letter}э Нурбый;5"
                for day, letter in zip(("05.11", "12.11", "19.11", "17.09", "24.09", "01.10", "08.10"), "Il1|ІӏӀ", strict=True)
            )
        ),
    ),
    "j34_apostrophes.csv": (
        "An apostrophe of any kind, or none, is the same name.",
        csv("05.11;РОБО-1;ХьатIу Д’анэ;5", "12.11;РОБО-1;Хьат1у Данэ;4", "19.11;РОБО-1;ХьатӀу Дʼанэ;3"),
    ),
    "j35_lost_letter.csv": (
        "Windows-1251 has no palochka: the «?» in its place is named as what it is.",
        csv("19.11.2026;РОБО-1;Мэщбаш?э Нурбый;5", encoding="cp1251"),
    ),
    "j36_letters_of_dos.csv": ("CP866 is named.", csv(f"{LESSON};РОБО-1;{TIMUR};5", encoding="cp866")),
    "j37_letters_of_unix.csv": ("KOI8-R is named.", csv(f"{LESSON};РОБО-1;Цеев Тимур;5", encoding="koi8-r")),
    "j38_merged_day.xlsx": (
        "A day and a group merged over two pupils are both pupils'; it is said.",
        xlsx([[DAY, "РОБО-1", AZAMAT, 5], [None, None, ALYONA, 4]], merged),
    ),
    "j39_headings_only.xlsx": ("Headings only: there are no rows, and nothing changes.", xlsx([])),
    "j40_class_in_two_files.csv": (
        "Of 5 November stand Азамат and Алёна; a file with Тимур alone asks what becomes of their marks.",
        csv(f"05.11.2026;РОБО-1;{TIMUR};4"),
    ),
    "j41_marks_gone.csv": (
        "A file that takes away more than a fifth of the group's marks is asked about.",
        csv(f"05.11.2026;РОБО-1;{AZAMAT};", f"05.11.2026;РОБО-1;{ALYONA};"),
    ),
    "j42_no_lesson.csv": (
        "23 November is a Monday without a lesson: told, and answered by applying.",
        csv(f"23.11.2026;РОБО-1;{TIMUR};5"),
    ),
    "j43_hundred.csv": ("95 is not of five points: asked.", marked((TIMUR, "95"), (AZAMAT, "88"))),
    "j44_unseen_letters.csv": (
        "A hard space, a zero-width one and a soft hyphen in names.",
        marked(("Цеев\N{NO-BREAK SPACE}Тимур", "5"), ("Шов\u00adгенов\u200b Азамат", "4"), ("\ufeffФедорова  Алена", "3")),
    ),
    "j45_mark_became_a_day.xlsx": ("3/2 that Excel made a date.", xlsx([[DAY, "РОБО-1", TIMUR, date(2026, 2, 3)]])),
    "j46_page.xls": (
        "A web page named .xls.",
        page([LIST, [LESSON, "РОБО-1", TIMUR, "5"], [LESSON, "РОБО-1", AZAMAT, "4<sup>2</sup>"]]),
    ),
    "j47_open.ods": (
        "LibreOffice's own table, with a million empty rows at its end.",
        ods(
            [
                LIST,
                [
                    '@office:value-type="date" office:date-value="2026-11-19"',
                    "РОБО-1",
                    TIMUR,
                    '@office:value-type="float" office:value="5"',
                ],
            ]
        ),
    ),
    "j48_open_formula.ods": (
        "A formula without a value in LibreOffice's table.",
        ods([LIST, [LESSON, "РОБО-1", TIMUR, '@table:formula="of:=4+1"']]),
    ),
    "j49_open_percent.ods": (
        "A percent in LibreOffice's table.",
        ods([LIST, [LESSON, "РОБО-1", TIMUR, '@office:value-type="percentage" office:value="0.5"']]),
    ),
    "j50_utf16.csv": (
        "«Текст Юникод» of Excel: UTF-16 with tabs.",
        csv(f"{LESSON};РОБО-1;{TIMUR};5", encoding="utf-16", mark="\t"),
    ),
    "j51_windows.csv": ("Windows-1251 with commas.", csv(f"{LESSON};РОБО-1;{TIMUR};5", encoding="cp1251", mark=",")),
    "j52_namesakes.csv": ("Two of one name: which, is not guessed.", marked(("Иванов Иван", "5"))),
    "j53_namesake_by_class.csv": ("The class tells them apart.", marked(("Иванов Иван, 7б", "5"))),
    "j54_headings_in_dots.csv": (
        "«Ф. И. О.», «дата занятия», «ОЦЕНКА *» are the columns meant.",
        csv(f"{LESSON};РОБО-1;{TIMUR};5", head="дата занятия;Группа;Ф. И. О.;ОЦЕНКА *"),
    ),
    "j55_tomorrow.csv": ("A day that has not come.", csv(f"26.11.2026;РОБО-1;{TIMUR};5")),
    "j56_two_lessons.csv": ("Two rows of a pupil and day are two lessons.", marked((TIMUR, "5"), (TIMUR, "4"))),
    "j57_letter_o.csv": ("«О» means one thing here and another there: asked.", csv(f"{LESSON};РОБО-1;{TIMUR};;О")),
    "j58_latin_h.csv": (
        "Latin H is Н; Latin B is В, which nobody has explained: asked.",
        csv(f"{LESSON};РОБО-1;{TIMUR};;H", f"{LESSON};РОБО-1;{AZAMAT};;B"),
    ),
    "j59_several_marks.csv": ("Several marks in a cell.", marked((TIMUR, "4 5"), (AZAMAT, "3/2"), (ALYONA, "О 4"))),
    "j60_a_half.csv": ("4,5 is one mark or two: asked.", marked((TIMUR, "4,5"), (AZAMAT, ".5"))),
    "j61_line_breaks.xlsx": (
        "Line breaks in cells are spaces.",
        xlsx([[DAY, "РОБО-1\n", "Цеев\nТимур", "4\n5"], [datetime(2026, 11, 19, 15, 0), "РОБО-1", AZAMAT, 5]]),  # noqa: DTZ001 - as Excel gives it
    ),
    "j62_short_year.csv": (
        "Years of two digits and none at all.",
        csv(
            f"19.11.26;РОБО-1;{TIMUR};5", f"05.11;РОБО-1;{TIMUR};4", f"5 нояб;РОБО-1;{ALYONA};4", f"5.11.26 г.;РОБО-1;{AZAMAT};5"
        ),
    ),
    "j63_serial_as_text.csv": ("A date that became a number in a CSV is not guessed.", csv(f"46345;РОБО-1;{TIMUR};5")),
    "j64_stranger.csv": ("Nobody of that name.", marked(("Неизвестный Никто", "5"))),
    "j65_unknown_group.csv": ("No such group.", csv(f"{LESSON};РОБО-9;{TIMUR};5")),
    "j66_empty_tail.csv": (
        "Rows of nothing but separators are none.",
        csv(f"{LESSON};РОБО-1;{TIMUR};5", ";;;;;", "; ;\u200b;;;"),
    ),
    "j67_minus_and_plus.csv": ("5− with the sign of mathematics is 5-.", marked((TIMUR, "5−"), (AZAMAT, "4+"))),
    "j68_leading_zero.xlsx": ("A mark 05 by its format is a 5.", xlsx([[DAY, "РОБО-1", TIMUR, 5]], formatted("D2", "00"))),
    "j80_grid.xlsx": (
        "A grid: real dates, a day twice for two lessons, averages at the right, a row of topics, a legend below.",
        grid(
            "РОБО-1",
            [
                ["№", "ФИО", date(2026, 11, 12), DAY, DAY, "26.11.26", "Средняя"],
                [1, AZAMAT, 4, "5", "ОП 4", None, 4.33],
                [2, ALYONA, None, "Н", 4, None, 4],
                [3, TIMUR, 3, "3/2", None, None, 2.67],
                [None, "Тема", "Датчики", "Моторы", "Сборка"],
                [],
                [None, "Н - неуважительная причина"],
            ],
        ),
    ),
    "j81_grid_of_months.xlsx": (
        "A grid of a club: months merged over days, the Latin H for an absence.",
        grid(
            "РОБО-1",
            [
                ["ФИО", "Класс", "Всего", "Ноябрь", None],
                [None, None, None, 12, 19],
                [AZAMAT, "7А", 1, 4, "H"],
                [TIMUR, "7Б", 0, 3, "5"],
            ],
            months,
        ),
    ),
    "j82_grid_of_nobody.xlsx": (
        "A sheet that is named like no group: told, with the groups there are.",
        grid("Лист1", [["ФИО", "12.11", "19.11.2026"], [AZAMAT, 4, 5], [TIMUR, 3, 4]]),
    ),
    "j83_grid_error.xlsx": (
        "An error in a grid is a fault with its cell.",
        grid("РОБО-1", [["Ученик", "12.11", "19.11"], [AZAMAT, 4, "#Н/Д"], [TIMUR, 3, "=1"]]),
    ),
    "j84_grid_of_tomorrow.xlsx": (
        "A mark under a day that has not come is a fault; an empty column of the year ahead is none.",
        grid("РОБО-1", [["Ученик", "12.11", "26.11", "03.12"], [AZAMAT, 4, 5, None], [TIMUR, 3, None, None]]),
    ),
    "j85_report.xlsx": (
        "The report of «Сетевой город»: blocks of different width, days twice, averages that are no marks, a legend, foreign subjects.",
        grid(
            "Отчет",
            [
                ["МБОУ СОШ № 8"],
                [],
                ["Отчет об успеваемости и посещаемости ученика"],
                ["Учебный год: 2026/2027"],
                ["Класс: 7А"],
                ["Период: с 01.11.26 по 25.11.26"],
                ["Ученик: Шовгенов Азамат"],
                [],
                ["Предмет", "Ноябрь", None, None, "Средняя\nоценка"],
                [None, 12, 19, 19],
                ["Математика", 5, "Н", None, 5],
                ["Робототехника", 4, "5 4", "ОП", 4.33],
                [],
                ["Н", "неуважительная"],
                ["Ученик: Цеев Тимур"],
                ["Предмет", "Ноябрь", None, "Средняя оценка"],
                [None, 12, 19],
                ["Робототехника", 3, "Б", 3],
            ],
        ),
    ),
    "j86_report_of_a_page.xls": (
        "The same as a web page named .xls, months over days by colspan.",
        (
            "<html><body><table><tr><td>Ученик:</td><td>Иванов Иван</td></tr><tr><td>Класс:</td><td>7Б</td></tr>"
            "<tr><td>Период: с 01.11.26 по 25.11.26</td></tr><tr><td rowspan=2>Предмет</td><td colspan=2>Ноябрь</td></tr>"
            "<tr><td>12</td><td>19</td></tr><tr><td>Робототехника</td><td>5</td><td>4</td></tr></table></body></html>"
        ).encode("cp1251"),
    ),
    "j87_report_of_others.xlsx": (
        "A report in which no subject is a course here.",
        grid("Отчет", [["Ученик: Цеев Тимур"], ["Предмет", "Ноябрь"], [None, 12], ["Математика", 3]]),
    ),
    "j90_days_of_offices.csv": (
        "Days as offices and foreign programs write them are all 19 November 2026.",
        csv(
            f"«19» ноября 2026 г.;РОБО-1;{AZAMAT};5",
            f"19,11,2026;РОБО-1;{ALYONA};4",
            f"19.XI.2026;РОБО-1;{TIMUR};3",
            "Thursday, November 19, 2026;РОБО-1;У4;3",
            "19 ноября 2026 года, четверг;РОБО-1;У5;3",
        ),
    ),
    "j91_another_weekday.csv": ("19 November is no Friday: one of the two is a slip.", csv(f"пт, 19.11.2026;РОБО-1;{TIMUR};5")),
    "j92_cut_words.csv": (
        "Words of attendance cut short are attendance, never marks.",
        marked((AZAMAT, "опозд."), (ALYONA, "осв."), (TIMUR, "Н."), ("У4", "болезн.")),
    ),
    "j93_words_nobody_explains.csv": (
        "«н.б.», «дист», «выбыл» are asked about, never told as marks.",
        marked((AZAMAT, "н.б."), (ALYONA, "дист."), (TIMUR, "выбыл")),
    ),
    "j94_points.csv": (
        "Five points, a five in words beside it, in quotes: a 5.",
        marked((AZAMAT, "5 баллов"), (ALYONA, "5 (пять)"), (TIMUR, "«5»"), ("У4", "5'"), ("У5", "5б.")),
    ),
    "j95_odd_marks.csv": (
        "What may be a five, and may be something else, is no mark yet.",
        marked((AZAMAT, "5?"), (ALYONA, "(5)"), (TIMUR, "86%"), ("У4", "5б"), ("У5", "5 за работу"), ("У6", "4-5")),
    ),
    "j96_sums_below.csv": (
        "Sums, a signature and the heading once more are no pupils.",
        csv(f"{LESSON};РОБО-1;{TIMUR};5", ";".join(LIST), f"{LESSON};РОБО-1;{AZAMAT};4", ";;Итого;2", "Педагог: Гучетль П.К.;;;"),
    ),
    "j97_other_headings.csv": (
        "Headings as electronic journals have them.",
        csv(f"{LESSON};гр. РОБО-1;1. {TIMUR};5", head="Дата урока;Код группы;ФИО обучающегося;Отметки"),
    ),
    "j98_more_palochkas.csv": (
        "The palochka as «!», as the Roman one and as other upright signs.",
        csv(*(f"{day};РОБО-1;Мэщбаш{sign}э Нурбый;5" for day, sign in zip(("05.11", "12.11", "19.11"), "!Ⅰǀ", strict=True))),
    ),
    "j99_grid_with_sums.xlsx": (
        "A grid of the group named in its title, with sums and a signature below.",
        grid(
            "Лист1",
            [
                ["Журнал группы РОБО-1"],
                ["Список учащихся", DAY],
                [f"1. {TIMUR}", 5],
                [f"2) {AZAMAT}", "н"],
                ["Итого н", 1],
                ["Педагог ____ Гучетль П.К."],
            ],
        ),
    ),
    "j100_hidden_sheet.xlsx": (
        "Marks on a sheet that nobody sees are said to be there.",
        hidden_below([LIST[:4], [LESSON, "РОБО-1", TIMUR, 5]], [LIST[:4], [LESSON, "РОБО-1", AZAMAT, 4]]),
    ),
    "j101_names_in_columns.csv": (
        "Surname and first name in columns of their own; the day the American way round, where it can be no other.",
        csv("11/19/2026;РОБО-1;Цеев;Тимур;Заурович;5", head="Дата;Группа;Фамилия;Имя;Отчество;Отметка"),
    ),
    "j102_grid_of_two_columns.xlsx": (
        "A grid whose pupils stand in two columns.",
        grid("РОБО-1", [["№", "Фамилия", "Имя", DAY], [1, "Цеев", "Тимур", 5], [2, "Шовгенов", "Азамат", "н"]]),
    ),
}
