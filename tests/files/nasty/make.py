"""Make the nasty files anew: `python -m tests.files.nasty.make`. What must come of each stands beside it in NAME.right.txt.

Old Excel's books (`*.xls` that are no pages) are written by xlwt, which the bot itself does not need: they are made where it is there.
"""

from __future__ import annotations

import io
import subprocess
from datetime import date
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.files.nasty.books import BOOKS
from tests.files.nasty.journals import JOURNALS
from tests.files.nasty.more import MORE
from tests.files.nasty.tools import LIST, TIMUR

HERE = Path(__file__).parent


def old_excel() -> dict[str, tuple[str, bytes]]:
    """Books of Excel 97."""
    xlwt = import_module("xlwt")

    def saved(mark: object, format_: str = "General", *, wrong: bool = False) -> bytes:
        book = xlwt.Workbook()
        sheet = book.add_sheet("Журнал")
        for at, name in enumerate(LIST):
            sheet.write(0, at, name)
        sheet.write(1, 0, date(2026, 11, 19), xlwt.easyxf(num_format_str="DD.MM.YYYY"))
        sheet.write(1, 1, "РОБО-1")
        sheet.write(1, 2, TIMUR)
        if wrong:
            sheet.row(1).set_cell_error(3, 0x2A)
        else:
            sheet.write(1, 3, mark, xlwt.easyxf(num_format_str=format_))
        file = io.BytesIO()
        book.save(file)
        return file.getvalue()

    return {
        "j70_old_excel.xls": ("A book of old Excel is read.", saved(5)),
        "j71_old_error.xls": ("An error in it is a fault.", saved(None, wrong=True)),
        "j72_old_formula.xls": ("A formula without a value in it is a fault.", saved(xlwt.Formula("4+1"))),
        "j73_old_percent.xls": ("A percent in it is shown as it looks.", saved(0.5, "0%")),
    }


def by_libreoffice() -> dict[str, tuple[str, bytes]]:
    """What is struck out, as LibreOffice saves it."""
    content, found = MORE["j115_struck_out.xlsx"][1], {}
    with TemporaryDirectory() as folder:
        (Path(folder) / "made.xlsx").write_bytes(content)
        for name, kind in (("j74_struck_out.ods", "ods"), ("j75_struck_out.xls", "xls")):
            command = ["soffice", f"-env:UserInstallation=file://{folder}/own", "--headless", "--convert-to", kind]
            subprocess.run([*command, "--outdir", folder, f"{folder}/made.xlsx"], check=True, capture_output=True)
            found[name] = ("What is struck out, as LibreOffice saves it.", (Path(folder) / f"made.{kind}").read_bytes())
    return found


def main() -> None:
    made = JOURNALS | BOOKS | MORE
    try:
        made |= old_excel()
    except ImportError:
        print("no xlwt: the books of old Excel stay as they are")  # noqa: T201
    try:
        made |= by_libreoffice()
    except FileNotFoundError:
        print("no LibreOffice: what it has saved stays as it is")  # noqa: T201
    for name, (right, content) in made.items():
        (HERE / name).write_bytes(content)
        words = HERE / f"{name}.right.txt"
        _, _, said = words.read_text("utf-8").partition("\n\n") if words.exists() else ("", "", "")
        words.write_text(f"{right}\n\n{said}", "utf-8")


if __name__ == "__main__":
    main()
