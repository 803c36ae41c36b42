"""Everything held, as files to keep: one a person can read, one a program can."""

from __future__ import annotations

import html
import json
from base64 import b64encode
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.notices import Notice, notice_of
from bot.notices.news import news_words
from bot.voice import Say
from storage.network.years import usual
from storage.people.answered import Answered
from storage.people.everything import Everything, Mark, Said, Ward
from storage.people.wishes import Wish

STYLE = """body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;margin:.5rem 0 1.5rem}td,th{border:1px solid #bbb;padding:.3rem .6rem;text-align:left;vertical-align:top}
th{background:#f2f2f2}td.said{white-space:pre-line}h2{margin-top:2.5rem}"""


def as_json(held: Everything, zone: ZoneInfo) -> bytes:
    """All of it, moments in the network's zone (ISO 8601), files in base64."""

    def plain(value: Any) -> str:
        if isinstance(value, bytes):
            return b64encode(value).decode()
        return value.astimezone(zone).isoformat() if isinstance(value, datetime) else str(value)

    return json.dumps(asdict(held), ensure_ascii=False, indent=2, default=plain).encode()


def as_page(held: Everything, say: Say, now: datetime) -> bytes:
    """All of it as a web page that needs nothing else: UTF-8, in the language of `say`."""
    parts = [
        _heading(1, say.plain("file-title", day=now)),
        _table(say, _person(held, say)),
        *(part for ward in held.pupils for part in _ward(ward, say)),
        *_messages(held, say),
        _files(held, say),
        _heading(2, say.plain("file-letters")),
        _rows(
            [say.plain("file-when"), say.plain("file-letter")],
            ([_at(say, each.sent_at or each.created_at), _said(each, say)] for each in held.letters),
            said=1,
        ),
    ]
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{_text(say.plain("file-title", day=now))}</title>'
    body = "\n".join(part for part in parts if part)
    return f'<!doctype html><html lang="{say.language}"><head>{head}<style>{STYLE}</style></head><body>{body}</body></html>\n'.encode()


def _person(held: Everything, say: Say) -> list[tuple[str, str]]:
    quiet = "–".join(held.quiet_hours) if held.quiet_hours else say.plain("file-default")
    return [
        (say.plain("file-name"), held.name),
        (say.plain("file-telegram"), str(held.telegram_id or "")),
        (say.plain("file-since"), _at(say, held.since)),
        (say.plain("file-language"), held.language or say.plain("file-default")),
        (say.plain("file-detail"), say.plain("mydata-detail", detail=held.detail)),
        (say.plain("file-news"), news_words(say, held.muted)),
        (say.plain("file-quiet"), quiet),
        *((say.plain("file-calendar", child=each.child or "none"), _at(say, each.made_at)) for each in held.calendars),
        *(
            (say.plain("mydata-role", role=role), ", ".join(each for each in (name, title, organization) if each))
            for role, name, organization, title in held.posts
        ),
    ]


