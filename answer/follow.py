"""A question that leans on the one before it (那奈曼旗呢？ 去年呢？ 它们各建了多少？ 排个序) → the whole question."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from answer.bodies import details_in
from answer.plan import Question, blanked, named, read_question
from answer.say import name_of
from answer.sources import Sources
from answer.words import Term
from corpus.model import Span
from extract.actions import action_class, known_actions
from extract.period import period_spans
from extract.tokens import tokens

_THEY = re.compile(
    r"它们?|他们|她们|(?:这|那|上述|以上)(?:[些几两二三四五六]个?)?(?:县|市|区|旗|地方|地区|镇|街道|社区)|(?<![^，。？?、\s])[两三]地(?=[^区方]|$)"
    r"|这里|那里|那边|这边|那儿|该[县市区旗镇村]|当地|(?:前者|后者)"
)
_AND_WHAT_OF = re.compile(
    r"^(?:那么?|还有|再看看?|换成|如果是|要是|至于)|(?:呢|怎么样|如何|又怎样|的情况)*[？?。！!\s]*$"
)
_SAME_PLACE = re.compile(r"^(?:那么?|还有)")
_EVERYWHERE = re.compile(
    r"哪[些几]?个?(?:县|市|区|旗|地方|地区|地)|各(?:个?县|市|区|旗|地)|全国|资料库?[里中]|所有地方|谁"
)
_ARRANGES = re.compile(
    r"排个?序|排一?排|排列|排名|由高到低|从高到低|从多到少|由多到少|从少到多|加起来|合计|总共|一共|平均|相差|差多少|谁[最更]|最[多少高低大小]"
)
_WHOLE = 2
"""Nouns and verbs of a question that needs no other."""
_SO_MANY = re.compile("(?:[两二三四五六七八九十几]|\\d+)个?(?:地方?|县|市|区|旗|省|镇|街道|家)(?![一-鿿]*(?:级|政府))")
"""How many places were named, behind their names (昆山、平遥、江油|三地)."""
_OF_IT = frozenset(
    """效果 成效 结果 成果 资金 经费 钱 人员 人手 原因 问题 困难 难处 机制 制度 流程 时间 名字 部门 单位 标准 好处
    目的 依据 情况 比例 数量 人数 具体 详细 牵头 主管""".split()
)
"""Words that are always of something told before."""


def completed(
    question: str, previous: Sequence[str], sources: Sources, places_of: Callable[[str], Sequence[str]]
) -> str:
    """The question with what it leans on of the earlier ones, of which the last is the nearest, put in.

    ``places_of``: the adcodes of the places that the answer to a question is about.
    """
    before = ""
    for text in (*previous, question):
        text = text.strip()
        before = _completed(text, before, sources, places_of) if before and text else text
    return before


def _completed(text: str, before: str, sources: Sources, places_of: Callable[[str], Sequence[str]]) -> str:
    leaning, earlier = _read(text, sources), _read(before, sources)
    rest = _AND_WHAT_OF.sub("", leaning.without(places=True, periods=True)).strip("　 ，,的和与跟及、")
    if not rest and (leaning.places or leaning.periods):
        return _swapped(leaning, earlier)
    pronoun = _THEY.search(text)
    if pronoun and not leaning.places:
        names = "、".join(_names(earlier, before, sources, places_of))
        text = text[: pronoun.start()] + names + text[pronoun.end() :]
        return text if _things(leaning.question) else text.replace(names, names + _subject(earlier), 1)
    things = _things(leaning.question)
    if not leaning.places and not things and _ARRANGES.search(text):
        return f"{before.rstrip('？?。！! ')}，{text}"
    if leaning.places:
        at = leaning.places[-1].end
        whole = things or _is_whole(rest) or _does_another(leaning, earlier)
        return text if whole else f"{text[:at]}{_subject(earlier)}{text[at:]}"
    if not things:
        return f"{_own_names(earlier)}{_subject(earlier)}{text}"
    if (
        rest != text.rstrip("？?")
        and "".join(t.word for t in things) == rest
        and (swapped := _other_thing(rest, earlier))
    ):
        return swapped
    return _own_names(earlier) + _SAME_PLACE.sub("", text) if _SAME_PLACE.search(text) else text


def _is_whole(rest: str) -> bool:
    """Whether what a question says beside its places tells by itself what is asked (纳入整治和整顿的有几家)."""
    said = [w for w in tokens(rest) if len(w.word) > 1 and (w.is_noun or w.is_verb) and w.word not in _OF_IT]
    return len(said) >= _WHOLE


def _does_another(leaning: _Read, earlier: _Read) -> bool:
    """Whether a question asks what was done, and that is another thing than was asked before (建了多少, 化解了多少)."""
    done = [
        {action_class(w.word).name for w in tokens(each.text) if w.is_verb and w.word in known_actions()}
        - {"reach", "other", "grow", "reduce"}
        for each in (leaning, earlier)
    ]  # fmt: skip
    return all(done) and done[0].isdisjoint(done[1])


@dataclass(frozen=True, slots=True)
class _Read:
    """A question with where its places and periods stand."""

    question: Question
    places: tuple[Span, ...]
    periods: tuple[Span, ...]

    @property
    def text(self) -> str:
        return self.question.text

    def without(self, *, places: bool, periods: bool) -> str:
        """The text with these made blank."""
        return blanked(self.text, [*(self.places if places else ()), *(self.periods if periods else ())])


def _read(text: str, sources: Sources) -> _Read:
    question = read_question(text, sources)
    text = question.text
    named_ = [span for span, _ in named(text, sources)]
    places = sorted([*named_, *details_in(text, named_, sources)])
    return _Read(question, tuple(places), tuple(period_spans(text)))


def _swapped(leaning: _Read, earlier: _Read) -> str:
    """The earlier question with the leaning one's places and period in place of its own."""
    text = earlier.text
    cuts: list[tuple[Span, str]] = []
    if leaning.places:
        new = "、".join(s.of(leaning.text) for s in _runs(leaning.places))
        cuts.append((_where(earlier.places, text, _EVERYWHERE), new))
    if leaning.periods:
        at = earlier.periods or ((Span(earlier.places[-1].end, earlier.places[-1].end),) if earlier.places else ())
        cuts.append((_where(at, text, None), leaning.periods[0].of(leaning.text)))
    for span, new in sorted(cuts, key=lambda c: c[0], reverse=True):
        text = text[: span.start] + new + text[span.end :]
    return text


