"""What every reader gives, whatever the format: a page of blocks and what the file says about itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from ingest.traced import Traced

Role = Literal["text", "row"]


@dataclass(frozen=True, slots=True)
class Block:
    """One line or paragraph in reading order.

    ``size`` is its type size over the body's (1.0 where unknown); ``level`` the heading level its markup gives (0
    none); ``gap`` the number of blank lines before it; ``firm`` whether the format itself says that a paragraph begins
    here and ends with it; ``role`` is ``row`` for a row of a table, its cells parted by tabs. In a format that has
    tables every row of one has as many, and a merged cell is empty where it goes on; on a page, wide gaps part cells.

    What its layout on a page tells: ``begins`` whether its first line stands where paragraphs begin (None: no telling),
    ``full`` whether its last line fills the measure, ``marked`` whether it is in another face than running text,
    ``leads`` whether it stands at the head of a part of a page that rules cut.
    """

    line: Traced
    page: int | None = None
    size: float = 1.0
    level: int = 0
    gap: int = 0
    firm: bool = False
    role: Role = "text"
    begins: bool | None = None
    full: bool = False
    marked: bool = False
    leads: bool = False

    @property
    def text(self) -> str:
        """What it says."""
        return self.line.text


@dataclass(frozen=True, slots=True)
class Edge:
    """A name that a page sets at its edge, in its head or upright at a side, and how far from its top."""

    page: int
    top: float
    text: str


@dataclass(frozen=True, slots=True)
class Source:
    """A file as read: its blocks, and what it says about itself outside its text.

    ``margins`` are lines of page heads, feet and text boxes (they may carry a marking); ``title``, ``subtitle``,
    ``column``, ``source_line``, ``author``, ``number`` (文号) and ``published_on`` come from metadata; ``site`` is
    whose site or account it is on, ``area`` the place that its own column in a sheet gives. ``flags`` are those of
    every article in it. ``parts`` are the articles of a file that says itself where each begins and ends (a row of a
    spreadsheet); its own ``blocks`` are then empty. ``unread`` are the pages (from 1) that could not be read.
    ``made_on`` is the day the file was made or last saved. ``edges`` are the names of columns at the edges of pages.
    """

    blocks: tuple[Block, ...]
    media_type: str
    reader: str
    pages: int | None = None
    title: str | None = None
    column: str | None = None
    source_line: str | None = None
    published_on: str | None = None
    site: str | None = None
    area: str | None = None
    margins: tuple[str, ...] = field(default=())
    author: str | None = None
    number: str | None = None
    flags: tuple[str, ...] = ()
    parts: tuple[Source, ...] = ()
    unread: tuple[int, ...] = ()
    made_on: str | None = None
    subtitle: str | None = None
    edges: tuple[Edge, ...] = ()

    @property
    def is_record(self) -> bool:
        """Whether it is an article of which the file says itself where each of its parts stands."""
        return self.reader in ("sheets", "fields")
