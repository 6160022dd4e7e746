"""Pictures of pages → characters with boxes, by rapidocr (extra ``ocr``), whose models come inside its package."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.util import find_spec
from math import atan2, cos, radians, sin, tan
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

from corpus.errors import ReadError
from corpus.model import Box
from corpus.script import simplified
from ingest.block import Block
from ingest.readers.glyphs import Glyph
from ingest.readers.ink import faces, rules
from ingest.readers.rules import Rules
from ingest.readers.typesize import Recognised, type_sizes
from ingest.traced import Traced
from ingest.typography import is_cjk, is_ideograph

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Picture = NDArray[np.uint8]
    """Height × width × 3 (BGR)."""

LONGEST = 4000
"""The longest side that is read well, in pixels."""
FEW = 20
"""A page with fewer characters is a picture if it shows any."""
REMEDY = "请先安装文字识别（pip install 'tongjian[ocr]'）再导入，或用其他软件识别成可复制文字的 PDF。"
_TALL = 2.0
_SKEWED = radians(0.15)
_STEEPEST = radians(8)
_LOOSE, _LOOSE_WORDS = 1.6, 0.75
_TRADITIONAL = 0.1
_SURE = 0.85
"""The mean score of characters on a page that lies the right way up."""
_SAME_ROW = 0.12
"""Lines beside each other whose base lines differ by less, in type sizes, stand on one."""
_FULL_WIDTH = str.maketrans(",:;!?()", "，：；！？（）")
_HALF = re.compile(r"[,:;!?()]")


@dataclass(frozen=True, slots=True)
class Pose:
    """How a page lies: turned counterclockwise by quarter turns to be read, then set straight by ``skew`` radians.

    ``size``: its width and height in points as it lies.
    """

    quarters: int
    skew: float
    size: tuple[float, float]

    def as_it_lies(self, box: Box) -> Box:
        """A box of the page set straight, on the page as it lies."""
        left, top, right, bottom = box
        (x1, y1), (x2, y2) = (self._back(*_rotated(x, y, self.skew)) for x, y in ((left, top), (right, bottom)))
        return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)

    def _back(self, x: float, y: float) -> tuple[float, float]:
        width, height = self.size
        return ((x, y), (width - y, x), (width - x, height - y), (y, height - x))[self.quarters]


def is_here() -> bool:
    """Whether pictures can be read on this machine."""
    return find_spec("rapidocr") is not None


def put_off(name: str, pages: int) -> ReadError:
    """The error of a file whose pictures are not recognised now."""
    return ReadError("scan", f"文件 {name!r} 有 {pages} 页需要文字识别。", pages=pages)


def recognised(pictures: Sequence[int], poses: Mapping[int, Pose]) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Of pages that are pictures (from 0) those left unread (from 1), and the flags of the articles."""
    unread = tuple(at + 1 for at in pictures if at + 1 not in poses)
    return unread, (*(("ocr",) if poses else ()), *(("pages_unread",) if unread else ()))


class Seen(NamedTuple):
    """The characters and rules of a picture, in points of the page set straight, and how it lies."""

    glyphs: list[Glyph]
    pose: Pose
    rules: Rules


def read_picture(picture: Picture, page: int, scale: float) -> Seen:
    """What a page's picture shows; ``scale`` is points a pixel."""
    height, width = picture.shape[:2]
    lines, quarters = _right_way_up(picture)
    lines = _one_script(lines)
    skew = _skew(lines)
    sizes = type_sizes(lines, scale)
    boxes, lengths = [box for box, _, _, _ in lines], [len(text) for _, text, _, _ in lines]
    upright = _turned(picture, quarters)
    fonts = faces(upright, boxes, [size / scale for size in sizes], lengths)
    rows = [_glyphs(line, size, font, page, scale, skew) for line, size, font in zip(lines, sizes, fonts, strict=True)]
    glyphs = [glyph for row in _level([row for row in rows if row]) for glyph in row]
    return Seen(glyphs, Pose(quarters, skew, (width * scale, height * scale)), rules(upright, scale, skew))


def as_they_lie(blocks: Sequence[Block], poses: Mapping[int, Pose]) -> list[Block]:
    """Blocks with their boxes on the pages as they lie."""
    if not poses:
        return list(blocks)
    return [replace(block, line=_on_page(block.line, poses)) for block in blocks]


def _on_page(line: Traced, poses: Mapping[int, Pose]) -> Traced:
    runs = []
    for run in line.runs:
        pose = poses.get(run.page or 0)
        runs.append(replace(run, box=pose.as_it_lies(run.box)) if pose and run.box else run)
    return replace(line, runs=tuple(runs))


def _right_way_up(picture: Picture) -> tuple[list[Recognised], int]:
    """The lines of a picture, and by how many quarter turns counterclockwise it was turned to read them."""
    lines = _lines(picture)
    lengths = [max(_extent(box)) for box, _, _, _ in lines]
    upright = sum(n for n, line in zip(lengths, lines, strict=True) if _upright(line)) * 2 > sum(lengths)
    sure = len(lines) < 3 or _score(lines) >= _SURE * sum(len(text) for _, text, _, _ in lines)
    if not upright and sure:
        return lines, 0
    tried = [(_lines(_turned(picture, k)), k) for k in ((1, 3) if upright else (2,))]
    return max(tried if upright else [*tried, (lines, 0)], key=lambda t: _score(t[0]))


