"""What the floors below the command line refuse with, said in its language.

Settings, storage and the libraries (Typer, pydantic, drivers, the operating system) know no locales: they say one English
sentence, which the log keeps as it is. Here each such sentence is known by its shape and said anew in LOCALE. One that is not
known is said as it came; a guard (tests/house/test_one_language.py) finds those of ours that are missing.
"""

from __future__ import annotations

import re
from functools import cache

from bot.voice import Voice

# The English sentence as it stands in the code, its facts in braces → the key of the locales. {why} is a sentence of its own.
ANSWERS: dict[str, str] = {
    "BOT_TOKEN is not set: put the token @BotFather gave you into .env (or try the bot without one: make demo)": "cli-no-token",
    "BOT_TOKEN is not set: put the token @BotFather gave you into .env": "cli-no-token-short",
    "BOT_TOKEN does not look like a token: @BotFather gives one like 123456:ABC…": "cli-odd-token",
    "Telegram does not accept the token: see BOT_TOKEN": "cli-wrong-token",
    "Telegram does not accept the token any more: see BOT_TOKEN": "cli-token-no-more",
    "Telegram cannot be reached at TELEGRAM_API={address}": "cli-telegram-away",
    "Telegram asks to wait {seconds} s": "cli-telegram-wait",
    "Telegram refused the start: {answer}": "cli-telegram-refused",
    "{file} is gone, and the bot still works on it: do not stop it before you have read docs/operations.md": "cli-file-gone",
    "another bot already works on {database}: stop it first": "cli-another-bot",
    "cannot listen at LISTEN={address}: {why}": "cli-cannot-listen",
    "the database is from a newer version of the bot (schema {version}): update the bot": "cli-newer-database",
    "cannot open the database {database}: {why}": "cli-database-closed",
    "settings": "cli-tick-settings",
    "database": "cli-tick-database",
    "schema": "cli-tick-schema",
    "token": "cli-tick-token",
    "templates": "cli-tick-templates",
    "doctor": "cli-tick-doctor",
    "processes": "cli-tick-processes",
    "up to date": "cli-up-to-date",
    "{version} (one writer at a time)": "cli-one-writer",
    "schema: the database's tables are not those of this version; restore a backup or report it": "cli-wrong-schema",
    "token: {why}": "cli-token-line",
    "{name}: {folder} cannot be written to": "cli-not-writable",
    "{file} exists already: choose another name, nothing is overwritten": "cli-file-exists",
    "--staff and --class exclude each other": "cli-staff-or-class",
    "stopped": "cli-stopped",
    "this is the bot's own fault ({kind}); nothing was half done. Details for its makers: {file}": "cli-crash",
    "No such command {name}.": "cli-no-command",
    "No such command {name}. Did you mean {near}?": "cli-no-command-near",
    "Missing command.": "cli-command-missing",
    "Missing argument {name}.": "cli-argument-missing",
    "Missing option {name}.": "cli-option-missing",
    "No such option: {name}": "cli-no-option",
    "No such option: {name} (Possible options: {near})": "cli-no-option-near",
    "Option {name} does not take a value.": "cli-option-no-value",
    "Option {name} requires an argument.": "cli-option-wants-value",
    "Got unexpected extra argument(s) ({words})": "cli-too-many",
    "Invalid value for {name}: {why}": "cli-invalid-for",
    "Invalid value: {why}": "cli-invalid",
    "an address such as https://example.org is expected": "cli-address",
    "sqlite+aiosqlite:///FILE or postgresql+asyncpg://… is expected": "cli-database-address",
    "a zone such as Europe/Moscow is expected": "cli-zone",
    "HOST:PORT is expected, e.g. 127.0.0.1:8081": "cli-listen",
    "WEBHOOK_URL and WEBHOOK_SECRET go together: set both (webhook) or neither (long polling)": "cli-webhook-both",
    "HH:MM-HH:MM is expected, e.g. 21:00-07:00": "cli-quiet",
    ".env is not written in UTF-8: save it anew in that encoding": "cli-env-encoding",
    "Input should be a valid integer, unable to parse string as an integer": "cli-integer",
    "Input should be greater than or equal to {least}": "cli-at-least",
    "Input should be less than or equal to {most}": "cli-at-most",
    "Input should be {one} or {other}": "cli-two",
    "there is no database at {database}": "cli-no-database",
    "{database} exists: stop the bot and add --force to put the copy in its place (the present one is kept beside)": "cli-restore-force",
    "{file}: the copy or its {beside} cannot be read; both are needed": "cli-copy-unreadable",
    "{file} is damaged: its SHA-256 is not the one in {beside}": "cli-copy-damaged",
    "{file} is no database: {why}": "cli-copy-no-database",
    "{file} is not a whole database of this bot": "cli-copy-not-ours",
    "{program} is not installed here: install postgresql-client of the server's version": "cli-no-program",
    "{program} did not do it: {why}": "cli-program-failed",
    "another program works on the database {database}: stop it first": "cli-busy-database",
    "{role} may not make databases here: ALTER ROLE {name} CREATEDB, then again": "cli-no-createdb",
    "there is no copy in {folder}: the bot takes one a night, or take one: {command}": "cli-no-copy",
    "the copy holds what must not be: see above": "cli-copy-wrong",
    "the database to move into is not empty: name a new one, nothing is overwritten": "cli-not-empty",
    "the rows of {table} are not the same in both databases: nothing was moved": "cli-not-same",
    "the distribution does not come out as published": "cli-allocation-differs",
    "the database holds what must not be: see above": "cli-doctor-wrong",
    "{count} questions, all well": "cli-doctor-well",
    "{count} questions, nothing is wrong, but see above": "cli-doctor-see",
    "the database is away or locked by another program ({why}): nothing was half done, try again": "cli-database-away",
    "the database is damaged ({why}): stop the bot, copy {folder} aside, then {command}": "cli-database-damaged",
    "the ledger of erasures in {folder}: {why}": "cli-ledger-closed",
    "the database cannot be brought to this version: a row of {table} points at none of {other}": "cli-migration-broken",
    "this is the bot's own fault ({kind}); nothing was half done. It broke at {where}": "cli-crash-here",
    "letters sent without a moment": "doctor-sent-no-moment",
    "letters in flight without a lease": "doctor-no-lease",
    "letters waiting without facts": "doctor-no-facts",
    "chats with two letters of different workers in flight": "doctor-two-workers",
    "updates waiting without a body": "doctor-no-body",
    "chats in the hands of two processes": "doctor-two-hands",
    "processes that gave no sign of life for a minute, and whose work nobody took over: is any process running?": "doctor-silent",
    "{count} at work, the oldest sign of life {seconds} s old": "cli-doctor-processes",
    "groups with more pupils than seats": "doctor-over-full",
    "entries of the journal that stand otherwise than was last written": "doctor-entries",
    "pupils enrolled twice in one course": "doctor-twice",
    "pupils in groups who are of no school of the network": "doctor-no-school",
    "wishes of a closed year without an end": "doctor-closed-wishes",
    "places of a closed year still offered": "doctor-closed-offers",
    "lessons of a closed year still ahead": "doctor-closed-lessons",
    "enrolled without a group": "doctor-no-group",
    "lessons that end before they begin": "doctor-lesson-ends",
    "used invitations without a user": "doctor-used-by-nobody",
    "guardianships that end before they begin": "doctor-guardianship-ends",
    "requests that name a choice of another year": "doctor-year-request",
    "choices with a place in a group of another course": "doctor-other-course",
    "lessons of a group after its academic year": "doctor-year-lesson",
    "letters that did not arrive: tell them by telephone (the coordinator's list «Позвонить»)": "doctor-dead",
    "letters that may not have arrived: tell them by telephone (the coordinator's list «Позвонить»)": "doctor-unknown",
    "letters to people who shut the bot out: tell them by telephone (the coordinator's list «Позвонить»)": "doctor-shut-out",
    "requests that still name pupils who went to another school: send their next versions (both schools)": "doctor-request-school",
    "pupils with a place from an offer whom no request names yet: send its next version (the school)": "doctor-unnamed",
    "members of staff whom the bot cannot reach: they shut it out": "doctor-staff-shut-out",
    "updates put aside: the process died three times with them in hand, since {since}: {numbers}": "doctor-aside-deaths",
    "updates put aside: they cannot be read (too long, too deep, no JSON, numbers out of range), since {since}: {numbers}": "doctor-aside-unreadable",
    "updates put aside: of a kind this version does not know, since {since}: {numbers}": "doctor-aside-unknown",
    "updates put aside: handling them took more than ten seconds, since {since}: {numbers}": "doctor-aside-too-long",
    "updates put aside: handling them failed, since {since}: {numbers}": "doctor-aside-failed",
    "no port is free from {first} to {last}: say another with --port": "demo-no-port",
    "port {port} cannot be used: {why}": "demo-port-refused",
    "the bot did not wake up": "demo-not-awake",
    "the bot ended by itself": "demo-ended",
    "Telegram was treated badly: {what}": "demo-treated-badly",
    "{name} could not come in: {page}": "demo-not-in",
    "{name} has not acted": "demo-not-acted",
    "{name} did not read «{words}»": "demo-not-read",
    "{why}; the last page was:": "demo-not-told",
    "No such file or directory": "os-no-file",
    "Permission denied": "os-denied",
    "Is a directory": "os-is-folder",
    "Not a directory": "os-not-folder",
    "File exists": "os-exists",
    "No space left on device": "os-full",
    "Read-only file system": "os-read-only",
    "Input/output error": "os-broken",
    "Disk quota exceeded": "os-quota",
    "Operation not permitted": "os-not-permitted",
    "Too many open files": "os-too-many",
    "File name too long": "os-too-long",
    "address already in use": "os-address-taken",
    "Connection refused": "os-refused",
    "Connect call failed {address}": "os-away",
    "file is not a database": "os-not-database",
    "unable to open database file": "os-cannot-open",
    "database or disk is full": "os-database-full",
    "disk I/O error": "os-disk-error",
    "attempt to write a readonly database": "os-database-read-only",
    "database is locked": "os-database-locked",
    "database disk image is malformed": "os-malformed",
    "[Errno {number}] {why}: {file}": "os-errno-file",
    "[Errno {number}] {why}": "os-errno",
}


