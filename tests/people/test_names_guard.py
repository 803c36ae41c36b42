"""Guard: a new question that gives out pupils' names says whose eyes it is for."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

STORAGE = Path(__file__).parent.parent.parent / "storage"

# Who reads what these give; a partner, its teacher, or a school that shares a group gets names through
# storage.consent.shown_name, and through nothing else.
FOR_WHOM = {
    "audience.about": "the family: first names",
    "audience.names": "nobody: held against the words of an announcement, whose writer hears only that it names somebody",
    "losses.losses": "the school: its own pupils only, by its coordinator's schools",
    "byhand.children_waiting": "the school: its own pupils only, by its coordinator's schools",
    "allocation.children": "the family's letters: first names",
    "allocation.named": "the school: bot/services/allocation/view.py hides other schools' pupils",
    "calls.waiting": "the coordinators of the pupil's school",
    "consent.named_to_partner": "papers a partner gets",
    "consent.shown_name": "the one way to staff: by whose eyes it is (Reader)",
    "consents.subjects": "the family, and the heads of the pupil's school",
    "courses.about_children": "the family, and the coordinator who enters for it",
    "deciding.classmates": "the coordinators of the pupil's school",
    "deciding.pupil": "the coordinators of the pupil's school",
    "everything._wards": "the family",
    "finding.pupils_like": "the coordinators of the pupil's school",
    "invitations.by_macs": "who holds the pupil's invitation: the first name",
    "invitations._pupils": "the coordinators of the pupil's school and the command line",
    "invitations.voided": "the coordinators of the pupil's school",
    "journal._lines": "the family; a group's day is asked with shown_name",
    "journal.pupils": "matching a file by names; what is shown of it goes through consent.unnamed",
    "mydata.names": "the family",
    "mydata.withdrawal": "the coordinators of the pupil's school",
    "network._things": "the workbook: coordinators and the command line",
    "offers.about": "the family's letters: first names",
    "orders.ordered": "the heads of the school whose order it is",
    "papers.asking": "the family, and the heads of the pupil's school",
    "people.full_names": "the family: a sentence that names its children",
    "people.children_of": "the family",
    "people.first_names": "the family",
    "people.offers_waiting": "the family",
    "people.unsent": "the family",
    "requests._who": "the coordinators of the pupil's school, before the partner is told",
    "touched.touched": "the workbook's plan, for the coordinator who loads it, and the family's letters: first names",
    "yearend.endings": "the family's letters: first names",
    "yearend.one": "the family's letter; who answers is asked with shown_name",
    "yearend.unfinished": "the coordinators of the pupil's school",
}


def giving_names() -> Iterator[str]:
    """The questions that name a pupil in what they give back, prepared ones too: `file.function`."""
    for file in sorted(STORAGE.rglob("*.py")):
        body = ast.parse(file.read_text("utf-8")).body
        functions = [each for each in body if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)]
        made_by = {each.name for each in functions if gives_name(each)}
        prepared = {
            target.id
            for each in body
            if isinstance(each, ast.Assign) and (gives_name(each.value) or names_in(each.value) & made_by)
            for target in each.targets
            if isinstance(target, ast.Name)
        }
        for function in functions:
            if function.name in made_by or names_in(function) & prepared:
                yield f"{file.stem}.{function.name}"


def names_in(node: ast.AST) -> set[str]:
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}


def gives_name(function: ast.AST) -> bool:
    ordering = {
        id(node)
        for call in ast.walk(function)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in ("order_by", "group_by")
        for argument in call.args
        for node in ast.walk(argument)
    }
    named = (node for node in ast.walk(function) if isinstance(node, ast.Attribute) and node.attr == "full_name")
    return any(ast.unparse(node) == "Pupil.full_name" and id(node) not in ordering for node in named)


def test_every_question_that_names_pupils_is_thought_of() -> None:
    assert set(giving_names()) == set(FOR_WHOM)
