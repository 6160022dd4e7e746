"""A question → its plan: operation, places, what is counted or told, period, and the numbers it takes for granted."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Literal, cast

from answer.asks import FIGURES, PLACES_COUNTED, Ask, amount, asked_in, asks
from answer.bodies import details_in, place_of, short_names
from answer.codebook import Aspect
from answer.documents import Source, source_named
from answer.edits import PlanEdit
from answer.sources import Sources
from answer.words import Term, in_phrases, terms, weighed
from corpus.model import Operation, Period, PlaceLevel, Plan, Quantity, Span, overlapped
from corpus.places.names import core, word_list
from corpus.script import simplified
from extract.classify import classify
from extract.clause import Phrase
from extract.exclude import Context, context, reason
from extract.measures import dimension
from extract.numerals import numeral
from extract.period import find_period, period_spans, without_periods
from extract.phrase import phrases
from extract.quantities import scan
from extract.tokens import plain_tokens

Arithmetic = Literal["sum", "mean", "share", "difference", "remainder"]

_WHICH = re.compile(r"哪些|哪几|哪个|哪里|哪儿|各地|各县|各市|各区|各旗|每个[县市区]|谁")
_WHO = re.compile(r"谁|哪[个家支些位种类]?(?![县市区旗省州地里儿])")
"""Who or which of something at a named place, not which places."""
_HOW = re.compile(
    r"怎么(?!变)|如何(?!变)|怎样|做法|措施|举措|办法|经验|干了什么|做了什么|咋|抓手|打法|玩法|[高妙实奇]招|招数|法子|点子|门道|路子"
)
_WAYS = re.compile(
    r"做法|措施|举措|办法|经验|(?:怎么|如何|怎样|咋)(?=[建做管办搞弄推干用运来给]|开展|组织|落实|实施|服务)|有[何啥](?:不同|不一样)|异同"
)
"""What asks for ways of doing, beside figures."""
_PLANNED = re.compile(r"计划|拟|打算|目标|预计|估计|预估|将要|准备")
_DONE = re.compile(
    r"已|都[^，。？]{1,12}了|目前|现有|现在(?!起)|眼下|[建设立派办]了|手[上头](?!这|那|的)|实际|[建弄办做]好|弄成|了多少|了几|完成|完工|建成|投用|办结"
)
_TO_DO = re.compile(
    r"要(?=完成|建成|达到|新[建增])|(?:今年|明年|全年|年[底内前末]|下半年|下一步|接下来)[^，。？要]{0,8}要(?![求素点闻件么])|任务(?:数|量|是|为)*多少"
)
"""What is still to be done, asked with a word of what is done (要完成多少)."""
_ARITHMETIC: dict[Arithmetic, re.Pattern[str]] = {
    "mean": re.compile(r"平均|均值"),
    "share": re.compile(r"占[^，。？]{0,14}(?:比|多少|几成|百分)|占比|比重|几成"),
    "remainder": re.compile(
        r"还(?:得|要|差|剩|需|欠)(?:再)?[^，。？]{0,4}(?:多少|几)|[尚还仍]有(?:多少|几)[^，。？]{0,8}[未没]|(?:没|未|没有)[一-鿿]{2}的?[一-鿿]?数"
        r"|[未没]有?[一-鿿]{2}的?(?:还|尚|仍)有(?:多少|几)|剩(?:下|余)?(?:多少|几)"
    ),
    "difference": re.compile(
        r"相差|差额|差值|差[了出]?(?:多少|几)|[数量额]差(?:[距额是有为]|$)|之差|(?:多|少|高|低)(?:出|了)?(?:多少|几)|差距"
        r"|比[^，。？]{1,12}[多少][一-鿿]{1,3}了?(?:多少|几)"
    ),
}
_LEVELS: dict[PlaceLevel, re.Pattern[str]] = {
    "county": re.compile(
        r"县一?级(?:单位|地区)?|(?:[各哪每](?:些|个|[几一二两三四五六七八九十\d]+个)?|[几多][个少])(?:县|旗|区(?![别分间域])|县区|县市|市县|县市区|区县|县（市、区、?旗?）)"
        r"|(?:县区|县市区|区县|旗县)(?!\w*委)|[\s　](?:县市|市县)(?=[\s　]|$)"
    ),
    "prefecture": re.compile(r"地级市|地市|市州|[各哪每](?:些|个|几个)?(?:设区的?市|地级|州市)"),
    "province": re.compile(r"[各哪每](?:些|个|几个)?省"),
}
_BELOW = re.compile(
    r"(?:各个?|哪几个?|哪些|每个|几个|[这那]些|所有|[两二三四五六七八九十\d]+个)(?:乡镇街道|镇街道?|街镇|乡镇|街道|社区|镇|苏木|村)"
    r"|[\s　](?:苏木乡镇|乡镇|镇街|街镇|乡镇街道|镇街道|街道|社区)(?=[\s　]|$)"
)
_COUNTY_NAME = re.compile(
    r"(?:^|[\s，、：])(?P<name>(?![^县旗市\s]*[哪各几每某两三四五六七八九十全本我外多少有个些这那])(?![在咱他她它贵隔对受])[一-鿿]{2,3}(?<![城集超夜股早菜门大强名小郊])[县旗市])"
    r"(?=[\s\d的今去前上下截到在已有建共新]|$)"
)
_ZONE = re.compile(r"(?:^|[\s，、：])(?P<name>[一-鿿]{2,4}(?:新区|高新区|经开区|开发区))(?!级)")
"""A zone, which the gazetteer does not list, where a question begins with it."""
_KINDS_OF_COUNTIES = frozenset(
    "山区 贫困 脱贫 重点 示范 试点 边境 农业 牧业 工业 人口 百强 产粮 相邻 周边 邻近 兄弟 先进 地级 县级 省会".split()
)
_KINDS_OF_COUNTY = re.compile(
    "([各哪每](?:些|几?个)?)(?=[县市区旗、（）]{0,5}[县旗])[县市旗]、?(?:[县市旗]|区(?![别分间域]))(?:、?[县市旗区])*"
)
"""Counties told by their kinds in one word (各县市旗, 哪些旗县区)."""
_GOES_TO = re.compile(r"(?:去|到|赴|前往|奔赴|驰援|开往)(?:了)?$")
"""Before a place that somebody only goes to, not one that is asked about."""
_NOT_EVEN = re.compile(r"连(?P<n>[一二两三四五六七八九十百千万\d]+)[一-鿿]{1,2}?都?(?:没有|不到|没到|达不到|没)")
"""A figure that is not reached (连一百个都没有)."""
_MEASURED = {"money", "ratio", "area", "mass", "length", "volume", "time"}
"""Dimensions of figures that only figures of the same are held against."""
_LIMITS = ("at_least", "more_than", "less_than")
"""Bounds by which a figure is a condition, also without its unit (5万以上)."""
_TELLING = 10
"""From here on such a number without a unit tells something of its own."""
_AT_MOST = re.compile("(?:没|没有|不|未|不能)超过|(?:至多|最多|顶多)有?")
_CONFIRM = re.compile(r"(?:吧|吗|么|嘛|不是啊?|没错|搞错|弄错|说错|没有)[？?。！!]*$")
_LISTS = re.compile(r"名单|一览|明细|列出|列一?张?表|清单")
_SAME_YEAR = re.compile(r"(?<=[，,、：:])(?:当年|那一?年)(?=[^，,。；？?]{0,8}(?:多少|几))")
"""The year told before, told again."""
_AND_OVER = re.compile(
    r"(?P<n>[\d一二三四五六七八九十百千万亿]%?[^\d，。；？]{0,2})往(?P<side>[上下])(?!走|涨|报|汇|选|交|递|排|数)"
)
_SAID = re.compile(r"^\s*[“\"「]([^”\"」]{8,})[”\"」]")
"""A statement in quotation marks at the beginning, which is no name."""
_STATES = re.compile(r"(?:[了呢吗]|[一-鿿]{0,4})[。？?！!]*$")
"""What may follow the figure with which a statement ends."""
_ASKS = re.compile(
    r"多少|几|[哪谁何啥]|什么|怎|咋|吗|名单|列出|介绍|说明|情况|做法"
    r"|最[多少高低大小快慢]|排|前[一二三四五六七八九十\d]"
)
_YEAR_ALONE = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?=[上下]半年|[一二三四1-4]季度|年?度)(?!年)"
    r"|(?<!\d)((?:19|20)\d\d)(?=[\s　、，,/]+(?:(?:19|20)\d\d(?!\d)|[一-鿿])|[比与跟]\d)"
    r"|(?<![\d.共达有到约近超了为派建设至])(20[12]\d)(?=[一-鿿]{2})(?![年余多来万亿个名位人户家件宗起场次支座处条亩元公千平吨米台辆套部张项期月日块头只株棵份本册斤对副间所栋幢盏艘眼口吊顶把批笔篇堂届岁天小分农群])"
)
"""A year without its word; before a thing that begins with no measure word (2025新建农田)."""
_SHORT_YEAR = re.compile(
    r"(?<![\d.])(1[5-9]|2\d)年"
    r"(?:(?P<sure>[上下]半年|[末底初度]|全年|[一二三四1-4]季度|前[一二三四五六七八九十\d]|\d{1,2}(?:[-—到至~]\d{1,2})?月)"
    r"|(?P<than>(?<=[比较跟]..年)[多少增减高低升降])|(?P<may>[的\s　、和与及到至跟比，]|[一-鿿]{2}))"
)
"""A year told by its last digits (25年上半年), by what follows it."""
_HOW_LONG = re.compile(
    r"[多余]|[来间内期限时制]|[后前](?![一二三四五六七八九十\d])|以[上下来后前]|的?[一-鿿]{0,4}(?:龄|经验|权|历史|(?<!同)期)|的[老旧]"
)
"""What follows a length of time (20年党龄, 20年使用权, 15年前)."""
_OPENS_YEAR = re.compile(r"(?:^|[省市县区旗州镇乡里，、和与及跟比\s]|街道|[县市区]的|请问|年[到至])$")
"""What may stand before such a year, as may the name of a place."""
_END_OF_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=[末底])")
_DOTTED = re.compile(r"(?<![\d.])((?:19|20)\d\d)\.(1[0-2]|0?[1-9])(?![\d.万亿千百元亩公平吨米倍%％个家人户名])")
"""A year and a month, or the end of a year, without their words (2024末—2026.6)."""
_SHORT_OF = re.compile(r"凑?不(?:够|满)(?=[一二两三四五六七八九十百千万\d])")
_WHOLE = (
    r"[^，。？]{0,4}(?:全[省市州盟县区旗]|总体|整体)(?:总体|整体)?"
    r"(?:的?(?:水平|[均总]?数|[均总]?值|线)(?!\d)|的(?!一半|[一二三四五六七八九十百]+分|[几多一二三四五六七八九]成|总|多少|比)|(?=[？?]|$))"
)
_AGAINST: dict[Literal["under", "over"], re.Pattern[str]] = {
    "under": re.compile(
        rf"(?:(?<!有)没有?(?:达?到|超过)|不(?:超过|高于)|未达?到?|(?<![不未没])(?<!(?<!有)没有)低于|不及|不如|赶不上|达不到|不到){_WHOLE}"
    ),
    "over": re.compile(
        rf"(?:(?:不|(?<!有)没有?)低于|(?<![不未没])(?<!(?<!有)没有)(?:高于|高过|超过|超出|好于)){_WHOLE}"
    ),
}
"""Demands that are held against the figure of the place around."""
_OF_AVERAGE = re.compile(r"(?<=[于过到及出])(全[省市州盟县区旗])的?平均(?:水平|数|值|线|(?=[的？?，。\s有是]|$))")
"""What a place is held against: no mean is asked for (低于全市平均水平)."""
_OF_ALL = re.compile("占了?全([省市州盟])")
_REACHED = re.compile(r"(?:达到?|够|满|过|超|破)了?$")
"""Before a number that a question demands at least (驿站达到25个的有哪些, 过了1000个的有哪几个)."""
_EACH_ITS_OWN = re.compile("哪[^，。？]{1,4}[县市区旗地省镇乡个][^？]*各自?[有是为建]?了?(?:多少|几)")
"""A question for places and what each has, no sum, though it has the word 总数; unless one word asks for one."""
_TOGETHER = re.compile("一共|总共|合计|共计|加起来|加在一起")
_PARTED = re.compile("([登签开挂立报落入参投完竣])了([记约工牌项案名户职保产])")
"""A verb that 了 parts (登了记的, 签了约)."""
_RESTING_PLACE = re.compile("(?:歇歇?脚|歇息|落脚|休息)的?(?:地方|地儿|地点)|(?:歇脚|休息)点(?!位)")
"""What people call a station for riders."""
_PRIZES = re.compile("(?P<n>[一二三四](?:、?[一二三四])+)等奖")
_AND_CITIES = re.compile("(?<=县)[（(][市区旗、]+[)）]")
"""What 县 stands for as well (县（市、区）)."""
_COUNTIES_AND_CITIES = re.compile("县[（(](?:市|市、旗)[)）]")
"""The counties without the districts of a city."""
_SCOPE = re.compile(
    r"(?:^|[，,：:])[^，。？：]{2,24}?(?:当中|之中|里头|里面|(?<![其集])中(?![心学小央药医国])|里(?![程面弄长]))[，,]?"
    r"(?=[^，。？]{0,16}[哪谁])"
)
"""Among what a question asks for some (首批医共体重点县中，哪些县……)."""
_COUNTED_IN = re.compile(r"[（(][^（）()]*(?:也算|都算|算上|在内|含|包括)[^（）()]*[)）]")
"""What is said in passing to count as well (经营主体（个体户也算）)."""
_HALF = re.compile(
    r"(?:(?P<under>不[到足]|未过|没过|没到)|超过?|(?<!超)过)(?:了)?(?:一半|半数?)(?![天年月个小径成价日])|(?:一半|半数)以上"
)
"""Words for a share of half, more, or less."""
_FOR_EACH = re.compile(r"(?:19|20)\d\d年[^，。？]*[与和、][^，。？]*(?:19|20)\d\d年")
_COUNTRY = re.compile(
    r"(?:全国|我国)(?!文明|先进|优秀|示范|劳[动模]|百强|十[佳大]|首|第|统一|人大|政协|各|哪|最|重点|试点|千强|卫生|双拥|民族|有?(?:多少|几)个?[省市县区]|[省市县区])"
)
"""The whole country, no part of a name (全国文明城市)."""
_OF_PLACES = re.compile(
    r"哪(?:些|几|个|几个|一个)?(?:地方|地区|地|省|市|州|盟|县|区|旗|城|乡|镇|街道|社区|村)|哪[里儿]|各(?:地|省|市|县|区|旗|州|乡|镇)|每个?[省市县区旗]"
)
"""What asks for places."""
_TWO_REPORTS = re.compile(
    r"((?:19|20)\d\d)年?的?(?:政府工作)?报告\s*(?:vs|和|与|跟|比|、)\s*((?:19|20)\d\d)年?的?((?:政府工作)?报告)"
)
"""Two documents of one kind, each told in full (2024报告vs2026报告)."""
YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年")
_TO_YEAR = re.compile(r"年[度末底]?(?:以?来|至|到|—|-|~|～)")
_LAST_YEAR = re.compile("上一?年(?!底|末|同期)|前一年|实际完成")
"""Of a document, what it tells of the year before."""
_TARGETS = re.compile("目标|计划|任务")
_SO_MANY_COUNTIES = re.compile(r"(?:[二两三四五六七八九十]|\d+)个?(?:县|旗|区县|县区|区市|市区|旗县)")
_QUOTED = re.compile(r"(“[^”]*”|「[^」]*」|\"[^\"]*\")")
_NAMED = re.compile(r"[“「\"](?P<name>[^“”「」\"，。？]{3,12})[”」\"]")
"""A name in quotation marks, of which a place may be a part (“鼓楼议事”)."""
_LOOSE_START = re.compile(r"^(?:[、，,：:。？?]|和|与|跟|及|以及|在|对|将|把|按|请|给|有|的)+")
_LOOSE_END = re.compile(r"(?:[、，,：:。？?]|有|的|呢|吗|呀|了)+$")
_TOP = re.compile(
    r"(?:前|(?:后|(?<![年月])末|倒数)(?=[一二两三四五六七八九十\d]+[名位](?!月))|垫底的?|最[高多大低少小]的)"
    r"(?P<n>[一二两三四五六七八九十\d]+)(?!月|季)"
)
_NARRATIVE = re.compile(
    r"谁(?!的?[^，。？]{0,10}[最更]?[多少高低])|什么|啥|怎么|如何|怎样|咋|为何|为什么|哪(?!些|个|几|里|儿)|办法|做法|措施"
)


_WHY = re.compile("为啥|为什么|为何|(?:什么|啥)原因|原因(?:是|何在|有哪)|怎么回事[，。？?]?$")


@cache
def _cues() -> dict[str, re.Pattern[str]]:
    """Patterns by operation, in the order they are tried, and ``filler``."""
    raw = tomllib.loads(resources.files("answer").joinpath("data/cues.toml").read_text("utf8"))
    return {name: re.compile("|".join(patterns.split())) for name, patterns in raw.items()}


WORDY: frozenset[Operation] = frozenset({"survey", "compare", "define"})
"""Operations over what is told in words."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question read: its plan, and what the later stages need of it beside the contract's fields.

    ``asks``: the figures asked for, in order; ``counts`` is False where one is only meant (谁的驿站最多). ``tells``: a
    way of doing or a thing is asked for as well. ``level``: of the places meant (各县); ``below``: the streets and
    towns of a place are. ``top``: how many of a ranking; ``condition``: what figures must be (超过65%). ``core``: the
    question without places and words of asking. ``bodies``: streets, towns and communities, each with the place
    before it. ``within``: of a list of places that it is limited to, those that it speaks of. ``own_aspects``: what is
    to be told apart of each place. ``part_of_year``: a period of any year (上半年). ``endings``: how the names of the
    places meant end (县（市）). ``against``: only places under or over the figure of the place around (低于全市水平).
    ``country``: what is of the whole country answers as well, where no place is asked for, or only that.
    ``source``: the document that is named. ``years``: the years that are told one by one, or in which what the
    documents named tell of lies.
    """

    text: str
    plan: Plan
    wanted: tuple[Term, ...]
    asks: tuple[Ask, ...]
    assumed: tuple[Quantity, ...]
    counts: bool
    tells: bool
    counts_places: bool
    unknown: tuple[str, ...]
    bodies: tuple[tuple[str, str], ...] = ()
    planned: bool | None = None
    arithmetic: Arithmetic = "sum"
    level: PlaceLevel | None = None
    below: bool = False
    top: int | None = None
    condition: Quantity | None = None
    core: str = ""
    within: tuple[str, ...] = ()
    own_aspects: tuple[Aspect, ...] = ()
    part_of_year: str = ""
    against: Literal["under", "over"] | None = None
    endings: str = ""
    country: Literal["only", "also"] | None = None
    source: Source | None = None
    years: tuple[str, ...] = ()

    @property
    def ask(self) -> Ask | None:
        """The first of the figures that are asked for."""
        return self.asks[0] if self.asks else None

    def bodies_of(self, place: str) -> list[str]:
        """The streets, towns and communities that the question names at a place, or at none in particular."""
        return [name for adcode, name in self.bodies if adcode in ("", place)]

    def may_cite(self, article: str) -> bool:
        """Whether an article is of the document that the question names, if it names one of the library."""
        return self.source is None or not self.source.articles or article in self.source.articles

    @property
    def asks_ways(self) -> bool:
        """Whether ways of doing are asked for beside figures of several places."""
        return self.plan.operation in ("list", "rank", "aggregate") and _WAYS.search(self.text) is not None

    @property
    def asks_why(self) -> bool:
        """Whether it is asked as well why figures are so."""
        return _WHY.search(self.text) is not None

    @property
    def places(self) -> tuple[str, ...]:
        """The places whose material is read; all of the library's where there are none."""
        return self.within or self.plan.places


