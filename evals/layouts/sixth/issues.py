"""Which page of the sixth set a layout is."""

from __future__ import annotations

import random

from evals.layouts.model import Bulletin


def make_issue(name: str, number: int) -> tuple[Bulletin, bytes]:
    """The truth of a seed and its PDF."""
    from evals.layouts.sixth import digest, letters, profiles, projects

    makers = {
        "office_digest_box": digest.digest,
        "chromium_profiles": profiles.profiles,
        "typst_projects": projects.projects,
        "reportlab_letters": letters.letters,
    }
    return makers[name](number, random.Random(f"sixth {number}"))
