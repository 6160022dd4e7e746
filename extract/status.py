"""Done, ongoing, planned, capacity or background: what the words around a quantity say of it."""

from __future__ import annotations

import re

from corpus.model import Status

_PLANNED = re.compile(
    r"(?<!西部)(?<!行动)(?<!成长)(?<!帮扶)(?<!三年)(?<!五年)(?<!年度)(?<!发展)(?<!扶持)(?<!培养)(?<!提升)(?<!工作)(?<!招募)(?<!教育)(?<!服务)计划(?!完成率|执行率|指标|外|内|单列|志愿者|系统|招募|的|》|”|书|表|安排|生育|目标|[（(][^（()）]*[)）]的)|(?<![虚模比])拟(?![定订]|上市(?:企业|公司))|力争(?!上游)|争取(?=[^，。；]{0,10}(?:增至|增加到|达到|提高到)|在|到(?:20[0-9]{2}|[今明后本]?年|月底|“?十[一二三四五六]五)|于|年底|年内|建|实现|完成|达)|预计|有望|目标(?:是|为)|将(?:送|走进|深入|持续|积极|逐步|全面|不断|适时|择优|择期|陆续走|面向|通过|以|为(?=[^，]{2,12}(?:提供|送|开展))|于|在|继续|进一步|再(?!生)|陆续|新(?!就业|业态|兴|型|经济|社会|时代|质|能源|入|生|老|办|农)|建(?!档|筑)|打造|实施(?!细则|方案|情况)|投入|完成|实现|达|开展|提供|组织(?!关系)|举办|推出|启动|培育|覆盖|派|选派|招|设(?!备|施)|向|把)"
    r"|即将|到20[0-9]{2}年(?:底|末)?[，,]|明年|下一?步|(?<!面向)(?<!走向)(?<!着眼)未来(?=[一二三四五六七八九十几两0-9，,将要还会])|确保(?:到|在|年底)|按照?(?:规划|计划|安排)[，,]|(?:还[要将]|准备)再(?=[建增添派设开])|年[底末]前?(?:要|将|还要)|[底末][，,]?[^，。；]{0,4}要(?=达|建|实现|完成)|年内要(?=达|建|实现|完成)|(?<!城市)(?<!城乡)规划(?:建设(?!治理|管理|用地)|新建|布局)|安排(?:全年|今年|年内)(?=[新改建完])|会议(?:原则)?(?:同意|议定|决定|研究决定)|[想恳]请[^，。；]{0,8}(?:支持|解决|拨|安排)"
    r"|(?<=[局委办部])要(?![求点素闻情件事是么不])|(?:20[0-9]{2}|[今明])年[，,]?要(?![求点素闻情件事是么不])|原则上|不得少于|应不少于|一般不[少低小]|要求(?:各|每)"
)
_DONE = re.compile(r"已(?!有关)|已经|完成了|实现了|累计|截至|截止|实际(?![上需情问困行工出利控])")
_DONE_SINCE = re.compile(
    r"[，,；;](?:上半年|前[一二三两四五六七八九\d]+个?[月季]|[到至]?(?:\d{4}年)?\d{1,2}月[底末]|[\d一二三四五六]+[至—-]\d+月)[^，。；,;]{0,8}"
    r"(?:完成|建成|改造|开工|完工|竣工|实现|发放|签约|投用)"
)
"""In a clause behind a plan, what part of the time has seen done (计划改造1800座，上半年完成1310座)."""
_AHEAD = re.compile("将|下一?步|力争|争取|明年|确保|预计|拟")
_TARGET = re.compile(
    r"(?:^|[，。；、：])(?![^，。；、]*(?:完成|占|超|比|承担|下达|承接|国家|上级))[^，。；、]{0,24}(?:任务数?|(?:年度|全年|年初|原定)计划数?|(?:年度|全年|年[内底])目标数?)(?:为|是)?$"
    r"|任务[为是](?=[新改建完实培开组])[^，。；]{0,8}$|(?<!列入)年度计划(?=[新改建完实培开组])[^，。；]{0,12}$"
)
"""What is to be reached: 改建任务|3600座, 年度计划改造|12个."""
_TARGET_ASIDE = re.compile(r"(?:任务|目标|计划|指标)数?[（(](?:即|为)?$")
"""Before a target that stands in brackets behind the word (完成全年任务（|42亿元）的75.2%)."""
_CLOSED = re.compile("[^，。；]{0,12}已(?:经|全部)")
_CAPACITY = re.compile(
    r"(?:可|能|能够|可以)(?:同时|一次性|满足|容纳|提供|服务|供|停放|接待|覆盖|辐射|惠及|解决|安置|储存|处理|停)[^，。；]{0,12}$"
)
_WILL = re.compile(
    r"[^，。；、]{1,14}?(?<![即必])将(?:于|在|为|会|继续|陆续|走进|前往|分别|全部|积极|参加|参与|奔赴|赴|对|向|以)"
)
"""What is counted will do so (307名志愿者将为市民提供)."""
_OF_TARGET = re.compile("(?:以[上内])?(?:的(?:年度|全年|总体|既定)?(?:目标|任务)|目标)(?!已)(?=[，。；、]|不|还|尚|仍)")
"""What a figure is the target of (离30部的目标不远)."""
_REACHED = re.compile("(?:实现|完成|达到|超额|提前|落实|已)[^，。；]*$")
_ABLE = re.compile(r"(?:运载|承载|接待|容纳|供应|服务|处理|生产)能力(?!提升|建设|培训|评估|评价)")
_SO_ABLE = re.compile("[可能][^，。；0-9]{0,8}[0-9][^，。；的]{0,6}的[^，。；0-9]+$")
"""What is counted, after what each is able to do (可容纳300人的礼堂|5个, 日处理能力2万吨的污水厂|2座)."""
_NO_LONGER = re.compile("[^，。；]{0,10}(?:同时|即行|相应)?(?:废止|停止执行|不再执行|不再施行)")
"""What was the rule until now (原标准（每餐补助2元）同时废止)."""
_ONGOING = re.compile(r"正在|在建|正(?:加快|抓紧|有序)|(?:推进|建设)中(?=的|[^一-鿿]|$)")


