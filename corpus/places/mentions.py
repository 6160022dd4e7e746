"""Place mentions in running text: longest match, evidence for names that are also words, adjacent names as one path."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

from corpus.model import PlaceLevel, Span
from corpus.places.names import SUFFIX, word_list

_GAP = re.compile(r"[ \u3000·]?")
# What follows a short name when it is part of another name: a road, a school, a newspaper.
_PART = re.compile(
    r"(?:[东西南北中]?(?:路(?!径|线|上)|大道|大街|街(?!头|巷|道|区|上|面|边)|巷(?!道))|镇(?!街|村|级|域)|乡(?!村|镇|贤|亲|愁|风|下)|"
    r"村(?!民|级|干|庄|居|里|支)|桥|大桥|大厦|大学|学院|师范|医院|银行|机场|火车站|新村|花园|公园|广场|大酒店|"
    r"日报|晚报|晨报|早报|都市报|新闻网|电视台|广播|话(?!题|语))"
)
_SMALL = re.compile(
    r"镇(?![海江原平远宁赉坪雄康巴城])|乡(?![海江原平远宁赉坪雄康巴城下村亲])"
    r"|街道|社区|小区|苑|庄|屯|村|山|湖|河|江|站|里(?!程|的)"
)
_WATERS = re.compile(
    r"(?<=[河江湖水溪])(?:水[位质]|流域|[上中下]游|干流|支流|两岸|河段|江段|[大河江]堤|堤防|洪[水峰]"
    r"|[一-鿿]{2,3}(?:水文站|水位站|站(?=水位|流量|超警|出?现洪峰|洪峰)))"
)
"""What follows a county's short name where it means the river or lake (饶河水位, 饶河鄱阳站)."""
_ACTS_WITH = re.compile("[我该本]?[局委办部院会联社中心队]$|[我该本已将拟应并经]$")
_ORGAN = re.compile("[一-鿿]{0,8}?(?:局|委|办|部|院|会|联|公司|中心)")
_NAMES_NOT_ACTS = re.compile(r"[的有和与跟、，,：:？?。+＋今去现近哪多怎各\s]|$")
"""What follows a name, not a verb of the same characters."""
_OR_DOES = re.compile("[和与、及](?:改|扩|续|修|重|新|提|维|整)[建造修升]")
"""Another verb that is done beside one (新建和改造)."""
_BODY_NAMED = re.compile("[，。、；：:的各]|[县区]?委|(?:人民)?政府|人大|政协|境内|[一-鿿]{1,3}(?:镇|乡|街道)|$")
"""What follows the name of a county that is also a verb and 县 (新建县政府, not 新建县中医院)."""
_WHO_ACTS = re.compile("[^和与跟及在到问看、，,。：:？?；;（(“\\s]")
"""The last character of what stands right before a verb (泸县|新建的)."""
_ROW = re.compile(r"\s*[、+＋]\s*")
_COLON = re.compile(r"\s*[:：]")
# One-character words that end or begin a phrase: 教育|和|安全 is not 和安, 创新|和 not 新和, 弘扬|中华 not 扬中.
_FUNCTION = frozenset("和与及从在对向为将更以把被由并或")
_JOINING = frozenset("和与及中要新更为以不而的从")
_OPENING = '\n。！？；;|—“"（( 　'


@dataclass(frozen=True, slots=True)
class Mention:
    """A place named in a text. ``candidates`` are adcodes in code order: several where the name alone is open.

    ``explicit``: the name carries its suffix or stands beside its parent; else it is a short name (福鼎).
    """

    span: Span
    surface: str
    candidates: tuple[str, ...]
    explicit: bool = True


@dataclass(slots=True)
class _Path:
    """Adjacent names being read as one path."""

    start: int
    end: int
    codes: tuple[str, ...]
    sure: bool
    explicit: bool
    names: int = 1


