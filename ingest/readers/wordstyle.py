"""What a Word paragraph takes from its style and its list: heading level, type size, automatic number (一、, 1.)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from corpus.han import han
from ingest.readers.wordml import W, half_points

_NAMED = re.compile(r"(?:heading|标题)\s*(\d)", re.I)
_DIGITS = "〇一二三四五六七八九"
_CIRCLED = "⓪①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


class Styles:
    """The styles of a document: ``level`` and ``points`` of a paragraph, through the styles it is based on."""

    def __init__(self, root: Any) -> None:  # noqa: ANN401
        found = [] if root is None else root.findall(W + "style")
        self._styles = {s.get(W + "styleId"): s for s in found}
        self._default = next((s.get(W + "styleId") for s in found if _is_default(s)), None)
        size = None if root is None else root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}sz")
        self._usual = half_points(size) or 10.0
        self._chains: dict[str | None, list[Any]] = {}

    def level(self, paragraph: Any) -> int:  # noqa: ANN401
        """The heading level, 0 for running text."""
        own = paragraph.find(f"{W}pPr/{W}outlineLvl")
        for outline, name in [
            (own, ""),
            *((s.find(f"{W}pPr/{W}outlineLvl"), _name(s)) for s in self._chain(paragraph)),
        ]:
            if outline is not None and outline.get(W + "val", "9").isdigit():
                return (int(outline.get(W + "val", "9")) + 1) % 10
            if m := _NAMED.fullmatch(name):
                return int(m.group(1))
            if name.lower() in ("title", "标题"):
                return 1
        return 0

    def is_caption(self, paragraph: Any) -> bool:  # noqa: ANN401
        """Whether its style is the one for captions of pictures and tables."""
        return any(_name(style).lower() in ("caption", "题注") for style in self._chain(paragraph))

    def points(self, paragraph: Any) -> float:  # noqa: ANN401
        """The type size of a run without one of its own."""
        sizes = (half_points(s.find(f"{W}rPr/{W}sz")) for s in self._chain(paragraph))
        return next((size for size in sizes if size), self._usual)

    def numbering(self, paragraph: Any) -> Any:  # noqa: ANN401
        """The ``w:numPr`` that holds, its own or its style's; None without."""
        own = paragraph.find(f"{W}pPr/{W}numPr")
        chain = (s.find(f"{W}pPr/{W}numPr") for s in self._chain(paragraph))
        return own if own is not None else next((n for n in chain if n is not None), None)

    def _chain(self, paragraph: Any) -> list[Any]:  # noqa: ANN401
        named = paragraph.find(f"{W}pPr/{W}pStyle")
        return self._based(named.get(W + "val") if named is not None else self._default)

    def _based(self, key: str | None) -> list[Any]:
        """A style and those it is based on."""
        if key in self._chains:
            return self._chains[key]
        chain: list[Any] = []
        self._chains[key] = chain
        while key in self._styles and self._styles[key] not in chain:
            chain.append(self._styles[key])
            based = chain[-1].find(W + "basedOn")
            key = based.get(W + "val") if based is not None else None
        return chain


class Numbers:
    """The automatic numbers of a document; ``label`` is called for its paragraphs in order, and counts."""

    def __init__(self, root: Any, styles: Styles) -> None:  # noqa: ANN401
        self._styles = styles
        nums = [] if root is None else root.findall(W + "num")
        self._lists = {n.get(W + "numId"): _val(n.find(W + "abstractNumId")) for n in nums}
        self._restarts = {
            (n.get(W + "numId"), int(over.get(W + "ilvl", "0"))): start
            for n in nums
            for over in n.findall(W + "lvlOverride")
            if (start := _whole(over.find(W + "startOverride"))) is not None
        }
        kinds = [] if root is None else root.findall(W + "abstractNum")
        self._levels = {
            (kind.get(W + "abstractNumId"), int(level.get(W + "ilvl", "0"))): level
            for kind in kinds
            for level in kind.findall(W + "lvl")
        }
        self._at: dict[str | None, dict[int, int]] = {}

    def label(self, paragraph: Any) -> str:  # noqa: ANN401
        """The number Word prints before a paragraph, "" for none and for bullets."""
        of = self._styles.numbering(paragraph)
        if of is None:
            return ""
        num = _val(of.find(W + "numId"))
        kind = self._lists.get(num)
        depth = int(_val(of.find(W + "ilvl")) or 0)
        level = self._levels.get((kind, depth))
        if level is None:
            return ""
        at = self._at.setdefault(kind, {})
        restart = self._restarts.pop((num, depth), None)  # a list begins anew where it is first met, and only there
        at[depth] = restart if restart is not None else at.get(depth, self._start(kind, depth) - 1) + 1
        for deeper in [d for d in at if d > depth]:
            del at[deeper]
        if _val(level.find(W + "numFmt")) in ("bullet", "none"):
            return ""
        text = _val(level.find(W + "lvlText")) or ""
        return re.sub(r"%(\d)", lambda m: self._written(kind, int(m.group(1)) - 1, at), text)

    def _start(self, kind: str | None, depth: int) -> int:
        level = self._levels.get((kind, depth))
        start = _whole(level.find(W + "start")) if level is not None else None
        return 1 if start is None else start

    def _written(self, kind: str | None, depth: int, at: dict[int, int]) -> str:
        level = self._levels.get((kind, depth))
        form = _val(level.find(W + "numFmt")) if level is not None else None
        return _FORMS.get(form or "decimal", str)(at.get(depth, self._start(kind, depth)))


def _counted(n: int) -> str:
    return han(n) if n < 1000 else str(n)


def _letters(n: int) -> str:
    return chr(96 + (n - 1) % 26 + 1) * ((n - 1) // 26 + 1)


def _roman(n: int) -> str:
    marks = [(10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")]
    out = ""
    for value, mark in marks:
        out += mark * (n // value)
        n %= value
    return out


_FORMS: dict[str, Callable[[int], str]] = {
    "chineseCounting": _counted, "chineseCountingThousand": _counted, "japaneseCounting": _counted,
    "taiwaneseCountingThousand": _counted, "ideographDigital": lambda n: "".join(_DIGITS[int(c)] for c in str(n)),
    "decimalEnclosedCircle": lambda n: _CIRCLED[n] if n <= 20 else str(n),
    "decimalEnclosedCircleChinese": lambda n: _CIRCLED[n] if n <= 20 else str(n),
    "decimalFullWidth": lambda n: "".join(chr(ord(c) + 0xFEE0) for c in str(n)),
    "decimalZero": lambda n: f"{n:02}", "lowerLetter": _letters, "upperLetter": lambda n: _letters(n).upper(),
    "lowerRoman": _roman, "upperRoman": lambda n: _roman(n).upper(),
}  # fmt: skip


def _val(element: Any) -> str | None:  # noqa: ANN401
    return element.get(W + "val") if element is not None else None


def _whole(element: Any) -> int | None:  # noqa: ANN401
    """The number an element holds; None without one."""
    value = _val(element)
    return int(value) if value and value.isdigit() else None


def _name(style: Any) -> str:  # noqa: ANN401
    return _val(style.find(W + "name")) or ""


def _is_default(style: Any) -> bool:  # noqa: ANN401
    return style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true")
