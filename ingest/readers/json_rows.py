"""JSON → rows, as those of a table: a row a record, a column a key, every cell at its place in the decoded text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from corpus.errors import ReadError
from ingest.traced import Traced, join

_TOKEN = re.compile(r'[\s\ufeff]*(?:("(?:[^"\\]|\\.)*")|([\[\]{}:,])|([^\s\[\]{}:,"]+))', re.S)
_ESCAPE = re.compile(r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)", re.S)
_BLANK = re.compile(r"[\s\ufeff]*")
_DEEPEST = 40

Value = Traced | list["Value"] | dict[str, "Value"]
"""A string, number or word as it stands; what it holds."""


def read_json_rows(text: str, name: str) -> list[list[Traced]]:
    """The heads and the records of the list of objects that holds most; of one object a line (JSON Lines) all.

    Raises:
        ReadError: kind ``damaged`` with the line that is no JSON.
    """
    values = list(_Reader(text, name).values())
    lists = [each for value in values for each in _lists(value)]
    lines = [value for value in values if isinstance(value, dict)]
    found = max([lines, *lists], key=len)
    heads: dict[str, Traced] = {}
    for record in found:
        for key in record:
            heads.setdefault(key, Traced(key))
    rows = [[_cell(record.get(key)) for key in heads] for record in found]
    return [list(heads.values()), *rows] if heads else []


def _lists(value: Value) -> Iterator[list[dict[str, Value]]]:
    """The lists of objects in a value, and the objects that stand alone in it."""
    stack: list[Value] = [value]
    while stack:
        each = stack.pop()
        inside = list(each.values()) if isinstance(each, dict) else each if isinstance(each, list) else []
        if isinstance(each, list) and (objects := [one for one in each if isinstance(one, dict)]):
            yield objects
        stack += inside


def _cell(value: Value | None) -> Traced:
    """A value as one cell: what a list holds in lines; nothing of an object."""
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
