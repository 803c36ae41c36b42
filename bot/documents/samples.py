"""Each paper of invented people: so that a school's own templates are tried before anybody needs them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.documents.agreements import Contract, agreement_docx
from bot.documents.certificate import RESULTS, Stated, certificate_docx
from bot.documents.consents import consents_docx
from bot.documents.courses import Between, Loaded, load_docx, programme_docx
from bot.documents.criteria import programme_docx as network_programme_docx
from bot.documents.law import DEFAULT, law
from bot.documents.orders import Moved, Order, order_docx
from bot.documents.paper import paper
from bot.documents.request import request_docx
from bot.documents.school_papers import application_docx, groups_docx, head_facts
from bot.refusals import Refusal
from storage.papers.agreements import Party, Taught
from storage.papers.consents import Recipient, Subject
from storage.papers.courses import Given, Programme, Topic
from storage.papers.kept import Kept
from storage.papers.orders import Ordered
from storage.papers.papers import Asking, Place, School, Wish
from storage.requests.requests import Line, Whole
from storage.requests.versions import Version

_DAY, _AT, _ZONE = date(2026, 9, 1), datetime(2026, 9, 1, tzinfo=UTC), ZoneInfo("Europe/Moscow")
_WHO, _CHILD, _COURSE, _WHERE = "Петрова Анна Ивановна", "Петров Миша Алексеевич", "Робототехника", "Центр"
_SCHOOL = School(1, "Школа", "с. Село, ул. Школьная, 1", _WHO, _WHO, "заместитель директора", "директор")
_PARTY = Party(3, _WHERE, "educational", "№ 1", "с. Село", "1", "https://example.org", _WHO, "директор", "Устава", "ИНН")
_PLACE = Place(3, _WHERE, _COURSE, 68, 1, "Г-01", "каб. 2", _WHO, 1, _CHILD, "7А", date(2010, 1, 1), _AT, 2026, 1)
_LINE = Ordered(1, 1, "added", 1, 3, _WHERE, _COURSE, "Г-01", 1, _CHILD)
_FIRST = Kept(1, 1, "Школа", 2026, "order", "1", _DAY, None, None, None, _DAY, "", "", _AT, None)
_ORDER = Order(_SCHOOL, 2026, _DAY, _DAY, [_PLACE], 1, number="2")
_ASKING = Asking(
    1,
    "submitted",
    _AT,
    _AT,
    _WHO,
    1,
    _CHILD,
    "7А",
    date(2010, 1, 1),
    1,
    1,
    (Wish(_COURSE, _WHERE, "спорт", 68, "Г-01"),),
    2026,
    2,
)
_BETWEEN = Between(_SCHOOL, _PARTY, 2026, _DAY)
_CONTRACT = Contract(
    _SCHOOL, _PARTY, _PARTY, "teaching", _DAY, (_DAY, _DAY), [Taught(_COURSE, "техническая", 68, ["7"])], 1, 2026, "1"
)


def _request(version: int | None, own: Path) -> bytes:
    lines = tuple(
        Line(1, 1, 1, _CHILD, "7А", _DAY, 1, _WHO, 1, _COURSE, 68, "requested", 1, "Г-01", 1, change)
        for change in ("added", "withdrawn")
    )
    whole = Whole(
        1, 2026, 1, _AT, 3, _WHERE, 1, "Школа", "с. Село", _WHO, _WHO, lines, (Version(1, _AT), Version(2, _AT)), version
    )
    return request_docx(whole, _ZONE, own)


def _programme(own: Path) -> bytes:
    groups, topics = (Given(1, "Г-01", _WHO, 12, "каб. 2"),), (Topic(1, "Датчики", 2),)
    return programme_docx(_BETWEEN, [Programme(1, _COURSE, "техническая", ["7"], 68, "О роботах", groups, topics)], {}, own)


_TALLY = {"share": "90 %", "absent": 1, "sick": 1, "excused": 0, "late": 0, "marks": 2, "average": "4,5"}
# What bot/words/report_paper.py and bot/words/study_plan.py fill in, of invented people; a test holds the words together.
REPORT = {
    "number": "1", "responsible": _WHO, "responsible_post": "заместитель директора", "period": "полугодие",
    "first": "1 сентября 2026", "last": "1 сентября 2026", "day": "1 сентября 2026", "total": _TALLY,
    "start": 1, "end": 1, "came": 0, "left": 0, "lessons": 2, "hours": 4,
    "groups": [
        {
            "course": _COURSE, "code": "Г-01", "organization": _WHERE, "teacher": _WHO, "lessons": 2, "hours": 4, "covered": 1,
            "planned": 2, "start": 1, "end": 1, "changes": ["пришёл"],
            "pupils": [{"number": 1, "name": _CHILD, "class_name": "7А", **_TALLY}],
        }
    ],
}  # fmt: skip
STUDY_PLAN = {
    "school": "Школа", "of_school": "Школы", "director": _WHO, "director_post": "Директор", "year": "2026/2027",
    "day": "1 сентября 2026",
    "lessons": 34, "hours": 68, "loads": [{"teacher": _WHO, "group": "Г-01", "course": _COURSE, "hours": 68, "a_week": "2"}],
    "groups": [
        {
            "number": 1, "code": "Г-01", "course": _COURSE, "organization": _WHERE, "teacher": _WHO,
            "times": "вт 15:00–16:30", "months": "сент 4", "lessons": 34, "hours": 68,
        }
    ],
}  # fmt: skip


# What bot/words/programme.py fills in.
_JUDGED = [{"text": "Доля учащихся", "value": "90 %"}]
_STEP = [{"number": "1", "task": "Заявления", "who": _WHO, "term": "май", "result": "заявка", "done": "выполнено"}]
NETWORK_PROGRAMME = {
    "school": "Школа", "of_school": "Школы", "school_address": "с. Село", "director": _WHO, "director_post": "Директор",
    "day": "01.09.2026", "year": "2026/2027",
    "next_year": "2027/2028", "goal": "учиться вместе", "basis": "закон", "documents": ["Положение"],
    "partners": [{"name": _WHERE, "kind": "образовательная", "licence": "№ 1", "agreement": "№ 1 от 01.09.2026"}],
    "courses": [{"name": _COURSE, "organization": _WHERE, "direction": "техническая", "hours": 68, "children": 1}],
    "regulation": _STEP, "roadmap": _STEP, "criteria": _JUDGED, "results": _JUDGED, "efficiency": _JUDGED,
}  # fmt: skip


def _certificate(kind: str, own: Path) -> bytes:
    facts = {
        "child": _CHILD, "organization": _WHERE, "licence": "№ 1", "address": "с. Село", "head": _WHO, "course": _COURSE,
        "direction": "техническая", "hours": 68, "day": "2027-05-28", "first": "2026-09-03", "last": "2027-05-27",
        "result": next(iter(RESULTS)), "held": 10, "attended": 8, "lessons": 5, "present": 4,
    }  # fmt: skip
    return certificate_docx([Stated(1, kind, facts, "cert_AbCdEfGhIjKlMnOpQrStUv")], "bot", own)


SAMPLES: dict[str, Callable[[Path], bytes]] = {
    "application.docx": lambda own: application_docx(_ASKING, _SCHOOL, today=_DAY, year=2026, zone=_ZONE, own=own),
    "request.docx": lambda own: _request(1, own),
    "request_delta.docx": lambda own: _request(2, own),
    "order.docx": lambda own: order_docx(_ORDER, own),
    "amendment.docx": lambda own: order_docx(
        Order(_SCHOOL, 2026, _DAY, _DAY, [_PLACE], 1, changes=_FIRST, moved=[Moved(_PLACE, "Г-02")], left=[_LINE], number="2"),
        own,
    ),
    "agreement.docx": lambda own: agreement_docx(_CONTRACT, own),
    "agreement_resource.docx": lambda own: agreement_docx(replace(_CONTRACT, side="resource"), own),
    "consent.docx": lambda own: consents_docx(
        [Subject(1, 1, _CHILD, "7А", date(2010, 1, 1), _WHO, {("processing", None): _AT})],
        _SCHOOL,
        [Recipient(3, _WHERE, "с. Село")],
        today=_DAY,
        zone=_ZONE,
        own=own,
    ),
    "groups.docx": lambda own: groups_docx([_PLACE], {}, _SCHOOL, today=_DAY, year=2026, own=own),
    "programme.docx": _programme,
    "report.docx": lambda own: paper("report.docx", {**head_facts(_SCHOOL, _DAY, 2026, own), **REPORT}, own),
    "study_plan.docx": lambda own: paper("study_plan.docx", STUDY_PLAN, own),
    "certificate.docx": lambda own: _certificate("certificate", own),
    "certificate_note.docx": lambda own: _certificate("note", own),
    "load.docx": lambda own: load_docx(_BETWEEN, [Loaded(_WHO, _COURSE, "Г-01", 34, 68, 34)], own),
    "network_programme.docx": lambda own: network_programme_docx(NETWORK_PROGRAMME, own),
}


NAMES = tuple(sorted(SAMPLES))  # of every template there is


def check(file: Path) -> None:
    """Draw the paper of this template's name from it. Refusals: those of a template, template-of-nothing."""
    if file.name not in NAMES:
        raise Refusal("template-of-nothing", file=file.name)
    SAMPLES[file.name](file.parent)


def faults(own: Path) -> list[Refusal]:
    """What is wrong with a school's own templates, a refusal each; a file whose name no paper has, too."""
    found = []
    for file in sorted(own.iterdir()) if own.is_dir() else []:
        name = f"{file.stem}.docx" if file.suffix.lower() == ".docm" else file.name
        try:
            if name == DEFAULT.name:
                law(_DAY, own)
            else:
                check(own / name if name in NAMES else file)
        except Refusal as fault:
            found.append(fault)
    return found
