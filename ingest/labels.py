"""What forms, exports and heads of columns call the parts of an article, as patterns of whole labels."""

from __future__ import annotations

_ARTICLE = r"(?:文章|稿件|信息|材料)?"

FIELDS = {
    "title": rf"{_ARTICLE}(?:标题|题目|篇名|题名)",
    "body": rf"{_ARTICLE}(?:正文(?:内容)?|内容(?:摘要)?|全文|文本)",
    "published_on": r"(?:发布|发表|发文|刊[发登用]|见报|报送|上报|填报|供稿|投稿|[来收]稿|采用|录用|编发|签发"
    r"|提交|上传|成文|印发|推送)?(?:日期|时间)",
    "source_line": rf"{_ARTICLE}来源|出处|转自|媒体",
    "author": r"作者|撰稿人?|撰写人|执笔人?|记者",
    "column": r"栏目|类别|分类|专栏",
    "number": r"文号|发文字号",
}
"""Of each field of an article."""

SENDER = r"(?:报送|上报|填报|供稿|来稿|选送|推荐|发文)(?:单位|部门|县区|县市区|区县|地区)|供稿"
"""The body that sent an article in."""