def read_question(text: str, sources: Sources) -> Question:
    """The plan of a question, read with the library's own places and indicators as context."""
    text = _usual(text, sources)
    endings = "县市旗" if _COUNTIES_AND_CITIES.search(text) else ""
    text = _AND_CITIES.sub("", text)
    places, spans, bodies, unknown = _places_and_bodies(text, sources)
    fewer, most = _NOT_EVEN.search(text), _AT_MOST.search(text)
    told = [Span(fewer.start(), fewer.end("n"))] if fewer else []
    told += [Span(*most.span())] if most else []
    held = next(((name, m) for name, cue in _AGAINST.items() if (m := cue.search(text))), None)
    told += [Span(*held[1].span())] if held else []
    source = source_named(text, places, sources)
    told_in = blanked(text, [source.span]) if source and source.years else text
    topic = blanked(text, sorted([*spans, *told, *([source.span] if source else [])]))
    for aside in (_COUNTED_IN, _SCOPE):
        topic = aside.sub(lambda m: "　" * len(m.group()), topic)
    around = context(text, spans)
    times = ("小时", "分钟", "工作日") if _CONFIRM.search(text) else ()
    counted = [
        q for q in scan(text)
        if overlapped(spans, q.span) is None
        and (_counts_in(q, around, times) or (q.unit is None and q.bound in _LIMITS and q.value >= _TELLING))
    ]  # fmt: skip
    numbers = [_bounded(q, text, fewer, most) for q in counted if not _of_named(q, text)]
    numbers += _halves(text)
    operation = "list" if held else _operation(text, topic, places, numbers)
    apart = operation == "survey" and _ARITHMETIC["difference"].search(text) is not None
    years = _years(text, told_in, source)
    if (operation == "compare" or apart) and len(places) < 2 and len(years) == 2:
        operation = "trend"
    limits = [q for q in numbers if q.bound != "exact"] if operation in ("list", "survey", "rank", "aggregate") else []
    assumed = tuple(q for q in numbers if q not in limits and dimension(q.unit) != "duration")
    wanted = _weighed(topic, counted, sources)
    asked = tuple(asks(text, topic, wanted, operation, lambda piece: _weighed(piece, counted, sources)))
    if operation == "check" and assumed:
        asked = tuple(_of_stated(ask, assumed[0], topic) for ask in asked)
    if len(years) == 2:  # what lies so many points apart are two rates
        asked = tuple(replace(ask, unit="%") if ask.unit == "个百分点" else ask for ask in asked)
    wanted = in_phrases(wanted, sources.frequency, sources.passages)
    plan = Plan(
        operation, tuple(dict.fromkeys(places)), _indicators(text, asked, sources),
        ("做法",) if _HOW.search(text) else (),
        _period(told_in),
        "".join(t.word for t in wanted), tuple(q.surface for q in assumed), text,
    )  # fmt: skip
    top = _TOP.search(text)
    return Question(
        text, plan, wanted, asked, assumed,
        counts=held is not None or _counts(text, topic), against=held[0] if held else None,
        tells=_HOW.search(text) is not None or _NARRATIVE.search(text) is not None,
        counts_places=PLACES_COUNTED.search(text) is not None,
        unknown=tuple(unknown), bodies=tuple(bodies),
        planned=True if source and source.sets and not _LAST_YEAR.search(text) else _planned(text),
        arithmetic=next((name for name, cue in _ARITHMETIC.items() if cue.search(text)), "sum"),
        level=_level(text, places),
        below=_BELOW.search(text) is not None,
        top=int(numeral(top["n"]) or 0) or None if top and operation == "rank" else None,
        condition=limits[0] if limits else None,
        core=_core(topic), part_of_year=_part_of_year(text), endings=endings,
        country=_country(text, places, unknown, bodies), source=source, years=years,
    )  # fmt: skip


