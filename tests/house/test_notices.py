"""Guard: what a letter's sentence is told is said by the type of a field, never by its name; and no pupil reads his own name."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.notices import Notice, said
from bot.notices.journal import AttendanceCorrected, MarkChange, MarkRemoved, MarksChanged
from bot.notices.network import GroupChanged, TimetableChanged
from bot.notices.timetable import LessonsTomorrow, telling
from bot.telegram.subjects import SUBJECTS
from bot.voice import voice

SAY = voice("ru", ZoneInfo("Europe/Moscow"))
NO_PUPIL = {"guardian-joined", "card-opened"}  # these go to guardians only


def test_every_notice_is_known_here() -> None:
    assert SUBJECTS  # with every handler
    assert len(Notice.kinds) > 40


def test_a_field_named_as_an_id_is_no_fact_of_the_sentence() -> None:
    assert {kind: name for kind, notice in Notice.kinds.items() for name in said(notice) if name.startswith("id_")} == {}


def test_a_fact_of_the_sentence_is_hidden_by_its_type() -> None:
    assert said(Notice.kinds["guardian-joined"]) == ("child", "guardian")


def test_every_letter_about_a_child_has_its_own_words_for_the_child() -> None:
    """Never «Миша: …» to Misha: a sentence `kind-own`, or a letter composed so."""
    ours = {kind: notice for kind, notice in Notice.kinds.items() if notice.__module__.startswith("bot.")}
    told = {kind: notice for kind, notice in ours.items() if "child" in said(notice)}
    composed = {kind for kind, notice in told.items() if notice.own_text is not Notice.own_text}
    assert {kind for kind in told.keys() - composed if not SAY.knows(f"{kind}-own")} == NO_PUPIL
    assert {kind for kind in told if kind.startswith("lesson")} <= composed  # each of a lesson's letters, by `Told`


THURSDAY, FRIDAY = datetime(2026, 11, 12, 12, tzinfo=UTC), datetime(2026, 11, 13, 12, tzinfo=UTC)
LATER, LATER_FRIDAY = THURSDAY.replace(hour=13), FRIDAY.replace(hour=13)
STOOD: dict[str, Any] = {
    "lesson": 5, "change": 1, "pupil": 1, "child": "Миша", "subject": "Робототехника", "reason": None,
    "was_at": THURSDAY, "was_ends": LATER, "was_place": "каб. 2", "was_teacher": "Павел Андреевич", "was_cancelled": False,
    "now_at": THURSDAY, "now_ends": LATER, "now_place": "каб. 2", "now_teacher": "Павел Андреевич", "now_cancelled": False,
}  # fmt: skip
OF_A_DAY: dict[str, Any] = {
    "pupil": 1,
    "group": 1,
    "day": date(2026, 11, 9),
    "child": "Миша",
    "course": "Шахматы",
    "versions": "1",
}
ATTENDED: dict[str, Any] = OF_A_DAY | {"was_lessons": 1, "lessons": 1, "asks": False}
OF_A_GROUP: dict[str, Any] = {"id_group": 1, "at": THURSDAY, "child": "Миша", "subject": "Шахматы"}
RULES: dict[str, Any] = OF_A_GROUP | {"since": date(2026, 11, 16), "hours": ["15:00–16:00"], "places": ["зал"], "weeks": ["all"]}
AT_HOME: dict[str, Any] = {"was_teacher": "Зарема Аслановна", "now_teacher": "Зарема Аслановна"}


def lesson(**otherwise: Any) -> Notice:
    made = telling(**STOOD | otherwise)
    assert made is not None
    return made


def tomorrow() -> Notice:
    return LessonsTomorrow(child="Миша", day=date(2026, 11, 12), starts=[THURSDAY], subjects=["Робототехника"], places=["каб. 2"])


def mark(was: str | None, now: str | None, place: str = "1.1") -> MarkChange:
    return MarkChange(place=place, was=was, now=now)


@pytest.mark.parametrize(
    ("notice", "family", "pupil"),
    [
        (
            lesson(now_at=FRIDAY, now_ends=LATER_FRIDAY),
            "📅 Миша: занятие «Робототехника» переносится.",
            "📅 Твоё занятие «Робототехника» переносится.",
        ),
        (
            lesson(now_ends=FRIDAY),
            "📅 Миша: занятие «Робототехника» закончится в другое время.",
            "📅 Твоё занятие «Робототехника» закончится в другое время.",
        ),
        (
            lesson(now_cancelled=True),
            "❌ Миша: занятие «Робототехника» отменяется.",
            "❌ Твоё занятие «Робототехника» отменяется.",
        ),
        (
            lesson(now_cancelled=True, now_at=FRIDAY, ruled=True),
            "❌ Миша: занятие «Робототехника» отменяется.",
            "❌ Твоё занятие «Робототехника» отменяется.",
        ),
        (
            lesson(was_cancelled=True, added=True),
            "📅 Миша: добавлено занятие «Робототехника».",
            "📅 Тебе добавлено занятие «Робототехника».",
        ),
        (
            lesson(was_cancelled=True),
            "📅 Миша: занятие «Робототехника» всё-таки состоится.",
            "📅 Твоё занятие «Робототехника» всё-таки состоится.",
        ),
        (
            lesson(now_place="каб. 5"),
            "📍 Миша: занятие «Робототехника» пройдёт в другом месте.",
            "📍 Твоё занятие «Робототехника» пройдёт в другом месте.",
        ),
        (
            lesson(now_teacher="Зарема Аслановна"),
            "👤 Миша: занятие «Робототехника» проведёт другой педагог.",
            "👤 Твоё занятие «Робототехника» проведёт другой педагог.",
        ),
        (tomorrow(), "🔔 Миша: занятия в четверг, 12 ноября.", "🔔 Твои занятия в четверг, 12 ноября."),
        (
            MarkRemoved(**OF_A_DAY, changes=[mark("4", None)]),
            "📖 Миша, «Шахматы», в понедельник, 9 ноября — отметка снята: 4.",
            "📖 «Шахматы», в понедельник, 9 ноября — отметка снята: 4.",
        ),
        (
            MarksChanged(**OF_A_DAY, changes=[mark("4", "5"), mark(None, "3", "1.2")]),
            "📖 Миша, «Шахматы», в понедельник, 9 ноября — новые отметки: 3; исправлено: 4 → 5.",
            "📖 «Шахматы», в понедельник, 9 ноября — новые отметки: 3; исправлено: 4 → 5.",
        ),
        (
            AttendanceCorrected(**ATTENDED, was="missed", now="there"),
            "🔔 Миша, «Шахматы», в понедельник, 9 ноября — исправлено: пропуска не было.",
            "🔔 «Шахматы», в понедельник, 9 ноября — исправлено: пропуска у тебя не было.",
        ),
        (
            TimetableChanged(**RULES, weekdays=[2], until=[""]),
            "📅 Миша: у курса «Шахматы» новое расписание.",
            "📅 У твоего курса «Шахматы» новое расписание.",
        ),
        (
            TimetableChanged(**RULES, weekdays=[], until=[]),
            "📅 Миша: занятий курса «Шахматы» с 16 ноября больше нет в расписании.",
            "📅 Твоих занятий курса «Шахматы» с 16 ноября больше нет в расписании.",
        ),
        (
            GroupChanged(**OF_A_GROUP, **AT_HOME, was_place="зал", now_place="каб. 3"),
            "👥 Миша: «Шахматы» — перемена насовсем.",
            "👥 Твой курс «Шахматы» — перемена насовсем.",
        ),
    ],
)
def test_a_pupil_reads_of_lessons_and_marks_as_you(notice: Notice, family: str, pupil: str) -> None:
    assert notice.text(SAY, "full").splitlines()[0] == family
    assert notice.own_text(SAY, "full").splitlines()[0] == pupil
    assert notice.text(SAY, "full").splitlines()[1:] == notice.own_text(SAY, "full").splitlines()[1:]
