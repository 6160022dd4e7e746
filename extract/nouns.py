"""Noun phrases next to a quantity, and the verbs that govern them, from tagged words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.actions import NOMINAL, action_class, is_action, known_actions
from extract.lists import any_of, words
from extract.tokens import Token, joined, tokens

FOUND_TO_BE = re.compile(
    "^(?:年检|考核|评定|评估|抽检|检查|测评|鉴定|验收)?(?:结[果论]为?)?(?:基本|较|比较|不|未)?"
    "(?:合格|达标|优秀|良好|称职|及格|满意|达到?标准)(?![率度线])"
)
"""What things were found to be; before their name, which of them (不合格|食品)."""
STOP = re.compile(r"[，,。！？；;：:\n…]|——")
_STOP_AFTER = re.compile(rf"{STOP.pattern}|(?<=.)[ \u3000]")
_STOP_ACTION = re.compile(rf"{STOP.pattern}|、")
_LINK = {"的", "和", "与", "及", "、", "或", "以及", "·", "＋", "+", "-", "/"}
_NOT_HEAD = words("not_head")
_REACHING = re.compile(rf"(?:{any_of('reaching')}|[：:（(\s])+$")
_SHORT_NOUN = re.compile(r"[所站点村镇乡县区市州店馆校厂队岗室园旗](?=[的和与及、]|$)")
_BODIES = re.compile(
    r"(?:社会|慈善|公益|服务|党|基层|群团|自治|经济|合作|民间|志愿|行业|公共|党群|救援)组织$|两新”?组织$"
)
"""Where 组织 is a body, not the verb."""
_NO_NOUN = re.compile(
    r"[)）]?的(?:工作|任务|目标|基础|同时|前提|背景|情况下|速度)|(?:对|用于|给|向|为(?!民|期)|在|以(?!上|下)|于|从|由|因(?!素|子)|被(?!困)|把|将|与|和)(?=..)"
)
"""What follows a quantity and is no noun of its."""
_OF_ALL = ("全部", "均", "都", "也", "分别", "正在", "仍在", "还在", "尚在", "仍", "尚")
_LIKE = re.compile("(?:正在|[仍还尚])[^，。；、]{1,8}的[一-鿿]")
"""Such an adverb where it says of what kind the things are that follow (正在施工的工地)."""
_OF_WORK = re.compile(r"的(?:陪伴|支持|帮助|关心|努力|参与|工作|任务|基础|优势|目标|情况|过程|背景|环境|成绩|力度)$")
_LIGHT_VERBS = words("light_verbs")
_TAKES_NOUN = words("takes_noun")
_NEVER_LEADS = words("never_lead")
_DOING = ("reach", "hold", "resolve", "serve", "grow", "transfer", "fund", "issue", "aid", "donate")
"""Classes of verbs that say what is done, never what kind of thing it is (实现家门口就业, but 注册公司)."""
_MAKING = ("establish", "renovate", "fund", "issue", "trade")
"""Classes of verbs behind which a verb is part of the name of what is made or given (建成电动自行车|充电|端口)."""
_SERVED = tuple(words("served"))
"""Whom 服务 serves; before other nouns it is part of the name of a thing (城市服务小站)."""
_NAMING = ("联系", "对接")
"""Verbs that are part of the name of what they are done by (对接|机制)."""
_MEANS = re.compile("机制|制度|平台|渠道|活动|会议?$|[点卡册组网]$")
_CAUSATIVE = words("causative")
_ATTRIBUTE_VERBS = words("attribute_verbs")
_GENERIC_HEAD = re.compile(rf"^(?:{any_of('generic_heads')})")
_BUILT_HEAD = re.compile(rf"^(?:{any_of('built_heads')})")
"""What is built or rebuilt, so that 建设 and 改造 before it are verbs (改造|驿站, but 服务驿站)."""


_NO_NOUN_ALONE = frozenset("办升降涨跌增减改转建修评仍还又均都已也再才就只经")
"""Verbs and adverbs of one character that the tagger takes for nouns."""
_ADDS_UP = frozenset("计省")
"""What the tagger takes for nouns before a figure (计|301个, 每场省|1.6万元)."""
_STATISTIC = re.compile(rf"(?:{any_of('statistics')})$")
"""Nouns that name a statistic, with all that stands before them (一般公共预算支出|规模)."""
_RATE = re.compile("(?:率|比[例重]|强度|限额)$")
"""A statistic in whose name a verb says what it is of (城镇登记失业率)."""
_LEADING = frozenset("中对将把为向给从由在")
"""What stands before a noun phrase and is no word of it."""
_STATE = re.compile("在[线职册校岗建编读籍]|从[业事]")
"""Words that begin with one of these and go on (在岗党员, though the tagger parts 在|岗)."""
_ABROAD = re.compile(f"{_STATE.pattern}|在[家外乡]")
_FORMULA = re.compile(r"[A-Za-z\d.]+")
"""What a substance or a standard is called by (PM2.5)."""
_OF_AGE = re.compile(r"^\d{1,3}周?岁(?:及?以[上下])?的?(?=..)")
"""Before the persons counted, how old they are (1.2万名|80岁以上|老人)."""
_OF_STATISTIC = words("of_statistics")
_GOVERNS = words("governs_statistics")
"""Verbs whose object a statistic is, never part of its name."""
_NAMES_BODY = re.compile("(?<![城乡农成])[县市区旗州省镇乡村局会社联院所]$|街道$|社区$|公司$|政府$|部门$|单位$|中心$")


def says_of_all(text: str) -> bool:
    """Whether a text says of the things counted before it what all of them did, and begins with no noun.

    >>> says_of_all("全部转移"), says_of_all("都已建成"), says_of_all("都市农业园")
    (True, True, False)
    """
    return text.startswith(_OF_ALL) and not _LIKE.match(text) and tokens(text[:8])[0].word in _OF_ALL


def noun_after(right: str, *, before_quantity: bool = False) -> str:
    """The noun phrase that starts a text, up to its head; only its first member where another quantity follows.

    >>> noun_after("党建指导员下沉一线"), noun_after("在线，"), noun_after("参加")
    ('党建指导员', '', '')
    """
    stop = _STOP_AFTER.search(right)
    piece = re.split(r"[（(]", right[: stop.start() if stop else len(right)])[0][:40]
    piece = re.split("(?<=..)[中里内]的", _OF_AGE.sub("", piece.removeprefix("关于")))[0]
    if _NO_NOUN.match(piece) or piece[:1] in "等）)" or says_of_all(piece):
        return ""
    if short := _SHORT_NOUN.match(piece):
        return short.group()
    words = tokens(piece)
    if words and words[0].tag == "f" and len(words[0].word) == 1:
        return ""
    to_quantity = before_quantity and stop is None
    head, begin, quoted = -1, 0, False
    de = max((i for i, w in enumerate(words[:-1]) if w.word == "的" and _modifies(words[:i])), default=-1)
    for i, word in enumerate(words):
        if word.is_quote:
            quoted = word.word in "“‘《"
            head = i if not quoted and i > 0 else head
        elif quoted or i <= de:
            head = i if quoted else head
        elif word.word == "等" and head >= 0 and _continues(words, i):
            begin = words[i].end
        elif word.word == "的" and i and words[i - 1].word in "”’》":
            break
        elif word.word == "以及" and head >= 0:
            break
        elif word.word in _LINK:
            another = to_quantity and word.word != "的" and (head < 0 or _is_counted(words[i + 1 :]))
            if another or not _continues(words, i):
                break
        elif _splits(words, i):
            if head >= 0 or not _leads(words, i):
                break
        elif word.is_noun and word.word not in _NOT_HEAD:
            head = i
        elif not (head < 0 and (word.tag[0] in "abmqrz" or _leads(words, i)) or _inside(words, i)):
            break
    noun = _OF_WORK.sub("", piece[begin : words[head].end].strip("的、和与及 ")) if head >= 0 else ""
    return "" if noun in _NO_NOUN_ALONE else noun


def _is_counted(words: Sequence[Token]) -> bool:
    """Whether what follows a link is the next thing counted (指导员和|联络员30名), not the phrase going on."""
    last = words[-1].word if words else ""
    return last == "的" or not any(w.is_verb or is_action(w.word) for w in words)


def _inside(words: Sequence[Token], at: int) -> bool:
    """An adjective within a noun phrase: 儿童友好服务项目."""
    following = words[at + 1] if at + 1 < len(words) else None
    if at and words[at - 1].word in "”’》":
        return False
    return words[at].tag[0] in "abz" and following is not None and following.is_noun and following.word not in _NOT_HEAD


def _modifies(before: Sequence[Token]) -> bool:
    """Whether the words before a 的 modify the head to come, rather than being a finished clause."""
    if len(before) > 8 or any(w.tag == "p" for w in before[1:]):
        return False
    return not (len(before) > 1 and before[0].is_noun and any(w.is_verb for w in before[1:]))


def _continues(words: Sequence[Token], at: int) -> bool:
    rest = words[at + 1 : at + 2]
    return (
        bool(rest) and (rest[0].is_noun or rest[0].is_quote or rest[0].tag[0] in "ab") and rest[0].word not in _NOT_HEAD
    )


def _leads(words: Sequence[Token], at: int) -> bool:
    """A verb at the head of the phrase that modifies the noun behind it: 注册公司, 在建项目."""
    word = words[at].word
    if word in _NEVER_LEADS or (is_action(word) and action_class(word).name in _DOING and word not in NOMINAL):
        return False
    return at < 2 and at + 1 < len(words) and (words[at + 1].is_noun or words[at + 1].word in ("的", "和"))


def _splits(words: Sequence[Token], at: int) -> bool:
    """Whether this word is a verb of action here, not part of a noun phrase (服务|群众, but 服务时长)."""
    word = words[at].word
    if not is_action(word):
        return False
    if _is_of_name(words, at):
        return False
    if word not in NOMINAL:
        return words[at].tag[0] not in "nj"
    rest = joined(words[at + 1 : at + 3])
    if word == "服务" and at and words[at - 1].is_noun and rest and not rest.startswith(_SERVED):
        return False
    built = any(_BUILT_HEAD.fullmatch(w.word) for w in words[at + 1 : at + 3])
    if built and _builds(word):
        return True
    generic = _GENERIC_HEAD.match(rest) or (at + 2 < len(words) and _GENERIC_HEAD.match(words[at + 2].word))
    return bool(rest) and not generic and not (at and words[at - 1].word in ("的", "志愿"))


def _is_of_name(words: Sequence[Token], at: int) -> bool:
    return words[at].word in _NAMING and at + 1 < len(words) and _MEANS.match(words[at + 1].word) is not None


_OF_WHEN = re.compile(
    r"^(?:[全本][省市县区旗州镇乡村国]|(?:[今去]年|近年)(?:以?来|年?[底末初])?|月[底末初])(?!以?来)(?=..)"
)
"""Before a noun, where and when it is counted."""


def noun_before(words: Sequence[Token]) -> str:
    """The noun phrase that ends a clause, words of reaching stripped: 已建立临时党支部 → 临时党支部.

    >>> noun_before(tokens("满意率达到")), noun_before(tokens("已建立临时党支部")), noun_before(tokens("服务群众"))
    ('满意率', '临时党支部', '群众')
    """
    text = strip_reaching(joined(words))
    kept = [w for w in words if w.end <= len(text)]
    statistic = bool(kept) and is_statistic(kept[-1].word)
    if (
        not kept
        or (kept[-1].word == "组织" and not _BODIES.search(text))
        or not (kept[-1].is_noun or kept[-1].is_quote or kept[-1].tag == "eng" or statistic)
    ):
        return ""
    start, closed = len(kept), 0
    while start:
        word = kept[start - 1]
        if word.is_quote:
            closed += 1 if word.word in "”’》" else -1
        elif closed <= 0 and not (statistic and (start == len(kept) or _in_statistic(kept, start - 1))):
            if _ends(kept, start - 1) or not _in_phrase(kept, start - 1):
                break
        start -= 1
    if 0 < start < len(kept) and _STATE.match(kept[start - 1].word + kept[start].word):
        start -= 1
    while start < len(kept) - 1 and kept[start].word in _LEADING and not _ABROAD.match(joined(kept[start:])):
        start += 1
    if start and kept[start - 1].tag == "p" and kept[-1].tag == "vn":
        start = len(kept) - 1
    within = any(w.word == "的" for w in kept[start + 1 : -1]) and kept[start].tag.startswith("n")
    if within and start and _qualifies(kept[start - 1]) and not (statistic or _RATE.search(text)):
        start -= 1  # 亮明|身份的党员
    noun = joined(kept[start:]).lstrip("的、和与及”’》 ")
    if noun.count("“") > noun.count("”"):
        noun = noun.lstrip("“")
    noun = _OF_WHEN.sub("", noun)
    return "" if noun in _NO_NOUN_ALONE or noun in _ADDS_UP else noun


def _qualifies(word: Token) -> bool:
    """Whether a word before a phrase with 的 is a verb of what the phrase is like, and not of what is done to it."""
    return word.is_verb and not is_action(word.word) and word.word[-1] not in "掉完好出到"


def is_statistic(noun: str) -> bool:
    """Whether a noun names a statistic (居民消费价格涨幅)."""
    return _STATISTIC.search(noun) is not None and noun not in _NOT_HEAD


def statistic_before(words: Sequence[Token]) -> str:
    """The name of a statistic that ends a clause, words of reaching stripped; "" where there is none.

    >>> statistic_before(tokens("粮食综合生产能力达到")), statistic_before(tokens("老年助餐点达到"))
    ('粮食综合生产能力', '')
    """
    noun = noun_before(words)
    return noun if len(noun) > 2 and is_statistic(noun) else ""


def _in_statistic(kept: Sequence[Token], at: int) -> bool:
    """Whether a word is inside the name of a statistic: of its kind (人均, 综合), or a verb behind what it is done to.

    居民医保人均财政|补助|标准, 城镇|登记|失业率; but 完成|投资总额, 清水县招引|资金总额.
    """
    word, before = kept[at], kept[at - 1] if at else None
    if word.word in _OF_STATISTIC or _FORMULA.fullmatch(word.word) or word.tag[0] in "zbh":
        return True
    if word.tag == "vn" and not is_action(word.word):
        return True
    if not (word.is_verb or is_action(word.word)) or len(word.word) != 2 or word.word in _GOVERNS:
        return False
    if _RATE.search(kept[-1].word) and action_class(word.word).name not in ("reach", "grow", "reduce"):
        return True
    if word.word not in NOMINAL and (is_action(word.word) or not all(w.is_verb for w in kept[at + 1 : -1])):
        return False
    if before is not None and before.word in _OF_STATISTIC:
        return True
    if before is None or _NAMES_BODY.search(before.word) or before.word in _NOT_HEAD:
        return not is_action(word.word)
    return before.is_noun or before.is_verb or before.tag[0] in "abz"


def _ends(kept: Sequence[Token], at: int) -> bool:
    """Whether a verb ends the phrase to its right; not one inside what a giving verb gives (发放…创建宣传资料)."""
    if not _splits(kept, at):
        return False
    word = kept[at].word
    inner = at > 0 and kept[at - 1].is_noun and word not in _TAKES_NOUN
    if inner and any(w.word in _TAKES_NOUN for w in kept[:at]):
        return False
    built = any(_BUILT_HEAD.fullmatch(w.word) for w in kept[at + 1 : at + 3])
    # 新建和改造农村公路 makes roads, and no 改造农村公路
    joins = at > 0 and (kept[at - 1].word in _LINK or (_is_made(kept[at - 1 : at]) and _builds(word)))
    return built or joins or word not in NOMINAL or not _is_made(kept[:at])


def _builds(verb: str) -> bool:
    return action_class(verb).name in ("establish", "renovate")


def _is_made(before: Sequence[Token]) -> bool:
    """Whether the words before a noun phrase's end hold a verb that makes or gives what the phrase names."""
    return any(is_action(w.word) and w.word not in NOMINAL and action_class(w.word).name in _MAKING for w in before)