def _years(text: str, told_in: str, source: Source | None) -> tuple[str, ...]:
    """The years told one by one; those of documents, or the ones before where what they tell of these is asked."""
    if source is not None and source.years and not YEAR.search(told_in):
        back = 1 if _LAST_YEAR.search(text) else 0
        return tuple(str(int(year) - back) for year in source.years)
    return () if _TO_YEAR.search(text) else tuple(dict.fromkeys(YEAR.findall(told_in)))


def _country(
    text: str, places: Sequence[str], unknown: Sequence[str], bodies: Sequence[tuple[str, str]]
) -> Literal["only", "also"] | None:
    """Whether what is of the whole country is asked for, or may be: no place is named, nor are places asked for."""
    of_places = _OF_PLACES.search(text) or _BELOW.search(text) or _level(text, places)
    if places or unknown or bodies or of_places:
        return None
    return "only" if _COUNTRY.search(text) else "also"


def _usual(text: str, sources: Sources) -> str:
    """A question with its years, prizes and demands in the words that the patterns know."""
    text = _YEAR_ALONE.sub(r"\g<0>年", _in_full(simplified(_SAID.sub(r"\1", text).strip()), sources))
    text = _DOTTED.sub(r"\1年\2月", _END_OF_YEAR.sub(r"\1年", text))
    text = _TWO_REPORTS.sub(r"\1年和\2年\3", _PARTED.sub(r"\1\2", text))
    text = _OF_AVERAGE.sub(r"\1水平", _SHORT_OF.sub("不足", text))
    text = _KINDS_OF_COUNTY.sub(r"\1县", text)
    text = _AND_OVER.sub(r"\g<n>以\g<side>", _SAME_YEAR.sub("", text))
    text = _RESTING_PLACE.sub("驿站", text)
    return _PRIZES.sub(lambda m: "、".join(f"{n}等奖" for n in m["n"].replace("、", "")), text)


