"""The digest: whole sentences of the sources, in administrative order, on the offices' paper."""

import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from answer.digest import Digest, compile_digest, markdown
from answer.digest_docx import write_docx
from corpus.model import Article, Practice, Span
from corpus.places import Gazetteer

_GAZETTEER = Gazetteer.load()
_BODY = (
    "一、建阵地\n"
    "县里推行“四必访”制度；每月走访一次。全县建成驿站46个，服务2000余人次。\n"
    "（记者某某）\n"
    "开展“双报到”活动，认领微心愿215个。还有一句被截断的话"
)


def _article(n: int, place: str | None, **changes: object) -> Article:
    where = _GAZETTEER.place(place) if place else None
    made = Article(f"a{n}", f"d{n}", f"简报{n}.pdf", 0, "服务做法", _BODY, (), place=where, published_on="2026-07-10")
    return replace(made, **changes)  # type: ignore[arg-type]


def _practice(article: Article, name: str, measures: str, results: str = "") -> Practice:
    def spans(text: str) -> tuple[Span, ...]:
        at = article.body.find(text)
        return (Span(at, at + len(text)),) if text else ()

    return Practice(
        f"p{name}{article.id}", article.id, article.document, article.name, name, "mechanism", article.place,
        ("基层治理",), spans(name), measures=spans(measures), results=spans(results),
    )  # fmt: skip


def _digest(*articles: Article) -> Digest:
    practices = [_practice(a, "四必访", "每月走访一次。", "全县建成驿站46个，") for a in articles]
    return compile_digest("基层治理", practices, {a.id: a for a in articles}, "2026-11-20")


def test_the_paragraph_is_whole_sentences_of_the_body() -> None:
    (item,) = _digest(_article(1, "522732")).items
    assert item.paragraph == "县里推行“四必访”制度；每月走访一次。全县建成驿站46个，服务2000余人次。"
    assert all(quote.of(_BODY) in _BODY for quote in item.quotes)


def test_an_account_without_results_goes_on_and_leaves_out_the_agency() -> None:
    body = "某某网7月2日电（记者某某）县里推行“四必访”。驿站前，骑手歇脚。某某摄。全县建成驿站46个。"
    article = _article(1, "522732", body=body)
    told = [_practice(article, "四必访", "县里推行“四必访”。")]
    (item,) = compile_digest("基层治理", told, {article.id: article}, "2026-11-20").items
    assert item.paragraph == "县里推行“四必访”。全县建成驿站46个。"


@pytest.mark.parametrize(
    ("body", "paragraph"),
    [
        (
            "全县建成驿站46个，都有热水。又建3个，服务骑手。县里推行“四必访”，骑手不愁。",
            "全县建成驿站46个，都有热水。县里推行“四必访”，骑手不愁。",
        ),
        ("扩充服务力量。县里推行“四必访”，骑手不愁。服务一线群众。全县建成驿站46个，都有热水。", ""),
        ("全县建成驿站46个，都有热水。其中，县里推行“四必访”的8个，骑手不愁。", ""),
        (
            "“真好！”“骑手不愁。县里推行‘四必访’，都有热水。”站长李某说。",
            "“骑手不愁。县里推行‘四必访’，都有热水。”站长李某说。",
        ),
        ("本报讯（某某报记者张某）近日，县里推行“四必访”，骑手不愁。", "近日，县里推行“四必访”，骑手不愁。"),
        ("□ 本报记者 张某 通讯员 李某近日，县里推行“四必访”，骑手不愁。", "近日，县里推行“四必访”，骑手不愁。"),
        ("骑手领水。 张某 摄据了解，县里推行“四必访”，骑手不愁。", "据了解，县里推行“四必访”，骑手不愁。"),
        ("（骑手领水。 通讯员供图）县里推行“四必访”，骑手不愁。", "县里推行“四必访”，骑手不愁。"),
        ("全县组建宣讲队（含通讯员15名），推行“四必访”。", ""),
        ("社区老年摄影协会推行“四必访”，为群众提供图书和图片。", ""),
        ("网格员上报消息即办，推行“四必访”；此外，还开办食堂。", ""),
        ("今年以来，三塘镇选派专员，骑手不愁。天气炎热。该镇推行“四必访”，都有热水。", ""),
    ],
)
def test_sentences_keep_their_order_and_come_whole_and_with_what_they_lean_on(body: str, paragraph: str) -> None:
    article = _article(1, "522732", body=body)
    told = [_practice(article, "四必访", "四必访", "驿站46个" if "46" in body else "")]
    (item,) = compile_digest("基层治理", told, {article.id: article}, "2026-11-20").items
    assert item.paragraph == (paragraph or body)


def test_headings_remarks_and_cut_sentences_are_not_quoted() -> None:
    article = _article(1, "522732")
    told = [
        _practice(article, "建阵地", "一、建阵地"),
        _practice(article, "记者", "（记者某某）"),
        _practice(article, "一句", "还有一句被截断"),
    ]
    assert compile_digest("基层治理", told, {article.id: article}, "2026-11-20").items == ()


def test_places_stand_in_code_order_and_the_unplaced_last() -> None:
    made = _digest(
        *(_article(n, p) for n, p in enumerate(["522732", None, "330521", "520000"])),
    )
    assert [group.name for group in made.groups] == ["机制制度"]
    heads = ["德清县：“四必访”", "贵州省：“四必访”", "三都水族自治县：“四必访”", "“四必访”"]
    assert [item.heading for item in made.groups[0].items] == heads
    assert made.sources == tuple(f"服务做法[Z]//简报{n}. 2026-07-10." for n in (2, 3, 0, 1))


