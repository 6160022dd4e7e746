"""The XML of OFD parts: elements by name whatever their namespace; numbers, boxes and matrices in attributes."""

from __future__ import annotations

from typing import Any

Element = Any
"""An lxml element, or None."""
Box = tuple[float, float, float, float]
"""Left, top, width, height in millimetres."""
_FAR = 1e7


class PartError(Exception):
    """A part is missing or cannot be read."""


def parsed(data: bytes, path: str) -> tuple[Element, bool]:
    """The root of a part, and whether all of it could be read; control characters and undeclared prefixes are let by.

    Raises:
        PartError: it is no XML, or declares entities, which OFD does not.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, recover=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as exc:
        raise PartError(path) from exc
    declared = None if root is None else root.getroottree().docinfo.internalDTD
    if root is None or (declared is not None and any(True for _ in declared.iterentities())):
        raise PartError(path)
    slight = (etree.ErrorTypes.ERR_INVALID_CHAR, etree.ErrorTypes.NS_ERR_UNDEFINED_NAMESPACE)
    known = next(root.iter(etree.Entity), None) is None
    return root, known and all(error.type in slight for error in parser.error_log.filter_from_errors())


def local(element: Element) -> str:
    """An element's name without its namespace, which producers differ in."""
    return element.tag.rsplit("}", 1)[-1].rsplit(":", 1)[-1] if isinstance(element.tag, str) else ""


def children(element: Element, name: str) -> list[Element]:
    """The child elements of a name."""
    return [e for e in element if local(e) == name] if element is not None else []


def child(element: Element, name: str) -> Element:
    """The first child element of a name, or None."""
    return next(iter(children(element, name)), None)


def descendants(element: Element, name: str) -> list[Element]:
    """All elements of a name below an element, in document order."""
    return [e for e in element.iter() if local(e) == name] if element is not None else []


def text_of(element: Element) -> str:
    """An element's own text, empty where there is none."""
    return (element.text or "").strip() if element is not None else ""


def numbers(text: str | None) -> list[float]:
    """The numbers of a list; what is no number of a document's size is left out.

    >>> numbers("0 0 210 x 297,5 1e999")
    [0.0, 0.0, 210.0, 297.0, 5.0]
    """
    found: list[float] = []
    for word in (text or "").replace(",", " ").split():
        try:
            value = float(word)
        except ValueError:
            continue
        if abs(value) < _FAR:
            found.append(value)
    return found


def number(text: str | None, otherwise: float) -> float:
    """The first number of an attribute."""
    return next(iter(numbers(text)), otherwise)


def page_box(owner: Element) -> Box | None:
    """The box that a page, or a document for its pages, states: its paper, else what of it is shown."""
    area = child(owner, "PageArea")
    area = child(owner, "Area") if area is None else area
    for kind in ("PhysicalBox", "ApplicationBox", "ContentBox"):
        box = numbers(text_of(child(area, kind)))
        if len(box) == 4 and box[2] > 0 and box[3] > 0:
            return box[0], box[1], box[2], box[3]
    return None
