"""References after GB/T 7714: the type by what the source tells, official documents by their number, the page last."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from answer.reference import Citing, reference
from corpus.model import Article

NOW = "2026-11-27"


@pytest.mark.parametrize(
    ("told", "page", "new", "old"),
    [
        (
            {"name": "信息2026年第1期.pdf", "source_line": "转自平遥社会工作", "published_on": "2026-07-10"}, 1,
            "平遥社会工作. 题名[Z]//信息2026年第1期. 2026-07-10: 1.",
            "平遥社会工作. 题名[Z]//信息2026年第1期. 2026-07-10: 1[2026-11-27].",
        ),
        (
            {"name": "通知.docx", "issuer": "某部", "number": "某社工发〔2026〕7号", "published_on": "2026-03-16"}, 2,
            "某部. 题名（某社工发〔2026〕7号）[Z]. 2026-03-16: 2.",
            "某部. 题名（某社工发〔2026〕7号）[Z]. 2026-03-16: 2[2026-11-27].",
        ),
        (
            {"name": "网页.html", "source_line": "来源：修武社会工作", "published_on": "2026-05-20"}, None,
            "修武社会工作. 题名[EB/OL]. (2026-05-20)[2026-11-27].",
            "修武社会工作. 题名[EB/OL]. (2026-05-20)[2026-11-27].",
        ),
        (
            {"name": "剪报.pdf", "source_line": "来源：人民日报", "author": "张三", "published_on": "2026-05-20"}, 3,
            "张三. 题名[N]. 人民日报, 2026-05-20.",
            "张三. 题名[N]. 人民日报, 2026-05-20[2026-11-27].",
        ),
        (
            {"name": "总结.docx", "issuer": "某部", "kind": "work_report"}, None,
            "某部. 题名[R].",
            "某部. 题名[R]. [2026-11-27].",
        ),
        (
            {"name": "报告.txt", "title": "政府工作报告", "kind": "work_report", "flags": ("no_title",)}, None,
            "政府工作报告[R].",
            "政府工作报告[R]. [2026-11-27].",
        ),
        (
            {"name": "甲.txt", "source_line": "摘自工作简报"}, None,
            "工作简报. 题名[Z].",
            "工作简报. 题名[Z]. [2026-11-27].",
        ),
    ],
)  # fmt: skip
def test_a_reference_is_what_its_source_tells(told: dict[str, Any], page: int | None, new: str, old: str) -> None:
    article = replace(Article("a", "d", "", 0, "题名", "", ()), **told)
    assert reference(article, Citing(NOW), page) == new
    assert reference(article, Citing(NOW, "2015"), page) == old
