"""A small HTML tree whose text knows its offsets in the decoded file."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

from corpus.model import SourceRun
from ingest.traced import Traced
from ingest.typography import RAISED

BLOCKS = frozenset(
    "address article aside blockquote body br caption center dd details div dl dt fieldset figcaption figure footer"
    " form h1 h2 h3 h4 h5 h6 header hr html li main nav ol option p pre section select table tbody td tfoot th thead"
    " tr ul ucapcontent".split()
)
_NEAR = 3
"""Among so many innermost open elements is the sup that raises a text (<sup><a>1</a></sup>)."""
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_CELLS = frozenset({"td", "th"})
_PARTS = frozenset({"thead", "tbody", "tfoot"})
_TABLE = _CELLS | _PARTS | {"tr", "caption", "colgroup"}
_ROWS = (_CELLS | {"tr", "caption", "colgroup"}, frozenset({"table"}))
_ITEM = frozenset({"table", "td", "th", "caption", "object", "button"})
_IMPLIED: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset({"li"}), _ITEM | {"ul", "ol", "menu"}),
    "td": (_CELLS, frozenset({"table", "tr"})),
    "th": (_CELLS, frozenset({"table", "tr"})),
    "tr": _ROWS,
    "thead": (_ROWS[0] | _PARTS, _ROWS[1]),
    "tbody": (_ROWS[0] | _PARTS, _ROWS[1]),
    "tfoot": (_ROWS[0] | _PARTS, _ROWS[1]),
    "dt": (frozenset({"dt", "dd"}), _ITEM | {"dl"}),
    "dd": (frozenset({"dt", "dd"}), _ITEM | {"dl"}),
    "option": (frozenset({"option"}), frozenset({"select"})),
}
"""The elements a start tag ends though they are not closed, and those it does not look beyond (HTML, 13.2.6.4)."""
_PARAGRAPH = (frozenset({"p"}), _ITEM)
_RAW = frozenset({"script", "style", "noscript", "template", "iframe", "textarea", "svg", "select", "button"})


@dataclass(slots=True, eq=False)
class Node:
    """An element: its tag, attributes and children (elements and text) in order."""

    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    children: list[Node | Traced] = field(default_factory=list)

    def walk(self) -> Iterator[Node]:
        """This element and all below it, in document order."""
        stack: list[Node] = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(c for c in reversed(node.children) if isinstance(c, Node))

    def texts(self) -> Iterator[Traced]:
        """The pieces of text below it, in document order; not those of scripts and forms."""
        stack: list[Node | Traced] = [self]
        while stack:
            node = stack.pop()
            if isinstance(node, Traced):
                yield node
            elif node.tag not in _RAW:
                stack.extend(reversed(node.children))

    @property
    def text(self) -> str:
        """All its text, white space squeezed."""
        return " ".join("".join(t.text for t in self.texts()).split())

    @property
    def marks(self) -> str:
        """Its id and classes, lower case."""
        return f"{self.attrs.get('id', '')} {self.attrs.get('class', '')}".lower()


def parse(text: str) -> Node:
    """The tree of an HTML text; broken mark-up is taken as it comes, never an error."""
    builder = _Builder(text)
    builder.feed(text)
    builder.close()
    return builder.root


class _Builder(HTMLParser):
    """Builds the tree; ``getpos`` gives where each token starts."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=False)
        self.source = text
        self.root = Node("#root")
        self.stack = [self.root]
        self.starts = [0]
        for i, c in enumerate(text):
            if c == "\n":
                self.starts.append(i + 1)

    def _at(self) -> int:
        line, column = self.getpos()
        return self.starts[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element, closing those it ends implicitly."""
        if tag in BLOCKS and tag != "br":
            self._end(*_PARAGRAPH)
        if tag in _IMPLIED:
            self._end(*_IMPLIED[tag])
        if tag in _CELLS and self.stack[-1].tag in _PARTS | {"table"}:
            self.handle_starttag("tr", [])
        node = Node(tag, {k: v or "" for k, v in attrs})
        self.stack[-1].children.append(node)
        if tag not in _VOID and len(self.stack) < 500:
            self.stack.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element closed at once."""
        self.handle_starttag(tag, attrs)
        if tag not in _VOID and self.stack[-1].tag == tag:
            self.stack.pop()

    def handle_endtag(self, tag: str) -> None:
        """Close the innermost open element of that name; a cell holds what is begun in it, but for its table's own."""
        kept = frozenset() if tag in ("table", "body", "html") else {"table"} if tag in _TABLE else _CELLS | {"table"}
        for depth in range(len(self.stack) - 1, 0, -1):
            if self.stack[depth].tag == tag:
                del self.stack[depth:]
                return
            if self.stack[depth].tag in kept:
                return

    def _end(self, ended: frozenset[str], fence: frozenset[str]) -> None:
        """Close the outermost open element of those, and all in it, that stands within the fence."""
        found = None
        for depth in range(len(self.stack) - 1, 0, -1):
            if self.stack[depth].tag in ended:
                found = depth
            elif self.stack[depth].tag in fence:
                break
        if found is not None:
            del self.stack[found:]

    def handle_data(self, data: str) -> None:
        """Plain text; digits set above the line as such."""
        line = Traced.of(data, self._at())
        raised = data.strip().isdigit() and any(node.tag == "sup" for node in self.stack[-_NEAR:])
        self.stack[-1].children.append(replace(line, text=data.translate(RAISED)) if raised else line)

    def handle_entityref(self, name: str) -> None:
        """A named character."""
        self._reference(f"&{name};", f"&{name}")

    def handle_charref(self, name: str) -> None:
        """A numbered character."""
        self._reference(f"&#{name};", f"&#{name}")

    def _reference(self, closed: str, bare: str) -> None:
        at = self._at()
        raw = closed if self.source.startswith(closed, at) else bare
        char = html.unescape(raw)
        if char == raw:
            self.stack[-1].children.append(Traced.of(raw, at))
            return
        # Two runs on the same character: its hull in the source is the whole reference.
        last = at + len(raw) - 1
        runs = tuple(SourceRun(i, 1, source=source) for i in range(len(char)) for source in (at, last))
        self.stack[-1].children.append(Traced(char, runs))
