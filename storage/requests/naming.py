"""Whom the next request of a school names: conditions on a wish, for the questions of its neighbours and for `doctor`."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, func, not_, or_, select

from storage.db import Tx
from storage.people.consent import nameable
from storage.tables import Application, Choice, Course, Group, PlaceOffer, Pupil, Request, RequestLine
from storage.twins import twin


def to_be_named() -> ColumnElement[bool]:
    """Approved and with a place; or enrolled from an offer, or come from another school with a place, and in no request of its
    own school yet.
    """
    line, offer = twin(RequestLine, "named"), twin(PlaceOffer, "accepted")
    named = select(line.choice_id).where(line.choice_id == Choice.id, line.change == "added").exists()
    from_offer = select(offer.id).where(offer.choice_id == Choice.id, offer.how == "accepted").exists()
    has_come = and_(Choice.state.in_(("requested", "enrolled")), or_(from_offer, named), not_(_named_by_its_school()))
    return or_(and_(Choice.state == "approved", placed()), has_come)


def _named_by_its_school() -> ColumnElement[bool]:
    """In the newest word a request of the pupil's own school has on it."""
    line, later, request = twin(RequestLine, "line"), twin(RequestLine, "later"), twin(Request, "of_line")
    of_line = (later.request_id == line.request_id, later.choice_id == line.choice_id, later.version > line.version)
    return (
        select(line.choice_id)
        .join(request, request.id == line.request_id)
        .where(line.choice_id == Choice.id, line.change == "added", request.school_id == Pupil.school_id)
        .where(not_(select(later.choice_id).where(*of_line).exists()))
        .correlate(Choice, Pupil)
        .exists()
    )


def placed() -> ColumnElement[bool]:
    """A wish with a seat, or «по порядку» without groups; who waits for the draw, in a line or besides is not asked for."""
    groups = select(Group.id).where(Group.course_id == Course.id, Group.archived_at.is_(None)).exists()
    return and_(Choice.reserve_at.is_(None), or_(Choice.group_id.is_not(None), and_(Course.selection == "queue", ~groups)))


ENROLLED_UNNAMED = "pupils with a place from an offer whom no request names yet: send its next version (the school)"


async def enrolled_unnamed(tx: Tx) -> dict[str, int]:
    """How many have a place that no version of a request names, though it may: until the school sends the next one."""
    mine = (Choice.state == "enrolled", Pupil.archived_at.is_(None), to_be_named(), nameable(Pupil.id, Course.organization_id))
    count = await tx.scalar(
        select(func.count(Choice.id))
        .join(Application, Application.id == Choice.application_id)
        .join(Pupil, Pupil.id == Application.pupil_id)
        .join(Course, Course.id == Choice.course_id)
        .where(*mine)
    )
    return {ENROLLED_UNNAMED: count} if count else {}