def says_planned(text: str) -> bool:
    """Whether a text has a word of planning.

    >>> says_planned("拟建站点5个"), says_planned("将16家纳入整治")
    (True, False)
    """
    return _PLANNED.search(text) is not None


def planned_at(text: str) -> int | None:
    """Where the words behind a word of planning begin, or None.

    >>> planned_at("拟建站点")
    1
    """
    match = _PLANNED.search(text)
    return match.end() if match else None


def status_of(left: str, clause: str, right: str = "", *, background: bool = False) -> Status:
    """The status of a quantity: ``left`` and ``right`` are its sentence before and behind it, ``clause`` around it.

    ``background``: a figure of the nation in a text about a place.

    >>> status_of("计划到2027年，新建阵地", "新建阵地50个，")
    'planned'
    >>> status_of("可同时容纳", "可同时容纳30人")
    'capacity'
    >>> status_of("将", "将16家行业协会商会")
    'done'
    """
    if background or _NO_LONGER.match(right):
        return "background"
    if (_CAPACITY.search(left) or _ABLE.search(clause)) and not _SO_ABLE.search(left):
        return "capacity"
    planned = list(_PLANNED.finditer(left))
    if planned and not _DONE.search(left, planned[-1].end()):
        ahead = _AHEAD.search(left) is not None or not _DONE_SINCE.search(left, planned[-1].end())
        return "planned" if ahead else "done"
    aside = _TARGET_ASIDE.search(left) and right.startswith(("）", ")"))
    if aside or (_TARGET.search(left) and not _CLOSED.search(right)):
        return "planned"
    target = _OF_TARGET.match(right) and not _REACHED.search(left)
    if target or _WILL.match(right):
        return "planned"
    return "ongoing" if _ONGOING.search(clause) else "done"
