"""Where the pages of a school's questionnaires lead to one another."""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.state import State, StatesGroup

from bot.telegram.pressed import AlsoOld


class SurveyBuilding(StatesGroup):
    """Something is being typed about a questionnaire: what, and about which, stands in the talk's data."""

    typing = State()


class New(AlsoOld, CallbackData, prefix="sv.new"):
    """A ready draft by its number in READY; else the choice of them. `school`: one of several (0: the only one)."""

    ready: int = 99
    school: int = 0


class Type(CallbackData, prefix="sv.type"):
    """What is to be typed: question (of a kind), classes, day; name, of a new one, whose `survey` is the school (0: the only one)."""

    what: str
    survey: int = 0
    kind: str = ""


class Card(CallbackData, prefix="sv.card"):
    survey: int


class Set(CallbackData, prefix="sv.set"):
    """What is to be chosen: kind, whom, take."""

    survey: int
    what: str
    page: int = 0


class Chosen(CallbackData, prefix="sv.chosen"):
    """What was chosen: whom, anonymous (yes, no), classes (all), endless, a question to take away."""

    survey: int
    what: str
    value: str


class TakeAway(CallbackData, prefix="sv.take"):
    survey: int
    question: int


class Launch(CallbackData, prefix="sv.launch"):
    """Asked first, then done; so are the next two."""

    survey: int
    sure: bool = False


class Close(CallbackData, prefix="sv.close"):
    survey: int
    sure: bool = False


class Discard(CallbackData, prefix="sv.discard"):
    survey: int
    sure: bool = False
