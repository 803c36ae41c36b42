"""Which of thousands of courses fit one child: the same answer as `against`, without the words, fast."""

from __future__ import annotations

from collections import defaultdict
from datetime import time

from bot.services.courses.clashes import Day, collide, minutes, takes_class
from storage.courses.courses import Hours, Offer
from storage.courses.shelf import Shelf

_LESSONS = 1  # the bit of the school's own lessons; each group the child may learn in has a bit of its own


class Fitting:
    """What every hour of the shelf collides with in this child's week, found out once per different hour.

    A course fits when it takes the class and one of its groups collides neither with a lesson nor with every group that
    another course of the child may mean (bot/services/courses/clashes.py: against).
    """

    def __init__(self, shelf: Shelf, day: Day) -> None:
        self._shelf = shelf
        self._day = day
        self._classes: dict[tuple[str, ...], bool] = {}
        self._collides: dict[int, int] = {}
        self._near: dict[tuple[int, time, time], bool] = {}
        self._busy: dict[int, list[tuple[int, Hours]]] = defaultdict(list)  # by weekday
        self._whole: list[tuple[int, int]] = []  # each course of the child with the bits of all groups it may mean
        for lesson in day.lessons:
            self._busy[lesson.weekday].append((_LESSONS, lesson))
        bit = _LESSONS
        for other, chosen in day.courses:
            bits = 0
            for group in other.groups:
                if chosen in (None, group.id):
                    bit <<= 1
                    for one in group.hours:
                        if self._stands(one):
                            self._busy[one.weekday].append((bit, one))
                    bits |= bit
            if bits:
                self._whole.append((other.id, bits))

    def fits(self, offer: Offer) -> bool:
        return self.takes(offer) and (not offer.groups or any(self._suits(group.id, offer.id) for group in offer.groups))

    def takes(self, offer: Offer) -> bool:
        """Whether the course is for the child's class."""
        known = self._classes.get(offer.classes)
        if known is None:
            mine = self._day.child.class_name
            known = self._classes[offer.classes] = bool(mine) and takes_class(offer.classes, mine)
        return known

    def _suits(self, group_id: int, course_id: int) -> bool:
        met = 0
        for at in self._shelf.of_group[group_id]:
            collides = self._collides.get(at)
            if collides is None:
                collides = self._collides[at] = self._with(self._shelf.hours[at])
            met |= collides
        if not met:
            return True
        return not met & _LESSONS and all(met & bits != bits for other, bits in self._whole if other != course_id)

    def _with(self, hours: Hours) -> int:
        clock = hours.weekday, hours.starts, hours.ends
        near = self._near.get(clock)
        if near is None:
            near = self._near[clock] = self._is_near(hours)
        if not near or not self._stands(hours):
            return 0
        met = 0
        for bit, busy in self._busy.get(hours.weekday, ()):
            if not met & bit and collide(hours, busy, self._day.roads):
                met |= bit
        return met

    def _is_near(self, hours: Hours) -> bool:
        """Whether anything of the child's week is at this clock or a road away from it, wherever that be: mostly nothing is."""
        road = self._shelf.longest_road
        return any(
            minutes(busy.starts) - road < minutes(hours.ends) and minutes(hours.starts) < minutes(busy.ends) + road
            for _, busy in self._busy.get(hours.weekday, ())
        )

    def _stands(self, hours: Hours) -> bool:
        return hours.to_day is None or hours.to_day >= self._day.today
