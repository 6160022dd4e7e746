"""What a seed decides of a mixed page, beyond the look that plain pages have."""

from __future__ import annotations

import random
from dataclasses import dataclass

from evals.layouts.plain.look import Look, SourceForm


@dataclass(frozen=True, slots=True)
class Wear:
    """``flush``: paragraphs have no indent but room behind them.

    ``turn`` counts the seeds, so that what comes in three forms comes in all of them.
    """

    look: Look
    font: str
    flush: bool
    turn: int


_FONTS = {"song": "AR PL UMing CN", "kai": "AR PL UKai CN", "hei": "WenQuanYi Zen Hei", "serif": "Noto Serif CJK SC"}
_MARGINS = (
    (100.0, 76.0, 92.0, 80.0), (79.0, 84.0, 76.0, 84.0), (92.0, 68.0, 80.0, 74.0), (108.0, 79.0, 90.0, 79.0),
)  # fmt: skip
_SIZES = (16.0, 15.0, 14.0, 12.0)


def wear_of(
    number: int, rng: random.Random, counts: tuple[int, int], sources: tuple[SourceForm, ...], title: float = 22.0
) -> Wear:
    """The look of an A4 page of one column."""
    turn = number % 3
    face = ("song", "serif", "kai", "song", "hei")[(number + rng.randint(0, 1)) % 5]
    size = rng.choice(_SIZES)
    look = Look(
        size=size,
        pitch=round(size * rng.choice([1.5, 1.6, 1.7, 1.85, 2.0]), 1),
        title=title,
        margins=rng.choice(_MARGINS),
        body="song" if face == "serif" else face,  # type: ignore[arg-type]
        centred=rng.random() < 0.65,
        typed=rng.random() < 0.3,
        number=("— {n} —", "{n}", "第 {n} 页", "{n} / {N}", "－{n}－")[rng.randrange(5)],
        outer=rng.random() < 0.35,
        ruled=rng.random() < 0.5,
        listed=rng.random() < 0.5,
        source=sources[turn % len(sources)],
        heads=("none",),
        count=rng.randint(*counts),
    )
    return Wear(look, _FONTS[face], rng.random() < 0.25, turn)
