"""What happens to questionnaires by the clock: they open on their day, remind once, and close after their last day."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.clock import Moment
from bot.notices.surveys import SurveyReminder
from bot.post.posting import Addressed, post_all
from bot.services.surveys.audience import still_silent
from bot.services.surveys.building import closed, opened, tell_closed
from storage.db import Database
from storage.surveys import surveys
from storage.surveys.surveys import Questionnaire

HOUR = 10  # of the day, from which reminders go out
BEFORE_END = timedelta(days=3)
AFTER_BEGINNING = timedelta(days=7)  # of one without a last day


async def run_surveys(db: Database, moment: Moment) -> None:
    """Open, remind, close. Safe to repeat at any time."""
    async with db.read() as tx:
        found = await surveys.standing(tx, "ready", "open")
    for survey in found:
        if survey.over(moment.today):
            await _close(db, survey.id, moment)
        elif survey.state == "ready" and (survey.opens_on is None or survey.opens_on <= moment.today):
            await _open(db, survey.id, moment)
        elif survey.state == "open" and survey.reminded_at is None and _time_to_remind(survey, moment):
            await _remind(db, survey.id, moment)


def _time_to_remind(survey: Questionnaire, moment: Moment) -> bool:
    """Three days before the end, or a week after the beginning where there is none; never on the day it was opened."""
    if survey.opened_at is None or moment.here.hour < HOUR:
        return False
    opened_on = Moment(survey.opened_at, moment.zone).today
    if survey.closes_on is None:
        return moment.today >= opened_on + AFTER_BEGINNING
    return opened_on < moment.today >= survey.closes_on - BEFORE_END


async def _open(db: Database, survey_id: int, moment: Moment) -> None:
    async with db.write() as tx:
        row = await surveys.locked(tx, survey_id)
        if row is not None and row.state == "ready":
            await opened(tx, row, moment.now)


async def _remind(db: Database, survey_id: int, moment: Moment) -> None:
    """Whose answer has not come; then never again."""
    async with db.write() as tx:
        row, survey = await surveys.locked(tx, survey_id), await surveys.one(tx, survey_id)
        if row is None or survey is None or survey.state != "open" or survey.reminded_at is not None:
            return
        notice = SurveyReminder(id_survey=survey.id, name=survey.name, until=survey.closes_on, id_pupil=0)
        silent = await still_silent(tx, survey)
        letters = [Addressed(person, replace(notice, id_pupil=pupil), pupil_id=pupil) for person, pupil in silent]
        await post_all(tx, letters, now=moment.now)
        await surveys.reminded(tx, survey_id, moment.now)


async def _close(db: Database, survey_id: int, moment: Moment) -> None:
    async with db.write() as tx:
        row = await surveys.locked(tx, survey_id)
        if row is None or row.state == "closed":
            return
        was_open = row.state == "open"
        await closed(tx, row, moment)
        if was_open:
            await tell_closed(tx, row, moment.now)
