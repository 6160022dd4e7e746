"""The face and size a character is set in, as PDFium tells it: asked once a text object, not once a character."""

from __future__ import annotations

import ctypes
import re

from ingest.readers.pdfium import Address, calls

_SUBSET = re.compile(r"^[A-Z]{6}\+")


class Faces:
    """The text objects of one page's characters: ``name`` of the font ("" where the file gives none) and ``size``.

    ``bare`` says whether a font was met that is not in the file.
    """

    def __init__(self, text_page: Address) -> None:
        self.handle = text_page
        self.item_of, self.size_of, self.font_of = calls().item, calls().size, calls().font
        self.last: Address | None = -1
        self.name, self.size = "", 0.0
        self.bare = False
        self._names = {0: ""}

    def turn_to(self, i: int) -> bool:
        """Look at character ``i``; whether it stands in another text object than the last."""
        item = self.item_of(self.handle, i)
        if item == self.last:
            return False
        self.last = item
        self.size = self.size_of(self.handle, i)
        font = (self.font_of(item) if item else 0) or 0
        if font not in self._names:
            self._names[font] = self._named(font)
        self.name = self._names[font]
        return True

    def _named(self, font: Address) -> str:
        from pypdfium2 import raw

        handle, said = ctypes.cast(font, raw.FPDF_FONT), ctypes.create_string_buffer(256)
        self.bare = self.bare or not raw.FPDFFont_GetIsEmbedded(handle)
        if not raw.FPDFFont_GetBaseFontName(handle, said, len(said)):
            return ""
        return _SUBSET.sub("", said.value.decode("utf-8", "replace"))
