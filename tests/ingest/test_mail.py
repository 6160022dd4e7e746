"""Letters with and without attachments, and web pages saved whole, as mail programs and browsers write them."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest

from api.library import Library
from corpus.errors import ReadError
from corpus.model import Span
from ingest.containers import unpack
from ingest.read import DEFAULT_LIMITS, read_file

LEAD = "近日，德清县新建驿站12个，群众都说好。（虚构样例）"
TITLE = "德清县：驿站暖人心"
PAGE = (
    f"<html><head><title>{TITLE}-德清县政府网</title></head><body><nav>首页</nav><h1>{TITLE}</h1><p>{LEAD}</p>"
    "</body></html>"
)


def letter(
    path: Path,
    text: str | None = LEAD,
    *,
    html: bool = False,
    attached: bytes = b"",
    subject: str = "转发：德清县驿站建设情况",
) -> Path:
    message = EmailMessage(policy=SMTP)
    message["Subject"], message["From"] = subject, "德清县委社会工作部 <sgb@example.cn>"
    message["Date"] = "Thu, 05 Mar 2026 09:30:00 +0800"
    if text is not None:
        message.set_content(text, charset="gb18030", cte="base64")
    if html:
        message.add_alternative(PAGE, subtype="html", charset="utf-8", cte="quoted-printable")
    if attached:
        message.add_attachment(attached, maintype="application", subtype="octet-stream", filename="情况.txt")
    path.write_bytes(message.as_bytes())
    return path


@pytest.mark.parametrize("html", [False, True])
def test_a_letter_is_an_article_under_its_subject(tmp_path: Path, html: bool) -> None:
    (article,) = read_file(letter(tmp_path / "来信.eml", html=html)).articles
    assert (article.title, article.body) == ("德清县驿站建设情况", LEAD)
    assert (article.published_on, article.date_basis) == ("2026-03-05", "metadata")
    assert article.reporter == "德清县委社会工作部"
    source = article.source(Span(4, 8))
    assert source is not None and LEAD[source.start : source.end] == LEAD[4:8]


def test_a_page_saved_whole(tmp_path: Path) -> None:
    message = EmailMessage(policy=SMTP)
    message["Snapshot-Content-Location"], message["Subject"] = "http://example.cn/a.html", "德清县"
    message.make_related()
    message.set_param("type", "text/html")
    part = EmailMessage(policy=SMTP)
    part.set_content(PAGE, subtype="html", charset="gb18030", cte="quoted-printable")
    message.attach(part)
    path = tmp_path / "网页.mhtml"
    path.write_bytes(message.as_bytes())
    result = read_file(path)
    (article,) = result.articles
    assert (article.title, article.body, result.document.reader) == ("德清县：驿站暖人心", LEAD, "mhtml")


def test_attachments_are_taken_in_as_files(tmp_path: Path) -> None:
    report = f"涉县驿站建设\n{LEAD.replace('德清县', '涉县')}\n".encode()
    path = letter(tmp_path / "来信.eml", attached=report)
    with Library.open(tmp_path / "库", create=True) as library:
        told = library.ingest([path]).documents
        assert [(d.name, d.status) for d in told] == [("来信.eml", "indexed"), ("情况.txt", "indexed")]
        assert told[1].path.endswith("来信.eml!/情况.txt")


def test_a_letter_without_text(tmp_path: Path) -> None:
    (article,) = read_file(letter(tmp_path / "附件.eml", None, attached=b"x")).articles
    assert article.title == "德清县驿站建设情况" and article.body == ""
    with pytest.raises(ReadError, match="没有正文"):
        read_file(letter(tmp_path / "空.eml", None))


def test_the_day_a_wechat_article_was_published(tmp_path: Path) -> None:
    page = (
        f'<html><head><meta property="og:title" content="{TITLE}"></head><body><h1 id="activity-name">{TITLE}</h1>'
        f'<a id="js_name">德清发布</a><em id="publish_time"></em><div id="js_content"><p>{LEAD}</p></div>'
        '<script>var ct = "1772674200";</script></body></html>'
    )
    path = tmp_path / "微信.html"
    path.write_text(page, encoding="utf-8")
    (article,) = read_file(path).articles
    assert (article.title, article.body, article.published_on) == ("德清县：驿站暖人心", LEAD, "2026-03-05")


def mixed(*parts: str) -> bytes:
    """A letter of several parts, its headers in bare GBK as old mail programs write them."""
    head = f"Subject: {TITLE}\r\nFrom: 德清县委社会工作部 <a@b.cn>\r\nMIME-Version: 1.0\r\n"
    body = "".join(f"--x\r\n{part}\r\n" for part in parts)
    return f"{head}Content-Type: multipart/mixed; boundary=x\r\n\r\n{body}--x--\r\n".encode("gb18030")


HTML = f'Content-Type: text/html; charset=gbk\r\n\r\n<p>{LEAD}<img src="cid:Logo@b">'
PICTURE = "Content-Type: image/png; name=logo.png\r\nContent-ID: <logo@b>\r\nContent-Disposition: inline\r\n\r\nx"


def test_headers_in_bytes_of_gbk(tmp_path: Path) -> None:
    path = tmp_path / "来信.eml"
    path.write_bytes(mixed(HTML))
    (article,) = read_file(path).articles
    assert (article.title, article.body, article.reporter) == (TITLE, LEAD, "德清县委社会工作部")


@pytest.mark.parametrize(
    "said",
    [
        'Content-Disposition: attachment; filename="情况.txt"',
        'Content-Disposition: inline; filename="情况.txt"',
        "Content-Disposition: attachment; filename=情况.txt",
        "Content-Disposition: attachment; filename*=GB2312''%C7%E9%BF%F6.txt",
        "Content-Disposition: attachment; filename*0*=utf-8''%E6%83%85;\r\n filename*1*=%E5%86%B5.txt",
        'Content-Disposition: attachment; filename="=?gb2312?B?x+m/?=\r\n =?gb2312?B?9i50eHQ=?="',
        'Content-Disposition: attachment\r\nContent-Type: text/plain; name="=?utf-8?Q?=E6=83=85=E5=86=B5.txt?="',
        'Content-Type: text/plain; name="情况.txt"',
    ],
)
def test_the_name_of_an_attachment(tmp_path: Path, said: str) -> None:
    path = tmp_path / "来信.eml"
    path.write_bytes(mixed(HTML, PICTURE, f"{said}\r\n\r\n{LEAD}"))
    assert [member.name for member in unpack(path, DEFAULT_LIMITS, tmp_path / "out")] == ["情况.txt"]
    assert read_file(path).articles[0].body == LEAD


def test_a_letter_that_greets_before_the_title_it_sends(tmp_path: Path) -> None:
    text = f"各位老师好，请查收我乡信息！\r\n\r\n德清县：驿站暖人心\r\n\r\n　　{LEAD}\r\n"
    (article,) = read_file(letter(tmp_path / "信.eml", text, subject=f"【报送信息】{TITLE}")).articles
    assert (article.title, article.body) == (TITLE, LEAD)


ISSUE = """各镇党委，县直有关单位：

    现将《三塘工作动态》2026年第3期发给你们，请注意查收。

