"""Both indexes of a library made anew from its catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.lock import writing
from api.searching import ENCODER
from api.vectors import embed_missing, unpack

if TYPE_CHECKING:
    from api.library import Library


def reindex(library: Library) -> int:
    """Make both indexes anew; how many passages they hold. What has no vector of the library's encoder is embedded."""
    from retrieval.indexes import rebuild

    catalogue, encoder = library.catalogue, library.encoder
    with writing(library.folder, "重建索引"):
        items = list(catalogue.stored_passages())
        if encoder is not None:
            ours = catalogue.noted(ENCODER) in (None, encoder.name)
            items = list(embed_missing(catalogue, encoder, items if ours else [(p, None) for p, _ in items]))
        ready = ((p, unpack([vector])[0] if vector else None) for p, vector in items)
        rebuild(library.folder / "index", encoder.name if encoder else None, ready).close()
        catalogue.forget_stale(catalogue.stale())
        catalogue.mark_indexed([d for d, s in catalogue.states().items() if s == "stored"])
        if encoder is not None:
            catalogue.note(ENCODER, encoder.name)
    library.searcher.forget()
    return len(items)
