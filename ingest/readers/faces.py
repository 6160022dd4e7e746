"""The face and size a character is set in, as PDFium tells it: asked once a text object, not once a character."""

from __future__ import annotations

import ctypes
import re
from typing import Any

_SUBSET = re.compile(r"^[A-Z]{6}\+")


class Faces:
    """The text objects of one page's characters: ``name`` of the font ("" where the file gives none) and ``size``.

    ``bare`` says whether a font was met that is not in the file.
    """

    def __init__(self, text_page: Any) -> None:  # noqa: ANN401 - a ctypes handle
        from pypdfium2 import raw

        self.raw, self.handle = raw, text_page
        self.last: int | None = None
        self.name, self.size = "", 0.0
        self.bare = False
        self._buffer = ctypes.create_string_buffer(256)

    def turn_to(self, i: int) -> bool:
        """Look at character ``i``; whether it stands in another text object than the last."""
        item = self.raw.FPDFText_GetTextObject(self.handle, i)
        at = ctypes.addressof(item.contents) if item else 0
        if at == self.last:
            return False
        self.last = at
        self.size = self.raw.FPDFText_GetFontSize(self.handle, i)
        self.name = self._named(self.raw.FPDFTextObj_GetFont(item)) if at else ""
        return True

    def _named(self, font: Any) -> str:  # noqa: ANN401 - a ctypes handle
        if not font:
            return ""
        self.bare = self.bare or not self.raw.FPDFFont_GetIsEmbedded(font)
        if not self.raw.FPDFFont_GetBaseFontName(font, self._buffer, len(self._buffer)):
            return ""
        return _SUBSET.sub("", self._buffer.value.decode("utf-8", "replace"))