三塘工作动态
2026年第3期
中共德清县委社会工作部  2026年3月5日

【本期导读】
1. 新市镇：驿站暖人心
2. 乾元镇：夜校开到村头

◆ 新市镇：驿站暖人心

    新市镇在路口建成驿站3个，供外卖骑手歇脚，群众都说好。
    （新市镇供稿）

◆ 乾元镇：夜校开到村头

    乾元镇在六个村办起夜校，参加群众320人次，都说有用。
    （乾元镇供稿）

--
中共德清县委社会工作部综合科
联系人：沈某
"""


def test_a_bulletin_in_a_letter_is_its_articles_without_the_letter_around(tmp_path: Path) -> None:
    path = letter(tmp_path / "来信.eml", ISSUE, subject="《三塘工作动态》2026年第3期")
    first, second = read_file(path).articles
    assert (first.title, second.title) == ("新市镇：驿站暖人心", "乾元镇：夜校开到村头")
    assert first.body == "新市镇在路口建成驿站3个，供外卖骑手歇脚，群众都说好。"
    assert second.body == "乾元镇在六个村办起夜校，参加群众320人次，都说有用。"
    assert {a.issue for a in (first, second)} == {"2026年第3期"}
    assert {a.place.adcode for a in (first, second) if a.place} == {"330521"}


def test_sentences_below_two_dashes_are_of_the_letter(tmp_path: Path) -> None:
    text = LEAD + "\n\n--\n二、有关要求\n请各单位于3月底前报送先进典型32个。\n"
    (article,) = read_file(letter(tmp_path / "来信.eml", text)).articles
    assert "先进典型32个" in article.body
