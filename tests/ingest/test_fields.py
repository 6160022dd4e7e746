"""What stands around a text becomes its fields: author, document number, issue, sender, headings."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.model import Article
from ingest.read import read_file

LEAD = "近日，德清县新建驿站12个，服务骑手800名，骑手歇脚、喝水、充电都有了去处，群众都说好。（虚构样例）"


def read(tmp_path: Path, lines: list[str], name: str = "情况.txt") -> tuple[Article, ...]:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines), encoding="utf-8")
    return read_file(path).articles


def test_lines_under_a_title_are_fields_not_text(tmp_path: Path) -> None:
    lines = ["德清县新就业群体驿站建设工作情况", "德社工〔2026〕7号", "作者：张三 李四", "2026年3月5日", LEAD]
    (article,) = read(tmp_path, lines)
    assert (article.number, article.author, article.published_on) == ("德社工〔2026〕7号", "张三、李四", "2026-03-05")
    assert article.body == LEAD


def test_the_speaker_of_a_report_is_its_author(tmp_path: Path) -> None:
    lines = ["政府工作报告", "——2026年1月8日在德清县第十八届人民代表大会第五次会议上", "德清县人民政府县长　王 五"]
    lines += ["各位代表：", "现在，我代表县人民政府，向大会报告工作，请予审议。", "一、2025年工作回顾", LEAD]
    lines += ["（一）办好实事。" + LEAD, "二、2026年工作安排", LEAD]
    (article,) = read(tmp_path, lines)
    assert (article.title, article.author, article.kind) == ("政府工作报告", "王五", "work_report")
    assert article.published_on == "2026-01-08"
    heads = [(h.level, h.span.of(article.body)) for h in article.headings]
    assert heads == [(1, "一、2025年工作回顾"), (2, "（一）办好实事。"), (1, "二、2026年工作安排")]


def test_a_report_without_a_title_says_what_it_is(tmp_path: Path) -> None:
    lines = ["各位代表：", "现在，我代表县人民政府，向大会作政府工作报告，请予审议。", LEAD]
    (article,) = read(tmp_path, lines)
    assert article.title == "政府工作报告" and "no_title" in article.flags


def test_the_issue_and_the_sender_of_a_bulletin(tmp_path: Path) -> None:
    lines = ["社会工作简报", "2026年第3期（总第96期）", "德清：驿站暖人心", LEAD, "（德清县委社会工作部供稿）"]
    lines += ["安吉：夜校进村庄", LEAD.replace("德清", "安吉"), "（安吉县递铺街道供稿）"]
    first, second = read(tmp_path, lines)
    assert {first.issue, second.issue} == {"2026年第3期（总第96期）"}
    assert (first.reporter, second.reporter) == ("德清县委社会工作部", "安吉县递铺街道")


def test_a_folder_named_after_a_body_tells_who_sent_the_file(tmp_path: Path) -> None:
    (article,) = read(tmp_path, ["驿站建设工作情况", LEAD], "03德清县委社会工作部/情况.txt")
    assert article.reporter == "德清县委社会工作部"


def test_work_secrets_are_marked_but_a_text_about_them_is_not(tmp_path: Path) -> None:
    (marked,) = read(tmp_path, ["工作秘密", "驿站建设工作情况", LEAD])
    assert "work_secret" in marked.flags
    (about,) = read(tmp_path, ["工作秘密管理办法", LEAD], "办法.txt")
    assert "work_secret" not in about.flags


def test_the_day_a_file_was_made_counts_only_where_its_text_may_bear_it(tmp_path: Path) -> None:
    import datetime

    import docx

    def saved(year: int, said: str, name: str = "情况.docx") -> tuple[str | None, str]:
        document = docx.Document()
        document.core_properties.author = "张三"
        document.core_properties.modified = datetime.datetime(year, 3, 5)
        document.add_paragraph("德清县驿站建设情况（虚构样例）")
        document.add_paragraph(said + LEAD)
        document.save(str(tmp_path / name))
        (article,) = read_file(tmp_path / name).articles
        return article.published_on, article.date_basis

    assert saved(2026, "2026年以来，") == ("2026-03-05", "metadata")
    assert saved(2026, "2023年，") == (None, "none")
    assert saved(2026, "", "2026年情况.docx") == ("2026-03-05", "metadata")
    assert saved(2026, "", "2024年情况.docx") == ("2024", "file_name")


@pytest.mark.parametrize(
    ("masthead", "issuer"),
    [
        (["三塘县民政局工作简报（第14期）"], "三塘县民政局"),
        (["三塘县民政局工作简报", "（第14期）"], "三塘县民政局"),
        (["三塘县委社会工作部信息", "第14期"], "三塘县委社会工作部"),
        (["工作简报（第14期）"], None),
        (["走村串寨工作简报（第14期）"], None),
    ],
)
def test_a_paper_is_of_the_body_in_its_name(tmp_path: Path, masthead: list[str], issuer: str | None) -> None:
    (article,) = read(tmp_path, [*masthead, "2026年3月5日", "驿站建到家门口", LEAD])
    assert (article.title, article.issuer, article.issue) == ("驿站建到家门口", issuer, "第14期")


@pytest.mark.parametrize(("line", "issuer"), [("三塘县民政局", "三塘县民政局"), ("夜校搬进敬老院", None)])
def test_a_clause_under_a_title_is_no_body(tmp_path: Path, line: str, issuer: str | None) -> None:
    (article,) = read(tmp_path, ["驿站建到家门口", line, "2026年3月5日", LEAD])
    assert article.issuer == issuer


@pytest.mark.parametrize(
    ("lines", "day"),
    [
        (["德清县驿站建设情况", "2026年1月20日印发", LEAD], "2026-01-20"),
        (["德清县驿站建设情况", LEAD, "德清县交通运输局  2026年1月16日"], "2026-01-16"),
        (["德清县驿站建设情况", LEAD, "（通讯员 张三 供稿 2026年8月5日）"], "2026-08-05"),
        (["德清县驿站建设情况", LEAD, "（活动将延续到 2026年8月5日）"], None),
    ],
)
def test_a_date_with_who_signs_or_wrote(tmp_path: Path, lines: list[str], day: str | None) -> None:
    (article,) = read(tmp_path, lines)
    assert (article.title, article.published_on) == ("德清县驿站建设情况", day)


def test_an_interview_and_a_report_as_of_an_hour_keep_their_titles(tmp_path: Path) -> None:
    asked = ["问答｜在德清办企业，快了多少？", "来源：德清县数据局  发布：2026-08-03", "", "问：开办一家企业要多久？"]
    (article,) = read(tmp_path, [*asked, "答：平均半天。" + LEAD, "问：还有哪些打算？", "答：再减材料。" + LEAD])
    assert (article.title, article.published_on) == (asked[0], "2026-08-03")
    (paper,) = read(tmp_path, ["德清县春播工作快报（第9期）", "截至5月26日24时", "", LEAD, LEAD], "快报.txt")
    assert (paper.title, paper.place and paper.place.name) == ("德清县春播工作快报（第9期）", "德清县")


@pytest.mark.parametrize(
    "line",
    ["德清县教育局  2026年3月", "（2026年1月22日县残联执行理事会通过）", "湖州市德清县委社会工作部供稿（5月20日）"],
)
def test_a_line_of_whom_and_when_goes_on_with_no_title(tmp_path: Path, line: str) -> None:
    (article,) = read(tmp_path, ["德清县2025年教育事业发展统计公报", line, LEAD, LEAD])
    assert article.title == "德清县2025年教育事业发展统计公报"


def test_a_table_set_by_gaps_may_have_years_over_its_columns(tmp_path: Path) -> None:
    rows = ["项目            2023年    2024年    2025年", "在读幼儿（人）   12470    11215    9836"]
    rows += ["小学在校生（人） 28940    27310    25760"]
    (article,) = read(tmp_path, ["德清县教育情况", LEAD, *rows, LEAD])
    assert [len(row) for grid in article.tables for row in grid.rows] == [4, 4, 4]
