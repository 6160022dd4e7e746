"""What the four setters of county bulletins have in common."""

from __future__ import annotations

from itertools import groupby

from evals.layouts.model import Bulletin, Item, Part

INDENT = "　　"
"""Two full-width spaces: how paragraphs typed by hand are indented."""


def by_column(bulletin: Bulletin) -> list[tuple[str, list[Item]]]:
    """The articles under each column's name, in order."""
    return [(name or "", list(items)) for name, items in groupby(bulletin.items, key=lambda item: item.column)]


def of_kind(bulletin: Bulletin, *kinds: str) -> list[Item]:
    """The articles of some kinds."""
    return [item for item in bulletin.items if item.kind in kinds]


def boxed(item: Item) -> list[str]:
    """The paragraphs of the box after an article."""
    return [part.text for part in item.parts if part.kind == "box"]


def flowing(item: Item) -> list[tuple[int, Part]]:
    """The parts outside the box, with their places in the body."""
    return [(i, part) for i, part in enumerate(item.parts) if part.kind != "box"]


def inline_source(item: Item) -> str:
    """A brief's source in brackets goes on in the line of its text."""
    return item.source_as_set or "" if item.kind == "brief" else ""


def pull_at(item: Item) -> int:
    """After which part the sentence in large type stands: the second paragraph."""
    return [i for i, part in flowing(item) if part.kind == "text"][1]
