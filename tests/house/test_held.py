"""Guard: what is kept about a person or a child is shown to them and erased with them, column by column, or named with its reason."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import JSON, Column, Text

from bot.services.people.erasing import BLANK_BUT
from storage.redaction import _STAYS, _STAYS_COLUMNS
from storage.tables import Table

ROOT = Path(__file__).parent.parent.parent
TABLES = Table.metadata.tables
CLASSES = {mapper.class_.__name__: str(mapper.class_.__tablename__) for mapper in Table.registry.mappers}
BY_NAME = {"person_id", "pupil_id", "telegram_id", "chat_id"}  # what says whose a row is where no foreign key does
EXPORT = {
    "storage/people/everything.py": {
        "everything",
        "_wards",
        "_consents",
        "_journal",
        "_revisions",
        "_seen",
        "_shortlist",
    },
    "storage/certificates/held.py": {"certificates_of", "achievements_of"},
    "storage/people/corresponded.py": {"letters_of", "threads_of", "stops_of"},
    "storage/people/files_held.py": {"files_of"},
    "storage/timetable/feeds.py": {"calendars_of"},
    "storage/people/announced.py": {"absences_of", "reminders_of"},
    "storage/people/answered.py": {"answered_of", "_said"},
    "storage/people/wishes.py": {"wishes_of", "_offers", "_papers", "_wishes"},
}
# Where erasing happens; drafts are dropped whole, which says nothing of what was handed in.
ERASURE = {
    "bot/services/people/erasing.py": {
        "leave",
        "_untold",
        "_cut",
        "_unread",
        "anonymise",
        "_unname_certificates",
        "_drop_achievements",
        "_empty_audit",
        "_end_own_account",
        "forget",
    },
    "bot/services/people/people.py": {"part"},
    "bot/services/messages/erasing.py": {"drop_threads", "_drop", "unsay", "_drop_files"},
    "bot/services/people/withdrawn.py": {"end_choices"},
    "storage/surveys/answers.py": {"drop", "unreceive"},
    "storage/unsaid.py": {"erase"},
    "storage/redaction.py": {"drop_talks", "empty", "keep_plain_marks"},
    "storage/talks.py": {"forget"},
}


def about_people() -> set[str]:
    """Tables that name a person, and those that hang on a child, through however many others."""
    found = {"people", "pupils", "talks"}  # a talk's key is made of the Telegram id
    found |= {name for name, table in TABLES.items() if BY_NAME & set(table.columns.keys())}
    found |= {name for name in TABLES if "people" in referred(name)}
    hanging = {"pupils"}
    while more := {name for name in TABLES if hanging & referred(name)} - hanging:
        hanging |= more
    return found | hanging


def referred(name: str) -> set[str]:
    return {key.column.table.name for key in TABLES[name].foreign_keys}


def columns() -> Iterator[Column[object]]:
    """Every column about people but the rows' own numbers."""
    for name in sorted(about_people()):
        yield from (column for column in TABLES[name].columns if column.name != "id")


def functions(where: dict[str, set[str]]) -> Iterator[ast.AST]:
    """These functions of these files; one that is no longer there is missed."""
    for path, names in where.items():
        body = ast.parse((ROOT / path).read_text("utf-8")).body
        found = [each for each in body if isinstance(each, ast.AsyncFunctionDef | ast.FunctionDef) and each.name in names]
        assert {each.name for each in found} == names, path
        yield from found


def exported() -> set[str]:
    """What the questions behind /mydata's file ask for: columns selected, and those read off a whole row."""
    found = set()
    for function in functions(EXPORT):
        rows = whole_rows(function)
        for node in ast.walk(function):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "select":
                found |= {named(part) for each in node.args for part in ast.walk(each)}
            elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in rows:
                found.add(f"{rows[node.value.id]}.{node.attr}")
    return found - {""}


def whole_rows(function: ast.AST) -> dict[str, str]:
    """Variable → table, where a function holds a row as a whole: `person`, `paper: Application`, `of = wish.Choice`."""
    rows = {"person": "people"}
    for node in ast.walk(function):
        if isinstance(node, ast.arg) and isinstance(node.annotation, ast.Name) and node.annotation.id in CLASSES:
            rows[node.arg] = CLASSES[node.annotation.id]
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Attribute) and node.value.attr in CLASSES:
            rows |= {each.id: CLASSES[node.value.attr] for each in node.targets if isinstance(each, ast.Name)}
    return rows


def named(node: ast.AST) -> str:
    """`table.column` of a `Class.column`; empty: it is none."""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in CLASSES:
        return f"{CLASSES[node.value.id]}.{node.attr}"
    return ""


