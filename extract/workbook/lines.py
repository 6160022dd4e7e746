"""The rows or the columns of a form, read: which are places, which periods, which add up others, what is counted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.model import Period
from corpus.places import Gazetteer
from extract.cells import is_total
from extract.workbook.form import Line
from extract.workbook.periods import head_period
from extract.workbook.wording import is_part, says_nothing, stands_alone

_OF_PLACES = re.compile(
    r"(?:各|所属)?(?:[省市州盟县区旗]+[、（(）)/／]*){1,5}(?:名称?|别)?|地区(?:名称)?|地方|行政区划(?:名称)?|区域|地市|县域"
)
_FULL_NAME = re.compile(r"..+(?<![小社园院校])[省市州县区旗盟]")


@dataclass(frozen=True, slots=True)
class Axis:
    """What the lines of one direction say, by their number: names of a place, a period with its words, other words.

    ``totals`` add up the other lines.
    """

    lines: tuple[Line, ...]
    places: dict[int, tuple[str, ...]] = field(default_factory=dict)
    totals: set[int] = field(default_factory=set)
    periods: dict[int, tuple[Period, str]] = field(default_factory=dict)
    words: dict[int, tuple[str, ...]] = field(default_factory=dict)


def read_axis(lines: Sequence[Line], gazetteer: Gazetteer, general: Period | None, names: Sequence[str] = ()) -> Axis:
    """The lines of one direction; ``general`` is the period of the whole form, by which 上年同期 is read.

    ``names`` are the heads over the words of the lines, which may say that they are places (县区).
    """
    axis = Axis(tuple(lines))
    level = "all" if any(map(_OF_PLACES.fullmatch, names)) else _place_level(lines, gazetteer)
    for line in lines:
        if len(line.texts) == 1 and is_total(line.texts[0]):
            axis.totals.add(line.at)
            continue
        words: list[str] = []
        for n, text in enumerate(line.texts):
            last = n == len(line.texts) - 1
            if level and (gazetteer.candidates(text) or (last and level == "all" and line.at not in axis.places)):
                axis.places[line.at] = (*axis.places.get(line.at, ()), text)
                continue
            period, left = head_period(text, general)
            if period is not None:
                axis.periods[line.at] = period, period.text or text
            words += [left] if left and not says_nothing(left) else []
        if words:
            axis.words[line.at] = tuple(words)
    _complete_parts(axis)
    return axis


def _place_level(lines: Sequence[Line], gazetteer: Gazetteer) -> str:
    """Whether lines are places: "" for none, "some" where one is named in full, "all" where most are meant for one.

    Short names alone prove nothing, as many are words (新建, 合作), unless most lines have one.
    """
    texts = {text for line in lines for text in line.texts if not is_total(text)}
    named = {text for text in texts if gazetteer.candidates(text)}
    last = {line.texts[-1] for line in lines if line.texts and not is_total(line.texts[-1])}
    most = bool(last) and len(last & named) * 2 >= len(last)
    if not any(_FULL_NAME.fullmatch(text) for text in named) and not (most and len(named) > 1):
        return ""
    return "all" if most else "some"


def _complete_parts(axis: Axis) -> None:
    """Give lines that name only a part (其中：企业, and what goes on below it) the words of their whole."""
    whole: tuple[str, ...] = ()
    within, indent, when = False, 0, None
    for line in axis.lines:
        words = axis.words.get(line.at)
        if not words:
            continue
        *outer, last = words
        said = axis.periods.get(line.at)
        beside = bool(whole) and tuple(outer) == whole[:-1] and said == when
        goes_on = within and (line.indent > indent or not stands_alone(words))
        if beside and (is_part(last) or goes_on):
            within = True
            axis.words[line.at] = (*whole, last if is_part(last) else f"其中：{last}")
        else:
            within = any(map(is_part, words))
            whole, indent, when = words[:-1] if within else words, line.indent, said
