"""Whether a call is one the Bot API knows: names and types of its parameters, after aiogram's own models of the methods."""

from __future__ import annotations

import datetime
import enum
import re
import types
import typing
from collections.abc import Callable
from functools import cache
from typing import Any

import aiogram.methods
import orjson
from aiogram.client.default import Default
from aiogram.methods.base import TelegramMethod
from aiogram.types import InputFile
from pydantic import BaseModel
from pydantic.fields import FieldInfo

_INTEGER = re.compile(r"[+-]?\d{1,19}")
# A missing one of these is refused by the method itself, in the server's words.
SPOKEN_FOR = frozenset((
    "chat_id", "text", "message_id", "message_ids", "document", "photo", "media", "file_id", "callback_query_id",
    "inline_query_id", "commands", "results", "url", "from_chat_id",
))  # fmt: skip


class WrongError(ValueError):
    """Says which parameter, and what is wrong with it."""


class Rule:
    """One type: `read` takes what came over the wire, `check` what stands inside JSON. Both raise WrongError."""

    name = "anything"

    def read(self, value: Any) -> Any:
        self.check(value)
        return value

    def check(self, value: Any) -> None:
        pass


class _Integer(Rule):
    name = "an integer"

    def read(self, value: Any) -> Any:
        if isinstance(value, str) and _INTEGER.fullmatch(value):
            return int(value)
        return super().read(value)

    def check(self, value: Any) -> None:
        if type(value) is not int:
            raise WrongError(f"is {_named(value)}, not {self.name}")


class _Number(Rule):
    name = "a number"

    def read(self, value: Any) -> Any:
        try:
            return float(value) if isinstance(value, str) else super().read(value)
        except ValueError as error:
            raise WrongError(f"is {_named(value)}, not {self.name}") from error

    def check(self, value: Any) -> None:
        if type(value) not in (int, float):
            raise WrongError(f"is {_named(value)}, not {self.name}")


class _Truth(Rule):
    name = "true or false"
    words: typing.ClassVar = {"true": True, "false": False, "1": True, "0": False}

    def read(self, value: Any) -> Any:
        if isinstance(value, str) and value.lower() in self.words:
            return self.words[value.lower()]
        return super().read(value)

    def check(self, value: Any) -> None:
        if type(value) is not bool:
            raise WrongError(f"is {_named(value)}, not {self.name}")


class _String(Rule):
    name = "a string"

    def check(self, value: Any) -> None:
        if type(value) is not str:
            raise WrongError(f"is {_named(value)}, not {self.name}")


class _OneOf(Rule):
    def __init__(self, choices: tuple[Any, ...]) -> None:
        self.choices = {choice.value if isinstance(choice, enum.Enum) else choice for choice in choices}
        self.name = "one of " + ", ".join(sorted(map(str, self.choices)))

    def check(self, value: Any) -> None:
        if value not in self.choices:
            raise WrongError(f"is {_named(value)}, not {self.name}")


class _Json(Rule):
    def read(self, value: Any) -> Any:
        if isinstance(value, str):
            try:
                value = orjson.loads(value)
            except orjson.JSONDecodeError as error:
                raise WrongError("is not JSON") from error
        return super().read(value)


class _List(_Json):
    def __init__(self, of: Rule) -> None:
        self.of = of
        self.name = f"a list of {of.name}"

    def check(self, value: Any) -> None:
        if type(value) is not list:
            raise WrongError(f"is {_named(value)}, not {self.name}")
        for number, item in enumerate(value):
            try:
                self.of.check(item)
            except WrongError as error:
                raise WrongError(f"[{number}] {error}") from error


class _Object(_Json):
    """A type of the Bot API. Its fields are looked up when first needed: types may hold themselves."""

    def __init__(self, model: type[BaseModel]) -> None:
        self.model = model
        self.name = model.__name__
        self._fields: dict[str, Rule] | None = None
        self._required: tuple[str, ...] = ()

    @property
    def fields(self) -> dict[str, Rule]:
        if self._fields is None:
            self.model.model_rebuild()  # whoever imported aiogram may have left its models unbuilt: the words then mean nothing yet
            fields = self.model.model_fields
            self._fields = {field.alias or name: rule(field.annotation) for name, field in fields.items()}
            self._required = tuple(field.alias or name for name, field in fields.items() if field.is_required())
        return self._fields

    def likeness(self, value: dict[str, Any]) -> int:
        """How much of the object is this type's."""
        kind = self.fields.get("type")
        named = isinstance(kind, _OneOf) and value.get("type") in kind.choices
        return 100 * named + sum(1 if name in self.fields else -1 for name in value)

    def check(self, value: Any) -> None:
        if type(value) is not dict:
            raise WrongError(f"is {_named(value)}, not {self.name}")
        fields = self.fields
        for name, item in value.items():
            if name not in fields:
                raise WrongError(f'has the unknown field "{name}" (of {self.name})')
            if item is not None:
                try:
                    fields[name].check(item)
                except WrongError as error:
                    raise WrongError(f".{name} {error}") from error
        for name in self._required:
            if value.get(name) is None:
                raise WrongError(f'has no field "{name}" (of {self.name})')


