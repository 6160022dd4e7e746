"""The text a page of an OFD file draws → its characters with boxes, and what is laid over the page aside.

OFD does not tell how wide characters are: they reach to the next one, or as far as their kind usually does.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from ingest.readers.glyphs import Glyph
from ingest.readers.ofd_page import HALF, Run, Sign, is_wide

_ASCENT = 0.88
_LETTER, _DIGIT = 0.8, 0.6
"""The widest that a letter, and a digit or mark, of half width is: what is more is space."""
_SQUARE = (0.9, 1.25)
"""The steps of characters that are set on the squares of Chinese ones."""
_NO_STEP = 0.1
_PHRASE = 4
"""A watermark has so many characters at least."""
_TILED = 3


def quarter_of(runs: Sequence[Run]) -> int:
    """By how many quarter turns clockwise most of a page's text runs: 0 on nearly all pages."""
    counts = Counter({q: 0 for q in range(4)})
    for run in runs:
        if run.quarter is not None and not run.faint:
            counts[run.quarter] += len(run.signs)
    return max(range(4), key=lambda q: (counts[q], -q))


def parted(runs: Sequence[Run], quarter: int) -> tuple[list[Run], list[str]]:
    """The runs that are a page's text, and the words of the others.

    Aside is what leans or runs another way, shines through, lies over several lines, or over one and comes again.
    """
    laid = [run for run in runs if run.quarter != quarter or run.faint]
    known = set(map(id, laid))
    text = [run for run in runs if id(run) not in known]
    if quarter == 0:
        over = _laid_over(text)
        laid += over
        known |= set(map(id, over))
        text = [run for run in text if id(run) not in known]
    return text, _words(laid)


def glyphs_of(runs: Sequence[Run], page: int, quarter: int, size: tuple[float, float]) -> list[Glyph]:
    """The characters of runs on the page (of ``size`` points), which is turned so that they are upright."""
    signs = [sign for run in runs for sign in run.signs]
    places = [_upright(s.x, s.y, quarter, size) for s in signs]
    steps = [_step(signs[i], places[i], places[i + 1]) for i in range(len(signs) - 1)] + [0.0]
    found: list[Glyph] = []
    spaced = False
    for i, (sign, (x, y)) in enumerate(zip(signs, places, strict=True)):
        if sign.char.isspace() or ord(sign.char) < 32:
            spaced = True
            continue
        alone = i + 1 == len(signs) or signs[i + 1].first
        right = x + _width(sign.char, steps[i], steps[max(i - 1, 0) : i + 2], alone) * sign.size * sign.narrow
        top, bottom = y - _ASCENT * sign.size, y + (1 - _ASCENT) * sign.size
        found.append(Glyph(sign.char, x, top, right, bottom, sign.size, page, y, spaced))
        spaced = False
    return found


def _step(sign: Sign, here: tuple[float, float], there: tuple[float, float]) -> float:
    """How far the next character of a line is, in widths of a square; 0 where none follows."""
    return (there[0] - here[0]) / sign.size / sign.narrow if abs(there[1] - here[1]) < 0.1 * sign.size else 0.0


def _width(char: str, step: float, around: Sequence[float], alone: bool) -> float:
    """How wide a character is in its size, given the step to the next and those beside it.

    Where every character is drawn ``alone``, one wide step is a space and only several are squares.
    """
    if step <= _NO_STEP:
        return 1.0 if is_wide(char) else HALF
    if is_wide(char):
        return min(step, 1.0)
    squares = sum(_SQUARE[0] <= s <= _SQUARE[1] for s in around)
    if _SQUARE[0] <= step <= _SQUARE[1] and (squares > 1 or not alone):
        return step
    return min(step, _LETTER if char.isalpha() else _DIGIT)


def _upright(x: float, y: float, quarter: int, size: tuple[float, float]) -> tuple[float, float]:
    width, height = size
    return ((x, y), (y, width - x), (width - x, height - y), (height - y, x))[quarter]


def _laid_over(runs: Sequence[Run]) -> list[Run]:
    """Phrases that lie over other lines of the page."""
    times = Counter(run.text for run in runs if len(run.text) >= _PHRASE)
    lines = sorted(runs, key=lambda r: r.signs[0].y)
    bases = [run.signs[0].y for run in lines]
    tallest = max((run.signs[0].size for run in runs), default=0.0)
    over: set[str] = set()
    for run in lines:
        words, base = run.text, run.signs[0].y
        if times[words] and words not in over:
            near = lines[bisect_left(bases, base - run.signs[0].size) : bisect_right(bases, base + tallest)]
            crossed = {round(other.signs[0].y) for other in near if other.text != words and _cross(run, other)}
            if len(crossed) > 1 and _is_larger(run, near) or (crossed and times[words] >= _TILED):
                over.add(words)
    return [run for run in runs if run.text in over]


def _is_larger(run: Run, others: Sequence[Run]) -> bool:
    return all(other.signs[0].size < run.signs[0].size for other in others if other.text != run.text)


def _cross(run: Run, other: Run) -> bool:
    """Whether two runs lie over each other on different base lines."""
    a, b = run.signs[0], other.signs[0]
    smaller = min(a.size, b.size)
    up = min(a.y, b.y) - max(a.y - _ASCENT * a.size, b.y - _ASCENT * b.size)
    aside = min(_right(run), _right(other)) - max(a.x, b.x)
    return abs(a.y - b.y) > 0.15 * smaller and up > 0.3 * smaller and aside > smaller


def _right(run: Run) -> float:
    last = run.signs[-1]
    return last.x + (1.0 if is_wide(last.char) else HALF) * last.size * last.narrow


def _words(runs: Sequence[Run]) -> list[str]:
    """The words of runs, each once; those of converters that draw every character alone are put together."""
    words: list[str] = []
    for last, run in pairwise([None, *runs]):
        if run is None:
            continue
        if last is not None and len(last.signs) == len(run.signs) == 1 and last.quarter == run.quarter:
            words[-1] += run.text
        else:
            words.append(run.text)
    return [word for word in dict.fromkeys(words) if word]
