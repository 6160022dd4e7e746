"""The phrases of ``data/*.txt``, their blanks filled from a seed."""

from __future__ import annotations

import random
from functools import cache
from importlib.resources import files


@cache
def sections(source: str = "phrases") -> dict[str, tuple[str, ...]]:
    """The lists of a file by section."""
    text = (files("evals.layouts.data") / f"{source}.txt").read_text(encoding="utf-8")
    found: dict[str, list[str]] = {}
    name = ""
    for line in text.splitlines():
        if line.startswith("["):
            name = line.strip("[]")
        elif line and not line.startswith("#"):
            found.setdefault(name, []).append(line)
    return {key: tuple(lines) for key, lines in found.items()}


class Voice:
    """Draws phrases for one bulletin; no phrase comes again before all others of its section have come."""

    def __init__(self, rng: random.Random, source: str = "phrases") -> None:
        self.rng, self.source = rng, source
        self.place = self.other = ""
        self._left: dict[str, list[str]] = {}

    def say(self, section: str) -> str:
        """A phrase of the section with its blanks filled."""
        left = self._left.get(section)
        if not left:
            left = list(sections(self.source)[section])
            self.rng.shuffle(left)
            self._left[section] = left
        return self.fill(left.pop())

    def fill(self, text: str) -> str:
        """The text with every blank filled anew."""
        while (at := text.find("{")) >= 0:
            text = text[:at] + self._blank(text[at + 1]) + text[at + 3 :]
        return text

    def _blank(self, kind: str) -> str:
        if kind == "p":
            return self.place
        if kind == "o":
            return self.other
        if kind == "n":
            return str(self.rng.randint(2, 60))
        if kind == "m":
            number = self.rng.randint(100, 9000)
            return f"{number:,}" if self.rng.random() < 0.2 else str(number)
        if kind == "d":
            return f"{self.rng.uniform(1, 99):.1f}"
        return self.rng.choice(sections(self.source)[{"t": "townships", "v": "villages", "s": "surnames"}[kind]])
