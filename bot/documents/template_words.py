"""The words a template says and its facts do not have: in every branch, whether or not these facts would take it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jinja2 import nodes

_ANY: Any = object()  # a value nothing is known of
_FREE = (
    "range",
    "dict",
    "cycler",
    "joiner",
    "namespace",
    "lipsum",
    "loop",
    "caller",
    "varargs",
    "kwargs",
    "true",
    "false",
    "none",
)
_SAME = ("list", "sort", "reverse", "unique", "batch", "slice")  # filters that give back what they were given, near enough
_ONE = ("first", "last", "random")


def unknown_words(tree: nodes.Node, facts: Mapping[str, Any]) -> list[str]:
    """Of a parsed template; a list's first item stands for all of its items, and of an empty one nothing is known."""
    found: list[str] = []
    _walk(tree, dict(facts), found)
    return found


def _walk(node: nodes.Node, scope: dict[str, Any], found: list[str]) -> None:
    match node:
        case nodes.For():
            inside = {**scope, **_bound(node.target, _item(_value(node.iter, scope, found)))}
            for each in (*([node.test] if node.test else []), *node.body):
                _walk(each, inside, found)
            for each in node.else_:
                _walk(each, scope, found)
        case nodes.Assign():
            scope |= _bound(node.target, _value(node.node, scope, found))
        case nodes.With():
            named: dict[str, Any] = {}
            for target, value in zip(node.targets, node.values, strict=True):
                named |= _bound(target, _value(value, scope, found))
            _all(node.body, {**scope, **named}, found)
        case nodes.AssignBlock():
            _all(node.body, dict(scope), found)
            scope |= _bound(node.target, _ANY)
        case nodes.Macro():
            scope[node.name] = _ANY
            _all(node.body, {**scope, **{one.name: _ANY for one in node.args}}, found)
        case nodes.Expr():
            _value(node, scope, found)
        case _:
            _all(node.iter_child_nodes(), scope, found)


def _all(some: Any, scope: dict[str, Any], found: list[str]) -> None:
    for each in some:
        _walk(each, scope, found)


def _value(node: nodes.Node, scope: dict[str, Any], found: list[str]) -> Any:
    """What an expression is, as far as that can be said without running it."""
    match node:
        case nodes.Name():
            return _named(node.name, scope, found)
        case nodes.Getattr():
            return _part(_value(node.node, scope, found), node.attr, found)
        case nodes.Getitem(arg=nodes.Const(value=str() as name)):
            return _part(_value(node.node, scope, found), name, found)
        case nodes.Test(name="defined" | "undefined") | nodes.Filter(name="default" | "d"):
            return _ANY  # whoever wrote it knows that the word may not be there
        case nodes.Filter(node=nodes.Expr() as of):
            value = _value(of, scope, found)
            _all((*node.args, *node.kwargs), scope, found)
            return value if node.name in _SAME else _item(value) if node.name in _ONE else _ANY
        case nodes.Getitem():
            value = _value(node.node, scope, found)
            _walk(node.arg, scope, found)
            return _item(value)
    _all(node.iter_child_nodes(), scope, found)
    return _ANY


def _named(name: str, scope: Mapping[str, Any], found: list[str]) -> Any:
    if name not in scope and name not in _FREE:
        found.append(name)
    return scope.get(name, _ANY)


def _part(of: Any, name: str, found: list[str]) -> Any:
    if of is _ANY or of is None:
        return _ANY
    if isinstance(of, dict) and name in of:
        return of[name]
    if not hasattr(of, name):
        found.append(name)
    return _ANY


def _item(of: Any) -> Any:
    return of[0] if isinstance(of, list) and of else _ANY


def _bound(target: nodes.Node, value: Any) -> dict[str, Any]:
    if isinstance(target, nodes.Name):
        return {target.name: value}
    return {one.name: _ANY for one in target.find_all(nodes.Name)}
