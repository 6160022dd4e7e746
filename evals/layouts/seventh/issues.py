"""Which page of the seventh set a layout is."""

from __future__ import annotations

import random

from evals.layouts.model import Bulletin


def make_issue(name: str, number: int) -> tuple[Bulletin, bytes]:
    """The truth of a seed and its PDF."""
    from evals.layouts.seventh import chromium, office, reportlab, typesetting

    makers = {
        "office_redhead": office.redhead,
        "office_samesize": office.samesize,
        "office_counted": office.counted,
        "typst_quarterly": typesetting.quarterly,
        "typst_framed": typesetting.framed,
        "typst_places": typesetting.by_place,
        "chromium_bars": chromium.bars,
        "chromium_front": chromium.front,
        "reportlab_continued": reportlab.continued,
        "reportlab_booklet": reportlab.booklet,
    }
    return makers[name](number, random.Random(f"seventh {number}"))