def erased() -> set[str]:
    """Columns that erasing writes over, or whose rows it deletes, and those out of which names are taken."""
    found = {f"{column.table.name}.{column.name}" for column in columns() if redacted(column)}
    for function in functions(ERASURE):
        for node in ast.walk(function):
            if isinstance(node, ast.Call):
                found |= written_over(node)
    return found


def redacted(column: Column[object]) -> bool:
    """As storage/redaction.py chooses."""
    whole = column.table.name not in _STAYS and column.name not in _STAYS_COLUMNS
    return whole and isinstance(column.type, JSON | Text) and not column.primary_key


def written_over(call: ast.Call) -> set[str]:
    """`delete(Class)`: all its columns; `update(Class)….values(column=…)`: these; `….values(_blank(Class))`: all but when it was made."""
    function = getattr(call.func, "id", getattr(call.func, "attr", ""))
    inner = [node for node in ast.walk(call) if isinstance(node, ast.Call)]
    if function == "delete":
        tables = [CLASSES[each.id] for each in call.args if isinstance(each, ast.Name) and each.id in CLASSES]
        return {f"{table}.{column.name}" for table in tables for column in TABLES[table].columns}
    if function != "values":
        return set()
    changed = [
        CLASSES[arg.id]
        for node in inner
        if getattr(node.func, "id", "") == "update"
        for arg in node.args
        if isinstance(arg, ast.Name) and arg.id in CLASSES
    ]
    if any(isinstance(each, ast.Call) and getattr(each.func, "id", "") == "_blank" for each in call.args):
        return {f"{table}.{column.name}" for table in changed for column in TABLES[table].columns if column.name not in BLANK_BUT}
    return {f"{table}.{word.arg}" for table in changed for word in call.keywords}


