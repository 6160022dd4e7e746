"""Text to vectors. The default encoder comes with its weights; any sentence-transformers model can take its place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from corpus.model import Progress

DEFAULT = "e5-small"


class Encoder(Protocol):
    """Maps queries and passages to unit vectors whose inner product says how near they are."""

    @property
    def name(self) -> str:
        """Which weights, in which form: what an index records, and refuses to mix."""

    @property
    def dimensions(self) -> int:
        """The length of a vector."""

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors, shape (len(texts), dimensions)."""

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> NDArray[np.float32]:
        """Unit vectors, shape (len(texts), dimensions)."""


def load_encoder(name: str | None = None) -> Encoder:
    """The encoder ``name``: None or ``e5-small`` is the built-in one, else a sentence-transformers name or folder.

    Raises ModelError, saying what to install, where it cannot be had.
    """
    if name in (None, "", DEFAULT):
        from retrieval.encoder.e5 import load_e5

        return load_e5()
    from retrieval.encoder.transformer import TransformerEncoder

    return TransformerEncoder(str(name))