def _where(spans: Sequence[Span], text: str, otherwise: re.Pattern[str] | None) -> Span:
    """From the first to the last of the spans; without any, where a word stands for all places; else the beginning."""
    if spans:
        many = _SO_MANY.match(text, spans[-1].end)
        return Span(spans[0].start, many.end() if many else spans[-1].end)
    match = otherwise.search(text) if otherwise else None
    return Span(*match.span()) if match else Span(0, 0)


def _runs(spans: Sequence[Span]) -> list[Span]:
    """Spans that stand side by side (奈曼旗|白音他拉苏木) as one."""
    runs: list[Span] = []
    for span in spans:
        if runs and runs[-1].end == span.start:
            runs[-1] = Span(runs[-1].start, span.end)
        else:
            runs.append(span)
    return runs


def _names(earlier: _Read, before: str, sources: Sources, places_of: Callable[[str], Sequence[str]]) -> list[str]:
    """The places a pronoun stands for: those named before, else those that the answer told of."""
    if earlier.places:
        return [span.of(earlier.text) for span in _runs(earlier.places)]
    return [name_of(sources.gazetteer.place(p)) for p in places_of(before)]


def _own_names(earlier: _Read) -> str:
    return "、".join(span.of(earlier.text) for span in _runs(earlier.places))


def _things(question: Question) -> list[Term]:
    """The words of a question that name what it is about, not only something of it (效果, 经费)."""
    return [
        t for t in question.wanted
        if (t.noun or t.name) and t.word not in known_actions() and t.word not in _OF_IT
    ]  # fmt: skip


def _subject(earlier: _Read) -> str:
    """The words for what the earlier question was about."""
    things = _things(earlier.question) or list(earlier.question.wanted)
    return "".join(f"“{t.word}”" if t.name else t.word for t in things)


def _other_thing(thing: str, earlier: _Read) -> str | None:
    """The earlier question with another thing in place of its last."""
    last = next((t.word for t in reversed(_things(earlier.question)) if t.word in earlier.text), None)
    if last is None:
        return None
    at = earlier.text.rfind(last)
    return earlier.text[:at] + thing + earlier.text[at + len(last) :]
