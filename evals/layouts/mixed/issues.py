"""Which mixed page a layout is."""

from __future__ import annotations

import random

from evals.layouts.model import Bulletin


def make_issue(name: str, number: int) -> tuple[Bulletin, bytes]:
    """The truth of a seed and its PDF."""
    from evals.layouts.mixed import chromium, office, typesetting

    makers = {
        "office_special": office.special,
        "office_roundup": office.roundup,
        "office_circular": office.circular,
        "office_speeches": office.speeches,
        "chromium_twin": chromium.twin,
        "typst_cases": typesetting.cases,
    }
    return makers[name](number, random.Random(f"mixed {number}"))