# What /mydata's file does not say, by the reason: «table: column column».
NOT_SHOWN = {
    "the child, the person or the course is the heading it stands under": """
        absences: year lesson_id
        announcement_readers: announcement_id person_id
        certificates: organization_id choice_id school_id
        acknowledgements: change_id person_id
        applications: person_id pupil_id school_id
        choices: course_id group_id
        consents: person_id organization_id
        feeds: person_id pupil_id staff_id
        feeds_shown: person_id pupil_id staff_id
        guardianships: person_id pupil_id
        journal_entries: group_id
        journal_revisions: writing_id
        lesson_reminders: person_id
        letters: person_id pupil_id change_id
        pupils: school_id person_id
        shortlist: person_id course_id
        staff: organization_id person_id
        survey_replies: question_id
        survey_responses: person_id survey_id
        thread_messages: person_id
        thread_reads: thread_id person_id
        threads: school_id pupil_id one_id other_id about_id
        writing_stops: person_id school_id""",
    "who of the staff did it is the staff's own datum": """
        applications: decided_by
        achievements: said_by decided_by
        certificates: issued_by revoked_by
        thread_openings: opened_by
        writing_stops: made_by lifted_by
        choice_changes: by""",
    "an act or a paper of the staff, not a datum of the family": """
        attachments: resource_id course_id name link document_id taken made_at made_by removed_at
        agreeings: course_id school_id version says sent_at sent_by answer remarks answered_at answered_by
        announcements: by role staff_id organization_id year kind target_id whom sender words document_id asks state round made_at sent_at leaves_at left_at reminded_at
        certificate_files: of name content sha256 made_at made_by
        certificates_in_files: file_id certificate_id
        criterion_records: school_id year criterion line document_id made_at made_by removed_at
        allocations: year follows_id seed closed input digest drawn_at drawn_by result published_at published_by
        class_absences: year school_id class_name first_day last_day said_by said_at taken_back_at
        agreements: school_id organization_id side number signed_on ends_on ended_on url document_id paper_id published_id made_at made_by
        documents: made_by
        journal_answers: organization_id kind written answer by at
        journal_imports: group_id sha256 name by at
        kept_papers: school_id year kind register counted_year numeral number day organization_id changes_id of starts_on name content sha256 made_at made_by annulled_at annulled_by
        order_lines: paper_id choice_id group_id change
        journal_names: group_id written pupil_id among by at
        journal_revisions: sheet cell
        journal_writings: by source file undoes_id
        lesson_changes: lesson_id was now reason by at superseded_at
        requests: school_id year number organization_id made_at made_by
        request_versions: request_id version made_at made_by
        request_lines: request_id choice_id version change
        tasks: step_id due_on put_off_to put_off_why responsible_id silent done_at done_by evidence document_id""",
    "ids alone: what was done stands where it was done": """
        audit: at person_id action thing thing_id before after reason""",
    "the words of a letter, for the coordinator's telephone": """
        calls: pupil_id person_id letter_id kind facts topic version created_at done_at done_by""",
    "how the bot carries out its work": """
        inbox: update_id arrival chat_id body state attempts received_at why album undrawn worker races
        journal_entries: ordinal version removed_at
        letters: role topic dedup urgency due_at expires_at attempt repeated owner lease_until message_id error why failing_since
        feeds_shown: shown
        thread_messages: update_id
        thread_openings: upto
        thread_reads: side upto
        threads: closed_side
        people: unreachable_at
        choices: lost_at instead_of
        place_offers: remind_at reminded_at
        talks: key state data changed_at update_id before
        wrong_codes: telegram_id at""",
    "a way in, or a post, and how it was got: HMACs and staff": """
        feeds: mac
        certificates: code
        invitations: role staff_id pupil_id token_mac code_mac created_at expires_at used_at used_by made_by voided_at
        staff: code archived_at
        successions: invitation_id staff_id person_id former_id asked_at ended_at how ended_by""",
    "what is over or archived is not held to act upon": """
        guardianships: until
        pupils: archived_at""",
}
# What erasing leaves as it is, by the reason.
STAYS = {
    "counted without a name: the row no longer leads to the child": """
        certificates: organization_id number choice_id school_id code issued_at issued_by revoked_at revoked_by
        certificate_files: of sha256 made_at made_by
        certificates_in_files: file_id certificate_id
        applications: year goes_on wanted created_at submitted_at decided_at
        choice_changes: choice_id at
        choices: application_id course_id rank first_number outcome_at anyway lost_at instead_of
        journal_entries: group_id day lesson ordinal version entered_at removed_at
        place_offers: choice_id made_at remind_at deadline reminded_at ended_at
        request_lines: request_id choice_id version""",
    "the record that consent was given and withdrawn, and who might act": """
        consents: person_id pupil_id organization_id given_at
        guardianships: person_id pupil_id since""",
    "the school's workbook says it, not the family": """
        pupils: code full_name class_name class_year birth_date school_id archived_at
        staff: code full_name organization_id role post person_id archived_at""",
    "the school's document, kept on its own basis: the page of withdrawal says so": """
        application_versions: application_id version made_at facts
        kept_papers: school_id year kind register counted_year numeral number day organization_id changes_id of starts_on name content sha256 made_at made_by annulled_at annulled_by
        order_lines: paper_id choice_id group_id change""",
    "that there was a letter is counted; what it said is emptied": """
        letters: person_id pupil_id topic dedup urgency due_at expires_at attempt repeated lease_until created_at sent_at message_id change_id failing_since""",
    "append-only, ids alone; the person behind the id is empty": """
        audit: at person_id thing_id
        people: created_at
        invitations: staff_id pupil_id token_mac code_mac created_at expires_at used_at used_by made_by voided_at
        successions: invitation_id staff_id person_id former_id asked_at ended_at ended_by""",
    "an act or a paper of the staff": """
        attachments: resource_id course_id document_id taken made_at made_by removed_at
        agreeings: course_id school_id version sent_at sent_by answered_at answered_by
        announcements: by staff_id organization_id year target_id document_id asks round made_at sent_at leaves_at left_at reminded_at
        criterion_records: school_id year criterion document_id made_at made_by removed_at
        allocations: year follows_id digest drawn_at drawn_by published_at published_by
        applications: decided_by
        class_absences: year school_id first_day last_day said_by said_at taken_back_at
        agreements: school_id organization_id side number signed_on ends_on ended_on url document_id paper_id published_id made_at made_by
        journal_answers: organization_id kind written answer by at
        journal_imports: group_id sha256 by at
        journal_writings: at undoes_id
        lesson_changes: lesson_id by at superseded_at
        requests: school_id year number organization_id made_at made_by
        request_versions: request_id version made_at made_by
        tasks: step_id due_on put_off_to responsible_id silent done_at done_by document_id""",
    "that an update came; whose it was and what it said are emptied": """
        inbox: update_id arrival state attempts received_at why album worker races""",
}


def listed(reasons: dict[str, str]) -> list[str]:
    lines = [line.strip().partition(": ") for text in reasons.values() for line in text.strip().splitlines()]
    return [f"{table}.{name}" for table, _, names in lines for name in names.split()]


def test_what_is_kept_about_somebody_is_shown_to_them_or_named_here() -> None:
    every = {f"{column.table.name}.{column.name}" for column in columns()}
    assert sorted(every - exported()) == sorted(listed(NOT_SHOWN))


def test_what_is_kept_about_somebody_is_erased_with_them_or_named_here() -> None:
    every = {f"{column.table.name}.{column.name}" for column in columns()}
    assert sorted(every - erased()) == sorted(listed(STAYS))


def test_tables_that_hang_on_a_child_through_others_are_found() -> None:
    assert {"people", "choices", "place_offers", "request_lines", "talks", "wrong_codes", "inbox", "audit"} <= about_people()
