"""The digits of a number format → a number laid over them, from the right: the leftmost place takes what is left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal

Token = tuple[str, str]
_WIDE = Context(prec=60)
_POINT, _COMMA, _PERCENT = ("literal", "."), ("literal", ","), ("literal", "%")


@dataclass(frozen=True, slots=True)
class Digits:
    """Where the digits of a section stand, and what its marks say: the powers of ten it shows, thousands parted."""

    tokens: tuple[Token, ...]
    whole: tuple[int, ...]
    parts: tuple[int, ...]
    point: int | None
    power: int
    thousands: bool

    @staticmethod
    def of(tokens: tuple[Token, ...]) -> Digits | None:
        """The digits among the tokens of a section, None where it has none.

        A comma between digits parts thousands, one behind the last before the point or the end divides by a thousand.
        """
        places = [i for i, (kind, _) in enumerate(tokens) if kind == "digit"]
        if not places:
            return None
        point = tokens.index(_POINT) if _POINT in tokens else None
        whole = tuple(i for i in places if point is None or i < point)
        commas = [i for i, token in enumerate(tokens) if token == _COMMA]
        dividing = [i for i in commas if i > places[-1] or (whole and point is not None and whole[-1] < i < point)]
        power = 2 * tokens.count(_PERCENT) - 3 * len(dividing)
        thousands = any(places[0] < i for i in commas if i not in dividing)
        return Digits(tokens, whole, tuple(places[len(whole) :]), point, power, thousands)

    def shown(self, value: float) -> str:
        """The number with all that its section writes around it.

        >>> digits = Digits.of((("digit", "0"), ("text", "."), ("digit", "0"), ("literal", ","), ("text", "万")))
        >>> digits and digits.shown(24000)
        '2.4万'
        """
        scaled = Decimal(f"{value:.15g}").scaleb(self.power)
        rounded = abs(scaled).quantize(Decimal(1).scaleb(-len(self.parts)), ROUND_HALF_UP, _WIDE)
        integer, _, fraction = f"{rounded:f}".partition(".")
        laid = _laid(integer, [self.tokens[i][1] for i in self.whole], thousands=self.thousands)
        kept = _kept(fraction, [self.tokens[i][1] for i in self.parts])
        over = dict(zip((*self.whole, *self.parts), (*laid, *kept), strict=True))
        out = ["-" if scaled < 0 and rounded else ""]
        for i, token in enumerate(self.tokens):
            if i in over:
                out.append(over[i])
            elif i == self.point:
                out.append("." if any(kept) else "")
            elif token[0] in ("text", "literal") and token != _COMMA:
                out.append(token[1])
        return "".join(out)


def _laid(integer: str, places: Sequence[str], *, thousands: bool) -> list[str]:
    """The digits before the point for each of their places."""
    digits = ("" if integer == "0" else integer).rjust(places.count("0"), "0")
    if len(places) == 1 and not thousands:
        return [digits]
    marked = [d + ("," if thousands and n and n % 3 == 0 else "") for n, d in enumerate(reversed(digits))]
    out = [marked[n] if n < len(marked) else "" for n in range(len(places))]
    if places:
        out[-1] = "".join(reversed(marked[len(places) - 1 :]))
    return out[::-1]


def _kept(fraction: str, places: Sequence[str]) -> list[str]:
    """The digits after the point; of optional places the last zeros are left out."""
    out = list(fraction[: len(places)])
    for i in range(len(out) - 1, -1, -1):
        if places[i] == "0" or out[i] != "0":
            break
        out[i] = ""
    return out
