"""The face a character is set in, as PDFium tells it: one call a character, the name asked once a text object."""

from __future__ import annotations

import ctypes
import re
from typing import Any

_SUBSET = re.compile(r"^[A-Z]{6}\+")


class Faces:
    """Names of the fonts of one page's characters; "" where the file gives none (Type 3 fonts, pictures)."""

    def __init__(self, text_page: Any) -> None:  # noqa: ANN401 - a ctypes handle
        self.text_page = text_page
        self.last: int | None = None
        self.name = ""
        self.buffer = ctypes.create_string_buffer(256)
        from pypdfium2 import raw

        self.raw = raw

    def of(self, i: int) -> str:
        """The font's name of character ``i``, without the tag of a subset."""
        item = self.raw.FPDFText_GetTextObject(self.text_page, i)
        at = ctypes.addressof(item.contents) if item else None
        if at != self.last:
            self.last = at
            self.name = self._named(self.raw.FPDFTextObj_GetFont(item)) if at else ""
        return self.name

    def _named(self, font: Any) -> str:  # noqa: ANN401 - a ctypes handle
        if not font or not self.raw.FPDFFont_GetBaseFontName(font, self.buffer, len(self.buffer)):
            return ""
        return _SUBSET.sub("", self.buffer.value.decode("utf-8", "replace"))
