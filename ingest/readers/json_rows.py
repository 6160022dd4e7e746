"""JSON → rows, as those of a table: a row a record, a column a key, every cell at its place in the decoded text."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator

from corpus.errors import ReadError
from ingest.traced import Traced, join

_TOKEN = re.compile(r'[\s\ufeff]*(?:("(?:[^"\\]|\\.)*")|([\[\]{}:,])|([^\s\[\]{}:,"]+))', re.S)
_ESCAPE = re.compile(r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)", re.S)
_BLANK = re.compile(r"[\s\ufeff]*")
_DEEPEST, _WIDEST, _SHORT = 40, 60, 60
"""Levels of lists in lists, columns of a table, characters of a value that may be a mark."""

Value = Traced | list["Value"] | dict[str, "Value"]
"""A string, number or word as it stands; what it holds."""


def read_json_rows(text: str, name: str) -> tuple[list[list[list[Traced]]], list[str]]:
    """The tables of a JSON text, the outermost first, each its heads and a row an object; and the short values in it.

    The objects that stand one a line (JSON Lines) are a table, and so is every list of objects.

    Raises:
        ReadError: kind ``damaged`` with the line that is no JSON.
    """
    values = list(_Reader(text, name).values())
    lines = [value for value in values if isinstance(value, dict)]
    found: list[list[dict[str, Value]]] = [lines] if lines else []
    said: list[str] = []
    level = list(values)
    while level:
        found += [objects for each in level if isinstance(each, list) and (objects := _objects(each))]
        said += [f"{key}：{told.text}" for each in level if isinstance(each, dict) for key, told in _short(each)]
        inside = [list(each.values()) if isinstance(each, dict) else each for each in level if not _is_text(each)]
        level = [each for members in inside if isinstance(members, list) for each in members]
    return [_table(objects) for objects in found], said


def _is_text(value: Value) -> bool:
    return isinstance(value, Traced)


def _objects(values: list[Value]) -> list[dict[str, Value]]:
    return [each for each in values if isinstance(each, dict)]


def _short(value: dict[str, Value]) -> list[tuple[str, Traced]]:
    return [(key, told) for key, told in value.items() if isinstance(told, Traced) and len(told.text) <= _SHORT]


def _table(records: list[dict[str, Value]]) -> list[list[Traced]]:
    """The keys that most of the records have as heads, and a row a record."""
    keys = Counter(key for record in records for key in record)
    heads = sorted(dict(keys.most_common(_WIDEST)), key=list(keys).index)
    return [[Traced(key) for key in heads], *([_cell(record.get(key)) for key in heads] for record in records)]


def _cell(value: Value | None) -> Traced:
    """A value as one cell: what a list or an object holds in lines."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return join((each for each in map(_cell, value) if each.text), "\n")
    return value if isinstance(value, Traced) and value.text != "null" else Traced("")


class _Reader:
    """Reads values one after another; deeper than ``_DEEPEST`` is refused."""

    def __init__(self, text: str, name: str) -> None:
        self.text, self.name, self.at = text, name, 0

    def values(self) -> Iterator[Value]:
        """The values of the text, one of JSON or many of JSON Lines."""
        while not _BLANK.fullmatch(self.text, self.at):
            yield self._value(0)

    def _next(self) -> re.Match[str]:
        m = _TOKEN.match(self.text, self.at)
        if m is None:
            raise self._wrong()
        self.at = m.end()
        return m

    def _value(self, depth: int) -> Value:
        m = self._next()
        if m[1]:
            return self._string(m.start(1), m.end(1))
        if m[3]:
            return Traced.of(m[3], m.start(3))
        if depth > _DEEPEST or m[2] not in "[{":
            raise self._wrong()
        return self._list(depth) if m[2] == "[" else self._object(depth)

    def _list(self, depth: int) -> Value:
        found: list[Value] = []
        while not self._ends("]", first=not found):
            found.append(self._value(depth + 1))
        return found

    def _object(self, depth: int) -> Value:
        found: dict[str, Value] = {}
        while not self._ends("}", first=not found):
            key = self._value(_DEEPEST + 1)
            if not isinstance(key, Traced) or self._next()[2] != ":":
                raise self._wrong()
            found[key.text] = self._value(depth + 1)
        return found

    def _ends(self, bracket: str, *, first: bool) -> bool:
        """Whether a list or object ends here; else what parts its members is passed over."""
        before = self.at
        m = self._next()
        if m[2] == bracket:
            return True
        if first:
            self.at = before
        elif m[2] != ",":
            raise self._wrong()
        return False

    def _string(self, start: int, end: int) -> Traced:
        """A string without its quotes; an escaped character stands where its escape begins."""
        pieces: list[Traced | str] = []
        at = start + 1
        for m in _ESCAPE.finditer(self.text, at, end - 1):
            pieces += [Traced.of(self.text[at : m.start()], at), Traced.of(self._unescaped(m.group()), m.start())]
            at = m.end()
        return join([*pieces, Traced.of(self.text[at : end - 1], at)])

    def _unescaped(self, escape: str) -> str:
        try:
            return str(json.loads(f'"{escape}"'))
        except ValueError as exc:
            raise self._wrong() from exc

    def _wrong(self) -> ReadError:
        line = self.text.count("\n", 0, self.at) + 1
        return ReadError("damaged", f"文件 {self.name!r} 第 {line} 行不是正确的 JSON，请改正后再导入。")
