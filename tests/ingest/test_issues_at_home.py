"""County bulletins that also tell of others, contents that number titles, tables of commas, Markdown, days."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.model import Article
from ingest.read import read_file

HEAD = "海伦社会工作简报\n第4期\n中共海伦市委社会工作部　2026年7月10日\n\n"


def read(folder: Path, text: str, name: str = "文件.txt") -> tuple[Article, ...]:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read_file(path).articles


def test_articles_of_a_county_issue_are_at_home_beside_guests(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        HEAD + "【要情速览】\n●半年账单：驿站再添八处\n上半年，全市新建驿站8个，骑手们有了歇脚的地方。\n\n"
        "●队伍充实：指导员在岗履职\n6月末，全市在岗党建指导员301名，对联系企业开展回访，收集难题并逐一解决。\n\n"
        "【他山之石】\n●绥化市北林区推行楼栋长津贴\n绥化市北林区推行楼栋长津贴，每栋每月80元，可供参考，值得学习借鉴。\n",
    )
    assert [(a.place.name if a.place else None, a.place_basis) for a in found] == [
        ("海伦市", "issuer"), ("海伦市", "issuer"), ("北林区", "title"),
    ]  # fmt: skip


def test_bodies_of_the_town_are_of_the_county_that_the_articles_beside_them_tell_of(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "绥芬河口岸城市治理专报\n〔2026〕第2号\n2026年2月12日\n\n"
        "◆小个专党建｜58名指导员下沉到店\n来源：市委社会工作部\n"
        "绥芬河市外贸企业密集，2025年，市里选派党建指导员58名，联系企业217家，新建联合党支部12个。\n\n"
        "◆托得起的童年｜托位用上了候车室\n来源：市卫生健康局\n"
        "我市托育机构现有9家，2025年底托位412个，其中普惠托位236个，全市托位使用率只有57%。\n\n"
        "主送：牡丹江市委社会工作部，市委、市政府领导同志\n（此件为虚构样例）\n",
    )
    assert [a.place.name if a.place else None for a in found] == ["绥芬河市", "绥芬河市"]


def test_titles_with_numbers_are_those_of_the_contents(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        HEAD + "【本期目录】\n★ 骑手之家运行情况\n★ 社区食堂越办越红火\n\n"
        "一、骑手之家运行情况\n截至6月底，全市累计建成骑手之家57个，其中今年新建9个，覆盖全部街道。\n\n"
        "二、社区食堂越办越红火\n全市现有老年助餐点35个，其中社区食堂12个，日均就餐2900人，深受老人欢迎。\n",
    )
    assert [a.title for a in found] == ["骑手之家运行情况", "社区食堂越办越红火"]


def test_lines_of_commas_under_heads_are_a_table(tmp_path: Path) -> None:
    (found,) = read(
        tmp_path,
        "海伦市驿站统计表\n（截至2025年12月31日）\n制表日期：2026年1月20日\n\n"
        "乡镇,驿站（个）,骑手（人）\n海北镇,12,340\n共合镇,9,—\n东风镇,7,96\n\n说明，以上由各镇报送，市里汇总。\n",
    )
    assert [[cell.of(found.body) for cell in row] for row in found.tables[0].rows] == [
        ["乡镇", "驿站（个）", "骑手（人）"], ["海北镇", "12", "340"], ["共合镇", "9", "—"], ["东风镇", "7", "96"],
    ]  # fmt: skip
    assert "截至2025年12月31日" in found.body, "what figures hold up to is text, and no date of the paper"
    assert (found.published_on, found.date_basis) == ("2026-01-20", "printed")
    (prose,) = read(tmp_path, "海伦市见闻\n\n老张,老李,老王\n都来了,都说好,都留下\n坐下,喝茶,聊天\n" * 2)
    assert prose.tables == ()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("**（一）护林。** 全县有**112支**队伍。", "（一）护林。 全县有112支队伍。"),
        ("- 社区工作者：全市[388名](https://example.org/a_(b))。", "社区工作者：全市388名。"),
        ("面积为2*3*4米，比为5 * 6。", "面积为2*3*4米，比为5 * 6。"),
        ("![现场](a.png)骑手在`驿站`歇脚。", "现场骑手在驿站歇脚。"),
    ],
)
def test_markdown_is_read_without_its_marks(tmp_path: Path, line: str, told: str) -> None:
    (found,) = read(tmp_path, f"# 海伦市做法\n\n{line}\n\n这些做法得到了群众认可，下一步将继续推广。\n", "文.md")
    assert found.body.split("\n")[0] == told
    (plain,) = read(tmp_path, f"海伦市做法\n\n{line}\n", "文.txt")
    assert line in plain.body


def test_a_page_tells_its_day_beside_account_and_place(tmp_path: Path) -> None:
    path = tmp_path / "页.html"
    path.write_text(
        "<html><head><title>海伦发布：小事有变化</title></head><body><div>海伦发布 2026年6月9日 18:30 黑龙江</div>"
        "<h1>小事有变化</h1><p>作者：市委社会工作部　编辑：宣传股　点击：1024</p>"
        "<p>海伦市今年建成骑手驿站44个，解决了歇脚难的问题，骑手们都说好。</p></body></html>",
        encoding="utf-8",
    )
    (found,) = read_file(path).articles
    assert (found.published_on, found.date_basis) == ("2026-06-09", "metadata")
    assert "点击" not in found.body


@pytest.mark.parametrize("sent", [True, False])
def test_numbered_titles_of_an_issue_with_nothing_above_them(tmp_path: Path, sent: bool) -> None:
    credit = "\n（市民政局供稿）" if sent else ""
    found = read(
        tmp_path,
        "海伦民情动态\n2026年第8期　　　海伦市社会治理办公室主办　　　2026年4月20日\n\n"
        "1. 白事从“比阔”到“比简”\n"
        f"　　到2025年底，海伦市公益性公墓累计建成37处，其中2025年新建5处，群众都说好。{credit}\n\n"
        f"2. 做好事记积分　小票子换回大热情\n　　2025年末，全市实名注册志愿者24.6万人，比上年末增加1.8万人。{credit}\n",
    )
    assert [a.title for a in found] == ["白事从“比阔”到“比简”", "做好事记积分　小票子换回大热情"]
    assert {(a.place.name if a.place else None, a.published_on) for a in found} == {("海伦市", "2026-04-20")}


def test_a_paper_by_its_day_and_the_head_of_a_letter(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "**海伦市社会事业工作动态**\n\n2026年1月10日 · 市委社会工作部编\n\n### 家里改得顺手\n\n"
        "2025年，海伦市为困难残疾人家庭完成无障碍改造145户，适配轮椅等辅助器具870件。\n\n"
        "### 学国家通用语言的夜校\n\n青年夜校设教学点8个，来自望奎县的青年老王说课程很好，学员1920人次。\n",
        "动态.md",
    )
    assert [(a.title, a.place.name if a.place else None, a.published_on) for a in found] == [
        ("家里改得顺手", "海伦市", "2026-01-10"), ("学国家通用语言的夜校", "海伦市", "2026-01-10"),
    ]  # fmt: skip
    (letter,) = read(
        tmp_path,
        "　　　　　　　　　　　　类别：A\n　　　　海伦市人民政府\n"
        "　　对市政协五届四次会议第87号提案的答复\n\n李某某委员：\n"
        "　　您提出的提案收悉。现将落实情况答复如下，海伦市累计加装电梯96部，其中2025年28部。\n\n"
        "　　　　　　　　海伦市人民政府\n　　　　　　　　２０２６年１月９日\n",
    )
    assert letter.title == "对市政协五届四次会议第87号提案的答复" and letter.published_on == "2026-01-09"


def test_heads_set_wide_apart_are_one_cell(tmp_path: Path) -> None:
    (found,) = read(
        tmp_path,
        "海伦市驿站通报\n\n　　各镇情况如下，请认真学习，抓好落实。\n\n"
        "镇　　名      行政村（个）    已建站（个）\n"
        "海北镇             22              22\n共合镇             23              20\n"
        "合　　计           45              42\n",
    )
    assert [row[0].of(found.body) for row in found.tables[0].rows] == ["镇名", "海北镇", "共合镇", "合计"]
