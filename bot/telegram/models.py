"""aiogram, imported so that each of its models is built when it is first used: 700 of them, of which a bot uses forty (decision 73).

Whoever imports aiogram imports this package before it; else its models are built at once, and everything works as well.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pydantic import BaseModel


@contextmanager
def unbuilt() -> Iterator[None]:
    """What is imported inside describes its models and builds none: pydantic does so at a model's first use."""
    rebuild, config = BaseModel.__dict__["model_rebuild"], BaseModel.model_config
    BaseModel.model_config = {"defer_build": True}
    BaseModel.model_rebuild = classmethod(_leave)  # type: ignore[assignment,method-assign]  # aiogram builds all its types with it
    try:
        yield
    finally:
        BaseModel.model_rebuild = rebuild  # type: ignore[method-assign]
        BaseModel.model_config = config


def _leave(_model: type[BaseModel], /, **_: Any) -> None:
    return None


def _name_each_other() -> None:
    """The types name each other by words that only their package knows: each module is told what the words mean."""
    package = sys.modules["aiogram.types"]
    known = {name: getattr(package, name) for name in [*package.__all__, "Optional", "Union", "Literal"]}
    known |= {"List": list, "Default": importlib.import_module("aiogram.client.default").Default}
    for name, module in list(sys.modules.items()):
        if name.startswith("aiogram.types."):
            for word, meant in known.items():
                vars(module).setdefault(word, meant)


if "aiogram" not in sys.modules:
    with unbuilt():
        importlib.import_module("aiogram")
    _name_each_other()
