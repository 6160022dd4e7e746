"""Typeset pages as a scanner gives them: pictures, a trifle turned and speckled, with no text."""

from __future__ import annotations

import random
from io import BytesIO

_DPI = 200


def scanned(pdf: bytes, seed: int) -> bytes:
    """The same pages as an image-only PDF of 200 dpi; the truth of the sample stays that of ``pdf``."""
    import pypdfium2
    from PIL import Image, ImageFilter

    rng = random.Random(f"scan {seed}")
    pages: list[Image.Image] = []
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            image = page.render(scale=_DPI / 72).to_pil().convert("L")
            image = image.rotate(rng.uniform(-0.6, 0.6), resample=Image.Resampling.BICUBIC, fillcolor=255)
            image = image.filter(ImageFilter.GaussianBlur(rng.uniform(0.2, 0.6)))
            noise = Image.effect_noise(image.size, rng.uniform(8, 20))
            pages.append(Image.blend(image, noise, rng.uniform(0.03, 0.08)))
    out = BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=_DPI)
    return out.getvalue()
