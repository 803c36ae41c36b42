"""The presses of the catalogue."""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData


class Listed(CallbackData, prefix="course.page"):
    """A page of the catalogue."""

    at: str = ""


class Narrow(CallbackData, prefix="course.narrow"):
    """What to narrow the catalogue by; kind «»: which of them; «p» partner, «d» direction, «w» weekday, «y» year of school."""

    kind: str = ""
    at: str = ""


class Search(CallbackData, prefix="course.search"):
    """Asks for words."""

    at: str = ""


class ForWhom(CallbackData, prefix="course.whom"):
    """Which child the application is for."""

    course: int


class Star(CallbackData, prefix="course.star"):
    """Into the family's shortlist (on 1) or out of it (0): pressed twice, it is the same."""

    course: int
    on: int
    at: str = ""


class Picture(CallbackData, prefix="course.picture"):
    """Shows the picture above the card."""

    course: int
    at: str = ""


class NewPicture(CallbackData, prefix="course.photo"):
    """The partner's: asks for a picture."""

    course: int
    at: str = ""


class NoPicture(CallbackData, prefix="course.nophoto"):
    """The partner's: takes the picture away."""

    course: int
    at: str = ""
