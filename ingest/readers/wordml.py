"""WordprocessingML (ECMA-376 part 1): what a reader of the final document sees.

Insertions are taken and deletions dropped; comments, hidden text, field codes and the second form of alternate content
are left out; text boxes and notes are told apart from the paragraph that anchors them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from ingest.typography import RAISED

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_GONE = {W + tag for tag in ("del", "moveFrom", "instrText", "delText", "delInstrText", "rt", "pPr", "rPr", "sdtPr")}
_NEW = {W + "ins", W + "moveTo"}
_THROUGH = {W + "sdt", W + "sdtContent", W + "customXml", *_NEW}
_BREAKS = {W + "br": "\n", W + "cr": "\n", W + "tab": "\t", W + "noBreakHyphen": "-"}
_NOTES = {W + "footnoteReference": "footnotes", W + "endnoteReference": "endnotes"}
_OFF = {"0", "false", "off"}


@dataclass(slots=True)
class Run:
    """A piece of text with its own type size in points, 0 where it has none."""

    text: str
    points: float = 0.0


@dataclass(slots=True)
class Paragraph:
    """A paragraph: its runs, the text boxes anchored in it, its notes (part, id), and whether it was revised."""

    element: Any
    runs: list[Run] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    revised: bool = False

    @property
    def text(self) -> str:
        """What it says."""
        return "".join(run.text for run in self.runs)

    @property
    def joined(self) -> bool:
        """Whether its end was deleted, so that the next paragraph goes on in it."""
        return self.element.find(f"{W}pPr/{W}rPr/{W}del") is not None


def blocks(parent: Any) -> Iterator[Any]:  # noqa: ANN401
    """The paragraphs and tables of a body, cell or box, through content controls and tracked insertions."""
    return _inside(parent, W + "p", W + "tbl")


def paragraph(element: Any) -> Paragraph:  # noqa: ANN401
    """The paragraph of a ``w:p``."""
    read = Paragraph(element)
    _walk(element, read, 0.0)
    return read


def _walk(element: Any, read: Paragraph, points: float) -> None:  # noqa: ANN401
    for child in element:
        tag = child.tag
        if tag in _GONE or tag == _FALLBACK:
            read.revised |= tag in (W + "del", W + "moveFrom")
        elif tag == W + "r":
            if not _on(child.find(f"{W}rPr/{W}vanish")):
                begun = len(read.runs)
                _walk(child, read, half_points(child.find(f"{W}rPr/{W}sz")))
                if (align := child.find(f"{W}rPr/{W}vertAlign")) is not None and align.get(W + "val") == "superscript":
                    read.runs[begun:] = [replace(run, text=run.text.translate(RAISED)) for run in read.runs[begun:]]
        elif tag == W + "t":
            read.runs.append(Run(child.text or "", points))
        elif tag in _BREAKS:
            if child.get(W + "type") not in ("page", "column"):
                read.runs.append(Run(_BREAKS[tag], points))
        elif tag == W + "txbxContent":
            read.boxes.append(child)
        elif tag in _NOTES:
            read.notes.append((_NOTES[tag], child.get(W + "id", "")))
        elif isinstance(tag, str):
            read.revised |= tag in _NEW
            _walk(child, read, points)


def rows(table: Any) -> Iterator[list[Any]]:  # noqa: ANN401
    """The cells of each row of a ``w:tbl``, one a grid column; None where a merged cell goes on or nothing is."""
    for row in _inside(table, W + "tr"):
        if row.find(f"{W}trPr/{W}del") is not None:
            continue
        skipped = row.find(f"{W}trPr/{W}gridBefore")
        cells: list[Any] = [None] * (_number(skipped) if skipped is not None else 0)
        for cell in _inside(row, W + "tc"):
            span = cell.find(f"{W}tcPr/{W}gridSpan")
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            goes_on = merge is not None and merge.get(W + "val", "continue") == "continue"
            cells += [None if goes_on else cell] + [None] * ((_number(span) if span is not None else 1) - 1)
        yield cells


def changed_rows(table: Any) -> Iterator[Any]:  # noqa: ANN401
    """The rows of a table that were put in or taken out as a whole."""
    for row in _inside(table, W + "tr"):
        if row.find(f"{W}trPr/{W}ins") is not None or row.find(f"{W}trPr/{W}del") is not None:
            yield row


def _inside(parent: Any, *tags: str) -> Iterator[Any]:  # noqa: ANN401
    """The children of some kinds, through content controls and tracked insertions."""
    for child in parent:
        if child.tag in tags:
            yield child
        elif child.tag in _THROUGH:
            yield from _inside(child, *tags)


def half_points(size: Any) -> float:  # noqa: ANN401
    """The points of a ``w:sz`` element, 0 where there is none."""
    value = size.get(W + "val", "") if size is not None else ""
    return int(value) / 2 if value.isdigit() else 0.0


def _number(element: Any) -> int:  # noqa: ANN401
    value = element.get(W + "val", "")
    return min(int(value), 63) if value.isdigit() and int(value) else 1


def _on(element: Any) -> bool:  # noqa: ANN401
    """Whether a toggle property is on."""
    return element is not None and element.get(W + "val") not in _OFF
