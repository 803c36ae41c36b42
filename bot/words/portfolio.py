"""A pupil's portfolio in words: on a page, and as data of the paper."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.documents.portfolio import portfolio_pdf
from bot.services.courses.clashes import brief
from bot.services.journal.of_pupil import Learning
from bot.services.programme.achievements import Portfolio
from bot.voice import Say, lines


def portfolio_page(of: Portfolio, say: Say) -> str:
    """The year of a pupil: courses with hours and attendance, documents, achievements."""
    courses = [_course(one, say) for one in of.learning]
    documents = [_document(one.kind, one.number, str(one.facts["course"]), say) for one in of.documents]
    achieved = [
        say("portfolio-achievement", number=number, line=brief(one.line, 200), state=one.state)
        for number, one in enumerate(of.achieved, 1)
    ]
    return lines(
        [
            say("portfolio-title", child=brief(of.child, 100), class_name=of.class_name, year=of.year.name),
            "\n".join(courses) or say("portfolio-no-courses"),
            "\n".join(documents),
            "\n".join(achieved) or say("portfolio-no-achievements"),
        ]
    )


def _course(one: Learning, say: Say) -> str:
    tally = one.tally
    return say(
        "portfolio-course",
        course=brief(one.group.course, 100),
        partner=one.group.organization,
        hours=one.hours,
        present=tally.present,
        lessons=tally.lessons,
    )


def _document(kind: str, number: int, course: str, say: Say) -> str:
    return say("portfolio-document", document=kind, number=number, course=brief(course, 100))


def portfolio_paper(of: Portfolio, say: Say, today: date) -> bytes:
    """The year as a PDF; of the achievements what the teacher has confirmed."""
    return portfolio_pdf(portfolio_data(of, say, today))


def portfolio_data(of: Portfolio, say: Say, today: date) -> dict[str, Any]:
    """What the paper is drawn from."""
    return {
        "language": say.language,
        "title": say.plain("portfolio-paper-title", year=of.year.name),
        "child": of.child,
        "class_name": say.plain("portfolio-class", class_name=of.class_name),
        "day": say.plain("criteria-paper-day", day=today),
        "heads": [
            say.plain("portfolio-head-course"),
            say.plain("portfolio-head-hours"),
            say.plain("portfolio-head-attendance"),
        ],
        "courses": [
            [
                f"{one.group.course}\n{one.group.organization}",
                str(one.hours),
                f"{one.tally.present} / {one.tally.lessons}" if one.tally.lessons else "—",
            ]
            for one in of.learning
        ],
        "parts": [
            {
                "name": say.plain("portfolio-documents"),
                "lines": [
                    say.plain("portfolio-document", document=one.kind, number=one.number, course=str(one.facts["course"]))
                    for one in of.documents
                ],
            },
            {
                "name": say.plain("portfolio-achievements"),
                "lines": [one.line for one in of.achieved if one.state == "confirmed"],
            },
        ],
        "nothing": say.plain("criterion-empty"),
    }
