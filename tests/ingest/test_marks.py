"""Marks of secrecy: in every form offices print, wherever a mark may stand, not where words only speak of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import ReadError
from ingest.read import read_file

TITLE = "涉县建成骑手驿站12个"
TEXT = "近日，涉县建成骑手驿站12个，选派党建指导员35名，群众都说好。（虚构样例）"


def kind(path: Path) -> str:
    try:
        read_file(path)
    except ReadError as exc:
        return exc.kind
    return "read"


@pytest.mark.parametrize(
    "first",
    [
        "秘密　特提", "份号 000123　密级 机密", "密级　机密", "密级机密★10年", "机密·1年", "★机密",
        "机密　　　签发人：王某", "紧急程度：特急　密级：机密", "机密（1年）", "秘密级", "绝密级★", "秘密 10年",
        "秘密⭐1年", "絕密★10年", "機 密", "机密文件", "机密，注意保存", "保密等级：秘密", "【密级】机密", "秘密[1年]",
    ],
)  # fmt: skip
def test_forms_of_marks(tmp_path: Path, first: str) -> None:
    path = tmp_path / "文.txt"
    path.write_text(f"{first}\n{TITLE}\n{TEXT}\n", encoding="utf8")
    assert kind(path) == "marked"


@pytest.mark.parametrize(
    "first",
    [
        "涉县商业秘密保护办法",
        "绝密　机密　秘密",
        "保守国家秘密",
        "涉县机密局工作情况",
        "秘密级文件的管理",
        "绝密级\n机密级\n秘密级",
        "1.**绝密**：最重要的",
    ],  # fmt: skip
)
def test_words_that_speak_of_secrecy_are_no_marks(tmp_path: Path, first: str) -> None:
    path = tmp_path / "文.txt"
    path.write_text(f"{first}\n{TITLE}\n{TEXT}\n", encoding="utf8")
    assert kind(path) == "read"


@pytest.mark.parametrize(
    "name",
    [
        "〔机密〕方案",
        "《秘密》",
        "方案（机密级）",
        "1.机密 方案",
        "机密文件：方案",
        "方案(機密)",
        "机密(1)",
        "方案★机密",
        "密级：机密",
    ],
)
def test_names_of_files(tmp_path: Path, name: str) -> None:
    path = tmp_path / f"{name}.txt"
    path.write_text(f"{TITLE}\n{TEXT}\n", encoding="utf8")
    assert kind(path) == "marked"


@pytest.mark.parametrize(
    ("head", "above", "below"),
    [
        ("", "<p>机密★1年</p>", ""),
        ("", "<table><tr><td>份号</td><td>机密★1年</td></tr></table>", ""),
        ("", "<table><tr><td>密级</td><td>机密</td></tr></table>", ""),
        ("", '<div class="header">机 密</div>', ""),
        ("", "", '<div class="footer"><p>秘密★5年</p></div>'),
        ("<title>机密 方案</title>", "", ""),
        ('<meta name="密级" content="机密">', "", ""),
        ("", "<p>机密★1年</p>", "<p>严禁在本网站发布涉及国家秘密的信息</p>"),
    ],
)
def test_marks_of_web_pages_outside_the_article(tmp_path: Path, head: str, above: str, below: str) -> None:
    path = tmp_path / "页.html"
    page = f'{above}<h1>{TITLE}</h1><div id="zoom"><p>{TEXT}</p><p>{TEXT}</p></div>{below}'
    path.write_text(f'<html><head><meta charset="utf-8">{head}</head><body>{page}</body></html>', encoding="utf8")
    assert kind(path) == "marked"


def test_a_web_page_about_levels_of_secrecy_is_read(tmp_path: Path) -> None:
    path = tmp_path / "页.html"
    levels = "".join(f"<h3>{level}</h3><p>{TEXT}</p>" for level in ("绝密级", "机密级", "秘密级"))
    page = f'<h1>国家秘密的密级</h1><div id="zoom"><p>{TEXT}</p>{levels}</div>'
    path.write_text(f'<html><head><meta charset="utf-8"></head><body>{page}</body></html>', encoding="utf8")
    assert kind(path) == "read"


@pytest.mark.parametrize("place", ["head", "watermark", "cell", "title"])
def test_marks_in_word_files(tmp_path: Path, place: str) -> None:
    import docx
    from docx.oxml import parse_xml

    document = docx.Document()
    if place == "cell":
        row = document.add_table(1, 2).rows[0].cells
        row[0].text, row[1].text = "密级", "机密"
    document.add_paragraph(TITLE)
    document.add_paragraph(TEXT)
    head = document.sections[0].header
    if place == "head":
        head.paragraphs[0].text = "涉县文件\t机密★1年"
    elif place == "watermark":
        shape = '<v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textpath string="机密"/></v:shape>'
        space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        head.paragraphs[0].add_run()._r.append(parse_xml(f"<w:pict {space}>{shape}</w:pict>"))
    elif place == "title":
        document.core_properties.title = "机密"
    document.save(str(tmp_path / "文.docx"))
    assert kind(tmp_path / "文.docx") == "marked"


@pytest.mark.parametrize("place", ["head", "name", "cell"])
def test_marks_in_workbooks(tmp_path: Path, place: str) -> None:
    import xlsxwriter  # type: ignore[import-untyped]

    with xlsxwriter.Workbook(tmp_path / "表.xlsx") as book:
        sheet = book.add_worksheet("机密" if place == "name" else "统计")
        if place == "head":
            sheet.set_header("&C机密★1年")
        sheet.write_row(0, 0, ["驿站统计表", "", "秘密" if place == "cell" else ""])
        sheet.write_row(1, 0, ["县", "驿站（个）", "骑手（人）"])
        sheet.write_row(2, 0, ["涉县", 12, 420])
    assert kind(tmp_path / "表.xlsx") == "marked"


@pytest.mark.parametrize(
    ("lines", "flags"),
    [
        (["内部资料　注意保存", TITLE, TEXT], {"internal"}),
        (["內部資料", TITLE, TEXT], {"internal"}),
        (["【内部】", TITLE, TEXT], {"internal"}),
        ([TITLE, TEXT, "会议要求，要严守工作秘密。", "该系统仅供内部使用，不对外开放。"], set()),
    ],
)
def test_internal_material(tmp_path: Path, lines: list[str], flags: set[str]) -> None:
    path = tmp_path / "文.txt"
    path.write_text("\n".join(lines), encoding="utf8")
    (article,) = read_file(path).articles
    assert {"internal", "work_secret"} & set(article.flags) == flags
    assert article.title == TITLE


@pytest.mark.parametrize("name", ["一图读懂：绝密、机密、秘密", "百岁老人的长寿_秘密", "涉县机密局总结"])
def test_names_that_speak_of_secrecy(tmp_path: Path, name: str) -> None:
    path = tmp_path / f"{name}.txt"
    path.write_text(f"{TITLE}\n{TEXT}\n", encoding="utf8")
    assert kind(path) == "read"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("文.md", f"---\ntitle: {TITLE}\n密级: 机密\n---\n\n{TEXT}\n"),
        ("文.json", f'{{"密级": "机密", "articles": [{{"title": "{TITLE}", "content": "{TEXT}"}}]}}'),
        ("文.json", f'[{{"title": "{TITLE}", "content": "{TEXT}", "level": "机密★1年"}}]'),
    ],
)
def test_marks_beside_records(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf8")
    assert kind(path) == "marked"


def test_a_table_of_levels_is_no_mark(tmp_path: Path) -> None:
    path = tmp_path / "表.csv"
    path.write_text("密级,件数\n绝密,0\n机密,3\n秘密,12\n", encoding="utf8")
    assert kind(path) == "read"


def test_papers_of_two_levels_bound_together_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "文.txt"
    path.write_text(f"机密★1年\n{TITLE}\n{TEXT}\n秘密★6个月\n{TITLE}\n{TEXT}\n", encoding="utf8")
    assert kind(path) == "marked"