def _in_full(text: str, sources: Sources) -> str:
    """A question with its years in four digits: 25年上半年, 德清25年; not 运行20年."""
    short = list(_SHORT_YEAR.finditer(text))
    named = {m.span.end for m in sources.gazetteer.find(text)} if short else set()
    for m in reversed(short):
        opens = m.start() in named or _OPENS_YEAR.search(text[: m.start()])
        if m["sure"] or m["than"] or (opens and not _HOW_LONG.match(text, m.end(1) + 1)):
            text = f"{text[: m.start()]}20{text[m.start() :]}"
    return text


def _places_and_bodies(text: str, sources: Sources) -> tuple[list[str], list[Span], list[tuple[str, str]], list[str]]:
    """The places asked about, where they and their towns are named, each of these with its place, and unknown names."""
    places, spans, unknown = _places(text, sources)
    before = dict(zip([s.end for s in spans], places, strict=False)) if len(spans) == len(places) else {}
    details = [(span, span.of(text)) for span in details_in(text, spans, sources)]
    details = details or ([] if places or unknown else short_names(text, sources))
    bodies = [(before.get(span.start, ""), name) for span, name in details]
    if not places and not unknown:
        bodies = [(place_of(name, sources) or "", name) for _, name in bodies]
        places = list(dict.fromkeys(place for place, _ in bodies if place))
    places = [*places, *_around(text, places, sources)]
    return places, sorted([*spans, *(span for span, _ in details)]), bodies, unknown


