"""The nouns ⇄ JSON-ready dictionaries. Decimals are strings, spans pairs; empty and default fields are left out."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar

from corpus.model import Span

T = TypeVar("T")


def encode(value: Any) -> Any:  # noqa: ANN401
    """A JSON-ready copy of a noun.

    >>> from corpus.model import Member
    >>> encode(Member("取", Span(1, 2)))
    {'text': '取', 'span': [1, 2]}
    """
    if isinstance(value, Span):
        return [value.start, value.end]
    if isinstance(value, Decimal):
        return format(value, "f")
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            f.name: encode(item)
            for f in dataclasses.fields(value)
            if (item := getattr(value, f.name)) is not None and item != f.default
        }
    if isinstance(value, list | tuple):
        return [encode(item) for item in value]
    return value


def decode(cls: type[T], raw: Any) -> T:  # noqa: ANN401
    """The noun that ``encode`` made ``raw`` of.

    >>> from corpus.model import Member
    >>> decode(Member, {"text": "取", "span": [1, 2]})
    Member(text='取', span=Span(start=1, end=2))
    """
    return typing.cast(T, _reader(typing.cast(Any, cls))(raw))


@cache
def _reader(hint: Any) -> Callable[[Any], Any]:  # noqa: ANN401
    if hint is Span:
        return lambda raw: Span(*raw)
    if hint is Decimal:
        return Decimal
    if dataclasses.is_dataclass(hint):
        return _of_class(typing.cast(type, hint))
    origin = typing.get_origin(hint)
    if origin in (typing.Union, types.UnionType):
        inner = next(a for a in typing.get_args(hint) if a is not type(None))
        read = _reader(inner)
        return lambda raw: None if raw is None else read(raw)
    if origin is tuple:
        args = typing.get_args(hint)
        if len(args) == 2 and args[1] is ...:
            item = _reader(args[0])
            return lambda raw: tuple(item(each) for each in raw)
        return lambda raw: tuple(raw)
    return lambda raw: raw


def _of_class(cls: type) -> Callable[[Any], Any]:
    hints = typing.get_type_hints(cls)
    missing = dataclasses.MISSING
    fields = dataclasses.fields(cls)
    readers = {f.name: _reader(hints[f.name]) for f in fields}
    nones = {f.name: None for f in fields if f.default is missing and f.default_factory is missing}

    def read(raw: dict[str, Any]) -> object:
        return cls(**(nones | {name: readers[name](value) for name, value in raw.items()}))

    return read