class Scanner:
    """Finds the surfaces of a gazetteer in text, in one pass."""

    def __init__(
        self,
        surfaces: dict[str, tuple[str, ...]],
        weak: frozenset[str],
        contains: Callable[[str, str], bool],
        level: Callable[[str], PlaceLevel],
    ) -> None:
        self._surfaces = surfaces
        self._old = weak
        self._contains = contains
        self._level = level

    @cached_property
    def _lengths(self) -> dict[str, tuple[int, ...]]:
        """First two characters → lengths of the surfaces they begin, longest first."""
        lengths: dict[str, set[int]] = {}
        for surface in self._surfaces:
            lengths.setdefault(surface[:2], set()).add(len(surface))
        return {key: tuple(sorted(each, reverse=True)) for key, each in lengths.items()}

    @cached_property
    def _ordinary(self) -> frozenset[str]:
        return word_list("ordinary.txt") | self._old

    @cached_property
    def _words(self) -> frozenset[str]:
        return word_list("words.txt") | word_list("genre_words.txt")

    def find(self, text: str, known: Collection[str] = ()) -> list[Mention]:
        """Every mention in order of place; names that are also words count where they mean one of ``known``."""
        paths: list[_Path] = []
        begins, at = self._lengths, 0
        while at < len(text) - 1:
            step = self._step(text, at, paths[-1] if paths else None) if text[at : at + 2] in begins else None
            if step is None:
                at += 1
                continue
            if not paths or paths[-1] is not step:
                paths.append(step)
            at = step.end
        for path in paths:
            if not path.sure and not self._acts(text, path) and (meant := tuple(c for c in path.codes if c in known)):
                path.codes, path.sure = meant, True
        self._beside(text, paths)
        return [self._mention(text, path) for path in paths if path.sure or self._titled(text, path)]

    def _beside(self, text: str, paths: Sequence[_Path]) -> None:
        """A name that is also a word counts in a row with a place of its province (大化、都安、环江)."""
        for row in (range(1, len(paths)), range(len(paths) - 2, -1, -1)):
            for at in row:
                this, other = paths[at], paths[at - 1 if row.step > 0 else at + 1]
                first, second = sorted((this, other), key=lambda p: p.start)
                if this.sure or not other.sure or not _ROW.fullmatch(text, first.end, second.start):
                    continue
                provinces = {code[:2] for code in other.codes}
                if near := tuple(code for code in this.codes if code[:2] in provinces):
                    this.codes, this.sure = near, True

    def read(self, name: str) -> tuple[tuple[str, ...], int]:
        """The readings of the path ``name`` begins with, and where it ends; ((), 0) if it begins with none."""
        codes: tuple[str, ...] = ()
        end = at = 0
        while at < len(name):
            for length in self._lengths.get(name[at : at + 2], ()):
                found = self._surfaces.get(name[at : at + length]) if at + length <= len(name) else None
                below = self._below(codes, found) if found and codes else found
                if below:
                    codes, end = below, at + length
                    break
            else:
                break
            gap = _GAP.match(name, end)
            at = gap.end() if gap else end
        return codes, end

    def _step(self, text: str, at: int, last: _Path | None) -> _Path | None:
        """The path grown or begun by the longest surface at ``at``, or None."""
        joined = last is not None and _GAP.fullmatch(text, last.end, at) is not None
        for length in self._lengths.get(text[at : at + 2], ()):
            surface = text[at : at + length]
            codes = self._surfaces.get(surface)
            if codes is None or len(surface) < length:
                continue
            short = not _suffixed(surface)
            if short and self._part(text, at + length, codes):
                continue
            if joined and last is not None and (below := self._below(last.codes, codes)):
                last.end, last.codes, last.names = at + length, below, last.names + 1
                last.sure = last.explicit = True
                return last
            if length <= 3 and self._straddles(text, at, short=short):
                continue
            opens = at == 0 or text[at - 1] in _OPENING + "，、在到从赴" or text.startswith("中共", at - 2)
            opens = opens or text.startswith(("县委", "县政府"), at + length)
            county = length == 2 and surface.endswith("县")  # 成县 is one where nothing before makes it 完成县
            weak = not opens if county else surface in self._ordinary or (length == 2 and not short and not opens)
            weak = weak or (short and length == 2 and surface[-1] == "镇" and not opens)  # 宝丰镇 is no 丰镇
            weak = weak and not any(self._level(code) == "province" for code in codes)
            weak = weak or _is_other_word(text, at, surface)
            return _Path(at, at + length, codes, not weak, not short)
        return None

    def _below(self, parents: Sequence[str], codes: Sequence[str]) -> tuple[str, ...]:
        return tuple(c for c in codes if any(c != p and self._contains(p, c) for p in parents))

    def _part(self, text: str, end: int, codes: Sequence[str]) -> bool:
        """Whether a short name is the head of another name (南京路, 兰州大学, 和平社区)."""
        if _PART.match(text, end):
            return True
        small = _SMALL.match(text, end) or _WATERS.match(text, end)
        return small is not None and all(self._level(code) == "county" for code in codes)

    def _straddles(self, text: str, at: int, *, short: bool) -> bool:
        """Whether two characters only look like a name because two words meet there (推广|安全, 新增|城市)."""
        ended = at > 0 and text[at - 1 : at + 1] in self._words
        word = text[at + 1 : at + 3] in self._words
        if not short:
            return ended and word
        begins = word or (text[at + 1 : at + 3] in self._surfaces and text[at + 1 : at + 3] not in self._ordinary)
        return (begins and (ended or text[at] in _FUNCTION)) or (ended and text[at + 1] in _JOINING)

    @staticmethod
    def _acts(text: str, path: _Path) -> bool:
        """Whether a name that is also a verb may be one where it stands (新建高标准农田)."""
        name, verbs = text[path.start : path.end], word_list("verb_names.txt")
        acted = path.start > 0 and _WHO_ACTS.match(text, path.start - 1) is not None
        other = _OR_DOES.match(text, path.end)
        return name in verbs and (acted or other is not None or _NAMES_NOT_ACTS.match(text, path.end) is None)

    def _titled(self, text: str, path: _Path) -> bool:
        opens = path.start == 0 or text[path.start - 1] in _OPENING
        if text.startswith("比如", path.start):
            return False  # a county, but before a colon always "for example"
        return opens and _COLON.match(text, path.end) is not None

    def _mention(self, text: str, path: _Path) -> Mention:
        codes = path.codes
        provinces = tuple(code for code in codes if self._level(code) == "province")
        if provinces and path.names == 1:
            codes = provinces
        span = Span(path.start, path.end)
        return Mention(span, span.of(text), codes, path.explicit)


def _is_other_word(text: str, at: int, surface: str) -> bool:
    """Whether it is part of a title (理事长|阳建章) or other words (我会会同县医保局, 和县里商量, 新建县中医院)."""
    if surface[0] == "长" and len(surface) == 2:
        return text[at - 1 : at] in tuple("事会社部局处科院校所站队班组团村厂店")
    if surface in ("新建县", "新建区"):
        return _BODY_NAMED.match(text, at + len(surface)) is None
    if surface == "和县":
        return text[at + 2 : at + 3] in tuple("里直有属")
    acts = _ACTS_WITH.search(text, max(0, at - 4), at) is not None
    return surface.startswith("会同") and acts and _ORGAN.match(text, at + len(surface)) is not None


def _suffixed(surface: str) -> bool:
    """Whether a surface carries its kind (泾阳县, 赵县); the 州 of 苏州 is no suffix."""
    suffix = SUFFIX.search(surface)
    return suffix is not None and (suffix.start() >= 2 or surface[-1] in "县区旗")
