"""What a named way of working is, asked of a small library made for it."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import library_of


def test_a_name_made_of_counts_is_told_count_by_count(tmp_path: Path) -> None:
    body = (
        "德清县探索推行“一核三员”工作法，小区治理明显改观。\n一、工作法的内容\n"
        "“一核”，就是以小区党支部为核心；“三员”，就是楼栋信息员、物业监督员、矛盾调解员。\n二、主要做法\n抓好落实。\n"
    )
    with library_of(tmp_path, {"德清.txt": f"德清县小区治理经验材料\n{body}"}) as library:
        answer = library.ask("德清县“一核三员”工作法指的是什么？", llm="none")
    assert answer.text.startswith("德清县：“一核”，就是以小区党支部为核心；“三员”，就是楼栋信息员")
    assert answer.text.count("“三员”，就是") == 1 and "一、工作法的内容" not in answer.text


def test_a_definition_of_plans_says_so(tmp_path: Path) -> None:
    body = (
        "2026年，县委社会工作部推进新就业群体服务。\n二、下一步工作打算\n"
        "推行“一站多点”服务法，“一站”，就是建设中心驿站2个；“多点”，就是布设暖心服务点40个。\n"
    )
    with library_of(tmp_path, {"安吉.txt": f"安吉县新就业群体服务工作情况\n{body}"}) as library:
        answer = library.ask("安吉县“一站多点”服务法是什么？", llm="none")
    assert "（计划）推行“一站多点”服务法" in answer.text
