"""The shared sample texts, where they are present: real bulletins, pages and reports."""

from __future__ import annotations

import difflib
import re
from pathlib import Path

import pytest

from corpus.model import Article, Span
from corpus.spacing import squeezed
from ingest.read import FileResult, read_file
from tests.ingest.bulletin_pdf import Item, render

SHARED = Path(__file__).resolve().parents[3] / "shared"
BULLETIN = SHARED / "corpus" / "bulletins" / "social_work_bulletin.txt"
needs_samples = pytest.mark.skipif(not BULLETIN.exists(), reason="the shared sample texts are not here")
pytestmark = needs_samples


@pytest.fixture(scope="module")
def bulletin() -> FileResult:
    return read_file(BULLETIN)


def test_five_articles_with_their_fields(bulletin: FileResult) -> None:
    found = bulletin.articles
    assert [a.column for a in found] == ["党建动态"] * 3 + ["经验做法"] * 2
    assert [a.title[:6] for a in found] == [
        "四川省攀枝花",
        "内蒙古通辽市",
        "陕西泾阳：“",
        "深耕新兴领域",
        "贵州三都自治",
    ]
    assert [a.source_line for a in found] == [
        "转自攀枝花社会工作",
        "转自奈曼旗社会工作部",
        "转自咸阳社会工作",
        None,
        "转自三都社会工作",
    ]
    assert [a.place.adcode if a.place else None for a in found] == ["510400", "150525", "610423", "350982", "522732"]
    assert [a.flags for a in found] == [(), (), (), ("truncated",), ("repeated_passage",)]
    assert [a.kind for a in found] == ["practice"] * 5
    assert [len(a.captions) for a in found] == [0, 0, 0, 1, 1]


def test_captions_stand_in_no_body_and_sentences_are_whole(bulletin: FileResult) -> None:
    bodies = "\n".join(a.body for a in bulletin.articles)
    assert "供图" not in bodies
    assert "荣村开展爱心志愿" not in bodies
    for joined in ("由市委社会工作部具体指导推动", "拓宽增收渠道、实现致富梦想", "精准画像，排查出"):
        assert joined in bodies


def test_the_repeated_passage(bulletin: FileResult) -> None:
    last = bulletin.articles[-1]
    (span,) = last.repeats
    assert "联合市监、民政等9家单位" in span.of(last.body)
    assert last.body.index("联合市监、民政等9家单位") < span.start


def test_every_body_character_stands_in_the_file(bulletin: FileResult) -> None:
    text = BULLETIN.read_bytes().decode()
    for article in bulletin.articles:
        assert_traced(article, text)


def assert_traced(article: Article, text: str) -> None:
    traced: set[int] = set()
    for run in article.runs:
        assert run.source is not None
        assert article.body[run.body : run.body + run.length] == text[run.source : run.source + run.length]
        traced.update(range(run.body, run.body + run.length))
    assert all(c.isspace() for i, c in enumerate(article.body) if i not in traced)


@pytest.mark.parametrize(
    ("columns", "spanning", "order"), [(2, False, 0), (2, True, 0), (2, False, 7), (3, False, 0), (1, False, 0)]
)
def test_the_same_bulletin_as_pdf(
    bulletin: FileResult, tmp_path: Path, columns: int, spanning: bool, order: int
) -> None:
    items: list[Item] = []
    for i, a in enumerate(bulletin.articles):
        new = a.column if i == 0 or a.column != bulletin.articles[i - 1].column else None
        captions = {a.body[: c.at].count("\n"): c.text for c in a.captions}
        items.append(Item(a.title, a.body.split("\n"), new, a.source_line, captions))
    path = tmp_path / "简报.pdf"
    path.write_bytes(render(items, columns=columns, spanning=spanning, order=order))
    found = read_file(path).articles
    for article, text in zip(found, bulletin.articles, strict=True):
        assert squeezed(article.title) == squeezed(text.title)
        assert (article.column, article.source_line, article.flags) == (text.column, text.source_line, text.flags)
        said, read = squeezed(text.body), squeezed(article.body)
        same = sum(m.size for m in difflib.SequenceMatcher(None, said, read, autojunk=False).get_matching_blocks())
        assert 1 - same / len(said) < 0.01
    at = found[0].body.index("53家")
    place = found[0].source(Span(at, at + 3))
    assert place is not None and place.page == 1 and place.boxes


@pytest.mark.parametrize("kind", ["html", "docx", "wrapped"])
def test_the_same_bulletin_in_other_formats(bulletin: FileResult, tmp_path: Path, kind: str) -> None:
    path = as_format(kind, bulletin, tmp_path)
    found = read_file(path).articles
    for article, text in zip(found, bulletin.articles, strict=True):
        assert squeezed(article.title) == squeezed(text.title)
        assert (article.column, article.source_line, article.flags) == (text.column, text.source_line, text.flags)
        assert squeezed(article.body) == squeezed(text.body)


def as_format(kind: str, bulletin: FileResult, folder: Path) -> Path:
    """The bulletin as a web page, a Word file, or a text with lines of 32 characters."""
    lines = [line for line in BULLETIN.read_text(encoding="utf-8").split("\n") if line.strip()]
    if kind == "html":
        path = folder / "页.html"
        path.write_text(
            f"<html><body><div id=js_content>{''.join(f'<p>{line}</p>' for line in lines)}</div></body></html>"
        )
    elif kind == "docx":
        import docx

        path, document = folder / "文.docx", docx.Document()
        for line in lines:
            document.add_paragraph(line)
        document.save(str(path))
    else:
        path, out = folder / "文.txt", ""
        for a in bulletin.articles:
            whole = ["　　" + p for p in a.body.split("\n")]
            broken = "\n".join(p[i : i + 32] for p in whole for i in range(0, len(p), 32))
            out += f"{a.column}\n\n{a.title}\n\n{broken}\n" + (f"（{a.source_line}）\n\n" if a.source_line else "\n")
        path.write_text(out)
    return path


def test_government_pages() -> None:
    paths = sorted((SHARED / "corpus" / "html").glob("*.html"))
    assert len(paths) == 24
    for path in paths:
        (article,) = read_file(path).articles
        text = path.read_bytes().decode()
        assert len(article.body) > 200 and 4 <= len(article.title) <= 80
        assert not re.search(r"当前位置|网站地图|ICP备|无障碍|扫一扫在手机", article.body)
        for run in article.runs:
            here = article.body[run.body : run.body + run.length]
            assert run.source is not None
            assert here == text[run.source : run.source + run.length] or text[run.source] in "&;"
        if not path.name.startswith("20b"):
            assert article.published_on and len(article.published_on) == 10


def test_work_reports_are_one_article_each() -> None:
    for path in sorted((SHARED / "corpus" / "work_reports").glob("*.txt")):
        (article,) = read_file(path).articles
        assert article.kind == "work_report"
        assert article.published_on and article.published_on.startswith(path.stem[-4:])
        assert len(squeezed(article.body)) > 0.97 * len(squeezed(path.read_text(encoding="utf-8")))


def test_one_line_news_keep_their_sentences() -> None:
    paths = sorted((SHARED / "corpus" / "local_news").glob("*.txt"))
    titled = 0
    for path in paths:
        text = path.read_bytes().decode()
        (article,) = read_file(path).articles
        assert_traced(article, text)
        assert len(article.body) > 0.65 * len(text)
        assert "查看更多" not in article.body
        titled += "no_title" not in article.flags and "近日" not in article.title
    assert titled >= sum("原标题" in p.read_bytes().decode() for p in paths) - 2
