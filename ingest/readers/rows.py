"""Characters of a page → lines: rows on one base line, raised marks and drop capitals put where they are read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from operator import attrgetter

from ingest.readers.glyphs import Glyph, Line
from ingest.typography import RAISED, is_ideograph

_RAISED = 0.8
_DROPPED = 1.7
_OPENERS = "“‘《（「"


def body_size(pages: Iterable[Sequence[Glyph]]) -> float:
    """The size most characters are set in."""
    sizes = Counter[float]()
    for size, count in Counter(glyph.size for page in pages for glyph in page).items():
        sizes[round(size, 1)] += count
    return sizes.most_common(1)[0][0] if sizes else 10.0


def read_rows(glyphs: Sequence[Glyph], body: float) -> list[Line]:
    """The lines of a page, parted where a gap is wider than a space may be."""
    capitals = [g for g in glyphs if g.size > _DROPPED * body]
    rows = _rows([g for g in glyphs if g.size <= _DROPPED * body])
    _lower_raised(rows, body)
    beside: dict[int, float] = {}
    large: list[Glyph] = []
    for cluster in _clusters(capitals):
        single = len(cluster) == 1 or (len(cluster) == 2 and cluster[0].char in _OPENERS)
        if not single or not _put_down(cluster, rows, body, beside):
            large += cluster
    lines = []
    for row in [*rows, *_rows(large)]:
        for line in _parted(sorted(row, key=attrgetter("left"))):
            line.left = beside.get(id(line.glyphs[0]), line.left)
            lines.append(line)
    return lines


def _rows(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    rows: list[list[Glyph]] = []
    reach = 0.3 * max((g.size for g in glyphs), default=0.0)
    for glyph in sorted(_once(glyphs), key=attrgetter("base", "left")):
        home = None
        for row in reversed(rows):  # from the nearest up
            if glyph.base - row[0].base > reach:
                break
            if _same_row(row[0], glyph):
                home = row
                break
        if home is None:
            rows.append([glyph])
        else:
            home.append(glyph)
    return rows


def _once(glyphs: Sequence[Glyph]) -> Iterable[Glyph]:
    """Without characters drawn twice, a trifle apart, for a bold look."""
    seen: dict[tuple[str, int], list[Glyph]] = {}
    for g in glyphs:
        at = (g.char, round(g.base))
        drawn = seen.get(at)
        if drawn is None:
            seen[at] = [g]
        elif any(abs(g.left - d.left) < 0.2 * g.size for d in drawn):
            continue
        else:
            drawn.append(g)
        yield g


def _same_row(first: Glyph, glyph: Glyph) -> bool:
    return abs(first.base - glyph.base) < 0.3 * max(first.size, glyph.size)


def _lower_raised(rows: list[list[Glyph]], body: float) -> None:
    """Small marks of notes that stand a little above a line put on it, bare digits as raised ones: of no number."""
    for row in rows:
        for mark in _marks(g for g in row if g.size < _RAISED * body):
            over = (other for other in rows if other and other is not row and any(_raised_over(g, other) for g in mark))
            if (home := next(over, None)) is not None:
                bare = not any(g.char in "[［〔" for g in mark)
                row[:] = [g for g in row if g not in mark]
                home += [replace(g, char=g.char.translate(RAISED)) if bare else g for g in mark]
    rows[:] = [row for row in rows if row]


def _marks(small: Iterable[Glyph]) -> list[list[Glyph]]:
    """Small characters that stand together ([2])."""
    found: list[list[Glyph]] = []
    for glyph in sorted(small, key=attrgetter("left")):
        if found and glyph.left - found[-1][-1].right < 0.5 * glyph.size:
            found[-1].append(glyph)
        else:
            found.append([glyph])
    return found


def _raised_over(mark: Glyph, row: Sequence[Glyph]) -> bool:
    """Whether a character stands beside one of a row, smaller and higher."""
    if not 0 < row[0].base - mark.base < 0.8 * row[0].size:
        return False
    return any(
        mark.size < _RAISED * g.size
        and g.base - mark.base < 0.7 * g.size
        and -0.3 * g.size < max(mark.left - g.right, g.left - mark.right) < 0.4 * g.size
        for g in row
    )


def _clusters(large: Sequence[Glyph]) -> list[list[Glyph]]:
    """Large characters that stand together in a row."""
    found: list[list[Glyph]] = []
    for glyph in sorted(large, key=lambda g: (round(g.base), g.left)):
        last = found[-1][-1] if found else None
        if last and abs(last.base - glyph.base) < 3 and abs(glyph.left - last.right) < 0.5 * glyph.size:
            found[-1].append(glyph)
        else:
            found.append([glyph])
    return found


def _put_down(cluster: list[Glyph], rows: list[list[Glyph]], body: float, beside: dict[int, float]) -> bool:
    """Whether a drop capital, with a mark before it or not, was put before the first of two lines it stands beside.

    ``beside`` then says where those lines would begin without it, by their first character.
    """
    glyph = cluster[-1]
    found: list[tuple[list[Glyph], Glyph]] = []
    expected = glyph.base - 0.88 * (glyph.size - body)  # its top stands where that of the line does
    for row in rows:
        if not expected - 0.6 * body < row[0].base < glyph.base + 0.12 * glyph.size + 0.8 * body:
            continue
        if any(glyph.left < (g.left + g.right) / 2 < glyph.right for g in row):
            continue
        first = min((g for g in row if g.left > glyph.left), key=lambda g: g.left, default=None)
        if first is not None and first.left - glyph.right < 1.6 * body:
            found.append((row, first))
    if len(found) < 2:
        return False
    row, first = min(found, key=lambda f: f[0][0].base)
    for g, right in zip(cluster, [*(g.left for g in cluster[1:]), first.left], strict=True):
        row.append(
            replace(g, size=first.size, base=first.base, top=first.top, bottom=first.bottom, right=right, opens=True)
        )
    for _, beginning in found:
        beside[id(beginning)] = cluster[0].left
    return True


def _parted(row: list[Glyph]) -> list[Line]:
    """A row split where the gap is wider than one and a half characters, or than one where the type changes."""
    parts = [[row[0]]]
    for last, glyph in zip(row, row[1:], strict=False):
        unlike = abs(last.size - glyph.size) > 0.1 * last.size
        if glyph.left - last.right > (0.8 * min(last.size, glyph.size) if unlike else 1.4 * last.size):
            parts.append([])
        parts[-1].append(glyph)
    return [Line.of(row)] if _spaced_out(parts) else [Line.of(part) for part in parts]


def _spaced_out(parts: list[list[Glyph]]) -> bool:
    """Whether a row is one word of a few characters set far apart (目　录)."""
    steps = [b[0].left - a[-1].right for a, b in zip(parts, parts[1:], strict=False)]
    alone = all(len(part) == 1 and is_ideograph(part[0].char) for part in parts)
    return 1 < len(parts) <= 5 and alone and max(steps) < 5 * parts[0][0].size and max(steps) < 1.3 * min(steps)