@cache
def _shapes() -> list[tuple[re.Pattern[str], str]]:
    """Every sentence as a pattern; those with more words of their own first."""
    shapes = []
    for sentence, key in sorted(ANSWERS.items(), key=lambda answer: -len(re.sub(r"{\w+}", "", answer[0]))):
        parts = re.split(r"{(\w+)}", sentence)
        pattern = "".join(f"(?P<{part}>.+?)" if place % 2 else re.escape(part) for place, part in enumerate(parts))
        shapes.append((re.compile(pattern, re.IGNORECASE), key))
    return shapes


def known(sentence: str) -> tuple[str, dict[str, str]] | None:
    """The key and the facts of a sentence, or None."""
    for pattern, key in _shapes():
        if found := pattern.fullmatch(sentence):
            return key, found.groupdict()
    return None


def told(sentence: str, say: Voice) -> str:
    """The sentence in the language of the command line: its first line; what follows is somebody's own words."""
    first, *rest = sentence.split("\n")
    return "\n".join([_line(first, say), *rest])


def _line(sentence: str, say: Voice) -> str:
    if found := known(sentence):
        key, facts = found
        return say.plain(key, **{name: _line(fact, say) if name == "why" else fact for name, fact in facts.items()})
    name, colon, what = sentence.partition(": ")
    return f"{name}: {_line(what, say)}" if colon else sentence  # «DATA_DIR: data: No such file …», «TIME_ZONE: …»
