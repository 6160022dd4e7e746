"""The face and size a character is set in, as PDFium tells it: asked once a text object, not once a character."""

from __future__ import annotations

import ctypes
import re

from ingest.readers.pdfium import Address, calls

_SUBSET = re.compile(r"^[A-Z]{6}\+")


class Faces:
    """The text object a character is in: the ``name`` of its font ("" where the file gives none), its ``size``.

    ``bare`` says whether a font was met that is not in the file.
    """

    def __init__(self, text_page: Address) -> None:
        self.handle = text_page
        self.size_of, self.font_of = calls().size, calls().font
        self.name, self.size = "", 0.0
        self.bare = False
        self._names = {0: ""}

    def turn_to(self, i: int, item: Address | None) -> None:
        """Look at character ``i``, the first in a text object."""
        self.size = self.size_of(self.handle, i)
        font = (self.font_of(item) if item else 0) or 0
        if font not in self._names:
            self._names[font] = self._named(font)
        self.name = self._names[font]

    def _named(self, font: Address) -> str:
        from pypdfium2 import raw

        handle, said = ctypes.cast(font, raw.FPDF_FONT), ctypes.create_string_buffer(256)
        self.bare = self.bare or not raw.FPDFFont_GetIsEmbedded(handle)
        if not raw.FPDFFont_GetBaseFontName(handle, said, len(said)):
            return ""
        return _SUBSET.sub("", said.value.decode("utf-8", "replace"))
