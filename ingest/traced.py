"""Text that remembers where it came from.

Readers make ``Traced`` lines; every later step only cuts and joins them, so whatever is left can always be shown at its
place in the source.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from corpus.model import SourceRun


@dataclass(frozen=True, slots=True)
class Traced:
    """``text`` and, for those of its characters that came from the source, where they stood.

    >>> line = Traced.of("  近日，三塘镇", 40).strip()
    >>> line.text, line.runs[0].source
    ('近日，三塘镇', 42)
    >>> [(run.body, run.length, run.source) for run in join([line.cut(0, 2), line.cut(3, 6)]).runs]
    [(0, 2, 42), (2, 3, 45)]
    """

    text: str
    runs: tuple[SourceRun, ...] = ()

    @staticmethod
    def of(text: str, source: int) -> Traced:
        """A piece that stands in the decoded file from offset ``source`` on."""
        return Traced(text, (SourceRun(0, len(text), source=source),) if text else ())

    def __len__(self) -> int:
        return len(self.text)

    def cut(self, start: int, end: int | None = None) -> Traced:
        """The characters ``[start, end)``."""
        end = len(self.text) if end is None else min(end, len(self.text))
        kept = []
        for run in self.runs:
            lo, hi = max(start, run.body), min(end, run.body + run.length)
            if lo < hi:
                kept.append(_part(run, lo, hi, lo - start))
        return Traced(self.text[start:end], tuple(kept))

    def strip(self, chars: str | None = None) -> Traced:
        """Without the white space (or ``chars``) at both ends."""
        left = len(self.text) - len(self.text.lstrip(chars))
        return self.cut(left, max(left, len(self.text.rstrip(chars))))

    def keep(self, wanted: Callable[[str], bool]) -> Traced:
        """Only the characters that are wanted."""
        if all(map(wanted, self.text)):
            return self
        pieces, start = [], 0
        for i, c in enumerate(self.text):
            if not wanted(c):
                pieces.append(self.cut(start, i))
                start = i + 1
        return join([*pieces, self.cut(start)])


def join(pieces: Iterable[Traced | str], between: str = "") -> Traced:
    """The pieces one after another, ``between`` parting them; plain strings are ours and have no source."""
    text: list[str] = []
    runs: list[SourceRun] = []
    at = 0
    for n, piece in enumerate(pieces):
        if n and between:
            text.append(between)
            at += len(between)
        if isinstance(piece, str):
            text.append(piece)
            at += len(piece)
            continue
        for run in piece.runs:
            moved = SourceRun(run.body + at, run.length, run.source, run.page, run.box)
            if runs and _follows(runs[-1], moved):
                runs[-1] = replace(runs[-1], length=runs[-1].length + moved.length)
            else:
                runs.append(moved)
        text.append(piece.text)
        at += len(piece.text)
    return Traced("".join(text), tuple(runs))


def _follows(last: SourceRun, run: SourceRun) -> bool:
    """Whether ``run`` goes on where ``last`` ends, in the body and in a text source."""
    return (
        last.source is not None
        and run.source is not None
        and last.body + last.length == run.body
        and last.source + last.length == run.source
    )


def _part(run: SourceRun, lo: int, hi: int, body: int) -> SourceRun:
    """The part of a run over body offsets ``[lo, hi)``, moved to ``body``."""
    if run.source is not None:
        return SourceRun(body, hi - lo, source=run.source + lo - run.body)
    box = run.box
    if box is not None:
        left, top, right, bottom = box
        advance = (right - left) / run.length
        box = (left + advance * (lo - run.body), top, left + advance * (hi - run.body), bottom)
    return SourceRun(body, hi - lo, page=run.page, box=box)
