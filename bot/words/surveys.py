"""Questionnaires in words: whom one is for, how it stands, what came of it; for pages and files alike."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from bot.services.courses.clashes import brief, classes_in_words
from bot.services.surveys.answering import Opened
from bot.services.surveys.results import Results, Told
from bot.voice import Say, lines
from storage.surveys.answers import Reply
from storage.surveys.surveys import Question, Questionnaire

BAR = 10  # squares of a whole
ON_BUTTON = 34  # characters of an option on its button, beside its mark
WORDS_SHOWN = 5  # of what was written, on the page of a question


# ── answering ───────────────────────────────────────────────────────────────────────────────────────────────────────


def heading(opened: Opened, say: Say, *, own: bool) -> str:
    """Its name, and for whom it is answered."""
    names = [child.first_name for child in opened.children]
    about = "self" if own else "family" if opened.survey.whom == "families" else "child"
    return say("survey-heading", name=opened.survey.name, about=about, children=names)


def intro(opened: Opened, say: Say, *, own: bool) -> str:
    """What it is, until when, and what becomes of the answer; once it is sent, only that it has come."""
    survey = opened.survey
    you = "pupil" if own else "adult"
    head, stands = heading(opened, say, own=own), _stands(opened, say, you)
    if opened.stands in ("sent", "received"):
        return lines([head, stands])
    said = say("survey-intro", questions=len(survey.questions), until=until(survey, say), whom=survey.whom, you=you)
    promise = say("survey-anonymous", you=you) if survey.anonymous else say("survey-named", you=you)
    return lines([head, said, promise, stands])


def _stands(opened: Opened, say: Say, you: str) -> str:
    match opened.stands:
        case "begun":
            done = len(opened.survey.questions) - opened.unanswered
            return say("survey-begun", done=done, of=len(opened.survey.questions), you=you)
        case "sent":
            return say("survey-sent", you=you)
        case "received":
            return say("survey-received-page", whom=opened.survey.whom)
    return ""


def until(survey: Questionnaire, say: Say) -> str:
    """«до 31 мая»; plain text."""
    return say.plain("survey-until", day=survey.closes_on) if survey.closes_on else say.plain("survey-until-none")


def asked(opened: Opened, question: Question, say: Say, *, own: bool) -> str:
    """A question, how it is answered, and what was answered so far where the buttons do not show it."""
    reply = opened.replies.get(question.id, Reply())
    place = say(
        "survey-question", number=opened.survey.place(question), of=len(opened.survey.questions), question=question.question
    )
    hint = say("survey-hint", kind=question.kind, you="pupil" if own else "adult", low=_low(question), high=_high(question))
    listed = numbered(question) if too_long(question) else ""
    words = say("survey-your-words", kind=question.kind, words=brief(reply.words, 500)) if reply.words else ""
    return lines([heading(opened, say, own=own), "\n".join([place, hint]), "\n".join(listed) if listed else "", words])


def _low(question: Question) -> str:
    return question.options[0] if question.kind == "scale" else "0"


def _high(question: Question) -> str:
    return question.options[1] if question.kind == "scale" else "0"


def too_long(question: Question) -> bool:
    """Whether the options stand in the text, and the buttons carry their numbers."""
    return question.kind in ("one", "several") and any(len(each) > ON_BUTTON for each in question.options)


def numbered(question: Question) -> list[str]:
    return [f"{number}. {escape(option, quote=False)}" for number, option in enumerate(question.options, 1)]


# ── the office ──────────────────────────────────────────────────────────────────────────────────────────────────────


def card(survey: Questionnaire, results: Results, say: Say) -> str:
    """How a questionnaire of the school stands."""
    facts = say(
        "survey-card",
        name=survey.name,
        whom=survey.whom,
        classes=classes_in_words(survey.classes) if survey.classes else "all",
        anonymous="yes" if survey.anonymous else "no",
        until=until(survey, say),
    )
    stands = say(
        "survey-card-stands", state=survey.state, opens=survey.opens_on or "none", answers=results.answers, asked=results.asked
    )
    return lines([facts, stands, questions(survey.questions, say)])


def questions(found: Sequence[Question], say: Say) -> str:
    if not found:
        return say("survey-no-questions")
    return "\n".join(
        say("survey-card-question", number=each.number, question=brief(each.question, 90), kind=each.kind) for each in found
    )


# ── what came of it ─────────────────────────────────────────────────────────────────────────────────────────────────


def results_head(results: Results, say: Say) -> str:
    survey = results.survey
    head = say("survey-results", name=survey.name, answers=results.answers, asked=results.asked, state=survey.state)
    match results.why_not:
        case "waits":
            return lines([head, say("survey-results-wait")])
        case "few":
            return lines([head, say("survey-results-few")])
    return head


def told(one: Told, answers: int, say: Say) -> str:
    """What came of one question, as bars of squares."""
    of = one.question
    head = say("survey-told", number=of.number, question=brief(of.question, 200))
    picked = [
        say("survey-told-option", bar=bar(count, answers), option=brief(option, 60), count=count, percent=percent(count, answers))
        for option, count in zip(one.options, one.counts[""], strict=True)
        if count or of.kind != "courses"
    ]
    average = [] if one.average is None else [say("survey-told-average", average=round(one.average, 1))]
    written = [say("survey-told-words", text=brief(text, 200), count=count) for text, count in one.words[:WORDS_SHOWN]]
    more = [say("survey-told-more", count=len(one.words) - WORDS_SHOWN)] if len(one.words) > WORDS_SHOWN else []
    if of.kind == "courses" and written:
        written = [say("survey-told-wishes"), *written]
    return "\n".join([head, *average, *picked, *written, *more] if picked or written else [head, say("survey-told-nothing")])


def bar(count: int, of: int) -> str:
    full = round(BAR * count / of) if of else 0
    return "▰" * min(full, BAR) + "▱" * max(BAR - full, 0)


def percent(count: int, of: int) -> int:
    return round(100 * count / of) if of else 0