def _planned(text: str) -> bool | None:
    """Whether what is planned is asked for, or what is done; None where neither is said."""
    if _LAST_YEAR.search(text) and not _TARGETS.search(text):
        return False
    if _PLANNED.search(text) or _TO_DO.search(text):
        return True
    return False if _DONE.search(text) else None


def _counts_in(quantity: Quantity, around: Context, times: Sequence[str]) -> bool:
    """Whether a number of a question is a figure: no name nor date; ``times``: units of time that it may state."""
    why = reason(quantity, around)
    return why is None or (why == "time" and quantity.unit in times)


def _of_stated(ask: Ask, stated: Quantity, topic: str) -> Ask:
    """What is asked where a figure is stated: of the thing beside it (超过三十个街镇), in a unit of measure."""
    thing = phrases(topic, Span(0, len(topic)), [stated])[0].object
    heads = tuple(t for t in ask.own if t.noun and t.word in thing)[-1:] or ask.heads
    unit = ask.unit or stated.unit if dimension(stated.unit) in _MEASURED else ask.unit
    return replace(ask, heads=heads, unit=unit)


def _places(text: str, sources: Sources) -> tuple[list[str], list[Span], list[str]]:
    """The places asked about, where places are named, and which names could be several that the library lacks."""
    places: list[str] = []
    spans: list[Span] = []
    unknown: list[str] = []
    for span, candidates in named(text, sources):
        if places and _GOES_TO.search(text[: span.start]):
            spans.append(span)
            continue
        adcode = _settle(candidates, sources)
        held = [c for c in candidates if c in sources.places]
        if adcode is None and not held:
            unknown.append(span.of(text))
        places += [adcode] if adcode else held
        spans.append(span)
    if not places and not unknown and (name := _no_such(text, sources)):
        unknown.append(name)
    return places, spans, unknown


