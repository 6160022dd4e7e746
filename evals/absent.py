"""Questions for things that no text of a library names, under any of their names: each is to be refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from answer.words import synonyms
from corpus.script import simplified

if TYPE_CHECKING:
    from api.library import Library

_THINGS = tuple(
    """志愿服务队伍 志愿者 社区工作者 党建指导员 骑手驿站 零工市场 老年助餐点 日间照料中心 托育机构
    托位 调解员 网格员 充电桩 老旧小区 加装电梯 业委会 社会组织 行业协会 流动党员 党群服务中心
    新就业群体党支部 积分超市 红白理事会 公益性公墓 农家书屋 儿童之家 未成年人保护站 社工站 慈善基金
    乡贤理事会 信访代办员 帮办代办员 法律顾问 科技特派员 家庭农场 高标准农田 冷库 快递网点 寄递物流
    医共体 家庭医生 退役军人服务站 消防站 应急救援队 巡回法庭 检察官 口袋公园 公共厕所 停车位
    农村公路 光伏电站 民宿 景区 非遗工坊 文化大院 电商直播间 就业服务站 残疾人之家 无障碍改造
    公益岗位""".split()
)
"""What offices count."""
_ASKED = ("{}最多的是哪几个县？", "各县有多少{}？", "一共有多少{}？")


def run_absent(library: Library) -> dict[str, Any]:
    """How many of the questions a library rightly refuses, and what it says to the others.

    A few of these are no faults: what is told may be the thing under a name that the synonyms lack.
    """
    told = "".join(simplified(article.title + article.body) for article in library.articles())
    absent = [thing for thing in _THINGS if not any(form in told for form in synonyms(thing, library.overrides))]
    answers = [library.ask(form.format(thing), llm="none") for thing in absent for form in _ASKED]
    wrong = [{"question": a.question, "text": a.text} for a in answers if not a.refused]
    refused = 1 - len(wrong) / len(answers) if answers else None
    return {"questions": len(answers), "refused": refused, "answered": wrong}
