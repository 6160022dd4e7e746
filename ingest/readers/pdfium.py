"""PDFium's functions of single characters, called by address: pypdfium2's wrappers cost twice as much a call."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

Address = int
"""A handle, or a place in memory, as a plain number."""


class Calls(NamedTuple):
    """Of a text page and the index of a character on it: the object it is in, its size, box and origin.

    ``font`` is that of an object; what is not there is None. ``box`` writes left, top, right and bottom as C floats to
    an address, ``origin`` x and y as doubles to two, ``matrix`` six floats.
    """

    item: Callable[[Address, int], Address | None]
    font: Callable[[Address], Address | None]
    size: Callable[[Address, int], float]
    box: Callable[[Address, int, Address], int]
    origin: Callable[[Address, int, Address, Address], int]
    matrix: Callable[[Address, int, Address], int]


@cache
def calls() -> Calls:
    """The functions; the lock of the interpreter is kept while they run."""
    handle, index = ctypes.c_void_p, ctypes.c_int
    return Calls(
        _function("FPDFText_GetTextObject", ctypes.c_void_p, handle, index),
        _function("FPDFTextObj_GetFont", ctypes.c_void_p, handle),
        _function("FPDFText_GetFontSize", ctypes.c_double, handle, index),
        _function("FPDFText_GetLooseCharBox", ctypes.c_int, handle, index, handle),
        _function("FPDFText_GetCharOrigin", ctypes.c_int, handle, index, handle, handle),
        _function("FPDFText_GetMatrix", ctypes.c_int, handle, index, handle),
    )


def address_of(pointer: Any) -> Address:  # noqa: ANN401 - a ctypes pointer or function
    """Where a pointer points to; 0 for none."""
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0


def _function(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:  # noqa: ANN401 - ctypes types
    from pypdfium2 import raw

    return ctypes.PYFUNCTYPE(result, *arguments)(address_of(getattr(raw, name)))
