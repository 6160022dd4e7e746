"""Designs of offices in invented texts (虚构): cases under their sources, magazines, pages of sites, letters."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest

from ingest.read import read_file
from tests.ingest.invented import A, B, place, read, titles

CASES = {"渭源县": "渭源县把说事会开到地头", "漳县": "漳县办事只跑一趟", "岷县": "岷县把药材站办成加油站"}


@pytest.mark.parametrize(
    "head",
    [
        "{n}、{title}\n供稿单位：{name}民政局",
        "{n}、{title}\n（{name}民政局）",
        "案例{n}　{title}\n供稿单位：{name}民政局",
        "{title}\n来源：{name}民政局",
    ],
)
def test_cases_say_below_their_titles_whence_they_are(tmp_path: Path, head: str) -> None:
    told = zip("一二三", CASES.items(), strict=True)
    texts = (f"{head.format(n=n, name=name, title=title)}\n{name}{A}\n{B}\n" for n, (name, title) in told)
    found = read(tmp_path, "乡村治理案例选编\n\n" + "\n\n".join(texts))
    assert titles(found) == list(CASES.values()) and [place(a) for a in found] == list(CASES)


@pytest.mark.parametrize("entry", ["卷首语　{}　01", "基层经验\t{}\t01", "{}…………01"])
@pytest.mark.parametrize("imprint", ["", "主办：陇中市民政局　编辑：本刊编辑部　电话：0932-0000\n"])
def test_a_magazine_under_its_contents(tmp_path: Path, entry: str, imprint: str) -> None:
    contents = "\n".join(entry.format(title) for title in CASES.values())
    texts = "\n\n".join(f"{title}\n{name}{A}\n{B}" for name, title in CASES.items())
    found = read(tmp_path, f"陇中治理\n2034年第3期（总第51期）\n{imprint}目　录\n{contents}\n\n{texts}\n")
    assert titles(found) == list(CASES.values())
    assert all("主办" not in a.body and "01" not in a.body for a in found)


def test_lines_of_a_site_and_drawn_rules_are_no_text(tmp_path: Path) -> None:
    head = (
        "首页 > 工作动态 > 正文\n渭源县把说事会开到地头\n发布时间：2034-05-06　字体：【大】【中】【小】\n━━━━━━━━━━\n"
    )
    (article,) = read(tmp_path, f"{head}渭源县{A}\n{B}\n文章下载 扫一扫在手机打开\n")
    assert (article.title, article.published_on) == ("渭源县把说事会开到地头", "2034-05-06")
    assert article.body == f"渭源县{A}\n{B}"


@pytest.mark.parametrize(
    ("said", "published"),
    [
        ("为期六周的2034年说事会结束。2033年办了十二场。", "2034-08-16"),
        # of when it was founded, and of what is to come, nothing follows
        ("2031年成立的说事会越办越好。", None),
        ("说事会2035年将办到各村。", None),
    ],
)
def test_a_dateline_without_its_year(tmp_path: Path, said: str, published: str | None) -> None:
    (article,) = read(tmp_path, f"渭源县把说事会开到地头\n渭源县融媒体中心8月16日讯　{said}{A}\n{B}\n")
    assert article.published_on == published


def test_a_bulletin_sent_on_begins_below_the_head_of_its_letter(tmp_path: Path) -> None:
    message = EmailMessage(policy=SMTP)
    message["Subject"], message["From"] = "转发：治理简报", "李某 <li@example.cn>"
    head = (
        "--- 原始邮件 ---\n发件人：渭源县社工部\n日期：2034-05-06\n主题：治理简报\n\n治理简报\n第7期\n2034年5月6日\n\n"
    )
    texts = "\n\n".join(f"{title}\n{name}{A}\n{B}" for name, title in CASES.items())
    message.set_content(head + texts, charset="utf-8", cte="base64")
    (tmp_path / "转.eml").write_bytes(message.as_bytes())
    assert titles(list(read_file(tmp_path / "转.eml").articles)) == list(CASES.values())


def test_a_text_set_in_a_table_beside_its_picture(tmp_path: Path) -> None:
    import docx

    document = docx.Document()
    document.add_heading("渭源县把说事会开到地头", level=1)
    cells = document.add_table(rows=1, cols=2).rows[0].cells
    cells[0].text, cells[1].text = f"渭源县{A}{A}{A}", ""
    cells[0].add_paragraph(B)
    document.save(str(tmp_path / "稿.docx"))
    (article,) = read_file(tmp_path / "稿.docx").articles
    assert article.tables == () and article.body == f"渭源县{A}{A}{A}\n{B}"