def strip_reaching(text: str) -> str:
    """Without the words of reaching before a number: 满意率达到 → 满意率."""
    return _REACHING.sub("", text)


def _in_phrase(kept: Sequence[Token], at: int) -> bool:
    word = kept[at]
    if word.word in _LINK:
        return 0 < at < len(kept) - 1 and (kept[at - 1].is_noun or kept[at - 1].is_quote)
    between = 0 < at < len(kept) - 1 and kept[at - 1].is_noun and kept[at + 1].is_noun
    if _is_of_name(kept, at):
        return True
    if word.word == "实际" and between:  # 贷款实际利率, and not 总额实际|增长
        return True
    if (word.is_noun or word.tag[0] in "abhk") and word.word not in _NOT_HEAD:
        return True
    inner = word.is_verb and at + 1 < len(kept) and kept[at + 1].is_noun
    if not (inner and at > 0 and len(word.word) == 2 and word.word not in known_actions()):
        return False
    return kept[at - 1].is_verb or kept[at - 1].word in NOMINAL or (kept[at - 1].is_noun and _is_made(kept[: at - 1]))


def last_verb(words: Sequence[Token]) -> str:
    """The verb nearest the end, with an adjacent verb before it (协调提供, 排查出); empty where there is none.

    Before 等 stands a list, whose verbs are of its members: the first verb governs it (开展义诊、下乡演出等12场活动).
    """
    if any(word.word == "等" for word in words):
        listing = next((w.word for w in words if is_action(w.word) and w.word not in NOMINAL), "")
        if listing:
            return listing
    quoted = 0
    for at in range(len(words) - 1, -1, -1):
        word = words[at]
        if word.is_quote:
            quoted += 1 if word.word in "”’》" else -1
        if quoted > 0 or not (word.is_verb or is_action(word.word)) or word.word in _LIGHT_VERBS:
            continue
        if word.word in NOMINAL and at + 1 < len(words) and words[at + 1].word in ("、", "等", "和", "的", "与"):
            continue
        before = words[at - 1] if at else None
        if before and word.word in ("出", "好", "成", "完") and (before.is_verb or before.word in known_actions()):
            return before.word + word.word
        joined = before and before.is_verb and before.word not in _LIGHT_VERBS and len(before.word) <= 2
        return (before.word if joined and before else "") + word.word
    return ""


