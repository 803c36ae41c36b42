"""Where buttons lead: questionnaires."""

from __future__ import annotations

from dataclasses import dataclass

from bot.targets.target import Target


@dataclass(frozen=True)
class Surveys(Target, prefix="surveys"):
    """What waits for somebody's answer; of staff the school's questionnaires."""


@dataclass(frozen=True)
class SurveyPage(Target, prefix="survey"):
    """One questionnaire, to be answered for this child."""

    survey: int
    pupil: int


@dataclass(frozen=True)
class SurveyOffice(Target, prefix="survey.office"):
    """The school's questionnaires."""

    page: int = 0


@dataclass(frozen=True)
class SurveyResults(Target, prefix="survey.results"):
    """What came of it."""

    survey: int
    page: int = 0
