"""More nasty journals and workbooks: errors of other programs, what is struck out, titles of other years, codes of other children."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from tests.files.nasty.books import CHANGES, PUPILS
from tests.files.nasty.journals import DAY, grid
from tests.files.nasty.tools import ALYONA, AZAMAT, BIRTHS, LESSON, LIST, TIMUR, book, cells, csv, marked, ods, page, raised, xlsx

_SHEET = "xl/worksheets/sheet1.xml"


def rewritten(content: bytes, **cells_: str) -> bytes:
    """The XLSX with other XML for some of its cells, as another program has it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for part in before.infolist():
            text = before.read(part).decode("utf-8", "surrogateescape") if part.filename == _SHEET else None
            for place, xml in cells_.items() if text else ():
                start = text.index(f'<c r="{place}"') if text else 0
                text = f"{text[:start]}{xml}{text[text.index('</c>', start) + 4 :]}" if text else None
            after.writestr(part.filename, before.read(part) if text is None else text.encode())
    return out.getvalue()


def struck(*places: str) -> Callable[[Worksheet], None]:
    def change(sheet: Worksheet) -> None:
        for place in places:
            sheet[place].font = Font(strike=True)

    return change


def struck_pupil(made: Workbook) -> None:
    struck("B4")(made["Ученики"])


def names(*order: int, births: bool) -> Callable[[Workbook], None]:
    """The column of names (and of birth dates) in another order than the codes."""
    full = ["Шовгенов Азамат Русланович", "Фёдорова Алёна Ильинична", "Цеев Тимур Заурович"]
    moved: dict[str, Any] = {f"B{row}": full[at] for row, at in enumerate(order, 2)}
    return cells("Ученики", **moved, **({f"D{row}": BIRTHS[at] for row, at in enumerate(order, 2)} if births else {}))


THREE = [[DAY, "РОБО-1", one, 7] for one in (AZAMAT, ALYONA, TIMUR)]