def _ward(ward: Ward, say: Say) -> list[str]:
    facts = [
        (say.plain("file-code"), ward.code),
        (say.plain("file-class"), f"{ward.class_name} ({usual(ward.class_year).name})"),
        (say.plain("file-school"), ward.school),
        (say.plain("file-born"), say.plain("file-day", day=ward.birth_date) if ward.birth_date else ""),
        (say.plain("file-guardian-since"), _at(say, ward.guardian_since)),
        *([(say.plain("file-shortlist"), ", ".join(ward.shortlist))] if ward.shortlist else []),
        *([(say.plain("file-reminder"), say.plain("reminder-choice", ahead=ward.reminder))] if ward.reminder else []),
    ]
    when, what = say.plain("file-when"), say.plain("file-what")
    return [
        _heading(2, ward.full_name),
        _table(say, facts),
        _titled(
            say.plain("file-consents"),
            [what, say.plain("file-given"), say.plain("file-withdrawn"), say.plain("file-text-version")],
            (
                [
                    each.partner or say.plain("mydata-purpose", purpose=each.purpose),
                    _at(say, each.given_at),
                    _at(say, each.withdrawn_at),
                    each.text_version,
                ]
                for each in ward.consents
            ),
        ),
        _titled(
            say.plain("file-applications"),
            [say.plain("file-course"), say.plain("file-state"), say.plain("file-group"), say.plain("file-history")],
            (
                [
                    f"{wish.rank}. {wish.course}",
                    say.plain("mydata-state", state=wish.state),
                    wish.group or "",
                    _history(wish, say),
                ]
                for paper in ward.applications
                for wish in paper.choices
            ),
            said=3,
        ),
        _titled(
            say.plain("file-journal"),
            [when, say.plain("file-course"), what, say.plain("file-work"), say.plain("file-comment"), say.plain("file-history")],
            (
                [
                    say.plain("file-day", day=each.day),
                    f"{each.course} ({each.group})",
                    _value(each, each.value, say),
                    each.work or "",
                    each.comment or "",
                    _stood(each, say),
                ]
                for each in ward.journal
            ),
        ),
        _titled(
            say.plain("file-absences"),
            [when, what, say.plain("file-said"), say.plain("file-taken-back")],
            (
                [
                    say.plain("file-days", first=each.first, last=each.last),
                    each.course or say.plain("file-all-lessons"),
                    _at(say, each.said_at),
                    _at(say, each.taken_back_at),
                ]
                for each in ward.absences
            ),
        ),
        _titled(
            say.plain("file-surveys"),
            [what, when, say.plain("file-answer")],
            ([each.survey, _at(say, each.sent_at), _answered(each, say)] for each in ward.surveys),
            said=2,
        ),
        _titled(
            say.plain("file-acknowledgements"),
            [when, what],
            ([_at(say, each.at), say.plain("mydata-change", kind=each.change)] for each in ward.acknowledgements),
        ),
        _titled(
            say.plain("file-achievements"),
            [when, what, say.plain("file-state")],
            ([_at(say, each.made_at), each.line, say.plain("achievement-state", state=each.state)] for each in ward.achievements),
        ),
        _titled(
            say.plain("file-certificates"),
            [when, what, say.plain("file-course"), say.plain("file-withdrawn")],
            (
                [
                    _at(say, each.issued_at),
                    say.plain("certificate-number", document=each.document, number=each.number, day=each.issued_at),
                    str(each.says["course"]),
                    _line(say, each.revoked_at, "", each.reason) if each.revoked_at else "",
                ]
                for each in ward.certificates
            ),
        ),
    ]


def _messages(held: Everything, say: Say) -> list[str]:
    """Threads with the staff, in the words they were written in; conflicts they were opened for, and what was decided of writing."""
    when = say.plain("file-when")
    opened = [(at, each.thread, reason) for each in held.threads for at, reason in each.opened]
    return [
        _titled(
            say.plain("file-messages"),
            [when, say.plain("file-thread"), say.plain("file-who"), say.plain("file-letter")],
            (
                [
                    _at(say, each.sent_at),
                    str(each.thread),
                    say.plain("thread-author", role=each.side),
                    "\n".join(part for part in (each.words, each.file) if part),
                ]
                for each in held.messages
            ),
            said=3,
        ),
        _titled(
            say.plain("file-conflicts"),
            [when, say.plain("file-thread"), say.plain("file-comment")],
            ([_at(say, at), str(thread), reason] for at, thread, reason in opened),
        ),
        _titled(
            say.plain("file-stops"),
            [when, say.plain("file-taken-back"), say.plain("file-comment")],
            ([_at(say, each.made_at), _at(say, each.lifted_at), each.reason] for each in held.stops),
        ),
    ]


