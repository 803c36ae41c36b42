"""Academic years in words."""

from __future__ import annotations

from bot.voice import Say
from storage.courses.courses import Child
from storage.network.years import usual


def dated(label: str, year: int, this: int) -> str:
    """A button's words, with the academic year where it is another than this one."""
    return label if year == this else f"{label} · {usual(year).short}"


def class_words(now: str, then: str, say: Say) -> str:
    """«4А, в сентябре 5А»; the class alone where it is the same. `then` empty: nothing is said of another year."""
    return say.plain("class-in-september", now=now, then=then) if then and then != now else now


def class_of_child(child: Child, say: Say) -> str:
    """The class of a child in the year of its courses: «4А, в сентябре 5А»; «10Б, если остаётся в школе»; «школа окончена»."""
    if not child.class_name:
        return child.class_now or say.plain("class-left")
    words = class_words(child.class_now or child.class_name, child.class_name, say)
    return say.plain("class-if-stays", words=words) if child.if_stays else words
