"""The truth of a bulletin: what a reader of the printed page would say stands in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

PartKind = Literal["text", "heading", "table", "sign", "box"]
ItemKind = Literal["feature", "report", "brief"]


@dataclass(frozen=True, slots=True)
class Part:
    """One paragraph, heading (``level`` from 1), table, line of a signature, or paragraph in a box of a body.

    ``run_in``: how many characters at the start of a paragraph are set as its heading.
    """

    kind: PartKind
    text: str = ""
    level: int = 0
    rows: tuple[tuple[str, ...], ...] = ()
    run_in: int = 0


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture with its caption, put in or after part ``at``."""

    caption: str
    at: int


@dataclass(frozen=True, slots=True)
class Item:
    """One article: its fields as a reader would name them, its body in parts, pictures and footnotes.

    ``kicker`` stands over the title (引题), ``byline`` under it; ``pull`` is a sentence of the body shown again in
    large type; ``published`` is its own day, where it is not the issue's; ``number`` stands before the title;
    ``also`` are pairs of a field and what could as well be that field.
    """

    title: tuple[str, ...]
    parts: tuple[Part, ...]
    adcode: str | None
    column: str | None = None
    subtitle: str | None = None
    note: str | None = None
    source_line: str | None = None
    source_as_set: str | None = None
    figures: tuple[Figure, ...] = ()
    notes: tuple[str, ...] = ()
    kind: ItemKind = "report"
    number: int | None = None
    kicker: str | None = None
    byline: str | None = None
    author: str | None = None
    published: str | None = None
    pull: str | None = None
    also: tuple[tuple[str, str], ...] = ()

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The body's paragraphs: table rows with tabs, footnotes at the end."""
        found: list[str] = []
        for part in self.parts:
            found += ["\t".join(row) for row in part.rows] if part.kind == "table" else [part.text]
        return (*found, *self.notes)

    @property
    def whole_title(self) -> str:
        """The title in one line."""
        return " ".join(self.title)


@dataclass(frozen=True, slots=True)
class Bulletin:
    """An issue: its masthead, its articles, and the strings of its pages that belong to no article."""

    name: str
    issue: str
    sponsor: str
    date: str
    iso_date: str
    items: tuple[Item, ...]
    colophon: tuple[str, ...] = ()
    furniture: tuple[str, ...] = field(default=())
    contact: str = ""
