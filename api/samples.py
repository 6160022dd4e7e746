"""The fictional samples that come with the package, and which of them a library holds."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from api.files import document_id
from corpus.desk import Desk

if TYPE_CHECKING:
    from api.library import Library

_TYPES = {".pdf", ".docx", ".html", ".txt"}


def samples() -> list[Path]:
    """The sample documents of the package."""
    folder = Path(str(resources.files("corpus").joinpath("samples")))
    return sorted(p for p in folder.iterdir() if p.suffix in _TYPES)


def held_samples(library: Library) -> list[str]:
    """The ids of the samples that are in a library."""
    return Desk(library.catalogue.engine).live(_ids())


@cache
def _ids() -> tuple[str, ...]:
    return tuple(filter(None, (document_id(path) for path in samples())))
