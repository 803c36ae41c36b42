"""Makes the default templates of the documents of learning: `python -m bot.documents.certificate_template`.

Words a template may use: certificates, each with number, day, child, course, direction, hours, first, last, year, organization,
licence, address, head, result, studied («обучалась»), of_pupil («учащейся»), link and qr (a picture); of certificate_note.docx also held, attended (academic hours) and
attendance («12 из 14»).
"""

from __future__ import annotations

from collections.abc import Callable

from bot.documents.sheet import SMALL, Sheet


def certificate() -> bytes:
    """A certificate of learning."""
    sheet = _begun("СВИДЕТЕЛЬСТВО", "об обучении по дополнительной общеразвивающей программе")
    sheet.line("{{ one.studied }} в сетевой форме", at="center", above=6)
    sheet.line("с {{ one.first }} по {{ one.last }} по программе", at="center")
    sheet.title("«{{ one.course }}»", size=15)
    sheet.line("направленность: {{ one.direction }}", at="center")
    sheet.line("в объёме {{ one.hours }} академических часов.", at="center")
    sheet.line("Результат: {{ one.result }}.", at="center", above=10)
    return _ended(sheet)


def note() -> bytes:
    """A note of a part of a course."""
    sheet = _begun("СПРАВКА", "об обучении (о периоде обучения)")
    sheet.line("{{ one.studied }} в сетевой форме", at="center", above=6)
    sheet.line("с {{ one.first }} по {{ one.last }} по программе", at="center")
    sheet.title("«{{ one.course }}»", size=15)
    sheet.line("направленность: {{ one.direction }}; объём программы: {{ one.hours }} академических часов.", at="center")
    sheet.line("За это время проведено академических часов: {{ one.held }}", at="center", above=10)
    sheet.line("из них с участием {{ one.of_pupil }}: {{ one.attended }}", at="center")
    sheet.line("Посещено занятий по журналу: {{ one.attendance }}", at="center")
    sheet.line("Итог: {{ one.result }}.", at="center", above=10)
    return _ended(sheet)


def _begun(title: str, of: str) -> Sheet:
    sheet = Sheet(title.capitalize())
    sheet.mark("for one in certificates")
    sheet.title("{{ one.organization }}", size=13)
    sheet.line("{{ one.address }}", at="center")
    sheet.line("Лицензия на осуществление образовательной деятельности: {{ one.licence }}", at="center", size=10)
    sheet.title(title, size=24, above=70)
    sheet.line(of, at="center")
    sheet.line("№ {{ one.number }} от {{ one.day }}", at="center", above=6)
    sheet.line("Настоящим подтверждается, что", at="center", above=24)
    sheet.title("{{ one.child }}", size=20, above=4)
    return sheet


def _ended(sheet: Sheet) -> bytes:
    from docx.enum.text import WD_BREAK

    sheet.line("Руководитель организации ____________________ / {{ one.head }} /", above=60)
    sheet.line("М. П.", above=10)
    sheet.mark("if one.link")
    sheet.line("{{ one.qr }}", above=24)
    sheet.line("Проверить подлинность: наведите камеру на квадрат или откройте", size=SMALL)
    sheet.line("{{ one.link }}", size=SMALL)
    sheet.mark("endif")
    sheet.mark("if not loop.last")
    sheet.line("").add_run().add_break(WD_BREAK.PAGE)
    sheet.mark("endif")
    sheet.mark("endfor")
    return sheet.saved()


MADE: dict[str, Callable[[], bytes]] = {"certificate.docx": certificate, "certificate_note.docx": note}

if __name__ == "__main__":
    from bot.documents.paper import TEMPLATES

    for name, make in MADE.items():
        (TEMPLATES / name).write_bytes(make())