def _around(text: str, places: Sequence[str], sources: Sources) -> list[str]:
    """The place of whose whole a share is asked without its name (安居区占全市的比重)."""
    asked = _OF_ALL.search(text)
    if asked is None or len(set(places)) != 1:
        return []
    gazetteer, around = sources.gazetteer, places[0]
    if asked[1] != "省" and (gazetteer.level(around) != "county" or gazetteer.place(around).name.endswith(asked[1])):
        return []
    around = gazetteer.parent(around) or ""
    while asked[1] == "省" and around and gazetteer.level(around) != "province":
        around = gazetteer.parent(around) or ""
    return [around] if around else []


def _no_such(text: str, sources: Sources) -> str:
    """A name that can only be a county's or city's, and is none's (云岚县); "" where there is none."""
    for match in _COUNTY_NAME.finditer(text):
        name = match["name"]
        common = name[:2] in word_list("words.txt") or name[:2] in _KINDS_OF_COUNTIES or sources.frequency([name[:-1]])
        if not common and not sources.gazetteer.candidates(name):
            return name
    zone = _ZONE.search(text)
    return zone["name"] if zone and not sources.frequency([zone["name"]]) else ""


def edited(question: Question, edit: PlanEdit, sources: Sources) -> Question:
    """A question with what a person changed in its plan in place of what was understood."""
    plan, about = question.plan, _about(edit, sources)
    operation = edit.operation or plan.operation
    counts = question.counts if edit.operation is None else operation in FIGURES or question.counts
    counts = operation not in WORDY and (counts or bool(edit.indicators))
    wanted, assumed, core = question.wanted, question.assumed, question.core
    if about:
        wanted, assumed, core = _weighed(about, (), sources), (), about
    asked = question.asks
    if edit.indicators:
        asked = tuple(_of_indicator(i, sources) for i in edit.indicators)
    elif about or edit.operation:
        text = about or question.core
        text = text + "多少" if counts and not _counts(text, text) else text
        asked = tuple(asks(text, text, wanted, operation, lambda piece: _weighed(piece, (), sources)))
    wanted = in_phrases(wanted, sources.frequency, sources.passages) if about else wanted
    places = plan.places if edit.places is None else edit.places
    return replace(
        question,
        plan=replace(
            plan, operation=operation, places=places,
            indicators=edit.indicators or (_indicators(core, asked, sources) if about else plan.indicators),
            aspects=plan.aspects if edit.aspects is None else tuple(a.name for a in edit.aspects),
            period=plan.period if edit.period is None else edit.period or None,
            topic="".join(t.word for t in wanted), assumed=tuple(q.surface for q in assumed),
        ),
        wanted=wanted, asks=asked, assumed=assumed, counts=counts, core=core, own_aspects=edit.aspects or (),
        unknown=question.unknown if edit.places is None else (),
        bodies=tuple(b for b in question.bodies if b[0] in ("", *places)),
    )  # fmt: skip


