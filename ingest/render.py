"""A page of a PDF or a picture as it looks, to show a citation where it stands. Drawn in a child process."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import NotFound, ReadError
from ingest.read import DEFAULT_LIMITS, Limits
from ingest.sniff import PDF

if TYPE_CHECKING:
    from PIL.Image import Image

_WIDTH = 1240
"""Pixels of a page from left to right: A4 at 150 dpi."""
_TALLEST = 8000


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page as PNG; ``width`` and ``height`` are points, the unit of the boxes of source spans."""

    png: bytes
    width: float
    height: float


def can_render(media_type: str) -> bool:
    """Whether files of a kind have pages that can be shown."""
    return media_type == PDF or media_type.startswith("image/")


def render(path: Path, media_type: str, page: int) -> PagePicture:
    """Page ``page`` (from 1) of a file.

    Raises:
        NotFound: there is no such page.
        ReadError: the file cannot be read.
    """
    from ingest.sandbox import work_each

    work = partial(_render, media_type=media_type, page=page)
    ((_, found),) = work_each([path], 1, lambda _: DEFAULT_LIMITS, work)
    if isinstance(found, ReadError):
        raise found
    if found is None:
        raise NotFound(f"没有第 {page} 页。")
    return found


def _render(path: Path, _: Limits, *, media_type: str, page: int) -> PagePicture | None:
    data = path.read_bytes()
    drawn = _of_pdf(data, page) if media_type == PDF else _of_picture(data, path.name, page)
    for picture, width, height in drawn:
        out = BytesIO()
        picture.save(out, "PNG", compress_level=6)
        return PagePicture(out.getvalue(), width, height)
    return None


def _of_pdf(data: bytes, page: int) -> Iterator[tuple[Image, float, float]]:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    if not 1 <= page <= len(document):
        return
    drawn = document[page - 1]
    width, height = drawn.get_size()
    scale = min(_WIDTH / max(width, 1.0), _TALLEST / max(height, 1.0))
    yield drawn.render(scale=scale).to_pil().convert("RGB").quantize(64), width, height


def _of_picture(data: bytes, name: str, page: int) -> Iterator[tuple[Image, float, float]]:
    from PIL import Image

    from ingest.readers.image import frames

    for number, (pixels, scale) in enumerate(frames(data, name), 1):
        if number == page:
            image = Image.fromarray(pixels[:, :, ::-1])
            width, height = image.width * scale, image.height * scale
            image.thumbnail((_WIDTH, _TALLEST))
            yield image, width, height
            return
