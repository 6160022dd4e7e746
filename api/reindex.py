"""Both indexes of a library made anew from its catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.build import unpack
from api.lock import writing
from api.searching import ENCODER

if TYPE_CHECKING:
    from api.library import Library
    from corpus.catalogue import Catalogue
    from retrieval.encoder import Encoder


def reindex(library: Library) -> int:
    """Make both indexes anew; how many passages they hold. What has no vector of the library's encoder is embedded."""
    from retrieval.indexes import rebuild

    catalogue, encoder = library.catalogue, library.encoder
    with writing(library.folder, "重建索引"):
        items = list(catalogue.stored_passages())
        other = encoder is not None and catalogue.noted(ENCODER) not in (None, encoder.name)
        if encoder is not None and (other or any(vector is None for _, vector in items)):
            _embed(catalogue, encoder)
            items = list(catalogue.stored_passages())
        ready = ((p, unpack([vector])[0] if vector else None) for p, vector in items)
        rebuild(library.folder / "index", encoder.name if encoder else None, ready).close()
        catalogue.forget_stale(catalogue.stale())
        catalogue.mark_indexed([d for d, s in catalogue.states().items() if s == "stored"])
        if encoder is not None:
            catalogue.note(ENCODER, encoder.name)
    library.searcher.forget()
    return len(items)


def _embed(catalogue: Catalogue, encoder: Encoder) -> None:
    """Give every passage its vector."""
    from retrieval.chunk import titled

    passages = [p for p, _ in catalogue.stored_passages()]
    rows = encoder.encode_passages([titled(p) for p in passages]).astype("<f2")
    catalogue.set_vectors((p.id, row.tobytes()) for p, row in zip(passages, rows, strict=True))
