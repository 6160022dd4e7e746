"""A picture file (a scan, a photograph, a screenshot) → blocks, by OCR. A TIFF may hold many pages.

Boxes are in points: 72 to the inch where the file tells its resolution, else the picture is taken to be as wide as A4.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, Any

from corpus.errors import ReadError
from ingest.block import Source
from ingest.readers.glyphs import Glyph
from ingest.readers.layout import read_pages
from ingest.readers.ocr import LONGEST, REMEDY, Pose, as_they_lie, is_here, put_off, read_picture
from ingest.readers.rules import Rules

if TYPE_CHECKING:
    from ingest.readers.ocr import Picture

_MOST_PIXELS = 120_000_000
_MOST_PAGES = 500
_A4_WIDTH = 595.0
_LEAST_DPI = 100


def read_image(data: bytes, name: str, media_type: str, *, ocr: bool = True) -> Source:
    """The text of a picture.

    Raises:
        ReadError: kind ``damaged``, ``too_large``, ``no_text``, or ``scan`` where ``ocr`` is put off.
    """
    if not is_here():
        raise ReadError("no_text", f"文件 {name!r} 是图片。{REMEDY}")
    if not ocr:
        raise put_off(name, _count(data, name))
    pages: list[list[Glyph]] = []
    rules: list[Rules] = []
    poses: dict[int, Pose] = {}
    for number, (picture, scale) in enumerate(frames(data, name), 1):
        glyphs: list[Glyph] = []
        drawn = Rules()
        for strip, top in _strips(picture):
            seen = read_picture(strip, number, scale)
            glyphs += [g.moved(0.0, top * scale) for g in seen.glyphs]
            drawn.level += [(y + top * scale, left, right) for y, left, right in seen.rules.level]
            drawn.upright += [(x, a + top * scale, b + top * scale) for x, a, b in seen.rules.upright]
            poses.setdefault(number, seen.pose)
        pages.append(glyphs)
        rules.append(drawn)
    blocks, margins, edges = read_pages(pages, rules)
    if not blocks:
        raise ReadError("no_text", f"图片 {name!r} 里没有认出文字。请检查图片是否清楚，或重新扫描。")
    blocks = as_they_lie(blocks, poses)
    return Source(
        tuple(blocks), media_type, "rapidocr", pages=len(pages), margins=tuple(margins), flags=("ocr",), edges=edges
    )


def _count(data: bytes, name: str) -> int:
    with _opened(data, name) as image:
        return min(getattr(image, "n_frames", 1), _MOST_PAGES)


def frames(data: bytes, name: str) -> Iterator[tuple[Picture, float]]:
    """Each page as pixels (BGR), the right way up by its EXIF, and points a pixel."""
    from PIL import ImageOps, ImageSequence

    with _opened(data, name) as image:
        for n, frame in enumerate(ImageSequence.Iterator(image)):
            if n >= _MOST_PAGES or (n and image.format == "GIF"):
                return
            yield _pixels(ImageOps.exif_transpose(frame).convert("RGB"))


@contextmanager
def _opened(data: bytes, name: str) -> Iterator[Any]:
    from PIL import Image

    try:
        with Image.open(BytesIO(data)) as image:
            if image.width * image.height > _MOST_PIXELS:
                raise ReadError("too_large", f"图片 {name!r} 超过 1.2 亿像素，请缩小后再导入。")
            yield image
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as exc:
        raise ReadError("damaged", f"图片 {name!r} 已损坏或不完整，请重新获取后再导入。") from exc


def _pixels(image: Any) -> tuple[Picture, float]:  # noqa: ANN401
    import numpy as np

    dpi = float((image.info.get("dpi") or (0, 0))[0])
    scale = 72 / dpi if dpi >= _LEAST_DPI else _A4_WIDTH / image.width
    return np.ascontiguousarray(np.asarray(image)[:, :, ::-1]), scale


def _strips(picture: Picture) -> Iterator[tuple[Picture, int]]:
    """A long screenshot in strips, each with where it begins, cut at the emptiest row near the end of each."""
    height, width = picture.shape[:2]
    if height <= max(LONGEST, 2 * width):
        yield picture, 0
        return
    ink = picture.min(axis=2).std(axis=1)
    top = 0
    while top < height:
        bottom = min(top + LONGEST * 3 // 4, height)
        if bottom < height:
            near = range(bottom - LONGEST // 8, bottom)
            bottom = min(near, key=lambda y: (float(ink[y]), -y))
        yield picture[top:bottom], top
        top = bottom
