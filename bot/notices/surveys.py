"""What is said of questionnaires: to whom they are for that one is open and, once, that it is waiting; to the school that it ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.notices import BULK, Notice, Unsaid
from bot.targets import SurveyPage, SurveyResults, Target
from bot.voice import Fact, Say


def topic_of(survey_id: int) -> str:
    """Of the letters that ask for an answer."""
    return f"survey:{survey_id}"


@dataclass(frozen=True, kw_only=True)
class _OfSurvey:
    """What letters about a questionnaire share. Nothing in them says whether anybody has answered."""

    id_survey: Unsaid[int]
    name: str
    until: date | None

    @property
    def topic(self) -> str:
        return topic_of(self.id_survey)

    def until_words(self, say: Say) -> str:
        return say.plain("survey-until", day=self.until) if self.until else say.plain("survey-until-none")


@dataclass(frozen=True, kw_only=True)
class SurveyOpened(_OfSurvey, Notice):
    """The school asks."""

    urgency = BULK

    questions: int
    anonymous: str  # yes | no
    id_pupil: Unsaid[int]

    @property
    def version(self) -> str:
        return "opened"

    def words(self, say: Say) -> dict[str, Fact]:
        return {
            "name": self.name,
            "questions": self.questions,
            "anonymous": self.anonymous,
            "until": self.until_words(say),
        }

    def buttons(self) -> list[tuple[str, Target]]:
        return [("button-survey-answer", SurveyPage(self.id_survey, self.id_pupil))]


@dataclass(frozen=True, kw_only=True)
class SurveyReminder(_OfSurvey, Notice):
    """Once, to whose family nothing has come."""

    urgency = BULK

    id_pupil: Unsaid[int]

    @property
    def version(self) -> str:
        return "reminder"

    def words(self, say: Say) -> dict[str, Fact]:
        return {"name": self.name, "until": self.until_words(say)}

    def buttons(self) -> list[tuple[str, Target]]:
        return [("button-survey-answer", SurveyPage(self.id_survey, self.id_pupil))]


@dataclass(frozen=True, kw_only=True)
class SurveyClosed(Notice):
    """To the coordinators: its last day is over."""

    id_survey: Unsaid[int]
    name: str
    answers: int

    @property
    def topic(self) -> str:
        return f"survey-closed:{self.id_survey}"

    @property
    def version(self) -> str:
        return "closed"

    def buttons(self) -> list[tuple[str, Target]]:
        return [("button-survey-results", SurveyResults(self.id_survey))]