MORE: dict[str, tuple[str, bytes]] = {
    "j110_errors_of_programs.csv": (
        "Errors of LibreOffice and of new Excels, in small letters too, are faults.",
        marked(*((AZAMAT, said) for said in ("Ошибка:502", "err:522", "#ПЕРЕНОС!", "#н/д", "#ПОЛЕ!", "#ОЖИДАНИЕ_ДАННЫХ"))),
    ),
    "j111_formulas_apart.xlsx": (
        "A shared formula and one of a text, neither with a value, and an error kept as a text: three faults.",
        rewritten(
            xlsx(THREE),
            D2='<c r="D2"><f t="shared" ref="D2:D3" si="0">1+1</f></c>',
            D3='<c r="D3" t="str"><f>A1</f></c>',
            D4='<c r="D4" t="inlineStr"><is><t>#Н/Д</t></is></c>',
        ),
    ),
    "j112_open_errors.ods": (
        "LibreOffice keeps an error as an empty text, OpenOffice as a nought, with its word beside it: faults, never empty cells.",
        ods(
            [
                LIST,
                [
                    LESSON,
                    "РОБО-1",
                    TIMUR,
                    '@table:formula="of:=1/0" office:value-type="string" office:string-value="" calcext:value-type="error"',
                ],
                [LESSON, "РОБО-1", AZAMAT, '@table:formula="of:=1/0" office:value-type="float" office:value="0"|#ДЕЛ/0!'],
            ]
        ),
    ),
    "j113_formula_in_a_heading.xlsx": (
        "A day nobody has worked out, above marks, is a fault: its marks are not left out in silence.",
        grid("РОБО-1", [["ФИО", date(2026, 11, 12), "=B1+7"], [AZAMAT, 4, 5], [TIMUR, 3, 4]]),
    ),
    "j114_days_of_a_report.xlsx": (
        "The same in a report, and «19 (2)».",
        grid(
            "Отчет",
            [
                ["Ученик: Цеев Тимур"],
                ["Предмет", "Ноябрь", None, None, "Ср."],
                [None, 12, "=B3+7", "19 (2)"],
                ["Робототехника", 3, 4, 5, 4],
            ],
        ),
    ),
    "j115_struck_out.xlsx": (
        "A mark struck out beside another, a mark and a pupil struck out whole: nobody counts them, so they are asked about.",
        xlsx(
            [
                [DAY, "РОБО-1", TIMUR, CellRichText(TextBlock(InlineFont(strike=True), "3"), " 5")],
                [DAY, "РОБО-1", ALYONA, 4],
                [DAY, "РОБО-1", AZAMAT, 4],
            ],
            struck("D3", "C4"),
        ),
    ),
    "j116_struck_out_page.xls": (
        "The same of a web page.",
        page([LIST, [LESSON, "РОБО-1", TIMUR, "<s>3</s> 5"], [LESSON, "РОБО-1", AZAMAT, "<del>4</del>"]]),
    ),
    "j117_topics_alone.csv": (
        "A list without a column for marks or attendance takes none away.",
        csv("12.11.2026;РОБО-1;У1;Датчики", "12.11.2026;РОБО-1;У3;Датчики", head="Дата;Группа;Ученик;Тема"),
    ),
    "j118_attendance_alone.csv": (
        "A list of attendance takes no marks away.",
        csv("12.11.2026;РОБО-1;У1;Н", "12.11.2026;РОБО-1;У3;", head="Дата;Группа;Ученик;Посещаемость"),
    ),
    "j119_hour_of_greenwich.csv": (
        "21:00 of Greenwich on the 18th is midnight of the 19th here: no day is read, rather than a wrong one.",
        csv(f"2026-11-18T21:00:00.000Z;РОБО-1;{TIMUR};5"),
    ),
    "j120_days_and_hours.csv": (
        "Days with an hour beside them are all 19 November 2026.",
        csv(
            f"2026-11-19T00:00:00Z;РОБО-1;{AZAMAT};5",
            f"19.11.2026 в 15:30;РОБО-1;{ALYONA};5",
            f"19.11.2026, 15:30;РОБО-1;{TIMUR};4",
            "19 / 11 / 2026;РОБО-1;У4;5",
            "19.11.2026 15:00-16:30;РОБО-1;У5;5",
        ),
    ),
    "j121_no_days.csv": (
        "None of these is a day: the nought is no first of the month.",
        csv(*(f"{day};РОБО-1;{TIMUR};5" for day in ("00.11.2026", "31.11.2026", "19.11.206", "19-20.11.2026", "20261119"))),
    ),
    "j122_day_as_a_number.xlsx": (
        "The number 5.1 was typed 5.1 or 5.10: asked.",
        xlsx([[5.1, "РОБО-1", TIMUR, 5], [19.11, "РОБО-1", AZAMAT, 4]]),
    ),
    "j123_title_of_last_year.csv": (
        "Days without a year below «2025/2026 учебный год» are that year's.",
        ("Журнал за 2025/2026 учебный год;;;\r\n" + csv(f"12.11;РОБО-1;{TIMUR};5").decode("utf-8-sig")).encode("utf-8-sig"),
    ),
    "j124_grid_of_last_year.xlsx": (
        "The same of a grid.",
        grid("РОБО-1", [["Журнал учёта, 2025-26 уч. год"], ["ФИО", "12.11", "19.11"], [TIMUR, 5, 4]]),
    ),
    "j125_report_of_last_year.xlsx": (
        "The same of a report that names no period; told once.",
        grid(
            "Отчет",
            [
                ["Учебный год: 2025/2026"],
                ["Ученик: Цеев Тимур"],
                ["Предмет", "Ноябрь", None],
                [None, 12, 19],
                ["Робототехника", 5, 4],
                ["Ученик: Шовгенов Азамат"],
                ["Предмет", "Ноябрь", None],
                [None, 12, 19],
                ["Робототехника", 5, 4],
            ],
        ),
    ),
    "j126_report_otherwise.xlsx": (
        "A report that says «Обучающийся» and parts its period with a dash.",
        grid(
            "Отчет",
            [
                ["Обучающийся: Цеев Тимур"],
                ["Период: 13.11.2026 - 25.11.2026"],
                ["Предмет", "Ноябрь", None],
                [None, 12, 19],
                ["Робототехника", 3, 4],
            ],
        ),
    ),
    "j127_letters_alike.csv": (
        "Greek letters, a stress mark, other palochkas: the same names.",
        csv(
            f"{LESSON};РОБО-1;Шовге\u0301нов Азамат;5",
            f"{LESSON};ΡΟБΟ-1;Фёдоρова Αлёна;4",
            "05.11;РОБО-1;МэщбашΙэ Нурбый;5",
            "12.11;РОБО-1;Мэщбаш│э Нурбый;4",
        ),
    ),
    "j128_grid_with_rows_between.xlsx": (
        "Weekdays under the days, classes between the pupils, who has looked at it below: none of them is a pupil.",
        grid(
            "РОБО-1",
            [
                ["ФИО", "12.11", "19.11", "26.11"],
                [None, "чт", "чт", "Чт."],
                ["7А класс"],
                [AZAMAT, 4, 5],
                ["7 «Б»"],
                [TIMUR, 3, 4],
                ["Проверил: Нехай С.А."],
                ["Дата сдачи журнала 20.11.2026"],
            ],
        ),
    ),
    "j129_two_tables_on_a_sheet.xlsx": (
        "Two grids one below the other: the days of the first are not the second's.",
        grid(
            "РОБО-1",
            [["ФИО", "12.11"], [AZAMAT, 4], [TIMUR, 3], [], ["Группа РОБО-1"], ["Ученик", DAY], [ALYONA, 5]],
        ),
    ),
    "j130_second_lessons.xlsx": (
        "«19.11 (2)» and «19.11.2026.1» are second lessons; «19.11 ДЗ» is a fault, for marks stand below it.",
        grid("РОБО-1", [["ФИО", "19.11", "19.11 (2)", "19.11.2026.1", "19.11 ДЗ"], [AZAMAT, 4, 5, 3, 2]]),
    ),
    "j131_second_lessons_read.xlsx": (
        "The same without it: three lessons of the day.",
        grid("РОБО-1", [["ФИО", "19.11", "19.11 (2)", "19.11.2026.1", "19.11 ДЗ"], [AZAMAT, 4, 5, 3, None]]),
    ),
    "j132_money_in_words.csv": (
        "Percents, roubles and less than nothing are no marks, and no codes to ask about.",
        marked((AZAMAT, "50 %"), (ALYONA, "5,00 ₽"), (TIMUR, "5 руб."), ("У4", "-5")),
    ),
    "w50_one_and_one.xlsx": (
        "«1 - 1», «1.1», «1 1» are no class, and never 11.",
        book(cells("Ученики", C2="1 - 1", C3="1.1", C4="1 1"), only=PUPILS),
    ),
    "w51_one_and_one_more.xlsx": (
        "Nor are «1--1», «1\"1», «1'1».",
        book(cells("Ученики", C2="1--1", C3='1"1', C4="1'1"), only=PUPILS),
    ),
    "w52_one_and_one_of_a_course.xlsx": (
        "Nor is the number 1.1 among a course's classes.",
        book(cells("Курсы", E2=1.1), only=("Курсы",)),
    ),
    "w53_names_sorted_alone.xlsx": (
        "The names were sorted without the codes: asked, nobody becomes another.",
        book(names(1, 2, 0, births=False), only=PUPILS),
    ),
    "w54_codes_shifted.xlsx": ("The codes were shifted: asked.", book(names(1, 2, 0, births=True), only=PUPILS)),
    "w55_another_child.xlsx": (
        "A code given to a child of another name and birth: asked.",
        book(cells("Ученики", B2="Петров Пётр Петрович", D2=date(2013, 12, 12)), only=PUPILS),
    ),
    "w61_births_sorted_alone.xlsx": (
        "The birth dates were sorted without the names: asked.",
        book(cells("Ученики", D2=BIRTHS[2], D3=BIRTHS[0], D4=BIRTHS[1]), only=PUPILS),
    ),
    "w60_births_cut_out.xlsx": (
        "The column of birth dates is there and empty: asked, not wiped.",
        book(cells("Ученики", D2=None, D3=None, D4=None), only=PUPILS),
    ),
    "w56_latin_in_a_name.xlsx": (
        "Latin letters in a Russian name are read as the Russian ones.",
        book(cells("Ученики", B2="Шoвгeнoв Азамат Русланович"), only=PUPILS),
    ),
    "w57_struck_out.xlsx": ("A pupil struck out: neither kept nor gone without a word.", book(struck_pupil, only=PUPILS)),
    "w58_raised_minutes.xlsx": (
        "«15⁰⁰» is 15:00.",
        book(cells("Расписание", C2=raised("15", "00"), D2="16³⁰"), only=("Расписание",)),
    ),
    "w59_faults_everywhere.xlsx": (
        "Faults of many sheets at once, «Изменения» among them.",
        book(
            cells("Ученики", D2="#Н/Д"),
            more={
                "Изменения": [
                    CHANGES,
                    ["РОБО-1", "03.12.2026", "15:00", "перенос", None],
                    ["РОБО-9", "31.11.2026", "15:00", "отмена", None],
                ],
                "Календарь": [["Дата", "День", "Название"], ["11/10/2026", "выходной", None]],
            },
        ),
    ),
}
