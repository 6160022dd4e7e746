"""A page of an OFD file → what it draws: text with the place of every character, and pictures.

A text object holds text codes: characters, where the first one's base line begins, and the steps from one to the next.
Places are in points from the page's top left corner.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice, repeat
from math import atan2, hypot, pi, radians
from unicodedata import east_asian_width

from ingest.readers.ofd_xml import Box, Element, child, children, descendants, local, number, numbers
from ingest.readers.rules import Rules

POINTS = 72 / 25.4
"""Points a millimetre."""
HALF = 0.5
"""The width of a half-width character where nothing tells it."""
_DEEPEST = 24
_MOST = 4_000_000
"""Objects and characters in a file, at most, templates and composites counted each time they are drawn."""
_COSTLY = 50
"""What a composite counts for, which may draw others in their turn."""
_LEANING = radians(5)
_FAINT = range(1, 129)
"""The opacities (of 255) of watermarks; text that is not to be seen at all may lie over a scan of it."""
_STRAIGHT = frozenset("SMLC")
"""Commands of a path that draw no curve."""
_LINE_BREAK = re.compile(r"\s*[\r\n]\s*")
_ESCAPED = re.compile(r"\\([0-9A-Fa-f]{4})")
_PLACEHOLDER = str.maketrans("¤", "�")
"""¤ stands, by the standard, for a glyph that has no character."""

Matrix = tuple[float, float, float, float, float, float]
"""a, b, c, d, e, f: x' = a·x + c·y + e, y' = b·x + d·y + f."""


class TooMuch(Exception):
    """The file draws more than any document does."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A character or space as drawn: the left end of its base line, its size, its width over its height.

    ``first`` tells whether a text code begins with it.
    """

    char: str
    x: float
    y: float
    size: float
    narrow: float
    first: bool


@dataclass(slots=True)
class Run:
    """The text of one object; ``quarter``: by how many quarter turns clockwise it runs, None where it leans.

    ``faint`` text shines through, as a watermark does.
    """

    signs: list[Sign]
    quarter: int | None
    faint: bool

    @property
    def text(self) -> str:
        """Its characters."""
        return "".join(s.char for s in self.signs).strip()


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture drawn: its resource (None where it is missing), and where its unit square lies, in points."""

    resource: tuple[Element, str] | None
    matrix: Matrix


@dataclass(slots=True)
class Budget:
    """What may still be drawn."""

    left: int = _MOST

    def spend(self, n: int = 1) -> None:
        """Count objects.

        Raises:
            TooMuch: nothing is left.
        """
        self.left -= n
        if self.left < 0:
            raise TooMuch


@dataclass(slots=True)
class Drawing:
    """What a page shows. ``resources`` are those its objects may name; ``whole`` turns False where text is lost."""

    resources: Mapping[str, tuple[Element, str]]
    budget: Budget
    box: Box
    runs: list[Run] = field(default_factory=list)
    rules: Rules = field(default_factory=Rules)
    pictures: list[Picture] = field(default_factory=list)
    whole: bool = True

    def draw(self, content: Element) -> None:
        """Add what a page's or template's content holds."""
        left, top, _, _ = self.box
        for layer in children(child(content, "Content"), "Layer"):
            self._objects(layer, (POINTS, 0.0, 0.0, POINTS, -left * POINTS, -top * POINTS), 0)

    def _objects(self, parent: Element, outer: Matrix, depth: int) -> None:
        if depth >= _DEEPEST:
            self.whole = self.whole and not descendants(parent, "TextCode")
            return
        for element in parent:
            self.budget.spend()
            kind = local(element)
            if element.get("Visible", "").lower() in ("false", "0"):
                continue
            if kind in ("PageBlock", "Layer"):
                self._objects(element, outer, depth + 1)
            elif kind == "PathObject":
                self._path(element, outer)
            elif kind in ("TextObject", "ImageObject", "CompositeObject", "CompositeGraphicUnit"):
                matrix = _placed(element, outer)
                if matrix is None:
                    self.whole = self.whole and kind == "ImageObject"
                elif kind == "TextObject":
                    self._text(element, matrix)
                elif kind == "ImageObject":
                    self.pictures.append(Picture(self.resources.get(element.get("ResourceID", "")), matrix))
                else:
                    self._composite(element, matrix, depth)

    def _composite(self, element: Element, matrix: Matrix, depth: int) -> None:
        self.budget.spend(_COSTLY)
        unit, _ = self.resources.get(element.get("ResourceID", ""), (element, ""))
        content = child(unit, "Content")
        if content is None:
            self.whole = False
        else:
            self._objects(content, matrix, depth + 1)

    def _path(self, element: Element, outer: Matrix) -> None:
        """Add the straight lines of a path; one that is curved is left out as a whole."""
        matrix = _placed(element, outer)
        words = "".join(t for data in children(element, "AbbreviatedData") for t in data.itertext()).split()
        self.budget.spend(len(words))
        if matrix is None or not _STRAIGHT.issuperset(word for word in words if word.isalpha()):
            return
        points: list[tuple[float, float]] = []
        for command, x, y in _strokes(words):
            if command in "SM":
                self.rules.draw(points)
                points = []
            points.append(_apply(matrix, x, y) if command != "C" else points[0] if points else (x, y))
        self.rules.draw(points)

    def _text(self, element: Element, matrix: Matrix) -> None:
        a, b, c, d, _, _ = matrix
        size, stretch = number(element.get("Size"), 0.0), number(element.get("HScale"), 1.0)
        if not (size > 0 and stretch > 0 and hypot(a, b) > 0 and hypot(c, d) > 0):
            self.whole = False
            return
        narrow = stretch * hypot(a, b) / hypot(c, d)
        signs: list[Sign] = []
        x = y = 0.0
        for code in children(element, "TextCode"):
            text = _ESCAPED.sub(lambda m: chr(int(m[1], 16)), _LINE_BREAK.sub("", "".join(code.itertext())))
            self.budget.spend(len(text))
            x, y = number(code.get("X"), x), number(code.get("Y"), y)
            for i, (char, *at) in enumerate(_steps(code, text.translate(_PLACEHOLDER), (x, y), size * stretch)):
                signs.append(Sign(char, *_apply(matrix, *at), size * hypot(c, d), narrow, i == 0))
        if signs:
            self.runs.append(Run(signs, _quarter(atan2(b, a)), _is_faint(element)))