def verb_after(right: str, noun: str) -> str:
    """The first verb behind a noun phrase in its clause; behind a light verb, the one it carries (进行…起底)."""
    at = right.find(noun) + len(noun)
    stop = _STOP_ACTION.search(right, at)
    words = tokens(right[at : stop.start() if stop else None][:30])
    for i, word in enumerate(words):
        if not (word.is_verb or is_action(word.word)):
            continue
        if word.word in _LIGHT_VERBS:
            continue
        following = words[i + 1] if i + 1 < len(words) else None
        return word.word + (following.word if following and following.is_verb else "")
    return ""


def govern(words: Sequence[Token], right: str, noun: str) -> str:
    """The action on a noun that follows its quantity: the verb before it, joined by a causative's complement."""
    verb = last_verb(words)
    if not verb or any(verb.endswith(c) for c in _CAUSATIVE):
        return verb + verb_after(right, noun)
    return verb


def attribute(words: Sequence[Token]) -> tuple[str, str]:
    """Split a clause that ends in 的 into the attribute of the noun to come and the verb that governs both."""
    inner = next((i for i, w in enumerate(words) if w.word in ("存在", "反映", "需要", "提出", "面临")), None)
    if inner is not None:
        begin = _noun_start(words[:inner])
        return _joined(words[begin:]), last_verb(words[:begin])
    verbs = [i for i, w in enumerate(words) if (w.is_verb or is_action(w.word)) and w.word not in ("到", "为", "出")]
    if not verbs:
        return _joined(words[_noun_start(words) :]), ""
    first = verbs[0]
    if words[first].word in _ATTRIBUTE_VERBS or (len(verbs) == 1 and not is_action(words[first].word)):
        return re.sub("^[是有]", "", _joined(words[first:])), ""
    skip = 1
    while first + skip < len(words) and words[first + skip].word in ("出", "了"):
        skip += 1
    return _joined(words[first + skip :]), _joined(words[first : first + skip]).replace("了", "")


def _joined(words: Sequence[Token]) -> str:
    return joined(words).lstrip("和与及、")


def _noun_start(words: Sequence[Token]) -> int:
    start = len(words)
    while start > 0 and (
        words[start - 1].is_noun or words[start - 1].word in _LINK or words[start - 1].tag[0] in "abu"
    ):
        start -= 1
    return start
