from __future__ import annotations

import json
from decimal import Decimal

from corpus.codec import decode, encode
from corpus.model import (
    Article,
    Caption,
    Derivation,
    Document,
    Fact,
    Member,
    Period,
    Place,
    Practice,
    Quantity,
    Relation,
    SourceRun,
    SourceSpan,
    Span,
)

PLACE = Place("330521", "德清县", ("浙江省", "湖州市", "德清县"), "county", "武康街道")
FACT = Fact(
    "f1",
    "a1",
    "d1",
    "甲.pdf",
    Quantity("3至5名", Decimal(3), Decimal(5), "名", "range", Span(4, 8)),
    "open.x",
    "某数",
    "干部",
    "选派",
    "德清县",
    "county",
    PLACE,
    Period("上半年", "2026-01-01", "2026-06-30", "stated"),
    "done",
    Span(0, 12),
    "上半年选派3至5名干部。",
    SourceSpan(page=2, boxes=((1.0, 2.5, 3.0, 4.0), (5.0, 6.0, 7.0, 8.0))),
    "100",
    (Relation("part_of", "f0"),),
    ("no_period",),
    "f2",
    "p1",
    "r1",
)
ARTICLE = Article(
    "a1",
    "d1",
    "甲.pdf",
    3,
    "标题",
    "正文\n第二段",
    (SourceRun(0, 2, page=1, box=(0.0, 0.5, 9.0, 1.0)), SourceRun(3, 3, source=8)),
    "栏目",
    "副题",
    "practice",
    PLACE,
    "title",
    (PLACE,),
    "县委社会工作部",
    "转自某处",
    "2026-07-10",
    "printed",
    (Caption("图", 2),),
    (Span(0, 2),),
    ("truncated",),
    "a0",
)
PRACTICE = Practice(
    "p1",
    "a1",
    "d1",
    "甲.pdf",
    "三送",
    "named_method",
    None,
    ("志愿服务",),
    (Span(0, 2), Span(4, 6)),
    ("别名",),
    (3,),
    (Member("送", Span(0, 1)),),
    (Span(0, 1),),
    (),
    (Span(1, 2),),
    ("member_count_differs",),
    "r1",
)


def _through_json(value: object) -> object:
    return decode(type(value), json.loads(json.dumps(encode(value), ensure_ascii=False)))


def test_full_nouns_come_back_as_they_were() -> None:
    for noun in (
        FACT,
        ARTICLE,
        PRACTICE,
        PLACE,
        Document("d1", "甲.pdf", "x/甲.pdf", "0" * 64, "application/pdf", 12, "题", "pdf"),
    ):
        assert _through_json(noun) == noun


def test_bare_nouns_come_back_as_they_were() -> None:
    bare = Fact(
        "f",
        "a",
        "d",
        "n",
        Quantity("1个", Decimal("1"), None, None, "exact", Span(0, 2)),
        "i",
        "n",
        "o",
        "",
        "",
        "county",
        None,
        Period(),
        "done",
        Span(0, 2),
        "1个",
        None,
    )
    for noun in (bare, Article("a", "d", "n", 0, "", "", ()), Period(), Derivation("sum", (), "0", None, "")):
        assert _through_json(noun) == noun


def test_what_is_not_said_takes_no_room() -> None:
    assert encode(Period()) == {}
    assert set(encode(Article("a", "d", "n", 0, "t", "b", ()))) == {
        "id",
        "document",
        "name",
        "ordinal",
        "title",
        "body",
        "runs",
    }


def test_decimals_keep_every_digit() -> None:
    for text in ("0.666666666667", "240000000", "-3.5", "0.1", "12345678901234567890.12345"):
        noun = Quantity("x", Decimal(text), None, None, "exact", Span(0, 1))
        assert _through_json(noun) == noun
        assert encode(noun)["value"] == text


def test_a_large_decimal_is_written_without_exponent() -> None:
    assert encode(Quantity("x", Decimal("2.4E+8"), None, "元", "exact", Span(0, 1)))["value"] == "240000000"
