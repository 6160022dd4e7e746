"""What of an article may be quoted: whole sentences, in order, without bylines, datelines and picture credits.

News saved as one line has all of these glued to its sentences: a sentence then begins behind them. A quotation is one
with who says it, a short head (扩充服务力量。) with the sentence behind it; what is torn or a caption is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.model import Span
from extract.sentences import paragraphs

_TOKEN = re.compile(r"“[^“”]*”|[（(][^（()）]*[)）]|[。！？]+[”’」』）)]*|[^。！？“（(]+|[“（(]")
_END = re.compile(r"[。！？][”’」』）)]*$")
_PAIRS = ("“”", "《》", "「」", "（）", "()")
_CREDIT = re.compile(
    r"(?:[^。，（(]{0,60}[\s　])?(?:[一-鿿·]{2,4}[\s　、]*){1,3}(?:[\s　/／]摄影?|(?<![拍统航])摄)"
    r"(?![像影取入氏食制政）)])(?:报道)?[\s　]*|[^。，“”（(]{2,24}(?<!提)供图(?![）)])[\s　]*"
)
"""Who took a picture, glued to the sentence behind it (王成军摄活动期间，…)."""
_BEGINS = (
    r"(?=近[日期年]|日前|连日来|[今去]年|眼下|据(?:悉|了解|介绍|统计|媒体)|[昨今][天日]|(?:\d{4}年)?\d{1,2}月\d{1,2}日)"
)
_LEADS = (
    re.compile(r"[\s　…]+"),
    re.compile(
        r"(?:[^。，“”：]{0,24}?(?:[讯电]|消息|报道)[\s　]*)?[（(][^（()）]{0,60}(?:记者|通讯员|实习生)(?![^（()）]*摄)"
        r"[^（()）]{0,60}[)）][\s　]*"
    ),
    re.compile(r"[^。，“”（(]{0,16}\d{1,2}日(?:电|讯|消息)[\s　]*(?:[（(][^（()）]{0,30}[)）])?[\s　]*"),
    re.compile(
        r"[^。，“”（(]{0,10}(?:[网报社台]|融?媒体?|新闻|客户端)(?:讯|消息)(?:[\s　：:]+|(?=近[日期年]|日前|连日来|“))"
    ),
    re.compile(r"[^。，]{0,60}[（(][^（()）]{1,80}(?:(?<!拍)摄[影制]?|供图)[)）][\s　]*"),
    re.compile(
        r"(?:[□■]|[文图][/／]|作者[:：]|[^。，“”]{0,16}[|｜讯]\s*记者|(?:本报)?(?:记者|通讯员)\s)[^。]{2,80}?" + _BEGINS
    ),
    re.compile(r"(?:[^。，“”]{2,8}，)?[^。，“”]{0,20}记者[^。，“”]{0,24}(?:获悉|了解到)，"),
    re.compile(r"[^。，“”]{0,12}记者[^。，“”]{0,16}报道(?:[:：]|[\s　]+)"),
    re.compile(r"[^。，；：:！？…]{2,80}(?<![根依除的])(?=(?:此外|据悉|据了解|据介绍|据统计|与此同时)，)"),
)
"""What stands before a sentence and is none of it: the names of media and reporters, a caption with its credit."""
_BYLINE = re.compile(r"[□■]|[文图][/／]|作者[:：]|[^。]{0,60}(?:记者|通讯员|实习生)[\s　]")
_PICTURE = re.compile(r"(?<!拍)摄[。）)]*$|(?<![蓝企意])图为|(?<!提)供图|虚构样例|(?:现场|航拍|效果|资料|示意)图。$")
_CAPTION = 40
"""Characters of the longest caption that a full stop parts from its credit."""
_HEAD = re.compile(r"[^，。！？：；、…\d]{2,16}(?:，[^，。！？：；、…\d]{2,16})?[。？]")
_SPEECH = re.compile(r"“[^“”]*”")
_SPEAKER = re.compile(r"[^。“”]{0,60}?(?:说|道|表示|介绍|告诉记者|坦言|感慨|感叹)[，。：]")
_LEANS = re.compile(
    r"(?:同时|此外|另外|其中|其次|随后|之后|对此|为此|因此|因而|由此|从而|不仅如此|与此同时|并且?，|而且|但是?|然而|在此|这(?![几里天])"
    r"|此(?!前)|除了|除此)|(?:[^，。“”]{0,16}，)?(?:[他她它]们?|大家|此次|这[一些种样次])"
)
"""How a sentence begins that speaks of what the one before it says."""
_THE = re.compile(
    r"该(街道|社区|协会|公司|企业|项目|平台|机制|活动|行动|模式|中心|支部|党委|学校|单位|[镇乡县市区州旗村局校院所园部站])"
)
_MOST_BEFORE = 3
"""Sentences that one may lean on; one that leans on more is not told."""


def quotable(body: str) -> list[Span]:
    """The sentences of a body that may be quoted, in order.

    >>> text = "本报讯（记者某某）近日，三塘镇开办夜校。骑手领到礼包。王某摄活动期间，来了50人。“真好！”李某说。“又一"
    >>> [span.of(text) for span in quotable(text)]
    ['近日，三塘镇开办夜校。', '活动期间，来了50人。', '“真好！”李某说。']
    """
    return [span for line in paragraphs(body) for span in _joined(list(_bare(body, line)), body)]


def needed(spans: Sequence[Span], at: int, body: str) -> list[int]:
    """A sentence with those before it that it leans on, as numbers in order; [] where they cannot be told.

    >>> text = "三塘镇办起夜校。来了50人。同时，该镇开办食堂。"
    >>> needed(quotable(text), 1, text)
    [0, 1]
    """
    found, waiting = {at}, [at]
    while waiting:
        for before in _before(spans, waiting.pop(), body):
            if before < 0 or len(found) > _MOST_BEFORE:
                return []
            waiting += [before] if before not in found else []
            found.add(before)
    return sorted(found)


def _before(spans: Sequence[Span], at: int, body: str) -> Iterator[int]:
    """What a sentence leans on: the one before it, the last that names what it calls 该镇; -1 for none."""
    text = spans[at].of(body)
    head = _HEAD.match(text)
    said = text[head.end() :] if head and head.end() < len(text) else text
    if (_LEANS.match(text) or _LEANS.match(said)) and (at or body[: spans[at].start].strip()):
        yield at - 1
    the = _THE.search(text)
    if the and not _names(the[1], text[: the.start()]):
        named = next((n for n in reversed(range(at)) if _names(the[1], spans[n].of(body))), None)
        if named is not None:
            yield named


def _names(kind: str, text: str) -> bool:
    return re.search(rf"[^该本全各，。、]{{2}}{kind}", text) is not None


def _bare(body: str, line: Span) -> Iterator[Span]:
    """The whole sentences of a line without what is none of them; a caption that a credit follows is left out."""
    last: Span | None = None
    for piece in _pieces(body, line):
        span, pictured = _without_leads(piece, body)
        if last is not None and not (pictured and last.end - last.start <= _CAPTION):
            yield last
        last = span if _is_whole(span.of(body)) else None
    if last is not None:
        yield last


def _pieces(body: str, line: Span) -> Iterator[Span]:
    """The sentences of a line; the marks inside quotations and brackets end none but where they stand by themselves."""
    start = line.start
    for token in _TOKEN.finditer(body, line.start, line.end):
        first, before = token[0][0], body[max(start, token.start() - 2) : token.start()].rstrip()
        alone = not before or before[-1] in "：:，,"
        if first in "。！？" or (len(token[0]) > 1 and first in "“（(" and token[0][-2] in "。！？" and alone):
            yield Span(start, token.end())
            start = token.end()
    if start < line.end:
        yield Span(start, line.end)


def _without_leads(piece: Span, body: str) -> tuple[Span, bool]:
    """A sentence without what stands before it, and whether that was who took a picture."""
    start, pictured = piece.start, False
    while True:
        credit = _CREDIT.match(body, start, piece.end)
        lead = credit or next((m for p in _LEADS if (m := p.match(body, start, piece.end)) and m.end() > start), None)
        if lead is None:
            return Span(start, piece.end), pictured
        start, pictured = lead.end(), pictured or credit is not None


def _is_whole(text: str) -> bool:
    """Neither cut off, as by a page, nor torn out of a quotation, nor a remark in brackets, a byline or a caption."""
    return (
        len(text) > 1
        and _END.search(text) is not None
        and all(text.count(pair[0]) == text.count(pair[1]) for pair in _PAIRS)
        and re.fullmatch(r"[（(].*[）)]", text) is None
        and not _BYLINE.match(text)
        and not _PICTURE.search(text)
    )


def _joined(spans: Sequence[Span], body: str) -> Iterator[Span]:
    """Sentences, a head with the one behind it, a quotation with who says it; one that nobody says is left out."""
    held: Span | None = None
    for span in spans:
        text, near = span.of(body), held is not None and not body[held.end : span.start].strip()
        speech = _SPEECH.fullmatch(text) is not None
        if held is not None and near and not speech and _goes_on(held.of(body), text):
            yield Span(held.start, span.end)
            held = None
            continue
        if held is not None and not near and not _SPEECH.fullmatch(held.of(body)):
            yield held
        held = span if speech or _HEAD.fullmatch(text) else None
        if held is None:
            yield span
    if held is not None and not _SPEECH.fullmatch(held.of(body)):
        yield held


def _goes_on(held: str, text: str) -> bool:
    """Whether a sentence says who said the quotation before it, or stands behind a head."""
    return _SPEECH.fullmatch(held) is None or _SPEAKER.match(text) is not None