def _strokes(words: Sequence[str]) -> Iterator[tuple[str, float, float]]:
    """The commands of a path with the points they lead to; C closes it and has none."""
    rest = iter(words)
    for command in rest:
        if command == "C":
            yield command, 0.0, 0.0
        elif command in _STRAIGHT:
            yield command, number(next(rest, None), 0.0), number(next(rest, None), 0.0)


def is_wide(char: str) -> bool:
    """Whether a character fills a square."""
    return east_asian_width(char) in "WFA"


def _apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _placed(element: Element, outer: Matrix) -> Matrix | None:
    """An object's own space on the page: its matrix, then moved to its boundary; None where these cannot be read."""
    boundary, own = numbers(element.get("Boundary")), numbers(element.get("CTM"))
    composite = local(element).startswith("Composite")
    if composite and not boundary:
        boundary = [0.0] * 4
    if len(boundary) != 4 or len(own) not in (0, 6) or (element.get("CTM") and not own):
        return None
    left, top, width, height = boundary
    usual = (width, 0.0, 0.0, height, 0.0, 0.0) if local(element) == "ImageObject" else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    a, b, c, d, e, f = own or usual
    x, y = _apply(outer, e + left, f + top)
    oa, ob, oc, od, _, _ = outer
    return oa * a + oc * b, ob * a + od * b, oa * c + oc * d, ob * c + od * d, x, y


def _quarter(angle: float) -> int | None:
    turns = round(angle / (pi / 2))
    return turns % 4 if abs(angle - turns * pi / 2) < _LEANING else None


def _is_faint(element: Element) -> bool:
    color = child(element, "FillColor")
    told = [element.get("Alpha"), None if color is None else color.get("Alpha")]
    return any(int(number(alpha, 255)) in _FAINT for alpha in told)


def _steps(code: Element, text: str, start: tuple[float, float], em: float) -> Iterator[tuple[str, float, float]]:
    """Each character of a text code with the beginning of its base line; the last step goes on."""
    across, down = (list(islice(deltas(code.get(f"Delta{axis}")), len(text))) for axis in "XY")
    rightward: Iterator[float]
    if across:
        rightward = chain(across, repeat(across[-1]))
    else:
        rightward = repeat(0.0) if down else (em * (1.0 if is_wide(c) else HALF) for c in text)
    x, y = start
    for char, dx, dy in zip(text, rightward, chain(down, repeat(down[-1] if down else 0.0)), strict=False):
        yield char, x, y
        x, y = x + dx, y + dy


def deltas(text: str | None) -> Iterator[float]:
    """The steps of a list, in which ``g n v`` stands for n times v.

    >>> list(deltas("3.5 g 2 4.0 1"))
    [3.5, 4.0, 4.0, 1.0]
    """
    words = iter((text or "").replace(",", " ").split())
    for word in words:
        if word.lower() == "g":
            times, value = numbers(next(words, "")), numbers(next(words, ""))
            yield from repeat(value[0], max(0, int(times[0]))) if times and value else ()
        else:
            yield from numbers(word)
