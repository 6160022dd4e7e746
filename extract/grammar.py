"""The grammar of quantities: the words and patterns that ``quantities`` reads by."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from corpus.model import Bound
from extract.measures import units
from extract.numerals import DIGITS, NUMERAL, SCALE_RUN, SCALES, SPACE

BEFORE: dict[str, Bound] = {
    "不少于": "at_least", "不低于": "at_least", "不小于": "at_least", "不下": "at_least", "不下于": "at_least",
    "至少": "at_least", "最少": "at_least", "起码": "at_least", "大于等于": "at_least", "大于或等于": "at_least",
    "≥": "at_least", ">=": "at_least", "不超过": "less_than", "不高于": "less_than", "不多于": "less_than",
    "不大于": "less_than", "至多": "less_than", "最多": "less_than", "不足": "less_than", "不到": "less_than",
    "不满": "less_than", "少于": "less_than", "低于": "less_than", "小于": "less_than", "小于等于": "less_than",
    "小于或等于": "less_than", "≤": "less_than", "<=": "less_than", "<": "less_than", "接近": "less_than",
    "将近": "less_than", "近": "less_than", "超过": "more_than", "超出": "more_than", "高于": "more_than",
    "大于": "more_than", "多于": "more_than", "突破": "more_than", "超": "more_than", "逾": "more_than",
    ">": "more_than", "上": "more_than", "过": "more_than", "约": "approx", "大约": "approx", "大概": "approx",
    "约为": "approx", "约有": "approx",
}  # fmt: skip
NOT_ALONE = {
    "近": "[最附邻亲临贴]|(?<!成)就",
    "约": "[预签条特相违毁契履公]|(?<![季环])节|(?<![手持连陆])续|(?<![化调了破缓分讲])解|(?<!应)邀"
    "|(?<![结联整融配符])合|(?<!损)失|(?<![限编控])制",
    "超": "赶|(?<![提升])高",
    "过": "[超经通度跨渡不]",
    "上": "以",
}
"""Behind what a bound word of one character is part of another word (节约, 签约, 最近; not 化解约30件, 提高超三成)."""
PURE_ONLY = ("上", "过")
"""Bound words that stand only before a scale without digits (上百, 过万)."""
AFTER: dict[str, Bound] = {
    "及以上": "at_least", "或以上": "at_least", "以上": "at_least", "及以下": "less_than", "以下": "less_than",
    "之下": "less_than", "以内": "less_than", "之内": "less_than", "左右": "approx", "上下": "approx",
}  # fmt: skip
NAMED = {
    "人民币": "元", "¥": "元", "￥": "元", "RMB": "元", "港币": "港元", "美金": "美元", "$": "美元", "日币": "日元",
    "新台币": "新台币", "台币": "新台币", "欧元": "欧元", "日元": "日元", "美元": "美元", "港元": "港元",
    "摄氏": "℃", "华氏": "℉",
}  # fmt: skip
"""Units written before the number: 人民币50元, 摄氏37度."""
CURRENCY = re.compile("|".join(name for name in NAMED if not name.isascii()))
"""What may stand after 元 and say whose it is: 三万元欧元."""
_NOT_BEFORE = {
    "角": "(?![一-鿿])|角(?=[的整零一二三四五六七八九])",
    "部": "(?![门委队分署长级])",
    "打": "(?![造击印开破通包卡工断算扰好响拼磨赢分动])",
}
"""What must not follow a measure word that is also part of other words (三角洲, 十打造)."""
_DIGIT = "".join(c for c in DIGITS if c != "参")
START = re.compile(
    rf"[0-9{_DIGIT}{''.join(SCALES)}廿卅卌]|参(?=[拾佰仟万亿])|\.(?=[0-9])|[数几成](?=[十百千万亿])|(?<![上下前后大多])半|对折"
)
LEFT = re.compile(
    rf"(?:(?P<bound>{'|'.join(sorted(map(re.escape, BEFORE), key=len, reverse=True))})[了有]?"
    rf"(?:每[一-鿿]{{1,3}}){{0,2}})?[ 　]?"
    rf"(?P<named>{'|'.join(map(re.escape, NAMED))})?[ 　]{{0,2}}(?P<sign>[-－−–]|负|零下)?[ 　]?$"
)
_END = rf"(?![{_DIGIT}{''.join(SCALES)}个分角毛、点a-z]|块)"
SMALL_MONEY = re.compile(
    rf"零?(?:(?P<jiao>[0-9]|[{_DIGIT}])[角毛](?:(?P<cent>[{_DIGIT}]){_END})?)?"
    rf"零?(?:(?P<fen>[0-9]{{1,2}}|[{_DIGIT}]|[一二三四五六七八九]?十[一二三四五六七八九]?)分(?!之))?"
    r"(?P<whole>[整正钱](?![一-鿿]))?"
)
LIANG = re.compile(rf"(?P<liang>[0-9]|[{_DIGIT}两])两(?P<half>半(?![一-鿿]))?")
TENTHS = re.compile(rf"(?P<zero>零)?(?P<tenths>[{_DIGIT}]){_END}")
HALF_UNITS = {"mass", "time", "length", "area", "volume"}
HALF = re.compile("半(?![一-鿿])|半(?=的|以|时间|多)")
"""Half a unit more, after one of those: 三斤半."""
_OF = rf"{SPACE}分{SPACE}之{SPACE}"
_SHORT = r"(?:[kKwW]|M)(?=$|[^A-Za-z0-9一-鿿]|个百|元|左右|上下|以[上下]|[多余])"
RANGE = re.compile(r"(?:[（(]含[）)])?\s?(?:-|－|—|–|——|--|~|～|至|到)\s?")
TO = re.compile(rf"\s?[-－—–~～至到]\s?[0-9{_DIGIT}两]")
TOO_LARGE = Decimal(10) ** 26
LONGEST = 60
"""Characters of a numeral; what is longer is a code."""
BETWEEN = re.compile(r"\s?[与和]\s?")


@cache
def grammar() -> re.Pattern[str]:
    """One number with what follows it; what stands before it is ``LEFT``."""
    measures = sorted((u for u in units() if u not in ("%", "％", "‰")), key=len, reverse=True)
    words = "|".join(
        re.escape(u) + _NOT_BEFORE.get(u[-1], "(?![A-Za-z0-9])" if u[-1].isascii() else "") for u in measures
    )
    after = "|".join(sorted(AFTER, key=len, reverse=True))
    return re.compile(
        rf"(?:(?P<per>(?:[百佰千仟]?万|万万|[百佰千仟亿])){_OF}(?P<pern>[负-]?{NUMERAL})(?P<perk>{_SHORT})?"
        rf"|(?:(?P<whole>{NUMERAL}){SPACE}又{SPACE})?(?P<den>{NUMERAL}){_OF}(?P<num>[负-]?{NUMERAL})"
        rf"|(?:(?P<add>[0-9]+) )?(?P<over>[0-9]+)/(?P<under>[0-9]+)(?![0-9/.])"
        rf"|(?P<vague>[数几成])(?P<vscale>[十百千万亿]+)"
        rf"|(?P<half>一?半(?:百|(?=成|{words}|[，。、；！？的）]|$))|对折)"
        rf"|(?P<n>{NUMERAL})(?P<power>[eE][-+]?[0-9]+(?![0-9A-Za-z])|\^-?[0-9]+)?"
        rf"(?:{SPACE}(?P<mid>余|多(?!个?百分)|来(?![自源到访电信函宾客华京])|(?<=[十百千万零])几|(?<=[十百千万零] )几)"
        rf"{SPACE}(?P<scale>{SCALE_RUN}*)|个(?P<many>亿|[百千]?万(?=[元块])))?"
        rf"(?P<short>[ 　]?{_SHORT})?)"
        rf"(?P<tail>余|多(?!个?百分))?[ 　]{{0,3}}(?:(?P<pct>[%‰]"
        rf"|成(?![为立功效员本果长都熟绩交年人就品型份色群])(?P<cheng>{SPACE}[{_DIGIT}0-9]|半)?|折(?=[^叠返]|$))"
        rf"|(?P<points>个?{SPACE}百{SPACE}分{SPACE}点)"
        rf"|(?P<and>个半(?=小时|钟头|月|学期))?(?P<early>{after})?(?P<unit>{words})(?P<peru>/(?:{words}))?)?"
        rf"(?:[（(]含[）)])?(?P<suffix>{after})?"
    )