class _Any(_Json):
    """A union: any of its types will do; the complaint of the likeliest is shown."""

    def __init__(self, of: list[Rule]) -> None:
        self.of = of
        self.name = " or ".join(rule.name for rule in of)

    def read(self, value: Any) -> Any:
        for rule_ in self.of:
            try:
                return rule_.read(value)
            except WrongError:
                continue
        return self._likeliest(value).read(value)

    def check(self, value: Any) -> None:
        for rule_ in self.of:
            try:
                return rule_.check(value)
            except WrongError:
                continue
        return self._likeliest(value).check(value)

    def _likeliest(self, value: Any) -> Rule:
        """Whose complaint is worth hearing: of the object most of whose fields are there."""
        objects = [rule_ for rule_ in self.of if isinstance(rule_, _Object)]
        if isinstance(value, str) and objects:
            try:
                value = orjson.loads(value)
            except orjson.JSONDecodeError:
                return objects[0]
        if isinstance(value, dict) and objects:
            return max(objects, key=lambda rule_: rule_.likeness(value))
        if isinstance(value, list):
            return next((rule_ for rule_ in self.of if isinstance(rule_, _List)), self.of[0])
        return self.of[0]


@cache
def _object(model: type[BaseModel]) -> _Object:
    return _Object(model)


_PLAIN: dict[Any, Callable[[], Rule]] = {
    int: _Integer, float: _Number, bool: _Truth, str: _String, datetime.datetime: _Integer, datetime.timedelta: _Integer,
    InputFile: _String, Any: Rule,
}  # fmt: skip


def rule(annotation: Any) -> Rule:
    """The rule of a type as it is written in a model."""
    if annotation in _PLAIN:
        return _PLAIN[annotation]()
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        return rule(arguments[0])
    if origin in (typing.Union, types.UnionType):
        # A string would swallow everything: it is tried last.
        members = [member for member in arguments if member not in (types.NoneType, Default)]
        members.sort(key=lambda member: (member is str, member is InputFile))
        return rule(members[0]) if len(members) == 1 else _Any([rule(member) for member in members])
    if origin is list:
        return _List(rule(arguments[0]))
    if origin is typing.Literal:
        return _OneOf(arguments)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return _object(annotation)
    if isinstance(annotation, type) and issubclass(annotation, enum.Enum):
        return _OneOf(tuple(annotation))
    return Rule()


def _of_old(field: FieldInfo) -> bool:
    """Whether aiogram still offers what the Bot API names no more (`disable_web_page_preview`)."""
    return isinstance(field.json_schema_extra, dict) and field.json_schema_extra.get("deprecated") is True


class Signature:
    """What one method takes."""

    def __init__(self, method: type[TelegramMethod[Any]]) -> None:
        self.name: str = method.__api_method__
        fields = {name: field for name, field in method.model_fields.items() if not _of_old(field)}
        self.rules = {name: rule(field.annotation) for name, field in fields.items()}
        self.required = tuple(name for name, field in fields.items() if field.is_required() and name not in SPOKEN_FOR)

    def read(self, raw: dict[str, Any]) -> dict[str, Any]:
        """The parameters by their types. Raises WrongError."""
        found = {}
        rules = self.rules
        for name, value in raw.items():
            known = rules.get(name)
            if known is None:
                raise WrongError(f'unknown parameter "{name}"')
            if value is not None:
                try:
                    found[name] = known.read(value)
                except WrongError as error:
                    raise WrongError(f'parameter "{name}" {error}') from error
        for name in self.required:
            if name not in found:
                raise WrongError(f'parameter "{name}" is missing')
        return found


def _named(value: Any) -> str:
    shown = repr(value)
    return shown if len(shown) <= 60 else shown[:60] + "…"


@cache
def signatures() -> dict[str, Signature]:
    """Every method aiogram knows, by its name in lower case. Built once: it takes a moment."""
    found = {}
    for name in aiogram.methods.__all__:
        method = getattr(aiogram.methods, name)
        if isinstance(method, type) and issubclass(method, TelegramMethod) and method is not TelegramMethod:
            found[method.__api_method__.lower()] = Signature(method)
    return found
