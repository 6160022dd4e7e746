"""White space, which says nothing between Chinese characters."""

from __future__ import annotations


def squeezed(text: str) -> str:
    r"""The text without white space.

    >>> squeezed("新 建　驿站\n12个")
    '新建驿站12个'
    """
    return "".join(text.split())
