"""What a seed decides of a plain page: sizes, fonts, margins, where lines of source and numbers of pages stand."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Literal

SourceForm = Literal["tail", "inline", "short", "from", "under", "none"]
"""In brackets on a line of its own or behind the last sentence, by the place only, 来源：, under the title, none."""

HeadForm = Literal["deep", "numbered", "bracketed", "bold", "run-in", "joined", "none"]


@dataclass(frozen=True, slots=True)
class Look:
    """Points, unless said otherwise; ``margins`` as in CSS. ``typed``: paragraphs are indented by two wide spaces.

    ``listed``: the issue names its articles at its beginning, or has what else its layout may do without.
    """

    size: float
    pitch: float
    title: float
    margins: tuple[float, float, float, float]
    body: Literal["song", "kai", "hei"]
    centred: bool
    typed: bool
    number: str
    outer: bool
    ruled: bool
    listed: bool
    source: SourceForm
    heads: tuple[HeadForm, ...]
    count: int


def look_of(rng: random.Random, counts: tuple[int, int], sources: tuple[SourceForm, ...]) -> Look:
    """The look of an A4 page of one column."""
    size = rng.choice([16.0, 16.0, 15.0, 14.0])
    margins = rng.choice([(105.0, 74.0, 99.0, 79.0), (72.0, 90.0, 72.0, 90.0), (85.0, 71.0, 71.0, 79.0)])
    heads: tuple[HeadForm, ...] = rng.choice(
        [("deep", "numbered"), ("numbered", "none"), ("bracketed", "run-in"), ("bold", "joined"), ("deep", "joined")]
    )
    return Look(
        size=size,
        pitch=round(size * rng.choice([1.75, 1.8, 1.65, 1.9]), 1),
        title=rng.choice([22.0, 22.0, 20.0, 18.0]),
        margins=margins,
        body=rng.choice(["song", "song", "song", "kai", "hei"]),
        centred=rng.random() < 0.7,
        typed=rng.random() < 0.35,
        number=rng.choice(["- {n} -", "— {n} —", "第{n}页 共{N}页", "{n}"]),
        outer=rng.random() < 0.4,
        ruled=rng.random() < 0.5,
        listed=rng.random() < 0.5,
        source=rng.choice(sources),
        heads=heads,
        count=rng.randint(*counts),
    )
