"""The pictures on a page of an OFD, put together as the page shows them."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from io import BytesIO
from math import hypot
from typing import TYPE_CHECKING, Any

from ingest.readers.ocr import LONGEST
from ingest.readers.ofd_package import Package
from ingest.readers.ofd_page import Picture
from ingest.readers.ofd_xml import PartError, child, text_of

if TYPE_CHECKING:
    from ingest.readers.ocr import Picture as Pixels

_log = logging.getLogger(__name__)
_COVERED = 0.3
"""The share of a page that pictures cover on a scan."""
_DPI = 200
_MOST_PIXELS = 120_000_000


def is_covered(pictures: Sequence[Picture], size: tuple[float, float]) -> bool:
    """Whether pictures fill so much of a page (of ``size`` points) that it is a scan."""
    filled = sum(abs(a * d - b * c) for a, b, c, d, _, _ in (p.matrix for p in pictures))
    return filled >= _COVERED * size[0] * size[1] > 0


def shown(package: Package, pictures: Sequence[Picture], size: tuple[float, float]) -> tuple[Pixels, float] | None:
    """A page with its pictures in their places as pixels (BGR), and points a pixel; None where one cannot be read."""
    import numpy as np
    from PIL import Image

    per_point = min(_DPI / 72, LONGEST / max(*size, 1.0))
    page = Image.new("RGB", (max(1, round(size[0] * per_point)), max(1, round(size[1] * per_point))), "white")
    for picture in pictures:
        image = _image(package, picture)
        if image is None:
            return None
        _paste(page, image, picture, per_point)
    return np.ascontiguousarray(np.asarray(page)[:, :, ::-1]), 1 / per_point


def _image(package: Package, picture: Picture) -> Any:  # noqa: ANN401
    """The image of a resource, or None where it cannot be read."""
    from PIL import Image

    if picture.resource is None:
        return None
    item, base = picture.resource
    try:
        path = package.find(text_of(child(item, "MediaFile")), base, base.rsplit("/", 2)[0] + "/_")
        with Image.open(BytesIO(package.read(path))) as image:
            return image.convert("RGBA") if image.width * image.height <= _MOST_PIXELS else None
    except (PartError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as exc:
        _log.info("a picture could not be read: %s", type(exc).__name__)
        return None


def _paste(page: Any, image: Any, picture: Picture, per_point: float) -> None:  # noqa: ANN401
    """Draw an image where its unit square lies."""
    from PIL import Image

    a, b, c, d, e, f = (v * per_point for v in picture.matrix)
    width, height = round(hypot(a, b)), round(hypot(c, d))
    area = a * d - b * c
    if not (0 < width <= 2 * LONGEST and 0 < height <= 2 * LONGEST) or not area:
        return
    scaled = image.resize((width, height), Image.Resampling.LANCZOS)
    if b == c == 0 and a > 0 and d > 0:
        page.paste(scaled, (round(e), round(f)), scaled)
        return
    back = (d * width, -c * width, (c * f - d * e) * width, -b * height, a * height, (b * e - a * f) * height)
    drawn = scaled.transform(
        page.size, Image.Transform.AFFINE, tuple(v / area for v in back), Image.Resampling.BILINEAR
    )
    page.paste(drawn, (0, 0), drawn)