def _about(edit: PlanEdit, sources: Sources) -> str:
    """The words that an edited plan is about; "" where they are the question's own."""
    return edit.topic or "、".join(_name_of(i, sources) for i in edit.indicators or ())


def _name_of(indicator: str, sources: Sources) -> str:
    """The name of an indicator; of one that is not curated, what it counts (open.other.楼栋长.person)."""
    curated = sources.indicators.get(indicator)
    return curated.name if curated else indicator.split(".")[2]


def _of_indicator(indicator: str, sources: Sources) -> Ask:
    name = _name_of(indicator, sources)
    own = _weighed(name, (), sources)
    return Ask(name, own, (), own[-1:], "", None, indicator)


def _core(topic: str) -> str:
    """What is left of a question without its places and words of asking, without what joined them (和…的)."""
    plain = "".join(unfilled(topic).split())
    return _LOOSE_END.sub("", _LOOSE_START.sub("", plain))


def unfilled(topic: str) -> str:
    """The text without words of asking, periods and levels of places; what stands in quotation marks is left alone."""
    parts = _QUOTED.split(topic)
    for n in range(0, len(parts), 2):
        plain = without_periods(parts[n])
        for cue in (*_LEVELS.values(), _cues()["filler"]):
            plain = cue.sub("　", plain)
        parts[n] = plain
    return "".join(parts)


def _halves(text: str) -> list[Quantity]:
    """The halves that a question names as a share (过半, 不到一半)."""
    return [
        Quantity(m[0], Decimal(50), None, "%", "less_than" if m["under"] else "more_than", Span(*m.span()))
        for m in _HALF.finditer(text)
    ]


def _bounded(quantity: Quantity, text: str, fewer: re.Match[str] | None, most: re.Match[str] | None) -> Quantity:
    """A number with the bound that words around it give: 连一百个都没有, 没超过一百个, 达到25个的有哪些."""
    reached = _REACHED.search(text, 0, quantity.span.start) and re.match(
        r"(?:以上)?的[^，。？]{0,6}[哪几谁]", text[quantity.span.end :]
    )
    if quantity.bound == "exact" and reached:
        return replace(quantity, bound="at_least")
    if most and quantity.span.start <= most.end() < quantity.span.end:
        return replace(quantity, bound="range", value=Decimal(0), value_high=quantity.value)
    if fewer and fewer.start() <= quantity.span.start < fewer.end():
        return replace(quantity, bound="less_than")
    return quantity


def _of_named(quantity: Quantity, text: str) -> bool:
    """Whether a number is part of a name or says how many are named (“三单”, 三个县, 财税、法律、金融三个团)."""
    if text[quantity.span.start - 1 : quantity.span.start] in ("哪", "“", "‘"):
        return True
    if re.match(r"个?(?:(?![的哪])[一-鿿]){0,5}(?:县|旗)(?=[里中的，、。？]|$)", text[quantity.span.end - 1 :]):
        return True
    if match := re.match(r"个?(?:地方|县|市|区|旗|地|省|(镇|乡|村|苏木|街道|社区))", text[quantity.span.end - 1 :]):
        stated = match[1] and text[: quantity.span.start].endswith(("有", "达", "达到", "共")) and _CONFIRM.search(text)
        return not stated  # 有89个村推行，对吗
    row = re.split(r"[，。？；：]", text[: quantity.span.start])[-1]
    if row.endswith(("这", "那")):
        return True
    named = re.split(r"、|和|与|及", row.rstrip("这那的"))
    return "、" in row and quantity.value == len(named) and not any(w.is_verb for w in plain_tokens(named[-1]))


def _counts(text: str, topic: str) -> bool:
    return bool(asked_in(text)) or amount(topic)


def _weighed(topic: str, assumed: Sequence[Quantity], sources: Sources) -> tuple[Term, ...]:
    """The words of a text without its places that tell something, weighed."""
    found = terms(unfilled(topic), sources.overrides)
    telling = [t for t in found if not any(t.word in q.surface for q in assumed)]
    return weighed(telling, sources.frequency, sources.passages)


