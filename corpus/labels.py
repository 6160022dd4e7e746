"""The Chinese words that people see, in one place: labels of stored codes and the offices' own terms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

# --- terms ----------------------------------------------------------------------------------------------------------

VERIFIED = "与原文一致"
"""A machine's check; never 已核对 or 已核实."""
CONFIRMED = "已核实（姓名、日期）"
"""A person's check."""
EVIDENCE = "依据"
LIBRARY = "资料库"
FACTS = "数据"
NOT_FOUND = "资料中未见"
NOT_USED = "不采用"
REVIEW = "待核清单"
MARKING = {"internal": "内部资料", "work_secret": "工作秘密"}
"""What is printed on every export and keeps a text from a model elsewhere."""
SUB_LEVEL = "点位数据"
"""Figures of bodies below the place: streets, communities, organisations."""
UNMENTIONED = "未提及"
"""A place of which the library has no article and no figure."""
CORRECTED = "已更正"

# --- codes ----------------------------------------------------------------------------------------------------------

STATUS = {"done": "已完成", "ongoing": "进行中", "planned": "计划", "capacity": "能力规模", "background": "背景"}
BOUND = {
    "exact": "确数", "approx_above": "余、多", "approx": "约、左右", "less_than": "近、不足",
    "at_least": "以上、不少于", "more_than": "超、突破", "range": "区间",
}  # fmt: skip
BOUND_NOTE = {
    "approx_above": "原文为约数", "approx": "原文为约数", "less_than": "原文为约数", "at_least": "原文为下限",
    "more_than": "原文为下限", "range": "原文为区间",
}  # fmt: skip
LEVEL = {
    "national": "全国", "province": "省级", "prefecture": "市级", "county": "县级", "township": "乡镇街道",
    "community": "村社区", "organisation": "单位",
}  # fmt: skip
BASIS = {"stated": "原文写明", "inherited": "承前文", "published": "推定（发布日期）", "none": "未写明"}
KIND = {
    "work_report": "工作报告", "notice": "通知", "practice": "经验做法", "news": "动态", "policy": "政策文件",
    "other": "其他",
}  # fmt: skip
PRACTICE = {
    "named_method": "工作法", "mechanism": "机制制度", "platform_site": "平台阵地", "team_brand": "队伍品牌",
    "campaign": "活动行动", "policy_document": "政策文件", "unnamed": "未命名",
}  # fmt: skip
RELATION = {
    "part_of": "其中数", "respectively": "分别", "pair": "成对", "baseline_of": "变化前基数", "change_of": "增减量",
    "repeats": "重复",
}  # fmt: skip
FLAG = {
    "no_period": "未写明时间", "corrected": CORRECTED, "truncated": "原文不完整", "repeated_passage": "段落重复",
    "no_title": "无标题", "place_unresolved": "地方未定", "garbled": "文字有误", **MARKING, "revised": "含修订痕迹",
    "ocr": "扫描识别", "pages_unread": "有页未读出", "older_version": "旧稿", "table": "取自表格", "total": "合计数",
    "member_count_differs": "项数与名称不符",
}  # fmt: skip
STATE = {
    "received": "已收到", "stored": "待建索引", "indexed": "已导入", "failed": "读不了", "replaced": "已被新版替换",
    "deleted": "已删除",
}  # fmt: skip
FAILURE = {
    "missing": "找不到", "empty": "空文件", "encrypted": "有密码", "damaged": "已损坏", "wrong_type": "扩展名不符",
    "unsupported": "格式不支持", "no_text": "没有文字", "too_large": "过大", "time": "超时", "memory": "内存超限",
    "crashed": "读取出错", "marked": "标有密级",
}  # fmt: skip
LINK = {"copy": "重复", "alike": "雷同", "version": "同一稿件"}
OPERATION = {
    "lookup": "查一项", "list": "逐地列数", "rank": "按数量排列", "aggregate": "合计", "trend": "看变化",
    "compare": "比较", "define": "释义", "survey": "汇总做法", "check": "核实说法",
}  # fmt: skip


def marking(flags: Iterable[str]) -> str:
    """What an export of texts with these flags is marked with, "" for nothing.

    >>> marking(["truncated", "work_secret", "internal"]), marking(["truncated"])
    ('内部资料　工作秘密', '')
    """
    found = set(flags)
    return "　".join(label for code, label in MARKING.items() if code in found)


def code_of(labels: Mapping[str, str], word: str) -> str | None:
    """The code a label stands for; a code stands for itself.

    >>> code_of(STATUS, "计划"), code_of(STATUS, "planned"), code_of(STATUS, "拟建")
    ('planned', 'planned', None)
    """
    word = word.strip()
    return next((code for code, label in labels.items() if word in (code, label)), None)
