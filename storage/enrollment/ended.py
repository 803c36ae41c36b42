"""How a wish ended that nobody refused: its course or group went, the family passed a place, or it has as many as it wanted."""

from __future__ import annotations

from sqlalchemy import ColumnElement, ScalarSelect, and_, case, func, null, or_, select

from storage.offers.promised import enough_without
from storage.tables import Choice, ChoiceChange, Course, Group
from storage.twins import twin


def last_change_of() -> ScalarSelect[int]:
    """The number of the step that brought a wish where it stands."""
    step = twin(ChoiceChange, "step")
    return select(func.max(step.id)).where(step.choice_id == Choice.id, step.was != step.now).scalar_subquery()


def ended() -> ColumnElement[str | None]:
    """gone | groupless | passed | enough | over; none where the state says it all («отказано», with a reason).

    For questions over wishes with their application and course, and their group where they have one. `over`: closed by the
    bot, and nothing is known any more of why.
    """
    last = twin(ChoiceChange, "last")
    came = last.id == last_change_of()
    passed = select(last.id).where(came, last.was == "offered").exists()
    by_the_bot = select(last.id).where(came, last.reason.is_(None), last.by.is_(None)).exists()
    no_group = or_(Group.archived_at.is_not(None), Group.course_id != Choice.course_id)
    went = or_(Choice.lost_at.is_not(None), by_the_bot)
    return case(
        (Choice.state.not_in(("declined", "left")), null()),
        (and_(Choice.state == "declined", passed), "passed"),
        (and_(went, Course.archived_at.is_not(None)), "gone"),
        (or_(Choice.lost_at.is_not(None), and_(by_the_bot, no_group)), "groupless"),
        (or_(Choice.state == "left", ~by_the_bot), null()),
        (enough_without(Choice.id), "enough"),
        else_="over",
    )
