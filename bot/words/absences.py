"""Absences announced beforehand, in words: what was said, what is about to be said, who is missing at a lesson."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from bot.services.timetable.absences.announcing import Missed, Said
from bot.services.timetable.absences.classes import Concerned
from bot.voice import Say, lines, told_apart
from bot.words.week import label
from storage.people.people import first_name
from storage.tables import ClassAbsence
from storage.timetable.absences import Away
from storage.timetable.timetable import Learner, Stood

SHOWN = 12  # lessons of a child before it is confirmed
NAMES = 25  # of those who are missing, on a lesson's page


def preview(found: Sequence[Missed], say: Say) -> str:
    """What will be kept: child by child, lesson by lesson."""
    told = say("absence-preview-known") if all(each.known for each in found) else say("absence-preview-told")
    return lines([say("absence-preview"), *(_of_child(each, say) for each in found), told])


def _of_child(each: Missed, say: Say) -> str:
    said = [say("absence-preview-lesson", at=one.starts_at, course=one.course) for one in each.lessons[:SHOWN]]
    if (more := len(each.lessons) - SHOWN) > 0:
        said.append(say("absence-preview-more", count=more))
    return "\n".join([say("absence-preview-child", child=each.name), *said])


def called(children: Mapping[int, str], among: Collection[int]) -> dict[int, str]:
    """Each of these by first name; where two have the same, with the surname before it. `children`: ФИО."""
    first = {pupil: first_name(children[pupil]) for pupil in among}
    twice = {name for name, count in Counter(first.values()).items() if count > 1}
    named = told_apart({pupil: children[pupil] for pupil in among})
    return {pupil: named[pupil] if name in twice else name for pupil, name in first.items()}


def said_already(said: Sequence[Said], names: Mapping[int, str], say: Say) -> str:
    """What the family has announced, a line each."""
    if not said:
        return ""
    told = [say("absence-said-line", child=names.get(one.pupil_id, ""), when=_when(one, say)) for one in said]
    return "\n".join([say("absence-said"), *told])


def _when(one: Said, say: Say) -> str:
    if one.lesson is not None:
        return say.plain("absence-when-lesson", at=one.lesson.starts_at, course=one.lesson.course)
    if one.first == one.last:
        return say.plain("absence-when-day", day=one.first)
    return say.plain("absence-when-span", first=one.first, last=one.last)


def away_in_words(said: Sequence[Said], of_class: Sequence[Away], say: Say) -> str:
    """On a child's page: what its family, or somebody for it, has said, and when its whole class stays at home."""
    told = [say("find-away", when=_when(one, say)) for one in said]
    told += [say("find-away-class", first=one.first_day, last=one.last_day) for one in of_class]
    return "\n".join(told)


def back_label(one: Said, child: str, say: Say) -> str:
    """The button that takes it back."""
    if one.lesson is not None:
        what = say.plain("absence-back-lesson", day=one.first, course=label(one.lesson.course))
    elif one.first == one.last:
        what = say.plain("absence-back-day", day=one.first)
    else:
        what = say.plain("absence-back-span", first=one.first, last=one.last)
    return say.plain("button-absence-back", child=child, what=what)


def who_is_away(away: Sequence[Learner], say: Say) -> str:
    """On a lesson's page: whose families have said that they will not come."""
    if not away:
        return ""
    named = [one for one in away if one.full_name]
    said = [say("lesson-away")] if named else [say("lesson-away-count", count=len(away))]
    said += [say("lesson-call-line", name=f"{one.full_name}, {one.class_name}") for one in named[:NAMES]]
    if len(named) > NAMES:
        said.append(say("lesson-call-rest", count=len(named) - NAMES))
    foreign = sum(one.foreign for one in away)
    if named and (nameless := len(away) - len(named) - foreign):
        said.append(say("families-nameless", count=nameless))
    if named and foreign:
        said.append(say("pupils-foreign", count=foreign))
    return "\n".join(said)


def class_line(one: ClassAbsence, say: Say) -> str:
    """A class that stays at home, in a list."""
    one_day = "yes" if one.first_day == one.last_day else "no"
    return say("class-absences-line", class_name=one.class_name, first=one.first_day, last=one.last_day, one_day=one_day)


def class_lessons(concerned: Concerned, say: Say) -> str:
    """The lessons a class will miss, the first of them."""
    return "\n".join(_lessons(concerned.lessons[:SHOWN], len(concerned.lessons) - SHOWN, say))


def _lessons(some: Iterable[Stood], more: int, say: Say) -> list[str]:
    said = [say("class-absence-lesson", at=one.starts_at, course=one.course, group=one.group) for one in some]
    return [*said, say("absence-preview-more", count=more)] if more > 0 else said
