"""Where buttons lead: the catalogue of courses."""

from __future__ import annotations

from dataclasses import dataclass

from bot.targets.target import Target


@dataclass(frozen=True)
class Courses(Target, prefix="courses"):
    """The catalogue of courses, open to strangers too."""


@dataclass(frozen=True)
class CourseCard(Target, prefix="course.card"):
    """A course, and the page of the catalogue to go back to."""

    course: int
    at: str = ""


@dataclass(frozen=True)
class CoursesFor(Target, prefix="course.list"):
    """The catalogue for one child."""

    pupil: int
    org: int = 0
    like: int = 0
    page: int = 0