def test_the_same_words_of_several_sources_are_one_item() -> None:
    made = _digest(_article(1, "522732"), _article(2, "522732"))
    assert len(made.items) == 1 and made.items[0].sources == (1, 2)
    assert made.items[0].origin.endswith("[1][2]")


def test_copies_of_an_article_are_left_out() -> None:
    made = _digest(_article(1, "522732"), _article(2, "522732", duplicate_of="a1"))
    assert made.articles == 1


def test_one_practice_names_the_heading_and_several_the_title() -> None:
    article = _article(1, "522732")
    one = _practice(article, "四必访", "每月走访一次。")
    two = _practice(article, "双报到", "认领微心愿215个。")
    heads = [
        compile_digest("基层治理", told, {article.id: article}, "2026-11-20").items[0].heading
        for told in ([one], [one, two])
    ]
    assert heads == ["三都水族自治县：“四必访”", "三都水族自治县：服务做法"]


def test_a_title_that_names_the_place_is_not_doubled() -> None:
    article = _article(1, "522732", title="贵州三都：服务做法")
    told = [_practice(article, "四必访", "每月走访一次。"), _practice(article, "双报到", "认领微心愿215个。")]
    assert compile_digest("基层治理", told, {article.id: article}, "2026-11-20").items[0].heading == article.title


def test_markdown_numbers_headings_in_chinese_and_lists_sources() -> None:
    text = markdown(_digest(_article(1, "522732", issuer="三都县委社会工作部", body=_BODY.replace("县里", "<b>县*里"))))
    assert text.startswith("# 基层治理经验摘编\n")
    assert "## 一、机制制度" in text and "### （一）三都水族自治县：“四必访”" in text
    assert "（三都县委社会工作部供稿；来源：简报1《服务做法》）" in text
    assert "[1] 三都县委社会工作部. 服务做法[Z]//简报1. 2026-07-10." in text.replace("\\", "")
    assert "\\<b\\>县\\*里" in text


def test_internal_material_is_marked() -> None:
    assert "内部资料" not in markdown(_digest(_article(1, "522732")))
    assert markdown(_digest(_article(1, "522732", flags=("internal",)))).startswith("**内部资料**")


def test_the_paper_follows_the_standard(tmp_path: Path) -> None:
    from docx import Document
    from docx.shared import Pt

    write_docx(_digest(_article(1, "522732", flags=("internal",)), _article(2, "330521")), tmp_path / "摘.docx")
    made = Document(str(tmp_path / "摘.docx"))
    section = made.sections[0]
    sides = (section.page_width, section.page_height, section.left_margin, section.top_margin)
    assert [side and round(side.mm) for side in sides] == [210, 297, 28, 37]
    assert made.styles["Normal"].font.size == Pt(16)
    texts = [p.text for p in made.paragraphs]
    assert texts[:2] == ["内部资料", "基层治理经验摘编"]
    assert "县里推行“四必访”制度；每月走访一次。全县建成驿站46个，服务2000余人次。" in texts


def test_east_asian_fonts_are_really_set(tmp_path: Path) -> None:
    write_docx(_digest(_article(1, "522732")), tmp_path / "摘.docx")
    with zipfile.ZipFile(tmp_path / "摘.docx") as parts:
        styles = parts.read("word/styles.xml").decode()
        footers = [parts.read(n).decode() for n in parts.namelist() if "footer" in n and n.endswith(".xml")]
    fonts = {"Normal": "仿宋_GB2312", "Title": "方正小标宋简体", "Heading1": "黑体", "Heading2": "楷体_GB2312"}
    for style, font in fonts.items():
        part = re.search(rf'<w:style [^>]*w:styleId="{style}".*?</w:style>', styles, re.S)
        assert part is not None
        assert f'w:eastAsia="{font}"' in part[0] and "eastAsiaTheme" not in part[0]
    assert len(footers) == 2
    assert all("— " in footer and "PAGE" in footer for footer in footers)


def test_a_place_is_told_once_under_the_kind_of_its_best_article() -> None:
    short = _article(1, "522732", body="县里推行“四必访”制度。")
    long, other = _article(2, "522732"), _article(3, "330521")
    told = [
        _practice(short, "四必访", "县里推行“四必访”制度。"),
        _practice(long, "四必访", "每月走访一次。", "全县建成驿站46个，"),
        replace(_practice(other, "双报到", "认领微心愿215个。"), kind="campaign"),
    ]
    made = compile_digest("基层治理", told, {a.id: a for a in (short, long, other)}, "2026-11-20")
    assert [(g.name, [i.article.id for i in g.items]) for g in made.groups] == [
        ("机制制度", ["a2"]),
        ("活动行动", ["a3"]),
    ]
    assert made.left == 1 and "另有 1 篇未收" in made.compiled


def test_captions_and_marks_of_a_name() -> None:
    article = _article(1, "522732", body="暖新驿站（某某 摄）正午时分，骑手在“暖新”驿站歇脚。")
    told = [_practice(article, "“暖新”驿站", "骑手在“暖新”驿站歇脚。")]
    (item,) = compile_digest("基层治理", told, {article.id: article}, "2026-11-20").items
    assert (item.heading, item.paragraph) == (
        "三都水族自治县：“暖新”驿站",
        "正午时分，骑手在“暖新”驿站歇脚。",
    )
