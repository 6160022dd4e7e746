"""Which plain page a layout is."""

from __future__ import annotations

import random

from evals.layouts.model import Bulletin


def make_issue(name: str, number: int) -> tuple[Bulletin, bytes]:
    """The truth of a seed and its PDF."""
    from evals.layouts.plain import chromium, office, reportlab

    makers = {
        "office_brief": office.brief,
        "office_compilation": office.compilation,
        "office_digest": office.digest,
        "office_report": office.report,
        "office_notice": office.notice,
        "chromium_account": chromium.account,
        "chromium_weekly": chromium.weekly,
        "reportlab_updates": reportlab.updates,
    }
    return makers[name](number, random.Random(f"plain {number}"))
