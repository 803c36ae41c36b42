"""What is asked for every update: put together once, and turned into SQL once.

Putting a question together and passing it through a session costs ten times what SQLite takes to answer it. What a page asks once
a day may stay as it is; what every press asks is `Prepared` (docs/decisions/0077).
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any, TypeAlias

from sqlalchemy import BindParameter, CompoundSelect, Select, bindparam

from storage.asking import Asking
from storage.db import Tx
from storage.parts import MOST

Asked: TypeAlias = Select[*tuple[Any, ...]] | CompoundSelect[*tuple[Any, ...]]  # of columns: an entity is a session's
Processor: TypeAlias = Callable[[Any], Any]


def several(name: str) -> BindParameter[Any]:
    """Many values for one `in_`; none find nothing."""
    return bindparam(name, expanding=True)


class Prepared:
    """A question with values left open: `bindparam("name")` for one, `several("name")` for many."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self._ready: dict[tuple[object, ...], _Ready] = {}  # of a database, and lists of certain lengths

    @cached_property
    def _many(self) -> list[str]:
        return [name for name, each in self.asked.compile().binds.items() if each.expanding and not each.unique]

    async def rows(self, tx: Tx, **values: Any) -> Sequence[Any]:
        """Every row, with its columns by name."""
        if not isinstance(tx, Asking) or any(len(values[name]) > MOST for name in self._many):
            return (await tx.execute(self.asked, values)).all()
        values |= {name: _padded(values[name]) for name in self._many}
        kind = (tx.dialect.name, *(len(values[name]) for name in self._many))
        ready = self._ready.get(kind)
        if ready is None:
            ready = self._ready[kind] = _made(self.asked, tx.dialect, values)
        return await ready.answer(tx, values)

    async def first(self, tx: Tx, **values: Any) -> Any:
        """The first row; None: there is none."""
        rows = await self.rows(tx, **values)
        return rows[0] if rows else None

    async def value(self, tx: Tx, **values: Any) -> Any:
        """The first column of the first row; None: there is none."""
        rows = await self.rows(tx, **values)
        return next(iter(rows[0])) if rows else None

    async def column(self, tx: Tx, **values: Any) -> list[Any]:
        """The first column of every row."""
        return [next(iter(row)) for row in await self.rows(tx, **values)]


def _padded(values: Collection[Any]) -> list[Any]:
    """As many as a power of two: the last is asked for more than once, so that few lengths are ever made ready."""
    found = list(values)
    wanted = 1 << (len(found) - 1).bit_length() if found else 0
    return found + found[-1:] * (wanted - len(found))


@dataclass(frozen=True)
class _Ready:
    """SQL of one database for lists of certain lengths, and how values go in and come out."""

    sql: str
    given: list[Callable[[dict[str, Any]], Any]]
    read: Sequence[tuple[int, Processor]]  # the columns whose values the driver does not give as they are meant
    row: Callable[[Sequence[Any]], Any]

    async def answer(self, tx: Asking, values: dict[str, Any]) -> list[Any]:
        rows: list[Any] = await tx.ask(self.sql, [given(values) for given in self.given])
        if self.read:
            for number, row in enumerate(rows):
                rows[number] = changed = list(row)
                for place, read in self.read:
                    changed[place] = read(changed[place])
        return [self.row(row) for row in rows]


def _made(asked: Asked, dialect: Any, values: dict[str, Any]) -> _Ready:
    compiled = asked.compile(dialect=dialect)
    state = compiled.construct_expanded_state(values)
    whence = {one: (name, place) for name, some in state.parameter_expansion.items() for place, one in enumerate(some)}
    given: list[Callable[[dict[str, Any]], Any]] = []
    for one in state.positiontup or ():
        name, place = whence.get(one, (one, None))
        kind = compiled.binds[name].type.dialect_impl(dialect)
        processor = kind.bind_processor(dialect) or _as_it_is
        if name not in values:
            constant = compiled.params[name]
            given.append(partial(_constant, processor(constant if place is None else constant[place])))
        elif place is None:
            given.append(partial(_named, processor, name))
        else:
            given.append(partial(_one_of, processor, name, place))
    columns = asked.selected_columns
    found = [each.type.dialect_impl(dialect).result_processor(dialect, None) for each in columns]
    row: Any = namedtuple("row", list(columns.keys()), rename=True)  # type: ignore[misc]  # its fields are the question's
    read = [(place, each) for place, each in enumerate(found) if each is not None]
    return _Ready(state.statement, given, read, row._make)


def _as_it_is(value: Any) -> Any:
    return value


def _one_of(processor: Processor, name: str, place: int, values: dict[str, Any]) -> Any:
    return processor(values[name][place])


def _named(processor: Processor, name: str, values: dict[str, Any]) -> Any:
    return processor(values[name])


def _constant(value: Any, _values: dict[str, Any]) -> Any:
    return value
