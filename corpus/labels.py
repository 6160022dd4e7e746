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
UNNAMED = "未注明单位"
"""A unit that nothing names: behind the place it is of."""
CORRECTED = "已更正"
BY_HAND = "人工更正"
AMENDED = "{amount}（" + BY_HAND + "，原文{printed}）"
"""A figure that a person corrected, beside what its source prints."""

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
ADDITION = "新增数"
FLAG = {
    "contradicted": "数值不一", "no_period": "未写明时间", "corrected": CORRECTED, "truncated": "原文不完整",
    "repeated_passage": "段落重复", "no_title": "无标题", "place_unresolved": "地方未定", "garbled": "文字有误",
    **MARKING, "revised": "含修订痕迹", "ocr": "扫描识别", "pages_unread": "有页未读出", "older_version": "旧稿",
    "table": "取自表格", "total": "合计数", "member_count_differs": "项数与名称不符", "confirmed": "已核实",
    "not_used": NOT_USED, "unreviewed": "尚未核实",
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
ATTENTION = {
    "doubtful": "不完整或有疑问", "unplaced": "地方未定", "undated": "没有日期", "copies": "重复件",
    "alike": "与别的雷同",
}  # fmt: skip
"""What articles need a look for."""
FIELD = {
    "value": "数值", "value_high": "上限值", "unit": "单位", "bound": "确切程度", "indicator": "指标编号",
    "indicator_name": "指标名称", "object": "对象", "action": "动作", "subject": "主体", "subject_level": "层级",
    "status": "状态", "place": "地方", "period_text": "时间", "period_start": "起", "period_end": "止",
    "review": "核实",
}  # fmt: skip
JOB = {"queued": "排队中", "running": "进行中", "done": "完成", "failed": "失败", "stopped": "已中断"}

# --- what the scripts of the web pages say ---------------------------------------------------------------------------

PAGE = {
    "offline": "连不上通鉴服务。请看它是否仍在运行，再试一次。",
    "cut": "连接中断，回答没有收完整。请再问一次。",
    "unfinished": "回答没有收完整。请再问一次。",
    "strange": "服务没有照常回应（HTTP {status}）。请看通鉴是否正常，或中间的代理设置。",
    "broken": "结果到了，这一页没能显示出来。请刷新页面再试。",
    "asking": "正在查阅资料库……",
    "none": "没有符合条件的内容。",
    "none.figures": "没有符合条件的数据。请放宽地方、状态等条件；指标可只写名称中的几个字。",
    "none.digests": "还没有摘编。在上面选好主题和模板，按“起草”。",
    "none.ledger": "没有可统计的。材料导入、摘编刊发后，这里按月列出。",
    "sum": "合计",
    "no.month": "—",
    "none.jobs": "还没有任务。导入材料后，进度和结果列在这里。",
    "none.changes": "还没有人改过数据。在“指标”里核实或修改后，列在这里。",
    "none.documents": "还没有材料。请把文件或文件夹拖到上面的框里。",
    "none.history": "没有改过。",
    "figure.gone": "（数据已不在资料库）",
    "mode.extractive": "用原文句作答",
    "mode.llm": "由语言模型行文，逐句与原文比对",
    "ref": EVIDENCE,
    "page": "第 {n} 页",
    "place": "地方",
    "date": "日期",
    "kind": "类别",
    "issuer": "发文",
    "column": "栏目",
    "source_line": "来源",
    "file": "文件",
    "note": "注意",
    "repeat": "与前文重复",
    "caption": "图注：",
    "untitled": "（无标题）",
    "covered.all": "已查资料库全部 {n} 地",
    "covered.asked": "已查 {n} 地",
    "covered.met": "，其中 {m} 地有依据。",
    "covered.without": "资料中未见：{places}。",
    "derived": "算式：{expression}",
    "derived.year": "时间：{expression}，即{result}年",
    "derived.correction": BY_HAND + "：{expression}",
    "verified.amended": VERIFIED + "，人工更正的数除外",
    "articles": "{n} 篇文章",
    "facts": "{n} 条数据",
    "more": "再看 {n} 项",
    "total": "共 {n} 项",
    "needs.failed": "{n} 个文件读不了",
    "needs.doubtful": "{n} 篇文章不完整或有疑问",
    "needs.unplaced": "{n} 篇文章地方未定",
    "needs.undated": "{n} 篇文章没有日期",
    "needs.copies": "{n} 篇文章是重复件",
    "needs.alike": "{n} 篇文章与别的文章雷同",
    "needs.conflicting": "{n} 条数据数值不一",
    "needs.unverified": "摘编“{title}”有 {n} 句待核",
    "needs.unreviewed": "{n} 条数据尚未核实",
    "needs.none": "没有需要处理的。",
    "samples.begin": "正在准备，几秒后逐个读取……",
    "samples.sure": "移除自带的样例及从中得到的数据？您自己导入的材料不受影响。以后仍可再导入样例。",
    "upload.sent": "正在上传……",
    "upload.done": "导入完成：{ok} 个文件成功，{same} 个已有，{bad} 个没有导入。",
    "upload.same": "资料库里已有",
    "upload.same.as": "资料库里已有：{name}",
    "upload.replaced": "替换了旧版",
    "upload.restore": "恢复旧版",
    "deleted": "已删除“{name}”。",
    "undo": "恢复",
    "take.back": "撤销",
    "restored": "正在恢复“{name}”。",
    "copied": "已复制。",
    "copy.failed": "浏览器不让复制，请手动选取。",
    "delete.sure": "从资料库删除“{name}”及其文章和数据？原件仍留存，可以恢复。",
    "saved": "已保存",
    "saving": "保存中……",
    "unsaved": "未保存",
    "conflict": "别处改过，未保存",
    "unverified": "待核",
    "verified": VERIFIED,
    "characters": "{n} 字",
    "sentences.off": "{n} 句待核",
    "published.before": "已刊于{issue}",
    "held.against": "对照原文：{text}",
    "uncredited": "没有供稿单位，请补上",
    "imprint.missing": "没有填写{names}",
    "publish.sure": "{told}。仍要标为已刊发？",
    "warn.empty": "{n} 节没有条目，导出时不印",
    "warn.private": "{n} 处个人信息，请斟酌",
    "warn.off": "{n} 句待核",
    "warn.used": "{n} 条用了已刊发的材料",
    "warn.uncredited": "{n} 条没有供稿单位",
    "private": "{why}：{text}，可写作“{instead}”",
    "credit": "（{unit}供稿）",
    "section.new": "新的一节",
    "section.heading": "节的标题",
    "entry.new": "新条目",
    "digest.delete": "删除摘编“{name}”？",
    "chosen": "已选 {n} 条",
    "review.sure": "所选中有 {n} 条已定为“{old}”，一并改为“{new}”？",
    "unlike.text": "与原文表述不同",
    "unlike.said": "这个数与原文表述“{text}”不同，是改过的。",
    "written": "已写入 {n} 条。",
    "changed.by": "{at}　{author}　{field}：{old} → {new}",
    "nobody": "未署名",
    "empty": "（空）",
    "conflict.load": "载入新的内容",
    "added": "已收进“{title}”。",
    "gather": "收进摘编",
    "section.any": "本省的一节，没有就放最后一节",
    "version": "第 {n} 版，{at} 改动",
    "digest.new": "新建一份",
    "select.text": "请先在正文中选中一段文字。",
    "imported": "已导回：{told}。",
    "imported.none": "文件与网页上的没有不同",
    "imported.changed": "{n} 个条目有改动",
    "imported.added": "新增 {n} 条（没有出处，待核）",
    "imported.headings": "{n} 个标题有改动",
    "imported.moved": "次序已按文件调整",
    "imported.kept": "网页上也改过、未采用 Word 改动的：{names}。",
    "imported.missing": "文件里没有、仍保留的：{names}。",
    "imported.left": "没有采用的：{names}（请在网页上改）。",
    "close": "知道了",
    "not.exported": "还没有保存，不能导出。请稍后再试。",
    "conflict.both": "这份摘编刚在别处改过，下面的条目两边都改了，还没有保存。请逐条选定：",
    "conflict.mine": "这里的",
    "conflict.theirs": "别处的",
    "conflict.keep": "用这里的",
    "conflict.take": "用别处的",
    "section.empty": "“{name}”一节没有条目，导出时不印",
    "sentence.off": "待核，原文中没有这一句：{text}",
    "sentence.gone": "待核，原文已从资料库删除：{text}",
    "gone": "原文已从资料库删除",
    "removed": "已移除“{name}”。",
    "draft": "草稿",
    "published": "已刊发",
    "page.of": "第 {n} 页，共 {m} 页",
    "page.alone": "在新窗口打开",
    "zoom.in": "放大",
    "zoom.out": "缩小",
    "page.loading": "正在画出原件……",
    "no.pages": "这类文件没有可显示的页，可下载原件。",
    "move.up": "上移",
    "move.down": "下移",
    "remove": "移除",
    "edit": "修改",
    "source.add": "加出处",
    "source.take": "用作出处",
    "source.unlike": "与这一句不全相符",
    "source.no.text": "请先写正文，再加出处。",
    "source.added": "已加出处。",
    "none.sources": "资料库里没有找到相近的原句。请换个说法再找。",
    "original": "原文：",
    "open": "打开",
    "none.facts": "这篇文章没有提取出数据。",
    "none.practices": "这篇文章没有提取出做法。",
    "link.older": "那一篇是旧稿",
    "link.newer": "那一篇是现用的，这一篇是旧稿",
    "link.copy": "数字都相同，只计一次",
    "link.changes": "有 {n} 处不同（划去的是这一篇，下划线的是那一篇）：",
    "none.links": "没有重复、雷同或不同版本的文章。",
    "members": "包括：",
    "chart": "图",
    "times": "时间线",
    "map": "地图",
    "map.none": "所配置的地图上没有这些地方。",
    "map.from": "底图：{name}",
    "map.unapproved": "底图没有写明审图号，不得公开使用。",
    "unmentioned": UNMENTIONED,
    "map.missing": "另有 {n} 个地方不在这张地图上。",
    "table": "表",
    "downloading": "正在准备文件……",
    "save.table": "导出表格",
    "to.digest": "按此主题起草摘编",
    "points": SUB_LEVEL,
    "as.written": "原文“{text}”",
    "others": "另有 {n} 种说法",
    "parts": "其中数、新增数 {n} 个",
    "others.are": "另有 {figures}",
    "times.clash": "（同一时间数不一，未画入线）",
    "chart.wider": "未画入含下级的：{places}。",
    "compared.on": "制表：{date}",
    "compared.figures": "不排名；空白为资料中未提及，不是 0。",
    "compared.theme": "句句照录原文，空白为资料中未提及。",
    "order.code": "按行政区划次序；",
    "order.given": "按名单次序；",
    "none.compared": "资料库里没有可对比的内容。请换个指标、主题或地方。",
    "compare.nothing": "请先选一个指标，或写几个地方。",
    "compare.alike": "没有叫“{name}”的指标，相近的有：",
    "compare.unknown": "没有叫“{name}”的指标，也没有相近的。请从列表中选，或看“指标字典”。",
    "compare.no.theme": "请先写要比的主题。",
    "compare.bad.file": "上面的文件读不了，没有对比。请换一个文件，或移除它。",
    "plan.everywhere": "资料库中各地",
    "sheet.compared": "对比表",
    "sheet.figures": "逐条数据",
    "indicator": "指标",
    "said": "原文表述",
    "value": "显示值",
    "remarks": "备注",
    "other": "另一说法",
    "part": "其中数或新增数",
    "places": "{n} 个地方",
    "places.in": "{name}各地",
    "past.name": "曾用名：{name}（{n} 条）",
    "past.merged": "并入的：{name}（{n} 条）",
    "workbook.same": "表格与资料库没有不同。",
    "workbook.told": "共 {n} 处不同，写入后记为更正。",
    "no.place": "地方未定",
    "state": "状态",
    "attention": "需要看一看",
    "practice": "做法",
    "to.articles": "看文章",
    "delete": "删除",
    "forget": "移出清单",
    "forgotten": "已把“{name}”移出清单。",
    "forget.sure": "把读不了的“{name}”移出清单？可以恢复。",
    "copy.notes": "复制（带脚注）",
    "ris": "出处（RIS）",
    "ris.name": "出处",
    "save.word": "导出 Word",
    "save.edit": "保存修改",
    "save.comparison": "对比：{question}",
    "plan.operation": "问法",
    "plan.places": "地方",
    "plan.topic": "内容",
    "plan.period": "时间",
    "plan.any.place": "不填为资料库中各地",
    "plan.any.period": "如 2026年上半年；不填为不限",
    "plan.again": "按此再问",
    "plan.leave": "不改了",
    "to": "至",
    "page.before": "上一页",
    "page.next": "下一页",
    "able": "有",
    "unable": "无",
    "form.none": "请先选一张报表。",
    "form.reading": "正在读表，对照资料……",
    "form.counts": "可填 {filled} 格，填不了 {unfilled} 格，原有内容 {kept} 格不动",
    "form.doubtful": "；其中 {doubtful} 格请核对原文（浅黄色）",
    "form.mapping": "对应关系.json",
    "form.indicator_name": "对应的指标",
    "form.place": "对应的地方",
    "form.unit": "单位",
    "form.period": "时间",
    "form.confirm": "就按这个填",
    "form.more": "另有 {n} 项，见下载的表",
    "form.saved": "{name}（已填）{ending}",
    "leave.typed": "这一条填的内容还没有保存。不保存就离开？",
    "written.part": "已写入 {n} 条，其余没有写入：{why}",
}


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
