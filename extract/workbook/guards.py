"""What makes a figure no total of its place although its words fit: a rate, a cap, one body's own, a narrower thing."""

from __future__ import annotations

import re

from corpus.model import Fact
from extract.sentences import clause_of
from extract.tokens import tokens

GENERIC = frozenset(
    "企业 单位 项目 资金 经费 款项 群众 居民 人员 学生 问题 活动 培训 公司 部门 机构 组织 团队 队伍 场所 设施 服务 "
    "家庭 老人 儿童 就业 工作 任务 事项 产品 设备 物资 干部 人数 人次 金额 比例 贷款 面积 骨干 代表 "
    "成员 专家 村 社区".split()
)
"""Things that a number in running text is of for a hundred reasons (六家企业提供岗位): never the place's total."""
_RATE = re.compile(
    r"最高|最多|至多|不超过|上限|限额|每[人户名家个年月村亩次位场季周天日辆张份]|人均|户均|平均|年均|月均|标准|符合|满足"
)
_BODY = re.compile(r"公司|集团|银行|支行|学院|大学|医院|基金会|中学|小学|工作室")
_THIS_BODY = re.compile(
    r"该[^，。；县市区旗州省]{0,5}(?:中心|站|所|社区|街道|镇|乡|村|院|校|会|企业|平台|项目|局|部门|单位)"
)
_NEUTRAL_BEFORE = re.compile(r"[全本各我该][省市县区州旗]?.*|累计|共|总|目前|截至.*|现有|各类|各级|.*[省市县区旗州]$")


def is_generic(thing: str) -> bool:
    """Whether a noun alone does not say what is counted."""
    return thing in GENERIC


def no_total(fact: Fact, asked: str) -> bool:
    """Whether the words around a figure say that it is no total of its place; ``asked`` are the words of the head.

    A figure of a table is what its heads say it is.
    """
    if "table" in fact.flags:
        return False
    clause, sentence = clause_of(fact), fact.sentence_text
    at = fact.quantity.span.start - fact.sentence.start
    before = sentence[:at]
    here = clause[: max(0, at - sentence.find(clause))]
    return (
        any(word.group() not in asked for word in _RATE.finditer(here))
        or (_BODY.search(here) is not None and not _BODY.search(asked))
        or _THIS_BODY.search(before) is not None
        or _is_narrowed(fact, here)
    )


def _is_narrowed(fact: Fact, before: str) -> bool:
    """Whether a modifier that the object does not have stands before it (最佳|志愿服务组织10个)."""
    place = before.rfind(fact.object)
    if place <= 0:
        return False
    words = [w for w in tokens(before[:place]) if w.word.strip()]
    if not words or words[-1].tag[0] not in "abz":
        return False
    return _NEUTRAL_BEFORE.fullmatch(words[-1].word) is None