def _one_script(lines: list[Recognised]) -> list[Recognised]:
    """The lines of a page in simplified characters where hardly any is traditional: those few are misread."""
    text = "".join(text for _, text, _, _ in lines)
    misread = sum(a != b for a, b in zip(text, simplified(text), strict=True))
    if misread > _TRADITIONAL * len(text):
        return lines
    return [(box, simplified(text), score, chars) for box, text, score, chars in lines]


def _turned(picture: Picture, quarters: int) -> Picture:
    """A picture turned counterclockwise."""
    import numpy as np

    return np.ascontiguousarray(np.rot90(picture, quarters)) if quarters else picture


def _score(lines: Sequence[Recognised]) -> float:
    """How much text was read, and how surely."""
    return sum(len(text) * score for _, text, score, _ in lines)


def _lines(picture: Picture) -> list[Recognised]:
    found = _engine()(picture, use_cls=False, return_word_box=True, return_single_char_box=True)
    if found.boxes is None or found.txts is None:
        return []
    chars = found.word_results or [()] * len(found.txts)
    return [
        (box, text, float(score), each)
        for box, text, score, each in zip(found.boxes, found.txts, found.scores, chars, strict=True)
        if text.strip()
    ]


@cache
def _engine() -> Any:  # noqa: ANN401
    from rapidocr import RapidOCR

    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    threads = {f"EngineConfig.onnxruntime.{kind}_op_num_threads": 1 for kind in ("intra", "inter")}
    return RapidOCR(params={**threads, "Global.log_level": "error", "Global.max_side_len": LONGEST})


def _upright(line: Recognised) -> bool:
    """Whether a line runs from top to bottom, however few characters were read of it."""
    width, height = _extent(line[0])
    return height > _TALL * width


def _extent(box: Any) -> tuple[float, float]:  # noqa: ANN401
    xs, ys = [float(p[0]) for p in box], [float(p[1]) for p in box]
    return max(xs) - min(xs), max(ys) - min(ys)


def _skew(lines: Sequence[Recognised]) -> float:
    """By how much the long lines of a page lean, 0 where that is nothing."""
    angles = []
    for box, text, _, _ in lines:
        (x1, y1), (x2, y2) = box[0], box[1]
        if len(text) > 7 and x2 > x1:
            angles.append(atan2(float(y2 - y1), float(x2 - x1)))
    skew = median(angles) if len(angles) > 2 else 0.0
    return skew if _SKEWED < abs(skew) < _STEEPEST else 0.0


def _rotated(x: float, y: float, angle: float) -> tuple[float, float]:
    return x * cos(angle) - y * sin(angle), x * sin(angle) + y * cos(angle)


def _glyphs(line: Recognised, size: float, font: str, page: int, scale: float, skew: float) -> list[Glyph]:
    box, text, _, chars = line
    found: list[Glyph] = []
    middle = sum(float(p[1]) for p in box) / 4
    centre = sum(float(p[0]) for p in box) / 4
    placed = iter([corners for said, _, corners in chars if not said.isspace()])  # not every space has a place
    spaced = False
    for char in _full_width(text):
        if char.isspace():
            spaced = True
            continue
        corners = next(placed, None)
        if corners is None:
            break
        left, right = float(corners[0][0]), float(corners[1][0])
        spaced = spaced and not is_cjk(char) and not (found and is_cjk(found[-1].char))
        y = middle + ((left + right) / 2 - centre) * tan(skew)
        (x1, y1), (x2, _) = _rotated(left * scale, y * scale, -skew), _rotated(right * scale, y * scale, -skew)
        found.append(Glyph(char, x1, y1 - size / 2, x2, y1 + size / 2, size, page, y1 + 0.38 * size, spaced, font))
        spaced = False
    return [_up_to(a, b) for a, b in zip(found, [*found[1:], None], strict=True)]


def _up_to(glyph: Glyph, following: Glyph | None) -> Glyph:
    """A character up to the next one of its line: OCR places marks loosely, and only a wide gap parts words."""
    if following is None or following.spaced:
        return glyph
    loose = _LOOSE_WORDS if is_ideograph(glyph.char) and is_ideograph(following.char) else _LOOSE
    if not 0 < following.left - glyph.right < loose * glyph.size:
        return glyph
    return replace(glyph, right=following.left)


def _level(rows: list[list[Glyph]]) -> list[list[Glyph]]:
    """Lines of one row, a column's and its neighbour's or a head's two ends, put on one base line."""
    out: list[list[Glyph]] = []
    base = None
    for row in sorted(rows, key=lambda r: r[0].base):
        if base is None or row[0].base - base > _SAME_ROW * row[0].size:
            base = row[0].base
        by = base - row[0].base
        out.append([replace(g, top=g.top + by, bottom=g.bottom + by, base=base) for g in row])
    return out


def _full_width(text: str) -> str:
    """The text with the punctuation beside Chinese as it is printed; digits keep theirs (3,400 and 9:30)."""
    out = list(text)
    for m in _HALF.finditer(text):
        before, after = text[: m.start()].rstrip()[-1:], text[m.end() :].lstrip()[:1]
        numeric = before.isdigit() and after.isdigit()
        if not numeric and (is_cjk(before) or is_cjk(after)):
            out[m.start()] = m.group().translate(_FULL_WIDTH)
    return "".join(out)