def named(text: str, sources: Sources) -> list[tuple[Span, tuple[str, ...]]]:
    """Places the question names: what the gazetteer finds outside other names, and any full name of the library's."""
    names = [Span(*m.span("name")) for m in _NAMED.finditer(text)]
    found = [
        (m.span, m.candidates) for m in sources.gazetteer.find(text, sources.places)
        if not _is_word(text, m.span) and not any(n.overlaps(m.span) and n != m.span for n in names)
        and (set(m.candidates) & set(sources.places) or _stands_alone(text, m.span))
    ]  # fmt: skip
    for adcode in sources.places:
        name = sources.gazetteer.place(adcode).name
        at = text.find(name)
        span = Span(at, at + len(name))
        if at < 0 and (short := re.search(rf"(?:^|[、，和与跟及sS\s]){core(name)}{_OF_WORKERS}", text)):
            span = Span(short.end() - len(core(name)), short.end())
        if span.start >= 0 and not any(span.overlaps(other) for other, _ in found):
            found.append((span, (adcode,)))
    return sorted(found)


_OF_WORKERS = "(?=社区(?:工作者|治理|食堂|养老|矫正|干部|书记)|村(?:干部|级|集体|规民约))"
"""What follows the short name of a place and is no name of a community (安宁|社区工作者)."""


def _stands_alone(text: str, span: Span) -> bool:
    """Whether a name begins and ends where words do (not 新和 in 换新和设备更新)."""
    words = plain_tokens(text)
    return any(w.start == span.start for w in words) and any(w.end == span.end for w in words)


def _is_word(text: str, span: Span) -> bool:
    """A bare place word that is part of a question's wording (哪个县, 各市)."""
    return span.end - span.start == 1 or text[max(0, span.start - 1) : span.start] in ("哪", "各", "每")


def _settle(candidates: tuple[str, ...], sources: Sources) -> str | None:
    """The one place meant: of several, the one the library speaks of."""
    held = [c for c in candidates if any(sources.gazetteer.contains(c, p) for p in sources.places)]
    if len(held) == 1:
        return held[0]
    return sources.gazetteer.settle(held or candidates, sources.places)


def _operation(text: str, topic: str, places: Sequence[str], numbers: Sequence[Quantity]) -> Operation:
    counts = _counts(text, topic)
    stated = any(q.bound == "exact" for q in numbers)
    ends = stated and _STATES.fullmatch(text, numbers[-1].span.end) and not _ASKS.search(text)
    if stated and not asked_in(text) and (ends or _CONFIRM.search(text)):
        return "check"
    for name, cue in _cues().items():
        operation = cast(Operation, name)
        if name != "filler" and cue.search(text):
            if operation == "define" and (len(places) > 1 or asked_in(text)):
                continue
            if operation == "compare" and asked_in(text):
                continue
            if operation == "aggregate" and _EACH_ITS_OWN.search(text) and not _TOGETHER.search(text):
                continue
            return operation
    if len(places) > 1:
        return "list" if counts else "compare"
    many = not places or any(cue.search(text) for cue in _LEVELS.values()) or _BELOW.search(text)
    limited = bool(numbers) and not stated
    if _WHICH.search(text) and limited:
        return "list"
    if _WHICH.search(text) and not (places and stated and not counts) and (many or not _WHO.search(text)):
        return "list" if counts else "survey"
    if many and limited:
        return "list"
    if many and (counts or _LISTS.search(text)):
        return "list"
    return "lookup" if places or numbers else "survey"


def _indicators(text: str, asked: Sequence[Ask], sources: Sources) -> tuple[str, ...]:
    """The indicators meant, as far as the words of the question tell."""
    found: list[str] = []
    for ask in asked:
        if ask.heads:
            phrase = Phrase("".join(t.word for t in ask.heads), ask.action, "after")
            found.append(classify(phrase, ask.unit, text, sources.indicators)[0])
    return tuple(dict.fromkeys(found))


def blanked(text: str, spans: Sequence[Span]) -> str:
    """The text with spans made blank, of the same length."""
    for span in spans:
        text = text[: span.start] + "　" * (span.end - span.start) + text[span.end :]
    return text


def _part_of_year(text: str) -> str:
    """A period told without its year: 上半年, 一季度, 今年5月."""
    found = find_period(text, None)
    told = (found.text or "") if found and not found.start else ""
    return "" if re.search("去年|上年|前年|明年", text) else re.sub("今年|本年度?", "", told)


def _level(text: str, places: Sequence[str]) -> PlaceLevel | None:
    """The level of the places meant: by its word, or by how many there are of a larger one (五个县)."""
    many: PlaceLevel | None = "county" if len(places) < 2 and _SO_MANY_COUNTIES.search(text) else None
    return next((level for level, cue in _LEVELS.items() if cue.search(text)), many)


def _period(text: str) -> Period | None:
    """The period a question tells; none where it tells one for each of several places (甲县2025年与乙县上半年)."""
    told = {text[s.start : s.end] for s in period_spans(text)}
    if len(told) > 1 and _FOR_EACH.search(text):
        return None
    found = find_period(text, None)
    return found if found and (found.start or found.end) else None
