"""Tables of a Word file whose head has two rows, with cells over several columns and rows; boxes of one cell."""

from __future__ import annotations

from collections.abc import Sequence

from evals.layouts.plain.docx import Block, Face, para, run

_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
Head = Sequence[tuple[str, Sequence[str]]]
"""Groups with the columns below them; a group of none is a column as high as both rows."""


def head_rows(head: Head) -> list[tuple[str, ...]]:
    """The two rows of the head as a reader has them: what is merged stands in the first of its cells."""
    first = [cell for group, own in head for cell in (group, *[""] * (len(own) - 1))]
    second = [cell for _, own in head for cell in (own or [""])]
    return [tuple(first), tuple(second)]


def merged(head: Head, rows: Sequence[Sequence[str]], widths: Sequence[float], face: Face, bold: Face) -> str:
    """The table; its head comes again on every page, no row is torn."""
    at, first, second = 0, "", ""
    for group, own in head:
        count = max(1, len(own))
        width = sum(widths[at : at + count])
        down = "" if own else '<w:vMerge w:val="restart"/>'
        first += _cell(group, width, bold, f'<w:gridSpan w:val="{count}"/>' if count > 1 else down)
        for k in range(count):
            text = own[k] if own else ""
            second += _cell(text, widths[at + k], bold, "" if own else "<w:vMerge/>")
        at += count
    top = "".join(f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>" for cells in (first, second))
    below = "".join(
        f"<w:tr><w:trPr><w:cantSplit/></w:trPr>"
        f"{''.join(_cell(text, width, face, '') for text, width in zip(row, widths, strict=True))}</w:tr>"
        for row in rows
    )
    return _table(widths, top + below)


def box(paragraphs: Sequence[str], width: float, tint: str = "") -> str:
    """Ready paragraphs in a frame of one cell."""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{tint}"/>' if tint else ""
    sides = "".join(f'<w:{side} w:w="120" w:type="dxa"/>' for side in ("top", "left", "bottom", "right"))
    cell = (
        f'<w:tc><w:tcPr><w:tcW w:w="{_twips(width)}" w:type="dxa"/>{shade}<w:tcMar>{sides}</w:tcMar></w:tcPr>'
        f"{''.join(paragraphs)}</w:tc>"
    )
    return _table([width], f"<w:tr>{cell}</w:tr>", lined=not tint)


def _table(widths: Sequence[float], rows: str, *, lined: bool = True) -> str:
    grid = "".join(f'<w:gridCol w:w="{_twips(width)}"/>' for width in widths)
    kind = "single" if lined else "nil"
    rules = "".join(f'<w:{side} w:val="{kind}" w:sz="6" w:space="0" w:color="000000"/>' for side in _SIDES)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{_twips(sum(widths))}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{rules}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"{rows}</w:tbl>"
    )


def _cell(text: str, width: float, face: Face, more: str) -> str:
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{_twips(width)}" w:type="dxa"/>{more}<w:vAlign w:val="center"/></w:tcPr>'
        f"{para(run(text, face), Block(align='center', before=2, after=2))}</w:tc>"
    )


def _twips(points: float) -> int:
    return round(points * 20)
