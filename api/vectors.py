"""The vectors of passages: made, stored as float16, read back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from api.lock import storing

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from corpus.catalogue import Catalogue
    from corpus.model import Passage
    from retrieval.encoder import Encoder


def embed(encoder: Encoder, passages: Sequence[Passage]) -> list[bytes]:
    """The vector of each passage, as it is stored."""
    from retrieval.chunk import titled

    if not passages:
        return []
    return [row.tobytes() for row in encoder.encode_passages([titled(p) for p in passages]).astype("<f2")]


def embed_missing(
    catalogue: Catalogue, encoder: Encoder, items: Sequence[tuple[Passage, bytes | None]]
) -> list[tuple[Passage, bytes]]:
    """The passages with their vectors; those that have none are embedded, and their vectors stored, first."""
    bare = [p for p, vector in items if vector is None]
    made = dict(zip((p.id for p in bare), embed(encoder, bare), strict=True))
    if made:
        with storing():
            catalogue.set_vectors(made.items())
    return [(p, vector or made[p.id]) for p, vector in items]


def unpack(vectors: Sequence[bytes]) -> NDArray[np.float32]:
    """Stored vectors as one float32 matrix (n, dimensions)."""
    import numpy as np

    return np.stack([np.frombuffer(v, dtype="<f2").astype(np.float32) for v in vectors])