def _files(held: Everything, say: Say) -> str:
    """Each file as a link that holds it; what had no room is had where it was sent."""
    lines = []
    for each in held.files:
        name = _text(each.name)
        if each.content is None:
            name += f" — {_text(say.plain('file-in-chat'))}"
        else:
            name = (
                f'<a download="{name}" href="data:application/octet-stream;base64,{b64encode(each.content).decode()}">{name}</a>'
            )
        lines.append(f"<li>{name}, {_text(_at(say, each.made_at))}</li>")
    return _heading(2, say.plain("file-files")) + f"<ul>{''.join(lines)}</ul>" if lines else ""


def _answered(each: Answered, say: Say) -> str:
    """The answers; of an anonymous questionnaire that was sent nothing is left to be said."""
    if not each.said:
        return say.plain("file-answer-received") if each.received else ""
    return "\n".join(
        [*([] if each.received else [say.plain("file-answer-draft")]), *(f"{asked} — {said}" for asked, said in each.said)]
    )


def _value(entry: Mark, value: str, say: Say) -> str:
    return value if entry.kind == "mark" else say.plain("mydata-attendance", value=value)


def _stood(entry: Mark, say: Say) -> str:
    """How an entry that was changed stood before; one that was not has no history."""
    if len(entry.history) < 2:
        return ""
    gone = say.plain("file-removed")
    return "\n".join(
        _line(say, one.since, gone if one.removed else _value(entry, one.value, say), one.comment) for one in entry.history
    )


def _history(wish: Wish, say: Say) -> str:
    said = [_line(say, step.at, say.plain("mydata-state", state=step.now), step.reason) for step in wish.history]
    said += [say.plain("file-place-offered", at=each.made_at, until=each.deadline) for each in wish.offers]
    if wish.override:
        said.append(say.plain("file-let-pass", reason=wish.override))
    return "\n".join(said)


def _line(say: Say, at: datetime, words: str, reason: str | None) -> str:
    return f"{_at(say, at)}: {words}" + (f" — {reason}" if reason else "")


def _at(say: Say, at: datetime | date | None) -> str:
    return say.plain("file-at", at=at) if at is not None else ""


def _said(each: Said, say: Say) -> str:
    """The letter's words while they are kept; afterwards only that there was one."""
    if each.facts is None or each.kind not in Notice.kinds:
        return say.plain("file-letter-emptied")
    try:
        return html.unescape(_without_tags(notice_of(each.kind, each.facts).text(say, "full")))
    except (ValueError, TypeError, LookupError):  # written by an older version of the bot, in words it no longer has
        return say.plain("file-letter-emptied")


def _without_tags(text: str) -> str:
    for tag in ("<b>", "</b>", "<i>", "</i>", "<code>", "</code>"):
        text = text.replace(tag, "")
    return text


# ── HTML ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _text(value: str) -> str:
    return html.escape(value)


def _heading(level: int, words: str) -> str:
    return f"<h{level}>{_text(words)}</h{level}>"


def _table(_say: Say, facts: Iterable[tuple[str, str]]) -> str:
    rows = "".join(f"<tr><th>{_text(name)}</th><td>{_text(value)}</td></tr>" for name, value in facts if value)
    return f"<table>{rows}</table>"


def _rows(head: Sequence[str], rows: Iterable[Sequence[str]], *, said: int | None = None) -> str:
    """A table; `said`: the column that holds several lines. Empty when there are no rows."""
    body = "".join(
        "<tr>"
        + "".join(f"<td{' class=said' if place == said else ''}>{_text(cell)}</td>" for place, cell in enumerate(row))
        + "</tr>"
        for row in rows
    )
    if not body:
        return ""
    return "<table><tr>" + "".join(f"<th>{_text(cell)}</th>" for cell in head) + f"</tr>{body}</table>"


def _titled(title: str, head: Sequence[str], rows: Iterable[Sequence[str]], *, said: int | None = None) -> str:
    table = _rows(head, rows, said=said)
    return _heading(3, title) + table if table else ""
